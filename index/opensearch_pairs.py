"""In how many documents two syllables are neighbours: tables filled by each part of a rebuild, kept in the cluster, read as one."""
import base64
import zlib
from collections.abc import Iterable, Iterator

import numpy as np

from index.analysis import fold
from index.fields import TEXTS, Row
from index.pairs import STEP, PairCounter, PairCounts, digest

NAMES = ("pairs", "fold_pairs")     # as typed, and without accents
CHUNK = 1 << 20                     # bytes of a table in one document
TOGETHER = 500                      # rows counted at a time


class Pairs:
    """`add` rows; `blobs` gives what is to be kept."""

    def __init__(self):
        self._counters = {name: PairCounter() for name in NAMES}
        self._waiting, self._rows, self._occurrences = [], 0, 0
        self._digests: dict[str, tuple[int, int]] = {}

    def add(self, row: Row) -> None:
        self._waiting.append([row.tokens[name].texts for name in TEXTS])
        if len(self._waiting) >= TOGETHER:
            self._count()

    def blobs(self) -> Iterator[dict]:
        """Documents with a name, a number and a piece of the table of that name."""
        self._count()
        for name, counter in self._counters.items():
            table = _Taken()
            counter.write(table, name, self._occurrences)
            data = table[name].tobytes()
            for number, start in enumerate(range(0, len(data), CHUNK)):
                piece = base64.b64encode(zlib.compress(data[start:start + CHUNK], 1)).decode()
                yield {"name": name, "number": number, "data": piece}

    def _count(self) -> None:
        texts, self._waiting = self._waiting, []
        words = [word for row in texts for text in row for word in text]
        if not words:
            return
        both = np.array([self._digest(word) for word in words], np.uint32).T
        sizes = np.array([[len(text) for text in row] for row in texts])
        rows = np.repeat(np.arange(self._rows, self._rows + len(texts)), sizes.sum(axis=1))
        breaks = np.zeros(len(words) + 1, bool)
        breaks[np.cumsum(np.concatenate(([0], sizes.ravel()[:-1])))] = True
        for counter, digests in zip(self._counters.values(), both):
            counter.add(rows, digests, breaks[:-1])
        self._rows += len(texts)
        self._occurrences += len(words) + sizes.size       # with a gap behind each text: the size of a table depends on it

    def _digest(self, word: str) -> tuple[int, int]:
        known = self._digests.get(word)
        if known is None:
            known = self._digests[word] = digest(word), digest(fold(word))
        return known


def tables(blobs: Iterable[tuple[str, dict]]) -> dict[str, PairCounts]:
    """(part, blob) in any order → the counts of all parts together, by name."""
    pieces: dict[str, dict[str, dict[int, bytes]]] = {name: {} for name in NAMES}
    for part, blob in blobs:
        pieces[blob["name"]].setdefault(part, {})[blob["number"]] = zlib.decompress(base64.b64decode(blob["data"]))
    whole = {name: [np.frombuffer(b"".join(data for _, data in sorted(part.items())), np.uint8) for part in parts.values()]
             for name, parts in pieces.items()}
    return {name: PairCounts({name: _together(found)}, name) for name, found in whole.items()}


def _together(found: list[np.ndarray]) -> np.ndarray:
    """Tables of parts as one, of the size of the smallest: a place is the low bits of a number."""
    if len(found) < 2:
        return found[0] if found else np.zeros(2, np.uint8)
    size = min(len(table) for table in found) // 2
    counts = sum((np.exp2(table / STEP) - 1).reshape(2, -1, size).sum(axis=1) for table in found)
    return np.minimum(np.rint(np.log2(counts + 1) * STEP), 255).astype(np.uint8).ravel()


class _Taken(dict):
    """Where a counter writes its table to."""

    def write(self, name: str, values: np.ndarray) -> None:
        self[name] = values
