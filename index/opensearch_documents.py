"""A row becomes what is sent to OpenSearch, and what comes back becomes texts, tokens and documents again."""
import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from corpus import record
from corpus.article import Article
from corpus.document import Document
from index import cards, records, sentence_ends
from index.analysis import Tokens, fold
from index.fields import NONE, TEXTS, Row
from index.opensearch_mapping import FILLER
from index.packing import BadRow

LEVEL = 1               # of zlib
LONGEST = 200           # characters of a token that are sent as they are; a longer one is cut and told by its digest
_folded = lru_cache(1 << 16)(fold)       # a third of the time where most are known
_URL_SAFE = str.maketrans("+/", "-_")
_ID = re.compile(r"[0-9a-f]{16}")


class Kept:
    """A document as it comes back; its parts are unpacked when first asked for."""

    def __init__(self, id: str, doc: dict[str, Any], version: int = 1):
        self.id, self.version, self._doc = id, version, doc
        self.title, self.body, self.copies = doc["title"], doc["body"], doc["copies"]

    @property
    def signature(self) -> bytes:
        return base64.b64decode(self._doc["signature"])

    @cached_property
    def card(self) -> cards.Card:
        return cards.unpack(json.dumps(self._doc["card"]).encode())

    @property
    def facets(self) -> dict[str, list[str]]:
        return self._doc["facets"]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Of the body."""
        return sentence_ends.unpack(np.frombuffer(base64.b64decode(self._doc["sentences"]), np.uint16))

    @cached_property
    def _parts(self) -> tuple[list[str], bytes]:
        told, bits = _unpacked(self._doc["slots"]).split(b"\0", 1)
        return told.decode().split("\n"), bits

    @cached_property
    def lines(self) -> dict[str, str]:
        """Text → its syllables, a space before and behind each."""
        return dict(zip(TEXTS, self._parts[0]))

    @cached_property
    def folds(self) -> dict[str, str]:
        """The same without accents, each letter at the same place."""
        return {name: " ".join(map(_folded, line.split(" "))) for name, line in self.lines.items()}

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(self._parts[0][-1].split())

    @cached_property
    def offsets(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Text → (starts, ends) of its syllables."""
        return {name: _offsets(self._doc["offsets"][name]) for name in TEXTS}

    def coded(self, name: str) -> list[tuple[str, int, int]]:
        """(code, its first syllable, its last) of one text."""
        return [tuple(code) for code in self._doc["codes"][name]]

    @property
    def size(self) -> int:
        """Bytes in memory, nearly, once all is unpacked."""
        return 3_000 + 24 * len(self.body)

    def document(self) -> Document:
        return records.unpack(base64.b64decode(self._doc["record"]), self.title, self.body)

    @cached_property
    def tokens(self) -> dict[str, Tokens]:
        texts = {name: line.split() for name, line in self.lines.items()}
        sizes = list(map(len, texts.values()))
        joined = np.unpackbits(np.frombuffer(self._parts[1], np.uint8)).astype(bool)[:sum(sizes)]
        parts = np.split(joined, np.cumsum(sizes)[:-1])
        return {name: Tokens(texts[name], *self.offsets[name], part, self.coded(name)) for name, part in zip(TEXTS, parts)}


