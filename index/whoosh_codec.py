"""Whoosh's codec over arrays: a segment whose postings, columns and stored fields are memory-mapped arrays.

What makes an index a Whoosh index stays: schema, table of contents, one segment, commits and locks, and stock queries run
on it through the readers below. `search.evaluation` reads the same arrays whole, without a step a document.

Files of a segment `S` (`index.arrays` tells the names, the version and how numbers are kept):

    S.arrays.json               version, documents, lengths (the code), totals of the texts' lengths, facets' values
    S.text.*  S.code.*          posting lists of syllables and of document codes: `index.inversion`
    S.vocabulary.*  S.codes.*   spellings → numbers of terms: `index.vocabulary`
    S.tokens  S.slot_starts  S.joined  S.break_*  S.token_lengths  S.title_slots     texts as rows of slots: `index.slots`
    S.sentences  S.sentence_starts      of the body: `index.sentence_ends`
    S.pairs  S.fold_pairs       in how many documents two syllables are neighbours: `index.pairs`
    S.title_lengths  S.body_lengths     one byte a document: `index.lengths`
    S.facet_NAME*               facets: `index.columns`
    S.days  S.newest  S.oldest  ordinal of the date, -1 without; place in the order by date
    S.ids  S.id_order  S.origins  S.copies      ids as numbers, their order, the id of the first publication, other copies
    S.figure_*                  figures of the documents, a row a figure: `index.figures`
    S.texts  S.cards  S.records         title + "\\n" + body in `index.charset`, `index.cards`, `index.records`

A segment is never merged nor are documents deleted: a rebuild is whole. The table of contents is a pickle: an index is
trusted data, opened only after its digests were checked against the manifest.
"""
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.matching import LeafMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from index.arrays import Arrays
from index.columns import FacetColumn
from index.fields import FACETS, NONE, TEXTS
from index.lengths import LUCENE, LengthCode
from index.packing import Packed
from index.postings import Postings
from index.vocabulary import Vocabulary
from index.writing import RowsWriter

WHOOSH = LengthCode("whoosh", np.array([byte_to_length(b) for b in range(256)], np.float64), up=True)
LENGTHS = {code.name: code for code in (LUCENE, WHOOSH)}


class ArraySegment(W3Segment):
    def should_assemble(self) -> bool:
        return False        # one compound file could not be mapped array by array

    def arrays(self, storage) -> Arrays:
        return Arrays(Path(storage.folder), self.segment_id())


class ArrayCodec(W3Codec):
    length_stats = False    # Whoosh need not read lengths back to write postings

    def __init__(self, lengths: LengthCode = LUCENE):
        super().__init__()
        self._lengths = lengths.name

    def new_segment(self, storage, indexname):
        return ArraySegment(self, indexname)

    def per_document_writer(self, storage, segment):
        return _DocumentWriter(RowsWriter(Path(storage.folder), segment.segment_id(), LENGTHS[self._lengths]))

    def field_writer(self, storage, segment):
        return _NoFieldWriter()

    def per_document_reader(self, storage, segment):
        return _DocumentReader(segment.arrays(storage))

    def terms_reader(self, storage, segment):
        return _TermsReader(segment.arrays(storage))


class _DocumentWriter(base.PerDocumentWriter):
    """Rows come whole and packed."""

    def __init__(self, rows: RowsWriter):
        self._rows, self.is_closed = rows, False

    def add(self, packed: Packed) -> None:
        self._rows.add(packed)

    def close(self) -> None:
        self._rows.close()
        self.is_closed = True


class _NoFieldWriter(base.FieldWriter):
    """The rows' writer inverts by itself; nothing comes through Whoosh's pool of postings."""

    is_closed = False

    def add_postings(self, schema, lengths, items) -> None:
        self.is_closed = True


class _DocumentReader(base.PerDocumentReader):
    def __init__(self, arrays: Arrays):
        self._arrays, self._count = arrays, arrays.told["documents"]
        self._table = LENGTHS[arrays.told["lengths"]].table

    def doc_count(self) -> int:
        return self._count

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        return False

    def is_deleted(self, docnum: int) -> bool:
        return False

    def deleted_docs(self) -> frozenset:
        return frozenset()

    def supports_columns(self) -> bool:
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> float:
        return float(self._table[self._arrays[f"{fieldname}_lengths"][docnum]]) if fieldname in TEXTS else default

    def field_length(self, fieldname: str) -> int:
        return self._arrays.told["totals"].get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> float:
        return min((self.doc_field_length(d, fieldname) for d in range(self._count)), default=0)

    def max_field_length(self, fieldname: str) -> float:
        return max((self.doc_field_length(d, fieldname) for d in range(self._count)), default=0)

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict:
        start, end = self._arrays["cards_starts"][docnum:docnum + 2].tolist()
        return {"id": f"{self._arrays['ids'][docnum]:016x}", "card": self._arrays["cards"][start:end].tobytes()}

    def close(self) -> None:
        self._arrays.close()


