"""A text becomes the places it names: each with its span, and what it can stand for once its neighbours are heard."""
import re
from dataclasses import dataclass, replace

from corpus.gazetteer import Names, Place, names, plain_names, successors
from corpus.spellings import fold

CAPITALS = "".join(c for c in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B0), *range(0x1EA0, 0x1EFA))) if c.isupper())
DASH = "[-–‑]"
WORD = rf"[{CAPITALS}][\w'’]*"
RUN = re.compile(rf"(?<!\w){WORD}(?:(?: | ?{DASH} ?){WORD}| [1-9]\d?(?![\w.,/%]))*")
PIECE = re.compile(rf"[\w'’]+|{DASH}")
ACCENTED = re.compile("[À-ỹ]")
KIND = (r"(?<!\w)(?P<kind>tỉnh|thành phố|tp|t\.p|huyện|h|thị xã|tx|quận|q|xã|phường|p|thị trấn|tt|đặc khu)(?:\.? | ?\. ?|: )"
        r"(?:(?:miền núi|miền biển|vùng cao|vùng biên|biên giới|vùng sâu|đảo|cù lao|nghèo|ven biển|ven đô|anh hùng|thuần nông"
        r"|trung du|bãi ngang|ngoại thành|nông thôn mới|NTM|lúa|trẻ|mới) )?$")
PREFIX, PLAIN_PREFIX = (re.compile(kind, re.IGNORECASE) for kind in (KIND, fold(KIND)))
KINDS = {"tp": "thành phố", "t.p": "thành phố", "h": "huyện", "tx": "thị xã", "q": "quận", "p": "phường", "tt": "thị trấn"}
SHORT = {"h", "q", "p", "tt", "tx", "t.p"}          # prefixes only with a capital: "H. Mai Sơn", never "h Mai"
LEVEL = {"tỉnh": "province", "huyện": "district", "thị xã": "district", "quận": "district",
         "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune"}
KINDS |= {fold(kind): kind for kind in (*LEVEL, "thành phố")}
ISLET = re.compile(r"(?:cù lao|cồn|đảo|hòn) $", re.IGNORECASE)
PLURAL = re.compile(r"(?:các|cac|hai|ba|bốn|năm|nhiều|những|số|mấy|\d) $", re.IGNORECASE)
DIRECTIONS = {"nam", "bắc", "đông", "tây", "bac", "dong", "tay"}
NOT_PLACES = {"thái bình dương", "hoàng anh gia lai", "đông nam bộ", "đông nam á", "thai binh duong", "nam bộ"}
ORDER = {"province": 0, "former": 0, "district": 1, "landmark": 2, "commune": 3}

# What stands between a place and the larger one it lies in, and between the members of a list.
INSIDE = re.compile(rf"\s*(?:,|\(|{DASH})?\s*(?:(?:thuộc|của|ở|nay là|nay thuộc|trước thuộc)\s)?\s*$")
LISTED = re.compile(r"\s*(?:,|;|và|va|hay|hoặc|cùng|với|, và|và cả|đến|lẫn)\s*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. `places` are what it can be, the likeliest level first; narrowed by its neighbours."""
    start: int
    end: int
    head: int                       # where its prefix begins: "huyện" of "huyện Mai Sơn"
    kind: str                       # the prefix in full, "" where it has none
    places: tuple[Place, ...]
    left: str = ""                  # capitalised words that touch it, and are no place
    right: str = ""
    plural: bool = False            # "các huyện …": what follows in the list is of that kind
    chained: bool = False           # settled by the larger place behind it
    parent: int | None = None       # index of that larger place

    @property
    def level(self) -> str:
        return self.places[0].level

    @property
    def provinces(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place.province for place in self.places if ORDER[place.level] == ORDER[self.level]))


def scan(text: str, known: Names | None = None) -> list[Mention]:
    """Every name of a place in the text, in order, not yet settled."""
    known = known or (plain_names() if accentless(text) else names())
    found: list[Mention] = []
    for run in RUN.finditer(text):
        words = run.group()
        if " " in words or "-" in words or "–" in words or "‑" in words:
            found += _in_run(text, run.start(), words, known)
        elif words.lower() in known.places:
            found += _mention(text, run.start(), run.end(), run.start(), run.end(), known)
    return found


def accentless(text: str) -> bool:
    """Whether the text was typed without accents."""
    return not ACCENTED.search(text)


def _in_run(text, offset, words, known):
    spans = [piece.span() for piece in PIECE.finditer(words)]
    lowered = words.lower().replace("’", "'")
    syllables = ["-" if b - a == 1 and lowered[a] in "-–‑" else lowered[a:b] for a, b in spans]
    hits, i = [], 0
    while i < len(syllables):
        size = _longest(syllables, i, known)
        if size and syllables[i] in DIRECTIONS and i + 1 + _longest(syllables, i + 1, known) > i + size:
            size = 0                # "Nam Định Quán" is the south of Định Quán
        if size:
            hits.append((i, i + size))
        i += size or 1
    for n, (a, b) in enumerate(hits):
        since = spans[hits[n - 1][1] - 1][1] if n else 0
        until = spans[hits[n + 1][0]][0] if n + 1 < len(hits) else len(words)
        yield from _mention(text, offset + spans[a][0], offset + spans[b - 1][1], offset + since, offset + until, known)


def _longest(syllables, i, known):
    most = known.longest.get(syllables[i], 0) if i < len(syllables) else 0
    for size in range(min(most, len(syllables) - i), 0, -1):
        name = " ".join(syllables[i:i + size])
        if name in known.places:
            return size
    return 0


def _mention(text, start, end, since, until, known):
    name = re.sub(rf" ?{DASH} ?", " - ", text[start:end].lower().replace("’", "'"))
    before = text[max(0, start - 28):start]
    head, kind = start, ""
    if prefix := (PLAIN_PREFIX if known is plain_names() else PREFIX).search(before):
        word = prefix["kind"]
        if word.lower() not in SHORT or word[0].isupper():
            kind = KINDS.get(word.lower(), word.lower())
            head = start - len(before) + prefix.start()
    single = " " not in name
    places = _of_kind(known.places[name], kind, single and not ISLET.search(before))
    if not places:
        return
    yield Mention(start, end, head, kind, places, text[since:min(head, start)].strip(" -–‑") if since < head else "",
                  text[end:until].strip(), bool(kind) and bool(PLURAL.search(text[max(0, head - 6):head])))


def _of_kind(places, kind, single):
    """The readings that agree with the prefix, in order of level; a bare single syllable is no commune."""
    if kind == "thành phố":
        exact = [p for p in places if p.kind == kind]
        chosen = exact or [p for p in places if p.level == "district"]
    elif kind:
        level = [p for p in places if p.level == LEVEL[kind] or kind == "tỉnh" and p.level == "former"]
        chosen = [p for p in level if p.kind == kind] or level
        if not chosen and LEVEL[kind] == "commune":
            chosen = [p for p in places if p.level == "landmark"]
    else:
        chosen = [p for p in places if not single or p.level in ("province", "district")]
    return tuple(sorted(chosen, key=lambda p: ORDER[p.level]))
