"""A text becomes the places it names: each with its span, and everything it can stand for."""
import re
from functools import lru_cache
from typing import NamedTuple

from corpus.naming.gazetteer import Place, names, plain_names
from corpus.naming.spellings import fold

VIETNAMESE = (*range(0x41, 0x5B), *range(0xC0, 0x1B0), *range(0x1EA0, 0x1EFA))
CAPITALS = "".join(c for c in map(chr, VIETNAMESE) if c.isupper())
DASH = "[-–‑]"
WORD = rf"[{CAPITALS}][\w'’]*"
RUN = re.compile(rf"{WORD}(?:(?: | ?{DASH} ?){WORD}| [1-9]\d?(?![\w.,/%])){{0,40}}")
PIECE = re.compile(rf"[\w'’]+|{DASH}")
ACCENTED = re.compile("[À-ỹ]")
LEVEL = {"tỉnh": "province", "huyện": "district", "thị xã": "district", "quận": "district",
         "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune"}
SHORT = {"h": "huyện", "q": "quận", "p": "phường", "tt": "thị trấn", "tx": "thị xã"}    # with a capital only: "H. Mai Sơn"
KINDS = {kind: kind for kind in (*LEVEL, "thành phố")} | {"tp": "thành phố", "t.p": "thành phố"} | SHORT
KINDS |= {fold(word): kind for word, kind in KINDS.items()}
PHRASES = {word.split()[-1]: word for word in KINDS if " " in word}         # last syllable → prefix of two
NOT_OF_KIND = ("tác xã", "tac xa")                             # "hợp tác xã" is no "xã"
QUALITY = re.compile(
    r" (?:miền núi|miền biển|vùng cao|vùng biên|biên giới|vùng sâu|đảo|cù lao|nghèo|ven biển|ven đô|anh hùng|thuần nông|trung du"
    r"|bãi ngang|ngoại thành|nông thôn mới|NTM|lúa|trẻ|mới) $")               # may stand between a prefix and the name
QUALITIES = ("núi ", "biển ", "cao ", "biên ", "giới ", "sâu ", "đảo ", "lao ", "nghèo ", "đô ", "hùng ", "nông ", "du ", "ngang ",
             "thành ", "mới ", "NTM ", "lúa ", "trẻ ")
REACH = 28                                          # characters before a name in which its prefix stands
ISLET = re.compile(r"(?:cù lao|cồn|đảo|hòn) $", re.IGNORECASE)
PLURAL = re.compile(r"(?:các|cac|hai|ba|bốn|năm|nhiều|những|số|mấy|\d) $", re.IGNORECASE)
DIRECTIONS = {"nam", "bắc", "đông", "tây", "bac", "dong", "tay"}
QUARTER = re.compile(r"\bquận (?:1[0-2]|[1-9])\b")


class Mention(NamedTuple):
    """A name in the text. `places` are what it can be, the largest first; narrowed as its neighbours are heard."""
    start: int
    end: int
    head: int                       # where its prefix begins: "huyện" of "huyện Mai Sơn"
    kind: str                       # the prefix in full, "" where it has none
    places: tuple[Place, ...]
    provinces: tuple[str, ...]      # where the places of the first level lie
    left: str = ""                  # capitalised words that touch it, and are no place
    right: str = ""
    plural: bool = False            # "các huyện …": what follows in the list is of that kind
    parent: int | None = None       # index of the larger place behind it that settled it

    @property
    def level(self) -> str:
        return self.places[0].level

    def as_one_of(self, places: tuple[Place, ...], **changes) -> "Mention":
        return self._replace(places=places, provinces=_provinces(places), **changes)


@lru_cache(maxsize=1 << 14)
def _provinces(places):
    rank = places[0].rank
    return tuple(dict.fromkeys(place.province for place in places if place.rank == rank))


def scan(text: str, new: bool | None = None) -> list[Mention]:
    """Every name of a place in the text, in order, not yet settled.

    new: whether the text is of after 1 July 2025; None when that is unknown.
    """
    accented = bool(ACCENTED.search(text))
    names_in = _accented_names_in if accented else _plain_names_in
    found: list[Mention | None] = []
    for run in RUN.finditer(text):
        for name, span in names_in(run[0]):
            found.append(_mention(text, name, run.start(), span, accented, new))
    if "quận " in text:
        found += [_mention(text, q[0], q.start(), (0, len(q[0])) * 2, accented, new) for q in QUARTER.finditer(text)]
        found.sort(key=lambda mention: mention.start if mention else 0)
    return [mention for mention in found if mention]


