"""What an index can tell about its words, for reading a query."""
from collections.abc import Sequence

import numpy as np

from index.spelling import fold
from search import expansion
from search.segment import Segment


class SegmentLexicon:
    def __init__(self, segment: Segment, harvested: tuple[tuple[str, str], ...] = ()):
        """`harvested`: abbreviations that the corpus itself explains, (short, long)."""
        self._segment, self.documents = segment, segment.documents
        self.names = expansion.table(harvested)

    def spellings(self, folded: str) -> tuple[str, ...]:
        """Every token with this fold, most frequent first."""
        return self._by_frequency(self._segment.vocabulary.terms(folded, any_accent=True))

    def expect(self, words: Sequence[str]) -> None:
        """All of them are at hand."""

    def usual(self, folds: Sequence[str]) -> tuple[str, ...]:
        """The most frequent spelling of each fold that occurs, most frequent first."""
        return tuple(sorted((word for folded in folds for word in self.spellings(folded)[:1]), key=self.df, reverse=True))

    def df(self, text: str) -> int:
        """Documents that hold the token."""
        term = self._segment.vocabulary.term(text)
        return 0 if term is None else self._segment.text.count(term)

    def prefix(self, start: str, most: int) -> tuple[str, ...]:
        """Folded tokens that begin so, most frequent first."""
        words = self._by_frequency(self._segment.vocabulary.beginning(start, any_accent=True))
        return tuple(dict.fromkeys(map(fold, words)))[:most]

    def values(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that occur."""
        return self._segment.columns.facet(facet).values

    def _by_frequency(self, terms: np.ndarray) -> tuple[str, ...]:
        order = np.argsort(-self._segment.text.counts(terms), kind="stable")
        return tuple(self._segment.vocabulary.word(term) for term in terms[order].tolist())
