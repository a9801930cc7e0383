"""A query's tree becomes the documents that satisfy it, with their scores: one function for every kind of node."""
import numpy as np

from search import phrases, tree
from search.budget import OutOfTime, over
from search.matches import Matches, added
from search.segment import Segment


def evaluate(node: tree.Node, segment: Segment) -> Matches:
    """Raises OutOfTime where the time was over before this part was begun."""
    return segment.keep(node, lambda: _made(node, segment))


def _made(node: tree.Node, segment: Segment) -> Matches:
    if over():
        raise OutOfTime
    return _KINDS[type(node)](node, segment)


def holds(node: tree.Node, rows: np.ndarray, segment: Segment) -> np.ndarray:
    """Whether each of a few rows satisfies the tree, without asking about all others."""
    each = lambda parts: [holds(part, rows, segment) for part in parts]
    match node:
        case tree.And(parts):
            return np.logical_and.reduce(each(parts))
        case tree.Or(parts):
            return np.logical_or.reduce(each(parts))
        case tree.Some(parts, least):
            return np.sum(each(parts), axis=0) >= least
        case tree.Not(part):
            return ~holds(part, rows, segment)
        case tree.Weighted(part, _):
            return holds(part, rows, segment)
    return evaluate(node, segment).at(rows)[0]


def _word(node: tree.Syllable | tree.Prefix, segment: Segment) -> Matches:
    return segment.term(segment.text, segment.terms(node), node.field)


def _code(node: tree.Code, segment: Segment) -> Matches:
    return segment.term(segment.code, segment.codes.terms(node.text, any_accent=False), None)


def _phrase(node: tree.Phrase, segment: Segment) -> Matches:
    parts = [segment.terms(part) for part in node.parts]
    if node.slop:
        rows = phrases.near(segment, parts, node.slop, node.field)
    else:
        rows = phrases.adjacent(segment, parts, node.field)
    words = [tree.Syllable(part.text, part.any_accent, node.field) for part in node.parts]
    return Matches(segment.documents, rows, added([evaluate(word, segment).at(rows)[1] for word in words]))


def _and(node: tree.And, segment: Segment) -> Matches:
    wanted = [evaluate(part, segment) for part in node.parts if not isinstance(part, tree.Not)]
    unwanted = [evaluate(part.part, segment) for part in node.parts if isinstance(part, tree.Not)]
    if not wanted:
        wanted = [Matches(segment.documents)]
    first = min(wanted, key=len)
    rows, scores = first.all_rows(), {id(first): first.scores}
    for part in sorted((one for one in wanted if one is not first), key=len):
        rows, scores = _narrowed(rows, scores, *part.at(rows), id(part))
    for part in unwanted:
        rows, scores = _narrowed(rows, scores, ~part.at(rows)[0], None, None)
    return Matches(segment.documents, rows, added([scores.get(id(part)) for part in wanted]),
                   any(part.positive and part.scores is not None for part in wanted))


def _narrowed(rows, scores: dict, held: np.ndarray, more: np.ndarray | None, name: int | None):
    """The rows that are held, with the scores so far and those of one part more."""
    scores = {**scores, name: more}
    if held.all():
        return rows, scores
    at = np.flatnonzero(held)
    return rows[at], {key: one if one is None else one[at] for key, one in scores.items()}


def _or(node: tree.Or, segment: Segment) -> Matches:
    return _some(tree.Some(node.parts, 1), segment)


def _some(node: tree.Some, segment: Segment) -> Matches:
    parts = [evaluate(part, segment) for part in node.parts]
    positive = all(part.positive and part.scores is not None for part in parts)
    if sum(map(len, parts)) * 12 > segment.documents:
        return Matches(segment.documents, *_some_of_many(parts, node.least, segment.documents, positive), positive)
    together = np.concatenate([part.rows for part in parts] or [np.empty(0, np.int64)])
    rows, counts = np.unique(together, return_counts=True)
    rows = rows[counts >= node.least]
    return Matches(segment.documents, rows, added([part.at(rows)[1] for part in parts]), positive)


def _some_of_many(parts: list[Matches], least: int, documents: int, positive: bool) -> tuple[np.ndarray, np.ndarray | None]:
    """(rows, scores), with a table of all documents."""
    scored = [part for part in parts if part.scores is not None]
    total = np.zeros(documents) if scored else None
    for part in scored:
        if len(part) * 4 > documents:
            total += part.dense()
        else:
            total[part.rows] += part.scores
    rows = np.flatnonzero(total if least == 1 and positive else _held(parts, documents) >= least)
    return rows, total if total is None or len(rows) == documents else total[rows]


def _held(parts: list[Matches], documents: int) -> np.ndarray:
    """Row → how many of the parts it satisfies."""
    held = np.zeros(documents, np.int16)
    for part in parts:
        held[slice(None) if part.rows is None else part.rows] += 1
    return held


def _not(node: tree.Not, segment: Segment) -> Matches:
    return Matches(segment.documents, np.flatnonzero(~evaluate(node.part, segment).mask()))


def _weighted(node: tree.Weighted, segment: Segment) -> Matches:
    part = evaluate(node.part, segment)
    return Matches(segment.documents, part.rows, part.scores if part.scores is None else part.scores * node.weight,
                   part.positive and node.weight > 0)


def _has(node: tree.Has, segment: Segment) -> Matches:
    return Matches(segment.documents, np.flatnonzero(segment.columns.facet(node.facet).having(node.values)))


def _published(node: tree.Published, segment: Segment) -> Matches:
    return Matches(segment.documents, np.flatnonzero(segment.columns.published(node.since, node.until)))


def _everything(node: tree.Everything, segment: Segment) -> Matches:
    return Matches(segment.documents)


def _ids(node: tree.Ids, segment: Segment) -> Matches:
    rows = [row for id in node.ids if (row := segment.row(id)) is not None]
    return Matches(segment.documents, np.array(sorted(rows), np.intp))


_KINDS = {
    tree.Syllable: _word, tree.Prefix: _word, tree.Code: _code, tree.Phrase: _phrase, tree.And: _and, tree.Or: _or,
    tree.Some: _some, tree.Not: _not, tree.Weighted: _weighted, tree.Has: _has, tree.Published: _published,
    tree.Ids: _ids, tree.Everything: _everything,
}
