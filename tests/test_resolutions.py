"""NQ 13 and NQ 20 on the collective economy are told apart from their namesakes, and every answer points at its words."""
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from benchmarks import metadata
from corpus.citing.folding import fold
from corpus.resolutions import named, others, resolutions
from resolution_cases import CASES

DEVELOPMENT = Path(__file__).resolve().parents[2] / "shared" / "gold" / "resolutions_dev.jsonl"


def answer(text, published=None):
    """What was decided, and the candidates of what was not, with a question mark."""
    found = resolutions(text, published)
    return ({one.value for one in found if one.value != "mo-ho"}
            | {"?" + candidate for one in found if one.value == "mo-ho" for candidate in one.among})


def wanted(short):
    return {word.replace("13", "nq13").replace("20", "nq20") for word in short.split()}


@pytest.mark.parametrize("text", CASES)
def test_hard_sentences(text):
    assert answer(text) == wanted(CASES[text])


def test_the_development_set_is_read_at_least_this_well():
    if not DEVELOPMENT.exists():
        pytest.skip("the development set is not beside the checkout")
    got = metadata.resolutions(metadata.lines(DEVELOPMENT))
    assert got["exactly right"] >= 0.97 and not got["namesakes taken"]


@given(st.sampled_from(list(CASES)))
def test_how_the_letters_are_encoded_changes_nothing(text):
    assert answer(unicodedata.normalize("NFD", text)) == answer(text)
    assert answer(text.replace(" ", "\u00a0")) == answer(text)


@given(st.sampled_from(list(CASES)), st.sampled_from(" \n"))
def test_what_other_sentences_say_of_something_else_changes_nothing(text, space):
    ends = "" if text[-1] in ".”" else "."
    assert answer(f"Hôm qua trời mưa to.{space}{text}{ends}{space}Bà con ra đồng từ sớm, ai cũng vui.") == answer(text)


@given(st.lists(st.sampled_from(list(CASES)) | st.text(max_size=30), max_size=4).map("\n".join))
def test_every_answer_points_at_words_of_the_text(text):
    for evidence in (*named(text)[0], *named(text)[1]):
        words = text[evidence.start:evidence.end]
        assert words and words == words.strip()
        assert evidence.basis


@given(st.text(st.sampled_from("nqtwNQTW/-–.,1320 0()\nghị quyếtsốkhóaIXX\u0323ư")))
def test_no_text_is_an_error(text):
    named(text)


@given(st.text(max_size=60))
@example("0\u08ca\xad")
def test_folding_keeps_the_way_back(text):
    folded = fold(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert fold(text[start:end]).text == folded.text[at]


def test_evidence_says_what_decided_and_where():
    text = "Tỉnh thực hiện Nghị quyết số 13-NQ/TW ngày 18/3/2002 (khóa IX) về kinh tế tập thể từ lâu."
    evidence, = resolutions(text)
    assert (evidence.value, evidence.basis) == ("nq13", "number, date, term and subject")
    assert text[evidence.start:evidence.end] == "Nghị quyết số 13-NQ/TW ngày 18/3/2002 (khóa IX) về kinh tế tập thể"


def test_what_cannot_be_decided_names_its_candidates():
    evidence, = resolutions("Cả chi bộ học Nghị quyết Trung ương 5.")
    assert (evidence.value, evidence.among) == ("mo-ho", ("nq13", "nq20"))


def test_the_date_of_the_article_rules_out_what_did_not_exist_yet():
    text = "Nghị quyết của Trung ương về kinh tế tập thể được quán triệt."
    assert answer(text) == {"?nq13", "?nq20"}
    assert answer(text, "2009-05-01") == {"nq13"}
    assert answer("Xã học Nghị quyết 20 của Trung ương, HTX cử người dự.", "2019-03-02") == set()


def test_a_short_mention_means_what_the_full_one_does():
    assert answer("Nghị quyết số 13-NQ/TW ngày 18/3/2002 ra đời.\nÔng Tư nhớ mãi Nghị quyết 13.") == {"nq13"}
    assert answer("Nghị quyết số 13-NQ/TW ngày 16/1/2012 ra đời.\nCác HTX nhớ mãi Nghị quyết 13.") == set()


@pytest.mark.parametrize("text, cited", [
    ("HĐND thông qua Nghị quyết số 12/2018/NQ-HĐND hỗ trợ HTX.", ["12/2018/NQ-HĐND"]),
    ("Nghị quyết số 06-NQ/TU, ngày 14/12/2021 của BTV Tỉnh uỷ", ["06-NQ/TU"]),
    ("các Nghị quyết số 18, 19, 20-NQ/TW ngày 16/6/2022", ["18-NQ/TW", "19-NQ/TW"]),
    ("Nghị quyết 120 của Chính phủ và Nghị quyết 26-NQ/TƯ", ["120/NQ-CP", "26-NQ/TW"]),
    ("Nghị quyết số 43/2022/QH15 và Nghị quyết 54 của Quốc hội", ["43/2022/QH15"]),
    ("Nghị quyết 13-NQ/TW ngày 2/4/2022 của Bộ Chính trị về ĐBSCL", ["13-NQ/TW"]),
    ("Nghị quyết 13-NQ/TW ngày 18/3/2002 và Nghị quyết 20-NQ/TW.", []),
    ("Nghị quyết 7-NQ/HU và Nghị quyết 07-NQ/HU", ["07-NQ/HU"]),
    ("Nghị quyết số 20/NQ-HĐQT của công ty", ["20/NQ-HĐQT"]),
])
def test_other_resolutions_are_cited_as_readers_do(text, cited):
    assert [one.value for one in others(text)] == cited


def test_a_long_list_is_read_to_a_bound():
    found = others("Nghị quyết 1" + ", 2" * 50_000 + "-NQ/TW. Nghị quyết 20-NQ/TW về kinh tế tập thể.")
    assert len(found) < 50
