"""The words of the page "Số liệu" in English: the Vietnamese text is the key."""

FIGURES = {
    "Số liệu": "Figures", "Số liệu theo tỉnh và năm": "Figures by province and year",
    "Con số mà các bài nêu, mỗi số kèm câu đã nêu nó. Bài nói khác nhau thì đặt cạnh nhau, không lấy trung bình.":
        "Figures that articles report, each with the sentence that says it. Where reports differ they stand side by side, never averaged.",
    "Chỉ lấy số từ bài có từ": "Only from articles with the words", "Của": "Of", "Bảng": "Table",
    "toàn khu vực": "the whole sector", "một phần": "parts of it", "mức tăng, giảm": "changes", "từng hợp tác xã": "single cooperatives",
    "theo tỉnh, thành": "by province", "theo huyện, xã": "by district, commune", "Cả nước": "The whole country", "Chưa rõ nơi": "Place not told",
    "Chỉ lấy từ bài…": "Only from articles…", "Nghị quyết được nêu": "Resolution named", "Nói về tỉnh": "About the province", "mọi tỉnh": "any province", "Của nguồn": "By the source", "mọi nguồn": "any source", "thêm…": "add…",
    "{n} con số": "{n} figures", "từ mọi bài": "from all articles", "từ bài có": "from articles with",
    "Tên tỉnh:": "Names of provinces:", "lúc đăng": "at publication", "34 tỉnh hiện nay": "the 34 of today",
    "Tỉnh mới chỉ được cộng khi mọi tỉnh cũ của nó đều có số; số cộng là phép tính của trang này (ghi Σ), không bài nào nêu.":
        "A new province is added up only where every former part has a figure; a sum is computed by this page (marked Σ), no article says it.",
    "mới biết {known}, thiếu {missing}": "known: {known}; missing: {missing}", "không cộng được": "cannot be added up",
    "biết {n}/{all} tỉnh cũ": "{n} of {all} former parts known", "cộng từ": "the sum of",
    "Năm": "Year", "Không rõ năm": "Year not told", "Nơi": "Place", "mới nhất": "newest", "nhiều bài nhất": "most repeated",
    "tỉnh mới": "new province", "và {n} số khác": "and {n} more", "+{n}": "+{n}", "{n} năm trước nữa": "{n} earlier years", "Chỉ những năm gần đây": "Recent years only",
    "Bảng số liệu": "Table of figures", "Chọn để so sánh": "Choose to compare", "So sánh trên biểu đồ": "Compare on the chart",
    "Đánh dấu tối đa {n} nơi trong bảng rồi bấm nút này.": "Tick up to {n} places in the table, then press this button.",
    "Biểu đồ": "Chart", "{measure}: {places}": "{measure}: {places}", "Bảng của biểu đồ": "The chart as a table",
    "Đường nối các báo cáo mới nhất của mỗi năm; chấm nhỏ là báo cáo khác số; hình thoi rỗng là mục tiêu.":
        "Lines join the newest report of each year; small dots are reports that differ; hollow diamonds are goals.",
    "{n} số dùng đơn vị khác không được vẽ.": "{n} values in other units are not drawn.", "Đơn vị: {unit}.": "Unit: {unit}.",
    "Câu nói về {what}": "What was said of {what}", "Đóng": "Close", "Bài và câu": "Article and sentence",
    "Hiện {n} câu đầu trong {all}.": "The first {n} of {all} sentences.", "Tải tất cả": "Get all", "số của lúc": "as of", "(suy ra)": "(inferred)",
    "theo chữ": "from the words", "một phần: {what}": "a part: {what}", "của riêng {what}": "of {what} alone", "Không có câu nào.": "There is no sentence.",
    "Chưa có con số nào như thế.": "There is no such figure yet.", "Không bài nào khớp nêu con số nào.": "No matching article reports a figure.",
    "Thử chỉ tiêu khác:": "Try another measure:", "hay": "or", "bỏ từ khóa và bộ lọc": "drop the words and filters", "xem cách tách khác:": "another way to tell them apart:",
    "Tải về:": "Get:", "của bảng này": "of this table", "Danh sách bài": "List of articles", "Số liệu của kết quả này": "Figures of these results",
    "Trong bài này:": "In this article:", "không rõ lúc": "time not told", "không rõ ngày": "no date", "Mục tiêu": "Goal",
    "Bấm vào một số để đọc câu đã nêu nó.": "Each figure leads to the sentences that say it.",
}
