"""A line under or over a text becomes who wrote it, or whom it was taken from."""
import re
from dataclasses import dataclass

from corpus.dates import mentions
from corpus.naming.gazetteer import labels


@dataclass(frozen=True, slots=True)
class Signature:
    author: str | None = None
    attribution: str | None = None


_LONGEST = 90
_UP = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠ-Ỹ"
_WORD = rf"[{_UP}][\w'’]{{0,14}}\.?"
_NAME = rf"{_WORD}(?:[ .]{_WORD}){{0,5}}"
_JOIN = r"\s?(?:[-–—,;&+/]|\bvà\b|\bvới\b)\s?"
_NAMES = re.compile(rf"^{_NAME}(?:{_JOIN}{_NAME}){{0,5}}$")
_ROLE = re.compile(
    r"^(?:(?:bài|tin|ảnh|hình|clip|video|đồ họa|đồ hoạ|bài viết|lời)(?:(?:\s?[,&/+\-–]\s?|\s?(?:và|-)\s)(?:tin|bài|"
    r"ảnh|hình|clip|video|đồ họa|đồ hoạ)){0,2}|"
    r"(?:được )?(?:viết|đăng|gửi|thực hiện|biên soạn|thể hiện)(?: bởi)?|người (?:viết|đăng|gửi|thực hiện)|"
    r"tác giả(?: bài viết)?|thực hiện|biên tập(?: viên)?|nhóm (?:pv|phóng viên|tác giả)|"
    r"phóng viên|by|author|posted by|written by|nội dung|tổng hợp|biên dịch|lược ghi|ghi chép)\s?(?::\s?|"
    r"\s(?=[^\s:]))", re.I)
_TAKEN = re.compile(r"^\W{0,3}(?:theo|nguồn(?: tin)?|dẫn nguồn|trích nguồn|dẫn theo|lược theo|"
                    r"source)\s?:?\s+(?P<whom>\S.{1,70}?)\W{0,3}$", re.I)
_STATION = re.compile(r"\s?[/|]\s?(?:[\w\-]{1,30}\.)?[A-Z\d][A-Z\d.\- ]{2,30}$|"
                      r"\s?[/|]\s?[\w\-]{2,30}(?:\.[a-z]{2,4}){1,3}$")
_PARENTHESIS = re.compile(r"\s*\(([^()]{2,60})\)\s*$")
_WHEN = re.compile(r"\s(?:vào|lúc|ngày|on|at|nhãn)\b.*$|\s?[|•·,]?\s\d.*$", re.I)
_WRITER = re.compile(r"(?:^|(?<=\s))(?:PV|CTV|BTV|P\.V|PVTT|Phóng viên|Cộng tác viên)(?=\s|$)", re.I)
_NOBODY = re.compile(r"^(?:admin\w*|administrator|super ?user|editor|quản trị(?: viên)?|ban biên tập|bbt|webmaster|"
                     r"root|user\d*|biên tập|tòa soạn|toà soạn|n/?a|null|none|unknown)$", re.I)

#: family names of the Kinh and of the peoples that write for provincial papers
_FAMILY = frozenset("""
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm
    phùng mai tô tạ hà thái cao châu chu lương lưu mạc nông ninh quách quan tăng thạch thân tống triệu từ tôn văn vi
    viên bạch bành bế cù cung diệp doãn giang giáp hứa kiều kim khổng khúc la lã lại lò lô lường lục ma nghiêm nhâm
    ông phí phó sầm sơn sùng tiêu tòng trang ứng vàng vừ âu an hầu điểu giàng thào hạng cầm quàng đèo mùa cứ lầu siu
    rơ rmah ksor kpă y h k nay danh kiên liêu hồng trà chế đàng bá não tráng chảo phàn bàn lù sình tẩn đồng đàm vòng
    chíu hạ hàn hàng khuất la lộ lư mã mông nhữ ngân ngụy quản sái sử thang thi thiều tiết tào tất vạn yên ôn ung lừ
    cà tẩn chẩu hoa ngọc thu thanh minh""".split())
#: words of names of offices and places, which are capitalised like names of people
_OFFICE = re.compile(r"^(?:báo|đài|sở|ban|phòng|hội|bộ|cục|chi cục|tỉnh|huyện|xã|thành phố|tp|trang|cổng|trung tâm|"
                     r"tạp chí|cơ quan|công ty|hợp tác)(?!\w)|"
                     r"(?<!\w)(?:liên minh|ubnd|hđnd|portal|online|news|net|tv|ttxvn|vov|vtv|htx|tht|tin tức|kinh tế|"
                     r"nông nghiệp|việt nam|thông tin|website|điện tử)(?!\w)", re.I)


def signature(line: str) -> Signature | None:
    """Who a line names when it does little else; a title, a place or a sentence is no name."""
    line = line.strip(" -–—*_|•·")
    if not 2 <= len(line) <= _LONGEST:
        return None
    if taken := _TAKEN.match(line):
        return _taken(taken["whom"])
    inside = _PARENTHESIS.search(line)
    if inside and inside.start() == 0:
        return signature(inside.group(1))
    role = _ROLE.match(line)
    bare = _WHEN.sub("", line[role.end():]) if role else line
    bare = _STATION.sub("", _PARENTHESIS.sub("", bare)).strip(" .-–—*_|•·:")
    if role and (taken := _TAKEN.match(bare)):
        return _taken(taken["whom"])
    if not names(bare):
        return _with_office(bare) if not line.endswith(".") else None
    from_whom = signature(inside.group(1)) if inside else None
    return Signature(proper(bare), from_whom.attribution if from_whom else None)


