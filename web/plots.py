"""Rows of the table of figures become a line chart: a line a place, told apart by dashes, markers and names as well as colours."""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from search.tables import Cell, Statement, Sum

WIDTH, HEIGHT = 640, 300            # of the drawing, in its own units
LEFT, RIGHT, TOP, BOTTOM = 58, 150, 14, 26
TICKS = 4
DASHES = ("", "7 4", "2 4", "10 3 2 3", "4 2")     # of the lines
APART = 16                          # units between two names


@dataclass(frozen=True, slots=True)
class Point:
    year: int
    value: float
    x: float
    y: float
    computed: bool = False          # added up from former parts
    renewed: bool = False           # told of a larger province of after the merger


@dataclass(frozen=True, slots=True)
class Series:
    place: str
    label: str
    number: int                     # decides dashes, marker and colour
    points: tuple[Point, ...]       # the newest report of each year
    others: tuple[Point, ...]       # reports that differ
    goals: tuple[Point, ...]
    at: float                       # the height of its name

    @property
    def path(self) -> str:
        """No line leads from a province to the larger one of the same name."""
        before = (None, *self.points)
        return " ".join(f"{'L' if last and last.renewed == p.renewed else 'M'}{p.x:g} {p.y:g}" for last, p in zip(before, self.points))


@dataclass(frozen=True, slots=True)
class Plot:
    unit: str
    series: tuple[Series, ...]
    ticks: tuple[tuple[float, float], ...]      # value, y
    years: tuple[tuple[int, float], ...]        # year, x
    left_out: int                               # values in other units


def plot(rows: Sequence[tuple[str, str, Mapping[int, Cell]]]) -> Plot | None:
    """(place, label, cells) of each line; None where no line has anything to draw."""
    told = [(place, label, _told(cells)) for place, label, cells in rows]
    units = Counter(one.unit for _, _, found in told for _, _, one in found)
    if not units:
        return None
    unit = units.most_common(1)[0][0]
    drawn = [(place, label, [(year, how, one) for year, how, one in found if one.unit == unit]) for place, label, found in told]
    years = sorted({year for _, _, found in drawn for year, _, _ in found})
    top, ticks = _scale(max(one.value for _, _, found in drawn for _, _, one in found))
    x = lambda year: round(LEFT + (WIDTH - LEFT - RIGHT) * ((year - years[0]) / (years[-1] - years[0]) if years[1:] else .5), 1)
    y = lambda value: round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)
    series = [_series(place, label, number, found, x, y) for number, (place, label, found) in enumerate(drawn) if found]
    return Plot(unit, tuple(_spread(series)), tuple((value, y(value)) for value in ticks), tuple((year, x(year)) for year in _labelled(years)),
                sum(units.values()) - units[unit])


def _told(cells: Mapping[int, Cell]) -> list[tuple[int, str, Statement | Sum]]:
    found = []
    for year, cell in sorted(cells.items()):
        if year:
            found += [(year, "line", one) for one in cell.facts[:1] or (cell.sum and (cell.sum,) or ())]
            found += [(year, "other", one) for one in cell.facts[1:]] + [(year, "goal", one) for one in cell.goals]
    return found


def _series(place: str, label: str, number: int, found, x, y) -> Series:
    points = {how: tuple(Point(year, one.value, x(year), y(one.value), isinstance(one, Sum), not isinstance(one, Sum) and one.renewed) for year, kind, one in found if kind == how)
              for how in ("line", "other", "goal")}
    last = (points["line"] or points["goal"] or points["other"])[-1]
    return Series(place, label, number, points["line"], points["other"], points["goal"], last.y)


def _spread(series: list[Series]) -> list[Series]:
    """Names kept apart, each as near to its line's end as there is room."""
    placed, free = [], float(TOP)
    for one in sorted(series, key=lambda one: one.at):
        at = max(one.at, free)
        free = at + APART
        placed.append((one, at))
    shift = max(0.0, free - APART - (HEIGHT - BOTTOM))
    moved = {one.place: at - shift for one, at in placed}
    return [Series(s.place, s.label, s.number, s.points, s.others, s.goals, round(moved[s.place], 1)) for s in series]


def _scale(most: float) -> tuple[float, list[float]]:
    """The top of the axis and round values below it."""
    if most <= 0:
        return 1.0, [0.0]
    step = 10 ** floor(log10(most / TICKS))
    step = next(step * times for times in (1, 2, 2.5, 5, 10) if step * times * TICKS >= most * .999)
    count = next(n for n in range(1, TICKS + 1) if n * step >= most * .999)
    return step * count, [step * i for i in range(count + 1)]


def _labelled(years: list[int]) -> list[int]:
    """At most nine years along the axis, the last among them."""
    step = max(1, -(-(years[-1] - years[0]) // 8))
    return sorted(range(years[-1], years[0] - 1, -step))
