"""Short forms: the table reads both ways, with and without accents, and texts define their own."""
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.abbreviations import abbreviations, definitions, expansions, families, form, others
from index.spelling import fold

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "articles_dev.jsonl"
FORMS = [(family, one) for family in families() for one in family]
#: What one syllable looks like without accents; a short form that does would turn words of running text into names.
SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:[cmnpt]|ch|ng|nh)?")


def test_a_form_belongs_to_one_name():
    for key in (lambda one: one, lambda one: tuple(map(fold, one))):
        assert [form for form, n in Counter(key(one) for _, one in FORMS).items() if n > 1] == []


def test_every_form_leads_to_all_others_with_and_without_accents():
    for family, one in FORMS:
        rest = {other for other in family if other != one}
        assert rest and set(others(one)) == set(others(tuple(map(fold, one)))) == rest


def test_no_short_form_is_a_syllable_of_its_own():
    assert [short for (short, *_) in families() if len(short) == 1 and SYLLABLE.fullmatch(fold(short[0]))] == []


@pytest.mark.parametrize("short, name", [
    ("HTX", "hợp tác xã"), ("htx", "hợp tác xã"), ("KTTT", "kinh tế tập thể"), ("THT", "tổ hợp tác"),
    ("LHHTX", "liên hiệp hợp tác xã"),
    ("LMHTX", "liên minh hợp tác xã"), ("Liên minh HTX", "liên minh hợp tác xã"), ("QTDND", "quỹ tín dụng nhân dân"),
    ("KTHT", "kinh tế hợp tác"), ("UBND", "ủy ban nhân dân"), ("HĐND", "hội đồng nhân dân"),
    ("HDND", "hội đồng nhân dân"),
    ("BCH", "ban chấp hành"), ("BTV", "ban thường vụ"), ("T.Ư", "trung ương"), ("TW", "trung ương"),
    ("NTM", "nông thôn mới"),
    ("OCOP", "mỗi xã một sản phẩm"), ("CTMTQG", "chương trình mục tiêu quốc gia"),
    ("NN&PTNT", "nông nghiệp và phát triển nông thôn"),
    ("XTTM", "xúc tiến thương mại"), ("DTTS", "dân tộc thiểu số"), ("ĐBSCL", "đồng bằng sông Cửu Long"),
    ("BĐKH", "biến đổi khí hậu")])
def test_names_of_the_field_and_their_short_forms(short, name):
    assert form(name) in expansions(short)
    for typed in (name, name.upper(), fold(name)):
        assert any(fold(" ".join(form(short))) == fold(" ".join(found)) for found in abbreviations(form(typed)))


def test_accents_that_are_typed_are_meant():
    assert abbreviations(("hợp", "tạc", "xã")) == () == expansions("")
    assert abbreviations(form("uỷ ban nhân dân")) == (("ubnd",),)       # tone style is no accent


# Definitions

@pytest.mark.parametrize("text, found", [
    ("phát triển kinh tế tập thể (KTTT), hợp tác", [("kttt", "kinh tế tập thể")]),
    ("các Liên hiệp HTX (LHHTX)", [("lhhtx", "liên hiệp htx")]),
    ("Sở Nông nghiệp và Phát triển nông thôn (NN&PTNT)", [("nn ptnt", "nông nghiệp và phát triển nông thôn")]),
    ("Ủy ban nhân dân (sau đây gọi tắt là UBND)", [("ubnd", "ủy ban nhân dân")]),
    ("xúc tiến thương mại (viết tắt là “XTTM”)", [("xttm", "xúc tiến thương mại")]),
    ("phát triển kinh tế - xã hội (KT-XH)", [("kt xh", "kinh tế xã hội")]),
    ("HTX (hợp tác xã) là", [("htx", "hợp tác xã")]),
    ("ĐBSCL (đồng bằng sông Cửu Long)", [("đbscl", "đồng bằng sông cửu long")]),
    ("HỢP TÁC XÃ (HTX)", [("htx", "hợp tác xã")]), ("uỷ ban nhân dân (UBND)", [("ubnd", "ủy ban nhân dân")]),
    ("Tổ chức Thương mại Thế giới (WTO)", []), ("hợp tác. Xã (HTX)", []), ("ông A (SN 1980)", []),
    ("HTX (HTX)", []), ("tỉnh (X)", []),
    ("đại hội và (ĐHV)", []), ("ca sĩ Hoa Ban (Hoa Ban)", []), ("hợp tác xã\nHTX", []), ("(HTX)", []), ("HTX ()", [])])
def test_what_a_text_defines(text, found):
    assert list(definitions(text)) == found


def test_a_word_cut_by_the_window_is_not_taken():
    assert list(definitions("nghiêng" * 30 + " tác xã (GTX)")) == []


@given(st.text(st.sampled_from("HTXĐƯ(htx &.-)\"“” hợptácxã,\n"), max_size=80))
def test_a_definition_is_in_its_text(text):
    for short, long in definitions(text):
        syllables = " ".join(form(text))
        assert short in syllables and long in syllables and len(long.split()) > 1


def test_real_articles_define_what_the_table_knows():
    if not GOLD.exists():
        pytest.skip(f"real articles are not here: {GOLD}")
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    told = {pair for text in texts for pair in definitions(text)}
    known = [(short, long) for short, long in told if tuple(long.split()) in expansions(short)]
    assert ("htx", "hợp tác xã") in known and len(known) >= len(told) / 2