class _TermsReader(base.TermsReader):
    """Texts from their postings, facets and ids from their columns."""

    def __init__(self, arrays: Arrays):
        self._arrays = arrays
        self._postings = Postings(arrays, "text", arrays.told["documents"])
        self._vocabulary = Vocabulary(arrays, "vocabulary")

    def indexed_field_names(self) -> list[str]:
        return ["id", *TEXTS, *FACETS]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self._found(*term)[0]) > 0

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in sorted(self.indexed_field_names()):
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        if fieldname in TEXTS:
            return ((fieldname, word) for word, _ in self._vocabulary.sorted_words(prefix) if (fieldname, word) in self)
        values = self._ids() if fieldname == "id" else set(self._arrays.told["facets"][fieldname]) - {NONE}
        return ((fieldname, v) for v in sorted(v.encode() for v in values) if v >= prefix)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        rows, weights, _ = self._found(fieldname, text)
        if not len(rows):
            raise TermNotFound(f"{fieldname}:{text!r}")
        return TermInfo(float(weights.sum()), len(rows), 0, 0, float(weights.max()), int(rows[0]), int(rows[-1]))

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self._found(fieldname, text)[1].sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._found(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_, scorer=None) -> LeafMatcher:
        rows, weights, places = self._found(fieldname, text)
        if not len(rows):
            raise TermNotFound(f"{fieldname}:{text!r}")
        return _ArrayMatcher(rows.tolist(), weights.tolist(), places, (fieldname, text), format_, scorer)

    def close(self) -> None:
        self._arrays.close()

    def _ids(self) -> Iterator[str]:
        return (f"{number:016x}" for number in self._arrays["ids"].tolist())

    def _found(self, fieldname: str, text: bytes) -> tuple[np.ndarray, np.ndarray, list]:
        """Rows, weights, and for texts the positions in each row."""
        if fieldname in TEXTS:
            return self._in_text(fieldname, text)
        if fieldname == "id":
            rows = np.flatnonzero(self._arrays["ids"] == np.uint64(int(text, 16)))
        else:
            rows = np.flatnonzero(FacetColumn.of(self._arrays, fieldname).having(frozenset([text.decode()])))
        return rows, np.ones(len(rows)), []

    def _in_text(self, fieldname: str, text: bytes) -> tuple[np.ndarray, np.ndarray, list]:
        term = self._vocabulary.term(text.decode())
        if term is None:
            return np.empty(0, np.int64), np.empty(0), []
        rows, positions = self._postings.places(term)
        titles, positions = self._arrays["title_slots"][rows].astype(np.int64), positions.astype(np.int64)
        titled = positions < titles
        wanted = titled if fieldname == "title" else ~titled
        local = np.where(titled, positions, positions - titles - 1)[wanted]
        rows, first, counts = np.unique(rows[wanted], return_index=True, return_counts=True)
        places = [local[a:a + n].tolist() for a, n in zip(first.tolist(), counts.tolist())]
        return rows, counts * TEXTS[fieldname], places


class _ArrayMatcher(LeafMatcher):
    """Steps through one posting list, as Whoosh's own queries do."""

    def __init__(self, rows: list[int], weights: list[float], places: list[list[int]], term, format_, scorer):
        self._rows, self._weights, self._places, self._at = rows, weights, places, 0
        self._term, self.format, self.scorer = term, format_, scorer

    def is_active(self) -> bool:
        return self._at < len(self._rows)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> "_ArrayMatcher":
        other = _ArrayMatcher(self._rows, self._weights, self._places, self._term, self.format, self.scorer)
        other._at = self._at
        return other

    def id(self) -> int:
        return self._rows[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._rows[self._at:])

    def next(self) -> bool:
        self._at += 1
        return False

    def skip_to(self, docnum: int) -> bool:
        self._at = bisect_left(self._rows, docnum, self._at)
        return False

    def weight(self) -> float:
        return self._weights[self._at]

    def supports(self, astype: str) -> bool:
        return astype == "frequency" or astype == "positions" and bool(self._places)

    def value_as(self, astype: str):
        return self._places[self._at] if astype == "positions" else self.weight()

    def supports_block_quality(self) -> bool:
        return False
