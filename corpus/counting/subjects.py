"""A sentence becomes the words that say whom it is about: one cooperative by name, or all of a sector."""
import re
from dataclasses import dataclass

HEAD = re.compile(r"(?<!\w)(?:htx|hợp tác xã|qtdnd|quỹ tín dụng nhân dân|tổ hợp tác|tht)(?!\w)", re.I)
#: No sentence without one of these holds a cue.
ANY = ("htx", "hợp tác", "tht", "tập thể", "kttt", "tổ chức kinh tế", "đơn vị này", "qtdnd", "quỹ tín dụng")
WORD = re.compile(r"\s(?:[-–&]\s)?(?P<word>\d{1,2}[/-]\d{1,2}(?![\d/])|[^\W_][\w.’'&+-]*)")
DAY = re.compile(r"\d{1,2}[/-]\d{1,2}")    # "HTX 19/5"
#: Lower-case syllables that a cooperative's name may hold before and between its capitals.
TRADES = frozenset("""
    nông lâm ngư diêm nghiệp thủy thuỷ hải sản dịch vụ tổng hợp kinh doanh thương mại sản xuất vận tải cơ giới giao
    thông hành khách hàng hóa hoá bốc xếp xe taxi ô tô buýt chăn nuôi trồng trọt rau củ quả hữu cơ an toàn sạch hoa
    cây cảnh ăn trái chè trà cà phê cao su hồ tiêu điều mía dừa lúa gạo giống nấm bưởi cam quýt nhãn vải xoài thanh
    long na chuối mận ổi dưa hấu sầu riêng bơ dược liệu mật ong lợn gà vịt bò sữa dê cá tôm cua nghêu ngao sò muối
    yến tằm dâu tây mây tre đan cói dệt thổ cẩm thêu gốm mộc gỗ mỹ nghệ thủ công tiểu công nghệ xây dựng cơ khí điện
    năng nước môi trường vệ sinh du lịch cộng đồng sinh thái khai thác đánh bắt chế biến tiêu thụ đầu tư phát triển
    trồng nuôi nghề sơ da xanh quế hồi sâm ngô khoai sắn lạc đậu cải hành tỏi ớt gừng măng luồng keo cừu ngựa ốc lươn
    ếch ba khía và tín dụng chợ quản lý thực phẩm bánh bún miến nước mắm rượu bản địa đặc sản thanh niên phụ nữ
""".split())
#: In front of "HTX", these make many of it, or something else.
NOT_ONE = re.compile(r"(?<!\w)(?:các|những|nhiều|mọi|số|liên minh|liên hiệp|luật|phát triển|hình thức|khu vực|khối"
                     r"|loại hình|\d[\d.,]*|%|có|kinh tế tập thể,|kttt,|toàn bộ|đa số|mỗi|từng|bình quân|thành phần|về"
                     r"|tổng số|(?:htx|hợp tác xã|tht|tổ hợp tác),?(?: và)?)\s$", re.I)
#: Words by which a sentence speaks of all of them.
SECTOR = re.compile(
    r"(?<!\w)(?:(?:các|những|nhiều|số|mỗi|đa số|tổng số)\s(?:htx|hợp tác xã|tht|tổ hợp tác|tổ chức (?:kinh tế|kttt))"
    r"|(?:khu vực|thành phần|lĩnh vực) (?:kinh tế tập thể|kttt|htx|hợp tác xã)"
    r"|(?:htx|hợp tác xã) (?:(?:trên địa bàn |trong |của )?(?:toàn |cả )?(?:tỉnh|huyện|thành phố|nước)|trên địa bàn)(?! (?-i:[A-ZĐ]))"
    r"|trong (?:một |các )?(?:htx|hợp tác xã)|(?:1|một) (?:htx|hợp tác xã) (?:đạt|bình quân|ước)|bình quân (?:của )?(?:1"
    r"|một|mỗi) (?:htx|hợp tác xã))(?!\w)|/ ?(?:1 )?(?:htx|hợp tác xã)(?!\w)", re.I)
