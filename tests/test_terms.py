"""What was typed becomes what is asked: laws of the reader, and what each sign means."""
import json
import lzma
import sys
import unicodedata
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import analyse
from index.fields import NONE
from index.spelling import fold
from oracle import holds
from search.expansion import table
from search.results import Exclusion
from search.syntax import MAX_DEPTH, OPERATORS
from search.terms import MAX_WORDS, SHORT, least, read
from search.tree import And, Everything, Has, Not, Or, Phrase, Prefix, Published, Some, Syllable

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "news-50k.jsonl.xz"
SIGNS = ['"', "“", "”", "(", ")", "-", "=", "*", "~2", ":", "..", "OR", "AND", "NOT", "HOẶC", "tinh:", "nam:2020", "-tinh:hue", "nq:",
         "tu:", "tieude:", "\0", "\ud800", "\u200b", "lúa", "hop tac xa", "HTX", "20-NQ/TW", "?", "!", "\n", "Hòa Bình", "số"]
typed = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=30).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))


def document(body, title="", **facets):
    """As much of an index row as the oracle looks at."""
    names = ("province", "province_now", "year", "resolution", "source")
    day = facets.pop("date", None)
    return SimpleNamespace(tokens={"title": analyse(title, words=False), "body": analyse(body, words=False)},
                           facets={name: facets.get(name, ()) for name in names}, date=day)


def finds(query, body, title="", off=frozenset(), **facets):
    return holds(read(query, off).all, document(body, title, **facets))


def nodes(node):
    yield node
    for part in getattr(node, "parts", ()) or ([node.part] if hasattr(node, "part") else ()):
        yield from nodes(part)


@settings(max_examples=200, deadline=None)
@given(typed)
def test_whatever_is_typed_is_read_and_always_the_same_way(text):
    asked = read(text)
    assert asked == read(text)
    assert all(0 <= note.at <= len(text) and note.text for note in asked.notes)
    assert len(asked.words) <= 2 * MAX_WORDS
    assert sum(1 for _ in nodes(asked.all)) < 40 * MAX_WORDS
    assert all(0 <= first < after <= len(asked.words) for first, after in asked.runs)
    if asked.most:
        some = next(n for n in nodes(asked.most) if isinstance(n, Some))
        assert 1 <= some.least <= len(some.parts)


