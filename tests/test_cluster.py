"""A cluster answers as the scan and the embedded engine do, and keeps generations as a folder does. On real nodes."""
import json
import lzma
import random
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from index import opensearch_generations as generations
from index import rebuild
from index.fields import FACETS, row
from index.generations import NoIndex, OutdatedIndex
from index.keeping import keeping
from index.opensearch_address import Unreachable
from index.opensearch_cluster import Cluster
from index.spelling import fold
from oracle import Oracle
from search import Query, open_engine
from search.opening import Following, verify
from search.opensearch_engine import OpenSearchEngine
from test_contract import QUERIES, counted, documents, hold_to_the_figures, queries
from test_rebuild import lines, story
from web.cli import main

NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "news-50k.jsonl.xz"
ARTICLES, ASKED, SAME = 2_000, 200, .95


def build(cluster, found):
    """A generation of documents, not published."""
    manifest = generations.begin(cluster).manifest
    writer, sizes = generations.writer(cluster, manifest.name), Counter(d.copy_of for d in found)
    for document in found:
        writer.add(row(document), copies=sizes[document.copy_of or document.id])
    assert writer.finish() == len(found)
    return manifest


def hold_to_the_contract(where, seed):
    rng = random.Random(seed)
    found = list(documents(rng, rng.choice([1, 30, 90])))
    oracle, cluster = Oracle(found), Cluster(where)
    with OpenSearchEngine(cluster, build(cluster, found)) as engine:
        for number, query in enumerate(queries(rng, QUERIES)):
            answer, ids = engine.search(query), oracle.ids(query)
            assert [h.id for h in answer.hits] == oracle.in_order(query)[:query.size], query
            assert (answer.total, answer.match) == (len(ids), oracle.match(query)), query
            for name in FACETS:
                assert counted(answer.facets[name]) == oracle.facet(query, name), (query, name)
            relevant = replace(query, sort="relevance")
            whole = [h.id for h in engine.search(relevant).hits]
            assert set(whole) == ids, query
            if number % 8 == 0:
                pages = [h.id for page in range(1, 6) for h in engine.search(replace(relevant, size=20, page=page)).hits]
                assert pages == whole == [h.id for h in engine.scan(relevant)], query
                assert engine.grid(query) == oracle.grid(query), query
                hold_to_the_figures(engine, oracle, query)
        for id, r in oracle.rows.items():
            assert engine.document(id) == r.document
        assert engine.document("nowhere") is engine.document("f" * 16) is None and engine.similar("f" * 16) == engine.copies("f" * 16) == ()


@pytest.mark.parametrize("shards, seed", [(1, 1), (1, 2), (3, 0), (3, 3)])
def test_the_contract_on_one_shard_and_on_three(where, monkeypatch, shards, seed):
    monkeypatch.setenv(generations.SHARDS, str(shards))
    hold_to_the_contract(where, seed)


@pytest.mark.soak
@pytest.mark.parametrize("shards", [1, 3])
@pytest.mark.parametrize("seed", range(8))
def test_the_contract_on_all_corpora(where, monkeypatch, shards, seed):
    monkeypatch.setenv(generations.SHARDS, str(shards))
    hold_to_the_contract(where, seed)


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """(a file of real articles, a data folder made of it)."""
    if not NEWS.exists():
        pytest.skip(f"{NEWS} is not here")
    folder = tmp_path_factory.mktemp("news")
    with lzma.open(NEWS, "rt", encoding="utf-8") as found, open(folder / "news.jsonl", "w", encoding="utf-8") as part:
        part.writelines(line for _, line in zip(range(ARTICLES), found))
    rebuild.rebuild([folder / "news.jsonl"], folder / "var", verify=verify(folder / "var"))
    return folder / "news.jsonl", folder / "var"


