"""What stands between white space becomes syllables with their offsets in it, worked out once and remembered."""
import re
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

import numpy as np

from index import codes
from index.segmenter import BOUNDARY, Segmenter
from index.spelling import INVISIBLE, canonical, compose, place_tones
from index.table import Table

NUMBER, KIND = 1, 2             # traits of a syllable that document codes are made of
_MOST = 1 << 23                 # characters remembered before starting over: some 80 MB in all
_OVERHEAD = 32                  # of a chunk, in characters
#: Letters and digits; a point or comma between two digits belongs to a number, which `pieces` checks.
_RUN = re.compile(r"[tT]\.[ƯưUuWw](?![^\W_])|\d+(?:[.,]\d+)+|[^\W_]+")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+")
_DIGITS = re.compile(r"\d+")
_CHUNK = np.dtype([("first", "u4"), ("count", "u4"), ("pyvi_first", "u4"), ("pyvi_count", "u4")])
_SYLLABLE = np.dtype([("text", "u4"), ("start", "u4"), ("end", "u4"), ("owner", "u4"), ("traits", "u1")])


class Chunks:
    """Chunks by number, each with its syllables and, where wanted, the ones pyvi sees. Threads may share one."""

    def __init__(self, segmented: bool):
        self._segmenter = Segmenter() if segmented else None
        self._numbers: dict[str, int] = {}
        self._chunks, self._syllables, self._pyvi = Table(_CHUNK), Table(_SYLLABLE), Table(np.dtype([("number", "u4")]))
        self._between = self._chunks.extend([(0, 0, self._pyvi.extend([(BOUNDARY,)]), 1)])
        self._text_numbers: dict[str, int] = {}
        self.texts: list[str] = []
        self._traits: list[int] = []
        self._size = 0
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        return self._size > _MOST

    def read(self, chunks: list[str], begins: np.ndarray, between: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The syllables of chunks that begin there, as records, and which of them continue a word; `between`: which of the
        chunks only part one text from the next."""
        numbers = list(map(self._numbers.get, chunks))
        if None in numbers:
            self._learn({chunk for chunk, number in zip(chunks, numbers) if number is None})
            numbers = list(map(self._numbers.get, chunks))
        numbers = np.array(numbers, np.intp)
        numbers[between] = self._between
        found = self._chunks.take(numbers)
        count = found["count"].astype(np.intp)
        syllables = self._syllables.take(_runs(found["first"], count))
        for edge in ("start", "end"):
            syllables[edge] += np.repeat(begins, count)
        return syllables, self._joined(found, count, syllables["owner"])

    def _joined(self, found: np.ndarray, count: np.ndarray, owner: np.ndarray) -> np.ndarray:
        joined = np.zeros(len(owner), bool)
        if self._segmenter:
            lengths = found["pyvi_count"].astype(np.intp)
            joins = self._segmenter.joins(self._pyvi.take(_runs(found["pyvi_first"], lengths))["number"])
            word = np.cumsum(~joins).take(np.repeat(np.cumsum(lengths) - lengths, count) + owner)
            joined[1:] = word[1:] == word[:-1]
        return joined

    def _learn(self, chunks: set[str]) -> None:
        with self._lock:
            new = [chunk for chunk in chunks if chunk not in self._numbers]
            cleaned = [clean_of(chunk) for chunk in new]
            seen = self._pyvi_of([clean for clean, _, _ in cleaned])
            own = [self._syllables_of(*clean, numbers) for clean, numbers in zip(cleaned, seen)]
            first = self._chunks.extend(list(zip(
                accumulate(map(len, own), initial=self._syllables.extend(list(chain(*own)))), map(len, own),
                accumulate(map(len, seen), initial=self._pyvi.extend([(n,) for n in chain(*seen)])), map(len, seen))))
            # Numbers come last: who finds one finds all that goes with it.
            self._numbers.update(zip(new, range(first, first + len(new))))
            self._size += sum(map(len, new)) + _OVERHEAD * len(new)

    def _pyvi_of(self, cleaned: list[str]) -> list[list[int]]:
        if not self._segmenter:
            return [[] for _ in cleaned]
        return self._segmenter.numbers([place_tones(clean, modern=True) for clean in cleaned])

    def _syllables_of(self, clean: str, begins: Sequence[int], ends: Sequence[int], seen: list[int]) -> list[tuple]:
        """Records of the syllables; `seen`: the numbers of those that pyvi sees."""
        edges = [*accumulate(len(self._segmenter.texts[number]) for number in seen[:-1])]
        syllables = []
        for start, end in pieces(clean):
            number = self._text(canonical(clean[start:end]))
            syllables.append((number, begins[start], ends[end - 1], bisect_right(edges, start), self._traits[number]))
        return syllables

    def _text(self, text: str) -> int:
        number = self._text_numbers.get(text)
        if number is None:
            number = self._text_numbers[text] = len(self.texts)
            self.texts.append(text)
            self._traits.append(codes.is_number(text) * NUMBER + codes.names_kind(text) * KIND)
        return number


def _runs(first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """The numbers of records that stand in runs: each run's first, how many."""
    after = np.cumsum(count)
    return np.repeat(first + count - after, count) + np.arange(after[-1] if len(after) else 0)


def pieces(clean: str) -> Iterator[tuple[int, int]]:
    """Where the syllables are. A date with points falls apart like one with strokes, a number does not."""
    if clean.isalpha():
        yield 0, len(clean)
        return
    for run in _RUN.finditer(clean):
        if run[0][0].isdigit() and not run[0].isalnum() and not _NUMBER.fullmatch(run[0]):
            yield from (digits.span() for digits in _DIGITS.finditer(clean, *run.span()))
        else:
            yield run.span()


def clean_of(chunk: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The chunk composed, with canonical tones, and where in it as given each character begins and ends."""
    clean = place_tones(compose(chunk))
    if len(clean) == len(chunk) and unicodedata.is_normalized("NFC", chunk):
        return clean, range(len(chunk)), range(1, len(chunk) + 1)
    composed, begins, ends = [], [], []
    for start, end in _clusters(chunk):
        for char in compose(chunk[start:end]):
            composed.append(char)
            begins.append(start)
            ends.append(start + len(chunk[start:end].rstrip(INVISIBLE)))
    return place_tones("".join(composed)), begins, ends


def _clusters(chunk: str) -> Iterator[tuple[int, int]]:
    """Spans of characters that compose among themselves only: a letter and what is written onto it."""
    start = 0
    for i in range(1, len(chunk) + 1):
        if i == len(chunk) or not _leans(chunk[i]):
            yield start, i
            start = i


def _leans(char: str) -> bool:      # on the one before: marks, Hangul vowels and finals
    return unicodedata.category(char)[0] == "M" or char in INVISIBLE or "\u1160" <= char <= "\u11ff"
