"""Reading figures: how many of a gold file's are found, and how many articles a core reads in a second.

    python benchmarks/figures.py GOLD [--corpus FILE] [--json FILE]

GOLD is a folder with figures_dev.jsonl and score_figures.py beside it, which says how it counts; FILE is
articles as JSON lines ({"title", "text"}; .xz is unpacked). Articles are cut to 3,000 characters.
"""
import argparse
import importlib.util
import json
import lzma
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import places  # noqa: E402
from corpus.article import Article  # noqa: E402
from corpus.dates import year_of  # noqa: E402
from corpus.evidence import Evidence  # noqa: E402
from corpus.figures import Figure, figures, row  # noqa: E402

LENGTH = 3_000
MOST = 5_000        # articles measured


def article(item: dict) -> Article:
    published = item.get("published")
    return Article(f"file:{item['id']}", title=item.get("title"), body=item["text"], published=published and Evidence(published, "given"))


def read(item: dict) -> tuple[Figure, ...]:
    one = article(item)
    return figures(one, places.provinces(one), year_of(one))


def scores(folder: Path, gold: str = "figures_dev.jsonl") -> dict[str, dict]:
    """Precision, recall and F1 in percent by row of the scoring script; "goals" is the share of goal flags that are right."""
    found = importlib.util.spec_from_file_location("score_figures", folder / "score_figures.py")
    scorer = importlib.util.module_from_spec(found)
    found.loader.exec_module(scorer)
    items = [json.loads(line) for line in (folder / gold).read_text(encoding="utf-8").splitlines()]
    read_in = {item["id"]: [row(figure) for figure in read(item)] for item in items}
    sector, every = scorer.score(items, read_in), scorer.score(items, read_in, everything=True)
    return ({name: one["overall"] for name, one in sector.items()}
            | {f"every figure, {name}": one["overall"] for name, one in every.items()}
            | {"goals": sector["measure+value"]["target_right"]})


def articles(corpus: Path) -> Iterator[Article]:
    with (lzma.open if corpus.suffix == ".xz" else open)(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            yield article(item | {"text": item["text"][:LENGTH]})


def speed(read: Iterable[Article]) -> tuple[int, float]:
    """Articles, and articles a second of this core's time; finding their provinces and year is another's work."""
    known = [(one, (Evidence("dien-bien", "given"),)) for one in read]
    figures(Article("file:warm", body="Toàn tỉnh Điện Biên có 264 HTX."))
    begun = time.process_time()
    for one, provinces in known:
        figures(one, provinces)
    return len(known), len(known) / max(time.process_time() - begun, 1e-9)


def about_cooperatives(found: Iterable[Article]) -> list[Article]:
    return [one for one in found if "hợp tác xã" in one.text.lower() or "HTX" in one.text]


def measured(gold: Path, corpus: Path | None) -> Iterator[dict]:
    for name, value in scores(gold).items():
        for part in ("P", "R", "F1") if isinstance(value, dict) else ("value",):
            yield {"engine": "timhtx", "class": name, "measure": part, "value": value[part] if isinstance(value, dict) else value, "unit": "%"}
    if corpus:
        every = [one for one, _ in zip(articles(corpus), range(MOST))]
        for name, chosen in ((f"{MOST} articles", every), ("about cooperatives", about_cooperatives(articles(corpus)))):
            count, rate = speed(chosen)
            yield {"engine": "timhtx", "class": name, "measure": "articles a second", "docs": count, "value": round(rate), "unit": "1/s"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=Path)
    asked.add_argument("--corpus", type=Path)
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    rows = list(measured(given.gold, given.corpus))
    for one in rows:
        print(f"{one['class']:40} {one['measure']:18} {one['value']:>10} {one['unit']}")
    if given.json:
        given.json.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
