"""Folders and files become a stream of saved pages."""
import os
import re
import stat
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path

from corpus.reading import archives
from corpus.page import LARGEST, Page, Skipped

__all__ = ["Page", "Skipped", "pages"]

_HEAD = 4096
_BLANK = b"\xef\xbb\xbf \t\r\n"
_HTML = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.I)
_SAVED_FROM = re.compile(rb"<!--\s{0,9}saved from url=\(\d{1,5}\)(https?://[^\s>]{1,2000})", re.I)
_ASSETS = frozenset("""
    css js mjs map json json5 webmanifest png jpg jpeg jpe jfif gif webp avif bmp ico svg tif tiff woff woff2 ttf
    otf eot  mp3 mp4 m4a m4v webm ogg ogv wav avi mov flv swf m3u8 ts download cur less scss vtt srt""".split())
_LITTER = frozenset((".ds_store", "thumbs.db", "desktop.ini", ".gitignore", ".gitkeep", ".nojekyll"))
_PAGES = ("html", "htm", "xhtml", "shtml")


def pages(paths: Iterable[str | Path]) -> Iterator[Page | Skipped]:
    """Every page below the paths, in a stable order; what cannot be read comes as Skipped, in its place."""
    for path in map(Path, paths):
        for file, name in _files(path):
            yield from [file] if isinstance(file, Skipped) else _read(file, name)


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


def _read(path: Path, name: str) -> Iterator[Page | Skipped]:
    shown = _shown(name)
    suffix = path.suffix.lower().lstrip(".")
    if path.name.lower() in _LITTER or suffix in _ASSETS:
        return
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Skipped(shown, "not a regular file")
        elif reader := archives.reader(path.name):
            yield from reader(path, shown)
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

