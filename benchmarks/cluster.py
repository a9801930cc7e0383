"""A cluster beside itself, asked and filled without timhtx: what a page and a rebuild cost on top.

    python benchmarks/cluster.py --data http://127.0.0.1:9200,127.0.0.1:9201,127.0.0.1:9202/bench --corpus news.jsonl.xz --docs 2000
"""
import argparse
import json
import statistics
import time
from pathlib import Path

import urllib3

from index import opensearch_generations as generations
from index.opensearch_address import Address, place
from index.opensearch_cluster import Cluster
from index.opensearch_documents import pack
from index.opensearch_writer import BYTES, ROWS
from sampled import rows as rows_of
from search import Query
from search.opensearch_engine import OpenSearchEngine

ASKED = {
    "rare": ["nuôi ba ba", "sen đá", "rau má"], "common": ["hợp tác xã", "nông dân", "tỉnh"], "phrase": ['"liên kết sản xuất"', '"chuyển đổi số"'],
    "accentless": ["hop tac xa nong nghiep", "lua gao"], "filtered": ["vốn vay năm:2021", "cá tra tỉnh:\"An Giang\""],
}
ROUNDS = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="a cluster's address; its index is made and dropped again")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--docs", type=int, default=2_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    address = place(given.data)
    found = list(rows_of(given.corpus, given.docs, words=False))
    cluster = Cluster(address)
    bare = bare_bulk(cluster, found)
    manifest, ours = filled(cluster, found)
    rows = [told("bulk", "articles a second", len(found), value=rate, engine=engine, unit="1/s") for engine, rate in (("bare", bare), ("timhtx", ours))]
    with OpenSearchEngine(cluster, manifest) as engine:
        for name, texts in ASKED.items():
            rows += [told(name, "page", len(found), times=times, engine=which) for which, times in timed(engine, address, texts)]
    generations.drop(cluster, manifest.name)
    for one in rows:
        print(json.dumps(one, ensure_ascii=False))
    if given.json:
        given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def bare_bulk(cluster: Cluster, found: list) -> float:
    """Articles a second, of lines that are ready, in bulks of the same size."""
    lines = [json.dumps({"index": {"_id": r.document.id}}).encode() + b"\n" + pack(r) + b"\n" for r in found]
    name = generations.begin(cluster).manifest.name
    pool = connected(cluster.address)
    began = time.perf_counter()
    batch, size = [], 0
    for line in [*lines, None]:
        if line is None or size + len(line) > BYTES or len(batch) == ROWS:
            pool.request("POST", f"/{name}/_bulk", body=b"".join(batch), headers={"content-type": "application/x-ndjson"})
            batch, size = [], 0
        if line is not None:
            batch.append(line)
            size += len(line)
    pool.request("POST", f"/{name}/_refresh")
    took = time.perf_counter() - began
    generations.drop(cluster, name)
    return len(lines) / took


def filled(cluster: Cluster, found: list):
    """(a generation, articles a second): packing, words and pairs included."""
    manifest = generations.begin(cluster).manifest
    writer = generations.writer(cluster, manifest.name)
    began = time.perf_counter()
    for one in found:
        writer.add(one)
    writer.finish()
    return manifest, len(found) / (time.perf_counter() - began)


def timed(engine: OpenSearchEngine, address: Address, texts: list[str]):
    """Milliseconds of whole pages, and of their largest request alone, in turn; what queries mean is known, documents are not."""
    pool, ours, bare = connected(address), [], []
    cluster, said = engine._cluster, []
    plain = type(cluster).__call__
    type(cluster).__call__ = lambda self, method, path, body=None, **more: said.append((path, body)) or plain(self, method, path, body, **more)
    try:
        for number in range(ROUNDS + 1):
            for text in texts:
                said.clear()
                engine.finder._told.clear(), engine.finder._documents.clear(), engine.finder.shown.clear()
                began = time.perf_counter()
                engine.search(Query(text, size=10))
                middle = time.perf_counter()
                path, body = max(((p, b) for p, b in said if b and "/_search" in p), key=lambda one: len(json.dumps(one[1])))
                answer = pool.request("POST", path, body=json.dumps(body).encode(), headers={"content-type": "application/json"})
                json.loads(answer.data)
                if number:
                    ours.append((middle - began) * 1e3)
                    bare.append((time.perf_counter() - middle) * 1e3)
    finally:
        type(cluster).__call__ = plain
    return ("timhtx", ours), ("bare", bare)


def connected(address: Address) -> urllib3.HTTPConnectionPool:
    return urllib3.HTTPConnectionPool(*address.nodes[0])


def told(name: str, measure: str, docs: int, times=(), engine: str = "", value=None, unit: str = "ms") -> dict:
    times = sorted(times)
    return {"engine": engine, "class": name, "measure": measure, "docs": docs, "p50_ms": times and round(statistics.median(times), 1),
            "p95_ms": times and round(times[int(len(times) * .95)], 1), "value": value and round(value, 1), "unit": unit}


if __name__ == "__main__":
    main()
