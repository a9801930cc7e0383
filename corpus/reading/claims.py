"""What the head of a page claims for machines, JSON-LD and meta, becomes plain values."""
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text import clean


@dataclass(frozen=True, slots=True)
class Claims:
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    summary: str | None = None
    published: tuple[str, str] | None = None    # the value as it stands, and where: "JSON-LD", "meta"
    url: str | None = None
    body: str | None = None                     # articleBody, paragraphs divided by "\n"
    kinds: frozenset[str] = frozenset()         # of JSON-LD and og:type, lower case


_ARTICLES = frozenset("""
    article newsarticle reportagenewsarticle blogposting analysisnewsarticle backgroundnewsarticle opinionnewsarticle
    advertisercontentarticle techarticle scholarlyarticle report socialmediaposting""".split())
_PAGES = frozenset(("webpage", "itempage", "videoobject", "creativework", "mediaobject"))
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "video")    # never itemListElement: those are other stories
#: names and properties of <meta>, those that can only mean publication first
_DATES = """
    article:published_time og:article:published_time article:published datepublished date_published pubdate
    publishdate publish_date publish-date published_date published_time published publication_date og:published_time
    og:pubdate dc.date.issued dc.date.created dc.date dcterms.issued dcterms.created dcterms.date parsely-pub-date
    sailthru.date cxenseparse:recs:publishtime bt:pubdate displaydate originalpublicationdate article_date_original
    datecreated citation_date citation_publication_date its_publication article.published date created""".split()
_SALVAGED = ("headline", "datePublished")
_DEEPEST = 8
_TAGS = re.compile(r"<\s*/?\s*(?:p|br|div|li|h[1-6]|tr)\b[^<>]{0,300}>", re.I)
_TAG = re.compile(r"<[^<>]{0,500}>")


def claims(metas: dict[str, str], links: dict[str, str], data: list[str], heading: str | None = None) -> Claims:
    """`heading` tells which of several articles in JSON-LD is the page's own."""
    things = [thing for source in data for thing in _things(_loaded(source))]
    article = _own([thing for thing in things if _types(thing) & _ARTICLES], heading)
    page = _own([thing for thing in things if _types(thing) & _PAGES], heading)
    main = article or page or {}
    return Claims(
        title=_name(main) or _meta(metas, "og:title", "twitter:title", "headline", "title", "dc.title"),
        author=_people(main.get("author")) or _meta(metas, "author", "article:author", "dc.creator", "byl"),
        publisher=_meta(metas, "og:site_name", "application-name", "publisher", "dc.publisher")
        or _people(main.get("publisher"))
        or _text(next((thing.get("name") for thing in things if "website" in _types(thing)), None)),
        summary=_meta(metas, "og:description", "description", "twitter:description") or _text(main.get("description")),
        published=_published(article, page, metas),
        url=links.get("canonical") or _meta(metas, "og:url") or None,
        body=_body(main.get("articleBody")),
        kinds=frozenset().union(*map(_types, things), [metas.get("og:type", "").lower()]),
    )


def _loaded(source: str) -> object:
    """JSON as it stands in pages: with comments around it and raw line breaks inside strings."""
    source = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|"
                    r"\]\]>)\s*;?\s*$", "", source.strip()).strip()
    try:
        return json.loads(source.rstrip("; "), strict=False)
    except (ValueError, RecursionError):
        return _salvaged(source)


def _salvaged(source: str) -> dict:
    """The few fields that matter, out of JSON that a template broke."""
    matches = {name: re.search(rf'"{name}"\s{{0,9}}:\s{{0,9}}"([^"\n]{{1,400}})"', source) for name in _SALVAGED}
    found = {name: match.group(1) for name, match in matches.items() if match}
    kind = re.search(r'"@type"\s{0,9}:\s{0,9}"(\w{1,40})"', source)
    return {"@type": kind.group(1), **found} if kind and found else {}


def _things(value: object, depth: int = 0) -> Iterator[dict]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _things(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in _INSIDE:
            if isinstance(value.get(name), (dict, list)):
                yield from _things(value[name], depth + 1)


def _types(thing: dict) -> frozenset[str]:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(str(kind).lower().rpartition("/")[2] for kind in kinds if kind)


def _own(things: list[dict], heading: str | None) -> dict | None:
    """The one with the page's own heading; else the first."""
    wanted = _letters(heading)
    own = (thing for thing in things if wanted and _letters(_name(thing)) == wanted)
    return next(own, things[0] if things else None)


def _name(thing: dict) -> str | None:
    return _text(thing.get("headline") or thing.get("name"))


def _letters(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", text or "").casefold()


def _published(article: dict | None, page: dict | None, metas: dict[str, str]) -> tuple[str, str] | None:
    for thing in (article, page):
        for name in ("datePublished", "uploadDate", "dateCreated"):
            if thing and isinstance(thing.get(name), (str, int)) and str(thing[name]).strip():
                return str(thing[name]), "JSON-LD"
    said = next((metas[name] for name in _DATES if metas.get(name, "").strip()), None)
    return (said, "meta") if said else None


def _meta(metas: dict[str, str], *names: str) -> str | None:
    return next((text for name in names if (text := _text(metas.get(name)))), None)


def _people(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_people, value[:6]))) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return clean(_TAG.sub(" ", html.unescape(html.unescape(value)))) or None


def _body(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    text = _TAG.sub("", _TAGS.sub("\n", html.unescape(html.unescape(value))))
    return "\n".join(filter(None, map(clean, text.splitlines()))) or None
