"""Abbreviations both ways: which stretches of a query have another form, and what finds all of them."""
import re
from dataclasses import dataclass

from index.spelling import fold


@dataclass(frozen=True, slots=True)
class Family:
    """All forms of one name, each a tuple of canonical syllables: ("htx",), ("hợp", "tác", "xã")."""
    key: str                            # switches it off: "htx"
    forms: tuple[tuple[str, ...], ...]  # the short one first


@dataclass(frozen=True, slots=True)
class Table:
    families: tuple[Family, ...] = ()

    @classmethod
    def with_more(cls, harvested: tuple[Family, ...]) -> "Table":
        return cls(harvested)

    def knows(self, word: str) -> bool:
        """Whether a word in capitals is an abbreviation: it has no vowel, or the table has it."""
        return not re.search("[aeiouy]", fold(word))
