"""A text and a query become the spans of the text that match."""
from collections.abc import Iterator

from index.analysis import analyse, fold
from search import terms
from search.query import Query

Span = tuple[int, int]


def matches(text: str, query: Query) -> list[Span]:
    """In order and apart: neighbours that match are one span."""
    words = set(terms.read(query.text, query.off, query.match).words)
    exact = {word.text for word in words if not word.any_accent}
    loose = {word.text for word in words if word.any_accent}
    tokens = analyse(text, words=False)
    found = ((int(start), int(end)) for token, start, end in zip(tokens.texts, tokens.starts, tokens.ends)
             if token in exact or loose and fold(token) in loose)
    return list(_joined(text, found))


def _joined(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    start = end = None
    for a, b in spans:
        if end is not None and text[end:a].strip(" -") == "" and "\n" not in text[end:a]:
            end = b
            continue
        if end is not None:
            yield start, end
        start, end = a, b
    if end is not None:
        yield start, end
