"""Documents survive the way through JSON, and show what was read in the shape that scripts rely on."""
import json

from hypothesis import given, strategies as st

from corpus.article import Article, NoArticle
from corpus.document import Document
from corpus.evidence import Evidence
from corpus.figures import Figure
from corpus.record import from_json, surface, to_json

words = st.text(max_size=12)
maybe = st.none() | words
offset = st.none() | st.integers(0, 9_999)
evidence = st.builds(Evidence, value=words, basis=words, start=offset, end=offset, quote=maybe, inferred=st.booleans(),
                     among=st.lists(words, max_size=2).map(tuple))
evidences = st.lists(evidence, max_size=3).map(tuple)
articles = st.builds(Article, url=words, title=maybe, kicker=maybe, lead=maybe, body=words, byline=maybe, attribution=maybe,
                     source=maybe, captions=st.lists(words, max_size=2).map(tuple), published=st.none() | evidence)
figures = st.builds(Figure, measure=words, value=st.floats(allow_nan=False, allow_infinity=False), unit=words,
                    start=st.integers(0, 99), end=st.integers(0, 99), sentence=st.tuples(st.integers(0, 99), st.integers(0, 99)),
                    modifier=maybe, place=maybe, as_of=maybe, period=maybe, basis_as_of=maybe, target=st.booleans(),
                    subject=maybe, subset=maybe, base=maybe, stat=words, why=st.lists(words, max_size=2).map(tuple))
documents = st.builds(Document, id=words, article=articles, provinces=evidences, year=st.none() | evidence,
                      resolutions=evidences, other_resolutions=evidences, figures=st.lists(figures, max_size=2).map(tuple),
                      copy_of=maybe)


@given(documents)
def test_a_document_comes_back_from_json_unchanged(document):
    assert from_json(to_json(document)) == document
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_what_is_not_known_takes_no_room():
    assert to_json(Document("0f", Article("file:a.txt", body="Chín hợp tác xã."))) == {
        "id": "0f", "article": {"url": "file:a.txt", "body": "Chín hợp tác xã."}}


def test_what_was_read_is_shown_with_labels_and_evidence():
    article = Article("https://bao.example/1", title="Tựa", body="Toàn tỉnh có 264 hợp tác xã.", byline="Minh Anh",
                      published=Evidence("2021-11-19", "dateline", 0, 10))
    document = Document(
        "0f", article, (Evidence("thua-thien-hue", "domain", quote="baohue.vn"), Evidence("binh-duong", "district", 1, 2)),
        Evidence("2023", "newest period reported", 3, 9, inferred=True),
        (Evidence("nq13", "number and date", 5, 8), Evidence("mo-ho", "number", 9, 12, among=("nq20",))),
        (Evidence("12/2018/NQ-HĐND", "code", 0, 4),),
        (Figure("htx", 264.0, "htx", 14, 17, (5, 32), place="Thừa Thiên Huế"),))
    row = json.loads(json.dumps(surface(document)))
    assert (row["url"], row["kind"], row["reason"], row["title"], row["lead"], row["byline"]) == (
        "https://bao.example/1", "article", None, "Tựa", None, "Minh Anh")
    assert row["published"] == {"value": "2021-11-19", "basis": "dateline", "start": 0, "end": 10, "quote": None, "inferred": False}
    assert (row["year"]["value"], row["year"]["inferred"]) == (2023, True)
    assert [(one["value"], one["label"]) for one in row["provinces"]] == [("thua-thien-hue", "Thừa Thiên Huế"), ("binh-duong", "Bình Dương")]
    assert [one["value"] for one in row["provinces_now"]] == ["thua-thien-hue", "ho-chi-minh"]
    assert [(one["value"], one["label"], one["candidates"]) for one in row["resolutions"]] == [("nq13", "NQ 13", []), ("mo-ho", "mơ hồ", ["nq20"])]
    assert row["other_resolutions"][0]["value"] == "12/2018/NQ-HĐND"
    assert (row["figures"][0]["measure"], row["figures"][0]["span"], row["figures"][0]["place"]) == ("htx", [14, 17], "Thừa Thiên Huế")


def test_what_is_not_an_article_has_the_same_keys_and_a_reason():
    row = surface(NoArticle("file:b.html", "list", "links and no text", "Tin tức"))
    assert row.keys() == surface(Document("0f", Article("file:a.txt"))).keys()
    assert (row["kind"], row["reason"], row["title"], row["body"], row["provinces"]) == ("list", "links and no text", "Tin tức", "", [])
