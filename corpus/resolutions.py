"""A text becomes the resolutions it names: the two on the collective economy, told from their namesakes, and the others."""
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.citing.candidates import Candidate, Fit, catalogue, fit, topic, words
from corpus.citing.citations import Citation, around, citations, passages
from corpus.citing.clues import FOREIGN
from corpus.evidence import Evidence
from corpus.citing.folding import Folded, fold

UNDECIDED = "mo-ho"
MOST = 300                              # citations weighed in one text: bounds the work on a hostile one
MARGIN = 1.5                            # points by which a reading must lead before we believe it
FIRM = 5.0                              # points of a reading that later mentions may lean on
ANTECEDENT, PAIR, SETTING = 4.0, 2.0, 2.0
PLENUM_KNOWN, UNNUMBERED = 2.0, 4.0     # what a citation without a number must reach
OTHER = -1                              # stands for a document that is not in the catalogue
OWN = ("date", "term", "subject", "years")  # clues by which a citation speaks for itself; a number or plenum is not enough


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the text, and where it begins."""
    folded: Folded
    start: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        first, last = self.folded.span(start, end)
        return self.start + first, self.start + last


@dataclass(frozen=True, slots=True)
class Reading:
    """A citation and how well each candidate fits it, by its place in the catalogue."""
    passage: Passage
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
    """NQ 13 and NQ 20 where the text names them, and what cannot be decided; `published`, an ISO date, helps to."""
    return named(text, published)[0]


def others(text: str, published: str | None = None) -> tuple[Evidence, ...]:
    """The other resolutions named, as a reader cites them: "12/2018/NQ-HĐND", "06-NQ/TU"."""
    return named(text, published)[1]


def named(text: str, published: str | None = None) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Both at the price of one."""
    found = (Passage(fold(piece), start) for start, piece in passages(text))
    cited = ((passage, citation) for passage in found for citation in citations(passage.folded))
    readings = _in_context(text, [_read(passage, citation, published) for passage, citation in islice(cited, MOST)])
    return tuple(_ours(readings)), tuple(_others(readings))


def _read(passage: Passage, citation: Citation, published: str | None) -> Reading:
    """Where the citation is issued by another body, or cannot be ours by its number and says nothing else, that is all."""
    if _foreign(citation) or not _possible(citation):
        return Reading(passage, citation, {OTHER: Fit()}, foreign=_foreign(citation))
    citation = around(passage.folded, citation)
    if _foreign(citation) or not _telling(citation):
        return Reading(passage, citation, {OTHER: Fit()}, foreign=_foreign(citation))
    known = {at: one for at, one in enumerate(catalogue())
             if one.value or not citation.code or one.number == citation.code.number}
    fits = {at: fit(one, citation, passage.folded, published) for at, one in known.items()}
    for at, points in _topics(passage.folded, citation, known).items():
        fits[at] = fits[at].plus(points, "words around it")
    return Reading(passage, citation, {OTHER: Fit(_floor(citation)), **fits})


def _possible(citation: Citation) -> bool:
    """A wrong number can only be believed with a date or a subject that speaks against it."""
    if citation.code is None or any(one.value and one.number == citation.code.number for one in catalogue()):
        return True
    return citation.clue("date") is not None and citation.clue("subject") is not None


def _foreign(citation: Citation) -> bool:
    """Of the government, a council, a province's committee, a board: by its code, or in words where the code is silent."""
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


def _topics(folded: Folded, citation: Citation, known: Mapping[int, Candidate]) -> dict[int, float]:
    """Points by the words between this citation and its neighbours; where those say nothing, by the whole sentence's."""
    if citation.plural and citation.code is None and not citation.clue("subject"):
        return {}                       # all the resolutions of a plenum: no words around them pick one
    near = ((citation.before, citation.start), (citation.reach, citation.after))
    for spans in (near, (citation.sentence,)):
        found = {at: topic(words(one, folded.text, spans)) for at, one in known.items()}
        if any(found.values()) or citation.clue("subject"):
            return found
    return found


