"""How good the order of the hits is, beside BM25: one command, one run, whole collections in BEIR's layout.

    python benchmarks/relevance.py ../shared/relevance/xquad_vi ../shared/relevance/news_knownitem --json relevance.json

Each collection is a folder with corpus.jsonl(.xz), queries.jsonl and qrels.tsv. Ours is the product with its defaults:
documents, index, engine, Query. Beside it BM25 over syllables, over folded syllables and over pyvi's words (bm25s, of
the extra [bench]), all on our tokens. Every query is also asked with its accents stripped ("accentless").
Rows: {engine, class, measure, docs, value, unit}, the class being the collection.
"""
import argparse
import json
import lzma
import math
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.article import Article
from corpus.document import Document
from index.analysis import Tokens, analyse
from index.fields import row
from index.spelling import fold
from index.whoosh_writer import Writer
from search.query import Query
from search.whoosh_engine import WhooshEngine

DEPTH = 100         # hits asked for
PEERS = ("syllables", "folded", "words")
Asks = Callable[[str], list[str]]       # a query's text → ids, best first


@dataclass(frozen=True, slots=True)
class Collection:
    name: str
    documents: dict[str, tuple[str, str]]       # id → title, text
    queries: dict[str, str]
    relevant: dict[str, set[str]]               # query → ids


def load(folder: Path) -> Collection:
    lines = lambda path: (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8")
    corpus = next(path for path in sorted(folder.glob("corpus.jsonl*")))
    documents = {d["_id"]: (d.get("title") or "", d["text"]) for d in map(json.loads, lines(corpus))}
    relevant: dict[str, set[str]] = {}
    for line in list(lines(folder / "qrels.tsv"))[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, set()).add(document)
    queries = {q["_id"]: q["text"] for q in map(json.loads, lines(folder / "queries.jsonl")) if q["_id"] in relevant}
    return Collection(folder.name, documents, queries, relevant)


def stripped(text: str) -> str:
    """Without accents, in the case it had."""
    return "".join(plain.upper() if char.isupper() else plain for char, plain in zip(text, fold(text)))


def timhtx(collection: Collection, folder: Path, depth: int = DEPTH) -> Asks:
    """The product, built from the collection, with its defaults."""
    writer, ids = Writer(folder), {}
    for number, (id, (title, text)) in enumerate(collection.documents.items()):
        ids[f"{number:016x}"] = id
        writer.add(row(Document(id=f"{number:016x}", article=Article(url=f"file:{number}", title=title or None, body=text))))
    writer.finish()
    engine = WhooshEngine(folder)
    return lambda text: [ids[hit.id] for hit in engine.search(Query(text=text, size=depth)).hits]


def bm25(collection: Collection, kind: str) -> Asks:
    """BM25 as Lucene has it, over syllables, folded syllables or words."""
    import bm25s

    terms = {
        "syllables": lambda tokens: tokens.texts,
        "folded": lambda tokens: list(map(fold, tokens.texts)),
        "words": lambda tokens: [word.text for word in tokens.words()],
    }[kind]
    read: Callable[[str], Tokens] = lambda text: analyse(text, words=kind == "words")
    ids = list(collection.documents)
    found = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    found.index([terms(read("\n".join(filter(None, texts)))) for texts in collection.documents.values()], show_progress=False)
    deep = min(DEPTH, len(ids))

    def ask(text: str) -> list[str]:
        documents, scores = found.retrieve([terms(read(text))], k=deep, show_progress=False)
        return [ids[i] for i, score in zip(documents[0], scores[0]) if score > 0]

    return ask


def measured(collection: Collection, ask: Asks, change: Callable[[str], str] = str) -> dict[str, float]:
    """nDCG@10, MRR@10 and recall@100 over all queries."""
    per_query = [_one(ask(change(text)), collection.relevant[id]) for id, text in collection.queries.items()]
    return dict(zip(("nDCG@10", "MRR@10", "recall@100"), map(statistics.fmean, zip(*per_query))))


def _one(ranked: list[str], relevant: set[str]) -> tuple[float, float, float]:
    gains = [1 / math.log2(place + 2) for place, id in enumerate(ranked[:10]) if id in relevant]
    best = sum(1 / math.log2(place + 2) for place in range(min(10, len(relevant))))
    first = next((1 / (place + 1) for place, id in enumerate(ranked[:10]) if id in relevant), 0.0)
    return sum(gains) / best, first, len(relevant.intersection(ranked[:100])) / len(relevant)


def rows(collection: Collection, engines: list[str]) -> Iterator[dict]:
    with tempfile.TemporaryDirectory() as folder:
        for engine in engines:
            ask = timhtx(collection, Path(folder)) if engine == "timhtx" else bm25(collection, engine)
            for suffix, change in (("", str), (" accentless", stripped)):
                for measure, value in measured(collection, ask, change).items():
                    yield {"engine": "timhtx" if engine == "timhtx" else f"bm25 {engine}", "class": collection.name,
                           "measure": measure + suffix, "docs": len(collection.documents), "value": round(value, 4), "unit": ""}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("collections", nargs="+", type=Path)
    options.add_argument("--engines", default=",".join(("timhtx", *PEERS)))
    options.add_argument("--json", type=Path)
    given, all_rows = options.parse_args(), []
    for folder in given.collections:
        for measure in rows(load(folder), given.engines.split(",")):
            print(f"{measure['class']:16} {measure['engine']:16} {measure['measure']:22} {measure['value']:.4f}", flush=True)
            all_rows.append(measure)
    if given.json:
        given.json.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in all_rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
