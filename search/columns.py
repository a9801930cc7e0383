"""Facets and dates as columns: which documents pass the filters, and how many stand under every value."""
from dataclasses import dataclass
from datetime import date

import numpy as np

from index.arrays import Arrays


@dataclass(frozen=True, slots=True, eq=False)
class FacetColumn:
    codes: np.ndarray           # row → code of its combination of values
    values: tuple[str, ...]     # that occur, in order, NONE among them
    pair_codes: np.ndarray      # one entry for every value of every combination
    pair_values: np.ndarray
    totals: np.ndarray          # code → documents of the whole index

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> "FacetColumn":
        combinations = arrays.told["facets"][name]
        values = sorted({v for combination in combinations for v in combination})
        number = {v: i for i, v in enumerate(values)}
        pairs = [(code, number[v]) for code, combination in enumerate(combinations) for v in combination]
        codes = arrays[f"facet_{name}"].astype(np.int64)        # as counting wants them
        pair_codes, pair_values = np.array(pairs, np.int64).reshape(-1, 2).T.copy()
        return cls(codes, tuple(values), pair_codes, pair_values, np.bincount(codes, minlength=len(combinations)))

    def by_code(self, rows: np.ndarray) -> np.ndarray:
        return np.bincount(self.codes[rows], minlength=len(self.totals))

    def by_value(self, by_code: np.ndarray) -> np.ndarray:
        return np.bincount(self.pair_values, by_code[self.pair_codes], len(self.values)).astype(np.int64)

    def having(self, values: frozenset[str], all_of_them: bool = False) -> np.ndarray:
        """Row → whether it has any of the values, or all."""
        return self.allowed(values, all_of_them)[self.codes]

    def allowed(self, values: frozenset[str], all_of_them: bool = False) -> np.ndarray:
        """Code → the same."""
        wanted = np.array([v in values for v in self.values], bool)
        held = np.bincount(self.pair_codes, wanted[self.pair_values], len(self.totals))
        return held >= (len(values) if all_of_them else 1)


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
        return _expanded(a, b, together, counts)


def _expanded(a: FacetColumn, b: FacetColumn, together: np.ndarray, counts: np.ndarray) -> dict[tuple[str, str], int]:
    values_of = lambda column: [column.pair_values[column.pair_codes == code] for code in range(len(column.totals))]
    of_a, of_b, out = values_of(a), values_of(b), {}
    for pair, count in zip(together.tolist(), counts.tolist()):
        for i in of_a[pair // len(b.totals)].tolist():
            for j in of_b[pair % len(b.totals)].tolist():
                key = a.values[i], b.values[j]
                out[key] = out.get(key, 0) + count
    return out
