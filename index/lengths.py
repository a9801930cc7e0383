"""The length of a text becomes one byte and comes back, rounded: what BM25F needs to know of it."""
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class LengthCode:
    name: str
    table: np.ndarray       # float64, 256: the length a byte stands for
    up: bool                # a length between two is rounded up

    def encode(self, lengths: np.ndarray) -> np.ndarray:
        if self.up:
            return np.minimum(np.searchsorted(self.table, lengths, "left"), 255).astype(np.uint8)
        return (np.searchsorted(self.table, lengths, "right") - 1).astype(np.uint8)


def _lucene(byte: int) -> int:
    """SmallFloat.byte4ToInt of Lucene: exact below 24, then four significant bits."""
    if byte < 24:
        return byte
    bits, shift = (byte - 24) & 7, ((byte - 24) >> 3) - 1
    return 24 + (bits if shift < 0 else (bits | 8) << shift)


#: A cluster built on Lucene gives the same order only with this one.
LUCENE = LengthCode("lucene", np.array([_lucene(b) for b in range(256)], np.float64), up=False)
