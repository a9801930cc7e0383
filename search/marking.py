"""A text and what was asked become its marks: the spans that made it a hit, and the passages worth showing."""
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from corpus.sentences import sentences
from index.analysis import Tokens, analyse
from index.spelling import fold
from search.results import Marked
from search.tree import And, Code, Node, Or, Phrase, Prefix, Some, Syllable, Weighted

PASSAGE = 160       # characters: two lines on a phone
PASSAGES = 3
LOOKED_AT = 60      # marks of a text that passages are chosen from
AROUND = 600        # characters around a mark in which its sentence is sought

Leaf = Syllable | Prefix


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be marked. Numbers point into `leaves`."""
    leaves: tuple[Leaf, ...] = ()
    singles: frozenset[int] = frozenset()                   # marked wherever they stand
    phrases: tuple[tuple[tuple[int, ...], int], ...] = ()   # (leaves one after another, syllables that may stand between)
    codes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, node: Node) -> "Marks":
        """All that can make a document satisfy the tree; exclusions are left out."""
        nodes = list(dict.fromkeys(_positive(node)))
        leaves = list(dict.fromkeys(leaf for n in nodes for leaf in (n.parts if isinstance(n, Phrase) else (n,))
                                    if isinstance(leaf, Leaf)))
        number = {leaf: i for i, leaf in enumerate(leaves)}
        return cls(tuple(leaves), frozenset(number[n] for n in nodes if isinstance(n, Leaf)),
                   tuple((tuple(number[p] for p in n.parts), n.slop) for n in nodes if isinstance(n, Phrase)),
                   frozenset(n.text for n in nodes if isinstance(n, Code)))


class Span(NamedTuple):
    """Marked syllables that read as one. `leaves`: bits of those in it."""
    start: int
    end: int
    leaves: int
    syllables: int


#: A syllable of a text that some leaf stands for: its position, its offsets, the leaves as bits.
Place = tuple[int, int, int, int]


def places(text: str, marks: Marks, field: str) -> tuple[list[Place], list[tuple[int, int]]]:
    """(the syllables that leaves stand for, first and last syllable of each code) from a text alone."""
    return places_of(analyse(text, words=False), marks, field)


def places_of(tokens: Tokens, marks: Marks, field: str) -> tuple[list[Place], list[tuple[int, int]]]:
    """The same, from the tokens of the text."""
    exact, folded, prefixes = _lookups(marks, field)
    found = []
    for position, syllable in enumerate(tokens.texts):
        bits = exact.get(syllable, 0)
        if folded or prefixes:
            plain = fold(syllable)
            bits |= folded.get(plain, 0)
            for start, loose, bit in prefixes:
                bits |= bit if (plain if loose else syllable).startswith(start) else 0
        if bits:
            found.append((position, int(tokens.starts[position]), int(tokens.ends[position]), bits))
    coded = [(first, last) for code, first, last in tokens.codes if code in marks.codes]
    inside = {i for first, last in coded for i in range(first, last + 1)} - {place[0] for place in found}
    found += [(i, int(tokens.starts[i]), int(tokens.ends[i]), 0) for i in inside]
    return sorted(found), coded


def spans(text: str, found: Sequence[Place], coded: Iterable[tuple[int, int]], marks: Marks) -> list[Span]:
    """Neighbours are one span where only space lies between them or where they are of one phrase or code."""
    singles = sum(1 << i for i in marks.singles)
    whole = [*_phrases(found, marks), *coded]
    inside = {position for first, last in whole for position in range(first, last + 1)}
    held = {position for first, last in whole for position in range(first + 1, last + 1)}    # held to the syllable before
    joined: list[Span] = []
    before = -2
    for position, start, end, bits in found:
        if bits & singles or position in inside:
            if before == position - 1 and (position in held or text[joined[-1][1]:start].isspace()):
                first, _, leaves, syllables = joined[-1]
                joined[-1] = Span(first, end, leaves | bits, syllables + 1)
            else:
                joined.append(Span(start, end, bits, 1))
            before = position
    return joined


def mark(text: str, spans: Iterable[Span]) -> Marked:
    return Marked(text, tuple((span.start, span.end) for span in spans))


def passages(text: str, spans: Sequence[Span], most: int = PASSAGES, size: int = PASSAGE,
             known: Sequence[tuple[int, int]] | None = None) -> tuple[Marked, ...]:
    """The places that say most of what was asked, in the order of the text; its beginning where nothing is marked.

    `known`: the text's sentences, where they are known already.
    """
    if not spans:
        return (_piece(text, *_bounds(text, 0, 0, size, 0, known), (), 0),) if text.strip() else ()
    windows = _windows(spans[:LOOKED_AT], size)
    shown: list[tuple[int, int]] = []
    seen = 0
    while windows and len(shown) < most:
        best, worth = None, 0
        for window in windows:      # of equals the first
            value = 8 * (window[2] & ~seen).bit_count() + window[3]
            if value > worth:
                best, worth = window, value
        first, last, leaves, _ = best
        shown.append((first, last))
        seen |= leaves
        windows = [w for w in windows if w[1] < first or w[0] > last]
    return _apart(text, spans, sorted(shown), size, known)


def _positive(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts) | Some(parts, _):
            for part in parts:
                yield from _positive(part)
        case Weighted(part, _):
            yield from _positive(part)
        case Syllable() | Prefix() | Phrase() | Code():
            yield node


def _lookups(marks: Marks, field: str) -> tuple[dict[str, int], dict[str, int], list[tuple[str, bool, int]]]:
    """Spelling → bits, folded spelling → bits, and the prefixes."""
    exact, folded, prefixes = {}, {}, []
    for i, leaf in enumerate(marks.leaves):
        if leaf.field not in (None, field):
            continue
        if isinstance(leaf, Prefix):
            prefixes.append((leaf.text, leaf.any_accent, 1 << i))
        else:
            table = folded if leaf.any_accent else exact
            table[leaf.text] = table.get(leaf.text, 0) | 1 << i
    return exact, folded, prefixes


def _phrases(found: Sequence[Place], marks: Marks) -> Iterator[tuple[int, int]]:
    """First and last position of every phrase; of syllables in between, all are marked as one."""
    if not marks.phrases:
        return
    at = {position: bits for position, _, _, bits in found}
    for parts, slop in marks.phrases:
        first = 1 << parts[0]
        for position, _, _, bits in found:
            if bits & first and (last := _end(at, position, parts, slop)) is not None:
                yield position, last


def _end(at: dict[int, int], position: int, parts: tuple[int, ...], slop: int) -> int | None:
    """Where the shortest reading of a phrase that starts here ends."""
    ends = {position}
    for part in parts[1:]:
        reach = slop + len(parts)
        ends = {j for i in ends for j in range(i + 1, min(i + slop + 2, position + reach)) if at.get(j, 0) >> part & 1}
        if not ends:
            return None
    return min(ends)


def _windows(spans: Sequence[Span], size: int) -> list[tuple[int, int, int, int]]:
    """From every span, as many as fit into a passage: (first, last, leaves, worth).

    New leaves count most, then long spans: words that stand together as they were asked.
    """
    squares = list(accumulate([span.syllables * span.syllables for span in spans], initial=0))
    same = len({span.leaves for span in spans}) == 1
    windows, after, leaves = [], 0, spans[0].leaves
    for first, span in enumerate(spans):
        while after < len(spans) and spans[after].start < span.start + size:
            after += 1
        after = max(after, first + 1)
        if not same:
            leaves = 0
            for held in spans[first:after]:
                leaves |= held.leaves
        windows.append((first, after - 1, leaves, min(squares[after] - squares[first], 40)))
    return windows


def _apart(text: str, spans: Sequence[Span], windows: Sequence[tuple[int, int]], size: int,
           known: Sequence[tuple[int, int]] | None) -> tuple[Marked, ...]:
    made, after = [], 0
    for first, last in windows:
        if spans[first].start >= after:
            start, end = _bounds(text, spans[first].start, spans[last].end, size, after, known)
            made.append(_piece(text, start, end, spans, first))
            after = end
    return tuple(made)


def _bounds(text: str, first: int, last: int, size: int, after: int, known: Sequence[tuple[int, int]] | None) -> tuple[int, int]:
    """Around text[first:last]: whole sentences where they fit, else cut between words."""
    start = end = None
    for begins, ends in _read(text, first, last, after) if known is None else _of(known, first, last, after):
        inside = ends > first and (begins < last or begins <= first)
        if start is None or inside and end <= first:
            start, end = begins, ends
        elif inside or ends - start <= size:
            end = ends
        elif ends > first:
            break
    if start is None:
        return first, max(last, first)
    if end - start <= size * 5 // 4:
        return start, end
    return _clipped(text, start, end, first, last, size)


def _read(text: str, first: int, last: int, after: int) -> list[tuple[int, int]]:
    """The sentences around text[first:last], not before `after`."""
    low = max(after, text.rfind("\n", max(after, first - AROUND), first) + 1, first - AROUND)
    return [(low + s, low + e) for s, e in sentences(text[low:min(len(text), last + AROUND)])]


def _of(known: Sequence[tuple[int, int]], first: int, last: int, after: int) -> Iterator[tuple[int, int]]:
    """The same, out of all."""
    at, low, high = max(bisect_left(known, (first + 1,)) - 1, 0), after, last + AROUND
    for i in range(at, len(known)):
        start, end = known[i]
        if start >= high and i > at:
            break
        if end > low:
            yield start if start > low else low, end if end < high else high


def _clipped(text: str, start: int, end: int, first: int, last: int, size: int) -> tuple[int, int]:
    """A part of text[start:end] as long as a passage that holds text[first:last], or its beginning."""
    room = max(0, size - (last - first))
    low = first - room // 3
    if low <= start:
        low = start
    else:
        space = text.find(" ", low, first)
        low = space + 1 if space >= 0 else first
    high = min(end, low + max(size, last - low))
    if high < end:
        space = text.rfind(" ", last, high)
        high = space if space >= 0 else max(high, last)
    return low, high


def _piece(text: str, start: int, end: int, spans: Sequence[Span], first: int) -> Marked:
    """A passage with "…" where a sentence was cut; lines become one. `first` of the spans that may lie in it."""
    before = "" if _begins(text, start) else "… "
    behind = "" if _ends(text, end) else " …"
    shift = len(before) - start
    held = []
    for i in range(first, len(spans)):
        begins, ends, _, _ = spans[i]
        if ends > end:
            break
        if begins >= start:
            held.append((begins + shift, ends + shift))
    return Marked(before + text[start:end].replace("\n", " ") + behind, tuple(held))


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" ")[-1:] if start < 64 else text[start - 64:start].rstrip(" ")[-1:]
    return not before or before in "\n.!?…”\")"


def _ends(text: str, end: int) -> bool:
    return end >= len(text) or text[end] == "\n" or text[end - 1] in ".!?…”\")"
