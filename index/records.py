"""A whole document becomes compressed bytes beside its texts, which are kept once, and comes back unchanged."""
import json
import zlib

from corpus import record
from corpus.document import Document

_KEPT = ("title", "kicker", "lead", "body")     # the parts of `Article.text`, in its order


def pack(document: Document) -> bytes:
    """Without the texts: their lengths stand in their place."""
    told = record.to_json(document)
    article = dict(told["article"])
    article.update((name, len(article[name])) for name in _KEPT if article.get(name))
    return zlib.compress(json.dumps({**told, "article": article}, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(data: bytes, title: str, body: str) -> Document:
    told = json.loads(zlib.decompress(data))
    article, at = told["article"], 0
    if article.get("title"):
        article["title"] = title
    for name in _KEPT[1:]:
        if article.get(name):
            length = article[name]
            article[name] = body[at:at + length]
            at += length + 1
    return record.from_json(told)
