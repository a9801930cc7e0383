"""Figures in an index: found by measure, place and year as a scan finds them; a table that counts and never averages."""
import json
import random
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.document import Document, describe
from corpus.evidence import Evidence
from corpus.figures import Figure
from index import prepared
from index.fields import row
from index.figures import COUNTRY, NOWHERE, FigureColumns, date_code, date_text, kind, province_of, spot
from index.whoosh_writer import Writer
from search.figures import Wanted, chosen
from search.query import Query
from search.tables import Asked, Sum, table
from search.whoosh_engine import WhooshEngine
from web.cli import main

PLACES = ("Điện Biên", "Lào Cai", "Yên Bái", "Huế", "Hồ Chí Minh", "Lạc Sơn, Hòa Bình", "Việt Nam", "Lào", None)


def figure(value, place="Điện Biên", as_of="2021", **more) -> Figure:
    told = {"measure": "htx", "unit": "htx", "start": 0, "end": 1, "sentence": (0, 9)}
    return Figure(value=value, place=place, as_of=as_of, **{**told, **more})


def document(number, figures, published="2021-12-20", copy_of=None, text="Hợp tác xã.") -> Document:
    article = Article(f"https://bao.example/{number}", "HTX", body=text, published=published and Evidence(published, "given"))
    return Document(f"{number:016x}", article, figures=tuple(figures), copy_of=copy_of and f"{copy_of:016x}")


def tabled(*documents, **asked):
    return table(FigureColumns.of_documents(enumerate(documents)), Asked("htx", **asked))


def random_documents(rng, count):
    for number in range(1, count + 1):
        made = [figure(rng.choice([1, 264, 433.5]), rng.choice(PLACES), rng.choice(["2021", "2021-11-19", "2022-06", None]),
                       measure=rng.choice(["htx", "tht", "other"]), target=rng.random() < .2, modifier=rng.choice([None, "over", "approx"]),
                       subject=rng.choice([None, None, "HTX Mường Thanh"]), base=rng.choice([None, "htx"]), subset=rng.choice([None, "HTX vận tải"]),
                       stat=rng.choice(["level", "level", "change"])) for _ in range(rng.randint(0, 4))]
        yield document(number, made, rng.choice([None, "2021-12-20", "2025-08-01"]), rng.randint(1, number - 1) if number > 1 and rng.random() < .2 else None,
                       rng.choice(["Hợp tác xã lúa.", "Hợp tác xã cá."]))


@pytest.fixture(scope="module", params=range(3))
def corpus(request, tmp_path_factory):
    rng = random.Random(request.param)
    documents = list(random_documents(rng, 60))
    folder = tmp_path_factory.mktemp("figures")
    writer = Writer(folder)
    for one in documents:
        writer.add(row(one))
    writer.finish()
    with WhooshEngine(folder) as engine:
        yield engine, documents, rng


def wishes(rng, count):
    for _ in range(count):
        yield Wanted(rng.choice([None, "htx", "other"]), rng.choice([None, "whole", "part", "single"]),
                     frozenset(rng.sample(["dien-bien", "hoa-binh", "thua-thien-hue", COUNTRY, NOWHERE, "Lạc Sơn, Hòa Bình"], rng.choice([0, 1, 2]))),
                     rng.random() < .5, rng.choice([None, None, 2021, 0]), rng.choice([None, True, False]))


def holds(figure, wanted):
    """Straight from the definition of Wanted."""
    about = figure.base if figure.measure == "other" and figure.base else figure.measure
    place, slug = figure.place or NOWHERE, province_of(figure.place)
    near = place in wanted.places or slug in wanted.places and (wanted.within or ", " not in place)
    return (wanted.measure in (None, about if wanted.kind else figure.measure) and wanted.kind in (None, kind(figure))
            and (not wanted.places or near) and wanted.year in (None, int((figure.as_of or "0")[:4])) and wanted.goal in (None, figure.target))


def test_what_is_wanted_is_what_a_scan_finds(corpus):
    engine, documents, rng = corpus
    for wanted in wishes(rng, 40):
        for text in ("", "lúa"):
            expected = Counter((d.id, f) for d in documents if text in d.article.body for f in d.figures if holds(f, wanted))
            found = engine.figures(Query(text=text), wanted)
            told = list(found.reported)
            assert Counter((r.id, r.figure) for r in told) == expected, wanted
            assert found.total == sum(expected.values())
            days = [r.published or "" for r in told]
            assert days == sorted(days, reverse=True)


