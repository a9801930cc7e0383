"""A text becomes the places it names: each with its span, and everything it can stand for."""
import re
from functools import lru_cache
from typing import NamedTuple

from corpus.gazetteer import Names, Place, names, plain_names
from corpus.spellings import fold

CAPITALS = "".join(c for c in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B0), *range(0x1EA0, 0x1EFA))) if c.isupper())
DASH = "[-–‑]"
WORD = rf"[{CAPITALS}][\w'’]*"
RUN = re.compile(rf"{WORD}(?:(?: | ?{DASH} ?){WORD}| [1-9]\d?(?![\w.,/%]))*")
PIECE = re.compile(rf"[\w'’]+|{DASH}")
ACCENTED = re.compile("[À-ỹ]")
KIND = (r"(?<!\w)(?P<kind>tỉnh|thành phố|tp|t\.p|huyện|h|thị xã|tx|quận|q|(?<!tác )xã|phường|p|thị trấn|tt|đặc khu)(?:\.? | ?\. ?|: )"
        r"(?:(?:miền núi|miền biển|vùng cao|vùng biên|biên giới|vùng sâu|đảo|cù lao|nghèo|ven biển|ven đô|anh hùng|thuần nông"
        r"|trung du|bãi ngang|ngoại thành|nông thôn mới|NTM|lúa|trẻ|mới) )?$")
PREFIX, PLAIN_PREFIX = (re.compile(kind, re.IGNORECASE) for kind in (KIND, fold(KIND)))
ENDS = {word for kind in ("tp t.p h tx q p tt", "tỉnh phố huyện xã quận phường trấn khu", "núi biển cao biên giới sâu đảo lao nghèo đô"
                          " hùng nông du ngang thành mới ntm lúa trẻ") for word in (*kind.split(), *fold(kind).split())}
REACH = 28                                          # characters before a name in which its prefix stands
SHORT = {"h", "q", "p", "tt", "tx", "t.p"}          # prefixes only with a capital: "H. Mai Sơn", never "h Mai"
LEVEL = {"tỉnh": "province", "huyện": "district", "thị xã": "district", "quận": "district",
         "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune"}
KINDS = {"tp": "thành phố", "t.p": "thành phố", "h": "huyện", "tx": "thị xã", "q": "quận", "p": "phường", "tt": "thị trấn",
         **{fold(kind): kind for kind in (*LEVEL, "thành phố")}}
ISLET = re.compile(r"(?:cù lao|cồn|đảo|hòn) $", re.IGNORECASE)
PLURAL = re.compile(r"(?:các|cac|hai|ba|bốn|năm|nhiều|những|số|mấy|\d) $", re.IGNORECASE)
DIRECTIONS = {"nam", "bắc", "đông", "tây", "bac", "dong", "tay"}
QUARTER = re.compile(r"\b[Qq]uận (?:1[0-2]|[1-9])\b")


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


def _provinces(places):
    rank = places[0].rank
    return tuple(dict.fromkeys(place.province for place in places if place.rank == rank))


def scan(text: str, new: bool | None = None) -> list[Mention]:
    """Every name of a place in the text, in order, not yet settled.

    new: whether the text is of after 1 July 2025; None when that is unknown.
    """
    known = names() if ACCENTED.search(text) else plain_names()
    found: list[Mention | None] = []
    for run in RUN.finditer(text):
        words, at = run.group(), run.start()
        if " " in words or "-" in words or "–" in words or "‑" in words:
            for start, end, since, until in _in_run(words, known is names()):
                found.append(_mention(text, at + start, at + end, at + since, at + until, known, new))
        elif words.lower() in known.places:
            found.append(_mention(text, *run.span(), *run.span(), known, new))
    if "quận " in text:
        found += [_mention(text, *q.span(), *q.span(), known, new) for q in QUARTER.finditer(text) if q.group()[0] == "q"]
        found.sort(key=lambda mention: mention.start if mention else 0)
    return [mention for mention in found if mention]


@lru_cache(maxsize=1 << 15)         # runs come back: "Việt Nam", "Hợp tác xã Tân Tiến"
def _in_run(words: str, accented: bool) -> tuple[tuple[int, int, int, int], ...]:
    """The names in a run of capitalised words: their spans, and how far the words reach that touch them."""
    known = names() if accented else plain_names()
    lowered = words.lower().replace("’", "'")
    spans = [piece.span() for piece in PIECE.finditer(words)]
    hits = _hits(["-" if lowered[a] in "-–‑" else lowered[a:b] for a, b in spans], known)
    since = [0, *(spans[b - 1][1] for _, b in hits)]
    until = [*(spans[a][0] for a, _ in hits), len(words)]
    return tuple((spans[a][0], spans[b - 1][1], since[n], until[n + 1]) for n, (a, b) in enumerate(hits))


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


def _mention(text, start, end, since, until, known, new):
    """The name at start:end as what its prefix lets it be; None when it lets it be nothing."""
    name = text[start:end].lower()
    if "’" in name or not name.replace(" ", "").isalnum():
        name = re.sub(rf" ?{DASH} ?", " - ", name.replace("’", "'"))
    before = text[max(0, start - REACH):start]
    head, kind = start, ""
    last = before.rstrip(" .:").rsplit(None, 1)[-1:]
    if last and last[0].lower().lstrip("(“\"'.,;/-–") in ENDS and (prefix := (PLAIN_PREFIX if known is plain_names() else PREFIX).search(before)):
        word = prefix["kind"]
        if word.lower() not in SHORT or word[0].isupper():
            kind = KINDS.get(word.lower(), word.lower())
            head = start - len(before) + prefix.start()
    places = known.places[name]
    if new is False:
        places = tuple(place for place in places if place.era != "now")
    if kind:
        places = _of_kind(places, kind)
    elif " " not in name and not ISLET.search(before):
        places = tuple(place for place in places if place.level in ("province", "district"))
    if not places:
        return None
    return Mention(start, end, head, kind, places, _provinces(places), text[since:head].strip(" -–‑") if since < head else "",
                   text[end:until].strip(" -–‑"), bool(kind) and bool(PLURAL.search(text[max(0, head - 6):head])))


def _of_kind(places, kind):
    """The readings that agree with the prefix; towns have been promoted, so any of the level when none does exactly."""
    if kind == "thành phố":
        return tuple(p for p in places if p.kind == kind) or tuple(p for p in places if p.level == "district")
    level = [p for p in places if p.level == LEVEL[kind] or kind == "tỉnh" and p.level == "former"]
    if not level and LEVEL[kind] == "commune":
        level = [p for p in places if p.level == "landmark"]
    return tuple(p for p in level if p.kind == kind) or tuple(level)