@pytest.mark.soak
@pytest.mark.parametrize("shards", [1, 3])
def test_the_first_ten_are_those_of_the_embedded_engine_and_all_counts_are_equal(news, where, monkeypatch, shards):
    monkeypatch.setenv(generations.SHARDS, str(shards))
    rebuild.rebuild([news[0]], where, verify=verify(where))
    rng = random.Random(1)
    with open_engine(news[1]) as one, open_engine(str(where)) as other:
        texts = [f"{h.title.text} {' '.join(p.text for p in h.passages)}" for h in one.scan(Query())]
        same = 0
        for number in range(ASKED):
            words = rng.choice(texts).split()
            at, size = rng.randrange(len(words)), rng.randint(1, 5)
            text = " ".join(words[at:at + size])
            query = Query(fold(text) if number % 4 == 3 else text, size=10)
            a, b = one.search(query), other.search(query)
            assert (a.total, a.match, a.facets) == (b.total, b.match, b.facets), query
            same += [h.id for h in a.hits] == [h.id for h in b.hits]
            shown = [{h.id: (h.title, h.passages, h.why, h.copies, h.copy_of) for h in found.hits} for found in (a, b)]
            assert all(shown[1][id] == told for id, told in shown[0].items() if id in shown[1]), query
    print(f"the same first ten: {same} of {ASKED}, {shards} shards")
    assert same >= SAME * ASKED


def run(*words):
    return CliRunner().invoke(main, list(map(str, words)))


def test_all_commands_do_in_a_cluster_what_they_do_in_a_folder(where, tmp_path):
    file = lines(tmp_path / "a.jsonl", [story(1), story(2), {"no": "text"}])
    assert run("search", "xã", "--data", where).exit_code == 2
    made = run("rebuild", file, "--data", where)
    assert made.exit_code == 1 and "2 articles indexed" in made.output
    named = next((tmp_path / "cache").rglob("skipped.tsv")).read_text(encoding="utf-8")
    assert named.startswith("a.jsonl:3\t")
    told = json.loads(run("status", "--json", "--data", where).output)
    assert (told["documents"], told["data"], told["inputs"]) == (2, str(where), [str(file)])
    assert json.loads(run("search", "hop tac xa", "--json", "--data", where).output)["total"] == 2
    assert run("check", "--data", where).exit_code == 0
    assert run("withhold", "https://bao.example/1", "--reason", "thử", "--data", where).exit_code == 0
    assert json.loads(run("search", "hợp tác xã", "--json", "--data", where).output)["total"] == 1
    assert run("rebuild", "--data", where).exit_code == 1
    assert json.loads(run("search", "hợp tác xã", "--json", "--data", where).output)["total"] == 1
    assert run("withhold", "https://bao.example/1", "--release", "--data", where).exit_code == 0
    assert json.loads(run("search", "hợp tác xã", "--json", "--data", where).output)["total"] == 2


def test_parts_are_one_index_once_all_are_there_and_copies_are_found_across_them(where, tmp_path):
    text = " ".join(f"Hợp tác xã thứ {n} của xã bán được {n * 7} tấn cam cho thương lái." for n in range(40))
    rows = [story(n) for n in range(12)] + [story(n, text=text, published=f"2022-05-{n - 9}") for n in range(20, 26)]
    file = lines(tmp_path / "a.jsonl", rows)
    part = lambda number: run("rebuild", file, "--part", f"{number}/3", "--generation", "jan", "--data", where)
    assert part(1).exit_code == part(3).exit_code == 0
    early = run("publish", "jan", "--data", where)
    assert early.exit_code == 2 and "lacks part 2" in early.output
    with pytest.raises(NoIndex):
        open_engine(str(where))
    assert part(2).exit_code == 0 and part(3).exit_code == 0        # a part may be built again
    assert run("publish", "jan", "--data", where).exit_code == 0
    with open_engine(str(where)) as engine:
        hits = {h.url: h for h in engine.search(Query("cam", size=50)).hits}
        first = hits["https://bao.example/20"]
        assert engine.search(Query()).total == engine.about().documents == 18
        assert first.copies == 5 and {h.copy_of for h in hits.values()} == {None, first.id}
        assert [h.url for h in engine.copies(first.id)] == [f"https://bao.example/{n}" for n in range(21, 26)]
        assert engine.search(Query(reprints=False)).total == 13
    again = run("publish", "jan", "--data", where)
    assert again.exit_code == 2 and "already" in again.output


