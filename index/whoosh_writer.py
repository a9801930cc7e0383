"""Rows become a Whoosh index in a folder: one segment of arrays, one commit."""
import os
from pathlib import Path

from whoosh.index import create_in
from whoosh.writing import NO_MERGE, SegmentWriter

from index.fields import Row
from index.lengths import LUCENE, LengthCode
from index.packing import Packed, pack
from index.whoosh_codec import ArrayCodec
from index.whoosh_schema import schema


class _RowWriter(SegmentWriter):
    """Whoosh's writer, fed with rows that are analysed already."""

    def add_packed(self, packed: Packed) -> None:
        self._check_state()
        self.perdocwriter.add(packed)
        self.docnum += 1

    def finish(self) -> None:
        self._added = True      # an index of no documents has its segment too
        self.commit(mergetype=NO_MERGE)


class Writer:
    """`add` rows, then `finish`. A bad row raises `index.packing.BadRow` and leaves the writer as it was."""

    def __init__(self, folder: Path, lengths: LengthCode = LUCENE):
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._writer = _RowWriter(create_in(folder, schema()), codec=ArrayCodec(lengths))

    def add(self, row: Row | Packed) -> None:
        self._writer.add_packed(row if isinstance(row, Packed) else pack(row))

    def finish(self) -> int:
        """Commits, with everything on the disk; the number of documents."""
        self._writer.finish()
        for path in [*self._folder.glob("*.toc"), self._folder]:
            handle = os.open(path, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
        return self._writer.doc_count()
