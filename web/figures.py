"""The page "Số liệu": a request becomes a table of places and years, a chart, and the sentences of a cell."""
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, stream_with_context

from corpus import places
from index.fields import FACETS, NONE
from index.figures import COUNTRY
from search.engine import Engine
from search.figures import Listed, Reported
from search.query import Query
from search.tables import Table
from web import alphabet, cells, chips, figure_files, plots
from web.cells import Line
from web.choosing import KINDS, LEVELS, SERIES, Choice, address, place_key, wanted
from web.context import PUBLIC, current, engine, language, link, view
from web.language import Language
from web.told import MEASURES, UNITS

figures = Blueprint("figures", __name__)
YEARS = 10              # shown at once, the newest
SENTENCES = 30          # of a cell
PICKED = ("province", "source")     # that the form picks one of
DRAWN = 3               # lines where nobody chose any
KIND_NAMES = {"whole": "toàn khu vực", "part": "một phần", "share": "tỉ lệ", "change": "mức tăng, giảm", "single": "từng hợp tác xã"}
LEVEL_NAMES = {"province": "theo tỉnh, thành", "district": "theo huyện, xã"}


@figures.get("/so-lieu")
def page():
    query, choice = replace(current().query, page=1, size=20, sort="relevance"), Choice.of(request.args)
    if current().sent:
        return redirect(address(query, choice.but(place=None, year=None), view()))
    table = engine().table(query, choice.asked(view()))
    if not table.figures and choice == Choice() and table.measures:
        choice = choice.but(measure=max(table.measures, key=table.measures.get))
        table = engine().table(query, choice.asked(view()))
    return render_template("figures.html", query=query, choice=choice, table=table, **_told(table, query, choice, language()),
                           **_drawn(table, choice, language()), **_asked(query, choice, table, language()))


def _told(table: Table, query: Query, choice: Choice, _: Language) -> dict:
    """The table and the sentences of a cell."""
    years = table.years if choice.all_years else _newest(table.years)
    rows = lines(table, years, choice, _)
    base = address(query, choice.but(place=None, year=None), view())
    units = {one.unit for line in rows for cell in line.cells.values() for one in (*cell.facts, *cell.goals)}
    unit = units.pop() if len(units) == 1 else None
    return {
        "lines": rows, "years": years, "hidden_years": len(table.years) - len(years), "sentences": _sentences(query, choice),
        "body": cells.body(rows, years, base + ("&" if "?" in base else "?"), _, unit), "cell_name": _cell_name(choice, _),
        "value": lambda one: cells.amount(one, _), "unit": lambda one: _(UNITS.get(one, one)), "where": lambda one: article_at(one, query)}


def _drawn(table: Table, choice: Choice, _: Language) -> dict:
    plot = _plot(table, choice, _)
    return {"plot": plot, "twin": list(_twin(plot, _)) if plot else [], "dashes": plots.DASHES}


def _asked(query: Query, choice: Choice, table: Table, _: Language) -> dict:
    """The form."""
    return {
        "chips": [*chips.of_facets(query, _), *chips.of_dates(query, _)], "unread": current().unread, "carried": _carried(query),
        "places": _picked("province", [(slug, places.LABELS[slug]) for slug in _BY_NAME], query),
        "sources": _picked("source", _sources(engine()), query), "everything": Query(), "measure_label": MEASURES.get(choice.measure, choice.measure), "measures": measures(table, _),
        "kinds": [(KINDS[kind], _(text), kind == choice.kind) for kind, text in KIND_NAMES.items()],
        "kind_of": {word: kind for kind, word in KINDS.items()},
        "levels": [(LEVELS[level], _(text), level == choice.level) for level, text in LEVEL_NAMES.items()],
        "address": lambda query=query, to="figures.page", view_as=None, **but: address(query, choice.but(**but), view_as or view(), to),
        "SERIES": SERIES, "SENTENCES": SENTENCES}


@figures.get("/so-lieu.csv")
def sheet():
    listed = engine().figures(current().query, Choice.of(request.args).wanted(view()))
    return _file(figure_files.as_csv(listed.reported), "text/csv; charset=utf-8", "so-lieu.csv")


@figures.get("/so-lieu.json")
def whole():
    listed = engine().figures(current().query, Choice.of(request.args).wanted(view()))
    return _file(figure_files.as_json(listed, current().query), "application/json; charset=utf-8", "so-lieu.json")


@figures.get("/api/figures")
def api():
    query = current().query
    listed = engine().figures(query, wanted(request.args, place_key), (query.page - 1) * query.size, query.size)
    return jsonify(figure_files.as_dict(listed, query))


