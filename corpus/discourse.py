"""The sentences read so far become what the next one need not repeat: whom it is about, where, when, whether goals go on."""
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus import goals
from corpus.periods import Period, periods
from corpus.scopes import Home, Scope
from corpus.subjects import Cue

RECENT = 1      # years that the date of a level is believed to go on beyond its paragraph
SENTENCES = 3   # that speak of the sector without saying so again
BULLETS = "-–+*•"
GOES_ON = re.compile(r"\W*(?:trong (?:đó|số)|cụ thể|gồm|bao gồm|riêng|còn lại)", re.I)


@dataclass(frozen=True, slots=True)
class Context:
    home: Home
    today: str | None               # the day of publication, or the year the text speaks from
    certain: bool = True            # whether the page tells it
    base: str | None = None         # what was counted last, in a sentence that the next one may go on with
    subject: str | None = None      # the cooperative last named
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
    level, today = context.level, context.today
    recent = level is None or level.as_of and (today is None or int(level.as_of[:4]) >= int(today[:4]) - RECENT)
    if listed and recent and context.sector < 2 and context.listed:
        return context
    if not (listed or context.listed or context.flow or context.place or context.base or context.goal or context.sector > 1) and recent:
        return context
    return replace(context, level=level if recent else None, flow=context.flow if listed else None, place=context.place if listed else None,
                   base=None, sector=min(context.sector, 1), goal=context.goal and listed, listed=listed)


def heard(named: Iterable[Cue], context: Context) -> Context:
    """What the cooperatives that a sentence named leave to the next one."""
    told = [cue for cue in named if cue.name != ""]
    if told:
        subject = next((cue.name for cue in reversed(told) if cue.name), context.subject)
        return replace(context, base=None, subject=subject, sector=SENTENCES - 1 if told[-1].name is None else 0)
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
    return replace(context, aim=last) if context.goal else replace(context, level=last, flow=last if last.stretch else context.flow)


def goals_go_on(text: str, start: int, end: int, context: Context) -> bool:
    """Whether a sentence begins among goals: in a list of them, or going on with the sentence before."""
    return context.goal and context.listed or goals.carries(text, start, end, context.goal)


def goes_on(text: str, start: int, context: Context) -> str | None:
    """What the sentence before counted, when this one goes on with its parts."""
    return context.base if GOES_ON.match(text, start) else None
