"""A document's texts as one row of slots, one a syllable, with exact offsets: what is written and how it is read back.

    tokens      uint16, a term's number; GAP ends each text, RARE stands for the terms whose number does not fit
    joined      a bit each: the syllable belongs to the same word as the one before it
    break_*     offsets: a syllable is as long as its term's word and begins one character after the one before it;
                where that is not so, a break says how many slots further it is, and how gap and length differ
"""
from dataclasses import dataclass

import numpy as np

from index.arrays import Arrays

RARE, GAP = 0xFFFF, 0xFFFE
GAP_TERM = 0xFFFFFFFF   # of a gap, before terms are shortened to a slot


@dataclass(frozen=True, slots=True, eq=False)
class Breaks:
    skips: np.ndarray       # uint8, slots since the last break
    gaps: np.ndarray        # int8, more than one character between
    extras: np.ndarray      # int8, longer than the term's word


def breaks(starts: np.ndarray, ends: np.ndarray, lengths: np.ndarray) -> Breaks:
    """`lengths` of the terms' words, by slot."""
    gaps = starts - np.concatenate(([-1], ends[:-1])) - 1
    extras = ends - starts - lengths
    at = np.flatnonzero((gaps != 0) | (extras != 0))
    skips, gaps, extras = np.diff(at, prepend=0), gaps[at], extras[at]
    if len(at) and (skips.max() > 255 or max(abs(gaps).max(), abs(extras).max()) > 127):
        skips, gaps, extras = _divided(skips.tolist(), gaps.tolist(), extras.tolist())
    return Breaks(skips.astype(np.uint8), gaps.astype(np.int8), extras.astype(np.int8))


def _divided(skips: list[int], gaps: list[int], extras: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What does not fit into a byte becomes several breaks, which add up."""
    out = []
    for skip, gap, extra in zip(skips, gaps, extras):
        while True:
            step = (min(skip, 255), 0, 0)
            if skip <= 255:
                step = (skip, max(min(gap, 127), -127), max(min(extra, 127), -127))
            out.append(step)
            skip, gap, extra = skip - step[0], gap - step[1], extra - step[2]
            if not (skip or gap or extra):
                break
    return tuple(np.array(column) for column in zip(*out))


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """Of one document, read back."""
    tokens: np.ndarray      # uint16
    starts: np.ndarray      # int64, into title + "\\n" + body
    ends: np.ndarray
    titles: int             # slots of the title; the body begins one after


class SlotReader:
    def __init__(self, arrays: Arrays):
        self._arrays = arrays
        self._lengths = np.zeros(1 << 16, np.int64)
        known = arrays["word_lengths"][:GAP]
        self._lengths[:len(known)] = known

    def read(self, row: int) -> Slots:
        get = self._arrays.__getitem__
        first, after = get("slot_starts")[row:row + 2].tolist()
        tokens = get("tokens")[first:after]
        lengths, gaps = self._lengths[tokens], np.ones(after - first, np.int64)
        a, b = get("break_starts")[row:row + 2].tolist()
        at = np.cumsum(get("break_skips")[a:b], dtype=np.int64)
        np.add.at(gaps, at, get("break_gaps")[a:b])
        np.add.at(lengths, at, get("break_extras")[a:b])
        ends = np.cumsum(gaps + lengths) - 1
        return Slots(tokens, ends - lengths, ends, int(get("title_slots")[row]))
