"""CSV, JSON, Atom, RIS and BibTeX open in the programs that people read them with, with as many articles as the page says."""
import csv
import io
import json

import pytest
from demo import client, data, engine_of
from corpus.article import Article
from corpus.document import Document, id_of
from corpus.evidence import Evidence
from search import Query, open_engine
from web import create_app

feedparser = pytest.importorskip("feedparser")
bibtexparser = pytest.importorskip("bibtexparser")
rispy = pytest.importorskip("rispy")
QUERIES = ["", "q=HTX", "q=lúa&nam=2021&nam=2022", "q=zzzz", "tinh=hoa-binh&sap=cu-nhat", "q=HTX&trang=3&so=50"]


def total(query):
    return client().get(f"/api/search?{query}").json["total"]


@pytest.mark.parametrize("query", QUERIES)
def test_csv_has_a_row_for_every_hit(query):
    answer = client().get(f"/xuat.csv?{query}")
    assert answer.data.startswith(b"\xef\xbb\xbf") and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert len(rows) == total(query)
    whole = [hit for page in range(1, 7) for hit in client().get(f"/api/search?{query.replace('trang=3', '')}&so=20&trang={page}").json["hits"]]
    if "trang" not in query:
        assert [row["id"] for row in rows] == [hit["id"] for hit in whole]
        assert [row["title"] for row in rows] == [hit["title"]["text"] for hit in whole]


@pytest.mark.parametrize("query", QUERIES)
def test_json_is_the_answer_of_the_api_with_every_hit(query):
    told = json.loads(client().get(f"/xuat.json?{query}").text)
    assert len(told["hits"]) == told["total"] == total(query)
    asked = client().get(f"/api/search?{query}&so=100").json
    assert told["applied"] == asked["applied"] and set(told) == {"query", "total", "match", "notes", "applied", "hits"}
    if "trang" not in query:
        strip = lambda hit: {name: value for name, value in hit.items() if name != "score"}
        assert list(map(strip, told["hits"])) == list(map(strip, asked["hits"]))


def test_exports_carry_passages_and_not_bodies():
    with open_engine(data()) as engine:
        document = next(d for d in map(engine.document, (h.id for h in engine.scan(Query()))) if len(d.article.body) > 1_500)
    last = document.article.body.split("\n")[-1]
    for path in ("/xuat.csv", "/xuat.json", "/atom.xml", "/api/search?so=100"):
        assert last not in client().get(path).text, path


@pytest.mark.parametrize("query", QUERIES)
def test_atom_is_read_by_feed_readers(query):
    answer = client().get(f"/atom.xml?{query}")
    feed = feedparser.parse(answer.data)
    assert not feed.bozo and feed.version == "atom10" and answer.mimetype == "application/atom+xml"
    assert len(feed.entries) == min(50, total(query)) and feed.feed.title and feed.feed.updated_parsed
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.title and entry.summary and entry.updated_parsed and entry.author
        here = next(link.href for link in entry.links if link.rel == "related")
        assert client().get(here.removeprefix("http://localhost")).status_code == 200
    days = [entry.published for entry in feed.entries if "published" in entry]
    assert days == sorted(days, reverse=True)


def test_ris_and_bibtex_of_every_article():
    with open_engine(data()) as engine:
        for hit in engine.scan(Query()):
            [record] = rispy.loads(client().get(f"/bai/{hit.id}.ris").text.replace("\r\n", "\n"))
            title = " ".join(hit.title.text.split())
            assert record["type_of_reference"] == "NEWS" and record["title"].startswith(title or "(không có tiêu đề) ")
            library = bibtexparser.parse_string(client().get(f"/bai/{hit.id}.bib").text)
            assert not library.failed_blocks and len(library.entries) == 1
            entry = library.entries[0].fields_dict
            assert not hit.url.startswith("http") or entry["url"].value == hit.url and record["urls"] == [hit.url]
            assert not hit.published or entry["date"].value == hit.published.isoformat()


def test_cells_that_a_table_program_would_compute_and_text_that_xml_cannot_hold(tmp_path):
    titles = ["=1+1", "+84 123", "-2+3", "@SUM(A1)", "\t=1", 'a "quoted", one\nline', "\x0bcontrol \ud7ff", "]]> & <b>"]
    documents = [Document(id_of(str(n)), Article(f"https://bao.example/{n}", title, body=f"Hợp tác xã. {title}", source=title, published=Evidence("2021-01-02", "x")))
                 for n, title in enumerate(titles)]
    with engine_of(documents, tmp_path) as engine:
        browser = create_app(engine).test_client()
        rows = list(csv.reader(io.StringIO(browser.get("/xuat.csv").data.decode("utf-8-sig"), newline="")))
        assert len(rows) == len(titles) + 1
        assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]
        feed = feedparser.parse(browser.get("/atom.xml").data)
        assert not feed.bozo and len(feed.entries) == len(titles)
        assert len(json.loads(browser.get("/xuat.json").text)["hits"]) == len(titles)
        for document in documents:
            assert len(bibtexparser.parse_string(browser.get(f"/bai/{document.id}.bib").text).entries) == 1
