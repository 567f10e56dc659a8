"""What must agree about one matter: its chain, the fold of it, its row, its inner trails, its clocks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import orjson

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.running import BadClock, clock_from
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.clock import ClockState
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.trails import InnerLine, Line, chain_break, inner_breaks
from fuyuantong.protocol.fold import Situation, fold
from fuyuantong.protocol.timing import due_of


@dataclass(frozen=True, slots=True)
class Found:
    """Something that does not hold, at a record when it is at one."""

    what: str
    seq: int | None = None


class ClockLine(NamedTuple):
    """One lap of a clock as its row has it; `rule` is text."""

    matter_id: int
    name: str
    lap: int
    rule: str
    due_on: date | None
    calendar: str
    state: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A matter with everything stored of it."""

    row: Matter
    lines: Sequence[Line]
    inner_lines: Sequence[InnerLine]
    clocks: Sequence[ClockLine]


@dataclass(frozen=True, slots=True)
class Known:
    """What matters are held against beside their own trails: today's calendar, and the codes of organs by id."""

    calendar: Calendar
    codes: Mapping[int | None, str]


@dataclass
class Checked:
    """How much of a matter was held against each other, and what does not hold."""

    records: int = 0
    inner_records: int = 0
    clocks: int = 0
    elsewhere: int = 0
    found: list[Found] = field(default_factory=list)


def check(stored: Stored, known: Known) -> Checked:
    """Return what was found when everything that is stored of a matter was held against the rest of it."""
    elsewhere = sum(clock.calendar != known.calendar.version for clock in stored.clocks)
    checked = Checked(len(stored.lines), len(stored.inner_lines), len(stored.clocks), elsewhere)
    row, uid = stored.row, str(stored.row.uid)
    broken = chain_break(stored.lines, uid=uid, head=bytes(row.head))
    records = [] if broken else [line.record(uid) for line in stored.lines]
    if broken:
        checked.found.append(Found(broken.reason.wording, broken.seq))
    elif not records:
        checked.found.append(Found("没有任何留痕"))
    checked.found += _inner_found(stored, uid, {record.resolved.get("inner_head") for record in records} - {None})
    if records:
        situation = fold(records)
        checked.found += _row_differs(row, situation, known)
        checked.found += _clocks_differ(stored.clocks, situation)
    for clock in stored.clocks:
        checked.found += _reckoned_otherwise(clock, known.calendar)
    return checked


def _row_differs(row: Matter, situation: Situation, known: Known) -> Iterator[Found]:
    """Yield what the row says and the fold of its trail does not."""
    try:
        kept = situation_of(row)
    except (KeyError, ValueError):
        yield Found("登记的办理情况缺少内容，无法读取")
        return
    if kept.values != situation.values:
        yield Found("填写的内容，登记的与留痕的不一致")
    if replace(kept, values=situation.values) != situation:
        yield Found("办理情况，登记的与由留痕推演的不一致")
    shown, told = _shown(row, known), _told(situation)
    for title, kept_here in shown.items():
        if kept_here != told[title]:
            yield Found(f"“{title}”登记为“{kept_here}”，留痕为“{told[title]}”")


def _shown(row: Matter, known: Known) -> dict[str, Any]:
    return {
        "机制": row.mechanism,
        "机制版本": row.version,
        "机制文本": bytes(row.declaration_id).hex(),
        "环节": row.state,
        "进入环节的记录": row.stay_seq,
        "轮次": row.round,
        "在办或办结": row.phase,
        "办结方式": row.closed_kind,
        "文号": row.number,
        "留痕条数": row.seq,
        "考核期限": row.governing_clock,
        "届满日": row.due_on,
        "办理单位": known.codes.get(row.holder_id),
        "发起单位": known.codes.get(row.initiator_id),
        "保管节点": (row.custodian_node, row.epoch),
    }


def _told(situation: Situation) -> dict[str, Any]:
    governing, due_on = due_of(declared(situation.mechanism, bytes.fromhex(situation.declaration)), situation)
    return {
        "机制": situation.mechanism,
        "机制版本": situation.version,
        "机制文本": situation.declaration,
        "环节": situation.state,
        "进入环节的记录": situation.stay_seq,
        "轮次": situation.round,
        "在办或办结": Phase.CLOSED if situation.closed else Phase.OPEN,
        "办结方式": situation.closed,
        "文号": situation.number,
        "留痕条数": situation.seq,
        "考核期限": governing,
        "届满日": due_on,
        "办理单位": situation.holder,
        "发起单位": situation.initiator,
        "保管节点": (situation.node, situation.epoch),
    }


def _inner_found(stored: Stored, uid: str, cited: set[Any]) -> Iterator[Found]:
    """Yield broken inner trails, and heads that a record cites and no inner trail has."""
    for organ, broken in inner_breaks(stored.inner_lines, uid=uid).items():
        yield Found(f"单位内部留痕（{organ}）：{broken.reason.wording}", broken.seq)
    if cited - {line.digest.hex() for line in stored.inner_lines}:
        yield Found("留痕所引的内部留痕不存在：内部留痕缺少记录")


def _clocks_differ(clocks: Sequence[ClockLine], situation: Situation) -> Iterator[Found]:
    """Yield clocks that are not those of the trail."""
    rows = {(clock.name, clock.lap): clock for clock in clocks}
    for name, standing in situation.clocks.items():
        clock = rows.get((name, standing.lap))
        if clock is None:
            yield Found(f"期限“{name}”留痕有载而没有登记")
        elif (orjson.loads(clock.rule), clock.due_on) != (standing.inputs, standing.due_on) or (
            clock.state == ClockState.ENDED
        ) is standing.running:
            yield Found(f"期限“{name}”与留痕所载的不一致")


def _reckoned_otherwise(clock: ClockLine, calendar: Calendar) -> Iterator[Found]:
    """Yield a clock whose day cannot be reckoned again, or is another one."""
    if clock.calendar != calendar.version:
        return
    try:
        due_on = reckon(clock_from(orjson.loads(clock.rule)), calendar).due_on
    except BadClock as fault:
        yield Found(f"期限“{clock.name}”不能重算：{fault.detail}")
        return
    if due_on != clock.due_on:
        yield Found(f"期限“{clock.name}”登记为 {clock.due_on} 届满，重算为 {due_on}")
