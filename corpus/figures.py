"""An article becomes the figures it reports about cooperatives: how many, where, when, in whose words."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.counting import goals
from corpus.article import Article
from corpus.counting.dating import inherited, is_flow, told
from corpus.counting.discourse import Context, dated, goals_go_on, heard, introduced, new_paragraph
from corpus.evidence import Evidence
from corpus.reading.furniture import heads_others
from corpus.counting.grids import Cell, cells, grids
from corpus.counting.nouns import ORGANISATIONS
from corpus.counting.periods import Period, ahead, covers_future, newest_year
from corpus.counting.readings import Reading
from corpus.counting.scopes import MERGED, Scope, home, is_former, place_beside, place_of, scope_of
from corpus.sentences import sentences
from corpus.counting.subjects import Cue, whose
from corpus.counting.views import UNITS, View, spoken_of, view


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure, by the reading rules in README. Offsets count code points of `Article.text`."""
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
COUNTED = (*COOPERATIVES, "thành viên", "tổ viên", "lao động", "công nhân", "thợ", "tht", "liên hiệp", "đơn vị", "cơ sở",
           "tổ ", "nơi ", "hiệu quả", "thu nhập", "doanh thu", "lợi nh", "lãi", "vốn", "lương")
DIGIT = re.compile(r"\d")
LINE = re.compile(r"(?<=\n)[^\n]+")
AVERAGES = frozenset(("doanh_thu_bq", "lai_bq", "thu_nhap_bq"))
ROUNDED = 0.1       # "gần 30.000" is 29.378
GRADES = frozenset(("htx_kha_tot", "htx_yeu"))
LONGEST_TOTAL = 50  # characters between "tổng" and its number
LONGEST_SENTENCE = 4_000    # characters; what is longer is no sentence
LONGEST_WAY_BACK = 5_000    # characters above in which an undated goal finds its term
TERM = re.compile(r"(?:nhiệm kỳ|giai đoạn)\s20\d\d\s?[-–]\s?(20\d\d)", re.I)


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
    body = [figure for figure in found if figure.start > heading]
    return tuple(figure for figure in found if figure.start > heading or not any(_again(figure, one) for one in body))


def _again(title: Figure, figure: Figure) -> bool:
    """Whether a figure of the title is told again by this one, as it stands or less round."""
    return title.measure == figure.measure and abs(title.value - figure.value) <= ROUNDED * figure.value * (title.modifier is not None)


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
    paragraph, read, left = 0, 0, grids(text)
    for start, end in sentences(text):
        if left and left[0][0].start <= start:
            read = left[0][-1].end
            yield from (_in_grid(text, cell, context) for cell in cells(text, left.pop(0), context.today))
        if start < read:
            continue
        if "\n" in text[max(0, start - 2):start]:
            paragraph, context = start, new_paragraph(text, start, context)
        if _may_report(text, start, end):
            found, context = _sentence(view(text, paragraph, start, end, context), context)
            yield from found
        else:
            context = heard(spoken_of(text, start, end, context), context)
            if text[end - 1] == ":":
                context = introduced(text, start, end, context)


