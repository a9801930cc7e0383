"""Named arrays become files beside one another, and come back as memory maps.

    <stem>.<name>.arr       the bare values, little-endian
    <stem>.arrays.json      {"version", "arrays": {name: [dtype, count, CRC-32 of the bytes]}, and what else the writer tells}

The list is written last, after every array is on the disk: a set of arrays without it is unfinished.
"""
import json
import mmap
import os
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import crc32

import numpy as np

VERSION = 2
BUFFER = 1 << 18        # bytes a stream holds back before it writes
BLOCK = 1 << 20         # bytes read at a time


class WrongVersion(Exception):
    """The arrays were written in another version of the format."""


class Stream:
    """One array, written piece by piece."""

    def __init__(self, path: Path, dtype: str):
        self._file = open(path, "wb", buffering=BUFFER)
        self.dtype, self.count, self.crc = np.dtype(dtype).newbyteorder("<"), 0, 0

    def add(self, values) -> None:
        values = np.ascontiguousarray(values, dtype=self.dtype)
        self._write(values.data, values.size)

    def add_bytes(self, values: bytes) -> None:
        self._write(values, len(values))

    def _write(self, values, count: int) -> None:
        self._file.write(values)
        self.count += count
        self.crc = crc32(values, self.crc)

    def close(self) -> None:
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()


class ArraysWriter:
    def __init__(self, folder: Path, stem: str):
        self._folder, self._stem = folder, stem
        self._streams: dict[str, Stream] = {}

    def stream(self, name: str, dtype: str) -> Stream:
        self._streams[name] = Stream(self._folder / f"{self._stem}.{name}.arr", dtype)
        return self._streams[name]

    def write(self, name: str, values: np.ndarray) -> None:
        stream = self.stream(name, values.dtype.str)
        stream.add(values)
        stream.close()

    def close(self, **told: Any) -> None:
        """Everything to the disk; `told` is kept beside the list, JSON values."""
        for stream in self._streams.values():
            stream.close()
        listed = {name: [stream.dtype.str, stream.count, stream.crc] for name, stream in self._streams.items()}
        with open(self._folder / f"{self._stem}.arrays.json", "w", encoding="utf-8") as file:
            json.dump({"version": VERSION, "arrays": listed, **told}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())


class Arrays:
    """Read-only; each array is mapped when it is first asked for, so opening costs the same whatever the size."""

    def __init__(self, folder: Path, stem: str):
        self._folder, self._stem, self._lock = folder, stem, Lock()
        self.told = json.loads((folder / f"{stem}.arrays.json").read_text(encoding="utf-8"))
        if self.told["version"] != VERSION:
            raise WrongVersion(f"{stem}: arrays of version {self.told['version']}, this program reads {VERSION}")
        self._open: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        found = self._open.get(name)
        if found is None:
            with self._lock:
                found = self._open.setdefault(name, self._mapped(name))
        return found

    def map_all(self) -> None:
        """Now rather than when each is first asked for."""
        for name in self.told["arrays"]:
            self[name]

    def _mapped(self, name: str) -> np.ndarray:
        dtype, count, _ = self.told["arrays"][name]
        if not count:
            return np.empty(0, dtype)
        with open(self._path(name), "rb") as file:
            return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), dtype=dtype, count=count)

    def damaged(self) -> list[str]:
        """The arrays whose bytes on the disk are not those that were written. Reads everything."""
        return [name for name, (_, _, crc) in self.told["arrays"].items() if _crc(self._path(name)) != crc]

    def _path(self, name: str) -> Path:
        return self._folder / f"{self._stem}.{name}.arr"

    def close(self) -> None:
        self._open.clear()


def _crc(path: Path) -> int | None:
    crc = 0
    try:
        with open(path, "rb") as file:
            while block := file.read(BLOCK):
                crc = crc32(block, crc)
    except FileNotFoundError:
        return None
    return crc


def slices(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Every index in starts[i] … starts[i] + counts[i], one slice after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(np.asarray(starts, np.int64) - (ends - counts), counts)
