"""The analysis of pages that did not change since the last rebuild: digest of a page → what was read out of it.

One SQLite file under the data folder. It may be deleted at any time; then the next rebuild reads every page again.
"""
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from corpus.pages import Page

ROOT = Path(__file__).resolve().parent.parent
READERS = ("corpus/**/*.py", "corpus/data/*", "index/analysis.py", "index/chunks.py", "index/codes.py", "index/crf.py",
           "index/segmenter.py", "index/spelling.py", "index/table.py", "index/abbreviations.py", "index/data/*",
           "index/prepared.py", "index/packing.py", "index/charset.py", "index/cards.py", "index/records.py", "index/figures.py",
           "index/fields.py", "index/sentence_ends.py")
WAIT = 60               # seconds for another rebuild's write


class Kept:
    def __init__(self, folder: Path):
        """Opens, or makes anew what cannot be opened: it is a cache."""
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "pages.sqlite"
        with self._told():
            try:
                self._open()
            except sqlite3.OperationalError:
                raise               # no room, no permission: nothing that a new file would mend
            except sqlite3.DatabaseError:
                self._path.unlink()
                self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._path, timeout=WAIT, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("DROP TABLE IF EXISTS pages")      # of versions before
        self._db.execute("CREATE TABLE IF NOT EXISTS found (digest BLOB PRIMARY KEY, bytes BLOB) WITHOUT ROWID")
        self._db.execute("CREATE TABLE IF NOT EXISTS used (digest BLOB PRIMARY KEY, time REAL) WITHOUT ROWID")    # small: it changes

    def get(self, digest: bytes) -> bytes | None:
        with self._told():
            row = self._db.execute("SELECT bytes FROM found WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def put(self, found: Iterable[tuple[bytes, bytes]], now: float) -> None:
        found = list(found)
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO found VALUES (?, ?)", found)
            self._db.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", ((digest, now) for digest, _ in found))

    def touch(self, digests: Iterable[bytes], now: float) -> None:
        """Marks what this rebuild needs, so that `forget` leaves it."""
        with self._transaction():
            self._db.executemany("UPDATE used SET time = ? WHERE digest = ?", ((now, d) for d in digests))

    def forget(self, before: float) -> None:
        """Drops what no rebuild since `before` needed: the file stays in proportion to the corpus."""
        with self._transaction():
            self._db.execute("DELETE FROM found WHERE digest IN (SELECT digest FROM used WHERE time < ?)", (before,))
            self._db.execute("DELETE FROM used WHERE time < ?", (before,))
        with self._told():
            pages, free = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
            if free * 2 > pages:
                self._db.execute("VACUUM")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An OSError that says what helps; nothing of the live index is touched by it."""
        try:
            yield
        except sqlite3.Error as error:
            raise OSError(f"cannot use {self._path}: {error}; free some room, or delete the file: it is a cache") from None

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
