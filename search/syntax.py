"""What was typed becomes items: words, phrases and groups, with their marks and where they stand. Total and linear."""
import re
from dataclasses import dataclass, field, replace

from index.spelling import compose
from search.filters import known
from search.results import Note

MAX_DEPTH = 8           # brackets inside brackets; deeper ones are read as if they were not there
MAX_NOTES = 8
ORS = frozenset({"OR", "HOẶC"})
ANDS = frozenset({"AND", "VÀ"})
NOTS = frozenset({"NOT"})
OPERATORS = ORS | ANDS | NOTS
CLOSING = {'"': re.compile('["”“]'), "“": re.compile('[”"]'), "”": re.compile('[”"]'), "„": re.compile('[“”"]'),
           "«": re.compile("»"), "»": re.compile("»")}
WORD = re.compile(r"[^\s()\"“”„«»]+")
LETTERS = re.compile(r"[^\W\d_]+")
FIELD = re.compile(r"([^\W\d_][\u0300-\u036f\w-]{1,15}):(?=[^\s:/])")
SLOP = re.compile(r"~(\d{1,2})(?=[\s)]|$)")
#: After a number and a space: the rest of a document's code, never an exclusion.
CODE_TAIL = re.compile(r"-\s?(?:NQ|CT|QĐ|QD|KL|NĐ|ND|TT|KH|TB|BC|HD|CV)\b", re.IGNORECASE)
NAME_BEFORE = re.compile(r"(?<!\w)\w{1,20}(?=\s{0,3}\Z)")          # "F -22" is a name, not an exclusion


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a query: text[at:end] with its marks, text[start:stop] without."""
    kind: str                   # "word" | "phrase" | "group"
    at: int
    start: int
    stop: int
    end: int
    minus: bool = False
    field: str | None = None    # as typed
    exact: bool = False         # "=" before it
    star: bool = False          # "*" behind it
    slop: int = 0
    ways: tuple[tuple["Item", ...], ...] = ()   # of a group: alternatives, each a list of items that all must hold
    strict: bool = False                        # of a group: AND stands in it

    @property
    def plain(self) -> bool:
        return self.kind == "word" and not (self.minus or self.field or self.exact or self.star)


def parse(text: str, acronym=lambda word: False) -> tuple[Item, list[Note]]:
    """The whole query as one group. `acronym` tells the words whose capitals say nothing."""
    reader = _Reader(text, shouted(text, acronym))
    return reader.read(), reader.notes[:MAX_NOTES]


def shouted(text: str, acronym) -> bool:
    """Whether all words are in capitals, so that capitals mean nothing."""
    words = [w for w in LETTERS.findall(compose(text)) if w not in OPERATORS and not acronym(w)]
    return bool(words) and all(w == w.upper() for w in words)


@dataclass(slots=True)
class _Open:
    """A group that is being read."""
    at: int
    marks: dict
    ways: list[list[Item]] = field(default_factory=lambda: [[]])
    strict: bool = False
    waiting: list[tuple[int, int, str]] = field(default_factory=list)  # operators with nothing behind them yet


class _Reader:
    """One pass over a text, with a stack of open groups."""

    def __init__(self, text: str, capitals: bool):
        self.text, self.capitals, self.at = text, capitals, 0
        self.stack, self.notes = [_Open(0, {})], []
        self.ignored = 0                            # brackets opened too deep
        self.unclosed: set[str] = set()             # quotes that nothing closes any more

    def read(self) -> Item:
        while self.at < len(self.text):
            self._step()
        while len(self.stack) > 1:
            self._note(self.stack[-1].at, "Dấu ngoặc mở ở đây không được đóng.")
            self._close(len(self.text))
        return self._group(self.stack[0], len(self.text))

    def _step(self) -> None:
        char = self.text[self.at]
        if char.isspace():
            self.at += 1
        elif char == ")":
            self._closing()
        else:
            self._piece()

    def _closing(self) -> None:
        self.at += 1
        if self.ignored:
            self.ignored -= 1
        elif len(self.stack) > 1:
            self._close(self.at)
        else:
            self._note(self.at - 1, "Dấu ngoặc đóng ở đây không có dấu mở.")

    def _piece(self) -> None:
        """Marks, then what they stand before."""
        at, marks = self.at, {}
        if self._excludes():
            marks["minus"], self.at = True, self.at + 1
        if named := self._field():
            marks["field"], self.at = named[1], named.end()
        if self.text.startswith("=", self.at) and self.text[self.at + 1:self.at + 2].strip():
            marks["exact"], self.at = True, self.at + 1
        char = self.text[self.at]
        if char == "(":
            self._opening(at, marks)
        elif char in CLOSING:
            self._phrase(at, marks)
        else:
            self._word(at, marks)

    def _field(self) -> re.Match | None:
        """A field's name and its colon; another word with a colon behind it is a word."""
        named = FIELD.match(self.text, self.at)
        if named and not known(named[1]):
            if named[1].islower():
                self._note(self.at, f"Không có trường “{named[1]}”: được tìm như chữ thường.")
            return None
        return named

    def _excludes(self) -> bool:
        """Whether a hyphen here, before a word and not in one, excludes."""
        before, after = self.text[self.at - 1:self.at], self.text[self.at + 1:self.at + 2]
        if self.text[self.at] != "-" or before.strip("(") and not before.isspace() or not after.strip(")"):
            return False
        last = NAME_BEFORE.search(self.text, max(0, self.at - 24), self.at)
        return not after.isspace() and not (
            last and (last[0][0].isdigit() and CODE_TAIL.match(self.text, self.at) or last[0][0].isupper() and after.isdigit()))

    def _opening(self, at: int, marks: dict) -> None:
        self.at += 1
        if len(self.stack) <= MAX_DEPTH:
            self.stack.append(_Open(at, marks))
            return
        if not self.ignored:
            self._note(self.at - 1, "Quá nhiều lớp ngoặc: từ đây dấu ngoặc được bỏ qua.")
        self.ignored += 1

    def _close(self, end: int) -> None:
        item = self._group(self.stack.pop(), end)
        if len(item.ways) == 1 and all(i.plain for i in item.ways[0]) and not (item.minus or item.field or item.exact):
            self._splice(item.ways[0])
        elif item.ways:
            self._add(item)

    def _splice(self, items: tuple[Item, ...]) -> None:
        """Plain words in brackets are plain words, as in "kinh tế tập thể (KTTT)"; unless NOT stands before them."""
        if any(word in NOTS for _, _, word in self.stack[-1].waiting):
            self._add(Item("group", items[0].at, items[0].at, items[-1].end, items[-1].end, ways=(items,)))
        else:
            for item in items:
                self._add(item)

    def _group(self, group: _Open, end: int) -> Item:
        self._literally(group)
        ways = tuple(tuple(way) for way in group.ways if way)
        return Item("group", group.at, group.at, end, end, ways=ways, strict=group.strict, **group.marks)

    def _phrase(self, at: int, marks: dict) -> None:
        quote, start = self.text[self.at], self.at + 1
        closing = None if quote in self.unclosed else CLOSING[quote].search(self.text, start)
        if not closing:
            self.unclosed.add(quote)
            self._note(self.at, "Dấu nháy ở đây không có dấu đóng: các chữ sau nó được tìm như chữ thường.")
            self.at = start
            self._word(at, marks)
            return
        slop = SLOP.match(self.text, closing.end())
        self.at = slop.end() if slop else closing.end()
        if closing.start() > start:
            self._add(Item("phrase", at, start, closing.start(), self.at, slop=int(slop[1]) if slop else 0, **marks))

    def _word(self, at: int, marks: dict) -> None:
        piece = WORD.match(self.text, self.at)
        if not piece:               # marks with nothing behind them
            return
        self.at = piece.end()
        operator = compose(piece[0])
        if not marks and not self.capitals and operator in OPERATORS:
            self._operator(at, self.at, operator)
            return
        stem = piece[0].rstrip("*")
        star = stem != piece[0] and stem[-1:].isalnum()
        self._add(Item("word", at, piece.start(), piece.start() + len(stem), self.at, star=star, **marks))

    def _operator(self, at: int, end: int, word: str) -> None:
        group = self.stack[-1]
        if word in NOTS or group.ways[-1] and not group.waiting:
            group.waiting.append((at, end, word))
        else:
            self._literal(group, at, end, word)

    def _literally(self, group: _Open) -> None:
        """Operators with nothing behind them are words."""
        for waiting in group.waiting:
            self._literal(group, *waiting)
        group.waiting = []

    def _literal(self, group: _Open, at: int, end: int, word: str) -> None:
        group.ways[-1].append(Item("word", at, at, end, end))
        self._note(at, f"“{word}” ở đây được tìm như một chữ thường.")

    def _add(self, item: Item) -> None:
        group = self.stack[-1]
        for at, _, word in group.waiting:
            if word in ORS:
                group.ways.append([])
            elif word in ANDS:
                group.strict = True
            else:
                item = replace(item, at=at, minus=not item.minus)
        group.waiting = []
        group.ways[-1].append(item)

    def _note(self, at: int, text: str) -> None:
        self.notes.append(Note(at, text))
