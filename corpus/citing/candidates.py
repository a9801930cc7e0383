"""A citation becomes points for each resolution that it may mean."""
import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from corpus.citing.citations import Citation
from corpus.citing.clues import ABOUT, Clue
from corpus.citing.folding import Folded, fold

CATALOGUE = Path(__file__).parent.parent / "data" / "resolutions.csv"

# Points for and against a candidate. What is printed is wrong at times: no single attribute outweighs all others.
DATE, DATE_NEAR, DATE_WRONG = 6.0, 3.5, -4.0
YEAR, YEAR_ALONE = 4.0, 2.0                         # "13/2002 của Trung ương"; "13/2002", as councils number theirs
TERM, TERM_WRONG = 4.0, -3.0
PLENUM, PLENUM_WRONG = 3.0, -3.0
POLITBURO, POLITBURO_WRONG, COMMITTEE_WRONG = 2.0, -1.5, -1.0
SUBJECT, SUBJECT_TOUCHED, SUBJECT_WRONG = 6.0, 3.0, -4.0
TELLING = 2.0
TOPIC, TOUCHED, MORE, MOST = 3.5, 2.0, 0.5, 5.0     # first word of the title, first word that goes with it, each further one
AGE, AGE_WRONG = 2.0, -5.0
LONG = 5                                            # years from which an anniversary says something by itself
NUMBER_WRONG = -8.0
UNBORN = -8.0                                       # dated later than the text


@dataclass(frozen=True, slots=True)
class Candidate:
    value: str                      # "nq13", "nq20"; "" for a namesake, or a sibling of the same plenum
    number: int
    dated: date
    term: int
    plenum: int | None
    issuer: str                     # "committee" or "politburo"
    subject: re.Pattern[str]        # words of its title, folded
    touches: re.Pattern[str]        # words that merely go with it
    telling: re.Pattern[str] | None # words of its title that another one on the same subject lacks


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a candidate fits, and by what."""
    points: float = 0.0
    bases: tuple[str, ...] = ()

    def plus(self, points: float, basis: str) -> "Fit":
        if not points:
            return self
        return Fit(self.points + points, (*self.bases, basis) if points > 0 and basis not in self.bases else self.bases)


@cache
def catalogue() -> tuple[Candidate, ...]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return tuple(_candidate(row) for row in csv.DictReader(file, delimiter=";"))


def fit(candidate: Candidate, citation: Citation, folded: Folded, published: str | None) -> Fit:
    """By number and by what is told of the citation; `topic` is added by who knows all candidates."""
    result = Fit()
    if citation.code:
        right = citation.code.number == candidate.number
        result = Fit(0.0, ("number",)) if right else Fit(NUMBER_WRONG)
    for clue in _clues(citation):
        points = _WEIGHERS[clue.kind](candidate, clue, folded, published) * clue.share
        result = result.plus(points if clue.firm else max(points, 0.0), _BASES[clue.kind])
    if published and candidate.dated.isoformat()[:len(published)] > published:
        result = result.plus(UNBORN, "")
    return result


def words(candidate: Candidate, text: str, spans: tuple[tuple[int, int], ...]) -> Counter[str]:
    """How often these parts of a folded text say words of its title, and words that go with it."""
    return Counter(subject=sum(1 for span in spans for _ in candidate.subject.finditer(text, *span)),
                   touches=sum(1 for span in spans for _ in candidate.touches.finditer(text, *span)))


def topic(said: Counter[str]) -> float:
    """The points that words are worth."""
    if not said.total():
        return 0.0
    return min(MOST, (TOPIC if said["subject"] else TOUCHED) + MORE * (said.total() - 1))


def _clues(citation: Citation) -> list[Clue]:
    """One of a kind, the joined ones first; a year in the code is a date."""
    clues: dict[str, Clue] = {}
    for clue in sorted(citation.clues, key=lambda clue: -clue.share):
        clues.setdefault(clue.kind, clue)
    code = citation.code
    if code and code.year and "date" not in clues:
        share = 1.0 if citation.issuer else YEAR_ALONE / YEAR
        clues["date"] = Clue("date", (None, None, code.year), code.start, code.end, share=share)
    return list(clues.values())


def _weigh_date(candidate: Candidate, clue: Clue, folded: Folded, published: str | None) -> float:
    day, month, year = clue.value
    said = {name: value for name, value in zip(("day", "month", "year"), clue.value) if value is not None}
    agreeing = sum(getattr(candidate.dated, name) == value for name, value in said.items())
    if agreeing == len(said):
        return DATE if agreeing == 3 else YEAR
    swapped = (candidate.dated.month, candidate.dated.day, candidate.dated.year) == (day, month, year)
    return DATE_NEAR if swapped or agreeing == 2 and len(said) == 3 else DATE_WRONG


def _weigh_term(candidate: Candidate, clue: Clue, folded: Folded, published: str | None) -> float:
    return TERM if clue.value == candidate.term else TERM_WRONG


def _weigh_plenum(candidate: Candidate, clue: Clue, folded: Folded, published: str | None) -> float:
    return PLENUM if clue.value == candidate.plenum else PLENUM_WRONG


def _weigh_body(candidate: Candidate, clue: Clue, folded: Folded, published: str | None) -> float:
    if clue.value == "politburo":
        return POLITBURO if candidate.issuer == "politburo" else POLITBURO_WRONG
    return COMMITTEE_WRONG if clue.value == "committee" and candidate.issuer == "politburo" else 0.0


def _weigh_subject(candidate: Candidate, clue: Clue, folded: Folded, published: str | None) -> float:
    """What is named first is the subject, what comes later in the phrase may merely be mentioned."""
    titled = candidate.subject.search(folded.text, clue.start, clue.end)
    if titled:
        tells = candidate.telling and candidate.telling.search(folded.text, clue.start, clue.end)
        return SUBJECT * (1 - (titled.start() - clue.start) / (2 * ABOUT)) + (TELLING if tells else 0.0)
    return SUBJECT_TOUCHED if candidate.touches.search(folded.text, clue.start, clue.end) else SUBJECT_WRONG


def _weigh_age(candidate: Candidate, clue: Clue, folded: Folded, published: str | None) -> float:
    """An anniversary cannot lie ahead of the text, nor, where its date is unknown, ahead of today."""
    told = candidate.dated.year + clue.value
    now = int(published[:4]) if published else date.today().year
    if told > now + 1:
        return AGE_WRONG
    if published:
        return AGE if told >= now - 1 else 0.0
    return AGE if clue.value >= LONG else 0.0


_WEIGHERS: dict[str, Callable[[Candidate, Clue, Folded, str | None], float]] = {
    "date": _weigh_date, "term": _weigh_term, "plenum": _weigh_plenum, "body": _weigh_body,
    "subject": _weigh_subject, "years": _weigh_age}
_BASES = {"date": "date", "term": "term", "plenum": "plenum", "body": "issuer", "subject": "subject", "years": "age"}


def _candidate(row: dict[str, str]) -> Candidate:
    return Candidate(row["value"], int(row["number"]), date.fromisoformat(row["date"]), int(row["term"]),
                     int(row["plenum"]) if row["plenum"] else None, row["issuer"],
                     _words(row["subject"]), _words(row["touches"]), _words(row["telling"]) if row["telling"] else None)


def _words(listed: str) -> re.Pattern[str]:
    words = sorted(map(re.escape, fold(listed).text.split("|")), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(words).replace(r"\ ", r"\s{1,2}") + r")\b")
