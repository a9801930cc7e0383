"""A text becomes the spans of its sentences; a line never shares a sentence with the next."""
import re

#: A full stop after these words is part of the word (without their dots, lower case).
ABBREVIATIONS = frozenset("""
    tp tx tt q p h x đ kp tr st co ltd inc corp jr no vs mr mrs ms dr
    gs pgs ts ths cn ks bs bscki bsckii ds ncs nsnd nsưt đbqh
""".split())

#: What may end a sentence: the end of a line, or a run of stops with the quotes and brackets that close after it.
STOP = re.compile(r"\n|[.!?…]+[\"”’»)\]]*")
#: What a sentence may start with, behind the space after a stop.
OPENING = re.compile(r"\s+[\"“‘«(\[–—•*+-]{0,3}\s{0,2}(?:\d|[^\W\d_])")
HEADING = re.compile(r"\d{1,3}|[IVX]{1,5}|[^\W\d_]")  # "1.", "II.", "a." before the words of an item
LONGEST_WORD = 16  # characters looked at before a stop: longer than any abbreviation


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans without surrounding space, in order; all that lies between them is space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in STOP.finditer(text):
        if _ends(text, stop, start):
            _add(spans, text, start, stop.end())
            start = stop.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        first = start + len(piece) - len(piece.lstrip())
        spans.append((first, first + len(bare)))


def _ends(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether a sentence that began at `start` ends with this stop."""
    mark = stop[0]
    if mark == "\n":
        return True
    if mark == "." and _abbreviates(text, stop, start):
        return False
    return _followed(text, stop.end()) or mark == "." and _glued(text, stop)


def _followed(text: str, end: int) -> bool:
    """Whether what comes next can begin a sentence: space, then a capital or a digit, quoted or not."""
    if text[end:end + 1] == " " and text[end + 1:end + 2].isupper():
        return True
    opening = OPENING.match(text, end)
    return opening is not None and not opening[0][-1].islower()


def _glued(text: str, stop: re.Match[str]) -> bool:
    """A space forgotten between two sentences: "tỉnh nhà.Thanh Bình"."""
    before, behind = text[stop.start() - 2:stop.start()], text[stop.end():stop.end() + 2]
    return before.islower() and behind[:1].isupper() and behind[1:].islower()


def _abbreviates(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether the full stop belongs to the word before it: an abbreviation, an initial, the number of a heading."""
    before = text[max(start, stop.start() - LONGEST_WORD):stop.start()]
    last = before[before.rfind(" ") + 1:]
    if len(last) > 1 and last.isalpha() and last.islower():
        return last in ABBREVIATIONS
    words = before.replace("(", " ").split()
    if not words or before[-1:].isspace():
        return False
    word = words[-1]
    if word.lower().replace(".", "") in ABBREVIATIONS and (word[0].isupper() or len(word) > 1):
        return True
    if not text[start:stop.start() - len(word)].strip() and HEADING.fullmatch(word):
        return True
    return _initial(word, words[-2] if len(words) > 1 else "")


def _initial(word: str, previous: str) -> bool:
    """Letters of a name or a body: "Nguyễn V. A.", "T.Ư."; not the end of "vitamin A."."""
    letters = word.split(".")
    if any(len(letter) != 1 or not letter.isupper() for letter in letters):
        return False
    return len(letters) > 1 or previous[:1].isupper()
