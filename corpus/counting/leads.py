"""The words in front of a number become what is told of it: there are so many, so many are founded, supported."""
import re
from dataclasses import dataclass

from corpus.naming.mentions import CAPITALS
from corpus.counting.numbers import MODIFIER, Number

#: The last of these in front of a number decides; what starts further left and reaches further goes before.
_WORDS = {
    "pending": r"(?:chờ|chưa|đang|thủ tục|đề nghị|thuộc diện|diện|cần|sẽ|chuẩn bị|không)(?: \w+){0,3}? giải thể",
    "dissolved": r"giải thể(?: bắt buộc| tự nguyện| được)*|xóa tên|xoá tên",
    "part": r"(?:hợp tác|liên kết|phối hợp|ký kết|làm việc|kết nối|hợp đồng|gặp gỡ|trao đổi|tham gia|cùng|góp mặt"
            r"|tham dự)(?: \w+){0,4}? (?:với|của|có)"
            r"|một trong(?: số| những)?|hỗ trợ|tập huấn|đào tạo|bồi dưỡng|tư vấn|hướng dẫn|kiểm tra|khảo sát|giúp|cho"
            r"|cấp|giao|chọn|tuyên dương"
            r"|khen thưởng|vinh danh|tôn vinh|xây dựng|củng cố|chuyển đổi|tổ chức lại|đối với|của|tại|mời|thăm|điều hành"
            r"|giám đốc|chủ nhiệm|đại diện"
            r"|vay|phục vụ|bằng|xử lý|xử phạt|thu hồi|đình chỉ|ký|thí điểm|nhân rộng|tham gia|tham dự|kết nạp|lãnh đạo",
    "raised": r"(?:tăng|giảm|nâng)(?: \w+){0,4}? (?:lên|xuống|còn|thành|đạt)|lên|xuống còn|xuống|lên đến|lên tới",
    "change": r"(?:tăng|giảm|thêm|bớt|nhiều hơn|cao hơn|thấp hơn|ít hơn|nhiều|cao)(?: thêm| mới| được)*",
    "new": r"(?:thành lập|lập|phát triển|đăng ký)(?: mới| thêm| được)+|thành lập|lập|ra mắt|ra đời",
    "older": r"từ(?: chỗ)?(?: chỉ)?(?: có)?|so với(?: con số| mức)?",
    "level": r"việc làm(?: \w+){0,4}? cho|có|còn|là|đạt|gồm|bao gồm|tổng số|tổng cộng|duy trì|quản lý|ghi nhận|với"
             r"|trong số|(?:hiện|trong)(?=\s*$)|chỉ|số lượng|đặt đích|đích đến|mục tiêu|chỉ tiêu|phấn đấu"
             r"|cả nước|(?:toàn|trong) (?:tỉnh|huyện|quốc|thành phố|tp|thị xã)|thu hút|tập hợp|quy tụ|sở hữu",
}
WORD = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items()) + r")(?!\w)", re.I)
#: Nothing but these between two numbers: what was told of the first is told of the second.
LINK = re.compile(r"[\s,;(–\-+]*(?:(?:và|cùng|hoặc|hay|trong đó|trong số này|trong số đó|gồm|bao gồm|cụ thể|là|có"
                  r"|còn lại|còn|riêng|nhưng|song|chỉ|khoảng|được|số|với)[\s,;:(–\-]*){0,4}", re.I)
WITHIN = re.compile(r"(?<!\w)(?:trong (?:đó|số (?:này|đó))|gồm|cụ thể|chia ra)(?!\w)|^\s*[:(]\s*$", re.I)
#: A list that goes on with another place or another year: "; huyện Nam Đàn 45 HTX", "; năm 2022: 612 HTX".
_PLACE = (rf"(?:(?:tỉnh|thành phố|TP\.?|huyện|thị xã|TX\.?|quận|Q\.?|xã)\s?)?[{CAPITALS}]\w*(?:\s[{CAPITALS}]\w*){{0,4}}")
PLACED = re.compile(rf"\s?(?:và )?(?:{_PLACE}|năm \d{{4}})\s?")
#: "trong đó Hà Nội có 1.913 HTX": no sort of them, but all of another place.
ELSEWHERE = re.compile(rf"trong đó,?:?\s(?:riêng )?{_PLACE}(?: (?:hiện |đang )?(?:có|với|là))?\s?$")
OR_MORE = re.compile(r"(?<!\w)từ\s?$")
LONGEST = 120   # characters in which the deciding word is looked for
REACH = 40  # characters that may stand between the deciding word and the number


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words in front of a number say."""
    told: str | None    # level | raised | older | new | dissolved | pending | change | part; None when no word says it
    link: bool          # the number only goes on with a list
    within: bool        # it is a part of what was counted before
    words: str


def lead(text: str, start: int, number: Number) -> Lead:
    """What the words since `start`, the last number or the start of the sentence, say of this number."""
    words = text[start:number.start]
    if number.modifier == "over":
        words = OR_MORE.sub("", words)
    modifier = MODIFIER.search(words)
    if modifier:
        words = words[:modifier.start()]
    outside = words.rpartition(")")[2]
    told = _told(outside)
    return Lead(told, _links(outside, told), WITHIN.search(words) is not None and not ELSEWHERE.search(words), words)


def _links(words: str, told: str | None) -> bool:
    """Whether the words only go on with a list; when nothing else is told in them, those behind their last comma do."""
    first, *others = re.split("[;,:]", words)
    last = others[-1] if others else first
    link = LINK.fullmatch(words) or told is None and (LINK.fullmatch(last) or others and PLACED.fullmatch(last))
    return bool(link)


def _told(words: str) -> str | None:
    headed = words.rstrip().endswith((":", "|"))
    words, last = words[-LONGEST:], None
    for last in WORD.finditer(words):
        pass
    if headed:
        return last.lastgroup if last and last.lastgroup in ("new", "dissolved", "pending") else "level"
    if last is None:
        return None
    rest = words[last.end():]
    if len(rest) > REACH or last.lastgroup in ("older", "change") and re.search("[,;]", rest):
        return None
    return last.lastgroup
