"""An index kept in a cluster: a generation is an index, publishing moves an alias, the takedown list is an index of its own."""
import shutil
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

from corpus.document import id_of
from index import opensearch_generations as generations
from index.generations import DamagedIndex, Manifest
from index.opensearch_address import Address, Unreachable, cache_of
from index.opensearch_cluster import Cluster, Missing, whole
from index.opensearch_generations import Part
from index.packing import Packed
from index.withheld import Withheld

AGE = 2.0           # seconds after which the cluster is asked again whether something changed
LISTED = 10_000     # entries of the takedown list
PATIENT = 600.0     # seconds for a step of a rebuild
_WITHHELD = {"mappings": {"dynamic": "strict", "properties": {
    "id": {"type": "keyword"}, "url": {"type": "keyword", "index": False, "doc_values": False},
    "reason": {"type": "text", "index": False}, "since": {"type": "keyword"}}}}


class Unfinished(Unreachable):
    """A generation cannot be published, or not once more."""


class InCluster:
    def __init__(self, address: Address):
        self.cluster, cache = Cluster(address), cache_of(address)
        self.analysis, self.reports = cache / "analysis", cache
        self._index = f"{address.name}-withheld"
        self._seen: tuple[float, Hashable] = (float("-inf"), None)

    @contextmanager
    def building(self, part: int = 1, parts: int = 1, name: str | None = None) -> Iterator["_InCluster"]:
        """A part of several leaves the generation for the others, and for `publish`."""
        self.cluster.check()
        with self.cluster.within(PATIENT):
            generations.sweep(self.cluster)
            begun = generations.begin(self.cluster, parts, name)
        build = _InCluster(self.cluster, begun.manifest, self.reports / begun.manifest.name, part, parts)
        build.folder.mkdir(parents=True, exist_ok=True)
        try:
            yield build
        finally:
            if parts == 1 and not build.published:
                generations.drop(self.cluster, begun.manifest.name)
                shutil.rmtree(build.folder, ignore_errors=True)

    def idle(self) -> bool:
        return all(one.complete for one in generations.every(self.cluster))

    def live(self) -> Manifest:
        self.cluster.check()
        return generations.live(self.cluster)

    def begun(self, name: str) -> Manifest:
        """Of a generation, published or not."""
        return generations.generation(self.cluster, name).manifest

    def published(self) -> list[str]:
        return [one.manifest.name for one in generations.every(self.cluster) if one.complete]

    def damage(self, manifest: Manifest) -> list[str]:
        """The server checks what it reads; here, that every document is still there."""
        found = generations.count(self.cluster, manifest.name)
        return [] if found == manifest.documents else [f"{found} articles are in it, {manifest.documents} were published"]

    def together(self, name: str) -> Manifest:
        """All parts of a generation. Raises Unfinished while one has not reported."""
        self.cluster.check()
        name = generations.named(self.cluster.address.name, name)
        with self.cluster.within(PATIENT):
            begun = generations.generation(self.cluster, name)
            if begun.complete:
                raise Unfinished(f"{name} was published already")
            if left := generations.missing(self.cluster, name):
                raise Unfinished(f"{name} lacks part {', '.join(map(str, left))} of {begun.parts}. Build it: "
                                 f"timhtx rebuild PAGES --part {left[0]}/{begun.parts} --generation {name} --data {self.cluster.address}")
            return generations.finish(self.cluster, name)

    def publish(self, manifest: Manifest) -> bool:
        with self.cluster.within(PATIENT):
            live = generations.publish(self.cluster, manifest)
            generations.sweep(self.cluster)
        return live

    def mark(self) -> Hashable:
        """At most AGE seconds old; the one before while the cluster does not answer."""
        asked, seen = self._seen
        if time.monotonic() - asked > AGE:
            try:
                seen = generations.live_name(self.cluster), frozenset(self.withheld())
            except Unreachable:
                pass
            self._seen = time.monotonic(), seen
        return seen

    def withheld(self) -> dict[str, Withheld]:
        """Id → entry. Raises DamagedIndex rather than leave one out."""
        try:
            hits = whole(self.cluster("POST", f"/{self._index}/_search?allow_partial_search_results=false", {"size": LISTED}))["hits"]
        except Missing:
            return {}
        if hits["total"]["value"] > len(hits["hits"]):
            raise DamagedIndex(self.cluster.address, f"{hits['total']['value']} withheld articles are more than can be read")
        entries = [Withheld(**hit["_source"]) for hit in hits["hits"]]
        return {entry.id: entry for entry in entries}

    def withhold(self, url: str, reason: str) -> Withheld:
        entry = Withheld(id_of(url), url, reason, datetime.now(timezone.utc).isoformat(timespec="seconds"))
        if not self.cluster("GET", f"/{self._index}*/_alias"):
            self.cluster("PUT", f"/{self._index}", {**_WITHHELD, "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-2"}})
        self.cluster("PUT", f"/{self._index}/_doc/{entry.id}?refresh=true", asdict(entry))
        return entry

    def release(self, url: str) -> Withheld | None:
        entry = self.withheld().get(id_of(url))
        if entry:
            self.cluster("DELETE", f"/{self._index}/_doc/{entry.id}?refresh=true")
        return entry


class _InCluster:
    """One part of a generation, or all of it."""

    def __init__(self, cluster: Cluster, manifest: Manifest, folder: Path, part: int, parts: int):
        self._cluster, self.manifest, self.folder, self._part, self._parts = cluster, manifest, folder, part, parts
        self._writer = generations.writer(cluster, manifest.name, part)
        self.published = False

    @property
    def rejected(self) -> list[tuple[str, str]]:
        return self._writer.sent.rejected

    def add(self, packed: Packed, saved: float, signature: bytes, copies: int) -> None:
        self._writer.add(packed.row(), saved, signature, copies)

    def finish(self) -> int:
        with self._cluster.within(PATIENT):
            return self._writer.finish()

    def report(self, manifest: Manifest) -> None:
        """That this part is done."""
        sent = self._writer.sent
        arrived = sent.rows - len(sent.rejected) - sent.older
        with self._cluster.within(PATIENT):
            generations.report(self._cluster, self.manifest.name, Part(self._part, self._parts, manifest, arrived, sent.again, sent.older))

    def publish(self, manifest: Manifest) -> bool:
        with self._cluster.within(PATIENT):
            self.report(manifest)
            live = generations.publish(self._cluster, generations.finish(self._cluster, self.manifest.name))
            self.published = live
            generations.sweep(self._cluster)
        return live
