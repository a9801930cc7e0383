"""A sentence becomes the times it tells, each resolved against the day of publication."""
import re
from dataclasses import dataclass, replace

YEAR = r"(?:19|20)\d\d"
GLUE = r"(?:\s?[/.\-–]\s?|\snăm\s|\s)"
#: Small numbers as words.
WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11}
COUNTED = "mười một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
MERGED = "2025-06-30"       # the last day of the 63 provinces
#: What says when. The order matters: the longer reading of the same words stands first.
TIME = re.compile(
    rf"(?<![\w/.,\-–])(?:"
    rf"(?:ngày\s)?(?P<d1>\d{{1,2}})\s?[/.\-–]\s?(?P<m1>\d{{1,2}})\s?[/.\-–]\s?(?P<y1>{YEAR})"
    rf"|(?:ngày|sáng|chiều|tối|trưa|đến|hết|tới|nay\s\()\s?(?P<d2>\d{{1,2}})\s?[/\-–]\s?(?P<m2>\d{{1,2}})"
    rf"|(?:ngày\s)(?P<d3>\d{{1,2}})\stháng\s(?P<m3>\d{{1,2}})(?:,?\snăm\s(?P<y3>{YEAR}))?"
    rf"|tháng\s(?P<m4>\d{{1,2}}){GLUE}(?P<y4>{YEAR})|(?P<m5>\d{{1,2}})\s?/\s?(?P<y5>{YEAR})"
    rf"|tháng\s(?P<m6>\d{{1,2}})(?=\s|[,;.):]|$)"
    rf"|quý\s(?P<q>IV|I{{1,3}}|[1-4])(?:{GLUE}(?P<yq>{YEAR}))?"
    rf"|(?P<n>\d{{1,2}}|(?<!những\s)(?:{COUNTED}))\stháng(?:\s(?:đầu\s|(?P<late>cuối\s))?năm(?:\s(?P<yn>{YEAR})|\snay)?|\s(?:vừa\s)?qua|(?=\sđạt|:))"
    rf"|(?P<half>nửa\sđầu\snăm)(?:\s(?P<yh>{YEAR}))?"
    rf"|(?:(?:giai đoạn|nhiệm kỳ|từ|trong|các)\s)?(?:năm\s)?(?P<ra>{YEAR})\s?(?:[\-–]"
    rf"|đến\s(?:hết\s)?năm)\s?(?P<rb>{YEAR})"
    rf"|năm\s(?P<y>{YEAR})|(?<=\()(?P<yp>{YEAR})(?=\))"
    rf"|(?:(?<=đến\s)|(?<=tới\s)|(?<=hết\s)|(?<=trước\s))(?P<yb>{YEAR})(?!\s(?:htx|hợp|tổ|tht|thành|xã\sviên|lao|người|đồng|triệu|tỷ))"
    rf"|(?P<ago>\d{{1,2}}|{COUNTED}|mười)\snăm\s(?:trước|về\strước)(?!\s(?:đó|đây))"
    rf"|(?P<merger>trước\s(?:(?:ngày|khi|thời điểm)\s)?(?:hợp nhất|sáp nhập))"
    rf"|(?P<close>(?:cuối|hết)\snăm(?:\snay)?(?!\s(?:\d|ngoái|trước|qua|học)))"
    rf"|(?P<this>năm nay|trong năm(?!\s(?:19|20)\d\d)|năm qua)|(?P<last>năm ngoái|năm trước|cùng kỳ)"
    rf"|(?P<now>(?:sau|qua)\s(?:hơn\s|gần\s)?(?:\d{{1,2}}|{COUNTED}|mười)\snăm(?!\s(?:\d|học|nữa|đầu))|đang(?=\s(?:có|quản lý|sở hữu|duy trì|thu hút)\s(?:\w+\s)?\d)|hiện nay|hiện tại|(?:từ\s(?!trước)\w{{1,8}}\s)?(?<!trước\s)(?:đến|tới)\snay|(?:thời điểm|hiện)\snày|ngày nay"
    rf"|(?<!thực\s)(?<!xuất\s)(?<!phát\s)(?<!thể\s)hiện(?!\s(?:đại|thực|trạng|vật|hành|hữu|diện))"
    rf"|(?<!từ\s)(?<!năm\s)(?<!ngày\s)(?<!hôm\s)(?<!sáng\s)(?<!chiều\s)(?<!xưa\s)(?<!tháng\s)(?<!đến\s)(?<!tới\s)nay)"
    rf")(?![\w/]|[.,\-–]\d)", re.I)
