"""Who wrote it: names, not places, not sentences."""
import pytest
from hypothesis import given, strategies as st

from corpus.reading.byline import glued, over, signature


@pytest.mark.parametrize("line, author, attribution", [
    ("Dương Hà/PHOHIENTV", "Dương Hà", None), ("Minh Trang - Bùi Tiến/DIENBIENTV.VN", "Minh Trang - Bùi Tiến", None), ("ĐINH THÁI", "Đinh Thái", None), ("PV Mai Anh", "PV Mai Anh", None),
    ("Bài, ảnh: Hà An", "Hà An", None), ("Tin và ảnh: Lê Hòa", "Lê Hòa", None), ("(Lâm Sà Rinh)", "Lâm Sà Rinh", None), ("Được viết bởi Triệu Bế Sơn", "Triệu Bế Sơn", None),
    ("Tác giả bài viết: L.T (tổng hợp)", "L.T", None), ("Y Khoa - H'Linh Niê", "Y Khoa - H'Linh Niê", None), ("Hà An (Theo TTXVN)", "Hà An", "TTXVN"),
    ("Nguyễn Văn Tám, Ban Tuyên giáo Huyện ủy", "Nguyễn Văn Tám", None), ("Theo Liên minh HTX tỉnh Lào Cai", None, "Liên minh HTX tỉnh Lào Cai"),
    ("Nguồn: Biển Đồng Châu Online", None, "Biển Đồng Châu Online"), ("Người đăng: Khuyến Nông Già vào lúc 20:31", "Khuyến Nông Già", None)])
def test_signatures(line, author, attribution):
    found = signature(line)
    assert (found.author, found.attribution) == (author, attribution)


@pytest.mark.parametrize("line", [
    "Theo kế hoạch, việc này phải xong trước ngày 22/03", "Số HTX tăng cả chất và lượng", "Vai trò của Liên minh HTX", "Báo Nhân Dân", "Ban biên tập", "Kinh tế", "admin",
    "Trần Văn Bình, Giám đốc hợp tác xã.", "Ông Tám nói vậy.", "2020 | 2021", ""])
def test_what_is_no_signature(line):
    assert signature(line) is None


@pytest.mark.parametrize("paragraph, text, author", [
    ("góp phần đổi mới tỉnh nhà.Thanh Bình", "góp phần đổi mới tỉnh nhà.", "Thanh Bình"), ("gửi tỉnh từ trước Tết. (Lâm Sà Rinh)", "gửi tỉnh từ trước Tết.", "Lâm Sà Rinh"),
    ("phát triển KT-XH của tỉnh./. Thanh Hà", "phát triển KT-XH của tỉnh.", "Thanh Hà")])
def test_an_author_glued_to_the_last_paragraph(paragraph, text, author):
    end, who = glued(paragraph)
    assert (paragraph[:end], who.author) == (text, author)


@pytest.mark.parametrize("paragraph", ["cho dự án này.", "đặt ở công viên tại TP. Châu Đốc", "nhiều HTX nông nghiệp (VietGAP).", "Không có dấu chấm cuối câu", ""])
def test_nothing_glued(paragraph):
    assert glued(paragraph) is None


@pytest.mark.parametrize("line, author", [
    ("Điểu Mai • 3 giờ trước • 4 phút đọc", "Điểu Mai"), ("Đỗ Thị Hường 2 giờ trước", "Đỗ Thị Hường"), ("Đăng ngày 8 Tháng 4, 2023 bởi Giàng A Dế", "Giàng A Dế"), ("Kinh tế | 12/03/2019 | Tác giả: Trần Thị Kim Ngân | Lượt xem: 1.234", "Trần Thị Kim Ngân"),
    ("20.11.2024 | 20:10 Phan Nữ Hiền", "Phan Nữ Hiền"), ("Hải Đăng", "Hải Đăng")])
def test_names_over_a_text(line, author):
    assert over(line).author == author


@pytest.mark.parametrize("line", ["Điện Biên", "Thứ Ba, 17/10/2023, 16:45 GMT+7", "Kinh tế / Doanh nghiệp - HTX", "7,726 lượt xem", ""])
def test_no_names_over_a_text(line):
    assert over(line) is None


@given(st.text(max_size=120))
def test_any_line_is_read(line):
    signature(line), over(line), glued(line)
