"""What was typed becomes what is asked: a tree, the words to rank and mark by, and what was done to them. Total."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from index.analysis import Tokens, analyse
from index.spelling import fold, has_accents
from search import expansion, filters, syntax
from search.query import MAX_TEXT
from search.results import Applied, Exclusion, Note
from search.syntax import Item
from search.tree import And, Code, Everything, Node, Not, Or, Phrase, Prefix, Some, Syllable, Weighted

MAX_WORDS = 128     # syllables that are searched; a longer paste is cut there, with a note
SHORT = 8           # syllables: up to here all words are wanted first, past it most of them at once
LONGEST_PLACE = 4   # syllables in "Bà Rịa Vũng Tàu"
ANY_ACCENT, CODES = "khong-dau", "ma-so"    # keys that switch these off


class Lexicon(Protocol):
    """What an index can tell about its words; whatever is asked, the tree finds the same without it."""
    documents: int
    abbreviations: tuple[expansion.Family, ...]             # those harvested from this corpus

    def spellings(self, folded: str) -> tuple[str, ...]:
        """Every token with this fold, most frequent first."""

    def df(self, text: str) -> int:
        """Documents that hold the token."""

    def prefix(self, start: str, most: int) -> tuple[str, ...]:
        """Folded tokens that begin so, most frequent first."""

    def values(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that occur."""


