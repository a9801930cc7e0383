"""Facets become the blocks of boxes that a reader ticks: the first few values, provinces in two levels."""
from dataclasses import dataclass

from corpus import places
from index.fields import FACETS, NONE, RESOLUTION_LABELS
from search.query import Query
from search.results import Facet, Value
from web import alphabet
from web.view import View

FIRST = 8           # values shown before "Xem thêm"
BLOCKS = ("year", "resolution", "source")     # beside the provinces, in this order


@dataclass(frozen=True, slots=True)
class Group:
    """Values under one heading; without a label they stand alone."""
    label: str
    count: int
    values: tuple[Value, ...]
    names: tuple[Value, ...] = ()       # what the value is made of, to read: names at publication under a present-day province


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    label: str
    groups: tuple[Group, ...]
    chosen: int
    more: int           # values that are not shown

    @property
    def values(self) -> list[Value]:
        return [value for group in self.groups for value in group.values]


def blocks(facets: dict[str, Facet], headings: Facet, view: View) -> list[Block]:
    """`headings` is the facet of provinces that has no boxes."""
    provinces = facets[view.provinces]
    return [block(provinces, shortened(tree(provinces, headings, view))),
            *(block(facets[name], shortened(flat(facets[name], view))) for name in BLOCKS)]


def block(facet: Facet, groups: list[Group]) -> Block:
    shown = sum(len(group.values) for group in groups)
    return Block(facet.name, facet.label, tuple(groups), sum(v.chosen for v in facet.values), len(facet.values) - shown)


def flat(facet: Facet, view: View = View()) -> list[Group]:
    return [Group("", 0, (value,)) for value in ordered(facet.values, facet.name, view)]


def ordered(values: tuple[Value, ...], facet: str, view: View) -> list[Value]:
    """Ticked ones first, what is not known last; resolutions as their table has them, the rest as the engine or the alphabet says."""
    key = lambda at, value: at
    if facet == "resolution":
        known = list(RESOLUTION_LABELS)
        key = lambda at, value: known.index(value.value) if value.value in known else len(known)
    elif view.alphabetic and facet != "year":
        key = lambda at, value: alphabet.key(value.label)
    ranked = sorted(enumerate(values), key=lambda item: (item[1].value == NONE, not item[1].chosen, key(*item)))
    return [value for _, value in ranked]


def tree(boxes: Facet, other: Facet, view: View) -> list[Group]:
    """Present-day provinces with the names at publication under them; the boxes tick the ones, the other facet is to read."""
    return _present(boxes, other, view) if view.present else _former(boxes, other, view)


def _present(now: Facet, then: Facet, view: View) -> list[Group]:
    under = _under(then, view)
    return [Group("", 0, (value,), _parts(value, under.get(value.value, []))) for value in ordered(now.values, now.name, view)]


def _former(then: Facet, now: Facet, view: View) -> list[Group]:
    counts = {value.value: value.count for value in now.values}
    groups = []
    for slug, values in _under(then, view).items():
        label = places.NOW_LABELS.get(slug, slug)
        groups.append(Group("" if _alone(label, values) else label, counts.get(slug, 0), tuple(values)))
    if view.alphabetic:
        place = lambda group: alphabet.key(group.label or group.values[0].label)
    else:
        place = lambda group: -max(group.count, *(v.count for v in group.values))
    return sorted(groups, key=lambda group: (group.values[0].value == NONE, not any(v.chosen for v in group.values), place(group)))


def _under(then: Facet, view: View) -> dict[str, list[Value]]:
    """Present-day province → its names at publication."""
    under: dict[str, list[Value]] = {}
    for value in ordered(then.values, then.name, view):
        under.setdefault(places.NOW.get(value.value, value.value), []).append(value)
    return under


def _alone(label: str, values: list[Value]) -> bool:
    return len(values) == 1 and values[0].label == label or values[0].value == NONE


def _parts(value: Value, names: list[Value]) -> tuple[Value, ...]:
    return tuple(names) if len(names) > 1 or names and names[0].label != value.label else ()


def shortened(groups: list[Group], most: int = FIRST) -> list[Group]:
    """The first groups until `most` values stand there; whatever is ticked or not known is always among them."""
    shown, count = [], 0
    for group in groups:
        if count < most or any(v.chosen or v.value == NONE for v in group.values):
            shown.append(group)
            count += len(group.values)
    return shown


def carried(query: Query, shown: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Parameters a form must carry along because none of its visible fields holds them: all but the facet values in `shown`."""
    own = {(FACETS[f].param, v) for f, v in shown} | {("tatca", FACETS["resolution"].param)}
    fields = {"q", "tu", "den", "tin", "khop", "trang"}
    return [(name, value) for name, value in query.args() if name not in fields and (name, value) not in own]
