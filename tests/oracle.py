"""The engine that has no index: it scans every document. What it says, every engine must say."""
from collections import Counter

from index.analysis import fold
from index.fields import FACETS, NONE, TEXTS, row
from index.figures import kind, spot
from search import tree
from search.terms import read


class Oracle:
    def __init__(self, documents):
        self.rows = {d.id: row(d) for d in documents}

    def ids(self, query, but=None):
        """Ids of the hits; with `but`, as if nothing of that facet were chosen."""
        asked = read(query.text, query.off, query.match)
        return {i for i, r in self.rows.items() if self._tree(asked)(r) and self._passes(r, query, but)}

    def match(self, query):
        asked = read(query.text, query.off, query.match)
        return "all" if self._uses_all(asked) else "most"

    def facet(self, query, name):
        """value → number of hits with this value as the facet's only one."""
        hits = self.ids(query, but=name)
        return dict(Counter(v for i in hits for v in self.rows[i].facets[name] or (NONE,)))

    def grid(self, query):
        pairs = Counter()
        for i in self.ids(query):
            facets = self.rows[i].facets
            pairs.update((p, y) for p in facets["province"] or (NONE,) for y in facets["year"] or (NONE,))
        return dict(pairs)

    def reported(self, query):
        """(id, figure) of every hit."""
        return Counter((i, figure) for i in self.ids(query) for figure in self.rows[i].document.figures)

    def table(self, query, measure):
        """(place, year) → (value, modifier, goal) → articles that report it of the whole sector, copies counted once."""
        told = {}
        for i in self.ids(query):
            document = self.rows[i].document
            for f in document.figures:
                if kind(f) == "whole" and f.measure == measure and ", " not in (f.place or ""):
                    cell = told.setdefault((spot(f.place), int((f.as_of or "0")[:4])), {})
                    cell.setdefault((f.value, f.modifier, f.target), set()).add(document.copy_of or document.id)
        return {cell: {key: len(articles) for key, articles in values.items()} for cell, values in told.items()}

    def in_order(self, query):
        """Ids of the hits by date as asked, undated last, ties by id."""
        newest = query.sort != "oldest"
        key = lambda i: (self.rows[i].date is None, self._day(i) * (-1 if newest else 1), i)
        return sorted(self.ids(query), key=key)

    def _day(self, i):
        day = self.rows[i].date
        return day.toordinal() if day else 0

    def _uses_all(self, asked):
        """The words decide it alone, never the filters: or a facet's counts could not keep their word."""
        if asked.most is None or asked.first == "most":
            return asked.most is None
        return any(holds(asked.all, r) for r in self.rows.values())

    def _tree(self, asked):
        node = asked.all if self._uses_all(asked) else asked.most
        return lambda r: holds(node, r)

    def _passes(self, r, query, but):
        if not query.reprints and r.document.copy_of:
            return False
        if (query.since or query.until) and r.date is None:
            return False
        if query.since and r.date < query.since or query.until and r.date > query.until:
            return False
        for name in FACETS:
            have = set(r.facets[name] or (NONE,))
            if have & {v for f, v in query.excluded if f == name}:
                return False
            wanted = set(query.values(name)) if name != but else set()
            if wanted and not (wanted <= have if name in query.every else wanted & have):
                return False
        return True


def holds(node, r) -> bool:
    """Whether a document satisfies a tree, straight from the definitions in search/tree.py."""
    match node:
        case tree.Everything():
            return True
        case tree.Ids(ids):
            return r.document.id in ids
        case tree.Has(facet, values):
            return bool(values & set(r.facets[facet] or (NONE,)))
        case tree.Code(text):
            return any(text == code for tokens in r.tokens.values() for code, _, _ in tokens.codes)
        case tree.Syllable() | tree.Prefix():
            return any(_is(node, t) for name in _fields(node) for t in r.tokens[name].texts)
        case tree.Phrase(parts, slop):
            return any(_stands(parts, slop, r.tokens[name].texts) for name in _fields(node))
        case tree.And(parts):
            return all(holds(p, r) for p in parts)
        case tree.Or(parts):
            return any(holds(p, r) for p in parts)
        case tree.Some(parts, least):
            return sum(holds(p, r) for p in parts) >= least
        case tree.Not(part):
            return not holds(part, r)
        case tree.Weighted(part, _):
            return holds(part, r)
    raise TypeError(node)


def _fields(node):
    return (node.field,) if node.field else tuple(TEXTS)


def _is(node, text) -> bool:
    text = fold(text) if node.any_accent else text
    return text.startswith(node.text) if isinstance(node, tree.Prefix) else text == node.text


def _stands(parts, slop, texts) -> bool:
    """In this order, with at most `slop` other syllables in between all told."""
    ends = {(i, 0) for i, t in enumerate(texts) if _is(parts[0], t)}
    for part in parts[1:]:
        ends = {(j, spent + j - i - 1) for i, spent in ends
                for j in range(i + 1, min(len(texts), i + 2 + slop - spent)) if _is(part, texts[j])}
    return bool(ends)
