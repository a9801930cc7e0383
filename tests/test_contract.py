"""Every engine says what a scan says: the same articles, the same order by date, the same count beside every facet value."""
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from corpus.article import Article
from corpus.document import Document
from corpus.evidence import Evidence
from corpus.figures import Figure
from index.fields import FACETS, row
from index.whoosh_writer import Writer
from oracle import Oracle
from search.figures import Wanted
from search.query import Query
from search.tables import Asked
from search.whoosh_engine import WhooshEngine

CORPORA, QUERIES = 8, 40
SYLLABLES = "hợp tác xã hop hòa hoà bình binh lúa cá tôm vốn thuế rừng muối mía HTX KTTT nq 20 13 2021 1.250,5".split()
CODES = ("20-NQ/TW", "NQ 13", "nghị quyết số 20", "06-NQ/TU")
PROVINCES = ("an-giang", "dong-thap", "ha-noi", "hoa-binh")
SOURCES = ("Báo A", "Báo B", None)


def documents(rng, count):
    for i in range(count):
        day = date(2019, 1, 1) + timedelta(days=rng.randrange(1500))
        published = Evidence(day.isoformat(), "dateline") if rng.random() < .8 else None
        article = Article(
            url=f"https://bao.example/{i}", title=sentence(rng, 4), body="\n".join(sentence(rng, 9) for _ in range(rng.randint(0, 3))),
            source=rng.choice(SOURCES), published=published)
        yield Document(
            id=f"{i:016x}", article=article, provinces=facts(rng, PROVINCES, 2), resolutions=facts(rng, ("nq13", "nq20", "mo-ho"), 2),
            year=Evidence(str(day.year), "dateline") if rng.random() < .85 else None,
            copy_of=f"{i - 1:016x}" if i and rng.random() < .1 else None, figures=tuple(reports(rng, article.title)))


def reports(rng, title):
    """Figures that a title is said to report: of few measures, places and years, so that articles agree and differ."""
    for _ in range(rng.choice([0, 0, 1, 3])):
        measure, place = rng.choice(["htx", "thanh_vien", "other"]), rng.choice(["An Giang", "Châu Thành, An Giang", "Hà Nội", "Việt Nam", None])
        yield Figure(
            measure, rng.choice([120.0, 121.0, 90.0]), "htx", 0, 3, (0, len(title)), rng.choice([None, "over"]), place,
            rng.choice(["2019", "2020-06", "2020-12-31", None]), target=rng.random() < .2, base="htx" if measure == "other" else None,
            subset="vận tải" if measure == "other" else None, subject="HTX Hoa" if rng.random() < .2 else None)


def sentence(rng, length):
    words = rng.choices(SYLLABLES, k=length)
    if rng.random() < .15:
        words.insert(rng.randrange(length), rng.choice(CODES))
    return " ".join(words).capitalize() + "."


def facts(rng, values, most):
    return tuple(Evidence(v, "named") for v in rng.sample(values, rng.randint(0, most)))


def queries(rng, count):
    for _ in range(count):
        yield Query(
            text=words(rng), chosen=picks(rng, .5), excluded=picks(rng, .3), every=frozenset(rng.sample(["resolution", "province"], rng.choice([0, 0, 1]))),
            since=date(2020, rng.randint(1, 12), 1) if rng.random() < .15 else None,
            until=date(2022, rng.randint(1, 12), 1) if rng.random() < .15 else None,
            match=rng.choice(["auto", "auto", "all", "most"]), reprints=rng.random() < .8,
            sort=rng.choice(["newest", "oldest"]), size=100)


def words(rng):
    kinds = {
        "none": lambda: "",
        "plain": lambda: " ".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))),
        "phrase": lambda: '"' + " ".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))) + '"',
        "near": lambda: '"' + " ".join(rng.choices(SYLLABLES, k=2)) + f'"~{rng.randint(1, 3)}',
        "or": lambda: " OR ".join(rng.choices(SYLLABLES, k=2)),
        "minus": lambda: f"{rng.choice(SYLLABLES)} -{rng.choice(SYLLABLES)} -\"{' '.join(rng.choices(SYLLABLES, k=2))}\"",
        "prefix": lambda: rng.choice(["h*", "ho*", "t*"]),
        "code": lambda: rng.choice(CODES),
        "title": lambda: f"tieude:{rng.choice(SYLLABLES)}",
        "typed": lambda: f"{rng.choice(SYLLABLES)} {rng.choice(['tinh:an-giang', 'nam:2021', 'nq:20', '-nq:13', 'nam:2019..2020'])}",
        "long": lambda: " ".join(rng.choices(SYLLABLES, k=12)),
    }
    return rng.choice(list(kinds.values()))()


