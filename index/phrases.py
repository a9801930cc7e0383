"""Titles become the phrases that recur in them: what the search box may suggest."""
from collections import Counter
from collections.abc import Iterable, Iterator

from index.analysis import Tokens

LONGEST = 5             # syllables
FREQUENT = 3            # titles that hold a phrase
MOST = 5_000            # phrases kept of one corpus
ROOM = 1_000_000        # runs counted at a time: past it those met once are forgotten, so memory stays bounded


class Phrases:
    """`add` the runs of every title, then ask which phrases are `frequent`."""

    def __init__(self):
        self._counts: Counter[str] = Counter()

    def add(self, title: Iterable[str]) -> None:
        self._counts.update(title)
        if len(self._counts) > ROOM:
            self._counts = Counter({run: n for run, n in self._counts.items() if n > 1})

    def frequent(self) -> tuple[tuple[str, int], ...]:
        """(phrase, titles), most frequent first; one inside another as frequent is left out."""
        counts = {tuple(run.split(" ")): n for run, n in self._counts.most_common(3 * MOST) if n >= FREQUENT}
        covered = {part for run, n in counts.items() if len(run) > 2 for part in (run[1:], run[:-1]) if counts.get(part) == n}
        return tuple((" ".join(run), n) for run, n in counts.items() if run not in covered)[:MOST]


def runs(title: Tokens) -> list[str]:
    """Each once: what of a title may be a phrase."""
    return list(dict.fromkeys(map(" ".join, _runs(title))))


def _runs(tokens: Tokens) -> Iterator[list[str]]:
    """Two to five syllables from the beginning of a word to the end of one, without numbers."""
    opens = [not joined for joined in tokens.joined.tolist()] + [True]
    for first in range(len(tokens)):
        if opens[first]:
            for after in range(first + 2, min(first + LONGEST, len(tokens)) + 1):
                if not tokens.texts[after - 1].isalpha() or tokens.starts[after - 1] - tokens.ends[after - 2] != 1:
                    break
                if opens[after] and tokens.texts[first].isalpha():
                    yield tokens.texts[first:after]
