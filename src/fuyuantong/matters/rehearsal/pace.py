"""How long people take: the moment of the next act, in office hours of a working day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.counting import working_days_between
from fuyuantong.clock.terms import SHANGHAI, next_working_day
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.rungs import LADDER, reached
from fuyuantong.matters.services.ladder import OFFICE_HOURS

DAY = timedelta(days=1)
LONGEST_BEFORE = timedelta(days=16)  # a reminder three working days before, with the longest holidays between
MORNING = time(9, 30)
OFFICE_MINUTES = range(8 * 60 + 40, 17 * 60 + 20)
LUNCH = range(12 * 60, 14 * 60 + 30)
LONGEST = 25  # working days that people let pass when there is much time
LATE_IN_A_HUNDRED = 14
VERY_LATE = 9


class Pace(Protocol):
    """When the next act comes."""

    def after(self, now: datetime, *, due: date | None, may_be_late: bool) -> datetime:
        """Return a moment after `now`: by the due day, or beyond it where nothing lapses and people may be late."""
        ...


class Brisk:
    """At most so many working days from one act to the next, whatever is due."""

    def __init__(self, random: Random, *, days: int) -> None:
        self.random = random
        self.days = days

    def after(self, now: datetime, *, due: date | None, may_be_late: bool) -> datetime:
        """Return a morning soon, or the next minute."""
        day = working_days_after(now, self.random.randrange(self.days + 1), calendar=current_calendar())
        return max(now + timedelta(minutes=1), datetime.combine(day, MORNING, SHANGHAI))


class Steady:
    """One act on each working day."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def after(self, now: datetime, *, due: date | None, may_be_late: bool) -> datetime:
        """Return some time on the next working day."""
        return office_hour(working_days_after(now, 1, calendar=current_calendar()), self.random)


class Human:
    """Somewhere in the time that is left, more often late in it than early, and sometimes after it."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def after(self, now: datetime, *, due: date | None, may_be_late: bool) -> datetime:
        """Return some time on a working day."""
        calendar = current_calendar()
        day = now.astimezone(SHANGHAI).date()
        left = working_days_between(day, due, calendar=calendar) if due else self.random.randrange(1, 8)
        if may_be_late and self.random.randrange(100) < LATE_IN_A_HUNDRED:
            wait = max(left, 0) + self.random.randrange(1, VERY_LATE)
        else:
            wait = min(int(max(left, 0) * self.random.betavariate(2, 1.6)), LONGEST)
        then = office_hour(working_days_after(now, wait, calendar=calendar), self.random)
        return then if then > now else now + timedelta(minutes=self.random.randrange(6, 50))


def working_days_after(now: datetime, count: int, *, calendar: Calendar) -> date:
    """Return the day itself, or the next working day when it is none, and so many working days further."""
    day = next_working_day(now.astimezone(SHANGHAI).date(), calendar=calendar)
    for _ in range(count):
        day = next_working_day(day + DAY, calendar=calendar)
    return day


def rungs_ahead(due_on: date, *, after: datetime, calendar: Calendar) -> Iterator[datetime]:
    """Yield when each rung of a due day is reached, as office hours begin, as far as that lies ahead."""
    for rung in LADDER:
        day = next_working_day(due_on - LONGEST_BEFORE, calendar=calendar) if rung.after < 0 else due_on + DAY
        while not calendar.is_working_day(day) or rung not in reached(LADDER, due_on, day, calendar):
            day += DAY
        at = datetime.combine(day, OFFICE_HOURS[0], SHANGHAI)
        if at > after:
            yield at


def office_hour(day: date, random: Random) -> datetime:
    """Return some minute of a day at which people are at their desks."""
    minute = random.choice([minute for minute in OFFICE_MINUTES if minute not in LUNCH])
    return datetime.combine(day, time(*divmod(minute, 60)), SHANGHAI)


def midnight_after(day: date) -> datetime:
    """Return the moment at which the engine finds that a day has passed."""
    return datetime.combine(day + DAY, time(0, 5), SHANGHAI)
