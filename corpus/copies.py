"""Texts become signatures, and signatures the copies among them: the id of a later publication → that of the first.

A signature is a MinHash (Broder 1997) of a text's runs of words, of each minimum only some bits (Li and König 2010), and
a few of its numbers: a reprint keeps its numbers even where the paper writes a lead of its own, while next week's price
bulletin keeps the words and changes the numbers.
"""
import re
from array import array
from hashlib import shake_128
from zlib import crc32

import numpy as np

RUN = 3                     # words in a run
BANDS, ROWS = 24, 4         # runs agreeing in all rows of one band make two texts worth comparing
MINIMA = BANDS * ROWS
NUMBERS = 12                # numbers kept, those with the smallest hashes
LONGEST = 8_192             # words of a text that are read
SHORT = 40                  # runs below which two texts must agree almost entirely
NEIGHBOURS = 8              # compared with each text in a band, however many share it: what keeps grouping near-linear
ALIKE, SAME = 0.65, 0.9     # share of minima that agree, in a text and in a short one; a story and its sequel share less
NUMBERS_KEPT = 0.7          # of the fewer numbers of the two; of two or more one may be missing, but none in the same words
SIZE = MINIMA + 2 * (NUMBERS + 2)  # bytes of a signature
BLOCK = 65_536              # pairs compared at once

