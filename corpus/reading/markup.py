"""The source of a page becomes lines of text that know their boxes, and what its head says."""
import re
from collections.abc import Callable, Iterator, Mapping

from bs4 import BeautifulSoup
from bs4.builder import builder_registry

from corpus.reading import legacy
from corpus.reading.lines import Box, Line, Markup
from corpus.reading.scripts import tags_of, without_scripts
from corpus.reading.tables import frame, join_cells
from corpus.text import clean

LARGEST = 4_000_000     # characters of markup without scripts; the longest articles met have a twentieth
MOST_TAGS = 60_000      # some 2 s of parsing; a dense page of 60 KB has 2,000
DEEPEST = 2_000         # nested elements; unclosed <font> of 2003 reach some hundreds


class Unreadable(ValueError):
    """Markup beyond the bounds above: a trap or a dump, not a page for readers."""


def parse(source: str) -> Markup:
    """Raises Unreadable."""
    markup = Markup()
    whole = source.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")      # without lone surrogates
    lean = "".join(without_scripts(whole if "<" in whole else f"<p>{whole}", markup.data))
    if len(lean) > LARGEST:
        raise Unreadable(f"more than {LARGEST:,} characters of markup")
    if (tags := tags_of(lean)) > MOST_TAGS:
        raise Unreadable(f"{tags:,} tags, more than {MOST_TAGS:,}")
    reader = _Reader(markup, legacy.reading(lean))
    BeautifulSoup(lean, builder=_Builder(reader))
    reader.finish()
    return markup


class _Builder(builder_registry.lookup("lxml-html")):
    """Tells a reader what comes and builds no tree, which would take most of the time."""

    def __init__(self, reader: "_Reader"):
        super().__init__()
        self.data, self.end = reader.data, reader.end
        self.start = lambda tag, attrib, nsmap={}: reader.start(tag, attrib)
        self.comment = self.pi = self.doctype = lambda *_: reader.told()


_WANTED = frozenset("""
    class id itemprop role style align size hidden aria-hidden href rel content name property http-equiv datetime
    src data width lang""".split())


_INLINE = frozenset("""
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q ruby s samp
    small span strike  strong sub sup st1:place st1:city tt time u var wbr""".split())
_UNSEEN = frozenset("""
    script style noscript template svg math rp rt select option datalist textarea button input object embed iframe canvas
    map area head  audio video source track frameset param colgroup col meta link base title""".split())
_HEADINGS = ("h1", "h2", "h3")
_BOXLESS = frozenset(("amp-img", "picture", "hr", "head"))
_PLAYER = re.compile(r"youtu\.?be|vimeo|player|video|embed|\.mp4|\.flv|\.m3u8|tiktok|audio|dailymotion", re.I)
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)
_SIZE = re.compile(r"font-size\s{0,9}:\s{0,9}(\d{1,3}(?:\.\d{1,4})?)\s{0,9}(px|pt|em|rem|%)", re.I)
_ALIGN = re.compile(r"text-align\s{0,9}:\s{0,9}(right|end|center)", re.I)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_FONT = {"1": 10, "2": 13, "3": 16, "4": 18, "5": 24, "6": 32, "7": 48, "+1": 18, "+2": 24, "+3": 32, "+4": 48}


