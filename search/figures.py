"""A query and what is wanted become the figures that its hits report, each with the sentence that says it."""
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Protocol

import numpy as np

from corpus.document import Document
from corpus.figures import Figure
from corpus.sentences import sentences
from index.fields import NONE
from index.figures import KINDS, FigureColumns, in_province, province_of
from search.finding import Key
from search.query import Query
from search.tree import Node


class FigureFinder(Protocol):
    """What an engine must be able to do for figures, beside what every finder can."""

    def figured(self, node: Node, query: Query) -> FigureColumns:
        """Of every hit under the query's filters; their rows are the engine's keys."""

    def documents(self, keys: list[Key]) -> Iterable[Document]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the figures. None and the empty set mean any."""
    measure: str | None = None
    kind: str | None = None                     # of KINDS; a measure then takes its parts, shares and changes in
    places: frozenset[str] = frozenset()        # slugs, "viet-nam", names ("Lạc Sơn, Hòa Bình"), NONE
    within: bool = True                         # a province takes in its districts
    year: int | None = None                     # that a figure is about; 0: not known
    goal: bool | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """One figure and where it stands."""
    id: str                         # of the document
    url: str
    title: str | None
    source: str | None
    published: str | None           # ISO date
    figure: Figure
    province: str | None            # slug that its place belongs to, "viet-nam" for the country
    year: int | None                # that it is about
    sentence: str
    before: str                     # the sentence: what stands before the figure's words, the words, what stands behind
    words: str
    behind: str
    number: int                     # of the sentence in its article, from 1


@dataclass(frozen=True, slots=True)
class Listed:
    total: int
    reported: Iterator[Reported]


def listed(finder: FigureFinder, node: Node, query: Query, wanted: Wanted, skip: int = 0, most: int | None = None) -> Listed:
    """Figures of the newest articles first; read out of their articles while they are taken."""
    c = finder.figured(node, query)
    at = np.flatnonzero(chosen(c, wanted))
    at = at[np.lexsort((c.numbers[at], c.rows[at], -c.days[at]))]
    shown = at[skip:None if most is None else skip + most]
    return Listed(len(at), _read(finder.documents, c.rows[shown].tolist(), c.numbers[shown].tolist()))


def chosen(columns: FigureColumns, wanted: Wanted) -> np.ndarray:
    """Figure → whether it is wanted."""
    held = np.ones(len(columns), bool)
    if wanted.measure is not None:
        held &= _is(columns.of if wanted.kind else columns.measures, columns.codes_of((wanted.measure,)))
    if wanted.kind is not None:
        held &= columns.kinds == (KINDS.index(wanted.kind) if wanted.kind in KINDS else len(KINDS))
    if wanted.places:
        held &= _is(columns.places, [code for code, name in columns.place_names.items() if _lies(name, wanted)])
    if wanted.year is not None:
        held &= columns.years == wanted.year
    if wanted.goal is not None:
        held &= columns.goals == wanted.goal
    return held


def _is(column: np.ndarray, codes: list[int]) -> np.ndarray:
    return np.isin(column, np.array(codes, column.dtype))


def _lies(name: str, wanted: Wanted) -> bool:
    if not name:
        return NONE in wanted.places
    return name in wanted.places or province_of(name) in wanted.places and (wanted.within or not in_province(name))


def _read(documents: Callable[[list], Iterable[Document]], keys: list, numbers: list[int]) -> Iterator[Reported]:
    """The figures of one document stand together."""
    told = groupby(zip(keys, numbers), itemgetter(0))
    for document, (_, own) in zip(documents(list(dict.fromkeys(keys))), told):
        yield from (reported(document, number) for _, number in own)


def reported(document: Document, number: int) -> Reported:
    article, figure = document.article, document.figures[number]
    text, (start, end) = article.text, figure.sentence
    return Reported(
        document.id, article.url, article.title, article.source, article.published and article.published.value, figure,
        province_of(figure.place), int(figure.as_of[:4]) if figure.as_of else None, text[start:end],
        text[start:figure.start], text[figure.start:figure.end], text[figure.end:end], bisect_right(_starts(text), figure.start))


@lru_cache(64)      # an article's figures come one after the other
def _starts(text: str) -> tuple[int, ...]:
    return tuple(start for start, _ in sentences(text))
