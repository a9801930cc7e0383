"""The data folder: generations of an index, each built aside and published by one rename.

    CURRENT                     "<name> <digest of its manifest>", replaced in one step, written last
    <engine>-<time>-<id>/       a published generation: the engine's files and manifest.json, read-only from then on
    <engine>-<time>-<id>.building/   unfinished; its builder holds a lock on it, so a leftover can be told and swept
"""
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path

KEEP = 2                # the live generation and the one before it
MANIFEST = "manifest.json"
LOCK = "builder.lock"
SMALL = 1 << 18         # bytes: the schema, the list of arrays
BUILDING = ".building"


def _told(root: object) -> str:
    """A folder by its whole path, a cluster by its address."""
    return str(root.absolute() if isinstance(root, Path) else root)


class NoIndex(Exception):
    """There is nothing to search yet."""

    def __init__(self, root: Path):
        super().__init__(f"no index in {_told(root)}. Build one: timhtx rebuild PAGES --data {_told(root)}")


class OutdatedIndex(Exception):
    """The index was made by another version of the fields or the analysis."""

    def __init__(self, root: Path):
        super().__init__(f"the index in {_told(root)} was made by another version of timhtx. "
                         f"Build it again: timhtx rebuild --data {_told(root)}")


class DamagedIndex(Exception):
    """A file of the index is not as it was when the index was published."""

    def __init__(self, root: Path, what: str):
        super().__init__(f"the index in {_told(root)} is damaged: {what}. "
                         f"Build it again: timhtx rebuild --data {_told(root)}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a generation. Times are ISO 8601 in UTC."""
    name: str
    engine: str
    fingerprint: str
    started: str
    built: str = ""
    documents: int = 0
    inputs: tuple[str, ...] = ()                # the paths given, absolute: what a rebuild without paths reads again
    read: int = 0                               # pages read
    superseded: int = 0                         # the same address saved again: only the newest saving is indexed
    skipped: dict[str, int] = field(default_factory=dict)       # reason → number of pages
    abbreviations: tuple[tuple[str, str], ...] = ()             # that the corpus itself explains: (short, long)
    phrases: tuple[tuple[str, int], ...] = ()                   # that recur in its titles: (phrase, titles)
    files: dict[str, str] = field(default_factory=dict)         # name below the folder → digest


def name_of(engine: str) -> str:
    return f"{engine}-{datetime.now(timezone.utc):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"


@contextmanager
def building(root: Path, engine: str, fingerprint: str) -> Iterator[tuple[Path, Manifest]]:
    """A folder for a new generation; gone again unless `publish` renamed it."""
    root.mkdir(parents=True, exist_ok=True)
    sweep(root)
    manifest = Manifest(name_of(engine), engine, fingerprint, datetime.now(timezone.utc).isoformat())
    folder = root / (manifest.name + BUILDING)
    folder.mkdir()
    with open(folder / LOCK, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder, manifest
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def publish(root: Path, folder: Path, manifest: Manifest) -> bool:
    """Makes a finished folder the live generation; False where one that was begun later is live already."""
    (folder / LOCK).unlink()
    manifest = replace(manifest, built=datetime.now(timezone.utc).isoformat(), files=digests(folder))
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    _write(folder / MANIFEST, content)
    _sync_folder(folder)
    final = root / manifest.name
    with _locked(root):
        if _begun(root) > manifest.started:
            return False
        os.rename(folder, final)
        _sync_folder(root)
        _write(root / "CURRENT.new", f"{manifest.name} {_digest(content)}\n".encode())
        os.replace(root / "CURRENT.new", root / "CURRENT")
        _sync_folder(root)
        prune(root)
    return True


def current(root: Path) -> tuple[str, str]:
    """(name, digest of the manifest) of the live generation. Raises NoIndex or DamagedIndex."""
    try:
        words = (root / "CURRENT").read_bytes().split(b" ")
        name, digest = (word.decode("ascii") for word in words)
    except (FileNotFoundError, NotADirectoryError):
        raise NoIndex(root) from None
    except ValueError:
        raise DamagedIndex(root, "CURRENT is not a name and a digest") from None
    if not digest.endswith("\n"):
        raise DamagedIndex(root, "CURRENT is not a name and a digest")
    return name, digest.rstrip("\n")


def live(root: Path) -> tuple[Path, Manifest]:
    """The live generation. Raises NoIndex or DamagedIndex."""
    name, digest = current(root)
    return root / name, manifest_of(root, name, digest)


def manifest_of(root: Path, name: str, digest: str | None = None) -> Manifest:
    """A published generation's manifest, its bytes checked against `digest` where one is given."""
    try:
        content = (root / name / MANIFEST).read_bytes()
    except (OSError, ValueError) as error:
        raise DamagedIndex(root, f"{name} has no manifest ({error.__class__.__name__})") from None
    if digest is not None and _digest(content) != digest:
        raise DamagedIndex(root, f"the manifest of {name} was changed")
    try:
        known = json.loads(content)
        return Manifest(**{**known, "inputs": tuple(known["inputs"]), "abbreviations": _pairs(known, "abbreviations"),
                           "phrases": _pairs(known, "phrases")})
    except (ValueError, TypeError, KeyError):
        raise DamagedIndex(root, f"the manifest of {name} cannot be read") from None


def _pairs(known: dict, name: str) -> tuple[tuple, ...]:
    return tuple(map(tuple, known.get(name, ())))


def published(root: Path) -> list[str]:
    """Names of the published generations, newest first."""
    if not root.is_dir():
        return []
    return sorted((p.name for p in root.iterdir() if (p / MANIFEST).is_file() and not p.name.endswith(BUILDING)),
                  key=_time_of, reverse=True)


def damage(folder: Path, manifest: Manifest) -> list[str]:
    """The files that are not as they were published, each with what is wrong."""
    found = digests(folder)
    return [f"{name} is missing" for name in sorted(manifest.files.keys() - found.keys())] + \
           [f"{name} was changed" for name in sorted(manifest.files.keys() & found.keys())
            if found[name] != manifest.files[name]] + \
           [f"{name} does not belong there" for name in sorted(found.keys() - manifest.files.keys())]


def glance(root: Path, folder: Path, manifest: Manifest) -> None:
    """What can be verified in milliseconds before opening: every file is there, and small ones (a pickle among them) are
    as published. Raises DamagedIndex; `damage` verifies everything.
    """
    for name, digest in manifest.files.items():
        try:
            changed = (folder / name).stat().st_size <= SMALL and _digest_of(folder / name) != digest
        except OSError as error:
            raise DamagedIndex(root, f"{name} cannot be read ({error.__class__.__name__})") from None
        if changed:
            raise DamagedIndex(root, f"{name} was changed")


def digests(folder: Path) -> dict[str, str]:
    """Every file below `folder` but the manifest → digest of its bytes."""
    names = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in (MANIFEST, LOCK))
    return {p.relative_to(folder).as_posix(): _digest_of(p) for p in names}


def prune(root: Path) -> None:
    """Deletes published generations but the live one and the newest before it."""
    name, _ = current(root)
    others = [other for other in published(root) if other != name]
    for other in others[KEEP - 1:]:
        shutil.rmtree(root / other, ignore_errors=True)


def sweep(root: Path) -> list[str]:
    """Deletes what builders that no longer run left behind."""
    gone = []
    for folder in root.glob("*" + BUILDING):
        try:
            with open(folder / LOCK) as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        except FileNotFoundError:
            if datetime.now().timestamp() - folder.stat().st_mtime < 60:
                continue    # its builder is between mkdir and lock, or about to rename it
        shutil.rmtree(folder, ignore_errors=True)
        gone.append(folder.name)
    return gone


def builders(root: Path) -> list[Path]:
    """Folders that are being built now, once leftovers are swept."""
    sweep(root)
    return list(root.glob("*" + BUILDING))


def _begun(root: Path) -> str:
    try:
        return live(root)[1].started
    except (NoIndex, DamagedIndex):
        return ""


def _time_of(name: str) -> tuple[str, str]:
    return name.rsplit("-", 2)[-2] if name.count("-") >= 2 else "", name


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    with open(root / "publish.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _digest_of(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
