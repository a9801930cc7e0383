"""What is answered: hits with their marked words, facets with exact counts, and why."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search.query import Query


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the spans of it that matched, in order and apart; markup is the face's business."""
    text: str
    spans: tuple[tuple[int, int], ...] = ()

    def parts(self) -> Iterator[tuple[str, bool]]:
        """(piece, matched); joined, the pieces give the text back."""
        at = 0
        for start, end in self.spans:
            if start > at:
                yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        if at < len(self.text):
            yield self.text[at:], False


@dataclass(frozen=True, slots=True)
class Fact:
    """A derived value as a hit shows it."""
    value: str              # slug
    label: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    url: str
    title: Marked
    passages: tuple[Marked, ...]
    source: str | None
    published: date | None
    year: Fact | None
    provinces: tuple[Fact, ...]
    resolutions: tuple[Fact, ...]
    score: float
    why: tuple[str, ...] = ()       # keys of `Results.applied` without which it would not have been found
    copies: int = 0                 # other documents with the same text
    copy_of: str | None = None      # id of the first publication, where this is a later copy


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: str
    count: int              # hits the same query would have with this value as the facet's only one
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something of the query that was taken literally or cut."""
    at: int                 # character of Query.text
    text: str               # one plain sentence


@dataclass(frozen=True, slots=True)
class Applied:
    """An expansion or normalisation that took part; its key switches it off."""
    key: str                # "htx", "khong-dau", …
    text: str               # "HTX = hợp tác xã"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An exclusion typed into the box, shown as a chip; without it the box would hold `without`."""
    text: str               # "-cá"
    without: str


@dataclass(frozen=True, slots=True)
class Results:
    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, Facet]
    match: str = "all"                      # all | most: which was used
    notes: tuple[Note, ...] = ()
    applied: tuple[Applied, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    better: str | None = None               # a spelling that has hits, where this one has none
    partial: tuple[str, ...] = ()           # names of what was not computed in time: facets; or "total" and "hits" too

    @property
    def exact(self) -> bool:
        """Whether `total` and `hits` are known; else nothing may be concluded from them."""
        return "total" not in self.partial
    seconds: float = 0.0