def pack(row: Row, signature: bytes = b"", copies: int = 0) -> bytes:
    """One line of JSON; `copies`: other publications of the same text. Raises BadRow."""
    document = row.document
    if not _ID.fullmatch(document.id) or document.copy_of and not _ID.fullmatch(document.copy_of):
        raise BadRow(f"{document.id!r} is not an id of 16 hexadecimal digits")
    try:
        return json.dumps(_told(row, signature, copies), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise BadRow(f"{document.id}: {error}") from None


def _told(row: Row, signature: bytes, copies: int) -> dict[str, Any]:
    document = row.document
    told = {
        "id": document.id, "origin": document.copy_of or document.id, "copy": bool(document.copy_of),
        **_searched(row.tokens), **{name: values or (NONE,) for name, values in row.facets.items()},
        "length": sum(map(len, row.tokens.values())), "slots": base64.b64encode(column(row.tokens)).decode(),
        "doc": _kept(row, signature, copies),
        "figures": len(document.figures)}
    if document.figures:
        told["figured"] = _figured(document)
    if row.date:
        told["days"] = row.date.toordinal()
    return told


def fed(token: str) -> str:
    """The token as the index knows it."""
    return token if len(token) <= LONGEST else token[:LONGEST] + hashlib.blake2b(token.encode(), digest_size=8).hexdigest()


def key_of(id: str) -> int:
    """An id as a number of 64 bits with a sign."""
    return int(np.uint64(int(id, 16)).astype(np.int64))


def id_of(key: int) -> str:
    return f"{int(key) & 0xFFFFFFFFFFFFFFFF:016x}"


def _searched(tokens: dict[str, Tokens]) -> dict[str, str]:
    out = {}
    for name, found in tokens.items():
        texts = [fed(text) for text in found.texts]
        codes = [code for code, _, _ in found.codes]
        filler = len(texts) - len(codes)
        out[name] = " ".join(texts)
        out[f"{name}_fold"] = " ".join([fed(fold(text)) for text in found.texts])
        out[f"{name}_code"] = " ".join(codes + ([f"{FILLER}|{filler}"] if filler > 0 else []))
    return out


def column(tokens: dict[str, Tokens]) -> bytes:
    """The size of the title, then a digest of each syllable, a gap behind each text but the last: what ranking looks into."""
    title, body = (list(map(digest, tokens[name].texts)) for name in TEXTS)
    return np.array([len(title), *title, 0, *body], ">u4").tobytes()


@lru_cache(1 << 17)
def digest(syllable: str) -> int:
    """Never 0. Three bytes that all spellings share, one that tells them apart."""
    return fold_digest(fold(syllable)) << 8 | zlib.crc32(syllable.encode()) & 255


def fold_digest(folded: str) -> int:
    """The three bytes."""
    return zlib.crc32(folded.encode()) >> 8 or 1


def _packed_slots(tokens: dict[str, Tokens]) -> str:
    lines = [_line(tokens[name].texts) for name in TEXTS]
    codes = " ".join([code for name in TEXTS for code, _, _ in tokens[name].codes])
    bits = np.packbits(np.concatenate([tokens[name].joined for name in TEXTS]).astype(bool)).tobytes()
    return _base64("\n".join([*lines, codes]).encode() + b"\0" + bits)


def _line(texts: Iterable[str]) -> str:
    return " ".join(["", *texts, ""])


def _unpacked(packed: str) -> bytes:
    return zlib.decompress(base64.b64decode(packed))


def _kept(row: Row, signature: bytes, copies: int) -> dict[str, Any]:
    return {
        "title": row.texts["title"], "body": row.texts["body"], "card": astuple(cards.card(row.document)),
        "facets": row.facets, "copies": copies, "sentences": base64.b64encode(row.sentences.tobytes()).decode(),
        "record": base64.b64encode(records.pack(row.document)).decode(), "signature": base64.b64encode(signature).decode(),
        "slots": _packed_slots(row.tokens), "offsets": {name: _packed_offsets(tokens) for name, tokens in row.tokens.items()},
        "codes": {name: tokens.codes for name, tokens in row.tokens.items()}}


def _packed_offsets(tokens: Tokens) -> str:
    """How far each syllable begins behind the end of the one before it, then how long each is."""
    starts, ends = np.asarray(tokens.starts, np.int64), np.asarray(tokens.ends, np.int64)
    gaps = starts - np.concatenate(([0], ends[:-1])) if len(starts) else starts
    return _base64(np.concatenate((gaps, ends - starts)).astype("<u4").tobytes())


def _offsets(packed: str) -> tuple[np.ndarray, np.ndarray]:
    gaps, lengths = np.frombuffer(_unpacked(packed), "<u4").astype(np.int64).reshape(2, -1)
    ends = np.cumsum(gaps + lengths)
    return ends - lengths, ends


def _figured(document: Document) -> str:
    """What tables of figures are made of."""
    article = Article(document.article.url, published=document.article.published)
    told = record.to_json(Document(document.id, article, copy_of=document.copy_of, figures=tuple(replace(f, why=()) for f in document.figures)))
    return _base64(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def figured(column: str) -> Document:
    """A document as far as its figures go. Columns come back without the padding, and in the other alphabet."""
    return record.from_json(json.loads(zlib.decompress(base64.urlsafe_b64decode(column.translate(_URL_SAFE) + "=="))))


def _base64(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, LEVEL)).decode()


def joint(texts: Sequence[str]) -> str:
    """Syllables as a query has them."""
    return " ".join(map(fed, texts))
