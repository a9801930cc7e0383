"""What a query filters by becomes chips, each with the query that is left without it."""
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index import fields
from index.fields import FACETS
from search import terms
from search.expansion import ALL
from search.query import Query
from search.results import Results
from search.units import CODES
from web.language import Language


NAMES = {"province": "Tỉnh", "province_now": "Tỉnh hiện nay"}      # short for a chip; other facets have short labels

#: What a key switches, where the words of the query do not say it.
SWITCHES = {terms.ANY_ACCENT: "gồm cả cách viết có dấu", ALL: "mọi cách viết tắt", CODES: "mọi cách viết của mã số"}


@dataclass(frozen=True, slots=True)
class Chip:
    label: str          # "Tỉnh"
    text: str           # "Hòa Bình"
    without: Query
    joint: str = ""     # what stands between it and the one before: "hoặc", "và", "không gồm"


def chips(results: Results, _: Language) -> list[Chip]:
    return [*of_facets(results.query, _), *of_dates(results.query, _), *_of_words(results, _)]


def of_facets(query: Query, _: Language) -> Iterator[Chip]:
    """Chosen values, then those that must not hold, in the order of the facets."""
    for name, facet in FACETS.items():
        joint = _("và") if name in query.every else _("hoặc")
        for at, value in enumerate(query.values(name)):
            yield Chip(_(NAMES.get(name, facet.label)), _(fields.label(name, value)), query.toggle(name, value), joint if at else "")
    for name, value in sorted(query.excluded):
        yield Chip(_(NAMES.get(name, FACETS[name].label)), _(fields.label(name, value)), query.exclude(name, value), _("không gồm"))


def of_dates(query: Query, _: Language) -> Iterator[Chip]:
    if query.since:
        yield Chip(_("Từ ngày"), _.day(query.since), replace(query, since=None, page=1))
    if query.until:
        yield Chip(_("Đến ngày"), _.day(query.until), replace(query, until=None, page=1))
    if not query.reprints:
        yield Chip(_("Tin"), _("bỏ tin đăng lại"), replace(query, reprints=True, page=1))


def switched_off(query: Query, _: Language) -> list[tuple[str, str]]:
    """(key, what it would do) of the expansions that the reader switched off."""
    def text(key: str) -> str:
        applied = terms.read(query.text, query.off - {key}, query.match).applied
        return next((one.text for one in applied if one.key == key), _(SWITCHES.get(key, key)))
    return [(key, text(key)) for key in sorted(query.off)]


def _of_words(results: Results, _: Language) -> Iterator[Chip]:
    for exclusion in results.exclusions:
        yield Chip(_("Chữ"), exclusion.text.lstrip("-"), replace(results.query, text=exclusion.without, page=1), _("không gồm"))
