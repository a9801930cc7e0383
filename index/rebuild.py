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

from corpus.article import NoArticle
from corpus.copies import Copies
from corpus.pages import Page, Skipped, pages
from index import generations, prepared
from index.abbreviations import harvested
from index.fields import fingerprint
from index.generations import Manifest
from index.kept import Kept, digest_of
from index.whoosh_writer import Writer

ENGINE = "whoosh"
BATCH = 64                  # pages handed to a worker at a time
AHEAD = 4                   # batches a worker may have waiting: memory stays bounded
ALONE = 4 * BATCH           # fewer pages than this are read here; starting workers takes longer
SKIPPED = "skipped.tsv"     # in the generation: every page that was passed over, and why


class NothingToIndex(Exception):
    """Not one article was found."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a rebuild stands. `done` and `total` count pages while reading, documents afterwards."""
    step: str               # "read" | "write" | "verify"
    done: int
    total: int              # 0 when not known
    pages: int
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


def rebuild(
    paths: Iterable[Path], root: Path, *,
    verify: Callable[[Path, int], None],
    progress: Callable[[Progress], None] = lambda _: None,
    processes: int | None = None,
) -> Report:
    """Reads `paths` whole and publishes what was found; on any error the live generation stays as it was.

    `verify` gets the finished folder and its number of documents, and raises where it does not answer as it should.
    """
    began, started = time.monotonic(), time.time()
    paths = tuple(Path(path).absolute() for path in paths)
    with generations.building(root, ENGINE, fingerprint()) as (folder, manifest), Kept(root / "analysis") as kept:
        tally = _Tally()
        with open(folder / SKIPPED, "w", encoding="utf-8") as report:
            for name, reason in _read(paths, kept, tally, started, progress, processes or os.cpu_count() or 1):
                tally.skipped[reason] += 1
                report.write(f"{_line(name)}\t{_line(reason)}\n")
        if not tally.newest:
            raise NothingToIndex(f"no article among {tally.pages} pages in {', '.join(map(str, paths))}")
        documents = _write(folder, kept, tally, progress)
        progress(Progress("verify", documents, documents, tally.pages, tally.reused))
        verify(folder, documents)
        manifest = replace(manifest, documents=documents, inputs=tuple(map(str, paths)), read=tally.pages,
                           superseded=tally.superseded, skipped=dict(tally.skipped), abbreviations=harvested(tally.definitions))
        published = generations.publish(root, folder, manifest)
        if not generations.builders(root):      # another rebuild may need what this one does not
            kept.forget(before=started)
    return Report(manifest, published, tally.reused, time.monotonic() - began)


def _read(paths, kept, tally, started, progress, processes) -> Iterator[tuple[str, str]]:
    """Fills the tally and the kept analysis; yields what was passed over, with the reason."""
    for batch in _prepared(_batches(pages(paths)), kept, processes):
        kept.put([(item.digest, item.found) for item in batch if item.found and not item.reused], started)
        kept.touch([item.digest for item in batch if item.reused], started)
        for item in batch:
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
        progress(Progress("read", tally.pages, 0, tally.pages, tally.reused))


def _batches(stream: Iterable[Page | Skipped]) -> Iterator[list[Page | Skipped]]:
    stream = iter(stream)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _prepared(batches: Iterable[list], kept: Kept, processes: int) -> Iterator[list[_Item]]:
    """In the order read. A corpus of a few batches is read here; a larger one by `processes` workers."""
    batches = iter(batches)
    first = list(islice(batches, ALONE // BATCH))
    if processes < 2 or len(first) < ALONE // BATCH:
        yield from (_filled(items, _prepare(fresh)) for items, fresh in map(_known(kept), chain(first, batches)))
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("forkserver")) as workers:
        waiting: deque[tuple[list[_Item], Future]] = deque()
        for items, fresh in map(_known(kept), chain(first, batches)):
            waiting.append((items, workers.submit(_prepare, fresh)))
            if len(waiting) > processes * AHEAD:
                items, future = waiting.popleft()
                yield _filled(items, future.result())
        for items, future in waiting:
            yield _filled(items, future.result())


def _known(kept: Kept) -> Callable[[list], tuple[list[_Item], list[Page]]]:
    """A batch as items, filled where the analysis is kept, and the pages that are to be read."""
    def look_up(batch):
        items = [_look_up(of, kept) for of in batch]
        return items, [item.of for item in items if item.digest and not item.found]
    return look_up


def _look_up(of: Page | Skipped, kept: Kept) -> _Item:
    if isinstance(of, Skipped):
        return _Item(of)
    digest = digest_of(of)
    found = kept.get(digest)
    return _Item(of, digest, found or b"", reused=found is not None)


def _prepare(batch: list[Page]) -> list[bytes]:
    return [prepared.prepare(page) for page in batch]


def _filled(items: list[_Item], fresh: list[bytes]) -> list[_Item]:
    arriving = iter(fresh)
    return [replace(item, found=next(arriving)) if item.digest and not item.found else item for item in items]


def _choose(tally: _Tally, item: _Item, head: prepared.Head) -> None:
    """Of the same address saved twice the newest saving counts; of equally new ones the one read last."""
    saving = _Saving(item.of.saved.timestamp() if item.of.saved else 0.0, item.digest, head.published, head.signature)
    known = tally.newest.setdefault(head.id, saving)
    if known is not saving:
        tally.superseded += 1
        if saving.saved >= known.saved:
            tally.newest[head.id] = saving


def _write(folder: Path, kept: Kept, tally: _Tally, progress: Callable[[Progress], None]) -> int:
    copies = Copies()
    for id, saving in tally.newest.items():
        copies.add(id, saving.signature, saving.published)
    first = copies.firsts()
    writer = Writer(folder)
    for n, (id, saving) in enumerate(tally.newest.items()):
        row = prepared.unpack(kept.get(saving.digest))
        writer.add(replace(row, document=replace(row.document, copy_of=first.get(id))))
        if n % BATCH == 0:
            progress(Progress("write", n, len(tally.newest), tally.pages, tally.reused))
    return writer.finish()


def _line(text: str) -> str:
    """On one line of a table, whatever a file's name holds."""
    return " ".join(text.split())
