"""Hits become a table of provinces and years, empty cells among them, each with the query it stands for."""
from dataclasses import dataclass, replace

from corpus import places
from index.fields import NONE, label
from search.engine import Engine
from search.query import Query
from web import alphabet
from web.language import Language

SHADES = 5      # of a cell; each is four times as many articles as the one before
STEP = 4
MOST = 80       # years shown, the newest


@dataclass(frozen=True, slots=True)
class Cell:
    year: str
    count: int
    shade: int
    query: Query


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    label: str
    count: int
    query: Query
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    years: tuple[tuple[str, str, int, Query], ...]      # value, label, count, query
    rows: tuple[Row, ...]
    empty: int              # provinces without an article


def coverage(engine: Engine, query: Query, _: Language) -> Table:
    """What is chosen of provinces and years is left out, so that each cell counts what its link leads to."""
    base = query.but("province").but("year")
    base = replace(base, every=base.every - {"province", "year"})
    counts = engine.grid(base)
    rows = {v.value: v.count for v in engine.values("province", base).values}
    columns = {v.value: v.count for v in engine.values("year", base).values}
    years = _years(columns)
    names = sorted(places.LABELS, key=lambda slug: alphabet.key(places.LABELS[slug])) + [NONE] * (NONE in rows)
    made = tuple(_row(slug, rows.get(slug, 0), years, counts, base, _) for slug in names)
    return Table(tuple((year, _(label("year", year)), columns.get(year, 0), base.toggle("year", year)) for year in years), made,
                 sum(not row.count for row in made))


def _years(counts: dict[str, int]) -> list[str]:
    numbers = sorted(int(year) for year in counts if year.isdecimal() and len(year) == 4)
    span = range(max(numbers[0], numbers[-1] - MOST + 1), numbers[-1] + 1) if numbers else ()
    return [*map(str, span), *([NONE] if NONE in counts else [])]


def _row(slug: str, count: int, years: list[str], counts: dict, base: Query, _: Language) -> Row:
    chosen = base.toggle("province", slug)
    cells = (Cell(year, n := counts.get((slug, year), 0), shade(n), chosen.toggle("year", year)) for year in years)
    return Row(slug, _(label("province", slug)), count, chosen, tuple(cells))


def shade(count: int) -> int:
    level = 0
    while count and level < SHADES:
        level, count = level + 1, count // STEP
    return level
