"""Hits become a table of provinces and years, empty cells among them, each a link: by hand, for there are a thousand."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from corpus import places
from index.fields import NONE, label
from search.engine import Engine
from search.query import Query
from web import alphabet
from web.language import Language

SHADES = 5      # of a cell; each is four times as many articles as the one before
STEP = 4
MOST = 80       # years shown, the newest
PROVINCE, YEAR = "0-province-0", "0-year-0"     # stand for them in the address that all cells are made from; no value is one


@dataclass(frozen=True, slots=True)
class Table:
    years: tuple[tuple[str, str, int, Query], ...]      # value, label, count, query
    body: Markup            # a row a province
    empty: int              # provinces without an article


def coverage(engine: Engine, query: Query, link: Callable[[Query], str], _: Language) -> Table:
    """What is chosen of provinces and years is left out, so that each cell counts what its link leads to."""
    base = query.but("province").but("year")
    base = replace(base, every=base.every - {"province", "year"})
    counts = engine.grid(base)
    rows = {v.value: v.count for v in engine.values("province", base).values}
    columns = {v.value: v.count for v in engine.values("year", base).values}
    years = _years(columns)
    names = sorted(places.LABELS, key=lambda slug: alphabet.key(places.LABELS[slug])) + [NONE] * (NONE in rows)
    heads = [base.toggle("province", slug) for slug in names]
    cells = str(escape(link(base.toggle("province", PROVINCE).toggle("year", YEAR))))
    body = [_row(slug, link(head), rows.get(slug, 0), years, counts, cells.replace(PROVINCE, slug), _) for slug, head in zip(names, heads)]
    return Table(tuple((year, _(label("year", year)), columns.get(year, 0), base.toggle("year", year)) for year in years),
                 Markup("\n".join(body)), sum(not rows.get(slug) for slug in names))


def _years(counts: dict[str, int]) -> list[str]:
    numbers = sorted(int(year) for year in counts if year.isdecimal() and len(year) == 4)
    span = range(max(numbers[0], numbers[-1] - MOST + 1), numbers[-1] + 1) if numbers else ()
    return [*map(str, span), *([NONE] if NONE in counts else [])]


def _row(slug: str, address: str, count: int, years: list[str], counts: Mapping[tuple[str, str], int], cells: str, _: Language) -> str:
    told = "".join(_cell(counts.get((slug, year), 0), cells.replace(YEAR, year), _) for year in years)
    name = f'<a rel="nofollow" href="{escape(address)}">{escape(_(label("province", slug)))}</a>'
    return f'<tr><th scope="row">{name} <span class="count">{_.number(count)}</span></th>{told}</tr>'


def _cell(count: int, address: str, _: Language) -> str:
    text = _.number(count) if count else '<span aria-hidden="true">·</span><span class="unseen">0</span>'
    return f'<td class="s{shade(count)}"><a rel="nofollow" href="{address}">{text}</a></td>'


def shade(count: int) -> int:
    level = 0
    while count and level < SHADES:
        level, count = level + 1, count // STEP
    return level
