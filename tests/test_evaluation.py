"""A tree finds what its definition says and scores as Whoosh does, whatever was asked before and in however many threads."""
import random
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as stock
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in, open_dir

from corpus.article import Article
from corpus.document import Document
from corpus.evidence import Evidence
from index import fields
from index.fields import NONE, row
from index.lengths import LUCENE
from index.whoosh_codec import WHOOSH
from index.whoosh_schema import schema
from index.whoosh_writer import Writer
from oracle import holds as scanned
from search import tree
from search.caching import Cache
from search.evaluation import evaluate, holds
from search.matches import Matches
from search.query import Query
from search.selection import best, smallest
from search.whoosh_engine import WhooshEngine

WORDS = "hợp tác xã hop hóp lúa cá tôm vốn thuế rừng hòa hoa hoà".split()
PROVINCES = ("an-giang", "ha-noi")


def documents(rng, count):
    for i in range(count):
        said = lambda values: tuple(Evidence(v, "named") for v in rng.sample(values, rng.randint(0, 2)))
        text = lambda most: " ".join(rng.choices(WORDS, k=rng.randint(0, most))) + rng.choice(["", " 20-NQ/TW."])
        article = Article(f"https://bao.example/{i}", title=text(4), body=text(40),
                          published=Evidence(f"20{rng.randint(10, 25)}-01-02", "x") if rng.random() < .8 else None)
        yield Document(f"{i * 7919 % 1000:016x}", article, provinces=said(PROVINCES), resolutions=said(("nq13", "nq20")))


@pytest.fixture(scope="module", params=(LUCENE, WHOOSH), ids=("lucene", "whoosh"))
def built(request, tmp_path_factory):
    found = list(documents(random.Random(11), 150))
    folder = tmp_path_factory.mktemp("index")
    writer = Writer(folder, request.param)
    for one in found:
        writer.add(row(one))
    writer.finish()
    with WhooshEngine(folder) as engine:
        yield engine, [row(one) for one in found], folder, request.param


def trees(rng, depth=3):
    """Any tree of the kinds there are."""
    word = lambda **more: tree.Syllable(rng.choice(WORDS + ["ho", "vắng"]), **more)
    field = lambda: rng.choice([None, None, "title", "body"])
    leaves = [
        lambda: word(field=field()), lambda: tree.Syllable(rng.choice(["hop", "hoa", "ca"]), True, field()),
        lambda: tree.Prefix(rng.choice(["h", "ho", "t", "z"]), rng.random() < .5, field()), lambda: tree.Code("nq20"),
        lambda: tree.Phrase(tuple(word() for _ in range(rng.randint(2, 3))), rng.choice([0, 0, 1, 3]), field()),
        lambda: tree.Phrase((tree.Syllable("hop", True), word()), 0, field()),
        lambda: tree.Has("province", frozenset(rng.sample([*PROVINCES, NONE], 2))), tree.Everything,
    ]
    if not depth or rng.random() < .3:
        return rng.choice(leaves)()
    parts = tuple(trees(rng, depth - 1) for _ in range(rng.randint(1, 3)))
    return rng.choice([lambda: tree.And(parts), lambda: tree.Or(parts), lambda: tree.Some(parts, rng.randint(1, len(parts))),
                       lambda: tree.Not(parts[0]), lambda: tree.Weighted(parts[0], .5)])()


def test_any_tree_finds_what_a_scan_finds(built):
    engine, rows, *_ = built
    segment, rng, some = engine.finder._segment, random.Random(3), np.arange(0, 150, 7)
    for _ in range(300):
        node = trees(rng)
        expected = [i for i, one in enumerate(rows) if scanned(node, one)]
        found = evaluate(node, segment)
        assert found.all_rows().tolist() == expected, node
        assert some[holds(node, some, segment)].tolist() == [i for i in some.tolist() if i in expected], node
        held, scores = found.at(np.arange(len(rows)))
        assert np.flatnonzero(held).tolist() == expected, node
        assert scores is None or not scores[~held].any(), node


def test_scores_add_up(built):
    """And, Or and Some add the scores of what holds; Not, Has and Everything score nothing."""
    segment, rng = built[0].finder._segment, random.Random(4)
    whole = lambda node: np.bincount((m := evaluate(node, segment)).all_rows(), m.scores, segment.documents)
    for _ in range(100):
        parts = tuple(trees(rng, 1) for _ in range(3))
        total = sum(whole(part) if evaluate(part, segment).scores is not None else 0 for part in parts)
        for node in (tree.And(parts), tree.Or(parts), tree.Some(parts, 2)):
            found = evaluate(node, segment)
            expected = np.broadcast_to(total, segment.documents)[found.all_rows()]
            assert np.allclose(0 if found.scores is None else found.scores, expected), node
    assert np.allclose(whole(tree.Weighted(tree.Syllable("cá"), .25)), whole(tree.Syllable("cá")) / 4)


def test_all_spellings_score_as_one_term(built):
    """As if every "hòa", "hoà", "hoa" had been written "hoa"."""
    engine, rows, *_ = built
    found = evaluate(tree.Syllable("hoa", any_accent=True), engine.finder._segment)
    one = {i: score for i, score in zip(found.rows.tolist(), found.scores.tolist())}
    times = {i: tuple(sum(fields.analysis.fold(t) == "hoa" for t in rows[i].tokens[f].texts) for f in ("title", "body")) for i in one}
    assert set(one) == {i for i in range(len(rows)) if scanned(tree.Syllable("hoa", True), rows[i])}
    same = [(i, j) for i in one for j in one if i < j and times[i] == times[j]
            and all(len(rows[i].tokens[f]) == len(rows[j].tokens[f]) for f in ("title", "body"))]
    assert all(one[i] == one[j] for i, j in same)


