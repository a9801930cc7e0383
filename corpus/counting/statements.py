"""A sentence becomes the readings of its numbers, in order."""
from collections.abc import Iterable
from dataclasses import replace

from corpus.counting.amounts import amount
from corpus.counting.counts import PER_HEAD, Sentence, count
from corpus.counting.leads import Lead, lead
from corpus.counting.nouns import ORGANISATIONS, counted
from corpus.counting.numbers import Number
from corpus.counting.readings import Reading
from corpus.counting.shares import share

#: What is told of one number of a list, as it is told of the next.
LISTED = {"change": None, "older": "level", "raised": "level"}


def statements(text: str, start: int, end: int, numbers: Iterable[Number], base: str | None = None) -> list[Reading]:
    """The readings of the numbers of text[start:end]. `base`: what was counted before, if the sentence goes on with it."""
    sentence, at = Sentence(text, start, end, base), start
    found: list[Reading] = []
    for number in numbers:
        words = lead(text, at, number)
        reading = _read(number, words, sentence, found)
        if reading:
            found.append(reading)
        at = max(number.after, reading.end) if reading else _behind(text, number, end)
        sentence = _after(sentence, words.told, reading)
    return found


def _read(number: Number, words: Lead, sentence: Sentence, found: list[Reading]) -> Reading | None:
    before = found[-1] if found else None
    if number.kind == "money":
        last = next((one for one in reversed(found) if one.number.kind == "money"), None)
        return amount(number, words, sentence, last)
    if number.kind in ("percent", "times"):
        return share(number, words, sentence, before)
    return count(number, words, sentence)


def _behind(text: str, number: Number, end: int) -> int:
    """Where the words in front of the next number begin, when this one is no figure."""
    noun = counted(text, number.after, end)
    return noun.end if noun else number.after


def _after(sentence: Sentence, told: str | None, reading: Reading | None) -> Sentence:
    """What the next number can go on with: a change is told of one number only."""
    told = told and LISTED.get(told, told) or sentence.told
    if reading is None or reading.number.kind != "count":
        return replace(sentence, told=told) if told != sentence.told else sentence
    base = reading.base or ("htx" if reading.measure.startswith("htx") else reading.measure)
    average = sentence.average or reading.subset == PER_HEAD
    if base not in ORGANISATIONS or reading.stat != "level":
        return replace(sentence, told=told, average=average)
    part = reading.subset if reading.measure not in ORGANISATIONS else None
    several = sentence.base not in (None, base)
    return replace(sentence, told=told, average=average, base=base, part=part, several=several)