@pytest.mark.parametrize("piece", ["(", ")", '"', '“', "-", "a ", "OR ", "NOT ", "-(", '="', "tinh:", "nam:2 ", "a*", "20-NQ/TW ", "tỉnh:a "])
def test_reading_takes_steps_in_proportion_to_the_text(piece):
    def steps(size):
        count = 0

        def counted(*_):
            nonlocal count
            count += 1

        sys.setprofile(counted)
        try:
            read(piece * (size // len(piece)))
        finally:
            sys.setprofile(None)
        return count

    steps(1000)
    assert steps(8000) < 2.6 * steps(4000) + 2000


def test_brackets_two_thousand_deep_are_read():
    asked = read("(" * 2000 + "lúa" + ")" * 2000)
    assert asked.all == Syllable("lúa")
    assert asked.notes[0].at == MAX_DEPTH


def test_ten_thousand_characters_are_cut_and_the_reader_is_told():
    asked = read(" ".join(f"chữ{i}" for i in range(2000)))
    assert len(asked.words) == MAX_WORDS
    assert str(MAX_WORDS) in asked.notes[0].text


@pytest.mark.parametrize("text", ["", "   ", "!!!", "“”", "()"])
def test_no_words_ask_for_everything(text):
    assert read(text).all == Everything()
    assert bool(read(text).notes) == bool(text.strip())


# Accents

def test_without_accents_any_accents_will_do():
    assert finds("hoa binh", "tỉnh Hòa Bình") and finds("hoa binh", "hoà bình") and finds("HOA BINH", "Hoa binh")


def test_with_an_accent_anywhere_all_accents_count():
    assert finds("hòa binh", "hoà binh") and not finds("hòa binh", "hòa bình")


def test_switched_off_the_missing_accents_count_too():
    assert not finds("hoa binh", "hòa bình", off=frozenset({"khong-dau"}))
    assert not finds("=hoa bình", "hòa bình") and finds("=hoà", "hòa")


def test_the_accents_of_a_province_say_nothing_of_the_words():
    assert finds('tỉnh:"Hòa Bình" nong san', "nông sản", province=("hoa-binh",))


def test_that_accents_were_added_is_told_with_its_key():
    assert [a.key for a in read("nong san").applied] == ["khong-dau"]
    assert read("nông sản").applied == ()


# The language

@pytest.mark.parametrize("query, hit, miss", [
    ("lúa cá", "cá và lúa", "lúa"),
    ('"lúa cá"', "ruộng lúa cá", "cá lúa"),
    ('"lúa cá"~1', "lúa và cá", "lúa thì có cá"),
    ("lúa OR cá", "cá", "tôm"),
    ("lúa HOẶC cá", "cá", "tôm"),
    ("lúa AND cá", "cá lúa", "cá"),
    ("lúa -cá", "lúa", "lúa cá"),
    ('lúa -"cá tôm"', "lúa cá", "lúa cá tôm"),
    ("lúa NOT cá", "lúa", "lúa cá"),
    ("-cá", "lúa", "cá"),
    ("lúa -(cá tôm)", "lúa cá", "lúa cá tôm"),
    ("(lúa OR ngô) -(cá OR tôm)", "ngô", "ngô tôm"),
    ("lúa cá OR tôm", "tôm", "lúa"),
    ("xuất kh*", "xuất khẩu", "xuất bản"),
    ("số 20 -NQ/TW", "số 20-NQ/TW", "số 20"),
    ("máy bay F -22", "máy bay F-22", "máy bay F"),
])
def test_what_the_signs_mean(query, hit, miss):
    assert finds(query, hit) and not finds(query, miss)


def test_words_in_capitals_are_operators_only_beside_others():
    assert isinstance(read("LÚA OR CÁ").all, And) and isinstance(read("lúa OR cá").all, Or)
    assert isinstance(read("HTX OR THT").all, Or)       # abbreviations are always in capitals
    assert finds("HỢP TÁC XÃ VÀ NÔNG DÂN", "hợp tác xã và nông dân")


def test_an_operator_without_something_to_join_is_a_word_and_a_note_says_where():
    asked = read("lúa OR")
    assert Syllable("or") in asked.all.parts and [note.at for note in asked.notes] == [4]


def test_fields_have_names_with_and_without_accents():
    assert read("tỉnh:Hòa Bình").all == read("tinh:hoa-binh").all == read('TINH:"hòa bình"').all == Has("province", frozenset({"hoa-binh"}))
    assert read("năm:2020..2022").all == Has("year", frozenset({"2020", "2021", "2022"})) == read("nam:2020-2022").all
    assert read("nq:13").all == read('nq:"NQ 13"').all == read("nq:nq13").all == Has("resolution", frozenset({"nq13"}))
    assert read("nq:khong-neu").all == Has("resolution", frozenset({NONE}))
    assert read("tinh:(Hòa Bình OR Lào Cai)").all == Or((Has("province", frozenset({"hoa-binh"})), Has("province", frozenset({"lao-cai"}))))
    assert read("tu:15/9/2022 den:2023-02").all == And((Published(since=date(2022, 9, 15)), Published(until=date(2023, 2, 28))))


def test_a_source_is_found_by_a_part_of_its_name():
    lexicon = SimpleNamespace(names=table(), values=lambda facet: ("Báo Hòa Bình", "Báo Lào Cai"), spellings=lambda folded: ())
    assert read('nguon:"hoa binh"', lexicon=lexicon).all == Has("source", frozenset({"Báo Hòa Bình"}))


def test_in_the_title():
    assert finds("tieude:lúa", "", "lúa") and not finds("tieude:lúa", "lúa", "cá")
    assert finds('tiêuđề:"lúa cá"', "", "lúa cá") and finds("tieude:(lúa OR cá)", "", "cá")


@pytest.mark.parametrize("text, at, words", [
    ("lúa nam:abc", 4, ["lúa", "nam", "abc"]), ("tinh:xyz", 0, ["tinh", "xyz"]), ("mau:do", 0, ["mau", "do"]),
    ('lúa "cá tôm', 4, ["lúa", "cá", "tôm"]), ("lúa (cá", 4, ["lúa", "cá"]), ("lúa) cá", 3, ["lúa", "cá"]), ("nq:99", 0, ["nq", "99"]),
])
def test_what_cannot_be_read_is_searched_literally_and_a_note_says_where(text, at, words):
    asked = read(text)
    assert [w.text for w in asked.words] == words
    assert asked.notes[0].at == at
    assert finds(text, " ".join(words))


def test_an_exclusion_tells_how_the_text_reads_without_it():
    assert read("lúa -cá tôm").exclusions == (Exclusion("-cá", "lúa tôm"),)
    assert read('lúa -tinh:"Hòa Bình"').exclusions == (Exclusion('-tinh:"Hòa Bình"', "lúa"),)
    assert read("lúa - cá 20-NQ/TW").exclusions == ()


# All words or most

def test_short_queries_want_all_words_first_long_ones_most():
    short, long = " ".join(f"a{i}" for i in range(SHORT)), " ".join(f"a{i}" for i in range(SHORT + 1))
    assert read(short).first == "all" and read(long).first == "most"
    assert read(short, match="most").first == "most" and read(long, match="all").most is None
    assert read("lúa là gì?").first == "most" and read("lúa").most is None


def test_filters_phrases_and_exclusions_are_never_relaxed():
    asked = read('lúa cá tôm "nông dân" -thuế nam:2020')
    assert isinstance(asked.most.parts[0], Some)
    assert {type(p) for p in asked.most.parts[1:]} == {Phrase, Not, Has}
    assert read("lúa AND cá tôm").most is None


def test_a_pasted_sentence_keeps_its_own_quotation_marks():
    headline = "Sau thoả thuận tỷ đô, cổ phiếu “đại gia” Hải Phòng dựng ngược"
    assert not any(isinstance(n, Phrase) for n in nodes(read(headline).most))
    assert any(isinstance(n, Phrase) for n in nodes(read(headline.replace("“đại gia”", '"đại gia"')).most))


def test_most_of_some_words_is_some_of_them():
    assert all(1 <= least(n) <= n and least(n) <= least(n + 1) for n in range(1, 200))


# Runs out of articles

STORIES = ["""Hợp tác xã dịch vụ nông nghiệp Thanh Bình (HTX Thanh Bình) ở xã Noong Hẹt, thành phố Điện Biên Phủ
thực hiện Nghị quyết số 20-NQ/TW của T.Ư về kinh tế tập thể, doanh thu 1,3 tỷ đồng, hoà vốn sau 2 năm; uỷ ban nhân dân tỉnh khen thưởng."""]


def stories():
    if not CORPUS.exists():
        return STORIES
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        return STORIES + [json.loads(line)["text"] for _, line in zip(range(20), lines)]


TEXTS = [(text, analyse(text, words=False), document(text)) for text in stories()]
CASES = {"as written": str, "lower": str.lower, "capitals": str.upper, "title": str.title}
FORMS = {"NFC": lambda t: unicodedata.normalize("NFC", t), "NFD": lambda t: unicodedata.normalize("NFD", t), "folded": fold}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_run_of_syllables_finds_the_article_it_was_cut_from(data):
    text, tokens, row = data.draw(st.sampled_from(TEXTS))
    size = data.draw(st.integers(2, 8))
    first = data.draw(st.integers(0, max(0, len(tokens) - size)))
    last = min(first + size, len(tokens)) - 1
    run = text[int(tokens.starts[first]):int(tokens.ends[last])]
    if not all(c.isalnum() or c.isspace() for c in run) or set(run.upper().split()) & OPERATORS:
        return
    for case in CASES.values():
        for form in FORMS.values():
            assert holds(read(form(case(run))).all, row), (run, form(case(run)))
