"""What a cluster can tell about its words, for reading a query; what it told once is remembered."""
from collections import Counter
from collections.abc import Iterable, Sequence

from index.analysis import analyse, fold, has_accents
from index.opensearch_cluster import Cluster, whole
from index.opensearch_documents import fed
from search import expansion
from search.caching import Cache

ROOM = 4 << 20      # bytes of words that are kept
MOST = 1_000        # spellings of one syllable, or parts that report one word
SYLLABLES = 120     # of a query


class ClusterLexicon:
    def __init__(self, cluster: Cluster, words: str, documents: int, values: dict[str, tuple[str, ...]],
                 harvested: tuple[tuple[str, str], ...] = ()):
        """`words`: the index of them. `harvested`: abbreviations that the corpus itself explains, (short, long)."""
        self.names = expansion.table(harvested)
        self._cluster, self._words, self.documents, self._values = cluster, words, documents, values
        self._kept: Cache[tuple[tuple[str, int], ...]] = Cache(ROOM, lambda found: 200 + 120 * len(found))

    def prepare(self, text: str) -> None:
        """Looks up the syllables of a query without accents, all at one go."""
        if text and not has_accents(text):
            self._folds(list(dict.fromkeys(map(fold, analyse(text, words=False).texts[:SYLLABLES]))))

    def spellings(self, folded: str) -> tuple[str, ...]:
        """Every token with this fold, most frequent first."""
        return tuple(word for word, _ in self._kept.get(("fold", folded), lambda: self._found({"term": {"fold": fed(folded)}}, MOST)))

    def usual(self, folds: Sequence[str]) -> tuple[str, ...]:
        """The most frequent spelling of each fold that occurs, most frequent first."""
        self._folds(list(folds))
        return tuple(sorted((word for folded in folds for word in self.spellings(folded)[:1]), key=self.df, reverse=True))

    def df(self, text: str) -> int:
        """Documents that hold the token."""
        found = self._kept.get(("word", text), lambda: self._found({"term": {"word": fed(text)}}, MOST))
        return sum(documents for _, documents in found)

    def prefix(self, start: str, most: int) -> tuple[str, ...]:
        """Folded tokens that begin so, most frequent first."""
        found = self._kept.get(("prefix", start, most), lambda: self._found({"prefix": {"fold": fed(start)}}, 8 * most))
        return tuple(dict.fromkeys(fold(word) for word, _ in found))[:most]

    def values(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that occur."""
        return self._values[facet]

    def _folds(self, folds: list[str]) -> None:
        new = [folded for folded in folds if self._kept.known(("fold", folded)) is None]
        if new:
            answers = self._cluster.searches(self._words, [({}, _body({"term": {"fold": fed(folded)}}, MOST)) for folded in new])
            for folded, answer in zip(new, answers):
                self._kept.put(("fold", folded), _counted(answer["hits"]["hits"]))

    def _found(self, query: dict, most: int) -> tuple[tuple[str, int], ...]:
        answer = self._cluster("POST", f"/{self._words}/_search?allow_partial_search_results=false", _body(query, most))
        return _counted(whole(answer)["hits"]["hits"])


def _body(query: dict, most: int) -> dict:
    return {"query": {"bool": {"filter": [query]}}, "size": most, "sort": [{"documents": "desc"}, {"word": "asc"}],
            "_source": ["word", "documents"]}


def _counted(hits: Iterable[dict]) -> tuple[tuple[str, int], ...]:
    """(word, documents), most frequent first; the parts of a rebuild are added up."""
    total: Counter[str] = Counter()
    for hit in hits:
        total[hit["_source"]["word"]] += hit["_source"]["documents"]
    return tuple(total.most_common())
