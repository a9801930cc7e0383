"""The JSON interface: what the pages know, for programs."""
from flask import Blueprint, Response, abort, json, jsonify, request

from index.fields import FACETS
from web import api, context
from web.context import current, engine
from web.openapi import document as described

service = Blueprint("service", __name__)


@service.get("/api/search")
def search():
    """400 where something could not be read as typed: the object says at which character, and holds the literal search."""
    asked = current()
    results = engine().search(asked.query)
    told = api.as_dict(results)
    unread = [{"parameter": name, "at": 0, "text": f"Không đọc được ngày “{text}”."} for name, text in asked.unread.items()]
    errors = [{"parameter": "q", "at": note.at, "text": note.text} for note in results.notes] + unread
    if errors:
        return jsonify({**told, "error": errors[0], "errors": errors}), 400
    return jsonify(told)


@service.get("/api/values/<param>")
def values(param: str):
    name = next((facet.name for facet in FACETS.values() if param in (facet.param, facet.name)), None) or abort(404, "no such facet")
    facet = engine().values(name, current().query)
    return jsonify(facet=name, values=api.values(facet))


@service.get("/api/grid")
def grid():
    cells = engine().grid(current().query)
    return jsonify(cells=[{"province": province, "year": year, "count": count} for (province, year), count in sorted(cells.items())])


@service.get("/api/suggest")
def suggest():
    text = current().query.text
    found = engine().suggest(text) if text else ()
    if request.args.get("dang") == "opensearch":
        return Response(json.dumps([text, [one.text for one in found]]), content_type="application/x-suggestions+json; charset=utf-8")
    return jsonify(query=text, suggestions=[{"text": one.text, "kind": one.kind} for one in found])


@service.get("/api/about")
def about():
    told = engine().about()
    return jsonify(documents=told.documents, generation=told.generation, fingerprint=told.fingerprint,
                   built=told.built.isoformat(), engine=told.engine)


@service.get("/api/openapi.json")
def openapi():
    return jsonify(described())


@service.get("/healthz")
def healthz():
    """The process answers."""
    return jsonify(ok=True)


@service.get("/readyz")
def readyz():
    """An index is open, and it is the newest one."""
    told, failure = engine().about(), context.failure()
    return jsonify(ok=failure is None, generation=told.generation, documents=told.documents,
                   reason=str(failure) if failure else None), 503 if failure else 200
