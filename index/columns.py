"""A facet becomes a column of codes, one a distinct combination of values, and tables that turn codes into values.

    facet_NAME                  row → code
    facet_NAME_totals           code → documents
    facet_NAME_pair_codes  facet_NAME_pair_values       one entry for every value of every combination, by code
"""
from dataclasses import dataclass

import numpy as np

from index.arrays import Arrays, ArraysWriter


def write_facet(arrays: ArraysWriter, name: str, combinations: dict[tuple[str, ...], int], codes) -> list[str]:
    """`combinations` by code. The values in order, which the list of arrays keeps."""
    values = sorted({value for combination in combinations for value in combination})
    number = {value: i for i, value in enumerate(values)}
    pairs = [(code, number[value]) for combination, code in combinations.items() for value in combination]
    pair_codes, pair_values = np.array(pairs, np.int64).reshape(-1, 2).T
    codes = np.array(codes, np.uint16 if len(combinations) <= 1 << 16 else np.uint32)
    arrays.write(f"facet_{name}", codes)
    arrays.write(f"facet_{name}_totals", np.bincount(codes, minlength=len(combinations)))
    arrays.write(f"facet_{name}_pair_codes", pair_codes)
    arrays.write(f"facet_{name}_pair_values", pair_values)
    return values


@dataclass(frozen=True, slots=True, eq=False)
class FacetColumn:
    codes: np.ndarray
    values: tuple[str, ...]     # that occur, in order, NONE among them
    pair_codes: np.ndarray
    pair_values: np.ndarray
    totals: np.ndarray

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> "FacetColumn":
        parts = (arrays[f"facet_{name}_{part}"] for part in ("pair_codes", "pair_values", "totals"))
        return cls(arrays[f"facet_{name}"], tuple(arrays.told["facets"][name]), *parts)

    def by_code(self, rows: np.ndarray) -> np.ndarray:
        """Code → how many of the rows have it."""
        return np.bincount(self.codes[rows], minlength=len(self.totals))

    def by_value(self, by_code: np.ndarray) -> np.ndarray:
        return np.bincount(self.pair_values, by_code[self.pair_codes], len(self.values)).astype(np.int64)

    def having(self, values: frozenset[str]) -> np.ndarray:
        """Row → whether it has any of the values."""
        wanted = np.array([v in values for v in self.values], bool)
        held = np.bincount(self.pair_codes, wanted[self.pair_values], len(self.totals))
        return (held > 0)[self.codes]

    def values_of(self, code: int) -> list[str]:
        first, after = np.searchsorted(self.pair_codes, (code, code + 1)).tolist()
        return [self.values[i] for i in self.pair_values[first:after].tolist()]
