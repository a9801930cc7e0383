"""Every answer of the server: its headers, its addresses, its words in two languages, and what it makes of nonsense."""
import gzip
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given, settings, strategies as st
from werkzeug.datastructures import MultiDict

from demo import client
from index.fields import FACETS
from search.query import Query
from web import alphabet
from web.asking import ADVANCED, asked
from web.language import ENGLISH_LANGUAGE, VIETNAMESE
from web.view import View

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("/", "/?q=HTX", "/gia-tri/tinh", "/do-phu", "/tro-giup", "/api/search", "/xuat.csv", "/atom.xml", "/robots.txt", "/healthz", "/nowhere")
PARAMS = [*(f.param for f in FACETS.values()), *("-" + f.param for f in FACETS.values()),
          "q", "tatca", "tu", "den", "tat", "khop", "tin", "sap", "trang", "so", "ngon", "ten", "cot", "thutu", "vt", "loc", *ADVANCED]
NASTY = ["", "\0", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'\"", "((((", '"""', "%", "%00", "\ud800", "../../etc/passwd",
         "-1", "0", "9" * 30, "1e9", "٣", "²", "NaN", "nq20", "2021-13-45", "31/2/2021", "0000", "9999", "{{7*7}}", "{n}", "a" * 10_001, "-" * 500, "\u202e\u200b", "ho\u0323p"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_safe_to_show(path):
    answer = client().get(path)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"] and "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers


def test_nothing_inline_that_the_policy_would_forbid():
    for path in ("/?q=HTX&tinh=dien-bien", "/do-phu", "/tro-giup", "/gia-tri/nam"):
        html = client().get(path).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html), path


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PARAMS), st.sampled_from(NASTY) | st.text(max_size=30)), max_size=5),
       st.sampled_from(["/", "/api/search", "/gia-tri/tinh", "/do-phu", "/atom.xml", "/api/suggest", "/xuat.csv", "/bai/0000000000000000"]))
@example([("q", "\ud800\0<script>alert(1)</script>")], "/")
@example([("gui", "1"), ("tu", "<b>")], "/")
def test_no_parameter_breaks_a_page_or_gets_into_it_unescaped(params, path):
    answer = client().get(path, query_string=MultiDict((k, v.encode("utf-8", "surrogatepass").decode("utf-8", "replace")) for k, v in params))
    assert answer.status_code in (200, 302, 400, 404)
    if answer.mimetype == "text/html":
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q=%ed%a0%80", "q=%00", "%00=1", "q", "=", "&&&", "tinh=%zz", "q=" + "%25" * 3000, "trang=%D9%A3"])
def test_addresses_typed_by_nobody(raw):
    for path in ("/", "/api/search", "/xuat.json"):
        assert client().get(f"{path}?{raw}").status_code in (200, 400)


@pytest.mark.parametrize("path", ["/bai/x", "/bai/" + "f" * 16, "/bai/" + "9" * 400, "/bai/%00", "/gia-tri/x", "/static/x/site.js/..", "/static/0/nothing.js", "/bai/0.ris"])
def test_what_is_not_there_is_404_in_words(path):
    answer = client().get(path)
    assert answer.status_code == 404 and "tìm" in answer.text


def test_other_methods_are_refused_and_the_api_says_so_in_json():
    assert client().post("/").status_code == 405
    assert client().get("/api/nowhere").json["error"]["status"] == 404


def test_answers_are_packed_for_those_who_can_unpack():
    packed = client().get("/?q=HTX", headers={"Accept-Encoding": "gzip"})
    plain = client().get("/?q=HTX", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert len(gzip.decompress(packed.data)) == len(plain.data) and "Accept-Encoding" in packed.headers["Vary"]


def test_the_first_page_is_light():
    accept = {"Accept-Encoding": "gzip"}
    page = client().get("/?q=HTX", headers=accept)
    linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page.data).decode())
    assert len(linked) == 2
    assert len(page.data) + sum(len(client().get(path, headers=accept).data) for path in linked) < 60_000


def test_assets_are_kept_for_good_and_old_addresses_are_not():
    path = re.search(r'/static/[^"]+\.css', client().get("/").text)[0]
    assert "immutable" in client().get(path).headers["Cache-Control"]
    assert client().get("/static/old/site.css").headers["Cache-Control"] == "no-cache"


def test_health():
    assert client().get("/healthz").json == {"ok": True}
    ready = client().get("/readyz")
    assert ready.status_code == 200 and ready.json["documents"] > 60


def test_robots_may_read_articles_but_not_the_space_of_facets():
    text = client().get("/robots.txt").text
    assert "Disallow: /*?tinh=" in text and "Disallow: /gia-tri/" in text and "Disallow: /bai" not in text and "Disallow: /\n" not in text


def test_opensearch_tells_how_to_ask():
    answer = client().get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml" and "/?q={searchTerms}" in answer.text
    found = client().get("/api/suggest?q=hop&dang=opensearch")
    assert found.json[0] == "hop" and isinstance(found.json[1], list)


# Forms and addresses

def sent(**fields):
    answer = client().get("/", query_string={"gui": "1", **fields})
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.location).query)


def test_a_form_leads_to_a_tidy_address():
    assert sent(q="", tu="", den="", tatca="", khop="", sap="", trang="3") == {}
    assert sent(q=" lúa ", nam="2021", so="20", trang="7") == {"q": ["lúa"], "nam": ["2021"]}
    assert sent(q="lúa", ngon="en", ten="nay") == {"q": ["lúa"], "ngon": ["en"], "ten": ["nay"]}


def test_dates_as_people_write_them():
    assert sent(tu="15/9/2022", den="9/2023") == {"tu": ["2022-09-15"], "den": ["2023-09-30"]}
    assert sent(tu="2019", den="2020-02") == {"tu": ["2019-01-01"], "den": ["2020-02-29"]}
    assert sent(tu="hôm qua") == {"tu": ["hôm qua"]}
    assert "Không đọc được ngày này" in client().get("/?tu=hôm qua").text
    assert "Ngày đầu đứng sau ngày cuối" in client().get("/?tu=2022&den=2021").text


def test_the_advanced_fields_are_written_into_the_box():
    assert sent(q="chè", moi="shan tuyết", cum="vùng cao", bat="bán mua", khong="sữa đá", tieude='"Hà Giang"') == {
        "q": ['chè shan tuyết "vùng cao" (bán OR mua) -sữa -đá tieude:"Hà Giang"']}


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_tidy_address_stays_as_it_is(text, day):
    once = asked(MultiDict({"q": text, "tu": day})).query
    assert asked(MultiDict(list(once.args()))).query == once == Query.of(MultiDict(list(once.args())))


@given(st.booleans(), st.booleans(), st.booleans(), st.sampled_from([VIETNAMESE, ENGLISH_LANGUAGE]))
def test_a_view_comes_back_from_its_address(present, share, alphabetic, language):
    view = View(language, present, share, alphabetic)
    assert View.of(dict(view.args())) == view


# Two languages

def said() -> set[str]:
    """Every text that templates and modules translate."""
    files = [*(ROOT / "web" / "templates").iterdir(), *(ROOT / "web").glob("*.py")]
    return {text.replace('\\"', '"') for path in files
            for text in re.findall(r'\b_\("((?:[^"\\]|\\.)+)"', path.read_text(encoding="utf-8"))}


def test_whatever_is_said_is_said_in_english_too():
    assert not [text for text in said() if text not in ENGLISH_LANGUAGE.words]


def test_translations_keep_the_places_for_values():
    for text, english in ENGLISH_LANGUAGE.words.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english)), text


def test_the_language_is_kept_in_every_link():
    html = client().get("/?q=HTX&ngon=en").text
    assert '<html lang="en">' in html and "Search news on cooperatives" in html
    internal = [href for href in re.findall(r'<a [^>]*href="(/[^"#]*)', html) if not href.startswith("/static")]
    back = [href for href in internal if "ngon=en" not in href]
    assert len(internal) > 40 and back == ["/?q=HTX"]       # only the switch to Vietnamese


def test_numbers_and_dates_in_both_languages():
    assert VIETNAMESE.articles(1204) == "1.204 bài" and ENGLISH_LANGUAGE.articles(1204) == "1,204 articles" and ENGLISH_LANGUAGE.articles(1) == "1 article"
    assert VIETNAMESE.amount(1.85e9) == "1,85 tỷ" and ENGLISH_LANGUAGE.amount(23.5e6) == "23.5 million" and VIETNAMESE.amount(1234567) == "1.234.567"
    assert VIETNAMESE.moment("2014-12-05") == "05/12/2014" and ENGLISH_LANGUAGE.moment("2014-12") == "Dec 2014" and VIETNAMESE.moment("2014") == "2014"


def test_the_alphabet_is_vietnamese():
    names = ["Đồng Nai", "Điện Biên", "Đắk Lắk", "Dương Kinh", "Hà Nội", "Hạ Long", "An Giang", "Ăn", "Âu"]
    assert sorted(names, key=alphabet.key) == ["An Giang", "Ăn", "Âu", "Dương Kinh", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Hạ Long", "Hà Nội"]
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=alphabet.key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
