"""What a cluster finds and counts, as `answering` asks for it; every answer is whole, or an error."""
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from corpus.document import Document
from index import opensearch_generations as generations
from index.fields import FACETS, TEXTS
from index.figures import FigureColumns
from index.generations import Manifest
from index.opensearch_cluster import Busy, Cluster, Missing, whole
from index.opensearch_documents import Kept, figured, id_of, key_of
from index.pairs import PairCounts
from index.spelling import fold
from search import answering, finding, opensearch_places
from search.caching import Cache
from search.finding import Counts, Found, Occurrences, Placed, Stored
from search.marking import Marks
from search.opensearch_holding import holds
from search.opensearch_lexicon import ClusterLexicon
from search.opensearch_tree import always, asked, chosen, scored
from search.query import Query
from search.ranking import Rarity, Wanted
from search.terms import Asked, read
from search.tree import Ids, Node, Syllable

ASKED, ANY, WORDS, PLACES, DOCUMENTS, SHOWN = 4 << 20, 1 << 20, 1 << 20, 32 << 20, 32 << 20, 16 << 20      # bytes, nearly, that are kept
WINDOW = 10_000         # hits that a cluster gives at a time
STREAMED = 2_000        # of them while all are streamed
FIGURED = 128 << 20     # bytes, nearly, of figures of hits that are kept
OPENED = 50             # documents opened at a time where all are wanted
WITH_THEM = 50          # hits up to which the documents come with them
VALUES = 50_000         # of one facet
ALIVE = "5m"            # for which a cluster keeps a stream's snapshot between two pages
ORDERS = {
    "relevance": [{"_score": "desc"}, {"id": "asc"}],
    "newest": [{"days": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "oldest": [{"days": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}
BARE = {"_source": False, "stored_fields": "_none_"}     # only columns are read; the id is what hits are sorted by at last
WHOLE = {"_source": True, "stored_fields": []}    # the source is what hits are made of, and nothing else
ANYTHING = {"size": 0, "terminate_after": 1}
NOTHING = Placed([], [])
ID = re.compile(r"[0-9a-f]{16}")
Json = dict[str, Any]


class OpenSearchFinder:
    """Keys are ids as numbers of 64 bits with a sign."""

    def __init__(self, cluster: Cluster, manifest: Manifest, withheld: frozenset[str] = frozenset()):
        self._cluster, self._name, self.withheld = cluster, manifest.name, withheld
        self._manifest = manifest
        self.shown: Cache = Cache(SHOWN, lambda shown: shown.nbytes)
        self._asked: Cache[Asked] = Cache(ASKED, lambda asked: 2_000 + 500 * len(asked.words))
        self._any: Cache[bool] = Cache(ANY, lambda _: 1_000)
        self._words: Cache[int] = Cache(WORDS, lambda _: 300)
        self._places: Cache[dict[str, list[int]]] = Cache(PLACES, lambda told: 400 + sum(150 + 36 * len(one) for one in told.values()))
        self._figured: Cache[tuple[list[str], FigureColumns]] = Cache(FIGURED, lambda told: 2_000 + 80 * len(told[0]) + 80 * len(told[1]))
        self._next = threading.local()
        self._documents: Cache[Kept] = Cache(DOCUMENTS, lambda kept: kept.size)

    @cached_property
    def documents(self) -> int:
        return generations.count(self._cluster, self._name)

    @cached_property
    def known(self) -> dict[str, tuple[str, ...]]:
        """Facet → the values that occur. All shards tell all of theirs, so that counts of so many are exact."""
        answer = self._search({"size": 0, "aggs": {name: _terms(name, VALUES) for name in FACETS}})
        return {name: tuple(sorted(value for value, _ in _buckets(answer["aggregations"][name]))) for name in FACETS}

    @cached_property
    def _length(self) -> float:
        """Mean number of syllables."""
        answer = self._search({"size": 0, "aggs": {"length": {"sum": {"field": "length"}}}})
        return answer["aggregations"]["length"]["value"] / max(self.documents, 1)

    @cached_property
    def _pairs(self) -> dict[str, PairCounts]:
        return generations.pairs(self._cluster, self._name)

    @cached_property
    def lexicon(self) -> ClusterLexicon:
        words = generations.words_of(self._cluster.address.name, self._name)
        return ClusterLexicon(self._cluster, words, self.documents, self.known, self._manifest.abbreviations)

    def asked(self, query: Query) -> Asked:
        key = query.text, query.off, query.match
        return self._asked.get(key, lambda: self._read(*key))

    def _read(self, text: str, off: frozenset[str], match: str) -> Asked:
        self.lexicon.prepare(text)
        return read(text, off, match, self.lexicon)

    def ahead(self, query: Query) -> None:
        """A page is made next, by this thread: its hits will tell whether all words occur together, for most often they do."""
        self._next.query, self._next.found = query, None

    def any(self, node: Node) -> bool:
        return self._any.get(node, lambda: self._found_ahead(node) or self._search(ANYTHING | {"query": _filtered(node)})["hits"]["total"]["value"] > 0)

    def _found_ahead(self, node: Node) -> bool:
        query, self._next.query = getattr(self._next, "query", None), None
        if query is None:
            return False
        most = max(query.page * query.size, answering.CANDIDATES if answering.ranked(self.asked(query), query) else 0)
        found = self.find(node, query, most)
        self._next.found = (node, query, most), found
        return found.total > 0

    def find(self, node: Node, query: Query, most: int, facets: Sequence[str] = tuple(FACETS)) -> Found:
        before, self._next.found = getattr(self._next, "found", None), None
        if before and before[0] == (node, query, most) and len(facets) == len(FACETS):
            return before[1]
        wanted = answering.ranked(self.asked(query), query) if 0 < most <= answering.CANDIDATES else None
        body = self._body(node, query) | {"track_total_hits": True, "size": min(most, WINDOW)}
        body["aggs"] = {name: self._counted(name, query) for name in facets}
        if wanted:
            body["script_fields"] = opensearch_places.script(wanted.terms)
        elif 0 < most <= WITH_THEM:
            body |= WHOLE
        answer = self._beside(body, scored(node), wanted.terms[:wanted.words] if wanted else ())
        hits, total = answer["hits"]["hits"], answer["hits"]["total"]["value"]
        if wanted:
            self._places.put(wanted.terms, {_id(hit): hit["fields"][opensearch_places.FIELD] for hit in hits})
        elif 0 < most <= WITH_THEM:
            for hit in hits:
                self._documents.get(hit["_id"], lambda: generations.kept(hit))
        if most > WINDOW and total > WINDOW:
            hits = [hit for _, hit in zip(range(most), self._streamed(node, query))]
        counts = {name: _counts(answer["aggregations"][name]) for name in facets}
        return Found(total, _keys(hits), np.array([hit.get("_score") or 0.0 for hit in hits], np.float64), counts)

    def _beside(self, body: Json, dfs: bool, words: Sequence[Syllable]) -> Json:
        """The answer to a search; in how many documents words stand is asked beside it where it is not known yet."""
        new = [word for word in words if self._words.known(word) is None]
        if not new:
            return self._search(body, dfs)
        header = {"search_type": "dfs_query_then_fetch"} if dfs else {}
        answer, *counted = self._cluster.searches(self._name, [(header, body), *(({}, _count(word)) for word in new)])
        for word, one in zip(new, counted):
            self._words.put(word, one["hits"]["total"]["value"])
        return answer

    def stream(self, node: Node, query: Query) -> Iterator[int]:
        return (key_of(_id(hit)) for hit in self._streamed(node, query))

    def occurrences(self, words: Sequence[Syllable], keys: np.ndarray) -> Occurrences:
        """`words` are distinct. Most often they came with the hits."""
        told, ids = self._places.known(words) or {}, [id_of(key) for key in keys]
        if new := [id for id in ids if id not in told]:
            body = {"query": {"ids": {"values": new}}, "size": len(new), "sort": ["id"], **BARE, "script_fields": opensearch_places.script(words)}
            told = told | {_id(hit): hit["fields"][opensearch_places.FIELD] for hit in self._search(body)["hits"]["hits"]}
        return opensearch_places.occurrences([told[id] for id in ids])

    def rarity(self, wanted: Wanted) -> Rarity:
        words = wanted.terms[:wanted.words]
        loose = any(word.any_accent for word in words)
        pairs = [(fold(a.text), fold(b.text)) if loose else (a.text, b.text) for a, b in wanted.neighbours]
        return Rarity(self.documents, self._length, np.array([self._frequency(word) for word in words]),
                      self._pairs["fold_pairs" if loose else "pairs"].counts(pairs))

    def neighbours(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        return self._pairs["pairs"].counts(pairs)

    def holds(self, node: Node, keys: np.ndarray) -> np.ndarray:
        return np.array([holds(node, one) for one in self._kept([id_of(key) for key in keys])], bool)

    def stored(self, keys: np.ndarray, marks: Marks) -> list[Stored]:
        return [_stored(one, marks) for one in self._kept([id_of(key) for key in keys])]

    def one(self, id: str) -> Kept | None:
        """A document that may be shown."""
        if id in self.withheld or not ID.fullmatch(id):
            return None
        return next(iter(self._kept([id])), None)

    def copies(self, one: Kept) -> np.ndarray:
        """Keys of the other publications of the same text, first one first."""
        origin = one.card.copy_of or one.id
        others = {"bool": {"filter": [{"term": {"origin": origin}}], "must_not": [asked(Ids(self.withheld | {one.id}))]}}
        return _keys(self._search({"size": WINDOW, "query": others, **BARE, "sort": [{"copy": "asc"}, *ORDERS["oldest"]]})["hits"]["hits"])

    def crossed(self, node: Node, query: Query, one: str, other: str) -> dict[tuple[str, str], int]:
        """(value of one facet, value of the other) → number of hits with both."""
        terms = {**_terms(one, len(self.known[one])), "aggs": {"other": _terms(other, len(self.known[other]))}}
        answer = self._search({"size": 0, "query": self._all(node, query), "aggs": {"one": terms}})
        return {(bucket["key"], value): count for bucket in answer["aggregations"]["one"]["buckets"]
                for value, count in _buckets(bucket["other"])}

    def figured(self, node: Node, query: Query) -> tuple[list[str], FigureColumns]:
        """(ids of the hits that report figures, newest first; their figures, a row being a place among the ids)."""
        return self._figured.get((node, replace(query, sort="newest", page=1, size=1)), lambda: self._gathered(node, query))

    def _gathered(self, node: Node, query: Query) -> tuple[list[str], FigureColumns]:
        hits = self._streamed(node, replace(query, sort="newest"), {"range": {"figures": {"gt": 0}}}, {"docvalue_fields": ["figured"]})
        documents = [figured(hit["fields"]["figured"][0]) for hit in hits]
        return [one.id for one in documents], FigureColumns.of_documents(enumerate(documents))

    def opened(self, ids: list[str]) -> Iterator[Document]:
        for start in range(0, len(ids), OPENED):
            with self._cluster.within():
                found = self._kept(ids[start:start + OPENED])
            yield from (one.document() for one in found)

    def _body(self, node: Node, query: Query) -> Json:
        """Without what was chosen of facets in the query itself, so that each facet can leave its own out."""
        order = query.sort if scored(node) or query.sort != "relevance" else "newest"
        own = list(chosen(query, self.known).values())
        body = {"query": {"bool": {"must": [asked(node)], "filter": always(query)}}, "sort": ORDERS[order],
                "track_scores": scored(node), **BARE}
        return body | ({"post_filter": {"bool": {"filter": own}}} if own else {})

    def _all(self, node: Node, query: Query) -> Json:
        """Every filter in one query; scores nothing."""
        return {"bool": {"filter": [asked(node), *always(query), *chosen(query, self.known).values()]}}

    def _counted(self, facet: str, query: Query) -> Json:
        """The values of a facet, under what was chosen of the others."""
        others = [demand for name, demand in chosen(query, self.known).items() if name != facet]
        counts = _terms(facet, len(self.known[facet]))
        return {"filter": {"bool": {"filter": others}}, "aggs": {"values": counts}} if others else counts

    def _streamed(self, node: Node, query: Query, demand: Json | None = None, more: Json | None = None) -> Iterator[Json]:
        """Every hit that meets the demand, of one snapshot of the index. `more` is asked of each."""
        body = self._body(node, query) | {"size": STREAMED, "track_total_hits": False} | (more or {})
        if demand:
            body["query"]["bool"]["filter"].append(demand)
        snapshot = self._cluster("POST", f"/{self._name}/_search/point_in_time?keep_alive={ALIVE}")["pit_id"]
        try:
            while True:
                body["pit"] = {"id": snapshot, "keep_alive": ALIVE}
                hits = whole(self._cluster("POST", f"/_search?{_how(scored(node))}", body))["hits"]["hits"]
                yield from hits
                if len(hits) < STREAMED:
                    return
                body["search_after"] = hits[-1]["sort"]
        finally:
            self._cluster("DELETE", "/_search/point_in_time", {"pit_id": [snapshot]})

    def _frequency(self, word: Syllable) -> int:
        """Documents that hold it, in any spelling it stands for; most often told beside the hits."""
        return self._words.get(word, lambda: self._search(_count(word))["hits"]["total"]["value"])

    def _kept(self, ids: list[str]) -> list[Kept]:
        """Those of them that are there, in their order."""
        found = {id: self._documents.known(id) for id in ids}
        new = [id for id, one in found.items() if one is None]
        for id, told in (self._fetched(new) if new else {}).items():
            found[id] = self._documents.put(id, generations.kept(told))
        return [one for one in found.values() if one]

    def _fetched(self, ids: list[str]) -> dict[str, Json]:
        told = self._cluster("POST", f"/{self._name}/_mget?realtime=false", {"ids": ids})["docs"]
        for one in told:
            if "error" in one:
                raise (Missing(404, "", one["error"]["reason"]) if one["error"]["type"] == "index_not_found_exception"
                       else Busy(f"an article cannot be read ({one['error']['reason']}); try again"))
        return {one["_id"]: one for one in told if one["found"]}

    def _search(self, body: Json, dfs: bool = False) -> Json:
        return whole(self._cluster("POST", f"/{self._name}/_search?{_how(dfs)}", body))


def _how(dfs: bool) -> str:
    """Partial answers are refused; where hits are scored all shards agree on frequencies first."""
    return "allow_partial_search_results=false" + ("&search_type=dfs_query_then_fetch" if dfs else "")


def _count(node: Node) -> Json:
    return {"size": 0, "track_total_hits": True, "query": _filtered(node)}


def _filtered(node: Node) -> Json:
    return {"bool": {"filter": [asked(node)]}}


def _terms(facet: str, size: int) -> Json:
    """One more than there are: then the shards' counts are exact."""
    return {"terms": {"field": facet, "size": size + 1}}


def _buckets(told: Json) -> list[tuple[str, int]]:
    """Raises Busy where values may be missing: a count is exact or not told."""
    if told["sum_other_doc_count"] or told["doc_count_error_upper_bound"]:
        raise Busy("a facet has more values than can be counted")
    return [(bucket["key"], bucket["doc_count"]) for bucket in told["buckets"]]


def _counts(told: Json) -> Counts:
    return tuple(sorted((value, count) for value, count in _buckets(told.get("values", told)) if count))


def _id(hit: Json) -> str:
    return hit["sort"][-1]


def _keys(hits: list[Json]) -> np.ndarray:
    return np.array([key_of(_id(hit)) for hit in hits], np.int64)


def _stored(one: Kept, marks: Marks) -> Stored:
    kept = finding.Kept.of(one.id, one.card, one.copies, one.title, one.body, one.sentences)
    if not (marks.leaves or marks.codes):
        return Stored(kept, NOTHING, NOTHING)
    return Stored(kept, *(opensearch_places.placed(one, marks, name) for name in TEXTS))
