"""How fast the page of figures is made: the table, and the whole page, over articles that each report several.

    python benchmarks/figures_page.py --docs 50000 --json figures_page.json

Rows: {engine, class, measure, docs, p50_ms, p95_ms, value, unit}. The articles are made up: a province each, its cooperatives
and members in one or two years. `table` is Engine.table, `page` the answer of the web application, which keeps its tables, all by
processor time of this process; classes: all articles, those with a word, by today's provinces, one cell's sentences.
"""
import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import places
from corpus.article import Article
from corpus.document import Document, describe
from corpus.evidence import Evidence
from index.fields import row
from index.whoosh_writer import Writer
from search.query import Query
from search.tables import Asked
from search.whoosh_engine import WhooshEngine
from web import create_app

ROUNDS = 15
WORDS = "lúa cá tôm cam chè rừng vốn chuỗi OCOP du lịch bưởi sầu riêng".split()
PAGES = {
    "all": ("/so-lieu", Query(), False), "word": ("/so-lieu?q=OCOP", Query(text="OCOP"), False),
    "today": ("/so-lieu?ten=nay", Query(), True), "cell": ("/so-lieu?noi=dien-bien&luc=2021", Query(), False)}


def articles(count: int, rng: random.Random) -> Iterator[Document]:
    slugs = list(places.LABELS)
    for number in range(count):
        slug, year = rng.choice(slugs), rng.randrange(2014, 2026)
        name = places.LABELS[slug].removeprefix("TP. ")
        now, before = rng.randrange(100, 900), rng.randrange(100, 900)
        body = (f"Đến hết năm {year}, toàn tỉnh {name} có {now} hợp tác xã với {now * 31} thành viên, trồng {rng.choice(WORDS)} và {rng.choice(WORDS)}. "
                f"Năm {year - 2}, tỉnh có {before} hợp tác xã.")
        published = Evidence(f"{year}-12-{rng.randrange(10, 29)}", "given")
        yield describe(Article(f"https://bao.example/{number}", f"Hợp tác xã ở {name}", body=body, source="Báo Ví Dụ", published=published))


def measured(run, rounds: int = ROUNDS) -> dict[str, float]:
    run()
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        run()
        spent.append((time.process_time() - began) * 1000)
    return {"p50_ms": round(statistics.median(spent), 2), "p95_ms": round(sorted(spent)[int(rounds * .95)], 2)}


def rows(docs: int, folder: Path) -> Iterator[dict]:
    writer = Writer(folder)
    figures = 0
    for document in articles(docs, random.Random(14)):
        figures += len(document.figures)
        writer.add(row(document))
    writer.finish()
    yield {"engine": "timhtx", "class": "all", "measure": "figures", "docs": docs, "value": figures, "unit": "figures"}
    with WhooshEngine(folder) as engine:
        client = create_app(engine).test_client()
        for name, (address, query, present) in PAGES.items():
            asked = Asked("htx", present=present)
            for measure, run in (("table", lambda: (engine.forget(), engine.table(query, asked))), ("page", lambda: client.get(address)),
                                 ("page, nothing kept", lambda: (engine.forget(), client.get(address)))):
                yield {"engine": "timhtx", "class": name, "measure": measure, "docs": docs, **measured(run)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--docs", type=int, default=50_000)
    options.add_argument("--json", type=Path, metavar="FILE")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for one in rows(given.docs, Path(folder) / "index"):
            found.append(one)
            print(json.dumps(one))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
