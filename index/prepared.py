"""Pages become the bytes that an index needs of them: read, described and analysed once, then kept."""
import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import copies
from corpus.article import NoArticle, read
from corpus.document import Document, describe
from corpus.pages import Page
from index import packing
from index.abbreviations import definitions
from index.analysis import Tokens, analyse_all
from index.fields import row, texts
from index.packing import BadRow, Packed

TOGETHER = 1 << 18      # characters analysed at once
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Head:
    """What is decided on before a row is needed whole."""
    id: str
    published: str | None       # ISO date
    signature: bytes            # of the text, for grouping copies
    definitions: tuple[tuple[str, str], ...] = ()   # the abbreviations that the text explains: (short, long)


def prepare(pages: Sequence[Page]) -> list[bytes]:
    """Total: of each page its article, packed, or the reason why it is none."""
    found = [read(page) for page in pages]
    documents = [None if isinstance(one, NoArticle) else describe(one) for one in found]
    tokens = analysed([document for document in documents if document])
    return [_article(document, next(tokens)) if document else _none(one) for one, document in zip(found, documents)]


def analysed(documents: Sequence[Document]) -> Iterator[dict[str, Tokens]]:
    """The tokens of each document's texts."""
    waiting: list[dict[str, str]] = []
    for document in documents:
        waiting.append(texts(document))
        if sum(len(text) for written in waiting for text in written.values()) > TOGETHER:
            yield from _together(waiting)
            waiting = []
    yield from _together(waiting)


def _together(waiting: Sequence[dict[str, str]]) -> Iterator[dict[str, Tokens]]:
    tokens = iter(analyse_all([text for written in waiting for text in written.values()]) if waiting else ())
    return ({name: next(tokens) for name in written} for written in waiting)


def _article(document: Document, tokens: dict[str, Tokens]) -> bytes:
    article, published = document.article, document.article.published
    head = {"id": document.id, "published": published and published.value,
            "signature": copies.signature(article.body).hex(), "definitions": sorted(set(definitions(article.text)))}
    try:
        return _framed(head, packing.dumps(packing.pack(row(document, tokens))))
    except BadRow as error:
        return _none(NoArticle(article.url, "unreadable", str(error), article.title))


def _none(found: NoArticle) -> bytes:
    return _framed({"kind": found.kind, "reason": found.reason, "url": found.url, "title": found.title}, b"")


def head(prepared: bytes) -> Head | NoArticle:
    told = json.loads(prepared[_LENGTH.size:_LENGTH.size + _LENGTH.unpack_from(prepared)[0]])
    if "kind" in told:
        return NoArticle(**told)
    return Head(told["id"], told["published"], bytes.fromhex(told["signature"]), tuple(map(tuple, told["definitions"])))


def unpack(prepared: bytes) -> Packed:
    """The article, packed; `head` tells whether it is one."""
    return packing.loads(prepared[_LENGTH.size + _LENGTH.unpack_from(prepared)[0]:])


def _framed(told: dict, rest: bytes) -> bytes:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return _LENGTH.pack(len(text)) + text + rest