def test_pages_of_them_put_together_are_the_whole(corpus):
    engine, _, _ = corpus
    whole = [(r.id, r.figure) for r in engine.figures(Query()).reported]
    parts = [(r.id, r.figure) for skip in range(0, len(whole) + 7, 7) for r in engine.figures(Query(), skip=skip, most=7).reported]
    assert parts == whole


def test_a_cell_counts_what_a_scan_counts(corpus):
    engine, documents, _ = corpus
    counted = {}
    for d in documents:
        for f in d.figures:
            if holds(f, Wanted("htx", "whole")) and ", " not in (f.place or "") and f.place != "Lào":
                renewed = f.place in ("Lào Cai", "Huế", "Hồ Chí Minh") and f.place != "Huế" and (d.article.published and d.article.published.value >= "2025-07")
                key = (spot(f.place), int((f.as_of or "0")[:4]), f.target)
                counted.setdefault(key, {}).setdefault((f.value, f.modifier, bool(renewed)), set()).add(d.copy_of or d.id)
    made = engine.table(Query(), Asked("htx"))
    cells = {(place, year, goal): (cell, side) for place, row in made.rows.items() for year, cell in row.items()
             for goal, side in ((False, cell.facts), (True, cell.goals)) if side}
    assert cells.keys() == counted.keys()
    for key, (cell, side) in cells.items():
        for one in side:
            assert one.articles == len(counted[key][one.value, one.modifier, one.renewed])
    for place, row in made.rows.items():
        for year, cell in row.items():
            several = sum(len(counted.get((place, year, goal), ())) for goal in (False, True))
            assert len(cell.facts) + len(cell.goals) + cell.more == several


def test_differing_reports_stand_side_by_side_with_the_newest_and_the_most_repeated_marked():
    found = tabled(document(1, [figure(433)], "2021-10-01"), document(2, [figure(433, as_of="2021-09-30")], "2021-11-01"),
                   document(3, [figure(445, modifier="over")], "2022-01-05"))
    first, second = found.rows["dien-bien"][2021].facts
    assert (first.value, first.modifier, first.newest, first.repeated, first.articles) == (445, "over", True, False, 1)
    assert (second.value, second.as_of, second.newest, second.repeated, second.articles) == (433, "2021-09-30", False, True, 2)


def test_a_reprint_is_not_a_second_source_and_reports_of_one_day_have_no_newest():
    found = tabled(document(1, [figure(264)]), document(2, [figure(264)], copy_of=1), document(3, [figure(270)]))
    assert [(s.articles, s.newest, s.repeated) for s in found.rows["dien-bien"][2021].facts] == [(1, False, False)] * 2


def test_goals_parts_changes_and_single_cooperatives_stay_out_of_the_facts():
    made = [figure(264), figure(300, target=True), figure(173, measure="other", base="htx", subset="HTX vận tải"),
            figure(45, measure="other", base="htx", stat="change"), figure(44, subject="HTX A")]
    cell = tabled(document(1, made)).rows["dien-bien"][2021]
    assert [s.value for s in cell.facts] == [264] and [s.value for s in cell.goals] == [300]
    for kind, value, what in (("part", 173, "HTX vận tải"), ("change", 45, ""), ("single", 44, "HTX A")):
        other = tabled(document(1, made), kind=kind).rows["dien-bien"][2021]
        assert [(s.value, s.what) for s in other.facts] == [(value, what)]


def test_a_province_of_today_is_added_up_only_where_all_its_parts_are_known():
    parts = [document(1, [figure(402, "Lào Cai"), figure(500, "Lào Cai", "2019")]), document(2, [figure(300, "Yên Bái", modifier="over")])]
    told = tabled(*parts, present=True).rows["lao-cai"]
    assert isinstance(told[2021].sum, Sum) and (told[2021].sum.value, told[2021].sum.modifier) == (702, "over")
    assert {slug for slug, _ in told[2021].sum.parts} == {"lao-cai", "yen-bai"} and not told[2021].facts
    assert told[2019].sum is None and told[2019].known == ("lao-cai",)
    assert set(tabled(*parts).rows) == {"lao-cai", "yen-bai"}


def test_what_is_told_of_the_new_province_is_not_taken_for_the_old_one():
    found = tabled(document(1, [figure(800, "Lào Cai", "2025-08-01")], "2025-08-03"), document(2, [figure(400, "Lào Cai", "2025-03")], "2025-04-01"),
                   document(3, [figure(300, "Yên Bái", "2025-03")], "2025-04-01"), present=True)
    cell = found.rows["lao-cai"][2025]
    assert [s.value for s in cell.facts] == [800] and cell.facts[0].renewed
    assert cell.sum.value == 700