def test_generations_come_and_go_beside_one_another(where, tmp_path):
    cluster, files = Cluster(where), [lines(tmp_path / f"{n}.jsonl", [story(i) for i in range(n)]) for n in (1, 2, 3)]
    abandoned = generations.begin(cluster).manifest.name
    published = [rebuild.rebuild([file], where, verify=verify(where)).manifest.name for file in files]
    names = {one.manifest.name for one in generations.every(cluster)}
    assert names == {abandoned, *published[1:]} and generations.live_name(cluster) == published[-1]
    earlier = generations.begin(cluster).manifest
    generations.writer(cluster, earlier.name).finish()
    assert not generations.publish(cluster, replace(earlier, started="2000"))
    assert generations.live_name(cluster) == published[-1]


def test_a_server_takes_up_a_new_generation_and_survives_the_end_of_its_own(where, tmp_path):
    rebuild.rebuild([lines(tmp_path / "a.jsonl", [story(1)])], where, verify=verify(where))
    following, kept = Following(str(where)), open_engine(str(where))
    for count in (2, 3, 4):
        rebuild.rebuild([lines(tmp_path / "a.jsonl", [story(n) for n in range(count)])], where, verify=verify(where))
    following._keeping._seen = (float("-inf"), None)
    assert following().search(Query()).total == 4
    assert kept.search(Query()).total == 4


def test_two_rebuilds_at_once_both_come_to_an_end(where, tmp_path):
    ends = []
    def one(count):
        file = lines(tmp_path / f"{count}.jsonl", [story(n) for n in range(count)])
        ends.append(rebuild.rebuild([file], where, verify=verify(where), processes=1))
    threads = [threading.Thread(target=one, args=(count,)) for count in (5, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = max((end.manifest for end in ends), key=lambda manifest: manifest.started)
    with open_engine(str(where)) as engine:
        assert engine.about().generation == last.name and engine.search(Query()).total == last.documents


def test_another_version_is_refused(where, tmp_path, monkeypatch):
    rebuild.rebuild([lines(tmp_path / "a.jsonl", [story(1)])], where, verify=verify(where))
    monkeypatch.setattr(generations, "fingerprint", lambda: "another")
    with pytest.raises(OutdatedIndex, match="timhtx rebuild --data http://"):
        open_engine(str(where))


def test_what_the_cluster_will_not_take_is_named_and_the_rest_is_indexed(where, tmp_path, monkeypatch):
    from index import opensearch_writer

    plain = opensearch_writer.pack
    spoiled = lambda r, *more: plain(r, *more).replace(b'"copy":false', b'"copy":"perhaps"') if "7" in r.document.article.url else plain(r, *more)
    monkeypatch.setattr(opensearch_writer, "pack", spoiled)
    made = rebuild.rebuild([lines(tmp_path / "a.jsonl", [story(n) for n in range(10)])], where, verify=verify(where))
    assert made.manifest.documents == 9 and "mapper_parsing_exception" in next(iter(made.manifest.skipped))


def test_a_read_only_index_is_told_from_a_lack_of_room(where):
    cluster = Cluster(where)
    name = generations.begin(cluster).manifest.name
    cluster("PUT", f"/{name}/_settings", {"index.blocks.read_only_allow_delete": True})
    writer = generations.writer(cluster, name)
    writer.add(row(next(documents(random.Random(1), 1))))
    with pytest.raises(Unreachable, match="read-only"):
        writer.finish()


def test_pages_past_any_window_and_choices_past_any_number_are_answered(where, tmp_path):
    rebuild.rebuild([lines(tmp_path / "a.jsonl", [story(n) for n in range(5)])], where, verify=verify(where))
    with open_engine(str(where)) as engine:
        assert engine.search(Query("xã", page=100_000, size=100)).total == 5
        many = frozenset(("source", f"Báo {n}") for n in range(70_000))
        assert engine.search(Query("xã", chosen=many)).total == 0
        assert engine.search(Query(" ".join(f"từ{n}" for n in range(1_500)))).total == 0
    assert keeping(where).live().documents == 5
