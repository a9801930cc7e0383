"""The provinces a text is about: traps invented for this project, laws about spans and tables, and the reading sets' floors."""
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import metadata
from benchmarks.metadata import SLUGS
from corpus import places
from corpus.naming import publishers
from corpus.naming.gazetteer import rows
from corpus.naming.spellings import fold, spellings

SHARED = Path(__file__).resolve().parents[2] / "shared"
TRAPS = metadata.lines(Path(__file__).parent / "provinces.jsonl")
TRAPS_RIGHT = 0.99                  # floors are raised, never lowered
DEV_RIGHT, DEV_PRECISION = 0.98, 0.98
ARTICLES_F1 = 0.98


def article(text, published=None, **told):
    return metadata.article({"text": text, "date": published, **told})


def slugs(text, **told):
    return [found.value for found in places.provinces(article(text, **told))]


def read_gold(name):
    path = SHARED / "gold" / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return metadata.lines(path)


def test_traps_invented_here():
    assert len(TRAPS) >= 340 and len({row["kind"] for row in TRAPS}) >= 18
    assert min(metadata.provinces(TRAPS).values()) >= TRAPS_RIGHT


def test_adversarial_development_set():
    got = metadata.provinces(read_gold("provinces_dev.jsonl"))
    assert got["right"] >= DEV_RIGHT and got["precision"] >= DEV_PRECISION


def test_real_articles():
    got = metadata.real(read_gold("articles_dev.jsonl"))
    assert got["provinces, F1"] >= ARTICLES_F1 and not got["years wrong"]


def test_seeds():
    path = SHARED / "seeds" / "gold.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    for name, gold in json.loads(path.read_text(encoding="utf-8")).items():
        if name.endswith(".txt") and "trap" not in name:
            text = (path.parent / name).read_text(encoding="utf-8")
            assert slugs(text, source=gold["source"]) == [SLUGS[label] for label in gold["provinces"]], name


# Stories

def test_evidence_says_how_and_where():
    told = article("(HBĐT) - Toàn tỉnh có 433 HTX. Xã Yên Nghiệp (Lạc Sơn) có nghề mây tre đan.")
    found, = places.provinces(told)
    assert (found.value, found.inferred) == ("hoa-binh", True)
    assert told.text[found.start:found.end] in ("HBĐT", "Lạc Sơn", "Yên Nghiệp")
    named, = places.provinces(article("Tỉnh Lào Cai có 404 HTX."))
    assert (named.basis, named.inferred) == ("named", False)
    domain, = places.provinces(article("Toàn tỉnh có 190 HTX.", url="https://baodongkhoi.vn/a.html"))
    assert (domain.value, domain.basis, domain.start, domain.quote) == \
        ("ben-tre", "publisher's domain", None, "https://baodongkhoi.vn/a.html")


def test_nothing_told_is_nothing_known():
    assert slugs("") == [] and slugs("Sáng 22/1, Liên minh HTX tỉnh tổng kết. Toàn tỉnh có 445 HTX.") == []


def test_the_province_is_the_publisher_s_when_no_other_was_named_before():
    url = "https://baohoabinh.com.vn/1.html"
    assert slugs("Toàn tỉnh có 433 HTX. Nhiều HTX như ở Sơn La đã có sàn riêng, Sơn La đi trước.", url=url)[-1] == "hoa-binh"
    assert slugs("HTX mận ở Mộc Châu, Sơn La lãi lớn. UBND tỉnh cho vay vốn.", url=url) == ["son-la"]
    assert slugs("Vùng cam Cao Phong của Hòa Bình cũ vào vụ.", url="https://phutho.gov.vn/1", published="2025-12-01") == ["hoa-binh"]


