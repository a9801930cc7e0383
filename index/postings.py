"""Terms' numbers become the documents that hold them, how often, and where: reading the arrays of `inversion`."""
from dataclasses import dataclass

import numpy as np

from index.arrays import Arrays, slices
from index.inversion import BLOCK, BODIES


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
        return PostingList(self._rows(term, start, end), *self._counts(slice(start, end), start, end))

    def rows(self, term: int) -> np.ndarray:
        return self._rows(term, *self["starts"][term:term + 2].tolist())

    def join(self, terms: np.ndarray) -> PostingList:
        """Several terms as one, their occurrences added up."""
        lists = [self.list(term) for term in terms.tolist()]
        if len(lists) == 1:
            return lists[0]
        rows = np.concatenate([one.rows for one in lists] or [np.empty(0, np.int64)])
        titles, bodies = (np.concatenate([getattr(one, name) for one in lists] or [rows]) for name in ("titles", "bodies"))
        if len(rows) * 8 > self._documents:
            titles, bodies = (np.bincount(rows, values, self._documents) for values in (titles, bodies))
            rows = np.flatnonzero(titles + bodies)
            return PostingList(rows, titles[rows], bodies[rows])
        distinct, at = np.unique(rows, return_inverse=True)
        return PostingList(distinct, np.bincount(at, titles, len(distinct)), np.bincount(at, bodies, len(distinct)))

    def places(self, term: int) -> tuple[np.ndarray, np.ndarray]:
        """(row, position in it) of every occurrence, ascending."""
        found = self.list(term)
        start, end = self["position_starts"][term:term + 2].tolist()
        return np.repeat(found.rows, (found.titles + found.bodies).astype(np.int64)), self["positions"][start:end]

    def places_in(self, term: int, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(index into `wanted`, position) of the occurrences in some ascending rows."""
        found = self.list(term)
        at = np.searchsorted(found.rows, wanted)
        at[at == len(found)] = 0
        held = np.flatnonzero(found.rows[at] == wanted) if len(found) else np.empty(0, np.int64)
        counts = (found.titles + found.bodies).astype(np.int64)
        starts = np.cumsum(counts) - counts + self["position_starts"][term]
        chosen = at[held]
        return np.repeat(held, counts[chosen]), self["positions"][slices(starts[chosen], counts[chosen])]

    def _rows(self, term: int, start: int, end: int) -> np.ndarray:
        rows = self["rows"][start:end].astype(np.int64)
        if self._blocks > 1:
            splits = self["splits"][term * self._blocks:(term + 1) * self._blocks]
            for block, (first, after) in enumerate(zip(splits[:-1].tolist(), splits[1:].tolist()), 1):
                rows[first:after] += block * BLOCK
        return rows

    def _counts(self, span: slice, start: int, end: int) -> tuple[np.ndarray, np.ndarray]:
        packed = self["counts"][span]
        titles, bodies = packed >> 6, packed & BODIES
        beyond = self["beyond_at"]
        first, after = np.searchsorted(beyond, (start, end)).tolist()
        if after > first:
            titles, bodies = titles.astype(np.int64), bodies.astype(np.int64)
            at = beyond[first:after] - start
            titles[at], bodies[at] = self["beyond_title"][first:after], self["beyond_body"][first:after]
        return titles, bodies
