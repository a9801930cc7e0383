"""A text becomes the resolutions it cites, each with the clues and the words around it."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.clues import FOREIGN, NEARBY, Clue, anniversary, chain, issuing, loose
from corpus.codes import BARE, Code, code_at
from corpus.folding import Folded
from corpus.sentences import sentences

LONGEST_LIST = 12       # numbers in one list, and the widest range "từ 13 đến 21"
LAST_PLENUM = 15        # of any term: "Nghị quyết Trung ương 20" can only be a number

_MENTION = r"\bng{1,2}h?i[\s-]{0,3}qu?y?et(?![a-z])|\bquyet nghi\b|\bresolutions?\b"
_SHORT = r"\bnq(?=[\s.-]{0,2}(?:so\s)?\d|t\.?[uw]\s?\d)|(?<!\d)(?<!\d[-/._ ])(?<!\d [-/] )(?<!\d [-/])(?<!\d[-/] )\bnq(?![a-z])"
ANCHOR = re.compile(f"{_MENTION}|{_SHORT}")
_TO_NUMBER = re.compile(r"[\s:(\"'.-]{0,4}(?:(?:cua\s)?(?:trung uong|t\.?[uw]|dang)\s(?=(?:so|s6)\s))?(?:,\s(?=so\s))?")
_TO_LATE_NUMBER = re.compile(r"[\s,(]{0,3}(?=so\s)|[\s,(]{0,3}(?=\d{1,3}\s?[-/]\s?nq)")
_NEXT = re.compile(r"[\s)\"]{0,3}(?P<by>,\s?va\b|,|;|va\b|&|cung\b|hoac\b|and\b|den\b|toi\b|to\b|-)\s{0,2}(?:cac\s)?"
                   r"(?P<again>(?:nghi quyet|nq)\s)?(?=so\s|s6\s|\d)")
_THROUGH = ("den", "toi", "to", "-")
_BROKEN = re.compile(r"(?:nghi quyet|nghi quyet so|nq|nghi|ngay|khoa|trung uong)$")
_PLURAL = re.compile(r"\b(?:cac|nhung|hai|ba|bon|nhieu|mot so)\s$")


@dataclass(frozen=True, slots=True)
class Citation:
    """A resolution named in a text. Offsets are those of the folded text."""
    start: int
    end: int                        # of the words that name it and of what is joined to them, the subject left out
    code: Code | None = None        # None: only its plenum, its date or its subject is told
    clues: tuple[Clue, ...] = ()
    plural: bool = False            # "các nghị quyết"
    sentence: tuple[int, int] = (0, 0)
    before: int = 0                 # where the citation before it in the sentence ends
    after: int = 0                  # where the next one begins

    def clue(self, kind: str) -> Clue | None:
        return next((clue for clue in self.clues if clue.kind == kind), None)

    @property
    def reach(self) -> int:
        """The end of the subject, where one is joined to it."""
        return max([self.end, *(clue.end for clue in self.clues if clue.firm)])

    @property
    def issuer(self) -> str | None:
        """As in the code, else as the text says; "" for a body whose resolutions bear no known code."""
        if self.code and self.code.issuer:
            return self.code.issuer
        body = self.clue("body")
        return None if body is None else FOREIGN.get(body.value, "TW")


def citations(folded: Folded) -> list[Citation]:
    """In the order of the text."""
    found: list[Citation] = []
    for first, last in _spans(folded):
        row = list(_cited(folded, first, last))
        for at, one in enumerate(row):
            before = max((other.reach for other in row[:at]), default=first)
            after = next((other.start for other in row[at + 1:] if other.start > one.start), last)
            found.append(_surrounded(folded, replace(one, sentence=(first, last), before=min(before, one.start), after=after)))
    return found


def _spans(folded: Folded) -> list[tuple[int, int]]:
    """The sentences that may cite a resolution; a line broken inside its name does not part it."""
    spans: list[tuple[int, int]] = []
    for first, last in sentences(folded.letters):
        if spans and _BROKEN.search(folded.text, max(0, spans[-1][1] - 20), spans[-1][1]):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return [span for span in spans if ANCHOR.search(folded.text, *span) or BARE.search(folded.text, *span)]


def _opening(text: str, at: int, last: int) -> re.Match[str] | None:
    found = (pattern.search(text, at, last) for pattern in (ANCHOR, BARE))
    return min((match for match in found if match), key=lambda match: match.start(), default=None)


def _cited(folded: Folded, first: int, last: int) -> Iterator[Citation]:
    at = first
    while opening := _opening(folded.text, at, last):
        items = list(_items(folded, opening, last))
        yield from items
        at = max(opening.end(), *(item.end for item in items))


def _items(folded: Folded, opening: re.Match[str], last: int) -> list[Citation]:
    """One citation, or all of a list or range."""
    code, early = _first(folded, opening, last)
    if code is None:
        return [_citation(folded, opening.start(), None, early, opening.end())]
    found: list[Citation] = []
    while code and len(found) < LONGEST_LIST:
        clues, end = chain(folded, code.end, _until(folded.text, code.end, last))
        found.append(_citation(folded, code.start if found else opening.start(), code, early + clues))
        early = []
        code = None if clues and clues[-1].kind == "subject" else _following(folded, found, end, last)
    return _shared(found)


def _first(folded: Folded, opening: re.Match[str], last: int) -> tuple[Code | None, list[Clue]]:
    """The first number behind the word, and what is joined to the word before it or instead."""
    if opening.re is BARE:
        return code_at(folded, opening.start()), []
    code = code_at(folded, _TO_NUMBER.match(folded.text, opening.end(), last).end())
    if code:
        return code, []
    clues, end = chain(folded, opening.end(), _until(folded.text, opening.end(), last))
    for clue in clues:
        if clue.kind == "plenum" and clue.value > LAST_PLENUM:
            return Code(clue.value, opening.end(), clue.end, issuer="TW"), []
    late = _TO_LATE_NUMBER.match(folded.text, end, last)
    return (code_at(folded, late.end()) if late else None), clues


def _until(text: str, at: int, last: int) -> int:
    following = _opening(text, at, last)
    return following.start() if following else last


def _following(folded: Folded, found: list[Citation], end: int, last: int) -> Code | None:
    """The next number of a list. A range adds the numbers that it spans to those found."""
    step = _NEXT.match(folded.text, end, last)
    through = step is not None and step["by"] in _THROUGH
    if step is None or step["again"] and not through:
        return None
    code = code_at(folded, step.end())
    if code is None or code.number > 999 or through and step["by"] == "-" and not code.full:
        return None
    before = found[-1]
    if through and before.code.number < code.number <= before.code.number + LONGEST_LIST:
        found.extend(replace(before, code=replace(code, number=number), end=code.end)
                     for number in range(before.code.number + 1, code.number))
    return code


def _citation(folded: Folded, start: int, code: Code | None, clues: list[Clue], end: int = 0) -> Citation:
    plural = _PLURAL.search(folded.text, max(0, start - 12), start) is not None
    joined = [clue.end for clue in clues if clue.kind != "subject"]
    end = max([code.end if code else end, *joined])
    closes = folded.text[end:end + 1] == ")" and "(" in folded.text[start:end]
    return Citation(start, end + closes, code, tuple(clues), plural)


def _shared(found: list[Citation]) -> list[Citation]:
    """What is said behind the last number of a list is said of each: its issuer, its term, its subject."""
    shared: list[Citation] = []
    for at, one in enumerate(found):
        later = [clue for other in found[at + 1:] for clue in other.clues]
        issuer = next((other.code.issuer for other in found[at:] if other.code.issuer), None)
        lent = [replace(clue, firm=False, share=NEARBY) for clue in later if clue.kind not in {own.kind for own in one.clues}]
        shared.append(replace(one, code=one.code if one.code.issuer else replace(one.code, issuer=issuer),
                              clues=one.clues + tuple(lent), plural=one.plural or len(found) > 1))
    return shared


def _surrounded(folded: Folded, one: Citation) -> Citation:
    """With the clues that stand around it, after those joined to it."""
    clues = list(one.clues)
    body = None if one.clue("body") else issuing(folded, one.before, one.start)
    years = anniversary(folded, one.before, (one.start, one.end), one.after)
    told = {clue.kind for clue in clues}
    near = [clue for span in ((one.before, one.start), (one.end, one.after)) for clue in loose(folded, *span) if clue.kind not in told]
    return replace(one, clues=(*clues, *filter(None, (body, years)), *near))
