"""Sentences: nothing of a text is lost, and a full stop is not always an end."""
import pytest
from hypothesis import given, strategies as st

from corpus.sentences import sentences

VIETNAMESE = st.text(alphabet="aăâđêôơưnhTPQĐƯHTX0123456789.,;:!?…\"”“’)( \n\t\u00a0-/", max_size=200)


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(st.one_of(st.text(), VIETNAMESE))
def test_sentences_stand_in_order_and_leave_only_space_between_them(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert not text[at:start].strip() and start < end
        assert text[start:end].strip() == text[start:end] and "\n" not in text[start:end]
        at = end
    assert not text[at:].strip()


@given(VIETNAMESE, VIETNAMESE)
def test_lines_are_read_apart(one: str, other: str) -> None:
    first, second = sentences(one), sentences(other)
    shift = len(one) + 1
    assert sentences(f"{one}\n{other}") == first + [(start + shift, end + shift) for start, end in second]


@pytest.mark.parametrize("whole", [
    "Tại TP. Hồ Chí Minh có 173 HTX vận tải.",
    "Q. Bình Thạnh có 23 HTX, Q. 10 có 17 HTX.",
    "BCH T.Ư. Đảng (khóa XIII) ban hành Nghị quyết số 20-NQ/TW.",
    "Bị cáo Nguyễn V. A. Tuấn nguyên là giám đốc HTX.",
    "Doanh thu đạt 1.3 tỷ đồng, bằng 12.578 lần.",
    "Tính đến ngày 31.8.2022, toàn tỉnh có 417 HTX.",
    "TS. Trần Minh và GS. Lê Hà dự hội nghị.",
    "TX. Hà Tiên cách TP. Rạch Giá 90 km.",
    "2. Mục tiêu đến năm 2025 có 500 HTX",
    "III. Nhiệm vụ",
    "Xem trên DIENBIENTV.VN và vca.org.vn nhé.",
    "“Vì sao thế?”, ông hỏi.",
])
def test_one_sentence_stays_whole(whole: str) -> None:
    assert pieces(whole) == [whole]


@pytest.mark.parametrize("parts", [
    ["Hiện nay, toàn tỉnh có 264 hợp tác xã.", "Doanh thu bình quân đạt gần 1,7 tỷ đồng/HTX…", "Tham gia OCOP có 10 HTX."],
    ["Rau giàu vitamin A.", "Các HTX trồng nhiều."],
    ["HTX có doanh thu cao!", "“Chúng tôi rất mừng.”", "Ông Tư nói vậy."],
    ["Năm 2020 có 445 HTX.", "15 HTX mới thành lập."],
    ["Họ làm được gì?", "- Nhiều việc."],
    ["Các HTX cũ, mới, nhỏ, lớn, v.v...", "Tất cả đều dự."],
])
def test_sentences_of_a_line(parts: list[str]) -> None:
    assert pieces(" ".join(parts)) == parts


def test_a_forgotten_space_still_divides() -> None:
    assert pieces("Kinh tế của tỉnh nhà.Thanh Bình đưa tin.") == ["Kinh tế của tỉnh nhà.", "Thanh Bình đưa tin."]


def test_long_runs_are_read_once() -> None:
    """Long runs of stops, quotes and initials are read in one go, and hold no sentence of their own."""
    for run in (".", "…", "?\"", "A. ", "TP. "):
        assert len(sentences(run * 20_000 + "Hết")) <= 2