def picks(rng, chance):
    pool = [("province", p) for p in PROVINCES] + [("year", str(y)) for y in (2019, 2020, 2021)] + \
        [("resolution", "nq20"), ("resolution", "nq13"), ("source", "Báo A"), ("province", "chua-xac-dinh"), ("year", "chua-xac-dinh"),
         ("province_now", "an-giang"), ("resolution", "chua-xac-dinh")]
    return frozenset(rng.sample(pool, rng.randint(1, 3))) if rng.random() < chance else frozenset()


@pytest.fixture(scope="module", params=range(CORPORA))
def corpus(request, tmp_path_factory):
    rng = random.Random(request.param)
    found = list(documents(rng, rng.choice([1, 30, 90])))
    folder = tmp_path_factory.mktemp("index")
    writer = Writer(folder)
    for document in found:
        writer.add(row(document))
    assert writer.finish() == len(found)
    with WhooshEngine(folder) as engine:
        yield engine, Oracle(found), rng


def test_the_same_articles_in_the_same_order_with_the_same_counts(corpus):
    engine, oracle, rng = corpus
    for query in queries(rng, QUERIES):
        found = engine.search(query)
        assert [h.id for h in found.hits] == oracle.in_order(query)[:query.size], query
        assert found.total == len(oracle.ids(query)), query
        assert found.match == oracle.match(query), query
        for name in FACETS:
            assert counted(found.facets[name]) == oracle.facet(query, name), (query, name)


def test_by_relevance_the_same_articles(corpus):
    engine, oracle, rng = corpus
    for query in queries(rng, QUERIES):
        found = engine.search(replace(query, sort="relevance"))
        assert {h.id for h in found.hits} == oracle.ids(query), query


def test_pages_put_together_are_the_whole(corpus):
    engine, oracle, rng = corpus
    for query in queries(rng, QUERIES // 4):
        for sort in ("relevance", "newest"):
            whole = [h.id for h in engine.search(replace(query, sort=sort)).hits]
            pages = [h.id for page in range(1, 6) for h in engine.search(replace(query, sort=sort, size=20, page=page)).hits]
            assert pages == whole[:100], query
            assert [h.id for h in engine.scan(replace(query, sort=sort))] == whole, query


def test_the_grid_and_the_full_facets_count_the_same(corpus):
    engine, oracle, rng = corpus
    for query in queries(rng, QUERIES // 4):
        query = replace(query, sort=rng.choice(["relevance", "newest"]))
        assert engine.grid(query) == oracle.grid(query), query
        for name in FACETS:
            assert counted(engine.values(name, query)) == oracle.facet(query, name), (query, name)


def test_the_same_figures_and_the_same_table_of_them(corpus):
    engine, oracle, rng = corpus
    for query in queries(rng, QUERIES // 4):
        hold_to_the_figures(engine, oracle, query)


def hold_to_the_figures(engine, oracle, query):
    whole = engine.figures(query)
    told = list(whole.reported)
    assert Counter((one.id, one.figure) for one in told) == oracle.reported(query) and whole.total == len(told), query
    assert [(one.id, one.figure) for skip in (0, 3) for one in engine.figures(query, Wanted(), skip, 3).reported] == \
        [(one.id, one.figure) for one in told[:6]], query
    for measure in ("htx", "thanh_vien"):
        made = engine.table(query, Asked(measure))
        assert {(place, year): (len(cell.facts) + len(cell.goals) + cell.more) for place, cells in made.rows.items() for year, cell in cells.items()} == \
            {cell: len(values) for cell, values in oracle.table(query, measure).items()}, (query, measure)
        for place, cells in made.rows.items():
            for year, cell in cells.items():
                for goal, statements in ((False, cell.facts), (True, cell.goals)):
                    for one in statements:
                        assert oracle.table(query, measure)[place, year][one.value, one.modifier, goal] == one.articles, (query, place, year)


def test_every_document_comes_back_whole(corpus):
    engine, oracle, _ = corpus
    for id, r in oracle.rows.items():
        assert engine.document(id) == r.document
    assert engine.document("nowhere") is None


def counted(facet):
    """Without the chosen values that are listed at 0."""
    return {v.value: v.count for v in facet.values if v.count}
