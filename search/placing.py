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
    columns = [column[held].tolist() for column in (found.rows, found.positions, starts[at], ends[at], found.terms)]
    out = [[{}, [], {}, []] for _ in rows]
    titles, chars = found.titles.tolist(), segment.arrays["title_chars"][rows].tolist()
    for row, position, start, end, leaf in zip(*columns):
        _add(out[row], titles[row], chars[row], position, start, end, 1 << leaf)
    for row, first, last in _coded(marks, rows, segment):
        base = int(window.starts[row] - window.shift[row])
        for position in range(first, last + 1):
            _add(out[row], titles[row], chars[row], position, int(starts[base + position]), int(ends[base + position]), 0)
        body = first > titles[row]
        shift = titles[row] + 1 if body else 0
        out[row][3 if body else 1].append((first - shift, last - shift))
    return [(_text(*one[:2]), _text(*one[2:])) for one in out]


def _add(texts: list, titles: int, chars: int, position: int, start: int, end: int, bits: int) -> None:
    if position > titles:
        texts, position, start, end = texts[2], position - titles - 1, start - chars - 1, end - chars - 1
    else:
        texts = texts[0]
    known = texts.get(position)
    texts[position] = (position, start, end, bits | known[3] if known else bits)


def _text(places: dict[int, Place], coded: list[tuple[int, int]]) -> Placed:
    return Placed(sorted(places.values()) if coded else list(places.values()), coded)


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
