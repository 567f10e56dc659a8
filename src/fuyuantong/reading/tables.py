"""Task tables: which column is the task, who leads, who joins, by when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fuyuantong.reading.assignments import marked_units, roles_in
from fuyuantong.reading.dues import due_of_label
from fuyuantong.reading.marks import mark_at
from fuyuantong.reading.values import Due, Span, Unit


class Column(StrEnum):
    """Say what a column of a task table holds."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    JOIN = "join"
    UNITS = "units"
    DUE = "due"
    OTHER = "other"


_HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.NUMBER, re.compile(r"(?:序号|编号|序|项|No\.?)$")),
    (Column.LEAD, re.compile(r"(?:牵头|主办|主责|第一责任)[\u4e00-\u9fff（）/、]*$")),
    (Column.JOIN, re.compile(r"(?:配合|参与|协办|协同|参加|协助|其他责任)[\u4e00-\u9fff（）/、]*$")),
    (Column.OTHER, re.compile(r".*(?:责任领导|分管领导|责任人|联系人|电话|备注|依据|进展|完成情况|来源|类别|领域|分类|佐证|成果形式|县领导|市领导|领导)[\u4e00-\u9fff（）]*$")),
    (Column.UNITS, re.compile(r"(?:[\u4e00-\u9fff]{0,2}责任(?:单位|部门|主体)?|实施单位|承办单位|落实单位|完成单位|责任分工|单位|部门|实施主体)(?:及[\u4e00-\u9fff]+|（[^）]*）)?$")),
    (Column.DUE, re.compile(r".*(?:时限|时间|期限|日期|节点|进度安排|频次)(?:要求|安排)?(?:（[^）]*）)?$")),
    (Column.TASK, re.compile(r".*(?:措施|举措|内容|任务|事项|项目|要求|目标|要点|做法|工作|名称|标准|机制)(?:（[^）]*）)?$")),
)  # fmt: skip
_RANK = (
    "具体措施",
    "具体举措",
    "工作举措",
    "工作措施",
    "主要措施",
    "主要举措",
    "改革举措",
    "推进举措",
    "举措",
    "措施",
    "工作内容",
    "主要内容",
    "任务内容",
    "具体内容",
    "具体任务",
    "内容",
    "重点任务",
    "工作任务",
    "主要任务",
    "目标任务",
    "任务",
    "重点工作",
    "事项",
    "工作",
    "项目",
    "名称",
    "要求",
    "目标",
)


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """Keep one row of a task table that lays something down."""

    task: Span
    number: str
    units: tuple[Unit, ...]
    lead: tuple[Unit, ...]
    dues: tuple[Due, ...]
    is_open_list: bool


def rows_of(
    folded: str, text: str, rows: Sequence[tuple[Span, ...]], *, issued_on: date | None, first_leads: bool
) -> list[TableRow]:
    """Return the tasks of a table, one a row; none if its heads speak of no units."""
    at, columns = _head(folded, rows)
    if at < 0:
        return []
    task = _task_column(folded, rows[at], rows[at + 1 :], columns)
    if task < 0:
        return []
    found = []
    for row in rows[at + 1 :]:
        if len(row) <= task or len({cell.of(folded) for cell in row if cell.end > cell.start}) < 2:
            continue
        if row[task].end - row[task].start >= 2 and row[task].of(folded) != rows[at][task].of(folded):
            found.append(_row(folded, text, row, columns, task=task, issued_on=issued_on, first_leads=first_leads))
    return found


def column_of(head: str) -> Column | None:
    """Return what a column with this folded head holds, or None if the words are no head of a column."""
    head = head.replace(" ", "")
    if not 1 <= len(head) <= 14:
        return None
    return next((column for column, pattern in _HEADS if pattern.match(head)), None)


def _head(folded: str, rows: Sequence[tuple[Span, ...]]) -> tuple[int, list[Column | None]]:
    for index, row in enumerate(rows[:4]):
        columns = [column_of(cell.of(folded)) for cell in row]
        if Column.TASK in columns and {Column.LEAD, Column.UNITS, Column.JOIN, Column.DUE} & set(columns):
            return index, columns
    return -1, []


def _task_column(
    folded: str, head: Sequence[Span], rows: Sequence[Sequence[Span]], columns: Sequence[Column | None]
) -> int:
    tasks = [index for index, column in enumerate(columns) if column is Column.TASK]
    filled = [index for index in tasks if any(len(row) > index and row[index].end > row[index].start for row in rows)]
    return min(filled, key=lambda index: _rank(head[index].of(folded).replace(" ", "")), default=-1)


def _rank(head: str) -> int:
    return next((rank for rank, word in enumerate(_RANK) if word in head), len(_RANK))


def _row(
    folded: str,
    text: str,
    row: Sequence[Span],
    columns: Sequence[Column | None],
    *,
    task: int,
    issued_on: date | None,
    first_leads: bool,
) -> TableRow:
    units: list[Unit] = []
    lead: list[Unit] = []
    dues: list[Due] = []
    is_open = False
    number = ""
    has_lead = Column.LEAD in columns
    for cell, column in zip(row, columns, strict=False):
        if cell.end <= cell.start:
            continue
        if column is Column.DUE:
            dues += due_of_label(folded, cell, issued_on=issued_on)
        elif column is Column.NUMBER:
            number = number or cell.of(text)
        elif column in (Column.LEAD, Column.UNITS, Column.JOIN):
            listed, marked, opened = _units(folded, text, cell, issued_on=issued_on)
            units += listed
            is_open = is_open or opened
            alone = column is Column.UNITS and not has_lead and Column.JOIN in columns
            lead += listed if column is Column.LEAD or alone else marked
    if not lead and first_leads and units:
        lead = units[:1]
    return TableRow(
        task=_past_mark(folded, row[task]),
        number=number,
        units=tuple({unit.name: unit for unit in reversed(units)}.values())[::-1],
        lead=tuple(lead),
        dues=tuple(dues),
        is_open_list=is_open,
    )


def _past_mark(folded: str, cell: Span) -> Span:
    mark = mark_at(folded, cell.start, cell.end)
    return Span(cell.start + mark.length, cell.end) if mark else cell


def _units(
    folded: str, text: str, cell: Span, *, issued_on: date | None
) -> tuple[Sequence[Unit], Sequence[Unit], bool]:
    roles = roles_in(folded, text, cell, issued_on=issued_on)
    if roles is not None and roles.names_lead:
        return roles.units, roles.lead, roles.is_open_list
    return marked_units(folded, text, cell)
