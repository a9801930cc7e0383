"""What pages print of time becomes a day in Vietnam; what is no date of publication is none."""
from datetime import date

import pytest
from hypothesis import given, strategies as st

from corpus.article import Article
from corpus.dates import ago, dateline, mentions, of_address, of_machine, year_of, year_of_address
from corpus.evidence import Evidence

PRINTED = {
    "Thứ Sáu, 19/11/2021, 16:37 [GMT+7]": "2021-11-19", "9:47, Thứ Năm, 15-9-2022": "2022-09-15", "Thứ 6, 22/01/2021 | 15:34:48": "2021-01-22",
    "( 06-04-2018 03:29:00 )": "2018-04-06", "Thứ bảy, 30 Tháng 5 2020 06:01": "2020-05-30", "10:57 AM - 28/06/2022": "2022-06-28",
    "25/04/2013 3:07:45 CH": "2013-04-25", "09.12.2021": "2021-12-09", "Cập nhật lúc 19:30 05/03/2009": "2009-03-05", "[ 05/03/2009 - 08:15 ]": "2009-03-05",
    "Ngày 28 tháng 9 năm 2010": "2010-09-28", "Thứ Hai, ngày 5 tháng Chín năm 2016": "2016-09-05", "08h15 ngày 12/3/2010": "2010-03-12",
    "Ngày đăng: 12/03/2010 | Số lần xem: 1.234 | In bài": "2010-03-12", "September 28, 2010 | by admin": "2010-09-28", "28 Sep 2010": "2010-09-28",
    "2021-11-19 16:37": "2021-11-19", "Thứ 5, 12/03/09 08:15": "2009-03-12", "Tháng Mười Hai 3, 2019": "2019-12-03", "19 Tháng Mười Một, 2021": "2021-11-19",
    "11/19/2021 16:37": "2021-11-19", "Điểu Mai • 08:15 12/03/2019 • 4 phút đọc": "2019-03-12",
}
NOT_OF_THE_PAGE = [
    "Giấy phép số 22/GP ngày 3/3/2013", "Hôm nay: 02/01/2018 07:55:10", "Sửa lần cuối vào Thứ sáu, 17 Tháng 2 2017", "© 2026 Non Nước", "31/02/2020", "Tỷ số 2-1-10", "12-03-09",
    "Đại hội thành viên ngày 20/5/2018 thông qua phương án mua chung năm máy cấy cho toàn hợp tác xã", "Hotline 0221 000 000", "3 giờ trước", "",
]


@pytest.mark.parametrize("line, day", PRINTED.items())
def test_datelines(line, day):
    assert dateline(line).value == day


@pytest.mark.parametrize("line", NOT_OF_THE_PAGE)
def test_lines_that_are_no_dateline(line):
    assert dateline(line) is None


def test_a_mention_covers_its_weekday_its_time_and_its_zone():
    text = "Hà Nội, Thứ Sáu, 19/11/2021, 16:37 [GMT+7] - tin"
    found = next(mentions(text))
    assert text[found.start:found.end] == "Thứ Sáu, 19/11/2021, 16:37 [GMT+7]" and found.timed


@pytest.mark.parametrize("said, day", [
    ("2022-11-22T18:10:00Z", "2022-11-23"), ("2022-11-22T18:10:00.123+0000", "2022-11-23"), ("2023-10-17T23:45:00+0700", "2023-10-17"), ("2023-10-17T01:00:00+09:00", "2023-10-16"),
    ("2023-10-17 23:45", "2023-10-17"), ("2023-10-17", "2023-10-17"), ("Tue, 17 Oct 2023 20:00:00 GMT", "2023-10-18"), ("10/5/2023 4:45:00 PM", "2023-10-05"), ("1666000000", "2022-10-17"),
    ("1666000000000", "2022-10-17"), ("17/10/2023", "2023-10-17"), ("Thứ Ba, 17/10/2023", "2023-10-17"), ("0001-01-01T00:00:00", None), ("2023-13-45T99:99:99Z", None), ("hôm qua", None), ("", None)])
def test_values_for_machines_end_in_vietnam(said, day):
    assert of_machine(said) == day


