"""Generations of an index in a cluster: each an index of its own, built aside and published by moving one alias.

    htx                         the alias: the live generation
    htx-20260102t…-ab12cd       a generation: documents, and a manifest in its mapping's _meta
    htx-words-20260102t…-ab12cd its words, and what each part of its rebuild reports
    htx-withheld                the takedown list
"""
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from corpus.copies import Copies
from index import opensearch_mapping as mapping
from index.fields import fingerprint, row
from index.generations import KEEP, DamagedIndex, Manifest, NoIndex, OutdatedIndex, name_of
from index.opensearch_cluster import Cluster, Missing, Refused, whole
from index.opensearch_documents import Kept
from index.opensearch_pairs import tables
from index.opensearch_writer import OPEN, Writer
from index.pairs import PairCounts
from index.phrases import MOST

ENGINE = "opensearch-2"             # the number is raised when what is sent or kept changes
UNFINISHED = timedelta(days=1)      # older ones without a part that reports are nobody's any more
SHARDS = "TIMHTX_SHARDS"            # in the environment: of a generation; else one a node, three at most
PAGE = 500                          # documents read at a time
SLOW = 600.0                        # seconds for what touches every document


@dataclass(frozen=True, slots=True)
class Part:
    """What one of `parts` rebuilds of a generation reports when it is done."""
    part: int
    parts: int
    manifest: Manifest
    sent: int               # rows that arrived
    again: int              # of them those that took the place of a saving that had arrived before
    older: int              # rows that did not arrive, for a newer saving had


@dataclass(frozen=True, slots=True)
class Generation:
    manifest: Manifest
    parts: int
    complete: bool          # published once


def begin(cluster: Cluster, parts: int = 1, name: str | None = None) -> Generation:
    """A new generation; one of a given name is joined where it is there. Raises OutdatedIndex where it is another version's."""
    alias = cluster.address.name
    name = named(alias, name) if name else name_of(alias).lower()
    manifest = Manifest(name, ENGINE, fingerprint(), _now())
    told = {"manifest": asdict(manifest), "parts": parts, "complete": False}
    nodes = cluster("GET", "/_cluster/health")["number_of_data_nodes"]
    shape = {"shards": int(os.environ.get(SHARDS) or min(nodes, 3)), "replicas": min(nodes - 1, 1)}
    bodies = {words_of(alias, name): mapping.words(1, shape["replicas"]), name: mapping.generation(told, **shape)}
    for index, body in bodies.items():
        try:
            cluster("PUT", f"/{index}?wait_for_active_shards=1", {**body, "aliases": {index + OPEN: {}}})
        except Refused as error:
            if error.kind != "resource_already_exists_exception":
                raise
    found = generation(cluster, name)
    expect_ours(cluster, found.manifest)
    if found.parts != parts or found.complete:
        raise OutdatedIndex(cluster.address)
    return found


def writer(cluster: Cluster, name: str, part: int = 1) -> Writer:
    return Writer(cluster, name, words_of(cluster.address.name, name), part)


def report(cluster: Cluster, name: str, part: Part) -> None:
    """Notes down that a part is done."""
    told = {"kind": "part", "told": {**asdict(part), "manifest": asdict(part.manifest)}}
    cluster("PUT", f"/{words_of(cluster.address.name, name)}/_doc/part-{part.part}?refresh=true", told)


def reported(cluster: Cluster, name: str) -> list[Part]:
    index = words_of(cluster.address.name, name)
    ids = [f"part-{number}" for number in range(1, generation(cluster, name).parts + 1)]
    answer = cluster("POST", f"/{index}/_mget", {"ids": ids})
    found = [doc["_source"]["told"] for doc in answer["docs"] if doc.get("found")]
    return [Part(**{**one, "manifest": _manifest(one["manifest"])}) for one in found]


def missing(cluster: Cluster, name: str) -> list[int]:
    """The parts that have not reported."""
    done = {part.part for part in reported(cluster, name)}
    return [part for part in range(1, generation(cluster, name).parts + 1) if part not in done]


