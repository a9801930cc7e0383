"""In how many documents two syllables stand side by side, nearly: a small table filled while indexing.

A count-min sketch: each pair has a place in two tables, and the smaller of the two counts is the better one. The
counts are kept as logarithms, one byte each; weights made of them differ by less than 4 % of a factor.
"""
import zlib
from collections.abc import Iterable

import numpy as np

from index.arrays import Arrays, ArraysWriter

BITS = 23               # places of a table while it is filled: 32 MB
ROWS = 1 << 13          # documents counted at a time
SPARSE = 16             # occurrences to a place in the written tables
STEP = 10               # codes to a doubling of the count
_ONE = np.uint32(1)      # of the tables' own kind: adding it takes a tenth of the time that a bare 1 takes
_MIX = np.uint64(0x9E3779B97F4A7C15)    # the golden ratio in 64 bits: spreads neighbours apart


def digest(text: str) -> int:
    """What stands for a syllable in a pair."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _places(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """50 bits that depend on both and on their order."""
    mixed = (first.astype(np.uint64) << np.uint64(32) | second.astype(np.uint64)) * _MIX
    mixed = (mixed ^ mixed >> np.uint64(29)) * _MIX
    return mixed >> np.uint64(14)


class PairCounter:
    def __init__(self):
        self._tables = np.zeros((2, 1 << BITS), np.uint32)

    def add(self, rows: np.ndarray, digests: np.ndarray, breaks: np.ndarray) -> None:
        """Syllables in the order of documents; none is paired with the one before it where `breaks` holds."""
        paired = np.flatnonzero(~breaks[1:])
        places, rows = _places(digests[paired], digests[paired + 1]), rows[paired].astype(np.uint64)
        for start in range(int(rows[0]) if len(rows) else 0, int(rows[-1]) + 1 if len(rows) else 0, ROWS):
            part = slice(*np.searchsorted(rows, np.array([start, start + ROWS], np.uint64)))
            key = (rows[part] - np.uint64(start)) << np.uint64(50) | places[part]
            key.sort()
            distinct = key[np.flatnonzero(np.diff(key, prepend=~key[:1]))]
            for table, place in zip(self._tables, _addresses(distinct, BITS)):
                np.add.at(table, place, _ONE)

    def write(self, arrays: ArraysWriter, name: str, occurrences: int) -> None:
        bits = min(max((occurrences // SPARSE).bit_length(), 8), BITS)
        tables = self._tables.reshape(2, -1, 1 << bits).sum(axis=1)
        arrays.write(name, np.rint(np.log2(tables + 1) * STEP).astype(np.uint8).ravel())


def _addresses(places: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    mask = np.uint64((1 << bits) - 1)
    return (places & mask).astype(np.int64), (places >> np.uint64(25) & mask).astype(np.int64)


class PairCounts:
    def __init__(self, arrays: Arrays, name: str):
        self._tables = arrays[name].reshape(2, -1)

    def counts(self, pairs: Iterable[tuple[str, str]]) -> np.ndarray:
        """Documents that hold each pair, never too few but for rounding."""
        digests = np.array([[digest(a), digest(b)] for a, b in pairs], np.uint64).reshape(-1, 2)
        bits = (self._tables.shape[1] - 1).bit_length()
        first, second = _addresses(_places(digests[:, 0], digests[:, 1]), bits)
        codes = np.minimum(self._tables[0][first], self._tables[1][second])
        return np.exp2(codes / STEP) - 1
