"""Where a query's syllables stand in a few documents: one look at the documents' slots, however many spellings there are."""
from collections.abc import Sequence

import numpy as np

from index.slots import GAP, RARE
from search.finding import Occurrences
from search.phrases import occurrences as everywhere
from search.segment import Segment
from search.tree import Syllable


def occurrences(words: Sequence[Syllable], rows: np.ndarray, segment: Segment) -> Occurrences:
    """`words` are distinct."""
    starts, ends = segment.slot_starts[rows], segment.slot_starts[rows + 1]
    sizes = ends - starts
    tokens = np.concatenate([segment.tokens[a:b] for a, b in zip(starts.tolist(), ends.tolist())]) if len(rows) else segment.tokens[:0]
    shift = starts - (np.cumsum(sizes) - sizes)         # from a place in `tokens` to its slot
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), sizes)
    found = [_layer(layer, tokens, owner, shift, segment) for layer in _layers(words, segment)]
    at, terms, exact = (np.concatenate([one[i] for one in found] or [np.empty(0, np.int64)]) for i in range(3))
    if len(found) > 1:
        order = np.lexsort((terms, at))
        at, terms, exact = at[order], terms[order], exact[order]
    own = owner[at]
    slots = at + shift[own]
    titles = segment.titles[rows].astype(np.int64)
    return Occurrences(own, slots - starts[own], terms, exact.astype(bool), _joined(segment, slots), sizes - 2, titles)


def _layers(words: Sequence[Syllable], segment: Segment) -> list[dict[int, tuple[np.ndarray, int | None]]]:
    """Word → its terms and the one spelled as typed; words that share a term ("hòa", hoa) lie in different layers."""
    layers, taken = [], []
    for number, word in enumerate(words):
        terms = segment.vocabulary.terms(word.text, word.any_accent)
        exact = segment.vocabulary.term(word.text)
        free = next((i for i, known in enumerate(taken) if known.isdisjoint(terms.tolist())), len(layers))
        if free == len(layers):
            layers.append({})
            taken.append(set())
        layers[free][number] = terms, exact
        taken[free].update(terms.tolist())
    return layers


def _layer(layer, tokens: np.ndarray, owner: np.ndarray, shift: np.ndarray, segment: Segment):
    """(place in tokens, word, spelled as typed) wherever a word of the layer stands."""
    table = np.zeros(1 << 16, np.uint8)     # 1 + word, and 128 more where it is not spelled as typed
    for number, (terms, exact) in layer.items():
        direct = terms[terms < GAP]
        table[direct] = number + 1
        table[direct[direct != exact] if exact is not None else direct] |= 128
    table[RARE] = 0
    coded = table[tokens]
    at = np.flatnonzero(coded)
    coded = coded[at]
    parts = [(at, (coded & 127).astype(np.int64) - 1, coded < 128)]
    doubtful = np.flatnonzero(tokens == RARE) if any((terms >= GAP).any() for terms, _ in layer.values()) else at[:0]
    for number, (terms, exact) in layer.items() if len(doubtful) else ():
        for term in terms[terms >= GAP].tolist():
            places = doubtful[np.isin(doubtful + shift[owner[doubtful]], everywhere(segment, np.array([term]))[1])]
            parts.append((places, np.full(len(places), number), np.full(len(places), term == exact)))
    if len(parts) == 1:
        return parts[0]
    at, terms, exact = (np.concatenate(column) for column in zip(*parts))
    order = np.argsort(at, kind="stable")
    return at[order], terms[order], exact[order]


def _joined(segment: Segment, slots: np.ndarray) -> np.ndarray:
    bits = segment.arrays["joined"][slots >> 3]
    return (bits >> (7 - (slots & 7)).astype(np.uint8) & 1).astype(bool)
