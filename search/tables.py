"""Figures of hits become a table of places and years: what was reported, by how many, never averaged."""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from corpus import places
from index.fields import NONE
from index.figures import COUNTRY, FORMER, KINDS, MODIFIERS, FigureColumns, date_text, in_province

STATEMENTS = 3          # of a cell that are listed at most; of more, the newest and the most repeated
STAMP = 100_000_000     # a date code is below
MOST = 65_535           # articles beyond which one statement is not told to be more repeated than another of its day
#: Measures of which the parts of a province add up to it.
COUNTS = frozenset(("htx", "htx_nong_nghiep", "htx_phi_nong_nghiep", "htx_moi", "htx_giai_the", "htx_kha_tot", "htx_yeu",
                    "lien_hiep_htx", "tht", "qtdnd", "thanh_vien", "lao_dong"))
PROVINCES = frozenset((*places.LABELS, COUNTRY, NONE))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is to show."""
    measure: str
    kind: str = "whole"         # of KINDS
    level: str = "province"     # province | district
    present: bool = False       # by the 34 provinces of today


@dataclass(frozen=True, slots=True)
class Statement:
    """One value as it was reported, by one article or several."""
    value: float
    unit: str
    modifier: str | None
    what: str                   # the part, or the one cooperative
    as_of: str | None           # in its newest report
    articles: int               # that report it, copies counted once
    renewed: bool               # told of the larger province of after 1 July 2025
    newest: bool = False        # the marks are given where a cell has several
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """A province of today added up from the newest reports of its former parts: computed here, in no text."""
    value: float
    unit: str
    modifier: str | None
    parts: tuple[tuple[str, Statement], ...]    # slug of the part


@dataclass(frozen=True, slots=True)
class Cell:
    facts: tuple[Statement, ...] = ()           # the newest first
    goals: tuple[Statement, ...] = ()
    more: int = 0                               # that are not listed
    sum: Sum | None = None
    known: tuple[str, ...] = ()                 # former parts of which something is known, where it does not do for a sum


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Table:
    asked: Asked
    years: tuple[int, ...]                      # 0: not known
    rows: Mapping[str, Mapping[int, Cell]]      # slug, "viet-nam", NONE, or a district's name
    figures: int                                # that the table is made of
    measures: Mapping[str, int] = field(default_factory=dict)   # how many figures the hits hold of each


def table(columns: FigureColumns, asked: Asked) -> Table:
    measures = np.bincount(columns.of, minlength=max(columns.measure_names, default=0) + 1)
    found = _shown(columns, asked)
    rows: dict[str, dict[int, Cell]] = {}
    for spot, year, goal, statements, more in _cells(found):
        cells = rows.setdefault(columns.spot_names[spot], {})
        cell = cells.get(year, NOTHING)
        cells[year] = Cell(cell.facts, statements, cell.more + more) if goal else Cell(statements, cell.goals, cell.more + more)
    if asked.present and asked.level == "province":
        rows = _today(rows, asked)
    years = sorted({year for cells in rows.values() for year in cells}, key=lambda year: year or 9999)
    return Table(asked, tuple(years), rows, len(found), {name: int(measures[code]) for code, name in columns.measure_names.items() if measures[code]})


def _shown(columns: FigureColumns, asked: Asked) -> FigureColumns:
    """Those that belong to the table: one stretch of the columns, for they stand in this order; less the other level's places."""
    code = next(iter(columns.codes_of((asked.measure,))), None)
    stretch = slice(0, 0) if code is None else _stretch(columns.of, code, slice(0, len(columns)))
    found = columns.take(_stretch(columns.kinds, KINDS.index(asked.kind), stretch))
    wanted = in_province if asked.level == "district" else PROVINCES.__contains__
    spots = np.zeros(max(columns.spot_names, default=0) + 1, bool)
    spots[[code for code, name in columns.spot_names.items() if wanted(name)]] = True
    held = spots[found.spots]
    return found if held.all() else found.take(held)


def _stretch(column: np.ndarray, value: int, within: slice) -> slice:
    """Where an ascending part of a column has the value."""
    first, last = (np.searchsorted(column[within], column.dtype.type(value), side) for side in ("left", "right"))
    return slice(within.start + int(first), within.start + int(last))


TOLD = ("spots", "years", "goals", "values", "units", "modifiers", "whats", "renewed")     # of a statement, as of a figure


