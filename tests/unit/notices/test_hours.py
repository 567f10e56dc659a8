"""The hours in which a person may be disturbed."""

from datetime import datetime, time

import pytest

from fuyuantong.clock.calendar import Calendar, load_calendar
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.notices.hours import Hours

OFFICE = Hours(time(8, 30), time(17, 30), working_days_only=True)
EVERY_DAY = Hours(time(9), time(21), working_days_only=False)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar()


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        (OFFICE, "2026-11-23 10:00", "2026-11-23 10:00"),
        (OFFICE, "2026-11-23 07:00", "2026-11-23 08:30"),
        (OFFICE, "2026-11-20 17:30", "2026-11-23 08:30"),
        (OFFICE, "2026-09-30 18:00", "2026-10-08 08:30"),
        (OFFICE, "2026-10-10 09:00", "2026-10-10 09:00"),
        (EVERY_DAY, "2026-11-21 22:00", "2026-11-22 09:00"),
        (EVERY_DAY, "2026-11-22 09:00", "2026-11-22 09:00"),
    ],
)
def test_what_comes_outside_the_hours_waits_for_them(hours: Hours, moment: str, opens: str, calendar: Calendar) -> None:
    assert hours.next_from(at(moment), calendar=calendar) == at(opens)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
