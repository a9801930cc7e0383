"""An opened segment: the arrays that queries read, and what was computed of them, within bounds."""
from collections.abc import Callable
from functools import cached_property

import numpy as np

from index.arrays import Arrays
from index.fields import FACETS
from index.figures import FigureColumns
from index.lengths import LengthCode
from index.postings import Postings
from index.vocabulary import Vocabulary
from search.caching import Cache
from search.columns import Columns
from search.matches import Matches
from search.scoring import Scorer
from search.tree import Node, Prefix, Syllable

ROOM = 96 << 20     # bytes of matches that are kept
TERMS = 4 << 20     # and of words' numbers


class Segment:
    def __init__(self, arrays: Arrays, lengths: LengthCode, room: int = ROOM):
        self.arrays, self._lengths = arrays, lengths
        self.documents: int = arrays.told["documents"]
        self.text, self.code = (Postings(arrays, name, self.documents) for name in ("text", "code"))
        self.columns = Columns(arrays)
        self._terms: Cache[np.ndarray] = Cache(TERMS, lambda terms: terms.nbytes + 300)
        self.kept: Cache[Matches] = Cache(room, lambda matches: matches.nbytes)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.arrays, "vocabulary")

    @cached_property
    def codes(self) -> Vocabulary:
        return Vocabulary(self.arrays, "codes")

    @cached_property
    def scorer(self) -> Scorer:
        return Scorer.of(self.arrays, self._lengths)

    @cached_property
    def slot_starts(self) -> np.ndarray:
        return self.arrays["slot_starts"]

    @cached_property
    def tokens(self) -> np.ndarray:
        return self.arrays["tokens"]

    @cached_property
    def titles(self) -> np.ndarray:
        """Row → slots of its title."""
        return self.arrays["title_slots"]

    @cached_property
    def figures(self) -> FigureColumns:
        return FigureColumns.of_arrays(self.arrays)

    @cached_property
    def originals(self) -> np.ndarray:
        """Row → whether it is no later copy."""
        return self.columns.originals()

    def ready(self) -> None:
        """Maps and builds what queries need, so that the first one does not pay for it; nothing is read whole."""
        self.arrays.map_all()
        self.vocabulary, self.codes, self.scorer, self.slot_starts, self.tokens, self.titles, self.originals
        for name in FACETS:
            self.columns.facet(name)

    def terms(self, word: Syllable | Prefix) -> np.ndarray:
        """Every term that the word stands for."""
        return self._terms.get(word, lambda: self._looked_up(word))

    def _looked_up(self, word: Syllable | Prefix) -> np.ndarray:
        if isinstance(word, Prefix):
            return self.vocabulary.beginning(word.text, word.any_accent)
        return self.vocabulary.terms(word.text, word.any_accent)

    def forget(self) -> None:
        """Empties the caches."""
        self.kept.clear()
        self._terms.clear()

    def row(self, id: str) -> int | None:
        """Of a document's id; None where it is not here."""
        try:
            number = np.uint64(int(id, 16))
        except (ValueError, OverflowError):
            return None
        order, ids = self.arrays["id_order"], self.arrays["ids"]
        at = int(np.searchsorted(ids, number, sorter=order))
        found = at < len(order) and ids[order[at]] == number and len(id) == 16
        return int(order[at]) if found else None

    def keep(self, node: Node, make: Callable[[], Matches]) -> Matches:
        return self.kept.get(node, make)

    def term(self, postings: Postings, terms: np.ndarray, field: str | None) -> Matches:
        """Documents that hold any of the terms, which score as one."""
        return Matches(self.documents, *self.scorer.scores(postings.join(terms), field))
