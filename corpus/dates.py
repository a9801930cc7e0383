"""What a page says of time becomes the date it was published, or at least the year, with the words that prove it."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from corpus.evidence import Evidence

if TYPE_CHECKING:
    from corpus.article import Article

HERE = timezone(timedelta(hours=7))
_FIRST, _LAST = 1995, 2099      # Vietnam's first online papers are of 1997


@dataclass(frozen=True, slots=True)
class Mention:
    """A whole date in a text, and where it stands with its weekday, its time and its zone."""
    value: str          # ISO
    start: int
    end: int
    timed: bool         # with a time of day


_CENTURY = re.compile(r"(?:19|20)\d\d")     # no date without one; found ten times as fast as a date
_MONTHS_EN = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTHS_VI = {name: n for n, names in enumerate(
    ("một giêng", "hai", "ba", "tư bốn", "năm", "sáu", "bảy bẩy", "tám", "chín", "mười"), 1) for name in names.split()}
_MONTHS_VI |= {"mười một": 11, "mười hai": 12, "chạp": 12}
_YEAR = r"(?P<y{0}>(?:19|20)\d\d)(?!\d)"
_EN = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_VI = "mười một|mười hai|giêng|chạp|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười"
_DATE = re.compile("|".join((
    rf"(?<![\d/])(?<!\d[.,\-])(?P<d1>\d{{1,2}})\s?[/.\-–]\s?(?P<m1>\d{{1,2}})\s?[/.\-–]\s?{_YEAR.format(1)}",
    rf"(?<![\d/])(?P<y2>(?:19|20)\d\d)[/.\-](?P<m2>\d{{1,2}})[/.\-](?P<d2>\d{{1,2}})(?![\d/])",
    rf"(?<!\d)(?P<d3>\d{{1,2}})\s{{0,3}}(?:,|-|/)?\s{{0,3}}(?:tháng|thg|th)\s?\.?(?P<m3>\d{{1,2}}|"
    rf"{_VI})\s{{0,3}}(?:,|-|/|năm)?\s{{0,3}}(?:năm\s)?{_YEAR.format(3)}",
    rf"(?:tháng|thg|th)\s?\.?(?P<m4>\d{{1,2}}|{_VI})\s{{1,3}}(?P<d4>\d{{1,2}}),?\s{{1,3}}{_YEAR.format(4)}",
    rf"\b(?P<m5>{_EN})\s(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR.format(5)}",
    rf"(?<!\d)(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?[\s\-](?P<m6>{_EN}),?[\s\-]{_YEAR.format(6)}",
)), re.I)
_TIME = (r"(?<!\d)\d{1,2}\s?(?::|h|g|giờ)\s?\d{2}(?:\s?(?::|phút|p)\s?\d{2})?(?:\s?(?:am|pm|sa|ch|sáng|trưa|chiều|tối|"
         r"phút|p)\b)?")
_BEFORE = re.compile(rf"(?:(?:{_TIME}|(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\snhật|cn|ngày|lúc|(?:mon|tue|"
                     rf"wed|thu|fri|sat|sun)[a-z]{{0,6}})(?!\w)|"
                     r"(?:am|pm|sa|ch)(?!\w))[\s,|()\[\]\-–•·:]{0,6}){1,6}$", re.I)
_AFTER = re.compile(rf"[\s,|()\[\]\-–•·lúcT]{{0,9}}{_TIME}(?:[\s(\[]{{0,3}}(?:gmt|"
                    rf"utc)\s?\+?\s?\d{{0,2}}(?::00)?[\])]?)?", re.I)


def mentions(text: str) -> Iterator[Mention]:
    """Every whole date of a text, in order."""
    if not _CENTURY.search(text):
        return
    for found in _DATE.finditer(text):
        value = _of_parts(found)
        if value:
            before = _BEFORE.search(text, max(0, found.start() - 60), found.start())
            after = _AFTER.match(text, found.end())
            start = before.start() if before else found.start()
            timed = bool(after or (before and re.search(_TIME, before.group(), re.I)))
            yield Mention(value, start, after.end() if after else found.end(), timed)


def _of_parts(found: re.Match) -> str | None:
    n = next(n for n in "123456" if found[f"y{n}"])
    day, month, year = int(found[f"d{n}"]), _month(found[f"m{n}"]), int(found[f"y{n}"])
    if month > 12 >= day and n == "1":
        day, month = month, day     # as Americans write
    return _iso(year, month, day)


def _month(said: str) -> int:
    said = said.lower()
    if said.isdigit():
        return int(said)
    return _MONTHS_VI.get(said) or (_MONTHS_EN.index(said[:3]) + 1 if said[:3] in _MONTHS_EN else 0)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if _FIRST <= found.year <= _LAST else None


_MACHINE = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})"
                      r"(?:[T\s]{1,2}(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?", re.I)
_AMERICAN = re.compile(r"^\s*(\d{1,2})/(\d{1,2})/(\d{4})\s+\d{1,2}:\d{2}(?::\d{2})?\s?[AP]M", re.I)
_EPOCH = re.compile(r"^\s*(1\d{9})(\d{3})?\s*$")


def of_machine(said: str) -> str | None:
    """The day, in UTC+7, of a value meant for machines: ISO 8601, RFC 2822, seconds since 1970, .NET's default."""
    if found := _MACHINE.match(said):
        return _zoned(*found.groups())
    if found := _EPOCH.match(said):
        return datetime.fromtimestamp(int(found.group(1)), HERE).date().isoformat()
    if (found := _AMERICAN.match(said)) and int(found.group(1)) <= 12:
        return _iso(int(found.group(3)), int(found.group(1)), int(found.group(2)))
    if said[:3].isalpha() and said.isascii():
        try:
            return _zoned_date(parsedate_to_datetime(said))
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    return next((mention.value for mention in mentions(said[:200])), None)


