"""Rows become the arrays of an index: one pass, in bounded memory. The format is described in `whoosh_codec`."""
import shutil
from array import array
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import columns, figures, slots, vocabulary
from index.analysis import fold
from index.arrays import ArraysWriter
from index.fields import FACETS, NONE, TEXTS
from index.figures import Gathered
from index.inversion import Inverter, Occurrences
from index.lengths import LengthCode
from index.packing import WIDEST, Packed
from index.pairs import PairCounter, digest

CHUNK = 1 << 21         # slots sorted at a time: about 150 MB with their copies
MISSING = -1            # the day of a document without a date
CODE_SPAN = 16          # a code's position: its first slot so many times, and how many slots further its last is


class _Terms(dict):
    """Words by first appearance, and what is asked of each."""

    def __init__(self):
        super().__init__()
        self.digests, self.fold_digests, self.lengths = array("I"), array("I"), array("I")

    def __missing__(self, word: str) -> int:
        self[word] = term = len(self)
        self.digests.append(digest(word))
        self.fold_digests.append(digest(fold(word)))
        self.lengths.append(len(word))
        return term


class _Blob:
    """Byte strings behind one another, and where each begins."""

    def __init__(self, arrays: ArraysWriter, name: str):
        self._data, self._starts = arrays.stream(name, "u1"), arrays.stream(f"{name}_starts", "i8")
        self._starts.add(0)

    def add(self, data: bytes) -> None:
        self._data.add_bytes(data)
        self._starts.add(self._data.count)


class _Chunk:
    """The rows since the last run was sorted: numbers of terms slot by slot, and what breaks their offsets."""

    def __init__(self, first: int):
        self.first, self.slots = first, 0
        self.terms, self.titles, self.sizes, self.joined, self.codes = [], [], [], [], []
        self.at, self.gaps, self.extras = [], [], []

    def add(self, packed: Packed, terms: np.ndarray, title: int) -> None:
        count = len(terms)
        self.terms.append(terms)
        self.sizes.append(count)
        self.titles.append(title)
        self.joined.append(np.unpackbits(packed.joined, count=count))
        self.at.append(packed.at + np.int64(self.slots))
        self.gaps.append(packed.gaps)
        self.extras.append(packed.extras)
        self.slots += count


