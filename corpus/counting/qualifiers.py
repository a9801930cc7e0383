"""The words behind a counted noun become the part of the sector that they single out, or none."""
import re
from dataclasses import dataclass

_FIELD = r"(?:nông|lâm|ngư|diêm|thủy|thuỷ|tốt|khá|giỏi|kém|yếu|hiệu quả|có hiệu quả)"
#: As far as a qualifier can reach: commas and "và" only within "nông, lâm nghiệp và thủy sản", "khá, tốt".
REACH = re.compile(rf"(?:[^,;:.()\d%\n…\"“”|]|,(?= {_FIELD}(?!\w))){{0,160}}")
#: "310 HTX (47,5%) được xếp loại khá": its share may stand between a noun and its qualifier.
SHARE = re.compile(r"\s\((?:chiếm |đạt )?\d[\d.,]*\s?%\)(?=\s\w)")
#: Words that begin something else than a qualifier.
CUT = re.compile(
    rf"(?<!\w)(?:với(?! quy mô)|và(?! {_FIELD}(?!\w))|cùng|trên địa bàn|trên phạm vi|trên toàn|ở(?! lĩnh vực)|tại|của"
    rf"|thuộc (?:tỉnh|huyện|thành phố|thị xã|quận)|trong (?:toàn|tỉnh|huyện|năm|khi|đó|tổng|giai đoạn|nhiệm kỳ|thời gian"
    rf"|quý|tháng|vòng)|giai đoạn|nhiệm kỳ"
    r"|trong khi|tăng|giảm|chiếm|so với|vào|đến|tới|tính|từ(?! khá| tốt| trung bình)|nhưng|thì|mà|để|nhằm|theo(?! luật| mô hình| hướng| chuỗi"
    r"| tiêu chuẩn)|do (?:giải thể|sáp nhập|chuyển|ảnh hưởng|dịch|thiếu)|góp phần|năm|mỗi|bình quân|trung bình \d|hiện nay|nay|này|(?:toàn|cả) (?:tỉnh|huyện|thành phố|nước|quốc)|(?:nhiều|ít|đông|lớn|cao) nhất|trở lên|song|nên)(?!\w)"
    r"|\s[–—-]\s(?=(?-i:[A-ZĐ\d]))", re.I)

_DOING = r"(?:hoạt động|làm ăn|sản xuất kinh doanh|sản xuất|kinh doanh|sxkd)"
NOT_YET = re.compile(r"(?<!\w)(?:chờ|chưa|đang|thủ tục|đề nghị|thuộc diện|diện|cần|sẽ|chuẩn bị|không|nguy cơ"
                     r"|xem xét)(?!\w).{0,24}giải thể", re.I)
DISSOLVED = re.compile(r"giải thể|xóa tên|xoá tên|xóa sổ", re.I)
IDLE = re.compile(r"(?<!\w)(?:ngừng|ngưng|dừng|không|chưa|tạm nghỉ)(?: \w+){0,3}? hoạt động|tồn tại hình thức|trên giấy"
                  r"|cầm chừng", re.I)
NEW = re.compile(r"(?:thành lập|đăng ký|lập|phát triển|ra đời) mới|mới (?:được )?(?:thành lập|ra đời|đăng ký)|^(?:được "
                 r"|đã |vừa )*(?:thành lập|ra đời)(?: thêm)?$|^(?:nông nghiệp |phi nông nghiệp )?mới$", re.I)
WEAK = re.compile(rf"(?<!\w)(?:chưa|không|kém|thiếu)(?: \w+){{0,3}}? ?hiệu quả"
                  rf"|(?<!\w)(?<!chủ )(?<!thiết )(?<!trọng )(?:yếu|kém)(?!\w)", re.I)
MIDDLING = re.compile(r"trung bình", re.I)
GOOD = re.compile(rf"{_DOING}(?: \w+){{0,4}}? (?:hiệu quả|tốt|khá)(?! ổn định)|(?:loại|mức|hạng"
                  rf"|danh hiệu)(?: \w+){{0,2}}? (?:khá|tốt|giỏi)(?!\w)"
                  r"|^(?:được |đạt |xếp |có |đánh giá )*(?:khá|tốt|giỏi|hiệu quả)(?!\w| ổn định)", re.I)
