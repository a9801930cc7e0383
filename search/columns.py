"""Facets and dates of an opened index: which documents have a value, a date, a text of their own."""
from datetime import date

import numpy as np

from index.arrays import Arrays
from index.columns import FacetColumn


class Columns:
    def __init__(self, arrays: Arrays):
        self._arrays, self._facets = arrays, {}

    def facet(self, name: str) -> FacetColumn:
        found = self._facets.get(name)
        if found is None:
            found = self._facets.setdefault(name, FacetColumn.of(self._arrays, name))
        return found

    def published(self, since: date | None, until: date | None) -> np.ndarray:
        """Row → whether its date lies between the two, inclusive."""
        days = self._arrays["days"]
        held = days >= 0
        if since:
            held &= days >= since.toordinal()
        if until:
            held &= days <= until.toordinal()
        return held

    def originals(self) -> np.ndarray:
        return self._arrays["origins"] == self._arrays["ids"]

    def crossed(self, one: str, other: str, rows: np.ndarray) -> dict[tuple[str, str], int]:
        """(value of one facet, value of the other) → number of rows with both."""
        a, b = self.facet(one), self.facet(other)
        together, counts = np.unique(a.codes[rows].astype(np.int64) * len(b.totals) + b.codes[rows], return_counts=True)
        at, first = a.held(together // len(b.totals))
        again, second = b.held((together % len(b.totals))[at])
        pairs = np.bincount(first[again] * len(b.values) + second, counts[at][again]).astype(np.int64)
        known = np.flatnonzero(pairs)
        return {(a.values[pair // len(b.values)], b.values[pair % len(b.values)]): count
                for pair, count in zip(known.tolist(), pairs[known].tolist())}
