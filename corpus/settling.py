"""Mentions become settled mentions: each hears its neighbours, until it is one place, or stays open."""
import re
from collections import Counter, defaultdict
from dataclasses import replace

from corpus.gazetteer import Place, successors
from corpus.mentions import INSIDE, LISTED, ORDER, Mention
from corpus.spellings import fold


def settle(text: str, found: list[Mention], hints: tuple[str, ...] = (), new: bool | None = None) -> list[Mention]:
    """Chains first ("xã A, huyện B, tỉnh C"), then lists, then what the rest of the text supports.

    hints: provinces that the page suggests from outside; new: whether the text is of after 1 July 2025, None if unknown.
    """
    found = [_of_era(mention, new) for mention in found]
    found = _chains(text, [mention for mention in found if mention.places], new)
    found = _lists(text, found)
    found = _same_names(text, found)
    return _supported(text, found, hints)


def _of_era(mention, new):
    if new is not False:
        return mention
    return replace(mention, places=tuple(place for place in mention.places if place.era != "now"))


def _lists(text, found):
    """"các xã Bình Dương, Bình Phước": the prefix holds for the whole list."""
    out: list[Mention] = []
    for i, mention in enumerate(found):
        before = out[-1] if out else None
        if before and before.kind and not mention.kind and before.parent != i:
            link = text[before.end:mention.head]
            same = tuple(place for place in mention.places if ORDER[place.level] == ORDER[before.level])
            if same and LISTED.match(link) and (before.plural or link.strip() != "," or mention.level != "province"):
                mention = replace(mention, places=same, kind=before.kind, plural=before.plural)
        out.append(mention)
    return out


def _chains(text, found, new):
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        child, parent = out[i], out[i + 1]
        gap = text[child.end:parent.head]
        if len(gap) > 16 or not INSIDE.match(gap):
            continue
        pairs = _fitting(text, child, parent, "(" in gap, new)
        if pairs:
            out[i] = replace(child, places=tuple(dict.fromkeys(a for a, _ in pairs)), chained=True, parent=i + 1)
            out[i + 1] = replace(parent, places=tuple(dict.fromkeys(b for _, b in pairs)))
    return out


def _fitting(text, child, parent, bracketed, new):
    """The readings of both in which one lies in the other; the closest fit only."""
    name = fold(text[parent.start:parent.end].lower())
    ranked = defaultdict(list)
    for a in child.places:
        if a.level == "province" or not child.kind and not bracketed and child.level == "province":
            continue
        if not child.kind and not bracketed and ORDER[a.level] > ORDER[child.level]:
            continue
        for b in parent.places:
            fit = _fit(a, b, name, new)
            if fit is not None and (fit != 1 or parent.kind or len(child.provinces) == 1):
                ranked[fit].append((a, b))
    return ranked[min(ranked)] if ranked else []


def _fit(a: Place, b: Place, name: str, new: bool | None) -> int | None:
    """How closely a lies in b: 0 as the table says, 1 in its province, 2 in its province since July 2025."""
    if ORDER[a.level] <= ORDER[b.level]:
        return None
    if a.province == b.province:
        exact = b.level in ("province", "former") or fold(a.district.lower()) == name
        return 0 if exact else 1
    if new is not False and b.level == "province" and successors()[a.province] == b.province:
        return 0 if new else 2
    return None


def _same_names(text, found):
    """A bare name that the text has settled elsewhere as a district or commune is that one."""
    told = {}
    for mention in found:
        if mention.kind and mention.level not in ("province", "former"):
            told.setdefault(text[mention.start:mention.end].lower(), mention.places)
    stated = {text[m.start:m.end].lower() for m in found if m.kind and m.level == "province"}
    out = []
    for mention in found:
        name = text[mention.start:mention.end].lower()
        if not mention.kind and not mention.chained and name in told and name not in stated:
            mention = replace(mention, places=told[name])
        out.append(mention)
    return out


def _supported(text, found, hints):
    """What stays ambiguous takes the reading that the other mentions support, when one is ahead."""
    votes = Counter({hint: .5 for hint in hints})
    districts = Counter()
    for mention in found:
        if len(mention.provinces) == 1:
            weight = 1 if mention.level != "commune" or mention.kind else .4
            votes[mention.provinces[0]] += weight
            districts[mention.provinces[0], fold(text[mention.start:mention.end].lower())] += 1
    open_ones = [mention for mention in found if len(mention.provinces) > 1]
    shared = Counter()
    for places in {text[m.start:m.end].lower(): m.places for m in open_ones}.values():
        top = {place.province for place in places}
        shared.update({province: 1 / len(top) for province in top})
    for mention in open_ones:                       # a commune inside a district that is named as well
        for place in mention.places:
            if place.district and any(fold(place.district.lower()) == fold(text[m.start:m.end].lower())
                                      and any(p.level == "district" and p.province == place.province for p in m.places)
                                      for m in found if m is not mention):
                districts[place.province, fold(place.district.lower())] += 1
                shared[place.province] += 1
    return [_choose(mention, votes, shared, districts) if len(mention.provinces) > 1 else mention for mention in found]


def _choose(mention, votes, shared, districts):
    scores = {p: votes[p] + shared[p] for p in dict.fromkeys(place.province for place in mention.places)}
    ranked = sorted(scores, key=scores.get, reverse=True)
    if scores[ranked[0]] <= scores[ranked[1]] + .2:
        return mention
    return replace(mention, places=tuple(place for place in mention.places if place.province == ranked[0]))