@dataclass(frozen=True, slots=True)
class Asked:
    all: Node                               # everything demanded
    most: Node | None                       # plain words relaxed to most of them; None where nothing can be relaxed
    first: str                              # "all": most only where all finds nothing | "most": at once
    words: tuple[Syllable, ...]             # wanted syllables in the order typed
    runs: tuple[tuple[int, int], ...]       # stretches of `words` typed as neighbours: words[first:after]
    notes: tuple[Note, ...] = ()
    applied: tuple[Applied, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    why: tuple[tuple[str, Node], ...] = ()  # (key, node): a hit for which the node holds was found through that key


@dataclass(frozen=True, slots=True)
class _Part:
    """One demand, and what may be left out of it when most words will do."""
    node: Node
    loose: tuple[Node, ...] = ()            # none: it is demanded in any case


def read(text: str, off: frozenset[str] = frozenset(), match: str = "auto", lexicon: Lexicon | None = None) -> Asked:
    """`off`: keys of what the reader switched off; `match`: auto | all | most."""
    return _Reading(text[:MAX_TEXT], off, lexicon).asked(match)


class _Reading:
    """One text on its way through; everything met on the way is noted down."""

    def __init__(self, text: str, off: frozenset[str], lexicon: Lexicon | None):
        self.text, self.off, self.lexicon = text, off, lexicon
        self.table = expansion.Table.with_more(lexicon.abbreviations if lexicon else ())
        self.item, self.notes = syntax.parse(text, self.table.knows)
        self.any_accent = ANY_ACCENT not in off and not any(has_accents(t) for t in self._searched(self.item))
        self.words, self.runs, self.applied, self.exclusions, self.why = [], [], {}, [], []
        self.left = MAX_WORDS

    def asked(self, match: str) -> Asked:
        parts = [self._way(way, True, None) for way in self.item.ways]
        node = _or([_and([p.node for p in way]) for way in parts]) if any(parts) else Everything()
        if not any(parts) and self.text.strip():
            self._note(0, "Không có chữ nào để tìm.")
        most, first = None, "all"
        if len(parts) == 1 and not self.item.strict and match != "all":
            most, first = self._most(parts[0]), match
        self._report_accents()
        return Asked(
            all=node, most=most, first=self._first(first, parts) if most else "all",
            words=tuple(self.words), runs=tuple(self.runs), notes=tuple(self.notes[:syntax.MAX_NOTES]),
            applied=tuple(self.applied.values()), exclusions=tuple(self.exclusions), why=tuple(self.why))

    def _first(self, match: str, parts: list[list[_Part]]) -> str:
        if match != "auto":
            return match
        return "all" if len(set(p for part in parts[0] for p in part.loose)) <= SHORT else "most"

    def _most(self, parts: list[_Part]) -> Node | None:
        loose = tuple(dict.fromkeys(n for p in parts for n in p.loose))
        if len(loose) < 2:
            return None
        return _and([Some(loose, least(len(loose)))] + [p.node for p in parts if not p.loose])

    # Items become parts

    def _way(self, items: tuple[Item, ...], wanted: bool, field: str | None) -> list[_Part]:
        parts, i = [], 0
        while i < len(items):
            after = i
            while after < len(items) and items[after].plain:
                after += 1
            if after > i:
                parts += self._stretch(items[i].start, items[after - 1].stop, wanted, field)
                i = after
            else:
                used, part = self._marked(items, i, wanted, field)
                parts += part
                i += used
        return parts

    def _marked(self, items: tuple[Item, ...], i: int, wanted: bool, field: str | None) -> tuple[int, list[_Part]]:
        """The item with marks at i: (items used up, its parts)."""
        item, used = items[i], 1
        if item.field and filters.known(item.field) and not filters.is_title(item.field):
            used, inner = self._filter(items, i)
        else:
            title = "title" if item.field and filters.is_title(item.field) else field
            inner = self._content(item, wanted and not item.minus, title)
        if not item.minus or not inner:
            return used, inner
        end = items[i + used - 1].end
        without = " ".join((self.text[:item.at] + " " + self.text[end:]).split())
        self.exclusions.append(Exclusion(self.text[item.at:end], without))
        return used, [_Part(Not(_and([p.node for p in inner])))]

    def _content(self, item: Item, wanted: bool, field: str | None) -> list[_Part]:
        if item.kind == "group":
            ways = [self._way(way, wanted, field) for way in item.ways]
            ways = [_and([p.node for p in way]) for way in ways if way]
            return [_Part(_or(ways))] if ways else []
        if item.kind == "word" and not (item.exact or item.star):
            return [_Part(p.node) for p in self._stretch(item.start, item.stop, wanted, field)]
        tokens = self._tokens(item.start, item.stop)
        loose = self.any_accent and not item.exact
        parts = tuple(Syllable(fold(t) if loose else t, loose, field) for t in tokens.texts)
        if not parts:
            return []
        if wanted:
            self._remember(parts[:len(parts) - item.star])
        if item.star:
            last = parts[-1]
            return [_Part(p) for p in parts[:-1]] + [_Part(Prefix(last.text, last.any_accent, field))]
        return [_Part(Phrase(parts, item.slop, field) if len(parts) > 1 else parts[0])]

    def _filter(self, items: tuple[Item, ...], i: int) -> tuple[int, list[_Part]]:
        """A filter; one of places may go on over the next plain words: tỉnh:Hòa Bình."""
        item = items[i]
        sources = lambda: self.lexicon.values("source") if self.lexicon else ()
        if item.kind == "group":
            spans = [(way[0].at, way[-1].end) for way in item.ways]
            nodes = [filters.read(item.field, self.text[a:b].strip("()"), sources) for a, b in spans]
            if all(nodes):
                return 1, [_Part(_or(nodes))]
        for after in range(self._reach(items, i), i, -1):
            if node := filters.read(item.field, self.text[item.start:items[after - 1].stop], sources):
                return after - i, [_Part(node)]
        self._note(item.at, f"Không hiểu “{self.text[item.at:item.end][:40]}”: được tìm như chữ thường.")
        return 1, [_Part(p.node) for p in self._stretch(item.at + item.minus, item.stop, not item.minus, None)]

    def _reach(self, items: tuple[Item, ...], i: int) -> int:
        """How far the value of the filter at i may go."""
        after = i + 1
        if filters.is_place(items[i].field) and items[i].kind == "word":
            while after < min(len(items), i + LONGEST_PLACE) and items[after].plain:
                after += 1
        return after

    # Plain words

    def _stretch(self, start: int, stop: int, wanted: bool, field: str | None) -> list[_Part]:
        """Plain words typed as neighbours: codes, abbreviations, and the syllables between them."""
        tokens = self._tokens(start, stop)
        units = self._codes(tokens, start, field) | self._expansions(tokens, wanted, field)
        if wanted:
            self._remember(tuple(map(self._syllable, tokens.texts)))
        parts, i = [], 0
        while i < len(tokens):
            part, i = units.get(i) or (self._single(tokens.texts[i], field), i + 1)
            parts.append(part)
        return parts

    def _single(self, text: str, field: str | None) -> _Part:
        node = self._syllable(text, field)
        return _Part(node, (node,))

    def _codes(self, tokens: Tokens, start: int, field: str | None) -> dict[int, tuple[_Part, int]]:
        """first syllable → (part, the syllable after it) of each document code, one inside another left out."""
        found, free = {}, 0
        for code, first, last in sorted(tokens.codes, key=lambda c: (c[1], -c[2])):
            if first < free or CODES in self.off or field:
                continue
            typed = self.text[start + int(tokens.starts[first]):start + int(tokens.ends[last])]
            self.applied[CODES] = Applied(CODES, f"{typed}: mọi cách viết của mã số {code.upper()}")
            literal = tuple(map(self._syllable, tokens.texts[first:last + 1]))
            node = Or((Code(code), Phrase(literal) if len(literal) > 1 else literal[0]))
            found[first] = _Part(node, (node,)), last + 1
            free = last + 1
        return found

    def _expansions(self, tokens: Tokens, wanted: bool, field: str | None) -> dict[int, tuple[_Part, int]]:
        return {}

    def _syllable(self, text: str, field: str | None = None) -> Syllable:
        return Syllable(fold(text), True, field) if self.any_accent else Syllable(text, False, field)

    # What is noted down on the way

    def _tokens(self, start: int, stop: int) -> Tokens:
        """The syllables of a stretch, as many as may still be searched."""
        tokens = analyse(self.text[start:stop], words=False)
        if len(tokens) > self.left:
            at = start + int(tokens.starts[self.left])
            self._note(at, f"Chỉ tìm {MAX_WORDS} chữ đầu; phần từ đây không được tìm.")
            n = self.left
            tokens = Tokens(tokens.texts[:n], tokens.starts[:n], tokens.ends[:n], tokens.joined[:n],
                            [c for c in tokens.codes if c[2] < n])
        self.left -= len(tokens)
        return tokens

    def _remember(self, syllables: tuple[Syllable, ...]) -> None:
        if syllables:
            self.runs.append((len(self.words), len(self.words) + len(syllables)))
            self.words += syllables

    def _searched(self, item: Item) -> Iterator[str]:
        """The parts of the text that are looked for as words."""
        if item.kind != "group":
            if not (item.field and filters.known(item.field) and not filters.is_title(item.field)):
                yield self.text[item.start:item.stop]
            return
        for way in item.ways:
            for part in way:
                yield from self._searched(part)

    def _report_accents(self) -> None:
        loose = [w.text for w in dict.fromkeys(self.words) if w.any_accent and self._respelled(w.text)]
        if loose:
            self.applied[ANY_ACCENT] = Applied(ANY_ACCENT, f"{' '.join(loose[:6])}: gồm cả cách viết có dấu")
            exact = [And((Syllable(t, True), Not(Syllable(t)))) for t in loose]
            self.why.append((ANY_ACCENT, _or(exact)))

    def _respelled(self, text: str) -> bool:
        """Whether a syllable without accents stands for others."""
        if self.lexicon:
            return any(s != text for s in self.lexicon.spellings(text))
        return bool(re.search("[aeiouyd]", text))

    def _note(self, at: int, text: str) -> None:
        self.notes.append(Note(at, text))


def least(words: int) -> int:
    """How many of so many words are most of them."""
    return words // 2 + 1 if words > 2 else 1


def _and(parts: list[Node]) -> Node:
    parts = tuple(dict.fromkeys(parts))
    if parts and all(isinstance(p, Not) for p in parts):
        parts = (Everything(), *parts)
    return parts[0] if len(parts) == 1 else And(parts)


def _or(parts: list[Node]) -> Node:
    parts = tuple(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else Or(parts)
