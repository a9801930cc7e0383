"""A text becomes one without case, accents and odd spaces or dashes, and every offset finds its way back."""
import unicodedata
from dataclasses import dataclass

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63"
QUOTES = "\u201C\u201D\u201E\u00AB\u00BB\u2033"
SPACES = "\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u3000\t"
UNSEEN = "\u00AD\u200B\u200C\u200D\u2060\uFEFF"  # soft hyphen, zero-width spaces and joiners


@dataclass(frozen=True, slots=True)
class Folded:
    text: str                           # lower case, letters without marks, đ as d, one kind of dash, quote and space
    source: str
    offsets: tuple[int, ...] | None     # of every folded character in the source; None where nothing was dropped

    @property
    def letters(self) -> str:
        """The source without what was dropped: as long as `text`, its case kept."""
        return self.source if self.offsets is None else "".join(self.source[at] for at in self.offsets)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source behind text[start:end], dropped marks that follow the last one included."""
        if self.offsets is None:
            return start, end
        last = self.offsets[end - 1] + 1
        while last < len(self.source) and unicodedata.combining(self.source[last]) and TABLE.get(ord(self.source[last])) == "":
            last += 1
        return self.offsets[start], last

    def original(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.source[first:last]


def fold(source: str) -> Folded:
    text = source.translate(TABLE)
    if len(text) == len(source):
        return Folded(text, source, None)
    return Folded(text, source, tuple(at for at, letter in enumerate(source) if TABLE.get(ord(letter)) != ""))


def _letter(code: int) -> str:
    base = unicodedata.normalize("NFD", chr(code))[0].lower()
    return base if len(base) == 1 else chr(code)


TABLE: dict[int, str] = {
    **{code: _letter(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))},
    **{code: unicodedata.normalize("NFKC", chr(code)).lower() for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "đĐÐð"), "d"),
    **dict.fromkeys(map(ord, DASHES), "-"),
    **dict.fromkeys(map(ord, QUOTES), '"'),
    **dict.fromkeys(map(ord, SPACES), " "),
    **dict.fromkeys(map(ord, UNSEEN), ""),
    **dict.fromkeys(range(0x300, 0x370), ""),
}
