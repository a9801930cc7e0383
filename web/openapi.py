"""The JSON interface becomes its own description: OpenAPI 3.1, the parameters taken from the tables that read them."""
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from index.fields import FACETS
from search.query import MATCHES, MAX_PAGE, MAX_SIZE, MAX_TEXT, SORTS
from web.choosing import KINDS, UNKNOWN

Schema = dict[str, Any]
STRING, INTEGER, NUMBER, BOOLEAN = ({"type": name} for name in ("string", "integer", "number", "boolean"))


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def record(required: dict[str, Schema], **optional: Schema) -> Schema:
    return {"type": "object", "properties": {**required, **optional}, "required": list(required), "additionalProperties": False}


SPAN = {"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2}
RESULTS = {
    "query": ref("Query"), "total": INTEGER, "match": {"enum": ["all", "most"]}, "hits": array(ref("Hit")),
    "facets": {"type": "object", "properties": {name: array(ref("Value")) for name in FACETS}, "required": list(FACETS)},
    "notes": array(ref("Note")), "applied": array(ref("Applied")), "exclusions": array(ref("Exclusion")), "better": nullable(STRING),
    "partial": array(STRING), "seconds": NUMBER,
}
ERROR = record({"parameter": STRING, "at": INTEGER, "text": STRING})
SCHEMAS: dict[str, Schema] = {
    "Results": record(RESULTS),
    "Unread": {"description": "What could not be read as typed was searched literally; these are its results, and where it stands.",
               **record({**RESULTS, "error": ERROR, "errors": array(ERROR)})},
    "Query": record({"text": STRING, "args": array({"type": "array", "items": STRING, "minItems": 2, "maxItems": 2}),
                     "sort": {"enum": list(SORTS)}, "page": INTEGER, "size": INTEGER}),
    "Marked": record({"text": STRING, "spans": array({"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2})}),
    "Fact": record({"value": STRING, "label": STRING, "inferred": BOOLEAN}),
    "Hit": record({
        "id": STRING, "url": STRING, "title": ref("Marked"), "passages": array(ref("Marked")), "source": nullable(STRING),
        "published": nullable({"type": "string", "format": "date"}), "year": nullable(ref("Fact")), "provinces": array(ref("Fact")),
        "resolutions": array(ref("Fact")), "score": NUMBER, "why": array(STRING), "copies": INTEGER, "copy_of": nullable(STRING)}),
    "Value": record({"value": STRING, "label": STRING, "count": INTEGER, "chosen": BOOLEAN}),
    "Note": record({"at": INTEGER, "text": STRING}),
    "Applied": record({"key": STRING, "text": STRING}),
    "Exclusion": record({"text": STRING, "without": STRING}),
    "Values": record({"facet": {"enum": list(FACETS)}, "values": array(ref("Value"))}),
    "Grid": record({"cells": array(record({"province": STRING, "year": STRING, "count": INTEGER}))}),
    "Suggestions": record({"query": STRING, "suggestions": array(record({"text": STRING, "kind": STRING}))}),
    "About": record({"documents": INTEGER, "generation": STRING, "fingerprint": STRING, "built": STRING, "engine": STRING}),
    "Figures": record({"query": ref("Query"), "total": INTEGER, "figures": array(ref("Figure"))}),
    "Figure": record({
        "id": STRING, "url": STRING, "title": nullable(STRING), "source": nullable(STRING), "published": nullable({"type": "string", "format": "date"}),
        "measure": STRING, "value": NUMBER, "unit": STRING, "modifier": nullable({"enum": ["over", "under", "approx"]}), "place": nullable(STRING),
        "province": nullable(STRING), "as_of": nullable(STRING), "year": nullable(INTEGER), "period": nullable(array(STRING)),
        "basis_as_of": nullable(STRING), "target": BOOLEAN, "subject": nullable(STRING), "subset": nullable(STRING), "base": nullable(STRING),
        "stat": {"enum": ["level", "share", "change"]}, "span": SPAN, "words": STRING, "sentence": STRING, "sentence_span": SPAN,
        "sentence_number": INTEGER, "why": array(STRING)}),
    "Failure": record({"error": record({"status": INTEGER, "text": nullable(STRING)})}),
}


def document() -> Schema:
    asked = parameters()
    facet = {"name": "facet", "in": "path", "required": True, "description": "tinh, tinhnay, nam, nq or nguon",
             "schema": {"enum": [f.param for f in FACETS.values()]}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "timhtx", "version": _version(), "description": "Full-text search over Vietnamese news on cooperatives.",
                 "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/"}],
        "paths": {
            "/api/search": _get("search", "A page of results with facets.", asked, "Results", unread=True),
            "/api/values/{facet}": _get("values", "One facet in full.", [facet, *asked], "Values", missing=True),
            "/api/figures": _get("figures", "Figures that the hits report, of the newest articles first; a page of them.", [*asked, *of_figures()],
                                 "Figures"),
            "/api/grid": _get("grid", "Number of hits by province and year.", asked, "Grid"),
            "/api/suggest": _get("suggest", "At most 8 ways to go on typing; accents are not needed.", asked[:1], "Suggestions"),
            "/api/about": _get("about", "What is indexed.", [], "About"),
            "/api/openapi.json": {"get": {"operationId": "openapi", "summary": "This description.", "responses": {"200": {
                "description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}}}},
        },
        "components": {"schemas": SCHEMAS},
    }


def parameters() -> list[Schema]:
    """Those of a query. What makes no sense counts as not given, a date excepted: that is an error."""
    several = lambda name, text: _parameter(name, text, array(STRING), explode=True)
    names = [f.param for f in FACETS.values()]
    return [
        _parameter("q", f"What is typed into the box, up to {MAX_TEXT:,} characters.", STRING),
        *(several(f.param, f"Values of the facet {f.name}: any of them.") for f in FACETS.values()),
        *(several("-" + f.param, f"Values of the facet {f.name} that must not hold.") for f in FACETS.values()),
        _parameter("tatca", "Facets of which all chosen values must hold.", array({"enum": names}), explode=True),
        _parameter("tu", "First day of publication: 2022-09-15, 15/9/2022, 9/2022 or 2022.", STRING),
        _parameter("den", "Last day of publication.", STRING),
        several("tat", "Keys of expansions that are switched off."),
        _parameter("khop", "All words, or most of them.", {"enum": list(MATCHES.values())}),
        _parameter("tin", "goc leaves out later copies of the same article.", {"enum": ["goc"]}),
        _parameter("sap", "Order.", {"enum": list(SORTS.values())}),
        _parameter("trang", "Page, from 1.", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}),
        _parameter("so", "Hits a page.", {"type": "integer", "minimum": 1, "maximum": MAX_SIZE}),
    ]


def of_figures() -> list[Schema]:
    """Which of the figures; what is not told is any."""
    return [
        _parameter("chitieu", "Measure: htx, tht, thanh_vien, doanh_thu_bq, …; with loai its parts, shares and changes too.", STRING),
        _parameter("loai", "Of the whole sector, a part, a share, a change, or of one cooperative.", {"enum": list(KINDS.values())}),
        _parameter("noi", "Place that a figure is of: a province by slug or name, viet-nam, or \"District, Province\".", array(STRING), explode=True),
        _parameter("luc", f"Year that a figure is about, or {UNKNOWN}.", STRING),
        _parameter("muctieu", "Goals alone, or facts alone.", {"enum": ["co", "khong"]}),
    ]


def _parameter(name: str, text: str, schema: Schema, **more) -> Schema:
    return {"name": name, "in": "query", "description": text, "schema": schema, **more}


def _get(name: str, summary: str, asked: list[Schema], schema: str, unread: bool = False, missing: bool = False) -> Schema:
    answers = {"200": _answer("Done.", schema)}
    answers |= {"400": _answer("Not readable as typed.", "Unread")} if unread else {}
    answers |= {"404": _answer("No such facet.", "Failure")} if missing else {}
    return {"get": {"operationId": name, "summary": summary, "parameters": asked, "responses": answers}}


def _answer(text: str, schema: str) -> Schema:
    return {"description": text, "content": {"application/json": {"schema": ref(schema)}}}


def _version() -> str:
    try:
        return version("timhtx")
    except PackageNotFoundError:    # run from the source alone
        return "0"
