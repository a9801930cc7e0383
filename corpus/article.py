"""A saved page becomes an article."""
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from corpus.reading import dump, furniture, imprint, layout, markup, publication
from corpus.address import canonical, home, host, whole
from corpus.reading.byline import Signature, family, glued, nobody, over, signature
from corpus.reading.claims import claims
from corpus.dates import dateline, of_machine
from corpus.reading.encoding import decode
from corpus.evidence import Evidence
from corpus.reading.lines import Line, Markup
from corpus.page import Page
from corpus.text import characters, clean

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
    rest: Article | None = None         # what it tells all the same: the title, date and few lines with a video


def read(page: Page) -> Article | NoArticle:
    """Total: an article, or what it is instead and why."""
    source = page.content if isinstance(page.content, str) else decode(page.content, page.charset)
    if page.media == "record":
        return _record(page, source)
    try:
        found = dump.lines(source) if page.media == "text" else markup.parse(source)
    except markup.Unreadable as error:
        return NoArticle(page.url, "huge", str(error))
    return _Reading(page, found).result()


def _record(page: Page, text: str) -> Article:
    body = "\n".join(filter(None, map(clean, characters(text).splitlines())))
    title = clean(page.title or "") or None
    return Article(canonical(page.url), title, body=body, source=page.source, published=_given(page.published))


def _given(published: str | None) -> Evidence | None:
    """The date that the giver of a row tells."""
    value = published and of_machine(published)
    return Evidence(value, "given", quote=published) if value else None


