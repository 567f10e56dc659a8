"""One lap of a clock as a matter recorded it, with every record that moved it, for whoever may see the matter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.checking import Check, differences
from fuyuantong.clock.deciding import deciding_years
from fuyuantong.clock.proof import Proof, prove
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.running import RunningClock, clock_from
from fuyuantong.matters.console.labels import OrganNames, act_title, clock_title
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.clock import Clock
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.queries import matter_page, trail
from fuyuantong.matters.sight import Reader
from fuyuantong.protocol import Mechanism
from fuyuantong.refusal import Refusal

FORMAT = "fuyuantong-clock-proof/1"
DOINGS = {
    "start": "起算",
    "stop": "中止",
    "resume": "恢复",
    "move": "调整",
    "extend": "延长",
    "end": "终止",
    "recompute": "重新计算",
}


class NoSuchClock(Refusal):
    """Say that the matter has no such clock, or has not run it that often."""

    key = "no-such-clock"
    title = "本件没有这个期限"


@dataclass(frozen=True, slots=True)
class ClockStep:
    """What one record did to the clock, and the day that it gave by the calendar of that time."""

    seq: int
    on: date
    doing: str
    act: str
    organ: str
    due_on: date | None
    calendar_version: str
    digest: str


@dataclass(frozen=True, slots=True)
class RecordedClock:
    """
    One lap of a clock. Shape: `steps` in order, of the records that the reader sees.

    `due_on` and `calendar_version` stand as recorded; `clock` holds the inputs, from which anyone reckons again.
    """

    matter: Matter
    name: str
    title: str
    lap: int
    is_judging: bool
    clock: RunningClock
    due_on: date | None
    calendar_version: str
    steps: tuple[ClockStep, ...]


def recorded_clock(reader: Reader, uid: UUID, *, name: str, lap: int, names: OrganNames) -> RecordedClock:
    """
    Return one lap of a clock of a matter that the reader sees.

    Raises: `NoSuchMatter`; `NoSuchClock`.
    """
    page = matter_page(reader, uid)
    row = next((clock for clock in page.clocks if (clock.name, clock.lap) == (name, lap)), None)
    mechanism = declared(page.matter.mechanism, page.matter.declaration_id)
    title = clock_title(mechanism, name)
    if row is None:
        raise NoSuchClock(f"{title}（第 {lap} 次）", remedy="请回到事项页面，从期限进入。")
    records = [record for record in trail(reader, uid) if _event(record, row)]
    names.learn(record.on_behalf_of or record.organ for record in records)
    return RecordedClock(
        matter=page.matter,
        name=name,
        title=title,
        lap=lap,
        is_judging=page.matter.governing_clock == name and _is_last(row, page.clocks),
        clock=clock_from(row.rule),
        due_on=row.due_on,
        calendar_version=row.calendar_version,
        steps=tuple(_steps(records, row, mechanism, names)),
    )


def checked(found: RecordedClock, calendar: Calendar) -> Check:
    """Return how the recorded day compares with one reckoned now from the recorded inputs."""
    proof = prove(found.clock, calendar)
    stored = {"due_on": found.due_on.isoformat() if found.due_on else None}
    return Check(proof, found.calendar_version, tuple(differences(stored, proof)))


def named(clock: RunningClock, names: OrganNames) -> RunningClock:
    """Return a clock whose approvers are called by the names of their organs, for people to read."""
    names.learn({change.approver for change in (*clock.stops, *clock.extensions)})
    return replace(
        clock,
        stops=tuple(replace(stop, approver=names[stop.approver]) for stop in clock.stops),
        extensions=tuple(replace(each, approver=names[each.approver]) for each in clock.extensions),
    )


def proof_file(found: RecordedClock, calendar: Calendar) -> dict[str, Any]:
    """
    Return all that anyone needs to check the deadline without this system, as JSON data.

    Basis: docs/deadlines.md.
    """
    proof = prove(found.clock, calendar)
    return {
        "format": FORMAT,
        "matter": str(found.matter.uid),
        "number": found.matter.number,
        "name": found.name,
        "lap": found.lap,
        "title": found.title,
        **proof.to_data(),
        "recorded": {
            "due_on": found.due_on.isoformat() if found.due_on else None,
            "calendar_version": found.calendar_version,
            "records": [{"seq": step.seq, "digest": step.digest} for step in found.steps],
        },
        "notices": list(_notices(proof, calendar)),
    }


def _notices(proof: Proof, calendar: Calendar) -> Iterator[dict[str, Any]]:
    """Yield the notices on which the day rests, each with all its days."""
    years = deciding_years(proof.clock, reckon(proof.clock, calendar))
    for notice in calendar.notices:
        if notice.year in years:
            yield {
                "year": notice.year,
                "title": notice.title,
                "number": notice.number,
                "issued": notice.issued,
                "days": [
                    {"date": on.isoformat(), "kind": kind.value, "name": name}
                    for on, (kind, name) in sorted(notice.days.items())
                ],
            }


def _event(record: Record, row: Clock) -> dict[str, Any] | None:
    events = record.resolved.get("clocks")
    event = events.get(row.name) if isinstance(events, dict) else None
    return event if isinstance(event, dict) and event.get("lap", 1) == row.lap else None


def _steps(records: Iterable[Record], row: Clock, mechanism: Mechanism, names: OrganNames) -> Iterator[ClockStep]:
    for record in records:
        event = _event(record, row) or {}
        yield ClockStep(
            seq=record.seq,
            on=record.effective_on,
            doing=DOINGS.get(str(event.get("do")), "变动"),
            act=act_title(mechanism, record.kind, record.move, record.from_state),
            organ=names[record.on_behalf_of or record.organ],
            due_on=date.fromisoformat(str(event["due_on"])) if event.get("due_on") else None,
            calendar_version=str(event.get("calendar", "")),
            digest=bytes(record.digest).hex(),
        )


def _is_last(row: Clock, clocks: Iterable[Clock]) -> bool:
    return row.lap == max(clock.lap for clock in clocks if clock.name == row.name)
