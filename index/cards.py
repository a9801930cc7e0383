"""What a hit shows of a document besides its texts, as a line of JSON and back."""
import json
from dataclasses import astuple, dataclass

from corpus.document import Document


@dataclass(frozen=True, slots=True)
class Card:
    url: str
    source: str | None
    published: str | None                           # ISO date
    year: tuple[str, bool] | None                   # (value, inferred)
    provinces: tuple[tuple[str, bool], ...]
    resolutions: tuple[tuple[str, bool], ...]
    copy_of: str | None


def card(document: Document) -> Card:
    article = document.article
    distinct = lambda found: tuple({e.value: (e.value, e.inferred) for e in reversed(found)}.values())[::-1]
    return Card(
        url=article.url,
        source=article.source,
        published=article.published.value if article.published else None,
        year=(document.year.value, document.year.inferred) if document.year else None,
        provinces=distinct(document.provinces),
        resolutions=distinct(document.resolutions),
        copy_of=document.copy_of,
    )


def pack(card: Card) -> bytes:
    return json.dumps(astuple(card), ensure_ascii=False, separators=(",", ":")).encode()


def unpack(data: bytes) -> Card:
    url, source, published, year, provinces, resolutions, copy_of = json.loads(data)
    return Card(url, source, published, year and tuple(year), tuple(map(tuple, provinces)),
                tuple(map(tuple, resolutions)), copy_of)
