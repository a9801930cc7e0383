"""Tokens: exact offsets in whatever was given, the same syllables however it is cut or typed, codes in all forms."""
import itertools
import json
import lzma
import random
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import analysis, chunks
from index.analysis import analyse, analyse_all, canonical, fold, has_accents
from index.spelling import place_tones

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "corpora" / "news-50k.jsonl.xz"

STORY = """Điện Biên: 13 năm hoà bình, thuỷ lợi và KT-XH
Ngày 16/6/2022, T.Ư ban hành Nghị quyết số 20-NQ/TW (khoá XIII). Tính đến 31.12.2021, toàn tỉnh có 12.578 thành viên,
doanh thu 1,3 tỷ đồng/HTX; quỹ 1.250.000,5 đồng, 5.000m2 nhà lưới. Ông Lò Văn A\u00a0nói: “Quý I, HTX xoá nợ…”
Liên hệ: htx_dienbien@mail.vn hoặc https://htx.vn/tin-tuc?id=20 """
TYPED = ("aăâeêioôơuưydđnghcmtpAÂĐƠƯN0123456789.,/-_&()\"@: \n"
         "\u00a0\u200b\u00ad\u0301\u0300\u0323\u0309\u0303\u0302\u031b…–한ㅎé")


@pytest.fixture(scope="session")
def news() -> list[str]:
    if not NEWS.exists():
        pytest.skip(f"real news are not here: {NEWS}")
    with lzma.open(NEWS, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in itertools.islice(lines, 400)]


def modern(text: str) -> str:
    return place_tones(unicodedata.normalize("NFC", text), modern=True)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def riddled(text: str) -> str:
    """With a zero-width space and a soft hyphen inside every syllable."""
    return "".join(c + "\u200b\u00ad" if c.isalpha() and n.isalpha() else c for c, n in zip(text, text[1:] + " "))


def assert_exact(text: str, tokens: analysis.Tokens) -> None:
    assert len(tokens.texts) == len(tokens.starts) == len(tokens.ends) == len(tokens.joined)
    after = 0
    for token in tokens.syllables():
        assert after <= token.start < token.end <= len(text)
        assert canonical(text[token.start:token.end]) == token.text and not any(map(str.isspace, token.text))
        after = token.end
    assert not len(tokens) or not tokens.joined[0]
    assert [s for w in tokens.words() for s in w.text.split("_")] == tokens.texts
    for _, first, last in tokens.codes:
        assert 0 <= first <= last < len(tokens)


# Offsets

@given(st.text(st.one_of(st.sampled_from(TYPED), st.characters()), max_size=60))
@settings(max_examples=400, deadline=None)
def test_every_token_stands_for_what_is_between_its_offsets(text):
    assert_exact(text, analyse(text))
    assert analyse(text, words=False).texts == analyse(text).texts


@pytest.mark.parametrize("change", [str, nfd, riddled, modern, str.upper])
def test_offsets_hold_however_the_text_is_typed(news, change):
    for text in map(change, [STORY, *news[:40]]):
        assert_exact(text, analyse(text))


def test_a_syllable_ends_before_what_is_invisible_around_it():
    text = "\u200bhợp\u00ad tá\u200bc\u200b"
    assert [(t.start, t.end) for t in analyse(text).syllables()] == [(1, 4), (6, 10)]


def test_empty_and_blank_texts_have_no_tokens():
    for text in ("", " ", "\n\n", "\u200b", "…", "\u0301"):
        assert not len(analyse(text)) and list(analyse(text).words()) == [] and analyse(text).codes == []


# The same syllables, however cut or typed

@pytest.mark.parametrize("change, of", [
    (str, str), (str.lower, str), (str.upper, str), (nfd, str), (modern, str), (riddled, str),
    (lambda t: t.replace(" ", "\u00a0\u00a0"), str), (fold, fold), (lambda t: fold(t).upper(), fold)])
def test_a_run_cut_from_an_article_gives_the_syllables_it_has_inside(news, change, of):
    choice = random.Random(7)
    for text in [STORY, *news]:
        tokens = analyse(text)
        for _ in range(4):
            first = choice.randrange(len(tokens))
            last = min(first + choice.randint(1, 7), len(tokens) - 1)
            cut = text[tokens.starts[first]:tokens.ends[last]]
            if not any(c in ".," for c in cut):             # these bind digits, and "T.Ư"
                assert analyse(change(cut), words=False).texts == list(map(of, tokens.texts[first:last + 1])), cut


