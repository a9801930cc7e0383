"""What is asked: words, chosen facet values, a page. A query is a value, a URL and back."""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from index.fields import FACETS

SORTS = {"relevance": "lien-quan", "newest": "moi-nhat", "oldest": "cu-nhat"}
MATCHES = {"auto": "tu-dong", "all": "tatca", "most": "phanlon"}
SIZES = (20, 50, 100)
MAX_SIZE = 100
MAX_PAGE = 100_000      # past any corpus at hand; keeps arithmetic small
MAX_TEXT = 10_000       # characters; longer pastes are cut, and the page says so
_FACET_OF = {f.param: f.name for f in FACETS.values()}


@dataclass(frozen=True, slots=True)
class Query:
    text: str = ""
    chosen: frozenset[tuple[str, str]] = frozenset()    # (facet, value): OR inside a facet, AND between
    excluded: frozenset[tuple[str, str]] = frozenset()  # values that must not hold
    every: frozenset[str] = frozenset()                 # facets of which all chosen values must hold
    since: date | None = None                           # of publication, inclusive
    until: date | None = None
    off: frozenset[str] = frozenset()                   # keys of expansions the reader switched off
    match: str = "auto"                                 # auto | all | most
    reprints: bool = True                               # False leaves out later copies of the same article
    sort: str = "relevance"                             # relevance | newest | oldest
    page: int = 1
    size: int = 20

    def toggle(self, facet: str, value: str) -> "Query":
        return replace(self, chosen=self.chosen ^ {(facet, value)}, excluded=self.excluded - {(facet, value)}, page=1)

    def exclude(self, facet: str, value: str) -> "Query":
        return replace(self, excluded=self.excluded ^ {(facet, value)}, chosen=self.chosen - {(facet, value)}, page=1)

    def switch(self, key: str) -> "Query":
        """An expansion off, or on again."""
        return replace(self, off=self.off ^ {key}, page=1)

    def turn(self, page: int) -> "Query":
        return replace(self, page=page)

    def values(self, facet: str) -> list[str]:
        return sorted(v for f, v in self.chosen if f == facet)

    def but(self, facet: str) -> "Query":
        """Without what was chosen of one facet."""
        return replace(self, chosen=frozenset(c for c in self.chosen if c[0] != facet), page=1)

    @property
    def filtered(self) -> bool:
        return bool(self.chosen or self.excluded or self.since or self.until or not self.reprints)

    def cleared(self) -> "Query":
        """The words alone, every filter gone."""
        return Query(text=self.text, off=self.off, match=self.match, sort=self.sort, size=self.size)

    def args(self) -> Iterator[tuple[str, str]]:
        """URL parameters in a stable order; defaults are left out."""
        if self.text:
            yield "q", self.text
        yield from sorted((FACETS[f].param, v) for f, v in self.chosen)
        yield from sorted(("-" + FACETS[f].param, v) for f, v in self.excluded)
        yield from sorted(("tatca", FACETS[f].param) for f in self.every)
        yield from ((name, day.isoformat()) for name, day in (("tu", self.since), ("den", self.until)) if day)
        yield from (("tat", key) for key in sorted(self.off))
        if self.match != "auto":
            yield "khop", MATCHES[self.match]
        if not self.reprints:
            yield "tin", "goc"
        if self.sort != "relevance":
            yield "sap", SORTS[self.sort]
        if self.page > 1:
            yield "trang", str(self.page)
        if self.size != 20:
            yield "so", str(self.size)

    @classmethod
    def of(cls, args: Mapping) -> "Query":
        """From a URL's parameters (with `getlist`). Total: what makes no sense is the default."""
        pick = lambda mark: frozenset(
            (name, v) for param, name in _FACET_OF.items() for v in map(_clean, args.getlist(mark + param)) if v)
        return cls(
            text=_clean(args.get("q", "")),
            chosen=pick(""),
            excluded=pick("-"),
            every=frozenset(_FACET_OF[p] for p in args.getlist("tatca") if p in _FACET_OF),
            since=_day(args.get("tu", ""), 1),
            until=_day(args.get("den", ""), -1),
            off=frozenset(filter(None, map(_clean, args.getlist("tat")))),
            match=_key(MATCHES, args.get("khop"), "auto"),
            reprints=args.get("tin") != "goc",
            sort=_key(SORTS, args.get("sap"), "relevance"),
            page=_number(args.get("trang"), 1, MAX_PAGE),
            size=_number(args.get("so"), 20, MAX_SIZE),
        )


def _clean(text: str) -> str:
    """White space folded; what no text can hold (lone surrogates, control characters) becomes a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:MAX_TEXT]).split())


def _day(text: str, edge: int) -> date | None:
    """2022-09-15; also 2022-09 and 2022, read as their first (edge 1) or last (edge -1) day."""
    parts = text.strip().split("-")
    if not (1 <= len(parts) <= 3 and all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts)):
        return None
    year, month, day = (list(map(int, parts)) + [0, 0])[:3]
    month = month or (1 if edge > 0 else 12)
    try:
        if day:
            return date(year, month, day)
        first = date(year, month, 1)
        return first if edge > 0 else (date(year + month // 12, month % 12 + 1, 1) - date.resolution)
    except ValueError:
        return None


def _key(table: dict[str, str], value: str | None, default: str) -> str:
    return next((k for k, v in table.items() if value in (k, v)), default)


def _number(text: str | None, default: int, most: int) -> int:
    text = (text or "").strip()
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 19 else default
