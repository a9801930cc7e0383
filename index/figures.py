"""The figures of documents become columns, a row a figure, and come back; the words in them stand once in one table.

    figure_NAME         a column: see `FigureColumns`
    figure_texts        the distinct words, one after the other; figure_text_starts tells where each begins, the first is ""
"""
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from corpus import places
from corpus.document import Document
from corpus.figures import Figure
from index.arrays import Arrays, ArraysWriter

VERSION = 2             # of these columns; part of the fingerprint
KINDS = ("whole", "part", "share", "change", "single")      # what a figure is of
MODIFIERS = (None, "over", "under", "approx")
COUNTRY, COUNTRY_NAME = "viet-nam", "Việt Nam"
NOWHERE = "chua-xac-dinh"       # the place of a figure that tells none, as `index.fields.NONE`
MERGER = 20250701       # since that day a name stands for one of the 34 provinces
EVE = 20250630
MERGER_DAY = date(2025, 7, 1).toordinal()
#: A province of today → those it was joined from.
FORMER = {now: tuple(slug for slug, its in places.NOW.items() if its == now) for now in places.NOW_LABELS}

#: Columns as they are kept: name → dtype.
COLUMNS = {
    "rows": "u4",       # which document
    "numbers": "u2",    # which of its figures
    "days": "i4",       # ordinal of its date, -1 without
    "origins": "u8",    # the same for all copies of an article
    "measures": "u4",   # text
    "of": "u4",         # text: the measure it is a part, a share or a change of, else its own
    "values": "f8",
    "units": "u4",      # text
    "modifiers": "u1",  # place in MODIFIERS
    "places": "u4",     # text
    "spots": "u4",      # text: the place as a row of a table: `spot`
    "dates": "i4",      # 20211119, 20211100, 20210000; 0 where it is not known
    "kinds": "u1",      # place in KINDS
    "goals": "u1",
    "whats": "u4",      # text: the one cooperative, or the part
    "renewed": "u1",    # told of a province that was joined from several, after it was
    "statements": "u4", # the same for figures that say the same; they stand together
}
TEXTUAL = ("measures", "of", "units", "places", "spots", "whats")
#: Figures are kept in this order, so that those of a cell of a table, and in it those that say the same, stand together.
CELL = ("of", "kinds", "spots", "years", "goals")
STATEMENT = (*CELL, "values", "units", "modifiers", "whats", "renewed")


def kind(figure: Figure) -> str:
    if figure.subject:
        return "single"
    if figure.stat != "level":
        return figure.stat
    return "part" if figure.subset or figure.measure == "other" else "whole"


def measure(figure: Figure) -> str:
    """The measure that a figure tells something of."""
    return figure.base if figure.measure == "other" and figure.base else figure.measure


def date_code(as_of: str | None) -> int:
    parts = (as_of or "").split("-")
    if not (1 <= len(parts) <= 3 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts)):
        return 0
    year, month, day = ([*map(int, parts)] + [0, 0])[:3]
    return year * 10_000 + min(month, 99) * 100 + min(day, 99)


def date_text(code: int) -> str | None:
    """"2021-11-19", "2021-11" or "2021"."""
    parts = [f"{code // 10_000:04}", f"{code // 100 % 100:02}", f"{code % 100:02}"]
    return "-".join(part for part in parts if int(part)) or None


def province_of(place: str | None) -> str | None:
    """The slug among the 63 (or COUNTRY) of "Lạc Sơn, Hòa Bình", "Hòa Bình", "Việt Nam"; None for places elsewhere."""
    return _SLUGS.get((place or "").rpartition(", ")[2])


def spot(place: str | None) -> str:
    """The row of a table that a place is: a province's slug, COUNTRY, a district's whole name, NOWHERE, or "" for places abroad."""
    if not place:
        return NOWHERE
    slug = province_of(place)
    return place if slug and in_province(place) else slug or ""


def in_province(place: str) -> bool:
    """Whether a place is only a part of its province."""
    return ", " in place


_SLUGS = {label.removeprefix("TP. "): slug for labels in (places.LABELS, places.NOW_LABELS) for slug, label in labels.items()}
_SLUGS[COUNTRY_NAME] = COUNTRY


class Gathered:
    """Figures while they come in, document by document."""

    def __init__(self):
        self._texts: dict[str, int] = {"": 0}
        self._columns = {name: array(_CODES[np.dtype(kind).str[1:]]) for name, kind in COLUMNS.items() if name != "statements"}

    def add(self, row: int, day: int | None, origin: int, figures: list[list]) -> None:
        """`figures` as `encoded` gives them; `origin` is the same for all copies."""
        for number, told in enumerate(figures):
            values = (row, number, -1 if day is None else day, origin, *told)
            for (name, column), value in zip(self._columns.items(), values):
                column.append(self._code(value) if name in TEXTUAL else value)

    def arranged(self) -> tuple[dict[str, np.ndarray], list[str]]:
        """Columns in their order, and the texts by code."""
        columns = {name: np.array(column, COLUMNS[name]) for name, column in self._columns.items()}
        columns["years"] = columns["dates"] // 10_000
        order = np.lexsort([columns[name] for name in ("rows", "origins", *reversed(STATEMENT))])
        columns = {name: column[order] for name, column in columns.items()}
        columns["statements"] = np.cumsum(_changes([columns[name] for name in STATEMENT])).astype(COLUMNS["statements"])
        return {name: columns[name] for name in COLUMNS}, list(self._texts)

    def _code(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))


