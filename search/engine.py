"""The seam: whatever can answer a Query is an engine."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from corpus.document import Document
from search.figures import Listed, Wanted
from search.query import Query
from search.results import Facet, Hit, Results
from search.tables import Asked, Table


@dataclass(frozen=True, slots=True)
class About:
    documents: int
    generation: str
    fingerprint: str
    built: datetime
    engine: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str               # what the box would hold
    kind: str               # "title" | "phrase" | "province" | "resolution"


class Engine(Protocol):
    """Answers queries about one generation of an index. Its own context manager."""

    def search(self, query: Query) -> Results: ...

    def document(self, id: str) -> Document | None: ...

    def about(self) -> About: ...

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """At most 8; accents are not needed to match."""

    def similar(self, id: str) -> tuple[Hit, ...]:
        """At most 5 articles on the same matters, copies left out."""

    def copies(self, id: str) -> tuple[Hit, ...]:
        """The other publications of the same text, first one first."""

    def values(self, facet: str, query: Query) -> Facet:
        """One facet in full."""

    def grid(self, query: Query) -> dict[tuple[str, str], int]:
        """(province, year) → number of hits; NONE stands for unknown."""

    def figures(self, query: Query, wanted: Wanted = Wanted(), skip: int = 0, most: int | None = None) -> Listed:
        """Figures that the hits report, of the newest articles first."""

    def table(self, query: Query, asked: Asked) -> Table:
        """What the hits report of one measure, by place and year."""

    def scan(self, query: Query) -> Iterator[Hit]:
        """Every hit in the query's order, without a paging window."""

    def damaged(self) -> list[str]:
        """Names of parts that are not as they were written; reads everything."""

    def close(self) -> None: ...

    def __enter__(self) -> "Engine": ...

    def __exit__(self, *error) -> None: ...
