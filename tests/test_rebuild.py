"""A rebuild reads everything, loses nothing, and whatever becomes of it the index before it goes on answering."""
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import generations, rebuild
from index.kept import Kept
from search import Query, open_engine
from search.opening import Following, verify

ROOT = Path(__file__).resolve().parent.parent
KILLS = 20


def build(root, *paths, **settings):
    return rebuild.rebuild(paths, root, verify=verify(root), **settings)


def lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def story(number, **more):
    return {"url": f"https://bao.example/{number}", "title": f"Hợp tác xã số {number}", "published": "2022-03-01",
            "text": f"HTX số {number} ở huyện Lạc Sơn, tỉnh Hòa Bình có {number + 10} thành viên. " * 4, **more}


def test_what_was_read_is_indexed_counted_or_named_with_its_reason(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    lines(pages / "a.jsonl", [story(1), story(2), {"no": "text"}])
    (pages / "empty.html").write_text("")
    (pages / "b.html").write_bytes("<h1>Hợp tác xã Tân Tiến</h1><p>".encode() + "Hợp tác xã trồng lúa ở Đồng Tháp. ".encode() * 30)
    report = build(tmp_path / "var", pages)
    manifest = report.manifest
    assert (manifest.documents, sum(manifest.skipped.values())) == (3, 2)
    named = (tmp_path / "var" / manifest.name / rebuild.SKIPPED).read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in named] == ["a.jsonl:3", "file:empty.html"]
    with open_engine(tmp_path / "var") as engine:
        assert engine.search(Query("hợp tác xã")).total == engine.about().documents == 3


def test_of_the_same_address_saved_twice_the_newest_counts(tmp_path):
    file = lines(tmp_path / "a.jsonl", [
        story(1), story(1, url="http://www.bao.example/1/", title="Tựa mới của hợp tác xã"), story(2)])
    report = build(tmp_path / "var", file)
    assert (report.manifest.documents, report.manifest.superseded) == (2, 1)
    with open_engine(tmp_path / "var") as engine:
        assert engine.search(Query('"tựa mới"')).total == 1


def test_later_copies_point_to_the_first_publication(tmp_path):
    text = " ".join(f"Hợp tác xã thứ {n} của xã bán được {n * 7} tấn cam cho thương lái." for n in range(40))
    file = lines(tmp_path / "a.jsonl", [
        story(1, text=text, published="2022-05-02"), story(2, text=text, published="2022-05-01"), story(3)])
    build(tmp_path / "var", file)
    with open_engine(tmp_path / "var") as engine:
        hits = {h.url[-1]: h for h in engine.search(Query(size=10)).hits}
        assert hits["1"].copy_of == hits["2"].id and hits["2"].copy_of is None and hits["2"].copies == 1
        assert engine.search(Query(reprints=False)).total == 2


def test_a_rebuild_reads_again_only_what_changed_and_gives_the_same(tmp_path):
    rows = [story(n) for n in range(30)]
    build(tmp_path / "var", lines(tmp_path / "a.jsonl", rows))
    rows[7] = story(7, title="Hợp tác xã đã đổi tựa")
    report = build(tmp_path / "var", lines(tmp_path / "a.jsonl", rows))
    assert report.reused == 29
    fresh = build(tmp_path / "fresh", tmp_path / "a.jsonl")
    for query in (Query("hợp tác xã", size=50), Query('"đổi tựa"'), Query(sort="newest", size=50)):
        found = []
        for root in (tmp_path / "var", tmp_path / "fresh"):
            with open_engine(root) as engine:
                found.append([(h.id, h.score, h.passages) for h in engine.search(query).hits])
        assert found[0] == found[1]
    assert fresh.reused == 0


def test_the_kept_analysis_may_be_deleted_or_damaged_at_any_time(tmp_path):
    file = lines(tmp_path / "a.jsonl", [story(n) for n in range(5)])
    build(tmp_path / "var", file)
    kept = tmp_path / "var" / "analysis" / "pages.sqlite"
    for leftover in kept.parent.glob("pages.sqlite-*"):
        leftover.unlink()
    kept.write_bytes(b"not a database, " * 500)
    assert build(tmp_path / "var", file).reused == 0
    assert build(tmp_path / "var", file).reused == 5


def test_what_no_rebuild_needs_any_more_is_forgotten(tmp_path):
    with Kept(tmp_path) as kept:
        kept.put([(b"old", b"1"), (b"new", b"2")], now=1.0)
        kept.touch([b"new"], now=2.0)
        kept.forget(before=2.0)
        assert kept.get(b"old") is None and kept.get(b"new") == b"2"


