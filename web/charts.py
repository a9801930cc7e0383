"""Counts become bars: the articles of each year, as many or as a share of all of that year."""
from dataclasses import dataclass

from search.results import Facet

WIDTH, HEIGHT = 320, 96     # of the drawing, in its own units
GAP = 0.2                   # of a bar's place, left free
LEAST = 2                   # units a bar has that is not nothing
MOST = 80                   # years drawn: an article dated 1900 by mistake must not make the others needles


@dataclass(frozen=True, slots=True)
class Bar:
    year: str
    count: int
    share: float | None     # of all articles of the year
    chosen: bool
    x: float
    y: float
    width: float
    height: float


def years(facet: Facet, everything: Facet) -> list[Bar]:
    """Every year from the first to the last that has articles at all, gaps included. `everything` counts without a query."""
    wanted = {v.value: v for v in facet.values if v.value.isdecimal()}
    totals = {v.value: v.count for v in everything.values if v.value.isdecimal()}
    numbers = sorted(int(year) for year in {*wanted, *totals} if len(year) == 4)
    if not numbers:
        return []
    span = [str(year) for year in range(max(numbers[0], numbers[-1] - MOST + 1), numbers[-1] + 1)]
    counts = [wanted[year].count if year in wanted else 0 for year in span]
    shares = [count / totals[year] if totals.get(year) else None for year, count in zip(span, counts)]
    place = WIDTH / len(span)
    return [Bar(year, count, share, year in wanted and wanted[year].chosen, round(at * place + place * GAP / 2, 2), 0,
                round(place * (1 - GAP), 2), 0) for at, (year, count, share) in enumerate(zip(span, counts, shares))]


def drawn(bars: list[Bar], share: bool) -> list[Bar]:
    """With heights: of the counts beside the largest, or of the shares beside one."""
    most = 1.0 if share else max((bar.count for bar in bars), default=0) or 1
    return [_raised(bar, (bar.share or 0.0) if share else bar.count / most) for bar in bars]


def _raised(bar: Bar, part: float) -> Bar:
    height = round(max(LEAST, part * HEIGHT), 2) if bar.count else 0
    return Bar(bar.year, bar.count, bar.share, bar.chosen, bar.x, round(HEIGHT - height, 2), bar.width, height)
