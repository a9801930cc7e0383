"""Eight threads ask one engine for a minute: every count is that of a scan, memory stays. A part of `make soak`."""
import json
import os
import random
import threading
import time

import pytest

from search import Query, open_engine
from test_soak import SHARE, build, figures, memory, share

pytestmark = pytest.mark.soak
SYLLABLES = "hợp tác xã nông nghiệp lúa cá tôm vốn vay thuế đất rừng chè mía bò ong muối dệt may nghề làng chợ cảng cầu".split()


def drawn(path, count):
    """Articles out of a few syllables, so that any query has hits: [(words as one text, year)]."""
    rng, made = random.Random(12), []
    with open(path, "w", encoding="utf-8") as file:
        for n in range(count):
            text, year = " ".join(rng.choices(SYLLABLES, k=rng.randint(3, 60))), str(rng.randint(2015, 2022))
            made.append((f" {text} ", year))
            file.write(json.dumps({"url": f"https://bao.example/{n}", "title": "Tin", "published": f"{year}-03-01", "text": text}, ensure_ascii=False) + "\n")
    return made


def mixed(articles, count):
    """[(query, how many articles it finds, by year)] by looking through all of them."""
    rng, out = random.Random(13), []
    for n in range(count):
        words, year = rng.sample(SYLLABLES, 2), rng.choice(("", "2018"))
        text, holds = ((" ".join(words), all), (" OR ".join(words), any), (f'"{" ".join(words)}"', None), (f"{words[0]} -{words[1]}", "not"))[n % 4]
        def found(article):
            held = [f" {word} " in article for word in words]
            return f" {' '.join(words)} " in article if holds is None else held[0] and not held[1] if holds == "not" else holds(held)
        years = {y: sum(found(a) for a, of in articles if of == y) for y in {y for _, y in articles}}
        query = Query(text, frozenset({("year", year)} if year else ()), match="all", sort=("relevance", "newest")[n % 7 == 0], page=1 + n % 3)
        out.append((query, years[year] if year else sum(years.values()), {y: c for y, c in years.items() if c}))
    return out


def test_eight_threads_of_mixed_queries(tmp_path, figures):
    articles = drawn(tmp_path / "a.jsonl", max(300, share(4_000)))
    build(tmp_path / "var", tmp_path / "a.jsonl")
    asked, seconds, wrong, tally = mixed(articles, max(40, share(600))), max(5, 60 * SHARE), [], [0] * 8
    with open_engine(tmp_path / "var") as engine:
        def ask(seed, until):
            rng = random.Random(seed)
            while time.monotonic() < until:
                query, total, years = rng.choice(asked)
                try:
                    found = engine.search(query)
                    counted = {value.value: value.count for value in found.facets["year"].values if value.count}
                    if found.partial or (found.total, counted) != (total, years):
                        wrong.append((query, found.partial, found.total, total, counted, years))
                except Exception as error:      # whatever it is, it is a failed query
                    wrong.append((query, repr(error)))
                tally[seed % 8] += 1

        def run(seed, for_seconds):
            threads = [threading.Thread(target=ask, args=(seed + n, time.monotonic() + for_seconds)) for n in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return memory(os.getpid())

        for query, _, _ in asked:       # until the caches are as full as they get
            engine.search(query)
        before, after = run(0, seconds / 3), run(8, seconds)
    assert not wrong, (len(wrong), wrong[:3])
    assert after <= before * (1.05 if SHARE >= 1 else 1.5)
    figures[f"8 threads of mixed queries, {seconds:.0f} s"] = f"{sum(tally):,} queries: 0 failed, 0 wrong counts; memory {before:,} → {after:,} kB"
