"""A text becomes the resolutions it names: the two on the collective economy told apart from their namesakes, and the others."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.candidates import Fit, catalogue, fit, topics
from corpus.citations import Citation, citations
from corpus.clues import FOREIGN
from corpus.evidence import Evidence
from corpus.folding import Folded, fold

UNDECIDED = "mo-ho"
MARGIN = 1.5                            # points by which a reading must lead before we believe it
FIRM = 5.0                              # points of a reading that later mentions may lean on
ANTECEDENT, PAIR, SETTING = 4.0, 2.0, 2.0
PLENUM_KNOWN, UNNUMBERED = 2.0, 5.0     # what a citation without a number must reach
OTHER = -1                              # stands for a document that is not in the catalogue
OWN = ("date", "term", "plenum", "subject", "years")  # kinds of clues that make a citation speak for itself

_GATE = re.compile(r"\bng{1,2}h?[iị]\u0323?[\s\u00a0-]{0,3}qu?y?[eếêé]|\bnq|\d\W{0,3}nq|resolution|quyết nghị", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A citation and how well each candidate fits it, by its place in the catalogue."""
    citation: Citation
    fits: dict[int, Fit]
    foreign: bool = False               # issued by another body

    @property
    def best(self) -> float:
        return max(one.points for one in self.fits.values())

    def values(self) -> set[str]:
        """What it may be: "" for anything that is not ours."""
        return {_value(at) for at, one in self.fits.items() if one.points > self.best - MARGIN}

    def leader(self) -> int:
        return max(self.fits, key=lambda at: self.fits[at].points)

    def own(self) -> bool:
        return any(clue.firm and clue.kind in OWN for clue in self.citation.clues)

    def plus(self, at: int, points: float, basis: str) -> "Reading":
        if at not in self.fits:
            return self
        return replace(self, fits={**self.fits, at: self.fits[at].plus(points, basis)})


def resolutions(text: str, published: str | None = None) -> tuple[Evidence, ...]:
    """NQ 13 and NQ 20 where the text names them, and what cannot be decided; `published`, an ISO date, helps where it is known."""
    return named(text, published)[0]


def others(text: str, published: str | None = None) -> tuple[Evidence, ...]:
    """The other resolutions named, as a reader cites them: "12/2018/NQ-HĐND", "06-NQ/TU"."""
    return named(text, published)[1]


def named(text: str, published: str | None = None) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Both at the price of one."""
    if not _GATE.search(text):
        return (), ()
    folded = fold(text)
    readings = [_read(folded, citation, published) for citation in citations(folded)]
    readings = _in_context(folded, readings)
    return tuple(_ours(folded, readings)), tuple(_others(folded, readings))


def _read(folded: Folded, citation: Citation, published: str | None) -> Reading:
    if _foreign(citation):
        return Reading(citation, {OTHER: Fit()}, foreign=True)
    known = {at: one for at, one in enumerate(catalogue())
             if one.value or not citation.code or one.number == citation.code.number}
    if not _telling(citation):
        return Reading(citation, {OTHER: Fit()})
    fits = {at: fit(one, citation, folded, published) for at, one in known.items()}
    for at, points in _topics(folded, citation, known).items():
        fits[at] = fits[at].plus(points, "words around it")
    return Reading(citation, {OTHER: Fit(_floor(citation)), **fits})


def _foreign(citation: Citation) -> bool:
    """Of the government, a council, a province's committee, a board: said by its code, or in words where the code is silent."""
    if citation.code and citation.code.issuer:
        return citation.code.issuer not in ("TW", "BCT")
    body = citation.clue("body")
    return body is not None and body.value in FOREIGN


def _telling(citation: Citation) -> bool:
    """Whether it says enough to mean one document at all; "các nghị quyết của Đảng" does not."""
    if citation.code:
        return True
    body, subject = citation.clue("body"), citation.clue("subject")
    if citation.clue("plenum") or subject and (citation.clue("term") or citation.clue("date")):
        return True
    return bool(subject and body and body.value != "party" and not citation.plural)


def _floor(citation: Citation) -> float:
    if citation.code:
        return 0.0
    return PLENUM_KNOWN if citation.clue("plenum") else UNNUMBERED


