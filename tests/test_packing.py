"""What is kept of a page between rebuilds: a row comes back as it was, a later copy is one all over, a bad row has a reason."""
import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, NoArticle
from corpus.document import Document, describe
from corpus.evidence import Evidence
from corpus.page import Page
from index import packing, prepared
from index.fields import row

WORDS = [*"Hợp tác xã HTX 20-NQ/TW nghị quyết 13 1.250,5 T.Ư hoà bình".split(), "\n", " " * 300, "x" * 300, "e\u0302\u0301", "日本", "😀", "\u00ad"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


def columns(made) -> list:
    return [(name, t.texts, t.starts.tolist(), t.ends.tolist(), t.joined.tolist(), t.codes) for name, t in made.tokens.items()]


def assert_same(one, other):
    assert (one.document, one.texts, one.facets, one.date) == (other.document, other.texts, other.facets, other.date)
    assert columns(one) == columns(other) and one.sentences.tolist() == other.sentences.tolist()


@given(TEXTS, TEXTS, st.none() | st.just(Evidence("2021-11-19", "given")))
@settings(max_examples=150, deadline=None)
def test_a_row_comes_back_as_it_was(title, body, published):
    article = Article("https://bao.example/1", title=title or None, lead="Tóm tắt", body=body, published=published, source="Báo A")
    made = row(describe(article))
    assert_same(packing.loads(packing.dumps(packing.pack(made))).row(), made)


def test_a_copy_is_one_in_all_that_is_kept():
    made = row(describe(Article("https://bao.example/1", title="HTX Điện Biên", body="Toàn tỉnh Điện Biên có 264 hợp tác xã.")))
    copied = packing.loads(packing.dumps(packing.pack(made))).copied("0" * 15 + "7")
    expected = replace(made, document=replace(made.document, copy_of="0" * 15 + "7"))
    assert_same(copied.row(), expected)
    assert copied.card == packing.pack(expected).card and copied.copy_of == "0" * 15 + "7"
    assert copied.copied(None).card == packing.pack(made).card


def test_pages_prepared_together_are_those_prepared_alone():
    pages = [Page(f"https://bao.example/{n}", f"Hợp tác xã số {n} ở Hòa Bình.\nNghị quyết {n}" * n, "record") for n in range(6)]
    pages.append(Page("file:x.html", b"<p>"))
    assert prepared.prepare(pages) == [prepared.prepare([page])[0] for page in pages]
    assert [isinstance(prepared.head(one), NoArticle) for one in prepared.prepare(pages)] == [False] * 6 + [True]


def test_what_no_index_can_hold_has_a_reason():
    page = Page("https://bao.example/1", "Hợp tác xã", "record", source=json.loads('"B\\udc80o"'))
    found = prepared.head(prepared.prepare([page])[0])
    assert isinstance(found, NoArticle) and (found.kind, found.url) == ("unreadable", page.url)
    assert "surrogates" in found.reason


def test_a_document_too_large_for_short_numbers_is_packed_whole():
    body = " ".join(f"từ{n}" for n in range(70_000))
    made = row(Document(f"{1:016x}", Article("https://bao.example/1", body=body)))
    assert_same(packing.loads(packing.dumps(packing.pack(made))).row(), made)
