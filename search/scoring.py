"""Occurrences become BM25F scores: as Whoosh computes them, for all documents of a term at once."""
import math
from dataclasses import dataclass

import numpy as np

from index.arrays import Arrays
from index.fields import TEXTS
from index.lengths import LengthCode
from index.postings import PostingList

K1, B = 1.2, 0.75       # Robertson and Zaragoza's usual values, and Whoosh's


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    documents: int
    codes: dict[str, np.ndarray]        # row → code of its text's length
    norms: dict[str, np.ndarray]        # code → K1 × (1 − B + B × length / mean length)

    @classmethod
    def of(cls, arrays: Arrays, lengths: LengthCode) -> "Scorer":
        documents = arrays.told["documents"]
        means = {name: arrays.told["totals"][name] / (documents or 1) or 1 for name in TEXTS}
        return cls(documents, {name: arrays[f"{name}_lengths"] for name in TEXTS},
                   {name: K1 * (1 - B + B * lengths.table / mean) for name, mean in means.items()})

    def scores(self, found: PostingList, field: str | None = None) -> tuple[np.ndarray, np.ndarray]:
        """(rows, scores) of one term in one text or in both; the weight of a text is inside its frequency."""
        if field == "title":
            return self._in(field, found.rows, found.titles)
        if field == "body":
            return self._in(field, found.rows, found.bodies)
        if not len(found):
            return found.rows, np.empty(0)
        titled = np.flatnonzero(found.titles)
        scores = self._scored("body", found.rows, found.bodies, np.count_nonzero(found.bodies))
        if len(titled):
            scores[titled] += self._scored("title", found.rows[titled], found.titles[titled], len(titled))
        return found.rows, scores

    def _in(self, field: str, rows: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        held = np.flatnonzero(counts)
        return rows[held], self._scored(field, rows[held], counts[held], len(held))

    def _scored(self, field: str, rows: np.ndarray, counts: np.ndarray, frequency: int) -> np.ndarray:
        """`frequency`: documents that hold the term in this text. 0 where a count is 0."""
        idf = math.log(self.documents / (frequency + 1)) + 1
        weighed = counts * TEXTS[field]
        return weighed * (idf * (K1 + 1)) / (weighed + self.norms[field][self.codes[field][rows]])
