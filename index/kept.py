"""The analysis of pages that did not change since the last rebuild: digest of a page → what was read out of it.

One SQLite file under the data folder. It may be deleted at any time; then the next rebuild reads every page again.
"""
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from corpus.pages import Page

ROOT = Path(__file__).resolve().parent.parent
READERS = ("corpus/*.py", "corpus/data/*", "index/analysis.py", "index/chunks.py", "index/codes.py", "index/crf.py",
           "index/segmenter.py", "index/spelling.py", "index/table.py", "index/abbreviations.py", "index/data/*",
           "index/prepared.py")
WAIT = 60               # seconds for another rebuild's write


class Kept:
    def __init__(self, folder: Path):
        """Opens, or makes anew what cannot be opened: it is a cache."""
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "pages.sqlite"
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._path.unlink()
            self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._path, timeout=WAIT, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS pages (digest BLOB PRIMARY KEY, used REAL, found BLOB) WITHOUT ROWID")

    def has(self, digest: bytes) -> bool:
        return self._db.execute("SELECT 1 FROM pages WHERE digest = ?", (digest,)).fetchone() is not None

    def get(self, digest: bytes) -> bytes | None:
        row = self._db.execute("SELECT found FROM pages WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def put(self, found: Iterable[tuple[bytes, bytes]], now: float) -> None:
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", ((d, now, f) for d, f in found))

    def touch(self, digests: Iterable[bytes], now: float) -> None:
        """Marks what this rebuild needs, so that `forget` leaves it."""
        with self._transaction():
            self._db.executemany("UPDATE pages SET used = ? WHERE digest = ?", ((now, d) for d in digests))

    def forget(self, before: float) -> None:
        """Drops what no rebuild since `before` needed: the file stays in proportion to the corpus."""
        self._db.execute("DELETE FROM pages WHERE used < ?", (before,))
        pages, free = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
        if free * 2 > pages:
            self._db.execute("VACUUM")

    def _transaction(self):
        self._db.execute("BEGIN IMMEDIATE")
        return self._db

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> "Kept":
        return self

    def __exit__(self, *error) -> None:
        self.close()


def digest_of(page: Page) -> bytes:
    """Of everything that decides what is read out of a page: its bytes, what its giver says, and the readers' own code."""
    told = repr((page.url, page.media, page.charset, page.title, page.source, page.published, isinstance(page.content, str)))
    content = page.content if isinstance(page.content, bytes) else page.content.encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(readers(), digest_size=16)
    digest.update(told.encode("utf-8", "surrogatepass"))
    digest.update(content)
    return digest.digest()


@cache
def readers() -> bytes:
    """A digest of the code and tables that read pages: another version of them reads every page again."""
    digest = hashlib.blake2b(digest_size=16)
    for path in _files():
        digest.update(path.read_bytes())
    return digest.digest()


def _files() -> Iterator[Path]:
    for pattern in READERS:
        yield from sorted(p for p in ROOT.glob(pattern) if p.is_file())
