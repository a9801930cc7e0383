"""Saved pages become a new generation of the index: read, chosen, written, verified, published."""
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TextIO
from zlib import crc32

from corpus.article import NoArticle
from corpus.copies import Copies
from corpus.document import id_of
from corpus.pages import Meter, Page, Skipped, pages, size_of
from index import prepared
from index.abbreviations import harvested
from index.generations import Manifest
from index.keeping import Build, Keeping, keeping
from index.kept import Kept, digest_of
from index.opensearch_address import Address
from index.phrases import Phrases

BATCH = 64                  # pages handed to a worker at a time
AHEAD = 4                   # batches a worker may have waiting: memory stays bounded
ALONE = 4 * BATCH           # fewer pages than this are read here; starting workers takes longer
SKIPPED = "skipped.tsv"     # in the generation: every page that was passed over, and why


class NothingToIndex(Exception):
    """Not one article was found."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a rebuild stands. `done` and `total` count bytes of the inputs while reading, documents afterwards."""
    step: str               # "read" | "write" | "verify"
    done: int
    total: int
    pages: int              # read so far
    reused: int             # pages whose analysis was kept from before


@dataclass(frozen=True, slots=True)
class Report:
    manifest: Manifest
    published: bool         # False where a rebuild begun later was published first
    reused: int
    seconds: float


@dataclass(slots=True)
class _Tally:
    """What was seen so far; one per rebuild."""
    pages: int = 0
    reused: int = 0
    superseded: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    definitions: Counter[tuple[str, str]] = field(default_factory=Counter)
    phrases: Phrases = field(default_factory=Phrases)
    newest: dict[str, "_Saving"] = field(default_factory=dict)     # document id → its newest saving


@dataclass(frozen=True, slots=True)
class _Saving:
    saved: float            # seconds; 0.0 when unknown
    digest: bytes           # of the page, under which its analysis is kept
    published: str | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class _Item:
    """A page on its way: what was read out of it, or the reason why nothing was."""
    of: Page | Skipped
    digest: bytes = b""
    found: bytes = b""
    reused: bool = False


@dataclass(frozen=True, slots=True)
class _Batch:
    items: list[_Item]
    until: int              # bytes of the inputs up to its last page

    def fresh(self) -> list[Page]:
        """The pages that are to be read."""
        return [item.of for item in self.items if item.digest and not item.found]

    def filled(self, read: list[bytes]) -> "_Batch":
        arriving = iter(read)
        items = [replace(item, found=next(arriving)) if item.digest and not item.found else item for item in self.items]
        return replace(self, items=items)


def rebuild(
    paths: Iterable[Path], root: Path | Address, *,
    verify: Callable[[Path, int], None],
    progress: Callable[[Progress], None] = lambda _: None,
    processes: int | None = None,
) -> Report:
    """Reads `paths` whole and publishes what was found; on any error the live generation stays as it was.

    `verify` gets the finished folder and its number of documents, and raises where it does not answer as it should.
    """
    began, started, kept_in = time.monotonic(), time.time(), keeping(root)
    with kept_in.building() as build, Kept(kept_in.analysis) as kept:
        manifest, tally = _built(build, kept, paths, started, progress, processes or os.cpu_count() or 1)
        progress(Progress("verify", manifest.documents, manifest.documents, tally.pages, tally.reused))
        verify(build.folder, manifest.documents)
        published = build.publish(manifest)
        _forget(kept_in, kept, started)
    return Report(manifest, published, tally.reused, time.monotonic() - began)


def rebuild_part(
    paths: Iterable[Path], address: Address, part: int, parts: int, generation: str, *,
    progress: Callable[[Progress], None] = lambda _: None,
    processes: int | None = None,
) -> Report:
    """One of several parts of a generation in a cluster; which pages belong to it, their addresses decide."""
    began, started, kept_in = time.monotonic(), time.time(), keeping(address)
    with kept_in.building(part, parts, generation) as build, Kept(kept_in.analysis) as kept:
        manifest, tally = _built(build, kept, paths, started, progress, processes or os.cpu_count() or 1, (part, parts))
        build.report(manifest)
    return Report(manifest, False, tally.reused, time.monotonic() - began)


def _built(build: Build, kept: Kept, paths: Iterable[Path], started: float, progress: Callable[[Progress], None],
           processes: int, share: tuple[int, int] = (1, 1)) -> tuple[Manifest, _Tally]:
    """Reads and writes everything; whatever was passed over is named in the build's folder."""
    paths, tally, meter = tuple(Path(path).absolute() for path in paths), _Tally(), Meter()
    total = size_of(paths)
    with open(build.folder / SKIPPED, "w", encoding="utf-8", errors="replace") as report:
        for batch in _prepared(_batches(_shared(pages(paths, meter), *share), meter), kept, processes):
            for name, reason in _taken(batch, kept, tally, started):
                _pass_over(tally, report, name, reason)
            progress(Progress("read", min(batch.until, total), total, tally.pages, tally.reused))
        if not tally.newest and share == (1, 1):
            raise NothingToIndex(f"no article among {tally.pages} pages in {', '.join(map(str, paths))}")
        documents = _write(build, kept, tally, progress)
        for id, reason in build.rejected:
            _pass_over(tally, report, id, reason)
    return replace(build.manifest, documents=documents, inputs=tuple(map(str, paths)), read=tally.pages, superseded=tally.superseded,
                   skipped=dict(tally.skipped), abbreviations=harvested(tally.definitions),
                   phrases=tally.phrases.frequent()), tally


