"""A query's tree becomes OpenSearch's own query: every kind of node one JSON object, with the scores the tree asks for."""
from typing import Any

from index.fields import TEXTS
from index.opensearch_documents import fed, joint
from search import tree
from search.query import Query

Json = dict[str, Any]
EVERYTHING: Json = {"match_all": {"boost": 0}}
NOTHING: Json = {"match_none": {}}
SPELLINGS = 128     # words with one beginning that have a say in a prefix's score; all are found


def asked(node: tree.Node) -> Json:
    """Finds what satisfies the node, and scores it."""
    match node:
        case tree.Syllable(text, any_accent, field):
            return _any([{"term": {name: {"value": fed(text)}}} for name in _fields(field, any_accent)])
        case tree.Prefix(text, any_accent, field):
            return _any([_prefix(name, text) for name in _fields(field, any_accent)])
        case tree.Code(text):
            return _any([{"term": {f"{name}_code": {"value": text}}} for name in TEXTS])
        case tree.Phrase(parts, slop, field):
            words = [asked(tree.Syllable(part.text, part.any_accent, field)) for part in parts]
            return {"bool": {"filter": [_phrase(parts, slop, field)], "must": words}}
        case tree.And(parts):
            return _and(parts)
        case tree.Or(parts):
            return _any([asked(part) for part in parts])
        case tree.Some(parts, least):
            return _any([asked(part) for part in parts], least)
        case tree.Not(part):
            return {"bool": {"must": [EVERYTHING], "must_not": [asked(part)]}}
        case tree.Weighted(part, weight):
            return {"bool": {"must": [asked(part)], "boost": weight}}
        case tree.Has(facet, values):
            return _unscored({"terms": {facet: sorted(values)}} if values else NOTHING)
        case tree.Published(since, until):
            return _unscored(_between(since, until))
        case tree.Ids(ids):
            return _unscored({"terms": {"id": sorted(ids)}} if ids else NOTHING)
        case tree.Everything():
            return EVERYTHING
    raise TypeError(node)


def scored(node: tree.Node) -> bool:
    """Whether anything in it gives a score; what is not scored is shown newest first."""
    match node:
        case tree.Syllable() | tree.Prefix() | tree.Code() | tree.Phrase():
            return True
        case tree.And(parts) | tree.Or(parts) | tree.Some(parts, _):
            return any(scored(part) for part in parts)
        case tree.Weighted(part, _):
            return scored(part)
    return False


def always(query: Query) -> list[Json]:
    """The filters that hold for the hits and for the counts of every facet."""
    out = [{"bool": {"must_not": [{"term": {facet: value}}]}} for facet, value in sorted(query.excluded)]
    if query.since or query.until:
        out.append(_between(query.since, query.until))
    return out if query.reprints else [*out, {"term": {"copy": False}}]


def chosen(query: Query, known: dict[str, tuple[str, ...]]) -> dict[str, Json]:
    """Facet → what its chosen values demand. `known` are the values that occur."""
    out = {}
    for facet in sorted({facet for facet, _ in query.chosen}):
        values = query.values(facet)
        there = [value for value in values if value in known[facet]]
        if facet in query.every:
            out[facet] = {"bool": {"filter": [{"term": {facet: value}} for value in there]}} if there == values else NOTHING
        else:
            out[facet] = {"terms": {facet: there}} if there else NOTHING
    return out


def _fields(field: str | None, any_accent: bool) -> list[str]:
    return [name + "_fold" * any_accent for name in ([field] if field else TEXTS)]


def _any(parts: list[Json], least: int = 1) -> Json:
    """At least so many of the parts; the scores of all that hold are added up."""
    return parts[0] if len(parts) == 1 and least == 1 else {"bool": {"should": parts, "minimum_should_match": least}} if parts else NOTHING


def _and(parts: tuple[tree.Node, ...]) -> Json:
    wanted = [part for part in parts if not isinstance(part, tree.Not)]
    must = [asked(part) for part in wanted if scored(part)]
    rest = [asked(part) for part in wanted if not scored(part)]
    unwanted = [asked(part.part) for part in parts if isinstance(part, tree.Not)]
    return {"bool": {"must": must or [EVERYTHING], "filter": rest, "must_not": unwanted}}


def _prefix(name: str, text: str) -> Json:
    every = {"prefix": {name: {"value": text}}}
    some = {"prefix": {name: {"value": text, "rewrite": f"top_terms_blended_freqs_{SPELLINGS}"}}}
    return {"bool": {"filter": [every], "should": [some]}}


def _phrase(parts: tuple[tree.Syllable, ...], slop: int, field: str | None) -> Json:
    accents = {part.any_accent for part in parts}
    if not slop and len(accents) == 1:
        text = joint([part.text for part in parts])
        return _any([{"match_phrase": {name: {"query": text, "analyzer": "tokens"}}} for name in _fields(field, accents.pop())])
    return _any([_near(parts, slop, name) for name in _fields(field, False)])


def _near(parts: tuple[tree.Syllable, ...], slop: int, name: str) -> Json:
    """One after another; a syllable of any accents stands at the same place of the field beside."""
    rules = [{"match": {"query": fed(part.text), "analyzer": "tokens", **({"use_field": f"{name}_fold"} if part.any_accent else {})}}
             for part in parts]
    return {"intervals": {name: {"all_of": {"intervals": rules, "ordered": True, "max_gaps": slop}}}}


def _between(since, until) -> Json:
    ends = {"gte": since, "lte": until}
    return {"range": {"days": {end: day.toordinal() for end, day in ends.items() if day}}} if since or until else {"exists": {"field": "days"}}


def _unscored(query: Json) -> Json:
    return {"constant_score": {"filter": query, "boost": 0}}
