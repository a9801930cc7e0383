"""Requests become queries, results become pages."""
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, abort, jsonify, render_template, request, url_for

from search.engine import Engine
from search.opening import Following
from search.query import Query
from web import api


def build(engine: Engine | Path | str | None) -> Flask:
    """Over an open engine, or over the live generation of a data folder."""
    app = Flask(__name__)
    source = Following(engine or "./var") if engine is None or isinstance(engine, (str, Path)) else lambda: engine

    @app.get("/")
    def page():
        return render_template("search.html", results=source().search(Query.of(request.args)))

    @app.get("/bai/<id>")
    def article(id):
        return render_template("article.html", document=source().document(id) or abort(404))

    @app.get("/api/search")
    def api_search():
        return jsonify(api.as_dict(source().search(Query.of(request.args))))

    @app.get("/healthz")
    def healthz():
        return {"ok": True}

    @app.template_global()
    def link(query: Query) -> str:
        return url_for("page", **{}) + "?" + urlencode(list(query.args()))

    return app
