"""What an engine must be able to do for `answering`: find, count and hand over what it stored. Keys are the engine's own."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.cards import Card
from index.fields import label
from search.marking import Marks, Place
from search.query import Query
from search.results import Fact, Marked
from search.terms import Asked, Lexicon
from search.tree import Node, Syllable

if TYPE_CHECKING:
    from search.ranking import Rarity, Wanted

Key = Any       # names a document inside one engine


#: (value, hits with this value as the facet's only one): in the order of values, none at 0.
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The first hits in the engine's order, and how many there are in all."""
    total: int
    keys: np.ndarray
    scores: np.ndarray
    counts: dict[str, Counts]           # by facet; without those that there was no time to count


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where a query's syllables stand in some documents. Columns of equal length, by document, then by position."""
    rows: np.ndarray        # which of the documents
    positions: np.ndarray   # title from 0, then a gap of one, then the body
    terms: np.ndarray       # which of the distinct syllables
    exact: np.ndarray       # spelled as typed
    lengths: np.ndarray     # by document: syllables of title and body
    titles: np.ndarray      # by document: syllables of the title; the body begins at one more


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A document as a hit shows it, whatever the query."""
    id: str
    url: str
    source: str | None
    published: date | None
    year: Fact | None
    provinces: tuple[Fact, ...]
    resolutions: tuple[Fact, ...]
    copies: int
    copy_of: str | None
    title: str
    body: str
    sentences: list[tuple[int, int]]    # of the body

    @classmethod
    def of(cls, id: str, card: Card, copies: int, title: str, body: str, sentences: list[tuple[int, int]]) -> "Kept":
        return cls(id, card.url, card.source, date.fromisoformat(card.published) if card.published else None,
                   card.year and _fact("year", *card.year), tuple([_fact("province", *p) for p in card.provinces]),
                   tuple([_fact("resolution", *r) for r in card.resolutions]), copies, card.copy_of, title, body, sentences)


@lru_cache(1 << 12)
def _fact(facet: str, value: str, inferred: bool) -> Fact:
    return Fact(value, label(facet, value), inferred)


@dataclass(frozen=True, slots=True)
class Placed:
    """Of one text: syllables that leaves of the query stand for, and first and last syllable of each code, by position."""
    places: list[Place]
    coded: list[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A document with its places to mark."""
    kept: Kept
    title: Placed
    body: Placed


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A document with its marks and passages made."""
    kept: Kept
    title: Marked
    passages: tuple[Marked, ...]

    @property
    def nbytes(self) -> int:
        """Nearly, with what is kept of the document."""
        return 3_000 + 2 * len(self.kept.body) + sum(2 * len(m.text) + 120 * len(m.spans) for m in (self.title, *self.passages))


class Finder(Protocol):
    lexicon: Lexicon
    withheld: frozenset[str]        # ids of documents that are never shown
    def asked(self, query: Query) -> Asked:
        """What its words mean with this engine's lexicon."""

    def any(self, node: Node) -> bool:
        """Whether any document satisfies the tree, whatever the filters."""

    def find(self, node: Node, query: Query, most: int, facets: Sequence[str]) -> Found:
        """Under the query's filters and sort. Nothing scored: newest first."""

    def stream(self, node: Node, query: Query) -> Iterator[Key]:
        """Every hit in the engine's order."""

    def occurrences(self, words: Sequence[Syllable], keys: np.ndarray) -> Occurrences: ...

    def rarity(self, wanted: Wanted) -> Rarity:
        """How rare the words and pairs are that ranking wants."""

    def neighbours(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """In how many documents two syllables stand side by side, nearly."""

    def holds(self, node: Node, keys: np.ndarray) -> np.ndarray:
        """Whether each document satisfies the tree."""

    def stored(self, keys: np.ndarray, marks: Marks) -> list[Stored]: ...