def _may_report(text: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_SENTENCE and bool(DIGIT.search(text, start, end)) and _has(text[start:end], COUNTED)


def _sentence(seen: View, context: Context) -> tuple[list[Figure], Context]:
    """The figures of a sentence, and what it leaves to the next."""
    found: list[Figure] = []
    for reading in seen.readings:
        made, context = _figure(reading, seen, context)
        found += made
    counted = [name for one in seen.readings for name in (one.base, one.measure) if name in ORGANISATIONS]
    context = replace(dated(seen.times, heard(seen.cues, _returned(seen, context))), base=counted[-1] if counted else None)
    if seen.text[seen.end - 1] == ":":
        return found, introduced(seen.text, seen.start, seen.end, context)
    return found, replace(context, goal=found[-1].target) if found else context


def _returned(seen: View, context: Context) -> Context:
    """A sentence that comes back from an older date to the present leaves the present to the next."""
    last = seen.times[-1] if seen.times else None
    back = last is not None and last.role == "now" and context.level in seen.times and context.level.start < last.start
    return replace(context, level=last) if back else context


def _in_grid(text: str, cell: Cell, context: Context) -> Figure:
    reading, number, time = cell.reading, cell.reading.number, cell.time or context.level
    named = text[slice(*cell.row)]
    place, basis = place_of(named, context.home), cell.basis or "inferred"
    measure, base = ("other", reading.measure) if reading.total else (reading.measure, reading.base)
    return Figure(
        measure, number.value, reading.unit, number.start, number.end, (cell.line.start, cell.line.end), number.modifier,
        place or context.home.default, time.as_of if time else context.today, _stretch(reading, time), basis,
        cell.goal or time is not None and covers_future(time, context.today), None, reading.subset, base, reading.stat,
        (reading.why, f"place: {named if place else 'of the article'}", f"as of: {basis}"))


def _figure(reading: Reading, seen: View, context: Context) -> tuple[list[Figure], Context]:
    """The figure of one reading, or none when it is not about cooperatives; and the context behind it."""
    number, until = reading.number, next((at for at in seen.numbers if at >= reading.end), seen.end)
    whom = _whom(reading, seen, context)
    if whom is None:
        return [], context
    measure, base, subset = reading.measure, reading.base, reading.subset
    if reading.total and whom.name is None:
        measure, base, subset = "other", reading.measure, subset or "tổng"
    scope = scope_of(seen.text, number.start, reading.end, until, seen.scopes, reading.older)
    place = scope if scope and scope.name else seen.topic or scope
    if place is None and whom.name and context.home.default is None:
        place = place_beside(seen.text, whom.name, number.start, context.home)
    time, basis, target = _when(reading, until, seen, context)
    if context.home.merged and scope and is_former(seen.text, scope) and (time is None or (time.as_of or MERGED) >= MERGED):
        subset = subset or f"{scope.name} cũ"
    why = (reading.why, f"place: {place.why if place else 'of the article'}", _dated_by(time, basis, seen.text))
    figure = Figure(
        measure, number.value, reading.unit, number.start, number.end, (seen.start, seen.end), number.modifier,
        place.name if place else context.home.default, time.as_of if time else None, _stretch(reading, time), basis,
        target, whom.name, subset, base, reading.stat, (*why, "a goal") if target else why)
    return [figure], _behind(reading, scope, time, target, seen, context)


def _graded(seen: View) -> bool:
    """Whether a sentence sorts cooperatives by how they do: the year of that is not the date of what follows."""
    return any(reading.measure in GRADES for reading in seen.readings)


def _dated_by(time: Period | None, basis: str | None, text: str) -> str:
    """ "as of: Hiện nay → 2021-11-19" """
    if time is None:
        return "as of: not told"
    return f"as of: {text[time.start:time.end] or basis} → {time.as_of}"


def _stretch(reading: Reading, time: Period | None) -> str | None:
    """The period of a flow; of a level only where it is told over several years."""
    if time is None or time.stretch is None:
        return None
    years = {bound[:4] for bound in time.stretch}
    return "/".join(time.stretch) if is_flow(reading) or len(years) > 1 else None


def _whom(reading: Reading, seen: View, context: Context) -> Cue | None:
    """Whom a figure is about; None when it is about no cooperative."""
    at, measures = reading.number.start, {reading.measure, reading.base}
    organised = reading.unit in UNITS or measures & ORGANISATIONS or reading.measure.startswith("htx")
    if reading.whose or organised or reading.unit == "other" and reading.base is None:
        return Cue(at, at, None)
    total = context.subject is None and context.spoken and _has(seen.text[max(seen.start, at - LONGEST_TOTAL):at], ("tổng",))
    cue = whose(at, seen.cues, context.subject, context.sector > 0 or total)
    average = measures & AVERAGES and not reading.total
    if cue is None and average and _has(seen.text[seen.start:at], COOPERATIVES):
        return Cue(at, at, None)
    return cue


def _when(reading: Reading, until: int, seen: View, context: Context) -> tuple[Period | None, str | None, bool]:
    """The time a figure holds at, the words that say so, and whether it is a goal."""
    own = told(seen.text, reading, until, seen.times)
    carried = goals_go_on(seen.text, seen.start, seen.end, context)
    goal = goals.is_goal(reading.number.start, seen.switched, carried) or goals.said_after(seen.text, reading.end, seen.end)
    if not goal and goals.named(seen.text, seen.start, reading.number.start):
        later = (one for one in seen.times if one.start >= reading.end and covers_future(one, context.today))
        goal, own = True, next(later, own if own and own.stretch else None)
    if own and goal:
        own = ahead(own, seen.text, context.today)
    if own:
        said = "inferred" if own.role == "now" and not context.certain else seen.text[own.start:own.end]
        return own, said, goal or covers_future(own, context.today)
    if goal:
        return context.aim or _term(seen, context.today), "inferred", True
    known = inherited(reading, context.flow, context.level, context.today)
    return known.period, known.basis, False


def _term(seen: View, today: str | None) -> Period | None:
    """The end of the term or programme, told above, that an undated goal belongs to."""
    above = TERM.finditer(seen.text, max(0, seen.start - LONGEST_WAY_BACK), seen.end)
    ends = [match[1] for match in above if today is None or match[1] >= today[:4]]
    return Period(0, 0, ends[-1], (ends[-1], ends[-1])) if ends else None


def _behind(reading: Reading, scope: Scope | None, time: Period | None, target: bool, seen: View, context: Context) -> Context:
    """What a figure leaves to the next: its place, and the time that its own sentence told."""
    if scope:
        context = replace(context, place=scope)
    if target:
        return replace(context, aim=time or context.aim)
    if reading.older or "mỗi năm" in (reading.subset or "") or time not in seen.times or time.role in ("versus", "past"):
        return context
    here = context.flow is not None and context.flow.start >= seen.paragraph
    if is_flow(reading):
        past = here and (context.flow.as_of or "") > (time.as_of or "")
        founded = reading.measure in ("htx_moi", "htx_giai_the") and context.level is None
        return context if past else replace(context, flow=time, level=time if founded else context.level)
    last = context.level
    if last is not None and _graded(seen):
        return context
    newer = last is None or last.start < seen.paragraph or (last.as_of or "") <= (time.as_of or "")
    over = context.flow is not None and (context.flow.as_of or "")[:4] < (time.as_of or "")[:4]
    return replace(context, level=time if newer else last, flow=time if time.stretch else None if over else context.flow)
