"""A query's tree and a document that came from a cluster: whether it satisfies the tree, without asking the cluster again."""
from collections.abc import Sequence
from datetime import date

from index.fields import NONE, TEXTS
from index.opensearch_documents import Kept
from search import tree


def holds(node: tree.Node, one: Kept) -> bool:
    match node:
        case tree.Syllable(text, any_accent, field):
            return any(f" {text} " in _said(one, name, any_accent) for name in _names(field))
        case tree.Prefix(text, any_accent, field):
            return any(f" {text}" in _said(one, name, any_accent) for name in _names(field))
        case tree.Code(text):
            return text in one.codes
        case tree.Phrase(parts, slop, field):
            return any(_stands(parts, slop, one, name) for name in _names(field))
        case tree.And(parts):
            return all(holds(part, one) for part in parts)
        case tree.Or(parts):
            return any(holds(part, one) for part in parts)
        case tree.Some(parts, least):
            return sum(holds(part, one) for part in parts) >= least
        case tree.Not(part):
            return not holds(part, one)
        case tree.Weighted(part, _):
            return holds(part, one)
        case tree.Has(facet, values):
            return not values.isdisjoint(one.facets[facet] or (NONE,))
        case tree.Published(since, until):
            day = one.card.published and date.fromisoformat(one.card.published)
            return bool(day) and (since or day) <= day <= (until or day)
        case tree.Ids(ids):
            return one.id in ids
        case tree.Everything():
            return True
    raise TypeError(node)


def _names(field: str | None) -> Sequence[str]:
    return (field,) if field else tuple(TEXTS)


def _said(one: Kept, name: str, any_accent: bool) -> str:
    return (one.folds if any_accent else one.lines)[name]


def _stands(parts: tuple[tree.Syllable, ...], slop: int, one: Kept, name: str) -> bool:
    """The nearest occurrence behind always spends least, so one walk from each beginning is enough."""
    if not slop and len({part.any_accent for part in parts}) == 1:
        return f" {' '.join([part.text for part in parts])} " in _said(one, name, parts[0].any_accent)
    said = [_said(one, name, part.any_accent).split() for part in parts]
    for first in (i for i, text in enumerate(said[0]) if text == parts[0].text):
        last = first
        for part, texts in zip(parts[1:], said[1:]):
            reach = first + len(parts) + slop
            last = next((i for i in range(last + 1, min(reach, len(texts))) if texts[i] == part.text), None)
            if last is None:
                break
        else:
            return True
    return False
