"""The claims of a page, the dates on it and its address become the day it was published; never its clock."""
import re
from collections.abc import Iterator
from datetime import date, timedelta

from corpus.address import whole
from corpus.reading.claims import Claims
from corpus.dates import Mention, ago, dateline, mentions, of_address, of_machine
from corpus.evidence import Evidence
from corpus.reading.layout import Layout
from corpus.reading.lines import Line, Markup

_UPDATED = re.compile(r"cập nhật|updated|sửa", re.I)
_LABELLED = re.compile(r"\W*(?:cập nhật|ngày (?:đăng|cập nhật|xuất bản)|đăng (?:lúc|ngày)|posted|published)", re.I)
_NAMED = re.compile(r"date|time(?!r)|ngay|posted|thoigian|publish", re.I)
_CLOCK = re.compile(r"clock|today|current|now|homnay|hientai|server|dongho", re.I)
_TOP = 15               # lines at the top of a page among which its clock stands
_DAY = re.compile(r"(?<![\d/.,])(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/-])")
_NEAR = 10              # days that an event may lie before the report of it


def published(markup: Markup, layout: Layout, claims: Claims, url: str) -> Evidence | None:
    claimed = _claimed(claims)
    under = next((found for i in layout.head for found in _of_line(markup.lines[i])), None)
    if claimed and under:       # a new edition or a move to another system makes a date later; nothing makes it earlier
        return under if under.value < claimed.value and not _UPDATED.search(under.quote) else claimed
    return claimed or under or next(_elsewhere(markup, layout), None) or _relative(markup, layout) or _addressed(url)


def _claimed(claims: Claims) -> Evidence | None:
    if claims.published is None:
        return None
    said, basis = claims.published
    value = of_machine(said)
    return Evidence(value, basis, quote=said[:80]) if value else None


def _elsewhere(markup: Markup, layout: Layout) -> Iterator[Evidence]:
    """Datelines that do not stand between title and text, the best first: over the title, under the text."""
    lines = markup.lines
    for i in reversed(layout.above):
        if (layout.apart and i >= layout.scope) or _said_to_be(lines[i]):
            yield from _of_line(lines[i])
    for i in (*layout.text[-3:], *layout.tail):
        yield from _of_line(lines[i])
    for i in reversed(layout.above):
        yield from (found for found in _of_line(lines[i]) if _borne_out(found.value, lines, layout))


def _of_line(line: Line) -> Iterator[Evidence]:
    if line.moment and (value := of_machine(line.moment)):
        yield Evidence(value, "time", quote=line.moment[:80])
    elif found := dateline(line.text):
        yield _evidence(found, line.text)


def _evidence(found: Mention, text: str) -> Evidence:
    return Evidence(found.value, "dateline", quote=text if len(text) <= 80 else text[found.start:found.end])


def _said_to_be(line: Line) -> bool:
    """A date over the title that its label or its class calls the date of the article."""
    return bool(_LABELLED.match(line.text) or (_NAMED.search(line.names) and not _CLOCK.search(line.names)))


def _borne_out(value: str, lines: list[Line], layout: Layout) -> bool:
    """Whether the text tells of a day shortly before: a date at the top alone may be the clock of the page."""
    day = date.fromisoformat(value)
    days = {(day - timedelta(days=n)).timetuple()[1:3] for n in range(_NEAR + 1)}
    return any((int(found[2]), int(found[1])) in days for i in layout.text for found in _DAY.finditer(lines[i].text))


def _relative(markup: Markup, layout: Layout) -> Evidence | None:
    """"3 giờ trước" under the title, where the page shows its clock."""
    top = markup.lines[:min(_TOP, layout.scope)]
    clock = next((found.value for line in top for found in mentions(line.text[:300])), None)
    for i in layout.head if clock else ():
        if value := ago(markup.lines[i].text, clock):
            return Evidence(value, "relative to the clock of the page", quote=markup.lines[i].text[:80])
    return None


def _addressed(url: str) -> Evidence | None:
    found = of_address(url) if whole(url) else None     # the name of a file may tell when it was saved
    return Evidence(found[0], "URL", quote=found[1]) if found else None
