"""A CRFsuite model file becomes its weights, to the last bit. The format: crf1d_model.c and cqdb.c of CRFsuite 0.12."""
import struct
from dataclasses import dataclass

import numpy as np

_HEADER = struct.Struct("<4sI4s9I")     # magic, size, type, version, features, labels, attributes, five offsets
_CHUNK = struct.Struct("<4sII")         # magic, size, number of entries
_STRINGS = struct.Struct("<4s5I")       # magic, size, flag, byte order, size and offset of the table from ids to keys
_PAIR = struct.Struct("<II")
_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_STATE, _TRANSITION = 0, 1


@dataclass(frozen=True, slots=True)
class Model:
    labels: tuple[str, ...]
    states: dict[str, np.ndarray]       # attribute → its weight for each label
    transitions: np.ndarray             # [from label, to label]


def read(data: bytes) -> Model:
    """Raises ValueError when this is no first-order model of CRFsuite."""
    magic, _, kind, _, _, _, _, features, labels, attributes, _, _ = _HEADER.unpack_from(data)
    if (magic, kind) != (b"lCRF", b"FOMC"):
        raise ValueError("not a CRFsuite model")
    names = _strings(data, labels)
    keys = _strings(data, attributes)
    _, _, count = _CHUNK.unpack_from(data, features)
    table = np.frombuffer(data, _FEATURE, count, features + _CHUNK.size)
    states, transitions = np.zeros((len(keys), len(names))), np.zeros((len(names), len(names)))
    for weights, of in ((states, _STATE), (transitions, _TRANSITION)):
        chosen = table[table["type"] == of]
        np.add.at(weights, (chosen["source"], chosen["label"]), chosen["weight"])
    return Model(tuple(names), dict(zip(keys, states)), transitions)


def _strings(data: bytes, at: int) -> list[str]:
    """The keys of a constant quark database, in the order of their ids."""
    magic, _, _, _, size, table = _STRINGS.unpack_from(data, at)
    if magic != b"CQDB":
        raise ValueError("a CRFsuite model with damaged strings")
    offsets = np.frombuffer(data, "<u4", size, at + table)
    return [_key(data, at + offset) for offset in offsets.tolist()]


def _key(data: bytes, at: int) -> str:
    _, size = _PAIR.unpack_from(data, at)
    start = at + _PAIR.size
    return data[start:start + size - 1].decode()      # without the closing NUL
