"""Engine on Whoosh: opens a generation's folder and answers from its arrays, in any number of threads."""
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from functools import cached_property
from math import inf
from pathlib import Path

import numpy as np
from whoosh.index import open_dir

from corpus.document import Document
from index import cards, charset, records, sentence_ends
from index.columns import FacetColumn
from index.fields import FACETS, fingerprint
from index.figures import FigureColumns
from index.generations import Manifest
from index.pairs import PairCounts
from index.slots import SlotReader
from index.spelling import fold
from index.whoosh_codec import LENGTHS
from index.whoosh_schema import schema
from search import answering, figures, ranking, similar, tables
from search.budget import over
from search.caching import Cache
from search.engine import About, Suggestion
from search.evaluation import evaluate, holds
from search.figures import Listed, Wanted
from search.finding import Counts, Found, Kept, Occurrences, Placed, Stored
from search.lexicon import SegmentLexicon
from search.marking import Marks
from search.matches import Matches
from search.occurrences import Window, occurrences
from search.placing import placed
from search.query import Query
from search.results import Facet, Hit, Results
from search.segment import Segment
from search.selection import best, smallest
from search.sieve import Sieved, sieve
from search.suggesting import Completions
from search.terms import Asked, read
from search.tree import Ids, Node, Syllable

ASKED, RARITIES = 4 << 20, 4 << 20      # bytes, nearly, of queries read and of their words' rarities that are kept
TABLES, CELL = 16 << 20, 1_200      # and of tables of figures; of one cell
NOTHING = Placed([], [])


class WhooshEngine:
    def __init__(self, folder: Path, manifest: Manifest | None = None, withheld: frozenset[str] = frozenset(), seconds: float = inf):
        """`manifest` of the generation in `folder`; None where the folder stands alone. `withheld`: ids never shown.

        `seconds` that finding and counting may take for one query; see `Results.partial`.
        """
        reader = open_dir(folder, schema=schema()).reader()
        self._seconds = seconds
        self._manifest = manifest or Manifest(folder.name, "whoosh", fingerprint(), "")
        arrays = reader.segment().arrays(reader.storage())
        self._segment = Segment(arrays, LENGTHS[arrays.told["lengths"]])
        self._segment.ready()
        self.finder = WhooshFinder(self._segment, self._manifest.abbreviations, withheld)
        reader.close()
        self._tables: Cache[tables.Table] = Cache(TABLES, lambda table: CELL * sum(map(len, table.rows.values())) + 2_000)

    def search(self, query: Query) -> Results:
        return answering.search(self.finder, query, self._seconds)

    def scan(self, query: Query) -> Iterator[Hit]:
        return answering.scan(self.finder, query)

    def values(self, facet: str, query: Query) -> Facet:
        return answering.values(self.finder, facet, query)

    def grid(self, query: Query) -> dict[tuple[str, str], int]:
        return self.finder.crossed(answering.chosen_tree(self.finder, query)[1], query, "province", "year")

    def figures(self, query: Query, wanted: Wanted = Wanted(), skip: int = 0, most: int | None = None) -> Listed:
        return figures.listed(self.finder, answering.chosen_tree(self.finder, query)[1], query, wanted, skip, most)

    def table(self, query: Query, asked: tables.Asked) -> tables.Table:
        made = lambda: tables.table(self.finder.figured(answering.chosen_tree(self.finder, query)[1], query), asked)
        return self._tables.get((query, asked), made)

    def document(self, id: str) -> Document | None:
        row = self.finder.row(id)
        return None if row is None else self.finder.document(row)

    def about(self) -> About:
        made = self._manifest
        built = datetime.fromisoformat(made.built) if made.built else datetime.fromtimestamp(0, timezone.utc)
        return About(self._segment.documents, made.name, made.fingerprint, built, "whoosh")

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        return answering.suggest(self.finder, text, self._completions)

    @cached_property
    def _completions(self) -> Completions:
        return Completions.of(self._manifest.phrases)

    def similar(self, id: str) -> tuple[Hit, ...]:
        document = self.document(id)
        return () if document is None else similar.similar(self.finder, document)

    def copies(self, id: str) -> tuple[Hit, ...]:
        row = self.finder.row(id)
        return () if row is None else answering.hits(self.finder, self.finder.copies(row))

    def damaged(self) -> list[str]:
        """What on the disk is not as it was written. Reads everything."""
        return self._segment.arrays.damaged()

    def forget(self) -> None:
        """Empties every cache, as if just opened: for measuring."""
        self._segment.forget()
        self.finder.forget()
        self._tables.clear()

    def close(self) -> None:
        self._segment.arrays.close()

    def __enter__(self) -> "WhooshEngine":
        return self

    def __exit__(self, *error) -> None:
        self.close()


