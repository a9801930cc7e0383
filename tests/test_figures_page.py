"""The page of figures: nothing is shown that does not stand in its sentence, and that at its anchor in the article."""
import csv
import io
import json
import lzma
import re
import xml.etree.ElementTree as xml
from itertools import islice
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from corpus.article import Article
from corpus.document import describe
from corpus.evidence import Evidence
from corpus.figures import figures
from index.fields import row
from index.whoosh_writer import Writer
from search.query import Query
from search.tables import Cell, Statement
from search.whoosh_engine import WhooshEngine
from web import create_app, plots
from web.choosing import Choice

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "news-50k.jsonl.xz"
DEVELOPMENT = NEWS.parent.parent / "gold" / "figures_dev.jsonl"
REAL = 2_000
LOOKED_AT = 20_000      # articles, for the sake of time
SPOKEN = tuple(word.encode() for word in ("htx", "hợp tác xã", "tổ hợp tác", "quỹ tín dụng", "xã viên"))
ARTICLES = (
    ("2021-11-19", "Điện Biên", "Hiện nay, toàn tỉnh Điện Biên có 264 hợp tác xã với trên 10.300 thành viên. Phấn đấu đến năm 2025, tỉnh Điện Biên có 330 hợp tác xã."),
    ("2022-12-15", "Điện Biên OCOP", "Đến hết năm 2021, toàn tỉnh Điện Biên có hơn 270 hợp tác xã. Năm 2022, toàn tỉnh Điện Biên có 281 hợp tác xã."),
    ("2021-10-15", "Lào Cai", "Hiện nay, toàn tỉnh Lào Cai có 409 hợp tác xã."),
    ("2021-12-15", "Yên Bái", "Hiện nay, toàn tỉnh Yên Bái có 600 hợp tác xã."),
    ("2022-10-15", "Lào Cai", "Hiện nay, toàn tỉnh Lào Cai có 430 hợp tác xã. Xem <b>&amp;</b>."),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    writer = Writer(folder)
    for number, (day, title, body) in enumerate(ARTICLES):
        writer.add(row(describe(Article(f"https://bao.example/{number}", title, body=body, source="=Báo", published=Evidence(day, "given")))))
    writer.finish()
    with WhooshEngine(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(engine):
    return create_app(engine).test_client()


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "lxml")


def cell(soup, place, year):
    years = [th.get_text() for th in soup.select(".reported thead th")]
    line = next(tr for tr in soup.select(".reported tbody tr") if tr.th.get_text(strip=True) == place)
    return line.find_all(["th", "td"])[years.index(year)]


def test_the_table_shows_differing_reports_and_goals_beside_each_other(client):
    soup = page(client, "/so-lieu")
    told = cell(soup, "Điện Biên", "2021")
    assert [a.get_text() for a in told.find_all("a")] == ["hơn 270", "264"]
    assert told.find_all("div")[0].get_text().endswith("mới nhất") and "19/11/2021" in told.get_text()
    assert "mục tiêu" in cell(soup, "Điện Biên", "2025").get_text() and "330" in cell(soup, "Điện Biên", "2025").get_text()


def test_every_cell_leads_to_its_sentences_and_they_to_the_article(client):
    soup = page(client, "/so-lieu")
    links = soup.select(".reported td a")
    assert len(links) == 7
    for link in links:
        number = link.get_text().split()[-1]
        sentences = page(client, link["href"].split("#")[0]).select("#cau li")
        assert number in [li.mark.get_text() for li in sentences]
        for li in sentences:
            address, anchor = li.select_one(".from a")["href"].split("#")
            assert li.blockquote.get_text() == page(client, address).find(id=anchor).get_text()


def test_words_and_filters_of_the_search_apply(client):
    soup = page(client, "/so-lieu?q=OCOP")
    assert [a.get_text() for a in soup.select(".reported td a")] == ["hơn 270", "281"]
    assert page(client, "/so-lieu?tinh=lao-cai&nam=2022").select_one(".chip b").get_text() == "Lào Cai"
    assert [a.get_text() for a in page(client, "/so-lieu?tinh=lao-cai&nam=2022").select(".reported td a")] == ["430"]


def test_a_sent_form_becomes_a_tidy_address_that_keeps_filters_and_choices(client):
    answer = client.get("/so-lieu?gui=1&q=OCOP&chitieu=htx&loai=toan&muc=tinh&tu=1/2/2022&den=&tinh=dien-bien&ve=dien-bien&sosanh=1")
    assert answer.status_code == 302 and answer.location == "/so-lieu?q=OCOP&tinh=dien-bien&tu=2022-02-01&ve=dien-bien"


def test_a_province_of_today_says_what_it_is_added_up_from_or_what_is_missing(client):
    soup = page(client, "/so-lieu?ten=nay")
    told = cell(soup, "Lào Cai", "2021").get_text(" ", strip=True)
    assert "Σ 1.009" in told and "Lào Cai 409 + Yên Bái 600" in told
    assert "biết 1/2 tỉnh cũ: Lào Cai" in cell(soup, "Lào Cai", "2022").get_text()
    sentences = page(client, cell(soup, "Lào Cai", "2021").a["href"].split("#")[0]).select("#cau mark")
    assert {mark.get_text() for mark in sentences} == {"409", "600"}


def test_the_chart_has_a_line_a_place_a_twin_table_and_no_need_of_colour(client):
    soup = page(client, "/so-lieu?ve=dien-bien&ve=lao-cai")
    lines = soup.select(".plot .scroll svg path.line")
    assert len(lines) == 2 and len({line.get("stroke-dasharray") for line in lines}) == 2
    assert [name.get_text() for name in soup.select(".plot .scroll svg .name")] == ["Điện Biên", "Lào Cai"]
    assert {tuple(td.get_text() for td in tr.find_all(["th", "td"])) for tr in soup.select(".twin tbody tr")} >= {("2022", "281", "430")}
    assert xml.fromstring(str(soup.select_one(".plot .scroll svg"))) is not None
    assert soup.select(".reported input[checked]") and len(soup.select(".reported input")) == 3


def test_nothing_found_says_what_else_there_is(client):
    assert "Không bài nào khớp nêu con số nào." in page(client, "/so-lieu?q=xyzzy").get_text()
    other = page(client, "/so-lieu?chitieu=qtdnd")
    assert "Thử chỉ tiêu khác:" in other.get_text() and "Thành viên" in other.select_one(".nothing").get_text()
    assert not other.select("table.reported")


def test_english_by_the_same_switch(client):
    soup = page(client, "/so-lieu?ngon=en&noi=dien-bien&luc=2021")
    assert {"Figures by province and year", "newest", "goal", "Show"} <= set(soup.find("main").stripped_strings)
    assert "as of 19 Nov 2021" in " ".join(soup.select_one("#cau").get_text().split())
    assert soup.html["lang"] == "en" and "over 270" in soup.get_text()


def test_the_words_of_the_page_are_all_translated():
    from web.english import ENGLISH
    from web.english_figures import FIGURES

    text = (Path(create_app.__globals__["__file__"]).parent / "templates" / "figures.html").read_text(encoding="utf-8")
    said = set(re.findall(r'_\("([^"]+)"', text))
    assert said and said <= ENGLISH.keys() | FIGURES.keys()


@given(st.lists(st.tuples(st.sampled_from(["chitieu", "loai", "muc", "ve", "noi", "luc", "cacnam", "ten", "q", "nam", "tu", "trang", "so"]), st.text(max_size=8)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_address_is_an_error(client, args):
    for path in ("/so-lieu", "/api/figures"):
        assert client.get(path, query_string=MultiDict(args)).status_code == 200


@given(st.lists(st.tuples(st.sampled_from(["chitieu", "loai", "muc", "ve", "noi", "luc", "cacnam"]), st.sampled_from(["htx", "phan", "huyen", "lao-cai", "2021", "khongro", "het", ""]))))
def test_a_choice_is_an_address_and_back(args):
    choice = Choice.of(MultiDict(args))
    assert Choice.of(MultiDict(list(choice.args()))) == choice


def test_the_interface_gives_what_it_describes(client):
    from web.openapi import SCHEMAS

    told = client.get("/api/figures?noi=Điện Biên&luc=2021&chitieu=htx").json
    assert told["total"] == 2 and {f["value"] for f in told["figures"]} == {264, 270}
    assert told.keys() == SCHEMAS["Figures"]["properties"].keys()
    for figure in told["figures"]:
        assert figure.keys() == SCHEMAS["Figure"]["properties"].keys()
    assert client.get("/api/figures?noi=dien-bien&muctieu=co").json["figures"][0]["value"] == 330
    assert [len(client.get(f"/api/figures?so=2&trang={n}").json["figures"]) for n in (1, 2, 99)] == [2, 2, 0]


def test_files_hold_the_sentence_of_every_value(client):
    told = json.loads(client.get("/so-lieu.json").text)
    assert told["total"] == len(told["figures"]) == 7
    rows = list(csv.DictReader(io.StringIO(client.get("/so-lieu.csv").text.removeprefix("\ufeff"))))
    assert [float(r["value"]) for r in rows] == [f["value"] for f in told["figures"]]
    assert all(r["words"] in r["sentence"] and r["url"].startswith("https://") and r["basis_as_of"] for r in rows)
    assert {r["source"] for r in rows} == {"'=Báo"}
    assert len(json.loads(client.get("/so-lieu.json?noi=lao-cai&luc=2022").text)["figures"]) == 1


def test_beside_a_hit_stand_the_figures_that_the_words_ask_for(client):
    answers = lambda q: {a.get_text(): a["href"] for a in page(client, f"/?q={q}").select(".hit .answer a")}
    found = answers("điện biên có bao nhiêu hợp tác xã năm 2021")
    assert sorted(text.split(" (Điện Biên, ")[0] for text in found) == ["Hợp tác xã: 264 HTX", "Hợp tác xã: hơn 270 HTX"]
    for text, address in found.items():
        path, anchor = address.split("#")
        assert re.search(r"\d+", text)[0] in page(client, path).find(id=anchor).get_text()
    assert answers("so thanh vien dien bien").keys() == {"Thành viên: hơn 10.300 người (Điện Biên, 19/11/2021)"}
    assert not answers("hợp tác xã điện biên")


def test_a_chart_of_odd_values_stays_inside_its_frame():
    one = lambda value: Statement(value, "htx", None, "", "2021", 1, False)
    for values in ((0, 0), (1, 1e12), (3, 3), (0.5, 7)):
        made = plots.plot([("a", "A", {2020: Cell((one(values[0]),)), 2021: Cell((one(values[1]),), (one(values[0]),))})])
        assert all(0 <= p.x <= plots.WIDTH and 0 <= p.y <= plots.HEIGHT for s in made.series for p in (*s.points, *s.goals))
    assert plots.plot([("a", "A", {0: Cell((one(5),))})]) is None
    many = plots.plot([(str(n), str(n), {2020: Cell((one(100),)), 2021: Cell((one(100),))}) for n in range(5)])
    heights = sorted(s.at for s in many.series)
    assert all(b - a >= plots.APART - .1 for a, b in zip(heights, heights[1:])) and heights[-1] <= plots.HEIGHT


def shown_in_place(client, engine, query=Query()):
    """Of every figure: the value's words in its sentence, the sentence at its anchor. How many there were."""
    count, opened, anchors = 0, None, {}
    for one in engine.figures(query).reported:
        if opened != one.id:
            opened, soup = one.id, page(client, f"/bai/{one.id}")
            anchors = {tag["id"]: tag.get_text() for tag in soup.select("span.sentence[id]")}
        assert one.sentence and one.words in one.sentence and re.search(r"\d", one.words)
        assert one.before + one.words + one.behind == one.sentence
        assert one.words in anchors[f"c{one.number}"]
        whole = " ".join(anchors[f"c{n}"] for n in range(one.number, len(anchors) + 1))
        assert " ".join(one.sentence.split()) in " ".join(whole.split()) or " ".join(anchors[f"c{one.number}"].split()) in " ".join(one.sentence.split())
        count += 1
    return count


def indexed(folder, documents):
    writer = Writer(folder)
    for document in documents:
        writer.add(row(document))
    writer.finish()
    return WhooshEngine(folder)


def test_each_value_of_the_sample_stands_in_its_sentence_at_its_anchor(tmp_path):
    from corpus.article import NoArticle, read
    from corpus.pages import Skipped, pages

    read_ones = {a.url: a for p in pages([SAMPLE]) if not isinstance(p, Skipped) and not isinstance(a := read(p), NoArticle)}
    with indexed(tmp_path / "index", map(describe, read_ones.values())) as engine:
        assert shown_in_place(create_app(engine).test_client(), engine) > 100


def real_articles():
    """2,000: first those of all that speak of cooperatives at all, for others report no figure; and the development set's."""
    spoken, others = [], []
    with lzma.open(NEWS, "rb") as lines:
        for line in islice(lines, LOOKED_AT):
            lowered = line.lower()
            (spoken if any(word in lowered for word in SPOKEN) else others if len(others) < REAL else []).append(line)
    told = [json.loads(line) for line in (*spoken, *others)[:REAL]]
    told += [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    for one in told:
        published = one.get("published")
        yield Article(f"https://bao.example/{one['id']}", one.get("title"), body="\n".join(filter(None, one["text"].split("\n"))),
                      published=published and Evidence(published, "given"))


@pytest.mark.skipif(not NEWS.exists(), reason="shared/corpora is not there")
def test_each_value_of_real_articles_stands_in_its_sentence_at_its_anchor(tmp_path):
    articles = list(real_articles())
    reporting = [describe(article) for article in articles if figures(article)]
    assert len(articles) >= REAL and sum(len(document.figures) for document in reporting) > 100
    with indexed(tmp_path / "index", reporting) as engine:
        assert shown_in_place(create_app(engine).test_client(), engine) == sum(len(document.figures) for document in reporting)


def test_the_form_picks_a_province_and_a_source_and_carries_what_it_cannot(client):
    picked = lambda soup, name: [one["value"] for one in soup.select(f"select[name={name}] option[selected]")]
    carried = lambda soup, name: [one["value"] for one in soup.select(f"input[type=hidden][name={name}]")]
    plain = page(client, "/so-lieu")
    assert not picked(plain, "tinh") and not picked(plain, "nguon") and len(plain.select("select[name=tinh] option")) == 64
    assert [one.get_text() for one in plain.select("select[name=nguon] option")] == ["mọi nguồn", "=Báo"]
    one = page(client, "/so-lieu?tinh=lao-cai&nguon=%3DBáo")
    assert (picked(one, "tinh"), carried(one, "tinh"), picked(one, "nguon")) == (["lao-cai"], [], ["=Báo"])
    several = page(client, "/so-lieu?tinh=lao-cai&tinh=yen-bai")
    assert (picked(several, "tinh"), sorted(carried(several, "tinh"))) == ([], ["lao-cai", "yen-bai"])
    assert client.get("/so-lieu?tinh=&nguon=&gui=1").location == "/so-lieu"


def test_no_line_leads_from_a_province_to_the_larger_one_of_its_name():
    told = lambda value, renewed=False: Cell((Statement(value, "htx", None, "", None, 1, renewed),))
    path = plots.plot([("dong-thap", "Đồng Tháp", {2023: told(220), 2025: told(231), 2026: told(416, True), 2027: told(420, True)})]).series[0].path
    assert [step[0] for step in path.split() if step[0] in "ML"] == ["M", "L", "M", "L"]