class _Reading:
    """One page on its way to an article."""

    def __init__(self, page: Page, found: Markup):
        self.page, self.markup, self.lines = page, found, found.lines
        self.claims = claims(found.metas, found.links, found.data, found.title)
        self.layout = layout.arrange(found, self.claims.title or found.title)
        self.captions: list[str] = []
        self.away = 0               # lines of the text that lead to other stories
        self.signed = Signature()
        self.kept: list[Line] = []

    def result(self) -> Article | NoArticle:
        self._sort_text()
        article = self._article()
        kind = self._kind(article)
        if kind is None:
            return article
        return NoArticle(article.url, *kind, article.title, article if kind[0] == "video" else None)

    # the text

    def _sort_text(self) -> None:
        """Paragraphs, captions and the signature out of the lines of the text; what is repeated stays out."""
        seen = {_letters(self._title() or "")}
        so_far = 0
        for line in self._text():
            letters = _letters(line.text)
            if letters in seen and (len(letters) > 30 or not self.kept):
                continue
            seen.add(letters)
            if self._caption(line):
                self.captions.append(line.text)
            elif self._leads_away(line):
                self.away += 1
            elif self._at_an_end(so_far) and len(line.text) < 80 and dateline(line.text):
                continue
            elif self._sign(line, so_far):
                break
            else:
                so_far += layout.prose(line)
                self.kept.append(line)
        self._sign_glued()
        self._sign_below()
        while len(self.kept) > 1 and _stray(self.kept[-1]):
            self.kept.pop()

    def _text(self) -> list[Line]:
        """The lines of the text; from JSON-LD where the page builds it with a script."""
        if self.claims.body and self.layout.mass < min(_ENOUGH, len(self.claims.body) / 2):
            self.layout = replace(self.layout, title=None, mass=len(self.claims.body), text=(), tail=())
            return dump.lines(self.claims.body).lines
        return [self.lines[i] for i in self.layout.text]

    def _title(self) -> str | None:
        if self.layout.title is not None:
            return self.lines[self.layout.title].text
        return None

    def _caption(self, line: Line) -> bool:
        if len(line.text) > 350 or line.row:
            return False
        if furniture.named_caption(line.names) or (furniture.credits_picture(line.text) and len(line.text) < 200):
            return True
        unlike = line.italic or line.centred or 0 < line.size < 13 or not line.text.endswith((".", ":", "!", "?", "”"))
        return line.pictured and unlike and line.tag not in ("h2", "h3", "h4", "li") and len(line.text) < 220

    def _at_an_end(self, so_far: int) -> bool:
        """Where datelines and signatures stand."""
        return not so_far or so_far >= _NEARLY * self.layout.mass

    def _leads_away(self, line: Line) -> bool:
        return line.link and len(line.text) < 220 and not line.row

    def _sign(self, line: Line, so_far: int) -> bool:
        """A name that ends the text."""
        if so_far < _NEARLY * self.layout.mass or line.tag in ("h2", "h3", "h4"):
            return False
        who = signature(line.text)
        at_the_end = so_far >= 0.95 * self.layout.mass
        if who is None or not (who.attribution or at_the_end or self._set_as_name(line) or family(who.author)):
            return False
        self.signed = _joined(self.signed, who)
        return True

    def _set_as_name(self, line: Line) -> bool:
        return line.bold or line.italic or line.right or bool(_AUTHOR.search(line.names))

    def _sign_glued(self) -> None:
        if not self.kept or self.signed.author:
            return
        last = self.kept[-1]
        if found := glued(last.text):
            end, who = found
            self.kept[-1] = replace(last, text=last.text[:end])
            self.signed = _joined(self.signed, who)

    def _sign_below(self) -> None:
        """Names in the lines directly under the text, and those over it."""
        for i in self.layout.tail:
            line = self.lines[i]
            if furniture.heads_others(line.text) or line.tag in ("h1", "h2", "h3"):
                break
            if (who := signature(line.text)) and not line.link:
                self.signed = _joined(self.signed, who)
        for i in () if self.signed.author else self.layout.head:
            line = self.lines[i]
            if who := over(line.text, self.claims.author, named=bool(_AUTHOR.search(line.names))):
                self.signed = _joined(self.signed, who)
        claimed = self.claims.author
        if not self.signed.author and claimed and not nobody(claimed) and claimed != self.claims.publisher:
            self.signed = _joined(self.signed, signature(claimed) or Signature())

    # the whole

    def _article(self) -> Article:
        kept = list(self.kept)
        lead = kept.pop(0).text if self._has_lead() else None
        title = clean(self.page.title or "") or self._title() or (self._claimed_title() if kept else None)
        url = self._url()
        return Article(
            url, title, self._kicker(), lead, "\n".join(line.text for line in kept),
            tuple(self.captions), self.signed.author, self.signed.attribution, self._source(url, title),
            _given(self.page.published) or publication.published(self.markup, self.layout, self.claims, url))

    def _claimed_title(self) -> str | None:
        """What the head says, without the name of the site."""
        title, site = self.claims.title, self.claims.publisher
        return re.sub(rf"\s[-–—|•·»]\s{re.escape(site)}$", "", title) if title and site else title

    def _url(self) -> str:
        said = self.claims.url
        if said and whole(self.page.url):
            said = urljoin(self.page.url, said)
        return canonical(said if whole(said) and not home(said) else self.page.url)

    def _has_lead(self) -> bool:
        """The first paragraph, where it is set apart from the others."""
        if len(self.kept) < 2:
            return False
        first, second = self.kept[:2]
        if len(first.text) > 800 or first.row:
            return False
        summary = _letters(self.claims.summary or "")[:60]
        return bool(_LEAD.search(first.names)) or (first.bold and not second.bold) or first.tag in ("h2", "h3") \
            or (len(summary) > 40 and _letters(first.text).startswith(summary))

    def _kicker(self) -> str | None:
        for i in reversed(self.layout.above[-2:]):
            line = self.lines[i]
            said = line.text.endswith(":") or _KICKER.search(line.names)
            if said and i >= self.layout.scope and 8 <= len(line.text) <= 150 and not line.link:
                return line.text
        return None

    def _source(self, url: str, title: str | None) -> str | None:
        text = "\n".join(line.text for line in self.kept[:2])
        foot = (line.text for line in self.lines[-_FOOT:] if furniture.imprint(line.text))
        given = self.page.source or self.claims.publisher
        return given or imprint.of_title(self.markup.title, title) or imprint.of_text(text) or imprint.of_foot(foot) \
            or imprint.of_top(self._site_lines()) or host(url)

    def _site_lines(self) -> list[str]:
        """The few lines that stand over the article and are no menu."""
        if self.page.media != "html":
            return []
        over = self.lines[:min(self.layout.scope, _TOP)]
        return [line.text for line in over if line.anchors < 2]

    def _top_lines(self) -> list[str]:
        return [line.text for line in self.lines[:2 * _TOP]]

    # what is no article

    def _says_error(self, article: Article) -> bool:
        mass = self.layout.mass
        if mass < _LONG and _error((article.title, self.markup.title)):
            return True
        return mass < _ENOUGH and not article.published and _error(self._top_lines())

    def _kind(self, article: Article) -> tuple[str, str] | None:
        mass = self.layout.mass
        if self._says_error(article):
            return "error", f"an error page: {article.title or self.markup.title or 'untitled'}"[:120]
        if not self.lines and not self.kept:
            return "empty", "no text on it"
        if sum(map(str.isalpha, article.body)) < _LITTLE / 2 and not self.markup.players and self.layout.teasers < 5:
            return "empty", "no paragraph of text"
        if self.away >= max(3, 0.6 * len(self.kept)) and not article.byline:
            return "list", f"{self.away} links to stories between the paragraphs"
        if mass >= _ENOUGH:
            return None
        if self.markup.players:
            return "video", "a video or a sound with a line or two"
        own = mass >= _LITTLE and (article.published or article.byline)
        if (self.layout.teasers >= 5 and not own) or self.claims.kinds & _COLLECTIONS:
            return "list", f"{self.layout.teasers} links to stories and no text of its own"
        return None if mass >= _LITTLE else ("empty", "no paragraph of text")