def _file(pieces: Iterator[str], kind: str, name: str) -> Response:
    response = Response(stream_with_context(pieces), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _newest(years: tuple[int, ...]) -> tuple[int, ...]:
    """The unknown year stays."""
    known = [year for year in years if year]
    return (*known[-YEARS:], *(year for year in years if not year))


def lines(table: Table, years: tuple[int, ...], choice: Choice, _: Language) -> list[Line]:
    """Those with something to show, the country first, provinces by name, what is not known last."""
    shown = (place for place in table.rows if any(year in table.rows[place] for year in years))
    return [Line(place, name(place, _), place in choice.compared, table.rows[place]) for place in sorted(shown, key=lambda p: _order(p, _))]


def _order(place: str, _: Language) -> tuple:
    return place == NONE, place != COUNTRY, _alphabetic(name(place, _))


_alphabetic = lru_cache(1024)(alphabet.key)
_BY_NAME = sorted(places.LABELS, key=lambda slug: alphabet.key(places.LABELS[slug]))


def name(place: str, _: Language) -> str:
    if place == COUNTRY:
        return _("Cả nước")
    if place == NONE:
        return _("Chưa rõ nơi")
    return (places.NOW_LABELS if view().present else places.LABELS).get(place, place)


def measures(table: Table, _: Language) -> list[tuple[str, str, int]]:
    """Those that something is told of, in the order of the labels; the chosen one always."""
    told = {**{table.asked.measure: 0}, **table.measures}
    known = [*MEASURES, *sorted(told.keys() - MEASURES.keys())]
    return [(one, _(MEASURES.get(one, one)), told[one]) for one in known if one in told]


def _plot(table: Table, choice: Choice, _: Language) -> plots.Plot | None:
    """Of the rows chosen, else of those with the longest history."""
    if choice.kind != "whole":
        return None
    history = lambda place: sum(1 for year, cell in table.rows[place].items() if year and (cell.facts or cell.sum))
    shown = [place for place in choice.compared if place in table.rows]
    if not choice.compared:
        longest = sorted((p for p in table.rows if p != NONE), key=lambda place: (-history(place), _order(place, _)))[:DRAWN]
        shown = [place for place in longest if history(place) > 1]
    return plots.plot([(place, name(place, _), table.rows[place]) for place in shown])


def _sentences(query: Query, choice: Choice) -> tuple[Listed, list[Reported]] | None:
    if choice.place is None and choice.year is None:
        return None
    listed = engine().figures(query, choice.wanted(view()), 0, SENTENCES)
    return listed, list(listed.reported)


def article_at(one: Reported, query: Query) -> str:
    """The sentence in its article; a public site shows no article whole."""
    return link(query, "pages.article", id=one.id) + ("#figures" if current_app.config[PUBLIC] else f"#c{one.number}")


def _carried(query: Query) -> list[tuple[str, str]]:
    """What no field of the form holds."""
    held = {(FACETS[name].param, query.values(name)[0]) for name in PICKED if len(query.values(name)) == 1}
    return [pair for pair in query.args() if pair[0] not in ("q", "tu", "den", "nq", "tin") and pair not in held]


def _picked(facet: str, values: list[tuple[str, str]], query: Query) -> tuple[list[tuple[str, str, bool]], bool]:
    """(value, label, whether it is the chosen one) of a list to pick one from; and whether several are chosen already."""
    chosen = list(query.values(facet))
    return [(value, text, chosen == [value]) for value, text in values], len(chosen) > 1


def _sources(engine: Engine) -> list[tuple[str, str]]:
    """Of all articles, by name."""
    if engine not in _SOURCES:
        named = [(value.value, value.label) for value in engine.values("source", Query()).values if value.value != NONE]
        _SOURCES[engine] = sorted(named, key=lambda one: _alphabetic(one[1]))
    return _SOURCES[engine]


_SOURCES: WeakKeyDictionary[Engine, list[tuple[str, str]]] = WeakKeyDictionary()     # gone with their engine


def _cell_name(choice: Choice, _: Language) -> str:
    year = None if choice.year is None else str(choice.year) if choice.year else _("Không rõ năm").lower()
    return ", ".join(filter(None, (_(MEASURES.get(choice.measure, choice.measure)), choice.place and name(choice.place, _), year)))


def _twin(plot: plots.Plot, _: Language) -> Iterator[tuple[int, list[str]]]:
    """The chart's values, year by year."""
    told = [{point.year: ("Σ " if point.computed else "") + _.amount(point.value) for point in series.points} for series in plot.series]
    for series, row in zip(plot.series, told):
        for point in (*series.others, *series.goals):
            note = f" ({_('mục tiêu')})" if point in series.goals else ""
            row[point.year] = "; ".join(filter(None, (row.get(point.year), _.amount(point.value) + note)))
    for year in sorted({year for row in told for year in row}):
        yield year, [row.get(year, "") for row in told]