def _cells(c: FigureColumns) -> Iterator[tuple[int, int, bool, tuple[Statement, ...], int]]:
    """(spot, year, whether goals, statements, how many more) of each cell. The columns' order does most of it."""
    if not len(c):
        return
    starts = _edges(c.statements)
    stamps = np.maximum.reduceat((c.days + 1).astype(np.int64) * STAMP + c.dates, starts)      # of the newest report
    spots, years, goals = (getattr(c, name)[starts] for name in TOLD[:3])
    cells = np.cumsum(_differ(spots) | _differ(years) | _differ(goals))
    articles = np.add.reduceat(_differ(c.origins) | _differ(c.statements), starts)
    edges = _edges(cells)
    sizes = np.diff(edges, append=len(cells))
    weights = stamps * (MOST + 1) + np.minimum(articles, MOST)      # the newest first; of the same day the most repeated
    newest, often = _alone(stamps, edges, sizes), _alone(articles, edges, sizes)
    listed = np.repeat(sizes <= STATEMENTS, sizes) | often
    heads = np.flatnonzero(weights == np.repeat(np.maximum.reduceat(weights, edges), sizes))
    listed[heads[_differ(cells[heads])]] = True
    shown = np.flatnonzero(listed)
    shown = shown[np.lexsort((-weights[shown], cells[shown]))]
    told = (getattr(c, name)[starts[shown]] for name in TOLD[3:])
    made = list(map(_statement(c), *(column.tolist() for column in (*told, stamps[shown] % STAMP, articles[shown], newest[shown], often[shown]))))
    counts, at = np.add.reduceat(listed, edges).tolist(), 0
    first = (column[edges].tolist() for column in (spots, years, goals))
    for spot, year, goal, size, count in zip(*first, sizes.tolist(), counts):
        yield spot, year, bool(goal), tuple(made[at:at + count]), size - count
        at += count


def _differ(column: np.ndarray) -> np.ndarray:
    """Row → whether it differs from the one before; the first does."""
    return np.append(True, column[1:] != column[:-1])


def _edges(column: np.ndarray) -> np.ndarray:
    return np.flatnonzero(_differ(column))


def _alone(values: np.ndarray, edges: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Statement → whether its value is above that of every other in its cell, where there are others."""
    top = values == np.repeat(np.maximum.reduceat(values, edges), sizes)
    alone = (np.add.reduceat(top, edges) == 1) & (sizes > 1)
    return top & np.repeat(alone, sizes)


def _statement(columns: FigureColumns):
    texts = lru_cache(None)(columns.texts.__getitem__)
    when = lru_cache(None)(date_text)

    def made(value, unit, modifier, what, renewed, date, articles, newest, often) -> Statement:
        return Statement(value, texts(unit), MODIFIERS[modifier], texts(what), when(date), articles, bool(renewed), newest, often)
    return made


def _today(rows: Mapping[str, Mapping[int, Cell]], asked: Asked) -> dict[str, dict[int, Cell]]:
    """Rows by the names at publication become rows of today's provinces."""
    out = {key: dict(cells) for key, cells in rows.items() if len(FORMER.get(places.NOW.get(key, ""), ())) <= 1}
    for now, parts in FORMER.items():
        if len(parts) > 1 and any(part in rows for part in parts):
            years = sorted({year for part in parts for year in rows.get(part, ())})
            cells = {year: _joined(now, {part: rows.get(part, {}).get(year, NOTHING) for part in parts}, asked) for year in years}
            out[now] = {year: cell for year, cell in cells.items() if cell != NOTHING}
    return out


def _joined(now: str, cells: Mapping[str, Cell], asked: Asked) -> Cell:
    """What is told of the new province itself, and what its former parts add up to where the newest report of each is clear."""
    own = cells[now]
    told = Cell(*(tuple(s for s in statements if s.renewed) for statements in (own.facts, own.goals)))
    parts = {slug: _clear([s for s in cell.facts if not s.renewed]) for slug, cell in cells.items()}
    known = tuple(slug for slug, statements in parts.items() if statements)
    if len(known) < len(parts) or asked.measure not in COUNTS or asked.kind != "whole":
        return replace(told, known=known)
    newest = tuple((slug, statements[0]) for slug, statements in parts.items())
    modifiers = {s.modifier for _, s in newest} - {None}
    modifier = modifiers.pop() if len(modifiers) == 1 else "approx" if modifiers else None
    return replace(told, sum=Sum(sum(s.value for _, s in newest), newest[0][1].unit, modifier, newest))


def _clear(statements: list[Statement]) -> list[Statement]:
    """The newest report, where it is one."""
    return statements[:1] if len(statements) == 1 or statements and statements[0].newest else []
