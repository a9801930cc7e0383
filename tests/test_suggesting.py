"""What the box may become: titles, phrases, provinces, resolutions; and a spelling that finds something."""
import unicodedata
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.document import Document
from index.analysis import analyse
from index.fields import row
from index.phrases import Phrases, runs
from index.spelling import fold
from index.whoosh_writer import Writer
from oracle import holds
from search.expansion import table
from search.query import Query
from search.suggesting import MOST, Completions, better, suggest
from search.terms import read
from search.whoosh_engine import WhooshEngine
from test_terms import document

TITLES = ["Hợp tác xã kiểu mới ở Điện Biên", "Hợp tác xã kiểu mới vươn lên", "Hòa Bình có thêm hợp tác xã kiểu mới",
          "Kinh tế tập thể thêm sức bật", "Kinh tế tập thể và liên kết chuỗi", "Kinh tế tập thể năm 2022", "Bưởi đỏ Tân Lạc vào mùa"]
def phrases(titles):
    found = Phrases()
    for title in titles:
        found.add(runs(title))
    return found.frequent()


RECURRING = Phrases()
for _title in TITLES:
    RECURRING.add(runs(analyse(_title)))
COMPLETIONS = Completions.of(RECURRING.frequent())


def titles(node, most):
    return [t for t in TITLES if holds(node, document("", t))][:most]


def texts(typed, kind=None):
    return [s.text for s in suggest(typed, COMPLETIONS, titles) if kind in (None, s.kind)]


def test_frequent_phrases_are_whole_words_that_several_titles_hold():
    found = dict(RECURRING.frequent())
    assert found["kinh tế tập thể"] == 3 and found["hợp tác xã kiểu mới"] == 3
    assert "tác xã" not in found and "bưởi đỏ" not in found


@pytest.mark.parametrize("typed, kind, expected", [
    ("kinh te", "phrase", "kinh tế tập thể"),
    ("KINH TẾ T", "phrase", "kinh tế tập thể"),
    ("buoi do", "title", "Bưởi đỏ Tân Lạc vào mùa"),
    ("vùng cao điện b", "province", 'vùng cao tỉnh:"Điện Biên"'),
    ("hoa bi", "province", 'tỉnh:"Hòa Bình"'),
    ("nghi quyet 2", "resolution", "nghị quyết 20-NQ/TW"),
    ("vốn nq 1", "resolution", "vốn NQ 13"),
])
def test_what_is_suggested(typed, kind, expected):
    assert expected in texts(typed, kind)


def test_with_accents_what_has_them_comes_first():
    both = Completions.of([("hòa nhập", 5), ("hoa quả", 50)])
    first = suggest("hòa", both, lambda node, most: ())
    assert [s.text for s in first if s.kind == "phrase"] == ["hòa nhập", "hoa quả"]


@pytest.mark.parametrize("typed", ["", "  ", '"kinh tế"', "(", "-"])
def test_nothing_is_suggested_behind_what_is_finished(typed):
    assert texts(typed) == []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TITLES) | st.text(max_size=20), st.integers(0, 40))
def test_at_most_eight_each_once_and_what_was_typed_before_stays(text, length):
    typed = text[:length]
    found = suggest(typed, COMPLETIONS, titles)
    assert len(found) <= MOST and len(set(found)) == len(found)
    assert found == suggest(typed, COMPLETIONS, titles)
    decomposed = suggest(unicodedata.normalize("NFD", typed), COMPLETIONS, titles)
    assert [s for s in decomposed if s.kind == "title"] == [s for s in found if s.kind == "title"]


# Did you mean

CORPUS = ["hợp tác xã nông nghiệp"] * 9 + ["hợp đồng liên kết"] * 5 + ["xa xôi", "hớp một ngụm", "doanh nghiệp"]


class Known:
    """A lexicon of a handful of texts."""
    documents, names = len(CORPUS), table()

    def __init__(self):
        self.counts = Counter(word for text in CORPUS for word in set(analyse(text, words=False).texts))

    def df(self, text):
        return self.counts[text]

    def spellings(self, folded):
        return tuple(sorted((w for w in self.counts if fold(w) == folded), key=lambda w: -self.counts[w]))

    def expect(self, words):
        self.expected = tuple(words)

    def usual(self, folds):
        return tuple(sorted((w for folded in folds for w in self.spellings(folded)[:1]), key=self.df, reverse=True))

    def values(self, facet):
        return ()


def total(text):
    tree = read(text, match="all").all
    return sum(holds(tree, document(body)) for body in CORPUS)


@pytest.mark.parametrize("typed, meant", [
    ("hớp đồng", "hợp đồng"),                       # other accents
    ("liên kêt", "liên kết"),
    ("nông nghiêpj", "nông nghiệp"),                # a letter too many
    ("doanh ngihệp", "doanh nghiệp"),               # two letters changed places
    ("doanhnghiep", "doanh nghiep"),                # no space
    ("lien ket -xôi kté", None),
    ("qwzrtp", None),
    ("", None),
])
def test_a_better_spelling_is_offered_only_when_it_has_hits(typed, meant):
    found = better(typed, Known(), total)
    assert found == meant and (found is None or total(found))


def test_a_search_for_spellings_ends_soon():
    asked = []
    better("zzzq yyyq xxxq vvvq", SimpleNamespace(expect=lambda words: None, df=lambda t: 0 if "q" in t else 5, spellings=lambda f: (f,), usual=tuple), lambda t: asked.append(t))
    assert len(asked) <= 10


def test_through_the_engine(tmp_path):
    written = Writer(tmp_path)
    for i, body in enumerate(CORPUS):
        written.add(row(Document(id=f"{i:016x}", article=Article(url=f"file:{i}", title="Tin", body=body))))
    written.finish()
    with WhooshEngine(tmp_path) as engine:
        found = engine.search(Query(text="hớp đồng"))
        assert found.better == "hợp đồng" and found.query.text == "hớp đồng" and found.match == "most"
        assert engine.search(Query(text=found.better)).total == 5
        assert engine.search(Query(text="hợp đồng")).better is None and engine.search(Query(text="")).better is None
