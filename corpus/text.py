"""Text from anywhere becomes clean text: NFC, plain spaces, no invisible characters, Đ for Ð."""
import re
import unicodedata

_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_INVISIBLE = (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065),
              0xFE0E, 0xFE0F, 0xFEFF, 0xFFFC, 0xFFFD)  # joiners, directions, soft hyphens, lost letters
_HYPHENS = "\u2010\u2011"
_TAKEN_FOR_LATIN_1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}  # as in browsers

_TABLE = {
    **{code: None for code in range(0x20) if chr(code) not in "\t\n\r\f\v"},
    0x7F: None,
    **_TAKEN_FOR_LATIN_1,
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(range(0xD800, 0xE000)),      # lone surrogates
    **dict.fromkeys(range(0xE000, 0xF900)),      # icons of web fonts
    0xD0: "Đ", 0xF0: "đ",
}
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, sorted(_TABLE)))) + "]")


def clean(text: str) -> str:
    """One line of clean text."""
    return " ".join(characters(text).split())


def characters(text: str) -> str:
    """Clean characters, with the spaces and line breaks as they were."""
    return unicodedata.normalize("NFC", text.translate(_TABLE) if _ODD.search(text) else text)
