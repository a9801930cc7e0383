"""Rows of the table of figures become HTML, cell by cell: by hand, for a template takes ten times as long over a thousand cells."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from markupsafe import Markup, escape

from corpus import places
from index.figures import FORMER
from search.tables import Cell, Statement
from web.choosing import COMPARED, PLACE, UNKNOWN, YEAR
from web.language import Language
from web.told import MODIFIERS, UNITS


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a place, and what is told of it by year."""
    place: str
    label: str
    chosen: bool
    cells: Mapping[int, Cell]


def body(lines: Iterable[Line], years: tuple[int, ...], address: str, _: Language, unit: str | None) -> Markup:
    """`address` of a cell goes on with its place and year; `unit` stands nowhere, for every value has it."""
    paint = _Painter(_, unit)
    ends = [(year, f"&amp;{YEAR}={year or UNKNOWN}#cau") for year in years]
    return Markup("\n".join([_row(line, ends, str(escape(f"{address}{PLACE}=")) + quote_plus(line.place), paint) for line in lines]))


def amount(one: Statement, _: Language) -> str:
    """"hơn 1,7 tỷ"."""
    return _told(one.value, one.modifier, _)


def _told(value: float, modifier: str | None, _: Language) -> str:
    word = MODIFIERS.get(modifier or "")
    return f"{_(word)} {_.amount(value)}" if word else _.amount(value)


def _row(line: Line, ends: list[tuple[int, str]], address: str, paint: "_Painter") -> str:
    cells = [paint.cell(line.cells[year], address + end, line.place) if year in line.cells else "<td></td>" for year, end in ends]
    place, ticked = escape(line.place), " checked" if line.chosen else ""
    return (f'<tr><th scope="row"><label><input type="checkbox" name="{COMPARED}" value="{place}" form="search"{ticked}> '
            f'<span lang="vi">{escape(line.label)}</span></label></th>{"".join(cells)}</tr>')


class _Painter:
    """Writes cells. What stands in many of them is put into words once."""

    def __init__(self, _: Language, unit: str | None):
        self._, self._unit = _, unit
        self._amounts = lru_cache(None)(lambda value, modifier: _told(value, modifier, _))
        self._when = lru_cache(None)(lambda as_of: _.moment(as_of) if "-" in as_of else "")     # the year stands above the column
        self._articles = lru_cache(None)(_.articles)
        self._marks = {(one, other): "".join(f" <b>{escape(_(text))}</b>" for text, held in (("mới nhất", one), ("nhiều bài nhất", other)) if held)
                       for one in (False, True) for other in (False, True)}
        self._goal, self._new = f'<span class="goal">{escape(_("mục tiêu"))}</span> ', escape(_("tỉnh mới"))

    def cell(self, cell: Cell, at: str, place: str) -> str:
        _ = self._
        told = [self._statement(one, at, "") for one in cell.facts] + [self._statement(one, at, self._goal) for one in cell.goals]
        if cell.sum:
            parts = " + ".join(f"{places.LABELS[slug]} {amount(one, _)}" for slug, one in cell.sum.parts)
            told.append(f'<a class="sum" href="{at}">Σ {amount(cell.sum, _)}</a><small>{escape(_("cộng từ"))} {escape(parts)}</small>')
        elif cell.known:
            told.append(f'<a class="part" href="{at}">{escape(_known(cell, place, _))}</a>')
        if cell.more:
            told.append(f'<a class="more" href="{at}">{escape(_("và {n} số khác", n=cell.more))}</a>')
        return f"<td>{told[0]}</td>" if len(told) == 1 else "<td><div>" + "</div><div>".join(told) + "</div></td>"

    def _statement(self, one: Statement, at: str, goal: str) -> str:
        notes = [self._when(one.as_of)] if one.as_of else []
        notes += [self._articles(one.articles)] if one.articles > 1 else []
        notes += [self._new] if one.renewed else []
        small = " · ".join(filter(None, notes)) + self._marks[one.newest, one.repeated]
        unit = "" if one.unit == self._unit else f" {escape(self._(UNITS.get(one.unit, one.unit)))}"
        what = f'<i lang="vi">{escape(one.what)}</i>' if one.what else ""
        return f'{goal}<a href="{at}">{self._amounts(one.value, one.modifier)}{unit}</a>{what}' + (f"<small>{small}</small>" if small else "")


def _known(cell: Cell, place: str, _: Language) -> str:
    """Why a province of today is not added up."""
    if len(cell.known) == len(FORMER[place]):
        return _("không cộng được")
    return _("biết {n}/{all} tỉnh cũ", n=len(cell.known), all=len(FORMER[place])) + ": " + ", ".join(places.LABELS[slug] for slug in cell.known)
