"""With security on: who may do what, by the two roles of the documentation, on a real node over HTTPS."""
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from nodes import Unavailable
from search import NoIndex, Query, Unreachable, open_engine
from search.opening import Following
from search.tables import Asked
from secured import secured
from test_rebuild import lines, story
from web.cli import main

DOCS = Path(__file__).resolve().parent.parent / "docs" / "cluster.md"
PASSWORD = "Một-câu-dài-mà-không-ai-đoán-ra-9"
pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """A node that knows both roles as the documentation has them, and a user of each."""
    try:
        with secured(tmp_path_factory.mktemp("certificate")) as found:
            roles = re.findall(r"PUT (_plugins/_security/api/roles/(\S+))\n(\{.*?\}\]\})\n", DOCS.read_text(encoding="utf-8"), re.S)
            assert [name for _, name, _ in roles] == ["timhtx-reader", "timhtx-writer"]
            for path, name, body in roles:
                found.put(path, json.loads(body))
                found.put(f"_plugins/_security/api/internalusers/{name}", {"password": PASSWORD})
                found.put(f"_plugins/_security/api/rolesmapping/{name}", {"users": [name]})
            yield found
    except Unavailable as reason:
        pytest.skip(f"NO SECURED NODE TO TEST ON: {reason}")


@pytest.fixture
def where(node, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TIMHTX_CA", str(node.authority))
    monkeypatch.setenv("TIMHTX_PASSWORD", PASSWORD)
    return f"https://{node.host}:{node.port}/htx"


def run(*words):
    return CliRunner().invoke(main, list(map(str, words)))


def test_one_role_rebuilds_and_the_other_reads_and_cannot_write(where, tmp_path, monkeypatch):
    file = lines(tmp_path / "a.jsonl", [story(n) for n in range(30)])
    monkeypatch.setenv("TIMHTX_USER", "timhtx-reader")
    with pytest.raises(NoIndex):
        open_engine(where)
    monkeypatch.setenv("TIMHTX_USER", "timhtx-writer")
    for words in (("rebuild", file), ("status",), ("check",), ("withhold", "https://bao.example/1", "--reason", "thử"), ("rebuild",),
                  ("rebuild", file, "--part", "1/1", "--generation", "jan")):
        done = run(*words, "--data", where)
        assert done.exit_code == 0, (words, done.output)
    monkeypatch.setenv("TIMHTX_USER", "timhtx-reader")
    assert run("status", "--data", where).exit_code == run("check", "--data", where).exit_code == 0
    with open_engine(where) as engine:
        query = Query("hop tac xa", size=5)
        found = engine.search(query)
        assert found.total == 29 == len(list(engine.scan(query))) and engine.document(found.hits[0].id)
        assert engine.grid(query) and engine.values("year", query).values and engine.suggest("hợp t") is not None
        engine.similar(found.hits[0].id), engine.copies(found.hits[0].id), engine.table(query, Asked("htx"))
        assert list(engine.figures(query).reported) is not None
    assert Following(where)().about().documents == 30
    refused = run("rebuild", file, "--data", where)
    assert refused.exit_code == 2 and "refuses the login (403" in refused.output
    assert run("withhold", "https://bao.example/2", "--reason", "thử", "--data", where).exit_code == 2


def test_what_is_wrong_with_a_login_or_a_certificate_is_said(where, monkeypatch):
    monkeypatch.setenv("TIMHTX_USER", "timhtx-reader")
    monkeypatch.setenv("TIMHTX_PASSWORD", "sai")
    with pytest.raises(Unreachable, match=r"refuses the login \(401.*TIMHTX_PASSWORD"):
        open_engine(where)
    monkeypatch.delenv("TIMHTX_CA")
    with pytest.raises(Unreachable, match="certificate.*TIMHTX_CA"):
        open_engine(where)
