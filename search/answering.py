"""From a Query to Results, the same under every engine: read, find, put in order, mark."""
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from math import inf
from operator import itemgetter
from weakref import WeakKeyDictionary

import numpy as np

from index import fields
from index.fields import FACETS, NONE
from search import marking, suggesting
from search.budget import OutOfTime, within
from search.caching import Cache
from search.engine import Suggestion
from search.finding import Counts, Finder, Found, Shown, Stored
from search.marking import Marks
from search.query import Query
from search.ranking import CANDIDATES, Wanted, rescored, wanted
from search.results import Facet, Hit, Results, Value
from search.terms import Asked
from search.tree import And, Ids, Node, Not

ROOM, ORDERS = 16 << 20, 4 << 20    # bytes of hits that are kept for an engine, and of their order
MOST_TYPED = 200        # characters that suggestions are sought for
PAGE = 100          # hits made at a time when all are asked for


def search(finder: Finder, query: Query, seconds: float = inf) -> Results:
    """`seconds`: how long finding and counting may take. What was not done by then is named in `partial`."""
    began = time.perf_counter()
    try:
        with within(seconds):
            asked, node, match = chosen_tree(finder, query)
            again, last = ranked(asked, query), query.page * query.size
            found = finder.find(node, query, max(last, CANDIDATES) if again else last, tuple(FACETS))
            better = _better(finder, query) if asked.words and (not found.total or match != asked.first) else None
    except OutOfTime:
        return _unfound(finder.asked(query), query, began)
    keys, scores = put_in_order(finder, again, found) if again else (found.keys, found.scores)
    window = slice(last - query.size, last)
    return Results(
        query=query, total=found.total, hits=_hits(finder, asked, node, keys[window], scores[window]),
        facets={name: _facet(name, tuple(query.values(name)), found.counts[name]) if name in found.counts else _uncounted(name)
                for name in FACETS},
        match=match, notes=asked.notes, applied=asked.applied, exclusions=asked.exclusions, better=better,
        partial=tuple(name for name in FACETS if name not in found.counts), seconds=time.perf_counter() - began)


def _unfound(asked: Asked, query: Query, began: float) -> Results:
    """Nothing is known of the hits, not even how many there are."""
    return Results(
        query=query, total=0, hits=(), facets={name: _uncounted(name) for name in FACETS}, match=asked.first, notes=asked.notes,
        applied=asked.applied, exclusions=asked.exclusions, partial=("total", "hits", *FACETS), seconds=time.perf_counter() - began)


def _uncounted(name: str) -> Facet:
    return Facet(name, FACETS[name].label, ())


def _better(finder: Finder, query: Query) -> str | None:
    """A spelling of which articles have all the words; None also where there was no time to look for one."""
    def total(text: str) -> int:
        other = replace(query, text=text, match="all")
        return finder.find(chosen_tree(finder, other)[1], other, 0, ()).total
    try:
        return suggesting.better(query.text, finder.lexicon, total)
    except OutOfTime:
        return None


def scan(finder: Finder, query: Query) -> Iterator[Hit]:
    """Every hit in the query's order."""
    asked, node, _ = chosen_tree(finder, query)
    keys = np.fromiter(finder.stream(node, query), np.int64)
    if again := ranked(asked, query):
        first, _ = put_in_order(finder, again, finder.find(node, query, CANDIDATES, ()))
        keys = np.concatenate((first, keys[len(first):]))
    for start in range(0, len(keys), PAGE):
        part = keys[start:start + PAGE]
        yield from _hits(finder, asked, node, part, np.zeros(len(part)))


def put_in_order(finder: Finder, wanted: Wanted, found: Found) -> tuple[np.ndarray, np.ndarray]:
    """The second stage: (keys, scores) with the first ones as ranking has them; equal ones stay as they were."""
    first = found.keys[:CANDIDATES]
    if len(first) < 2:
        return found.keys, found.scores
    before = found.scores[:CANDIDATES]
    made = lambda: _in_order(finder, wanted, first, before)
    keys, scores = _kept_of(finder).orders.get((wanted, first.tobytes(), before.tobytes()), made)
    return np.concatenate((keys, found.keys[CANDIDATES:])), np.concatenate((scores, found.scores[CANDIDATES:]))


