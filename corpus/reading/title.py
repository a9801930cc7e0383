"""Among the lines of a page, the one that is its title."""
import re
from dataclasses import dataclass

from corpus.reading import furniture
from corpus.reading.byline import signature
from corpus.dates import dateline
from corpus.reading.lines import Box, Line

_LONGEST = 300
_CLOSE = 8      # lines between a title and its text: date, author, tools
_NAMED = re.compile(r"title|headline|tieude|tieu[-_]de|tit(?![a-z])|tenbai|heading|name(?![a-z])|subject", re.I)
_HEADINGS = {"h1": 50, "h2": 20, "h3": 14, "h4": 8}


@dataclass(frozen=True, slots=True)
class _Top:
    """What lies over the text, and how far down."""
    lines: list[Line]
    first: int              # the first line of running text
    core: int               # the first line of the box around the text
    menu: int               # the last line of a menu or a breadcrumb
    heading: int            # the last line set as a heading
    wanted: set[str]        # the words of what the head of the page calls it
    sites: list[set[str]]   # of the parts of that which may be the site's name


def heading(lines: list[Line], out: bytearray, core: Box, first: int, wanted: str | None) -> int | None:
    """`first` is the first line of running text; `wanted` what the head of the page calls it."""
    over = range(0, min(first + 1, len(lines)))
    last = max((i for i in over[:first] if _set_as_heading(lines[i])), default=-1)
    top = _Top(lines, first, core.first, _last_menu(lines[:first]), last, _words(wanted or ""), _sites(wanted or ""))
    scores = {i: _score(top, i) for i in over if _possible(lines[i], out[i])}
    best = max(scores, key=lambda i: (scores[i], i), default=None)
    return best if best is not None and scores[best] > 0 else None


def _possible(line: Line, out: int) -> bool:
    text = line.text
    if not 6 <= len(text) <= _LONGEST or (out and line.tag not in _HEADINGS) or dateline(text):
        return False
    return not (furniture.tool(text) or furniture.imprint(text) or furniture.heads_others(text) or breadcrumb(text))


def _score(top: _Top, i: int) -> float:
    """Points for saying what the head says, for being set as a heading, for standing right over the text."""
    line = top.lines[i]
    words = _words(line.text)
    likeness = _alike(words, top.wanted) if words not in top.sites else 0
    score = -40 if words in top.sites else 0
    score += (60 if _own(top, i) else 15 if likeness < 0.9 else -20) * likeness
    score += _HEADINGS.get(line.tag, 0) + (14 if _NAMED.search(line.names) else 0)
    score += min(max(line.size - 15, 0), 12) + 6 * line.bold + 8 * (i >= top.core)
    score -= 35 * line.link + 3 * min(top.first - i, 15)
    score += (0, 6, 10)[_dated(top, i)]
    if i == top.first:      # running text, unless it is set as a heading
        score -= 60
    if len(line.text.split()) < 4 and likeness < 0.9:
        score -= 12
    return score - 15 * bool(signature(line.text) or line.text.endswith((".", ":", ",")))


def _own(top: _Top, i: int) -> bool:
    """Not the site's own name at the top, which may be what the head says."""
    if top.lines[i].tag in _HEADINGS:
        return top.menu <= i and (top.heading <= i or _dated(top, i) >= _dated(top, top.heading))
    return top.menu <= i and top.heading <= i and (i >= top.core or top.first - i <= _CLOSE)


def _dated(top: _Top, i: int) -> int:
    """How close under the line a date stands: 2, 1, or 0 for none."""
    return max((2 - n for n, line in enumerate(top.lines[i + 1:i + 3]) if dateline(line.text)), default=0)


def _last_menu(lines: list[Line]) -> int:
    """The last line of links to sections, or the first of the last four that are a link each."""
    links = [i for i, line in enumerate(lines) if line.anchors and not furniture.tool(line.text)]
    single = [i for i in links if lines[i].link]
    menus = [i for i in links if breadcrumb(lines[i].text) or (lines[i].link and lines[i].anchors > 4)]
    return max(menus[-1:] + single[-4:-3], default=-1)


def _set_as_heading(line: Line) -> bool:
    return line.tag in _HEADINGS and not line.link and len(line.text) > 20


def _sites(wanted: str) -> list[set[str]]:
    """The parts of "Title - Site" that are named like a site; without such, all but the longest."""
    parts = [part for part in _BETWEEN.split(wanted) if part]
    named = [part for part in parts if _SITE.search(part)]
    return [_words(part) for part in named or parts if named or part != max(parts, key=len)]


_BETWEEN = re.compile(r"\s+[-–—|•·»]\s+|\s*[|•»]\s*")
_SITE = re.compile(r"^(?:(?i:cổng thông tin|trang tin|trang thông tin|tạp chí|thời báo)\b|(?:Báo|Đài|BÁO|"
                   r"ĐÀI)(?: [A-ZĐÀ-Ỹ]\w*){1,4}$)|(?i:\b(?:online|portal|điện tử|tv)$)")


def _alike(text: set[str], wanted: set[str]) -> float:
    """From 0 to 1: how many of the words of both they share; more where the other adds a site's name."""
    if not text or not wanted:
        return 0
    common = len(text & wanted)
    share = common / len(text | wanted)
    if len(text) >= 3 and text < wanted:
        return max(share, 0.5 + 0.4 * common / len(wanted))
    return share if share > 0.5 else 0


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def breadcrumb(text: str) -> bool:
    """Trang chủ » Kinh tế; Kinh tế / Doanh nghiệp - HTX."""
    return len(text) < 120 and bool(_FROM_HOME.match(text) or re.search(r"\s[»›>/]\s", text))


_FROM_HOME = re.compile(r"^\W*(?:trang chủ|trang nhất|home)\b", re.I)
