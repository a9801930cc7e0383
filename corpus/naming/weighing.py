"""Mentions and the parts they play become scores: how much an article is about each province."""
from collections import defaultdict
from dataclasses import dataclass
from math import log2

from corpus.evidence import Evidence
from corpus.naming.gazetteer import successors
from corpus.naming.mentions import Mention

#: (level, with a prefix or settled by the larger place behind it) → weight of one mention
WEIGHTS = {("province", True): 3, ("province", False): 2, ("former", True): 1, ("former", False): 1,
           ("district", True): 2, ("district", False): 1.2, ("landmark", True): 1, ("landmark", False): 1,
           ("commune", True): 1, ("commune", False): .2}
HALF = {"produce": .3, "host": .3, "cooperative": .7, "namesake": .7}   # names in names tell less: at most so much
PASSING = ("produce", "host", "namesake")                   # and these only where nothing else tells
TITLE = 2                                       # a mention there counts as so many
LEAD, OPENING = 1.3, 500                        # and one in the first 500 characters
AGAIN = .7                                      # what doubling the mentions of a name adds, as a share of one
FORMER = (" cũ", " (cũ)", " trước đây", " (trước")     # behind the name of a former province
BASES = {"province": "named", "former": "former province"}


@dataclass(frozen=True, slots=True)
class Weighed:
    evidence: Evidence
    score: float


def weigh(text: str, found: list[Mention], parts: list[str], title: int, new: bool) -> list[Weighed]:
    """title: length of the title; new: of after the merger, when a new province is told by the former ones in it."""
    told: dict[tuple[str, bool, str], list[float]] = defaultdict(list)     # slug, by its own name only?, name
    best: dict[str, tuple[float, Mention]] = {}
    subjects: set[str] = set()
    for mention, part in zip(found, parts):
        if (part and part not in HALF) or len(mention.provinces) != 1:
            continue
        slug, weight = mention.provinces[0], _weight(mention, part, title)
        whole = mention.level == "province" and not text.startswith(FORMER, mention.end)
        told[slug, whole, text[mention.start:mention.end]].append(weight)
        if part not in PASSING:
            subjects.add(slug)
        if slug not in best or weight > best[slug][0]:
            best[slug] = weight, mention
    if new or _told_new(found):
        _merge(told)
    scores: dict[str, float] = defaultdict(float)
    for (slug, _, _), weights in told.items():
        scores[slug] += _together(weights)
    return [Weighed(_evidence(slug, best[slug][1]), score) for slug, score in scores.items()
            if not subjects or slug in subjects]


def _together(weights):
    """A name told again adds ever less; one that is a bare commune's may be another thing's, and is told once."""
    most = max(weights)
    return most if most < WEIGHTS["commune", True] else most * (1 + log2(len(weights)) * AGAIN)


def _weight(mention, part, title):
    plain = mention.level == "province" and mention.kind == "thành phố"     # so the cities are always written
    settled = bool(mention.kind) and not plain or mention.parent is not None
    weight = WEIGHTS[mention.level, settled]
    weight = min(weight, HALF.get(part, weight))
    if mention.start < title:
        return weight * TITLE
    return weight * LEAD if mention.start < title + OPENING else weight


def _told_new(found):
    """A commune or district is told with the new province around it, which only a text of after the merger does."""
    return any(m.parent is not None and found[m.parent].level == "province" and m.provinces != found[m.parent].provinces
               for m in found)


def _merge(told):
    """Of a new province, the former ones that the text names or whose places it names; its own name where it stands alone."""
    named = {slug for slug, _, _ in told}
    for slug, whole, name in list(told):
        if whole and any(other != slug and successors()[other] == slug for other in named):
            del told[slug, whole, name]


def _evidence(slug, mention):
    named = mention.level == "province"
    return Evidence(slug, BASES.get(mention.level, mention.level), mention.start, mention.end, inferred=not named)
