"""Syllables become document codes: 20-NQ/TW, NQ20 and "nghị quyết số 20" are all "nq20"."""
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.spelling import fold

_ABBREVIATED = ("nq", "qđ", "nđ", "ct", "ctr", "kl", "kh", "tt", "ttlt", "ttr", "tb", "hd", "bc", "cv", "qc", "nqlt")
_WRITTEN = {"nghị quyết": "nq", "nghị định": "nđ", "chỉ thị": "ct", "thông tư": "tt", "quyết định": "qđ",
            "kết luận": "kl", "kế hoạch": "kh", "chương trình": "ctr", "thông báo": "tb", "hướng dẫn": "hd"}
#: A bare number after these is a document; "kế hoạch 5 năm" and "quyết định 3 việc" need "số" or a code's form.
_BARE = {"nq", "nđ", "ct", "tt"}
_ISSUERS = ("tw", "tu", "cp", "ttg", "qh", "hđnd", "ubnd", "bkhđt", "blđtbxh", "bgdđt", "bch", "btv", "hu", "đu")
#: Accents are either all there or all missing: "chị thi" is no "chỉ thị".
_KINDS = {spelling: kind for kind in _ABBREVIATED for spelling in (kind, fold(kind))}
_PHRASES = {tuple(spelling.split()): kind for phrase, kind in _WRITTEN.items() for spelling in (phrase, fold(phrase))}
_RESTORED = {fold(issuer): issuer for issuer in _ISSUERS}
_LAST_OF_PHRASE = {last for _, last in _PHRASES}
_GLUED_KIND = {kind + issuer: (_KINDS[kind], issuer) for kind in ("nq", "ct", "kl") for issuer in ("tw", "tu")}
_GLUED_NUMBER = re.compile(r"(nq|qđ|nđ)(\d{1,4})")                  # NQ20
_LAW = re.compile(r"(?:qh|ubtvqh)\d{1,2}")                          # 17/2023/QH15 names no kind
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[0-9]{1,5}")
_STROKE = re.compile(r"\s?[-‐‑–—/]\s?")
_SPACE = re.compile(r"[^\S\n]+")
_LISTED = re.compile(r",?\s|\s?,\s?")
_SAY_NUMBER = {"số", "so"}


@dataclass(frozen=True, slots=True)
class _Line:
    """Syllables and what stands between them."""
    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    source: str

    def at(self, i: int) -> str:
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def gap(self, i: int) -> str:
        """Between syllable i and the next one; of three characters at most."""
        if not 0 <= i < len(self.texts) - 1 or self.starts[i + 1] - self.ends[i] > 3:
            return "\n"
        return self.source[self.ends[i]:self.starts[i + 1]]


def is_number(text: str) -> bool:
    """Whether a syllable can be a code's number ("20") or begin with its kind ("nq20")."""
    return bool(_NUMBER.fullmatch(text) or _GLUED_NUMBER.fullmatch(text))


def names_kind(text: str) -> bool:
    """Whether a syllable says, or ends the words that say, what kind of document it is; "nq20" does too."""
    return (text in _KINDS or text in _GLUED_KIND or text in _LAST_OF_PHRASE
            or bool(_LAW.fullmatch(text) or _GLUED_NUMBER.fullmatch(text)))


def codes(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int], source: str,
          numbers: Iterable[int]) -> list[tuple[str, int, int]]:
    """(code, first syllable, last syllable) in their order; `numbers`: the syllables that may be numbers of codes."""
    line = _Line(texts, starts, ends, source)
    found, after = [], 0
    for i in numbers:
        if i >= after:
            found += _read(line, i, after)
            after = found[-1][2] + 1 if found else 0
    return found


def _read(line: _Line, i: int, after: int) -> Iterator[tuple[str, int, int]]:
    """The code whose number is syllable i, and before it those that share its ending ("18, 19, 20-NQ/TW")."""
    glued = _GLUED_NUMBER.fullmatch(line.at(i))
    number = glued[2] if glued else line.at(i)
    if not _NUMBER.fullmatch(number):
        return
    year = line.at(i + 1) if line.gap(i) == "/" and _YEAR.fullmatch(line.at(i + 1)) else ""
    head, first = (_KINDS[glued[1]], i) if glued else _head(line, i)
    kind, issuer, last = _tail(line, i + bool(year))
    if kind is None and head is None:
        return
    if kind is not None and not year:
        yield from ((_code(kind, line.at(k), "", issuer), k, k) for k in _listed_before(line, first, after))
    yield _code(kind if kind is not None else head, number, year, issuer), first, last


def _head(line: _Line, i: int) -> tuple[str | None, int]:
    """The kind named before number i, and where its name begins: "nghị quyết số", "NQ", "NQ-"."""
    k = i - 1
    numbered = line.at(k) in _SAY_NUMBER and _SPACE.fullmatch(line.gap(k))
    k -= bool(numbered)
    spaced = bool(_SPACE.fullmatch(line.gap(k)))
    phrase = _PHRASES.get((line.at(k - 1), line.at(k))) if spaced and _SPACE.fullmatch(line.gap(k - 1)) else None
    if phrase and (numbered or phrase in _BARE):
        return phrase, k - 1
    kind = _KINDS.get(line.at(k))
    if kind and (spaced and (numbered or kind == "nq") or kind == "nq" and line.gap(k) == "-"):
        return kind, k
    return None, i


def _tail(line: _Line, i: int) -> tuple[str | None, str, int]:
    """Kind and issuer written after a number ending at i ("-NQ/TW"), and the last syllable of it all."""
    after, stroke = line.at(i + 1), bool(_STROKE.fullmatch(line.gap(i)))
    if stroke and _LAW.fullmatch(after):
        return "", after, i + 1
    if stroke and after in _GLUED_KIND:
        return *_GLUED_KIND[after], i + 1
    if after in _KINDS and (stroke or _SPACE.fullmatch(line.gap(i))):
        issuer = _issuer(line, i + 1)
        if issuer or stroke:
            return _KINDS[after], issuer, i + 1 + bool(issuer)
    known = _written(after) if stroke and fold(after) in _RESTORED else ""      # "Nghị quyết 20/TW"
    return None, known, i + bool(known)


def _issuer(line: _Line, i: int) -> str:
    """Who issued the kind of document that syllable i names: "/TW", "-HĐND"."""
    text = line.at(i + 1)
    if not (text.isalpha() and len(text) <= 8 and _STROKE.fullmatch(line.gap(i))):
        return ""
    return _written(text)


def _written(issuer: str) -> str:
    """An issuer as codes have it; "TƯ" and "Trung ương" are the Centre, "TU" is a province's committee."""
    return "tw" if issuer in ("tư", "trung") else _RESTORED.get(fold(issuer), issuer)


def _listed_before(line: _Line, i: int, after: int) -> list[int]:
    """Numbers from `after` to before i in one list with it, divided by commas and "và"."""
    listed = []
    while True:
        i -= 1 + (line.at(i - 1) in ("và", "va"))
        if i < after or not (_NUMBER.fullmatch(line.at(i)) and _LISTED.fullmatch(line.gap(i))):
            return listed[::-1]
        listed.append(i)


def _code(kind: str, number: str, year: str, issuer: str) -> str:
    """The Centre's own documents go by kind and number."""
    return "/".join(filter(None, (f"{kind}{int(number)}", year, "" if issuer == "tw" else issuer)))
