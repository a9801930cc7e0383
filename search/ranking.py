"""The first hits an engine found, scored anew: words, neighbours, nearness, where a text begins, exact accents.

Scored by BM25 over the words, where an occurrence in the title counts as in the index, and beside it
* pairs: words typed as neighbours that are neighbours, by what the pair tells beyond its two words: its own
  rarity less that of the words; it is the pair's rarity that helps (Metzler and Croft's sequential dependence);
* near: the same pairs within a few syllables, in either order (their unordered windows), less than as neighbours;
* lead: words in the title or near the beginning of the body, for news says first what it is about;
* window: the most of the words that stand within two neighbouring blocks;
* exact: words spelled as typed, where any accents would do;
* the engine's own score, which knows phrases, prefixes and codes.
Weights: the plateau of a random search over the development sets of `benchmarks/relevance.py`, which are thus no blind test of them.
Words as segmented added nothing once pairs were there, so they have no weight.
"""
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.fields import TEXTS
from search.finding import Occurrences
from search.terms import Asked
from search.tree import Syllable

CANDIDATES = 200        # past them the engine's order stands
K1, B = 1.2, 0.75
PAIRS, BEYOND = 1.15, 1.22      # a pair's weight, and the share of its words' mean rarity that it must exceed
NEAR, WITHIN, AHEAD = 0.25, 8, 4    # a pair nearby: its weight, syllables apart at most, wanted words looked at after each
LEAD, FADES = 0.85, 150.0       # per word, and after how many syllables a third of it is left
LEAD_PLAIN = 1.3                # where no accents tell what is meant, where it stands tells more
WINDOW, BLOCK = 0.45, 16
EXACT = 0.1
ENGINE = 0.01


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an engine is asked for: the distinct words, then short forms that stand for some of them."""
    terms: tuple[Syllable, ...]
    words: int                                      # how many of them are words
    pairs: tuple[tuple[int, int], ...]              # words typed as neighbours, by number
    stands: tuple[tuple[int, ...], ...]             # for which words each term stands; a word for itself

    @property
    def neighbours(self) -> tuple[tuple[Syllable, Syllable], ...]:
        return tuple((self.terms[a], self.terms[b]) for a, b in self.pairs)


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """Of what is wanted in the whole index."""
    documents: int
    length: float           # mean number of syllables, title and body
    words: np.ndarray       # documents that hold each word
    pairs: np.ndarray       # documents in which each pair are neighbours, nearly


@lru_cache(1024)
def wanted(asked: Asked) -> Wanted:
    words = tuple(dict.fromkeys(asked.words))
    number = {word: i for i, word in enumerate(words)}
    order = [number[word] for word in asked.words]
    pairs = dict.fromkeys(pair for first, after in asked.runs for pair in zip(order[first:after], order[first + 1:after]))
    short = {form: tuple(order[first:after]) for form, first, after in asked.short if form not in number}
    return Wanted(words + tuple(short), len(words), tuple(pairs), tuple((i,) for i in range(len(words))) + tuple(short.values()))


def rescored(scores: np.ndarray, found: Occurrences, wanted: Wanted, rarity: Rarity) -> np.ndarray:
    """Scores of the candidates, best highest; `scores` are the engine's."""
    rows, positions, terms, exact = _unfolded(found, wanted)
    if not len(rows):
        return ENGINE * scores
    size = len(scores), wanted.words
    bodies = positions - found.titles[rows] - 1     # negative in the title
    weights = _idf(rarity.words, rarity.documents)
    norms = K1 * (1 - B + B * found.lengths / (rarity.length or 1))[:, None]
    counts = _counts(rows, terms, size, np.where(bodies < 0, TEXTS["title"], TEXTS["body"]))
    new = ENGINE * scores + _saturated(counts, norms) @ weights
    if wanted.pairs:
        cells = len(scores), len(wanted.pairs)
        new += PAIRS * (_saturated(_pairs(rows, positions, terms, cells, wanted), norms) @ _beyond(weights, wanted, rarity, BEYOND))
        new += NEAR * (_saturated(_near(rows, positions, terms, cells, wanted), norms) @ _beyond(weights, wanted, rarity, 1))
    plain = all(word.any_accent for word in wanted.terms[:wanted.words])
    new += (LEAD_PLAIN if plain else LEAD) * (_leads(rows, bodies, terms, size) @ weights)
    new += WINDOW * _windows(rows, positions, terms, found, weights)
    spelled = counts if exact.all() else _counts(rows[exact], terms[exact], size)
    return new + EXACT * ((spelled > 0) @ weights)


