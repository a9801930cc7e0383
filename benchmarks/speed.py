"""How fast a page is found, beside the peers: one command, one run, the engines in turn query by query.

    python benchmarks/speed.py --corpus news.jsonl.xz --docs 50000 --engines timhtx,tantivy --json speed.json

Rows: {engine, class, measure, docs, p50_ms, p95_ms, value, unit}. Measures:

    page            from the query to what is shown, asked again and again: what engines keep of a query, they may use
    page, new       ours with all it keeps emptied before every query: nothing is known of the query, of its words, nor of
                    an article that others showed. Real queries lie between the two: most share words and articles with
                    earlier ones, and turning a page or ticking a box asks the same words again
    top10           ten hits alone, without count, facets and snippets; `top10, new` likewise
    second stage    what ranking anew adds to a page of two words or more, with nothing kept; peers have none
    first page      after opening, beside the same page, new, of an engine that has answered others; and beside one repeated
    build size open memory analysis         of the index

With --clock cpu times are those that the thread computed, which other programs on the machine disturb less.
With --indexes the indexes stay in a folder and are used again, so that a large run can be cut into classes.
"""
import argparse
import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sampled
from asks import CLASSES, EACH, SIZE, Ask, asks
from index.whoosh_writer import Writer
from peers import PEERS
from search import answering
from search.ranking import CANDIDATES
from search.whoosh_engine import WhooshEngine

Clock = Callable[[], float]
CLOCKS: dict[str, Clock] = {"wall": time.perf_counter, "cpu": time.thread_time}
ROUNDS = 5
SAMPLE = 400            # articles out of which queries are cut


class Ours:
    name = "timhtx"

    def __init__(self, folder: Path):
        self._folder = folder

    def begin(self) -> None:
        self._writer = Writer(self._folder)

    def add(self, row) -> None:
        self._writer.add(row)

    def finish(self) -> None:
        self._writer.finish()

    def open(self) -> None:
        self.engine = WhooshEngine(self._folder)

    def prepare(self, ask: Ask) -> Callable[[], object]:
        query = ask.query()
        finder = self.engine.finder
        _, node, _ = answering.chosen_tree(finder, query)
        return lambda: finder.find(node, query, SIZE * ask.page, ())

    def page(self, ask: Ask) -> int:
        return self.engine.search(ask.query()).total

    def second_stage(self, ask: Ask) -> Callable[[], object] | None:
        """Ranking's part alone, on what was found before; None where it does not run."""
        finder, query = self.engine.finder, ask.query()
        asked, node, _ = answering.chosen_tree(finder, query)
        again = answering.ranked(asked, query)
        if again is None:
            return None
        found = finder.find(node, query, max(CANDIDATES, query.page * query.size), ())
        return lambda: answering.put_in_order(finder, again, found)

    def forget(self) -> None:
        self.engine.forget()

    def forget_order(self) -> None:
        self.engine.finder.forget()


def main() -> None:
    options = _options()
    where = options.indexes / str(options.docs) if options.indexes else Path(tempfile.mkdtemp(prefix="speed-"))
    try:
        out = list(_measured(options, options.engines.split(","), where))
    finally:
        if not options.indexes:
            shutil.rmtree(where)
    if options.json:
        Path(options.json).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in out), encoding="utf-8")
    _print(out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, help="JSON lines with title and text; .xz and .gz are unpacked")
    parser.add_argument("--docs", type=int, default=10_000, help="more than the corpus holds are put together from its sentences")
    parser.add_argument("--engines", default="timhtx,tantivy,fts5", help="of timhtx, " + ", ".join(PEERS))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--classes", default=",".join(CLASSES))
    parser.add_argument("--words", action="store_true", help="join syllables into words too (slower to prepare, no query differs)")
    parser.add_argument("--indexes", type=Path, help="a folder where the indexes stay, and are used again by a later run")
    parser.add_argument("--clock", choices=CLOCKS, default="wall")
    parser.add_argument("--json", help="write the rows there")
    return parser.parse_args()


