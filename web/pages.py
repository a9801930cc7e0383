"""A request becomes a page: a query, an answer, a template."""
from dataclasses import replace

from flask import Blueprint, abort, current_app, redirect, render_template, request

from index.analysis import fold
from index.fields import FACETS, texts
from search.query import SIZES, Query
from search.results import Facet, Results
from web import charts, citations, context, filters, navigation, rescue
from web.asking import Asked
from web.beside import beside, summary
from web.chips import chips, switched_off
from web.context import PUBLIC, current, engine, language, link, view
from web.coverage import coverage
from web.figures import article_at
from web.matching import matches
from web.reading import read
from web.told import figures, proofs, told

pages = Blueprint("pages", __name__)
_BY_PARAM = {facet.param: name for name, facet in FACETS.items()}


@pages.get("/")
def search():
    asked = current()
    if asked.sent:
        return redirect(link(asked.query.turn(1), more=asked.unread))
    results = engine().search(asked.query)
    return render_template("search.html", **_listed(results, asked))


def _listed(results: Results, asked: Asked) -> dict:
    query, _ = results.query, language()
    last = max(1, -(-results.total // query.size))
    late = {*results.partial, view().provinces} if results.partial else set()     # these boxes need two facets
    blocks = filters.blocks({**results.facets, **{name: Facet(name, FACETS[name].label, ()) for name in late & set(FACETS)}},
                            _headings(results), view())
    boxes = {(block.name, value.value) for block in blocks for value in block.values}
    return {
        "results": results, "query": query, "late": late, "chips": chips(results, _), "blocks": blocks,
        "carried": filters.carried(query, boxes), "bars": _bars(results.facets["year"]),
        "ways": rescue.ways(engine(), results, _) if results.exact and not results.total else [],
        "meant": rescue.meant(engine(), results) if results.exact else None,
        "documents": engine().about().documents, "last": last, "window": navigation.window(query.page, last),
        "first": (query.page - 1) * query.size + 1, "why": {a.key: a for a in results.applied}, "switched_off": switched_off(query, _),
        "beside": beside(engine(), results), "figure": lambda one: summary(one, _), "place_of": lambda one: article_at(one, query),
        "unread": asked.unread, "reversed": bool(query.since and query.until and query.since > query.until),
        "sorts": _sorts(query), "sizes": [(n, replace(query, size=n, page=1)) for n in SIZES],
        "untitled": citations.untitled, "all_words": replace(query, match="all", page=1), "wordless": replace(query, text="", page=1),
    }


def _headings(results: Results) -> Facet:
    """The provinces that head, or stand under, those with boxes: counted as the boxes are, without the choice made there."""
    name = "province" if view().present else "province_now"
    return results.facets[name] if results.partial else engine().values(name, results.query.but(view().provinces))


def _sorts(query: Query) -> list[tuple[str, Query, bool]]:
    """Relevance needs words; without them the newest come first."""
    _, used = language(), query.sort if query.text or query.sort != "relevance" else "newest"
    texts = {"relevance": _("Liên quan"), "newest": _("Mới nhất"), "oldest": _("Cũ nhất")}
    return [(text, replace(query, sort="relevance" if sort == "newest" and not query.text else sort, page=1), sort == used)
            for sort, text in texts.items() if query.text or sort != "relevance"]


def _bars(facet: Facet) -> list[charts.Bar]:
    return charts.drawn(charts.years(facet, engine().values("year", Query())), view().share)


@pages.get("/gia-tri/<param>")
def values(param: str):
    """One facet in full. Its form leads back to the search page."""
    name = _BY_PARAM.get(param) or abort(404)
    query = current().query
    facet = engine().values(name, query)
    wanted = fold(" ".join(request.args.get("loc", "").split()))
    if name in ("province", "province_now"):
        other = "province_now" if name == "province" else "province"
        groups = filters.tree(facet, engine().values(other, query.but(name)), view().but(present=name == "province_now"))
    else:
        groups = filters.flat(facet, view())
    groups = [group for group in groups if any(value.chosen for value in group.values) or wanted in _folded(group)]
    boxes = {(name, value.value) for group in groups for value in group.values}
    return render_template("values.html", facet=facet, param=param, groups=groups, query=query,
                           carried=_carried(query, boxes), wanted=request.args.get("loc", ""))


def _carried(query: Query, boxes: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Everything but the boxes: on this page no other field holds it."""
    own = {(FACETS[f].param, v) for f, v in boxes}
    return [pair for pair in query.turn(1).args() if pair not in own]


def _folded(group: filters.Group) -> str:
    return fold(" ".join([group.label, *(v.label for v in (*group.values, *group.names))]))


@pages.get("/do-phu")
def grid():
    query = current().query.turn(1)
    if current().sent:
        return redirect(link(query, "pages.grid"))
    return render_template("coverage.html", query=query, table=coverage(engine(), query, link, language()),
                           carried=_carried(replace(query, text=""), set()))


@pages.get("/tro-giup")
def help():
    return render_template("help.html", about=engine().about())


@pages.get("/bai/<id>")
def article(id: str):
    document = context.document(id)
    query, _ = current().query, language()
    at = request.args.get(navigation.PARAM, "")
    place = navigation.place(engine(), query, id, int(at)) if at.isascii() and at.isdigit() and len(at) < 8 else None
    reading = read(document.article, matches(texts(document), query), proofs(document))
    public = current_app.config[PUBLIC]
    anchors = {sentence.anchor for paragraph in reading.paragraphs if not public or paragraph.kind != "body" for sentence in paragraph.sentences}
    return render_template(
        "article.html", anchors=anchors, document=document, article=document.article, reading=reading, place=place, query=query,
        title=citations.title(document), source=citations.source(document), told=list(told(document, reading, _)),
        figures=figures(document, reading, _), citation=citations.plain(document), public=public,
        passages=_passages(document.id, place, query), similar=engine().similar(id), copies=engine().copies(id))


def _passages(id: str, place: navigation.Place | None, query: Query):
    """What a public site may show of the text: what the list of results showed."""
    return place.hit.passages if place and place.hit else ()

