"""Plain text: a line a paragraph, and the tables that stand in it as tabs, bars or one cell a line."""

import re
from collections.abc import Iterator, Sequence

from fuyuantong.reading.blocks import Block, Paragraph, Table
from fuyuantong.reading.folding import fold
from fuyuantong.reading.tables import Column, column_of

_RULE = re.compile(r"^[|\s:+=-]*-[|\s:+=-]*$")
_GAP = re.compile(r"\t| {3,}|\u3000{2,}")
_NUMBER = re.compile(r"^\d{1,3}[.、]?$")
FEWEST_HEADS = 3


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a plain text."""
    lines = re.split(r"\r\n|[\n\r\f\v\u0085\u2028\u2029]", text)
    return tuple(_blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        for table_at in (_barred, _tabbed, _one_cell_a_line):
            rows, after = table_at(lines, at)
            if rows:
                yield Table(tuple(rows))
                at = after
                break
        else:
            yield Paragraph(lines[at])
            at += 1


def _barred(lines: Sequence[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """Read a table drawn with bars: | 序号 | 任务 |."""
    rows, position = [], at
    while position < len(lines) and lines[position].count("|") + lines[position].count("│") >= 2:
        line = lines[position].replace("│", "|").strip()
        if not _RULE.match(line):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
        position += 1
    return (rows, position) if len(rows) >= 2 and _is_head(rows[0]) else ([], at)


def _tabbed(lines: Sequence[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """Read a table whose cells stand apart by tabs or wide gaps; a row that is short goes on in the next line."""
    head = _cells(lines[at])
    if len(head) < FEWEST_HEADS or not _is_head(head):
        return [], at
    rows, position = [head], at + 1
    while position < len(lines) and lines[position].strip():
        cells = _cells(lines[position])
        if len(rows) > 1 and len(rows[-1]) < len(head) and len(rows[-1]) + len(cells) - 1 <= len(head):
            rows[-1] = (*rows[-1][:-1], f"{rows[-1][-1]} {cells[0]}", *cells[1:])
        elif len(cells) < 2:
            break
        else:
            rows.append(cells)
        position += 1
    return (rows, position) if len(rows) >= 2 else ([], at)


def _cells(line: str) -> tuple[str, ...]:
    line = line.strip("\r\n ")
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    return tuple(cell.strip() for cell in _GAP.split(line.strip()))


def _is_head(cells: Sequence[str]) -> bool:
    columns = [column_of(fold(cell)) for cell in cells if cell.strip()]
    known = [column for column in columns if column]
    owed = {Column.LEAD, Column.JOIN, Column.UNITS, Column.DUE} & set(known)
    return len(known) * 3 >= len(columns) * 2 and len(known) >= 2 and Column.TASK in known and bool(owed)


def _one_cell_a_line(lines: Sequence[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """Read a table that copying has left with one cell a line: the heads first, then rows that begin 1, 2, 3."""
    heads, position = _stacked_heads(lines, at)
    if len(heads) < FEWEST_HEADS or column_of(fold(heads[0])) is not Column.NUMBER or not _is_head(heads):
        return [], at
    rows: list[tuple[str, ...]] = [tuple(heads)]
    cells: list[str] = []
    wanted = 1
    while position < len(lines):
        cell = lines[position].strip()
        if _NUMBER.match(fold(cell)) and int(fold(cell).rstrip(".、")) == wanted:
            rows += _row(cells, len(heads))
            cells, wanted = [], wanted + 1
        elif len(cells) >= len(heads) and _ends_table(cell):
            break
        if cell:
            cells.append(cell)
        position += 1
    rows += _row(cells, len(heads))
    return (rows, position) if len(rows) >= 2 else ([], at)


def _stacked_heads(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    heads: list[str] = []
    position = at
    while position < len(lines):
        cell = lines[position].strip()
        if cell and column_of(fold(cell)) is None:
            break
        if cell:
            heads.append(cell)
        elif not heads:
            break
        position += 1
    return heads, position


def _row(cells: Sequence[str], width: int) -> list[tuple[str, ...]]:
    if len(cells) < 3:
        return []
    if len(cells) <= width:
        return [tuple(cells)]
    # what is too many belongs to the task, which is the longest and stands behind the number
    extra = len(cells) - width
    return [(cells[0], " ".join(cells[1 : 2 + extra]), *cells[2 + extra :])]


def _ends_table(cell: str) -> bool:
    return bool(cell) and (
        (len(cell) > 20 and cell.endswith(("。", "：", ":"))) or cell.startswith(("附件", "备注", "注：", "抄送"))
    )