LEAD = re.compile(r"(?:(?<!\w)(?:so với|hơn|bằng|cùng kỳ|trước|sau|kể từ|từ|tính|đến|tới|vào|trong|cuối|hết|đầu|giữa"
                  r"|thời điểm|ngày|cho)\s){1,5}$", re.I)
LONGEST_LEAD = 32
MULTIPLE = re.compile(r"(?<!\w)(?:lần|bằng|hơn)\s$", re.I)
#: A date behind these words is part of a law's or a plan's name.
CITED = re.compile(r"(?<!\w)(?:luật|nghị quyết|nghị định|quyết định|chỉ thị|thông tư|kết luận|công văn|văn bản|tờ trình"
                   r"|đề án|chương trình"
                   r"|kế hoạch|chiến lược|giấy phép|đại hội)(?!\w)[^,;:.…\n]{0,90}(?P<comma>,\s)?$", re.I)
LONGEST_NAME = 110
PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|nhiệm vụ|phương hướng)\s$", re.I)      # "Kế hoạch năm 2026": of that year
UP_TO = re.compile("tính|đến|tới")      # a date that something holds at, no stretch
IN = re.compile("tính|đến|tới|vào")     # a date in front of which no name of a document ends
WINTER = 3      # until this month "6 tháng cuối năm" are those of the year before
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """A time as told, text[start:end]: the date a level holds for, and the stretch that a flow is counted over."""
    start: int
    end: int
    as_of: str | None
    stretch: tuple[str, str] | None = None
    role: str = "plain"             # "plain" | "now" | "past": "hai năm trước" | "versus": compared with | "since": its beginning | "cited"


def periods(text: str, start: int, end: int, today: str | None, year: int | None = None) -> list[Period]:
    """The times told in text[start:end], in order. `today` is the day, month or year of publication, `year` the one
    the text spoke of last: both complete what is left out ("Trong năm", "đến hết quý III"); else there is no date."""
    found: list[Period] = []
    for match in TIME.finditer(text, start, end):
        lead = LEAD.search(text, max(start, match.start() - LONGEST_LEAD), match.start())
        words = lead[0].lower() if lead else ""
        first = lead.start() if lead else match.start()
        as_of, stretch = _read(match, words, today, year)
        if UP_TO.match(words) and not match["ra"]:
            stretch = None
        period = Period(first, match.end(), as_of, stretch, _role(text, match, first, start, words))
        found.append(period)
        if period.as_of and period.role == "plain":
            year = int(period.as_of[:4])
    return found


def _role(text: str, match: re.Match[str], first: int, start: int, lead: str) -> str:
    if "so với" in lead or "hơn " in lead or match["last"] and not lead:
        return "versus"
    if match["ago"]:
        return "versus" if "so với" in lead or MULTIPLE.search(text, max(start, first - 6), first) else "past"
    if match["now"]:
        return "now"
    planned = match["y"] and PLAN.search(text, max(start, first - LONGEST_LEAD), first)
    cited = not planned and not IN.match(lead) and CITED.search(text, max(start, first - LONGEST_NAME), first)
    if cited and (not cited["comma"] or match["d1"] or match["d2"] or match["d3"]):
        return "cited"
    return "since" if re.match("(?:kể )?từ |sau ", lead) and not match["ra"] else "plain"


Told = tuple[str | None, tuple[str, str] | None]     # a date, and the stretch it ends


def _read(match: re.Match[str], lead: str, today: str | None, year: int | None) -> Told:
    """What the words mean, whatever their role in the sentence."""
    if match["now"]:
        return today, None
    if match["ra"]:
        return match["rb"], (match["ra"], match["rb"])
    if match["merger"]:
        return (MERGED, None) if today and today > MERGED else (None, None)
    if match["ago"]:
        return (str(int(today[:4]) - _count(match["ago"])), None) if today else (None, None)
    months, day = _months(match), match["d1"] or match["d2"] or match["d3"]
    known = _year(match, months[1], today, year)
    if known is None or not 0 <= months[0] <= months[1] <= 12:
        return None, None
    if match["close"]:
        return f"{known}-12", (str(known), str(known))
    if not months[1]:
        return _whole_year(known, lead)
    first, last = (f"{known}-{month:02}" for month in months)
    if day:
        return f"{last}-{int(day):02}" if 1 <= int(day) <= 31 else None, None
    return last, (first, last)


