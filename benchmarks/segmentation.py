"""Articles (JSON lines, .xz or plain) become megabytes a second for each segmenter, and where ours differs from pyvi.

    python benchmarks/segmentation.py --corpus news-50k.jsonl.xz --articles 2000 --json rows.json

Rows: {engine, class, measure, docs, p50_ms, p95_ms, value, unit}. CPU time; every article goes through all segmenters
in turn, so that a busy machine slows all alike. Underthesea takes part where it is installed, on every tenth article.
"""
import argparse
import importlib
import itertools
import json
import lzma
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from index import analysis, segmenter                                   # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpora" / "news-50k.jsonl.xz"
EVERY = {"underthesea": 10}     # it is slow: some articles tell its speed


def articles(path: Path) -> Iterator[str]:
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield "\n".join(filter(None, (row.get("title"), row["text"])))


def engines() -> dict[str, Callable[[str], object]]:
    from pyvi.ViTokenizer import spacy_tokenize
    found = {"ours": segmenter.Words().of, "pyvi": lambda text: spacy_tokenize(text)[0], "analysis": analysis.analyse}
    try:
        found["underthesea"] = importlib.import_module("underthesea").word_tokenize
    except ImportError:
        print("underthesea is not installed: left out", file=sys.stderr)
    for segment in found.values():
        segment("Hợp tác xã là tổ chức kinh tế tập thể.")       # models load before the clock runs
    return found


def measure(texts: Iterator[str]) -> tuple[dict[str, tuple[list[float], int]], list[int]]:
    """Seconds an article and bytes for each engine; the numbers of the articles on which ours and pyvi differ."""
    taking_part = engines()
    times = {name: [] for name in taking_part}
    size, different = dict.fromkeys(taking_part, 0), []
    for number, text in enumerate(texts):
        words = {}
        for name, segment in taking_part.items():
            if number % EVERY.get(name, 1) == 0:
                start = time.process_time()
                words[name] = segment(text)
                times[name].append(time.process_time() - start)
                size[name] += len(text.encode())
        if words["ours"] != words["pyvi"]:
            different.append(number)
        if number % 5000 == 4999:
            print(number + 1, "articles,", len(different), "different", file=sys.stderr, flush=True)
    return {name: (times[name], size[name]) for name in times}, different


def rows(times: dict[str, tuple[list[float], int]], different: list[int]) -> Iterator[dict]:
    for name, (seconds, size) in times.items():
        p50, p95 = (round(float(v) * 1000, 3) for v in np.percentile(seconds, (50, 95)))
        shared = {"engine": name, "class": "all", "docs": len(seconds), "p50_ms": p50, "p95_ms": p95}
        yield {**shared, "measure": "segmentation", "value": round(size / 1e6 / sum(seconds), 3), "unit": "MB/s"}
        if name == "ours":
            yield {**shared, "measure": "different from pyvi", "value": len(different), "unit": "articles"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, help="the first so many; all without it")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    found = list(rows(*measure(itertools.islice(articles(options.corpus), options.articles))))
    for row in found:
        print(f"{row['engine']:12} {row['measure']:20} {row['value']:>9} {row['unit']:9} p50 {row['p50_ms']} ms")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
