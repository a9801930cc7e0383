"""The search page keeps its word: every count, chip, bar, cell and way out leads to as many articles as it says."""
import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, strategies as st

from corpus.article import Article
from corpus.document import Document, id_of
from corpus.evidence import Evidence
from demo import client, data, engine_of
from index.fields import FACETS, NONE
from search import Query, open_engine
from search.results import Facet, Value
from web import create_app, filters
from web.navigation import window
from web.view import View


def soup(path, app_client=None):
    answer = (app_client or client()).get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.text, "lxml")


def number(text):
    return int(re.search(r"\d[\d.]*", text)[0].replace(".", ""))


def total(page):
    return number(page.select_one("[role=status]").text)


def hits(address):
    """What a page with this address would say, without drawing it."""
    return client().get("/api/search?so=1&" + address.partition("?")[2]).json["total"]


def boxes(page):
    """(parameter, value, count, ticked) of every box of the filters."""
    for box in page.select(".value input[type=checkbox]"):
        yield box["name"], box["value"], number(box.find_parent("label").select_one(".count").text), box.has_attr("checked")


@pytest.mark.parametrize("start", ["/?", "/?q=HTX", "/?q=lúa&nam=2021&nam=2022", "/?q=nghị+quyết&tinh=hoa-binh&-nq=nq13", "/?tu=2019&den=2022&ten=nay", "/?q=HTX&tin=goc"])
def test_every_facet_keeps_its_word(start):
    page = soup(start)
    found = total(page)
    shown = list(boxes(page))
    assert len(shown) > 5
    ticked = {name for name, _, _, on in shown if on}
    for name, value, count, on in shown:
        alone = re.sub(rf"(?<=[?&]){name}=[^&]*&?", "", start)
        assert hits(f"{alone}&{name}={quote(value)}") == count, (start, name, value)
        if name in ticked and not on:
            assert hits(f"{start}&{name}={quote(value)}") <= found + count, (start, name, value)


def test_what_was_switched_off_says_what_it_would_do():
    told = [chip.select("span")[1].text for chip in soup("/?q=HTX&tat=htx&tat=khong-dau&tat=nowhere").select(".chip.off")]
    assert told == ["HTX = hợp tác xã", "gồm cả cách viết có dấu", "nowhere"]


def test_most_of_the_words_is_told_in_plain_words():
    note = soup("/?q=hợp+tác+xã+zzzz").select_one(".status .note").text
    assert "một phần ba số tiếng" in note and "ít nhất hai" in note
    assert not soup("/?q=lúa").select(".status .note")


@pytest.mark.parametrize("param", [facet.param for facet in FACETS.values()])
def test_the_full_list_keeps_its_word_too(param):
    page = soup(f"/gia-tri/{param}?q=HTX")
    listed = {value: count for name, value, count, _ in boxes(page) if name == param}
    assert listed == {v["value"]: v["count"] for v in client().get(f"/api/values/{param}?q=HTX").json["values"]}
    for value, count in list(listed.items())[:5]:
        assert total(soup(f"/?q=HTX&{param}={quote(value)}")) == count


def test_the_full_list_is_narrowed_whatever_the_accents_and_sorted_from_a_to_z():
    narrowed = [value for _, value, _, _ in boxes(soup("/gia-tri/tinh?loc=dien"))]
    assert "dien-bien" in narrowed and "an-giang" not in narrowed
    labels = [label.select_one(".name").text.rstrip(",\n ") for label in soup("/gia-tri/tinhnay?thutu=az").select(".value label")]
    assert labels.index("Hà Nội") > labels.index("Đồng Nai") > labels.index("Điện Biên") > labels.index("Cà Mau")
    assert labels[-1] == "Chưa xác định"


def test_what_is_chosen_elsewhere_survives_the_list_and_the_form():
    page = soup("/gia-tri/tinh?q=HTX&nam=2021&-nq=nq13&tu=2020-01-01&tin=goc&ngon=en&tinh=lao-cai")
    carried = {(i["name"], i["value"]) for i in page.select("form#search input[type=hidden], input[form=search][type=hidden]")}
    assert {("q", "HTX"), ("nam", "2021"), ("-nq", "nq13"), ("tu", "2020-01-01"), ("tin", "goc"), ("ngon", "en")} <= carried
    assert page.select_one("input[value=lao-cai]").has_attr("checked")
    form = {(i["name"], i.get("value", "on")) for i in soup("/?q=HTX&tinhnay=phu-tho&-tinh=lao-cai&tat=htx&sap=cu-nhat&so=50&tatca=nq").select("[name]")
            if i.get("type") != "checkbox" and i.get("type") != "radio" or i.has_attr("checked")}
    assert {("tinhnay", "phu-tho"), ("-tinh", "lao-cai"), ("tat", "htx"), ("sap", "cu-nhat"), ("so", "50"), ("tatca", "nq")} <= form


