"""Pages of many sites become the same story; what is no story says what it is; no bytes are an accident."""
import importlib
import json
import unicodedata
from pathlib import Path

import layouts
import pytest
from hypothesis import given, settings, strategies as st
from layouts import AUTHOR, LAYOUTS, LEAD, OTHERS, SUMMARIES, TEXT, TITLE, menu, page, paragraphs

from corpus.reading import legacy
from corpus.article import Article, NoArticle, read
from corpus.page import Page
from corpus.pages import pages

SHARED = Path(__file__).resolve().parents[2] / "shared"


def of(html, url="file:bai.html", **more):
    return read(Page(url, html, **more))


def whole(article):
    return tuple("\n".join(filter(None, (article.lead, article.body))).split("\n"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_same_story_comes_out_of_every_layout(layout):
    article = of(layout.html)
    assert isinstance(article, Article), article
    assert article.title == layout.title
    assert whole(article) == layout.body
    assert (article.byline, article.attribution) == (layout.byline, layout.attribution)
    assert (article.published and article.published.value) == layout.published
    assert not [text for text in layout.out if text in article.text]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("form", ["NFD", "NBSP", "entities", "eth", "utf-16"])
def test_however_it_is_written(layout, form):
    html = layout.html
    html = {"NFD": lambda: unicodedata.normalize("NFD", html), "NBSP": lambda: html.replace(", ", ",\u00a0\u200b").replace("ngoái", "ngo\u00adái"),
            "entities": lambda: html.encode("ascii", "xmlcharrefreplace"), "eth": lambda: html.replace("Đ", "Ð"),
            "utf-16": lambda: html.encode("utf-16")}[form]()
    if layout.name.startswith("JSON-LD") and form in ("NBSP", "entities"):
        pytest.skip("JSON-LD has neither entities nor other spaces between its parts")
    article, plain = of(html), of(layout.html)
    assert whole(article) == whole(plain) and article.byline == plain.byline and article.published.value == plain.published.value \
        if plain.published else article.published is None


def typed(text, table):
    """As it was typed for a font of before Unicode."""
    back = {letter: code for code, letter in table.items()}
    return "".join(back.get(letter, letter) for letter in text)


@pytest.mark.parametrize("table", [legacy._TCVN3, legacy._VNI], ids=["TCVN3", "VNI"])
def test_pages_for_fonts_of_before_unicode(table):
    html = LAYOUTS[0].html.replace("“", '"').replace("”", '"')
    old = typed(html, table).encode("latin-1").replace(b"charset=utf-8", b"charset=iso-8859-1")
    article, plain = of(old), of(html)
    assert article.text == plain.text and article.byline == AUTHOR


def test_text_that_was_encoded_twice():
    html = LAYOUTS[4].html
    twice = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in html.encode()).encode()
    assert of(twice).text == of(html).text


def as_windows_1258(text):
    """A letter with its shape, then its tone as a character of its own."""
    def letter(c):
        parts = unicodedata.normalize("NFD", c)
        tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        return (unicodedata.normalize("NFC", "".join(p for p in parts if p not in tone)) + tone).encode("cp1258", "ignore")
    return b"".join(map(letter, text))


def test_windows_1258():
    html = LAYOUTS[4].html.replace("charset=utf-8", "charset=windows-1258")
    assert of(as_windows_1258(html)).text == of(as_windows_1258(html.replace("charset", "x"))).text == of(LAYOUTS[4].html).text


def test_evidence_lies_in_the_text_or_is_quoted():
    for layout in LAYOUTS:
        if published := of(layout.html).published:
            assert published.basis and (published.quote or published.start is not None)


def test_tables_lists_and_captions():
    html = page(f"<title>{TITLE}</title>", f"<div>{menu()}</div><div class=m><h1>{TITLE}</h1><p>19/11/2021</p><p>{LEAD}</p><p>{TEXT[0]}</p>"
                "<table><tr><td></td><td>2020</td><td>2021</td></tr><tr><td>Hộ góp vốn</td><td>18</td><td>42</td></tr><tr><td>Máy sao</td><td><p>1</p></td><td><p>4</p></td></tr></table>"
                "<table><tr><td><img src=a.jpg></td></tr><tr><td><i>Hái chè buổi sớm</i></td></tr></table><p>Hợp tác xã đặt ra hai lệ:</p>"
                f"<ul><li>Không hái lẫn lá già;</li><li>Không bán búp tươi ra ngoài.</li></ul><p>{TEXT[1]}</p><p>{TEXT[2]}</p></div>")
    article = of(html)
    assert whole(article) == (LEAD, TEXT[0], "2020 | 2021", "Hộ góp vốn | 18 | 42", "Máy sao | 1 | 4", "Hợp tác xã đặt ra hai lệ:",
                              "Không hái lẫn lá già;", "Không bán búp tươi ra ngoài.", TEXT[1], TEXT[2])
    assert article.captions == ("Hái chè buổi sớm",)


def test_kicker_lead_publisher_and_address():
    html = page(f"<title>{TITLE} - Trang tin Vùng Chè</title><link rel=canonical href='/suoi-giang-1.html'>",
                f"<div>{menu()}</div><div class=w><p class=kicker>Thực hiện Nghị quyết 20:</p><h1>{TITLE}</h1><p>19/11/2021</p><p class=sapo>{LEAD}</p>"
                f"<div><p><b>{LEAD}</b></p>{paragraphs(texts=TEXT)}</div></div>")
    article = of(html, "https://vungche.example/amp/suoi-giang?utm_source=zalo")
    assert (article.kicker, article.lead, article.source) == ("Thực hiện Nghị quyết 20:", LEAD, "Trang tin Vùng Chè")
    assert article.url == "https://vungche.example/suoi-giang-1.html"
    assert article.body == "\n".join(TEXT)


def test_a_careless_canonical_address_does_not_make_all_pages_one():
    html = LAYOUTS[4].html.replace("<meta charset=utf-8>", "<meta charset=utf-8><link rel=canonical href='https://vungche.example/'>")
    assert of(html, "https://vungche.example/tin/7").url == "https://vungche.example/tin/7"


def test_text_that_only_a_script_shows():
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2021-11-19", "author": {"name": AUTHOR},
                       "articleBody": "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in (LEAD, *TEXT))})
    article = of(page(f"<script type='application/ld+json'>{data}</script>", "<div id=root></div><noscript>Bạn cần bật JavaScript</noscript>"))
    assert (article.title, whole(article), article.byline, article.published.value) == (TITLE, (LEAD, *TEXT), AUTHOR, "2021-11-19")


NOT_ARTICLES = {
    "cards": ("list", page("<title>Kinh tế tập thể</title>", "<h1>Kinh tế tập thể</h1>" + layouts.teasers(
        "<div class=card><a href={0}><img src=a.jpg></a><a class=t>{1}</a><span>20/07/2023</span><p>{2}</p></div>") * 2)),
    "links": ("list", page("<title>Tin tức</title>", f"<h1>Tin tức</h1><ul>{layouts.links()}{layouts.links()}</ul>")),
    "summaries": ("list", page("<title>Tin tức</title>", f"<h1>Tin tức</h1>{layouts.teasers()}{layouts.teasers()}<div>Trang 1 2 3 Sau</div>")),
    "not found": ("error", page("<title>404 Not Found</title>", f"<h1>Không tìm thấy trang</h1><p>Đường dẫn bạn mở không còn trên hệ thống của chúng tôi.</p>{layouts.links()}")),
    "out of order": ("error", "<title>503 Service Unavailable</title><h1>Hệ thống đang bảo trì</h1><p>Rất mong quý bạn đọc thông cảm và quay lại sau ít giờ nữa."),
    "a script": ("empty", page("<title>Ứng dụng</title>", "<noscript>Bạn cần bật JavaScript để chạy ứng dụng này.</noscript><div id=root></div>")),
    "nothing": ("empty", b""),
    "a video": ("video", page(f"<title>{TITLE}</title>", f"<iframe src=https://player.example/e/99></iframe><h2>{TITLE}</h2><div>Cập nhật lúc 19:30 19/11/2021</div><div>{LEAD}</div>"
                              f"<b>Clip khác</b>{layouts.links('<p><a href={0}>{1}</a></p>')}")),
}


@pytest.mark.parametrize("kind, html", NOT_ARTICLES.values(), ids=NOT_ARTICLES)
def test_what_is_no_article_says_what_it_is(kind, html):
    found = of(html)
    assert isinstance(found, NoArticle) and found.kind == kind and found.reason


def test_a_video_keeps_its_title_its_date_and_its_line():
    found = of(NOT_ARTICLES["a video"][1])
    assert found.title == TITLE and found.rest.published.value == "2021-11-19" and whole(found.rest) == (LEAD,)


def test_a_short_piece_of_news_is_an_article():
    html = page(f"<title>{TITLE}</title>", f"<div>{menu()}</div><div><h1>{TITLE}</h1><p>19/11/2021</p><p>{LEAD}</p></div><div><h3>Tin khác</h3><ul>{layouts.links()}{layouts.links()}</ul></div>")
    assert whole(of(html)) == (LEAD,)


@pytest.mark.parametrize("paragraph", [
    "Về trang trại của hợp tác xã, ai cũng ngạc nhiên vì sạch.", "Bản quyền giống chè này thuộc về cả bản.", "Giấy phép kinh doanh của 12 hợp tác xã đã bị thu hồi.",
    "Theo dõi sâu bệnh trên nương là việc của tổ kỹ thuật.", "Tin vào cách làm mới, nhiều hộ xin vào hợp tác xã.", "Liên quan đến vốn vay, quỹ hỗ trợ đã giải ngân đợt hai.",
    "Làm sao để giữ được người trẻ ở lại với nương chè?"])
def test_a_paragraph_that_begins_like_furniture_stays(paragraph):
    html = page(f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1><p>19/11/2021</p>{paragraphs(texts=(LEAD, TEXT[0], paragraph, *TEXT[1:]))}")
    assert paragraph in whole(of(html))


def test_another_story_set_between_the_paragraphs_stays_out():
    inset = f"<div class=q><a href=/x><b>{OTHERS[0]}</b></a><p>{SUMMARIES[0]}</p></div>"
    rest = "".join(f"<p>{text}</p>" for text in TEXT)
    article = of(page("<title>x</title>", f"<h1>{TITLE}</h1><div><p>{LEAD}</p><p>{TEXT[0]}</p>{inset}{rest.partition('</p>')[2]}</div>"))
    assert whole(article) == (LEAD, *TEXT)


def test_a_heading_that_bids_wait_is_no_button():
    subheads = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in zip(("Chờ trạm sạc", "Chờ đường mới", "Xin ý kiến dân"), TEXT))
    article = of(page("<title>x</title>", f"<h1>{TITLE}</h1><div><p>{LEAD}</p>{subheads}</div>"))
    assert {"Chờ trạm sạc", "Chờ đường mới"} <= set(whole(article))


def test_the_clock_at_the_top_is_not_the_date():
    dump = f"Thứ 2, 05/06/2023, 17:46[GMT+7]\n\n{TITLE}\n\n" + "\n\n".join((LEAD, *TEXT, AUTHOR))
    assert of(dump, media="text").published is None
    article = of(dump.replace("\n\n" + LEAD, f"\n\nThứ 6, 19/11/2021 | 15:34:48\n7,726 lượt xem\n\n{LEAD}"), media="text")
    assert article.published.value == "2021-11-19" and article.byline == AUTHOR and whole(article) == (LEAD, *TEXT)


def test_a_date_that_the_page_cannot_tell_is_not_made_up():
    html = page(f"<title>{TITLE}</title>", f"<div>Hôm nay: 05/06/2023</div><div><h1>{TITLE}</h1>{paragraphs()}</div><div><h3>Tin liên quan</h3>"
                f"{layouts.links('<p><a href={0}>{1}</a> <time datetime=2020-01-02>02/01/2020</time></p>')}</div><div>© 2013. Giấy phép số 176/GP-TTĐT ngày 23/12/2015</div>")
    assert of(html).published is None


def test_the_date_of_a_change_is_not_the_date():
    html = page(f"<title>{TITLE}</title>", f"<div><h1>{TITLE}</h1><div>Sửa lần cuối vào Thứ sáu, 17 Tháng 2 2023</div>{paragraphs()}</div>")
    assert of(html).published is None
    assert of(html.replace("Sửa lần cuối", "Ngày đăng: 19/11/2021 - Sửa lần cuối")).published.value == "2021-11-19"


def test_what_the_giver_says_goes_before_what_the_page_says():
    article = of(LAYOUTS[4].html, title="Tên khác", source="Báo khác", published="2020-05-05T23:00:00Z")
    assert (article.title, article.source, article.published.value, article.published.basis) == ("Tên khác", "Báo khác", "2020-05-06", "given")


@pytest.mark.parametrize("html", [
    "<html><body>" + "<div>" * 100_000 + "đáy", "<html><body>" + "<div>" * 20_000 + "đáy" + "</div>" * 20_000, "<p>" + "Hợp tác xã kiểu mới. " * 260_000,
    "<p>chè</p>" * 70_000], ids=["unclosed", "nested", "5 MB", "tags"])
def test_beyond_the_bounds_there_is_a_reason(html):
    found = of(html)
    assert isinstance(found, NoArticle) and found.kind == "huge" and "more than" in found.reason


@pytest.mark.parametrize("html", ["<!--" * 100_000, "<script>" * 100_000, "<" * 200_000, "&" * 200_000, "<p>" + "1/" * 100_000, "<p>" + " " * 500_000, "<table><tr><td>" * 500,
                                  "<p>" + "12/3/2020 " * 20_000, "<p>" + "Nguyễn " * 50_000, "<a href=x>Hợp tác xã kiểu mới</a><br>" * 5_000], ids=lambda html: html[:12])
def test_hostile_pages_end(html):
    assert isinstance(of(html), (Article, NoArticle))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["html", "text", "record"]), st.sampled_from([None, "utf-8", "windows-1258", "utf-16", "nonsense", "idna", "base64"]))
