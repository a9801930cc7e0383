"""A mention in its sentence becomes its part in the story: the subject, or why it is only passing through."""
import re
from bisect import bisect_right

from corpus.naming.cues import GOODS, WAY, part_before
from corpus.naming.mentions import Mention
from corpus.naming.persons import bears_another
from corpus.naming.settling import listed

NATIONAL = re.compile(r"(?<!\w)(?:[Bb]ộ (?:[A-ZĐ]|trưởng|ngành)|các bộ|Chính phủ|Thủ tướng|Quốc hội|Việt Nam|toàn quốc"
                      r"|cả nước|Trung ương|quốc tế|quốc gia|khu vực châu|ASEAN|Tổng cục|Cục [A-ZĐ])")
AGREED = re.compile(r"ký kết|thỏa thuận|thoả thuận|ghi nhớ|kết nghĩa|giao ước|cùng ký|bắt tay"
                    r"|(?:hợp tác|phối hợp|trao đổi|kết nối) giữa")
ATTEND = re.compile(r"(?<!\w)(?:[Dd]ự|[Tt]ham dự|[Cc]húc mừng|[Cc]ó mặt|[Cc]hứng kiến)(?!\w)")
VISIT = re.compile(r"(?<!\w)(?:tham quan|thăm|xem|học|khảo sát|tìm hiểu|(?:đến|về|tới|tham) dự|chúc mừng"
                   r"|trao đổi kinh nghiệm)(?!\w)")
GOING = re.compile(r"(?<!\w)(?:đưa|dẫn|cử|tổ chức|vào|ra|lên|sang|về|đến|tới|xuống|qua)(?!\w)")
BEATEN = re.compile(r"\W*(?:cũng |còn |đều )?(?:phải )?(?:chào thua|nổi tiếng hơn|ngon hơn|thua|chịu thua)")
LEAVING = re.compile(r"\W*(?:về|vào|ra|lên|xuống|sang|đến|trở về|chuyển)(?!\w)")
MOVER = re.compile(r"(?<!\w)(?:gia đình|cha|mẹ|di cư|vợ|chồng|anh|chị|ông|bà|người|dân|kỹ sư|bố)(?!\w)", re.IGNORECASE)
RECEIVING = re.compile(r"(?<!\w)(?:lễ|khai mạc|phiên chợ|hội chợ|ra mắt|khánh thành|khởi công|đại hội)(?!\w)",
                       re.IGNORECASE)
HEARD = re.compile(r"\s*(?:để )?(?:học (?:đại học|nghề|lớp|trường)|dự (?:lớp|hội)|chữa|khám|thi |nhận giải|làm thuê"
                   r"|làm công|báo cáo)")
MEETING = re.compile(r"(?:(?<!\w)(?:tại|ở|ra|về|thủ đô)|\(|(?<!\w)(?:tại|ở) [^.;,]{3,40}[,(-])\s*$", re.IGNORECASE)
OWN = re.compile(r"UBND|Sở |quận|huyện|Liên minh HTX (?:TP|Hà|thành)")     # who meets there is of the place
WHENCE = re.compile(r"(?P<what>[^.;,\n]{2,40})(?<!\w)từ [^.;\n]{3,60}$")
MOVING = {"lên", "ra", "vào", "sang", "về", "đi", "xuống"}
WINDOW = 64                     # characters before a name in which a cue is looked for
LONGEST = 400                   # so far a sentence is looked through on either side of a name
CONTEXT = 300                   # and around a sentence in which the country may be spoken of
INHERITED = {"market", "guest", "origin", "comparison", "training", "past"}
SENTENCE = re.compile(r"[.!?…;\n](?:(?<=\n)|[\s”\"])")
#: What opens a sentence that is not the story, and what ends it: related headlines their line, a caption its sentence.
LINES = ("Tin liên quan", "TIN LIÊN QUAN", "Tin khác", "Các tin khác", "CÁC TIN KHÁC", "TIN KHÁC", "Bài liên quan",
         "Bài viết liên quan", "Xem thêm", "XEM THÊM", "Đọc thêm", "ĐỌC THÊM", "Có thể bạn quan tâm", "Tin cùng chuyên mục",
         "Cùng chuyên mục", "Tin tiếp", "Tin mới", "Tin cũ", "Tin đọc nhiều", "Đọc nhiều", ">>", "Từ khóa:", "Từ khoá:",
         "Tags:", "Tag:")
