"""What must agree about one matter: its chain, the fold of it, its row, its inner trails, its clocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.running import BadClock, clock_from
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.clock import Clock
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.models.record import Record as RecordRow
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.trails import inner_body, record_of
from fuyuantong.protocol.fold import Situation, advance
from fuyuantong.protocol.timing import due_of
from fuyuantong.seal.canonical import spelling
from fuyuantong.seal.digest import ChainBreak, ChainedRecord, verify_chain


@dataclass(frozen=True, slots=True)
class Found:
    """Something that does not hold, at a record when it is at one."""

    what: str
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A matter with everything stored of it; the trails are streams and can be read once."""

    row: Matter
    records: Iterator[RecordRow]
    inner_records: Iterator[InnerRecord]
    clocks: list[Clock]


@dataclass
class Checked:
    """How much of a matter was held against each other, and what does not hold."""

    records: int = 0
    inner_records: int = 0
    clocks: int = 0
    elsewhere: int = 0
    found: list[Found] = field(default_factory=list)


@dataclass
class _Trail:
    """A trail on its way through the chain: folded record by record, as long as the chain holds."""

    uid: str
    situation: Situation | None = None
    cited: set[str] = field(default_factory=set)
    count: int = 0

    def chained(self, rows: Iterable[RecordRow]) -> Iterator[ChainedRecord]:
        for row in rows:
            record = record_of(row, uid=self.uid)
            self.count += 1
            yield ChainedRecord(row.seq, bytes(row.prev), bytes(row.digest), spelling(record.body()))
            self.situation = advance(self.situation, record)
            if head := record.resolved.get("inner_head"):
                self.cited.add(str(head))


def check(stored: Stored, calendar: Calendar) -> Checked:
    """Return what was found when everything that is stored of a matter was held against the rest of it."""
    checked = Checked()
    row, trail = stored.row, _Trail(str(stored.row.uid))
    broken = verify_chain(trail.chained(stored.records), head=bytes(row.head))
    for _ in stored.records:  # a broken chain is not read to its end, but what follows it in the stream must be
        trail.count += 1
    checked.records = trail.count
    checked.found += [_chain_found(broken)] if broken else _row_differs(row, trail.situation)
    checked.found += _inner_found(stored, checked, trail.cited, whole=not broken)
    situation = None if broken else trail.situation
    for clock in stored.clocks:
        checked.found += _clock_found(clock, checked, situation, calendar)
    return checked


def _chain_found(broken: ChainBreak) -> Found:
    return Found(broken.reason.wording, broken.seq)


def _row_differs(row: Matter, situation: Situation | None) -> Iterator[Found]:
    """Yield what the row says and the fold of its trail does not."""
    if situation is None:
        yield Found("没有任何留痕")
        return
    try:
        kept = situation_of(row)
    except (KeyError, ValueError):
        yield Found("登记的办理情况缺少内容，无法读取")
        return
    if kept.values != situation.values:
        yield Found("填写的内容，登记的与留痕的不一致")
    if replace(kept, values=situation.values) != situation:
        yield Found("办理情况，登记的与由留痕推演的不一致")
    mirrored = _mirrored(row, situation)
    shown = {name: getattr(row, name) for name in mirrored}
    for name, value in mirrored.items():
        if shown[name] != value:
            yield Found(f"“{_TITLES[name]}”登记为“{shown[name]}”，留痕为“{value}”")
    if row.holder is None or row.holder.code != situation.holder:
        yield Found(f"办理单位登记为“{row.holder and row.holder.code}”，留痕为“{situation.holder}”")


def _mirrored(row: Matter, situation: Situation) -> dict[str, Any]:
    governing, due_on = due_of(declared(row.mechanism, row.declaration_id), situation)
    return {
        "state": situation.state,
        "phase": Phase.CLOSED if situation.closed else Phase.OPEN,
        "closed_kind": situation.closed,
        "number": situation.number,
        "seq": situation.seq,
        "governing_clock": governing,
        "due_on": due_on,
    }


def _inner_found(stored: Stored, checked: Checked, cited: set[str], *, whole: bool) -> Iterator[Found]:
    """Yield broken inner trails, and heads that a record cites and no inner trail has."""
    heads: set[str] = set()
    for organ_id, rows in groupby(stored.inner_records, key=attrgetter("organ_id")):
        records = [
            ChainedRecord(row.seq, bytes(row.prev), bytes(row.digest), spelling(inner_body(row))) for row in rows
        ]
        checked.inner_records += len(records)
        heads |= {record.digest.hex() for record in records}
        broken = verify_chain(records, head=records[-1].digest)
        if broken:
            yield Found(f"单位内部留痕（{organ_id}）：{broken.reason.wording}", broken.seq)
    if whole and cited - heads:
        yield Found("留痕所引的内部留痕不存在：内部留痕缺少记录")


def _clock_found(clock: Clock, checked: Checked, situation: Situation | None, calendar: Calendar) -> Iterator[Found]:
    """Yield a clock whose day cannot be reckoned again, or that is not the one of the trail."""
    checked.clocks += 1
    standing = situation.clocks.get(clock.name) if situation else None
    if (
        standing
        and standing.lap == clock.lap
        and (dict(standing.inputs), standing.due_on) != (clock.rule, clock.due_on)
    ):
        yield Found(f"期限“{clock.name}”与留痕所载的不一致")
    if clock.calendar_version != calendar.version:
        checked.elsewhere += 1
        return
    try:
        due_on = reckon(clock_from(clock.rule), calendar).due_on
    except BadClock as fault:
        yield Found(f"期限“{clock.name}”不能重算：{fault.detail}")
        return
    if due_on != clock.due_on:
        yield Found(f"期限“{clock.name}”登记为 {clock.due_on} 届满，重算为 {due_on}")


_TITLES = {
    "state": "环节",
    "phase": "在办或办结",
    "closed_kind": "办结方式",
    "number": "文号",
    "seq": "留痕条数",
    "governing_clock": "考核期限",
    "due_on": "届满日",
}
