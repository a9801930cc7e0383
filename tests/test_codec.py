"""What is written into an index comes back: offsets, texts, postings whatever the spills, and Whoosh's own queries run on it."""
import json
import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir

from corpus.article import Article
from corpus.document import Document
from corpus.evidence import Evidence
from corpus.sentences import sentences
from index import charset, inversion, postings, sentence_ends, writing
from index.analysis import analyse
from index.arrays import Arrays, WrongVersion
from index.fields import row
from index.lengths import LUCENE
from index.pairs import PairCounts
from index.slots import SlotReader
from index.vocabulary import Vocabulary
from index.whoosh_codec import WHOOSH
from index.whoosh_schema import schema
from index.whoosh_writer import Writer
from index.packing import BadRow
from search.marking import Marks
from search.occurrences import Window
from search.query import Query
from search.tree import Phrase, Prefix, Syllable
from search.whoosh_engine import WhooshEngine

WORDS = "hợp tác xã nông dân lúa cá tôm vốn thuế hòa bình hoà HTX 20-NQ/TW nq20 1.250,5 T.Ư đồng".split()
TEXTS = st.lists(st.sampled_from([*WORDS, "\n", ".", "“", "x" * 300, "日本", "e\u0302\u0301", "\u00a0", " " * 200, "😀"]), max_size=60).map(" ".join)


def document(i, title, body, **more):
    return Document(f"{i:016x}", Article(f"https://bao.example/{i}", title=title, body=body, **more))


def written(folder, documents, lengths=LUCENE):
    writer = Writer(folder, lengths)
    for one in documents:
        writer.add(row(one))
    assert writer.finish() == len(documents)
    return folder


def arrays_of(folder):
    reader = open_dir(folder, schema=schema()).reader()
    return reader.segment().arrays(reader.storage())


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_every_syllable_comes_back_with_its_offsets(tmp_path_factory, texts):
    documents = [document(i, title, body) for i, (title, body) in enumerate(texts)]
    arrays = arrays_of(written(tmp_path_factory.mktemp("index"), documents))
    starts, rows = arrays["slot_starts"], np.arange(len(texts))
    offset, end = SlotReader(arrays).offsets(rows, arrays["tokens"], np.diff(starts))
    words, at = Vocabulary(arrays, "vocabulary"), 0
    for title, body in texts:
        for shift, text in ((0, title), (len(title) + 1, body)):
            tokens = analyse(text)
            for i, said in enumerate(tokens.texts):
                assert words.word(int(arrays["tokens"][at + i])) == said
                assert (offset[at + i] - shift, end[at + i] - shift) == (tokens.starts[i], tokens.ends[i])
            at += len(tokens) + 1