#: "một hợp tác xã 33 thành viên", "HTX này": one that is named elsewhere.
ONE = re.compile(r"(?<!\w)(?:(?<!bình quân )(?<!bình quân của )(?<!đồng )(?<!triệu )(?<!tỷ )một (?:htx|hợp tác xã)(?! (?:đạt|bình quân|ước))|(?:htx"
                 r"|hợp tác xã|đơn vị) này)(?!\w)", re.I)
#: Lower-case words at which a name ends, though a capital may follow.
ENDS = frozenset("""
    có đã là với tại ở của được trên thuộc do bị sẽ đang hiện vẫn cũng chỉ mới như nhờ từ đến để cho về vào ra lên khi
    nếu thì mà nhưng hoặc hay không chưa xã huyện tỉnh phường quận thị thôn bản ấp khu phố tổ trong theo cùng các những
    kiểu điển lĩnh ngoài này đó ký bán mua thu đạt góp ông bà anh chị sau trước toàn trả vay làm nên liên việt giai năm
""".split()) - TRADES
FARTHEST = 3    # lower-case words in a row that a name may hold
BARE = re.compile(r"\s(?:(?:cũng|đã|đang|hiện|có|còn|hiện có|thu hút|tạo|chỉ|vẫn|sẽ|được|với|vay|ký|trả)(?!\w))", re.I)
LONGEST_NAME = 14  # words
TOWN = frozenset(("TP", "Tp", "TP.HCM", "TPHCM"))


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say whom the next figures are about: `name` of one, "" of one not named here, None of all."""
    start: int
    end: int
    name: str | None


def cues(text: str, start: int, end: int) -> list[Cue]:
    """The cues of text[start:end] in order."""
    said = text[start:end].lower()
    if not any(word in said for word in ANY):
        return []
    found = [Cue(match.start(), match.end(), None) for match in SECTOR.finditer(text, start, end)]
    found += [Cue(match.start(), match.end(), "") for match in ONE.finditer(text, start, end)]
    found += [cue for match in HEAD.finditer(text, start, end) if (cue := _one(text, match, start, end))]
    return sorted(found, key=lambda cue: cue.start)


def _one(text: str, head: re.Match[str], start: int, end: int) -> Cue | None:
    """A cooperative's name behind "HTX", or "HTX" alone in the place of a name."""
    if NOT_ONE.search(text, max(start, head.start() - 28), head.start()):
        return None
    last = _name_end(text, head.end(), end)
    if last:
        return Cue(head.start(), last, text[head.start():last])
    if head[0][0].isupper() and BARE.match(text, head.end(), end):
        return Cue(head.start(), head.end(), "")
    return None


def _name_end(text: str, at: int, end: int) -> int | None:
    """Where the name that begins behind "HTX" ends: at its last capital or number; None where there is none."""
    last, own, lower = None, False, 0
    for _ in range(LONGEST_NAME):
        match = WORD.match(text, at, end)
        if not match:
            break
        word = match["word"]
        if word[0].isupper() and word.rstrip(".") not in TOWN or word[0].isdigit() and last and not lower or DAY.fullmatch(word):
            last, lower = match.end() - (len(word) - len(word.rstrip(".-’'"))), 0
            own = own or word.lower().rstrip(".") not in TRADES
        elif word not in TRADES:
            lower += 1
            if not last or own or word in ENDS or lower > FARTHEST or word[0].isupper():
                break
        at = match.end()
        if word.endswith("."):
            break
    return last if own else None


def whose(at: int, found: list[Cue], subject: str | None, sector: bool) -> Cue | None:
    """Whom a figure at `at` is about: the last cue in front of it, else the sector or the cooperative spoken of before;
    None when nobody is."""
    last = next((cue for cue in reversed(found) if cue.start < at), None)
    if last is None:
        last = Cue(at, at, None) if sector else Cue(at, at, "") if subject else None
    if last is None or last.name != "":
        return last
    named = next((cue.name for cue in found if cue.name), None)
    return Cue(last.start, last.end, subject or named or "HTX")
