"""The tables in data/ become one dictionary from spelled names to the places that bear them."""
import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.spellings import fold, spellings

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for. A former province that was divided is several places, one for each part."""
    level: str                  # "province" | "district" | "commune" | "landmark" | "former"
    province: str               # a slug among the 63
    kind: str = ""              # "huyện", "thị xã", "phường", … in lower case
    district: str = ""          # of a commune
    era: str = ""               # "now": a commune since 1 July 2025, its province the former one it lies in


@dataclass(frozen=True, slots=True)
class Names:
    """Places by name in lower case, syllables divided by one space, " - " kept."""
    places: dict[str, tuple[Place, ...]]
    longest: dict[str, int]     # first syllable → syllables of the longest name that begins with it


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


def _dictionary(entries) -> Names:
    places = defaultdict(dict)
    for name, place in entries:
        for spelling in spellings(name.lower()):
            places[spelling][place] = None
    longest = defaultdict(int)
    for name in places:
        syllables = name.split(" ")
        longest[syllables[0]] = max(longest[syllables[0]], len(syllables))
    return Names({name: tuple(found) for name, found in places.items()}, dict(longest))


def _entries():
    for row in rows("provinces.csv"):
        for name in filter(None, (row["label"].removeprefix("TP. "), *row["aliases"].split("|"))):
            yield name, Place("province", row["slug"], row["kind"])
    for row in rows("former_provinces.csv"):
        for slug in row["provinces"].split("|"):
            yield row["name"], Place("former", slug, "tỉnh")
    for row in rows("districts.csv"):
        yield row["name"], Place("district", row["province"], row["type"])
    for row in rows("communes.csv"):
        for name in row["names"].split("|"):
            yield name, Place("commune", row["province"], row["type"], row["district"], row["era"])
    for row in rows("landmarks.csv"):
        for name in filter(None, row["names"].split("|")):
            yield name, Place("landmark", row["province"])
