"""Rows become the arrays of an index: one pass, in bounded memory. The format is described in `whoosh_codec`."""
import re
import shutil
from array import array
from pathlib import Path

import numpy as np

from index import cards, charset, columns, figures, records, slots, vocabulary
from index.analysis import fold
from index.arrays import ArraysWriter
from index.fields import FACETS, NONE, TEXTS, Row
from index.figures import Gathered
from index.inversion import Inverter, Occurrences
from index.lengths import LengthCode
from index.pairs import PairCounter, digest

CHUNK = 1 << 21         # slots sorted at a time: about 150 MB with their copies
MISSING = -1            # the day of a document without a date
CODE_SPAN = 16          # a code's position: its first slot so many times, and how many slots further its last is
_ID = re.compile(r"[0-9a-f]{16}")


class BadRow(ValueError):
    """A row that no index can hold; nothing of it was written."""


def _check(row: Row) -> None:
    """Raises BadRow before anything is written: an index is of no use after an error amid a document."""
    if not _ID.fullmatch(row.document.id) or (row.document.copy_of and not _ID.fullmatch(row.document.copy_of)):
        raise BadRow(f"{row.document.id!r} is not an id of 16 hexadecimal digits")
    if row.texts.keys() != TEXTS.keys() or row.tokens.keys() != TEXTS.keys() or row.facets.keys() != FACETS.keys():
        raise BadRow(f"{row.document.id}: texts, tokens or facets are not those of the table")
    for name, tokens in row.tokens.items():
        if not len(tokens.texts) == len(tokens.starts) == len(tokens.ends) == len(tokens.joined):
            raise BadRow(f"{row.document.id}: the columns of {name} differ in length")
        if len(tokens.texts) and int(tokens.ends[-1]) > len(row.texts[name]):
            raise BadRow(f"{row.document.id}: a token of {name} ends behind the text")


def _packed(row: Row, text: str) -> tuple[bytes, bytes, bytes]:
    """Text, card and record as they are kept. Raises BadRow."""
    try:
        for tokens in row.tokens.values():
            "".join(tokens.texts).encode()
        return charset.encode(text), cards.pack(cards.card(row.document)), records.pack(row.document)
    except (UnicodeEncodeError, TypeError) as error:
        raise BadRow(f"{row.document.id}: {error}") from None


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
    """The slots since the last run was sorted."""

    def __init__(self):
        self.first, self.terms, self.titles, self.sizes, self.joined, self.codes = None, [], [], [], [], []
        self.slots = 0