@pytest.mark.parametrize("text, syllables", [
    ("HTX hoà bình", "htx hòa bình"), ("12.578 người, 1,3 tỷ", "12.578 người 1,3 tỷ"), ("16/6/2022", "16 6 2022"),
    ("16.6.2022", "16 6 2022"), ("16,17,18", "16 17 18"), ("1.250.000,5đ", "1.250.000,5 đ"),
    ("7,726 lượt", "7,726 lượt"),
    ("T.Ư Đảng", "tw đảng"), ("TW", "tw"), ("T.U", "tw"), ("TƯ PHÁP", "tư pháp"), ("KT-XH", "kt xh"),
    ("nhà.Thanh", "nhà thanh"),
    ("NQ20", "nq20"), ("a_b", "a b"), ("m²", "m²"), ("\u00d0ắk Lắk", "đắk lắk"), ("5.000m2", "5.000 m2"),
    ("COVID-19", "covid 19")])
def test_what_a_syllable_is(text, syllables):
    assert analyse(text, words=False).texts == syllables.split()


# Spelling

@pytest.mark.parametrize("typed, spelling", [
    ("hoà", "hòa"), ("HOÀ", "hòa"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("uỷ", "ủy"), ("qúy", "quý"),
    ("quý", "quý"), ("qủa", "quả"),
    ("gìa", "già"), ("giếng", "giếng"), ("gì", "gì"), ("hòan", "hoàn"), ("tóan", "toán"), ("khuỷu", "khuỷu"),
    ("ngoẹo", "ngoẹo"),
    ("rựơu", "rượu"), ("cuả", "của"), ("thuở", "thuở"), ("mía", "mía"), ("loaị", "loại"), ("xoá", "xóa"),
    ("quốc", "quốc"),
    ("café", "café"), ("quí", "quí"), ("kĩ", "kĩ"), ("\u0110ắk", "đắk"), ("e\u0301\u0301", "é")])
def test_one_spelling_for_each_syllable(typed, spelling):
    assert canonical(typed) == canonical(nfd(typed)) == canonical(spelling) == spelling


@given(st.text(max_size=40))
def test_spelling_settles_and_folding_keeps_lengths(text):
    assert canonical(canonical(text)) == canonical(text)
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed) and fold(fold(composed)) == fold(composed)


def test_folding_takes_accents_alone():
    assert fold("Đường Hoà Bình 20-NQ/TW") == "duong hoa binh 20-nq/tw" == fold(nfd("Đường Hoà Bình 20-NQ/TW"))
    assert has_accents("đ") and has_accents(nfd("xã")) and not has_accents("HTX 20 …")


# Words

def pyvi_words(text: str) -> list[tuple[int, int]]:
    """Spans of pyvi's words, found by matching their characters one by one."""
    from pyvi.ViTokenizer import ViTokenizer
    text, spans, at = place_tones(text, modern=True), [], 0
    for word in ViTokenizer.spacy_tokenize(text)[0]:
        start = None
        for char in word:
            while text[at].isspace() and char != "\n":
                at += 1
            if text[at] == char:
                start, at = at if start is None else start, at + 1
            else:
                assert char == "_"
        spans.append((start, at))
    return spans


def test_words_are_those_of_pyvi(news):
    for text in [STORY, *news[:25]]:
        text = unicodedata.normalize("NFC", text)
        spans, tokens = pyvi_words(text), analyse(text)
        number = np.searchsorted([end for _, end in spans], tokens.starts, side="right")
        assert (np.diff(number, prepend=-1) == 0).tolist() == tokens.joined.tolist()


def test_the_tone_style_does_not_change_words():
    old, new = analyse("xóa đói giảm nghèo, ủy ban nhân dân"), analyse("xoá đói giảm nghèo, uỷ ban nhân dân")
    assert [w.text for w in old.words()] == [w.text for w in new.words()]
    assert "hợp_tác_xã" in [w.text for w in analyse("Hợp tác xã Thuỷ sản").words()]


def columns(tokens) -> tuple:
    return tokens.texts, tokens.starts.tolist(), tokens.ends.tolist(), tokens.joined.tolist(), tokens.codes


@given(st.lists(st.text(st.one_of(st.sampled_from(TYPED), st.characters()), max_size=40) |
                st.sampled_from(["", "\n", "NQ", "20", "Hợp tác", "xã", "nghị quyết\nsố"]), max_size=6))
