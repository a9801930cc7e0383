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
TOGETHER = 100      # looked up at one go
WINDOW = 10_000     # words that a cluster gives at a time


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
            self._look_up("fold", [fold(word) for word in analyse(text, words=False).texts[:SYLLABLES]])

    def expect(self, words: Sequence[str]) -> None:
        self._look_up("word", [word for word in words if has_accents(word)])
        self._look_up("fold", [word for word in words if not has_accents(word)])

    def spellings(self, folded: str) -> tuple[str, ...]:
        """Every token with this fold, most frequent first."""
        return tuple(word for word, _ in self._known("fold", folded))

    def usual(self, folds: Sequence[str]) -> tuple[str, ...]:
        """The most frequent spelling of each fold that occurs, most frequent first."""
        self._look_up("fold", folds)
        return tuple(sorted((word for folded in folds for word in self.spellings(folded)[:1]), key=self.df, reverse=True))

    def df(self, text: str) -> int:
        """Documents that hold the token."""
        return sum(documents for _, documents in self._known("word", text))

    def prefix(self, start: str, most: int) -> tuple[str, ...]:
        """Folded tokens that begin so, most frequent first."""
        found = self._kept.get(("prefix", start, most), lambda: self._found({"prefix": {"fold": fed(start)}}, 8 * most))
        return tuple(dict.fromkeys(fold(word) for word, _ in found))[:most]

    def values(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that occur."""
        return self._values[facet]

    def _known(self, field: str, text: str) -> tuple[tuple[str, int], ...]:
        return self._kept.get((field, text), lambda: self._found({"term": {field: fed(text)}}, MOST))

    def _look_up(self, field: str, texts: Sequence[str]) -> None:
        """Many at one go; what is not kept after that is asked for alone."""
        new = [text for text in dict.fromkeys(texts) if self._kept.known((field, text)) is None]
        for start in range(0, len(new), TOGETHER):
            names = {fed(text): text for text in new[start:start + TOGETHER]}
            hits = self._hits({"terms": {field: list(names)}}, WINDOW)
            found: dict[str, list[dict]] = {text: [] for text in names.values()}
            for hit in hits:
                found[names[hit["_source"][field]]].append(hit)
            if len(hits) < WINDOW:
                self._keep(field, found)

    def _keep(self, field: str, found: dict[str, list[dict]]) -> None:
        for text, hits in found.items():
            counted = self._kept.put((field, text), _counted(hits))
            for word, documents in counted if field == "fold" else ():
                self._kept.put(("word", word), ((word, documents),))

    def _found(self, query: dict, most: int) -> tuple[tuple[str, int], ...]:
        return _counted(self._hits(query, most))

    def _hits(self, query: dict, most: int) -> list[dict]:
        path = f"/{self._words}/_search?allow_partial_search_results=false"
        return whole(self._cluster("POST", path, _body(query, most)))["hits"]["hits"]


def _body(query: dict, most: int) -> dict:
    return {"query": {"bool": {"filter": [query]}}, "size": most, "sort": [{"documents": "desc"}, {"word": "asc"}],
            "_source": ["word", "fold", "documents"]}


def _counted(hits: Iterable[dict]) -> tuple[tuple[str, int], ...]:
    """(word, documents), most frequent first; the parts of a rebuild are added up."""
    total: Counter[str] = Counter()
    for hit in hits:
        total[hit["_source"]["word"]] += hit["_source"]["documents"]
    return tuple(total.most_common())