class RowsWriter:
    """`add` every row, then `close`. A bad row raises BadRow and leaves all as it was. What is sorted meanwhile is spilled beside the arrays."""

    def __init__(self, folder: Path, stem: str, lengths: LengthCode):
        self._arrays, self._lengths = ArraysWriter(folder, stem), lengths
        self._runs = folder / f"{stem}.runs"
        self._runs.mkdir()
        self._terms, self._codes, self._chunk, self._carry = _Terms(), {}, _Chunk(), np.empty(0, bool)
        self._text, self._code = Inverter(self._runs, "text"), Inverter(self._runs, "code")
        self._pairs, self._fold_pairs = PairCounter(), PairCounter()
        self._blobs = [_Blob(self._arrays, name) for name in ("texts", "cards", "records")]
        stream = self._arrays.stream
        self._tokens, self._joined = stream("tokens", "u2"), stream("joined", "u1")
        self._sentences, self._sentence_starts = stream("sentences", "u2"), stream("sentence_starts", "i8")
        self._slot_starts, self._break_starts = stream("slot_starts", "i8"), stream("break_starts", "i8")
        self._breaks = (stream("break_skips", "u1"), stream("break_gaps", "i1"), stream("break_extras", "i1"))
        self._ids, self._copy_of, self._days = array("Q"), array("Q"), array("i")
        self._sizes, self._title_chars = {name: array("I") for name in TEXTS}, array("I")
        self._facets = {name: ({}, array("I")) for name in FACETS}
        self._figures = Gathered()
        self._longest, self.rows = 0, 0

    def add(self, row: Row) -> None:
        _check(row)
        title, body = row.tokens["title"], row.tokens["body"]
        text = row.texts["title"] + "\n" + row.texts["body"]
        packed = _packed(row, text)
        terms = np.array([*map(self._terms.__getitem__, title.texts), slots.GAP_TERM,
                          *map(self._terms.__getitem__, body.texts), slots.GAP_TERM], np.uint32)
        self._add_slots(terms, title, body, len(row.texts["title"]), len(text))
        self._add_codes(title, body)
        for blob, data in zip(self._blobs, packed):
            blob.add(data)
        self._sentence_starts.add(self._sentences.count)
        self._sentences.add(row.sentences)
        self._add_columns(row)
        self._figures.add(self.rows, row.document)
        self.rows += 1
        if self._chunk.slots >= CHUNK:
            self._spill()

    def close(self) -> None:
        if self._chunk.slots:
            self._spill(last=True)
        arrays = self._arrays
        self._slot_starts.add(self._tokens.count)
        self._break_starts.add(self._breaks[0].count)
        self._sentence_starts.add(self._sentences.count)
        self._text.write(arrays, len(self._terms), self.rows, self._longest)
        self._code.write(arrays, len(self._codes), self.rows, self._longest * CODE_SPAN)
        vocabulary.write(arrays, "vocabulary", list(self._terms), fold)
        vocabulary.write(arrays, "codes", list(self._codes), str)
        arrays.write("token_lengths", slots.token_lengths(np.array(self._terms.lengths, np.int64)))
        self._pairs.write(arrays, "pairs", self._tokens.count)
        self._fold_pairs.write(arrays, "fold_pairs", self._tokens.count)
        self._write_columns()
        figures.write(arrays, self._figures)
        shutil.rmtree(self._runs)
        facets = {name: columns.write_facet(arrays, name, *facet) for name, facet in self._facets.items()}
        arrays.close(documents=self.rows, lengths=self._lengths.name, facets=facets,
                     totals={name: sum(sizes) for name, sizes in self._sizes.items()})

    def _add_slots(self, terms, title, body, title_chars: int, chars: int) -> None:
        joint = lambda a, b, gap, after: np.concatenate((a, [title_chars], b.astype(np.int64) + gap, [after]), dtype=np.int64)
        starts = joint(title.starts, body.starts, title_chars + 1, chars)
        ends = joint(title.ends, body.ends, title_chars + 1, chars)
        known = np.frombuffer(self._terms.lengths, np.uint32) if len(self._terms) else np.zeros(1, np.uint32)
        direct = terms < slots.GAP
        lengths = np.where(direct, np.minimum(known[np.where(direct, terms, 0)], 255), 0).astype(np.int64)
        del known       # an array that lends its memory cannot grow
        found = slots.breaks(starts, ends, lengths)
        self._slot_starts.add(self._tokens.count + self._chunk.slots)
        self._break_starts.add(self._breaks[0].count)
        for stream, values in zip(self._breaks, (found.skips, found.gaps, found.extras)):
            stream.add(values)
        self._title_chars.append(title_chars)
        for name, tokens in (("title", title), ("body", body)):
            self._sizes[name].append(len(tokens.texts))
        chunk = self._chunk
        chunk.first = self.rows if chunk.first is None else chunk.first
        chunk.terms.append(terms)
        chunk.titles.append(len(title.texts))
        chunk.sizes.append(len(terms))
        chunk.joined += (title.joined, _FALSE, body.joined, _FALSE)
        chunk.slots += len(terms)
        self._longest = max(self._longest, len(terms))

    def _add_codes(self, title, body) -> None:
        for codes, shift, titled in ((title.codes, 0, True), (body.codes, len(title.texts) + 1, False)):
            for code, first, last in codes:
                number = self._codes.setdefault(code, len(self._codes))
                span = (first + shift) * CODE_SPAN + min(last - first, CODE_SPAN - 1)
                self._chunk.codes.append((number, self.rows, titled, span))

    def _add_columns(self, row: Row) -> None:
        self._ids.append(int(row.document.id, 16))
        self._copy_of.append(int(row.document.copy_of or "0", 16))
        self._days.append(row.date.toordinal() if row.date else MISSING)
        for name, values in row.facets.items():
            known, codes = self._facets[name]
            codes.append(known.setdefault(tuple(sorted(set(values))) or (NONE,), len(known)))

    def _spill(self, last: bool = False) -> None:
        chunk, self._chunk = self._chunk, _Chunk()
        terms, sizes = np.concatenate(chunk.terms), np.array(chunk.sizes)
        rows = np.repeat(np.arange(chunk.first, chunk.first + len(sizes), dtype=np.uint32), sizes)
        positions = np.arange(len(terms)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        gaps = terms == slots.GAP_TERM
        self._tokens.add(np.where(gaps, slots.GAP, np.where(terms < slots.GAP, terms, slots.RARE)))
        self._add_joined(np.concatenate(chunk.joined), last)
        real = ~gaps
        self._text.add(Occurrences(terms[real], rows[real], (positions < np.repeat(chunk.titles, sizes))[real],
                                   positions[real]))
        if chunk.codes:
            self._code.add(Occurrences(*(np.array(column) for column in zip(*chunk.codes))))
        between, shown = np.flatnonzero(real), np.diff(np.cumsum(gaps)[real], prepend=-1) > 0
        for counter, digests in ((self._pairs, self._terms.digests), (self._fold_pairs, self._terms.fold_digests)):
            if len(between):
                counter.add(rows[between], np.array(digests)[terms[between]], shown)

    def _add_joined(self, joined: np.ndarray, last: bool) -> None:
        joined = np.concatenate((self._carry, joined))
        whole = len(joined) if last else len(joined) & ~7
        self._joined.add(np.packbits(joined[:whole]))
        self._carry = joined[whole:]

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


_FALSE = np.zeros(1, bool)


def _ranks(order: np.ndarray) -> np.ndarray:
    """Row → its place in an order of rows."""
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks
