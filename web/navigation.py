"""A hit's place in a list of results becomes the way to its neighbours and back."""
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.engine import Engine
from search.query import Query
from search.results import Hit, Results

PARAM = "vt"        # the place, from 1, in the address of an article


@dataclass(frozen=True, slots=True)
class Place:
    query: Query                    # the page of results the hit stands on
    at: int                         # from 1; 0 where the results do not have it any more
    total: int
    hit: Hit | None
    previous: Hit | None
    next: Hit | None


def place(engine: Engine, query: Query, id: str, at: int) -> Place:
    """Looks on the very pages a reader turns, so the order is the one seen there."""
    page = replace(query, page=(max(at, 1) - 1) // query.size + 1)
    results = engine.search(page)
    first = (page.page - 1) * page.size + 1
    found = next((first + i for i, hit in enumerate(results.hits) if hit.id == id), 0)
    if not found:
        return Place(page, 0, results.total, None, None, None)
    i = found - first
    return Place(page, found, results.total, results.hits[i], _neighbour(engine, page, results, i - 1), _neighbour(engine, page, results, i + 1))


def _neighbour(engine: Engine, page: Query, results: Results, i: int) -> Hit | None:
    if 0 <= i < len(results.hits):
        return results.hits[i]
    if i < 0 and page.page > 1:
        return _edge(engine.search(page.turn(page.page - 1)).hits, -1)
    if i >= page.size and page.page * page.size < results.total:
        return _edge(engine.search(page.turn(page.page + 1)).hits, 0)
    return None


def _edge(hits: Sequence[Hit], i: int) -> Hit | None:
    return hits[i] if hits else None


def window(page: int, pages: int, reach: int = 2) -> list[int]:
    """Numbers of a pager: the first, the last, those around the page; 0 stands for a gap."""
    wanted = sorted({1, pages, *range(max(1, page - reach), min(pages, page + reach) + 1)})
    shown: list[int] = []
    for number in wanted:
        if shown and number - shown[-1] == 2:
            shown.append(number - 1)
        elif shown and number - shown[-1] > 2:
            shown.append(0)
        shown.append(number)
    return shown
