"""The sentences read so far become what the next one need not repeat: whom it is about, where, when, a goal or not."""
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.counting import goals
from corpus.counting.periods import Period, periods
from corpus.counting.scopes import Home, Scope
from corpus.counting.subjects import Cue

RECENT = 1      # years that the date of a level is believed to go on beyond its paragraph
SENTENCES = 3   # that speak of the sector without saying so again
BULLETS = "-–+*•"
GOES_ON = re.compile(r"\W*(?:trong (?:đó|số)|cụ thể|gồm|bao gồm|riêng|còn lại)", re.I)


@dataclass(frozen=True, slots=True)
class Context:
    """What was said before a sentence."""
    home: Home
    today: str | None               # the day of publication, or the year the text speaks from
    certain: bool = True            # whether the page tells it
    base: str | None = None         # what was counted last, in a sentence that the next one may go on with
    subject: str | None = None      # the cooperative last named
    spoken: bool = False            # whether the sector was spoken of at all
    sector: int = 0                 # for how many sentences more the sector is spoken of
    place: Scope | None = None      # of the last figure in this paragraph
    level: Period | None = None     # the last date of a level
    flow: Period | None = None      # the last stretch of a flow in this paragraph
    goal: bool = False
    listed: bool = False            # in a list below a line that ended in a colon
    aim: Period | None = None       # the last time of a goal
    year: int | None = None         # the last year told


def new_paragraph(text: str, start: int, context: Context) -> Context:
    """A date of long ago, a stretch and a place do not go on into the next paragraph; goals do in a list of them."""
    above = text[max(0, start - 40):start].rstrip()[-1:]
    listed = above == ":" or context.listed and (above in ";," or text[start] in BULLETS)
    stale = _stale(context)
    if not listed and not stale and not context.listed and not _told(context):
        return context
    return replace(context, level=None if stale else context.level, flow=context.flow if listed else None,
                   place=context.place if listed else None, base=None, sector=min(context.sector, 1),
                   goal=context.goal and listed, listed=listed)


def _stale(context: Context) -> bool:
    """Whether the last date of a level lies too far back to be believed of the next paragraph."""
    level, today = context.level, context.today
    return level is not None and not (level.as_of and (today is None or int(level.as_of[:4]) >= int(today[:4]) - RECENT))


def _told(context: Context) -> bool:
    """Whether anything was said that ends with a paragraph."""
    return bool(context.flow or context.place or context.base or context.goal or context.sector > 1)


def heard(named: Iterable[Cue], context: Context) -> Context:
    """What the cooperatives that a sentence named leave to the next one."""
    told = [cue for cue in named if cue.name != ""]
    if told:
        subject = next((cue.name for cue in reversed(told) if cue.name), context.subject)
        return replace(context, base=None, subject=subject, spoken=context.spoken or told[-1].name is None,
                       sector=SENTENCES - 1 if told[-1].name is None else 0)
    if context.sector or context.base or context.goal and not context.listed:
        return replace(context, base=None, sector=max(0, context.sector - 1), goal=context.goal and context.listed)
    return context


def dated(times: Iterable[Period], context: Context) -> Context:
    """The newest year told so far that is not ahead: what "trong năm" can mean."""
    years = [int(time.as_of[:4]) for time in times if time.as_of and time.role == "plain"]
    past = [year for year in years if context.today is None or year <= int(context.today[:4])]
    newest = max([*past, context.year or 0])
    return replace(context, year=newest) if past and newest != context.year else context


def introduced(text: str, start: int, end: int, context: Context) -> Context:
    """The time in a line that ends in a colon is that of the list below, and so is whether it tells goals."""
    switched = goals.changes(text, start, end)
    if switched:
        context = replace(context, goal=switched[-1][1])
    times = periods(text, start, end, context.today, context.year)
    last = next((time for time in reversed(times) if time.role in ("plain", "now")), None)
    if last is None:
        return context
    if context.goal:
        return replace(context, aim=last)
    return replace(context, level=last, flow=last if last.stretch else context.flow)


def goals_go_on(text: str, start: int, end: int, context: Context) -> bool:
    """Whether a sentence begins among goals: in a list of them, or going on with the sentence before."""
    return context.goal and context.listed or goals.carries(text, start, end, context.goal)


def goes_on(text: str, start: int, context: Context) -> str | None:
    """What the sentence before counted, when this one goes on with its parts."""
    return context.base if GOES_ON.match(text, start) else None
