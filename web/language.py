"""Words, numbers and dates become those of the reader's language: Vietnamese, or English by a switch."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from web.english import ENGLISH
from web.english_figures import FIGURES

PARAM = "ngon"      # in URLs: ngon=en; nothing for Vietnamese
_SWAPPED = str.maketrans(",.", ".,")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    words: Mapping[str, str] = field(default_factory=dict, repr=False)     # Vietnamese → this language

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language; what is not translated stays as it is."""
        text = self.words.get(text, text)
        return text.format(**values) if values else text

    def number(self, n: float) -> str:
        """1.234,5 in Vietnamese, 1,234.5 in English."""
        shown = f"{n:,.2f}".rstrip("0").rstrip(".") if n % 1 else f"{n:,.0f}"
        return shown if self.code == "en" else shown.translate(_SWAPPED)

    def articles(self, n: int) -> str:
        if self.code == "en":
            return f"{self.number(n)} article{'' if n == 1 else 's'}"
        return f"{self.number(n)} bài"

    def day(self, day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if self.code == "en" else f"{day:%d/%m/}{day.year:04}"

    def moment(self, iso: str) -> str:
        """A day, a month or a year as ISO writes them; any other text stays."""
        parts = iso.split("-")
        if not all(part.isdecimal() for part in parts) or len(parts) > 3:
            return iso
        if self.code == "en":
            return " ".join(([str(int(parts[2]))] if parts[2:] else []) + ([MONTHS[(int(parts[1]) - 1) % 12]] if parts[1:] else []) + parts[:1])
        return "/".join(reversed(parts))

    def amount(self, n: float) -> str:
        """Large sums in millions and billions: "1,85 tỷ"."""
        for size, word in ((1e9, "tỷ"), (1e6, "triệu")):
            if n >= size and n % (size / 100) == 0:
                return f"{self.number(n / size)} {self(word)}"
        return self.number(n)


VIETNAMESE, ENGLISH_LANGUAGE = Language("vi"), Language("en", ENGLISH | FIGURES)


def language(code: str | None) -> Language:
    return ENGLISH_LANGUAGE if code == "en" else VIETNAMESE
