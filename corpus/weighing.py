"""Mentions and the parts they play become scores: how much an article is about each province."""
from collections import defaultdict
from dataclasses import dataclass

from corpus.evidence import Evidence
from corpus.gazetteer import successors
from corpus.mentions import Mention

#: (level, with a prefix or settled by the larger place behind it) → weight of one mention
WEIGHTS = {("province", True): 3, ("province", False): 2, ("district", True): 2, ("district", False): 1.2, ("landmark", True): 1,
           ("landmark", False): 1, ("commune", True): 1, ("commune", False): .25, ("former", True): 1, ("former", False): 1}
HALF = {"produce": .3, "cooperative": .8}       # a variety's or a cooperative's name tells less: at most so much
TITLE = 2                                       # a mention there counts as so many
LEAD, OPENING = 1.3, 500                        # and one in the first 500 characters
BASES = {"province": "named", "former": "former province"}


@dataclass(frozen=True, slots=True)
class Weighed:
    evidence: Evidence
    score: float


def weigh(text: str, found: list[Mention], parts: list[str], title: int, new: bool) -> list[Weighed]:
    """title: length of the title; new: of after the merger, when a new province is told by the former ones in it."""
    scores: dict[str, float] = defaultdict(float)
    inner: dict[str, float] = defaultdict(float)    # of that, what districts and communes gave
    best: dict[str, tuple[float, Mention]] = {}
    for mention, part in zip(found, parts):
        if (part and part not in HALF) or len(mention.provinces) != 1:
            continue
        slug, weight = mention.provinces[0], _weight(mention, part, title)
        scores[slug] += weight
        if mention.level != "province":
            inner[slug] += weight
        if slug not in best or weight > best[slug][0]:
            best[slug] = weight, mention
    if new or _told_new(found):
        _merge(scores, inner)
    return [Weighed(_evidence(slug, best[slug][1]), score) for slug, score in scores.items()]


def _weight(mention, part, title):
    settled = mention.kind not in ("", "thành phố") or mention.parent is not None or mention.level != "province" and bool(mention.kind)
    weight = WEIGHTS[mention.level, settled]
    weight = min(weight, HALF.get(part, weight))
    if mention.start < title:
        return weight * TITLE
    return weight * LEAD if mention.start < title + OPENING else weight


def _told_new(found):
    """A commune or district is told with the new province around it, which only a text of after the merger does."""
    return any(m.parent is not None and found[m.parent].level == "province" and m.provinces != found[m.parent].provinces
               for m in found)


def _merge(scores, inner):
    """Of a new province, the former ones that the text names or whose places it names; its own name only where it stands alone."""
    for slug in list(scores):
        parts = [other for other in scores if other != slug and successors()[other] == slug]
        if not parts:
            continue
        scores[slug] = inner[slug]
        if not inner[slug]:
            del scores[slug]


def _evidence(slug, mention):
    return Evidence(slug, BASES.get(mention.level, mention.level), mention.start, mention.end, inferred=mention.level != "province")
