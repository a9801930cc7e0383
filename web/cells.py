"""Rows of the table of figures become HTML, cell by cell: by hand, for a template takes ten times as long over a thousand cells."""
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
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
    return Markup("\n").join(_row(line, years, address, _, unit) for line in lines)


def amount(one: Statement, _: Language) -> str:
    """"hơn 1,7 tỷ"."""
    modifier = MODIFIERS.get(one.modifier or "")
    return f"{_(modifier)} {_.amount(one.value)}" if modifier else _.amount(one.value)


def _row(line: Line, years: tuple[int, ...], address: str, _: Language, unit: str | None) -> Markup:
    at = f"{address}{PLACE}={quote_plus(line.place)}&{YEAR}="
    cells = "".join(_cell(cell, f"{at}{year or UNKNOWN}#cau", line.place, _, unit) if (cell := line.cells.get(year)) else "<td></td>" for year in years)
    label, ticked = escape(line.label), " checked" if line.chosen else ""
    return Markup(f'<tr><th scope="row"><label><input type="checkbox" name="{COMPARED}" value="{escape(line.place)}" form="search"{ticked}> '
                  f'<span lang="vi">{label}</span></label></th>{cells}</tr>')


def _cell(cell: Cell, at: str, place: str, _: Language, unit: str | None) -> str:
    at = escape(at)
    told = [_statement(one, at, "", _, unit) for one in cell.facts]
    told += [_statement(one, at, f'<span class="goal">{escape(_("mục tiêu"))}</span> ', _, unit) for one in cell.goals]
    if cell.sum:
        parts = " + ".join(f"{places.LABELS[slug]} {amount(one, _)}" for slug, one in cell.sum.parts)
        told.append(f'<a rel="nofollow" class="sum" href="{at}">Σ {escape(amount(cell.sum, _))}</a><small>{escape(_("cộng từ"))} {escape(parts)}</small>')
    elif cell.known:
        told.append(f'<a rel="nofollow" class="part" href="{at}">{escape(_known(cell, place, _))}</a>')
    if cell.more:
        told.append(f'<a rel="nofollow" class="more" href="{at}">{escape(_("và {n} số khác", n=cell.more))}</a>')
    return "<td>" + "".join(f"<div>{one}</div>" for one in told) + "</td>"


def _statement(one: Statement, at: str, goal: str, _: Language, unit: str | None) -> str:
    notes = [_when(one, _)] if one.as_of else []
    notes += [_.articles(one.articles)] if one.articles > 1 else []
    notes += [_("tỉnh mới")] if one.renewed else []
    marks = "".join(f'<b>{escape(_(text))}</b>' for text, held in (("mới nhất", one.newest), ("nhiều bài nhất", one.repeated)) if held)
    shown = amount(one, _) if one.unit == unit else f"{amount(one, _)} {_(UNITS.get(one.unit, one.unit))}"
    what = f'<i lang="vi">{escape(one.what)}</i>' if one.what else ""
    return f'{goal}<a rel="nofollow" href="{at}">{escape(shown)}</a>{what}<small>{escape(" · ".join(notes))} {marks}</small>'


def _when(one: Statement, _: Language) -> str:
    """A day or a month; the year stands above the column."""
    return _.moment(one.as_of) if "-" in one.as_of else ""


def _known(cell: Cell, place: str, _: Language) -> str:
    """Why a province of today is not added up."""
    if len(cell.known) == len(FORMER[place]):
        return _("không cộng được")
    return _("biết {n}/{all} tỉnh cũ", n=len(cell.known), all=len(FORMER[place])) + ": " + ", ".join(places.LABELS[slug] for slug in cell.known)
