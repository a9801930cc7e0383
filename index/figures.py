"""The figures of documents become columns, a row a figure, and come back; the words in them stand once in one table.

    figure_NAME         a column: see `FigureColumns`
    figure_texts        the distinct words, one after the other; figure_text_starts tells where each begins, the first is ""
"""
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from corpus import places
from corpus.figures import Figure
from index.arrays import Arrays, ArraysWriter

VERSION = 1             # of these columns; part of the fingerprint
KINDS = ("whole", "part", "share", "change", "single")      # what a figure is of
MODIFIERS = (None, "over", "under", "approx")
COUNTRY, COUNTRY_NAME = "viet-nam", "Việt Nam"
MERGER = 20250701       # since that day a name stands for one of the 34 provinces

#: Figure columns as they are kept: name → dtype.
COLUMNS = {
    "rows": "u4",       # which document
    "numbers": "u2",    # which of its figures
    "measures": "u4",   # text
    "of": "u4",         # text: the measure it is a part, a share or a change of, else its own
    "values": "f8",
    "units": "u4",      # text
    "modifiers": "u1",  # place in MODIFIERS
    "places": "u4",     # text
    "dates": "i4",      # 20211119, 20211100, 20210000; 0 where it is not known
    "kinds": "u1",      # place in KINDS
    "goals": "u1",
    "whats": "u4",      # text: the one cooperative, or the part
}
_TEXTUAL = frozenset(name for name, kind in COLUMNS.items() if name in ("measures", "of", "units", "places", "whats"))


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


def in_province(place: str) -> bool:
    """Whether a place is only a part of its province."""
    return ", " in place


_SLUGS = {label.removeprefix("TP. "): slug for labels in (places.LABELS, places.NOW_LABELS) for slug, label in labels.items()}
_SLUGS[COUNTRY_NAME] = COUNTRY


class FigureWriter:
    """`add` the figures of a document, then `close`."""

    def __init__(self, arrays: ArraysWriter):
        self._arrays, self._texts = arrays, {"": 0}
        self._streams = {name: arrays.stream(f"figure_{name}", dtype) for name, dtype in COLUMNS.items()}

    def add(self, row: int, figures: Iterable[Figure]) -> None:
        made = [encoded(row, number, figure) for number, figure in enumerate(figures)]
        for name, stream in self._streams.items() if made else ():
            stream.add([self._code(one[name]) if name in _TEXTUAL else one[name] for one in made])

    def close(self) -> None:
        data = [text.encode("utf-8", "surrogatepass") for text in self._texts]
        for stream in self._streams.values():
            stream.close()
        self._arrays.write("figure_texts", np.frombuffer(b"".join(data), np.uint8))
        self._arrays.write("figure_text_starts", np.cumsum([0, *map(len, data)]))

    def _code(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))


def encoded(row: int, number: int, figure: Figure) -> dict[str, str | float]:
    return {
        "rows": row, "numbers": number, "measures": figure.measure, "of": measure(figure), "values": figure.value, "units": figure.unit,
        "modifiers": MODIFIERS.index(figure.modifier), "places": figure.place or "", "dates": date_code(figure.as_of),
        "kinds": KINDS.index(kind(figure)), "goals": figure.target, "whats": figure.subject or figure.subset or ""}


@dataclass(frozen=True, eq=False)
class FigureColumns:
    """Columns of equal length, one row a figure, as in COLUMNS."""
    rows: np.ndarray
    numbers: np.ndarray
    measures: np.ndarray
    of: np.ndarray
    values: np.ndarray
    units: np.ndarray
    modifiers: np.ndarray
    places: np.ndarray
    dates: np.ndarray
    kinds: np.ndarray
    goals: np.ndarray
    whats: np.ndarray
    texts: "Texts"
    measure_names: dict[int, str] = field(repr=False)   # code → text, of all that `measures` and `of` may hold
    place_names: dict[int, str] = field(repr=False)     # and `places`

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "FigureColumns":
        return cls._named([arrays[f"figure_{name}"] for name in COLUMNS], Texts(arrays["figure_texts"], arrays["figure_text_starts"]))

    @classmethod
    def of_figures(cls, found: Iterable[tuple[int, Iterable[Figure]]]) -> "FigureColumns":
        """(document, its figures): for an engine that keeps no columns."""
        codes: dict[str, int] = {"": 0}
        made = [encoded(row, number, figure) for row, figures in found for number, figure in enumerate(figures)]
        columns = [np.array([codes.setdefault(one[name], len(codes)) if name in _TEXTUAL else one[name] for one in made], dtype)
                   for name, dtype in COLUMNS.items()]
        return cls._named(columns, Texts.of(codes))

    @classmethod
    def _named(cls, columns: list[np.ndarray], texts: "Texts") -> "FigureColumns":
        by_name = dict(zip(COLUMNS, columns))
        told = [np.unique(np.concatenate([by_name[name] for name in names])) for names in (("measures", "of"), ("places",))]
        return cls(*columns, texts, *({code: texts[code] for code in codes.tolist()} for codes in told))

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
    """Distinct texts by code; 0 is the empty one."""

    def __init__(self, data: np.ndarray, starts: np.ndarray):
        self._data, self._starts = data, starts

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        data = [text.encode("utf-8", "surrogatepass") for text in texts]
        return cls(np.frombuffer(b"".join(data), np.uint8), np.cumsum([0, *map(len, data)]))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, code: int) -> str:
        return self._data[self._starts[code]:self._starts[code + 1]].tobytes().decode("utf-8", "surrogatepass")