def test_chips_take_away_what_they_name():
    page = soup("/?q=HTX+-lúa&tinh=hoa-binh&tinh=lao-cai&nam=2021&-nq=nq13&tu=2015&tin=goc")
    chips = {chip.find("b").text: chip["href"] for chip in page.select(".row:not(.why) .chip")}
    assert set(chips) == {"Hòa Bình", "Lào Cai", "2021", "NQ 13 (2002)", "01/01/2015", "bỏ tin đăng lại", "lúa"}
    assert [joint.text for joint in page.select(".joint")] == ["hoặc", "không gồm", "không gồm"]
    assert "tinh=hoa-binh" not in chips["Hòa Bình"] and "tinh=lao-cai" in chips["Hòa Bình"]
    assert "-nq" not in chips["NQ 13 (2002)"] and "tin=" not in chips["bỏ tin đăng lại"] and "L%C3%BAa" not in chips["lúa"].upper()
    cleared, wordless = [link["href"] for link in page.select(".clear")]
    assert cleared == "/?q=HTX+-l%C3%BAa" and "q=" not in wordless.split("&")[0] and "tinh=hoa-binh" in wordless


def test_why_it_matched_can_be_switched_off_and_on_again():
    page = soup("/?q=HTX")
    chip = next(c for c in page.select(".why .chip") if "HTX = hợp tác xã" in c.text)
    off = soup(chip["href"])
    assert total(off) < total(page) and off.select_one(".why .chip.off")
    assert total(soup(off.select_one(".why .chip.off")["href"])) == total(page)


def test_years_have_a_table_that_says_what_the_bars_say():
    page = soup("/?q=HTX")
    bars = {m[1]: number(m[2]) for title in page.select(".years svg title") if (m := re.match(r"(\d+): (.*)", title.text))}
    table = {r.th.text: number(r.td.text) for r in page.select(".years tbody tr")}
    assert bars == table and len(table) > 20
    for row in page.select(".years tbody tr"):
        assert hits(row.a["href"]) == number(row.td.text)
    shares = soup("/?q=lúa&cot=tyle").select(".years tbody tr")
    assert all(r.select("td")[1].text == "–" or 0 <= float(r.select("td")[1].text.rstrip(" %").replace(",", ".")) <= 100 for r in shares)


def test_provinces_stand_under_those_of_today():
    page = soup("/")
    group = next(g for g in page.select(".group") if "Phú Thọ hiện nay" in g.text)
    assert {box["value"] for box in group.select("input")} <= {"phu-tho", "hoa-binh", "vinh-phuc"}
    today = soup("/?ten=nay")
    assert {box["name"] for box in today.select(".value input") if box["name"].startswith("tinh")} == {"tinhnay"}
    assert "Hòa Bình" in today.select_one(".names").text


def test_nothing_found_is_never_bare():
    page = soup("/?q=zzzz+lúa&tinh=dien-bien&nam=2003")
    assert total(page) == 0
    ways = page.select(".nothing li")
    assert [w for w in ways if "Tỉnh: Điện Biên" in w.text] and [w for w in ways if "Năm: 2003" in w.text]
    led = [(way.a["href"], number(way.select_one(".quiet").text)) for way in ways if way.a]
    assert led
    for href, count in led:
        assert total(soup(href)) == count > 0
    assert soup("/?q=zzzzzz").select_one(".nothing a")


def test_what_cannot_be_read_is_said_with_its_place():
    assert "Ở ký tự 6:" in soup('/?q=HTX+("lúa').select_one(".status").text


def test_a_page_past_the_end_leads_back():
    page = soup("/?q=HTX&trang=900")
    assert page.select_one(".hits .note a")["href"].endswith("trang=5")


@given(st.integers(1, 5_000), st.integers(1, 5_000))
def test_the_pager_has_the_ends_the_neighbours_and_gaps_of_more_than_one(page, pages):
    page = min(page, pages)
    shown = window(page, pages)
    assert shown[0] == 1 and shown[-1] == pages and page in shown and len(shown) <= 9
    for before, after in zip(shown, shown[1:]):
        assert 0 in (before, after) or after == before + 1