@given(st.dates(date(1998, 1, 1), date(2090, 1, 1)))
def test_every_day_survives_every_way_of_printing_it(day):
    for form in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"Ngày {day.day} tháng {day.month} năm {day.year}", f"{day:%Y-%m-%d}", f"{day.day}.{day.month}.{day.year} 08:15"):
        assert dateline(form).value == day.isoformat()
    assert of_machine(f"{day.isoformat()}T12:00:00+07:00") == day.isoformat()


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert all(0 <= found.start < found.end <= len(text) for found in mentions(text))
    dateline(text), of_machine(text), of_address(text)


@pytest.mark.parametrize("url, day", [
    ("https://vamco.example/tin/2026/05/06/hop-tac-xa", "2026-05-06"), ("https://bao.example/htx-20220115103045123.htm", "2022-01-15"), ("https://bao.example/a-1732108200000.htm", "2024-11-20"),
    ("https://bao.example/a-20190503.html", "2019-05-03"), ("http://bao.example/201908/van-giang", None), ("http://bao.example/a-20191303.html", None), ("http://bao.example/nid=20190503123", None)])
def test_days_in_addresses(url, day):
    found = of_address(url)
    assert (found and found[0]) == day and (not found or found[1] in url)


def test_a_month_in_an_address_tells_the_year():
    assert year_of_address("http://bao.example/201908/van-giang") == ("2019", "201908")
    assert year_of(Article("http://bao.example/201908/van-giang", body="Ngắn.")) == Evidence("2019", "URL", quote="201908")


def test_hours_ago():
    assert ago("Điểu Mai • 5 giờ trước", "2021-11-19") == "2021-11-19" and ago("2 ngày trước", "2021-03-01") == "2021-02-27" and ago("Điểu Mai", "2021-11-19") is None


def test_the_year_of_a_date_is_not_inferred():
    year = year_of(Article("file:a", body="Đến ngày 31/8/2022.", published=Evidence("2021-11-19", "dateline", quote="19/11/2021")))
    assert (year.value, year.inferred, year.quote) == ("2021", False, "19/11/2021")


@pytest.mark.parametrize("text, year, words", [
    ("Bên cạnh đó, 6 tháng đầu năm 2023, doanh thu bình quân đạt 1,3 tỷ đồng. Phấn đấu đến năm 2025 có 500 HTX.", "2023", "6 tháng đầu năm 2023"),
    ("Theo báo cáo, tính đến ngày 31/8/2022, toàn tỉnh có 417 hợp tác xã, tăng so với năm 2021.", "2022", "tính đến ngày 31/8/2022"),
    ("Hết quý III/2020, tỉnh có 404 HTX.", "2020", "quý III/2020"),
    ("(QBP) - Sáng 25/12/2014, tại Đồng Hới, Liên minh HTX tỉnh tổng kết năm. Năm 2015 sẽ làm một kho lạnh.", "2014", "25/12/2014"),
    ("Năm 2021, lần đầu tiên bản có hợp tác xã. Tám tháng đầu năm, thu 412 triệu đồng.", "2021", "2021"),
    ("Nhiệm kỳ 2013 - 2020, phong trào phát triển. Bước vào nhiệm kỳ 2020-2025, còn nhiều khó khăn.", "2020", "Nhiệm kỳ 2013 - 2020"),
])
def test_a_compelling_year_is_inferred_and_says_so(text, year, words):
    found = year_of(Article("file:a", title="Tên bài", body=text))
    whole = Article("file:a", title="Tên bài", body=text).text
    assert (found.value, found.inferred, whole[found.start:found.end]) == (year, True, words)


@pytest.mark.parametrize("text", [
    "Hợp tác xã thành lập năm 2012, đến năm 2016 có lãi.", "Phấn đấu đến hết năm 2025 có 500 HTX.", "Mục tiêu 6 tháng đầu năm 2024 là mười hợp tác xã.",
    "Ông sinh ngày 12/3/1965 tại xã này.", "Ngày 25/12/2014, xưởng bắt đầu chạy; đến năm 2019 mới có lãi, năm 2020 thì thôi.",
    "Năm 2012, anh rời quân ngũ. Tám tháng đầu năm nay thu được 412 triệu đồng.",
    "6 tháng đầu năm 2019 lãi lớn, nhưng năm 2021 thì lỗ.", "Giai đoạn 2016 - 2020.", "Nghị quyết số 20-NQ/TW ngày 16/6/2022.", ""])
def test_a_year_that_is_not_compelling_stays_unknown(text):
    assert year_of(Article("file:a", body=text)) is None