def _error(texts: Iterable[str | None]) -> bool:
    return any(text and len(text) < 200 and _ERROR.search(text) for text in texts)


def _stray(line: Line) -> bool:
    """Under the last sentence of a text, a few words that are none: the title of a widget, a name of the site."""
    return len(line.text) < 80 and not line.row and line.tag != "li" and not line.text.endswith(_SENTENCE_ENDS)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _joined(one: Signature, other: Signature) -> Signature:
    return Signature(one.author or other.author, one.attribution or other.attribution)


_TOP = 4            # lines at the top of a page that may name the site
_FOOT = 12          # lines at the end of a page
_NEARLY = 0.6       # of a text: what looks like a signature before is none
_ENOUGH = 400       # characters of prose: more is an article whatever else stands on the page
_LONG = 1500        # more is no error page, whatever its title
_LITTLE = 80        # less is none
_SENTENCE_ENDS = (".", "!", "?", "…", "”", "\"", ":", ";", ")", "’", "»", ",")
_COLLECTIONS = {"collectionpage", "itemlist", "searchresultspage"}
_AUTHOR = re.compile(r"author|tacgia|tac-gia|byline|writer|(?<![a-z])by(?![a-z])|(?<![a-z])pen(?![a-z])|nguoiviet|"
                     r"reporter|(?<![a-z])tg(?![a-z])|signature", re.I)
_LEAD = re.compile(r"sapo|lead|desc|summary|intro|tomtat|tom-tat|chapeau|abstract|excerpt|trichdan|headnote|"
                   r"standfirst", re.I)
_KICKER = re.compile(r"kicker|suptitle|supertitle|overline|eyebrow|tieudephu|pretitle|subtitle|sup-title", re.I)
_ERROR = re.compile(
    r"^\W*(?:lỗi\s)?(?:40[0-9]|50[0-4])\b|^\W*(?:đăng nhập|log ?in|sign in)\b|\b(?:page )?not found\b|"
    r"không tìm thấy (?:trang|nội dung|bài viết|đường dẫn|dữ liệu|liên kết|yêu cầu)|"
    r"(?:trang|nội dung|bài viết|đường dẫn|liên kết|tin)\b.{0,40}(?:không tồn tại|không tìm thấy|không còn|"
    r"đã bị (?:xóa|xoá|gỡ))|đang (?:được )?(?:bảo trì|nâng cấp)|"
    r"tạm (?:ngừng|dừng) (?:phục vụ|hoạt động)|access denied|forbidden|service unavailable|bad gateway|gateway time|"
    r"server error|runtime error|"
    r"(?:đã xảy ra|có) lỗi|truy cập bị (?:từ chối|chặn)|tạm thời không|không thể (?:kết nối|truy cập|hiển thị)|"
    r"object moved|moved permanently|database error|mysql_|"
    r"unhandled exception|^index of /|just a moment|attention required|xác (?:minh|nhận) bạn (?:là|không phải)|"
    r"checking your browser", re.I)