CAPTIONS = ("Ảnh:", "Ảnh minh họa", "Ảnh minh hoạ", "ẢNH:", "Trong ảnh", "Chú thích", "Clip:", "Video:", "Đồ họa:", "(Ảnh",
            "Dự báo thời tiết", "Thời tiết:", "Thời tiết hôm nay", "Thời tiết ngày", "Bản tin thời tiết")
HEADS = {opening[:3] for opening in (*LINES, *CAPTIONS)} | {">> "}


def parts(text: str, found: list[Mention]) -> list[str]:
    """The part of each mention: "" a subject, "produce", "cooperative", "namesake" and "host" part of one, else why it is none."""
    if not found:
        return []
    starts = [0, *map(re.Match.end, SENTENCE.finditer(text))]
    aside = _asides(text, starts)
    out: list[str] = []
    for i, mention in enumerate(found):
        n = bisect_right(starts, mention.head) - 1
        start = max(starts[n], mention.head - LONGEST)
        end = min(starts[n + 1] if n + 1 < len(starts) else len(text), mention.end + LONGEST)
        before = found[i - 1] if i and found[i - 1].start >= start else None
        if n in aside:
            out.append("aside")
        elif len(mention.provinces) > 1:
            out.append("open")
        elif before and before.parent == i:         # a place shares the part of the smaller one it settled
            out.append(out[-1] if out[-1] in INHERITED else "")
        elif before and _shares(text[before.end:mention.head], out[-1]):
            out.append(out[-1])
        else:
            out.append(_part(text, mention, start, end, found[i + 1:i + 8]))
    return out


def _asides(text, starts):
    """The numbers of the sentences that are not the story."""
    out = set()
    for n, start in enumerate(starts):
        if text[start:start + 3] not in HEADS:
            continue
        if text.startswith(CAPTIONS, start):
            out.add(n)
        if text.startswith(LINES, start):
            line = text.find("\n", start) if n else start
            out.update(range(n, bisect_right(starts, line if line >= 0 else len(text))))
    return out


def _shares(gap: str, part: str) -> bool:
    """Whether a name plays the part of the one before it: members of a list do, and the two ends of a road."""
    if gap.strip() in ("-", "–", "‑"):
        return part in INHERITED or part == "way"
    return part in INHERITED and listed(gap)


def _part(text, mention, start, end, rest):
    left, right = text[max(start, mention.head - WINDOW):mention.head], text[mention.end:end]
    if bears_another(text, mention, left, start):
        return "person"
    part = _after(left, right) or part_before(left, mention.kind)
    if part == "attending":
        part = "guest" if _attends(text, mention, text[start:end], rest) else ""
    part = part or _visiting(mention, left, right, rest)
    if part == "guest" and AGREED.search(text, start, end):
        return ""
    return part or _venue(text, mention, left, start, end)


def _after(left, right):
    """What the words right behind a name say, with the one before it."""
    if BEATEN.match(right):
        return "comparison"
    word = left.rstrip().rpartition(" ")[2].lower()
    if word == "từ" and LEAVING.match(right) and MOVER.search(left):
        return "past"
    if word in WAY and HEARD.match(right):
        return "training"
    if word in MOVING and (whence := WHENCE.search(left)):
        return "market" if GOODS.intersection(whence["what"].lower().split()) else ""
    return ""


def _visiting(mention, left, right, rest):
    """Who is said to go and see somebody else's place is a guest there."""
    hosts = [m for m in rest if m.start < mention.end + len(right) and not set(m.provinces) & set(mention.provinces)]
    if not hosts or not left.strip() or not (visit := VISIT.search(right)):
        return ""
    going = GOING.search(right, 0, visit.start())
    return "guest" if going and hosts[-1].start > mention.end + going.start() else ""


def _attends(text, mention, sentence, rest):
    """Whether somebody else's place receives those who attend: it celebrates, or they come from several."""
    if not ATTEND.search(sentence):
        return False
    others = [m for m in rest if m.provinces != mention.provinces and listed(text[mention.end:m.head])]
    return bool(others) or bool(RECEIVING.search(sentence))


def _venue(text, mention, left, start, end):
    """A capital in which the country meets is not what the text is about."""
    if mention.level != "province" or mention.provinces[0] not in ("ha-noi", "ho-chi-minh") or not MEETING.search(left):
        return ""
    national = NATIONAL.search(text, max(0, start - CONTEXT), end + CONTEXT)
    return "venue" if national and not OWN.search(text, start, end) else ""
