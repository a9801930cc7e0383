"""Reported figures become rows of a table and JSON, each with its sentence, where it stands, and why it is believed."""
import json
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.figures import row
from search.figures import Listed, Reported
from search.query import Query
from web.exports import sheet
from web.language import VIETNAMESE
from web.told import MEASURES, MODIFIERS, UNITS

COLUMNS = ("measure", "value", "unit", "modifier", "place", "province", "as_of", "period", "basis_as_of", "target", "subject", "subset", "base",
           "stat", "sentence", "words", "start", "end", "why", "id", "url", "title", "source", "published")


def as_row(one: Reported) -> dict[str, Any]:
    """The fields of the figure; `sentence` is its text, `span` and `sentence_span` are offsets into the article's."""
    told = row(one.figure)
    return {"id": one.id, "url": one.url, "title": one.title, "source": one.source, "published": one.published,
            **told, "value": _plain(one.figure.value), "province": one.province, "year": one.year,
            "sentence": one.sentence, "sentence_span": told["sentence"], "sentence_number": one.number, "words": one.words}


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def as_dict(listed: Listed, query: Query) -> dict[str, Any]:
    return {**_head(listed, query), "figures": [as_row(one) for one in listed.reported]}


def _head(listed: Listed, query: Query) -> dict[str, Any]:
    return {"query": {"text": query.text, "args": [list(pair) for pair in query.args()], "sort": query.sort, "page": query.page, "size": query.size},
            "total": listed.total}


def as_json(listed: Listed, query: Query) -> Iterator[str]:
    """The object of /api/figures, all of them."""
    yield json.dumps(_head(listed, query), ensure_ascii=False)[:-1] + ', "figures": ['
    for number, one in enumerate(listed.reported):
        yield (",\n" if number else "\n") + json.dumps(as_row(one), ensure_ascii=False)
    yield "\n]}\n"


def as_csv(reported: Iterable[Reported]) -> Iterator[str]:
    return sheet(COLUMNS, map(_cells, reported))


def _cells(one: Reported) -> list[str]:
    told = as_row(one)
    told |= {"start": one.figure.start, "end": one.figure.end, "why": "; ".join(one.figure.why), "target": "1" if one.figure.target else "",
             "period": "/".join(told["period"] or ())}
    return ["" if told[name] is None else str(told[name]) for name in COLUMNS]


def as_text(listed: Listed) -> Iterator[str]:
    """For a terminal: a line that sums up, the sentence, the address."""
    yield f"{listed.total:,} số liệu\n".replace(",", ".")
    for one in listed.reported:
        f = one.figure
        value = f"{MODIFIERS[f.modifier]} {VIETNAMESE.number(f.value)}" if f.modifier else VIETNAMESE.number(f.value)
        told = (MEASURES.get(f.measure, f.measure), f"{value} {UNITS.get(f.unit, f.unit)}".strip(), f.place or "không rõ nơi",
                f.as_of or "không rõ lúc", "mục tiêu" if f.target else "", f.subject or f.subset or "")
        yield "\n" + " · ".join(filter(None, told)) + f"\n     {one.sentence}\n     {one.url}\n"
