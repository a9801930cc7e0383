"""Marks are where the words stand, passages are readable, and both ways to make them agree."""
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.document import Document
from index.fields import row
from index.whoosh_writer import Writer
from oracle import holds
from search import marking
from search.marking import PASSAGE, Marks
from search.query import Query
from search.terms import read
from search.whoosh_engine import WhooshEngine
from test_terms import document

BODY = ("Hợp tác xã Thanh Bình ở xã Noong Hẹt làm ăn có lãi. Năm 2022, HTX thu 1,3 tỷ đồng; xã viên được chia lãi.\n"
        "Ông Nguyễn Văn A. cho biết: thực hiện Nghị quyết số 20-NQ/TW, các hợp tác, xã và tổ hợp tác đã liên kết. "
        "Kinh tế tập thể còn yếu, nhưng HỢP TÁC XÃ KIỂU MỚI đang lớn lên từng ngày, từ Điện Biên tới Cà Mau.")


def marked(query, text=BODY, field="body"):
    marks = Marks.of(read(query).all)
    places, coded = marking.places(text, marks, field)
    return text, marking.spans(text, places, coded, marks)


def words(query, text=BODY, field="body"):
    text, spans = marked(query, text, field)
    return [text[s.start:s.end] for s in spans]


@pytest.mark.parametrize("query, expected", [
    ("hợp tác xã", ["Hợp tác xã", "HTX", "hợp tác, xã", "HỢP TÁC XÃ"]),
    ("hop tac xa", ["Hợp tác xã", "HTX", "hợp tác, xã", "HỢP TÁC XÃ"]),
    ("HTX", ["Hợp tác xã", "HTX", "hợp tác, xã", "HỢP TÁC XÃ"]),
    ("NQ20", ["Nghị quyết số 20-NQ/TW"]),
    ("20-NQ/TW", ["Nghị quyết số 20-NQ/TW"]),
    ("điện biên", ["Điện Biên"]),
    ("noong*", ["Noong"]),
    ('"tác xã"~1', ["tác xã", "tác, xã", "TÁC XÃ"]),
    ("lãi -tỷ", ["lãi", "lãi"]),
    ("tieude:lãi", []),
])
def test_what_is_marked(query, expected):
    assert words(query) == expected


def test_lone_syllables_of_a_name_are_not_marked():
    assert "xã" not in words("hợp tác xã") and "tác" not in words("HTX")


def test_neighbours_are_one_mark_unless_something_stands_between():
    assert words("kinh tế tập thể còn yếu") == ["Kinh tế tập thể còn yếu"]
    assert words("lãi năm") == ["lãi", "Năm", "lãi"]


def test_passages_are_whole_sentences_that_hold_their_marks():
    passages = marking.passages(*marked("liên kết"))
    assert [p.text for p in passages][0].endswith("đã liên kết.")
    assert all(p.text[a:b].lower() in ("liên kết",) for p in passages for a, b in p.spans)


def test_a_long_sentence_is_cut_between_words_and_says_so():
    text = "mở đầu " + "rất dài dòng " * 60 + "kho báu nằm đây " + "và còn dài nữa " * 60
    passage, = marking.passages(*marked("kho báu", text))
    assert passage.text.startswith("… ") and passage.text.endswith(" …") and len(passage.text) < PASSAGE * 1.5
    assert set(passage.text.strip("… ").split()) <= set(text.split())
    assert [passage.text[a:b] for a, b in passage.spans] == ["kho báu"]


def test_without_marks_the_text_begins():
    assert marking.passages(BODY, [])[0].text.startswith("Hợp tác xã Thanh Bình")
    assert marking.passages("", []) == ()


def test_the_passage_with_most_of_the_words_is_shown():
    text = "Lúa tốt. " * 30 + "\nLúa và cá cùng lên giá. " + "\nCá rẻ. " * 30
    assert any("Lúa và cá" in p.text for p in marking.passages(*marked("lúa cá", text)))


SYLLABLES = "hợp tác xã HTX hòa hoà bình 20-NQ/TW NQ20 lúa, cá. \n kinh tế tập thể KTTT hop tac".split(" ")
QUERIES = ["hợp tác xã", "hop tac xa", "HTX lúa", "NQ20", "hòa bình", "hoa binh ca", "h*", '"lúa cá"~2', "kinh tế tập thể OR cá", "tieude:lúa", "lúa -cá"]
texts = st.lists(st.sampled_from(SYLLABLES), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(QUERIES))
def test_no_hit_without_a_mark_and_every_mark_lies_in_the_text(text, query):
    hit = holds(read(query).all, document(text))
    found = marked(query, text)[1]
    assert found or not hit
    assert all(a.end <= b.start for a, b in zip(found, found[1:]))
    for passage in marking.passages(text, found):
        assert all(0 <= a < b <= len(passage.text) for a, b in passage.spans)
        shown = [passage.text[a:b] for a, b in passage.spans]
        assert all(s in text.replace("\n", " ") for s in shown) and (shown or not found)


def test_stored_offsets_and_the_text_alone_give_the_same_marks(tmp_path):
    rng = random.Random(5)
    written = Writer(tmp_path)
    for i in range(60):
        title, body = (" ".join(rng.choices(SYLLABLES, k=n)).strip() for n in (6, 40))
        written.add(row(Document(id=f"{i:016x}", article=Article(url=f"file:{i}", title=title, body=body))))
    written.finish()
    with WhooshEngine(tmp_path) as engine:
        for query in QUERIES:
            hits = engine.search(Query(text=query, size=100)).hits
            assert hits
            for hit in hits:
                article = engine.document(hit.id).article
                marks = Marks.of(read(query).all)
                sides = {}
                for field, text in (("title", article.title), ("body", article.body)):
                    places, coded = marking.places(text, marks, field)
                    sides[field] = text, marking.spans(text, places, coded, marks)
                assert hit.title == marking.mark(*sides["title"])
                assert hit.passages == marking.passages(*sides["body"])