def _unfolded(found: Occurrences, wanted: Wanted) -> tuple[np.ndarray, ...]:
    """Rows, positions, words and exactness, where a short form became the words it stands for, all in its place."""
    terms = found.terms.astype(np.int64)
    if not len(terms) or terms.max() < wanted.words:
        return found.rows, found.positions, terms, found.exact
    sizes = np.array([len(words) for words in wanted.stands])
    starts = np.cumsum(sizes) - sizes
    times = sizes[terms]
    at = np.repeat(np.arange(len(terms)), times)
    inside = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
    words = np.array([word for stand in wanted.stands for word in stand])[starts[terms[at]] + inside]
    return found.rows[at], found.positions[at], words, found.exact[at] & (times[at] == 1)


def _idf(frequencies: np.ndarray, documents: int) -> np.ndarray:
    frequencies = np.minimum(frequencies, documents)
    return np.log1p((documents - frequencies + 0.5) / (frequencies + 0.5))


def _counts(rows: np.ndarray, columns: np.ndarray, size: tuple[int, int], weights: np.ndarray | None = None) -> np.ndarray:
    return np.bincount(rows * size[1] + columns, weights, size[0] * size[1]).reshape(size)


def _saturated(counts: np.ndarray, norms: np.ndarray) -> np.ndarray:
    return counts * (K1 + 1) / (counts + norms)


def _beyond(weights: np.ndarray, wanted: Wanted, rarity: Rarity, share: float) -> np.ndarray:
    """How much rarer each pair is than this share of its words' mean."""
    words = weights[np.array(wanted.pairs)].mean(axis=1)
    return np.maximum(_idf(rarity.pairs, rarity.documents) - share * words, 0)


def _pairs(rows: np.ndarray, positions: np.ndarray, terms: np.ndarray, size: tuple[int, int], wanted: Wanted) -> np.ndarray:
    """How often each pair stands in each candidate; inside a short form its words are neighbours too."""
    table = np.full((wanted.words, wanted.words), -1)
    table[tuple(np.array(wanted.pairs).T)] = np.arange(len(wanted.pairs))
    steps = positions[1:] - positions[:-1]
    at = np.flatnonzero((steps >= 0) & (steps <= 1) & (rows[1:] == rows[:-1]))
    pairs = table[terms[at], terms[at + 1]]
    at, pairs = at[pairs >= 0], pairs[pairs >= 0]
    return _counts(rows[at], pairs, size)


def _near(rows: np.ndarray, positions: np.ndarray, terms: np.ndarray, size: tuple[int, int], wanted: Wanted) -> np.ndarray:
    """How often the words of each pair stand near each other in each candidate, in either order."""
    table = np.full((wanted.words, wanted.words), -1)
    first, second = np.array(wanted.pairs).T
    table[second, first] = table[first, second] = np.arange(len(wanted.pairs))
    places = rows * (int(positions.max()) + WITHIN + 1) + positions     # those of two candidates are never near
    at, counts = np.arange(len(places)), np.zeros(size)
    for ahead in range(1, AHEAD + 1):
        at = at[:np.searchsorted(at, len(places) - ahead)]
        at = at[places[at + ahead] - places[at] <= WITHIN]              # what is far from one word is from the next
        pairs = table[terms[at], terms[at + ahead]]
        counts += _counts(rows[at[pairs >= 0]], pairs[pairs >= 0], size)
    return counts


def _leads(rows: np.ndarray, bodies: np.ndarray, terms: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """By how early each word stands first: 1 in the title and at the beginning of the body, fading to 0."""
    firsts = np.full(size[0] * size[1], np.inf)
    np.minimum.at(firsts, rows * size[1] + terms, bodies.astype(float))
    return np.exp(np.maximum(firsts, 0) / -FADES).reshape(size)


def _windows(rows: np.ndarray, positions: np.ndarray, terms: np.ndarray, found: Occurrences, weights: np.ndarray) -> np.ndarray:
    """The greatest weight of the words within two neighbouring blocks of each candidate."""
    blocks = (found.lengths + 1) // BLOCK + 2       # an empty one at the end of each candidate
    firsts = np.cumsum(blocks) - blocks
    held = np.zeros((int(blocks.sum()) + 1, len(weights)), bool)    # and one before the first
    held.ravel()[(firsts[rows] + positions // BLOCK + 1) * len(weights) + terms] = True
    return np.maximum.reduceat((held[:-1] | held[1:]) @ weights, firsts)
