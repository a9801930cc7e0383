"""Requests become queries, results become pages: the application put together."""
import os
from pathlib import Path

from flask import Flask, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from index import fields
from index.keeping import keeping
from index.opensearch_address import Address, place
from search.engine import Engine
from search.opening import Following
from search.query import Query
from web import context
from web.service import service
from web.assets import asset, assets
from web.downloads import downloads
from web.figures import figures
from web.headers import dress
from web.pages import pages
from web.watching import watch

PUBLIC = "TIMHTX_PUBLIC"    # set to 1 for a public site: articles by their lead and passages, with the link


def build(engine: Engine | Path | str | None, public: bool | None = None) -> Flask:
    """Over an open engine, or over the live generation of a data folder."""
    app = Flask(__name__, static_folder=None)
    if engine is None or isinstance(engine, (str, Path, Address)):
        root = place(engine or os.environ.get("TIMHTX_DATA", "./var"))
        app.config[context.SOURCE], app.config[context.WITHHELD] = Following(root), keeping(root).withheld
    else:
        app.config[context.SOURCE], app.config[context.WITHHELD] = lambda: engine, dict
    app.config[context.PUBLIC] = os.environ.get(PUBLIC) == "1" if public is None else public
    app.json.ensure_ascii = False
    app.json.sort_keys = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in (pages, figures, downloads, service, assets):
        app.register_blueprint(part)
    app.jinja_env.globals.update(
        link=context.link, here=context.here, outward=context.outward, asset=asset, label=fields.label, FACETS=fields.FACETS,
        sample=lambda text: Query(text=text))
    app.context_processor(lambda: {"_": context.language(), "view": context.view()})
    app.register_error_handler(HTTPException, failed)
    dress(app)
    watch(app)
    return app


def failed(error: HTTPException):
    """The page, or the JSON, of an answer that is none."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if request.path.startswith("/api/"):
        return jsonify(error={"status": error.code, "text": error.description}), error.code
    return render_template("error.html", code=error.code), error.code
