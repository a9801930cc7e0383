"""Real articles become a corpus of any size, with facets drawn from a fixed seed: what the engines are fed."""
import gzip
import json
import lzma
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from corpus import places
from corpus.article import Article
from corpus.document import Document
from corpus.evidence import Evidence
from index.analysis import analyse
from index.fields import Row, row, texts

SEED = 20
PROVINCES = sorted(places.NOW)
YEARS = range(2001, 2026)
RESOLUTIONS = ("nq13", "nq20", "mo-ho", "r4", "r5", "r6")
SOURCES = [f"Báo {i}" for i in range(30)]
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")


def rows(corpus: Path, count: int, words: bool = False, step: int = 1) -> Iterator[Row]:
    """Each `step`-th. `words`: also join syllables into words, the slow part of analysis, of which no query's answer depends."""
    for i, (title, body) in islice(enumerate(islice(_endless(corpus), count)), 0, None, step):
        document = _document(i, title, body)
        yield row(document, {name: analyse(text, words=words) for name, text in texts(document).items()})


def raw_bytes(made: Row) -> int:
    return sum(len(text.encode()) for text in made.texts.values())


def _endless(corpus: Path) -> Iterator[tuple[str, str]]:
    """The articles as they are; then articles of the same lengths, put together from their sentences."""
    known = []
    with {".xz": lzma.open, ".gz": gzip.open}.get(corpus.suffix, open)(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            known.append((told["title"], told["text"]))
            yield known[-1]
    rng = random.Random(SEED)
    sentences = [_SENTENCE.findall(body) for _, body in known]
    while True:
        title, body = rng.choice(known)
        size = len(_SENTENCE.findall(body))
        yield title, "".join(rng.choice(rng.choice(sentences) or [body]) for _ in range(size))


def _document(i: int, title: str, body: str) -> Document:
    rng = random.Random(SEED * 1_000_003 + i)
    day = date(rng.choice(YEARS), 1, 1) + timedelta(days=rng.randrange(365))
    said = lambda value: Evidence(value, "drawn")
    return Document(
        id=blake2b(str(i).encode(), digest_size=8).hexdigest(),
        article=Article(f"https://bao.example/{i}", title=title, body=body, source=rng.choice(SOURCES), published=said(day.isoformat())),
        provinces=tuple(map(said, _some(rng, PROVINCES))), year=said(str(day.year)),
        resolutions=tuple(map(said, _some(rng, RESOLUTIONS))))


def _some(rng: random.Random, values) -> list[str]:
    """None, one or a few, the first ones far more often, as in real life."""
    count = rng.choice((0, 1, 1, 1, 2, 3))
    return list(dict.fromkeys(values[int(len(values) * rng.random() ** 2.5)] for _ in range(count)))
