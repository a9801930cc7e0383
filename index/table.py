"""Records appended a few at a time become an array that can be read at any moment."""
from collections.abc import Sequence

import numpy as np


class Table:
    """Reading needs no lock: rows once written stay, and a larger array takes the old one's place whole."""

    def __init__(self, dtype: np.dtype):
        self._rows = np.zeros(1024, dtype)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def extend(self, records: Sequence[tuple]) -> int:
        """The number of the first record appended. One writer at a time."""
        first, used = self._used, self._used + len(records)
        if used > len(self._rows):
            larger = np.zeros(max(2 * len(self._rows), used), self._rows.dtype)
            larger[:first] = self._rows[:first]
            self._rows = larger
        if records:
            self._rows[first:used] = records
        self._used = used
        return first

    def take(self, numbers: np.ndarray) -> np.ndarray:
        return self._rows.take(numbers)     # on records ten times as fast as indexing
