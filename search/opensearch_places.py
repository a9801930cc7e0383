"""Where a query's syllables stand: in candidates by a script that runs beside their columns, in documents that are shown by a look here."""
from collections.abc import Sequence
from typing import Any

import numpy as np

from index.opensearch_documents import Kept, digest, fold_digest
from index.spelling import fold
from search.finding import Occurrences, Placed
from search.marking import Marks, Place
from search.tree import Prefix, Syllable

FIELD = "places"
#: Gives the sizes of the title and of both texts, then position << 8 | word << 1 | spelled as typed of each occurrence.
#: A server stops loops of a million rounds in one function, so it looks at a thousand syllables at a time.
_SCRIPT = """
void look(byte[] bytes, int start, int from, int to, long bits, int[] words, int[] folds, List found) {
  for (int i = from; i < to; i++) {
    int at = start + 4 * i;
    if ((bits >>> (bytes[at + 2] & 63) & 1L) == 0L) { continue; }
    int fold = (bytes[at] & 255) << 16 | (bytes[at + 1] & 255) << 8 | bytes[at + 2] & 255;
    int slot = fold << 8 | bytes[at + 3] & 255;
    for (int n = 0; n < words.length; n++) {
      if (slot == words[n]) { found.add(i << 8 | n << 1 | 1); }
      else if (fold == folds[n]) { found.add(i << 8 | n << 1); }
    }
  }
}
int[] numbers(List given) {
  int[] out = new int[given.size()];
  for (int i = 0; i < out.length; i++) { out[i] = ((Number) given.get(i)).intValue(); }
  return out;
}
def column = doc['slots'].value;
int slots = column.length / 4 - 1;
int start = column.offset + 4;
byte[] bytes = column.bytes;
List found = new ArrayList();
found.add((bytes[start - 4] & 255) << 24 | (bytes[start - 3] & 255) << 16 | (bytes[start - 2] & 255) << 8 | bytes[start - 1] & 255);
found.add(slots - 1);
int[] words = numbers(params.words);
int[] folds = numbers(params.folds);
for (int from = 0; from < slots; from += 1000) {
  look(bytes, start, from, (int) Math.min(from + 1000, slots), ((Number) params.bits).longValue(), words, folds, found);
}
return found;
"""
_NONE = -1      # no digest: a word that is wanted only as it is spelled


def script(words: Sequence[Syllable]) -> dict[str, Any]:
    """What is asked for beside each candidate; `words` are distinct."""
    own = [_signed(digest(word.text)) for word in words]
    loose = [fold_digest(fold(word.text)) if word.any_accent else _NONE for word in words]
    bits = 0
    for word in words:
        bits |= 1 << (fold_digest(fold(word.text)) & 63)
    params = {"words": own, "folds": loose, "bits": _signed(bits, 64)}
    return {FIELD: {"script": {"lang": "painless", "source": _SCRIPT, "params": params}}}


def occurrences(found: Sequence[Sequence[int]]) -> Occurrences:
    """Of what the script gave for each candidate."""
    sizes = np.array([(one[0], one[1]) for one in found], np.int64).reshape(-1, 2)
    counts = np.array([len(one) - 2 for one in found], np.int64)
    codes = np.array([code for one in found for code in one[2:]], np.int64)
    return Occurrences(np.repeat(np.arange(len(found)), counts), codes >> 8, codes >> 1 & 127, (codes & 1).astype(bool), sizes[:, 1], sizes[:, 0])


def placed(one: Kept, marks: Marks, name: str) -> Placed:
    """The syllables of a shown text that leaves stand for, and its codes: as `marking.places`, from what is kept."""
    bits: dict[int, int] = {}
    for i, leaf in enumerate(marks.leaves):
        if leaf.field in (None, name):
            for position in _positions(one, leaf, name):
                bits[position] = bits.get(position, 0) | 1 << i
    coded = [(first, last) for code, first, last in one.coded(name) if code in marks.codes] if marks.codes else []
    for first, last in coded:
        for position in range(first, last + 1):
            bits.setdefault(position, 0)
    starts, ends = one.offsets[name] if bits else ((), ())
    places: list[Place] = [(i, int(starts[i]), int(ends[i]), bits[i]) for i in sorted(bits)]
    return Placed(places, coded)


def _positions(one: Kept, leaf: Syllable | Prefix, name: str) -> list[int]:
    line = (one.folds if leaf.any_accent else one.lines)[name]
    sought = f" {leaf.text}" + " " * isinstance(leaf, Syllable)
    out, counted, position, at = [], 0, 0, line.find(sought)
    while at >= 0:
        position += line.count(" ", counted, at)
        counted = at
        out.append(position)
        at = line.find(sought, at + 1)
    return out


def _signed(number: int, bits: int = 32) -> int:
    return number - (1 << bits) if number >> (bits - 1) else number
