"""The article page: the whole text in place, each derived value with its words, the way to the next hit, and what a public site holds back."""
import re
import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings, strategies as st

from corpus.article import Article
from corpus.document import Document
from corpus.evidence import Evidence
from demo import app, client, data
from index.keeping import keeping
from search import Query, open_engine
from web import create_app
from web.citations import bibtex, plain, ris
from web.language import ENGLISH_LANGUAGE, VIETNAMESE
from web.reading import read
from web.told import BASES, basis, told

words = st.text(st.sampled_from("aăđ .!?…“”\n1.HTX "), max_size=60)
lines = words.map(lambda text: " ".join(text.split()) or None)


@st.composite
def marked_articles(draw):
    article = Article("https://bao.example/1", draw(lines), draw(lines), draw(lines), "\n".join(" ".join(line.split()) for line in draw(words).split("\n")))
    length = len(article.text)
    points = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    marks = [(a, b) for a, b in zip(points[::2], points[1::2])]
    proofs = [tuple(sorted(draw(st.tuples(st.integers(0, length), st.integers(0, length))))) for _ in range(2)]
    return article, marks, proofs


@settings(max_examples=150)
@given(marked_articles())
def test_the_pieces_give_the_text_back_and_marks_fall_where_they_should(made):
    article, marks, proofs = made
    reading = read(article, marks, proofs)
    squeezed = lambda text: re.sub(r"\s", "", text)
    pieces = [piece for paragraph in reading.paragraphs for sentence in paragraph.sentences for piece in sentence.pieces]
    assert squeezed("".join(piece.text for piece in pieces)) == squeezed(article.text)
    assert squeezed("".join(piece.text for piece in pieces if piece.mark)) == squeezed("".join(article.text[a:b] for a, b in marks))
    proven = "".join(char for at, char in enumerate(article.text) if any(a <= at < b for a, b in proofs))
    assert squeezed("".join(piece.text for piece in pieces if piece.proves)) == squeezed(proven)
    anchors = [sentence.anchor for paragraph in reading.paragraphs for sentence in paragraph.sentences]
    assert anchors == [f"c{n}" for n in range(1, len(anchors) + 1)]


def page(path, browser=None):
    answer = (browser or client()).get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.text, "lxml")


def ids():
    with open_engine(data()) as engine:
        return [hit.id for hit in engine.scan(Query())]


def test_every_article_of_the_sample_opens_with_its_proofs_in_place():
    with open_engine(data()) as engine:
        for id in ids():
            shown, document = page(f"/bai/{id}?q=HTX"), engine.document(id)
            body = " ".join(p.get_text() for p in shown.select("article > p:not([class])"))
            assert "".join(body.split()) == "".join(document.article.body.split())
            for link in shown.select(".told .how a, #figures td a"):
                target = shown.find(id=link["href"].lstrip("#"))
                assert target, (id, link)
            for link in shown.select(".told .how a"):
                assert link.text.strip("“”").split("\n")[0][:20] in shown.find(id=link["href"].lstrip("#")).text
            assert shown.select_one("meta[name=robots]")["content"] == "noindex"
            original = shown.select_one("link[rel=canonical]")
            assert (original["href"] if original else None) == (document.article.url if document.article.url.startswith("http") else None)


def test_every_basis_in_the_sample_is_said_in_vietnamese():
    with open_engine(data()) as engine:
        for id in ids():
            document = engine.document(id)
            for one in told(document, read(document.article), VIETNAMESE):
                assert set(one.how.split(", ")) <= {piece for said in BASES.values() for piece in said.split(", ")}, one.how
    assert basis("number, term and subject", VIETNAMESE) == "số, khóa, chủ đề" and basis("dateline", ENGLISH_LANGUAGE) == "dateline"
    assert basis("something new", VIETNAMESE) == "something new" and set(BASES) > {"dateline", "district"}


def test_from_hit_to_hit_through_the_whole_list():
    results = client().get("/api/search?q=lúa&so=100").json
    order, at, address = [hit["id"] for hit in results["hits"]], 1, None
    first = page("/?q=lúa").select_one(".hit h3 a")["href"]
    address, seen = first, []
    while address:
        shown = page(address)
        seen.append(re.search(r"/bai/(\w+)", address)[1])
        assert f"({at}/{results['total']})" in shown.select_one(".back").text
        following, at = shown.select_one(".turns [rel=next]"), at + 1
        address = following["href"] if following else None
    assert seen == order
    assert page(shown.select_one(".turns [rel=prev]")["href"]).select_one(".back").text.endswith(f"({at - 2}/{results['total']})")
    assert "/?q=l" in shown.select_one(".back")["href"]


