"""Text becomes tokens: syllables, the words they join into, and document codes, each with exact offsets.

A syllable is a run of letters and digits, a number as written ("1.250,5") or "T.Ư"; nothing beyond the white space
around it has a say in it, so any part of a text gives the same syllables as inside the text. Words are pyvi's for the
text with its tones placed the modern way ("hoà"), in which pyvi's own word list is written; syllables have the
canonical one ("hòa").
"""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.chunks import KIND, NUMBER, Chunks
from index.codes import codes
from index.segmenter import split
from index.spelling import canonical, fold, has_accents

__all__ = ["VERSION", "Token", "Tokens", "analyse", "analyse_all", "canonical", "fold", "has_accents"]

VERSION = 3     # raised when the same text would give other tokens
_LINE_END = 2
_SPACE = np.array([chr(point).isspace() for point in range(0x3002)], np.uint8)     # no white space is above U+3000
_SPACE[ord("\n")] = _LINE_END
_NEAR = 2       # syllables between a code's number and the name of its kind ("nghị quyết số 20", "12/2018/NQ")
_chunks: dict[bool, Chunks] = {}


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
            yield Token("_".join(self.texts[first:after]), int(self.starts[first]), int(self.ends[after - 1]), first)


def analyse(text: str, words: bool = True) -> Tokens:
    """`words=False` leaves segmentation out (queries, passages): nothing is joined and pyvi is not needed."""
    return analyse_all([text], words)[0]


def analyse_all(texts: Sequence[str], words: bool = True) -> list[Tokens]:
    """The same for many texts, which together take a fraction of the time."""
    chunks = _chunks.get(words)
    if chunks is None or chunks.full:
        chunks = _chunks[words] = Chunks(segmented=words)
    whole = "\n".join(texts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    firsts = np.cumsum(lengths) - lengths
    begins = _begins(whole)
    syllables, joined = chunks.read(split(whole), begins, np.searchsorted(begins, firsts[1:] - 1))
    found = list(map(chunks.texts.__getitem__, syllables["text"].tolist()))
    starts, ends, traits = (np.ascontiguousarray(syllables[name]) for name in ("start", "end", "traits"))
    edges = [*np.searchsorted(starts, firsts).tolist(), len(starts)]
    out = []
    for text, first, at, after in zip(texts, firsts.tolist(), edges, edges[1:]):
        own, part = found[at:after], slice(at, after)
        begin, end = starts[part] - np.uint32(first), ends[part] - np.uint32(first)
        out.append(Tokens(own, begin, end, joined[part], codes(own, begin, end, text, _numbers(traits[part]))))
    return out


def _begins(text: str) -> np.ndarray:
    """Where each of `split(text)` begins."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    space = _SPACE.take(np.minimum(points, len(_SPACE) - 1))
    begins = space == 0
    begins[1:] &= space[:-1] != 0
    return np.flatnonzero(begins | (space == _LINE_END)).astype(np.uint32)


def _numbers(traits: np.ndarray) -> list[int]:
    """Syllables that may be the number of a code: those with the name of a kind near."""
    kinds = np.flatnonzero(traits & KIND)
    if not len(kinds):
        return []
    near = np.zeros(len(traits) + 2 * _NEAR, bool)
    for distance in range(2 * _NEAR + 1):
        near[kinds + distance] = True
    return np.flatnonzero(near[_NEAR:len(traits) + _NEAR] & (traits & NUMBER != 0)).tolist()
