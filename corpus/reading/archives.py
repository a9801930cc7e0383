"""Files of many pages (JSON lines, WARC, MHTML) become pages, one at a time."""
import email
import email.policy
import gzip
import hashlib
import json
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime, timezone
from pathlib import Path
from typing import BinaryIO

from corpus.page import LARGEST, Page, Skipped

Report = Callable[[int], None]      # told how far into the file the reading has come, in bytes
Reader = Callable[[Path, str, Report], Iterator[Page | Skipped]]

_BROKEN = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)


def reader(name: str) -> Reader | None:
    """Who reads a file of this name; None where the file is one page or none."""
    name = name.lower()
    return next((read for ends, read in _READERS if name.endswith(ends)), None)


def _json_lines(path: Path, name: str, at: Report) -> Iterator[Page | Skipped]:
    unpack = {"gz": gzip.open, "xz": lzma.open}.get(path.suffix.lower().lstrip("."), nullcontext)
    number = 0
    with open(path, "rb") as packed, unpack(packed) as file:
        try:
            for number, line in enumerate(_lines(file), 1):
                at(packed.tell())
                if line is None:
                    yield Skipped(f"{name}:{number}", f"a line of more than {LARGEST >> 20} MB")
                elif not line.isspace():
                    yield _row(line, name, number)
        except _BROKEN as error:
            yield Skipped(f"{name}:{number + 1}", f"the file is cut off or damaged here: {error}".rstrip(": "))


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Lines of bounded length; None for a longer one. What a compressed file unpacks to is never held as a whole."""
    while line := file.readline(LARGEST):
        if len(line) < LARGEST or line.endswith(b"\n"):
            yield line
            continue
        while (rest := file.readline(LARGEST)) and not rest.endswith(b"\n"):
            pass
        yield None


def _row(line: bytes, name: str, number: int) -> Page | Skipped:
    where = f"{name}:{number}"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Skipped(where, f"not JSON: {str(error)[:80]}")
    if not isinstance(row, dict):
        return Skipped(where, "not a JSON object")
    media, content = ("html", row["html"]) if _said(row, "html") else ("record", row.get("text"))
    if not isinstance(content, str):
        return Skipped(where, "neither text nor html in it")
    return Page(_address(row, name, content), content, media, title=_said(row, "title"), source=_said(row, "source"),
                published=_said(row, "published") or _said(row, "date"))


def _said(row: dict, field: str) -> str | None:
    value = row.get(field)
    return value if isinstance(value, str) and value.strip() else None


def _address(row: dict, name: str, content: str) -> str:
    """The row's own address; else its id in this file; else a digest of the text, so that it stays the same."""
    if url := _said(row, "url"):
        return url.strip()
    if (given := row.get("id")) not in (None, ""):
        return f"file:{name}#{given}"
    return "sha:" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _web_archive(path: Path, name: str, at: Report) -> Iterator[Page | Skipped]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    with open(path, "rb") as file:
        try:
            for number, record in enumerate(ArchiveIterator(file), 1):
                found = _response(record, f"{name}:{number}")
                at(file.tell())
                if found is not None:
                    yield found
        except (ArchiveLoadFailed, UnicodeError, ValueError, *_BROKEN) as error:
            yield Skipped(f"{name}:{number + 1}", f"the archive is cut off or damaged here: {error}".rstrip(": "))
            return
    if not number:
        yield Skipped(name, "no record in this archive")


def _response(record, where: str) -> Page | Skipped | None:
    """The page in a record of a web archive; None for pictures, requests and the like, which are no pages."""
    if record.rec_type not in ("response", "resource"):
        return None
    media, charset = _content_type(record)
    if media not in _MEDIA:
        return None
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return Skipped(where, f"answered {status}")
    content = record.content_stream().read(LARGEST + 1)
    if len(content) > LARGEST:
        return Skipped(where, f"larger than {LARGEST >> 20} MB")
    if getattr(record.raw_stream, "limit", 0) > 0:      # the record announced more than the file has
        return Skipped(where, "cut off in the middle")
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return Page(url.strip("<>"), content, _MEDIA[media], charset, _moment(record.rec_headers.get_header("WARC-Date")))


_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


def _content_type(record) -> tuple[str, str | None]:
    headers = record.http_headers or record.rec_headers
    message = email.message.Message()
    message["Content-Type"] = headers.get_header("Content-Type") or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def _moment(said: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((said or "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _web_message(path: Path, name: str, at: Report) -> Iterator[Page | Skipped]:
    """A page saved as one file, MHTML: the first part that is HTML."""
    if path.stat().st_size > LARGEST:
        yield Skipped(name, f"larger than {LARGEST >> 20} MB")
        return
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    part = next((part for part in message.walk() if _MEDIA.get(part.get_content_type()) == "html"), None)
    content = part.get_payload(decode=True) if part is not None else None
    if not content:
        yield Skipped(name, "no page in this message")
        return
    url = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
    url = str(url).strip() if str(url).startswith(("http://", "https://")) else f"file:{name}"
    saved = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    yield Page(url, content, charset=part.get_content_charset(), saved=saved)


_READERS = (((".jsonl", ".jsonl.gz", ".jsonl.xz", ".ndjson"), _json_lines), ((".warc", ".warc.gz"), _web_archive),
            ((".mhtml", ".mht"), _web_message))