def finish(cluster: Cluster, name: str) -> Manifest:
    """All parts together: counted, copies grouped over all of them. Raises DamagedIndex where documents are missing."""
    parts = reported(cluster, name)
    cluster("POST", f"/{name}/_refresh")
    found, sent = count(cluster, name), sum(part.sent for part in parts)
    if not sent - sum(part.again for part in parts) <= found <= sent:
        raise DamagedIndex(cluster.address, f"{sent} articles were sent, {found} arrived")
    if len(parts) > 1:
        group(cluster, name)
    total = lambda key: sum(getattr(part.manifest, key) for part in parts)
    skipped: dict[str, int] = {}
    for part in parts:
        for reason, number in part.manifest.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + number
    return replace(generation(cluster, name).manifest, documents=found, read=total("read"), skipped=skipped,
                   superseded=total("superseded") + sum(part.older for part in parts),
                   inputs=tuple(dict.fromkeys(path for part in parts for path in part.manifest.inputs)),
                   abbreviations=tuple(dict.fromkeys(pair for part in parts for pair in part.manifest.abbreviations)),
                   phrases=tuple(sum((Counter(dict(part.manifest.phrases)) for part in parts), Counter()).most_common(MOST)))


def publish(cluster: Cluster, manifest: Manifest) -> bool:
    """Makes it the live generation in one step; False, and it is gone, where one that was begun later is live already."""
    alias, name = cluster.address.name, manifest.name
    manifest = replace(manifest, built=_now())
    told = {"manifest": asdict(manifest), "parts": generation(cluster, name).parts, "complete": True}
    cluster("PUT", f"/{name}/_mapping", {"_meta": told})
    while True:
        before = live_name(cluster)
        if before and generation(cluster, before).manifest.started > manifest.started:
            drop(cluster, name)
            return False
        away = {"index": before, "alias": alias, "must_exist": True} if before else \
            {"index": f"{alias}-*", "alias": alias, "must_exist": False}
        shut = [{"remove": {"index": index, "alias": index + OPEN, "must_exist": False}} for index in (name, words_of(alias, name))]
        try:
            cluster("POST", "/_aliases", {"actions": [{"remove": away}, {"add": {"index": name, "alias": alias}}, *shut]})
        except Refused as error:
            if error.status != 404 or live_name(cluster) == before:
                raise
            continue        # another rebuild published meanwhile
        return True


def live_name(cluster: Cluster) -> str | None:
    alias = cluster.address.name
    try:
        found = cluster("GET", f"/{alias}/_alias")
    except Missing:
        return None
    return next((index for index, told in found.items() if alias in told["aliases"]), None)


def live(cluster: Cluster) -> Manifest:
    """Raises NoIndex."""
    name = live_name(cluster)
    if name is None:
        raise NoIndex(cluster.address)
    return generation(cluster, name).manifest


def generation(cluster: Cluster, name: str) -> Generation:
    """Raises NoIndex, or DamagedIndex where an index of this name is none of ours."""
    try:
        found = cluster("GET", f"/{name}/_mapping")
    except Missing:
        raise NoIndex(cluster.address) from None
    told = next(iter(found.values()))["mappings"].get("_meta")
    if not told or "manifest" not in told:
        raise DamagedIndex(cluster.address, f"{name} has no manifest")
    return Generation(_manifest(told["manifest"]), told["parts"], told["complete"])


def expect_ours(cluster: Cluster, manifest: Manifest) -> None:
    if (manifest.engine, manifest.fingerprint) != (ENGINE, fingerprint()):
        raise OutdatedIndex(cluster.address)


def every(cluster: Cluster) -> list[Generation]:
    """Newest first."""
    found = cluster("GET", f"/{cluster.address.name}-*/_mapping")
    told = [one["mappings"].get("_meta", {}) for one in found.values()]
    ours = [Generation(_manifest(one["manifest"]), one["parts"], one["complete"]) for one in told if "manifest" in one]
    return sorted(ours, key=lambda one: one.manifest.started, reverse=True)


def sweep(cluster: Cluster) -> list[str]:
    """Drops published generations but the live one and the newest before it, and unfinished ones of long ago."""
    now, last = live_name(cluster), _iso(datetime.now(timezone.utc) - UNFINISHED)
    generations = every(cluster)
    done = [one.manifest.name for one in generations if one.complete and one.manifest.name != now]
    gone = done[KEEP - 1:] if now else []
    gone += [one.manifest.name for one in generations if not one.complete and one.manifest.started < last]
    for name in gone:
        drop(cluster, name)
    return gone


