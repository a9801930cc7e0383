"""Documents survive the way through JSON."""
import json

from hypothesis import given, strategies as st

from corpus.article import Article
from corpus.document import Document
from corpus.evidence import Evidence
from corpus.figures import Figure
from corpus.record import from_json, to_json

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
                    subject=maybe, subset=maybe, base=maybe, stat=words)
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
