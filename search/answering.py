"""From a Query to Results, the same under every engine: read, find, put in order, mark."""
import time
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from operator import itemgetter

import numpy as np

from index import fields
from index.fields import FACETS, NONE
from search.finding import Finder, Stored
from search.query import Query
from search.results import Fact, Facet, Hit, Marked, Results, Value
from search.terms import Asked
from search.tree import Node

PAGE = 100      # hits made at a time when all are asked for


def search(finder: Finder, query: Query) -> Results:
    began = time.perf_counter()
    asked, node, match = chosen_tree(finder, query)
    found = finder.find(node, query, query.page * query.size, tuple(FACETS))
    window = slice((query.page - 1) * query.size, query.page * query.size)
    return Results(
        query=query, total=found.total, hits=_hits(finder, asked, found.keys[window], found.scores[window]),
        facets={name: _facet(name, query, found.counts[name]) for name in FACETS},
        match=match, notes=asked.notes, applied=asked.applied, exclusions=asked.exclusions,
        seconds=time.perf_counter() - began)


def scan(finder: Finder, query: Query) -> Iterator[Hit]:
    """Every hit in the query's order."""
    asked, node, _ = chosen_tree(finder, query)
    keys = np.fromiter(finder.stream(node, query), np.int64)
    for start in range(0, len(keys), PAGE):
        part = keys[start:start + PAGE]
        yield from _hits(finder, asked, part, np.zeros(len(part)))


def values(finder: Finder, facet: str, query: Query) -> Facet:
    _, node, _ = chosen_tree(finder, query)
    return _facet(facet, query, finder.find(node, query, 0, (facet,)).counts[facet])


def hits(finder: Finder, keys: np.ndarray) -> tuple[Hit, ...]:
    """Without marks."""
    return _hits(finder, None, keys, np.zeros(len(keys)))


def chosen_tree(finder: Finder, query: Query) -> tuple[Asked, Node, str]:
    """(what is asked, the tree to find by, "all" or "most"). The words decide which, never the filters."""
    asked = finder.asked(query)
    if asked.most is None or asked.first == "all" and finder.any(asked.all):
        return asked, asked.all, "all"
    return asked, asked.most, "most"


def _facet(name: str, query: Query, counts: dict[str, int]) -> Facet:
    """Chosen values first, even at 0, then in the facet's order, the missing value last."""
    counts = dict(counts)
    first = [(value, counts.pop(value, 0)) for value in query.values(name)]
    last = [(NONE, counts.pop(NONE))] if NONE in counts else []
    others = sorted(counts.items(), key=_ORDER.get(name, itemgetter(1)), reverse=True)      # equal ones stay by value
    shown = [(value, count, True) for value, count in first] + [(value, count, False) for value, count in others + last]
    return Facet(name, FACETS[name].label, tuple([_value(name, v, n, chosen) for v, n, chosen in shown]))


_ORDER = {"year": itemgetter(0)}        # newest first; the other facets by count
_label = lru_cache(4096)(fields.label)


@lru_cache(1 << 14)     # most come again: of facets that a filter leaves as they were, small counts
def _value(facet: str, value: str, count: int, chosen: bool) -> Value:
    return Value(value, _label(facet, value), count, chosen)


def _hits(finder: Finder, asked: Asked | None, keys: np.ndarray, scores: np.ndarray) -> tuple[Hit, ...]:
    words = tuple(dict.fromkeys(asked.words)) if asked else ()
    why = [(key, finder.holds(node, keys)) for key, node in asked.why] if asked and len(keys) else []
    return tuple(_hit(stored, float(score), tuple(key for key, held in why if held[i]))
                 for i, (stored, score) in enumerate(zip(finder.stored(keys, words), scores)))


def _hit(stored: Stored, score: float, why: tuple[str, ...]) -> Hit:
    card = stored.card
    fact = lambda facet, found: Fact(found[0], _label(facet, found[0]), found[1])
    return Hit(
        id=stored.id, url=card.url, title=Marked(stored.title), passages=(Marked(stored.body[:160]),), source=card.source,
        published=date.fromisoformat(card.published) if card.published else None,
        year=card.year and fact("year", card.year), provinces=tuple(fact("province", p) for p in card.provinces),
        resolutions=tuple(fact("resolution", r) for r in card.resolutions), score=score, why=why,
        copies=stored.copies, copy_of=card.copy_of)