class RowsWriter:
    """`add` every row, then `close`. What is sorted meanwhile is spilled beside the arrays, by a thread of its own: it is
    numpy's work, which lets others run.
    """

    def __init__(self, folder: Path, stem: str, lengths: LengthCode):
        self._arrays, self._lengths = ArraysWriter(folder, stem), lengths
        self._runs = folder / f"{stem}.runs"
        self._runs.mkdir()
        self._terms, self._codes, self._chunk = _Terms(), {}, _Chunk(0)
        self._slots = _Slots(self._arrays, self._runs)
        self._blobs = [_Blob(self._arrays, name) for name in ("texts", "cards", "records")]
        stream = self._arrays.stream
        self._sentences, self._sentence_starts = stream("sentences", "u2"), stream("sentence_starts", "i8")
        self._ids, self._copy_of, self._days = array("Q"), array("Q"), array("i")
        self._sizes, self._title_chars = {name: array("I") for name in TEXTS}, array("I")
        self._facets = {name: ({}, array("I")) for name in FACETS}
        self._figures = Gathered()
        self._longest, self.rows = 0, 0
        self._sorter, self._sorted = ThreadPoolExecutor(1), None

    def add(self, packed: Packed) -> None:
        terms = np.fromiter((*map(self._terms.__getitem__, packed.words), slots.GAP_TERM), np.uint32, len(packed.words) + 1)
        terms = terms[packed.slots]
        title = int(np.argmax(terms == slots.GAP_TERM))
        self._chunk.add(packed, terms, title)
        for name, size in (("title", title), ("body", len(terms) - title - 2)):
            self._sizes[name].append(size)
        self._longest = max(self._longest, len(terms))
        self._add_codes(packed)
        for blob, data in zip(self._blobs, (packed.text, packed.card, packed.record)):
            blob.add(data)
        self._sentence_starts.add(self._sentences.count)
        self._sentences.add(packed.sentences)
        self._add_columns(packed)
        self.rows += 1
        if self._chunk.slots >= CHUNK:
            self._spill()

    def close(self) -> None:
        self._spill()
        self._settle()
        self._sorter.shutdown()
        arrays = self._arrays
        self._sentence_starts.add(self._sentences.count)
        self._slots.close(len(self._terms), len(self._codes), self.rows, self._longest)
        vocabulary.write(arrays, "vocabulary", list(self._terms), fold)
        vocabulary.write(arrays, "codes", list(self._codes), str)
        arrays.write("token_lengths", slots.token_lengths(np.array(self._terms.lengths, np.int64)))
        self._write_columns()
        figures.write(arrays, self._figures)
        shutil.rmtree(self._runs)
        facets = {name: columns.write_facet(arrays, name, *facet) for name, facet in self._facets.items()}
        arrays.close(documents=self.rows, lengths=self._lengths.name, facets=facets,
                     totals={name: sum(sizes) for name, sizes in self._sizes.items()})

    def _spill(self) -> None:
        """Hands the chunk over; at most one is being sorted while the next one fills."""
        self._settle()
        chunk, self._chunk = self._chunk, _Chunk(self.rows)
        if chunk.slots:
            terms = self._terms
            words = _Words(*(np.array(column) for column in (terms.digests, terms.fold_digests, terms.lengths)))
            self._sorted = self._sorter.submit(self._slots.add, chunk, words)

    def _settle(self) -> None:
        if self._sorted:
            self._sorted.result()
            self._sorted = None

    def _add_codes(self, packed: Packed) -> None:
        for code, titled, first, last in packed.codes:
            number = self._codes.setdefault(code, len(self._codes))
            self._chunk.codes.append((number, self.rows, titled, first * CODE_SPAN + min(last - first, CODE_SPAN - 1)))

    def _add_columns(self, packed: Packed) -> None:
        id, copy_of = int(packed.id, 16), int(packed.copy_of or "0", 16)
        self._ids.append(id)
        self._copy_of.append(copy_of)
        self._days.append(MISSING if packed.day is None else packed.day)
        self._title_chars.append(packed.title_chars)
        for name, (known, codes) in self._facets.items():
            codes.append(known.setdefault(tuple(sorted(set(packed.facets[name]))) or (NONE,), len(known)))
        self._figures.add(self.rows, packed.day, copy_of or id, packed.figures)

    def _write_columns(self) -> None:
        """The columns with a value a document, but facets."""
        arrays, ids, days = self._arrays, np.array(self._ids, np.uint64), np.array(self._days, np.int32)
        origin = np.where(np.array(self._copy_of, np.uint64) > 0, np.array(self._copy_of, np.uint64), ids)
        _, group, sizes = np.unique(origin, return_inverse=True, return_counts=True)
        arrays.write("ids", ids)
        arrays.write("id_order", np.argsort(ids).astype(np.uint32))
        arrays.write("origins", origin)
        arrays.write("copies", (sizes[group] - 1).astype(np.uint32))
        arrays.write("days", days)
        arrays.write("newest", _ranks(np.lexsort((ids, -days))))
        arrays.write("oldest", _ranks(np.lexsort((ids, np.where(days == MISSING, np.iinfo(np.int32).max, days)))))
        arrays.write("title_chars", np.array(self._title_chars, np.uint32))
        for name, sizes in self._sizes.items():
            arrays.write(f"{name}_slots", np.array(sizes, np.uint32))
            arrays.write(f"{name}_lengths", self._lengths.encode(np.array(sizes)))


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """What is asked of each term."""
    digests: np.ndarray
    fold_digests: np.ndarray
    lengths: np.ndarray


