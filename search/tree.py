"""What was meant, for every engine: a tree of syllables, phrases and filters. It never says how an engine finds them.

A tree is satisfied or not by a document, and gives it a score. Scores: BM25F over `index.fields.TEXTS`; And, Or and
Some add up; a Phrase scores like the And of its syllables; Has, Published, Ids, Not and Everything score nothing.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Union


@dataclass(frozen=True, slots=True)
class Syllable:
    text: str                       # canonical (index.analysis.canonical); folded when any_accent
    any_accent: bool = False        # every token whose fold is `text`; all of them score as one term
    field: str | None = None        # one of TEXTS; None: any of them


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every token that begins so; all of them score as one term."""
    text: str
    any_accent: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A document code ("nq20", "nq12/2018/hđnd") that analysis found in any text."""
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables one after another in one text, at most `slop` other ones in between all told."""
    parts: tuple[Syllable, ...]
    slop: int = 0
    field: str | None = None


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least `least` of the parts."""
    parts: tuple["Node", ...]
    least: int


@dataclass(frozen=True, slots=True)
class Not:
    """Every document that does not satisfy the part."""
    part: "Node"


@dataclass(frozen=True, slots=True)
class Weighted:
    part: "Node"
    weight: float


@dataclass(frozen=True, slots=True)
class Has:
    """A facet holds any of the values; index.fields.NONE stands for a document without one."""
    facet: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Published:
    """The date of publication lies between the two, inclusive; None is open. Without a date: never."""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    pass


@dataclass(frozen=True, slots=True)
class Ids:
    """Documents by name; ids that no document has are no matter."""
    ids: frozenset[str]


Node = Union[Syllable, Prefix, Code, Phrase, And, Or, Some, Not, Weighted, Has, Published, Ids, Everything]


def every(parts: Iterable[Node]) -> Node:
    """All of the parts, each once; exclusions alone exclude from everything."""
    parts = tuple(dict.fromkeys(parts))
    if parts and all(isinstance(part, Not) for part in parts):
        parts = (Everything(), *parts)
    return parts[0] if len(parts) == 1 else And(parts)


def either(parts: Iterable[Node]) -> Node:
    parts = tuple(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else Or(parts)