def _in_context(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """A second mention leans on a fuller one, one of the pair on the other, and what is still open on the rest of the text."""
    leaning = [_leaning(readings, at) for at in range(len(readings))]
    if all(len(reading.values()) == 1 for reading in leaning):
        return leaning
    whole = fold(text).text
    said = [words(one, whole, ((0, len(whole)),)) for one in catalogue()]
    return [_settled(said, reading) if len(reading.values()) > 1 else reading for reading in leaning]


def _leaning(readings: Sequence[Reading], at: int) -> Reading:
    reading = readings[at]
    if reading.foreign or len(reading.fits) == 1 or reading.own() and len(reading.values()) == 1:
        return reading
    fuller = _antecedent(readings, at)
    if fuller is not None:
        return reading.plus(OTHER if fuller.foreign else fuller.leader(), ANTECEDENT, "a fuller mention")
    pair = {_value(other.leader()) for other in readings if _firm(other)} - {""}
    for place in reading.fits:
        code = reading.citation.code
        if _value(place) and pair - {_value(place)} and code and catalogue()[place].number == code.number:
            reading = reading.plus(place, PAIR, "its pair")
    return reading


def _antecedent(readings: Sequence[Reading], at: int) -> Reading | None:
    """The nearest fuller mention of the same: before this one, else after it, as a text follows its title."""
    one = readings[at].citation
    for other in (*reversed(readings[:at]), *readings[at + 1:]):
        if other.foreign and one.code and other.citation.code:
            if not one.code.issuer and one.code.number == other.citation.code.number:
                return other
        elif _firm(other) and _same(one, catalogue()[other.leader()]):
            return other
    return None


def _same(citation: Citation, candidate: Candidate) -> bool:
    """Whether what a short mention says, its number or its plenum, is the candidate's."""
    plenum = citation.clue("plenum")
    if citation.code:
        return citation.code.number == candidate.number
    return plenum is not None and plenum.value == candidate.plenum


def _firm(reading: Reading) -> bool:
    return reading.own() and len(reading.values()) == 1 and reading.best >= FIRM and reading.leader() != OTHER


def _settled(said: Sequence[Counter[str]], reading: Reading) -> Reading:
    """With points for the words of the rest of the text, its own sentence left out."""
    for at in list(reading.fits):
        if at != OTHER:
            here = words(catalogue()[at], reading.passage.folded.text, (reading.citation.sentence,))
            if topic(said[at] - here) > SETTING:
                reading = reading.plus(at, SETTING, "words of the text")
    return reading


def _ours(readings: Sequence[Reading]) -> Iterator[Evidence]:
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
        yield _evidence(value, decided[value], decided[value].leader())
    for among, reading in open_.items():
        if not set(among) <= set(decided):
            yield replace(_evidence(UNDECIDED, reading, _at(reading, among[0])), among=among)


def _at(reading: Reading, value: str) -> int:
    return next(at for at in reading.fits if _value(at) == value)


def _evidence(value: str, reading: Reading, at: int) -> Evidence:
    *bases, last = reading.fits[at].bases or ("plenum",)
    start, end = reading.passage.span(reading.citation.start, _end(reading.passage.folded, reading.citation, at))
    return Evidence(value, f"{', '.join(bases)} and {last}" if bases else last, start, end)


def _end(folded: Folded, citation: Citation, at: int) -> int:
    """Where the words that decided end: those of the subject belong to them where they are this candidate's."""
    about = citation.clue("subject")
    titled = about and about.firm and catalogue()[at].subject.search(folded.text, about.start, about.end)
    end = max(citation.end, titled.end()) if titled else citation.end
    return len(folded.text[:end].rstrip())


def _others(readings: Sequence[Reading]) -> Iterator[Evidence]:
    seen: set[str] = set()
    for reading in readings:
        code, issuer = reading.citation.code, reading.citation.issuer
        if code is None or not issuer or reading.values() != {""}:
            continue
        if "QH" in issuer and not code.issuer:      # which National Assembly it was, the text does not say
            continue
        value = replace(code, issuer=issuer).cite()
        if value not in seen:
            seen.add(value)
            yield Evidence(value, "code" if code.issuer else "number and issuer",
                           *reading.passage.span(reading.citation.start, reading.citation.end))


def _value(at: int) -> str:
    return "" if at == OTHER else catalogue()[at].value