@lru_cache(maxsize=1 << 15)         # runs come back: "Việt Nam", "Hợp tác xã Tân Tiến"
def _accented_names_in(words: str) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
    return _names_in(words, names())


@lru_cache(maxsize=1 << 12)
def _plain_names_in(words: str) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
    return _names_in(words, plain_names())


def _names_in(words, known):
    """The names in a run of capitalised words: each with its span, and how far the words reach that touch it."""
    lowered = words.lower().replace("’", "'")
    spans = [piece.span() for piece in PIECE.finditer(words)]
    syllables = ["-" if lowered[a] in "-–‑" else lowered[a:b] for a, b in spans]
    hits = _hits(syllables, known)
    since = [0, *(spans[b - 1][1] for _, b in hits)]
    until = [*(spans[a][0] for a, _ in hits), len(words)]
    return tuple((" ".join(syllables[a:b]), (spans[a][0], spans[b - 1][1], since[n], until[n + 1]))
                 for n, (a, b) in enumerate(hits) if known.places[" ".join(syllables[a:b])])


def _hits(syllables, known):
    hits, i = [], 0
    while i < len(syllables):
        size = _longest(syllables, i, known)
        if size and syllables[i] in DIRECTIONS and i + 1 + _longest(syllables, i + 1, known) > i + size:
            size = 0                # "Nam Định Quán" is the south of Định Quán
        if size:
            hits.append((i, i + size))
        i += size or 1
    return hits


def _longest(syllables, i, known):
    """How many syllables the longest name has that begins at the i-th."""
    pair = " ".join(syllables[i:i + 2])
    for size in range(min(known.starts.get(pair, 1), len(syllables) - i), 0, -1):
        if " ".join(syllables[i:i + size]) in known.places:
            return size
    return 0


def _mention(text, name, offset, span, accented, new):
    """The name at a span as what its prefix lets it be; None when it lets it be nothing."""
    start, end, since, until = span
    start, end, since, until = offset + start, offset + end, offset + since, offset + until
    kind, head = _prefix(text, start)
    alone = " " not in name and not kind and not ISLET.search(text, max(0, start - REACH), start)
    places = _readings(name, kind, alone, accented, new)
    if not places:
        return None
    return Mention(start, end, head, kind, places, _provinces(places),
                   text[since:head].strip(" -–‑") if since < head else "", text[end:until].strip(" -–‑") if end < until else "",
                   bool(kind) and bool(PLURAL.search(text, max(0, head - 6), head)))


@lru_cache(maxsize=1 << 14)
def _readings(name: str, kind: str, alone: bool, accented: bool, new: bool | None) -> tuple[Place, ...]:
    """What a name can be with its prefix; alone: a single syllable without one, which no commune's name is."""
    places = (names() if accented else plain_names()).places[name]
    if new is False:
        places = tuple(place for place in places if place.era != "now")
    if kind:
        return _of_kind(places, kind)
    return tuple(place for place in places if not alone or place.level in ("province", "district"))


def _prefix(text, start):
    """The kind told before a name, and where its prefix begins: "huyện miền núi ", "TP.", "" where there is none."""
    before = text[max(0, start - REACH):start]
    if before.endswith(QUALITIES) and (quality := QUALITY.search(before)):
        before = before[:quality.start() + 1]
    stem = before.rstrip(" .:\n")
    if len(stem) == len(before) or "\n" in before[len(stem):]:
        return "", start
    word = stem[stem.rfind(" ") + 1:].lstrip("(“\"'.,;/-–\n").rpartition("\n")[2]
    low = word.lower()
    if low in PHRASES and (phrase := PHRASES[low]) == stem[-len(phrase):].lower():
        word = phrase
    elif low not in KINDS or low in SHORT and not word[0].isupper() or stem.lower().endswith(NOT_OF_KIND):
        return "", start
    return KINDS[word.lower()], start - len(text[max(0, start - REACH):start]) + len(stem) - len(word)


def _of_kind(places, kind):
    """The readings that agree with the prefix; towns have been promoted, so any of the level when none does exactly."""
    if kind == "thành phố":
        return tuple(p for p in places if p.kind == kind) or tuple(p for p in places if p.level == "district")
    level = [p for p in places if p.level == LEVEL[kind] or kind == "tỉnh" and p.level == "former"]
    if not level and LEVEL[kind] == "commune":
        level = [p for p in places if p.level == "landmark"]
    return tuple(p for p in level if p.kind == kind) or tuple(level)
