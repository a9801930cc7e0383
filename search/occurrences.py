"""Where a query's syllables stand in a few documents: one look at the documents' slots, however many spellings there are."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.slots import GAP, RARE
from search.finding import Occurrences
from search.phrases import among
from search.phrases import occurrences as everywhere
from search.segment import Segment
from search.tree import Prefix, Syllable


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The slots of some documents, one document behind the other."""
    rows: np.ndarray
    starts: np.ndarray      # row's first slot in the index
    sizes: np.ndarray
    firsts: np.ndarray      # row's first place in `tokens`
    tokens: np.ndarray

    @classmethod
    def of(cls, rows: np.ndarray, segment: Segment) -> "Window":
        starts, ends = segment.slot_starts[rows], segment.slot_starts[rows + 1]
        sizes, all_tokens = ends - starts, segment.tokens
        parts = [all_tokens[a:b] for a, b in zip(starts.tolist(), ends.tolist())]
        return cls(rows, starts, sizes, np.cumsum(sizes) - sizes, np.concatenate(parts) if parts else all_tokens[:0])

    def owners(self, at: np.ndarray) -> np.ndarray:
        """Which of the rows each place is in; places ascend."""
        edges = np.searchsorted(at, np.append(self.firsts, len(self.tokens)))
        return np.repeat(np.arange(len(self.rows)), np.diff(edges))


def occurrences(words: Sequence[Syllable | Prefix], window: Window, segment: Segment) -> tuple[np.ndarray, Occurrences]:
    """`words` are distinct. Also the places in the window's tokens."""
    layers = _layers(words, segment)
    held = np.flatnonzero(among(window.tokens, np.concatenate([terms for layer in layers for terms, _ in layer.values()] or [_NONE])))
    found = [_layer(layer, held, window, segment) for layer in layers]
    at, terms, exact = (np.concatenate([one[i] for one in found]) if found else _NONE for i in range(3))
    if len(found) > 1:
        order = np.lexsort((terms, at))
        at, terms, exact = at[order], terms[order], exact[order]
    own = window.owners(at)
    titles = segment.titles[window.rows].astype(np.int64)
    return at, Occurrences(own, at - window.firsts[own], terms, exact.astype(bool), window.sizes - 2, titles)


_NONE = np.empty(0, np.int64)


def _layers(words: Sequence[Syllable | Prefix], segment: Segment) -> list[dict[int, tuple[np.ndarray, int | None]]]:
    """Word → its terms and the one spelled as typed; words that share a term ("hòa", hoa) lie in different layers."""
    layers, taken = [], []
    for number, word in enumerate(words):
        terms = segment.terms(word)
        exact = next(iter(segment.terms(Syllable(word.text)).tolist()), None)
        free = next((i for i, known in enumerate(taken) if known.isdisjoint(terms.tolist())), len(layers))
        if free == len(layers):
            layers.append({})
            taken.append(set())
        layers[free][number] = terms, exact
        taken[free].update(terms.tolist())
    return layers


def _layer(layer: dict, held: np.ndarray, window: Window, segment: Segment) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(place in tokens, word, spelled as typed) wherever a word of the layer stands. `held`: places of direct terms, of all layers."""
    table = np.zeros(1 << 16, np.uint8)     # 1 + word, and 128 more where it is not spelled as typed
    for number, (terms, exact) in layer.items():
        direct = terms[terms < GAP]
        table[direct] = number + 1
        table[direct[direct != exact] if exact is not None else direct] |= 128
    coded = table[window.tokens[held]]
    mine = np.flatnonzero(coded)
    coded = coded[mine]
    parts = [(held[mine], (coded & 127).astype(np.int64) - 1, coded < 128)]
    if any((terms >= GAP).any() for terms, _ in layer.values()):
        parts += _rare(layer, window, segment)
    if len(parts) == 1:
        return parts[0]
    at, terms, exact = (np.concatenate(column) for column in zip(*parts))
    order = np.argsort(at, kind="stable")
    return at[order], terms[order], exact[order]


def _rare(layer: dict, window: Window, segment: Segment) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The terms whose numbers do not fit into a slot: by their posting lists."""
    doubtful = np.flatnonzero(window.tokens == RARE)
    slots = doubtful + (window.starts - window.firsts)[window.owners(doubtful)]
    for number, (terms, exact) in layer.items():
        for term in terms[terms >= GAP].tolist() if len(doubtful) else ():
            places = doubtful[np.isin(slots, everywhere(segment, np.array([term]))[1])]
            yield places, np.full(len(places), number), np.full(len(places), term == exact)
