"""Text becomes tokens: syllables, the words they join into, and document codes, each with exact offsets."""
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from index import segmenter
from index.codes import codes
from index.spelling import INVISIBLE, canonical, compose, fold, has_accents, place_tones

__all__ = ["VERSION", "Token", "Tokens", "analyse", "canonical", "fold", "has_accents"]

VERSION = 1     # raised when the same text would give other tokens
#: Letters and digits; a point or comma between two digits belongs to a number, which `_pieces` checks.
_RUN = re.compile(r"[tT]\.[ƯưUuWw](?![^\W_])|\d+(?:[.,]\d+)+|[^\W_]+")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Token:
    text: str       # canonical; a word's syllables are joined by "_"
    start: int      # offsets into the text as given: source[start:end] is always what it stands for
    end: int
    position: int   # counted in syllables


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Columns, cheap to store and to ship between processes."""
    texts: list[str]                    # one per syllable, canonical
    starts: np.ndarray                  # uint32, code points of the text as given
    ends: np.ndarray                    # uint32
    joined: np.ndarray                  # bool: the syllable belongs to the same word as the one before it
    codes: list[tuple[str, int, int]]   # document code, its first syllable, its last

    def __len__(self) -> int:
        return len(self.texts)

    def syllables(self) -> Iterator[Token]:
        for i, (text, start, end) in enumerate(zip(self.texts, self.starts.tolist(), self.ends.tolist())):
            yield Token(text, start, end, i)

    def words(self) -> Iterator[Token]:
        firsts = np.flatnonzero(~self.joined).tolist()
        for first, after in zip(firsts, firsts[1:] + [len(self.texts)]):
            text = "_".join(self.texts[first:after])
            yield Token(text, int(self.starts[first]), int(self.ends[after - 1]), first)


def analyse(text: str, words: bool = True) -> Tokens:
    """`words=False` leaves segmentation out (queries, passages): nothing is joined and pyvi is not needed."""
    spans, texts, owners = [], [], []
    cleaned = []
    for chunk in re.finditer(r"\S+|\n", text):
        clean, begins, stops = _clean(chunk[0])
        at = sum(map(len, cleaned))
        cleaned.append(clean)
        for start, end in _pieces(clean):
            texts.append(canonical(clean[start:end]))
            spans.append((chunk.start() + begins[start], chunk.start() + stops[end - 1]))
            owners.append(at + start)
    starts, ends = (np.array([s[k] for s in spans], np.uint32) for k in (0, 1))
    joined = np.zeros(len(texts), bool)
    if words:
        lengths = (len(w.replace("_", "")) if "_" != w else 1 for w in segmenter.words(" ".join(cleaned)))
        ends_of_words = np.array(list(accumulate(lengths)))
        number = np.searchsorted(ends_of_words, owners, side="right")
        joined[1:] = number[1:] == number[:-1]
    return Tokens(texts, starts, ends, joined, codes(texts, starts.tolist(), ends.tolist(), text))


def _pieces(clean: str) -> Iterator[tuple[int, int]]:
    """Where the syllables are. A date with points falls apart like one with strokes, a number does not."""
    for run in _RUN.finditer(clean):
        if run[0][0].isdigit() and not run[0].isalnum() and not _NUMBER.fullmatch(run[0]):
            yield from (digits.span() for digits in _DIGITS.finditer(clean, *run.span()))
        else:
            yield run.span()


def _clean(chunk: str) -> tuple[str, list[int], list[int]]:
    """The chunk composed and with canonical tones, and where each of its characters begins and ends in it as given."""
    clean = place_tones(compose(chunk))
    if len(clean) == len(chunk) and unicodedata.is_normalized("NFC", chunk):
        return clean, list(range(len(chunk))), list(range(1, len(chunk) + 1))
    composed, begins, stops = [], [], []
    for start, end in _clusters(chunk):
        for char in compose(chunk[start:end]):
            composed.append(char)
            begins.append(start)
            stops.append(start + len(chunk[start:end].rstrip(INVISIBLE)))
    return place_tones("".join(composed)), begins, stops


def _clusters(chunk: str) -> Iterator[tuple[int, int]]:
    """Spans of characters that compose among themselves only: a letter and what is written onto it."""
    start = 0
    for i in range(1, len(chunk) + 1):
        if i == len(chunk) or not _leans(chunk[i]):
            yield start, i
            start = i


def _leans(char: str) -> bool:      # on the one before: marks, Hangul vowels and finals
    return unicodedata.category(char)[0] == "M" or char in INVISIBLE or "\u1160" <= char <= "\u11ff"
