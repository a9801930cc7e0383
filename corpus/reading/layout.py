"""The lines of a page are told apart: its title, what stands around it, its text, and what comes after."""
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile

from corpus.reading import furniture
from corpus.dates import dateline, timed
from corpus.reading.lines import Box, Line, Markup
from corpus.reading.title import heading

_SHARE = 0.7            # a box that holds this much of a larger one's prose stands for it
_HEADED_SHARE = 0.4     # the same for a box with the page's only <h1>
_BELIEVED = 0.4         # a box named "sidebar" that holds more of the page's prose than this is misnamed
_ALSO_TITLES = ("?", "!", "…", "”", "\"")
_ENDS = (".", "!", "?", "…", ";", "”", "\"", "»", ".)", "’")
_HEADINGS = ("h1", "h2")
_SECTION, _LINE, _NAMED = 1, 2, 3   # not the article: other stories and comments, a single line, a box by its name
_INSET = 0.25           # of a page's prose: what an inset may hold at most
_SUMMARY = 320          # characters of a story's summary under its heading
_SKIPPED = 6            # lines of furniture between two parts of one text
_TAGS = frozenset(("nav", "footer", "aside", "menu", "dialog"))


@dataclass(frozen=True, slots=True)
class Layout:
    """Indices of lines."""
    title: int | None
    above: tuple[int, ...]      # close over the title
    scope: int                  # the first line of the box around title and text
    head: tuple[int, ...]       # between title and text
    text: tuple[int, ...]
    tail: tuple[int, ...]       # directly under the text
    mass: int                   # characters of prose in the text
    teasers: int                # lines that lead to other stories
    apart: bool                 # title and text stand in a box of their own, without the top of the page


def prose(line: Line) -> int:
    """How many characters of running text a line adds: nothing for links, headings, names, cells."""
    own = len(line.text) - line.linked
    if line.row or line.link or own < 40 or (own < 180 and not line.text.endswith(_ENDS)):
        return 0
    headed = line.tag in ("h1", "h2", "h3", "h4") or line.text.endswith(_ALSO_TITLES)
    return 0 if headed and own < 130 and ". " not in line.text else own


def _sentence(line: Line) -> bool:
    return len(line.text) >= 40 and not line.link and line.text.endswith((".", ":", "!", "?"))


def arrange(markup: Markup, wanted: str | None = None) -> Layout:
    """`wanted` is the heading that the head of the page claims."""
    page = _Page(markup)
    core = page.core()
    title = page.title(core, wanted)
    return page.around(core, title)


