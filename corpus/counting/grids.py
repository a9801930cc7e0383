"""Lines of cells become grids, the tables of a text, and their cells the readings that row and column make of them."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.counting.amounts import AVERAGE, LABEL
from corpus.counting.counts import BRANCHES, STATES
from corpus.counting.nouns import ORGANISATIONS, PEOPLE, UNITS, mentioned
from corpus.counting.numbers import SCALES, Number, numbers
from corpus.counting.periods import YEAR, Period, periods
from corpus.counting.qualifiers import kind, qualifier
from corpus.counting.readings import Reading
from corpus.counting.scopes import is_place

LINE = re.compile(r"[^\n]+")
DIVIDER = re.compile(r"\|(?= |$)|\t")
BARE_YEAR = re.compile(rf"(?:năm )?({YEAR})", re.I)
ANY_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
COUNTER = re.compile(r"(?:stt|tt|số tt|số thứ tự|#)\.?", re.I)
UNIT = re.compile(r"(?:đvt|đơn vị(?: tính)?)\.?", re.I)
WHOLE = re.compile(r"(?:tổng(?: số| cộng)?|cộng|chung|toàn (?:tỉnh|huyện|thành phố|quốc)|cả nước|số lượng|số htx"
                   r"|số hợp tác xã|hiện có|đến nay)\W*", re.I)
GOAL = re.compile(r"(?<!\w)(?:mục tiêu|kế hoạch|chỉ tiêu|kh|phấn đấu|dự kiến)(?!\w)", re.I)
COMPARISON = re.compile(r"so (?:với|sánh)|tăng|giảm|tỷ lệ|%|±|\+/-", re.I)
SCALE = re.compile(r"\(?(?:đvt:?\s?)?(nghìn|triệu|tỷ|tỉ) đồng", re.I)
#: A line that dates a table.
NOTE = re.compile(r"(?<!\w)(?:số liệu|tính đến|tính tới|thời điểm|nguồn:|ghi chú)", re.I)
LONGEST_NOTE = 200
INTRODUCTION = 500  # characters above a table in which it may be said what is counted


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its span in the text and those of its cells."""
    start: int
    end: int
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table; `row` and `column` are the words that head it, `time` the date either tells."""
    reading: Reading
    line: Line
    row: Span
    time: Period | None
    basis: str | None
    goal: bool


def grids(text: str) -> list[list[Line]]:
    """Lines that follow each other and have the same number of cells, two lines and two cells at least."""
    found: list[list[Line]] = []
    for line in map(_line, LINE.finditer(text)) if "|" in text or "\t" in text else ():
        if found and found[-1][-1].end + 1 >= line.start and len(found[-1][-1].cells) == len(line.cells):
            found[-1].append(line)
        else:
            found.append([line])
    return [grid for grid in found if len(grid) > 1 and len(grid[0].cells) > 1]


def _line(match: re.Match[str]) -> Line:
    """A line cut at its dividers."""
    cells, at = [], match.start()
    for divider in (*DIVIDER.finditer(match[0]), None):
        end = match.start() + divider.start() if divider else match.end()
        cell = match.string[at:end]
        first = at + len(cell) - len(cell.lstrip())
        cells.append((first, max(first, at + len(cell.rstrip()))))
        at = end + 1
    return Line(match.start(), match.end(), tuple(cells))


def cells(text: str, grid: list[Line], today: str | None) -> Iterator[Cell]:
    """The figures of a table about cooperatives, row by row."""
    first = 1 if COUNTER.fullmatch(text[slice(*grid[0].cells[0])]) and len(grid[0].cells) > 2 else 0
    headed = not any(_number(text, *cell) for cell in grid[0].cells[first + 1:])
    about = any(noun.name == "htx" for noun in mentioned(text, max(0, grid[0].start - INTRODUCTION), grid[0].end))
    note = _note(text, grid, today)
    for line in grid[headed:]:
        for index in range(first + 1, len(line.cells)):
            number = _number(text, *line.cells[index])
            column = grid[0].cells[index] if headed else (line.start, line.start)
            reading = _reading(text[slice(*line.cells[first])] + _unit(text, grid[0], line), text[slice(*column)], number, about) if number else None
            if reading:
                yield _cell(text, reading, line, line.cells[first], column, today, note)


def _note(text: str, grid: list[Line], today: str | None) -> Period | None:
    """The date that the line below a table, else the one above, tells of all its figures."""
    below = LINE.search(text, grid[-1].end, min(len(text), grid[-1].end + LONGEST_NOTE))
    above = text.rfind("\n", 0, max(0, grid[0].start - 1)) + 1
    for start, end in ((below.span() if below else (0, 0)), (above, grid[0].start)):
        if NOTE.search(text, start, end):
            told = next((one for one in periods(text, start, end, today) if one.role == "plain" and one.as_of), None)
            if told:
                return told
    return None


def _unit(text: str, head: Line, line: Line) -> str:
    """ " (tỷ đồng)", where a column of the table tells the units of its rows."""
    column = next((index for index, cell in enumerate(head.cells) if UNIT.fullmatch(text, *cell)), None)
    return "" if column is None else f" ({text[slice(*line.cells[column])]})"


def _number(text: str, start: int, end: int) -> Number | None:
    """The number that fills a cell; a year is none."""
    found = next(numbers(text, start, end), None)
    if found is None or found.start != start or found.after != end or BARE_YEAR.fullmatch(text, start, end):
        return None
    return found


def _reading(row: str, column: str, number: Number, about: bool) -> Reading | None:
    """What a number measures, by the words that head its row and its column."""
    if COMPARISON.search(column) and number.kind != "percent" or COMPARISON.search(row) and not mentioned(row, 0, len(row)):
        return None
    measured = _measured(column, row, number) or _measured(row, column, number) or (_part(row, column, number) if about else None)
    return replace(measured, why=f"row {row}, column {column}") if measured else None


def _cell(text: str, reading: Reading, line: Line, row: Span, column: Span, today: str | None, note: Period | None) -> Cell:
    time, basis = _time(text, column, today), "column heading"
    if time is None:
        time, basis = _time(text, row, today), "row heading"
    if time is None:
        time, basis = note, "note of the table"
    goal = bool(GOAL.search(text, *column) or GOAL.search(text, *row))
    return Cell(reading, line, row, time, basis if time else None, goal)


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
    average = AVERAGE.search(words) or "/htx" in words.lower()
    total = measure in ("doanh_thu_bq", "lai_bq") and not average
    return Reading(number, measure, unit, number.after, whose="sector", total=total)


def _part(row: str, column: str, number: Number) -> Reading | None:
    """A row or column of a table that is said to count cooperatives: a sort of them."""
    if number.kind != "count":
        return None
    state = _state(row) or _state(column)
    by_row, by_column = _branch(row), _branch(column)
    words = column if _state(column) or by_row == "whole" else row
    return _sorted(state or (by_column if by_row == "whole" else by_row), words, number)


def _state(words: str) -> str | None:
    sort = kind(words)
    return sort if sort in STATES else None


def _branch(words: str) -> str:
    """What the other heading narrows to: nothing where it is a total, a time or a place."""
    if not words or words[0].isdigit() or WHOLE.fullmatch(words) or ANY_YEAR.search(words) or GOAL.search(words):
        return "whole"
    return "whole" if is_place(words) else kind(words)


def _sorted(sort: str, words: str | None, number: Number) -> Reading:
    measure = (STATES | BRANCHES).get(sort, "other")
    unit = "percent" if number.kind == "percent" else "htx"
    part = measure == "other"
    return Reading(number, measure, unit, number.after, subset=words if part else None, base="htx" if part else None,
                   stat="share" if unit == "percent" else "level", told="level")


def _time(text: str, cell: Span, today: str | None) -> Period | None:
    year = BARE_YEAR.fullmatch(text, *cell)
    if year:
        return Period(*cell, year[1], (year[1], year[1]))
    told = next((period for period in periods(text, *cell, today) if period.role in ("plain", "now")), None)
    within = None if told else ANY_YEAR.search(text, *cell)
    return Period(*within.span(), within[0], (within[0], within[0])) if within else told
