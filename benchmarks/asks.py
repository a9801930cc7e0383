"""Queries of every class, drawn from what stands in a corpus: what every engine is asked."""
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.fields import Row
from index.spelling import fold
from sampled import PROVINCES
from search.query import Query

EACH = 20               # queries a class
SIZE = 10
CLASSES = ("rare", "mid", "common", "all", "and2", "and3", "or2", "or3", "phrase2", "phrase3", "accentless", "abbreviation",
           "filtered", "by-date", "page-50")
ABBREVIATIONS = {"HTX": "hợp tác xã", "UBND": "ủy ban nhân dân", "HĐND": "hội đồng nhân dân", "KTTT": "kinh tế tập thể"}


@dataclass(frozen=True, slots=True)
class Ask:
    """One query for all engines. `words` are canonical syllables, folded where `folded`."""
    kind: str                                   # "and" | "or" | "phrase" | "abbreviation"
    words: tuple[str, ...]
    folded: bool = False
    short: str = ""                             # the abbreviation, where `words` are its long form
    chosen: frozenset[tuple[str, str]] = frozenset()
    by_date: bool = False
    page: int = 1

    def query(self) -> Query:
        joined = " ".join(self.words)
        text = {"and": joined, "or": " OR ".join(self.words), "phrase": f'"{joined}"', "abbreviation": self.short}[self.kind]
        return Query(text, chosen=self.chosen, match="all", sort="newest" if self.by_date else "relevance",
                     page=self.page, size=SIZE)


def asks(sample: list[Row], df: Callable[[str], int], documents: int) -> dict[str, list[Ask]]:
    """`sample`: rows out of which words and phrases are cut."""
    rng = random.Random(20)
    share = lambda low, high: _words(rng, sample, lambda word: low * documents <= df(word) <= high * documents)
    rare, mid, common = share(2 / documents, 20 / documents), share(.01, .05), share(.15, .5)
    every = sorted({w for r in sample for w in r.tokens["body"].texts if w.isalpha() and fold(w) != w}, key=df)[-EACH // 2:]
    one = lambda words, **more: [Ask("and", (word,), **more) for word in words]
    and2 = [Ask("and", pair) for pair in _pairs(rng, sample, df, documents, 2)]
    filters = frozenset({("province", PROVINCES[0]), ("province", PROVINCES[1]), ("year", "2015"), ("year", "2016")})
    return {
        "rare": one(rare), "mid": one(mid), "common": one(common), "all": one(every),
        "and2": and2, "and3": [Ask("and", words) for words in _pairs(rng, sample, df, documents, 3)],
        "or2": [Ask("or", words) for words in zip(common, mid)],
        "or3": [Ask("or", words) for words in zip(common, reversed(common), mid)],
        "phrase2": [Ask("phrase", cut) for cut in _cuts(rng, sample, 2)],
        "phrase3": [Ask("phrase", cut) for cut in _cuts(rng, sample, 3)],
        "accentless": [Ask("and", tuple(map(fold, ask.words)), folded=True) for ask in and2],
        "abbreviation": [Ask("abbreviation", tuple(long.split()), short=short) for short, long in ABBREVIATIONS.items()],
        "filtered": one(common, chosen=filters), "by-date": one(common, by_date=True), "page-50": one(common, page=50),
    }


def _words(rng: random.Random, sample: list[Row], wanted: Callable[[str], bool]) -> list[str]:
    found: dict[str, None] = {}
    for _ in range(200_000):
        word = rng.choice(rng.choice(sample).tokens["body"].texts or ["-"])
        if word.isalpha() and fold(word) != word and wanted(word):
            found[word] = None
            if len(found) == EACH:
                break
    return list(found)


def _pairs(rng: random.Random, sample: list[Row], df, documents: int, size: int) -> Iterator[tuple[str, ...]]:
    """Words of one article, neither rare nor everywhere."""
    for _ in range(EACH):
        while True:
            texts = [w for w in rng.choice(sample).tokens["body"].texts if w.isalpha() and .02 * documents < df(w) < .5 * documents
                     and fold(w) != w]
            if len(set(texts)) >= size:
                yield tuple(rng.sample(sorted(set(texts)), size))
                break


def _cuts(rng: random.Random, sample: list[Row], size: int) -> Iterator[tuple[str, ...]]:
    """Words joined by the writer: neighbours inside one of the segmenter's words or beside it."""
    for _ in range(EACH):
        while True:
            texts = rng.choice(sample).tokens["body"].texts
            at = rng.randrange(max(len(texts) - size, 1))
            cut = tuple(texts[at:at + size])
            if len(cut) == size and all(w.isalpha() and fold(w) != w for w in cut):
                yield cut
                break
