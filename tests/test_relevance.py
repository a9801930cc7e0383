"""Known questions with known answers: floors under the order of the hits, raised and never lowered."""
import sys
from dataclasses import replace
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "relevance"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from relevance import load, measured, stripped, timhtx  # noqa: E402  (the benchmark is no package)

EVERY = 3       # so many queries make one: the benchmark asks them all
#: nDCG@10 of those with the product's defaults, as asked and with the accents stripped.
FLOORS = {"xquad_vi": (0.970, 0.955), "alqac2022": (0.945, 0.957)}


@pytest.mark.parametrize("name", FLOORS)
def test_the_order_of_hits_is_as_good_as_it_was(name, tmp_path):
    if not (SHARED / name).is_dir():
        pytest.skip(f"no collection {name} beside the checkout")
    collection = load(SHARED / name)
    collection = replace(collection, queries=dict(list(collection.queries.items())[::EVERY]))
    ask = timhtx(collection, tmp_path, depth=10)
    found = [measured(collection, ask, change)["nDCG@10"] for change in (str, stripped)]
    assert all(value >= floor for value, floor in zip(found, FLOORS[name])), found
