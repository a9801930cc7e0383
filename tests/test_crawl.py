"""A crawler follows every link of the pages: nothing leads nowhere, and every page says how many articles it has."""
import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

from demo import client

STARTS = ("/", "/?q=HTX+-lúa&tinh=hoa-binh&nam=2021&nam=2022&tu=2019", "/?q=zzzz+lúa&tinh=dien-bien", "/?q=HTX&ngon=en&ten=nay&cot=tyle&trang=2", "/do-phu?q=lúa",
          "/gia-tri/tinh?q=HTX&thutu=az", '/?q="lúa+(', "/nowhere")
MOST = 110          # pages fetched: every kind of link from every start, in a few seconds
EACH = 5            # links followed of one kind from one page


def kind(link):
    """Links that differ in values only are of one kind."""
    path, query = urlsplit(link)[2:4]
    return re.sub(r"(?<=/bai/)\w+", "", path), tuple(sorted({part.partition("=")[0] for part in query.split("&")}))


def links(page, base):
    chosen = {}
    for element in page.select("a[href], link[href], script[src]"):
        target, _ = urldefrag(urljoin(base, element.get("href") or element.get("src")))
        if target.startswith("http://here/"):
            chosen.setdefault(kind(target), []).append(target)
    for found in chosen.values():
        found = list(dict.fromkeys(found))
        yield from found[::max(1, len(found) // EACH)][:EACH]


def test_every_link_leads_somewhere_and_counts_agree():
    waiting, seen, checked = deque("http://here" + start for start in STARTS), set(), 0
    kinds = set()
    while waiting and len(seen) < MOST:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        kinds.add(kind(address))
        answer = client().get(address.removeprefix("http://here"))
        expected = (404,) if "/nowhere" in address else (400,) if "/api/" in address and "%28" in address else (200,)
        assert answer.status_code in expected, address
        if answer.mimetype != "text/html":
            continue
        page = BeautifulSoup(answer.text, "lxml")
        inside = {element["id"] for element in page.select("[id]")}
        assert len(inside) == len(page.select("[id]")), f"an id twice on {address}"
        for link in page.select("a[href^='#']"):
            assert link["href"][1:] in inside, (address, link)
        waiting.extend(links(page, address))
        checked += agrees(page, address)
    assert checked > 20 and {path for path, _ in kinds} >= {"/", "/bai/", "/do-phu", "/gia-tri/tinh", "/xuat.csv", "/xuat.json", "/atom.xml", "/tro-giup"}


def agrees(page, address) -> bool:
    """The status, the list and the API say one number."""
    status = page.select_one("[role=status]")
    if not status or urlsplit(address).path != "/":
        return False
    total = int(re.search(r"\d[\d.,]*", status.text)[0].replace(".", "").replace(",", ""))
    told = client().get("/api/search?" + urlsplit(address).query).json
    assert told["total"] == total and len(told["hits"]) == len(page.select(".hit")), address
    return True
