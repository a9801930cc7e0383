"""Folders and files become a stream of saved pages."""
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from corpus.reading import archives
from corpus.page import LARGEST, Page, Skipped

__all__ = ["Meter", "Page", "Skipped", "pages", "size_of"]

_HEAD = 4096
_BLANK = b"\xef\xbb\xbf \t\r\n"
_HTML = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.I)
_SAVED_FROM = re.compile(rb"<!--\s{0,9}saved from url=\(\d{1,5}\)(https?://[^\s>]{1,2000})", re.I)
_ASSETS = frozenset("""
    css js mjs map json json5 webmanifest png jpg jpeg jpe jfif gif webp avif bmp ico svg tif tiff woff woff2 ttf
    otf eot  mp3 mp4 m4a m4v webm ogg ogv wav avi mov flv swf m3u8 ts download cur less scss vtt srt""".split())
_LITTER = frozenset((".ds_store", "thumbs.db", "desktop.ini", ".gitignore", ".gitkeep", ".nojekyll"))
_PAGES = ("html", "htm", "xhtml", "shtml")


@dataclass(slots=True)
class Meter:
    """How far into its files a reading has come."""
    done: int = 0           # bytes, as they lie on the disk


def pages(paths: Iterable[str | Path], meter: Meter | None = None) -> Iterator[Page | Skipped]:
    """Every page below the paths, in a stable order; what cannot be read comes as Skipped, in its place."""
    meter = meter or Meter()
    for file, name in _given(paths):
        if isinstance(file, Skipped):
            yield file
        else:
            before = meter.done
            yield from _read(file, name, lambda at: setattr(meter, "done", before + at))
            meter.done = before + _size(file)


def size_of(paths: Iterable[str | Path]) -> int:
    """The bytes that a `Meter` counts at the end."""
    return sum(_size(file) for file, _ in _given(paths) if isinstance(file, Path))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _given(paths: Iterable[str | Path]) -> Iterator[tuple[Path | Skipped, str]]:
    """The files at or below the paths, each once, and a name of its own: the path below the one given; where an earlier
    one given holds that name already, with as many folders before it as tell the two apart."""
    earlier: dict[Path, set[str] | None] = {}       # folder → the names given in it; None where all of it was
    for path in (Path(path).absolute() for path in paths):
        whole = path.is_dir()
        folder = path if whole else path.parent
        for file, name in _files(path):
            if isinstance(file, Skipped):
                yield file, name
            elif not _was_given(file, earlier):
                yield file, _apart(name, folder, [other for other in earlier if _holds(other, earlier[other], name)])
        if whole:
            earlier[folder] = None
        elif (names := earlier.setdefault(folder, set())) is not None:
            names.add(path.name)


def _was_given(file: Path, earlier: Mapping[Path, set[str] | None]) -> bool:
    return any(folder in earlier and (earlier[folder] is None or file.name in earlier[folder] and folder == file.parent)
               for folder in file.parents)


def _holds(folder: Path, names: set[str] | None, name: str) -> bool:
    return (folder / name).exists() if names is None else name in names


def _apart(name: str, folder: Path, others: Iterable[Path]) -> str:
    deep = max((next(n for n in range(1, len(folder.parts) + 1) if folder.parts[-n:] != other.parts[-n:])
                for other in others if other != folder), default=0)
    return "/".join((*folder.parts[len(folder.parts) - deep:], name)).lstrip("/")


def _files(path: Path) -> Iterator[tuple[Path | Skipped, str]]:
    """The files at or below a path, each with its name below it."""
    try:
        folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        yield Skipped(path.name, _why(error)), path.name
        return
    if folder:
        yield from _walk(path)
    else:
        yield path, path.name


def _walk(top: Path) -> Iterator[tuple[Path | Skipped, str]]:
    """Depth first, names in order. A folder that is met again inside itself, through a link, is not entered."""
    todo: list[tuple[Path, tuple]] = [(top, ())]
    while todo:
        path, above = todo.pop()
        name = path.relative_to(top).as_posix()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path, name
                continue
            here = (status.st_dev, status.st_ino)
            if here in above:
                yield Skipped(name, "a link back to a folder above it"), name
                continue
            todo.extend((path / entry, (*above, here)) for entry in reversed(_entries(path)))
        except OSError as error:
            yield Skipped(_shown(name), _why(error)), name


def _entries(folder: Path) -> list[str]:
    """The names in a folder that can lead to pages: no hidden folders, none that a browser saved beside a page."""
    names = sorted(os.listdir(folder))
    parts = (name.rpartition(".") for name in names)
    saved = {stem for stem, _, suffix in parts if suffix.lower() in _PAGES}
    beside = {stem + end for stem in saved for end in ("_files", ".files", "_tệp", "_tep")}
    return [n for n in names if n not in beside and not (n.startswith(".") and (folder / n).is_dir())]


def _read(path: Path, name: str, at: Callable[[int], None]) -> Iterator[Page | Skipped]:
    shown = _shown(name)
    suffix = path.suffix.lower().lstrip(".")
    if path.name.lower() in _LITTER or suffix in _ASSETS:
        return
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Skipped(shown, "not a regular file")
        elif reader := archives.reader(path.name):
            yield from reader(path, shown, at)
        elif status.st_size > LARGEST:
            yield Skipped(shown, f"larger than {LARGEST >> 20} MB")
        else:
            yield _page(path, shown, suffix, datetime.fromtimestamp(status.st_mtime, timezone.utc))
    except OSError as error:
        yield Skipped(shown, _why(error))


def _page(path: Path, shown: str, suffix: str, saved: datetime) -> Page | Skipped:
    content = path.read_bytes()
    if suffix == "txt":
        return Page(f"file:{shown}", content, "text", saved=saved)
    if suffix in _PAGES or (content[:_HEAD].lstrip(_BLANK).startswith(b"<") and _HTML.search(content[:_HEAD])):
        return Page(address_of(content) or f"file:{shown}", content, saved=saved)
    if not content:
        return Skipped(shown, "an empty file")
    kind = f"not a kind of file that holds pages: .{suffix}" if suffix else "nothing that begins like a page"
    return Skipped(shown, kind)


def address_of(content: bytes) -> str | None:
    """The address in the comment that a browser puts at the top of a page it saves."""
    found = _SAVED_FROM.search(content[:_HEAD])
    return found.group(1).decode("utf-8", "replace").replace("%2D%2D", "--") if found else None


def _shown(name: str) -> str:
    """A name fit for a message: file systems allow names that are not text."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "not there, or a link to nothing"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or type(error).__name__).lower()

