"""An answer that takes too long says what it lacks: in Results, on the page, in JSON, in the terminal."""
import re
from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest

from demo import data
from index.fields import FACETS
from search import Query, budget, open_engine
from search.opening import SECONDS
from web import create_app
from web.api import as_dict
from web.terminal import shown

QUERY = Query("lúa OR hop tac xa -cá", chosen=frozenset({("year", "2021"), ("year", "2022")}))
LATE = "Chưa tính kịp"


@pytest.fixture
def slow(monkeypatch):
    """An engine over the sample whose clock goes on by a second whenever it is asked: it has so many questions."""
    def opened(questions):
        monkeypatch.setenv(SECONDS, str(questions))
        monkeypatch.setattr(budget, "time", SimpleNamespace(monotonic=count().__next__))
        return open_engine(data())
    return opened


def partial(slow, wanted):
    """(engine, results) with the least time for which `wanted` of the results holds."""
    for questions in range(60):
        engine = slow(questions)
        if wanted(found := engine.search(QUERY)):
            engine.forget()
            return engine, found
    raise AssertionError("never so")


def test_whatever_the_time_what_is_told_is_true_and_the_rest_is_named(slow):
    whole, seen = slow(10_000).search(QUERY), set()
    assert whole.total and not whole.partial
    for questions in range(60):
        found = slow(questions).search(QUERY)
        seen.add(found.partial)
        if found.exact:
            assert (found.total, found.hits, found.match) == (whole.total, whole.hits, whole.match)
        else:
            assert found.partial == ("total", "hits", *FACETS) and not found.hits
        for name, facet in found.facets.items():
            assert facet == (replace(facet, values=()) if name in found.partial else whole.facets[name])
    assert len(seen) == len(FACETS) + 2, "nothing in time, hits but no facets, each further facet, all"


def test_what_was_late_is_found_the_next_time(slow):
    engine = slow(len(FACETS) + 3)
    while (found := engine.search(QUERY)).partial:
        before = found
    assert before.partial and found.hits


def test_facets_that_were_late_say_so_and_lose_no_choice(slow):
    engine, found = partial(slow, lambda found: found.exact)
    page = create_app(engine).test_client().get("/?q=lúa+OR+hop+tac+xa+-cá&nam=2021&nam=2022").text
    assert page.count(LATE) == 4 and f"<b>{found.total} bài</b>" in page       # provinces, years, resolutions, sources
    assert re.findall(r'<input type="hidden" name="nam" value="(\d+)"', page) == ["2021", "2022"]
    assert 'type="checkbox" name="nam"' not in page
    told = as_dict(found)
    assert told["partial"] == list(FACETS) and not any(told["facets"].values()) and told["total"] == found.total
    assert f"{LATE}: " in shown(found, color=False) and f"{found.total} bài" in shown(found, color=False)


def test_boxes_of_provinces_wait_for_both_facets(slow):
    engine, found = partial(slow, lambda found: found.exact and "province" not in found.partial)
    assert found.partial
    engine = slow(len(FACETS) * 20)
    engine.search = lambda query: found
    assert create_app(engine).test_client().get("/?q=lúa").text.count(LATE) == 1 + len({*found.partial} & {"year", "resolution", "source"})


def test_a_total_that_is_not_known_is_told_nowhere(slow):
    engine = slow(1)
    client = create_app(engine).test_client()
    page = client.get("/?q=lúa+cá").text
    assert LATE in page and "0 bài" not in page and "Không có bài nào" not in page
    engine.forget()
    told = client.get("/api/search?q=lúa+cá").json
    assert "total" in told["partial"] and not told["hits"]
    engine.forget()
    text = shown(engine.search(Query("lúa cá")), color=False)
    assert LATE in text and " bài" not in text


def test_two_seconds_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv(SECONDS, raising=False)
    assert open_engine(data())._seconds == 2
