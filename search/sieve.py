"""A query's filters, applied to rows: all of them for the hits, all but one facet's own for that facet's counts."""
from dataclasses import dataclass

import numpy as np

from search import tree
from search.evaluation import evaluate
from search.query import Query
from search.segment import Segment


@dataclass(frozen=True, slots=True, eq=False)
class Sieved:
    """`hits` and the others are places in the rows that were sieved; None means all of them."""
    hits: np.ndarray | None
    but: dict[str, np.ndarray | None]   # facet with chosen values → what passes all the other filters


def sieve(rows: np.ndarray | None, query: Query, segment: Segment) -> Sieved:
    """Rows as in Matches: None is every document."""
    always = _all_of([_passing(node, rows, segment) for node in _always(query)])
    if not query.reprints:
        originals = segment.originals
        always = _both(always, originals if rows is None else originals[rows])
    own = {facet: _passing(node, rows, segment) for facet, node in _chosen(query)}
    but = {facet: _both(always, _all_of([held for name, held in own.items() if name != facet])) for facet in own}
    return Sieved(_places(_both(always, _all_of(list(own.values())))), {name: _places(held) for name, held in but.items()})


def _always(query: Query) -> list[tree.Node]:
    """Filters that hold for the counts of every facet."""
    nodes = [tree.Not(tree.Has(facet, frozenset([value]))) for facet, value in sorted(query.excluded)]
    if query.since or query.until:
        nodes.append(tree.Published(query.since, query.until))
    return nodes


def _chosen(query: Query) -> list[tuple[str, tree.Node]]:
    out = []
    for facet in sorted({facet for facet, _ in query.chosen}):
        values = query.values(facet)
        if facet in query.every:
            out.append((facet, tree.And(tuple(tree.Has(facet, frozenset([v])) for v in values))))
        else:
            out.append((facet, tree.Has(facet, frozenset(values))))
    return out


def _passing(node: tree.Node, rows: np.ndarray | None, segment: Segment) -> np.ndarray:
    mask = evaluate(node, segment).mask()
    return mask if rows is None else mask[rows]


def _all_of(held: list[np.ndarray]) -> np.ndarray | None:
    return np.logical_and.reduce(held) if held else None


def _both(one: np.ndarray | None, other: np.ndarray | None) -> np.ndarray | None:
    return other if one is None else one if other is None else one & other


def _places(held: np.ndarray | None) -> np.ndarray | None:
    return None if held is None else np.flatnonzero(held)