_IN = (r"(?:(?:chủ yếu|hiện|đang|đã|đều|hoạt động|sản xuất|kinh doanh|dịch vụ|thuộc|trong|ở|là|lĩnh vực|ngành|khu vực"
       r"|khối|nhóm|loại hình|về|htx|hợp tác xã|phần lớn|đa số|có)\s)*")
_LAND = r"(?:nông|lâm|ngư|diêm|thủy sản|thuỷ sản)"
FARMING = re.compile(rf"{_IN}nông(?:(?:,| -| và|-|–| –)?\s?{_LAND})*(?:\snghiệp)?(?:(?:,| -| và"
                     rf"|-)?\s?(?:{_LAND}(?:\snghiệp)?))*(?:\s(?:đang |còn )?hoạt động)?", re.I)
NON_FARMING = re.compile(rf"{_IN}phi nông(?:,? lâm)?(?:,? ngư)? nghiệp(?:\s(?:đang |còn )?hoạt động)?", re.I)
WHOLE = re.compile(r"(?:(?:đang|hiện|còn|đã|đều|thực tế|tương đối|khá|ổn định|có|là|gồm|đăng ký|hoạt động|các loại"
                   r"|các loại hình|tham gia|nói chung|toàn tỉnh|toàn huyện|cả nước|trong tỉnh|cùng|đạt|chỉ)(?:\s|$))*", re.I)
#: What follows is said of all of them: "264 HTX có tổng vốn …", "thu hút …".
SAID_OF_ALL = re.compile(r"(?:đang |hiện |đã |đều )*(?:(?:có|đạt|với) (?:tổng|số|trên|hơn|gần|khoảng|thành viên"
                         r"|bình quân|(?:doanh thu|thu nhập|vốn|vốn điều lệ|lợi nhuận) bình quân)|thu hút|(?:tạo"
                         r"|giải quyết) (?:việc|công ăn)|quản lý|đóng góp|hoạt động (?:có kết quả|ở (?:các|nhiều|hầu)"
                         r"|trong (?:các|nhiều|hầu|tất cả)|trên (?:các|nhiều|hầu))|thuộc (?:các|nhiều) (?!.{0,20}khác)|sử dụng)", re.I)


ABBREVIATIONS = {"NN": "nông nghiệp", "DVNN": "dịch vụ nông nghiệp", "NLN": "nông, lâm nghiệp", "PNN": "phi nông nghiệp",
                 "NLNN": "nông, lâm, ngư nghiệp"}
ABBREVIATED = re.compile(r"(?<!\w)(?:NN|DVNN|NLNN|NLN|PNN)(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class Qualifier:
    """`kind`: whole | new | dissolved | good | weak | farming | non_farming | part; `words` as they stand."""
    kind: str
    words: str
    start: int
    end: int


def qualifier(text: str, at: int, end: int) -> Qualifier:
    """The qualifier that begins at `at`, behind the noun."""
    share = SHARE.match(text, at, end)
    at = share.end() if share else at
    reach = REACH.match(text, at, end)
    cut = CUT.search(text, at, reach.end())
    last = cut.start() if cut else reach.end()
    words = text[at:last]
    start = at + len(words) - len(words.lstrip())
    words = words.strip(" -–—")
    return Qualifier(kind(words), words, start, start + len(words))


def kind(words: str) -> str:
    """Which part these words single out. A state goes before a branch: "nông nghiệp thành lập mới" are new."""
    words = ABBREVIATED.sub(lambda short: ABBREVIATIONS[short[0].upper()], words)
    if not words or WHOLE.fullmatch(words) and words.lower() != "khá":
        return "whole"
    return _state(words) or _branch(words)


def is_state(words: str) -> bool:
    """Whether the words tell how things stand with the cooperatives, not in which branch they work."""
    return _state(words) is not None


def _state(words: str) -> str | None:
    if NOT_YET.search(words) or IDLE.search(words):
        return "part"
    if DISSOLVED.search(words):
        return "dissolved"
    if NEW.search(words):
        return "new"
    if MIDDLING.search(words):
        return "part"
    if WEAK.search(words):
        return "weak"
    return "good" if GOOD.search(words) else None


def _branch(words: str) -> str:
    if NON_FARMING.fullmatch(words):
        return "non_farming"
    if FARMING.fullmatch(words):
        return "farming"
    return "whole" if SAID_OF_ALL.match(words) else "part"
