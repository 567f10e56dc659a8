"""The last day of a running clock, from its facts alone: terms, stops, extensions, and the roll off a rest day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.counting import nth_working_day, working_days_between
from fuyuantong.clock.rule import Roll
from fuyuantong.clock.running import RunningClock, Stop
from fuyuantong.clock.terms import SHANGHAI, Term, Unit, end_of, last_working_day, next_hour, within_the_calendar

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Leg:
    """
    Keep one stretch of a clock: a term counted on from the end of the stretch before, or a date.

    `anchor` is the day from which the first stretch is counted; for a date, the day after which stops move it.
    """

    target: Term | date
    anchor: date

    @property
    def is_before(self) -> bool:
        """Tell whether the stretch is counted back from an event."""
        return isinstance(self.target, Term) and self.target.is_before

    @property
    def counts_working_days(self) -> bool:
        """Tell whether rest days inside the stretch do not count."""
        return isinstance(self.target, Term) and self.target.unit is Unit.WORKING_DAYS


@dataclass(frozen=True)
class Reckoning:
    """
    Keep what was found: the end before the roll, after it, and as a moment for clocks in hours.

    `leg_ends` holds the end of every stretch that has one; all else is None while `held_by` stops the clock.
    """

    leg_ends: tuple[date, ...]
    raw_on: date | None
    due_on: date | None
    due_at: datetime | None = None
    held_by: Stop | None = None


def due_on(clock: RunningClock, calendar: Calendar) -> date | None:
    """Return the last day on which the act is in time; None while the clock is stopped."""
    return reckon(clock, calendar).due_on


def reckon(clock: RunningClock, calendar: Calendar) -> Reckoning:
    """
    Find the end of `clock`, in closed form wherever the unit allows.

    Days inside a stop are not counted. For terms in natural days, months and years and for fixed dates the raw end
    moves by the natural days of every stop that began by then, for working days by the working days of the stop;
    then the last day rolls. A term before an event is not moved by stops: the event decides. A stop that begins
    after the last day stops nothing, for the period was over.
    Raises: `BeyondTheCalendar` outside the years 1 to 9999.
    Basis: 行诉解释50；民法典203；民诉法85.
    """
    with within_the_calendar():
        if clock.started_at is not None:
            return _reckon_hours(clock, clock.started_at)
        return _reckon_days(clock, calendar)


def legs_of(clock: RunningClock) -> tuple[Leg, ...]:
    """Return the stretches of `clock`: a further term in the same unit lengthens, a new date starts afresh."""
    anchor = clock.event_on or clock.started_on
    legs = [Leg(target, anchor) for target in (clock.rule.term, clock.rule.fixed_on) if target is not None]
    changes = [(each.on, target) for each in clock.extensions for target in (each.term, each.until) if target]
    for on, target in changes:
        last = legs[-1].target
        if isinstance(target, date):
            legs = [Leg(target, on)]
        elif isinstance(last, Term) and last.unit is target.unit and not last.is_before:
            legs[-1] = Leg(Term(last.length + target.length, last.unit), legs[-1].anchor)
        else:
            legs.append(Leg(target, on))
    return tuple(legs)


def stop_on(day: date, stops: tuple[Stop, ...]) -> Stop | None:
    """Return the stop that covers `day`, if any."""
    return next((stop for stop in stops if stop.covers(day)), None)


def _reckon_days(clock: RunningClock, calendar: Calendar) -> Reckoning:
    legs = legs_of(clock)
    ends: list[date] = []
    for leg in legs:
        end = _end_of_leg(leg, ends[-1] if ends else leg.anchor, clock.stops, calendar)
        if isinstance(end, Stop):
            return Reckoning(tuple(ends), None, None, held_by=end)
        ends.append(end)
    raw_on = ends[-1]
    due = _rolled(raw_on, clock, calendar) if not legs[-1].is_before else _rolled_back(raw_on, clock, calendar)
    if isinstance(due, Stop):
        return Reckoning(tuple(ends), raw_on, None, held_by=due)
    return Reckoning(tuple(ends), raw_on, due)


def _end_of_leg(leg: Leg, start: date, stops: tuple[Stop, ...], calendar: Calendar) -> date | Stop:
    if not isinstance(leg.target, Term):
        return _moved_by_stops(leg.target, leg.anchor, stops)
    if leg.is_before:
        end = end_of(leg.target, start, calendar=calendar)
        return next((stop for stop in stops if stop.to_on is None and stop.from_on <= end), end)
    if leg.counts_working_days and stops:
        return _nth_unstopped_working_day(leg.target.length, start, stops, calendar)
    end = end_of(leg.target, start, calendar=calendar)
    return end if leg.counts_working_days else _moved_by_stops(end, start, stops)


def _moved_by_stops(end: date, start: date, stops: tuple[Stop, ...]) -> date | Stop:
    for stop in stops:
        first = max(stop.from_on, start + DAY)
        if first > end:
            break
        if stop.to_on is None:
            return stop
        end += max(stop.to_on - first, timedelta(0))
    return end


def _nth_unstopped_working_day(count: int, start: date, stops: tuple[Stop, ...], calendar: Calendar) -> date | Stop:
    for stop in stops:
        if stop.from_on > start:
            counted = working_days_between(start, stop.from_on, calendar=calendar)
            counted -= calendar.is_working_day(stop.from_on)
            if counted >= count:
                break
            count -= counted
        if stop.to_on is None:
            return stop
        if stop.to_on > start:
            start = stop.to_on - DAY
    return nth_working_day(start, count, calendar=calendar)


def _rolled(day: date, clock: RunningClock, calendar: Calendar) -> date | Stop:
    if clock.rule.roll is Roll.NONE:
        return day
    while True:
        stop = stop_on(day, clock.stops)
        if stop is not None and stop.to_on is None:
            return stop
        if stop is None and calendar.is_working_day(day):
            return day
        day += DAY


def _rolled_back(day: date, clock: RunningClock, calendar: Calendar) -> date:
    return last_working_day(day, calendar=calendar) if clock.rule.roll is Roll.BACKWARD else day


def _reckon_hours(clock: RunningClock, started_at: datetime) -> Reckoning:
    begins_at = next_hour(started_at)
    terms = [clock.rule.term, *(extension.term for extension in clock.extensions)]
    ends_at = begins_at + timedelta(hours=sum(term.length for term in terms if term))
    for stop in clock.stops:
        stopped_at = max(datetime.combine(stop.from_on, time(), SHANGHAI), begins_at)
        if stopped_at >= ends_at:
            break
        if stop.to_on is None:
            return Reckoning((), None, None, held_by=stop)
        ends_at += max(datetime.combine(stop.to_on, time(), SHANGHAI) - stopped_at, timedelta(0))
    # an end at midnight belongs to the day that ends, not to the one that begins
    last = (ends_at - timedelta(hours=1)).date()
    return Reckoning((last,), last, last, ends_at)
