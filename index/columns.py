"""A facet becomes a column of codes, one a distinct combination of values, and tables that turn codes into values.

    facet_NAME                  row → code
    facet_NAME_totals           code → documents
    facet_NAME_holders          value by value the codes that hold it
    facet_NAME_edges            value → where its codes begin
"""
from dataclasses import dataclass

import numpy as np

from index.arrays import Arrays, ArraysWriter


def write_facet(arrays: ArraysWriter, name: str, combinations: dict[tuple[str, ...], int], codes) -> list[str]:
    """`combinations` by code. The values in order, which the list of arrays keeps."""
    values = sorted({value for combination in combinations for value in combination})
    holders: dict[str, list[int]] = {value: [] for value in values}
    for combination, code in combinations.items():
        for value in combination:
            holders[value].append(code)
    codes = np.array(codes, np.uint16 if len(combinations) <= 1 << 16 else np.uint32)
    arrays.write(f"facet_{name}", codes)
    arrays.write(f"facet_{name}_totals", np.bincount(codes, minlength=len(combinations)))
    arrays.write(f"facet_{name}_holders", np.array([code for value in values for code in holders[value]], np.int64))
    arrays.write(f"facet_{name}_edges", np.cumsum([0, *(len(holders[value]) for value in values)]))
    return values


@dataclass(frozen=True, slots=True, eq=False)
class FacetColumn:
    codes: np.ndarray
    values: tuple[str, ...]     # that occur, in order, NONE among them
    holders: np.ndarray
    edges: np.ndarray
    totals: np.ndarray

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> "FacetColumn":
        parts = (arrays[f"facet_{name}_{part}"] for part in ("holders", "edges", "totals"))
        return cls(arrays[f"facet_{name}"], tuple(arrays.told["facets"][name]), *parts)

    def by_code(self, rows: np.ndarray) -> np.ndarray:
        """Code → how many of the rows have it."""
        return np.bincount(self.codes[rows], minlength=len(self.totals))

    def by_value(self, by_code: np.ndarray) -> np.ndarray:
        """Value → how many rows have it; every value has a code that holds it."""
        return np.add.reduceat(by_code[self.holders], self.edges[:-1]) if self.values else by_code

    def told(self, by_code: np.ndarray) -> tuple[tuple[str, int], ...]:
        """(value, count) in the order of values, none at 0."""
        return tuple([pair for pair in zip(self.values, self.by_value(by_code).tolist()) if pair[1]])

    def having(self, values: frozenset[str]) -> np.ndarray:
        """Row → whether it has any of the values."""
        wanted = np.zeros(len(self.totals), bool)
        for value in values.intersection(self.values):
            at = self.values.index(value)
            wanted[self.holders[self.edges[at]:self.edges[at + 1]]] = True
        return wanted[self.codes]

    def held(self, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(place in `codes`, number of a value that this code holds), for all of them."""
        order = np.argsort(self.holders, kind="stable")
        values = np.repeat(np.arange(len(self.values)), np.diff(self.edges))[order]
        first, last = (np.searchsorted(self.holders[order], codes, side) for side in ("left", "right"))
        sizes = last - first
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.repeat(np.arange(len(codes)), sizes), values[within + np.repeat(first, sizes)]
