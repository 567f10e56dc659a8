"""What must agree about one matter: its chain, the fold of it, its row, its inner trails, its clocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import orjson

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.running import BadClock, clock_from
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.clock import ClockState
from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.trails import InnerLine, Line, chain_break, inner_breaks
from fuyuantong.protocol.fold import Situation, fold
from fuyuantong.protocol.snapshot import situation_from
from fuyuantong.protocol.timing import due_of


@dataclass(frozen=True, slots=True)
class Found:
    """Something that does not hold, at a record when it is at one."""

    what: str
    seq: int | None = None


class Row(NamedTuple):
    """What the row of a matter says; `values` and `fold` are text."""

    pk: int
    uid: str
    name: str
    mechanism: str
    version: int
    declaration: str
    state: str
    stay_seq: int
    round: int
    phase: int
    closed_kind: str
    number: str
    seq: int
    governing_clock: str
    due_on: date | None
    holder: str | None
    initiator: str | None
    node: str
    epoch: int
    head: bytes
    values: bytes
    fold: bytes


class ClockLine(NamedTuple):
    """One lap of a clock as its row has it; `rule` is text."""

    matter_id: int
    name: str
    lap: int
    rule: bytes
    due_on: date | None
    calendar: str
    state: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A matter with everything stored of it."""

    row: Row
    lines: Sequence[Line]
    inner_lines: Sequence[InnerLine]
    clocks: Sequence[ClockLine]


@dataclass
class Checked:
    """How much of a matter was held against each other, and what does not hold."""

    records: int = 0
    inner_records: int = 0
    clocks: int = 0
    elsewhere: int = 0
    found: list[Found] = field(default_factory=list)


def check(stored: Stored, calendar: Calendar) -> Checked:
    """Return what was found when everything that is stored of a matter was held against the rest of it."""
    elsewhere = sum(clock.calendar != calendar.version for clock in stored.clocks)
    checked = Checked(len(stored.lines), len(stored.inner_lines), len(stored.clocks), elsewhere)
    uid = stored.row.uid
    broken = chain_break(stored.lines, uid=uid, head=stored.row.head)
    records = [] if broken else [line.record(uid) for line in stored.lines]
    if broken:
        checked.found.append(Found(broken.reason.wording, broken.seq))
    elif not records:
        checked.found.append(Found("没有任何留痕"))
    checked.found += _inner_found(stored, {record.resolved.get("inner_head") for record in records} - {None})
    rules = [orjson.loads(clock.rule) for clock in stored.clocks]
    if records:
        situation = fold(records)
        checked.found += _row_differs(stored.row, situation)
        checked.found += _clocks_differ(zip(stored.clocks, rules, strict=True), situation)
    for clock, rule in zip(stored.clocks, rules, strict=True):
        checked.found += _reckoned_otherwise(clock, rule, calendar)
    return checked


def _row_differs(row: Row, situation: Situation) -> Iterator[Found]:
    """Yield what the row says and the fold of its trail does not."""
    try:
        kept = situation_from(orjson.loads(row.fold), values=orjson.loads(row.values))
    except (KeyError, ValueError):
        yield Found("登记的办理情况缺少内容，无法读取")
        return
    if kept != situation:
        if kept.values != situation.values:
            yield Found("填写的内容，登记的与留痕的不一致")
        if replace(kept, values=situation.values) != situation:
            yield Found("办理情况，登记的与由留痕推演的不一致")
    for title, shown, told in zip(_TITLES, _shown(row), _told(situation), strict=True):
        if shown != told:
            yield Found(f"“{title}”登记为“{shown}”，留痕为“{told}”")


_TITLES = (
    "机制",
    "机制版本",
    "机制文本",
    "环节",
    "进入环节的记录",
    "轮次",
    "在办或办结",
    "办结方式",
    "文号",
    "留痕条数",
    "考核期限",
    "届满日",
    "办理单位",
    "发起单位",
    "保管节点",
    "保管届次",
)


def _shown(row: Row) -> tuple[object, ...]:
    return (
        row.mechanism,
        row.version,
        row.declaration,
        row.state,
        row.stay_seq,
        row.round,
        row.phase,
        row.closed_kind,
        row.number,
        row.seq,
        row.governing_clock,
        row.due_on,
        row.holder,
        row.initiator,
        row.node,
        row.epoch,
    )


def _told(situation: Situation) -> tuple[object, ...]:
    mechanism = declared(situation.mechanism, bytes.fromhex(situation.declaration))
    return (
        situation.mechanism,
        situation.version,
        situation.declaration,
        situation.state,
        situation.stay_seq,
        situation.round,
        Phase.CLOSED if situation.closed else Phase.OPEN,
        situation.closed,
        situation.number,
        situation.seq,
        *due_of(mechanism, situation),
        situation.holder,
        situation.initiator,
        situation.node,
        situation.epoch,
    )


def _inner_found(stored: Stored, cited: set[Any]) -> Iterator[Found]:
    """Yield broken inner trails, and heads that a record cites and no inner trail has."""
    for organ, broken in inner_breaks(stored.inner_lines, uid=stored.row.uid).items():
        yield Found(f"单位内部留痕（{organ}）：{broken.reason.wording}", broken.seq)
    if cited - {line.digest.hex() for line in stored.inner_lines}:
        yield Found("留痕所引的内部留痕不存在：内部留痕缺少记录")


def _clocks_differ(clocks: Iterable[tuple[ClockLine, Any]], situation: Situation) -> Iterator[Found]:
    """Yield clocks of the trail that have no row, or another one."""
    rows = {(clock.name, clock.lap): (rule, clock.due_on, clock.state != ClockState.ENDED) for clock, rule in clocks}
    for name, standing in situation.clocks.items():
        row = rows.get((name, standing.lap))
        if row is None:
            yield Found(f"期限“{name}”留痕有载而没有登记")
        elif row != (standing.inputs, standing.due_on, standing.running):
            yield Found(f"期限“{name}”与留痕所载的不一致")


def _reckoned_otherwise(clock: ClockLine, rule: Any, calendar: Calendar) -> Iterator[Found]:
    """Yield a clock whose day cannot be reckoned again, or is another one."""
    if clock.calendar != calendar.version:
        return
    try:
        due_on = reckon(clock_from(rule), calendar).due_on
    except BadClock as fault:
        yield Found(f"期限“{clock.name}”不能重算：{fault.detail}")
        return
    if due_on != clock.due_on:
        yield Found(f"期限“{clock.name}”登记为 {clock.due_on} 届满，重算为 {due_on}")
