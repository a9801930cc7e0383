"""A document's texts as one row of slots, one a syllable, with exact offsets: what is written and how it is read back.

    tokens      uint16, a term's number; GAP ends each text, RARE stands for the terms whose number does not fit
    joined      a bit each: the syllable belongs to the same word as the one before it
    break_*     offsets: a syllable is as long as its term's word and begins one character after the one before it;
                where that is not so, a break says how many slots further it is, and how gap and length differ
"""
from dataclasses import dataclass
from itertools import chain

import numpy as np

from index.arrays import Arrays, slices

RARE, GAP = 0xFFFF, 0xFFFE
GAP_TERM = 0xFFFFFFFF   # of a gap, before terms are shortened to a slot


def token_lengths(lengths: np.ndarray) -> np.ndarray:
    """Token → length of its word, from lengths by term: 0 of a gap and of what stands for rare terms."""
    table = np.zeros(1 << 16, np.uint8)
    table[:GAP][:len(lengths)] = np.minimum(lengths[:GAP], 255)
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Breaks:
    skips: np.ndarray       # uint8, slots since the last break
    gaps: np.ndarray        # int8, more than one character between
    extras: np.ndarray      # int8, longer than the term's word


def breaks(at: np.ndarray, gaps: np.ndarray, extras: np.ndarray, firsts: np.ndarray) -> tuple[Breaks, np.ndarray]:
    """Of many rows at once, and how many each row has. `at`: the slots that break, ascending; `firsts`: each row's first."""
    rows = np.searchsorted(firsts, at, "right") - 1
    before = np.concatenate(([0], at[:-1]))
    skips = at - np.where(before >= firsts[rows], before, firsts[rows])
    wide = np.flatnonzero((skips > 255) | (np.maximum(np.abs(gaps), np.abs(extras)) > 127))
    if len(wide):
        steps = [_divided(*told) for told in zip(skips[wide].tolist(), gaps[wide].tolist(), extras[wide].tolist())]
        each = np.ones(len(at), np.int64)
        each[wide] = [len(step) for step in steps]
        rows = np.repeat(rows, each)
        skips, gaps, extras = (np.repeat(column, each) for column in (skips, gaps, extras))
        places = slices((np.cumsum(each) - each)[wide], each[wide])
        skips[places], gaps[places], extras[places] = zip(*chain(*steps))
    return Breaks(skips.astype(np.uint8), gaps.astype(np.int8), extras.astype(np.int8)), np.bincount(rows, minlength=len(firsts))


def _divided(skip: int, gap: int, extra: int) -> list[tuple[int, int, int]]:
    """What does not fit into a byte becomes several breaks, which add up."""
    out = []
    while True:
        step = (min(skip, 255), 0, 0)
        if skip <= 255:
            step = (skip, max(min(gap, 127), -127), max(min(extra, 127), -127))
        out.append(step)
        skip, gap, extra = skip - step[0], gap - step[1], extra - step[2]
        if not (skip or gap or extra):
            return out


class SlotReader:
    """Offsets of some documents' slots, all at once."""

    def __init__(self, arrays: Arrays):
        self._arrays = arrays

    def offsets(self, rows: np.ndarray, tokens: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(starts, ends) of every slot in title + "\\n" + body; `tokens` are the rows' slots one after another."""
        get = self._arrays.__getitem__
        first = np.cumsum(sizes) - sizes                        # place of each row's first slot
        lengths, gaps = get("token_lengths")[tokens].astype(np.int64), np.ones(len(tokens), np.int64)
        begins, counts = get("break_starts")[rows], get("break_starts")[rows + 1] - get("break_starts")[rows]
        at = slices(begins, counts)
        skipped = np.cumsum(get("break_skips")[at], dtype=np.int64)
        before = np.concatenate(([0], skipped))[np.cumsum(counts) - counts]     # skipped in the rows before
        places = skipped + np.repeat(first - before, counts)
        for values, more in ((gaps, get("break_gaps")[at]), (lengths, get("break_extras")[at])):
            if (places[1:] == places[:-1]).any():
                np.add.at(values, places, more)
            else:
                values[places] += more      # ten times as fast
        ends = np.cumsum(gaps + lengths)
        ends -= np.repeat(np.concatenate(([0], ends))[first] + 1, sizes)
        return ends - lengths, ends
