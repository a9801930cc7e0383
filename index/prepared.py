"""A page becomes the bytes that an index needs of it: read, described and analysed once, then kept."""
import json
import struct
import zlib
from dataclasses import dataclass

import numpy as np

from corpus import copies, record
from corpus.article import NoArticle, read
from corpus.document import describe
from corpus.pages import Page
from index.abbreviations import definitions
from index.analysis import Tokens
from index.fields import Row, row

LEVEL = 1               # zlib: a third of the size for 0.1 ms an article
_LENGTHS = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Head:
    """What is decided on before a row is needed whole."""
    id: str
    published: str | None       # ISO date
    signature: bytes            # of the text, for grouping copies
    definitions: tuple[tuple[str, str], ...] = ()   # the abbreviations that the text explains: (short, long)


def prepare(page: Page) -> bytes:
    """Total: an article's row, or the reason why the page is none."""
    found = read(page)
    if isinstance(found, NoArticle):
        return _framed({"kind": found.kind, "reason": found.reason, "url": found.url, "title": found.title}, b"")
    document = describe(found)
    published = document.article.published
    head = {"id": document.id, "published": published and published.value,
            "signature": copies.signature(found.body).hex(), "definitions": sorted(set(definitions(found.text)))}
    return _framed(head, zlib.compress(_packed(row(document)), LEVEL))


def head(prepared: bytes) -> Head | NoArticle:
    told = json.loads(prepared[_LENGTHS.size:_LENGTHS.size + _LENGTHS.unpack_from(prepared)[0]])
    if "kind" in told:
        return NoArticle(**told)
    return Head(told["id"], told["published"], bytes.fromhex(told["signature"]), tuple(map(tuple, told["definitions"])))


def unpack(prepared: bytes) -> Row:
    """The row of an article; `head` tells whether it is one."""
    start = _LENGTHS.size + _LENGTHS.unpack_from(prepared)[0]
    packed = memoryview(zlib.decompress(prepared[start:]))
    (length, _), at = _LENGTHS.unpack_from(packed), _LENGTHS.size
    told = json.loads(bytes(packed[at:at + length]))
    at += length
    tokens = {}
    for name, kept in told["tokens"].items():
        texts = kept["texts"].split(" ") if kept["texts"] else []
        starts, ends, joined = (_array(packed, at + i * 4 * len(texts), len(texts)) for i in range(3))
        at += 12 * len(texts)
        tokens[name] = Tokens(texts, starts, ends, joined.astype(bool), [tuple(code) for code in kept["codes"]])
    return row(record.from_json(told["document"]), tokens, np.frombuffer(packed, dtype="<u2", offset=at))


def _packed(row: Row) -> bytes:
    tokens = {name: {"texts": " ".join(t.texts), "codes": t.codes} for name, t in row.tokens.items()}
    arrays = [np.asarray(a, dtype="<u4").tobytes() for t in row.tokens.values() for a in (t.starts, t.ends, t.joined)]
    sentences = row.sentences.astype("<u2").tobytes()
    return _framed({"document": record.to_json(row.document), "tokens": tokens}, b"".join([*arrays, sentences]))


def _framed(told: dict, rest: bytes) -> bytes:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(text), len(rest)) + text + rest


def _array(packed: memoryview, at: int, count: int) -> np.ndarray:
    return np.frombuffer(packed, dtype="<u4", count=count, offset=at)
