"""Engine on OpenSearch: opens a generation of a cluster's index; the cluster finds and counts, all else is done here."""
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from functools import cached_property, wraps

from corpus.document import Document
from index import opensearch_generations as generations
from index.figures import FigureColumns
from index.generations import Manifest
from index.opensearch_cluster import Cluster, Missing
from search import answering, figures, similar, tables
from search.caching import Cache
from search.engine import About, Suggestion
from search.figures import Listed, Wanted
from search.opensearch_finder import OpenSearchFinder
from search.query import Query
from search.results import Facet, Hit, Results
from search.suggesting import Completions
from search.tree import Node

TABLES, CELL = 16 << 20, 1_200      # bytes of tables of figures that are kept; of one cell


def _again(method: Callable) -> Callable:
    """Within one deadline; once more on the live generation where this one was dropped meanwhile."""
    @wraps(method)
    def called(self, *given, **named):
        with self._cluster.within():
            try:
                return method(self, *given, **named)
            except Missing:
                self._open(generations.live(self._cluster))
                return method(self, *given, **named)
    return called


class OpenSearchEngine:
    def __init__(self, cluster: Cluster, manifest: Manifest, withheld: frozenset[str] = frozenset()):
        self._cluster, self._withheld = cluster, withheld
        self._open(manifest)

    def _open(self, manifest: Manifest) -> None:
        """Raises OutdatedIndex where it was made by another version."""
        generations.expect_ours(self._cluster, manifest)
        self._tables: Cache[tables.Table] = Cache(TABLES, lambda table: CELL * sum(map(len, table.rows.values())) + 2_000)
        self._manifest, self.finder = manifest, OpenSearchFinder(self._cluster, manifest, self._withheld)

    @_again
    def search(self, query: Query) -> Results:
        self.finder.ahead(query)
        return answering.search(self.finder, query)

    def scan(self, query: Query) -> Iterator[Hit]:
        return answering.scan(self.finder, query)

    @_again
    def values(self, facet: str, query: Query) -> Facet:
        return answering.values(self.finder, facet, query)

    @_again
    def grid(self, query: Query) -> dict[tuple[str, str], int]:
        return self.finder.crossed(answering.chosen_tree(self.finder, query)[1], query, "province", "year")

    @_again
    def figures(self, query: Query, wanted: Wanted = Wanted(), skip: int = 0, most: int | None = None) -> Listed:
        node = answering.chosen_tree(self.finder, query)[1]
        return figures.listed(_Figures(self.finder), node, query, wanted, skip, most)

    @_again
    def table(self, query: Query, asked: tables.Asked) -> tables.Table:
        made = lambda: tables.table(_Figures(self.finder).figured(answering.chosen_tree(self.finder, query)[1], query), asked)
        return self._tables.get((query, asked), made)

    @_again
    def document(self, id: str) -> Document | None:
        found = self.finder.one(id)
        return found and found.document()

    def about(self) -> About:
        made = self._manifest
        built = datetime.fromisoformat(made.built) if made.built else datetime.fromtimestamp(0, timezone.utc)
        return About(self.finder.documents, made.name, made.fingerprint, built, "opensearch")

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        return answering.suggest(self.finder, text, self._completions)

    @cached_property
    def _completions(self) -> Completions:
        return Completions.of(self._manifest.phrases)

    @_again
    def similar(self, id: str) -> tuple[Hit, ...]:
        document = self.document(id)
        return similar.similar(self.finder, document) if document else ()

    def damaged(self) -> list[str]:
        """A cluster checks what its disks give back each time it reads it."""
        return []

    @_again
    def copies(self, id: str) -> tuple[Hit, ...]:
        found = self.finder.one(id)
        return answering.hits(self.finder, self.finder.copies(found)) if found else ()

    def forget(self) -> None:
        """Empties every cache, as if just opened: for measuring."""
        self._open(self._manifest)

    def close(self) -> None:
        self._cluster.close()

    def __enter__(self) -> "OpenSearchEngine":
        return self

    def __exit__(self, *error) -> None:
        self.close()


class _Figures:
    """The figures of a query's hits; keys are places among their ids."""

    def __init__(self, finder: OpenSearchFinder):
        self._finder, self._ids = finder, []

    def figured(self, node: Node, query: Query) -> FigureColumns:
        self._ids, columns = self._finder.figured(node, query)
        return columns

    def documents(self, keys: list[int]) -> Iterator[Document]:
        return self._finder.opened([self._ids[key] for key in keys])
