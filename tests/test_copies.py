"""Reprints find their first publication; bulletins made by one template stay apart."""
import json
import lzma
import random
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from corpus.copies import SIZE, Copies, signature

NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "news-50k.jsonl.xz"
STORY = """Tổng kết hoạt động kinh tế tập thể năm 2020
Sáng 22/1, Liên minh Hợp tác xã tỉnh tổ chức hội nghị tổng kết hoạt động năm 2020 và triển khai nhiệm vụ năm 2021.
Toàn tỉnh hiện có 445 hợp tác xã, 192 tổ hợp tác và một liên hiệp hợp tác xã, thu hút hơn 54.000 thành viên cùng góp vốn, góp sức làm ăn.
Nhiều đơn vị đã mạnh dạn đổi mới phương thức quản lý, ứng dụng công nghệ vào sản xuất, xây dựng nhãn hiệu cho sản phẩm của địa phương mình.
Ông Nguyễn Văn Bình, giám đốc một hợp tác xã trồng bưởi ở xã Phú Sơn, cho biết doanh thu của đơn vị đạt 3,2 tỷ đồng, tăng 15% so với năm trước.
Tuy nhiên, không ít hợp tác xã còn lúng túng khi tiếp cận vốn vay, thiếu cán bộ có trình độ, quy mô nhỏ và chưa liên kết được với doanh nghiệp.
Trong năm tới, Liên minh sẽ hỗ trợ thành lập mới 20 hợp tác xã, mở 12 lớp tập huấn và kết nối tiêu thụ nông sản tại các thành phố lớn.
Dịp này, ban tổ chức trao bằng khen cho 8 tập thể và 15 cá nhân có thành tích xuất sắc trong phong trào thi đua."""


def copies(*texts):
    """Which of these, by their places, are copies of which."""
    collected = Copies()
    for at, text in enumerate(texts):
        collected.add(str(at), signature(text), order=at)
    return {int(later): int(first) for later, first in collected.firsts().items()}


def test_a_reprint_with_its_own_title_lead_and_byline_is_a_copy():
    lines = STORY.split("\n")
    title = "Hợp tác xã vượt khó, khẳng định vai trò ở nông thôn"
    lead = "Năm 2020, dù gặp dịch bệnh, khu vực hợp tác xã vẫn giữ được đà tăng trưởng khá."
    assert copies(STORY, "\n".join([title, *lines[1:], "Minh Anh (theo báo tỉnh)"])) == {1: 0}
    assert copies(STORY, "\n".join([title, lead, *lines[2:]])) == {1: 0}
    assert copies(STORY, "\n".join([title, *lines[1:-1]])) == {1: 0}


def test_a_bulletin_of_another_week_is_not():
    bulletin = "\n".join(f"Giá {crop} tại {town} hôm nay ở mức {{}} đồng một kg, tăng {{}} đồng so với tuần trước, thương lái thu mua đều tay."
                         for crop in ("lúa", "cà phê", "hồ tiêu", "sầu riêng") for town in ("Cần Thơ", "Đắk Lắk", "Gia Lai"))
    chance = random.Random(5)
    weeks = [bulletin.format(*(chance.randrange(5_000, 90_000) for _ in range(24))) for _ in range(5)]
    assert copies(*weeks) == {}
    assert copies(*weeks, weeks[2] + "\nTheo báo Nông thôn") == {5: 2}


def test_a_form_filled_in_anew_is_not():
    notices = [STORY.replace("445", str(number)) for number in (445, 452, 467)]
    assert copies(*notices, notices[1].replace("Minh Anh", "")) == {3: 1}


def test_other_words_are_another_article():
    assert copies(STORY, " ".join(reversed(STORY.split()))) == {}
    assert copies("Thông báo mời họp.", "Thông báo mời họp lại.", "", "Một") == {}


def test_typography_changes_nothing():
    assert signature(STORY.upper().replace(", ", " – ").replace("\n", "  “")) == signature(STORY)
    assert len(signature(STORY)) == SIZE


@given(st.permutations(range(6)), st.lists(st.sampled_from([None, "2021-01-22", "2021-01-23", "2021-01", "2021"]), min_size=6, max_size=6))
def test_the_first_is_the_earliest_published_then_the_first_seen(arrival, dates):
    collected = Copies()
    for order in arrival:
        collected.add(f"id{order}", signature(STORY + f"\nBáo {'Đông Tây Nam Bắc Trung Thượng'.split()[order]}"), dates[order], order)
    first = min(range(6), key=lambda order: ((dates[order] or "9").replace("-", "").ljust(8, "9"), order))
    assert collected.firsts() == {f"id{order}": f"id{first}" for order in range(6) if order != first}


@settings(max_examples=30)
@given(st.lists(st.integers(0, 4), max_size=40), st.randoms(use_true_random=False))
def test_exact_copies_are_grouped_whatever_their_number_and_order(kinds, chance):
    stories = ["\n".join(chance.sample(STORY.split("\n"), 8)) + f" {kind}" * 3 + " ".join(map(str, range(kind * 50, kind * 50 + 50)))
               for kind in range(5)]
    expected = {at: kinds.index(kind) for at, kind in enumerate(kinds) if kinds.index(kind) != at}
    assert copies(*(stories[kind] for kind in kinds)) == expected


@given(st.text())
def test_any_text_has_a_signature_or_none(text):
    assert len(signature(text)) in (0, SIZE)
    assert signature(text) == signature(text)


def test_a_copy_never_is_a_first():
    lines = STORY.split("\n")
    chain = ["\n".join(lines[:1] + [f"Dòng thêm số {at} của tòa soạn."] * at + lines[1:]) for at in range(8)]
    found = copies(*chain)
    assert found and not set(found) & set(found.values())


def test_an_article_takes_little_room():
    signed = [signature(f"{STORY} {at} {at * 7}") for at in range(50)]
    tracemalloc.start()
    collected = Copies()
    for at in range(20_000):
        collected.add(f"{at:016x}", signed[at % 50], "2021-01-22", at)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held / 20_000 < 250        # 65 of them the id, which the caller holds anyway


def test_reprints_made_of_real_news_are_found_and_nothing_else():
    if not NEWS.exists():
        pytest.skip("the news are not beside the checkout")
    with lzma.open(NEWS, "rt", encoding="utf-8") as file:
        news = [json.loads(line) for line in islice(file, 1_500)]
    chance = random.Random(20)
    words = " ".join(article["text"] for article in news[:50]).split()
    collected = Copies()
    for at, article in enumerate(news):
        collected.add(article["id"], signature(article["title"] + "\n" + article["text"]), order=at)
    reprinted = [article for article in chance.sample(news, 300) if len(article["text"].split()) > 150]
    for at, article in enumerate(reprinted):
        first, *rest = article["text"].split("\n")
        lead = " ".join(chance.choices(words, k=30)) if at % 2 else first
        text = "\n".join([" ".join(chance.choices(words, k=12)), lead, *(rest[:-1] if at % 3 else rest), "PV tổng hợp"])
        collected.add("copy of " + article["id"], signature(text), order=len(news) + at)
    found = collected.firsts()
    right = sum(found.get("copy of " + article["id"]) == article["id"] for article in reprinted)
    assert right >= 0.95 * len(reprinted)
    assert len(found) - right <= 3