def _months(match: re.Match[str]) -> tuple[int, int]:
    """The first and last month meant; (0, 0) for a whole year."""
    if match["q"]:
        last = 3 * QUARTERS[match["q"].lower()]
        return last - 2, last
    if match["n"] or match["half"]:
        count = _count(match["n"] or "6")
        return (13 - count, 12) if match["late"] else (1, count)
    month = int(next((match[name] for name in ("m1", "m2", "m3", "m4", "m5", "m6") if match[name]), 0))
    return month, month


def _count(words: str) -> int:
    return int(words) if words.isdigit() else WORDS[words.lower()]


def _whole_year(year: int, lead: str) -> Told:
    if "trước " in lead:
        return str(year - 1), None
    return f"{year}-12" if "cuối " in lead or "hết " in lead else str(year), (str(year), str(year))


def _year(match: re.Match[str], month: int, today: str | None, year: int | None) -> int | None:
    """The year told, or the one that is meant: the latest in which the month is not yet to come."""
    told = next((match[name] for name in ("y1", "y3", "y4", "y5", "yq", "yn", "yh", "y", "yp", "yb") if match[name]), None)
    if told:
        return int(told)
    if today is None:
        return year
    this = int(today[:4])
    this_month = int(today[5:7]) if len(today) > 4 else 12
    if match["last"]:
        return this - 1
    if match["close"]:
        return this - (this_month <= WINTER and "nay" not in match["close"])
    if match["late"]:
        return this - (this_month <= WINTER)
    if match["this"] and match["this"].lower() != "năm nay":
        return year if year and year <= this else this - (this_month < 3)
    return this - (month > this_month)


def ahead(period: Period, text: str, today: str | None) -> Period:
    """A goal's month without a year, or one that is over, is the next of that name."""
    if not today or not period.as_of or period.as_of[:7] >= today[:len(period.as_of[:7])] or YEARS.search(text, period.start, period.end):
        return period
    later = str(int(period.as_of[:4]) + 1)
    stretch = period.stretch and tuple(later + bound[4:] for bound in period.stretch)
    return replace(period, as_of=later + period.as_of[4:], stretch=stretch)


def covers_future(period: Period, today: str | None) -> bool:
    """Whether the time lies in a year after the publication."""
    return period.as_of is not None and today is not None and period.as_of[:4] > today[:4]


YEARS = re.compile(rf"(?<!\d){YEAR}(?!\d)")
#: In front of a year that is one, not a number; behind the first year of a term.
OWN = re.compile(r"(?:năm\s|tháng\s\d{1,2}\s?/\s?|/\d{1,2}/|quý\s\w{1,3}\s?/\s?)$", re.I)
TERM = re.compile(rf"\s?[\-–]\s?{YEAR}")
DASHED = re.compile(r"\s?[\-–]\s?\d")
#: What stands before a year that tells no present: a goal, a comparison, a beginning, an end that lies ahead.
AHEAD = re.compile(r"(?<!\w)(?:mục tiêu|phấn đấu|dự kiến|dự báo|tầm nhìn|sẽ)(?!\w)", re.I)
AHEAD_OF_IT = re.compile(r",?\s(?:\w+\s){0,3}?(?:phấn đấu|dự kiến|dự báo|sẽ|đặt mục tiêu|mục tiêu)(?!\w)", re.I)
ELSEWHERE = re.compile(r"(?<!\w)(?:trước|từ|sau|so với)\s(?:(?:cuối|đầu|hết)\s)?(?:năm\s|tháng\s\d{1,2}\s?/\s?)$"
                       r"|đến\s(?:(?:cuối|hết)\s)?năm\s$", re.I)
LONGEST_GOAL, LONGEST_LEAD_OF_YEAR = 120, 30


def newest_year(text: str) -> str | None:
    """The year an undated text speaks from: the newest that it tells as its own, or the beginning of the newest term."""
    return max((match[0] for match in YEARS.finditer(text) if _is_own(text, match.start(), match.end())), default=None)


def _is_own(text: str, at: int, end: int) -> bool:
    """Whether the year at `at` is told as the present one, or begins a term."""
    own = OWN.search(text, max(0, at - LONGEST_LEAD_OF_YEAR), at) and not DASHED.match(text, end)
    if not own and not TERM.match(text, end):
        return False
    line = max(text.rfind("\n", 0, at), at - LONGEST_GOAL, 0)
    return not (AHEAD_OF_IT.match(text, end) or AHEAD.search(text, line, at) or ELSEWHERE.search(text, max(line, at - LONGEST_LEAD_OF_YEAR), at))
