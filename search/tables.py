"""Figures of hits become a table of places and years: what was reported, by how many, never averaged."""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from corpus import places
from index.fields import NONE
from index.figures import COUNTRY, KINDS, MERGER, MODIFIERS, date_text, in_province, province_of
from search.figures import Figured

STATEMENTS = 3          # of a cell that are listed; the others are counted
MERGER_DAY = date(2025, 7, 1).toordinal()
#: Measures of which the parts of a province add up to it.
COUNTS = frozenset(("htx", "htx_nong_nghiep", "htx_phi_nong_nghiep", "htx_moi", "htx_giai_the", "htx_kha_tot", "htx_yeu",
                    "lien_hiep_htx", "tht", "qtdnd", "thanh_vien", "lao_dong"))
FORMER = {slug: tuple(s for s, now in places.NOW.items() if now == slug) for slug in places.NOW_LABELS}


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
    published: date | None      # of its newest report
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


@dataclass(frozen=True, slots=True)
class Table:
    asked: Asked
    years: tuple[int, ...]                      # 0: not known
    rows: Mapping[str, Mapping[int, Cell]]      # slug, "viet-nam", NONE, or a district's name
    figures: int                                # that the table is made of
    measures: Mapping[str, int] = field(default_factory=dict)   # how many figures the hits hold of each


def table(found: Figured, asked: Asked) -> Table:
    columns = found.columns
    measures = _measures(found)
    code = columns.codes_of((asked.measure,))
    of = columns.of == code[0] if code else np.zeros(len(columns), bool)
    at = np.flatnonzero(of & (columns.kinds == KINDS.index(asked.kind)))
    part = Figured(columns.take(at), found.days[at], found.origins[at])
    rows = dict(_cells(part, asked))
    if asked.present and asked.level == "province":
        rows = _today(rows, asked)
    years = sorted({year for cells in rows.values() for year in cells}, key=lambda year: year or 9999)
    return Table(asked, tuple(years), rows, len(at), measures)


def _measures(found: Figured) -> dict[str, int]:
    counts = np.bincount(found.columns.of, minlength=max(found.columns.measure_names, default=0) + 1)
    return {name: int(counts[code]) for code, name in found.columns.measure_names.items() if counts[code]}


def _cells(found: Figured, asked: Asked) -> Iterator[tuple[str, dict[int, Cell]]]:
    """Row by row."""
    columns, names = found.columns, sorted(found.columns.place_names)
    keys = [_row(found.columns.place_names[code], asked.level) for code in names]
    rows = {key: at for at, key in enumerate(sorted({key for key in keys if key is not None}))}
    lut = np.full(max(names, default=0) + 1, -1)
    lut[names] = [rows.get(key, -1) for key in keys]
    kept = np.flatnonzero(lut[columns.places] >= 0)
    found = Figured(columns.take(kept), found.days[kept], found.origins[kept])
    row = lut[found.columns.places]
    merged = np.array([len(FORMER.get(key, ())) > 1 for key in rows], bool)
    renewed = merged[row] & ((found.days >= MERGER_DAY) | (found.columns.dates >= MERGER))
    slugs, cells = list(rows), {}
    for row, year, goal, statements, more in _grouped(found, row, renewed):
        cell = cells.setdefault(slugs[row], {}).get(year, Cell())
        cells[slugs[row]][year] = replace(cell, **{"goals" if goal else "facts": statements}, more=cell.more + more)
    yield from cells.items()


def _row(name: str, level: str) -> str | None:
    """The row that a place belongs to; None where the level leaves it out."""
    slug = province_of(name)
    if level == "district":
        return name if slug and in_province(name) else None
    if in_province(name):
        return None
    return NONE if not name else slug


def _grouped(found: Figured, row: np.ndarray, renewed: np.ndarray) -> Iterator[tuple[int, int, bool, tuple[Statement, ...], int]]:
    """(row, year, whether goals, statements, how many more) in the order of rows and years."""
    c = found.columns
    if not len(c):
        return
    cell = (row * 10_000 + c.years) * 2 + c.goals
    same = _numbered(cell, _numbered(c.values, c.units, c.modifiers, c.whats, renewed))
    order = np.lexsort((c.dates, found.days, same))
    last = np.flatnonzero(np.diff(same[order], append=-1))       # the newest of each statement
    newest = order[last]
    articles = _distinct(same[order], found.origins[order])
    cell, days = cell[newest], found.days[newest]
    by_age = np.lexsort((-articles, -c.dates[newest], -days, cell))
    starts = np.flatnonzero(np.diff(cell[by_age], prepend=-1))
    later = lambda one, other: (days[one], c.dates[newest[one]]) > (days[other], c.dates[newest[other]])
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(by_age)]):
        inside = by_age[start:end]
        most = inside[np.argmax(articles[inside])] if end - start > 1 else inside[0]
        shown = inside[:STATEMENTS]
        if most not in shown:
            shown = np.append(shown[:-1], most)
        first = int(inside[0]) if end - start > 1 and later(inside[0], inside[1]) else None
        often = int(most) if np.count_nonzero(articles[inside] == articles[most]) == 1 and end - start > 1 else None
        made = tuple([_statement(c, int(newest[i]), int(articles[i]), int(days[i]), bool(renewed[newest[i]]),
                                 i == first, i == often) for i in shown.tolist()])
        key = int(cell[inside[0]])
        yield key // 20_000, key // 2 % 10_000, bool(key % 2), made, end - start - len(made)


def _numbered(*columns: np.ndarray) -> np.ndarray:
    """A number for each distinct combination, in the order of the first column."""
    number = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values, inverse = np.unique(column, return_inverse=True)
        number = number * (len(values) + 1) + inverse
    return np.unique(number, return_inverse=True)[1]


def _distinct(groups: np.ndarray, of: np.ndarray) -> np.ndarray:
    """How many distinct values each group has; groups ascend."""
    order = np.lexsort((of, groups))
    groups, of = groups[order], of[order]
    first = np.append(True, (groups[1:] != groups[:-1]) | (of[1:] != of[:-1]))
    return np.bincount(groups[first])


def _statement(columns, at: int, articles: int, day: int, renewed: bool, newest: bool, repeated: bool) -> Statement:
    return Statement(
        float(columns.values[at]), columns.texts[int(columns.units[at])], MODIFIERS[columns.modifiers[at]],
        columns.texts[int(columns.whats[at])], date_text(int(columns.dates[at])), date.fromordinal(day) if day > 0 else None,
        articles, renewed, newest, repeated)


def _today(rows: Mapping[str, Mapping[int, Cell]], asked: Asked) -> dict[str, dict[int, Cell]]:
    """Rows by the names at publication become rows of today's provinces."""
    out = {key: dict(cells) for key, cells in rows.items() if len(FORMER.get(places.NOW.get(key, ""), ())) <= 1}
    for now, parts in FORMER.items():
        if len(parts) > 1 and any(part in rows for part in parts):
            years = sorted({year for part in parts for year in rows.get(part, ())})
            cells = {year: _joined(now, {part: rows.get(part, {}).get(year, Cell()) for part in parts}, asked) for year in years}
            out[now] = {year: cell for year, cell in cells.items() if cell != Cell()}
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
