"""Mentions become settled mentions: each hears its neighbours, until it is one place, or stays open."""
import re
from collections import Counter, defaultdict

from corpus.naming.gazetteer import Place, successors
from corpus.naming.mentions import DASH, Mention

# What stands between a place and the larger one it lies in, and between the members of a list.
INSIDE = re.compile(rf"\s*(?:,|\(|{DASH})?\s*(?:(?:thuộc|của|ở|nay là|nay thuộc|trước thuộc)\s)?\s*$")
LISTED = re.compile(r"\s*(?:,|;|và|va|hay|hoặc|cùng|với|, và|và cả|đến|lẫn)\s*$")
GAP = 16                        # characters between two mentions that can be a chain
BARE = .4                       # the vote of a commune without "xã" before it


def settle(text: str, found: list[Mention], hints: tuple[str, ...] = (), new: bool | None = None) -> list[Mention]:
    """Chains first ("xã A, huyện B, tỉnh C"), then lists, then what the rest of the text supports.

    hints: provinces that the page suggests from outside; new: whether the text is of after 1 July 2025, None if unknown.
    """
    found = _siblings(text, _lists(text, _chains(text, found, new)))
    found = _same_names(text, found)
    return _supported(found, hints) if any(len(m.provinces) > 1 for m in found) else found


def listed(gap: str) -> bool:
    """Whether the words between two names make them members of a list."""
    return len(gap) < GAP and bool(LISTED.match(gap))


def _lists(text, found):
    """"các xã Bình Dương, Bình Phước": the prefix holds for the whole list."""
    out: list[Mention] = []
    for i, mention in enumerate(found):
        before = out[-1] if out else None
        if before and before.kind and not mention.kind and before.parent != i and listed(text[before.end:mention.head]):
            rank = before.places[0].rank
            same = tuple(place for place in mention.places if place.rank == rank)
            beside = {(place.province, place.district) for place in before.places}
            near = tuple(place for place in same if (place.province, place.district) in beside)
            if near and mention.level == "province":
                mention = mention.as_one_of(near, kind=before.kind, plural=before.plural)
            elif same and (before.plural or text[before.end:mention.head].strip() != "," or mention.level != "province"):
                mention = mention.as_one_of(same, kind=before.kind, plural=before.plural)
        out.append(mention)
    return out


def _siblings(text, found):
    """"Lệ Thủy, Quảng Ninh và Bố Trạch": between the districts of a province stands its district, not another province."""
    out = list(found)
    for i, mention in enumerate(found):
        if mention.kind or mention.level != "province" or len(mention.places) < 2:
            continue
        beside = [other for other in found[max(0, i - 1):i + 2] if other.level == "district" and len(other.provinces) == 1
                  and listed(text[min(mention.end, other.end):max(mention.head, other.head)][:GAP])]
        home = {other.provinces[0] for other in beside}
        same = tuple(place for place in mention.places if place.level == "district" and place.province in home)
        if same and mention.provinces[0] not in home:
            out[i] = mention.as_one_of(same)
    return out


def _chains(text, found, new):
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        child, parent = out[i], out[i + 1]
        if parent.head - child.end > GAP:
            continue
        gap = text[child.end:parent.head]
        if INSIDE.match(gap) and (pairs := _fitting(child, parent, "(" in gap, new)):
            out[i] = child.as_one_of(tuple(dict.fromkeys(a for a, _ in pairs)), parent=i + 1)
            out[i + 1] = parent.as_one_of(tuple(dict.fromkeys(b for _, b in pairs)))
        elif INSIDE.match(gap) and gap.strip() and _unlisted(child, parent):
            out[i] = child.as_one_of((child.places[0]._replace(province=parent.provinces[0]),), parent=i + 1)
    return out


def _unlisted(child, parent):
    """Whether "xã A, huyện B" tells of an A in B that no table knows: its namesake elsewhere is not meant."""
    return child.level == "commune" and child.kind and parent.level == "district" and parent.kind and len(parent.provinces) == 1


def _fitting(child, parent, bracketed, new):
    """The readings of both in which one lies in the other; the closest fit only."""
    settled = child.kind or bracketed
    ranked = defaultdict(list)
    for a in child.places:
        smaller = not settled and a.rank > child.places[0].rank     # "Bảo Lâm ở Cao Lộc" is the commune, not the district
        if a.level == "province" or smaller and child.level == "province":
            continue
        for b in parent.places:
            if smaller and (b.level, b.district) != ("district", a.district):
                continue
            fit = _fit(a, b, new)
            sure = not fit or parent.kind or (len(child.provinces) == 1 if fit == 1 else bracketed)
            if fit is not None and sure:
                ranked[fit].append((a, b))
    return ranked[min(ranked)] if ranked else []


def _fit(a: Place, b: Place, new: bool | None) -> int | None:
    """How closely a lies in b: 0 as the tables say, 1 in the same province, 2 in the province since July 2025."""
    if a.rank <= b.rank:
        return None
    if a.province == b.province:
        return 0 if b.rank == 0 or a.district == b.district else 1
    if new is not False and b.level == "province" and successors()[a.province] == b.province:
        return 0 if new else 2
    return None


def _same_names(text, found):
    """A bare name that the text has settled elsewhere as a district or commune is that one."""
    told, stated = {}, set()
    for mention in found:
        if mention.kind and mention.level == "province":
            stated.add(text[mention.start:mention.end])
        elif mention.kind:
            told.setdefault(text[mention.start:mention.end], mention.places)
    if not told:
        return found
    return [mention.as_one_of(told[name])
            if not mention.kind and mention.parent is None and (name := text[mention.start:mention.end]) in told
            and name not in stated else mention for mention in found]


def _supported(found, hints):
    """What stays ambiguous takes the reading that the other mentions support, when one is ahead."""
    votes = Counter({hint: .5 for hint in hints})
    inside = set()                                  # districts that the text may name
    for mention in found:
        if len(mention.provinces) == 1:
            votes[mention.provinces[0]] += 1 if mention.level != "commune" or mention.kind else BARE
        inside.update((place.province, place.district) for place in mention.places if place.level == "district")
    for places in {mention.places for mention in found if len(mention.provinces) > 1}:
        provinces = {place.province for place in places}
        if places[0].level != "district":           # two districts that are both open do not settle each other
            votes.update({province: 1 / len(provinces) for province in provinces})
        votes.update({place.province for place in places
                      if place.level == "commune" and (place.province, place.district) in inside})
    return [_choose(mention, votes) if len(mention.provinces) > 1 else mention for mention in found]


def _choose(mention, votes):
    ahead, next_one, *_ = sorted(mention.provinces, key=votes.__getitem__, reverse=True)
    if votes[ahead] <= votes[next_one] + .2:
        return mention
    return mention.as_one_of(tuple(place for place in mention.places if place.province == ahead))
