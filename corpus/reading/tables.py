"""The lines in a table become rows; those around a picture, its caption."""
from dataclasses import replace

from corpus.reading.lines import Box, Line

_CELL = 80          # characters: a longer cell is layout, not a figure or its label
_ROOM = 500         # characters that the captions of one picture may have


def join_cells(lines: list[Line], boxes: list[Box], index: int) -> None:
    """A row of short cells, the box at `index`, becomes one line; a row of long ones is layout and stays as it is."""
    box = boxes[index]
    cells = _cells(lines[box.first:box.last], boxes, index)
    if len(cells) < 2 or not all(map(_short, cells)):
        return
    row = [line for cell in cells for line in cell]
    text = " | ".join(" ".join(line.text for line in cell) for cell in cells)
    linked, bold = sum(line.linked for line in row), all(line.bold for line in row)
    lines[box.first:] = [Line(text, index, "tr", box.names, linked, bold=bold, pictured=row[0].pictured, row=True)]
    box.last = box.first + 1
    for inner in boxes[index + 1:]:
        inner.first, inner.last = box.first, box.last


def _cells(lines: list[Line], boxes: list[Box], row: int) -> list[list[Line]]:
    """The lines of each cell; none where a table or a link stands in one."""
    cells: dict[int, list[Line]] = {}
    for line in lines:
        cell = _cell(boxes, line.box, row)
        if cell is None or line.link:
            return []
        cells.setdefault(cell, []).append(line)
    return list(cells.values())


def _cell(boxes: list[Box], box: int, row: int) -> int | None:
    """The cell of this row that a box stands in; None when a table stands between."""
    while (parent := boxes[box].parent) != row:
        if parent < row or boxes[box].tag == "table":
            return None
        box = parent
    return box


def _short(cell: list[Line]) -> bool:
    return len(cell) <= 3 and sum(len(line.text) for line in cell) <= _CELL


def frame(lines: list[Line], box: Box) -> None:
    """The words in a figure, and in a small table around a picture, are its caption."""
    inside = lines[box.first:box.last]
    few = len(inside) <= 2 * box.pictures and sum(len(line.text) for line in inside) < _ROOM * box.pictures
    if box.pictures and inside and (box.tag == "figure" or (few and box.rows <= 2 * box.pictures + 1)):
        framed = [replace(line, pictured=True, names=f"{line.names} caption".strip()) for line in inside]
        lines[box.first:box.last] = framed
