"""A deadline as a proof: what it rests on, day by day, so that anyone can reckon it again."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.deciding import is_provisional
from fuyuantong.clock.reckoning import Reckoning, reckon
from fuyuantong.clock.rule import Ceiling, Rule, Source
from fuyuantong.clock.running import BadClock, RunningClock, clock_from
from fuyuantong.clock.trace import TraceDay, days_of

KEPT_AT_EACH_END = 200


class Standing(StrEnum):
    """Say how a clock stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"

    @property
    def word(self) -> str:
        """Return the standing as people say it."""
        return {"running": "计算中", "stopped": "中止中", "ended": "已终止"}[self.value]


@dataclass(frozen=True)
class Proof:
    """
    Keep a deadline with all it rests on; `recompute` finds the same from `clock` and the same calendar.

    Shape: `trace` holds at most 400 days, the first and the last 200; `elided` counts those left out between them.
    """

    clock: RunningClock
    standing: Standing
    calendar_version: str
    provisional: bool
    raw_due_on: date | None
    due_on: date | None
    due_at: datetime | None
    ceiling_due_on: date | None
    trace: tuple[TraceDay, ...]
    elided: int

    def to_data(self) -> dict[str, object]:
        """
        Return the proof as a mapping of strings, booleans, whole numbers, nulls, lists and mappings.

        Shape: `clock` (all inputs), `calendar_version`, `result`, `trace` with one `{"elided": n}` where days are
        left out. Two proofs differ in what people see only if `result` differs.
        """
        trace: list[dict[str, object]] = [day.to_data() for day in self.trace]
        if self.elided:
            trace.insert(KEPT_AT_EACH_END, {"elided": self.elided})
        return {
            "clock": self.clock.to_data(),
            "calendar_version": self.calendar_version,
            "result": self.result_data(),
            "trace": trace,
        }

    def result_data(self) -> dict[str, object]:
        """Return what was found, as strings, booleans and nulls."""
        return {
            "standing": self.standing.value,
            "provisional": self.provisional,
            "raw_due_on": _iso(self.raw_due_on),
            "due_on": _iso(self.due_on),
            "due_at": _iso(self.due_at),
            "ceiling_due_on": _iso(self.ceiling_due_on),
        }


def prove(clock: RunningClock, calendar: Calendar) -> Proof:
    """
    Reckon `clock` and return the deadline with its proof.

    Raises: `BeyondTheCalendar` if it would end outside the years 1 to 9999.
    """
    reckoning = reckon(clock, calendar)
    trace, elided = _capped(days_of(clock, reckoning, calendar))
    return Proof(
        clock=clock,
        standing=_standing(clock, reckoning),
        calendar_version=calendar.version,
        provisional=is_provisional(clock, reckoning, calendar),
        raw_due_on=reckoning.raw_on,
        due_on=reckoning.due_on,
        due_at=reckoning.due_at,
        ceiling_due_on=ceiling_due_on(clock, calendar),
        trace=trace,
        elided=elided,
    )


def recompute(data: Mapping[str, object], calendar: Calendar) -> Proof:
    """
    Reckon again from the inputs of a stored proof, trusting nothing it found.

    Raises: `BadClock` if the inputs are missing or spoiled.
    """
    clock = data.get("clock")
    if not isinstance(clock, Mapping):
        raise BadClock("存储的期限证明缺少计算依据", remedy="请核对记录是否完整。")
    return prove(clock_from(clock), calendar)


def ceiling_due_on(clock: RunningClock, calendar: Calendar) -> date | None:
    """Return the last day that the ceiling allows from the same start, without stops and extensions; None without one."""
    ceiling = clock.rule.ceiling
    return None if ceiling is None else reckon(_clock_of(ceiling, clock), calendar).due_on


def _clock_of(ceiling: Ceiling, clock: RunningClock) -> RunningClock:
    rule = Rule(key=ceiling.key, title=ceiling.title, source=Source.LAW, basis=ceiling.basis, term=ceiling.term)
    return replace(clock, rule=rule, stops=(), extensions=())


def _standing(clock: RunningClock, reckoning: Reckoning) -> Standing:
    if clock.ended_on is not None:
        return Standing.ENDED
    return Standing.RUNNING if reckoning.held_by is None else Standing.STOPPED


def _capped(days: Iterator[TraceDay]) -> tuple[tuple[TraceDay, ...], int]:
    first = tuple(islice(days, KEPT_AT_EACH_END))
    last: deque[TraceDay] = deque(maxlen=KEPT_AT_EACH_END)
    elided = -KEPT_AT_EACH_END
    for day in days:
        last.append(day)
        elided += 1
    return first + tuple(last), max(elided, 0)


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