def drop(cluster: Cluster, name: str) -> None:
    for index in (name, words_of(cluster.address.name, name)):
        try:
            cluster("DELETE", f"/{index}")
        except Missing:
            pass        # another one dropped it


def pairs(cluster: Cluster, name: str) -> dict[str, PairCounts]:
    """The tables of neighbours, by name."""
    body = {"size": 100, "query": {"term": {"kind": "pairs"}}, "sort": ["_doc"]}
    path, found = f"/{words_of(cluster.address.name, name)}/_search?allow_partial_search_results=false", []
    page = whole(cluster("POST", path + "&scroll=1m", body))
    while page["hits"]["hits"]:
        found += [(hit["_source"]["told"]["part"], hit["_source"]["told"]) for hit in page["hits"]["hits"]]
        page = whole(cluster("POST", "/_search/scroll", {"scroll": "1m", "scroll_id": page["_scroll_id"]}, again=False))
    cluster("DELETE", "/_search/scroll", {"scroll_id": page["_scroll_id"]})
    return tables(found)


def count(cluster: Cluster, name: str) -> int:
    answer = cluster("GET", f"/{name}/_count")
    if answer["_shards"]["failed"]:
        raise DamagedIndex(cluster.address, f"{answer['_shards']['failed']} shards of {name} do not answer")
    return answer["count"]


def documents(cluster: Cluster, name: str, query: dict[str, Any] | None = None) -> Iterator[Kept]:
    """Every document of a generation that nobody writes to, by id."""
    after: list[str] | None = None
    while True:
        body = {"size": PAGE, "sort": [{"id": "asc"}], "version": True,
                "query": query or {"match_all": {}}, **({"search_after": after} if after else {})}
        with cluster.within(SLOW):
            hits = cluster("POST", f"/{name}/_search?allow_partial_search_results=false", body)["hits"]["hits"]
        yield from map(kept, hits)
        if len(hits) < PAGE:
            return
        after = hits[-1]["sort"]


def kept(hit: dict[str, Any]) -> Kept:
    return Kept(hit["_id"], hit["_source"]["doc"], hit.get("_version", 1))


def group(cluster: Cluster, name: str) -> int:
    """Finds the copies among all parts and notes them down; the number of documents that changed."""
    copies, known = Copies(), {}
    for one in documents(cluster, name):
        copies.add(one.id, one.signature, one.card.published)
        known[one.id] = one.card.copy_of
    firsts = copies.firsts()
    sizes = Counter(firsts.values())
    changed = [id for id, before in known.items() if firsts.get(id) != before or id in sizes]
    return _revise(cluster, name, changed, firsts, sizes)


def _revise(cluster: Cluster, name: str, ids: list[str], copy_of: dict[str, str], sizes: Counter[str]) -> int:
    """Sends documents once more, made of what is kept of them."""
    writer = Writer(cluster, name, words_of(cluster.address.name, name))
    for start in range(0, len(ids), PAGE):
        part = {"terms": {"id": ids[start:start + PAGE]}}
        for one in documents(cluster, name, part):
            first = copy_of.get(one.id)
            writer.revise(row(replace(one.document(), copy_of=first), one.tokens), one.version, one.signature, sizes[first or one.id])
    return writer.finish()


def named(alias: str, given: str) -> str:
    """The whole name of a generation whose parts agreed on one."""
    given = given.lower()
    return given if given.startswith(f"{alias}-") else f"{alias}-{given}"


def words_of(alias: str, name: str) -> str:
    return f"{alias}-words{name[len(alias):]}"


def _manifest(told: dict[str, Any]) -> Manifest:
    return Manifest(**{**told, "inputs": tuple(told["inputs"]), "abbreviations": tuple(map(tuple, told["abbreviations"])),
                       "phrases": tuple(map(tuple, told.get("phrases", ())))})


def _now() -> str:
    return _iso(datetime.now(timezone.utc))


def _iso(when: datetime) -> str:
    return when.isoformat()
