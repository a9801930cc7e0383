"""What was typed becomes what is asked: a tree, the words to rank and mark by, and what was done to them. Total."""
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.analysis import Tokens, analyse
from index.spelling import fold, has_accents
from search import expansion, filters, syntax
from search.query import MAX_TEXT
from search.results import Applied, Exclusion, Note
from search.syntax import Item
from search.tree import And, Everything, Node, Not, Phrase, Prefix, Some, Syllable, either, every
from search.units import Part, Units

MAX_WORDS = 120     # syllables that are searched; a longer paste is cut there, with a note
MAX_SHORT = 6       # names in full whose short forms are ranked with them
SHORT = 8           # syllables: up to here all words are wanted first, past it most of them at once
LONGEST_PLACE = 4   # syllables of "Bà Rịa Vũng Tàu"
ANY_ACCENT = "khong-dau"    # the key that switches off reading a query without accents as any accents


class Lexicon(Protocol):
    """What an index can tell about its words; whatever is asked, the tree finds the same without it."""
    documents: int
    names: expansion.Table          # by all their forms, those that the index harvested among them

    def spellings(self, folded: str) -> tuple[str, ...]:
        """Every token with this fold, most frequent first."""

    def expect(self, words: Sequence[str]) -> None:
        """These will be looked up next: an index that is far away is asked for all at one go."""

    def usual(self, folds: Sequence[str]) -> tuple[str, ...]:
        """The most frequent spelling of each fold that occurs, most frequent first."""

    def df(self, text: str) -> int:
        """Documents that hold the token."""

    def values(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that occur."""


@dataclass(frozen=True, slots=True)
class Asked:
    all: Node                               # everything demanded
    most: Node | None                       # plain words relaxed to most of them; None where nothing can be relaxed
    first: str                              # "all": most only where all finds nothing | "most": at once
    words: tuple[Syllable, ...]             # wanted syllables in the order typed, whatever field they must stand in
    runs: tuple[tuple[int, int], ...]       # stretches of `words` typed as neighbours: words[first:after]
    notes: tuple[Note, ...] = ()
    applied: tuple[Applied, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    short: tuple[tuple[Syllable, int, int], ...] = ()   # forms that would stand for a name in full: words[first:after]
    why: tuple[tuple[str, Node], ...] = ()  # (key, node): a hit for which the node holds was found through that key


def read(text: str, off: frozenset[str] = frozenset(), match: str = "auto", lexicon: Lexicon | None = None) -> Asked:
    """`off`: keys of what the reader switched off; `match`: auto | all | most."""
    return _Reading(text[:MAX_TEXT], off, lexicon).asked(match)


def least(words: int) -> int:
    """Of how many words one must be there for "most of them": a third, for the answer to a question and an article
    under a headline share no more with it; what has more comes first."""
    return min(words, max(math.ceil(words / 3), 2)) if words > 2 else 1


class _Reading:
    """One text on its way through; everything met on the way is noted down."""

    def __init__(self, text: str, off: frozenset[str], lexicon: Lexicon | None):
        self.text, self.lexicon = text, lexicon
        table = lexicon.names if lexicon else expansion.table()
        item, self.notes = syntax.parse(text, table.knows)
        self.question = text.rstrip().endswith("?")
        self.long = sum(1 for t in self._searched(item) for _ in re.finditer(r"\w+", t)) > SHORT
        self.item = self._unquoted(item) if self.long or self.question else item
        self.any_accent = ANY_ACCENT not in off and not any(has_accents(t) for t in self._searched(self.item))
        self.units = Units(table, self.any_accent, off)
        self.words, self.runs, self.short, self.exclusions, self.left = [], [], [], [], MAX_WORDS

    def asked(self, match: str) -> Asked:
        parts = [way for way in (self._way(way, True, None) for way in self.item.ways) if way]
        if not parts and self.text.strip():
            self._note(0, "Không có chữ nào để tìm.")
        most = self._most(parts[0]) if len(parts) == 1 and not self.item.strict and match != "all" else None
        self._report_accents()
        return Asked(
            all=either(every(p.node for p in way) for way in parts) if parts else Everything(),
            most=most, first=self._first(match) if most else "all",
            words=tuple(self.words), runs=tuple(self.runs), notes=tuple(self.notes[:syntax.MAX_NOTES]),
            applied=tuple(self.units.applied.values()), exclusions=tuple(self.exclusions), short=tuple(self.short[:MAX_SHORT]),
            why=tuple((key, either(nodes)) for key, nodes in self.units.why.items()))

    def _first(self, match: str) -> str:
        """A question is seldom answered in its own words, a long text seldom recurs whole."""
        return match if match != "auto" else "most" if self.long or self.question else "all"

    def _most(self, parts: list[Part]) -> Node | None:
        loose = tuple(dict.fromkeys(n for p in parts for n in p.loose))
        if len(loose) < 2:
            return None
        return every([Some(loose, least(len(loose)))] + [p.node for p in parts if not p.loose])

    # Items become parts

    def _way(self, items: tuple[Item, ...], wanted: bool, within: str | None) -> list[Part]:
        parts, i = [], 0
        while i < len(items):
            after = self._neighbours(items, i)
            if after > i:
                parts += self._stretch(items[i].start, items[after - 1].stop, wanted, within)
                i = after
            else:
                i, marked = self._marked(items, i, wanted, within)
                parts += marked
        return parts

    def _neighbours(self, items: tuple[Item, ...], i: int) -> int:
        """Where the plain words from i on end, or are divided by an operator."""
        after = i
        while after < len(items) and items[after].plain and (
                after == i or not re.search(r"\w", self.text[items[after - 1].end:items[after].at])):
            after += 1
        return after

    def _marked(self, items: tuple[Item, ...], i: int, wanted: bool, within: str | None) -> tuple[int, list[Part]]:
        """The item with marks at i: (the item after what it took, its parts)."""
        item, after = items[i], i + 1
        if _filters(item):
            after, inner = self._filter(items, i)
        else:
            inner = self._content(item, wanted and not item.minus, "title" if item.field else within)
        if not item.minus or not inner:
            return after, inner
        end = items[after - 1].end
        without = " ".join((self.text[:item.at] + " " + self.text[end:]).split())
        self.exclusions.append(Exclusion(self.text[item.at:end], without))
        return after, [Part(Not(every(p.node for p in inner)))]

    def _content(self, item: Item, wanted: bool, within: str | None) -> list[Part]:
        if item.kind == "group":
            ways = [self._way(way, wanted, within) for way in item.ways]
            return [Part(either(every(p.node for p in way) for way in ways if way))] if any(ways) else []
        if item.kind == "word" and not (item.exact or item.star):
            return [Part(p.node) for p in self._stretch(item.start, item.stop, wanted, within)]
        loose = self.any_accent and not item.exact
        parts = tuple(Syllable(fold(t) if loose else t, loose, within) for t in self._tokens(item.start, item.stop).texts)
        if not parts:
            return []
        if wanted:
            self._remember(parts[:len(parts) - item.star])
        if item.star:
            last = parts[-1]
            return [Part(p) for p in parts[:-1]] + [Part(Prefix(last.text, last.any_accent, within))]
        return [Part(Phrase(parts, item.slop, within) if len(parts) > 1 else parts[0])]

    def _filter(self, items: tuple[Item, ...], i: int) -> tuple[int, list[Part]]:
        """A filter; one of places may go on over the next plain words: tỉnh:Hòa Bình."""
        item = items[i]
        sources = lambda: self.lexicon.values("source") if self.lexicon else ()
        if item.kind == "group":
            spans = [(way[0].at, way[-1].end) for way in item.ways]
            nodes = [filters.read(item.field, self.text[start:end], sources) for start, end in spans]
            if all(nodes):
                return i + 1, [Part(either(nodes))]
        for after in range(_reach(items, i), i, -1) if item.kind != "group" else ():
            if node := filters.read(item.field, self.text[item.start:items[after - 1].stop], sources):
                return after, [Part(node)]
        self._note(item.at, f"Không hiểu “{self.text[item.at:item.end][:40]}”: được tìm như chữ thường.")
        return i + 1, [Part(p.node) for p in self._stretch(item.at + item.minus, item.end, not item.minus, None)]

    def _stretch(self, start: int, stop: int, wanted: bool, within: str | None) -> list[Part]:
        tokens = self._tokens(start, stop)
        if wanted:
            self.short += [(Syllable(form, self.any_accent), len(self.words) + first, len(self.words) + after)
                           for form, first, after in self.units.short_forms(tokens.texts)]
            self._remember(tuple(Syllable(t, self.any_accent) for t in self.units.spelled(tokens.texts)))
        return self.units.read(self.text[start:stop], tokens, within)

    def _tokens(self, start: int, stop: int) -> Tokens:
        """The syllables of a stretch, as many as may still be searched."""
        tokens = analyse(self.text[start:stop], words=False)
        if len(tokens) > self.left:
            n, at = self.left, start + int(tokens.starts[self.left])
            if n or not self.notes:
                self._note(at, f"Chỉ tìm {MAX_WORDS} chữ đầu; phần từ đây không được tìm.")
            tokens = Tokens(tokens.texts[:n], tokens.starts[:n], tokens.ends[:n], tokens.joined[:n],
                            [code for code in tokens.codes if code[2] < n])
        self.left -= len(tokens)
        return tokens

    # What is noted down on the way

    def _remember(self, syllables: tuple[Syllable, ...]) -> None:
        if syllables:
            self.runs.append((len(self.words), len(self.words) + len(syllables)))
            self.words += [replace(s, field=None) for s in syllables]

    def _searched(self, item: Item) -> Iterator[str]:
        """The pieces of the text that are looked for as words."""
        if item.kind == "group":
            for way in item.ways:
                for part in way:
                    yield from self._searched(part)
        elif not _filters(item):
            yield self.text[item.start:item.stop]

    def _unquoted(self, item: Item) -> Item:
        """Without the quotation marks a sentence brings along: any in a question, else curly ones, or spaced inside,
        or around one word."""
        ways = tuple(tuple(replace(part, kind="word", start=part.at, stop=part.end) if self._quoted(part) else part
                           for part in way) for way in item.ways)
        return replace(item, ways=ways)

    def _quoted(self, item: Item) -> bool:
        if item.kind != "phrase" or item.minus or item.field or item.exact or item.slop:
            return False
        inside = self.text[item.start:item.stop]
        return self.question or self.text[item.start - 1] != '"' or inside[0].isspace() or not re.search(r"\w\s+\w", inside)

    def _report_accents(self) -> None:
        loose = [w.text for w in dict.fromkeys(self.words) if w.any_accent and self._respelled(w.text)]
        if loose:
            text = f"{' '.join(loose[:6])}: gồm cả cách viết có dấu"
            self.units.applied[ANY_ACCENT] = Applied(ANY_ACCENT, text)
            self.units.why[ANY_ACCENT] = [And((Syllable(t, True), Not(Syllable(t)))) for t in loose]

    def _respelled(self, text: str) -> bool:
        """Whether a syllable without accents stands for others."""
        if self.lexicon:
            return any(spelling != text for spelling in self.lexicon.spellings(text))
        return bool(re.search("[aeiouyd]", text))

    def _note(self, at: int, text: str) -> None:
        self.notes.append(Note(at, text))


def _filters(item: Item) -> bool:
    return item.field is not None and not filters.is_title(item.field)


def _reach(items: tuple[Item, ...], i: int) -> int:
    """How far the value of the filter at i may go."""
    after = i + 1
    if filters.is_place(items[i].field) and items[i].kind == "word":
        while after < min(len(items), i + LONGEST_PLACE) and items[after].plain:
            after += 1
    return after