def _measured(options: argparse.Namespace, names: list[str], where: Path) -> Iterator[dict]:
    engines = [{**PEERS, Ours.name: Ours}[name](_folder(where / name)) for name in names]
    built = _built(options, engines, where)
    for engine in engines:
        engine.open()
    told = lambda engine, measure, value, unit: _row(engine, None, measure, options.docs, value=value, unit=unit)
    for engine in engines:
        yield told(engine.name, "build", options.docs / built[engine.name], "articles/s")
        yield told(engine.name, "size", _size(where / engine.name) / built["raw"], "of the raw text")
    yield told(Ours.name, "analysis", options.docs / built["analysis"], "articles/s")
    ours = next((e for e in engines if isinstance(e, Ours)), None)
    sample = list(sampled.rows(options.corpus, options.docs, step=max(options.docs // SAMPLE, 1)))
    asked, clock = asks(sample, _frequencies(sample, ours, options.docs), options.docs), CLOCKS[options.clock]
    if ours:
        yield from _opened(ours, asked, options.docs, clock)
    for kind in options.classes.split(","):
        yield from _asked(kind, asked[kind], engines, options, clock)
    yield told("all", "memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB at most, of this process")


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _built(options: argparse.Namespace, engines: list, where: Path) -> dict[str, float]:
    """Seconds of every engine and of analysis, and bytes of raw text; what an earlier run built is as it told."""
    told = where / "built.json"
    known = json.loads(told.read_text()) if told.exists() else {}
    if new := [engine for engine in engines if engine.name not in known]:
        known |= _build(options, new)
        told.write_text(json.dumps(known))
    return known


def _build(options: argparse.Namespace, engines: list) -> dict[str, float]:
    seconds = dict.fromkeys([engine.name for engine in engines] + ["analysis", "raw"], 0.0)

    def timed(name: str, run: Callable[[], object]):
        began = time.perf_counter()
        found = run()
        seconds[name] += time.perf_counter() - began
        return found

    for engine in engines:
        timed(engine.name, engine.begin)
    rows = sampled.rows(options.corpus, options.docs, options.words)
    while row := timed("analysis", lambda: next(rows, None)):
        seconds["raw"] += sampled.raw_bytes(row)
        for engine in engines:
            timed(engine.name, lambda: engine.add(row))
    for engine in engines:
        timed(engine.name, engine.finish)
    return seconds


def _frequencies(sample: list, ours: Ours | None, documents: int) -> Callable[[str], int]:
    """How many documents hold a word: from our index, else as the sample says."""
    if ours:
        return ours.engine.finder.lexicon.df
    held: dict[str, int] = {}
    for row in sample:
        for word in set(row.tokens["title"].texts) | set(row.tokens["body"].texts):
            held[word] = held.get(word, 0) + 1
    return lambda word: held.get(word, 0) * documents // len(sample)


def _opened(ours: Ours, asked: dict[str, list[Ask]], docs: int, clock: Clock) -> Iterator[dict]:
    opening, first, new, again = [], [], [], []
    for ask in [ask for kind in ("rare", "common", "and2", "phrase2") for ask in asked[kind][:5]]:
        page = lambda: ours.page(ask)
        opening.append(_timed(ours.open, clock))
        first.append(_timed(page, clock))
        new.append(min(_timed(page, clock, ours.forget) for _ in range(3)))
        again.append(min(_timed(page, clock) for _ in range(3)))
    ratio = lambda others: statistics.median(a / b for a, b in zip(first, others))
    yield _row(ours.name, None, "open", docs, value=statistics.median(opening) * 1e3, unit="ms")
    for others, unit in ((new, "times a new one"), (again, "times one repeated")):
        yield _row(ours.name, None, "first page", docs, _share(first, .5), _share(first, .95), value=ratio(others), unit=unit)


def _asked(kind: str, asked: list[Ask], engines: list, options: argparse.Namespace, clock: Clock) -> Iterator[dict]:
    """The engines take turns at every query; of each query the median of its rounds counts."""
    times: dict[tuple[str, str], list[float]] = {}
    for ask in asked:
        totals = {engine.name: engine.page(ask) for engine in engines}
        if len(set(totals.values())) > 1:
            print(f"{kind} {' '.join(ask.words)}: totals differ: {totals}", file=sys.stderr)
        rounds: dict[tuple[str, str], list[float]] = {}
        ready = [(engine, engine.prepare(ask)) for engine in engines]
        for _ in range(options.rounds):
            for engine, top in ready:
                for measure, run, before in _measures(engine, ask, top):
                    rounds.setdefault((engine.name, measure), []).append(_timed(run, clock, before))
        for key, values in rounds.items():
            times.setdefault(key, []).append(statistics.median(values))
    for (name, measure), values in times.items():
        yield _row(name, kind, measure, options.docs, _share(values, .5), _share(values, .95))


def _measures(engine, ask: Ask, top: Callable[[], object]) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """(measure, what is timed, what is done before)"""
    page, nothing = lambda: engine.page(ask), lambda: None
    yield "page", page, nothing
    yield "top10", top, nothing
    if isinstance(engine, Ours):
        if stage := engine.second_stage(ask):
            yield "second stage", stage, engine.forget_order
        yield "top10, new", top, engine.forget
        yield "page, new", page, engine.forget
        page()


def _timed(run: Callable[[], object], clock: Clock, before: Callable[[], object] = lambda: None) -> float:
    before()
    began = clock()
    run()
    return clock() - began


def _share(values: list[float], share: float) -> float:
    """In milliseconds."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] * 1e3


def _row(engine: str, kind: str | None, measure: str, docs: int, p50: float | None = None, p95: float | None = None,
         value: float | None = None, unit: str = "ms") -> dict:
    return {"engine": engine, "class": kind, "measure": measure, "docs": docs, "p50_ms": p50, "p95_ms": p95, "value": value, "unit": unit}


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _print(rows: list[dict]) -> None:
    for row in rows:
        if row["class"] is None:
            print(f"{row['engine']:10} {row['measure']:14} {row['value']:.4g} {row['unit']}")
    for measure in dict.fromkeys(row["measure"] for row in rows if row["class"]):
        some = [row for row in rows if row["class"] and row["measure"] == measure]
        names = list(dict.fromkeys(row["engine"] for row in some))
        print(f"\n| {measure}, p50/p95 ms | " + " | ".join(names) + " |\n|" + "---|" * (len(names) + 1))
        for kind in dict.fromkeys(row["class"] for row in some):
            found = {row["engine"]: f"{row['p50_ms']:.3f}/{row['p95_ms']:.3f}" for row in some if row["class"] == kind}
            print(f"| {kind} | " + " | ".join(found.get(name, "") for name in names) + " |")


if __name__ == "__main__":
    main()