def test_neighbours_across_the_edge_of_a_page():
    hits = client().get("/api/search?q=HTX&so=5").json["hits"]
    more = client().get("/api/search?q=HTX&so=5&trang=2").json["hits"]
    shown = page(f"/bai/{hits[4]['id']}?q=HTX&so=5&vt=5")
    assert more[0]["id"] in shown.select_one("[rel=next]")["href"] and hits[3]["id"] in shown.select_one("[rel=prev]")["href"]
    assert hits[4]["id"] in page(f"/bai/{more[0]['id']}?q=HTX&so=5&vt=6").select_one("[rel=prev]")["href"]


@pytest.mark.parametrize("place", ["0", "-1", "999", "x", "²", "1" * 40])
def test_a_place_that_is_not_the_articles_shows_the_article_all_the_same(place):
    assert page(f"/bai/{ids()[0]}?q=HTX&vt={place}").h1.text.strip()


def test_marks_are_numbered_and_the_counter_knows_them():
    shown = page(page("/?q=lúa").select_one(".hit h3 a")["href"])
    marks = [mark["id"] for mark in shown.select("mark[id]")]
    assert marks == [f"m{n}" for n in range(1, len(marks) + 1)] and shown.select_one(".steps")["data-marks"] == str(len(marks))
    assert not page(f"/bai/{ids()[0]}").select("mark")


def test_a_public_site_shows_the_lead_and_passages_and_the_way_to_the_original():
    browser = create_app(data(), public=True).test_client()
    with open_engine(data()) as engine:
        document = next(d for d in map(engine.document, ids()) if d.article.lead and len(d.article.body) > 600)
    last = document.article.body.split("\n")[-1]
    hits = client().get("/api/search?so=100").json["hits"]
    place = [hit["id"] for hit in hits].index(document.id) + 1
    shown = page(f"/bai/{document.id}?vt={place}&so=100", browser)
    assert document.article.lead[:40] in shown.text and shown.select(".passage") and shown.select_one(".original a")["href"] == document.article.url
    assert last not in shown.text and last in page(f"/bai/{document.id}").text
    for link in shown.select(".told .how a, #figures td a"):
        assert shown.find(id=link["href"].lstrip("#"))


def test_a_public_site_by_its_setting(monkeypatch):
    monkeypatch.setenv("TIMHTX_PUBLIC", "1")
    browser = create_app(data()).test_client()
    assert "chỉ hiện phần mở đầu" in browser.get(f"/bai/{ids()[0]}").text
    assert "chỉ hiện phần mở đầu" not in client().get(f"/bai/{ids()[0]}").text


def test_a_withheld_article_is_gone_from_its_page_and_citations():
    hit = client().get("/api/search?q=HTX").json["hits"][0]
    kept_in = keeping(data())
    kept_in.withhold(hit["url"], "theo yêu cầu")
    try:
        answer = answered(f"/bai/{hit['id']}", 410)
        assert answer.status_code == 410 and "gỡ xuống" in answer.text and hit["title"]["text"] not in answer.text
        assert client().get(f"/bai/{hit['id']}.ris").status_code == client().get(f"/bai/{hit['id']}.bib").status_code == 410
    finally:
        kept_in.release(hit["url"])
    assert answered(f"/bai/{hit['id']}", 200).status_code == 200


def answered(path, status):
    """The answer, once it has this status: a cluster is asked every other second whether something changed."""
    for _ in range(20):
        answer = client().get(path)
        if answer.status_code == status:
            break
        time.sleep(.2)
    return answer


def test_citations_of_what_is_hardly_known():
    bare = Document("0" * 16, Article("file:a.txt", None, body="x"))
    assert plain(bare) == "“(không có tiêu đề) x…”." and "UR" not in ris(bare) and "nd-000000" in bibtex(bare)
    full = Document("1" * 16, Article("https://bao.example/1", "Lúa & 50% {vốn}_#", byline="Nguyễn Văn A", source="Báo A",
                                      published=Evidence("2021-05-03", "dateline")), year=Evidence("2021", "dateline"))
    assert r"Lúa \& 50\% \{vốn\}\_\#" in bibtex(full) and "DA  - 2021/05/03" in ris(full)
    assert plain(full) == "Nguyễn Văn A. 2021-05-03. “Lúa & 50% {vốn}_#”. Báo A. https://bao.example/1."


def test_the_language_of_the_page_and_of_the_text_are_told_apart():
    shown = page(f"/bai/{ids()[0]}?ngon=en")
    assert shown.html["lang"] == "en" and shown.select_one("article.text")["lang"] == "vi" and "Read from the article" in shown.text
    assert app().config["timhtx.public"] is False
