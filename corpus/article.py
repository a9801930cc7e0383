"""A saved page becomes an article."""
from dataclasses import dataclass

from corpus.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader would call the text of a page. Every text is NFC, without NBSP, ZWSP and soft hyphens."""
    url: str                            # canonical where the page tells it; "file:…" or "sha:…" without an address
    title: str | None = None
    kicker: str | None = None           # the short line above the title
    lead: str | None = None             # the summary above the body, not repeated in it
    body: str = ""                      # paragraphs divided by "\n"; table rows and list items are paragraphs
    captions: tuple[str, ...] = ()      # of pictures; not searched, not evidence
    byline: str | None = None           # who wrote it
    attribution: str | None = None      # "Theo X": whom it was taken from
    source: str | None = None           # the publisher, as the page names it
    published: Evidence | None = None   # value: an ISO date in UTC+7

    @property
    def text(self) -> str:
        """What evidence points into: title, kicker, lead and body, one line each."""
        return "\n".join(filter(None, (self.title, self.kicker, self.lead, self.body)))


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A page that is not an article, and why: counted and named, never indexed."""
    url: str
    kind: str                           # "list", "video", "error", "empty", …
    reason: str                         # for the reader of a log, in English
    title: str | None = None
