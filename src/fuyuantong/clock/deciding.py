"""The days on whose working status a last day rests; a change of any other day cannot change it."""

from collections.abc import Iterator
from datetime import date

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.reckoning import DAY, Leg, Reckoning, legs_of
from fuyuantong.clock.rule import Roll
from fuyuantong.clock.running import RunningClock, Stop

Span = tuple[date, date]


def is_provisional(clock: RunningClock, reckoning: Reckoning, calendar: Calendar) -> bool:
    """Tell whether any day that decides the result lies in a year without a notice."""
    return not deciding_years(clock, reckoning) <= calendar.years


def deciding_years(clock: RunningClock, reckoning: Reckoning) -> set[int]:
    """Return the years whose notices the result rests on."""
    spans = deciding_spans(clock, reckoning)
    return {year for first, last in spans for year in range(first.year, last.year + 1)}


def deciding_spans(clock: RunningClock, reckoning: Reckoning) -> Iterator[Span]:
    """
    Return the first and last day of every stretch that was looked at for working days.

    Shape: in no order; a day may stand in two of them.
    """
    if clock.started_at is not None:
        return
    legs, begin = legs_of(clock), clock.event_on or clock.started_on
    for leg, end in zip(legs, reckoning.leg_ends, strict=False):
        if leg.counts_working_days:
            yield from [(end, begin - DAY)] if leg.is_before else _unstopped(begin + DAY, end, clock.stops)
        begin = end
    if reckoning.raw_on is not None:
        yield from _rolling(clock, legs[-1], reckoning.raw_on, reckoning)
    elif (held := legs[len(reckoning.leg_ends)]).counts_working_days and not held.is_before and reckoning.held_by:
        yield from _unstopped(begin + DAY, reckoning.held_by.from_on - DAY, clock.stops)


def _rolling(clock: RunningClock, leg: Leg, raw_on: date, reckoning: Reckoning) -> Iterator[Span]:
    """Yield the last day, if it may roll, and the days over which it has rolled."""
    if leg.is_before:
        if clock.rule.roll is Roll.BACKWARD:
            yield reckoning.due_on or raw_on, raw_on
    elif clock.rule.roll is not Roll.NONE:
        held_from = reckoning.held_by.from_on if reckoning.held_by else raw_on
        yield from _unstopped(raw_on, reckoning.due_on or max(held_from - DAY, raw_on), clock.stops)


def _unstopped(first: date, last: date, stops: tuple[Stop, ...]) -> Iterator[Span]:
    """Yield what the stops leave of a stretch."""
    for stop in stops:
        if stop.from_on > last:
            break
        if stop.from_on > first:
            yield first, stop.from_on - DAY
        if stop.to_on is None:
            return
        first = max(first, stop.to_on)
    if first <= last:
        yield first, last
