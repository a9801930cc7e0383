"""What a request is answered with: an engine of one generation, what is asked, how it is shown; and the addresses of other pages."""
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import abort, current_app, g, request, url_for

from corpus.document import Document
from search.engine import Engine
from search.query import Query
from web.asking import Asked, asked
from web.language import PARAM, Language
from web.view import View

SOURCE = "timhtx.engine"    # in the application's configuration: gives the live engine
PUBLIC = "timhtx.public"    # articles by their lead and passages only
WITHHELD = "timhtx.withheld"    # gives the ids of withdrawn articles


def engine() -> Engine:
    """The same for the whole request: one page never mixes two generations."""
    if "engine" not in g:
        g.engine = current_app.config[SOURCE]()
    return g.engine


def failure() -> Exception | None:
    """Why the newest generation is not the one that answers."""
    return getattr(current_app.config[SOURCE], "failure", None)


def document(id: str) -> Document:
    """404 where there is none, 410 where it was withdrawn."""
    found = engine().document(id)
    return found or abort(410 if id in current_app.config[WITHHELD]() else 404)


def current() -> Asked:
    if "asked" not in g:
        g.asked = asked(request.args)
    return g.asked


def view() -> View:
    if "view" not in g:
        g.view = View.of(request.args)
    return g.view


def language() -> Language:
    return view().language


def link(query: Query | None = None, to: str = "pages.search", view_as: View | None = None, more: Mapping[str, str] = {}, **values) -> str:
    """The address of a page with a query and the way it is shown."""
    shown = view_as or view()
    args = [*(query.args() if query else ()), *shown.args(), *more.items()]
    return _path(to, **values) + ("?" + urlencode(args) if args else "")


def _path(to: str, **values) -> str:
    """`url_for`, once a request: a page has hundreds of links to few places."""
    known = g.setdefault("paths", {})
    key = (to, *values.items())
    if key not in known:
        known[key] = url_for(to, **values)
    return known[key]


def here(other: View) -> str:
    """This page, shown in another way."""
    told = dict(other.args())
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("ten", "cot", "thutu", PARAM)]
    args = [*kept, *told.items()]
    return request.path + ("?" + urlencode(args, errors="replace") if args else "")


def outward(url: str) -> str | None:
    """An address on the web, or None: nothing else may stand in a link."""
    return url if url.startswith(("http://", "https://")) else None

