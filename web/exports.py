"""Hits become files that are written while they are read: CSV for tables, JSON. Passages only, the articles belong to their papers."""
import csv
import io
import json
from collections.abc import Iterable, Iterator

from corpus import places
from search.results import Hit, Results
from web import api

BOM = "\ufeff"              # tells Excel that it is UTF-8
COLUMNS = ("id", "title", "url", "source", "published", "year", "year_inferred", "provinces", "provinces_now", "resolutions", "passages")
FORMULAS = "=+-@\t\r\n＝＋－＠"      # a cell that begins so would be computed by a table program
BATCH = 100                 # rows in one piece of the stream


def as_csv(hits: Iterable[Hit]) -> Iterator[str]:
    return sheet(COLUMNS, map(_row, hits))


def sheet(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table in pieces, written while its rows are read."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    yield BOM + _taken(buffer)
    for number, row in enumerate(rows, 1):
        writer.writerow(map(_cell, row))
        if number % BATCH == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _row(hit: Hit) -> tuple[str, ...]:
    now = dict.fromkeys(places.NOW_LABELS[places.now(p.value)] for p in hit.provinces if p.value in places.NOW)
    return (hit.id, hit.title.text, hit.url, hit.source or "", hit.published.isoformat() if hit.published else "",
            hit.year.value if hit.year else "", "1" if hit.year and hit.year.inferred else "",
            "; ".join(p.label for p in hit.provinces), "; ".join(now), "; ".join(r.label for r in hit.resolutions),
            " … ".join(passage.text for passage in hit.passages))


def _cell(text: str) -> str:
    return "'" + text if text[:1] and text[0] in FORMULAS else text


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def as_json(results: Results, hits: Iterable[Hit]) -> Iterator[str]:
    """The object of /api/search, with every hit in place of one page of them."""
    told = api.as_dict(results)
    head = json.dumps({name: told[name] for name in ("query", "total", "match", "notes", "applied")}, ensure_ascii=False)
    yield head[:-1] + ', "hits": ['
    for number, hit in enumerate(hits):
        yield (",\n" if number else "\n") + json.dumps(api.hit(hit), ensure_ascii=False)
    yield "\n]}\n"
