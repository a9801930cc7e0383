"""How well saved pages are read: ours beside trafilatura and htmldate, where these are installed; and what texts are about.

    python benchmarks/reading.py [--gold DIR] [--corpus FILE] [--json FILE]

DIR holds NN.html and NN.json as described in the README beside the development sets, the folder above it the sets of texts
(metadata.py); FILE is articles as JSON lines, to measure the speed on. Rows are {engine, class, measure, value, unit, docs}.
"""
import argparse
import importlib.util
import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import metadata  # noqa: E402
from corpus.article import Article, read  # noqa: E402
from corpus.page import Page  # noqa: E402

HTML = ROOT.parent / "shared" / "gold" / "html_dev"
DENSE = 60_000          # bytes of a dense page
ROUNDS = 5
_BODY = re.compile(rb"(.*?<body[^>]*>)(.{500,})(</body>.*)", re.S | re.I)
APART = ("list", "error", "empty")      # kinds that must not be taken for an article


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine got out of a page."""
    kind: str | None
    title: str | None
    published: str | None
    byline: str | None
    text: str


Engine = Callable[[bytes, str], Reading]


def timhtx(html: bytes, url: str) -> Reading:
    found = read(Page(url or "file:page.html", html))
    article = found if isinstance(found, Article) else found.rest
    kind = "article" if isinstance(found, Article) else found.kind
    if article is None:
        return Reading(kind, found.title, None, None, "")
    text = "\n".join(filter(None, (article.lead, article.body)))
    return Reading(kind, article.title, article.published and article.published.value, article.byline, text)


def trafilatura_and_htmldate(html: bytes, url: str) -> Reading:
    import htmldate
    import trafilatura

    found = trafilatura.bare_extraction(html, url=url or None, favor_precision=True, include_tables=True, with_metadata=True)
    told = found.as_dict() if found else {}
    try:
        day = htmldate.find_date(html, original_date=True, url=url or None)
    except ValueError:
        day = None
    return Reading(None, told.get("title"), day, told.get("author"), told.get("text") or "")


ENGINES: dict[str, Engine] = {"timhtx": timhtx}
if importlib.util.find_spec("trafilatura") and importlib.util.find_spec("htmldate"):
    ENGINES["trafilatura + htmldate"] = trafilatura_and_htmldate


def scored(gold: Path):
    """The scorer that lies beside the development pages."""
    spec = importlib.util.spec_from_file_location("score_html", gold.parent / "score_html.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages_of(gold: Path) -> list[tuple[bytes, dict]]:
    return [(told.with_suffix(".html").read_bytes(), json.loads(told.read_text(encoding="utf-8"))) for told in sorted(gold.glob("*.json"))]


def measure(engine: Engine, gold: Path) -> dict[str, float]:
    """Every measure of reading HTML, as a share but for leaks and the pages a second and core."""
    module = scored(gold)
    given = pages_of(gold)
    begin = time.process_time()
    got = [engine(html, told["url"]) for html, told in given]
    seconds = time.process_time() - begin
    rows = [(told, module.score(told, {"title": r.title, "published": r.published, "byline": r.byline, "text": r.text, "kind": r.kind}))
            for (_, told), r in zip(given, got)]
    shown = [row for told, row in rows if told["kind"] not in APART]
    articles = [row for told, row in rows if told["kind"] == "article"]
    apart = [row for told, row in rows if told["kind"] in APART]
    precision, recall, f1 = module.prf([row for _, row in rows])
    return {
        "paragraph precision": precision, "paragraph recall": recall, "paragraph F1": f1,
        "leaks": sum(row["leaks"] for _, row in rows), "titles": share(shown, "title"), "dates": share(shown, "date"),
        "bylines": share(articles, "byline"), "told apart": share(apart, "rejected"), "pages/s": len(given) / seconds,
    }


def share(rows: list[dict], name: str) -> float:
    return sum(bool(row[name]) for row in rows) / len(rows) if rows else 1.0


def ours(gold: Path = HTML) -> dict[str, float]:
    return measure(timhtx, gold)


def rows_of_html(gold: Path) -> list[dict]:
    docs = len(list(gold.glob("*.json")))
    return [{"engine": name, "class": "html", "measure": what, "value": round(value, 4), "unit": "1/s" if what.endswith("/s") else "", "docs": docs}
            for name, engine in ENGINES.items() for what, value in measure(engine, gold).items()]


def dense(gold: Path) -> list[bytes]:
    """The pages of the set, each with what is in its body again and again until it has 60 KB."""
    found = (_BODY.fullmatch(html) for html, _ in pages_of(gold))
    return [page[1] + page[2] * (DENSE // len(page[2]) + 1) + page[3] for page in found if page]


def rows_of_speed(gold: Path) -> list[dict]:
    """Pages a second of one core's time, beside bs4 over lxml, which parses and reads nothing."""
    from bs4 import BeautifulSoup

    given = dense(gold)
    engines = {"timhtx": lambda html: timhtx(html, ""), "bs4 over lxml": lambda html: BeautifulSoup(html, "lxml")}
    return [{"engine": name, "class": "html", "measure": "dense pages/s", "value": round(len(given) / _seconds(read_one, given), 1), "unit": "1/s",
             "docs": len(given)} for name, read_one in engines.items()]


def _seconds(read_one: Callable[[object], object], given: list) -> float:
    """Of the quickest of a few rounds."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for one in given:
            read_one(one)
        took.append(time.process_time() - began)
    return min(took)


def show(rows: list[dict]) -> None:
    engines = list(dict.fromkeys(row["engine"] for row in rows))
    print(f"{'':36}" + "".join(f"{name:>26}" for name in engines))
    for key in dict.fromkeys((row["class"], row["measure"]) for row in rows):
        values = {row["engine"]: row["value"] for row in rows if (row["class"], row["measure"]) == key}
        print(f"{' '.join(key)[-34:]:36}" + "".join(f"{values[name]:26.3f}" if name in values else f"{'':26}" for name in engines))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--gold", type=Path, default=HTML)
    options.add_argument("--corpus", type=Path)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    rows = rows_of_html(chosen.gold) + metadata.rows_of(chosen.gold.parent, chosen.corpus)
    rows += rows_of_speed(chosen.gold)
    show(rows)
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