class _Reader:
    """Is told of elements and texts as they come, and gathers text until a box or a break ends the line."""

    def __init__(self, markup: Markup, spelled: Callable[[str], str] | None):
        self.markup = markup
        self.clean = (lambda text: clean(spelled(text))) if spelled else clean
        self.lines, self.boxes = markup.lines, markup.boxes
        self.box = -1
        self.pictured = False
        self.depth = 0
        self.link = self.bold = self.italic = self.pre = 0
        self.size: list[int] = []
        self.align: list[str] = []
        self.spans: list[list] = []     # [names, from, to] of the inline elements in this line; to is -1 while open
        self.open: list[list] = []
        self.closed = False             # the last thing seen was the end of a named inline element
        self.stack: list[str] = []      # names of the open elements
        self.skipped = 0                 # how many of them there were when one began that is not for readers
        self.coming: list[str] = []
        self._begin()
        self._open_box("body", {})

    def _begin(self) -> None:
        self.parts: list[str] = []
        self.length = self.links = self.bolds = self.italics = self.sized = self.anchors = 0
        self.moment: str | None = None

    # what comes

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.told()
        self.stack.append(name)
        if self.skipped:
            return
        attrs = {key: attributes[key] for key in attributes.keys() & _WANTED} if attributes else {}
        if not self._enter(name, attrs):
            self.skipped = len(self.stack)
        elif len(self.stack) > DEEPEST:
            raise Unreadable(f"elements nested more than {DEEPEST:,} deep")

    def end(self, name: str) -> None:
        """Of an element, and of those in it that were left open."""
        self.told()
        if name in self.stack:
            while self._leave(self.stack.pop()) != name:
                pass

    def data(self, text: str) -> None:
        self.coming.append(text)

    def told(self) -> None:
        """The text before what comes now is whole."""
        if self.coming:
            text, self.coming = "".join(self.coming), []
            if not self.skipped:
                self._text(text)
            elif self.stack[-1] == "title" and self.stack[self.skipped - 1] == "title":
                self.markup.title = self.markup.title or self.clean(text) or None

    def finish(self) -> None:
        self.told()
        while self.stack:
            self._leave(self.stack.pop())
        self._flush()
        self._close_box()

    # elements

    def _enter(self, name: str, attrs: dict) -> bool:
        """Takes note of an element; false when nothing in it is for readers."""
        if name == "br":
            if self.boxes[self.box].tag in _HEADINGS:
                self.parts.append(" ")
            else:
                self._flush()
            return False
        if name in _UNSEEN or (attrs and self._hidden(attrs)):
            return self._unseen(name, attrs)
        if name in ("img", "amp-img", "picture"):
            self._picture(attrs)
            return name != "img"
        if name in _INLINE:
            self._open_span(name, attrs)
        elif name == "hr":
            self._flush()
        else:
            self._flush()
            self._open_box(name, attrs)
        return True

    def _leave(self, name: str) -> str:
        """Of the element that ended, its name again."""
        if self.skipped:
            if len(self.stack) < self.skipped:
                self.skipped = 0
        elif name in _INLINE:
            self._close_span(name)
        elif name not in _BOXLESS:
            self._flush()
            self._close_box()
        return name

    def _hidden(self, attrs: dict) -> bool:
        unseen = "hidden" in attrs or attrs.get("aria-hidden") == "true"
        return unseen or ("style" in attrs and bool(_HIDDEN.search(attrs["style"])))

    def _unseen(self, name: str, attrs: dict) -> bool:
        """What is not shown but says something: the head, players."""
        if name == "head":
            return True
        if name == "meta":
            said = self.clean(attrs.get("content") or "")
            for key in ("property", "name", "itemprop", "http-equiv"):
                if key in attrs:
                    self.markup.metas.setdefault(attrs[key].strip().lower(), said)
        elif name == "link":
            self.markup.links.setdefault(attrs.get("rel", "").lower(), attrs.get("href", ""))
        elif name in ("video", "audio") or (name in ("iframe", "object", "embed") and _PLAYER.search(str(attrs))):
            self.markup.players += 1
            self.pictured = True
        return False

    def _picture(self, attrs: dict) -> None:
        width = str(attrs.get("width", "")).rstrip("px")
        if not (width.isdigit() and int(width) < 50):       # an icon
            self.pictured = True
            for box in self._around():
                self.boxes[box].pictures += 1

    def _around(self) -> Iterator[int]:
        """The box and the few around it: a picture's frame is at most a small table."""
        box = self.box
        for _ in range(5):
            if box < 0:
                return
            yield box
            box = self.boxes[box].parent

    # inline elements

    def _open_span(self, name: str, attrs: dict) -> None:
        if name == "a":
            self.link += 1
            self.anchors += 1
        elif name in ("b", "strong"):
            self.bold += 1
        elif name in ("i", "em"):
            self.italic += 1
        elif name == "time":
            self.moment = self.moment or attrs.get("datetime")
        if "itemprop" in attrs:
            self.moment = self.moment or attrs.get("content") or attrs.get("datetime")
        span = [_names(attrs), self.length, -1]
        if self.closed and span[0] and self.parts:
            self.parts.append(" ")      # two named spans side by side: apart on the screen too
        self.spans.append(span)
        self.open.append(span)
        self.closed = False
        self.size.append(_size(attrs) or (self.size[-1] if self.size else 0))

    def _close_span(self, name: str) -> None:
        if name == "a":
            self.link -= 1
        elif name in ("b", "strong"):
            self.bold -= 1
        elif name in ("i", "em"):
            self.italic -= 1
        self.size.pop()
        span = self.open.pop()
        span[2] = self.length
        self.closed = bool(span[0])

    def _text(self, string: str) -> None:
        if self.pre and "\n" in string:
            for part in string.split("\n")[:-1]:
                self._text(part)
                self._flush()
            string = string[string.rfind("\n") + 1:]
        self.parts.append(string)
        if string.isspace():
            self.closed = False
            return
        self.closed = False
        length = len(string)
        self.length += length
        self.links += length if self.link else 0
        self.bolds += length if self.bold else 0
        self.italics += length if self.italic else 0
        if self.size and self.size[-1]:
            self.sized = self.size[-1]

    # boxes and lines

    def _open_box(self, name: str, attrs: dict) -> None:
        if name == "html":
            self.markup.language = attrs.get("lang") or attrs.get("xml:lang")
        parent = self.boxes[self.box] if self.box >= 0 else None
        self.boxes.append(Box(self.box, name, _names(attrs), len(self.lines), parent.depth + 1 if parent else 0))
        self.box = len(self.boxes) - 1
        self.align.append(_align(attrs) or (self.align[-1] if self.align else ""))
        self.size.append(_size(attrs) or (self.size[-1] if self.size else 0))
        self.pre += name == "pre"
        if name == "tr":
            for box in self._around():
                if self.boxes[box].tag == "table":
                    self.boxes[box].rows += 1
                    break
        if "itemprop" in attrs:
            self.moment = attrs.get("content") or attrs.get("datetime")

    def _close_box(self) -> None:
        index, box = self.box, self.boxes[self.box]
        box.last = len(self.lines)
        self.pre -= box.tag == "pre"
        self.align.pop()
        self.size.pop()
        self.box = box.parent
        if box.tag == "tr":
            join_cells(self.lines, self.boxes, index)
        elif box.tag in ("table", "figure"):
            frame(self.lines, box)

    def _flush(self) -> None:
        """Ends the line."""
        self.closed = False
        if self.length and (text := self.clean("".join(self.parts))):
            self._add(text)
        self._begin()
        for span in self.open:
            span[1] = 0
        self.spans = list(self.open)

    def _add(self, text: str) -> None:
        full = 0.9 * self.length
        box = self.boxes[self.box]
        ends = ((name, (self.length if end < 0 else end) - start) for name, start, end in self.spans)
        names = " ".join(filter(None, (box.names, *(name for name, length in ends if length >= 0.8 * self.length))))
        align = self.align[-1]
        self.lines.append(Line(
            text, self.box, box.tag, names, linked=round(len(text) * self.links / self.length), anchors=self.anchors,
            bold=self.bolds >= full, italic=self.italics >= full, right=align in ("right", "end"),
            centred=align in ("center", "middle"), size=self.sized or (self.size[-1] if self.size else 0),
            pictured=self.pictured, moment=self.moment))
        self.pictured = False


def _names(attrs: dict) -> str:
    if not attrs:
        return ""
    return " ".join(attrs[key] for key in ("class", "id", "itemprop", "role") if key in attrs)


def _size(attrs: dict | None) -> int:
    if not attrs:
        return 0
    if "style" in attrs and (found := _SIZE.search(attrs["style"])):
        return round(float(found.group(1)) * _PIXELS[found.group(2).lower()])
    return _FONT.get(attrs.get("size", ""), 0) if "size" in attrs else 0


def _align(attrs: dict) -> str:
    if "style" in attrs and (found := _ALIGN.search(attrs["style"])):
        return found.group(1).lower()
    return attrs.get("align", "").lower()
