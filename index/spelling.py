"""Text as typed becomes one spelling: NFC, lower case, "đ", the tone where "hòa" and "thúy" have it."""
import functools
import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"     # written inside syllables, never part of one
_QUALITY = "ăâêôơư"                                                 # a vowel with its own mark attracts the tone
_VOWELS = "aeiouy" + _QUALITY
_TONED = {unicodedata.normalize("NFC", v + tone): (v, tone) for v in _VOWELS + _VOWELS.upper() for tone in TONES}
_PUT = {parts: toned for toned, parts in _TONED.items()}
_BARE = str.maketrans({toned: vowel for toned, (vowel, _) in _TONED.items()})
_D = str.maketrans("ÐðƉ", "Đđ\u0110")                               # eth and African D are typed for Đ
#: What `compose` may have to change, and all scripts with marks of their own: Vietnamese as it should be has none.
_UNUSUAL = re.compile(f"[{INVISIBLE}ÐðƉ\u0300-\u1dff\u20d0-\u20ff\u2c80-\U0010ffff]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_LETTERS = re.compile(r"[^\W\d_]+")
#: "qu" and "gi" before a vowel are consonants: "quý" and "già" have one vowel.
_SYLLABLE = re.compile(rf"(?:qu(?=[{_VOWELS}])|gi(?=[{_VOWELS}])|[bcdđghklmnpqrstvx]{{0,3}})"
                       rf"([{_VOWELS}]{{1,4}})([cghmnpt]{{0,2}})")
_ACRONYMS = {"t.ư": "tw", "t.u": "tw", "t.w": "tw"}                 # the dot tells them from "tư" in capitals


@functools.lru_cache(1 << 16)
def canonical(syllable: str) -> str:
    """The one spelling that stands for all ways to type a syllable."""
    text = place_tones(compose(compose(syllable).lower()))
    return _ACRONYMS.get(text, text)


def compose(text: str) -> str:
    """NFC without invisible characters and marks that no letter took up, "Ð" as "Đ"."""
    if not _UNUSUAL.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_D)
    return "".join(char for char in composed if unicodedata.category(char)[0] != "M")


def place_tones(text: str, modern: bool = False) -> str:
    """NFC text with every tone where the canonical style has it, or the modern one ("hoà", "thuý");
    as many code points as before."""
    if text.isascii():
        return text
    return _place(text, modern) if text.isalpha() else _LETTERS.sub(lambda m: _place(m[0], modern), text)


@functools.lru_cache(1 << 16)
def _place(syllable: str, modern: bool) -> str:
    toned = [i for i, c in enumerate(syllable) if c in _TONED]
    bare = syllable.translate(_BARE)
    parsed = _SYLLABLE.fullmatch(bare.lower()) if len(toned) == 1 and len(syllable) <= 8 else None
    if not parsed:
        return syllable
    at = parsed.start(1) + _seat(parsed[1], parsed[2], modern)
    return bare[:at] + _PUT[bare[at], _TONED[syllable[toned[0]]][1]] + bare[at + 1:]


def _seat(vowels: str, coda: str, modern: bool) -> int:
    """Which vowel bears the tone: the last with a mark of its own, the one before a final consonant,
    the middle of three, the first of two."""
    marked = max(map(vowels.rfind, _QUALITY))
    if marked >= 0:
        return marked
    return len(vowels) - 1 if coda or modern and vowels in ("oa", "oe", "uy") else (len(vowels) - 1) // 2


def _folded(code: int) -> str:
    letters = [c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c)]
    lower = letters[0].lower() if len(letters) == 1 else chr(code)
    return {"đ": "d", "ð": "d"}.get(lower[0], lower[0])


class _Folding(dict):
    """A translation table that learns each character when first met; one code point for one."""
    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(code)
        return folded


_FOLDING = _Folding()


@functools.lru_cache(1 << 16)
def _fold_short(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def fold(text: str) -> str:
    """Lower case without accents, "đ" as "d". NFC text keeps its length, so offsets hold."""
    return _fold_short(text) if len(text) < 32 else unicodedata.normalize("NFC", text).translate(_FOLDING)


def has_accents(text: str) -> bool:
    """Whether folding takes more from the text than capitals."""
    return not text.isascii() and fold(text) != unicodedata.normalize("NFC", text).lower()
