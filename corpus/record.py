"""A document becomes a JSON value and comes back unchanged; what was read of a page becomes the row that scripts see."""
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from corpus import places
from corpus.article import Article, NoArticle
from corpus.document import Document
from corpus.evidence import Evidence
from corpus.figures import Figure, row as figure_row

Row = dict[str, Any]
LABELS = {"nq13": "NQ 13", "nq20": "NQ 20", "mo-ho": "mơ hồ"}
_TEXTS = ("title", "kicker", "lead", "body", "byline", "attribution", "source")


def to_json(document: Document) -> Row:
    """Fields by name; those that say nothing beyond their default are left out."""
    return _plain(document)


def from_json(row: Mapping[str, Any]) -> Document:
    """The document that `to_json` wrote; also after a way through JSON text."""
    year = row.get("year")
    return Document(**{
        **row,
        "article": _article(row["article"]),
        "year": year and _evidence(year),
        "figures": tuple(_figure(figure) for figure in row.get("figures", ())),
        **{name: tuple(_evidence(one) for one in row.get(name, ()))
           for name in ("provinces", "resolutions", "other_resolutions")},
    })


def surface(read: Document | NoArticle) -> Row:
    """What was read of a page, article or not, with the same keys for each."""
    if isinstance(read, NoArticle):
        return _row(read.rest or Article(read.url, title=read.title), read.kind, read.reason)
    now = dict.fromkeys(places.now(province.value) for province in read.provinces)
    return _row(read.article, "article", None) | {
        "year": read.year and {**_shown(read.year), "value": int(read.year.value)},
        "provinces": [{**_shown(one), "label": places.label(one.value)} for one in read.provinces],
        "provinces_now": [{"value": slug, "label": places.NOW_LABELS[slug]} for slug in now],
        "resolutions": [{**_shown(one), "label": LABELS[one.value], "candidates": list(one.among)}
                        for one in read.resolutions],
        "other_resolutions": [_shown(one) for one in read.other_resolutions],
        "figures": [figure_row(figure) for figure in read.figures],
    }


def _row(article: Article, kind: str, reason: str | None) -> Row:
    return {"url": article.url, "kind": kind, "reason": reason,
            **{name: getattr(article, name) for name in _TEXTS},
            "published": article.published and _shown(article.published), "year": None,
            **{name: [] for name in ("provinces", "provinces_now", "resolutions", "other_resolutions", "figures")}}


def _shown(evidence: Evidence) -> Row:
    return {name: getattr(evidence, name) for name in ("value", "basis", "start", "end", "quote", "inferred")}


def _plain(value: Any) -> Any:
    if isinstance(value, (Document, Article, Evidence, Figure)):
        told = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
        return {name: _plain(one) for name, one, default in told if one != default}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


def _article(row: Mapping[str, Any]) -> Article:
    published = row.get("published")
    return Article(**{**row, "captions": tuple(row.get("captions", ())), "published": published and _evidence(published)})


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return Evidence(**{**row, "among": tuple(row.get("among", ()))})


def _figure(row: Mapping[str, Any]) -> Figure:
    return Figure(**{**row, "sentence": tuple(row["sentence"]), "why": tuple(row.get("why", ()))})
