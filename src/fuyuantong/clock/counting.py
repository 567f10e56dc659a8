"""Working days counted year by year: a period of decades takes hardly longer than one of days."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from fuyuantong.clock.calendar import Calendar


def nth_working_day(start: date, count: int, *, calendar: Calendar) -> date:
    """
    Return the `count`-th working day after `start`, or before it if `count` is negative; `start` is not counted.

    Raises: `OverflowError` outside the years 1 to 9999.
    """
    year, here = start.year, start.toordinal()
    days = _working_days_of(year, calendar)
    place = bisect_right(days, here) + count - 1 if count > 0 else bisect_left(days, here) + count
    while place >= len(days):
        place -= len(days)
        year += 1
        days = _working_days_of(year, calendar)
    while place < 0:
        year -= 1
        days = _working_days_of(year, calendar)
        place += len(days)
    return date.fromordinal(days[place])


def working_days_between(first: date, last: date, *, calendar: Calendar) -> int:
    """Count the working days from `first`, not counted, to `last`, counted; negative if `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, calendar=calendar)
    whole_years = sum(len(_working_days_of(year, calendar)) for year in range(first.year, last.year))
    return whole_years + _up_to(last, calendar) - _up_to(first, calendar)


def _up_to(day: date, calendar: Calendar) -> int:
    """Count the working days of the year of `day` up to and with it."""
    return bisect_right(_working_days_of(day.year, calendar), day.toordinal())


@lru_cache(maxsize=1024)
def _working_days_of(year: int, calendar: Calendar) -> Sequence[int]:
    """Return the ordinals of the working days of a year."""
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    first = date(year, 1, 1)
    days = (first + timedelta(days=offset) for offset in range(date(year, 12, 31).toordinal() - first.toordinal() + 1))
    return array("i", (day.toordinal() for day in days if calendar.is_working_day(day)))
