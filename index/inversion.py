"""Occurrences in the order of documents become posting lists in the order of terms, in bounded memory.

Chunks of occurrences are sorted and spilled as runs; at the end, range of terms by range of terms, the runs' slices
are put one behind the other, which is the order of documents again. Terms are numbered by first appearance, so that
every run knows the numbers it will be merged by.
"""
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import Arrays, ArraysWriter

MERGED = 1 << 22        # occurrences merged at a time: about 100 MB with their copies
BLOCK = 1 << 16         # rows whose low half tells them apart


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where terms stand, in the order of documents; columns of equal length."""
    terms: np.ndarray       # uint32
    rows: np.ndarray        # uint32
    titled: np.ndarray      # bool: in the title
    positions: np.ndarray   # uint32, counted in the document's slots


class Inverter:
    """Takes chunks of occurrences; `write` gives the arrays of the whole."""

    def __init__(self, folder: Path, name: str):
        self._folder, self._name, self._runs = folder, name, []

    def add(self, found: Occurrences) -> None:
        stem = f"{self._name}-{len(self._runs)}"
        writer = ArraysWriter(self._folder, stem)
        for name, values in _inverted(found).items():
            writer.write(name, values)
        writer.close()
        self._runs.append(stem)

    def write(self, arrays: ArraysWriter, terms: int, rows: int, slots: int) -> None:
        """`terms` distinct ones; `slots` is the length of the longest document."""
        runs = [Arrays(self._folder, stem) for stem in self._runs]
        postings, occurrences = (_summed(runs, name, terms) for name in ("postings", "occurrences"))
        name = lambda part: f"{self._name}.{part}"
        arrays.write(name("starts"), _edges(postings))
        arrays.write(name("position_starts"), _edges(occurrences))
        low, counts = arrays.stream(name("rows"), "u2"), arrays.stream(name("counts"), "u1")
        positions = arrays.stream(name("positions"), "u2" if slots <= 1 << 16 else "u4")
        splits = arrays.stream(name("splits"), "u4")
        beyond = {part: arrays.stream(name(f"beyond_{part}"), "i8") for part in ("at", "title", "body")}
        for merged in _merged(runs, occurrences):
            at = low.count
            low.add(merged.rows & (BLOCK - 1))
            positions.add(merged.positions)
            counts.add(pack(merged.titles, merged.bodies))
            if rows > BLOCK:
                splits.add(_splits(merged, -(-rows // BLOCK)))
            more = np.flatnonzero((merged.titles > TITLES) | (merged.bodies > BODIES))
            beyond["at"].add(more + at)
            beyond["title"].add(merged.titles[more])
            beyond["body"].add(merged.bodies[more])


TITLES, BODIES = 3, 63      # the most occurrences that fit into a count's two and six bits


def pack(titles: np.ndarray, bodies: np.ndarray) -> np.ndarray:
    """Occurrences in title and body, one byte; what does not fit is kept as the most that does, and beside it."""
    return (np.minimum(titles, TITLES) << 6 | np.minimum(bodies, BODIES)).astype(np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class _Merged:
    """The posting lists of a range of terms."""
    first: int
    counts: np.ndarray      # postings of each term
    rows: np.ndarray
    titles: np.ndarray
    bodies: np.ndarray
    positions: np.ndarray


def _inverted(found: Occurrences) -> dict[str, np.ndarray]:
    """One run: sorted by term, within a term by document, within a document by position."""
    key = found.terms.astype(np.uint64) << np.uint64(32) | np.arange(len(found.terms), dtype=np.uint64)
    key.sort()
    order, terms = (key & np.uint64(0xFFFFFFFF)).astype(np.int64), (key >> np.uint64(32)).astype(np.int64)
    rows = found.rows[order]
    new = np.ones(len(order), bool)
    new[1:] = (terms[1:] != terms[:-1]) | (rows[1:] != rows[:-1])
    starts = np.flatnonzero(new)
    counts = np.diff(starts, append=len(order))
    titles = np.add.reduceat(found.titled[order].astype(np.int64), starts) if len(starts) else starts
    return {
        "postings": np.bincount(terms[starts]).astype(np.uint32),
        "occurrences": np.bincount(terms).astype(np.uint32),
        "rows": rows[starts].astype(np.uint32),
        "titles": titles.astype(np.uint32),
        "bodies": (counts - titles).astype(np.uint32),
        "positions": found.positions[order].astype(np.uint32),
    }


def _merged(runs: list[Arrays], occurrences: np.ndarray) -> Iterator[_Merged]:
    at = [(np.concatenate(([0], np.cumsum(run["postings"], dtype=np.int64))),
           np.concatenate(([0], np.cumsum(run["occurrences"], dtype=np.int64)))) for run in runs]
    for first, after in _ranges(occurrences):
        spans = [(run, *_span(p, first, after), *_span(o, first, after)) for run, (p, o) in zip(runs, at)]
        postings = [run["postings"][first:after] for run, *_ in spans]
        found = [run["occurrences"][first:after] for run, *_ in spans]
        order, places = _stable(postings, first), _stable(found, first)
        rows, titles, bodies = (_joined(run[name][a:b] for run, a, b, _, _ in spans)[order]
                                for name in ("rows", "titles", "bodies"))
        positions = _joined(run["positions"][c:d] for run, _, _, c, d in spans)[places]
        yield _Merged(first, sum(_padded(p, after - first) for p in postings), rows, titles, bodies, positions)


def _ranges(occurrences: np.ndarray) -> Iterator[tuple[int, int]]:
    """Ranges of terms with about MERGED occurrences each; a term is never divided."""
    edges, first = _edges(occurrences), 0
    while first < len(occurrences):
        after = int(np.searchsorted(edges, edges[first] + MERGED, "right")) - 1
        after = min(max(after, first + 1), len(occurrences))
        yield first, after
        first = after


def _span(edges: np.ndarray, first: int, after: int) -> tuple[int, int]:
    last = len(edges) - 1
    return int(edges[min(first, last)]), int(edges[min(after, last)])


def _stable(counts: list[np.ndarray], first: int) -> np.ndarray:
    """The order that puts the runs' slices, each sorted by term, into one sorted by term, then by run."""
    terms = _joined(np.repeat(np.arange(len(c), dtype=np.uint32), c) for c in counts)
    return np.argsort(terms, kind="stable")


def _splits(merged: _Merged, blocks: int) -> np.ndarray:
    """(term, block) → how many of the term's rows lie before the block's end."""
    terms = np.repeat(np.arange(len(merged.counts)), merged.counts)
    each = np.bincount(terms * blocks + merged.rows // BLOCK, minlength=len(merged.counts) * blocks)
    return np.cumsum(each.reshape(-1, blocks), axis=1).ravel()


def _summed(runs: list[Arrays], name: str, terms: int) -> np.ndarray:
    return sum((_padded(run[name], terms) for run in runs), np.zeros(terms, np.int64))


def _padded(values: np.ndarray, size: int) -> np.ndarray:
    out = np.zeros(size, np.int64)
    out[:len(values)] = values
    return out


def _joined(parts) -> np.ndarray:
    parts = list(parts)
    return np.concatenate(parts) if parts else np.empty(0, np.uint32)


def _edges(counts: np.ndarray) -> np.ndarray:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
