"""An article becomes the provinces it is about, and how we know: 63 names of before, 34 since 1 July 2025."""
import re
from functools import cache
from typing import NamedTuple

from corpus.gazetteer import labels, rows, successors
from corpus.mentions import scan
from corpus.settling import settle
from corpus.spellings import fold, spellings

LABELS: dict[str, str] = labels()
NOW: dict[str, str] = successors()
NOW_LABELS: dict[str, str] = {slug: {"thua-thien-hue": "Huế"}.get(slug, label)
                              for slug, label in LABELS.items() if NOW[slug] == slug}
COUNTRY = re.compile(r"(?<!\w)(?:Việt Nam|cả nước|toàn quốc)(?!\w)")


class Named(NamedTuple):
    """A place named in a text. candidates: the slugs it may lie in, one when it is settled, none for the country."""
    start: int
    end: int
    kind: str                       # "country" | "province" | "district" | "commune" | "landmark"
    candidates: tuple[str, ...]


def now(slug: str) -> str:
    """The present-day province of one of the 63; KeyError for another word."""
    return NOW[slug]


def label(slug: str) -> str:
    return LABELS[slug]


def mentions(text: str) -> list[Named]:
    """Every place a text names, whatever its part in it, in order."""
    found = [Named(m.start, m.end, m.level.replace("former", "province"), m.provinces) for m in settle(text, scan(text))]
    found += [Named(*country.span(), "country", ()) for country in COUNTRY.finditer(text)]
    return sorted(found)


def find_province(words: str) -> str | None:
    """The province somebody typed: "điện biên", "dien bien", "tphcm", "Đăk Lăk". Accents may miss, never differ."""
    typed = re.sub(r"^(?:tỉnh|tinh|thành phố|thanh pho|tp\.?)\s*(?=\w)", "", words.strip().lower())
    for spelled in (words.strip().lower(), typed):
        squeezed = re.sub(r"[\W_]+", "", spelled)
        for name, slug in _typed().get(fold(squeezed), ()):
            if len(name) == len(squeezed) and all(a in (b, fold(b)) for a, b in zip(squeezed, name)):
                return slug
    return None


@cache
def _typed() -> dict[str, list[tuple[str, str]]]:
    """Folded and squeezed name → the accented ones and their slugs."""
    table: dict[str, list[tuple[str, str]]] = {}
    for row in rows("provinces.csv"):
        for name in filter(None, (row["label"], *row["aliases"].split("|"), *row["typed"].split("|"))):
            for spelling in spellings(name.lower().removeprefix("tp. ")):
                squeezed = re.sub(r"[\W_]+", "", spelling)
                table.setdefault(fold(squeezed), []).append((squeezed, row["slug"]))
    return table
