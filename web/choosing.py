"""The parameters of a request become what of the figures is shown, and addresses that show it otherwise. Total."""
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from index.fields import NONE
from index.figures import COUNTRY, FORMER
from search.figures import Wanted
from search.query import Query
from search.tables import Asked
from web.view import View

MEASURE, KIND, LEVEL, COMPARED, PLACE, YEAR, ALL_YEARS = "chitieu", "loai", "muc", "ve", "noi", "luc", "cacnam"
KINDS = {"whole": "toan", "part": "phan", "share": "tile", "change": "thaydoi", "single": "motht"}
LEVELS = {"province": "tinh", "district": "huyen"}
SERIES = 5              # that are compared at most
LONGEST = 80            # characters of a place's or a measure's name
UNKNOWN = "khongro"     # a year that is not known


@dataclass(frozen=True, slots=True)
class Choice:
    """Of which measure, how it is told apart, what is drawn, and the cell whose sentences are shown."""
    measure: str = "htx"
    kind: str = "whole"
    level: str = "province"
    compared: tuple[str, ...] = ()
    place: str | None = None
    year: int | None = None         # 0: not known
    all_years: bool = False

    @classmethod
    def of(cls, args: MultiDict) -> "Choice":
        named = lambda table, value, default: next((key for key, word in table.items() if word == value), default)
        compared = dict.fromkeys(text[:LONGEST] for text in args.getlist(COMPARED) if text)
        return cls(
            (args.get(MEASURE) or "htx")[:LONGEST], named(KINDS, args.get(KIND), "whole"), named(LEVELS, args.get(LEVEL), "province"),
            tuple(compared)[:SERIES], (args.get(PLACE) or "")[:LONGEST] or None, year_of(args.get(YEAR)), args.get(ALL_YEARS) == "het")

    def args(self) -> Iterator[tuple[str, str]]:
        """Parameters in a stable order; defaults are left out."""
        told = ((MEASURE, self.measure, "htx"), (KIND, KINDS[self.kind], "toan"), (LEVEL, LEVELS[self.level], "tinh"),
                (ALL_YEARS, "het" if self.all_years else "", ""))
        yield from ((name, value) for name, value, default in told if value != default)
        yield from ((COMPARED, place) for place in self.compared)
        if self.place:
            yield PLACE, self.place
        if self.year is not None:
            yield YEAR, str(self.year) if self.year else UNKNOWN

    def but(self, **changes) -> "Choice":
        return replace(self, **changes)

    def asked(self, view: View) -> Asked:
        return Asked(self.measure, self.kind, self.level, view.present)

    def wanted(self, view: View) -> Wanted:
        """The figures of the chosen cell, or of the whole table."""
        places = frozenset()
        if self.place:
            places = frozenset({self.place, *(FORMER.get(self.place, ()) if view.present else ())})
        return Wanted(self.measure, self.kind, places, within=False, year=self.year)


def wanted(args: MultiDict, place_of) -> Wanted:
    """What a program asks for: whatever is not told is any. `place_of` reads a place as typed."""
    kind = next((kind for kind, word in KINDS.items() if args.get(KIND) in (kind, word)), None)
    goal = {"co": True, "khong": False}.get(args.get("muctieu", ""))
    names = frozenset(place_of(text) for text in args.getlist(PLACE) if text)
    return Wanted(args.get(MEASURE) or None, kind, names, year=year_of(args.get(YEAR)), goal=goal)


def year_of(text: str | None) -> int | None:
    """"2021"; 0 for the word that says unknown; None for anything else."""
    text = (text or "").strip()
    return 0 if text == UNKNOWN else int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def address(query: Query, choice: Choice, view: View, to: str = "figures.page") -> str:
    args = [*query.args(), *choice.args(), *view.args()]
    return url_for(to) + ("?" + urlencode(args) if args else "")


def place_key(typed: str) -> str:
    """A province as typed by its slug; other names as they are."""
    from corpus.places import find_province

    return typed if typed in (COUNTRY, NONE) else find_province(typed) or typed
