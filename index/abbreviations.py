"""A short form becomes the names it stands for, a name its short forms, a text those it defines: "tổ hợp tác (THT)".

A form is its canonical syllables: ("htx",), ("liên", "hiệp", "htx"). Looking up without accents finds what has them;
with accents, only what has the same.
"""
import csv
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from index.analysis import analyse
from index.spelling import fold, has_accents

Form = tuple[str, ...]

SEVERAL = 3                 # articles that must agree: one reporter's own short form is not the field's
MOST = 2_000                # definitions kept of one corpus
LONGEST = 12                # syllables of what a short form stands for
_CONNECTING = {"và", "của", "các", "cho", "về", "với"}      # syllables that give no letter: "NN&PTNT"
#: "(KTTT)", "(gọi tắt là HTX)", "(sau đây viết tắt là “LHHTX”)", after the words or before them in brackets.
_AFTER = re.compile(r"\((?:sau đây )?(?:(?:được )?(?:gọi|viết)(?: tắt)?(?: chung)? là:? ?)?[\"“]?"
                    r"([A-ZĐƯ][A-ZĐƯa-z0-9&. -]{1,11})[\"”]?\)")
_BEFORE = re.compile(r"(?<![^\W_])([A-ZĐƯ][A-ZĐƯ0-9&.-]{1,11}) ?\(([^()\n]{4,80})\)")
_SHORT, _IN_BRACKETS = 13, 82      # characters that _BEFORE matches at most, before a bracket and from it on
_WORD = re.compile(r"[^\W_]+")
_BACK = 120                 # characters looked at before a bracket: twelve syllables
_LOWER = re.compile("[a-z]{2}")       # "TTg" is a short form, "Hoa Ban" a name
_GAP = re.compile(r"\s?[,–&-]?\s?")


@functools.cache
def families() -> tuple[tuple[Form, ...], ...]:
    """All forms of one name, the usual short one first, the whole name second."""
    with files("index").joinpath("data/abbreviations.csv").open(encoding="utf-8") as lines:
        written = [(row["short"], row["long"], *filter(None, row["also"].split("|"))) for row in csv.DictReader(lines)]
    return tuple(tuple(dict.fromkeys(map(form, family))) for family in written)


def form(text: str) -> Form:
    return tuple(analyse(text, words=False).texts)


def others(of: Form) -> tuple[Form, ...]:
    """Every other form of the name, in the order of its family."""
    exact, folded = _table()
    return exact.get(of, ()) if any(map(has_accents, of)) else folded.get(of, ())


def expansions(short: str) -> tuple[Form, ...]:
    """What a short form stands for, longest first: "HTX" → (("hợp", "tác", "xã"),)."""
    given = form(short)
    return tuple(sorted((other for other in others(given) if len(other) > len(given)), key=len, reverse=True))


def abbreviations(syllables: Sequence[str]) -> tuple[Form, ...]:
    """The shorter forms of a name, shortest first."""
    return tuple(sorted((other for other in others(tuple(syllables)) if len(other) < len(syllables)), key=len))


@functools.cache
def _table() -> tuple[dict[Form, tuple[Form, ...]], dict[Form, tuple[Form, ...]]]:
    exact, folded = {}, {}
    for family in families():
        for given in family:
            rest = tuple(other for other in family if other != given)
            exact[given] = rest
            folded.setdefault(tuple(map(fold, given)), rest)
    return exact, folded


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """(short form, what the text says it stands for), both canonical with spaces between syllables."""
    for found in _AFTER.finditer(text):
        start = max(0, found.start() - _BACK)
        at = _spelt_out(found[1], text[start:found.start()])
        if at is not None and (at > 0 or start == 0):       # else the first word may be cut
            yield _plain(found[1]), _plain(text[start + at:found.start()])
    for found in _short_before(text):
        if _spelt_out(found[1], found[2]) == 0:
            yield _plain(found[1]), _plain(found[2])


def _short_before(text: str) -> Iterator[re.Match]:
    """Every match of _BEFORE, looked for around brackets alone, which are few."""
    done, at = 0, text.find("(")
    while at >= 0:
        found = _BEFORE.search(text, max(done, at - _SHORT), at + _IN_BRACKETS)
        if found:
            yield found
        done = found.end() if found else at + 1
        at = text.find("(", done)


def harvested(counted: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str], ...]:
    """Of the definitions in a corpus, each with the number of articles that give it, those worth knowing: (short, long).

    A definition counts that several articles give; of several meanings of one short form the most frequent.
    """
    known = {given for family in families() for given in family}
    found: dict[str, str] = {}
    for (short, long), count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if count >= SEVERAL and form(short) not in known and form(long) not in known:
            found.setdefault(short, long)
    return tuple(sorted(found.items())[:MOST])


def _spelt_out(short: str, text: str) -> int | None:
    """Where in the text the words begin that end it and whose initials make the short form."""
    left = "".join(fold(char) for char in short if char.isupper() or char.isdigit())
    words, after = list(_WORD.finditer(text))[-LONGEST:], len(text)
    if len(left) < 2 or _LOWER.search(short) or not words or words[-1][0] in _CONNECTING:
        return None
    taken = 0
    while left and words:
        word = words.pop()
        letters = _letters(left, word[0])
        if letters is None or not _GAP.fullmatch(text, word.end(), after):
            return None
        left, after, taken = left[:len(left) - letters], word.start(), taken + 1
    return after if not left and taken > 1 else None


def _letters(left: str, word: str) -> int | None:
    """How many of the letters still left a word accounts for, from their end: its initial, or all of "HTX"."""
    folded = fold(word)
    if word.isupper() and left.endswith(folded):
        return len(folded)
    if left.endswith(folded[0]):
        return 1
    return 0 if word in _CONNECTING else None


def _plain(text: str) -> str:
    return " ".join(form(text))
