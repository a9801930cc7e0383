"""Among the lines of a page, the one that is its title."""
import re

from corpus import furniture
from corpus.byline import signature
from corpus.dates import dateline
from corpus.markup import Box, Line

_LONGEST = 300
_NAMED = re.compile(r"title|headline|tieude|tieu[-_]de|tit(?![a-z])|tenbai|heading|name(?![a-z])|subject", re.I)
_SITE = re.compile(r"\s+(?:[-–—|•·»:]|::)\s+|\s*[|•»]\s*|\s*::\s*")
_HEADINGS = {"h1": 50, "h2": 20, "h3": 14, "h4": 8}


def heading(lines: list[Line], out: bytearray, core: Box, first: int, wanted: str | None) -> int | None:
    """`first` is the first line of running text; `wanted` what the head of the page calls it."""
    candidates = {i: _score(lines, i, first, core, wanted) for i in range(0, min(first + 1, len(lines))) if _possible(lines[i], out[i])}
    best = max(candidates, key=lambda i: (candidates[i], i), default=None)
    return best if best is not None and candidates[best] > 0 else None


def _possible(line: Line, out: int) -> bool:
    text = line.text
    if not 6 <= len(text) <= _LONGEST or dateline(text) or (out and line.tag not in _HEADINGS):
        return False
    return not (furniture.tool(text) or furniture.imprint(text) or furniture.heads_others(text) or breadcrumb(text))


def _score(lines: list[Line], i: int, first: int, core: Box, wanted: str | None) -> float:
    """Points for saying what the head says, for being set as a heading, for standing right over the text."""
    line = lines[i]
    likeness = alike(line.text, wanted) if wanted else 0
    own = i >= core.first or line.tag in _HEADINGS      # the site's own name at the top may be what the head says
    own = own and not _over_menu(lines, i, first) and (line.tag in _HEADINGS or not _over_heading(lines, i, first))
    score = (60 if own else 15) * likeness + _HEADINGS.get(line.tag, 0) + (14 if _NAMED.search(line.names) else 0)
    score += min(max(line.size - 15, 0), 12) + 6 * line.bold + 8 * (i >= core.first)
    score -= 35 * line.link + 3 * min(first - i, 15)
    score += max((10 - 4 * n for n, other in enumerate(lines[i + 1:i + 3]) if dateline(other.text)), default=0)
    if i == first:      # running text, unless it is set as a heading
        score -= 60
    if len(line.text.split()) < 4 and likeness < 0.9:
        score -= 12
    if signature(line.text) or line.text.endswith((".", ":", ",")):
        score -= 15
    return score


def _over_menu(lines: list[Line], i: int, first: int) -> bool:
    return any(line.link and (line.anchors > 4 or breadcrumb(line.text)) and not furniture.tool(line.text) for line in lines[i + 1:first])


def _over_heading(lines: list[Line], i: int, first: int) -> bool:
    return any(line.tag in _HEADINGS and not line.link and len(line.text) > 20 for line in lines[i + 1:first])


def alike(text: str, wanted: str) -> float:
    """From 0 to 1: how much of the words of both are the same, as sets; 1 where one ends with a site's name."""
    a, b = _words(text), _words(wanted)
    if not a or not b:
        return 0
    if a == b:
        return 1
    common = len(a & b)
    share = common / len(a | b)
    return max(share, 0.5 + 0.4 * common / len(b)) if len(a) >= 3 and a < b else share if share > 0.5 else 0


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def breadcrumb(text: str) -> bool:
    """Trang chủ » Kinh tế; Kinh tế / Doanh nghiệp - HTX."""
    return len(text) < 120 and bool(re.match(r"^\W*(?:trang chủ|trang nhất|home)\b", text, re.I) or re.search(r"\s[»›>/]\s", text))


def parts(title: str) -> list[str]:
    """A <title> cut where sites put their names."""
    return [part for part in _SITE.split(title) if part]
