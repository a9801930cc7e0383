"""The tables in data/ become one dictionary from spelled names to the places that bear them."""
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from corpus.naming.spellings import fold, spellings

DATA = Path(__file__).parent.parent / "data"


RANKS = {"province": 0, "former": 0, "district": 1, "landmark": 2, "commune": 3}


class Place(NamedTuple):
    """What a name stands for. A former province that was divided is several places, one for each part."""
    rank: int                   # the smaller, the larger the place
    level: str                  # "province" | "former" | "district" | "landmark" | "commune"
    province: str               # a slug among the 63
    kind: str = ""              # "huyện", "thị xã", "phường", … in lower case
    district: str = ""          # of a commune, the one it lies in; of a district, itself
    era: str = ""               # "now": a commune since 1 July 2025, its province the former one it lies in


@dataclass(frozen=True, slots=True)
class Names:
    places: dict[str, tuple[Place, ...]]    # name in lower case → what it can be, the largest first; () for no place
    starts: dict[str, int]                  # its first two syllables → syllables of the longest name that begins so


def rows(table: str) -> list[dict[str, str]]:
    with (DATA / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def labels() -> dict[str, str]:
    """The 63 slugs and their names, in alphabetical order."""
    return {row["slug"]: row["label"] for row in rows("provinces.csv")}


@cache
def successors() -> dict[str, str]:
    """Each of the 63 → the one of the 34 it belongs to since 1 July 2025, by slug."""
    return {row["slug"]: row["now"] for row in rows("provinces.csv")}


@cache
def names() -> Names:
    """Every name in every spelling, with accents."""
    return _dictionary(_entries())


@cache
def plain_names() -> Names:
    """The same without accents, for texts that have none."""
    return _dictionary((fold(name), place) for name, place in _entries())


def _dictionary(entries: Iterator[tuple[str, Place | None]]) -> Names:
    places: dict[str, dict[Place | None, None]] = defaultdict(dict)
    for name, place in entries:
        for spelling in spellings(name.lower()):
            places[spelling][place] = None
    starts: dict[str, int] = defaultdict(int)
    for name in places:
        syllables = name.split(" ")
        starts[" ".join(syllables[:2])] = max(starts[" ".join(syllables[:2])], len(syllables))
    return Names({name: tuple(sorted(filter(None, found), key=itemgetter(0))) for name, found in places.items()}, dict(starts))


def _entries() -> Iterator[tuple[str, Place | None]]:
    """Names and places; None for what contains the name of a place and is none."""
    for row in rows("other_names.csv"):
        yield row["name"], None
    for row in rows("provinces.csv"):
        for name in filter(None, (row["label"].removeprefix("TP. "), *row["aliases"].split("|"))):
            yield name, _place("province", row["slug"], row["kind"])
    for row in rows("former_provinces.csv"):
        for slug in row["provinces"].split("|"):
            yield row["name"], _place("former", slug, "tỉnh")
    for row in rows("districts.csv"):
        yield row["name"], _place("district", row["province"], row["type"], row["name"])
    for row in rows("communes.csv"):
        for name in row["names"].split("|"):
            yield name, _place("commune", row["province"], row["type"], row["district"], row["era"])
    for row in rows("landmarks.csv"):
        for name in filter(None, row["names"].split("|")):
            yield name, _place("landmark", row["province"])


def _place(level: str, *told: str) -> Place:
    return Place(RANKS[level], level, *(sys.intern(word) for word in told))