def _zoned(year, month, day, hour, minute, second, zone) -> str | None:
    if not (hour and zone):
        return _iso(int(year), int(month), int(day))
    sign = zone.upper() in ("Z", "UTC", "GMT")
    offset = timedelta() if sign else timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[-2:]))
    try:
        moment = datetime(int(year), int(month), int(day), int(hour) % 24, int(minute))
        return _zoned_date(moment.replace(tzinfo=timezone(offset)))
    except (ValueError, OverflowError):
        return _iso(int(year), int(month), int(day))


def _zoned_date(moment: datetime) -> str | None:
    try:
        there = moment.astimezone(HERE) if moment.tzinfo else moment
    except OverflowError:
        return None
    return _iso(there.year, there.month, there.day)


# dates on the page

_LABEL = re.compile(
    r"(?<!\w)(?:cập nhật(?: lúc| ngày| lần cuối)?|ngày (?:đăng|cập nhật|xuất bản|tạo|viết|gửi|đưa tin|đăng tin|"
    r"ban hành)|đăng (?:lúc|ngày|bởi|tải|tin)?|được đăng|"
    r"xuất bản|thời gian(?: đăng)?|gửi lúc|viết (?:lúc|bởi)|được viết(?: bởi)?|tạo (?:lúc|ngày)|posted(?: on| by)?|"
    r"published(?: on)?|updated|date|on|by|at|bởi|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn|ngày|lúc|vào|gmt|utc|am|pm|sa|ch|giờ(?: việt nam)?|"
    r"việt nam|múi giờ|tin|nguồn|tác giả|ban biên tập|bbt|admin|quản trị(?: viên)?|(?:số )?(?:lượt|lần) (?:xem|đọc)|"
    r"đã xem|lượt|in bài(?: viết)?|chia sẻ|facebook|zalo|twitter|email|bình luận|"
    r"mon|tue|wed|thu|fri|sat|sun)(?!\w)|\d{1,2}\s?[:hg]\s?\d{2}", re.I)
_CHANGED = re.compile(r"sửa (?:đổi )?lần cuối|cập nhật (?:lần )?(?:cuối|mới nhất|gần nhất)|lần cập nhật|chỉnh sửa|"
                      r"last (?:modified|updated|edited)|modified|edited", re.I)
_NOT_OF_PAGE = re.compile(r"giấy phép|\bgp\b|©|copyright|hôm nay|today|hotline|hết hạn|hạn nộp|hạn cuối|sinh ngày|"
                          r"thành lập", re.I)
_WORDS = re.compile(r"[^\W\d_]+")
_SHORT_YEAR = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:0|1|2)\d)(?![\d/.-])")
_LONGEST = 160
_RELATIVE = re.compile(r"(?<!\d)(\d{1,3})\s(phút|giờ|tiếng|ngày|tuần)\s(?:trước|qua)|(hôm qua|hôm kia|vừa xong|"
                       r"vài giây trước)", re.I)
_HOURS = {"phút": 1 / 60, "giờ": 1, "tiếng": 1, "ngày": 24, "tuần": 168, "hôm qua": 24, "hôm kia": 48}


def dateline(line: str) -> Mention | None:
    """The date of a line that says little else than when the page was published; a later change does not count."""
    if len(line) > _LONGEST or not any(c.isdigit() for c in line) or _NOT_OF_PAGE.search(line):
        return None
    told = (*mentions(line), *_short(line))
    found = [m for m in told if not _CHANGED.search(line, 0, m.start) or _labelled_before(line, m)]
    if not found:
        return None
    rest = _LABEL.sub(" ", line[:found[0].start] + " " + line[found[-1].end:])
    words = _WORDS.findall(rest)
    return found[0] if len(words) <= (8 if found[0].timed else 5) and sum(map(len, words)) <= 45 else None


