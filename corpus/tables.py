"""Lines of cells become tables, and the cells of a table the readings that their row and their column make of them."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.amounts import AVERAGE, LABEL
from corpus.counts import BRANCHES, STATES
from corpus.nouns import ORGANISATIONS, PEOPLE, UNITS, mentioned
from corpus.numbers import SCALES, Number, numbers
from corpus.periods import YEAR, Period, periods
from corpus.qualifiers import kind, qualifier
from corpus.readings import Reading
from corpus.scopes import is_place

ROW = re.compile(r"^[^\n|\t]*(?:(?:\s\|\s|\t)[^\n|\t]*)+$", re.M)
CELL = re.compile(r"(?:^|\||\t)\s*([^|\t]*?)\s*(?=$|\||\t)")
BARE_YEAR = re.compile(rf"(?:năm )?({YEAR})", re.I)
ANY_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
COUNTER = re.compile(r"(?:stt|tt|số tt|số thứ tự|#)\.?", re.I)
WHOLE = re.compile(r"(?:tổng(?: số| cộng)?|cộng|chung|toàn (?:tỉnh|huyện|thành phố|quốc)|cả nước|số lượng|số htx"
                   r"|số hợp tác xã|hiện có|đến nay)\W*", re.I)
GOAL = re.compile(r"(?<!\w)(?:mục tiêu|kế hoạch|chỉ tiêu|kh|phấn đấu|dự kiến)(?!\w)", re.I)
COMPARISON = re.compile(r"so (?:với|sánh)|tăng|giảm|tỷ lệ|%|±|\+/-", re.I)
SCALE = re.compile(r"\(?(?:đvt:?\s?)?(nghìn|triệu|tỷ|tỉ) đồng", re.I)
INTRODUCTION = 500  # characters above a table in which it may be said what is counted


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its span in the text and those of its cells."""
    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table; `row` and `column` are the words that head it, `time` the date either tells."""
    reading: Reading
    line: Line
    row: tuple[int, int]
    time: Period | None
    basis: str | None
    goal: bool


def tables(text: str) -> list[list[Line]]:
    """Lines that follow each other and have the same number of cells, two lines and two cells at least."""
    found: list[list[Line]] = []
    for row in ROW.finditer(text) if "|" in text or "\t" in text else ():
        cells = tuple((row.start() + cell.start(1), row.start() + cell.end(1)) for cell in CELL.finditer(row[0]))
        line = Line(row.start(), row.end(), cells)
        if found and found[-1][-1].end + 1 >= line.start and len(found[-1][-1].cells) == len(cells):
            found[-1].append(line)
        else:
            found.append([line])
    return [table for table in found if len(table) > 1]


def cells(text: str, table: list[Line], today: str | None) -> Iterator[Cell]:
    """The figures of a table about cooperatives, row by row."""
    first = 1 if COUNTER.fullmatch(text[slice(*table[0].cells[0])]) and len(table[0].cells) > 2 else 0
    headed = not any(_number(text, *cell) for cell in table[0].cells[first + 1:])
    about = any(noun.name == "htx" for noun in mentioned(text, max(0, table[0].start - INTRODUCTION), table[0].end))
    for line in table[headed:]:
        for index in range(first + 1, len(line.cells)):
            number = _number(text, *line.cells[index])
            heading = table[0].cells[index] if headed else (line.start, line.start)
            made = _cell(text, line, line.cells[first], heading, number, about, today) if number else None
            if made:
                yield made


def _number(text: str, start: int, end: int) -> Number | None:
    """The number that fills a cell; a year is none."""
    found = next(numbers(text, start, end), None)
    if found is None or found.start != start or found.after != end or BARE_YEAR.fullmatch(text, start, end):
        return None
    return found


def _cell(text: str, line: Line, row: tuple[int, int], column: tuple[int, int], number: Number, about: bool, today: str | None) -> Cell | None:
    rows, columns = text[slice(*row)], text[slice(*column)]
    if COMPARISON.search(columns) and number.kind != "percent" or COMPARISON.search(rows) and not mentioned(rows, 0, len(rows)):
        return None
    reading = _measured(columns, rows, number) or _measured(rows, columns, number) or (_part(rows, number) if about else None)
    if reading is None:
        return None
    time, basis = _time(text, column, today), "column heading"
    if time is None:
        time, basis = _time(text, row, today), "row heading"
    words = f"{columns} {rows}"
    return Cell(replace(reading, why=f"row {rows}, column {columns}"), line, row, time, basis if time else None, bool(GOAL.search(words)))


def _measured(words: str, beside: str, number: Number) -> Reading | None:
    """What the heading of a row or a column names as counted; the other heading may narrow it."""
    label = LABEL.search(words)
    if label and label.lastgroup not in ("nothing", "von_gop"):
        return _amount(label.lastgroup, words, number)
    nouns = [noun for noun in mentioned(words, 0, len(words)) if noun.name in ORGANISATIONS | PEOPLE]
    if not nouns or number.kind == "money":
        return None
    name = nouns[0].name
    if name != "htx":
        return Reading(number, name, UNITS.get(name, "other"), number.after, told="level")
    sort = qualifier(words, nouns[0].end, len(words))
    return _sorted(sort.kind if sort.kind != "whole" else _state(words) or _branch(beside), sort.words or None, number)


def _amount(measure: str, words: str, number: Number) -> Reading | None:
    scale = SCALE.search(words)
    if number.kind == "count" and scale:
        number = replace(number, value=number.value * SCALES[scale[1].lower()], kind="money")
    if number.kind != "money":
        return None
    unit = "vnd_thang" if "tháng" in words else "vnd_nam" if measure == "thu_nhap_bq" and "năm" in words else "vnd"
    average = bool(AVERAGE.search(words)) or "/htx" in words.lower()
    return Reading(number, measure, unit, number.after, whose="sector", total=measure in ("doanh_thu_bq", "lai_bq") and not average)


def _part(words: str, number: Number) -> Reading | None:
    """A row of a table that is said to count cooperatives: a sort of them."""
    if number.kind != "count":
        return None
    return _sorted(_state(words) or _branch(words), words, number)


def _state(words: str) -> str | None:
    sort = kind(words)
    return sort if sort in STATES else None


def _branch(words: str) -> str:
    """What the other heading narrows to: nothing where it is a total, a time or a place."""
    if WHOLE.fullmatch(words) or ANY_YEAR.search(words) or GOAL.search(words) or not words or words[:1].isdigit() or is_place(words):
        return "whole"
    return kind(words)


def _sorted(sort: str, words: str | None, number: Number) -> Reading:
    measure = (STATES | BRANCHES).get(sort, "other")
    unit = "percent" if number.kind == "percent" else "htx"
    part = measure == "other"
    return Reading(number, measure, unit, number.after, subset=words if part else None, base="htx" if part else None,
                   stat="share" if unit == "percent" else "level", told="level")


def _time(text: str, cell: tuple[int, int], today: str | None) -> Period | None:
    year = BARE_YEAR.fullmatch(text, *cell)
    if year:
        return Period(*cell, year[1], (year[1], year[1]))
    told = next((period for period in periods(text, *cell, today) if period.role in ("plain", "now")), None)
    within = None if told else ANY_YEAR.search(text, *cell)
    return Period(*within.span(), within[0], (within[0], within[0])) if within else told
