"""Which documents satisfy a part of a query, and with what score."""
from dataclasses import dataclass, field

import numpy as np

SPARSE = 16     # one document in so many: below, a search in the rows is cheaper than a table of all documents


@dataclass(slots=True, eq=False)
class Matches:
    """Rows ascend; no rows at all (None) means every document, no scores that nothing is scored.

    Never changed once made, but for the tables that are filled when first asked for.
    """
    documents: int                          # of the index
    rows: np.ndarray | None = None          # int64
    scores: np.ndarray | None = None        # float64
    positive: bool = True                   # every score is; not so where a part that scores nothing is enough
    counts: dict[str, tuple] = field(default_factory=dict)      # of facets, once they were counted
    _dense: np.ndarray | None = None        # row → score, 0 where the row does not match
    _mask: np.ndarray | None = None         # row → whether it matches

    def __len__(self) -> int:
        return self.documents if self.rows is None else len(self.rows)

    @property
    def nbytes(self) -> int:
        """With the tables it may grow by."""
        each = 8 if self.rows is None or self.scores is None else 16
        return len(self) * each + (9 * self.documents if len(self) * SPARSE > self.documents else 0) + 200

    def all_rows(self) -> np.ndarray:
        return np.arange(self.documents) if self.rows is None else self.rows

    def dense(self) -> np.ndarray:
        """Of scored matches only."""
        if self._dense is None:
            if len(self.rows) == self.documents:
                self._dense = self.scores
            else:
                dense = np.zeros(self.documents)
                dense[self.rows] = self.scores
                self._dense = dense
        return self._dense

    def mask(self) -> np.ndarray:
        if self._mask is None:
            mask = np.zeros(self.documents, bool)
            mask[slice(None) if self.rows is None else self.rows] = True
            self._mask = mask
        return self._mask

    def others(self) -> np.ndarray:
        """The rows that do not match."""
        if self.rows is None or len(self.rows) == self.documents:
            return np.empty(0, np.int64)
        return np.flatnonzero(~self.mask())

    def at(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        """(whether each of some rows matches, its score or 0)."""
        if self.rows is None or len(self.rows) == self.documents:
            return np.ones(len(rows), bool), None if self.scores is None else self.scores[rows]
        if self._dense is None and self._mask is None and not self._table(len(rows)):
            return self._searched(rows)
        if self.scores is None:
            return self.mask()[rows], None
        scores = self.dense()[rows]
        return (scores > 0 if self.positive else self.mask()[rows]), scores

    def _table(self, wanted: int) -> bool:
        """Whether a table of all documents pays for so many look-ups."""
        return len(self.rows) * SPARSE > self.documents and wanted * SPARSE > len(self.rows)

    def _searched(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        if not len(self.rows):
            return np.zeros(len(rows), bool), None if self.scores is None else np.zeros(len(rows))
        at = np.searchsorted(self.rows, rows)
        at[at == len(self.rows)] = 0
        held = self.rows[at] == rows
        return held, None if self.scores is None else np.where(held, self.scores[at], 0)


def added(scores: list[np.ndarray | None]) -> np.ndarray | None:
    """Sums from left to right, so that equal documents get equal scores."""
    total = None
    for one in scores:
        if one is not None:
            total = one if total is None else total + one
    return total
