"""An article becomes the figures it reports about cooperatives: how many, where, when, in whose words."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus import goals
from corpus.article import Article
from corpus.dating import Dated, inherited, is_flow, told
from corpus.discourse import Context, dated, goals_go_on, goes_on, heard, introduced, new_paragraph
from corpus.evidence import Evidence
from corpus.furniture import heads_others
from corpus.nouns import ORGANISATIONS
from corpus.numbers import numbers
from corpus.periods import Period, covers_future, newest_year, periods
from corpus.readings import Reading
from corpus.scopes import Scope, home, place_of, scope_of, scopes, topic
from corpus.sentences import sentences
from corpus.statements import statements
from corpus.subjects import Cue, cues, whose
from corpus.tables import Cell, cells, tables


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure. The fields are those of the reading rules in README; offsets count code points of `Article.text`."""
    measure: str                    # "htx", "thanh_vien", "doanh_thu_bq", …, "other"
    value: float
    unit: str                       # htx lhhtx tht nguoi vnd vnd_nam vnd_thang percent other
    start: int
    end: int
    sentence: tuple[int, int]       # the sentence around it
    modifier: str | None = None     # over | under | approx
    place: str | None = None        # province at publication, "District, Province", "Việt Nam"
    as_of: str | None = None        # ISO day, month or year
    period: str | None = None       # of a flow, from/to: "2023-01/2023-06"
    basis_as_of: str | None = None  # the words that date it, or "inferred"
    target: bool = False            # a goal, not a fact
    subject: str | None = None      # the one cooperative it is about; None = the sector
    subset: str | None = None       # a part: "HTX vận tải"
    base: str | None = None         # the measure it is a part of
    stat: str = "level"             # level | share | change
    why: tuple[str, ...] = ()       # the decisions, in short


#: No article without one of these reports a figure about cooperatives, no sentence without one of the others does.
COOPERATIVES = ("htx", "hợp tác xã", "tổ hợp tác", "qtdnd", "quỹ tín dụng", "kinh tế tập thể", "kttt", "xã viên")
COUNTED = (*COOPERATIVES, "thành viên", "tổ viên", "lao động", "công nhân", "thợ", "tht", "liên hiệp", "đơn vị", "cơ sở", "tổ ", "nơi ",
           "hiệu quả", "thu nhập", "doanh thu", "lợi nh", "lãi", "vốn", "lương")
DIGIT = re.compile(r"\d")
LINE = re.compile(r"(?<=\n)[^\n]+")
AVERAGES = frozenset(("doanh_thu_bq", "lai_bq", "thu_nhap_bq"))
TERM = re.compile(r"(?:nhiệm kỳ|giai đoạn)\s20\d\d\s?[-–]\s?(20\d\d)", re.I)


@dataclass(frozen=True, slots=True)
class View:
    """A sentence, text[start:end], with all that was found in it."""
    text: str
    start: int
    end: int
    numbers: tuple[int, ...]            # where its numbers begin
    times: list[Period]
    cues: list[Cue]
    scopes: list[Scope]
    topic: Scope | None                 # the place that its paragraph speaks of
    switched: list[tuple[int, bool]]    # where goals begin and end


def figures(article: Article, provinces: tuple[Evidence, ...] = (), year: Evidence | None = None) -> tuple[Figure, ...]:
    """The figures of an article about these provinces (slugs), in the order of its text. Total: any text gives a tuple.
    `year` is what is known of an undated article's year; without it, the text's own newest year is taken.
    A figure of the title that the text tells again, with its time and place, is told once."""
    text = _own(article.text)
    if not _has(text, COOPERATIVES) or not DIGIT.search(text):
        return ()
    published = article.published.value if article.published else None
    where = home(text, tuple(province.value for province in provinces), published)
    today = published or (year.value if year else newest_year(text))
    found = tuple(_figures(text, Context(where, today, certain=published is not None)))
    heading = text.find("\n")
    told = {(figure.measure, figure.value) for figure in found if figure.start > heading}
    return tuple(figure for figure in found if figure.start > heading or (figure.measure, figure.value) not in told)


