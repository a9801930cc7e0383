"""A cluster beside itself, asked and filled without timhtx: what a page and a rebuild cost on top, and how both grow.

    python tests/nodes.py run --heap 1g          prints the nodes' addresses
    python benchmarks/cluster.py --data http://127.0.0.1:9200,127.0.0.1:9201/bench --corpus news.jsonl.xz --docs 50000

The index is made where the address has none of so many articles, and stays. Rows: {engine, class, measure, docs, p50_ms,
p95_ms, value, unit}. Engines: "timhtx"; "bare", urllib3 alone: the same query and aggregations with the ten documents that
are shown; "second stage", urllib3 alone with the very request that a page begins with, its 200 candidates included.
Measures: "page", the query's words known and its hits not; "new page", nothing known; "bulk".
"""
import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import urllib3

from corpus.article import Article
from corpus.document import Document
from index import opensearch_generations as generations
from index.fields import row
from index.generations import NoIndex
from index.opensearch_address import Address, place
from index.opensearch_cluster import Cluster, ndjson
from index.opensearch_documents import pack
from index.opensearch_writer import BYTES, ROWS
from relevance import Collection, load, stripped, timhtx
from relevance import measured as scored
from sampled import rows as rows_of
from search import Query, answering
from search.opensearch_engine import OpenSearchEngine

ASKED = {
    "rare": ["nuôi ba ba", "sen đá", "rau má"], "common": ["hợp tác xã", "nông dân", "tỉnh"], "phrase": ['"liên kết sản xuất"', '"chuyển đổi số"'],
    "accentless": ["hop tac xa nong nghiep", "lua gao"], "filtered": ["vốn vay năm:2021", "cá tra tỉnh:\"An Giang\""], "all": [""],
}
ROUNDS = 12
BULK = 3_000        # articles of one bulk measurement


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="a cluster's address")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--docs", type=int, default=2_000)
    parser.add_argument("--measure", default="fill,page,bulk")
    parser.add_argument("--collections", nargs="*", type=Path, default=[], help="nDCG@10 of these, as benchmarks/relevance.py has them")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    cluster, rows = Cluster(place(given.data)), []
    wanted = measured(cluster, given.measure.split(","), given.corpus, given.docs) if given.corpus else ()
    for one in chain(wanted, *(relevance(cluster, load(folder)) for folder in given.collections)):
        print(json.dumps(one, ensure_ascii=False), flush=True)
        rows.append(one)
    if given.json:
        given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def measured(cluster: Cluster, measures: list[str], corpus: Path, docs: int) -> Iterator[dict]:
    if "fill" in measures:
        yield from filled(cluster, corpus, docs)
    if "page" in measures:
        yield from pages(cluster)
    if "bulk" in measures:
        yield from bulks(cluster, list(rows_of(corpus, BULK, words=False)))


