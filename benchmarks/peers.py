"""Other engines, fed the same tokens and asked the same: a page is ten hits, the count, three facets and snippets.

Title and body are one field for them, which is less work than ours; accents are left out in a second one. An engine
that is not installed raises ImportError when it is made. They come with the extra [bench].
"""
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from asks import SIZE, Ask
from index.fields import Row
from index.spelling import fold

FACETS = ("province", "year", "resolution")


class Peer(Protocol):
    name: str

    def begin(self) -> None:
        """A new index in the folder it was made with."""

    def add(self, row: Row) -> None: ...

    def finish(self) -> None:
        """Commits."""

    def open(self) -> None:
        """For searching, what was finished, now or in an earlier run."""

    def prepare(self, ask: Ask) -> Callable[[], object]:
        """The first ten, without count, facets and snippets; what comes before searching is done here."""

    def page(self, ask: Ask) -> int:
        """The whole page; the total."""


def plain(row: Row) -> str:
    return " ".join([*row.tokens["title"].texts, *row.tokens["body"].texts])


class Tantivy:
    name = "tantivy"

    def __init__(self, folder: Path):
        import tantivy

        self._t = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
        builder.add_text_field("folded", stored=False, tokenizer_name="whitespace")
        builder.add_text_field("url", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("province", "resolution"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("year", fast=True, indexed=True)
        builder.add_unsigned_field("day", fast=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())

    def begin(self) -> None:
        self._writer = self._index.writer(heap_size=256 << 20, num_threads=1)

    def add(self, row: Row) -> None:
        text, facets = plain(row), row.facets
        document = self._t.Document(url=[row.document.article.url], text=[text], folded=[fold(text)])
        for name in ("province", "resolution"):
            for value in facets[name]:
                document.add_text(name, value)
        document.add_unsigned("year", int(facets["year"][0]))
        document.add_unsigned("day", row.date.toordinal())
        self._writer.add_document(document)

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()

    def open(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def prepare(self, ask: Ask) -> Callable[[], object]:
        query = self._query(ask, FACETS)
        return lambda: self._search(query, ask, count=False)

    def page(self, ask: Ask) -> int:
        query = self._query(ask, FACETS)
        found = self._search(query, ask, count=True)
        chosen = {facet for facet, _ in ask.chosen}
        counted = {"field": None, "size": 100}
        self._searcher.aggregate(query, {f: {"terms": {**counted, "field": f}} for f in FACETS if f not in chosen})
        for facet in chosen:
            others = self._query(ask, [f for f in FACETS if f != facet])
            self._searcher.aggregate(others, {facet: {"terms": {**counted, "field": facet}}})
        generator = self._t.SnippetGenerator.create(self._searcher, self._words(ask), self._schema, "text")
        for _, address in found.hits:
            document = self._searcher.doc(address)
            document["url"], generator.snippet_from_doc(document).to_html()
        return found.count

    def _search(self, query, ask: Ask, count: bool):
        return self._searcher.search(query, SIZE, count=count, offset=(ask.page - 1) * SIZE,
                                     order_by_field="day" if ask.by_date else None)

    def _query(self, ask: Ask, facets):
        Query, must = self._t.Query, self._t.Occur.Must
        parts = [(must, self._words(ask))]
        for facet in facets:
            values = [v for f, v in ask.chosen if f == facet]
            if values:
                values = [int(v) for v in values] if facet == "year" else values
                parts.append((must, Query.term_set_query(self._schema, facet, values)))
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    def _words(self, ask: Ask):
        Query, field = self._t.Query, "folded" if ask.folded else "text"
        if ask.kind == "phrase":
            return Query.phrase_query(self._schema, field, list(ask.words))
        if ask.kind == "abbreviation":
            long = Query.phrase_query(self._schema, field, list(ask.words))
            short = Query.term_query(self._schema, field, ask.short.lower())
            return Query.boolean_query([(self._t.Occur.Should, long), (self._t.Occur.Should, short)])
        terms = [Query.term_query(self._schema, field, word) for word in ask.words]
        if len(terms) == 1:
            return terms[0]
        occur = self._t.Occur.Must if ask.kind == "and" else self._t.Occur.Should
        return Query.boolean_query([(occur, term) for term in terms])


class Fts5:
    name = "fts5"

    def __init__(self, folder: Path):
        self._db = sqlite3.connect(folder / "articles.sqlite")

    def begin(self) -> None:
        self._db.execute("CREATE VIRTUAL TABLE articles USING fts5(text, folded, tokenize=\"unicode61 remove_diacritics 0\")")
        self._db.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, url, day INTEGER, year)")
        self._db.execute("CREATE TABLE facets (id INTEGER, name, value)")

    def add(self, row: Row) -> None:
        text = plain(row)
        id = self._db.execute("INSERT INTO articles VALUES (?, ?)", (text, fold(text))).lastrowid
        self._db.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", (id, row.document.article.url, row.date.toordinal(), row.facets["year"][0]))
        self._db.executemany("INSERT INTO facets VALUES (?, ?, ?)", ((id, f, v) for f in FACETS for v in row.facets[f]))

    def finish(self) -> None:
        self._db.execute("CREATE INDEX by_id ON facets (id, name, value)")
        self._db.commit()
        self._db.execute("INSERT INTO articles (articles) VALUES ('optimize')")
        self._db.commit()

    def open(self) -> None:
        pass

    def prepare(self, ask: Ask) -> Callable[[], object]:
        return lambda: self._hits(ask, "articles.rowid")

    def page(self, ask: Ask) -> int:
        self._hits(ask, "facts.url, snippet(articles, 0, '<b>', '</b>', '…', 40)")
        where, given = self._where(ask, FACETS)
        total = self._db.execute(f"SELECT count(*) FROM articles WHERE {where}", given).fetchone()[0]
        for facet in FACETS:
            where, given = self._where(ask, [f for f in FACETS if f != facet])
            self._db.execute(f"SELECT value, count(*) FROM facets WHERE name = ? AND id IN (SELECT rowid FROM articles WHERE {where}) "
                             "GROUP BY value", (facet, *given)).fetchall()
        return total

    def _hits(self, ask: Ask, columns: str) -> list:
        where, given = self._where(ask, FACETS)
        order = "facts.day DESC" if ask.by_date else "rank"
        return self._db.execute(f"SELECT {columns} FROM articles JOIN facts ON facts.id = articles.rowid WHERE {where} "
                                f"ORDER BY {order} LIMIT ? OFFSET ?", (*given, SIZE, (ask.page - 1) * SIZE)).fetchall()

    def _where(self, ask: Ask, facets) -> tuple[str, list]:
        words = [f'"{word}"' for word in ask.words]
        said = {"and": " AND ".join(words), "or": " OR ".join(words), "phrase": f'"{" ".join(ask.words)}"',
                "abbreviation": f'"{" ".join(ask.words)}" OR "{ask.short.lower()}"'}[ask.kind]
        where, given = ["articles MATCH ?"], [f"{{{'folded' if ask.folded else 'text'}}} : ({said})"]
        for facet in facets:
            values = [v for f, v in ask.chosen if f == facet]
            if values:
                marks = ", ".join("?" * len(values))
                where.append(f"articles.rowid IN (SELECT id FROM facets WHERE name = '{facet}' AND value IN ({marks}))")
                given += values
        return " AND ".join(where), given


class StockWhoosh:
    name = "whoosh"

    def __init__(self, folder: Path):
        from whoosh import query, sorting

        self._folder, self._query_of, self._sorting = folder, query, sorting

    def begin(self) -> None:
        from whoosh import analysis, fields, index

        words = analysis.SpaceSeparatedTokenizer()
        facet = lambda: fields.KEYWORD(sortable=True)
        schema = fields.Schema(url=fields.STORED, text=fields.TEXT(words, stored=True), folded=fields.TEXT(words), province=facet(),
                               resolution=facet(), year=facet(), day=fields.NUMERIC(int, sortable=True))
        self._writer = index.create_in(self._folder, schema).writer(limitmb=256)

    def add(self, row: Row) -> None:
        text = plain(row)
        facets = {name: " ".join(row.facets[name]) for name in FACETS}
        self._writer.add_document(url=row.document.article.url, text=text, folded=fold(text), day=row.date.toordinal(), **facets)

    def finish(self) -> None:
        self._writer.commit()

    def open(self) -> None:
        from whoosh.index import open_dir

        self._searcher = open_dir(self._folder).searcher()

    def prepare(self, ask: Ask) -> Callable[[], object]:
        query, filters = self._words(ask), self._filters(ask, FACETS)
        return lambda: self._searcher.search(query, limit=SIZE * ask.page, filter=filters, **self._order(ask))

    def page(self, ask: Ask) -> int:
        words, chosen = self._words(ask), {facet for facet, _ in ask.chosen}
        counted = lambda names: {n: self._sorting.FieldFacet(n, allow_overlap=True, maptype=self._sorting.Count) for n in names}
        found = self._searcher.search(words, limit=SIZE * ask.page, filter=self._filters(ask, FACETS),
                                      groupedby=counted(f for f in FACETS if f not in chosen), **self._order(ask))
        for facet in chosen:
            others = self._filters(ask, [f for f in FACETS if f != facet])
            self._searcher.search(words, limit=1, filter=others, groupedby=counted([facet]))
        for hit in found[SIZE * (ask.page - 1):SIZE * ask.page]:
            hit.highlights("text")
        return len(found)

    def _order(self, ask: Ask) -> dict:
        return {"sortedby": "day", "reverse": True} if ask.by_date else {}

    def _filters(self, ask: Ask, facets):
        q, parts = self._query_of, []
        for facet in facets:
            values = [q.Term(facet, v) for f, v in sorted(ask.chosen) if f == facet]
            parts += [q.Or(values)] if values else []
        return q.And(parts) if parts else None

    def _words(self, ask: Ask):
        q, field = self._query_of, "folded" if ask.folded else "text"
        if ask.kind == "phrase":
            return q.Phrase(field, list(ask.words))
        if ask.kind == "abbreviation":
            return q.Or([q.Phrase(field, list(ask.words)), q.Term(field, ask.short.lower())])
        return {"and": q.And, "or": q.Or}[ask.kind]([q.Term(field, word) for word in ask.words])


class Xapian:
    """Debian's python3-xapian."""
    name = "xapian"

    def __init__(self, folder: Path):
        import xapian

        self._x, self._folder = xapian, str(folder)

    def begin(self) -> None:
        self._db = self._x.WritableDatabase(self._folder, self._x.DB_CREATE_OR_OVERWRITE)

    def add(self, row: Row) -> None:
        document = self._x.Document()
        for at, word in enumerate(plain(row).split(" "), 1):
            document.add_posting(word[:80], at)
            document.add_posting("F" + fold(word)[:80], at)
        for slot, facet in enumerate(FACETS, 1):
            document.add_value(slot, "\t".join(row.facets[facet]))
            for value in row.facets[facet]:
                document.add_boolean_term(f"X{facet}:{value}")
        document.add_value(0, f"{row.date.toordinal():08}")
        document.set_data(row.document.article.url + "\n" + plain(row))
        self._db.add_document(document)

    def finish(self) -> None:
        self._db.commit()

    def open(self) -> None:
        self._db = self._x.Database(self._folder)

    def prepare(self, ask: Ask) -> Callable[[], object]:
        enquire = self._enquire(ask, FACETS)
        return lambda: enquire.get_mset((ask.page - 1) * SIZE, SIZE)

    def page(self, ask: Ask) -> int:
        chosen, total = {facet for facet, _ in ask.chosen}, 0
        for facets in ([f for f in FACETS if f not in chosen], *([f] for f in chosen)):
            wanted = FACETS if facets and facets[0] not in chosen else [f for f in FACETS if f not in facets]
            enquire = self._enquire(ask, wanted)
            spies = {f: self._x.ValueCountMatchSpy(FACETS.index(f) + 1) for f in facets}
            for spy in spies.values():
                enquire.add_matchspy(spy)
            found = enquire.get_mset((ask.page - 1) * SIZE, SIZE, self._db.get_doccount())
            for spy in spies.values():
                self._counted(spy)
            if wanted is FACETS:
                total = found.get_matches_estimated()
                for hit in found:
                    found.snippet(hit.document.get_data(), 160)
        return total

    def _counted(self, spy) -> Counter:
        counts = Counter()
        for item in spy.values():
            counts.update({value: item.termfreq for value in item.term.decode().split("\t")})
        return counts

    def _enquire(self, ask: Ask, facets):
        query = self._words(ask)
        for facet in facets:
            values = [f"X{facet}:{v}" for f, v in ask.chosen if f == facet]
            if values:
                query = self._x.Query(self._x.Query.OP_FILTER, query, self._x.Query(self._x.Query.OP_OR, values))
        enquire = self._x.Enquire(self._db)
        enquire.set_query(query)
        if ask.by_date:
            enquire.set_sort_by_value(0, True)
        return enquire

    def _words(self, ask: Ask):
        q = self._x.Query
        words = [("F" + word if ask.folded else word)[:81] for word in ask.words]
        if ask.kind == "abbreviation":
            return q(q.OP_OR, q(q.OP_PHRASE, words), q(ask.short.lower()))
        return q({"and": q.OP_AND, "or": q.OP_OR, "phrase": q.OP_PHRASE}[ask.kind], words)


PEERS = {peer.name: peer for peer in (Tantivy, Fts5, StockWhoosh, Xapian)}