class _Page:
    """The lines with what is known of each so far: whether it is furniture, and its weight as prose."""

    def __init__(self, markup: Markup):
        self.lines, self.boxes = markup.lines, markup.boxes
        self.weights = [prose(line) for line in self.lines]
        self.out = bytearray(len(self.lines))       # 0: perhaps the article
        self.children: list[list[int]] = [[] for _ in self.boxes]
        for index, box in enumerate(self.boxes):
            if box.parent >= 0 and box.first < box.last:
                self.children[box.parent].append(index)
        self.teasers = 0
        self._mark_teasers()
        self._mark_summaries()
        self._mark_cards()
        self._mark_insets()
        self._mark_named()
        self._mark_headed()
        self._mark_lines()

    # what is not the article

    def _drop(self, first: int, last: int, why: int = _SECTION) -> None:
        self.out[first:last] = bytes([why]) * (last - first)

    def _mark_teasers(self) -> None:
        """Runs of links, each with at most a summary under it: link, text, link, text, …"""
        links = [i for i, line in enumerate(self.lines) if _heads_story(line)]
        for run in _runs(links, self._same_list):
            if len(run) >= 3:
                self.teasers += len(run)
                self._drop(run[0], self._last_summary(run))

    def _last_summary(self, run: list[int]) -> int:
        """The end of what hangs under the last link, like what hangs under most of those before it."""
        gaps = sorted(b - a for a, b in zip(run, run[1:]))
        usual, box = gaps[len(gaps) // 2], self._common(run[0], run[-1])
        last = run[-1] + 1
        for i in range(last, min(run[-1] + usual, box.last)):
            line, like = self.lines[i], self.lines[run[0] + i - run[-1]]
            if line.tag != like.tag or len(line.text) > _SUMMARY:
                return i
            last = i + 1
        return last

    def _same_list(self, a: int, b: int) -> bool:
        """Two links alike, with at most one summary between them."""
        if self.lines[a].tag != self.lines[b].tag or b - a > 4:
            return False
        paragraphs = sum(weight > 0 for weight in self.weights[a + 1:b])
        return paragraphs <= 1 and sum(len(line.text) for line in self.lines[a + 1:b]) <= _SUMMARY

    def _mark_summaries(self) -> None:
        """Three and more summaries that each end in "Chi tiết", with the heading over each."""
        more = [i for i, line in enumerate(self.lines) if line.anchors and furniture.ends_in_more(line.text)]
        for run in _runs(more, lambda a, b: b - a <= 4):
            if len(run) >= 3:
                self.teasers += len(run)
                self._drop(max(run[0] - (run[1] - run[0]) + 1, self.boxes[self.lines[run[0]].box].first), run[-1] + 1)

    def _mark_cards(self) -> None:
        """Boxes side by side, alike, each a short heading and a summary, with a date, a link or a picture."""
        for children in self.children:
            if len(children) < 3:
                continue
            for alike in _runs(children, self._alike):
                if len(alike) >= 3 and all(map(self._card, alike)):
                    self.teasers += len(alike)
                    self._drop(self.boxes[alike[0]].first, self.boxes[alike[-1]].last)

    def _alike(self, a: int, b: int) -> bool:
        one, other = self.boxes[a], self.boxes[b]
        differ = (one.last - one.first) - (other.last - other.first)
        return one.tag == other.tag and one.names == other.names and abs(differ) <= 1

    def _card(self, index: int) -> bool:
        box = self.boxes[index]
        lines = self.lines[box.first:box.last]
        if not 2 <= len(lines) <= 6 or box.tag == "tr" or sum(len(line.text) for line in lines) > 500:
            return False
        first = next((line.text for line in lines if len(line.text) > 12), "")
        return any(map(_leads, lines)) and len(first) < 200 and not first.endswith((".", ";"))

    def _mark_insets(self) -> None:
        """Another story set between the paragraphs: a box of its own with a linked heading and a summary, little beside the text."""
        mass = sum(weight for weight, out in zip(self.weights, self.out) if not out)
        for box in self.boxes:
            if not 2 <= box.last - box.first <= 3 or box.tag in ("tr", "tbody") or not _heads_story(self.lines[box.first]):
                continue
            summary = self.lines[box.first + 1:box.last]
            told = sum(len(line.text) for line in summary)
            if told <= min(_SUMMARY, _INSET * mass) and any(map(_sentence, summary)):
                self.teasers += 1
                self._drop(box.first, box.last)

    def _mark_named(self) -> None:
        """Boxes that say they are menus, sidebars, comments; not where the page's own text or heading is in them."""
        mass = list(accumulate((0 if out else w for w, out in zip(self.weights, self.out)), initial=0))
        heads = list(accumulate((line.tag == "h1" for line in self.lines), initial=0))
        for box in self.boxes:
            if box.first < box.last and (box.tag in _TAGS or (box.names and furniture.named_furniture(box.names))):
                own = mass[box.last] - mass[box.first]
                if own <= _BELIEVED * mass[-1] and heads[box.last] == heads[box.first]:
                    self._drop(box.first, box.last, _NAMED)

    def _mark_headed(self) -> None:
        """What stands under "Tin liên quan", "Bình luận": the box they head, or the rest of the box they stand in."""
        for i, line in enumerate(self.lines):
            others = furniture.heads_others(line.text) and not line.text.endswith(".")
            known = self.out[i] == _SECTION or (line.link and line.tag == "li")
            if known or not (others or furniture.heads_readers(line.text)) or self._heads_prose(i):
                continue
            box = self._headed(i)
            last = box.last if box.first == i or not others else self._resumes(i, box.last)
            if line.tag != "h1":
                self.teasers += sum(1 for j in range(i + 1, last) if not self.out[j] and self.lines[j].link)
                self._drop(i, last)

    def _heads_prose(self, i: int) -> bool:
        """Two paragraphs follow at once: a heading in the article, or an advertisement, not a list."""
        following = self.lines[i + 1:i + 3]
        return len(following) == 2 and all(prose(line) >= 60 and not line.linked for line in following)

    def _headed(self, i: int) -> Box:
        """The smallest box in which something stands after line i."""
        box = self.boxes[self.lines[i].box]
        while box.last <= i + 1 and box.parent >= 0:
            box = self.boxes[box.parent]
        return box

    def _resumes(self, heading: int, last: int) -> int:
        """Where the article goes on after other stories inside it: two paragraphs and no further link; else `last`."""
        end = next((j for j in range(heading + 1, last) if _heads(self.lines[j])), last)
        start = max((j for j in range(heading, end) if self.lines[j].link or self._short(j)), default=heading) + 1
        tail = [j for j in range(start, end) if self.weights[j] >= 60]
        links = sum(self.lines[j].link for j in range(heading + 1, start))
        return start if len(tail) >= 2 and links else end if end < last and not links else last

    def _short(self, i: int) -> bool:
        text = self.lines[i].text
        return text.startswith(("+", "-", "•", "»", ">")) and len(text) < 160

    def _mark_lines(self) -> None:
        for i, line in enumerate(self.lines):
            if not self.out[i] and _stands_out(line):
                self.out[i] = _LINE

    # where the article is

    def core(self) -> int:
        """The smallest box with most of the prose of each box around it; less will do with the page's only <h1>."""
        mass = self._mass()
        heads = [i for i, line in enumerate(self.lines) if line.tag == "h1" and not line.link]
        head = heads[0] if len(heads) == 1 else -1
        index = 0
        while True:
            shares = [(mass(box) / (_SHARE if not box.first <= head < box.last else _HEADED_SHARE), child)
                      for child in self.children[index] for box in [self.boxes[child]]]
            best, inner = max(shares, default=(0, index))
            if not best or best < mass(self.boxes[index]) or self._only(inner):
                return index
            index = inner

    def _mass(self):
        sums = list(accumulate((0 if out else w for w, out in zip(self.weights, self.out)), initial=0))
        return lambda box: sums[box.last] - sums[box.first]

    def _only(self, index: int) -> bool:
        """A single paragraph is not a text's box, however long."""
        return self.boxes[index].last - self.boxes[index].first == 1

    def title(self, core: int, wanted: str | None) -> int | None:
        first = self._first(core)
        under = next((i for i, line in enumerate(self.lines) if line.tag == "h1" and not line.link and i > first), None)
        if under is not None and not any(line.tag == "h1" for line in self.lines[:first]):      # a slogan stood over it
            rest = range(under + 1, self.boxes[core].last)
            first = next((i for i in rest if self.weights[i] and not self.out[i]), first)
        return heading(self.lines, self.out, self.boxes[core], first, wanted)

    def _first(self, core: int) -> int:
        """The first line of running text; behind the last line where there is none."""
        box = self.boxes[core]
        return next((i for i in range(box.first, box.last) if self.weights[i] and not self.out[i]), box.last)

    def around(self, index: int, title: int | None) -> Layout:
        core = self.boxes[index]
        if title is not None and title >= core.last:
            title = None
        scope = self._scope(index, title)
        start = title + 1 if title is not None else min(self._first(index), core.last) if index == 0 else core.first
        body = list(self._body(start, core, scope, self._next_story(title, core)))
        first = next((i for i in body if self.weights[i] or _sentence(self.lines[i])), body[0] if body else core.last)
        end = body[-1] + 1 if body else core.last
        tail = tuple(takewhile(lambda i: self.out[i] != _SECTION, range(end, min(end + 6, scope.last))))
        over = start if title is None else title
        text = tuple(i for i in body if i >= first)
        head = tuple(i for i in range(start, first))
        above = tuple(range(max(0, over - 4), over))
        mass = sum(self.weights[i] for i in text)
        return Layout(title, above, scope.first, head, text, tail, mass, self.teasers, apart=scope.depth > 2)

    def _scope(self, core: int, title: int | None) -> Box:
        """The box around both title and text."""
        if title is None:
            return self.boxes[max(self.boxes[core].parent, 0)]
        box = self.boxes[core]
        while not box.first <= title < box.last and box.parent >= 0:
            box = self.boxes[box.parent]
        return box

    def _next_story(self, title: int | None, core: Box) -> int:
        """Where a second story begins in the same box, with a title and a date set like those of the first."""
        if title is None:
            return core.last
        like = (i for i in range(title + 2, core.last) if _set_alike(self.lines[i], self.lines[title]))
        return next(filter(self._opens, like), core.last)

    def _opens(self, i: int) -> bool:
        """A heading of a page, or a line with a date under it."""
        line = self.lines[i]
        dated = line.tag == "h1" or any(dateline(other.text) for other in self.lines[i + 1:i + 3])
        return dated and len(line.text) > 20 and not dateline(line.text)

    def _body(self, start: int, core: Box, scope: Box, end: int) -> Iterator[int]:
        """Lines of the text: in the core all but furniture; before it only paragraphs; after it what goes on."""
        for i in range(start, end):
            if not self.out[i] and (i >= core.first or self.weights[i] or _sentence(self.lines[i])):
                yield i
        if end < core.last:
            return
        waiting: list[int] = []
        for i in range(core.last, scope.last):
            if self.out[i] == _SECTION or len(waiting) > _SKIPPED or furniture.imprint(self.lines[i].text):
                return
            waiting.append(i)
            if self.weights[i] and not self.out[i]:
                yield from (j for j in waiting if not self.out[j])
                waiting.clear()

    def _common(self, a: int, b: int) -> Box:
        """The smallest box around two lines."""
        box = self.boxes[self.lines[a].box]
        while not box.first <= b < box.last and box.parent >= 0:
            box = self.boxes[box.parent]
        return box


def _heads_story(line: Line) -> bool:
    """A link that reads like the heading of a story."""
    return line.link and line.anchors <= 2 and len(line.text) >= 12 and not furniture.tool(line.text)


def _leads(line: Line) -> bool:
    return bool(line.linked or line.pictured or line.moment or (len(line.text) < 40 and timed(line.text)))


def _heads(line: Line) -> bool:
    return furniture.heads_others(line.text) or furniture.heads_readers(line.text)


def _stands_out(line: Line) -> bool:
    """Furniture on its own, wherever it stands."""
    if furniture.imprint(line.text) or (furniture.tool(line.text) and not line.row):
        return True
    return line.tag not in _HEADINGS and furniture.points_elsewhere(line.text)


def _set_alike(one: Line, other: Line) -> bool:
    return (one.tag, one.names, one.size, one.bold) == (other.tag, other.names, other.size, other.bold)


def _runs(items: list[int], joined) -> Iterator[list[int]]:
    """Neighbours that belong together."""
    run: list[int] = []
    for item in items:
        if run and not joined(run[-1], item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run