def test_any_bytes_are_an_article_or_a_reason(content, media, charset):
    assert isinstance(of(content, media=media, charset=charset), (Article, NoArticle))


PIECES = st.sampled_from(["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<h1>", "</h1>", "<br>", "<a href=x>", "</a>", "<b>", "<li>", "<div class=related>", "</div>",
                          "<script type='application/ld+json'>{\"@type\": \"Article\"", "</script>", "<!--", "-->", "<figure>", "<img src=a>", "<time datetime=9999-99-99>", "Tin liên quan",
                          "19/11/2021", AUTHOR, LEAD, TITLE, *OTHERS, *SUMMARIES, *TEXT, "<meta property=og:url content='http://[']>", "\x00", "\ud800", "&#xD800;", "<pre>\n\n", "<video>"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_is_clean_text_or_a_reason(html):
    found = of(html)
    if isinstance(found, Article):
        assert found.text == unicodedata.normalize("NFC", found.text) and not set(found.text) & set("\u00a0\u200b\u00ad\u00d0\ufeff\x00\ud800")
        assert all(line.strip() == line and line for line in found.body.split("\n")) or not found.body


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(LAYOUTS) - 1), st.integers(0, 4000))
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(which, end):
    assert isinstance(of(LAYOUTS[which].html.encode()[:end]), (Article, NoArticle))


