"""What a document is in an index: its texts with weights, its facets with labels, its date. One table for every engine."""
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import numpy as np

from corpus import address, places
from corpus.document import Document
from index import analysis, figures, sentence_ends

NONE = "chua-xac-dinh"      # the value of a document that has none; slugs of places never take this form
TEXTS = {"title": 3.0, "body": 1.0}     # weights of one occurrence, as in BM25F


@dataclass(frozen=True, slots=True)
class FacetField:
    name: str                                           # in Python and JSON
    param: str                                          # in URLs and in "tinh:" typed into the box
    label: str
    values: Callable[[Document], tuple[str, ...]]       # none, one or several slugs
    label_of: Callable[[str], str]
    missing: str = "Chưa xác định"


RESOLUTION_LABELS = {"nq13": "NQ 13 (2002)", "nq20": "NQ 20 (2022)", "mo-ho": "Mơ hồ"}


def _values(evidence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.value for e in evidence))


def _provinces_now(document: Document) -> tuple[str, ...]:
    return tuple(dict.fromkeys(places.now(e.value) for e in document.provinces))


FACETS = {f.name: f for f in (
    FacetField("province", "tinh", "Tỉnh, thành (lúc đăng)", lambda d: _values(d.provinces),
               lambda v: places.LABELS.get(v, v)),
    FacetField("province_now", "tinhnay", "Tỉnh, thành (hiện nay)", _provinces_now,
               lambda v: places.NOW_LABELS.get(v, v)),
    FacetField("year", "nam", "Năm", lambda d: (d.year.value,) if d.year else (), str),
    FacetField("resolution", "nq", "Nghị quyết", lambda d: _values(d.resolutions),
               lambda v: RESOLUTION_LABELS.get(v, v), missing="Không nêu"),
    FacetField("source", "nguon", "Nguồn", lambda d: tuple(filter(None, [d.article.source or address.host(d.article.url)])), str),
)}


def texts(document: Document) -> dict[str, str]:
    """The texts that are searched; joined by "\\n" they are `Article.text`, so evidence points into them."""
    a = document.article
    return {"title": a.title or "", "body": "\n".join(filter(None, (a.kicker, a.lead, a.body)))}


@dataclass(frozen=True, slots=True)
class Row:
    """A document ready for any engine."""
    document: Document
    texts: dict[str, str]
    tokens: dict[str, analysis.Tokens]
    sentences: np.ndarray       # of the body, as index.sentence_ends packs them
    facets: dict[str, tuple[str, ...]]
    date: date | None


def row(document: Document, tokens: dict[str, analysis.Tokens] | None = None, sentences: np.ndarray | None = None) -> Row:
    """Analyses the texts, the slow step of indexing, unless what comes of that is kept from before."""
    written = texts(document)
    published = document.article.published
    return Row(
        document=document,
        texts=written,
        tokens=tokens or {name: analysis.analyse(text) for name, text in written.items()},
        sentences=sentence_ends.pack(written["body"]) if sentences is None else sentences,
        facets={name: facet.values(document) for name, facet in FACETS.items()},
        date=date.fromisoformat(published.value) if published else None,
    )


def label(facet: str, value: str) -> str:
    field = FACETS[facet]
    return field.missing if value == NONE else field.label_of(value)


def fingerprint() -> str:
    """Of everything that makes an index answer as it does; an index with another one must be rebuilt."""
    table = repr((sorted(TEXTS.items()), [(f.name, f.param) for f in FACETS.values()], analysis.VERSION, figures.VERSION, version("pyvi")))
    return hashlib.blake2b(table.encode(), digest_size=8).hexdigest()
