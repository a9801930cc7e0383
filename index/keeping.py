"""Where an index is kept: generations are begun, filled, published and listed, the takedown list beside them. A folder here."""
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from index import generations
from index.fields import fingerprint
from index.generations import Manifest
from index.opensearch_address import Address, Unreachable, place
from index.packing import Packed
from index.withheld import FILE, Withheld, release, withheld, withhold


class Build(Protocol):
    """A generation while it is built."""
    manifest: Manifest
    folder: Path                    # named after it; on this machine, for what is told about the rebuild
    rejected: list[tuple[str, str]] # (id, reason) of rows that could not be taken, once finished

    def add(self, packed: Packed, saved: float, signature: bytes, copies: int) -> None:
        """`saved`: seconds; `copies`: other publications of the same text."""

    def finish(self) -> int:
        """The number of documents."""

    def publish(self, manifest: Manifest) -> bool:
        """False where a generation begun later is live already."""


class Keeping(Protocol):
    analysis: Path                  # what did not change since the last rebuild; on this machine
    reports: Path                   # holds a folder a generation, with what was told about its rebuild

    def building(self):
        """A context with a Build; what was not published is gone again."""

    def idle(self) -> bool:
        """Whether no rebuild runs."""

    def live(self) -> Manifest: ...

    def published(self) -> list[str]:
        """Names, newest first."""

    def damage(self, manifest: Manifest) -> list[str]: ...

    def mark(self) -> Hashable:
        """Changes with the live generation and with the takedown list."""

    def withheld(self) -> dict[str, Withheld]: ...

    def withhold(self, url: str, reason: str) -> Withheld: ...

    def release(self, url: str) -> Withheld | None: ...


def keeping(where: "str | Path | Address") -> Keeping:
    """Raises Unreachable where the address is none, or what a cluster needs is not installed."""
    found = place(where)
    if isinstance(found, Path):
        return Folder(found)
    try:
        from index.opensearch_keeping import InCluster
    except ModuleNotFoundError as error:
        raise Unreachable(f"{found} is a cluster, which needs {error.name}: pip install 'timhtx[cluster]'") from None
    return InCluster(found)


class Folder:
    def __init__(self, root: Path):
        self._root, self.analysis, self.reports = root, root / "analysis", root

    @contextmanager
    def building(self) -> Iterator["_InFolder"]:
        with generations.building(self._root, "whoosh", fingerprint()) as (folder, manifest):
            yield _InFolder(self._root, folder, manifest)

    def idle(self) -> bool:
        return not generations.builders(self._root)

    def live(self) -> Manifest:
        return generations.live(self._root)[1]

    def published(self) -> list[str]:
        return generations.published(self._root)

    def damage(self, manifest: Manifest) -> list[str]:
        return generations.damage(self._root / manifest.name, manifest)

    def mark(self) -> Hashable:
        return tuple(_stamp(self._root / name) for name in ("CURRENT", FILE))

    def withheld(self) -> dict[str, Withheld]:
        return withheld(self._root)

    def withhold(self, url: str, reason: str) -> Withheld:
        return withhold(self._root, url, reason)

    def release(self, url: str) -> Withheld | None:
        return release(self._root, url)


class _InFolder:
    rejected: list[tuple[str, str]] = []

    def __init__(self, root: Path, folder: Path, manifest: Manifest):
        self._root, self.folder, self.manifest, self._writer = root, folder, manifest, None

    def add(self, packed: Packed, saved: float, signature: bytes, copies: int) -> None:
        if self._writer is None:
            from index.whoosh_writer import Writer

            self._writer = Writer(self.folder)
        self._writer.add(packed)

    def finish(self) -> int:
        return self._writer.finish()

    def publish(self, manifest: Manifest) -> bool:
        return generations.publish(self._root, self.folder, manifest)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns
