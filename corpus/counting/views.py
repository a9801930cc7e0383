"""A sentence becomes a view of all that is told in it: its readings, and the times, places and cues they are read by."""
from dataclasses import dataclass, replace

from corpus.counting import goals
from corpus.counting.discourse import Context, goes_on
from corpus.counting.nouns import ORGANISATIONS
from corpus.counting.numbers import numbers
from corpus.counting.periods import Period, periods
from corpus.counting.readings import Reading
from corpus.counting.scopes import Scope, scopes, spoken_district, topic
from corpus.counting.statements import statements
from corpus.counting.subjects import Cue, cues

UNITS = frozenset(("htx", "tht", "lhhtx"))
LONGEST_WAY_BACK = 2_000    # characters above in which "toàn huyện" finds its district


@dataclass(frozen=True, slots=True)
class View:
    """A sentence, text[start:end]."""
    text: str
    paragraph: int                      # where its paragraph begins
    start: int
    end: int
    readings: list[Reading]
    numbers: tuple[int, ...]            # where its numbers begin
    times: list[Period]
    cues: list[Cue]
    scopes: list[Scope]
    topic: Scope | None                 # the place that its paragraph speaks of
    switched: list[tuple[int, bool]]    # where goals begin and end


def view(text: str, paragraph: int, start: int, end: int, context: Context) -> View:
    """The view of text[start:end], a sentence of the paragraph that begins at `paragraph`."""
    named, counted = spoken_of(text, start, end, context), list(numbers(text, start, end))
    times = periods(text, start, end, context.today, context.year) if counted else []
    taken = [(one.start, one.end) for one in times] + [(cue.start, cue.end) for cue in named if cue.name]
    counted = [number for number in counted if not any(a < number.end and number.start < b for a, b in taken)]
    readings = statements(text, start, end, counted, goes_on(text, start, context)) if counted else []
    begins = tuple(number.start for number in counted)
    if not readings:
        return View(text, paragraph, start, end, [], begins, times, named, [], None, [])
    many = [Cue(one.number.start, one.end, None) for one in readings if _of_many(one)]
    switched = goals.changes(text, start, end) + [(time.end, False) for time in times if time.role == "now"]
    return View(text, paragraph, start, end, readings, begins, times, sorted(named + many, key=lambda cue: cue.start),
                _scopes(text, start, end, named, context), context.place or topic(text, paragraph, start, context.home),
                sorted(switched))


def spoken_of(text: str, start: int, end: int, context: Context) -> list[Cue]:
    """The cues of text[start:end]; "HTX Cao Bằng" are all of them in an article about Cao Bằng."""
    own = context.home.default
    return [replace(cue, name=None) if own and cue.name and cue.name.endswith(" " + own) and cue.name.split(" ", 1)[1] in (own, f"tác xã {own}")
            else cue for cue in cues(text, start, end)]


def _of_many(reading: Reading) -> bool:
    """Whether a reading counts cooperatives or groups, so that what follows is said of them all."""
    counts = reading.unit in UNITS or reading.measure in ORGANISATIONS or reading.measure.startswith("htx")
    return counts and reading.told != "part"


def _scopes(text: str, start: int, end: int, named: list[Cue], context: Context) -> list[Scope]:
    """The places of the sentence that are no part of a cooperative's name."""
    found = scopes(text, start, end, context.home, lambda: _district(text, start, context))
    return [scope for scope in found if not any(cue.name and cue.start <= scope.start < cue.end for cue in named)]


def _district(text: str, start: int, context: Context) -> str | None:
    """The district that "toàn huyện" means: the last one named above."""
    above = scopes(text, max(0, start - LONGEST_WAY_BACK), start, context.home, lambda: None)
    last = next((scope.name for scope in reversed(above) if scope.kind == "district"), None)
    return last or spoken_district(text[:start][-LONGEST_WAY_BACK:], context.home)
