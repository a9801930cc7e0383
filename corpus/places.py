"""An article becomes the provinces it is about, and how we know: 63 names of before, 34 since 1 July 2025."""
import re
from functools import cache
from typing import NamedTuple

from corpus.naming import publishers
from corpus.article import Article
from corpus.evidence import Evidence
from corpus.naming.gazetteer import labels, rows, successors
from corpus.naming.mentions import scan
from corpus.naming.roles import parts
from corpus.naming.settling import settle
from corpus.naming.spellings import fold, spellings
from corpus.naming.weighing import Weighed, weigh

LABELS: dict[str, str] = labels()
NOW: dict[str, str] = successors()
NOW_LABELS: dict[str, str] = {slug: {"thua-thien-hue": "Huế"}.get(slug, label)
                              for slug, label in LABELS.items() if NOW[slug] == slug}
MERGER = "2025-07-01"           # the day on which 63 provinces became 34, and districts ended
MERGED = re.compile(r"(?:sau|trước) (?:khi )?(?:sắp xếp|sáp nhập|hợp nhất)|đặc khu|\b(?:cũ|mới)\)", re.IGNORECASE)
ROOTS = ("sắp xếp", "sáp nhập", "hợp nhất", "ặc khu", "cũ)", "mới)")     # one of them is in all that MERGED finds
LOCAL = re.compile(                                                       # "the province", which is the publisher's own
    r"(?<!các )(?<!nhiều )(?<!ngoài )(?<!hai )(?<!số )(?<!mấy )(?<!liên )\b(?:[Tt]ỉnh|TỈNH)\b"
    r"(?! bạn| khác| lân cận| thành|, thành| [A-ZĐ])|[Tt]ỉnh (?:ủy|uỷ)|Thành ủy"
    r"|(?:toàn|trong|địa bàn|UBND) (?:thành phố|TP)\b")
NATIONAL = re.compile(
    r"\b(?:Bộ (?:trưởng )?[A-ZĐ]|các bộ\b|Chính phủ|Thủ tướng|Quốc hội|cả nước|toàn quốc|Việt Nam\b|dự thảo|[Nn]ghị định"
    r"|[Tt]hông tư|thế giới)")
FAINT = .3                      # what is told more faintly is unknown
SURE = 1.                       # a score that one named district, or better, gives
SHARE = .3                      # of the highest score: what else the text is about
PRIOR = 1.                      # what a publisher's province adds to the places named in it
TOLD = 2.                       # and "toàn tỉnh" before any other province is named
COUNTRY = re.compile(r"(?<!\w)(?:Việt Nam|cả nước|toàn quốc)(?!\w)")


class Named(NamedTuple):
    """A place named in a text. candidates: the slugs it may lie in, one when it is settled, none for the country."""
    start: int
    end: int
    kind: str                       # "country" | "province" | "district" | "commune" | "landmark"
    candidates: tuple[str, ...]


def now(slug: str) -> str:
    """The present-day province of one of the 63; KeyError for another word."""
    return NOW[slug]


def label(slug: str) -> str:
    return LABELS[slug]


def mentions(text: str) -> list[Named]:
    """Every place a text names, whatever its part in it, in order."""
    found = [Named(m.start, m.end, m.level.replace("former", "province"), m.provinces)
             for m in settle(text, scan(text))]
    found += [Named(*country.span(), "country", ()) for country in COUNTRY.finditer(text)]
    return sorted(found)


def find_province(words: str) -> str | None:
    """The province somebody typed: "điện biên", "dien bien", "tphcm", "Đăk Lăk". Accents may miss, never differ."""
    typed = re.sub(r"^(?:tỉnh|tinh|thành phố|thanh pho|tp\.?)\s*(?=\w)", "", words.strip().lower())
    for spelled in (words.strip().lower(), typed):
        squeezed = re.sub(r"[\W_]+", "", spelled)
        for name, slug in _typed().get(fold(squeezed), ()):
            if len(name) == len(squeezed) and all(a in (b, fold(b)) for a, b in zip(squeezed, name)):
                return slug
    return None


@cache
def _typed() -> dict[str, list[tuple[str, str]]]:
    """Folded and squeezed name → the accented ones and their slugs."""
    table: dict[str, list[tuple[str, str]]] = {}
    for row in rows("provinces.csv"):
        for name in filter(None, (row["label"], *row["aliases"].split("|"), *row["typed"].split("|"))):
            for spelling in spellings(name.lower().removeprefix("tp. ")):
                squeezed = re.sub(r"[\W_]+", "", spelling)
                table.setdefault(fold(squeezed), []).append((squeezed, row["slug"]))
    return table


def provinces(article: Article) -> tuple[Evidence, ...]:
    """The provinces an article is about, the surest first; () when nothing tells."""
    text = article.text
    new = _new(article, text)
    home = _home(article, text)
    found = settle(text, scan(text, new), (home.value,) if home else (), new)
    weighed = weigh(text, found, parts(text, found), len(article.title or ""), new is True)
    return _decide(text, weighed, home)


def _new(article: Article, text: str) -> bool | None:
    """Whether the text is of after the merger of provinces; None when neither its date nor its words tell."""
    if article.published:
        return article.published.value >= MERGER
    return True if any(map(text.__contains__, ROOTS)) and MERGED.search(text) else None


def _home(article: Article, text: str) -> Evidence | None:
    """The province for which the publisher writes."""
    if mark := publishers.of_mark(text):
        return Evidence(mark[0], "paper mark", mark[1], mark[2], inferred=True)
    for basis, read, words in (("publisher's domain", publishers.of_address, article.url),
                               ("source name", publishers.of_name, article.source),
                               ("attribution", publishers.of_name, article.attribution)):
        if words and (slug := read(words)):
            return Evidence(slug, basis, quote=words, inferred=True)
    return None


def _decide(text: str, weighed: list[Weighed], home: Evidence | None) -> tuple[Evidence, ...]:
    if home and (score := _home_score(text, weighed, home)):
        own = [w for w in weighed if w.evidence.value == home.value]
        others = [w for w in weighed if w.evidence.value != home.value]
        weighed = [Weighed(own[0].evidence if own else home, score), *others]
    weighed = sorted(weighed, key=lambda w: -w.score)
    if not weighed or weighed[0].score < FAINT:
        return ()
    return tuple(w.evidence for w in weighed if w.score >= max(FAINT, SHARE * weighed[0].score))


def _home_score(text: str, weighed: list[Weighed], home: Evidence) -> float:
    """How much the text is about its publisher's province: it names places there, or says "the province" and means it.

    0 where it is about another province or the whole country.
    """
    scores = {w.evidence.value: w.score for w in weighed}
    if home.value in scores:
        return PRIOR + scores[home.value]
    local = LOCAL.search(text)
    if max(scores.values(), default=0) >= SURE:
        first = local and local.start() < min(w.evidence.start for w in weighed)
        return PRIOR + TOLD if first and home.value not in map(now, scores) else 0     # not the whole, whose part is told
    return PRIOR if local or home.basis == "paper mark" or not NATIONAL.search(text) else 0
