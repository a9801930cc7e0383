"""The newest hits become an Atom feed (RFC 4287)."""
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from xml.etree import ElementTree as xml

from search.results import Hit
from web.citations import untitled

ATOM = "http://www.w3.org/2005/Atom"
VIETNAM = timezone(timedelta(hours=7))
ENTRIES = 50
#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(title: str, hits: Sequence[Hit], *, own: str, page: str, entry, built: datetime) -> bytes:
    """`own`, `page`: addresses of the feed and of the page it follows; `entry(hit)` the address of an article here."""
    xml.register_namespace("", ATOM)
    feed = xml.Element(f"{{{ATOM}}}feed", {"xml:lang": "vi"})
    days = [hit.published for hit in hits if hit.published]
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", moment(max(days)) if days else built.isoformat())
    _link(feed, "self", own, "application/atom+xml")
    _link(feed, "alternate", page, "text/html")
    for hit in hits:
        _entry(feed, hit, entry(hit), built)
    return xml.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(feed: xml.Element, hit: Hit, here: str, built: datetime) -> None:
    entry = xml.SubElement(feed, f"{{{ATOM}}}entry")
    outside = hit.url.startswith(("http://", "https://"))
    _add(entry, "id", hit.url if outside else f"urn:timhtx:{hit.id}")
    _add(entry, "title", hit.title.text.strip() or untitled(hit.passages[0].text if hit.passages else ""))
    _add(entry, "updated", moment(hit.published) if hit.published else built.isoformat())
    if hit.published:
        _add(entry, "published", moment(hit.published))
    _add(xml.SubElement(entry, f"{{{ATOM}}}author"), "name", hit.source or "timhtx")
    _link(entry, "alternate", hit.url if outside else here, "text/html")
    _link(entry, "related", here, "text/html")
    for fact in (*hit.provinces, *hit.resolutions):
        xml.SubElement(entry, f"{{{ATOM}}}category", {"term": fact.value, "label": clean(fact.label)})
    _add(entry, "summary", " … ".join(passage.text for passage in hit.passages))


def moment(day: date) -> str:
    return datetime.combine(day, time(), VIETNAM).isoformat()


def clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _add(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, f"{{{ATOM}}}{name}").text = clean(text)


def _link(parent: xml.Element, rel: str, href: str, kind: str) -> None:
    xml.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": clean(href), "type": kind})
