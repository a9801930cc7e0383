"""A saved page becomes an article."""
from dataclasses import dataclass

from bs4 import BeautifulSoup

from corpus.encoding import decode
from corpus.evidence import Evidence
from corpus.page import Page
from corpus.text import clean


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


def read(page: Page) -> Article | NoArticle:
    """Total: an article, or what it is instead and why."""
    text = page.content if isinstance(page.content, str) else decode(page.content, page.charset)
    title, lines = (page.title, text.splitlines()) if page.media != "html" else _of_html(text)
    body = "\n".join(filter(None, map(clean, lines)))
    if not body and page.media != "record":
        return NoArticle(page.url, "empty", "no text on it", title)
    return Article(page.url, title and clean(title), body=body, source=page.source)


def _of_html(text: str) -> tuple[str | None, list[str]]:
    soup = BeautifulSoup(text, "lxml")
    title = soup.h1 or soup.title
    return title and title.get_text(), [p.get_text() for p in soup.find_all("p")]
