"""Text typed for the fonts of before Unicode, or decoded twice, becomes readable text."""
import html
import re
from collections.abc import Callable

#: TCVN 5712:1993 as the .Vn fonts use it (its third table): one byte a letter, shown here as Latin-1
_TCVN3 = {
    "µ": "à", "¸": "á", "¶": "ả", "·": "ã", "¹": "ạ", "¨": "ă", "»": "ằ", "¾": "ắ", "¼": "ẳ", "½": "ẵ", "Æ": "ặ",
    "©": "â", "Ç": "ầ", "Ê": "ấ", "È": "ẩ", "É": "ẫ", "Ë": "ậ", "®": "đ", "Ì": "è", "Ð": "é", "Î": "ẻ", "Ï": "ẽ", "Ñ": "ẹ",
    "ª": "ê", "Ò": "ề", "Õ": "ế", "Ó": "ể", "Ô": "ễ", "Ö": "ệ", "×": "ì", "Ý": "í", "Ø": "ỉ", "Ü": "ĩ", "Þ": "ị",
    "ß": "ò", "ã": "ó", "á": "ỏ", "â": "õ", "ä": "ọ", "«": "ô", "å": "ồ", "è": "ố", "æ": "ổ", "ç": "ỗ", "é": "ộ",
    "¬": "ơ", "ê": "ờ", "í": "ớ", "ë": "ở", "ì": "ỡ", "î": "ợ", "ï": "ù", "ó": "ú", "ñ": "ủ", "ò": "ũ", "ô": "ụ",
    "\u00ad": "ư", "õ": "ừ", "ø": "ứ", "ö": "ử", "÷": "ữ", "ù": "ự", "ú": "ỳ", "ý": "ý", "û": "ỷ", "ü": "ỹ", "þ": "ỵ",
    "¡": "Ă", "¢": "Â", "§": "Đ", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư",
}
#: the marks that VNI fonts set after a vowel, and what they do to a, e, o, u, y
_VNI_MARKS = {
    "a": {"ø": "à", "ù": "á", "û": "ả", "õ": "ã", "ï": "ạ", "ê": "ă", "è": "ằ", "é": "ắ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ",
          "â": "â", "à": "ầ", "á": "ấ", "å": "ẩ", "ã": "ẫ", "ä": "ậ"},
    "e": {"ø": "è", "ù": "é", "û": "ẻ", "õ": "ẽ", "ï": "ẹ", "â": "ê", "à": "ề", "á": "ế", "å": "ể", "ã": "ễ", "ä": "ệ"},
    "o": {"ø": "ò", "ù": "ó", "û": "ỏ", "õ": "õ", "ï": "ọ", "â": "ô", "à": "ồ", "á": "ố", "å": "ổ", "ã": "ỗ", "ä": "ộ"},
    "ô": {"ø": "ờ", "ù": "ớ", "û": "ở", "õ": "ỡ", "ï": "ợ", "": "ơ"},
    "u": {"ø": "ù", "ù": "ú", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "ö": {"ø": "ừ", "ù": "ứ", "û": "ử", "õ": "ữ", "ï": "ự", "": "ư"},
    "y": {"ø": "ỳ", "ù": "ý", "û": "ỷ", "õ": "ỹ"},
}
_VNI_ALONE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = {base + mark: letter for base, marks in _VNI_MARKS.items() for mark, letter in marks.items()} | _VNI_ALONE
_VNI |= {form: letter.upper() for code, letter in _VNI.items() for form in (code.upper(), code[0].upper() + code[1:])}
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TCVN3_TABLE = str.maketrans(_TCVN3)

_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u0300\u0301\u0303\u0309\u0323Ạ-ỹ]")
_FOREIGN = re.compile("[\u0080-\u024f\u2013-\u2122]")
_COMMON = re.compile(r"(?<!\w)(?:của|và|là|các|người|trong|được|không|những|một|có|đã|với|này|hợp|tác|xã|năm|tỉnh|"
                     r"huyện|đồng|việc|để|từ|đến|về|sản|hộ)(?!\w)", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SAMPLE = 60_000
_PLAIN = 300    # letters of Vietnamese: Unicode, without a closer look
_SURE = 4       # common words, and as many times more than before


def reading(source: str) -> Callable[[str], str] | None:
    """How to read the text of a page that is not in Unicode; None for one that is."""
    if len(_UNICODE.findall(source, 0, _SAMPLE)) > _PLAIN:
        return None
    sample = html.unescape(_TAG.sub(" ", source[:_SAMPLE]))
    foreign = len(_FOREIGN.findall(sample))
    if not foreign or len(_UNICODE.findall(sample)) > foreign / 4:
        return None
    counts = {read: len(_COMMON.findall(read(sample))) for read in (_tcvn3, _vni, _twice)}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= _SURE and counts[best] > 2 * len(_COMMON.findall(sample)) else None


def _tcvn3(text: str) -> str:
    return text if _UNICODE.search(text) else text.translate(_TCVN3_TABLE)


def _vni(text: str) -> str:
    return text if _UNICODE.search(text) else _VNI_CODE.sub(lambda code: _VNI[code.group()], text)


def _twice(text: str) -> str:
    """UTF-8 that somebody took for Windows-1252 and encoded again."""
    return _MOJIBAKE.sub(_once, text)


_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]{1,3}")


def _once(found: re.Match) -> str:
    try:
        return b"".join(map(_byte, found.group())).decode("utf-8")
    except UnicodeError:
        return found.group()


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1") if ord(letter) < 256 else letter.encode("cp1252")
