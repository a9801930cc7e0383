"""Abbreviations both ways: each form of a name finds the same articles, and each can be switched off."""
import unicodedata

import pytest

from oracle import holds
from search.expansion import ALL, Table, table
from search.terms import read
from search.tree import Code
from test_terms import document, nodes

ARTICLES = ["Hợp tác xã Thanh Bình ra mắt", "HTX Thanh Bình làm ăn có lãi", "Sự hợp tác của các xã", "Liên minh HTX tỉnh họp",
            "Liên minh hợp tác xã tỉnh họp", "LMHTX tỉnh họp", "HTX nông nghiệp", "Kinh tế tập thể", "tác phẩm hợp với xã hội",
            "Nghị quyết số 20-NQ/TW", "NQ20 đi vào cuộc sống", "nghị quyết 20 của Trung ương", "20 xã", "06-NQ/TU"]
ROWS = [document(text) for text in ARTICLES]


def found(query, off=frozenset()):
    tree = read(query, off).all
    return {text for text, row in zip(ARTICLES, ROWS) if holds(tree, row)}


@pytest.mark.parametrize("forms", [
    ["HTX", "htx", "hợp tác xã", "hop tac xa", "HỢP TÁC XÃ", "Hợp\u00a0 tác xã", unicodedata.normalize("NFD", "hợp tác xã")],
    ["LMHTX", "liên minh hợp tác xã", "Liên minh HTX", "lien minh hop tac xa"],
    ["20-NQ/TW", "NQ20", "NQ 20", "nghị quyết 20-NQ/TW", "Nghị quyết số 20", "nghi quyet 20", "20 -NQ/TW"],
])
def test_all_forms_find_the_same(forms):
    sets = [found(form) for form in forms]
    assert all(one == sets[0] for one in sets) and len(sets[0]) >= 3


def test_a_name_is_a_phrase_not_its_scattered_syllables():
    assert "Sự hợp tác của các xã" not in found("HTX") | found("hợp tác xã")


def test_what_follows_a_name_need_not_be_next_to_it():
    assert holds(read("hợp tác xã nông nghiệp").all, document("HTX dịch vụ nông nghiệp"))
    assert holds(read("hợp tác xã nông nghiệp").all, document("HTXNN Thanh Bình"))


@pytest.mark.parametrize("off", ["htx", ALL])
def test_switched_off_only_what_was_typed_is_found(off):
    assert not any("Hợp tác" in text for text in found("HTX", frozenset({off})))
    assert "HTX nông nghiệp" not in found("hợp tác xã", frozenset({off}))
    assert read("HTX", frozenset({off})).applied == ()


def test_what_was_done_is_told_with_the_key_that_undoes_it():
    assert [(a.key, a.text) for a in read("vốn của HTX").applied] == [("htx", "HTX = hợp tác xã")]
    assert [a.key for a in read("số 20-NQ/TW").applied] == ["ma-so"]


def test_a_hit_through_another_form_says_so():
    why = dict(read("HTX").why)
    assert holds(why["htx"], ROWS[0]) and not holds(why["htx"], ROWS[1])
    why = dict(read("hop tac xa").why)
    assert holds(why["khong-dau"], ROWS[0])
    why = dict(read("NQ20").why)
    assert holds(why["ma-so"], ROWS[9]) and not holds(why["ma-so"], ROWS[10])


def test_codes_can_be_switched_off():
    assert not any(isinstance(n, Code) for n in nodes(read("NQ20", frozenset({"ma-so"})).all))


def test_quotes_and_equals_signs_take_the_letters_as_they_are():
    assert "Hợp tác xã Thanh Bình ra mắt" not in found('"HTX"') | found("=HTX")


def test_most_words_count_a_name_by_its_syllables_in_either_form():
    asked = read("chính sách hợp tác xã kiểu mới ở vùng cao tây bắc")
    assert holds(asked.most, document("HTX ở vùng"))


def test_a_harvested_name_is_one_more_and_never_takes_a_form_from_the_table():
    harvested = (("snv", "sở nội vụ"), ("htx", "hội thanh xuân"))
    assert table(harvested).stretches(["snv"], False, frozenset())[0].name.forms[1] == ("sở", "nội", "vụ")
    assert table(harvested).exact[("htx",)].forms[1] == ("hợp", "tác", "xã")


def test_stretches_are_in_order_apart_and_the_longest():
    known = Table.of(((("ab",), ("a", "b")), (("abc",), ("a", "b", "c"))))
    found = known.stretches(["a", "b", "c", "a", "b", "x", "ab"], False, frozenset())
    assert [(s.first, s.after, s.head) for s in found] == [(0, 3, True), (3, 5, False), (6, 7, False)]
