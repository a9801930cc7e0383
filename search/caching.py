"""Values that are dear to make, kept while they are used and room is left. Safe in many threads."""
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Cache(Generic[V]):
    """The least recently used go first. `size` tells the bytes of a value."""

    def __init__(self, most: int, size: Callable[[V], int]):
        self._most, self._size, self._lock = most, size, threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self.bytes = 0

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Two threads may make the same value at once; then one of the two is kept."""
        known = self.known(key)
        return self.put(key, make()) if known is None else known

    def known(self, key: Hashable) -> V | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: V) -> V:
        size = self._size(value)
        with self._lock:
            if size > self._most // 4:      # one value must not drive out all others
                return value
            if key in self._kept:
                self.bytes -= self._kept.pop(key)[1]
            self._kept[key] = value, size
            self.bytes += size
            while self.bytes > self._most:
                _, (_, gone) = self._kept.popitem(last=False)
                self.bytes -= gone
        return value

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0