_CHANCE = shake_128(b"timhtx").digest(8 * MINIMA + 8 * (RUN + 1))  # never changes: signatures are stored
_FACTORS, _TERMS = np.frombuffer(_CHANCE, "<u4", 2 * MINIMA).astype(np.uint32).reshape(2, MINIMA, 1)
_FACTORS |= np.uint32(1)
_MIX = np.frombuffer(_CHANCE, "<u8", offset=8 * MINIMA).astype(np.uint64) | np.uint64(1)
_BLANKS = bytes.maketrans(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", b" " * 32)
_MARKS = "“”‘’«»…–—"
_NUMBER = re.compile(rb"\d[\d.,/-]*")
_ROW = np.dtype([("minima", "u1", MINIMA), ("numbers", "<u2", NUMBERS), ("runs", "<u2"), ("count", "<u2")])
_NONE = 0xFFFF
_UNDATED = 9999_99_99


def signature(text: str) -> bytes:
    """Of 124 bytes, the same in every process and on every machine; empty for a text of fewer words than a run."""
    said = text.lower()
    for mark in _MARKS:
        said = said.replace(mark, " ")
    letters = said.encode("utf-8", "replace")
    words = letters.translate(_BLANKS).split()[:LONGEST]
    if len(words) < RUN:
        return b""
    runs = _runs(np.fromiter(map(crc32, words), np.uint64, len(words)))
    minima = (_FACTORS * runs + _TERMS).min(axis=1)
    numbers = sorted({crc32(number.rstrip(b".,/-")) & 0x7FFF for number in _NUMBER.findall(letters)})
    kept = (numbers + [_NONE] * NUMBERS)[:NUMBERS]
    counts = [min(len(runs), _NONE), min(len(numbers), _NONE)]
    return (minima >> np.uint32(8)).astype(np.uint8).tobytes() + np.array(kept + counts, "<u2").tobytes()


def _runs(words: np.ndarray) -> np.ndarray:
    """One hash for each run of consecutive words."""
    last = len(words) - RUN + 1
    runs = np.zeros(last, np.uint64)
    for at in range(RUN):
        runs += words[at:at + last] * _MIX[at]
    return ((runs ^ (runs >> np.uint64(29))) * _MIX[RUN] >> np.uint64(32)).astype(np.uint32)


class Copies:
    """Collects signatures, also stored ones of other parts, in any order; says at the end which text is a copy of which."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._signatures = bytearray()
        self._days = array("i")
        self._orders = array("q")

    def add(self, id: str, signature: bytes, published: str | None = None, order: int = 0) -> None:
        """`published` is an ISO date, month or year; `order` says which of two of one day was seen first."""
        if len(signature) != SIZE:
            return                      # too short to be anybody's copy
        self._ids.append(id)
        self._signatures += signature
        self._days.append(_day(published))
        self._orders.append(order)

    def firsts(self) -> dict[str, str]:
        """The id of each later copy → the id of the first publication: the earliest published, then the first seen."""
        table = np.frombuffer(self._signatures, _ROW)
        days = np.array(self._days, np.int64)
        by_age = np.lexsort((np.arange(len(days)), np.array(self._orders, np.int64), days))
        age = np.empty_like(by_age)
        age[by_age] = np.arange(len(by_age))
        root = _grouped(table, age)
        later = np.flatnonzero(root[age] != age)
        return {self._ids[at]: self._ids[by_age[root[age[at]]]] for at in later}


def _day(published: str | None) -> int:
    """Dates as numbers in their order: a year stands behind its days, what is not dated behind everything."""
    digits = (published or "")[:10].replace("-", "")
    return int(digits.ljust(8, "9")) if digits.isdigit() else _UNDATED


def _grouped(table: np.ndarray, age: np.ndarray) -> np.ndarray:
    """For each place by age the place of the oldest of its group."""
    root = np.arange(len(table))
    for band in range(BANDS):
        keys = _key(table, band)
        order = np.lexsort((_key(table, band - 1), keys))
        key = keys[order]
        for step in range(1, min(NEIGHBOURS, len(key) - 1) + 1):
            at = np.flatnonzero(key[step:] == key[:-step])
            for block in np.array_split(at, len(at) // BLOCK + 1):
                one, other = order[block], order[block + step]
                apart = root[age[one]] != root[age[other]]
                one, other = one[apart], other[apart]
                alike = _alike(table[one], table[other])
                _join(root, age[one[alike]], age[other[alike]])
    return root


def _key(table: np.ndarray, band: int) -> np.ndarray:
    """The minima of a band as one number; the band before the first is the last."""
    first = band % BANDS * ROWS
    return np.ascontiguousarray(table["minima"][:, first:first + ROWS]).view("<u4")[:, 0]


def _alike(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which pairs say the same: enough runs in common, all but all where there are few, and mostly the same numbers."""
    shared = (one["minima"] == other["minima"]).mean(axis=1)
    short = np.minimum(one["runs"], other["runs"]) < SHORT
    return (shared >= np.where(short, SAME, ALIKE)) & _keep_numbers(one, other, shared >= SAME)


def _keep_numbers(one: np.ndarray, other: np.ndarray, same: np.ndarray) -> np.ndarray:
    """Whether the text with fewer numbers shares most of them with the other, as far as those kept tell.

    In the `same` words it shares them all: a form filled in anew, a bulletin or a key to an exam, differs by just a number.
    """
    known = np.minimum(_reach(one), _reach(other))[:, None]
    first, second = one["numbers"], other["numbers"]
    fewer = np.minimum((first <= known).sum(axis=1), (second <= known).sum(axis=1))
    both = ((first[:, :, None] == second[:, None, :]).any(axis=2) & (first <= known)).sum(axis=1)
    return both >= np.where(same, fewer, np.minimum(NUMBERS_KEPT * fewer, np.maximum(fewer - 1, 1)))


def _reach(rows: np.ndarray) -> np.ndarray:
    """Up to which hash all numbers of a text are among those kept."""
    return np.where(rows["count"] > NUMBERS, rows["numbers"][:, -1], _NONE - 1)


def _join(root: np.ndarray, one: np.ndarray, other: np.ndarray) -> None:
    """Joins groups in place; the root of a group is its oldest member."""
    while len(one):
        left, right = root[one], root[other]
        apart = left != right
        one, other, left, right = one[apart], other[apart], left[apart], right[apart]
        np.minimum.at(root, np.maximum(left, right), np.minimum(left, right))
        while not np.array_equal(root[root], root):
            root[:] = root[root]
