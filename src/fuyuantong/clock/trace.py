"""The days of a clock one by one: which were counted, which were not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.reckoning import DAY, Leg, Reckoning, legs_of, stop_on
from fuyuantong.clock.running import RunningClock
from fuyuantong.clock.terms import SHANGHAI, next_hour


class Mark(StrEnum):
    """Say what became of one day of a clock."""

    START = "start"
    EVENT = "event"
    COUNTED = "counted"
    REST = "rest"
    STOPPED = "stopped"
    ROLLED = "rolled"

    @property
    def word(self) -> str:
        """Return the mark as people say it."""
        return {
            "start": "起算日，不计",
            "event": "事件日，不计",
            "counted": "计入",
            "rest": "休息日，不计",
            "stopped": "中止，不计",
            "rolled": "顺延",
        }[self.value]


@dataclass(frozen=True)
class TraceDay:
    """Keep one day: its mark, the how-manieth it is (days, working days, for clocks in hours the hours by its end)."""

    on: date
    mark: Mark
    index: int | None = None
    note: str = ""

    def to_data(self) -> dict[str, object]:
        """Return the day as strings, whole numbers and nulls."""
        return {"on": self.on.isoformat(), "mark": self.mark.value, "index": self.index, "note": self.note}


def days_of(clock: RunningClock, reckoning: Reckoning, calendar: Calendar) -> Iterator[TraceDay]:
    """
    Return the days of `clock` in the order in which they are counted, from its start to the result or the open stop.

    Shape: lazy; one per day. A clock before an event is counted back from the event.
    """
    if clock.started_at is not None:
        return _hours(clock, clock.started_at, reckoning)
    return Walk(clock, reckoning, calendar).days()


@dataclass(frozen=True)
class Walk:
    """Go over the days of one clock as it was reckoned."""

    clock: RunningClock
    reckoning: Reckoning
    calendar: Calendar

    def days(self) -> Iterator[TraceDay]:
        """Return the start or the event, the days of every stretch, then the roll or the open stop."""
        begin = self.clock.event_on or self.clock.started_on
        mark = Mark.START if self.clock.event_on is None else Mark.EVENT
        yield TraceDay(begin, mark, note=self.calendar.name_of(begin))
        legs = legs_of(self.clock)
        for leg, end in zip(legs, self.reckoning.leg_ends, strict=False):
            yield from self._backward(leg, begin, end) if leg.is_before else self._forward(leg, begin, end)
            begin = end
        if self.reckoning.raw_on is not None:
            yield from self._roll(self.reckoning.raw_on)
        elif not (held := legs[len(self.reckoning.leg_ends)]).is_before:
            yield from self._forward(held, begin, self._held_from - DAY)
        if self.reckoning.held_by is not None and self._held_from > (self.reckoning.raw_on or date.min):
            yield TraceDay(self._held_from, Mark.STOPPED, note=self.reckoning.held_by.cause)

    @property
    def _held_from(self) -> date:
        held_by = self.reckoning.held_by
        return held_by.from_on if held_by is not None else date.max

    def _forward(self, leg: Leg, begin: date, end: date) -> Iterator[TraceDay]:
        if end <= begin and end == self.reckoning.raw_on:
            yield replace(self._day(end, 0, leg), index=None)
        index = 0
        for offset in range(1, (end - begin).days + 1):
            day = self._day(begin + timedelta(days=offset), index + 1, leg)
            index += day.mark is Mark.COUNTED
            yield day

    def _backward(self, leg: Leg, begin: date, end: date) -> Iterator[TraceDay]:
        index = 0
        for offset in range(1, (begin - end).days + 1):
            day = self._unstopped_day(begin - timedelta(days=offset), index + 1, leg)
            index += day.mark is Mark.COUNTED
            yield day

    def _day(self, day: date, index: int, leg: Leg) -> TraceDay:
        stop = stop_on(day, self.clock.stops)
        if stop is not None:
            return TraceDay(day, Mark.STOPPED, note=stop.cause)
        return self._unstopped_day(day, index, leg)

    def _unstopped_day(self, day: date, index: int, leg: Leg) -> TraceDay:
        if leg.counts_working_days and not self.calendar.is_working_day(day):
            return TraceDay(day, Mark.REST, note=self.calendar.name_of(day))
        return TraceDay(day, Mark.COUNTED, index, self.calendar.name_of(day))

    def _roll(self, raw_on: date) -> Iterator[TraceDay]:
        due_on = self.reckoning.due_on or max(self._held_from - DAY, raw_on)
        step = -1 if due_on < raw_on else 1
        for offset in range(1, abs((due_on - raw_on).days) + 1):
            day = raw_on + timedelta(days=step * offset)
            stop = stop_on(day, self.clock.stops) if step == 1 else None
            if stop is None:
                yield TraceDay(day, Mark.ROLLED, note=self.calendar.name_of(day))
            else:
                yield TraceDay(day, Mark.STOPPED, note=stop.cause)


def _hours(clock: RunningClock, started_at: datetime, reckoning: Reckoning) -> Iterator[TraceDay]:
    begins_at = next_hour(started_at)
    last = reckoning.due_on or clock.stops[-1].from_on
    hours = timedelta(0)
    for offset in range((last - clock.started_on).days + 1):
        day = clock.started_on + timedelta(days=offset)
        stop = stop_on(day, clock.stops)
        if stop is not None:
            yield TraceDay(day, Mark.STOPPED, note=stop.cause)
            continue
        midnight = datetime.combine(day, time(), SHANGHAI)
        until = min(midnight + DAY, reckoning.due_at or midnight + DAY)
        hours += until - max(midnight, begins_at)
        note = f"自{begins_at:%H:%M}起计" if offset == 0 else ""
        yield TraceDay(day, Mark.COUNTED, int(hours / timedelta(hours=1)), note)
