"""How fast an index is built, from JSON lines to the published generation: one command, one run.

    python benchmarks/rebuild.py --corpus news.jsonl.xz --docs 50000 --peers tantivy,whoosh --json rebuild.json

Rows: {engine, class, measure, docs, p50_ms, p95_ms, value, unit}. Classes: `full`, `unchanged` and `1 % changed` are whole
rebuilds with every worker; `stage` is one core's rate of each step, over a sample; `index` is building alone, ours and
the peers', all fed with the same articles and tokens.
"""
import argparse
import gzip
import json
import lzma
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sampled
from corpus import copies
from corpus.article import read
from corpus.document import describe
from corpus.pages import pages
from index import packing, prepared
from index.abbreviations import definitions
from index.fields import row
from index.rebuild import Progress, Report, rebuild
from index.whoosh_writer import Writer
from peers import PEERS
from search.opening import verify
from speed import _row, _size

CHANGED = 100           # one article of so many
SAMPLE, WARM = 2_000, 500
EVERY = 1.0             # seconds between looks at the memory


def main() -> None:
    options = _options()
    where = Path(tempfile.mkdtemp(prefix="rebuild-", dir=options.scratch))
    out = []
    try:
        for told in _measured(options, where):
            out.append(told)
            print(f"{told['engine']:10} {told['class']:12} {told['measure']:14} {told['value']:.4g} {told['unit']}", flush=True)
    finally:
        shutil.rmtree(where)
    if options.json:
        options.json.write_text("".join(json.dumps(told, ensure_ascii=False) + "\n" for told in out), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, help="JSON lines with title and text; .xz and .gz are unpacked")
    parser.add_argument("--docs", type=int, default=10_000)
    parser.add_argument("--peers", default="", help="of " + ", ".join(PEERS))
    parser.add_argument("--processes", type=int, help="workers; as many as cores unless told otherwise")
    parser.add_argument("--scratch", help="a folder for the indexes, which are deleted again")
    parser.add_argument("--json", type=Path, help="write the rows there")
    return parser.parse_args()


def _measured(options: argparse.Namespace, where: Path) -> Iterator[dict]:
    told = lambda engine, kind, measure, value, unit: _row(engine, kind, measure, options.docs, value=value, unit=unit)
    lines, raw = _lines(options.corpus, options.docs), 0
    file = where / "articles.jsonl"
    for kind, change in (("full", 0), ("unchanged", 0), ("1 % changed", CHANGED)):
        raw = _write(file, lines, change)
        seconds, used, report = _rebuilt(file, where / "var", options.processes)
        documents = report.manifest.documents
        yield told("timhtx", kind, "all", documents / report.seconds, "articles/s")
        yield told("timhtx", kind, "all", report.seconds, "s")
        for step, took in seconds.items():
            yield told("timhtx", kind, step, took, "s")
        yield told("timhtx", kind, "processor", used.seconds / documents * 1e3, "ms an article, of all cores together")
        yield told("timhtx", kind, "memory", used.memory / 1024, "MB at most, of all processes")
    yield told("timhtx", "full", "size", _size(where / "var" / report.manifest.name) / raw, "of the raw text")
    for stage, rate in _stages(file, where / "stages"):
        yield told("timhtx", "stage", stage, rate, "articles/s and core")
    names = ["timhtx", *filter(None, options.peers.split(","))]
    for name, rate in _built(names, options.corpus, options.docs, where).items():
        yield told(name, "index", "build", rate, "articles/s")


def _lines(corpus: Path, count: int) -> list[dict]:
    with {".xz": lzma.open, ".gz": gzip.open}.get(corpus.suffix, open)(corpus, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, count)]


def _write(file: Path, told: list[dict], change: int) -> int:
    """The articles, of `change` of them one with a sentence more; the bytes of their texts."""
    with open(file, "w", encoding="utf-8") as out:
        for n, one in enumerate(told):
            more = "\nHợp tác xã vừa họp thêm." if change and n % change == 0 else ""
            out.write(json.dumps({**one, "text": one["text"] + more}, ensure_ascii=False) + "\n")
    return sum(len(one["title"].encode()) + len(one["text"].encode()) for one in told)


def _rebuilt(file: Path, root: Path, processes: int | None) -> tuple[dict[str, float], "_Used", Report]:
    """Seconds by step, what was used, and the report."""
    begun: dict[str, float] = {"read": time.monotonic()}

    def progress(at: Progress) -> None:
        begun.setdefault(at.step, time.monotonic())

    with _Used() as used:
        report = rebuild([file], root, verify=verify(root), progress=progress, processes=processes)
    marks = [*begun.values(), time.monotonic()]
    return {step: after - before for step, before, after in zip(begun, marks, marks[1:])}, used, report


class _Used:
    """What this process and all below it use meanwhile: kilobytes at most (what several share counts once), seconds of cores."""

    def __enter__(self) -> "_Used":
        self.memory, self.seconds, self._stop = 0, -_seconds(), threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._stop.set()
        self._thread.join()
        self.seconds += _seconds()

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            self.memory = max(self.memory, sum(map(_share_of, _below(os.getpid()))))


def _seconds() -> float:
    """Of processor time, with that of children that came to their end."""
    return sum(sum(map(int, _stat(process)[11:15])) for process in _below(os.getpid())) / os.sysconf("SC_CLK_TCK")


def _below(process: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        if told := _stat(int(name)):
            children.setdefault(int(told[1]), []).append(int(name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _share_of(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _stages(file: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Articles a second of each step on one core, each over the whole sample, once the first articles taught it their words."""
    some = list(islice(pages([file]), SAMPLE))
    prepared.prepare(some[:WARM])
    some = some[WARM:]
    articles, took = _timed(lambda: [read(page) for page in some])
    yield "read", len(some) / took
    documents, took = _timed(lambda: [describe(article) for article in articles])
    yield "describe", len(some) / took
    tokens, took = _timed(lambda: list(prepared.analysed(documents)))
    yield "analyse", len(some) / took
    _, took = _timed(lambda: [(copies.signature(a.body), *definitions(a.text)) for a in articles])
    yield "sign", len(some) / took
    packed, took = _timed(lambda: [packing.dumps(packing.pack(row(d, t))) for d, t in zip(documents, tokens)])
    yield "pack", len(some) / took
    writer = Writer(folder)
    _, took = _timed(lambda: ([writer.add(packing.loads(one)) for one in packed], writer.finish()))
    yield "write", len(some) / took


def _timed(run: Callable[[], object]) -> tuple:
    began = time.process_time()
    found = run()
    return found, time.process_time() - began


def _built(names: list[str], corpus: Path, docs: int, where: Path) -> dict[str, float]:
    """Articles a second of each engine's building and committing, all fed with the same rows."""
    engines, seconds = {}, dict.fromkeys(names, 0.0)
    for name in names:
        (where / name).mkdir()
        engines[name] = {**PEERS, "timhtx": Writer}[name](where / name)
    rows = sampled.rows(corpus, docs, words=False)
    while some := list(islice(rows, SAMPLE)):
        for name, engine in engines.items():
            began = time.perf_counter()
            for one in some:
                engine.add(one)
            seconds[name] += time.perf_counter() - began
    for name, engine in engines.items():
        began = time.perf_counter()
        engine.finish()
        seconds[name] += time.perf_counter() - began
    return {name: docs / took for name, took in seconds.items()}


if __name__ == "__main__":
    main()
