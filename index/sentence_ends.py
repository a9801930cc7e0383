"""The sentences of a text become two small numbers each, and come back: passages are cut at them without reading again."""
import numpy as np

from corpus.sentences import sentences

_MOST = 0xFFFF      # characters; a longer sentence is kept as several


def pack(text: str) -> np.ndarray:
    """uint16: the space before a sentence, its length, the same of the next one …"""
    out, at = [], 0
    for start, end in sentences(text):
        while start - at > _MOST:
            out += (_MOST, 0)
            at += _MOST
        while end > at:
            length = min(end - max(start, at), _MOST)
            out += (max(start - at, 0), length)
            at = max(start, at) + length
    return np.array(out, np.uint16)


def unpack(packed: np.ndarray) -> list[tuple[int, int]]:
    ends = np.cumsum(packed, dtype=np.int64).tolist()
    return [(start, end) for start, end in zip(ends[::2], ends[1::2]) if start < end]