def filled(cluster: Cluster, corpus: Path, docs: int) -> Iterator[dict]:
    """The live generation has so many articles afterwards."""
    try:
        if generations.live(cluster).documents == docs:
            return
    except NoIndex:
        pass
    manifest = generations.begin(cluster).manifest
    writer = generations.writer(cluster, manifest.name)
    began, spent = time.perf_counter(), 0.0
    for one in rows_of(corpus, docs, words=False):
        started = time.perf_counter()
        writer.add(one)
        spent += time.perf_counter() - started
    started = time.perf_counter()
    writer.finish()
    spent += time.perf_counter() - started
    generations.report(cluster, manifest.name, generations.Part(1, 1, manifest, docs, writer.sent.again, 0))
    generations.publish(cluster, generations.finish(cluster, manifest.name))
    sizes = cluster("GET", f"/{manifest.name}/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    yield told("fill", "write", docs, value=docs / spent, engine="timhtx", unit="articles/s")
    yield told("fill", "analyse and write", docs, value=docs / (time.perf_counter() - began), engine="timhtx", unit="articles/s")
    yield told("fill", "size of one copy", docs, value=sizes / docs, engine="timhtx", unit="bytes/article")


def pages(cluster: Cluster) -> Iterator[dict]:
    manifest = generations.live(cluster)
    with OpenSearchEngine(Cluster(cluster.address), manifest) as engine:
        for name, texts in ASKED.items():
            for (which, measure), times in timed(engine, cluster.address, texts).items():
                yield told(name, measure, manifest.documents, times=times, engine=which)


def timed(engine: OpenSearchEngine, address: Address, texts: list[str]) -> dict[tuple[str, str], list[float]]:
    """Milliseconds: whole pages and bare requests in turn."""
    pool = urllib3.HTTPConnectionPool(*address.nodes[0])
    out: dict[tuple[str, str], list[float]] = {}
    for number in range(-2, ROUNDS):
        for text in texts:
            forget(engine, everything=number < 0)
            first = first_request(engine, Query(text, size=10))
            headers, body = first
            shown = ndjson([headers, {**{k: v for k, v in body.items() if k not in ("script_fields", "stored_fields", "_source")}, "size": 10}])
            calls = {
                ("timhtx", "new page"): lambda: (forget(engine, everything=True), engine.search(Query(text, size=10))),
                ("timhtx", "page"): lambda: (forget(engine), engine.search(Query(text, size=10))),
                ("bare", "page"): lambda: ask(pool, engine, shown),
                ("second stage", "page"): lambda: ask(pool, engine, ndjson(first)),
            }
            for name, call in calls.items():
                began = time.perf_counter()
                call()
                if number >= 0:
                    out.setdefault(name, []).append((time.perf_counter() - began) * 1e3)
    return out


def first_request(engine: OpenSearchEngine, query: Query) -> tuple[dict, dict]:
    """(header, body) of what a page is found by."""
    finder, said = engine.finder, []
    plain = finder._beside
    finder._beside = lambda body, dfs, words: said.append(({"search_type": "dfs_query_then_fetch"} if dfs else {}, body)) or plain(body, dfs, words)
    try:
        engine.search(query)
    finally:
        del finder._beside
    return said[0]


def forget(engine: OpenSearchEngine, everything: bool = False) -> None:
    finder = engine.finder
    answering.forget(finder)
    finder._documents.clear()
    if everything:
        for cache in (finder._asked, finder._any, finder._words, finder._places, finder.lexicon._kept):
            cache.clear()


def ask(pool: urllib3.HTTPConnectionPool, engine: OpenSearchEngine, lines: bytes) -> dict:
    answer = pool.request("POST", f"/{engine.about().generation}/_msearch", body=lines, headers={"content-type": "application/x-ndjson"})
    found = json.loads(answer.data)["responses"][0]
    assert found["hits"]["total"]["value"] >= 0
    return found


def relevance(cluster: Cluster, collection: Collection) -> Iterator[dict]:
    """nDCG@10 of the product on both engines."""
    with tempfile.TemporaryDirectory() as folder:
        here = timhtx(collection, Path(folder), depth=10)
        name = generations.begin(cluster).manifest.name
        writer, ids = generations.writer(cluster, name), {}
        for number, (id, (title, text)) in enumerate(collection.documents.items()):
            ids[f"{number:016x}"] = id
            writer.add(row(Document(id=f"{number:016x}", article=Article(url=f"file:{number}", title=title or None, body=text))))
        writer.finish()
        with OpenSearchEngine(Cluster(cluster.address), generations.generation(cluster, name).manifest) as engine:
            there = lambda text: [ids[hit.id] for hit in engine.search(Query(text=text, size=10)).hits]
            for which, ask in (("timhtx", here), ("timhtx on the cluster", there)):
                for suffix, change in (("", str), (" accentless", stripped)):
                    value = scored(collection, ask, change)["nDCG@10"]
                    yield told(collection.name, "nDCG@10" + suffix, len(ids), value=value, engine=which, unit="", digits=4)
        generations.drop(cluster, name)


def bulks(cluster: Cluster, found: list) -> Iterator[dict]:
    """Two rounds each, in turn; the better one counts."""
    lines = [json.dumps({"index": {"_id": r.document.id}}).encode() + b"\n" + pack(r) + b"\n" for r in found]
    bare, ours = zip(*((bare_bulk(cluster, lines), our_bulk(cluster, found)) for _ in range(2)))
    for engine, rates in (("bare", bare), ("timhtx", ours)):
        yield told("bulk", "bulk", len(found), value=max(rates), engine=engine, unit="articles/s")


def bare_bulk(cluster: Cluster, lines: list[bytes]) -> float:
    """Articles a second, of lines that are ready, in bulks of the same size."""
    name = generations.begin(cluster).manifest.name
    pool = urllib3.HTTPConnectionPool(*cluster.address.nodes[0])
    began = time.perf_counter()
    batch, size = [], 0
    for line in [*lines, None]:
        if line is None or size + len(line) > BYTES or len(batch) == ROWS:
            answer = pool.request("POST", f"/{name}/_bulk", body=b"".join(batch), headers={"content-type": "application/x-ndjson"})
            assert not json.loads(answer.data)["errors"]
            batch, size = [], 0
        if line is not None:
            batch.append(line)
            size += len(line)
    pool.request("POST", f"/{name}/_refresh")
    took = time.perf_counter() - began
    generations.drop(cluster, name)
    return len(lines) / took


def our_bulk(cluster: Cluster, found: list) -> float:
    """The same with packing, words and pairs."""
    name = generations.begin(cluster).manifest.name
    writer = generations.writer(cluster, name)
    began = time.perf_counter()
    for one in found:
        writer.add(one)
    writer.finish()
    took = time.perf_counter() - began
    generations.drop(cluster, name)
    return len(found) / took


def told(name: str, measure: str, docs: int, times=(), engine: str = "", value=None, unit: str = "ms", digits: int = 1) -> dict:
    times = sorted(times)
    return {"engine": engine, "class": name, "measure": measure, "docs": docs, "p50_ms": times and round(statistics.median(times), 1),
            "p95_ms": times and round(times[int(len(times) * .95)], 1), "value": value and round(value, digits), "unit": unit}


if __name__ == "__main__":
    main()
