"""An article becomes the articles on the same matters: those that share most of its telling pairs of syllables."""
import math
from collections import Counter
from itertools import pairwise

from corpus.document import Document
from index.analysis import analyse
from index.fields import TEXTS, texts
from search import answering
from search.finding import Finder
from search.query import Query
from search.results import Hit
from search.tree import Phrase, Some, Syllable, Weighted

MOST = 5
TELLING = 12        # pairs that are looked for
SHARED = 2          # of them that an article must have
RARE = 3            # documents: a pair in fewer tells of this article alone
READ = 3_000        # syllables of a text that pairs are taken from


def similar(finder: Finder, document: Document) -> tuple[Hit, ...]:
    pairs = _telling(finder, document)
    if not pairs:
        return ()
    parts = tuple(Weighted(Phrase((Syllable(a), Syllable(b))), weight) for (a, b), weight in pairs)
    node = answering.shown(finder, Some(parts, min(SHARED, len(parts))))
    found = finder.find(node, Query(reprints=False), MOST + 2, ())      # itself and what it is a copy of may be among them
    others = [hit for hit in answering.hits(finder, found.keys) if hit.id not in (document.id, document.copy_of)]
    return tuple(others[:MOST])


def _telling(finder: Finder, document: Document) -> list[tuple[tuple[str, str], float]]:
    """Pairs of neighbours that are frequent here and rare elsewhere, with their weights."""
    counts: Counter[tuple[str, str]] = Counter()
    for name, text in texts(document).items():
        words = analyse(text, words=False).texts[:READ]
        for pair in pairwise(words):
            if pair[0].isalpha() and pair[1].isalpha() and len(pair[0]) > 1 and len(pair[1]) > 1:
                counts[pair] += TEXTS[name]
    frequencies = finder.neighbours(list(counts)).tolist() if counts else []
    documents = finder.lexicon.documents
    weights = {pair: math.log1p(count) * math.log(documents / held)
               for (pair, count), held in zip(counts.items(), frequencies) if RARE <= held < documents}
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TELLING]
    return [(pair, weight / best[0][1]) for pair, weight in best]
