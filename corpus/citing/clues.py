"""The words around a resolution become clues to which one it is: its date, term, plenum, issuing body and subject."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.citing.codes import issuer_of
from corpus.citing.folding import Folded

ABOUT = 140         # characters that the words after "về" are read for
STEPS = 8           # attributes one citation carries at most
COOPERATIVES = 5    # the plenum, of both terms, that spoke on them: of a list of plenums the one that matters here
NEARBY = 0.5
LETTERS = 4         # of the longest abbreviation of the Central Committee, "T. Ư"

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
         "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20}
ORDINALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
            "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
SPANS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
         "muoi lam": 15, "hai muoi": 20, "hai chuc": 20, "hai muoi lam": 25, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20}
MONTHS = {name: at + 1 for at, name in enumerate(
    "january february march april may june july august september october november december".split())}


@dataclass(frozen=True, slots=True)
class Clue:
    kind: str               # "date", "term", "plenum", "body", "subject", "years"
    value: Any              # (day, month, year) with None for what is not said; a number; a body; None for a subject
    start: int
    end: int
    firm: bool = True       # joined to the citation by its grammar, so that it may also speak against a candidate
    share: float = 1.0      # of the points it is worth: less when it merely stands nearby


_CENTRAL = r"t\.\s?[uw]\b|tw\b|tu\b(?! nhan)"
_COMMITTEE = r"(?:bch|ban chap hanh)\s?"
_OFFICE = r"(?:bch|btv|ban chap hanh|ban thuong vu)\s"
_PLENUM_OF = (rf"(?:hoi nghi\s)?(?:lan thu\s)?(?:{_COMMITTEE})?"
              r"(?:trung uong|(?P<tw>t\.\s?[uw]|t[uw](?=[\s\d])))\s?")
_NTH = r"(?P<n>\d{1,2}|[ivx]{1,4}|nam|sau|bay|tam|chin|muoi|nhat|hai|ba|tu)\b"
PATTERNS = (
    ("date", r"(?:ngay\s{0,2}|dated\s|on\s)?(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4}|\d{2})(?!\d)"),
    ("date", r"(?:ngay\s)?(?P<d>\d{1,2})\s(?:thang\s)(?P<m>\d{1,2})[,\s]{1,2}(?:nam\s)?(?P<y>\d{4})\b"),
    ("date", r"(?:dated\s|on\s)?(?P<month>[a-z]{3,9})\s(?P<d>\d{1,2}),?\s(?P<y>\d{4})\b"),
    ("date", r"(?:dated\s|on\s)?(?P<d>\d{1,2})\s(?P<month>[a-z]{3,9}),?\s(?P<y>\d{4})\b"),
    ("date", r"ngay\s{0,2}(?P<d>\d{1,2})(?:\s?[/.-]\s?|\sthang\s)(?P<m>\d{1,2})(?!\d)"),
    ("date", r"thang\s(?P<m>\d{1,2})(?:\s?[/.-]\s?|\snam\s|,?\s)(?P<y>\d{4})\b"),
    ("date", r"(?:nam|in|from|of)\s(?P<y>(?:19|20)\d\d)\b"),
    ("date", r"(?P<y>(?:19|20)\d\d)(?=\))"),
    ("plenum", rf"{_PLENUM_OF}(?:dang\s)?(?:lan\s(?:thu\s)?|thu\s){_NTH}"),
    ("plenum", _PLENUM_OF + r"(?P<n>\d{1,2}(?!\d|\s?%|[/.]\d|\s(?:nam|nhiem vu|giai phap|uy vien)\b)|v|vi|iv|nam(?=[\s,(]{1,3}khoa))\b"
               r"(?P<more>(?:\s?(?:,|va)\s?\d{1,2}\b(?!\s?%|[/.]\d)){0,4})"),
    ("plenum", rf"hoi nghi\s(?:toan the\s)?(?:lan\s)?(?:thu\s)?{_NTH}"),
    ("plenum", r"(?:the\s)?(?P<n>\d{1,2}|[a-z]{4,7})(?:st|nd|rd|th)?\splenum"),
    ("term", r"(?:khoa|term|tenure)\s?(?:thu\s)?(?P<n>[ivxl1]{1,5}|\d{1,2})\b"),
    ("term", r"(?:the\s)?(?P<n>\d{1,2})(?:st|nd|rd|th)\s(?:national\s)?(?:party\s)?(?:central committee|tenure|term|congress)"),
    ("body", r"(?P<politburo>bo chinh tri|bct\b|politburo)"),
    ("body", r"(?P<hdnd>hdnd|hoi dong nhan dan|people's council)"),
    ("body", r"(?P<cp>chinh phu|thu tuong|government)"),
    ("body", r"(?P<ubtvqh>ubtvqh|uy ban thuong vu quoc hoi)|(?P<qh>quoc hoi\b|national assembly)"),
    ("body", r"(?P<other>quan uy trung uong|(?:trung uong|tw)\s(?:doan|hoi)\b|ban can su|lien minh|(?:hoi|doan)(?=\s(?!nghi|truong\b|thao\b|dong\b|quan\b))|"
             r"hoi dong quan tri|hdqt|hoi dong thanh vien|hdtv|hoi dong truong|dai hoi|chi bo|tong lien doan|lien doan|"
             r"cong doan|ubnd|uy ban nhan dan|mat tran)"),
    ("body", rf"(?P<tu>(?:{_OFFICE}(?:dang bo\s)?)?(?:tinh uy|thanh uy|tinh dang bo)|"
             rf"(?:{_OFFICE})?dang bo\s(?:tinh|tp|thanh pho)|{_COMMITTEE}tinh)"),
    ("body", rf"(?P<hu>(?:{_OFFICE}(?:dang bo\s)?)?(?:huyen uy|thi uy|quan uy))|(?P<du>(?:{_OFFICE})?(?:dang uy|dang bo))"),
    ("body", rf"(?P<committee>{_COMMITTEE}(?:trung uong|t\.\s?[uw]|tw|tu)\b|(?:party\s)?central committee)(?:\sdang)?"),
    ("body", rf"(?P<central>trung uong|{_CENTRAL})(?!\s(?:doan|hoi)\b)(?:\sdang)?|(?P<party>dang\b(?! bo| uy| vien))"),
)
BODIES = ("politburo", "hdnd", "cp", "ubtvqh", "qh", "other", "tu", "hu", "du", "committee", "central", "party")
FOREIGN = {"hdnd": "HĐND", "cp": "CP", "ubtvqh": "UBTVQH", "qh": "QH", "tu": "TU", "hu": "HU", "du": "ĐU", "other": ""}

_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
_LINK = re.compile(r"(?:[\s,(:)\"-]|(?:cua|do|duoc|da|vua|moi|ban hanh|thong qua|ky|ra doi|ra|co tu|vao|tai|trong|tinh than|"
                   r"thuoc|lan|dated|of|the|issued|adopted|by)\b){0,12}")
_ABOUT = re.compile(r"(?:[\s,:()\"-]|cua\s|(?:ban hanh|chuyen de|dated)\s){0,5}(?:ve|on|regarding)\s(?:viec\s)?"
                    r"(?!(?:co so|xa|thon|ban|lang|huyen|tinh|dia phuong|tung|toi|den|nha|chi bo)\b)")
_CLOSES = re.compile(r"[.:;!?\n)]|\"(?=[\s,.])|\s(?:duoc|giup|se|coi|da\s(?:giup|duoc|mo|tao|di|lam))\s")
_ISSUES = re.compile(r"\b(?:ban hanh|ra|thong qua|co|ky|cho ra doi)\s(?:(?:cac|hai|mot|nhung|rieng|ca|bo)\s)*$")
_PASSES = re.compile(r"[^,.;]{0,40}\b(?:ban hanh|thong qua)")
_SPAN = r"(?P<n>\d{1,2}|" + "|".join(sorted(SPANS, key=len, reverse=True)) + r")\s(?:nam|years)\b"
_YEARS_BEFORE = re.compile(_SPAN + r"(?=[^,.;(]{0,60}$)")
_YEARS_AFTER = re.compile(r"\b(?:sau|qua|tron|duoc|suot|after|over)\s(?:(?:hon|gan|tron|dung)\s)?" + _SPAN)


def chain(folded: Folded, at: int, until: int) -> tuple[list[Clue], int]:
    """What is joined to a citation that ends here, attribute after attribute, and where the chain ends."""
    clues: list[Clue] = []
    for _ in range(STEPS):
        link = _LINK.match(folded.text, at, until)
        found = _attribute(folded, link.end(), until, link[0])
        if found is None or any(found.kind == clue.kind and found.kind != "body" for clue in clues):
            break
        clues.append(found)
        at = found.end
    about = _subject(folded.text, at, until)
    return (clues + [about], about.end) if about else (clues, at)


def loose(folded: Folded, start: int, end: int) -> Iterator[Clue]:
    """Dates, terms and plenums that merely stand nearby: they may speak for a candidate, never against one."""
    for kind, pattern in _COMPILED:
        if kind in ("date", "term", "plenum"):
            for match in pattern.finditer(folded.text, start, end):
                value = _value(kind, match, folded)
                if value is not None and (kind != "date" or None not in value):
                    yield Clue(kind, value, *match.span(), firm=False, share=NEARBY)


def issuing(folded: Folded, start: int, end: int) -> Clue | None:
    """The body that issues what begins at `end`: "Chính phủ ban hành" Nghị quyết 13."""
    verb = _ISSUES.search(folded.text, max(start, end - 40), end)
    if verb is None:
        return None
    near = _bodies(folded, max(start, end - 90), verb.start())
    subjects = [clue for clue in near if "," not in folded.text[clue.end:verb.start()]]
    return max(subjects, key=lambda clue: clue.end, default=None)


def anniversary(folded: Folded, start: int, citation: tuple[int, int], end: int) -> Clue | None:
    """How old the text says the resolution is: "tổng kết 20 năm thực hiện", "sau tròn hai mươi năm"."""
    match = (_YEARS_BEFORE.search(folded.text, max(start, citation[0] - 80), citation[0])
             or _YEARS_AFTER.search(folded.text, citation[1], min(end, citation[1] + 80)))
    return match and Clue("years", int(match["n"]) if match["n"].isdigit() else SPANS[match["n"]], *match.span())


def _attribute(folded: Folded, at: int, until: int, link: str) -> Clue | None:
    for kind, pattern in _COMPILED:
        match = pattern.match(folded.text, at, until)
        value = match and _value(kind, match, folded)
        if not value or kind == "body" and not _owns(folded.text, match, value, link):
            continue
        if kind == "date" and value[:2] == (None, None) and "," in link:
            continue
        return Clue(kind, value, *match.span(), firm="," not in link or kind != "date")
    return None


def _owns(text: str, match: re.Match[str], body: str, link: str) -> bool:
    """A body's own is what is "của" it or stands beside it, not what is "được Chính phủ cụ thể hóa"."""
    if re.search(r"\bduoc\s$", link):
        return _PASSES.match(text, match.end()) is not None
    return "," not in link or link.rstrip().endswith(("cua", "do", "of", "by", "the")) or body == "committee"


