"""The first of many: the best scores or the smallest ranks, without sorting all."""
from collections.abc import Callable

import numpy as np

BLOCKS = 8192       # from so many on, the best of blocks give a threshold first
BLOCK = 128


def best(scores: np.ndarray, most: int, ties: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Places of the highest scores, best first; of equal ones first the one with the lower tie (`ties` of places)."""
    if not most:
        return np.empty(0, np.intp)
    some = np.arange(len(scores)) if len(scores) <= most else np.flatnonzero(scores >= _threshold(scores, most))
    return some[np.lexsort((ties(some), -scores[some]))[:most]]


def smallest(ranks: np.ndarray, most: int) -> np.ndarray:
    """Places of the smallest ranks, in their order. Ranks are distinct."""
    some = np.argpartition(ranks, most)[:most] if len(ranks) > most else np.arange(len(ranks))
    return some[np.argsort(ranks[some])]


def _threshold(scores: np.ndarray, most: int) -> float:
    """No more than `most` scores are higher, at least as many not lower."""
    n = len(scores)
    if n >= BLOCKS and n // BLOCK > most:
        heads = scores[:n - n % BLOCK].reshape(-1, BLOCK).max(axis=1)
        floor = np.partition(heads, len(heads) - most)[len(heads) - most]      # so many blocks reach it
        scores = scores[scores >= floor]
        n = len(scores)
    return np.partition(scores, n - most)[n - most]
