"""Plain words typed as neighbours become units: document codes, names with other forms, and the syllables between them."""
from collections.abc import Iterable
from dataclasses import dataclass, field

from index.analysis import Tokens
from index.spelling import fold
from search.expansion import WEIGHT, Stretch, Table
from search.results import Applied
from search.tree import And, Code, Node, Not, Or, Phrase, Syllable, Weighted, either, every

CODES = "ma-so"         # the key that switches codes off


@dataclass(frozen=True, slots=True)
class Part:
    """One demand, and the demands it falls apart into where most words will do; none: it is never left out."""
    node: Node
    loose: tuple[Node, ...] = ()


@dataclass(slots=True)
class Units:
    """Reads stretches of one query, and keeps what was done to them."""
    table: Table
    any_accent: bool
    off: frozenset[str]
    applied: dict[str, Applied] = field(default_factory=dict)
    why: dict[str, list[Node]] = field(default_factory=dict)    # key → nodes of hits found only through it

    def read(self, text: str, tokens: Tokens, within: str | None) -> list[Part]:
        """`text` is what the tokens were made of; `within`: the field all must stand in."""
        codes = {} if CODES in self.off or within else self._codes(text, tokens)
        return self._parts(self.spelled(tokens.texts), codes, self.off, within)

    def spelled(self, texts: list[str]) -> list[str]:
        return list(map(fold, texts)) if self.any_accent else texts

    def short_forms(self, texts: list[str], off: frozenset[str] | None = None) -> list[tuple[str, int, int]]:
        """(short form, the syllables it would stand for: first, after) of every name written in full."""
        typed, off = self.spelled(texts), self.off if off is None else off
        found = []
        for stretch in self.table.stretches(typed, self.any_accent, off):
            first, after, form = stretch.first, stretch.after, stretch.name.forms[0]
            if stretch.head:
                inner = self.short_forms(typed[first:after], off | {stretch.name.key})
                found += [(short, first + start, first + end) for short, start, end in inner]
            if len(form) == 1 < after - first:
                found.append((*self.spelled(list(form)), first, after))
        return found

    def _parts(self, texts: list[str], found: dict[int, tuple[Part, int]], off: frozenset[str],
               within: str | None) -> list[Part]:
        taken = {i for first, (_, after) in found.items() for i in range(first, after)}
        for stretch in self.table.stretches(texts, self.any_accent, off):
            if taken.isdisjoint(range(stretch.first, stretch.after)):
                found[stretch.first] = self._name(texts[stretch.first:stretch.after], stretch, off, within), stretch.after
        parts, i = [], 0
        while i < len(texts):
            part, i = found.get(i) or (self._single(texts[i], within), i + 1)
            parts.append(part)
        return parts

    def _single(self, text: str, within: str | None) -> Part:
        node = Syllable(text, self.any_accent, within)
        return Part(node, (node,))

    def _codes(self, text: str, tokens: Tokens) -> dict[int, tuple[Part, int]]:
        """first syllable → (unit, the syllable after it); of two that overlap the longer."""
        found, free = {}, 0
        for code, first, last in sorted(tokens.codes, key=lambda c: (c[1], -c[2])):
            if first >= free:
                typed = text[int(tokens.starts[first]):int(tokens.ends[last])]
                self.applied[CODES] = Applied(CODES, f"{typed}: mọi cách viết của mã số {code.upper()}")
                literal = _phrase(self.spelled(tokens.texts[first:last + 1]), self.any_accent)
                self.why.setdefault(CODES, []).append(And((Code(code), Not(literal))))
                node = Or((Code(code), literal))
                found[first], free = (Part(node, (node,)), last + 1), last + 1
        return found

    def _name(self, typed: list[str], stretch: Stretch, off: frozenset[str], within: str | None) -> Part:
        """What was typed or, weighing less, another form of the name as a phrase, with its own accents.

        A name that begins with another name is that one and words about it, which need not be neighbours.
        """
        name = stretch.name
        others = [_phrase(form, False, within) for form in name.others(typed)]
        inner = self._parts(typed, {}, off | {name.key}, within) if stretch.head else []
        literal = every(p.node for p in inner) if inner else _phrase(typed, self.any_accent, within)
        self.applied[name.key] = Applied(name.key, name.text)
        self.why.setdefault(name.key, []).append(And((either(others), Not(literal))))
        node = Or((literal, *(Weighted(other, WEIGHT) for other in others)))
        return Part(node, (node,) if len(typed) == 1 else self._apart(typed, inner, others, within))

    def _apart(self, typed: list[str], inner: list[Part], others: list[Node], within: str | None) -> tuple[Node, ...]:
        """Each syllable of a long form alone, or the short form for all of them."""
        loose = [n for p in inner for n in p.loose] or [Syllable(t, self.any_accent, within) for t in dict.fromkeys(typed)]
        short = [Weighted(o, WEIGHT / len(loose)) for o in others if isinstance(o, Syllable)]
        return tuple(either([n, *short]) for n in loose)


def _phrase(texts: Iterable[str], any_accent: bool, within: str | None = None) -> Node:
    parts = tuple(Syllable(text, any_accent, within) for text in texts)
    return Phrase(parts, 0, within) if len(parts) > 1 else parts[0]
