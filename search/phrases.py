"""Syllables one after another become the rows and places where they stand so: by the rarest one's occurrences."""
import numpy as np

from index.slots import GAP, RARE

FEW = 12        # terms: so many comparisons with each token are quicker than a look into a table


def occurrences(segment, terms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(row, slot in the whole index) wherever one of the terms stands; slots ascend."""
    found = [segment.text.places(term) for term in terms.tolist()]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    rows = np.concatenate([rows for rows, _ in found])
    slots = segment.slot_starts[rows] + np.concatenate([positions for _, positions in found])
    if len(found) > 1:
        order = np.argsort(slots, kind="stable")
        rows, slots = rows[order], slots[order]
    return rows, slots


def adjacent(segment, parts: list[np.ndarray], field: str | None) -> np.ndarray:
    """Rows in which the parts, each any of some terms, are neighbours in one text."""
    sizes = [segment.text.occurrences(terms) for terms in parts]
    order = sorted(range(len(parts)), key=sizes.__getitem__)
    anchor = order[0]
    rows, slots = _in_field(segment, *occurrences(segment, parts[anchor]), field)
    for other in order[1:]:
        held = _stands(segment, parts[other], slots + (other - anchor))
        rows, slots = rows[held], slots[held]
    return distinct(rows)


def near(segment, parts: list[np.ndarray], slop: int, field: str | None) -> np.ndarray:
    """The same with up to `slop` other syllables in between, all told."""
    rows, first = _in_field(segment, *occurrences(segment, parts[0]), field)
    last = first
    for terms in parts[1:]:
        _, slots = occurrences(segment, terms)
        at = np.searchsorted(slots, last, "right")      # the next one behind; taking the nearest spends least
        found = at < len(slots)
        rows, first, last = rows[found], first[found], slots[at[found]]
    close = last - first < len(parts) + slop
    rows, first, last = rows[close], first[close], last[close]
    return distinct(rows[_text_of(segment, rows, first) == _text_of(segment, rows, last)])


def distinct(rows: np.ndarray) -> np.ndarray:
    """Each row once; rows ascend."""
    return rows if len(rows) < 2 else rows[np.flatnonzero(np.diff(rows, prepend=-1))]


def among(tokens: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """Whether each token is one of the terms that fit into a slot."""
    direct = terms[terms < GAP]
    if len(direct) > FEW:
        table = np.zeros(1 << 16, bool)
        table[direct] = True
        return table.take(tokens)
    held = np.zeros(len(tokens), bool)
    for term in direct.astype(np.uint16):
        held |= tokens == term
    return held


def _text_of(segment, rows: np.ndarray, slots: np.ndarray) -> np.ndarray:
    """0 in a row's title, 1 in its body, 2 beyond the row."""
    local = slots - segment.slot_starts[rows]
    return (local > segment.titles[rows]) + (slots >= segment.slot_starts[rows + 1]).astype(np.int64)


def _in_field(segment, rows: np.ndarray, slots: np.ndarray, field: str | None) -> tuple[np.ndarray, np.ndarray]:
    if field is None:
        return rows, slots
    wanted = _text_of(segment, rows, slots) == (field == "body")
    return rows[wanted], slots[wanted]


def _stands(segment, terms: np.ndarray, slots: np.ndarray) -> np.ndarray:
    """Whether one of the terms stands in each slot; false before the first slot and behind the last."""
    tokens = segment.tokens.take(slots, mode="clip")    # the last slot is a gap
    held, rare = among(tokens, terms), terms[terms >= GAP]
    if len(rare):
        doubtful = np.flatnonzero(tokens == RARE)
        held[doubtful] = np.isin(slots[doubtful], occurrences(segment, rare)[1])
    return held & (slots >= 0)
