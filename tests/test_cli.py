"""The command line as its users meet it: each command, its wrong uses, and what it says to do next."""
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
PAGES = [
    {"url": "https://bao.example/lua", "title": "Hợp tác xã lúa An Giang", "published": "2022-09-15", "source": "Báo Đồng Quê",
     "text": "HTX lúa ở huyện Tri Tôn, tỉnh An Giang thực hiện Nghị quyết số 20-NQ/TW ngày 16/6/2022 về kinh tế tập thể."},
    {"url": "https://bao.example/ca", "title": "Lúa và cá Đồng Tháp", "published": "2021-03-02",
     "text": "Hợp tác xã nuôi cá, trồng lúa ở huyện Tháp Mười, tỉnh Đồng Tháp có 44 thành viên."},
]


def run(*words, **settings):
    return CliRunner().invoke(main, list(map(str, words)), **settings)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    (folder / "pages.jsonl").write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in PAGES), encoding="utf-8")
    assert run("rebuild", folder / "pages.jsonl", "--data", folder / "var").exit_code == 0
    return folder / "var"


def found(data, *words):
    result = run("search", *words, "--json", "--data", data)
    assert result.exit_code == 0, result.output
    return sorted(hit["url"][-3:].strip("/") for hit in json.loads(result.stdout)["hits"])


def test_a_word_with_a_minus_is_an_exclusion_and_no_option(data):
    assert found(data, "lúa") == ["ca", "lua"]
    assert found(data, "lúa", "-cá") == ["lua"]
    assert found(data, "lúa", "-tinh:an-giang") == ["ca"]


def test_filters_are_understood_as_people_write_them(data):
    assert found(data, "lúa", "--tinh", "An Giang") == found(data, "lúa", "--tinh", "an-giang") == ["lua"]
    assert found(data, "--nam", "2021") == ["ca"]
    assert found(data, "--nq", "20") == found(data, "--nq", "nq20") == ["lua"]


def test_json_has_the_shape_that_scripts_rely_on(data):
    answer = json.loads(run("search", "hợp tác xã", "--json", "--data", data).stdout)
    assert set(answer) >= {"query", "total", "match", "hits", "facets", "notes", "applied", "partial", "seconds"}
    assert set(answer["facets"]) == {"province", "province_now", "year", "resolution", "source"}
    hit = answer["hits"][0]
    assert set(hit) >= {"id", "url", "title", "passages", "source", "published", "year", "provinces", "resolutions", "score", "why"}
    for text in (hit["title"], *hit["passages"]):
        assert all(0 <= start < end <= len(text["text"]) for start, end in text["spans"])


def test_on_the_terminal_a_hit_shows_its_facts_and_marks(data):
    shown = run("search", "lúa", "--nq", "20", "--data", data).stdout
    assert "1 bài" in shown and "[lúa]" in shown and "An Giang" in shown and "15/09/2022" in shown


def test_nothing_found_is_not_an_error(data):
    result = run("search", "không có đâu", "--data", data)
    assert result.exit_code == 0 and "0 bài" in result.stdout


@pytest.mark.parametrize("words, status, said", [
    (("search", "lúa", "--data", "nowhere"), 2, "timhtx rebuild PAGES"),
    (("status", "--data", "nowhere"), 2, "timhtx rebuild PAGES"),
    (("check", "--data", "nowhere"), 2, "timhtx rebuild PAGES"),
    (("rebuild", "no-such-folder"), 2, "does not exist"),
    (("rebuild", "--data", "nowhere"), 2, "timhtx rebuild PAGES"),
    (("read", "no-such-file"), 2, "does not exist"),
    (("search", "lúa", "--page", "0"), 2, "--page"),
    (("serve", "--port", "99999"), 2, "--port"),
    (("serve", "--data", "nowhere"), 2, "timhtx rebuild PAGES"),
    (("harvest",), 2, "No such command"),
])
def test_what_cannot_be_done_is_said_with_what_helps(tmp_path, monkeypatch, words, status, said):
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == status and said in result.output
    assert "Traceback" not in result.output and not list(tmp_path.iterdir())


def test_every_command_shows_an_example():
    for name, command in main.commands.items():
        assert f"Example:  timhtx {name}" in run(name, "--help").output, name


def test_skipped_pages_are_told_by_the_exit_status_and_the_summary(tmp_path):
    (tmp_path / "pages.jsonl").write_text(json.dumps(PAGES[0]) + "\n{}\n", encoding="utf-8")
    result = run("rebuild", tmp_path / "pages.jsonl", "--data", tmp_path / "var")
    assert result.exit_code == 1 and "1 skipped" in result.output and "skipped.tsv" in result.output