def _in_order(finder: Finder, wanted: Wanted, keys: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores = rescored(scores, finder.occurrences(wanted.terms, keys), wanted, finder.rarity(wanted))
    order = np.argsort(-scores, kind="stable")
    return keys[order], scores[order]


def ranked(asked: Asked, query: Query) -> Wanted | None:
    """What the second stage looks for; None where the engine's order is final."""
    found = wanted(asked) if query.sort == "relevance" else None
    return found if found and found.words > 1 else None


def values(finder: Finder, facet: str, query: Query) -> Facet:
    _, node, _ = chosen_tree(finder, query)
    return _facet(facet, tuple(query.values(facet)), finder.find(node, query, 0, (facet,)).counts[facet])


def suggest(finder: Finder, text: str, completions: suggesting.Completions) -> tuple[Suggestion, ...]:
    def titles(node: Node, most: int) -> list[str]:
        found = finder.find(shown(finder, node), Query(reprints=False), most, ())
        return [hit.title.text for hit in hits(finder, found.keys)]
    return suggesting.suggest(text[:MOST_TYPED], completions, titles)


def hits(finder: Finder, keys: np.ndarray) -> tuple[Hit, ...]:
    """Without marks."""
    return tuple(_hit(shown, 0.0, ()) for shown in _marked(finder, Marks(), keys))


def chosen_tree(finder: Finder, query: Query) -> tuple[Asked, Node, str]:
    """(what is asked, the tree to find by, "all" or "most"). The words decide which, never the filters."""
    asked = finder.asked(query)
    if asked.most is None or asked.first == "all" and finder.any(shown(finder, asked.all)):
        return asked, shown(finder, asked.all), "all"
    return asked, shown(finder, asked.most), "most"


def shown(finder: Finder, node: Node) -> Node:
    """Without what is withheld."""
    return And((node, Not(Ids(finder.withheld)))) if finder.withheld else node


@lru_cache(512)
def _facet(name: str, chosen: tuple[str, ...], counts: Counts) -> Facet:
    """Chosen values first, even at 0, then in the facet's order, the missing value last."""
    left = dict(counts)
    first = [(value, left.pop(value, 0), True) for value in chosen]
    last = [(NONE, left.pop(NONE), False)] if NONE in left else []
    ordered = sorted(left.items(), key=_ORDER.get(name, itemgetter(1)), reverse=True)       # equal ones stay by value
    shown = first + [(value, count, False) for value, count in ordered] + last
    return Facet(name, FACETS[name].label, tuple(_value(name, *one) for one in shown))


_ORDER = {"year": itemgetter(0)}        # newest first; the other facets by count


@lru_cache(1 << 14)     # most come again: of facets that a filter leaves as they were, small counts
def _value(facet: str, value: str, count: int, chosen: bool) -> Value:
    return Value(value, fields.label(facet, value), count, chosen)


def _hits(finder: Finder, asked: Asked, node: Node, keys: np.ndarray, scores: np.ndarray) -> tuple[Hit, ...]:
    why = [(key, finder.holds(part, keys).tolist()) for key, part in asked.why] if len(keys) else []
    return tuple([_hit(shown, score, tuple([key for key, held in why if held[i]]))
                  for i, (shown, score) in enumerate(zip(_marked(finder, _marks(node), keys), scores.tolist()))])


_marks = lru_cache(256)(Marks.of)


def _marked(finder: Finder, marks: Marks, keys: np.ndarray) -> list[Shown]:
    """The same words often show the same articles again, on another page or under another filter."""
    cache, names = _kept_of(finder).shown, keys.tolist()
    known = [cache.known((name, marks)) for name in names]
    new = np.array([i for i, shown in enumerate(known) if shown is None], np.int64)
    for i, stored in zip(new.tolist(), finder.stored(keys[new], marks) if len(new) else ()):
        known[i] = cache.put((names[i], marks), _show(stored, marks))
    return known


class _Kept:
    """What comes again when a reader turns the page or sets a filter."""

    def __init__(self):
        self.shown: Cache[Shown] = Cache(ROOM, lambda shown: shown.nbytes)
        self.orders: Cache[tuple[np.ndarray, np.ndarray]] = Cache(ORDERS, lambda order: 64 * len(order[0]) + 1_000)


def _kept_of(finder: Finder) -> _Kept:
    return _KEPT.get(finder) or _KEPT.setdefault(finder, _Kept())


_KEPT: WeakKeyDictionary[Finder, _Kept] = WeakKeyDictionary()     # gone with their engine


def forget(finder: Finder) -> None:
    """Empties what is kept of an engine's hits."""
    _KEPT.pop(finder, None)


def _show(stored: Stored, marks: Marks) -> Shown:
    kept = stored.kept
    title, body = (marking.spans(text, placed.places, placed.coded, marks)
                   for text, placed in ((kept.title, stored.title), (kept.body, stored.body)))
    return Shown(kept, marking.mark(kept.title, title), marking.passages(kept.body, body, known=kept.sentences))


def _hit(shown: Shown, score: float, why: tuple[str, ...]) -> Hit:
    k = shown.kept
    return Hit(k.id, k.url, shown.title, shown.passages, k.source, k.published, k.year, k.provinces, k.resolutions, score, why,
               k.copies, k.copy_of)
