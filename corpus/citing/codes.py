"""A place in a folded text becomes the code of a resolution that stands there: "13-NQ/TW", "12/2018/NQ-HĐND", "số 20"."""
import re
import unicodedata
from dataclasses import dataclass

from corpus.citing.folding import Folded

HORN = "\u031B"  # of Ư: all that tells TƯ, the Central Committee, from TU, a province's committee
CENTRAL = {"TW", "TUW", "TTW", "WT", "TVV", "TWW", "BCHTW", "BCHTWD", "TWD"}  # as printed and misprinted
PARTY = re.compile(r"(?:TW|BCT|TU|HU|ĐU|QU|HNTW)$")
STATE = re.compile(r"(?:CP|HĐND\d*|HĐQT|HĐTV|HĐTP|UBND|ĐHĐCĐ|ĐHTV|TTHĐND)$")

#: digits, or digits read as letters by a scanner: l3, 2O
_DIGITS = r"(?:\d{1,4}|(?=[lio]?\d?[lio]?\d)[lio\d]{2}(?=\s?[-/.]?\s?nq))"
_WORDS = {"muoi ba": 13, "hai muoi": 20}
_NUMBER = rf"(?P<number>{_DIGITS}|muoi ba|hai muoi)(?=nq|\W|_|$)"
_SAYS_NUMBER = r"(?P<so>(?:so|s6|no\.?|number)[\s:]{0,3})?"
_YEAR = r"(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
_ISSUER = r"t\.\s?[uw]\b|[a-z]{1,9}\d{0,2}\b"
_MARK = (r"\s{0,2}[-/._]?\s{0,2}(?P<mark>n\.?q|qn)"
         rf"(?:\s{{0,2}}[-/._]\s{{0,2}}(?P<issuer>{_ISSUER})|\s?(?P<glued>t\.?[uw]|hdnd|cp)\b|\b)")
_SHORT = r"\s?[-/]\s?(?P<short>t\.?[uw]|cp|tu|hu|bct|hdnd|(?:ubtv)?qh\d{0,2})\b(?:\s?/\s?(?P<late>(?:19|20)\d\d)(?!\d))?"
_THINGS = (r"htx|hop tac xa|don vi|xa|phuong|huyen|tinh|ty|trieu|nghin|nguoi|ho dan|nam(?!\s{1,2}(?:19|20)\d\d)|"
           r"ngay(?!\s{0,2}\d)|thang(?!\s?\d)|tuan|dai bieu|chi tieu|nhiem vu|muc tieu|diem|dieu|chuong|trang|lan|"
           r"thanh vien|phieu|doanh nghiep|nhom|giai phap|cuoc|ban|chuyen de")

CODE = re.compile(rf"{_SAYS_NUMBER}{_NUMBER}{_YEAR}(?:{_MARK}|{_SHORT})?")
COUNTED = re.compile(rf"\s?%|[.,]\d|\s{{1,2}}(?:{_THINGS})\b|\s?[/.-]\s?\d{{1,2}}(?!\d)")
BARE = re.compile(rf"(?<![\w/.,-]){_DIGITS}(?:\s?/\s?(?:19|20)\d\d)?\s{{0,2}}[-/._]?\s{{0,2}}n\.?q"
                  r"(?:\b|(?=t[uw]\b|hdnd|cp\b))")


@dataclass(frozen=True, slots=True)
class Code:
    number: int
    start: int                  # in the folded text
    end: int
    year: int | None = None     # "13/2002"
    issuer: str | None = None   # "TW", "TU", "CP", "HĐND", "QH15"; None where the print leaves it out
    full: bool = False          # printed with its NQ, not a bare number
    slashed: bool = False       # printed as the State numbers its own: "13/NQ-…", not "13-NQ/…"

    def cite(self) -> str:
        """As a reader cites it, whatever the misprints."""
        issuer = self.issuer or ""
        year = f"/{self.year}" if self.year else ""
        if "QH" in issuer:
            return f"{self.number:02}{year}/{'NQ-' if self.full else ''}{issuer}"
        state = STATE.match(issuer) or self.slashed and not PARTY.match(issuer)
        return f"{self.number:02}{year}/NQ-{issuer}" if state else f"{self.number:02}-NQ/{issuer}"


def code_at(folded: Folded, at: int) -> Code | None:
    """The code or bare number that begins here; None where the digits count something or are a day."""
    match = CODE.match(folded.text, at)
    if match is None:
        return None
    issuer = next((name for name in ("issuer", "glued", "short") if match[name]), None)
    full = match["mark"] is not None
    if not full and not issuer and not match["so"] and COUNTED.match(folded.text, match.end()):
        return None
    if not full and not match["year"] and re.match(r"\s?[/.]\s?\d", folded.text[match.end():match.end() + 4]):
        return None
    printed = issuer and issuer_of(folded.original(*match.span(issuer)))
    slashed = folded.text[max(match.end("number"), match.end("year")):match.end()].lstrip().startswith("/")
    year = match["year"] or match["late"]
    return Code(_number(match["number"]), at, match.end(), int(year) if year else None, printed or None, full, slashed)


def issuer_of(printed: str) -> str:
    """Letters in capitals; every way to print the Central Committee is TW."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", printed.upper())
                   if letter == HORN or letter.isalnum())
    letters = bare.replace("U" + HORN, "W").replace(HORN, "")
    return "TW" if letters in CENTRAL else _named(letters, printed)


def _named(letters: str, printed: str) -> str:
    """HDND → HĐND, as everyone cites it; what we do not know stays as printed."""
    known = {"HDND": "HĐND", "HDQT": "HĐQT", "DU": "ĐU"}
    return known.get(letters) or unicodedata.normalize("NFC", printed.upper()).replace(".", "").replace(" ", "")


def _number(printed: str) -> int:
    return _WORDS.get(printed) or int(printed.translate(str.maketrans("lio", "110")))
