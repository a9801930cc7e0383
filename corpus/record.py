"""A document becomes a JSON value and comes back from it unchanged; what was read of a page becomes the row a reader of JSON sees."""
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from corpus.article import Article
from corpus.document import Document
from corpus.evidence import Evidence
from corpus.figures import Figure

Row = dict[str, Any]


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
    return Figure(**{**row, "sentence": tuple(row["sentence"])})
