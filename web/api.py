"""Results become JSON, the same for the API and the command line."""
from typing import Any

from search.results import Fact, Facet, Hit, Marked, Results


def as_dict(results: Results) -> dict[str, Any]:
    q = results.query
    return {
        "query": {"text": q.text, "args": [list(pair) for pair in q.args()], "sort": q.sort, "page": q.page, "size": q.size},
        "total": results.total,
        "match": results.match,
        "hits": [hit(h) for h in results.hits],
        "facets": {name: values(facet) for name, facet in results.facets.items()},
        "notes": [{"at": n.at, "text": n.text} for n in results.notes],
        "applied": [{"key": a.key, "text": a.text} for a in results.applied],
        "exclusions": [{"text": e.text, "without": e.without} for e in results.exclusions],
        "better": results.better,
        "partial": list(results.partial),
        "seconds": round(results.seconds, 6),
    }


def values(facet: Facet) -> list[dict[str, Any]]:
    return [{"value": v.value, "label": v.label, "count": v.count, "chosen": v.chosen} for v in facet.values]


def hit(h: Hit) -> dict[str, Any]:
    return {
        "id": h.id,
        "url": h.url,
        "title": marked(h.title),
        "passages": [marked(p) for p in h.passages],
        "source": h.source,
        "published": h.published.isoformat() if h.published else None,
        "year": fact(h.year) if h.year else None,
        "provinces": [fact(p) for p in h.provinces],
        "resolutions": [fact(r) for r in h.resolutions],
        "score": h.score,
        "why": list(h.why),
        "copies": h.copies,
        "copy_of": h.copy_of,
    }


def marked(m: Marked) -> dict[str, Any]:
    return {"text": m.text, "spans": [list(span) for span in m.spans]}


def fact(f: Fact) -> dict[str, Any]:
    return {"value": f.value, "label": f.label, "inferred": f.inferred}
