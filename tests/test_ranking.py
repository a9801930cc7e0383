"""The second stage: what it must prefer, whatever its weights, and what it must leave alone."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import analyse
from index.spelling import fold
from search.finding import Occurrences
from search.ranking import Rarity, rescored, wanted
from search.terms import read

REST = "và những điều khác nữa được kể trong bài này để cho đủ dài " * 3


def occurrences(terms, documents):
    """Of (title, body) pairs, as an engine would hand them over."""
    rows, lengths, titles = [], [], []
    for i, (title, body) in enumerate(documents):
        first, second = (analyse(text, words=False).texts for text in (title, body))
        lengths.append(len(first) + len(second))
        titles.append(len(first))
        for position, text in enumerate([*first, None, *second]):
            for number, term in enumerate(terms if text else ()):
                if (fold(text) if term.any_accent else text) == term.text:
                    rows.append((i, position, number, text == term.text))
    columns = [np.array([r[k] for r in rows], np.int64) for k in range(4)]
    return Occurrences(columns[0], columns[1], columns[2], columns[3].astype(bool),
                       np.array(lengths), np.array(titles))


def order(query, *documents, scores=None):
    """Numbers of the documents, best first."""
    asked = wanted(read(query))
    documents = [d if isinstance(d, tuple) else ("", d) for d in documents]
    rarity = Rarity(1000, 60.0, np.full(asked.words, 100), np.full(len(asked.pairs), 5))
    scores = np.ones(len(documents)) if scores is None else scores
    new = rescored(scores, occurrences(asked.terms, documents), asked, rarity)
    return np.argsort(-new, kind="stable").tolist()


@pytest.mark.parametrize("query, worse, better", [
    ("vườn cam sành", f"cam {REST} sành {REST} vườn", f"một vườn cam sành {REST} {REST}"),      # neighbours
    ("lúa cá tôm", f"{REST} lúa {REST} cá", f"{REST} lúa {REST} tôm cá"),                       # more of the words
    ("lúa", ("cá", f"{REST} lúa"), ("lúa", f"{REST} cá")),                                      # the title
    ("lúa cá", f"{REST} {REST} {REST} lúa và cá", f"lúa và cá {REST} {REST} {REST}"),           # the beginning
    ("lúa cá", f"{REST} lúa cá {REST} lúa cá {REST} {REST}", f"lúa cá {REST} {REST} {REST} {REST} lúa cá"),   # however late again
    ("lúa cá", f"{REST} lúa {REST} {REST} cá", f"{REST} lúa thì cá {REST} {REST}"),             # near each other
    ("lúa cá", f"{REST} lúa mười hai thứ kia nữa cũng đã bán cá {REST}", f"{REST} mười hai thứ kia nữa cũng đã bán cá và lúa {REST}"),
    ("cam ngon", f"{REST} cẩm thì ngồn {REST}", f"{REST} cam thì ngon {REST}"),                 # as typed
    ("lúa gạo", f"lúa gạo {REST * 9}", f"lúa gạo {REST}"),                                      # the shorter of two alike
])
def test_what_comes_first(query, worse, better):
    assert order(query, worse, better) == [1, 0] and order(query, better, worse) == [0, 1]


@pytest.mark.parametrize("query", ["HTX Thanh Bình", "hợp tác xã Thanh Bình"])
def test_a_short_form_counts_as_the_words_it_stands_for(query):
    far = f"{REST} Thanh {REST} Bình {REST}"
    assert order(query, far, f"{REST} HTX Thanh Bình {REST} {REST}")[0] == 1
    assert order(query, far, f"{REST} hợp tác xã Thanh Bình {REST} {REST}")[0] == 1


def test_without_words_the_engines_order_stands():
    assert order("nam:2020", "một", "hai", "ba", scores=np.array([1.0, 3.0, 2.0])) == [1, 2, 0]
    assert order("vàng", "một", "hai", scores=np.array([1.0, 3.0])) == [1, 0]


def test_equal_documents_stay_as_they_were():
    assert order("lúa cá", *[f"lúa và cá {REST}"] * 5) == [0, 1, 2, 3, 4]


def test_pairs_are_those_typed_as_neighbours():
    asked = wanted(read("lúa cá OR tôm lúa cá"))
    assert [(a.text, b.text) for a, b in asked.neighbours] == [("lúa", "cá"), ("tôm", "lúa")]


words = st.lists(st.sampled_from("lúa cá tôm HTX hợp tác xã hop".split()), min_size=1, max_size=12).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(words, st.lists(st.tuples(words, words), min_size=1, max_size=6), st.randoms())
def test_scores_are_finite_and_do_not_depend_on_the_neighbours_in_the_list(query, documents, rng):
    asked = wanted(read(query))
    rarity = Rarity(1000, 60.0, np.full(asked.words, 2000), np.zeros(len(asked.pairs)))
    new = rescored(np.ones(len(documents)), occurrences(asked.terms, documents), asked, rarity)
    assert np.isfinite(new).all() and (new >= 0).all()
    mixed = rng.sample(range(len(documents)), len(documents))
    again = rescored(np.ones(len(documents)), occurrences(asked.terms, [documents[i] for i in mixed]), asked, rarity)
    assert np.allclose(again, new[mixed])