def test_averages_are_never_added_up():
    made = [document(n, [figure(5e7, place, measure="thu_nhap_bq", unit="vnd_nam")]) for n, place in ((1, "Lào Cai"), (2, "Yên Bái"))]
    found = table(FigureColumns.of_documents(enumerate(made)), Asked("thu_nhap_bq", present=True))
    assert found.rows["lao-cai"][2021].sum is None and len(found.rows["lao-cai"][2021].known) == 2


@given(st.sampled_from(["2021", "2021-11", "2021-11-19", "0999"]))
def test_dates_come_back(text):
    assert date_text(date_code(text)) == text


@given(st.text(max_size=12))
def test_any_date_has_a_code(text):
    assert isinstance(date_text(date_code(text)), (str, type(None)))


def test_a_province_is_new_only_in_texts_of_after_the_merger_that_do_not_speak_of_before():
    renewed = lambda published, as_of: tabled(document(1, [figure(416, "Đồng Tháp", as_of)], published)).rows["dong-thap"][int(as_of[:4])].facts[0].renewed
    assert renewed("2026-02-26", "2026-02-26") and renewed("2026-02-26", "2021") and renewed(None, "2025-12")
    assert not renewed("2026-02-26", "2025-06-30") and not renewed("2023-01-05", "2025-12")


def test_an_index_without_figures_has_an_empty_table(tmp_path):
    writer = Writer(tmp_path / "index")
    writer.add(row(document(1, [])))
    writer.finish()
    with WhooshEngine(tmp_path / "index") as engine:
        found = engine.table(Query(), Asked("htx"))
        assert (dict(found.rows), found.years, found.measures) == ({}, (), {}) and not list(engine.figures(Query()).reported)
        assert not chosen(FigureColumns.of_documents([]), Wanted("htx")).size


PAGE = {"url": "https://bao.example/a", "title": "Kinh tế tập thể Điện Biên", "published": "2021-11-19",
        "text": "Hiện nay, toàn tỉnh Điện Biên có 264 hợp tác xã với trên 10.300 thành viên."}


def test_figures_survive_a_rebuild_of_unchanged_pages(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_text(json.dumps(PAGE), encoding="utf-8")
    run = lambda *words: CliRunner().invoke(main, [*map(str, words), "--data", str(tmp_path / "var")])
    assert run("rebuild", tmp_path / "a.jsonl").exit_code == 0
    before = json.loads(run("figures", "--json").stdout)
    assert Counter(f["measure"] for f in before["figures"]) == {"htx": 1, "thanh_vien": 1}
    monkeypatch.setattr(prepared, "prepare", lambda page: pytest.fail("the page was read again"))
    assert "1 unchanged" in run("rebuild").output
    assert json.loads(run("figures", "--json").stdout) == before


SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="shared/seeds is not there")
def test_the_figures_of_the_five_seeds_are_found_by_measure_province_and_year(tmp_path):
    run = lambda *words: CliRunner().invoke(main, [*map(str, words), "--data", str(tmp_path / "var")])
    assert run("rebuild", SEEDS).exit_code == 0
    values = lambda *words: {f["value"] for f in json.loads(run("figures", "--json", *words).stdout)["figures"]}
    assert {264, 433, 445, 404, 417} <= values("--measure", "htx")
    assert 264 in values("--measure", "htx", "--tinh", "Điện Biên", "--nam", "2021")
    assert 264 not in values("--measure", "htx", "--tinh", "Hòa Bình")


def test_the_command_prints_each_with_its_sentence(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(PAGE), encoding="utf-8")
    run = lambda *words: CliRunner().invoke(main, [*map(str, words), "--data", str(tmp_path / "var")])
    run("rebuild", tmp_path / "a.jsonl")
    assert "264 HTX · Điện Biên" in run("figures").stdout and PAGE["text"] in run("figures").stdout
    csv = run("figures", "--csv").stdout
    assert csv.startswith("\ufeffmeasure,") and "264" in csv
    assert run("figures", "--csv", "--json").exit_code == 2
    assert json.loads(run("figures", "không có đâu", "--json").stdout)["total"] == 0
    assert "timhtx rebuild" in CliRunner().invoke(main, ["figures", "--data", str(tmp_path / "nowhere")]).output


def test_a_document_described_is_a_document_found():
    found = describe(Article("https://bao.example/b", "Điện Biên", body="Toàn tỉnh Điện Biên có 264 hợp tác xã.", published=Evidence("2021-11-19", "given")))
    assert tabled(found).rows["dien-bien"][2021].facts[0].value == 264
