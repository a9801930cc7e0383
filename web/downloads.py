"""The same query as a file or a feed: CSV, JSON, Atom; an article's citation; what browsers and crawlers ask for."""
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from flask import Blueprint, Response, render_template, request, url_for

from corpus.document import Document
from index.fields import FACETS
from web import citations, context, exports, feeds
from web.chips import of_facets
from web.context import current, engine, language, link

downloads = Blueprint("downloads", __name__)


@downloads.get("/xuat.csv")
def table():
    return _file(exports.as_csv(engine().scan(current().query.turn(1))), "text/csv; charset=utf-8", "tim-htx.csv")


@downloads.get("/xuat.json")
def whole():
    query = current().query.turn(1)
    results = engine().search(replace(query, size=1))
    return _file(exports.as_json(replace(results, query=query), engine().scan(query)), "application/json; charset=utf-8", "tim-htx.json")


def _file(pieces: Iterator[str], kind: str, name: str) -> Response:
    response = Response(pieces, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@downloads.get("/atom.xml")
def atom():
    query = replace(current().query.turn(1), sort="newest", size=feeds.ENTRIES)
    _ = language()
    told = [query.text, *(chip.text for chip in of_facets(query, _))]
    body = feeds.atom(
        " · ".join(filter(None, told)) + " – tìm HTX" if any(told) else _("Tin mới về hợp tác xã – tìm HTX"),
        list(islice(engine().search(query).hits, feeds.ENTRIES)), own=_whole(link(query, "downloads.atom")), page=_whole(link(query)),
        entry=lambda hit: _whole(link(to="pages.article", id=hit.id)), built=engine().about().built)
    return Response(body, content_type="application/atom+xml; charset=utf-8", headers={"X-Robots-Tag": "noindex"})


def _whole(path: str) -> str:
    return request.host_url.rstrip("/") + path


@downloads.get("/bai/<id>.ris")
def ris(id: str):
    return _citation(id, citations.ris, "application/x-research-info-systems; charset=utf-8", "ris")


@downloads.get("/bai/<id>.bib")
def bibtex(id: str):
    return _citation(id, citations.bibtex, "application/x-bibtex; charset=utf-8", "bib")


def _citation(id: str, write: Callable[[Document], str], kind: str, ending: str) -> Response:
    document = context.document(id)
    return Response(write(document), content_type=kind, headers={
        "Content-Disposition": f'attachment; filename="{document.id}.{ending}"', "X-Robots-Tag": "noindex"})


@downloads.get("/opensearch.xml")
def opensearch():
    body = render_template("opensearch.xml", base=request.host_url.rstrip("/"), language=language())
    return Response(body, content_type="application/opensearchdescription+xml; charset=utf-8")


@downloads.get("/robots.txt")
def robots():
    """Articles and the search page may be fetched, and then say noindex; the space of facets is closed."""
    closed = [f"/*{mark}{prefix}{facet.param}=" for facet in FACETS.values() for mark in "?&" for prefix in ("", "-")]
    closed += [f"/*{mark}{param}=" for param in ("tu", "den", "tat", "khop", "tin", "sap", "trang", "so", "vt", "gui") for mark in "?&"]
    closed += [url_for("pages.values", param=""), url_for("pages.grid"), "/so-lieu", "/xuat.", "/atom.xml", "/api/"]
    return Response("User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed), content_type="text/plain; charset=utf-8")