def _shared(stream: Iterable[Page | Skipped], part: int, parts: int) -> Iterator[Page | Skipped]:
    """The pages of one part: savings of one address always meet in the same one."""
    for of in stream:
        told = of.where if isinstance(of, Skipped) else id_of(of.url)
        if parts == 1 or crc32(told.encode("utf-8", "surrogatepass")) % parts == part - 1:
            yield of


def _pass_over(tally: _Tally, report: TextIO, name: str, reason: str) -> None:
    tally.skipped[reason] += 1
    report.write(f"{_line(name)}\t{_line(reason)}\n")


def _forget(kept_in: Keeping, kept: Kept, started: float) -> None:
    """What no rebuild needs any more; another one that runs may need what this one does not."""
    if kept_in.idle():
        kept.forget(before=started)


def _taken(batch: _Batch, kept: Kept, tally: _Tally, started: float) -> Iterator[tuple[str, str]]:
    """Fills the tally and the kept analysis; yields what was passed over, with the reason."""
    kept.put([(item.digest, item.found) for item in batch.items if item.found and not item.reused], started)
    kept.touch([item.digest for item in batch.items if item.reused], started)
    for item in batch.items:
        if isinstance(item.of, Skipped):
            yield item.of.where, item.of.reason
            continue
        tally.pages += 1
        tally.reused += item.reused
        head = prepared.head(item.found)
        if isinstance(head, NoArticle):
            yield item.of.url, f"{head.kind}: {head.reason}"
        else:
            _choose(tally, item, head)
            tally.definitions.update(head.definitions)


def _batches(stream: Iterable[Page | Skipped], meter: Meter) -> Iterator[tuple[list[Page | Skipped], int]]:
    """Pages, and how far into the inputs the last of them lies."""
    stream = iter(stream)
    while batch := list(islice(stream, BATCH)):
        yield batch, meter.done


def _prepared(batches: Iterable[tuple[list, int]], kept: Kept, processes: int) -> Iterator[_Batch]:
    """In the order read. A corpus of a few batches is read here; a larger one by `processes` workers."""
    batches = iter(batches)
    first = list(islice(batches, ALONE // BATCH))
    known = (_known(batch, until, kept) for batch, until in chain(first, batches))
    if processes < 2 or len(first) < ALONE // BATCH:
        yield from (batch.filled(_prepare(batch.fresh())) for batch in known)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("forkserver")) as workers:
        waiting: deque[tuple[_Batch, Future | None]] = deque()
        for batch in known:
            fresh = batch.fresh()
            waiting.append((batch, workers.submit(_prepare, fresh) if fresh else None))
            if len(waiting) > processes * AHEAD:
                yield _arrived(*waiting.popleft())
        yield from (_arrived(*one) for one in waiting)


def _arrived(batch: _Batch, future: Future | None) -> _Batch:
    return batch.filled(future.result()) if future else batch


def _known(batch: list[Page | Skipped], until: int, kept: Kept) -> _Batch:
    """With what was kept of it."""
    return _Batch([_look_up(of, kept) for of in batch], until)


def _look_up(of: Page | Skipped, kept: Kept) -> _Item:
    if isinstance(of, Skipped):
        return _Item(of)
    digest = digest_of(of)
    found = kept.get(digest)
    return _Item(of, digest, found or b"", reused=found is not None)


def _prepare(batch: list[Page]) -> list[bytes]:
    return prepared.prepare(batch) if batch else []


def _choose(tally: _Tally, item: _Item, head: prepared.Head) -> None:
    """Of the same address saved twice the newest saving counts; of equally new ones the one read last."""
    saving = _Saving(item.of.saved.timestamp() if item.of.saved else 0.0, item.digest, head.published, head.signature)
    known = tally.newest.setdefault(head.id, saving)
    if known is not saving:
        tally.superseded += 1
        if saving.saved >= known.saved:
            tally.newest[head.id] = saving


def _write(build: Build, kept: Kept, tally: _Tally, progress: Callable[[Progress], None]) -> int:
    copies = Copies()
    for id, saving in tally.newest.items():
        copies.add(id, saving.signature, saving.published)
    first = copies.firsts()
    sizes = Counter(first.values())
    for n, (id, saving) in enumerate(tally.newest.items()):
        packed = prepared.unpack(kept.get(saving.digest)).copied(first.get(id))
        tally.phrases.add(packed.runs)
        build.add(packed, saving.saved, saving.signature, sizes[first.get(id, id)])
        if n % BATCH == 0:
            progress(Progress("write", n, len(tally.newest), tally.pages, tally.reused))
    return build.finish()


def _line(text: str) -> str:
    """On one line of a table, whatever a file's name holds."""
    return " ".join(text.split())
