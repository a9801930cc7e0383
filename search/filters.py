"""A field and a value as typed ("tỉnh", "Hòa Bình") become a filter, or None where they make no sense."""
import calendar
import re
from collections.abc import Callable
from datetime import date

from corpus import places
from index.fields import FACETS, NONE, RESOLUTION_LABELS
from index.spelling import fold
from search.tree import Has, Node, Published

FIRST_YEAR, LAST_YEAR = 1945, 2100      # of the press that is indexed; open ranges end there
NAMES = {f.param: f.name for f in FACETS.values()} | {"nghiquyet": "resolution", "tinhthanh": "province"}
TITLES = frozenset({"tieude", "title"})
EDGES = {"tu": 1, "den": -1}
_MISSING = frozenset({"chua xac dinh", "khong neu", "khong ro"})
_RANGE = re.compile(r"(\d{4})?\s?(\.\.|-)\s?(\d{4})?")
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[-/.])?(\d{1,2})[-/.])(\d{4})")


def name(typed: str) -> str:
    """"Tiêu-đề" → "tieude": how a field's name is looked up."""
    return re.sub(r"[\W_]", "", fold(typed))


def known(typed: str) -> bool:
    return name(typed) in NAMES or name(typed) in TITLES or name(typed) in EDGES


def is_title(typed: str) -> bool:
    return name(typed) in TITLES


def is_place(typed: str) -> bool:
    return NAMES.get(name(typed)) in ("province", "province_now")


def read(field: str, value: str, sources: Callable[[], tuple[str, ...]] = tuple) -> Node | None:
    """`sources` lists the names that the index holds, so that a part of one without accents finds it."""
    field, plain = name(field), " ".join(re.sub(r"[-_\s]+", " ", fold(value)).split()).strip(" .,;")
    if field in EDGES:
        return _published(value.strip(" ,;."), EDGES[field])
    facet = NAMES[field]
    if plain in _MISSING:
        return Has(facet, frozenset({NONE}))
    reader = {"province": _province, "province_now": _province_now, "year": _years, "resolution": _resolution}
    values = reader[facet](value.strip(" ,;"), plain) if facet in reader else _source(value, plain, sources())
    return Has(facet, frozenset(values)) if values else None


def _province(value: str, plain: str) -> set[str]:
    found = places.find_province(value.replace("-", " ").replace("_", " "))
    return {found} if found else set()


def _province_now(value: str, plain: str) -> set[str]:
    return {places.now(slug) for slug in _province(value, plain)}


def _years(value: str, plain: str) -> set[str]:
    if re.fullmatch(r"[0-9]{4}", value):
        return {value}
    ends = _RANGE.fullmatch(value)
    if not ends or not (ends[1] or ends[3]) or ends[2] == "-" and not (ends[1] and ends[3]):
        return set()
    first, last = max(int(ends[1] or 0), FIRST_YEAR), min(int(ends[3] or LAST_YEAR), LAST_YEAR)
    return set(map(str, range(first, last + 1)))


def _resolution(value: str, plain: str) -> set[str]:
    slug = "mo-ho" if plain == "mo ho" else re.sub(r"^(?:nghi quyet|nq)?\s?(?:so )?(?=\d)", "nq", plain)
    return {slug} & RESOLUTION_LABELS.keys()


def _source(value: str, plain: str, names: tuple[str, ...]) -> set[str]:
    """The sources of that name; else those whose name holds it; else the name as typed."""
    folded = {n: " ".join(re.findall(r"[^\W_]+", fold(n))) for n in names}
    plain = " ".join(re.findall(r"[^\W_]+", plain))
    exact = {n for n, f in folded.items() if f == plain}
    return exact or {n for n, f in folded.items() if plain and f" {plain} " in f" {f} "} or {value.strip()}


def _published(value: str, edge: int) -> Node | None:
    day = _day(value, edge)
    return (Published(since=day) if edge > 0 else Published(until=day)) if day else None


def _day(value: str, edge: int) -> date | None:
    """2022-09-15, 15/9/2022, 9/2022 or 2022; a month or a year is read as its first (1) or its last (-1) day."""
    written, iso = _WRITTEN.fullmatch(value), _ISO.fullmatch(value)
    if not (written or iso):
        return None
    year, month, day = (written[3], written[2], written[1]) if written else (iso[1], iso[2], iso[3])
    year, month = int(year), int(month or (1 if edge > 0 else 12))
    if not (1 <= month <= 12 and 1 <= year):
        return None
    longest = calendar.monthrange(year, month)[1]
    day = int(day or (1 if edge > 0 else longest))
    return date(year, month, day) if 1 <= day <= longest else None