def row(figure: Figure) -> dict[str, object]:
    """A figure as readers of JSON see it."""
    told = {name: getattr(figure, name) for name in figure.__slots__ if name not in ("start", "end")}
    return told | {"span": [figure.start, figure.end], "sentence": list(figure.sentence), "why": list(figure.why),
                   "period": figure.period and figure.period.split("/")}


def _has(text: str, words: tuple[str, ...]) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in words)


def _own(text: str) -> str:
    """The text without the links to other stories below it, where a page's text still carries them."""
    lines = LINE.finditer(text, len(text) // 2)
    return text[:next((line.start() for line in lines if heads_others(line[0])), None)]


def _figures(text: str, context: Context) -> Iterator[Figure]:
    paragraph, read, grids = 0, 0, tables(text)
    for start, end in sentences(text):
        if grids and grids[0][0].start <= start:
            read = grids[0][-1].end
            yield from (_in_table(text, cell, context) for cell in cells(text, grids.pop(0), context.today))
        if start < read:
            continue
        if "\n" in text[max(0, start - 2):start]:
            paragraph, context = start, new_paragraph(text, start, context)
        if DIGIT.search(text, start, end) and _has(text[start:end], COUNTED):
            found, context = _sentence(text, paragraph, start, end, context)
            yield from found
        else:
            context = heard(cues(text, start, end), context)
            if text[end - 1] == ":":
                context = introduced(text, start, end, context)


def _sentence(text: str, paragraph: int, start: int, end: int, context: Context) -> tuple[list[Figure], Context]:
    """The figures of text[start:end], and what it leaves to the next sentence."""
    named, counted = cues(text, start, end), list(numbers(text, start, end))
    times = periods(text, start, end, context.today, context.year) if counted else []
    taken = [(one.start, one.end) for one in times] + [(cue.start, cue.end) for cue in named if cue.name]
    counted = [number for number in counted if not any(a < number.end and number.start < b for a, b in taken)]
    readings = statements(text, start, end, counted, goes_on(text, start, context)) if counted else []
    named = sorted([*named, *(Cue(one.number.start, one.end, None) for one in readings if _of_many(one))], key=lambda cue: cue.start)
    found: list[Figure] = []
    if readings:
        places = [scope for scope in scopes(text, start, end, context.home, lambda: _district(text, start, context))
                  if not any(cue.name and cue.start <= scope.start < cue.end for cue in named)]
        view = View(text, start, end, tuple(number.start for number in counted), times, named, places,
                    context.place or topic(text, paragraph, start, context.home),
                    sorted([*goals.changes(text, start, end), *((time.end, False) for time in times if time.role == "now")]))
        for reading in readings:
            made, context = _figure(reading, view, context)
            found += made
    last = next((one.base or one.measure for one in reversed(readings) if one.base in ORGANISATIONS or one.measure in ORGANISATIONS), None)
    context = replace(dated(times, heard(named, context)), base=last)
    if text[end - 1] == ":":
        return found, introduced(text, start, end, context)
    return found, replace(context, goal=found[-1].target) if found else context


def _in_table(text: str, cell: Cell, context: Context) -> Figure:
    reading, number, time = cell.reading, cell.reading.number, cell.time
    row = text[slice(*cell.row)]
    if time is None and context.level:
        time = context.level
    place = place_of(row, context.home)
    measure, base = ("other", reading.measure) if reading.total else (reading.measure, reading.base)
    return Figure(
        measure, number.value, reading.unit, number.start, number.end, (cell.line.start, cell.line.end), number.modifier,
        place or context.home.default, time.as_of if time else context.today, _stretch(reading, time), cell.basis or "inferred",
        cell.goal or time is not None and covers_future(time, context.today), None, reading.subset, base, reading.stat,
        (reading.why, f"place: {row if place else 'of the article'}", f"as of: {cell.basis or 'inferred'}"))


def _of_many(reading: Reading) -> bool:
    """Whether a reading counts cooperatives or groups, so that what follows is said of them all."""
    return reading.told != "part" and (reading.measure.startswith("htx") or reading.unit in ("htx", "tht", "lhhtx") or reading.measure in ORGANISATIONS)


def _district(text: str, start: int, context: Context) -> str | None:
    """The district that "toàn huyện" means: the last one named above."""
    above = scopes(text, 0, start, context.home, lambda: None)
    return next((scope.name for scope in reversed(above) if scope.name and ", " in scope.name), None)


def _figure(reading: Reading, view: View, context: Context) -> tuple[list[Figure], Context]:
    """The figure of one reading, or none when it is not about cooperatives; and the context behind it."""
    number, until = reading.number, next((at for at in view.numbers if at >= reading.end), view.end)
    whom = _whom(reading, view, context)
    if whom is None:
        return [], context
    measure, base, subset = reading.measure, reading.base, reading.subset
    if reading.total and whom.name is None:
        measure, base, subset = "other", reading.measure, subset or "tổng"
    scope = scope_of(view.text, number.start, reading.end, until, view.scopes)
    place = scope or view.topic
    time, basis, target = _when(reading, until, view, context)
    name = place.name if place else context.home.default
    figure = Figure(
        measure, number.value, reading.unit, number.start, number.end, (view.start, view.end), number.modifier, name,
        time.as_of if time else None, _stretch(reading, time), basis, target, whom.name, subset, base, reading.stat,
        (reading.why, f"place: {place.why if place else 'of the article'}", _dated_by(time, basis, view.text), *(("a goal",) if target else ())))
    return [figure], _behind(reading, scope, time, basis, target, context)


def _dated_by(time: Period | None, basis: str | None, text: str) -> str:
    """ "as of: Hiện nay → 2021-11-19" """
    if time is None:
        return "as of: not told"
    return f"as of: {text[time.start:time.end] or basis} → {time.as_of}"


def _stretch(reading: Reading, time: Period | None) -> str | None:
    """The period of a flow; of a level only where it is told over several years."""
    if time is None or time.stretch is None or not is_flow(reading) and time.stretch[0][:4] == time.stretch[1][:4]:
        return None
    return "/".join(time.stretch)


def _whom(reading: Reading, view: View, context: Context) -> Cue | None:
    """Whom a figure is about; None when it is about no cooperative."""
    at = reading.number.start
    if reading.whose or reading.unit in ("htx", "tht", "lhhtx") or {reading.measure, reading.base} & ORGANISATIONS or reading.measure.startswith("htx"):
        return Cue(at, at, None)
    if reading.unit == "other" and reading.base is None:
        return Cue(at, at, None)
    cue = whose(at, view.cues, context.subject, context.sector > 0)
    if cue is None and (reading.measure in AVERAGES and not reading.total or reading.base in AVERAGES) and _has(view.text[view.start:at], COOPERATIVES):
        return Cue(at, at, None)
    return cue


def _when(reading: Reading, until: int, view: View, context: Context) -> tuple[Period | None, str | None, bool]:
    """The time a figure holds at, the words that say so, and whether it is a goal."""
    own = told(view.text, reading, until, view.times)
    goal = goals.is_goal(reading.number.start, view.switched, goals_go_on(view.text, view.start, view.end, context))
    goal = goal or goals.said_after(view.text, reading.end, view.end)
    if own:
        said = view.text[own.start:own.end]
        return own, "inferred" if own.role == "now" and not context.certain else said, goal or covers_future(own, context.today)
    if goal:
        return context.aim or _term(view.text, context.today), "inferred", True
    dated = inherited(reading, context.flow, context.level, context.today)
    return dated.period, dated.basis, False


def _term(text: str, today: str | None) -> Period | None:
    """The end of the term or programme that an undated goal belongs to."""
    ends = [match[1] for match in TERM.finditer(text) if today is None or match[1] >= today[:4]]
    return Period(0, 0, ends[-1], (ends[-1], ends[-1])) if ends else None


def _behind(reading: Reading, scope: Scope | None, time: Period | None, basis: str | None, target: bool, context: Context) -> Context:
    """What a figure leaves to the next."""
    place = scope or context.place
    if target:
        return replace(context, place=place, aim=time or context.aim)
    if reading.older or time is None or not time.end or time.role == "versus":
        return replace(context, place=place) if place is not context.place else context
    if is_flow(reading) or time.stretch:
        return replace(context, place=place, flow=time)
    return replace(context, place=place, level=time)