@given(st.text() | st.sampled_from(["\ufffe", "\0", "a\0b", ""]))
def test_a_text_comes_back_from_its_bytes(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            charset.encode(text)
    else:
        assert charset.decode(charset.encode(text)) == text


def test_vietnamese_takes_a_byte_a_character():
    assert len(charset.encode("Hợp tác xã “Đồng Tháp” – ƯỚC TÍNH 12.578…")) == len("Hợp tác xã “Đồng Tháp” – ƯỚC TÍNH 12.578…")


@given(TEXTS)
def test_sentences_come_back(text):
    assert sentence_ends.unpack(sentence_ends.pack(text)) == sentences(text)


def test_a_sentence_too_long_for_its_number_is_kept_as_several():
    text = "a" * 150_000 + ". \n" + " " * 70_000 + "Hết."
    found = sentence_ends.unpack(sentence_ends.pack(text))
    assert found[0] == (0, 65_535) and found[2][1] == 150_001 and text[slice(*found[-1])] == "Hết."


@pytest.mark.parametrize("code", (LUCENE, WHOOSH), ids=("lucene", "whoosh"))
def test_lengths_are_rounded_in_their_order(code):
    lengths = np.arange(100_000)
    back = code.table[code.encode(lengths)]
    assert (np.diff(back) >= 0).all() and (np.abs(back - lengths)[1:] / lengths[1:] < .13).all()
    if code is LUCENE:
        assert (back[:24] == lengths[:24]).all() and (back <= lengths).all()


def test_spilling_merging_and_blocks_change_nothing(tmp_path, monkeypatch):
    rng = random.Random(5)
    documents = [document(i, sentence(rng, 3), sentence(rng, rng.randint(0, 60))) for i in range(70)]
    whole = lists(written(tmp_path / "whole", documents))
    monkeypatch.setattr(writing, "CHUNK", 50)
    monkeypatch.setattr(inversion, "MERGED", 100)
    for module in (inversion, postings):
        monkeypatch.setattr(module, "BLOCK", 16)
    assert lists(written(tmp_path / "pieces", documents)) == whole
    for folder in (tmp_path / "whole", tmp_path / "pieces"):
        assert not list(folder.glob("*.runs"))


def lists(folder):
    """Everything the postings tell, by word."""
    arrays = arrays_of(folder)
    text, words = postings.Postings(arrays, "text", arrays.told["documents"]), Vocabulary(arrays, "vocabulary")
    told = {}
    for term in range(len(words)):
        found, places = text.list(term), text.places(term)
        told[words.word(term)] = [column.tolist() for column in (found.rows, found.titles, found.bodies, *places)]
    return told


def sentence(rng, count):
    return " ".join(rng.choice(WORDS) for _ in range(count))


def test_more_occurrences_than_a_byte_holds(tmp_path):
    documents = [document(0, "lúa " * 9, "lúa " * 500 + "cá"), document(1, "cá", "lúa"), document(2, "lúa " * 3, "lúa " * 63)]
    found = lists(written(tmp_path, documents))["lúa"]
    assert found[:3] == [[0, 1, 2], [9, 0, 3], [500, 1, 63]]


def test_more_words_than_a_slot_holds_and_a_document_longer_than_its_numbers(tmp_path):
    many = " ".join(f"w{i}x" for i in range(70_000))
    documents = [document(0, "đầu", many), document(1, "sau", "w69998x w69999x w3x chung"), document(2, "w69999x w69998x", "chung")]
    with WhooshEngine(written(tmp_path, documents)) as engine:
        for text, ids in (('"w69998x w69999x"', {0, 1}), ('"w69999x w69998x"', {2}), ("w69997x", {0}), ('"w2x w3x"', {0}),
                          ('"w69999x w3x chung"', {1}), ("w6999*", {0, 1, 2}), ('"w69998x w3x"~1', {1})):
            found = engine.search(Query(text))
            assert {int(hit.id, 16) for hit in found.hits} == ids, text
            for hit in found.hits:
                marked = [text[slice(*span)] for text, spans in [(hit.title.text, hit.title.spans)] +
                          [(p.text, p.spans) for p in hit.passages] for span in spans]
                assert marked, (text, hit)


def test_words_that_share_a_spelling_are_all_found(tmp_path):
    """With and without accents at once: "hòa" is both."""
    with WhooshEngine(written(tmp_path, [document(0, "hòa hoa hoá", "hoa xin chào hòa")])) as engine:
        words = Syllable("hòa"), Syllable("hoa", any_accent=True), Prefix("ho", any_accent=True)
        found = engine.finder.occurrences(words, np.array([0]))
    told = list(zip(found.positions.tolist(), found.terms.tolist(), found.exact.tolist()))
    assert [t for t in told if t[1] == 0] == [(0, 0, True), (7, 0, True)]
    assert [t for t in told if t[1] == 1] == [(0, 1, False), (1, 1, True), (2, 1, False), (4, 1, True), (7, 1, False)]
    assert [p for p, t, _ in told if t == 2] == [0, 1, 2, 4, 7]


def test_a_bad_row_is_refused_and_the_next_is_written(tmp_path):
    writer = Writer(tmp_path)
    good = row(document(1, "lúa", "hợp tác xã"))
    for bad in (document(2, "\ud800", "x"), Document("7", Article("u", title="x")), document(3, "x", "y", source="\udfff"),
                Document(f"{9:016x}", Article("u", title="x"), copy_of="đâu")):
        with pytest.raises(BadRow):
            writer.add(row(bad))
    writer.add(good)
    assert writer.finish() == 1
    with WhooshEngine(tmp_path) as engine:
        assert engine.search(Query("hợp tác xã")).total == 1 and engine.document(good.document.id) == good.document


def test_an_empty_index_answers(tmp_path):
    with WhooshEngine(written(tmp_path, [])) as engine:
        for query in (Query(), Query("lúa"), Query('"hợp tác"'), Query("l*", chosen=frozenset({("year", "2020")}))):
            found = engine.search(query)
            assert (found.total, found.hits) == (0, ())


def test_arrays_of_another_version_are_not_read(tmp_path):
    listed = next(written(tmp_path, [document(0, "lúa", "")]).glob("*.arrays.json"))
    told = json.loads(listed.read_text(encoding="utf-8"))
    listed.write_text(json.dumps({**told, "version": told["version"] + 1}), encoding="utf-8")
    with pytest.raises(WrongVersion):
        Arrays(tmp_path, listed.name.removesuffix(".arrays.json"))


def test_pairs_are_counted_by_document(tmp_path):
    documents = [document(i, "", "hợp tác xã " * (1 + i % 3) + f"số{i} cuối") for i in range(40)]
    arrays = arrays_of(written(tmp_path, documents))
    exact, folded = (PairCounts(arrays, name).counts for name in ("pairs", "fold_pairs"))
    assert np.allclose(exact([("hợp", "tác"), ("tác", "xã")]), 40, rtol=.1)
    assert np.allclose(folded([("hop", "tac")]), 40, rtol=.1)
    assert exact([("cuối", "hợp")])[0] < 5      # a document ends between them


def test_a_title_ends_before_its_body(tmp_path):
    with WhooshEngine(written(tmp_path, [document(0, "giá lúa", "tăng cao"), document(1, "x", "giá lúa tăng cao")])) as engine:
        assert {hit.id for hit in engine.search(Query('"lúa tăng"')).hits} == {f"{1:016x}"}
        assert {hit.id for hit in engine.search(Query('"lúa cao"~2')).hits} == {f"{1:016x}"}


def test_marks_of_a_code_are_where_it_is_written(tmp_path):
    text = "Theo Nghị quyết số 20-NQ/TW, kinh tế tập thể phát triển."
    with WhooshEngine(written(tmp_path, [document(0, "Nghị quyết 20-NQ/TW", text)])) as engine:
        hit = engine.search(Query("NQ 20")).hits[0]
    assert all("20" in hit.title.text[a:b] for a, b in hit.title.spans) and hit.title.spans
    assert any("20-NQ/TW" in p.text[a:b] for p in hit.passages for a, b in p.spans)


def test_stored_fields_and_terms_are_whooshs_too(tmp_path):
    said = Evidence("an-giang", "named")
    one = Document(f"{3:016x}", Article("u", title="lúa lúa", body="cá", published=Evidence("2021-02-03", "x")), provinces=(said,))
    assert row(one).date == date(2021, 2, 3)
    with open_dir(written(tmp_path, [document(1, "cá", "tôm"), one]), schema=schema()).searcher() as searcher:
        reader = searcher.reader()
        assert searcher.document(id=f"{3:016x}")["id"] == f"{3:016x}"
        assert sorted(t for f, t in reader.all_terms() if f == "title") == ["cá".encode(), "lúa".encode()]
        assert [t for f, t in reader.all_terms() if f == "province"] == [b"an-giang"]
        assert reader.doc_frequency("body", "cá") == 1 and reader.frequency("title", "lúa") == 2 * 3.0
        assert reader.first_id("province", "an-giang") == 1
