"""Words become the numbers of terms, by spelling, by fold or by beginning: binary search in sorted bytes on the disk.

    words, word_starts      every word as UTF-8, sorted
    word_terms              rank of a word → its term
    term_words              and back
    folds, fold_starts      the same words without accents, sorted, each once
    fold_terms, fold_edges  rank of a fold → its terms
    term_folds              term → rank of its fold
"""
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from index.arrays import Arrays, ArraysWriter

_AFTER = b"\xff"        # sorts behind every continuation of a UTF-8 prefix


class _Sorted(Sequence):
    """Byte strings in order, read from the disk as they are asked for."""

    def __init__(self, blob: np.ndarray, starts: np.ndarray):
        self._blob, self._starts = memoryview(blob), starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, i: int) -> bytes:
        return bytes(self._blob[self._starts[i]:self._starts[i + 1]])

    def find(self, text: str) -> int | None:
        key = text.encode("utf-8", "surrogatepass")
        at = bisect_left(self, key)
        return at if at < len(self) and self[at] == key else None

    def range(self, prefix: str) -> tuple[int, int]:
        key = prefix.encode("utf-8", "surrogatepass")
        return bisect_left(self, key), bisect_left(self, key + _AFTER)


class Vocabulary:
    def __init__(self, arrays: Arrays, name: str):
        self._get = lambda part: arrays[f"{name}.{part}"]
        self._words = _Sorted(self._get("words"), self._get("word_starts"))
        self._folds = _Sorted(self._get("folds"), self._get("fold_starts"))

    def __len__(self) -> int:
        return len(self._words)

    def term(self, word: str) -> int | None:
        at = self._words.find(word)
        return None if at is None else int(self._get("word_terms")[at])

    def word(self, term: int) -> str:
        return self._words[int(self._get("term_words")[term])].decode()

    def terms(self, text: str, any_accent: bool) -> np.ndarray:
        """Of one spelling, or of every spelling with this fold."""
        if any_accent:
            at = self._folds.find(text)
            return np.empty(0, np.int64) if at is None else self._fold_members(at, at + 1)
        term = self.term(text)
        return np.array([] if term is None else [term], np.int64)

    def beginning(self, prefix: str, any_accent: bool) -> np.ndarray:
        if any_accent:
            return self._fold_members(*self._folds.range(prefix))
        return self._get("word_terms")[slice(*self._words.range(prefix))].astype(np.int64)

    def fold(self, text: str) -> int | None:
        """Rank of a fold, as `term_folds` has it."""
        return self._folds.find(text)

    @property
    def term_folds(self) -> np.ndarray:
        return self._get("term_folds")

    def sorted_words(self, first: bytes = b"") -> Iterable[tuple[bytes, int]]:
        """(word, term) in order, from `first` on."""
        terms = self._get("word_terms")
        return ((self._words[i], int(terms[i])) for i in range(bisect_left(self._words, first), len(self)))

    def _fold_members(self, first: int, after: int) -> np.ndarray:
        edges = self._get("fold_edges")
        return self._get("fold_terms")[int(edges[first]):int(edges[after])].astype(np.int64)


def write(arrays: ArraysWriter, name: str, words: list[str], fold: Callable[[str], str]) -> None:
    """`words` by term."""
    ranked = sorted(range(len(words)), key=words.__getitem__)       # code points sort as their UTF-8 does
    word_terms = np.array(ranked, np.uint32)
    _blob(arrays, f"{name}.word", [words[i] for i in ranked])
    arrays.write(f"{name}.word_terms", word_terms)
    arrays.write(f"{name}.term_words", _inverse(word_terms))
    members: dict[str, list[int]] = {}
    for term, word in enumerate(words):
        members.setdefault(fold(word), []).append(term)
    folds = sorted(members)
    sizes = np.array([len(members[f]) for f in folds], np.int64)
    fold_terms = np.array([term for f in folds for term in members[f]], np.uint32)
    _blob(arrays, f"{name}.fold", folds)
    arrays.write(f"{name}.fold_terms", fold_terms)
    arrays.write(f"{name}.fold_edges", np.concatenate(([0], np.cumsum(sizes))).astype(np.uint32))
    term_folds = np.empty(len(words), np.uint32)
    term_folds[fold_terms] = np.repeat(np.arange(len(folds), dtype=np.uint32), sizes)
    arrays.write(f"{name}.term_folds", term_folds)


def _blob(arrays: ArraysWriter, name: str, texts: list[str]) -> None:
    encoded = [text.encode() for text in texts]
    arrays.write(f"{name}s", np.frombuffer(b"".join(encoded), np.uint8))
    arrays.write(f"{name}_starts", np.concatenate(([0], np.cumsum([len(e) for e in encoded]))).astype(np.uint32))


def _inverse(order: np.ndarray) -> np.ndarray:
    out = np.empty(len(order), np.uint32)
    out[order] = np.arange(len(order), dtype=np.uint32)
    return out
