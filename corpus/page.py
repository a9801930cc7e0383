"""A page as it was saved, and what stands in for one that could not be read."""
from dataclasses import dataclass
from datetime import datetime

LARGEST = 32 << 20      # bytes of one page: six times the largest newspaper page met


@dataclass(frozen=True, slots=True)
class Page:
    """Not yet decoded or parsed."""
    url: str                            # where from; "file:" + path below the folder given where no address is known
    content: bytes | str                # bytes as served or saved; str where its giver had decoded it
    media: str = "html"                 # "html" | "text" (a dump of a page as plain text) | "record" (bare text)
    charset: str | None = None          # what a header said
    saved: datetime | None = None       # when it was saved, aware
    title: str | None = None            # what the giver of a record says of it; goes before what the page says
    source: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be read as a page, and why."""
    where: str                          # path below the folder given, with ":line" in a file of many pages
    reason: str