# development sets

def _seeds():
    if not (SHARED / "seeds").exists():
        pytest.skip("the seeds are not beside the checkout")
    gold = json.loads((SHARED / "seeds" / "gold.json").read_text(encoding="utf-8"))
    return [(read(page), gold[page.url.removeprefix("file:")]) for page in pages([SHARED / "seeds"]) if isinstance(page, Page) and page.url.endswith(".txt")]


def test_the_seeds():
    found = _seeds()
    assert len(found) == 5
    for article, gold in found:
        told = dict(title=article.title, published=article.published and article.published.value, byline=article.byline, source=article.source, attribution=article.attribution)
        assert {name: told[name] for name in told if name in gold} == {name: gold[name] for name in told if name in gold}
        assert gold["body_starts"] in article.body.split("\n")[0][:120] and article.body.endswith(gold.get("body_ends", ""))
        assert not [text for text in gold["not_in_body"] if text in article.text]


def test_floors_on_the_development_pages(monkeypatch):
    """Raised, never lowered."""
    if not (SHARED / "gold" / "html_dev").exists():
        pytest.skip("the development pages are not beside the checkout")
    monkeypatch.syspath_prepend(Path(__file__).resolve().parents[1] / "benchmarks")
    scores = importlib.import_module("reading").ours(SHARED / "gold" / "html_dev")
    assert scores["paragraph F1"] >= 0.99 and scores["leaks"] == 0
    assert scores["titles"] == scores["dates"] == scores["bylines"] == scores["told apart"] == 1