class _Slots:
    """Chunks of slots become runs of sorted postings, and the arrays that hold a document's slots in their order."""

    def __init__(self, arrays: ArraysWriter, runs: Path):
        self._arrays, self._carry = arrays, np.empty(0, bool)
        self._text, self._code = Inverter(runs, "text"), Inverter(runs, "code")
        self._pairs, self._fold_pairs = PairCounter(), PairCounter()
        stream = arrays.stream
        self._tokens, self._joined = stream("tokens", "u2"), stream("joined", "u1")
        self._slot_starts, self._break_starts = stream("slot_starts", "i8"), stream("break_starts", "i8")
        self._breaks = (stream("break_skips", "u1"), stream("break_gaps", "i1"), stream("break_extras", "i1"))

    def add(self, chunk: _Chunk, words: _Words) -> None:
        terms, sizes = np.concatenate(chunk.terms), np.array(chunk.sizes)
        firsts = np.cumsum(sizes) - sizes
        gaps = terms == slots.GAP_TERM
        self._slot_starts.add(firsts + self._tokens.count)
        self._add_breaks(chunk, terms, firsts, words.lengths)
        self._tokens.add(np.where(gaps, slots.GAP, np.where(terms < slots.GAP, terms, slots.RARE)))
        self._add_joined(np.concatenate(chunk.joined))
        rows = np.repeat(np.arange(chunk.first, chunk.first + len(sizes), dtype=np.uint32), sizes)
        positions = np.arange(len(terms)) - np.repeat(firsts, sizes)
        real = np.flatnonzero(~gaps)
        terms, rows = terms[real], rows[real]
        self._text.add(Occurrences(terms, rows, (positions < np.repeat(chunk.titles, sizes))[real], positions[real]))
        if chunk.codes:
            self._code.add(Occurrences(*(np.array(column) for column in zip(*chunk.codes))))
        shown = np.diff(np.cumsum(gaps)[real], prepend=-1) > 0
        for counter, digests in ((self._pairs, words.digests), (self._fold_pairs, words.fold_digests)):
            if len(real):
                counter.add(rows, digests[terms], shown)

    def _add_breaks(self, chunk: _Chunk, terms: np.ndarray, firsts: np.ndarray, lengths: np.ndarray) -> None:
        """A slot that stands for a rare term does not know its word: all of it counts as more than the word."""
        at = np.concatenate(chunk.at)
        gaps, extras = np.zeros((2, len(terms)), np.int32)
        gaps[at], extras[at] = np.concatenate(chunk.gaps), np.concatenate(chunk.extras)
        rare = np.flatnonzero((terms >= slots.GAP) & (terms != slots.GAP_TERM))
        extras[rare] += np.minimum(lengths[terms[rare]], WIDEST).astype(np.int32)
        at = np.flatnonzero((gaps != 0) | (extras != 0))
        found, counts = slots.breaks(at, gaps[at], extras[at], firsts)
        self._break_starts.add(np.cumsum(counts) - counts + self._breaks[0].count)
        for stream, values in zip(self._breaks, (found.skips, found.gaps, found.extras)):
            stream.add(values)

    def _add_joined(self, joined: np.ndarray) -> None:
        joined = np.concatenate((self._carry, joined))
        whole = len(joined) & ~7
        self._joined.add(np.packbits(joined[:whole]))
        self._carry = joined[whole:]

    def close(self, terms: int, codes: int, rows: int, longest: int) -> None:
        arrays = self._arrays
        self._joined.add(np.packbits(self._carry))
        self._slot_starts.add(self._tokens.count)
        self._break_starts.add(self._breaks[0].count)
        self._text.write(arrays, terms, rows, longest)
        self._code.write(arrays, codes, rows, longest * CODE_SPAN)
        self._pairs.write(arrays, "pairs", self._tokens.count)
        self._fold_pairs.write(arrays, "fold_pairs", self._tokens.count)


def _ranks(order: np.ndarray) -> np.ndarray:
    """Row → its place in an order of rows."""
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks
