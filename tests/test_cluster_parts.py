"""What a cluster's engine does without asking it: addresses, packing, its query language, whether a document satisfies a tree."""
import json
import random

import pytest

from index.analysis import fold
from index.fields import row
from index.opensearch_address import Unreachable, place
from index.opensearch_documents import Kept, fed, id_of, key_of, pack
from index.opensearch_pairs import Pairs, tables
from index.whoosh_writer import Writer
from oracle import holds as scanned
from search import tree
from search.opensearch_holding import holds
from search.opensearch_tree import asked, scored
from search.terms import read
from search.whoosh_engine import WhooshEngine
from test_contract import documents, queries


def back(r, **more):
    """A row as it comes back from a cluster."""
    told = json.loads(pack(r, **more))
    return Kept(told["id"], told["doc"])


def rows(seed, count=40):
    return [row(document) for document in documents(random.Random(seed), count)]


def test_a_row_comes_back_as_it_was_sent():
    for r in rows(1):
        kept = back(r, signature=b"\x00\xff", copies=3)
        assert kept.document() == r.document and (kept.signature, kept.copies) == (b"\x00\xff", 3)
        for name, tokens in r.tokens.items():
            found = kept.tokens[name]
            assert found.texts == tokens.texts and found.codes == tokens.codes
            for column in ("starts", "ends", "joined"):
                assert getattr(found, column).tolist() == getattr(tokens, column).tolist()
            assert kept.folds[name].split() == list(map(fold, tokens.texts))


def test_a_document_satisfies_a_tree_where_a_scan_says_so():
    rng, found = random.Random(2), rows(2)
    kept = [back(r) for r in found]
    for query in queries(rng, 150):
        meant = read(query.text, query.off, query.match)
        for node in filter(None, (meant.all, meant.most, *(node for _, node in meant.why))):
            assert [holds(node, one) for one in kept] == [scanned(node, r) for r in found], node


def test_every_node_has_its_query_and_only_words_score():
    rng = random.Random(3)
    for query in queries(rng, 150):
        json.dumps(asked(read(query.text, query.off, query.match).all))
    assert not scored(tree.And((tree.Everything(), tree.Not(tree.Syllable("lúa")))))
    assert scored(tree.Or((tree.Has("year", frozenset({"2020"})), tree.Syllable("lúa"))))


def test_pairs_are_counted_as_the_embedded_engine_does_also_in_parts(tmp_path):
    found = rows(4, 60)
    whole, halves, writer = Pairs(), (Pairs(), Pairs()), Writer(tmp_path)
    for number, r in enumerate(found):
        whole.add(r)
        halves[number % 2].add(r)
        writer.add(r)
    writer.finish()
    pairs = [("hợp", "tác"), ("tác", "xã"), ("lúa", "cá"), ("không", "có")]
    one = tables(("1", blob) for blob in whole.blobs())["pairs"].counts(pairs)
    with WhooshEngine(tmp_path) as engine:
        assert one.tolist() == engine.finder.neighbours(pairs).tolist()
    both = tables((str(number), blob) for number, half in enumerate(halves) for blob in half.blobs())["pairs"].counts(pairs)
    assert (both >= .9 * one).all()


def test_ids_are_numbers_with_a_sign_and_long_tokens_are_told_apart():
    assert all(id_of(key_of(id)) == id for id in ("0" * 16, "f" * 16, "8" + "0" * 15, "7" + "f" * 15))
    assert fed("a" * 300) != fed("a" * 299 + "b") and len(fed("a" * 99_999)) < 300 and fed("xã") == "xã"


@pytest.mark.parametrize("url, said", [
    ("https://me:secret@host:9200/htx", "TIMHTX_PASSWORD"), ("https://host:9200/", "/htx"), ("http://host:9200/Htx", "small letters"),
    ("http://host:nine/htx", "no host and port"), ("http://:9200/htx", "no host and port"),
])
def test_what_is_no_address_is_said_without_repeating_a_password(url, said):
    with pytest.raises(Unreachable, match=said) as error:
        place(url)
    assert "secret" not in str(error.value)


def test_an_address_has_nodes_a_name_and_a_login_from_elsewhere(tmp_path, monkeypatch):
    address = place("https://a:9201,b/htx")
    assert address.nodes == (("a", 9201), ("b", 9200)) and str(address) == "https://a:9201,b:9200/htx"
    monkeypatch.delenv("TIMHTX_USER", raising=False)
    (tmp_path / "netrc").write_text("machine b login me password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert address.login() == ("me", "secret")
    monkeypatch.setenv("TIMHTX_USER", "you")
    monkeypatch.setenv("TIMHTX_PASSWORD", "other")
    assert address.login() == ("you", "other") and "secret" not in repr(address)


