"""What is withheld stays withheld until it is released, under every spelling of its address."""
import json

import pytest

from index.rebuild import rebuild
from index.withheld import FILE, release, withheld, withhold
from search import Query
from search.opening import Following, verify


def test_an_address_is_withheld_with_reason_and_date_and_can_be_released(tmp_path):
    entry = withhold(tmp_path, "https://www.bao.example/bai-1.html?utm_source=x", "theo yêu cầu của tòa soạn")
    assert withheld(tmp_path) == {entry.id: entry} and entry.since.startswith("20")
    assert release(tmp_path, "http://bao.example/bai-1.html") == entry
    assert withheld(tmp_path) == {} and release(tmp_path, "http://bao.example/bai-1.html") is None


def test_a_damaged_list_is_an_error_and_never_an_empty_list(tmp_path):
    withhold(tmp_path, "https://bao.example/1", "x")
    (tmp_path / FILE).write_text('{"id": "a"')
    with pytest.raises(ValueError, match="mend or restore"):
        withheld(tmp_path)


def test_a_withheld_article_is_in_no_answer_and_comes_back_when_released(tmp_path):
    root, pages = tmp_path / "var", tmp_path / "a.jsonl"
    pages.write_text("".join(json.dumps({
        "url": f"https://bao.example/{n}", "title": f"Hợp tác xã số {n}", "published": "2022-03-01",
        "text": "Hợp tác xã cam ở huyện Cao Phong, tỉnh Hòa Bình bán được giá, thành viên phấn khởi. " * 5}) + "\n" for n in range(4)))
    rebuild([pages], root, verify=verify(root))
    following = Following(root)
    hidden = withhold(root, "https://bao.example/2", "theo yêu cầu")
    for again in range(2):
        engine = following()
        for query in (Query(), Query("hợp tác xã"), Query("cam", sort="newest")):
            found = engine.search(query)
            assert found.total == len(found.hits) == 3 and hidden.id not in {h.id for h in found.hits}
            assert [v.count for v in found.facets["province"].values] == [v.count for v in engine.values("province", query).values] == [3]
            assert sum(engine.grid(query).values()) == len(list(engine.scan(query))) == 3
        assert engine.document(hidden.id) is None and engine.similar(hidden.id) == ()
        first = engine.search(Query()).hits[0].id
        assert hidden.id not in {h.id for h in (*engine.copies(first), *engine.similar(first))}
        rebuild([pages], root, verify=verify(root))
    release(root, "https://bao.example/2")
    assert following().search(Query()).total == 4