def test_the_day_of_the_merger_decides_what_a_name_means():
    text = "HTX lúa ở xã Lệ Thủy, tỉnh Quảng Trị gặt sớm."
    assert slugs(text, published="2025-09-01") == ["quang-binh"]
    assert slugs("Tỉnh Quảng Trị có 320 HTX.", published="2025-09-01") == ["quang-tri"]
    assert slugs("Tỉnh Phú Thọ có HTX ở Đoan Hùng và Lạc Sơn.", published="2026-01-02") == ["phu-tho", "hoa-binh"]


def test_a_new_province_is_told_by_the_former_ones_in_it():
    assert slugs("Tỉnh Vĩnh Long (gồm Bến Tre, Trà Vinh cũ) có 600 HTX.", published="2025-10-10") == ["ben-tre", "tra-vinh"]


def test_mentions_of_a_text():
    text = "Cả nước có 31.000 HTX. Xã Buôn Chóah (huyện Krông Nô, Đắk Nông) có một; huyện Châu Thành có hai."
    found = [(text[m.start:m.end], m.kind, m.candidates) for m in places.mentions(text)]
    assert found[:2] == [("Buôn Chóah", found[0][1], ("dak-nong",)), ("Krông Nô", "district", ("dak-nong",))]
    assert ("Đắk Nông", "province", ("dak-nong",)) in found
    assert len(found[-1][2]) == 10, "Châu Thành stays open"
    assert ("cả nước", "country", ()) in [(text.lower()[m.start:m.end], *m[2:]) for m in places.mentions(text.lower())]


@pytest.mark.parametrize("typed, slug", [
    ("dien bien", "dien-bien"), ("Điện Biên", "dien-bien"), ("tỉnh điện biên", "dien-bien"), ("tphcm", "ho-chi-minh"),
    ("TP. HCM", "ho-chi-minh"), ("hcm", "ho-chi-minh"), ("Sài Gòn", "ho-chi-minh"), ("huế", "thua-thien-hue"), ("hue", "thua-thien-hue"),
    ("Thừa Thiên - Huế", "thua-thien-hue"), ("Đăk Lăk", "dak-lak"), ("dac lac", "dak-lak"), ("Đắc Nông", "dak-nong"),
    ("bà rịa vũng tàu", "ba-ria-vung-tau"), ("BR-VT", "ba-ria-vung-tau"), ("thanh hoá", "thanh-hoa"), ("bắc cạn", "bac-kan"),
    ("cao băng", None), ("hợp tác xã", None), ("", None), ("tỉnh", None), ("-", None)])
def test_provinces_as_people_type_them(typed, slug):
    assert places.find_province(typed) == slug


# Laws

