"""A row of an office's own task ledger, read as a task: what it says, by whom, by when, and how far it is."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fuyuantong.plans.drafting import worded_due
from fuyuantong.plans.short_names import short_name
from fuyuantong.plans.wording import WordedDue, WordedUnit, Wording
from fuyuantong.reading.dues import due_of_label
from fuyuantong.reading.folding import fold
from fuyuantong.reading.unit_lists import listed_units, named
from fuyuantong.reading.values import DueType, Span
from fuyuantong.tables.cells import Unread, day_of

TITLE, TEXT, CLAUSE, LEAD, UNITS, DUE, NOTE, STATE = (
    "title",
    "text",
    "clause",
    "lead",
    "units",
    "due",
    "note",
    "state",
)
COLUMN_TITLES: Final = {
    TITLE: "事项",
    TEXT: "具体内容",
    CLAUSE: "条款",
    LEAD: "牵头单位",
    UNITS: "责任单位",
    DUE: "完成时限",
    NOTE: "进展",
    STATE: "状态",
}
_ALSO: Final = {
    TITLE: ("任务名称", "工作任务", "重点任务", "任务事项", "任务", "工作事项", "项目"),
    TEXT: ("主要内容", "工作内容", "任务内容", "具体措施", "工作措施", "工作要求", "内容"),
    CLAUSE: ("依据条款", "方案条款", "文件条款"),
    LEAD: ("牵头部门", "主办单位", "牵头"),
    UNITS: ("责任部门", "配合单位", "协办单位", "参与单位", "成员单位", "配合部门"),
    DUE: ("完成时间", "时限", "时间节点", "办理期限", "截止日期", "完成期限", "到期日"),
    NOTE: ("进展情况", "工作进展", "目前进展", "落实情况", "完成情况", "办理情况"),
    STATE: ("完成状态", "是否完成", "销号情况", "办理状态"),
}
HEADS: Final = frozenset((*COLUMN_TITLES.values(), *(head for heads in _ALSO.values() for head in heads), "序号"))
LONGEST_TITLE: Final = 200
LONGEST_UNIT: Final = 120
LONGEST_CLAUSE: Final = 60
_LEADS: Final = re.compile(r"（(?:牵头|主办)(?:单位|部门)?）")
_DONE: Final = re.compile(r"(?<![未没])(?:已?完成|已?销号|已?办结)|^是$")
_NOT_DONE: Final = re.compile(r"未|没|正在|尚|部分|基本|否|推进")
_NUMBERED: Final = re.compile(r"[0-9一二三四五六七八九十]")


@dataclass(frozen=True, kw_only=True)
class TaskRead:
    """One row as a task; `number` is that of the row in Excel, `faults` what is wrong with it, by column."""

    number: int
    wording: Wording
    note: str
    is_done: bool
    faults: Mapping[str, str]


def guessed(heads: Sequence[str]) -> dict[int, str]:
    """Return which column stands for what, as far as the heads say; equal words before similar ones, each once."""
    found: dict[int, str] = {}
    names = {name: key for key in reversed(COLUMN_TITLES) for name in (*_ALSO[key], COLUMN_TITLES[key])}
    plain = ["".join(head.split()) for head in heads]
    for place, head in enumerate(plain):
        if head in names and names[head] not in found.values():
            found[place] = names[head]
    for place, head in enumerate(plain):
        likely = next((key for name, key in names.items() if name in head), "")
        if place not in found and likely and likely not in found.values():
            found[place] = likely
    return found


def missing(meanings: Collection[str]) -> list[str]:
    """Return the titles of the columns without which nothing can be read."""
    return [] if {TITLE, TEXT} & set(meanings) else [COLUMN_TITLES[TITLE]]


def read_row(number: int, cells: Mapping[str, str]) -> TaskRead:
    """Return a row as a task; a fault for every cell that cannot be read."""
    faults: dict[str, str] = {}
    text = cells.get(TEXT) or cells.get(TITLE, "")
    units = tuple(_units(cells))
    title = cells.get(TITLE, "")
    if not text:
        faults[TITLE] = "没有写明事项"
    if any(len(unit.name) > LONGEST_UNIT for unit in units):
        faults[UNITS] = f"单位名称超过 {LONGEST_UNIT} 字，请用顿号分开"
    try:
        dues = tuple(_dues(cells.get(DUE, "")))
    except Unread as fault:
        dues, faults[DUE] = (), str(fault)
    wording = Wording(
        clause=cells.get(CLAUSE, "")[:LONGEST_CLAUSE],
        title=title if 0 < len(title) <= LONGEST_TITLE else short_name(text, units=[unit.name for unit in units]),
        text=text,
        units=units,
        dues=dues,
    )
    state = cells.get(STATE, "")
    is_done = bool(_DONE.search(state)) and not _NOT_DONE.search(state)
    return TaskRead(number=number, wording=wording, note=cells.get(NOTE, ""), is_done=is_done, faults=faults)


def _units(cells: Mapping[str, str]) -> Iterator[WordedUnit]:
    seen: set[str] = set()
    for column in (LEAD, UNITS):
        for name in _names(cells.get(column, "")):
            plain = _LEADS.sub("", name)
            if plain and plain not in seen:
                seen.add(plain)
                yield WordedUnit(name=plain, is_lead=column == LEAD or plain != name)


def _names(cell: str) -> tuple[str, ...]:
    text = fold(re.sub(r"[\r\n]+", "、", cell))
    return named(listed_units(text, text, Span(0, len(text))).units)


def _dues(cell: str) -> Iterator[WordedDue]:
    """Yield the times of a cell. Raises: `Unread` for what has a number and is no time."""
    if not cell:
        yield WordedDue(type=DueType.NONE)
        return
    try:
        day = date.fromisoformat(day_of(cell))
    except Unread:
        yield from _said_dues(cell)
    else:
        yield WordedDue(type=DueType.DATE, on=day, raw=cell[:LONGEST_UNIT])


def _said_dues(cell: str) -> Iterator[WordedDue]:
    """Yield the times that words tell. Raises: `Unread`."""
    folded = fold(cell)
    dues = due_of_label(folded, Span(0, len(folded)), issued_on=None)
    if all(due.type is DueType.NONE for due in dues) and _NUMBERED.search(cell):
        raise Unread(f"“{cell[:40]}”读不出时限，请写作 2026-08-03、每季度或者长期坚持")
    yield from map(worded_due, dues)