def test_the_inputs_are_remembered_and_can_be_added_to(tmp_path):
    for name, page in zip("ab", PAGES):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(page), encoding="utf-8")
    data = ("--data", tmp_path / "var")
    count = lambda: json.loads(run("status", "--json", *data).stdout)["documents"]
    for words, documents in ((("rebuild", tmp_path / "a.jsonl"), 1), (("rebuild", "--add", tmp_path / "b.jsonl"), 2), (("rebuild",), 2)):
        assert run(*words, *data).exit_code == 0
        assert count() == documents


def test_check_finds_a_changed_byte_and_says_what_helps(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(PAGES[0]), encoding="utf-8")
    data = ("--data", tmp_path / "var")
    run("rebuild", tmp_path / "a.jsonl", *data)
    assert run("check", *data).exit_code == 0
    generation = json.loads(run("status", "--json", *data).stdout)["generation"]
    file = max((tmp_path / "var" / generation).rglob("*"), key=lambda p: p.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)
    result = run("check", *data)
    assert result.exit_code == 2 and "was changed" in result.output and "timhtx rebuild" in result.output


def test_read_shows_what_a_page_becomes(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(PAGES[0], ensure_ascii=False), encoding="utf-8")
    row = json.loads(run("read", tmp_path / "a.jsonl", "--json").stdout)
    assert row["kind"] == "article" and row["reason"] is None and row["published"]["value"] == "2022-09-15"
    assert [p["value"] for p in row["provinces"]] == ["an-giang"] and [r["value"] for r in row["resolutions"]] == ["nq20"]
    assert set(row) >= {"url", "kind", "reason", "title", "kicker", "lead", "body", "byline", "attribution", "source",
                        "published", "year", "provinces", "resolutions", "other_resolutions", "figures"}
    (tmp_path / "b.html").write_text("")
    other = run("read", tmp_path / "b.html", "--json")
    assert other.exit_code == 1 and json.loads(other.stdout)["kind"] == "empty"


def test_analyse_gives_tokens_with_their_places():
    rows = json.loads(run("analyse", "Hợp tác xã theo 20-NQ/TW", "--json").stdout)
    text = "Hợp tác xã theo 20-NQ/TW"
    assert {(r["kind"], r["text"], text[r["start"]:r["end"]]) for r in rows} >= {
        ("word", "hợp_tác_xã", "Hợp tác xã"), ("code", "nq20", "20-NQ/TW")}


@pytest.mark.skipif(not SEEDS.exists(), reason="shared/seeds is not there")
def test_the_five_seeds_are_found_as_a_careful_reader_would(tmp_path):
    data = ("--data", tmp_path / "var")
    assert run("rebuild", SEEDS, *data).exit_code == 0
    answer = lambda *words: json.loads(run("search", *words, "--json", *data).stdout)
    totals = {words: answer(words)["total"] for words in ("hợp tác xã", '"đô thị hóa"', "hop tac xa", "HTX", "nq:20", "nq:13")}
    assert totals == {"hợp tác xã": 5, '"đô thị hóa"': 0, "hop tac xa": 5, "HTX": 5, "nq:20": 2, "nq:13": 1}
    facets = answer("hợp tác xã")["facets"]
    counted = lambda name: {v["label"]: v["count"] for v in facets[name]}
    assert counted("province") == {"Điện Biên": 1, "Hòa Bình": 1, "Lào Cai": 1, "Quảng Bình": 1, "Chưa xác định": 1}
    assert counted("year") == {"2020": 1, "2021": 2, "2022": 1, "2023": 1}


def test_a_reading_for_the_eye_says_why_each_figure_is_one(tmp_path):
    page = tmp_path / "bai.txt"
    page.write_text("Hiện nay, toàn tỉnh Điện Biên có 264 hợp tác xã. Phấn đấu đến năm 2030, toàn tỉnh có 400 hợp tác xã.", encoding="utf-8")
    lines = [line.strip() for line in run("read", str(page)).stdout.splitlines()]
    at = next(i for i, line in enumerate(lines) if line.startswith("figure"))
    assert "htx 264 · htx · Điện Biên" in lines[at] and "number 264 hợp tác xã" in lines[at + 1]
    assert "goal" in lines[at + 2] and lines[at + 3].endswith("a goal")
