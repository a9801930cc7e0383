"""What OpenSearch is told of a document: tokens of ours, never text to analyse; facets, date; and what is only kept.

    title, body                 syllables of a text, divided by spaces, in their order
    title_fold, body_fold       the same without accents
    title_code, body_code       document codes, and a filler that makes the field as long as the text: scores need it
    facets, days, id, …         keywords and numbers, nothing that OpenSearch would silently turn into something else
    slots                       digests of the syllables in their order, which ranking looks into without opening a document
    figured                     the figures that an article reports, for tables of them
    doc                         what hits, passages and documents are made of
"""
from typing import Any

from index.fields import FACETS, TEXTS

K1, B = 1.2, 0.75       # as in search.scoring
FILLER = "·"
LONGEST = 1 << 16       # characters a tokenizer must let through; tokens are cut long before
_SCORE = """double weighed = doc.freq * {weight};
double idf = Math.log(field.docCount / (term.docFreq + 1.0)) + 1;
double mean = (double) field.sumTotalTermFreq / field.docCount;
return query.boost * weighed * idf * ({k1} + 1) / (weighed + {k1} * (1 - {b} + {b} * doc.length / mean));"""

WORDS = {"mappings": {"dynamic": "strict", "properties": {
    "word": {"type": "keyword"}, "fold": {"type": "keyword"}, "documents": {"type": "integer"},
    "kind": {"type": "keyword"}, "told": {"type": "object", "enabled": False}}}}


def generation(meta: dict[str, Any], shards: int, replicas: int) -> dict[str, Any]:
    return {
        "settings": {"number_of_shards": shards, "number_of_replicas": replicas, "refresh_interval": -1,
                     "analysis": _ANALYSIS, "similarity": {f"bm25f_{name}": _similarity(w) for name, w in TEXTS.items()}},
        "mappings": {"dynamic": "strict", "_meta": meta, "_source": {"includes": ["doc"]}, "properties": _properties()},
    }


def words(shards: int, replicas: int) -> dict[str, Any]:
    return {"settings": {"number_of_shards": shards, "number_of_replicas": replicas}, **WORDS}


_ANALYSIS = {
    "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": LONGEST}},
    "filter": {"counted": {"type": "delimited_term_freq"}},
    "analyzer": {"tokens": {"type": "custom", "tokenizer": "spaces"},
                 "counts": {"type": "custom", "tokenizer": "spaces", "filter": ["counted"]}},
}


def _similarity(weight: float) -> dict[str, Any]:
    return {"type": "scripted", "discount_overlaps": False, "script": {"source": _SCORE.format(weight=weight, k1=K1, b=B)}}


def _properties() -> dict[str, Any]:
    text = lambda name, **more: {"type": "text", "analyzer": "tokens", "similarity": f"bm25f_{name}", **more}
    keyword = {"type": "keyword"}
    return {
        **{name: text(name) for name in TEXTS},
        **{f"{name}_fold": text(name) for name in TEXTS},
        **{f"{name}_code": text(name, analyzer="counts", search_analyzer="tokens", index_options="freqs") for name in TEXTS},
        **{name: keyword for name in FACETS},
        "id": keyword, "origin": keyword, "copy": {"type": "boolean"}, "days": {"type": "integer"}, "figures": {"type": "integer"}, "length": {"type": "integer"},
        "slots": {"type": "binary", "doc_values": True}, "figured": {"type": "binary", "doc_values": True},
        "doc": {"type": "object", "enabled": False},
    }