_CODES = {"u1": "B", "u2": "H", "u4": "I", "i4": "i", "u8": "Q", "f8": "d"}     # of Python's arrays


def _changes(columns: list[np.ndarray]) -> np.ndarray:
    """Where any of the columns differs from the row before; the first row counts."""
    changed = np.zeros(len(columns[0]), bool)
    changed[:1] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return changed


def encoded(document: Document) -> list[list]:
    """Of each figure what its document alone tells: the columns behind `origins`, but statements, texts as they are."""
    day = _day(document)
    return [_encoded(figure, -1 if day is None else day) for figure in document.figures]


def _day(document: Document) -> int | None:
    published = document.article.published
    return date.fromisoformat(published.value).toordinal() if published else None


def _encoded(figure: Figure, day: int) -> list[str | float]:
    dated, row = date_code(figure.as_of), spot(figure.place)
    joined = len(FORMER.get(row, ())) > 1
    told = {
        "measures": figure.measure, "of": measure(figure), "values": figure.value, "units": figure.unit,
        "modifiers": MODIFIERS.index(figure.modifier), "places": figure.place or "", "spots": row, "dates": dated,
        "kinds": KINDS.index(kind(figure)), "goals": figure.target, "whats": figure.subject or figure.subset or "",
        "renewed": joined and _after_merger(day, dated)}
    return [told[name] for name in COLUMNS if name in told]


def _after_merger(day: int, dated: int) -> bool:
    """Whether a figure told on this day about this date is of a province as it is now. What a text of after the merger
    says of earlier years it may have added up; of the eve of the merger it says how things were before."""
    return dated != EVE and (day >= MERGER_DAY or day < 0 and dated >= MERGER)


def write(arrays: ArraysWriter, gathered: Gathered) -> None:
    columns, texts = gathered.arranged()
    data = [text.encode("utf-8", "surrogatepass") for text in texts]
    for name, column in columns.items():
        arrays.write(f"figure_{name}", column)
    arrays.write("figure_texts", np.frombuffer(b"".join(data), np.uint8))
    arrays.write("figure_text_starts", np.cumsum([0, *map(len, data)]))


@dataclass(frozen=True, eq=False)
class FigureColumns:
    """Columns of equal length, one row a figure, as in COLUMNS and in their order."""
    rows: np.ndarray
    numbers: np.ndarray
    days: np.ndarray
    origins: np.ndarray
    measures: np.ndarray
    of: np.ndarray
    values: np.ndarray
    units: np.ndarray
    modifiers: np.ndarray
    places: np.ndarray
    spots: np.ndarray
    dates: np.ndarray
    kinds: np.ndarray
    goals: np.ndarray
    whats: np.ndarray
    renewed: np.ndarray
    statements: np.ndarray
    texts: "Texts | list[str]"
    measure_names: dict[int, str] = field(repr=False)   # code → text, of all that `measures` and `of` may hold
    place_names: dict[int, str] = field(repr=False)     # and `places`
    spot_names: dict[int, str] = field(repr=False)      # and `spots`

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "FigureColumns":
        texts = Texts(arrays["figure_texts"], arrays["figure_text_starts"])
        return cls._named({name: arrays[f"figure_{name}"] for name in COLUMNS}, texts)

    @classmethod
    def of_documents(cls, documents: Iterable[tuple[int, Document]]) -> "FigureColumns":
        """(row, document): for an engine that keeps no columns."""
        gathered = Gathered()
        for row, document in documents:
            gathered.add(row, _day(document), int(document.copy_of or document.id, 16), encoded(document))
        return cls._named(*gathered.arranged())

    @classmethod
    def _named(cls, columns: dict[str, np.ndarray], texts: "Texts | list[str]") -> "FigureColumns":
        told = (np.unique(np.concatenate([columns[name] for name in names])) for names in (("measures", "of"), ("places",), ("spots",)))
        return cls(**columns, texts=texts, **{name: {code: texts[code] for code in codes.tolist()}
                                              for name, codes in zip(("measure_names", "place_names", "spot_names"), told)})

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, which: np.ndarray) -> "FigureColumns":
        """Those rows, or those where a mask holds."""
        return replace(self, **{name: getattr(self, name)[which] for name in COLUMNS})

    def codes_of(self, texts: Iterable[str]) -> list[int]:
        return [code for code, text in self.measure_names.items() if text in texts]

    @property
    def years(self) -> np.ndarray:
        """0 where it is not known."""
        return self.dates // 10_000


class Texts:
    """Distinct texts by code, out of arrays."""

    def __init__(self, data: np.ndarray, starts: np.ndarray):
        self._data, self._starts = data, starts

    def __getitem__(self, code: int) -> str:
        return self._data[self._starts[code]:self._starts[code + 1]].tobytes().decode("utf-8", "surrogatepass")
