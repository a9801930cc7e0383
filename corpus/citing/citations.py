"""A text becomes the resolutions it cites, each with the clues and the words around it."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.citing.clues import FOREIGN, NEARBY, Clue, anniversary, chain, issuing, loose
from corpus.citing.codes import BARE, Code, code_at
from corpus.citing.folding import Folded
from corpus.sentences import sentences

LONGEST_LIST = 12       # numbers in one list, and the widest range "từ 13 đến 21"
WINDOW = 600            # characters on either side that a citation is understood from, where its sentence is longer
MOST = 200              # citations read in one sentence: bounds the work on a hostile text
LONGEST_BROKEN = 2_000  # characters of broken lines joined
LAST_PLENUM = 15        # of any term: "Nghị quyết Trung ương 20" can only be a number

_IMPLIED = r"\b(?:tinh than|thuc hien|quan triet|trien khai)(?=\s(?:trung uong|tw|t\.\s?[uw])\s?\d)"
_MENTION = r"\bng{1,2}h?i[\s-]{0,3}qu?y?et(?![a-z])|\bquyet nghi\b|\bresolutions?\b"
_SHORT = (r"\bnq(?=[\s.-]{0,2}(?:so\s)?\d|t\.?[uw]\s?\d)"
          r"|(?<!\d)(?<!\d[-/._ ])(?<!\d [-/] )(?<!\d [-/])(?<!\d[-/] )\bnq(?![a-z])")
ANCHOR = re.compile(f"{_MENTION}|{_IMPLIED}|{_SHORT}")
_TO_NUMBER = re.compile(r"[\s:(\"'.-]{0,4}(?:(?:cua\s)?(?:trung uong|t\.?[uw]|dang)\s(?=(?:so|s6)\s))?(?:,\s(?=so\s))?")
_TO_LATE_NUMBER = re.compile(r"[\s,(]{0,3}(?=so\s)|[\s,(]{0,3}(?=\d{1,3}\s?[-/]\s?nq)")
_NEXT = re.compile(r"[\s)\"]{0,3}(?P<by>,\s?va\b|,|;|va\b|&|cung\b|hoac\b|and\b|den\b|toi\b|to\b|-)\s{0,2}(?:cac\s)?"
                   r"(?P<again>(?:nghi quyet|nq)\s)?(?=so\s|s6\s|\d)")
_THROUGH = ("den", "toi", "to", "-")
_AFTER_BODY = re.compile(r"(?:trung uong|t\.?\s?[uw])\s?\d+$")
_PLURAL = re.compile(r"\b(?:cac|nhung|hai|ba|bon|nhieu|mot so)\s$")
#: A cheap look at a lower-case line before any work: most articles cite no resolution. Starts from "q", a rare letter.
_SEPARATED = r"[\s\u200b-]"
_GATE = re.compile(rf"q(?:(?<=nq)|(?<=gh[iị]q)|(?<=gh[iị]{_SEPARATED}q)|(?<=g[iị]{_SEPARATED}q)"
                   rf"|(?<=ghi\u0323{_SEPARATED}q)|(?<=gh[iị]{_SEPARATED}{{2}}q)|(?=uyết nghị))")
_HINT = re.compile(r"resolution|5(?:(?<=[ơo\u031b]ng\s5)|(?<=[wư]\s5)|(?<=w5)|(?<=\u031b\s5))")
_BREAKS = ("nghị", "nghị quyết", "nghị quyết số", "nq", "-nq", "số", "ngày", "khóa", "khoá", "trung ương", "-", "/")


@dataclass(frozen=True, slots=True)
class Citation:
    """A resolution named in a text. Offsets are those of the folded text."""
    start: int
    end: int                        # of the words that name it and of what is joined to them, the subject left out
    code: Code | None = None        # None: only its plenum, its date or its subject is told
    clues: tuple[Clue, ...] = ()
    plural: bool = False            # "các nghị quyết"
    sentence: tuple[int, int] = (0, 0)  # or as much of it as is near
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


def passages(text: str) -> Iterator[tuple[int, str]]:
    """The lines that may cite a resolution, with their offsets; a line broken inside a name goes on in the next."""
    start, held = 0, ""
    for line in text.split("\n"):
        held += line
        lower = held.lower()
        if lower.rstrip().endswith(_BREAKS) and len(held) < LONGEST_BROKEN:
            held += "\n"
            continue
        if _GATE.search(lower) or _HINT.search(lower):
            yield start, held
        start, held = start + len(held) + 1, ""
    if held:
        yield start, held


def citations(folded: Folded) -> Iterator[Citation]:
    """In the order of the text."""
    openings = sorted((*ANCHOR.finditer(folded.text), *BARE.finditer(folded.text)), key=lambda match: match.start())
    for first, last in _spans(folded) if openings else ():
        row = list(_cited(folded, first, last, [match for match in openings if first <= match.start() < last]))
        for at, one in enumerate(row):
            before = max((other.reach for other in row[max(0, at - LONGEST_LIST):at]), default=first)
            after = next((other.start for other in row[at + 1:] if other.start > one.start), last)
            reach = max(first, one.start - WINDOW), min(last, one.end + WINDOW)
            yield replace(one, sentence=reach, before=max(reach[0], min(before, one.start)),
                          after=min(reach[1], max(after, one.end)))


def around(folded: Folded, citation: Citation) -> Citation:
    """The same with the clues that stand near it, after those joined to it."""
    first, last = citation.before, citation.after
    told = {clue.kind for clue in citation.clues}
    body = None if "body" in told else issuing(folded, first, citation.start)
    years = anniversary(folded, first, (citation.start, citation.end), last)
    near = (*loose(folded, first, citation.start), *loose(folded, citation.end, last))
    return replace(citation, clues=(*citation.clues, *filter(None, (body, years)),
                                    *(clue for clue in near if clue.kind not in told)))


def _spans(folded: Folded) -> list[tuple[int, int]]:
    """Sentences; a line broken inside a name does not part them."""
    spans: list[tuple[int, int]] = []
    for first, last in sentences(folded.letters):
        if spans and "\n" in folded.text[spans[-1][1]:first]:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


def _cited(folded: Folded, first: int, last: int, openings: list[re.Match[str]]) -> Iterator[Citation]:
    at = first
    for place, opening in enumerate(openings[:MOST]):
        if opening.start() < at:
            continue
        items = _items(folded, opening, last, openings[place + 1:place + 1 + 2 * LONGEST_LIST])
        yield from items
        at = max(opening.end(), *(item.end for item in items))


def _items(folded: Folded, opening: re.Match[str], last: int, following: list[re.Match[str]]) -> list[Citation]:
    """One citation, or all of a list or range."""
    code, early = _first(folded, opening, last, following)
    if code is None:
        return [_citation(folded, opening.start(), None, early, opening.end())]
    found: list[Citation] = []
    while code and len(found) < LONGEST_LIST:
        clues, end = chain(folded, code.end, _until(following, code.end, last))
        found.append(_citation(folded, code.start if found else opening.start(), code, early + clues))
        early = []
        code = None if clues and clues[-1].kind == "subject" else _following(folded, found, end, last)
    return _shared(found)


def _first(folded: Folded, opening: re.Match[str], last: int,
           following: list[re.Match[str]]) -> tuple[Code | None, list[Clue]]:
    """The first number behind the word, and what is joined to the word before it or instead."""
    if opening.re is BARE:
        return code_at(folded, opening.start()), []
    code = code_at(folded, _TO_NUMBER.match(folded.text, opening.end(), last).end())
    if code:
        return code, []
    clues, end = chain(folded, opening.end(), _until(following, opening.end(), last))
    for clue in clues:
        if clue.kind == "plenum" and clue.value > LAST_PLENUM and _AFTER_BODY.search(folded.text, clue.start, clue.end):
            return Code(clue.value, opening.end(), clue.end, issuer="TW"), []
    late = _TO_LATE_NUMBER.match(folded.text, end, last)
    return (code_at(folded, late.end()) if late else None), clues


def _until(following: list[re.Match[str]], at: int, last: int) -> int:
    """How far what stands at an offset may reach: to the next citation."""
    return next((match.start() for match in following if match.start() >= at), last)


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
        told = {clue.kind for clue in one.clues}
        lent = [replace(clue, firm=False, share=NEARBY) for clue in later if clue.kind not in told]
        shared.append(replace(one, code=one.code if one.code.issuer else replace(one.code, issuer=issuer),
                              clues=one.clues + tuple(lent), plural=one.plural or len(found) > 1))
    return shared
