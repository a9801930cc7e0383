"""Terms' numbers become the documents that hold them, how often, and where: reading the arrays of `inversion`."""
from dataclasses import dataclass

import numpy as np

from index.arrays import Arrays, slices
from index.inversion import BLOCK, BODIES

TITLE = 26      # bits: above them the occurrences in the title, where both kinds are added up in one number
DENSE = 8       # of so many documents one: then counting beats sorting


@dataclass(frozen=True, slots=True, eq=False)
class PostingList:
    """Of one term or of several as one. Rows ascend."""
    rows: np.ndarray        # int64
    titles: np.ndarray      # occurrences in the title
    bodies: np.ndarray      # and in the body

    def __len__(self) -> int:
        return len(self.rows)


class Postings:
    def __init__(self, arrays: Arrays, name: str, documents: int):
        self._arrays, self._name, self._documents = arrays, name, documents
        self._blocks = -(-documents // BLOCK)

    def __getitem__(self, part: str) -> np.ndarray:
        return self._arrays[f"{self._name}.{part}"]

    def __len__(self) -> int:
        return len(self["starts"]) - 1

    def count(self, term: int) -> int:
        """Documents that hold it."""
        starts = self["starts"]
        return int(starts[term + 1] - starts[term])

    def counts(self, terms: np.ndarray) -> np.ndarray:
        starts = self["starts"]
        return starts[terms + 1] - starts[terms]

    def occurrences(self, terms: np.ndarray) -> int:
        starts = self["position_starts"]
        return int((starts[terms + 1] - starts[terms]).sum())

    def list(self, term: int) -> PostingList:
        start, end = self["starts"][term:term + 2].tolist()
        return PostingList(self._rows(np.array([term]), slice(start, end)), *self._counts(slice(start, end)))

    def join(self, terms: np.ndarray) -> PostingList:
        """Several terms as one, their occurrences added up."""
        if len(terms) == 1:
            return self.list(int(terms[0]))
        terms = np.sort(terms)
        at = slices(self["starts"][terms], self.counts(terms))
        rows, (titles, bodies) = self._rows(terms, at), self._counts(at)
        if len(rows) * DENSE > self._documents:
            both = np.bincount(rows, titles * float(1 << TITLE) + bodies, self._documents)      # exact: far below 2 ** 53
            rows = np.flatnonzero(both != 0)    # of bools: many times as fast
            both = both[rows].astype(np.int64)
            return PostingList(rows, both >> TITLE, both & ((1 << TITLE) - 1))
        distinct, place = np.unique(rows, return_inverse=True)
        return PostingList(distinct, *(np.bincount(place, values, len(distinct)) for values in (titles, bodies)))

    def places(self, term: int) -> tuple[np.ndarray, np.ndarray]:
        """(row, position in it) of every occurrence, ascending."""
        found = self.list(term)
        start, end = self["position_starts"][term:term + 2].tolist()
        return np.repeat(found.rows, (found.titles + found.bodies).astype(np.int64)), self["positions"][start:end]

    def _rows(self, terms: np.ndarray, at: slice | np.ndarray) -> np.ndarray:
        """`at`: where the terms' postings are."""
        rows = self["rows"][at].astype(np.int64)
        if self._blocks > 1:
            splits = self["splits"].reshape(-1, self._blocks)[terms]
            each = np.diff(splits.astype(np.int64), axis=1, prepend=0).ravel()
            rows += np.repeat(np.tile(np.arange(self._blocks) * BLOCK, len(terms)), each)
        return rows

    def _counts(self, at: slice | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        packed = self["counts"][at]
        titles, bodies = packed >> 6, packed & BODIES
        if len(beyond := self["beyond_at"]):
            mine, theirs = _shared(at, beyond)
            if len(mine):
                titles, bodies = titles.astype(np.int64), bodies.astype(np.int64)
                titles[mine], bodies[mine] = self["beyond_title"][theirs], self["beyond_body"][theirs]
        return titles, bodies


def _shared(at: slice | np.ndarray, beyond: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of places and of a few ascending ones: (index into the places, into the few) of those in both."""
    if isinstance(at, slice):
        first, after = np.searchsorted(beyond, (at.start, at.stop)).tolist()
        return beyond[first:after] - at.start, np.arange(first, after)
    mine = np.minimum(np.searchsorted(at, beyond), max(len(at) - 1, 0))
    theirs = np.flatnonzero(at[mine] == beyond) if len(at) else mine[:0]
    return mine[theirs], theirs
