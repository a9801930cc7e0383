"""Text becomes words exactly as pyvi makes them, many times faster: its own tables and splitter, other arithmetic.

pyvi asks a conditional random field with two labels whether each syllable begins a word or continues one. With two
labels Viterbi's pair of scores is one number, the lead d of "continues" over "begins":

    d[t] = s[t] + g(d[t-1]),   g(x) = max(BI, x + II) - max(BB, x + IB)

with s the weights of the features and BI … the transitions. g is flat outside a narrow band, so nearly every d is known
from s alone, in arrays; the few others are followed one by one. Where a lead comes so close to a decision that the
order of pyvi's additions could turn it, pyvi itself is asked.
"""
import builtins
import codecs
import functools
import importlib.util
import pickle
import string
import types
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np

from index import crf
from index.table import Table

_CLOSE = 1e-7               # far above the rounding of some thousand additions; two in 154,000 articles come closer
_LONG = 10_000              # syllables; past them rounding grows and the margin with it
_TRAITS = "isupper", "istitle", "isdigit"       # of a syllable; its neighbours are not told the last
_BEGINS, _CONTINUES = "B_W", "I_W"
BOUNDARY = 0                # the number that stands between two texts
_MEMO = 200_000             # chunks remembered by Words, some 30 MB
_SYLLABLE = np.dtype([("own", "f8"), ("after", "f8"), ("before", "f8"),     # weights for itself, its next, its previous
                      ("gram", "i8"), ("loose", "?"), ("title", "?")])


def split(text: str) -> list[str]:
    """What stands between white space, and line ends, which pyvi takes for syllables; it splits each by itself."""
    lines = text.split("\n")
    chunks = lines[0].split()
    for line in lines[1:]:
        chunks.append("\n")
        chunks += line.split()
    return chunks


