"""How long an answer may take: whatever is dear asks before it begins whether time is left."""
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

_until: ContextVar[float] = ContextVar("until", default=inf)


class OutOfTime(Exception):
    """The time was over before the hits were found."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done inside has so much time."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def over() -> bool:
    return time.monotonic() >= _until.get()
