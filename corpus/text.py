"""Text from anywhere becomes clean text: NFC, plain spaces, no invisible characters, Đ for Ð."""
import re
import unicodedata

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029\u0085"
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff\ufffc\ufffd"
_HYPHENS = "\u2010\u2011"
_TAKEN_FOR_LATIN_1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}  # as browsers read them

_TABLE = {
    **{code: None for code in range(0x20) if chr(code) not in "\t\n\r\f\v"},
    0x7F: None,
    **_TAKEN_FOR_LATIN_1,
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(range(0x202A, 0x202F)),      # directions
    **dict.fromkeys(range(0xD800, 0xE000)),      # lone surrogates
    **dict.fromkeys(range(0xE000, 0xF900)),      # icons of web fonts
    0xD0: "Đ", 0xF0: "đ",
}
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


def clean(text: str) -> str:
    """One line of clean text."""
    return _SPACE.sub(" ", characters(text)).strip()


def characters(text: str) -> str:
    """Clean characters, with the spaces and line breaks as they were."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.translate(_TABLE))