def both(words):
    """Each word in title or body, as ours are."""
    return [stock.Or([stock.Term(name, word) for name in ("title", "body")]) for word in words]


def test_scores_are_those_of_stock_whoosh_on_the_same_index(built):
    engine, _, folder, _ = built
    with open_dir(folder, schema=schema()).searcher() as searcher:
        compare(engine, searcher, lambda hit: hit.docnum, engine.finder._segment)


def test_scores_are_those_of_an_index_that_whoosh_wrote(built, tmp_path):
    engine, rows, _, lengths = built
    if lengths is not WHOOSH:
        return      # Whoosh rounds lengths in its own way only
    text = lambda weight: TEXT(analyzer=SpaceSeparatedTokenizer(), field_boost=weight)
    writer = create_in(tmp_path, Schema(title=text(3.0), body=text(1.0), id=ID(stored=True))).writer()
    for one in rows:
        writer.add_document(**{name: " ".join(one.tokens[name].texts) for name in ("title", "body")}, id=one.document.id)
    writer.commit()
    with open_dir(tmp_path).searcher() as searcher:
        compare(engine, searcher, lambda hit: hit.docnum, engine.finder._segment)


def compare(engine, searcher, number, segment):
    rng = random.Random(8)
    for _ in range(60):
        words = rng.sample(WORDS[:12], rng.randint(1, 3))
        syllables = tuple(map(tree.Syllable, words))
        name = rng.choice(["title", "body"])
        inside = tuple(tree.Syllable(word, field=name) for word in words)
        for ours, theirs in (
                (tree.And(syllables), stock.And(both(words))), (tree.Or(syllables), stock.Or(both(words))),
                (tree.And(inside), stock.And([stock.Term(name, word) for word in words])),
                (tree.Phrase(inside, 0, name), stock.Phrase(name, words)),
                (tree.Syllable(words[0], field=name), stock.Term(name, words[0]))):
            found = evaluate(ours, segment)
            expected = {number(hit): hit.score for hit in searcher.search(theirs, limit=None)}
            assert dict(zip(found.rows.tolist(), found.scores.tolist())) == pytest.approx(expected, abs=1e-6), ours


@given(st.lists(st.floats(0, 9).map(lambda x: round(x, 1)), max_size=300), st.integers(0, 40), st.integers(1, 70))
def test_the_best_are_the_first_of_all_in_order(scores, most, repeated):
    scores = np.tile(np.array(scores), repeated)
    ties = np.random.default_rng(1).permutation(len(scores))
    assert best(scores, most, lambda places: ties[places]).tolist() == np.lexsort((ties, -scores))[:most].tolist()
    assert smallest(ties, most).tolist() == np.argsort(ties)[:most].tolist()


def test_nothing_stands_before_the_first_syllable_of_all(tmp_path):
    writer = Writer(tmp_path)
    writer.add(row(Document(f"{0:016x}", Article("u", title="hòa", body="hoa"))))
    writer.finish()
    with WhooshEngine(tmp_path) as engine:
        phrase = tree.Phrase((tree.Syllable("hoa", any_accent=True), tree.Syllable("hòa")))
        assert len(evaluate(phrase, engine.finder._segment)) == 0


def test_what_was_kept_changes_no_answer(built):
    engine, rng = built[0], random.Random(6)
    asked = [Query(text, chosen=frozenset(chosen), size=100) for text in ("hợp tác", '"tác xã"', "lúa OR cá", "hop tac", "t* -cá", "")
             for chosen in ((), (("province", "an-giang"),), (("province", "ha-noi"), ("resolution", "nq20")))]
    told = lambda query: (found := engine.search(query)) and (found.hits, found.total, found.facets)
    engine.forget()
    first = [told(query) for query in asked]
    for _ in range(3):
        order = rng.sample(range(len(asked)), len(asked))
        assert [told(asked[i]) for i in order] == [first[i] for i in order]


def test_threads_get_the_same_answers(built):
    engine = built[0]
    asked = [Query(text, size=50) for text in ("hợp tác xã", '"lúa cá"', "cá OR tôm", "ho*", "hoa", "vốn -thuế")]
    told = lambda query: (found := engine.search(query)) and (found.hits, found.total, found.facets)
    expected, wrong = [told(query) for query in asked], []

    def work(seed):
        rng = random.Random(seed)
        for _ in range(40):
            i = rng.randrange(len(asked))
            if rng.random() < .2:
                engine.forget()
            if told(asked[i]) != expected[i]:
                wrong.append(asked[i])

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60)), max_size=80))
def test_a_cache_stays_within_its_room(asked):
    cache = Cache(200, len)
    for key, size in asked:
        assert cache.get(key, lambda: bytes([key]) * size)[0] == key
        assert cache.bytes <= 200


def test_matches_tell_no_less_than_they_grow_to():
    one = Matches(1000, np.arange(900), np.ones(900))
    size = one.nbytes
    one.dense(), one.mask()
    assert size >= one.rows.nbytes + one.scores.nbytes + one._dense.nbytes + one._mask.nbytes