def _topics(folded: Folded, citation: Citation, known) -> dict[int, float]:
    """Points by the words between this citation and its neighbours; where those say nothing, by the whole sentence's."""
    near = ((citation.before, citation.start), (citation.reach, citation.after))
    for spans in (near, (citation.sentence,)):
        found = {at: topics(one, folded.text, spans) for at, one in known.items()}
        if any(found.values()) or citation.clue("subject"):
            return found
    return found


def _in_context(folded: Folded, readings: Sequence[Reading]) -> list[Reading]:
    """A second mention leans on a fuller one, one of the pair on the other, and what is still open on the rest of the text."""
    leaning = [_leaning(readings, at) for at in range(len(readings))]
    return [_settled(folded, reading) if len(reading.values()) > 1 else reading for reading in leaning]


def _leaning(readings: Sequence[Reading], at: int) -> Reading:
    reading = readings[at]
    if reading.own() or reading.foreign or not reading.citation.code:
        return reading
    fuller = _antecedent(readings, at)
    if fuller is not None:
        return reading.plus(OTHER if fuller.foreign else fuller.leader(), ANTECEDENT, "a fuller mention")
    for place, one in enumerate(catalogue()):
        if one.value and any(_value(other.leader()) not in ("", one.value) and _firm(other) for other in readings):
            reading = reading.plus(place, PAIR, "named with its pair") if one.number == reading.citation.code.number else reading
    return reading


def _antecedent(readings: Sequence[Reading], at: int) -> Reading | None:
    """The nearest fuller mention of the same number: before this one, else after it, as a text follows its title."""
    code = readings[at].citation.code
    for other in (*reversed(readings[:at]), *readings[at + 1:]):
        same = other.citation.code and other.citation.code.number == code.number
        if same and (_firm(other) or other.foreign and not code.issuer):
            return other
    return None


def _firm(reading: Reading) -> bool:
    return reading.own() and len(reading.values()) == 1 and reading.best >= FIRM and reading.leader() != OTHER


def _settled(folded: Folded, reading: Reading) -> Reading:
    first, last = reading.citation.sentence
    rest = ((0, first), (last, len(folded.text)))
    for at in list(reading.fits):
        if at != OTHER and topics(catalogue()[at], folded.text, rest) > SETTING:
            reading = reading.plus(at, SETTING, "words of the text")
    return reading


def _ours(folded: Folded, readings: Sequence[Reading]) -> Iterator[Evidence]:
    decided: dict[str, Reading] = {}
    open_: dict[tuple[str, ...], Reading] = {}
    for reading in readings:
        values = reading.values()
        among = tuple(sorted(values - {""}))
        if len(values) > 1 and among:
            open_.setdefault(among, reading)
        elif among and (among[0] not in decided or reading.best > decided[among[0]].best):
            decided[among[0]] = reading
    for value in sorted(decided):
        yield _evidence(folded, value, decided[value], decided[value].leader())
    for among, reading in open_.items():
        if not set(among) <= set(decided):
            yield replace(_evidence(folded, UNDECIDED, reading, _place(reading, among[0])), among=among)


def _place(reading: Reading, value: str) -> int:
    return next(at for at in reading.fits if _value(at) == value)


def _evidence(folded: Folded, value: str, reading: Reading, at: int) -> Evidence:
    *bases, last = reading.fits[at].bases or ("plenum",)
    start, end = folded.span(reading.citation.start, _end(folded, reading.citation, at))
    return Evidence(value, f"{', '.join(bases)} and {last}" if bases else last, start, end)


def _end(folded: Folded, citation: Citation, at: int) -> int:
    """Where the words that decided end: those of the subject belong to them where they are this candidate's."""
    about = citation.clue("subject")
    titled = about and about.firm and catalogue()[at].subject.search(folded.text, about.start, about.end)
    return max(citation.end, titled.end()) if titled else citation.end


def _others(folded: Folded, readings: Sequence[Reading]) -> Iterator[Evidence]:
    seen: set[str] = set()
    for reading in readings:
        code, issuer = reading.citation.code, reading.citation.issuer
        if code is None or not issuer or reading.values() != {""}:
            continue
        if "QH" in issuer and not code.year:
            continue
        value = replace(code, issuer=issuer).cite()
        if value not in seen:
            seen.add(value)
            yield Evidence(value, "code" if code.issuer else "number and issuer",
                           *folded.span(reading.citation.start, reading.citation.end))


def _value(at: int) -> str:
    return "" if at == OTHER else catalogue()[at].value
