"""Numbers as Vietnamese papers write them, in both styles, with their units."""
import pytest
from hypothesis import given, strategies as st

from corpus.counting.numbers import digits, numbers


def values(text: str) -> list[tuple[float, str]]:
    return [(number.value, number.kind) for number in numbers(text)]


@pytest.mark.parametrize("text, expected", [
    ("264 hợp tác xã", [(264, "count")]),
    ("01 liên hiệp HTX, 05 HTX", [(1, "count"), (5, "count")]),
    ("12.578 lao động", [(12578, "count")]),
    ("1,054 tổ hợp tác", [(1054, "count")]),
    ("1.234.567 người", [(1234567, "count")]),
    ("12,46 nghìn thành viên", [(12460, "count")]),
    ("gần 6 triệu thành viên", [(6e6, "count")]),
    ("1,3 tỷ đồng", [(1.3e9, "money")]),
    ("1.3 tỷ đồng", [(1.3e9, "money")]),
    ("1.120 tỷ đồng", [(1.12e12, "money")]),
    ("1,120 tỷ đồng", [(1.12e12, "money")]),
    ("1,125 tỷ đồng", [(1.125e9, "money")]),
    ("2.923 triệu đồng/ QTDND", [(2.923e9, "money")]),
    ("1,3 nghìn tỷ đồng", [(1.3e12, "money")]),
    ("1 tỷ 200 triệu đồng", [(1.2e9, "money")]),
    ("570,18 triệu đồng", [(570.18e6, "money")]),
    ("44 triệu/năm", [(44e6, "money")]),
    ("gần 80 tỉ.", [(80e9, "money")]),
    ("45.000 đồng", [(45000, "money")]),
    ("58,5% số HTX", [(58.5, "percent")]),
    ("1.000%", [(1000, "percent")]),
    ("tăng 1,6 lần", [(1.6, "times")]),
    ("120/264 HTX", [(120, "count")]),
])
def test_values(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize("text", [
    "ngày 31/8/2022", "Nghị quyết số 20-NQ/TW", "giai đoạn 2018-2020", "36 tỷ USD", "500 triệu yên", "từ 300.000 đến 4 triệu đồng",
    "4 - 5 triệu đồng", "5-6 triệu đồng", "Q.10", "công nghệ 3D", "12/2018/NQ-HĐND", "1804/QĐ-TTg",
])
def test_what_is_no_number(text):
    assert values(text) == []


@pytest.mark.parametrize("text, per, modifier", [
    ("gần 1,7 tỷ đồng/HTX", ("htx",), "under"),
    ("trên 2,5 triệu đồng/người/tháng", ("người", "tháng"), "over"),
    ("khoảng 5,2 triệu đồng mỗi tháng", ("tháng",), "approx"),
    ("ít nhất 70% HTX", (), "over"),
    ("từ 30 HTX trở lên", (), "over"),
    ("không quá 44 triệu đồng/năm", ("năm",), "under"),
])
def test_units_and_modifiers(text, per, modifier):
    (number,) = numbers(text)
    assert (number.per, number.modifier) == (per, modifier)


@given(st.integers(0, 10**12))
def test_both_styles_give_the_number_back(number: int) -> None:
    assert digits(f"{number:,}") == digits(f"{number:,}".replace(",", ".")) == number


@given(st.integers(0, 10**6), st.integers(0, 99))
def test_fractions_of_up_to_two_digits_are_fractions_in_both_styles(whole: int, hundredths: int) -> None:
    for mark in ",.":
        assert digits(f"{whole}{mark}{hundredths:02}") == pytest.approx(whole + hundredths / 100)


@given(st.text(alphabet="0123456789.,/%-– đồngtriệuỷHTX\n", max_size=80))
def test_spans_hold_together_on_any_text(text: str) -> None:
    at = 0
    for number in numbers(text):
        assert at <= number.start < number.end and number.end <= len(text) and number.start < number.after <= len(text)
        assert text[number.start].isdigit()
        at = number.end
