"""A row becomes what an index keeps of it, all that depends on the row alone, as bytes and back: made once, then only put in place."""
import json
import re
import struct
import zlib
from dataclasses import dataclass, replace

import numpy as np

from corpus.document import Document
from index import cards, charset, figures, phrases, records
from index.analysis import Tokens
from index.fields import FACETS, TEXTS, Row
from index.fields import row as whole_row

LEVEL = 1               # zlib: a third of the size for 0.1 ms an article
WIDEST = 255            # a slot knows words up to this length; of longer ones the rest counts as a break
_LENGTHS = struct.Struct("<4I")
_ID = re.compile(r"[0-9a-f]{16}")
_KINDS = ("<u4", "<u4", "<i4", "<i4", "<u1", "<u2")     # of slots, at, gaps, extras, joined, sentences


class BadRow(ValueError):
    """A row that no index can hold; nothing of it was written."""


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Slots are syllables, title first, a gap behind each text; offsets are those of title + "\\n" + body."""
    id: str
    copy_of: str | None
    day: int | None             # ordinal of the date
    facets: dict[str, list[str]]
    codes: list[list]           # document code, whether in the title, its first slot, its last
    figures: list[list]         # as `index.figures` keeps them
    title_chars: int
    words: list[str]            # the distinct syllables
    runs: list[str]             # of the title, what may be a phrase
    text: bytes                 # title + "\\n" + body in `index.charset`
    card: bytes
    record: bytes
    slots: np.ndarray           # place in `words`; their number for the gap behind each text
    at: np.ndarray              # the slots where offsets break, see `index.slots`: more than one character between,
    gaps: np.ndarray            # by so many,
    extras: np.ndarray          # or longer than its word, by so many
    joined: np.ndarray          # bits
    sentences: np.ndarray       # of the body, as index.sentence_ends packs them

    def copied(self, copy_of: str | None) -> "Packed":
        """The same as a later copy of another."""
        if copy_of == self.copy_of:
            return self
        document = replace(self.document(), copy_of=copy_of)
        return replace(self, copy_of=copy_of, card=cards.pack(cards.card(document)), record=records.pack(document))

    def document(self) -> Document:
        text = charset.decode(self.text)
        return records.unpack(self.record, text[:self.title_chars], text[self.title_chars + 1:])

    def row(self) -> Row:
        """What it was packed from."""
        return whole_row(self.document(), self.tokens(), self.sentences)

    def tokens(self) -> dict[str, Tokens]:
        after = int(np.argmax(self.slots == len(self.words)))
        return {"title": self._tokens(0, after, 0), "body": self._tokens(after + 1, len(self.slots) - 1, self.title_chars + 1)}

    def _tokens(self, first: int, after: int, chars: int) -> Tokens:
        part = slice(first, after)
        starts, ends = ((edge[part] - chars).astype(np.uint32) for edge in self._offsets(after))
        joined = np.unpackbits(self.joined, count=after).astype(bool)
        texts = list(map(self.words.__getitem__, self.slots[part].tolist()))
        codes = [(code, a - first, b - first) for code, titled, a, b in self.codes if titled == (first == 0)]
        return Tokens(texts, starts, ends, joined[part], codes)

    def _offsets(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """(starts, ends) of the first slots."""
        places, gaps = self.slots[:count], np.ones(count, np.int64)
        lengths = word_lengths(self.words[:places.max(initial=0) + 1])[places]
        broken = slice(np.searchsorted(self.at, count))
        gaps[self.at[broken]] += self.gaps[broken]
        lengths[self.at[broken]] += self.extras[broken]
        ends = np.cumsum(gaps + lengths) - 1
        return ends - lengths, ends


def word_lengths(words: list[str]) -> np.ndarray:
    """As far as a slot knows them; one more at the end, of no word."""
    return np.minimum(np.fromiter((*map(len, words), 0), np.int64, len(words) + 1), WIDEST)


def pack(row: Row) -> Packed:
    """Raises BadRow for what no index can hold."""
    _check(row)
    title, body = row.tokens["title"], row.tokens["body"]
    text, document = row.texts["title"] + "\n" + row.texts["body"], row.document
    texts = [*title.texts, *body.texts]
    words = list(dict.fromkeys(texts))
    places = dict(zip(words, range(len(words))))
    numbers = np.fromiter(map(places.__getitem__, texts), np.uint32, len(texts))
    between = lambda a, b, gap: np.concatenate((a, [gap], b, [gap]), dtype=np.int64)
    placed = between(numbers[:len(title)], numbers[len(title):], len(words))
    at, gaps, extras = _breaks(title, body, len(row.texts["title"]), len(text), words, placed)
    shift = len(title) + 1
    try:
        " ".join(words).encode()
        return Packed(
            document.id, document.copy_of, row.date.toordinal() if row.date else None,
            {name: list(values) for name, values in row.facets.items()},
            [[c, True, a, b] for c, a, b in title.codes] + [[c, False, a + shift, b + shift] for c, a, b in body.codes],
            figures.encoded(document), len(row.texts["title"]), words, phrases.runs(title),
            charset.encode(text), cards.pack(cards.card(document)), records.pack(document), placed.astype(np.uint32), at, gaps, extras,
            np.packbits(between(title.joined, body.joined, 0).astype(bool)), row.sentences)
    except (UnicodeEncodeError, TypeError) as error:
        raise BadRow(f"{document.id}: {error}") from None


def _breaks(title: Tokens, body: Tokens, title_chars: int, chars: int, words: list[str], placed: np.ndarray) -> tuple[np.ndarray, ...]:
    joint = lambda a, b: np.concatenate((a, [title_chars], b.astype(np.int64) + title_chars + 1, [chars]), dtype=np.int64)
    starts, ends = joint(title.starts, body.starts), joint(title.ends, body.ends)
    gaps = starts - np.concatenate(([-1], ends[:-1])) - 1
    extras = ends - starts - word_lengths(words)[placed]
    at = np.flatnonzero((gaps != 0) | (extras != 0))
    return at.astype(np.uint32), gaps[at].astype(np.int32), extras[at].astype(np.int32)


def _check(row: Row) -> None:
    if not _ID.fullmatch(row.document.id) or (row.document.copy_of and not _ID.fullmatch(row.document.copy_of)):
        raise BadRow(f"{row.document.id!r} is not an id of 16 hexadecimal digits")
    if row.texts.keys() != TEXTS.keys() or row.tokens.keys() != TEXTS.keys() or row.facets.keys() != FACETS.keys():
        raise BadRow(f"{row.document.id}: texts, tokens or facets are not those of the table")
    for name, tokens in row.tokens.items():
        if not len(tokens.texts) == len(tokens.starts) == len(tokens.ends) == len(tokens.joined):
            raise BadRow(f"{row.document.id}: the columns of {name} differ in length")
        if len(tokens.texts) and int(tokens.ends[-1]) > len(row.texts[name]):
            raise BadRow(f"{row.document.id}: a token of {name} ends behind the text")


def dumps(packed: Packed) -> bytes:
    arrays = (packed.slots, packed.at, packed.gaps, packed.extras, packed.joined, packed.sentences)
    told = [packed.id, packed.copy_of, packed.day, packed.facets, packed.codes, packed.figures, packed.title_chars, " ".join(packed.words),
            packed.runs, [len(array) for array in arrays]]
    head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    parts = (array.astype(kind).tobytes() for kind, array in zip(_KINDS, arrays))
    rest = zlib.compress(b"".join((head, packed.card, packed.text, *parts)), LEVEL)
    return _LENGTHS.pack(len(head), len(packed.card), len(packed.text), len(packed.record)) + packed.record + rest


def loads(data: bytes) -> Packed:
    head, card, text, record = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size + record
    rest = zlib.decompress(memoryview(data)[start:])
    id, copy_of, day, facets, codes, figures, title_chars, words, runs, sizes = json.loads(rest[:head])
    at = head + card + text
    arrays = []
    for kind, size in zip(_KINDS, sizes):
        arrays.append(np.frombuffer(rest, kind, size, at))
        at += arrays[-1].nbytes
    return Packed(id, copy_of, day, facets, codes, figures, title_chars, words.split(" ") if words else [], runs,
                  rest[head + card:head + card + text], rest[head:head + card], data[_LENGTHS.size:start], *arrays)
