"""What was typed so far becomes what the box might hold: titles, frequent phrases, provinces, resolutions; and a better spelling."""
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from corpus import places
from index.analysis import Tokens, analyse
from index.spelling import canonical, compose, fold, has_accents
from search.engine import Suggestion
from search.terms import MAX_WORDS, Lexicon
from search.tree import And, Node, Prefix, Syllable

MOST = 8
TITLES = 4                  # of them, where there are enough others
WORDS = 6                   # of the last words typed, those that a phrase may begin with
LONGEST = 7                 # letters of a syllable: "nghiêng"
TRIES = 6                   # spellings looked up before giving up
LETTERS = "abcdeghiklmnopqrstuvxy"      # of folded Vietnamese syllables
RESOLUTIONS = ("nghị quyết 13-NQ/TW", "nghị quyết 20-NQ/TW")
Titles = Callable[[Node, int], Sequence[str]]       # titles of the best documents that satisfy a tree


@dataclass(frozen=True, slots=True, eq=False)
class Completions:
    """Texts by their folded beginnings."""
    keys: list[str]             # folded, sorted
    suggestions: list[Suggestion]
    weights: np.ndarray

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, int]]) -> "Completions":
        """Provinces and resolutions come before phrases of any frequency."""
        entries = [(Suggestion(f'tỉnh:"{label}"', "province"), label, 1e9) for label in places.LABELS.values()]
        entries += [(Suggestion(text, "resolution"), text, 2e9) for text in RESOLUTIONS]
        entries += [(Suggestion(f"NQ {text[11:13]}", "resolution"), f"nq {text[11:13]}", 2e9) for text in RESOLUTIONS]
        entries += [(Suggestion(text, "phrase"), text, float(count)) for text, count in phrases]
        entries.sort(key=lambda entry: fold(entry[1]))
        return cls([fold(text) for _, text, _ in entries], [s for s, _, _ in entries], np.array([w for _, _, w in entries]))

    def starting(self, folded: str, most: int) -> list[Suggestion]:
        """The weightiest first."""
        first, after = bisect_left(self.keys, folded), bisect_left(self.keys, folded + "\U0010ffff")
        weights = self.weights[first:after]
        best = np.argpartition(-weights, most)[:most] if len(weights) > most else np.arange(len(weights))
        return [self.suggestions[first + i] for i in best[np.argsort(-weights[best], kind="stable")].tolist()]


def suggest(text: str, completions: Completions, titles: Titles) -> tuple[Suggestion, ...]:
    """At most 8: what the last words may become, then whole titles. Never alters what stands before those words."""
    tokens = analyse(text, words=False)
    if not len(tokens) or _finished(text, int(tokens.ends[-1])):
        return ()
    said = list(_completed(text, tokens, completions))
    named = [Suggestion(title, "title") for title in _titled(tokens.texts, titles)]
    room = max(MOST - len(said), TITLES)
    chosen = dict.fromkeys(said[:MOST - min(len(named), room)] + named[:room])
    return tuple(s for s in chosen if s.text != compose(text))[:MOST]


def better(text: str, lexicon: Lexicon, total: Callable[[str], int]) -> str | None:
    """The text with its rarest word spelled so that there are hits; None where no such spelling is found.

    `total` counts the hits of a text.
    """
    tokens = analyse(text, words=False)
    lexicon.expect(tokens.texts[:MAX_WORDS])
    places_ = sorted(range(min(len(tokens), MAX_WORDS)), key=lambda i: _frequency(tokens.texts[i], lexicon))
    tries = 0
    for i in places_[:3]:
        for other in _respelled(tokens.texts[i], lexicon):
            tries += 1
            changed = text[:int(tokens.starts[i])] + other + text[int(tokens.ends[i]):]
            if total(changed):
                return changed
            if tries >= TRIES:
                return None
    return None


def _finished(text: str, end: int) -> bool:
    """Whether something other than space follows the last word: a quote or bracket that closes."""
    return bool(text[end:].strip())


def _completed(text: str, tokens: Tokens, completions: Completions) -> Iterator[Suggestion]:
    """By the longest ending of the text that something begins with; those with the accents typed come first."""
    open_end = " " if text[-1:].isspace() else ""
    for first in range(max(0, len(tokens) - WORDS), len(tokens)):
        typed = " ".join(tokens.texts[first:]) + open_end
        found = completions.starting(fold(typed), 2 * MOST)
        if found:
            head = text[:int(tokens.starts[first])]
            found.sort(key=lambda s: has_accents(typed) and not _begins(s.text, typed))
            yield from (Suggestion(head + s.text, s.kind) for s in found[:MOST])
            return


def _begins(text: str, typed: str) -> bool:
    return " ".join(map(canonical, text.removeprefix('tỉnh:"').split())).startswith(typed)


def _titled(texts: Sequence[str], titles: Titles) -> list[str]:
    """Those with the words side by side first; none for a single letter, which stands in most."""
    typed = fold(" ".join(texts))
    if len(typed) < 2:
        return []
    found = [" ".join(title.split()) for title in titles(_title(texts), 2 * MOST)]
    return sorted(found, key=lambda title: f" {typed}" not in f" {fold(title.lower())}")[:MOST]


def _title(texts: Sequence[str]) -> Node:
    """All the words in a title, the last one perhaps not yet whole."""
    loose = not any(map(has_accents, texts))
    spelled = [fold(t) if loose else t for t in texts[:-1]]
    return And((*(Syllable(t, loose, "title") for t in spelled), Prefix(fold(texts[-1]), True, "title")))


def _frequency(word: str, lexicon: Lexicon) -> int:
    if has_accents(word):
        return lexicon.df(word)
    return sum(lexicon.df(spelling) for spelling in lexicon.spellings(word)[:4])


def _respelled(word: str, lexicon: Lexicon) -> list[str]:
    """Spellings that the index has, likeliest first: other accents, then one letter other, then several syllables."""
    plain, known = fold(word), _frequency(word, lexicon)
    if not plain.isalpha() or len(plain) > 32:
        return []
    same = [s for s in lexicon.spellings(plain) if s != word] if has_accents(word) else []
    near = lexicon.usual(sorted(set(_edits(plain)))) if not known and len(plain) <= 8 else ()     # a word that stands is no slip
    found = [s for s in same[:2] + list(near[:2]) if lexicon.df(s) > known]
    return found + ([] if known else _split(plain, lexicon))


def _edits(word: str) -> Iterator[str]:
    """Every text one letter away."""
    for i in range(len(word) + 1):
        before, behind = word[:i], word[i:]
        if behind:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in LETTERS)
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
        yield from (before + letter + behind for letter in LETTERS)


def _split(word: str, lexicon: Lexicon) -> list[str]:
    """Syllables typed without spaces between them: "hoptacxa"; the way with the fewest, then the most frequent."""
    lexicon.expect([word[end - size:end] for end, size in product(range(1, len(word) + 1), range(1, LONGEST + 1)) if size <= end])
    best: list[tuple[int, float, str] | None] = [(0, 0.0, "")] + [None] * len(word)
    for end, size in product(range(1, len(word) + 1), range(1, LONGEST + 1)):
        before = best[end - size] if size <= end else None
        part = word[end - size:end]
        if before is None or not (count := _frequency(part, lexicon)):
            continue
        way = (before[0] + 1, before[1] - np.log(count), f"{before[2]} {part}".strip())
        if best[end] is None or way < best[end]:
            best[end] = way
    whole = best[len(word)]
    return [whole[2]] if whole and whole[0] > 1 else []
