"""Our segmenter gives exactly pyvi's words, on real and on mad text, from pyvi's own tables, without its imports."""
import itertools
import json
import lzma
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import crf, segmenter
from index.segmenter import Segmenter, Words, tables

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
MAD = ["hợp", "tác", "xã", "Hợp", "TÁC", "Nam", "việt", "kinh tế", "hoá", "hóa", "A.", "Đ.", "ThS.", "Tp.", "Mr.",
       "==>", "->", "...", ">>",
       "http://a.vn/x_y", "a.b+c@d-e.vn", "1.250,5", "16/6", "3_4", "_", "__", "-", "(", "“", "…", "\n",
       " ", "\t", "\u00a0", "\u2009", "e\u0301", "ô\u0323", "\u200b", "\u0301", "한글", "ﬁ", "²", "٣", "ǅ", "İ", "ß",
       "\x1c", "\x85", "\x00", "👍",
       "NQ20", "5kg", "\ufffd"]


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


def pyvi(text: str) -> list[str]:
    from pyvi.ViTokenizer import ViTokenizer
    return ViTokenizer.spacy_tokenize(text)[0] if ViTokenizer.sylabelize(text)[1] else []


def assert_same(words: Words, text: str) -> None:
    assert words.of(text) == pyvi(text), text


# The same words

def test_news_are_segmented_as_pyvi_does(words):
    path = SHARED / "corpora" / "news-50k.jsonl.xz"
    if not path.exists():
        pytest.skip(f"real news are not here: {path}")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, 0, 2000, 40):
            assert_same(words, json.loads(line)["text"])


def test_the_treebank_is_segmented_as_pyvi_does(words):
    path = SHARED / "wordseg" / "vtb_dev.raw.txt"
    if not path.exists():
        pytest.skip(f"the treebank is not here: {path}")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert_same(words, "\n".join(lines[:200]))      # a line end is a syllable with features on both sides
    for line in lines[200:300]:
        assert_same(words, line)


@given(st.lists(st.sampled_from(MAD), max_size=30), st.sampled_from(["", " "]))
@settings(max_examples=200, deadline=None)
def test_mad_text_is_segmented_as_pyvi_does(words, parts, between):
    assert_same(words, between.join(parts))


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_segmented_as_pyvi_does(words, text):
    assert_same(words, text)


def test_a_very_long_text(words):
    assert_same(words, "Hợp tác xã nông nghiệp tổ chức sản xuất theo chuỗi giá trị. " * 700)


def test_forgetting_changes_nothing(monkeypatch):
    monkeypatch.setattr(segmenter, "_MEMO", 3)
    forgetful = Words()
    for text in ("Hợp tác xã nông nghiệp", "kinh tế tập thể", "Hợp tác xã nông nghiệp"):
        assert_same(forgetful, text)


# The arithmetic

def viterbi(s: np.ndarray, transitions) -> list[bool]:
    """The textbook's, on pairs of scores."""
    bb, bi, ib, ii = transitions
    scores, back = (0.0, s[0]), []
    for lead in s[1:]:
        begins, continues = (scores[0] + bb, scores[1] + ib), (scores[0] + bi, scores[1] + ii)
        back.append((begins[1] > begins[0], continues[1] > continues[0]))
        scores = max(begins), max(continues) + lead
    labels = [scores[1] > scores[0]]
    for begins, continues in back[::-1]:
        labels.append(continues if labels[-1] else begins)
    return labels[::-1]


def decoded(texts: list[list[float]], transitions):
    """Labels of each text, and which texts were too close to call; a zero parts one from the next."""
    s = np.array(list(itertools.chain(*([*text, 0.0] for text in texts)))[:-1])
    ends = np.cumsum([len(text) + 1 for text in texts]) - 1
    starts = ends - [len(text) for text in texts]
    labels, doubted = segmenter._decode(s, transitions, starts, ends)
    return [labels[a:b].tolist() for a, b in zip(starts, ends)], {int(np.searchsorted(starts, a)) for a, _ in doubted}


@given(st.lists(st.lists(st.floats(-8, 8), min_size=1, max_size=40), min_size=1, max_size=5),
       st.none() | st.tuples(*[st.floats(-3, 3)] * 4))
@settings(max_examples=200)
def test_decoding_is_viterbi(texts, transitions):
    transitions = transitions or tables().transitions
    labels, doubted = decoded(texts, transitions)
    assert all(labels[n] == viterbi(s, transitions) for n, s in enumerate(texts) if n not in doubted)


def test_too_close_to_call_asks_pyvi(monkeypatch, words):
    asked = []
    ask = segmenter._labels_by_pyvi
    monkeypatch.setattr(segmenter, "_labels_by_pyvi", lambda syllables: asked.append(syllables) or ask(syllables))
    assert_same(words, "Hợp tác xã nông nghiệp")
    assert not asked
    monkeypatch.setattr(segmenter, "_CLOSE", 100.0)
    assert_same(words, "Hợp tác xã nông nghiệp")
    assert asked == [["Hợp", "tác", "xã", "nông", "nghiệp"]]


def test_a_tie_is_too_close_to_call():
    bb, bi, ib, ii = tables().transitions
    assert decoded([[0.0]], tables().transitions)[1] == {0}
    assert decoded([[5.0, -5.0], [bi - ii, -5.0], [-5.0]], tables().transitions)[1] == {1}


# What the installed pyvi carries

def test_tables_are_those_of_pyvi():
    from pyvi.ViTokenizer import ViTokenizer
    ours = tables()
    assert ours.split(" ".join(MAD)) == ViTokenizer.sylabelize(" ".join(MAD))
    assert len(ours.pairs._keys) == len({gram for gram in ViTokenizer.bi_grams})
    assert len(ours.triples._keys) == len({gram for gram in ViTokenizer.tri_grams})


def test_nothing_heavy_is_imported():
    code = ("import sys; from index.segmenter import Words; assert Words().of('hợp tác xã') == ['hợp_tác_xã'];"
            "assert not {'sklearn', 'scipy', 'pycrfsuite'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("data, complaint", [
    (b"\0" * 48, "not a CRFsuite model"),
    (struct.pack("<4sI4s9I", b"lCRF", 0, b"FOMC", 100, 0, 2, 0, 48, 48, 48, 0, 0) + b"\0" * 24,
     "damaged strings")])
def test_another_file_is_no_model(data, complaint):
    with pytest.raises(ValueError, match=complaint):
        crf.read(data)


def test_a_segmenter_numbers_each_syllable_once():
    one = Segmenter()
    assert one.numbers(["hợp", "tác", "hợp", "xã,"]) == [[1], [2], [1], [3, 4]]
    assert one.texts[1:] == ["hợp", "tác", "xã", ","]
