"""Where an index is kept becomes an open engine."""
import threading
from pathlib import Path

from index import generations
from index.fields import fingerprint
from index.generations import DamagedIndex, Manifest, NoIndex, OutdatedIndex
from index.withheld import FILE, withheld
from search.engine import Engine
from search.query import SORTS, Query
from search.results import Hit

SAMPLE = 20     # articles looked up to verify a generation
TRIES = 3       # generations that may be pruned while one is being opened


class Unreachable(Exception):
    """A cluster does not answer."""


def open_engine(where: str | Path) -> Engine:
    """Opens the live generation under `where`, a data folder or a cluster's address.

    Raises NoIndex, OutdatedIndex, DamagedIndex or Unreachable; each names the command that helps.
    """
    root = Path(where)
    for _ in range(TRIES):
        folder, manifest = generations.live(root)
        try:
            return _open(root, folder, manifest)
        except DamagedIndex:
            if generations.current(root)[0] == manifest.name:
                raise       # else rebuilds have published and pruned meanwhile
    return _open(root, *generations.live(root))


def _open(root: Path, folder: Path, manifest: Manifest) -> Engine:
    if manifest.fingerprint != fingerprint():
        raise OutdatedIndex(root)
    generations.glance(root, folder, manifest)
    return open_generation(folder, manifest, frozenset(withheld(root)))


def open_generation(folder: Path, manifest: Manifest, hidden: frozenset[str] = frozenset()) -> Engine:
    """`hidden`: ids of documents that are never shown."""
    from search.whoosh_engine import WhooshEngine

    return WhooshEngine(folder, manifest, hidden)


class Following:
    """Gives the engine of the live generation, and after a rebuild the new one. Safe in many threads.

    An engine given out stays open as long as somebody holds it.
    """

    def __init__(self, root: str | Path):
        self._root = Path(root)
        self._lock = threading.Lock()
        self._seen = self._mark()
        self.failure: Exception | None = None       # why the newest generation is not the one that answers
        try:
            self._engine = open_engine(self._root)
        except DamagedIndex as error:
            self._engine, self.failure = self._before(error), error

    def __call__(self) -> Engine:
        if self._mark() != self._seen:
            with self._lock:
                if (mark := self._mark()) != self._seen:
                    self._seen = mark
                    self._change()
        return self._engine

    def _change(self) -> None:
        try:
            self._engine, self.failure = open_engine(self._root), None
        except (NoIndex, OutdatedIndex, DamagedIndex) as error:
            self.failure = error

    def _before(self, error: DamagedIndex) -> Engine:
        """The newest older generation that can be opened; else the error."""
        for name in generations.published(self._root):
            try:
                return _open(self._root, self._root / name, generations.manifest_of(self._root, name))
            except (DamagedIndex, OutdatedIndex):
                continue
        raise error

    def _mark(self) -> tuple[tuple[int, int], ...]:
        """Changes with the live generation and with the takedown list."""
        return tuple(_stamp(self._root / name) for name in ("CURRENT", FILE))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns


def verify(root: Path):
    """A check of a finished folder: it answers, and with the articles that were put in. Raises DamagedIndex."""
    def check(folder: Path, documents: int) -> None:
        made = Manifest(folder.name, "", fingerprint(), "", documents=documents)
        with open_generation(folder, made) as engine:
            for name in engine.damaged():
                raise DamagedIndex(root, f"{name} is not as it was written")
            _expect(root, engine.about().documents, documents, "articles are in it")
            for sort in SORTS:
                found = engine.search(Query(sort=sort, size=SAMPLE))
                _expect(root, found.total, documents, f"articles are found by {sort}")
                for hit in found.hits:
                    _sample(root, engine, hit)
    return check


def _sample(root: Path, engine: Engine, hit: Hit) -> None:
    """An article is there whole, and found by its own facts."""
    document = engine.document(hit.id)
    if document is None or document.article.url != hit.url:
        raise DamagedIndex(root, f"{hit.url} is listed but not there")
    chosen = frozenset({("year", hit.year.value)} if hit.year else ())
    if not engine.search(Query(chosen=chosen, size=1)).total:
        raise DamagedIndex(root, f"{hit.url} is not found by its year")


def _expect(root: Path, found: int, expected: int, what: str) -> None:
    if found != expected:
        raise DamagedIndex(root, f"{found} {what}, not {expected}")