class _Grams:
    """Which of many keys are in a set of them."""

    _SLOTS = 1_048_573      # a prime: about one key in fifty shares a slot with a gram by chance

    def __init__(self, keys: Iterable[int]):
        self._keys = np.array(sorted(keys), np.int64)
        self._slots = np.zeros(self._SLOTS, bool)
        self._slots[self._keys % self._SLOTS] = True

    def where(self, keys: np.ndarray) -> np.ndarray:
        likely = np.flatnonzero(self._slots.take(keys % self._SLOTS))
        found = np.minimum(np.searchsorted(self._keys, keys[likely]), len(self._keys) - 1)
        return likely[self._keys[found] == keys[likely]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What an installed pyvi carries."""
    leads: dict[str, float]                             # attribute → weight of "continues" over that of "begins"
    transitions: tuple[float, float, float, float]      # BB, BI, IB, II
    members: dict[str, int]                             # syllables of pairs and triples, numbered from 1
    pairs: _Grams                                       # "hợp tác"
    triples: _Grams                                     # "hợp tác xã"
    split: Callable[[str], tuple[str, list[str]]]       # text → NFC text, syllables


@functools.cache
def tables() -> Tables:
    module = _pyvi_module(_ModelFile)
    model = crf.read(module.model)
    order = [model.labels.index(_BEGINS), model.labels.index(_CONTINUES)]
    leads = {key: float(weights[order[1]] - weights[order[0]]) for key, weights in model.states.items()}
    grams = [[gram.split(" ") for gram in kind] for kind in (module.bi_grams, module.tri_grams)]
    members = {s: i for i, s in enumerate(sorted({s for kind in grams for gram in kind for s in gram}), 1)}
    pairs, triples = (_Grams(_key([members[s] for s in gram], len(members) + 1) for gram in kind) for kind in grams)
    return Tables(leads, tuple(model.transitions[np.ix_(order, order)].ravel().tolist()),
                  members, pairs, triples, module.sylabelize)


def _key(numbers: Iterable[int], base: int) -> int:
    """No two grams share one, and none is that of a sequence with number 0: a syllable that no gram has."""
    return functools.reduce(lambda key, number: key * base + number, numbers)


def _pyvi_module(unpickler) -> type:
    """pyvi's tokenizer class, made by its own code, but with its model left in bytes:
    unpickling it would import scikit-learn, which takes seconds and is not needed to read numbers."""
    light = types.SimpleNamespace(load=lambda file: unpickler(file).load())

    def load(name, *rest):
        return light if name == "pickle" else __import__(name, *rest)

    spec = importlib.util.find_spec("pyvi.ViTokenizer")
    space = {"__name__": spec.name, "__file__": spec.origin, "__builtins__": vars(builtins) | {"__import__": load}}
    exec(spec.loader.get_code(spec.name), space)
    return space["ViTokenizer"]


class _Part:
    """Stands for any object in a pickle; keeps what it was to be made of."""
    def __new__(cls, *args):
        return object.__new__(cls)

    def __setstate__(self, state):
        self.state = state


class _ModelFile(pickle.Unpickler):
    """Reads pyvi's pickled model for the bytes of its CRFsuite file; makes no object of any class named in it."""

    def find_class(self, module: str, name: str):
        return codecs.encode if (module, name) == ("_codecs", "encode") else _Part

    def load(self) -> bytes:
        return super().load().state["modelfile"].state["__FILE_RESOURCE_DATA__"]


def _labels_by_pyvi(syllables: list[str]) -> list[str]:
    from pyvi.ViTokenizer import ViTokenizer
    return ViTokenizer.model.predict([ViTokenizer.sent2features(syllables, False)])[0]


class Segmenter:
    """Numbers syllables and keeps what the model says of each. Grows with every new one; when too large, make another.

    Joins may be asked for from several threads, while one at a time meets new syllables.
    """

    def __init__(self):
        self._tables = tables()
        self._rows = Table(_SYLLABLE)
        self._rows.extend([(0., 0., 0., 0, True, False)])       # BOUNDARY: says nothing and joins nothing
        self._numbers: dict[str, int] = {}
        self.texts: list[str] = [""]

    def numbers(self, chunks: Sequence[str]) -> list[list[int]]:
        """The numbers of each chunk's syllables, as pyvi splits it; letters alone are always one."""
        split = [[chunk] if chunk.isalpha() else self._tables.split(chunk)[1] for chunk in chunks]
        new = list(dict.fromkeys(s for syllables in split for s in syllables if s not in self._numbers))
        first = self._rows.extend([self._record(s) for s in new])
        self.texts += new
        self._numbers.update(zip(new, range(first, first + len(new))))
        return [[self._numbers[s] for s in syllables] for syllables in split]

    def _record(self, syllable: str) -> tuple:
        """What the model says of a syllable, for itself and its neighbours; bool features count when they hold."""
        lead, lower = self._tables.leads.get, syllable.lower()
        written = lower.partition("\0")[0]      # names of attributes are C strings
        traits = [f"word.{trait}()" for trait in _TRAITS if getattr(syllable, trait)()]
        own = ["bias", "word.lower():" + written, *traits]
        sides = [name for name in own[1:] if name != "word.isdigit()"]
        return (sum(lead(name, 0.) for name in own), sum(lead("-1:" + name, 0.) for name in sides),
                sum(lead("+1:" + name, 0.) for name in sides), self._tables.members.get(lower, 0),
                syllable in string.punctuation or syllable[0].isdigit(), syllable[0].istitle())

    def joins(self, numbers: np.ndarray) -> np.ndarray:
        """For every syllable whether it continues the word of the one before it; texts apart by BOUNDARY, which never does."""
        joined = np.zeros(len(numbers), bool)
        if len(numbers) > 1:
            rows = self._rows.take(numbers)
            loose, title = rows["loose"], rows["title"]
            joined[1:] = (self._continues(numbers, rows)[1:] & ~loose[1:] & ~loose[:-1] & ~(title[1:] & ~title[:-1]))
        return joined

    def _continues(self, numbers: np.ndarray, rows: np.ndarray) -> np.ndarray:
        bounds = _bounds(numbers != BOUNDARY)
        labels, doubted = _decode(self._scores(rows), self._tables.transitions, *bounds)
        for start, after in doubted:
            labels[start:after] = np.array(_labels_by_pyvi([self.texts[n] for n in numbers[start:after].tolist()])) == _CONTINUES
        return labels

    def _scores(self, rows: np.ndarray) -> np.ndarray:
        """s: what the features say, transitions apart."""
        lead = self._tables.leads.get
        scores = rows["own"].copy()
        scores[1:] += rows["after"][:-1]
        scores[:-1] += rows["before"][1:]
        gram, base = rows["gram"], len(self._tables.members) + 1
        pairs = _key((gram[:-1], gram[1:]), base)
        triples = _key((pairs[:-1], gram[2:]), base)
        for at, name, span in ((self._tables.pairs.where(pairs), "1:word.bi_gram()", 1),
                               (self._tables.triples.where(triples), "2:word.tri_gram()", 2)):
            scores[at + span] += lead("-" + name, 0.)
            scores[at] += lead("+" + name, 0.)
        return scores


def _bounds(real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where runs of True begin, and where they end (the place behind)."""
    edges = np.flatnonzero(np.diff(real, prepend=False, append=False))
    return edges[::2], edges[1::2]


def _decode(s: np.ndarray, transitions: tuple[float, float, float, float], starts: np.ndarray,
            ends: np.ndarray) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Viterbi's labels, True for "continues", of the texts that begin and end there; and the spans of those texts in
    which a decision is too close to call."""
    bb, bi, ib, ii = transitions
    d = _leads(s, transitions, starts)
    from_continues, from_begins = d > bi - ii, d > bb - ib      # the label here, by the label of the next syllable
    open_ = from_continues != from_begins
    close = np.minimum(np.abs(d - (bi - ii)), np.abs(d - (bb - ib)))
    labels, last = from_begins, ends - 1
    close[last] = np.minimum(close[last], np.abs(d[last]))
    labels[last], open_[last] = d[last] > 0, False
    for t in np.flatnonzero(open_[:-1])[::-1].tolist():
        labels[t] = (from_continues if labels[t + 1] else from_begins)[t]
    return labels, _doubted(close, starts, ends)


def _doubted(close: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> list[tuple[int, int]]:
    """The texts in which a decision is closer than rounding may be."""
    margins = _CLOSE * np.maximum(1, (ends - starts) / _LONG) ** 2
    if not len(starts) or close.min() >= margins.max():
        return []
    return [(start, end) for start, end, margin in zip(starts.tolist(), ends.tolist(), margins.tolist())
            if close[start:end].min() < margin]


def _leads(s: np.ndarray, transitions: tuple[float, float, float, float], starts: np.ndarray) -> np.ndarray:
    """d. Where the band of g cannot be reached from s, its flat ends are added at once; the rest in their order."""
    bb, bi, ib, ii = transitions
    g = lambda x: max(bi, x + ii) - max(bb, x + ib)
    low, high = sorted((bi - ii, bb - ib))
    under, over = g(low), g(high)
    flat_under, flat_over = s + max(under, over) <= low, s + min(under, over) >= high
    first = s[starts]
    flat_under[starts], flat_over[starts] = first <= low, first >= high
    d = s.copy()
    d[1:] += np.where(flat_over, over, under)[:-1]
    d[starts] = first
    banded = ~(flat_under | flat_over)
    banded[starts[starts > 0] - 1] = False      # nothing passes from one text to the next
    for t in np.flatnonzero(banded[:-1]).tolist():
        d[t + 1] = s[t + 1] + g(d[t])
    return d


class Words:
    """Whole texts as pyvi gives them; remembers the chunks between white space that it met."""

    def __init__(self):
        self._segmenter = Segmenter()
        self._memo: dict[str, list[int]] = {}

    def of(self, text: str) -> list[str]:
        """What pyvi.ViTokenizer.spacy_tokenize(text)[0] is, and [] where it fails: a text without syllables."""
        if len(self._memo) > _MEMO:
            self.__init__()
        chunks = split(unicodedata.normalize("NFC", text))
        new = list(set(chunks).difference(self._memo))
        self._memo.update(zip(new, self._segmenter.numbers(new)))
        numbers = list(chain.from_iterable(map(self._memo.__getitem__, chunks)))
        words = list(map(self._segmenter.texts.__getitem__, numbers))
        joined = self._segmenter.joins(np.array(numbers, np.intp))
        for i in np.flatnonzero(joined)[::-1].tolist():
            words[i - 1] += "_" + words[i]
        return list(compress(words, ~joined))
