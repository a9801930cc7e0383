"""Where a rebuild stands becomes one line on the terminal."""
import sys
import time

from index.rebuild import Progress

WIDTH = 24
EVERY = {True: 0.2, False: 10.0}    # seconds between lines, on a terminal and in a log
STEPS = {"read": "reading", "write": "writing", "verify": "verifying"}


class Line:
    """Shows progress on standard error: a bar that moves on a terminal, now and then a line in a log."""

    def __init__(self, stream=sys.stderr):
        self._stream, self._terminal = stream, stream.isatty()
        self._step, self._begun, self._shown = "", 0.0, 0.0

    def __call__(self, at: Progress) -> None:
        now = time.monotonic()
        if at.step != self._step:
            self._step, self._begun, self._shown = at.step, now, now if not self._terminal else 0.0
        if now - self._shown >= EVERY[self._terminal]:
            self._shown = now
            self._stream.write(f"\r{said(at, now - self._begun):<100}" if self._terminal else said(at, now - self._begun) + "\n")
            self._stream.flush()

    def close(self) -> None:
        if self._terminal and self._step:
            self._stream.write(f"\r{'':<100}\r")


def said(at: Progress, seconds: float) -> str:
    """One line: the step, how far, how fast, and how long still where the whole is known."""
    pages = at.pages if at.step == "read" else at.done
    part = min(at.done / at.total, 1.0) if at.total else 1.0
    rate = pages / seconds if seconds > 0 else 0.0
    left = f"{seconds / part - seconds:,.0f} s left" if part and seconds > 0 else ""
    bar = "█" * round(part * WIDTH) + "·" * (WIDTH - round(part * WIDTH))
    return f"{STEPS[at.step]}  {bar} {part:4.0%}  {pages:,} pages  {rate:,.0f}/s  {at.reused:,} unchanged  {left}"