def test_sorting_by_relevance_needs_words():
    assert [a.text.strip() for a in soup("/").select(".sorts a")] == ["Mới nhất", "Cũ nhất"]
    page = soup("/?q=HTX")
    assert page.select_one(".sorts [aria-current]").text == "Liên quan" and len(page.select(".sorts a")) == 3


def test_the_title_starts_with_what_was_asked_and_the_page_is_closed_to_crawlers():
    page = soup("/?q=lúa+gạo&nam=2021")
    assert page.title.text.startswith("lúa gạo · 2021") and page.select_one("meta[name=robots]")["content"] == "noindex"
    for link in page.select("a[href*='trang='], a[href*='nam='], a[href*='tinh=']"):
        assert "nofollow" in link.get("rel", []) or "/bai/" in link["href"] or link.get("hreflang") or link.find_parent("svg"), link


def test_coverage_counts_what_its_cells_lead_to():
    page = soup("/do-phu?q=HTX")
    cells = page.select("td a")
    assert len(page.select("tbody tr")) >= 63 and len(cells) == len(page.select("td"))
    full = [cell for cell in cells if cell.text != "·0"]
    assert len(full) > 30 and len(full) < len(cells)
    for cell in full + [c for c in cells if c.text == "·0"][:9]:
        assert hits(cell["href"]) == number(cell.text)


# Invented articles

NASTY = '<script>alert(1)</script> & "x" <b>'


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    def document(n, title, **more):
        article = Article(f"https://bao.example/{n}", title, body=f"{NASTY} Hợp tác xã {NASTY}\n{NASTY}", source=NASTY, byline=NASTY, lead=NASTY, kicker=NASTY,
                          attribution=NASTY, published=Evidence("2021-05-03", NASTY, quote=NASTY), **more)
        return Document(id_of(article.url), article, (Evidence("dien-bien", NASTY, 0, 5),), Evidence("2021", NASTY, quote=NASTY, inferred=True),
                        (Evidence("nq13", "number", 2, 9),), (Evidence(NASTY, "code", 1, 4),))
    script = Document(id_of("x"), Article("javascript:alert(1)", "Địa chỉ lạ", body="Hợp tác xã."))
    untitled = Document(id_of("y"), Article("file:a.txt", None, body="Hợp tác xã không tên."))
    long = document(3, "Hợp tác xã " * 60 + "x" * 300)
    with engine_of([document(1, NASTY), document(2, None), long, script, untitled], tmp_path_factory.mktemp("nasty")) as engine:
        yield engine, create_app(engine).test_client()


def test_markup_in_articles_is_text_everywhere(nasty):
    engine, browser = nasty
    paths = ["/?q=hợp+tác+xã", "/gia-tri/nguon", "/do-phu", "/?q=" + quote(NASTY)]
    paths += [f"/bai/{hit.id}?q=alert+hợp&vt=1" for hit in engine.scan(Query())]
    for path in paths:
        html = browser.get(path).text
        assert "<script>alert" not in html and "<b>\"" not in html and 'href="javascript' not in html, path


def test_an_untitled_article_says_so_and_files_have_no_link_out(nasty):
    engine, browser = nasty
    assert "(không có tiêu đề)" in browser.get("/?q=không+tên").text
    page = BeautifulSoup(browser.get(f"/bai/{id_of('y')}").text, "html.parser")
    assert not page.select("link[rel=canonical], .original") and "(không có tiêu đề)" in page.h1.text


values = st.lists(st.tuples(st.sampled_from(["hoa-binh", "phu-tho", "vinh-phuc", "ha-noi", "lao-cai", NONE]), st.integers(0, 50), st.booleans()),
                  unique_by=lambda v: v[0], max_size=6)


@given(values, st.booleans(), st.booleans(), st.integers(1, 5))
def test_shortening_hides_nothing_that_is_ticked_or_unknown(found, present, alphabetic, most):
    facet = Facet("province", "Tỉnh", tuple(Value(v, FACETS["province"].label_of(v), n, on) for v, n, on in found))
    view = View(present=present, alphabetic=alphabetic)
    groups = filters.tree(facet, Facet("province_now", "", ()), replace(view, present=False))
    assert sorted(v.value for g in groups for v in g.values) == sorted(v.value for v in facet.values)
    shown = {v.value for g in filters.shortened(groups, most) for v in g.values}
    assert {v.value for v in facet.values if v.chosen or v.value == NONE} <= shown


def test_one_request_sees_one_generation():
    with open_engine(data()) as engine:
        assert engine.search(Query(since=date(2021, 1, 1))).total > 0
