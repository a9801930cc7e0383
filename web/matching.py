"""A text and a query become the spans of the text that match."""
from index.fields import TEXTS
from search import terms
from search.marking import Marks, places, spans
from search.query import Query

Span = tuple[int, int]


def matches(texts: dict[str, str], query: Query) -> list[Span]:
    """In order and apart: offsets into the title and the rest (`index.fields.texts`) as `Article.text` has them."""
    if not query.text:
        return []
    marks, found, at = Marks.of(terms.read(query.text, query.off, query.match).all), [], 0
    for name in TEXTS:
        text = texts[name]
        found += [(span.start + at, span.end + at) for span in spans(text, *places(text, marks, name), marks)]
        at += len(text) + 1 if text else 0
    return found
