"""The takedown list: addresses that no page, export or suggestion shows. Kept beside the generations, so rebuilds leave it."""
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from corpus.document import id_of

FILE = "withheld.jsonl"


@dataclass(frozen=True, slots=True)
class Withheld:
    id: str             # of the document
    url: str            # as given
    reason: str
    since: str          # ISO 8601 in UTC


def withheld(root: Path) -> dict[str, Withheld]:
    """Id → entry. An unreadable line raises ValueError: a takedown must never be lost quietly."""
    try:
        lines = (root / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    try:
        entries = [Withheld(**json.loads(line)) for line in lines if line.strip()]
    except (ValueError, TypeError) as error:
        raise ValueError(f"{(root / FILE).absolute()} cannot be read ({error}); mend or restore it") from None
    return {entry.id: entry for entry in entries}


def withhold(root: Path, url: str, reason: str) -> Withheld:
    entry = Withheld(id_of(url), url, reason, datetime.now(timezone.utc).isoformat(timespec="seconds"))
    _write(root, {**withheld(root), entry.id: entry})
    return entry


def release(root: Path, url: str) -> Withheld | None:
    """Takes an address off the list; None where it was not on it."""
    entries = withheld(root)
    entry = entries.pop(id_of(url), None)
    if entry:
        _write(root, entries)
    return entry


def _write(root: Path, entries: dict[str, Withheld]) -> None:
    content = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries.values())
    new = root / (FILE + ".new")
    with open(new, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, root / FILE)