def _with_office(line: str) -> Signature | None:
    """"Nguyễn Văn Tám, Ban Tuyên giáo Huyện ủy": the name of a person before that of an office."""
    found = _POST.match(line)
    return Signature(proper(found["who"])) if found and names(found["who"]) and family(found["who"]) else None


_POST = re.compile(rf"(?P<who>{_NAME})\s?[,–—-]\s?(?i:phó |trưởng |chủ tịch|giám đốc|bí thư|cán bộ|cộng tác viên|"
                   rf"phóng viên|ban |sở |phòng |đài |hội |trung tâm |huyện |tỉnh |ubnd |"
                   r"liên minh |báo |chi cục |văn phòng |trường |đoàn )")


def _taken(whom: str) -> Signature | None:
    """Offices are capitalised and short; "Theo kế hoạch, việc này …" is a sentence."""
    words = whom.split()
    named = whom[0].isupper() or whom[0] in "\"“" or "." in words[0]
    if not named or len(words) > 12 or re.search(r"[,;!?]\s|\.\s", whom):
        return None
    return Signature(attribution=whom.strip("\"“” "))


def names(text: str) -> bool:
    """Whether a text is one or more names of people, and nothing else."""
    people = _WRITER.sub(" ", text).strip()
    if not people:
        return bool(_WRITER.search(text))
    return bool(_NAMES.match(people)) and not _OFFICE.search(people) and not _NOBODY.match(people) and len(people) <= 70


def over(line: str, known: str | None = None, *, named: bool = False) -> Signature | None:
    """Who a line over a text names, beside a date: "Điểu Mai • 3 giờ trước", "Đăng ngày 8/4/2023 bởi Giàng A Dế".

    `known` is the author that the head of the page tells; `named` says that the line's class is one for authors.
    """
    dated = next(mentions(line), None)
    bare = _AGO.sub(" | ", line[:dated.start] + " | " + line[dated.end:] if dated else line)
    said = _BY.search(bare)
    for part in ([said.group(1)] if said else []) + [bare.strip(" |•·-–,")] + _BAR.split(bare) + _DASH.split(bare):
        who = signature(part)
        if who and (who.attribution or named or said or who.author == known):
            return who
        if who and (family(who.author) or _alone(part, bare, who)):
            return who
    return None


def _alone(part: str, line: str, who: Signature) -> bool:
    """Nothing but a name stands there, and it is not a province's, which would be the section of the site."""
    return part.strip(" |•·-–,") == line.strip(" |•·-–,") and " " in who.author and who.author not in labels().values()


_BY = re.compile(rf"(?:^|[\s|])(?i:bởi|by|tác giả|người đăng|người viết|"
                 rf"đăng bởi)\s?:?\s+({_NAME}(?:{_JOIN}{_NAME}){{0,3}})(?=\s?(?:[|•·,(]|$))")
_AGO = re.compile(r"(?:cách đây )?\d{1,3} (?:giây|phút|giờ|tiếng|ngày|tuần|tháng)(?: trước)?", re.I)
_BAR = re.compile(r"[|•·]")
_DASH = re.compile(r"\s[–—-]\s|[|•·]")


def family(text: str) -> bool:
    """Whether the name begins as full names do: enough to believe one that stands over a text."""
    words = _WRITER.sub(" ", text).replace("'", " ").replace("’", " ").replace(".", " ").split()
    return len(words) > 1 and words[0].lower() in _FAMILY


def nobody(name: str) -> bool:
    """An account, not a person."""
    return bool(_NOBODY.match(name.strip())) or bool(_OFFICE.search(name)) or "@" in name or "http" in name


def proper(name: str) -> str:
    """ĐINH THÁI → Đinh Thái; initials stay."""
    words = name.split()
    if len(words) > 1 and name.isupper() and not _WRITER.match(name):
        return " ".join(word if "." in word else word[:1] + word[1:].lower() for word in words)
    return name


_SENTENCE_END = r"[.!?…”\"»)]"
_GLUED = (
    re.compile(rf"(?<={_SENTENCE_END})[\s/.]{{0,3}}\((?P<who>[^()]{{3,60}})\)\W{{0,2}}$"),
    re.compile(rf"(?<={_SENTENCE_END})[\s/.]{{0,4}}(?P<who>(?:(?:Bài|Tin)(?:,| và) ảnh:? |"
               rf"Theo )?{_NAME}(?:{_JOIN}{_NAME}){{0,2}})$"),
)
_WINDOW = 90
_ABBREVIATED = re.compile(r"(?:^|\s)(?:TP|Tp|TX|TT|Q|P|H|X|T|ThS|TS|GS|PGS|BS|KS|Mr|Mrs|Ms|Dr|St|No|NXB|ĐT|[A-ZĐ])\.$")


def glued(paragraph: str) -> tuple[int, Signature] | None:
    """Who signs at the end of a paragraph, "… tỉnh nhà.Thanh Bình", "… Tết. (Lâm Sà Rinh)", and where its text ends."""
    begin = max(0, len(paragraph) - _WINDOW)
    for pattern in _GLUED:
        found = pattern.search(paragraph, begin)
        if not found or not found.start() or _ABBREVIATED.search(paragraph, 0, found.start()):
            continue
        if (who := signature(found["who"])) and _more_than_a_word(found["who"]):
            return len(paragraph[:found.start()].rstrip("/ ").removesuffix("./")), who
    return None


def _more_than_a_word(who: str) -> bool:
    return " " in who or "." in who.strip(".")
