"""What the pages say in Vietnamese, in English."""

ENGLISH: dict[str, str] = {
    # around every page
    "Đến nội dung": "Skip to content", "Chính": "Main", "Độ phủ": "Coverage", "Trợ giúp": "Help",
    "Bài viết thuộc về các báo đã đăng; trang này chỉ giúp tìm và dẫn đến bài gốc.":
        "The articles belong to the papers that published them; this site only helps to find them and leads to the originals.",
    "Phím tắt": "Keyboard shortcuts", "Vào ô tìm": "Go to the search box", "Bài sau, bài trước": "Next and previous article",
    "Từ khớp sau, từ khớp trước (trong bài)": "Next and previous match (in an article)", "Bảng này": "This list",
    "Dùng phím tắt": "Use shortcuts", "Đóng": "Close",
    # asking
    "Tìm tin hợp tác xã": "Search news on cooperatives", "Từ khóa": "Words", "Tìm": "Search", "{n} gợi ý": "{n} suggestions", "Gợi ý": "Suggestions",
    "Gõ không dấu cũng được. Trong ngoặc kép: đúng cụm từ. Dấu trừ: loại ra.":
        "Accents may be left out. In quotes: the exact phrase. A minus sign excludes.",
    "Tìm nâng cao": "Advanced search", "Có mọi từ": "All of these words", "Đúng cụm từ": "This exact phrase",
    "Có một trong các từ": "Any of these words", "Không có từ": "None of these words", "Trong tiêu đề": "In the title",
    "Số từ phải khớp": "Words that must match", "tự động": "automatic", "tất cả": "all", "phần lớn": "most",
    "Những ô này được viết vào ô tìm ở trên.": "These fields are written into the box above.", "Cú pháp": "Syntax",
    "không dấu: mọi cách viết có dấu": "without accents: every accented spelling", "đúng cụm từ": "the exact phrase",
    "các từ gần nhau, cách nhiều nhất 3 tiếng": "the words near each other, at most 3 syllables apart",
    "có lúa, không có cá": "with lúa, without cá", "một trong hai": "either", "mọi từ bắt đầu như thế": "every word that begins so",
    "bài về một tỉnh": "articles about a province", "bài của những năm ấy": "articles of these years",
    "bài nêu Nghị quyết 20": "articles that cite Resolution 20", "trong tiêu đề": "in the title",
    "Đến ô tìm": "Skip to search", "Đến bộ lọc": "Skip to filters", "Đến kết quả": "Skip to results",
    # what was found
    "Kết quả": "Results", "(trong {n})": "(of {n})", "cho": "for", "Ở ký tự {n}:": "At character {n}:", "trang {n}": "page {n}",
    "gồm cả cách viết có dấu": "with any accents too", "mọi cách viết tắt": "every abbreviation", "mọi cách viết của mã số": "every way of writing a code",
    "Kể cả bài không có đủ mọi từ: chỉ cần một phần ba số tiếng đã gõ, ít nhất hai.":
        "Also articles without all the words: a third of the syllables typed will do, two at least.", "Chỉ bài có đủ mọi từ": "Only articles with all words",
    "Có phải bạn tìm:": "Did you mean:", "Đang lọc": "Filtered by", "Bỏ bộ lọc": "Remove filter", "hoặc": "or", "và": "and", "không gồm": "not",
    "Xóa mọi bộ lọc (giữ từ khóa)": "Clear all filters (keep the words)", "Xóa mọi bộ lọc": "Clear all filters",
    "Xóa từ khóa (giữ bộ lọc)": "Clear the words (keep the filters)", "Vì sao khớp": "Why these match", "Tắt": "Switch off",
    "Bật lại": "Switch on again", "bật lại": "on again", "Từ ngày": "From", "Đến ngày": "Until", "Tin": "Articles", "Chữ": "Word",
    "bỏ tin đăng lại": "no reprints", "Danh sách bài": "Articles", "Kết quả chỉ có {n} trang.": "There are only {n} pages of results.",
    "Đến trang cuối": "Go to the last page", "(không có tiêu đề)": "(no title)", "khớp không dấu": "matches without accents",
    "khớp qua {what}": "matches through {what}", "Cũng đăng tại {n} nơi": "Also published in {n} places", "tin đăng lại": "reprint",
    "Bài tương tự": "Similar articles", "không rõ nguồn": "source unknown", "không rõ ngày": "date unknown", "(suy ra)": "(inferred)",
    "(ngày suy ra)": "(date inferred)", "(năm suy ra)": "(year inferred)", "năm {year}": "{year}", "Trang kết quả": "Pages of results",
    "Trước": "Previous", "Sau": "Next", "Trang": "Page", "Mỗi trang:": "Per page:", "Theo dõi và tải về:": "Follow and download:",
    "Theo dõi kết quả này": "Follow these results", "Độ phủ của kết quả này": "Coverage of these results",
    "Tin mới về hợp tác xã – tìm HTX": "News on cooperatives – tìm HTX",
    # filters
    "Lọc và sắp xếp": "Filter and sort", "Sắp xếp": "Sort", "Sắp xếp:": "Sort by:", "Liên quan": "Relevance", "Mới nhất": "Newest",
    "Cũ nhất": "Oldest", "Tỉnh, thành": "Province", "Tỉnh": "Province", "Tỉnh hiện nay": "Present-day province",
    "Tỉnh, thành (lúc đăng)": "Province (at publication)", "Tỉnh, thành (hiện nay)": "Province (present day)", "Năm": "Year",
    "Nghị quyết": "Resolution", "Nguồn": "Source", "Chưa xác định": "Unknown", "Không nêu": "None cited", "Mơ hồ": "Ambiguous",
    "NQ 13 (2002)": "Resolution 13 (2002)", "NQ 20 (2022)": "Resolution 20 (2022)",
    "{n} đã chọn": "{n} chosen", "Chưa tính kịp.": "Not computed in time.",
    "Câu tìm này cần nhiều thời gian hơn mức cho phép. Hãy bớt từ, hoặc thử lại sau.":
        "This search takes longer than is allowed. Leave out some words, or try again later.", "theo tên lúc đăng": "by name at publication",
    "theo tỉnh hiện nay": "by present-day province", "hiện nay": "today", "bài": "articles", "bất kỳ": "any", "trừ": "not", "bỏ trừ": "allow",
    "Xem thêm {n} tỉnh": "{n} more provinces", "Xem thêm {n} năm": "{n} more years", "Xem thêm {n} nguồn": "{n} more sources",
    "Xem thêm {n}": "{n} more", "Ngày đăng": "Published", "Từ": "From", "Đến": "Until", "dd/mm/yyyy": "dd/mm/yyyy",
    "Không đọc được ngày này. Viết như 15/9/2022, 9/2022 hoặc 2022.": "This date cannot be read. Write 15/9/2022, 9/2022 or 2022.",
    "Ngày đầu đứng sau ngày cuối.": "The first day is after the last.", "Bỏ tin đăng lại": "Leave out reprints", "Áp dụng": "Apply",
    "Áp dụng ngay khi chọn": "Apply as soon as ticked", "Số bài theo năm": "Articles by year",
    "Tỉ lệ trong mọi bài của năm": "Share of all articles of the year", "xem số bài": "show numbers", "xem tỉ lệ": "show shares",
    "Bảng theo năm": "Table by year", "Bài": "Articles", "Tỉ lệ": "Share", "{n} giá trị": "{n} values",
    "Lọc danh sách (không cần dấu)": "Narrow the list (accents not needed)", "Lọc": "Narrow", "Thứ tự:": "Order:",
    "nhiều bài trước": "most articles first", "Không có giá trị nào như thế.": "There is no such value.", "Về kết quả": "Back to the results",
    # nothing found
    "Không có bài nào khớp.": "No article matches.", "Những cách khác:": "Other ways:",
    "Bỏ bớt từ hay bộ lọc cũng không thêm bài nào. Thử từ khác, ngắn hơn, hoặc xem":
        "Fewer words or filters find nothing either. Try other, shorter words, or see",
    "mọi bài": "all articles", "Bỏ “{what}”": "Without “{what}”", "Bỏ mọi lựa chọn ở “{what}”": "Without any choice of “{what}”",
    "Bỏ mọi bộ lọc": "Without any filter", "Chỉ cần phần lớn các từ": "Most of the words will do",
    "Không cần đúng nguyên cụm": "Not as an exact phrase", "Tìm không phân biệt dấu": "Whatever the accents",
    "Chỉ cần một trong các từ": "Any one of the words", "Chỉ tìm “{word}”": "Only “{word}”",
    "Bỏ từ khóa, giữ bộ lọc": "Without the words, keeping the filters",
    # an article
    "Bài trước": "Previous article", "Bài sau": "Next article", "Từ khớp": "Match", "Từ khớp trước": "Previous match",
    "Từ khớp sau": "Next match", "theo": "from", "Đọc bài gốc": "Read the original",
    "Trang này chỉ hiện phần mở đầu và các đoạn khớp.": "This site shows only the opening and the passages that match.",
    "Về bài này": "About this article", "Đọc được từ bài": "Read from the article",
    "Văn bản khác": "Other document", "Không đọc được tỉnh, năm hay nghị quyết nào.": "No province, year or resolution could be read.",
    "Số liệu trong bài": "Figures in the article", "Chỉ tiêu": "Measure", "Số": "Number", "Nơi": "Place", "Lúc": "When",
    "Cũng đăng tại": "Also published in", "Trích dẫn": "Cite", "mục tiêu": "goal", "tỉ lệ": "share", "mức thay đổi": "change",
    "hơn": "over", "dưới": "under", "khoảng": "about", "tỷ": "billion", "triệu": "million", "người": "people", "đồng": "VND",
    "đồng/năm": "VND a year", "đồng/tháng": "VND a month", "tổ": "groups", "HTX": "cooperatives", "liên hiệp": "unions",
    "Hợp tác xã": "Cooperatives", "HTX thành lập mới": "Cooperatives founded", "HTX giải thể": "Cooperatives dissolved",
    "HTX khá, tốt": "Cooperatives rated good", "HTX yếu": "Cooperatives rated weak", "HTX nông nghiệp": "Farming cooperatives",
    "HTX phi nông nghiệp": "Non-farming cooperatives", "Liên hiệp HTX": "Cooperative unions", "Tổ hợp tác": "Cooperative groups",
    "Quỹ tín dụng nhân dân": "People's credit funds", "Thành viên": "Members", "Lao động": "Workers", "Doanh thu": "Revenue", "Lãi": "Profit",
    "Thu nhập": "Income", "Vốn điều lệ": "Charter capital", "Vốn hoạt động": "Operating capital", "Số khác": "Other figure",
    # coverage, help, failures
    "Độ phủ: tỉnh và năm": "Coverage: provinces and years",
    "Mỗi ô là số bài về một tỉnh (tên lúc đăng) trong một năm; ô trống là chưa có bài. Bấm vào ô để xem bài.":
        "Each cell is the number of articles about a province (by its name at publication) in a year; an empty cell has none yet. "
        "Each leads to its articles.",
    "Xem": "Show", "{n} tỉnh chưa có bài nào.": "{n} provinces have no article yet.", "Xem danh sách bài": "See the list of articles",
    "Bảng tỉnh và năm": "Table of provinces and years", "Con số bên mỗi giá trị": "The number beside each value",
    "Là số bài sẽ có nếu chỉ chọn giá trị ấy trong mục ấy. Chọn nhiều giá trị trong một mục là “hoặc”, giữa các mục là “và”.":
        "It is how many articles there would be with this value as the only one of its kind. Several values of one kind mean “or”, "
        "different kinds mean “and”.",
    "Tỉnh lúc đăng và tỉnh hiện nay": "Provinces at publication and of the present day",
    "Từ 1/7/2025 cả nước còn 34 tỉnh, thành. Bài được xếp theo tên tỉnh lúc đăng (63 tên); tỉnh hiện nay suy từ đó.":
        "Since 1 July 2025 the country has 34 provinces. Articles stand under the name at publication (63 names); "
        "the present-day province follows from it.",
    "Những gì được suy ra": "What is inferred",
    "Tỉnh, năm và nghị quyết do máy đọc từ bài. Trang của mỗi bài cho thấy đọc ở chữ nào; điều gì suy ra thì ghi rõ là suy ra.":
        "Province, year and resolution are read from the text by a program. The page of each article shows the words they were read from; "
        "what is inferred says so.",
    "Kho bài": "The collection", "{n} bài, lập chỉ mục ngày {day}.": "{n} articles, indexed on {day}.",
    "Giao diện cho chương trình:": "For programs:", "Không có trang này": "There is no such page",
    "Bài này đã được gỡ xuống": "This article was taken down", "Không dùng được cách gọi này": "This cannot be asked in this way",
    "Máy chủ gặp lỗi": "The server failed", "Không hiểu yêu cầu này": "The request cannot be read",
    "Người giữ quyền đã yêu cầu không hiện bài này.": "Its owner asked that it not be shown.",
    "Địa chỉ có thể đã cũ, hoặc bài không còn trong kho.": "The address may be old, or the article is no longer in the collection.",
    "Về trang tìm": "Go to the search page",
}
