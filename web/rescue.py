"""Nothing found becomes ways on, each with the number of articles it leads to."""
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.analysis import fold, has_accents
from index.fields import FACETS
from search.engine import Engine
from search.query import Query
from search.results import Results
from web.chips import Chip, chips
from web.language import Language

MOST = 16           # ways that are counted: each is a search
WORDS = 12          # words of a query that are tried as "any of them"


@dataclass(frozen=True, slots=True)
class Way:
    text: str
    query: Query
    total: int


def ways(engine: Engine, results: Results, _: Language) -> list[Way]:
    """Each filter taken away, whatever it gives; then other words, where they give something."""
    query = results.query
    tried = dict.fromkeys((*_filters(results, _), *_words(query, _)))
    gentle = len(dict.fromkeys(_filters(results, _)))
    counted = [Way(text, other, total(engine, other)) for text, other in list(tried)[:MOST] if other != query]
    return [way for at, way in enumerate(counted) if way.total or at < gentle]


def meant(engine: Engine, results: Results) -> Way | None:
    """A spelling that finds something: "Có phải bạn tìm"."""
    if results.better is None:
        return None
    other = replace(results.query, text=results.better, page=1)
    way = Way(results.better, other, total(engine, other))
    return way if way.total else None


def total(engine: Engine, query: Query) -> int:
    return engine.search(replace(query, page=1, size=1)).total


def _filters(results: Results, _: Language) -> Iterator[tuple[str, Query]]:
    query = results.query
    for chip in chips(results, _):
        yield _("Bỏ “{what}”", what=_named(chip)), chip.without
    for name in FACETS:
        if len(query.values(name)) > 1:
            yield _("Bỏ mọi lựa chọn ở “{what}”", what=_(FACETS[name].label)), query.but(name)
    if query.filtered:
        yield _("Bỏ mọi bộ lọc"), query.cleared()


def _named(chip: Chip) -> str:
    return f"{chip.label}: {chip.text}"


def _words(query: Query, _: Language) -> Iterator[tuple[str, Query]]:
    if not query.text:
        return
    if query.match != "most":
        yield _("Chỉ cần phần lớn các từ"), replace(query, match="most", page=1)
    if any(mark in query.text for mark in '"“”«»'):
        yield _("Không cần đúng nguyên cụm"), replace(query, text=" ".join(query.text.translate(_QUOTES).split()), page=1)
    if has_accents(query.text):
        yield _("Tìm không phân biệt dấu"), replace(query, text=fold(query.text), page=1)
    words = list(dict.fromkeys(word for word in query.text.split() if word.isalnum()))
    if 1 < len(words) <= WORDS:
        yield _("Chỉ cần một trong các từ"), replace(query, text=" OR ".join(words), match="auto", page=1)
        for word in words[:4]:
            yield _("Chỉ tìm “{word}”", word=word), replace(query, text=word, page=1)
    if query.filtered:
        yield _("Bỏ từ khóa, giữ bộ lọc"), replace(query, text="", page=1)


_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))
