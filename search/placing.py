"""Where the leaves of a query stand in some documents: offsets as they were stored, nothing is analysed again."""
from collections.abc import Sequence

import numpy as np

from index.slots import SlotReader
from index.writing import CODE_SPAN
from search.finding import Placed
from search.marking import Marks, Place
from search.occurrences import Window, occurrences
from search.segment import Segment


def placed(marks: Marks, rows: np.ndarray, segment: Segment, reader: SlotReader) -> list[tuple[Placed, Placed]]:
    """Of each row's title and body."""
    window = Window.of(rows, segment)
    at, found = occurrences(marks.leaves, window, segment)
    starts, ends = reader.offsets(rows, window.tokens, window.sizes)
    held = _in_their_fields(marks, found.positions, found.terms, found.titles[found.rows])
    own, positions, at = found.rows[held], found.positions[held], at[held]
    bodies = positions > found.titles[own]
    chars = np.where(bodies, segment.arrays["title_chars"][rows][own].astype(np.int64) + 1, 0)     # before the text
    columns = (positions - np.where(bodies, found.titles[own] + 1, 0), starts[at] - chars, ends[at] - chars, found.terms[held])
    places = [(position, start, end, 1 << leaf) for position, start, end, leaf in zip(*[c.tolist() for c in columns])]
    edges = np.searchsorted(own * 2 + bodies, np.arange(2 * len(rows) + 1)).tolist()
    texts = [Placed(places[a:b], []) for a, b in zip(edges, edges[1:])]
    if (at[1:] == at[:-1]).any():       # a syllable that several leaves stand for
        texts = [Placed(_merged(text.places), []) for text in texts]
    for row, first, last in _coded(marks, rows, segment):
        _add_code(texts, row, first, last, window, int(found.titles[row]), starts, ends, int(segment.arrays["title_chars"][rows[row]]))
    return list(zip(texts[::2], texts[1::2]))


def _merged(places: list[Place]) -> list[Place]:
    """One place a syllable, with the leaves of all."""
    out: list[Place] = []
    for place in places:
        if out and out[-1][0] == place[0]:
            out[-1] = (*place[:3], out[-1][3] | place[3])
        else:
            out.append(place)
    return out


def _add_code(texts: list[Placed], row: int, first: int, last: int, window: Window, titles: int, starts: np.ndarray,
              ends: np.ndarray, chars: int) -> None:
    """Marks the slots of a code, also those that no leaf stands for."""
    body = first > titles
    text, base = texts[2 * row + body], int(window.firsts[row])
    slots, characters = (titles + 1, chars + 1) if body else (0, 0)
    text.coded.append((first - slots, last - slots))
    known = {place[0] for place in text.places}
    for slot in range(first, last + 1):
        if slot - slots not in known:
            text.places.append((slot - slots, int(starts[base + slot]) - characters, int(ends[base + slot]) - characters, 0))
    text.places.sort()


def _in_their_fields(marks: Marks, positions: np.ndarray, leaves: np.ndarray, titles: np.ndarray) -> np.ndarray | slice:
    """The occurrences that stand where their leaf may."""
    fields = [leaf.field for leaf in marks.leaves]
    if not any(fields):
        return slice(None)
    wanted = np.array([{None: -1, "title": 0, "body": 1}[field] for field in fields])[leaves]
    return (wanted < 0) | (wanted == (positions > titles))


def _coded(marks: Marks, rows: np.ndarray, segment: Segment) -> Sequence[tuple[int, int, int]]:
    """(place in rows, first and last slot) of every code that is to be marked."""
    number, out = {row: i for i, row in enumerate(rows.tolist())}, []
    for code in sorted(marks.codes):
        for term in segment.codes.terms(code, any_accent=False).tolist():
            holders, spans = segment.code.places(term)
            held = np.flatnonzero(np.isin(holders, rows))
            for row, span in zip(holders[held].tolist(), spans[held].tolist()):
                first, more = divmod(span, CODE_SPAN)
                out.append((number[row], first, first + more))
    return out
