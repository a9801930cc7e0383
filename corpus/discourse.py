"""The sentences read so far become what the next one need not repeat: whom it is about, where, when, whether goals go on."""
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus import goals
from corpus.periods import Period
from corpus.scopes import Home, Scope
from corpus.subjects import Cue

RECENT = 1      # years that the date of a level is believed to go on beyond its paragraph
SENTENCES = 3   # that speak of the sector without saying so again
GOES_ON = re.compile(r"\W*(?:trong (?:đó|số)|cụ thể|gồm|bao gồm|riêng|còn lại)", re.I)


@dataclass(frozen=True, slots=True)
class Context:
    home: Home
    today: str | None               # the day of publication, or the year the text speaks from
    base: str | None = None         # what was counted last, in a sentence that the next one may go on with
    subject: str | None = None      # the cooperative last named
    sector: int = 0                 # for how many sentences more the sector is spoken of
    place: Scope | None = None      # of the last figure in this paragraph
    level: Period | None = None     # the last date of a level
    flow: Period | None = None      # the last stretch of a flow in this paragraph
    goal: bool = False
    aim: Period | None = None       # the last time of a goal
    year: int | None = None         # the last year told


def new_paragraph(first: str, context: Context) -> Context:
    """A date of long ago, a stretch and a place do not go on into the next paragraph; goals do in a list of them."""
    level, today = context.level, context.today
    recent = level and level.as_of and (today is None or int(level.as_of[:4]) >= int(today[:4]) - RECENT)
    return replace(context, level=level if recent else None, flow=None, place=None, base=None, goal=context.goal and first in "-+*•")


def heard(text: str, start: int, end: int, named: Iterable[Cue], times: Iterable[Period], context: Context) -> Context:
    """What text[start:end] leaves to the next sentence, its figures aside."""
    told = [cue for cue in named if cue.name != ""]
    if told:
        subject = next((cue.name for cue in reversed(told) if cue.name), context.subject)
        context = replace(context, subject=subject, sector=SENTENCES if told[-1].name is None else 0)
    switched = goals.changes(text, start, end)
    years = [int(time.as_of[:4]) for time in times if time.as_of and time.role == "plain"]
    past = [year for year in years if context.today is None or year <= int(context.today[:4])]
    return replace(context, sector=max(0, context.sector - 1), year=max([*past, context.year or 0]) or None,
                   goal=switched[-1][1] if switched else goals.carries(text, start, end, context.goal))


def goes_on(text: str, start: int, context: Context) -> str | None:
    """What the sentence before counted, when this one goes on with its parts."""
    return context.base if GOES_ON.match(text, start) else None