def _bodies(folded: Folded, start: int, end: int) -> Iterator[Clue]:
    for kind, pattern in _COMPILED:
        if kind == "body":
            for match in pattern.finditer(folded.text, start, end):
                value = _value(kind, match, folded)
                if value:
                    yield Clue(kind, value, *match.span())


def _subject(text: str, at: int, until: int) -> Clue | None:
    about = _ABOUT.match(text, at, until)
    if about is None:
        return None
    limit = min(until, about.end() + ABOUT)
    close = _CLOSES.search(text, about.end(), limit)
    return Clue("subject", None, about.end(), close.start() if close else limit)


def _value(kind: str, match: re.Match[str], folded: Folded) -> Any:
    said = match.groupdict()
    if kind == "date":
        return _date(said)
    if kind == "body":
        return _body(match, folded)
    if said.get("tw") and issuer_of(folded.original(*match.span("tw"))) != "TW":
        return None
    more = [int(number) for number in re.findall(r"\d+", said.get("more") or "")]
    return COOPERATIVES if COOPERATIVES in more else _ordinal(said["n"])


def _body(match: re.Match[str], folded: Folded) -> str | None:
    """The body's key in BODIES. TƯ and TW are the Central Committee only in capitals, TU is a province's committee."""
    body = next(name for name in BODIES if match.groupdict().get(name))
    printed = folded.original(*match.span(body)).strip()
    if body != "central" or len(printed) > LETTERS:
        return body
    if printed != printed.upper():
        return None
    return "central" if issuer_of(printed) == "TW" else "tu"


def _date(said: dict[str, str | None]) -> tuple[int | None, int | None, int | None] | None:
    year = int(said["y"]) if said.get("y") else None
    if year is not None and year < 100:
        year += 2000 if year < 50 else 1900
    if said.get("month") and said["month"] not in MONTHS:
        return None
    month = MONTHS[said["month"]] if said.get("month") else int(said["m"]) if said.get("m") else None
    return int(said["d"]) if said.get("d") else None, month, year


def _ordinal(printed: str) -> int | None:
    if printed.isdigit():
        return int(printed)
    return ORDINALS.get(printed) or ROMAN.get(printed.replace("l", "i").replace("1", "i"))
