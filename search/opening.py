"""Where an index is kept becomes an open engine."""
import os
import threading
from math import inf
from pathlib import Path

from index import generations
from index.fields import fingerprint
from index.generations import DamagedIndex, Manifest, NoIndex, OutdatedIndex
from index.keeping import keeping
from index.opensearch_address import Address, Unreachable, place
from index.withheld import withheld
from search.engine import Engine
from search.query import SORTS, Query
from search.results import Hit

SAMPLE = 20     # articles looked up to verify a generation
SECONDS, ENOUGH = "TIMHTX_SECONDS", 2.0     # in the environment: how long finding and counting may take for one query
TRIES = 3       # generations that may be pruned while one is being opened


def open_engine(where: str | Path) -> Engine:
    """Opens the live generation under `where`, a data folder or a cluster's address.

    Raises NoIndex, OutdatedIndex, DamagedIndex or Unreachable; each names the command that helps.
    """
    root = place(where)
    if isinstance(root, Address):
        return _open_cluster(root)
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
    return open_generation(folder, manifest, frozenset(withheld(root)), float(os.environ.get(SECONDS, ENOUGH)))


def _open_cluster(address: Address, generation: str | None = None) -> Engine:
    """`generation`: one that is to be verified, as a whole; None: the live one, without what is withheld."""
    kept_in = keeping(address)
    from search.opensearch_engine import OpenSearchEngine

    if generation:
        return OpenSearchEngine(kept_in.cluster, kept_in.begun(generation))
    return OpenSearchEngine(kept_in.cluster, kept_in.live(), frozenset(kept_in.withheld()))


def open_generation(folder: Path, manifest: Manifest, hidden: frozenset[str] = frozenset(), seconds: float = inf) -> Engine:
    """`hidden`: ids of documents that are never shown. `seconds`: how long finding and counting may take for one query."""
    from search.whoosh_engine import WhooshEngine

    return WhooshEngine(folder, manifest, hidden, seconds)


class Following:
    """Gives the engine of the live generation, and after a rebuild the new one. Safe in many threads.

    An engine given out stays open as long as somebody holds it.
    """

    def __init__(self, root: str | Path | Address):
        self._root = place(root)
        self._keeping = keeping(self._root)
        self._lock = threading.Lock()
        self._seen = self._keeping.mark()
        self.failure: Exception | None = None       # why the newest generation is not the one that answers
        try:
            self._engine = open_engine(self._root)
        except DamagedIndex as error:
            self._engine, self.failure = self._before(error), error

    def __call__(self) -> Engine:
        if self._keeping.mark() != self._seen:
            with self._lock:
                if (mark := self._keeping.mark()) != self._seen:
                    self._seen = mark
                    self._change()
        return self._engine

    def _change(self) -> None:
        try:
            self._engine, self.failure = open_engine(self._root), None
        except (NoIndex, OutdatedIndex, DamagedIndex, Unreachable) as error:
            self.failure = error

    def _before(self, error: DamagedIndex) -> Engine:
        """The newest older generation that can be opened; else the error."""
        for name in self._keeping.published():
            try:
                return _open(self._root, self._root / name, generations.manifest_of(self._root, name))
            except (DamagedIndex, OutdatedIndex):
                continue
        raise error


def verify(root: Path | Address):
    """A check of a finished folder: it answers, and with the articles that were put in. Raises DamagedIndex."""
    def check(folder: Path, documents: int) -> None:
        made = Manifest(folder.name, "", fingerprint(), "", documents=documents)
        with _open_cluster(root, folder.name) if isinstance(root, Address) else open_generation(folder, made) as engine:
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
