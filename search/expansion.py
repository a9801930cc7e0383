"""Abbreviations both ways: which stretches of a query are a form of a name, and what its other forms are."""
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index import abbreviations
from index.abbreviations import Form
from index.spelling import fold

ALL = "viet-tat"        # the key that switches off every expansion
WEIGHT = 0.7            # of a form that was not typed, beside the one that was


@dataclass(frozen=True, slots=True)
class Name:
    """All forms of one name, the usual short one first, the whole name second."""
    forms: tuple[Form, ...]

    @property
    def key(self) -> str:
        """Switches it off: "htx"."""
        return "-".join(map(fold, self.forms[0]))

    @property
    def text(self) -> str:
        return f"{' '.join(self.forms[0]).upper()} = {' '.join(self.forms[1])}"

    def others(self, typed: Sequence[str]) -> tuple[Form, ...]:
        """Its forms but the one typed, with accents or without."""
        return tuple(f for f in self.forms if f != tuple(typed) and tuple(map(fold, f)) != tuple(typed))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Syllables first … after - 1 of a query are a form of `name`."""
    first: int
    after: int
    name: Name
    head: bool      # it begins with another name: "hợp tác xã" in "hợp tác xã nông nghiệp"


@dataclass(frozen=True, slots=True)
class Table:
    """Names by their forms."""
    exact: dict[Form, Name] = field(default_factory=dict)
    folded: dict[Form, Name] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, families: Iterable[tuple[Form, ...]]) -> "Table":
        """Where two names share a form, the earlier one has it."""
        exact, folded = {}, {}
        for name in map(Name, families):
            for form in name.forms:
                exact.setdefault(form, name)
                folded.setdefault(tuple(map(fold, form)), name)
        return cls(exact, folded, max(map(len, exact), default=0))

    def knows(self, word: str) -> bool:
        """Whether a word in capitals is an abbreviation: it has no vowel, or is in the table."""
        plain = fold(word)
        return not re.search("[aeiouy]", plain) or (plain,) in self.folded

    def stretches(self, syllables: Sequence[str], any_accent: bool, off: frozenset[str]) -> list[Stretch]:
        """From left to right, the longest where several begin at one syllable; none overlaps another."""
        names = self.folded if any_accent else self.exact
        found, i = [], 0
        while i < len(syllables) and ALL not in off:
            ends = [(j, names[form]) for j in range(min(len(syllables), i + self.longest), i, -1)
                    if (form := tuple(syllables[i:j])) in names and names[form].key not in off]
            if ends:
                found.append(Stretch(i, *ends[0], head=len(ends) > 1))
            i = ends[0][0] if ends else i + 1
        return found


@functools.lru_cache(4)
def table(harvested: tuple[tuple[str, str], ...] = ()) -> Table:
    """The field's own abbreviations, then those an index harvested from its texts, (short, long)."""
    return Table.of(abbreviations.families() + tuple((tuple(short.split()), tuple(long.split())) for short, long in harvested))