@settings(max_examples=200, deadline=None)
def test_texts_analysed_together_have_no_say_in_each_other(texts):
    assert [*map(columns, analyse_all(texts))] == [*map(columns, map(analyse, texts))]


def test_real_texts_analysed_together_are_those_analysed_alone(news):
    assert [*map(columns, analyse_all(news[:60]))] == [*map(columns, map(analyse, news[:60]))]


def test_queries_need_no_pyvi():
    code = ("import sys; from index.analysis import analyse; assert analyse('hợp tác xã', words=False).texts;"
            "assert not {'pyvi', 'sklearn'} & set(sys.modules), sys.modules.keys()")
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


# Codes

@pytest.mark.parametrize("code, forms", [
    ("nq20", "20-NQ/TW|20/NQ-TW|NQ20|NQ 20|NQ-20|nghị quyết 20|nghị quyết số 20|Nghị quyết số 20-NQ/TW|20-NQTW|"
             "20 NQ/TW|20-NQ/T.Ư|20-NQ/Trung ương|20‑NQ/TƯ|20 - NQ/TW|"
             "nghi quyet so 20|NGHỊ QUYẾT 20|nq20|20-nq/tw|Nghị quyết 20/TW|NQ số 20|nghị\u00a0quyết 20"),
    ("nq6/tu", "06-NQ/TU|Nghị quyết 06-NQ/TU|nghi quyet so 06-nq/tu"), ("nq13/cp", "13/NQ-CP|NQ 13/CP"),
    ("nq12/2018/hđnd", "12/2018/NQ-HĐND|12/2018/nq-hdnd|Nghị quyết số 12/2018/NQ-HĐND"),
    ("nđ113/2024/cp", "113/2024/NĐ-CP"),
    ("qđ1804/ttg", "1804/QĐ-TTg|Quyết định số 1804/QĐ-TTg|1804/qd-ttg"), ("ct8", "08-CT/TW|Chỉ thị 08"),
    ("kl70", "70-KL/TW"),
    ("qđ1804", "quyết định số 1804|QĐ số 1804"), ("17/2023/qh15", "Luật số 17/2023/QH15"),
    ("tt3/2021/bkhđt", "03/2021/TT-BKHĐT")])
def test_one_code_for_all_its_forms(code, forms):
    for form in forms.split("|"):
        for text in (form, nfd(form), f"Theo {form}, HTX", modern(form)):
            assert [c for c, _, _ in analyse(text, words=False).codes] == [code], text


@pytest.mark.parametrize("text, found", [
    ("các Nghị quyết số 18, 19, 20-NQ/TW", ["nq18", "nq19", "nq20"]),
    ("NQ 13, 18 và 20-NQ/TW", ["nq13", "nq18", "nq20"]),
    ("kế hoạch 5 năm", []), ("quyết định 3 việc", []), ("CT 5 tầng", []), ("chị thi 10 điểm", []), ("20", []),
    ("NQ", []), ("có 13 NQ", []),
    ("Nghị quyết\n20 HTX", []), ("nghị quyết 12.578", []), ("13-NQ/TW và 20-NQ/TW", ["nq13", "nq20"]),
    ("tiêu chí số 13", [])])
def test_where_codes_are_and_are_not(text, found):
    assert [c for c, _, _ in analyse(text, words=False).codes] == found


def test_a_code_spans_all_that_says_it():
    text = "theo Nghị quyết số 20-NQ/TW ngày"
    [(_, first, last)] = (tokens := analyse(text)).codes
    assert text[tokens.starts[first]:tokens.ends[last]] == "Nghị quyết số 20-NQ/TW"


# Remembering

def test_forgetting_changes_nothing(monkeypatch):
    before = analyse(STORY)
    monkeypatch.setattr(chunks, "_MOST", 0)
    for _ in range(3):
        again = analyse(STORY)
        assert again.texts == before.texts and np.array_equal(again.joined, before.joined)


def test_threads_share_what_is_remembered(news):
    texts = [STORY, *news[:60]] * 2
    analysis._chunks.clear()
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(analyse, texts))
    analysis._chunks.clear()
    for text, tokens in zip(texts, at_once):
        alone = analyse(text)
        assert alone.texts == tokens.texts
        for column in ("starts", "ends", "joined"):
            assert np.array_equal(getattr(alone, column), getattr(tokens, column))
