"""What texts are about: how many provinces, years and resolutions of the reading sets are found, and how fast.

    python benchmarks/metadata.py GOLD [--corpus FILE] [--json FILE]

GOLD is the folder with provinces_dev.jsonl, articles_dev.jsonl and resolutions_dev.jsonl (README there); FILE is articles
as JSON lines ({"title", "text"}; .xz is unpacked), joined and cut to 3,000 characters each for the speed. Rows are {engine, class,
measure, value, unit, docs}.
"""
import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from re import sub
from unicodedata import normalize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figures import LENGTH, articles  # noqa: E402
from corpus import places  # noqa: E402
from corpus.article import Article  # noqa: E402
from corpus.dates import year_of  # noqa: E402
from corpus.evidence import Evidence  # noqa: E402
from corpus.resolutions import named  # noqa: E402

SLUGS = {**{label: slug for slug, label in places.LABELS.items()}, "Huế": "thua-thien-hue", "Hồ Chí Minh": "ho-chi-minh"}
RESOLUTIONS = {"NQ 13": "nq13", "NQ 20": "nq20"}
MOST = 2_000        # articles measured for speed
ROUNDS = 5


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def article(row: dict) -> Article:
    """A row of a reading set as the reader of pages would hand it on: composed, without what cannot be seen."""
    clean = sub("[\u200b\u00ad]", "", normalize("NFC", row["text"]).replace("\u00a0", " "))
    published = row.get("date")
    return Article(url=row.get("url") or "file:x.txt", title=row.get("title") or None, body=clean, source=row.get("source"),
                   published=Evidence(published, "test") if published else None)


def provinces(rows: list[dict]) -> dict[str, float]:
    """A row is right when gold ⊆ answer ⊆ gold + also_ok; precision is over all values."""
    right = true = false = 0
    for row in rows:
        gold, allowed = ({SLUGS.get(name, name) for name in names} for names in (row["gold"], row["gold"] + row["also_ok"]))
        got = {found.value for found in places.provinces(article(row))}
        right += gold <= got <= allowed
        true, false = true + len(got & allowed), false + len(got - allowed)
    return {"right": right / len(rows), "precision": true / (true + false)}


def real(rows: list[dict]) -> dict[str, float]:
    """Real articles: micro-F1 over provinces; of the years known to the careful reader, those found and those wrong."""
    true = false = missed = 0
    years = {"found": 0, "wrong": 0, "told": 0}
    for row in rows:
        gold, got = {SLUGS[name] for name in row["provinces"]}, {found.value for found in places.provinces(article(row))}
        true, false, missed = true + len(got & gold), false + len(got - gold), missed + len(gold - got)
        year, wanted = year_of(article(row)), row["year_published"]
        years["told"] += wanted is not None
        years["found"] += year is not None and year.value == str(wanted)
        years["wrong"] += year is not None and wanted is not None and year.value != str(wanted)
    return {"provinces, F1": 2 * true / (2 * true + false + missed), **{f"years {name}": n for name, n in years.items()}}


def resolutions(rows: list[dict]) -> dict[str, float]:
    """A row is right when the values and what is called undecidable are exactly the reader's."""
    right = taken = 0
    for row in rows:
        found = named(row["text"])[0]
        decided = {one.value for one in found if one.value != "mo-ho"}
        among = {value for one in found if one.value == "mo-ho" for value in one.among}
        gold = {RESOLUTIONS[one] for one in row["gold"]}
        right += decided == gold and among == {RESOLUTIONS[one] for one in row["ambiguous_for"]}
        taken += bool(decided - gold)
    return {"exactly right": right / len(rows), "namesakes taken": taken}


def whole(read: Iterable[Article]) -> Iterator[Article]:
    """Articles of LENGTH characters each: short ones are joined under the first one's title."""
    held: list[Article] = []
    for one in read:
        held.append(one)
        body = "\n".join(each.body for each in held)
        if len(body) >= LENGTH:
            yield replace(held[0], body=body[:LENGTH])
            held = []


def speed(corpus: Path) -> dict[str, float]:
    """Articles a second of this core's time, of each reader and of the three together; medians of ROUNDS."""
    read = list(islice(whole(articles(corpus)), MOST))
    steps = {"provinces": places.provinces, "year": year_of, "resolutions": lambda one: named(one.text)}
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            begin = time.process_time()
            for one in read:
                step(one)
            taken[name].append(time.process_time() - begin)
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    return {f"{name}/s": len(read) / seconds for name, seconds in (*medians.items(), ("all three", sum(medians.values())))}


def rows_of(gold: Path, corpus: Path | None) -> list[dict]:
    measured = [("provinces_dev", provinces), ("articles_dev", real), ("resolutions_dev", resolutions)]
    out = [{"class": name, "measure": what, "value": value, "docs": len(rows)} for name, measure in measured
           for rows in [lines(gold / f"{name}.jsonl")] for what, value in measure(rows).items()]
    if corpus:
        out += [{"class": "speed", "measure": what, "value": value, "docs": MOST} for what, value in speed(corpus).items()]
    return [{"engine": "timhtx", **row, "value": round(row["value"], 4), "unit": "1/s" if row["measure"].endswith("/s") else ""}
            for row in out]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("gold", type=Path)
    options.add_argument("--corpus", type=Path)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    rows = rows_of(chosen.gold, chosen.corpus)
    for row in rows:
        print(f"{row['class']:18}{row['measure']:18}{row['value']:12.4g}")
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
