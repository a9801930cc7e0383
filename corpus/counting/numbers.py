"""A text becomes the numbers written in digits: counts, amounts of đồng, percentages, in both styles of writing."""
import re
from collections.abc import Iterator
from dataclasses import dataclass

SCALES = {"trăm": 10**2, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
UNITS_OF_PER = (r"hợp tác xã|htx|tổ hợp tác|tht|liên hiệp(?: htx| hợp tác xã)?|lhhtx|qtdnd|quỹ tín dụng(?: nhân dân)?|quỹ"
                r"|đầu người|người|lao động|thành viên|xã viên|tháng|năm|ngày|quý|vụ|đơn vị|hộ|tổ|ha|kg|sào|tấn|lít")
NUMBER = re.compile(
    r"(?<![\w.,/\-–])(?P<digits>\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?"
    r"|\d{1,15}(?:[.,]\d{1,4})?)"
    r"(?:/(?P<of>\d{1,3}(?:[.,]\d{3})?|\d{1,5})(?=\s(?:hợp tác xã|htx|tổ hợp tác|tht|qtdnd)(?!\w)))?"
    r"(?![.,]\d|[/\-–]\w|\w)"
    r"(?:\s?(?P<percent>%|phần trăm(?!\w))|\s(?P<times>lần)(?!\w)"
    r"|\s?(?P<scale>trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)(?:\s(?P<thousand>tỷ|tỉ)(?!\w)"
    r"|\s(?P<rest>\d{1,3})\s(?P<restscale>triệu|nghìn|ngàn)(?!\w))?)?",
    re.I)
MONEY = re.compile(r"\s?(?:đồng|vnđ|vnd|đ)(?!\w)", re.I)
#: "44 triệu/năm", "gần 80 tỷ.": without the word đồng, an amount all the same.
BARE_AMOUNT = re.compile(r"\s?(?:/|[.,;:)…]|$|mỗi\s|một\s)")
#: "từ 31 triệu lên 47 triệu đồng/năm": what the second of two amounts is told in, the first is as well.
RAISED = re.compile(r"\s(?:lên|xuống|đến|tới|còn)(?:\s[^\W\d]\w{0,9}){0,3}\s\d[\d.,]{0,11}\s?(?:triệu|tỷ|tỉ)(?:\sđồng)?(?=\s?[/.,;:)]|\s|$)")
FOREIGN = re.compile(r"\s?(?:usd|đô la|đô-la|euro|eur|nhân dân tệ|ndt|yên|won|baht|kíp|rúp|bảng)(?!\w)", re.I)
PER = re.compile(rf"\s?(?:/|(?<!\w)(?:mỗi|một|trên|trong)(?!\w))\s?(?:(?:0?1|một|mỗi)\s)?({UNITS_OF_PER})(?!\w)", re.I)
MODIFIER = re.compile(
    r"(?<!\w)(?:(?P<over>trên|(?<!nhiều )(?<!cao )(?<!thấp )(?<!ít )hơn|ít nhất|tối thiểu|không dưới|vượt|quá)"
    r"|(?P<under>gần|dưới|không quá|tối đa|chưa đến|chưa đầy|chưa tới)"
    r"|(?P<approx>khoảng|chừng|ước tính|ước đạt|ước|xấp xỉ|cỡ))(?:\s(?:đạt|là|có|khoảng|từ|được)){0,2}\s*$", re.I)
OR_MORE = re.compile(r"(?:\s\w+){0,4}?\strở lên(?!\w)", re.I)
RANGE_BEFORE = re.compile(r"\d\s?[-–]\s?$|(?<!\w)từ\s[\d.,]+\s(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s)?(?:đồng\s)?"
                          r"(?:đến|tới)\s$", re.I)
RANGE_BEHIND = re.compile(r"\s?[-–]\s?\d")
RANGE_UP_TO = re.compile(r"\s(?:đồng\s)?(?:đến|tới)\s\d", re.I)
#: What a number is the name of, or only an item of a list.
NAMED = re.compile(r"(?<!\w)(?:nghị quyết|nghị định|quyết định|chỉ thị|kết luận|thông tư|quốc lộ|điều|bảng|khóa|khoá|thứ|ấp|thôn|khu phố"
                   r"|covid)(?: số)?\s$", re.I)
ITEM = re.compile(r"(?:^|(?<=\n)|\n)\d{1,2}[.)]\s")
LONGEST_RANGE = 40     # characters of the lower end
LONGEST_MODIFIER = 28  # characters looked at before a number


@dataclass(frozen=True, slots=True)
class Number:
    """One number as written, text[start:end] with its scale ("1,7 tỷ"); `after` is behind its unit ("đồng/HTX")."""
    value: float
    kind: str                       # "count" | "money" | "percent" | "times"
    start: int
    end: int
    after: int
    per: tuple[str, ...] = ()       # lower case: ("người", "tháng")
    modifier: str | None = None     # over | under | approx


def numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Numbers of text[start:end] in order. Parts of dates and of document numbers are none, nor is foreign money."""
    end = len(text) if end is None else end
    for found in NUMBER.finditer(text, start, end):
        foreign, named = FOREIGN.match(text, found.end(), end), NAMED.search(text, max(0, found.start() - LONGEST_MODIFIER), found.start())
        if not foreign and not named and not ITEM.match(text, max(0, found.start() - 1)) and not _in_range(text, found, start, end):
            yield _number(text, found, start, end)


def _in_range(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Whether it is one end of "4 - 5 triệu", "từ 300.000 đến 4 triệu": a range has no value."""
    before = RANGE_BEFORE.search(text, max(start, found.start() - LONGEST_RANGE), found.start())
    if before or RANGE_BEHIND.match(text, found.end(), end):
        return True
    begins = text[max(start, found.start() - 3):found.start()].lower() == "từ "
    return begins and RANGE_UP_TO.match(text, found.end(), end) is not None


def _number(text: str, found: re.Match[str], start: int, end: int) -> Number:
    kind, behind = _kind(text, found, end)
    last = found.end("digits") if found["of"] else found.end()
    per, after = _per(text, behind, end)
    return Number(_value(found), kind, found.start(), last, after, per, _modifier(text, found.start(), after, start, end))


def _kind(text: str, found: re.Match[str], end: int) -> tuple[str, int]:
    """What sort of number it is, and where its unit ends."""
    behind = found.end()
    if found["percent"]:
        return "percent", behind
    if found["times"]:
        return "times", behind
    money = MONEY.match(text, behind, end)
    if money:
        return "money", money.end()
    large = (found["thousand"] or found["scale"] or "").lower() in ("tỷ", "tỉ", "triệu")
    bare = large and (BARE_AMOUNT.match(text, behind, end) or RAISED.match(text, behind, end))
    return ("money" if bare else "count"), behind


def _value(found: re.Match[str]) -> float:
    scale = SCALES[found["scale"].lower()] if found["scale"] else 1
    value = digits(found["digits"], scaled=scale > 1, fraction=bool(found["percent"] or found["times"])) * scale
    if found["thousand"]:
        value *= SCALES[found["thousand"].lower()]
    if found["rest"]:
        value += int(found["rest"]) * SCALES[found["restscale"].lower()]
    return round(value, 4)


def digits(written: str, scaled: bool = False, fraction: bool = False) -> float:
    """The value of "12.578", "1,054" or "2,15". Three digits behind a dot are thousands; behind a comma as well, but
    before a scale word or a percent sign a fraction, unless it ends in a zero nobody would write ("1,120 tỷ")."""
    whole, mark, rest = written.rpartition("," if written.rfind(",") > written.rfind(".") else ".")
    if not mark:
        return float(written)
    grouped = len(rest) == 3 and whole.lstrip("0") != ""
    if grouped and mark == "," and (fraction or scaled and not rest.endswith("0")) and whole.isdigit():
        grouped = False
    plain = whole.replace(".", "").replace(",", "")
    return float(plain + rest) if grouped else float(f"{plain}.{rest}")


def _per(text: str, at: int, end: int) -> tuple[tuple[str, ...], int]:
    """The units that an amount is told for: "/người/tháng", "mỗi HTX"."""
    per: list[str] = []
    raised = RAISED.match(text, at, end)
    if raised and (later := PER.match(text, raised.end(), end)):
        return _per(text, later.start(), end)[0], at
    while len(per) < 3 and (found := PER.match(text, at, end)):
        per.append(found[1].lower())
        at = found.end()
    return tuple(per), at


def _modifier(text: str, at: int, after: int, start: int, end: int) -> str | None:
    if "trở lên" in text[after:after + LONGEST_MODIFIER] and OR_MORE.match(text, after, end):
        return "over"
    before = MODIFIER.search(text[max(start, at - LONGEST_MODIFIER):at])
    return before.lastgroup if before else None