def _short(line: str) -> Iterator[Mention]:
    """12/03/09, where a time of day or a weekday makes a date of it."""
    for found in _SHORT_YEAR.finditer(line):
        day, month, year = map(int, found.groups())
        before = _BEFORE.search(line, 0, found.start())
        after = _AFTER.match(line, found.end())
        if (before or after) and (value := _iso(2000 + year, month, day)):
            start, end = before.start() if before else found.start(), after.end() if after else found.end()
            yield Mention(value, start, end, True)


def _labelled_before(line: str, mention: Mention) -> bool:
    """A label between the word for a change and the date takes it back: "Sửa lần cuối … Ngày đăng: 3/4/2019"."""
    change = max(found.end() for found in _CHANGED.finditer(line, 0, mention.start))
    return any(found.group().lower().startswith(("ngày đăng", "đăng", "xuất bản", "posted", "published"))
               for found in _LABEL.finditer(line, change, mention.start))


def ago(line: str, clock: str) -> str | None:
    """The day of "3 giờ trước" on a page that was shown on the day `clock`, ISO; hours may reach back over midnight."""
    found = _RELATIVE.search(line)
    if not found:
        return None
    unit = (found.group(2) or found.group(3)).lower()
    hours = int(found.group(1) or 1) * _HOURS.get(unit, 0)
    return (date.fromisoformat(clock) - timedelta(days=int(hours // 24))).isoformat()


def timed(line: str) -> bool:
    """Whether a line tells a day, or how long ago something was."""
    return bool(_RELATIVE.search(line)) or any(True for _ in mentions(line))


# dates in an address

_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|$)"),
    re.compile(r"[/\-_]((?:19|20)\d\d)-(\d{2})-(\d{2})(?![\d])"),
    re.compile(r"[/\-_]((?:19|20)\d\d)(\d{2})(\d{2})(?=[/\-_.]|$)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d{2})(\d{2})\d{6,9}(?!\d)"),
)
_ADDRESS_EPOCH = re.compile(r"(?<!\d)(1[0-9]\d{8})(\d{3})(?!\d)")
_ADDRESS_MONTH = re.compile(r"/((?:19|20)\d\d)[/\-]?(0[1-9]|1[0-2])(?=/)")


def of_address(url: str) -> tuple[str, str] | None:
    """The day an address tells, and the part of it that does: /2026/05/06/, -20220115103045123, epoch milliseconds."""
    for pattern in _ADDRESS:
        if (found := pattern.search(url)) and (value := _iso(*map(int, found.groups()[:3]))):
            return value, found.group().strip("/-_")
    if found := _ADDRESS_EPOCH.search(url):
        return datetime.fromtimestamp(int(found.group(1)), HERE).date().isoformat(), found.group()
    return None


def year_of_address(url: str) -> tuple[str, str] | None:
    """The year of an address that tells no more than a month: /201908/."""
    found = _ADDRESS_MONTH.search(url)
    return (found.group(1), found.group().strip("/")) if found and _FIRST <= int(found.group(1)) <= _LAST else None


# the year of a text that does not say when it was published

_Y = r"(?P<year>20\d\d)(?!\d)"
_REPORTED = re.compile("|".join((
    rf"(?<!\d)(?:[1-9]|1[01]|sáu|ba|chín|tám|bảy|năm|bốn|mười)\stháng(?:\s(?:đầu|đầu của|"
    rf"qua của))?\s(?:của\s)?năm\s{_Y}",
    rf"(?:quý|quí)\s(?:i|ii|iii|[1-3])(?:\s?[/-]\s?|\s(?:của\s)?năm\s|,\s){_Y.replace('year', 'quarter')}",
    rf"(?:nửa đầu|đầu)\snăm\s{_Y.replace('year', 'half')}",
    rf"(?:tính\s)?đến\s(?:hết\s|cuối\s|nay,\s|thời điểm\s)?(?:ngày\s)?(?:\d{{1,2}}\s?[/.-]\s?)?(?:tháng\s)?(?:[1-9]|"
    rf"0[1-9]|1[01])(?:\s?[/.-]\s?|\snăm\s){_Y.replace('year', 'month')}",
    rf"(?:mới đây|vừa qua|gần đây)[^.]{{0,30}}tháng\s(?:[1-9]|0[1-9]|1[01])(?:\s?[/.-]\s?|"
    rf"\snăm\s){_Y.replace('year', 'lately')}",
)), re.I)
_AHEAD = re.compile(r"phấn đấu|mục tiêu|dự kiến|kế hoạch|chỉ tiêu|định hướng|tầm nhìn|sẽ|trước|hạn|chậm nhất|so với|"
                    r"cùng kỳ|giai đoạn|đến (?:hết |cuối )?$", re.I)
_ANY_YEAR = re.compile(r"(?<![\d/.-])(?:(?:trong|vào|của|cả)\s)?năm\s(20\d\d)(?!\s?[-–]\s?\d)(?!\d)", re.I)
_TERM = re.compile(r"nhiệm kỳ\s(20\d\d)\s?[-–]\s?(20\d\d)(?!\d)", re.I)
_OPENS = re.compile(r"(?:\([^()]{2,40}\)\s?[-–]?\s?|[^.,;]{2,30}\s[-–]\s)?"
                    r"(?:(?:vừa qua|mới đây|hôm nay|sáng|trưa|chiều|tối|vào|trong),?\s){0,3}$", re.I)
#: In lower case. Found from "tháng" on, then its number is looked back at.
_OF_THE_YEAR = re.compile(r"tháng(?:(?<=[1-9]\stháng)|(?<=1[01]\stháng)|(?<=ba\stháng)|(?<=(?:chín|mười)\stháng)|"
                          r"(?<=(?:một|hai|bốn|năm|sáu|bảy|tám)\stháng))\s(?:đầu|qua của)\snăm(?!\s(?:\d|nay|ngoái|trước))")
_YEARS = re.compile(r"(?:19|20)(?<![\d/.-]..)\d\d(?!\d)")      # what stands before is looked at last: quicker
_RECENT = re.compile(r"20\d\d")
_REACH = 90             # characters before a year in which it is said what ended with it
_OPENING = 90           # characters in which a report says when
_BEFORE_IT = 45         # characters in which a goal announces itself


def year_of(article: "Article") -> Evidence | None:
    """The year of publication: of the date, of the address, or inferred where the text leaves no other."""
    if article.published:
        found = article.published
        return Evidence(found.value[:4], found.basis, found.start, found.end, found.quote, found.inferred)
    if told := year_of_address(article.url):
        return Evidence(told[0], "URL", quote=told[1])
    text = article.text
    return _newest_report(text) or _event_reported(article) or _only_year(text) or _end_of_term(text)


def _newest_report(text: str) -> Evidence | None:
    """"6 tháng đầu năm 2023", "đến ngày 31/8/2022": the newest period reported, unless a later year has passed, too."""
    reports = [found for found in _reported(text) if not _planned(text, found)]
    newest = max(reports, key=lambda found: found[found.lastgroup], default=None)
    if newest is None:
        return None
    year = newest[newest.lastgroup]
    later = (found for found in _ANY_YEAR.finditer(text) if found[1] > year)
    if not all(_planned(text, found) for found in later):
        return None
    return Evidence(year, "newest period reported", newest.start(), newest.end(), inferred=True)


def _reported(text: str) -> Iterator[re.Match]:
    """Only the stretches that end in a year are searched, a tenth of a text."""
    done = 0
    for year in _RECENT.finditer(text):
        found = _REPORTED.search(text, max(done, year.start() - _REACH), year.end() + 1)
        if found:
            done = found.end()
            yield found


def _planned(text: str, found: re.Match) -> bool:
    before = _AHEAD.search(text, max(0, found.start() - _BEFORE_IT), found.start())
    return bool(before or _AHEAD.match(text, found.end() + 1))


def _event_reported(article: "Article") -> Evidence | None:
    """News begins with the day of what it reports: "Ngày 25/12/2014, tại thành phố Đồng Hới, …"."""
    text, start = article.text, len(article.text) - len(article.body)
    if article.lead:
        start -= len(article.lead) + 1
    found = next(mentions(text[start:start + _OPENING]), None)
    if found is None or not _OPENS.match(text, start, start + found.start):
        return None
    year, later = found.value[:4], (one for one in _ANY_YEAR.finditer(text) if one[1] > found.value[:4])
    if not all(_planned(text, one) for one in later):
        return None
    return Evidence(year, "the day that the report begins with", start + found.start, start + found.end, inferred=True)


def _only_year(text: str) -> Evidence | None:
    """The first months "of the year", in a text that names only one year."""
    years = list(_YEARS.finditer(text))
    if len({found[0] for found in years}) != 1 or not _OF_THE_YEAR.search(text.lower()):
        return None
    return Evidence(years[0][0], "the only year of a report on a part of it", *years[0].span(), inferred=True)


def _end_of_term(text: str) -> Evidence | None:
    """A term of office is looked back on and the next one, from the same year, is being entered."""
    terms = list(_TERM.finditer(text)) if "nhiệm kỳ" in text.lower() else []
    starts = {found[1] for found in terms}
    last = next((found for found in terms if found[2] in starts), None)
    if last is None:
        return None
    return Evidence(last[2], "the year between two terms of office", last.start(), last.end(), inferred=True)
