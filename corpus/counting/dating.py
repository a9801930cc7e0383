"""A reading finds its time among those its sentence tells, else it inherits the one spoken of before."""
import re
from dataclasses import dataclass

from corpus.counting.periods import Period
from corpus.counting.readings import Reading

#: Counted over a stretch of time; all else holds at a date.
FLOWS = frozenset(("htx_moi", "htx_giai_the", "htx_kha_tot", "htx_yeu", "doanh_thu_bq", "lai_bq", "thu_nhap_bq"))
PRESENT = frozenset(("plain", "now", "past"))
#: Between a figure and the time behind it: "264 HTX vào năm 2020", "200 (năm 2020)".
NEXT_TO = re.compile(r"[\s(]*(?:(?:vào|trong|ở|của|tính|hồi|thời điểm|cùng kỳ|đang hoạt động|tại)\s?)*", re.I)
BREAK = re.compile(r"[,;]|(?<!\w)(?:và|nhưng|thì|trong khi|song|còn|lên|xuống)(?!\w)", re.I)
#: "từ 1,4 tỷ đồng năm 2020 xuống còn 1,2 tỷ đồng": the year is that of the older level.
RISEN = re.compile(r"[\s)]*(?:đã |nay |tăng |giảm )?(?:lên|xuống|còn|đến|tới|thành)(?!\w)[^,;]*", re.I)
LONGEST_BRACKET = 80
COMPARED = re.compile(r"[\s(]*(?:(?:chỉ|mới|là|có|đạt|với)\s?)*(?:khoảng |hơn |gần |trên )?", re.I)
#: Behind a time that opens the next item: "(năm 2021 là 4,5 triệu đồng)".
OPENED = re.compile(r"\s(?:(?:chỉ|mới|là|có|đạt|với|được)\s?){1,3}(?:(?:khoảng|hơn|gần|trên)\s)?(?=\d|$)"
                    r"|:\s?(?=\d|$)", re.I)


@dataclass(frozen=True, slots=True)
class Dated:
    """When a figure holds, and the words that say so; "inferred" when they stand in an earlier sentence or nowhere."""
    period: Period | None
    basis: str | None


def told(text: str, reading: Reading, until: int, found: list[Period]) -> Period | None:
    """The time that the sentence tells of this reading; `until` is where its next number begins."""
    start = reading.number.start
    before = [period for period in found if period.end <= start and not _closed(text, period, start)]
    if reading.told == "raised" and before and RISEN.fullmatch(text, before[-1].end, start):
        before.pop()
    if before and before[-1].role == "versus" and COMPARED.fullmatch(text, before[-1].end, start):
        return before[-1]
    present = next((period for period in reversed(before) if period.role in PRESENT), None)
    behind = [period for period in found if reading.end <= period.start < until and not _opens(text, period, until)]
    if behind and _belongs(text, reading, behind[0], present is None):
        return behind[0]
    return None if reading.older else present


def _closed(text: str, period: Period, at: int) -> bool:
    """Whether the time stands in a bracket that ends before `at`."""
    bracket = text.rfind("(", max(0, period.start - LONGEST_BRACKET), period.start)
    return bracket >= 0 and ")" not in text[bracket:period.start] and ")" in text[period.end:at]


def _belongs(text: str, reading: Reading, period: Period, alone: bool) -> bool:
    """Whether the time behind a figure is its own: next to it, or in the same clause and `alone` in the sentence."""
    if period.role == "cited" or period.role == "versus" and not reading.older:
        return False
    near = NEXT_TO.fullmatch(text, reading.end, period.start)
    return near is not None or alone and not BREAK.search(text, reading.end, period.start)


def _opens(text: str, period: Period, until: int) -> bool:
    """Whether a time behind a figure belongs to the next: "4,8 triệu đồng (năm 2021 là 4,5 triệu đồng)"."""
    return OPENED.match(text, period.end, until) is not None and period.end < until


def inherited(reading: Reading, flow: Period | None, level: Period | None, today: str | None) -> Dated:
    """Levels go on with the last date of a level, flows with the last stretch; both, at last, with the publication."""
    period = (flow or level) if is_flow(reading) else level
    if reading.older:
        return Dated(None, None)
    if period and period.as_of:
        return Dated(period, "inferred")
    return Dated(Period(0, 0, today, role="now"), "inferred") if today else Dated(None, None)


def is_flow(reading: Reading) -> bool:
    return reading.measure in FLOWS or reading.base in FLOWS