def test_workers_read_as_one_process_does(tmp_path):
    file = lines(tmp_path / "a.jsonl", [story(n) for n in range(rebuild.ALONE + 3)])
    found = []
    for processes in (1, 2):
        build(tmp_path / str(processes), file, processes=processes)
        with open_engine(tmp_path / str(processes)) as engine:
            found.append([h.id for h in engine.scan(Query("thành viên"))])
    assert found[0] == found[1] and len(found[0]) == rebuild.ALONE + 3


def test_nothing_to_index_is_an_error_and_leaves_the_live_index(tmp_path):
    build(tmp_path / "var", lines(tmp_path / "a.jsonl", [story(1)]))
    (tmp_path / "empty.html").write_text("")
    with pytest.raises(rebuild.NothingToIndex, match="no article among 1 pages"):
        build(tmp_path / "var", tmp_path / "empty.html")
    with open_engine(tmp_path / "var") as engine:
        assert engine.about().documents == 1


def test_a_generation_that_does_not_answer_is_never_published(tmp_path):
    def refuse(folder, documents):
        raise generations.DamagedIndex(tmp_path, "one article is missing")

    with pytest.raises(generations.DamagedIndex):
        rebuild.rebuild([lines(tmp_path / "a.jsonl", [story(1)])], tmp_path / "var", verify=refuse)
    assert generations.published(tmp_path / "var") == []


def test_a_server_takes_up_a_new_generation_and_keeps_the_old_one_open_meanwhile(tmp_path):
    build(tmp_path / "var", lines(tmp_path / "a.jsonl", [story(1)]))
    following = Following(tmp_path / "var")
    before = following()
    for count in (2, 3, 4):
        build(tmp_path / "var", lines(tmp_path / "a.jsonl", [story(n) for n in range(count)]))
        assert following().search(Query()).total == count
        assert before.search(Query("hợp tác xã")).total == 1


def test_a_rebuild_killed_at_any_moment_leaves_the_index_answering(tmp_path):
    """SIGKILL at random moments of a rebuild: the index before it, or the one it made, is live and whole."""
    var = tmp_path / "var"
    old = lines(tmp_path / "old.jsonl", [story(n) for n in range(40)])
    new = lines(tmp_path / "new.jsonl", [story(n) for n in range(60)])
    build(var, old)
    rng = random.Random(5)
    took = timed(lambda: killed(var, new, None))
    for _ in range(KILLS):
        killed(var, new if rng.random() < .7 else old, rng.uniform(0.2, 1.05) * took)
        with open_engine(var) as engine:
            found = engine.search(Query("hợp tác xã", size=100))
            assert found.total == len(found.hits) == engine.about().documents in (40, 60)
        assert generations.damage(*generations.live(var)) == []
    report = build(var, new)
    assert report.manifest.documents == 60 and not list(var.glob("*.building"))


def killed(var, pages, after):
    process = subprocess.Popen([sys.executable, "-c", "from web.cli import main; main()", "rebuild", str(pages), "--data", str(var)],
                               cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def timed(call):
    began = time.monotonic()
    call()
    return time.monotonic() - began


def test_abbreviations_that_several_articles_explain_find_each_other(tmp_path):
    explained = [story(n, text=f"Câu lạc bộ nông dân trẻ (CLBNDT) số {n} ở tỉnh Hòa Bình bàn việc giữ giá cam. " * 3) for n in range(3)]
    short = story(9, title="Chuyện CLBNDT", text="Buổi họp của CLBNDT kéo dài đến chiều. " * 5)
    build(tmp_path / "var", lines(tmp_path / "a.jsonl", [*explained, short]))
    with open_engine(tmp_path / "var") as engine:
        for words in ("câu lạc bộ nông dân trẻ", "CLBNDT", "cau lac bo nong dan tre"):
            assert engine.search(Query(words)).total == 4, words


def test_a_damaged_live_generation_is_told_and_the_one_before_it_serves(tmp_path):
    for count in (1, 2):
        build(tmp_path / "var", lines(tmp_path / "a.jsonl", [story(n) for n in range(count)]))
    folder, _ = generations.live(tmp_path / "var")
    schema = next(folder.glob("*.toc"))
    schema.write_bytes(schema.read_bytes().replace(b"title", b"titlf"))
    with pytest.raises(generations.DamagedIndex, match="toc was changed"):
        open_engine(tmp_path / "var")
    following = Following(tmp_path / "var")
    assert following().search(Query()).total == 1 and "toc was changed" in str(following.failure)