def test_sixty_three_became_thirty_four():
    assert len(places.LABELS) == 63 and len(places.NOW_LABELS) == 34
    assert all(places.now(slug) in places.NOW_LABELS for slug in places.LABELS)
    assert all(places.now(slug) == slug for slug in places.NOW_LABELS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", slug) for slug in places.LABELS)


def test_every_label_is_found_in_every_spelling():
    for slug, label in places.LABELS.items():
        assert {places.find_province(spelling) for spelling in (label, label.upper(), fold(label), fold(label).replace(" ", ""))} == {slug}
        assert slugs(f"Tỉnh {label} có 200 HTX.".replace("Tỉnh TP.", "TP.")) == [slug]


def test_tables_agree():
    provinces = set(places.LABELS)
    assert {row["province"] for row in rows("districts.csv")} == {row["province"] for row in rows("communes.csv")} == provinces
    bearers = Counter(name for name, _ in {(row["name"], row["province"]) for row in rows("districts.csv") if not row["status"]})
    assert bearers["Châu Thành"] == 10 and sum(count > 1 for count in bearers.values()) == 16
    for column in ("domains", "names", "marks"):
        told = [value for row in rows("sources.csv") for value in row[column].split("|") if value]
        assert len(told) == len(set(told)), [value for value, count in Counter(told).items() if count > 1]
    assert {row["province"] for row in rows("sources.csv") if row["domains"]} == provinces | {""}


@pytest.mark.parametrize("slug", places.LABELS)
def test_publishers_are_known_by_rule_as_well(slug):
    squeezed = slug.replace("-", "")
    for address in (f"https://bao{squeezed}.vn/tin/1.html", f"http://{squeezed}.gov.vn", f"lienminhhtx{squeezed}.vn",
                    f"https://sonnptnt.{squeezed}.gov.vn/x", f"www.{squeezed}tv.vn"):
        assert publishers.of_address(address) == slug, address
    label = places.LABELS[slug]
    assert publishers.of_name(f"Báo {label}") == publishers.of_name(f"({fold(label)} Portal)") == slug
    assert publishers.of_mark(f"Tít\n(Báo {label}) - Toàn tỉnh")[0] == slug


@pytest.mark.parametrize("address, slug", [
    ("https://baodongkhoi.vn/x", "ben-tre"), ("https://baoapbac.vn/", "tien-giang"), ("https://thvl.vn", "vinh-long"),
    ("vca.org.vn", ""), ("https://thanhnien.vn/a", ""), ("https://tphcm.chinhphu.vn/a", "ho-chi-minh"), ("https://example.com", None),
    ("file:baohoabinh/1.txt", None), ("https://[bad", None), ("", None), ("http://", None)])
def test_addresses(address, slug):
    assert publishers.of_address(address) == slug


def test_marks_stand_at_the_head_of_a_line():
    assert publishers.of_mark("(HBĐT) - Năm qua") == ("hoa-binh", 1, 5)
    assert publishers.of_mark("Năm qua (HBĐT) - thế") is None
    assert publishers.of_mark("(TTXVN) - Năm qua") is None
    assert publishers.of_mark("Sáng nay - một ngày đẹp") is None


WORDS = st.sampled_from([*places.LABELS.values(), "Châu Thành", "huyện", "xã", "tỉnh", "Hòa Bình", "(", ")", ",", ".", "\n", " - ", "bán ra", "đoàn",
                         "Nguyễn", "quận 7", "HTX", "ở", "và", "Ảnh:", "TP.", "Thái Bình Dương", "Bà Rịa – Vũng Tàu", "Cư M’gar", "cũ",
                         "Xem thêm", "sau sáp nhập", "Minh Diệu", "Điện Biên TV -", "THANH HÓA", "Dak Lak"])
NAMES = {fold(spelling) for table, column in (("provinces.csv", "label"), ("districts.csv", "name"), ("former_provinces.csv", "name"))
         for row in rows(table) for spelling in spellings(row[column].lower().removeprefix("tp. "))}


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=200)), st.sampled_from([None, "2024-01-01", "2025-12-01"]))
def test_spans_hold_the_words_that_decided(text, published):
    told = article(text, published=published)
    found = places.provinces(told)
    assert len({evidence.value for evidence in found}) == len(found)
    for evidence in found:
        assert evidence.value in places.LABELS and evidence.basis
        words = told.text[evidence.start:evidence.end]
        assert words == words.strip() and words
        if evidence.basis == "named":
            assert places.find_province(words) == evidence.value or not words.islower()
    for mention in places.mentions(told.text):
        words = told.text[mention.start:mention.end]
        assert words == words.strip() and words
        if mention.kind in ("province", "district"):
            name = re.sub(" ?[-–‑] ?", " - ", fold(words.lower()).replace("’", "'"))
            assert name in NAMES or places.find_province(words) in mention.candidates


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=10).map(" ".join))
def test_the_same_text_is_read_the_same(text):
    assert places.provinces(article(text)) == places.provinces(article(text))


@pytest.mark.parametrize("text", ["HÒA BÌNH " * 20_000, "a" * 200_000, "xã " * 60_000, "(" * 100_000, "Hà Nội, " * 10_000, "A - " * 50_000,
                                  "từ " * 60_000 + "Hà Nội về", "Tin liên quan\n" * 10_000 + "Hà Nội"])
def test_long_texts_end(text):
    places.provinces(article(text))