class WhooshFinder:
    """Keys are row numbers."""

    def __init__(self, segment: Segment, harvested: tuple[tuple[str, str], ...] = (), withheld: frozenset[str] = frozenset()):
        self._segment, self._arrays, self.withheld = segment, segment.arrays, withheld
        self.lexicon = SegmentLexicon(segment, harvested)
        self._asked: Cache[Asked] = Cache(ASKED, lambda asked: 2_000 + 500 * len(asked.words))
        self._rarities: Cache[ranking.Rarity] = Cache(RARITIES, lambda rarity: 1_000 + 600 * len(rarity.words))

    def asked(self, query: Query) -> Asked:
        key = query.text, query.off, query.match
        return self._asked.get(key, lambda: read(*key, self.lexicon))

    def forget(self) -> None:
        self._asked.clear()
        self._rarities.clear()
        answering.forget(self)

    @cached_property
    def _slots(self) -> SlotReader:
        return SlotReader(self._arrays)

    def any(self, node: Node) -> bool:
        return len(evaluate(node, self._segment)) > 0

    def find(self, node: Node, query: Query, most: int, facets: Sequence[str] = tuple(FACETS)) -> Found:
        matches = evaluate(node, self._segment)
        sieved = sieve(matches.rows, query, self._segment)
        hits = sieved.hits
        total = len(matches) if hits is None else len(hits)
        keys, scores = self._first(matches, hits, query.sort, most)
        return Found(total, keys, scores, {name: self._counted(name, matches, sieved) for name in facets if not over()})

    def stream(self, node: Node, query: Query) -> Iterator[int]:
        matches = evaluate(node, self._segment)
        keys, _ = self._first(matches, sieve(matches.rows, query, self._segment).hits, query.sort, len(matches))
        return iter(keys.tolist())

    def occurrences(self, words: Sequence[Syllable], keys: np.ndarray) -> Occurrences:
        return occurrences(words, Window.of(keys, self._segment), self._segment)[1]

    def rarity(self, wanted: ranking.Wanted) -> ranking.Rarity:
        return self._rarities.get(wanted, lambda: self._rarity(wanted))

    def neighbours(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        return PairCounts(self._arrays, "pairs").counts(pairs)

    def _rarity(self, wanted: ranking.Wanted) -> ranking.Rarity:
        words = wanted.terms[:wanted.words]
        loose = any(word.any_accent for word in words)
        pairs = PairCounts(self._arrays, "fold_pairs" if loose else "pairs")
        return ranking.Rarity(
            self._segment.documents, sum(self._arrays.told["totals"].values()) / max(self._segment.documents, 1),
            np.array([len(evaluate(word, self._segment)) for word in words]),
            pairs.counts((fold(a.text), fold(b.text)) if loose else (a.text, b.text) for a, b in wanted.neighbours))

    def holds(self, node: Node, keys: np.ndarray) -> np.ndarray:
        return holds(node, keys, self._segment)

    def stored(self, keys: np.ndarray, marks: Marks) -> list[Stored]:
        kept = self._kept(keys)
        texts = placed(marks, keys, self._segment, self._slots) if marks.leaves or marks.codes else [(NOTHING, NOTHING)] * len(keys)
        return [Stored(one, *both) for one, both in zip(kept, texts)]

    def crossed(self, node: Node, query: Query, one: str, other: str) -> dict[tuple[str, str], int]:
        matches = evaluate(node, self._segment)
        hits = sieve(matches.rows, query, self._segment).hits
        rows = matches.all_rows()
        return self._segment.columns.crossed(one, other, rows if hits is None else rows[hits])

    def documents(self, rows: list[int]) -> Iterator[Document]:
        return map(self.document, rows)

    def figured(self, node: Node, query: Query) -> FigureColumns:
        matches = evaluate(node, self._segment)
        hits = sieve(matches.rows, query, self._segment).hits
        columns = self._segment.figures
        if hits is not None or matches.rows is not None:
            held = np.zeros(self._segment.documents, bool)
            held[matches.all_rows() if hits is None else matches.all_rows()[hits]] = True
            columns = columns.take(np.flatnonzero(held[columns.rows]))
        return columns

    def row(self, id: str) -> int | None:
        """Of a document that may be shown."""
        return None if id in self.withheld else self._segment.row(id)

    def document(self, row: int) -> Document:
        rows = np.array([row])
        return records.unpack(self._cut("records", "records_starts", rows)[0].tobytes(), *next(self._texts(rows)))

    def copies(self, row: int) -> np.ndarray:
        """Rows of the other publications of the same text, first one first."""
        origins = self._arrays["origins"]
        rows = np.flatnonzero(origins == origins[row])
        rows = rows[(rows != row) & ~self.holds(Ids(self.withheld), rows)]
        return rows[np.lexsort((self._arrays["oldest"][rows], ~self._segment.originals[rows]))]

    def _first(self, matches: Matches, hits: np.ndarray | None, sort: str, most: int) -> tuple[np.ndarray, np.ndarray]:
        """(rows, scores) of the first hits; without scores the newest come first."""
        rows, scores = matches.rows, matches.scores
        if hits is not None:
            rows = hits if rows is None else rows[hits]
            scores = None if scores is None else scores[hits]
        if sort == "relevance" and scores is not None:
            ids = self._arrays["ids"]
            at = best(scores, most, lambda places: ids[rows[places]])
            return rows[at], scores[at]
        ranks = self._arrays["oldest" if sort == "oldest" else "newest"]
        at = smallest(ranks if rows is None else ranks[rows], most)
        return at if rows is None else rows[at], np.zeros(len(at)) if scores is None else scores[at]

    def _counted(self, facet: str, matches: Matches, sieved: Sieved) -> Counts:
        column, at = self._segment.columns.facet(facet), sieved.but.get(facet, sieved.hits)
        if at is not None:
            return column.told(column.by_code(at if matches.rows is None else matches.rows[at]))
        if facet not in matches.counts:
            matches.counts[facet] = column.told(self._all_by_code(column, matches))
        return matches.counts[facet]

    def _all_by_code(self, column: FacetColumn, matches: Matches) -> np.ndarray:
        """Of most documents it is quicker to count the others."""
        if len(matches) * 2 < matches.documents:
            return column.by_code(matches.rows)
        return column.totals - column.by_code(matches.others())

    def _kept(self, rows: np.ndarray) -> list[Kept]:
        get = self._arrays.__getitem__
        sentences = self._cut("sentences", "sentence_starts", rows)
        return [Kept.of(f"{id:016x}", cards.unpack(card.tobytes()), copies, title, body, sentence_ends.unpack(ends))
                for id, card, copies, (title, body), ends in zip(
                    get("ids")[rows].tolist(), self._cut("cards", "cards_starts", rows), get("copies")[rows].tolist(), self._texts(rows), sentences)]

    def _texts(self, rows: np.ndarray) -> Iterator[tuple[str, str]]:
        for text, chars in zip(self._cut("texts", "texts_starts", rows), self._arrays["title_chars"][rows].tolist()):
            text = charset.decode(text.tobytes())
            yield text[:chars], text[chars + 1:]

    def _cut(self, name: str, edges: str, rows: np.ndarray) -> list[np.ndarray]:
        """Each row's own part of the values."""
        values, edges = self._arrays[name], self._arrays[edges]
        return [values[start:end] for start, end in zip(edges[rows].tolist(), edges[rows + 1].tolist())]
