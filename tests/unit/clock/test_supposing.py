"""What would be: another start, another length, another date, some days stopped."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.unit.clock.vectors import a_clock, an_hour_clock

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.running import BadClock, RunningClock
from fuyuantong.clock.supposing import CannotSuppose, Supposition, suppose
from fuyuantong.clock.terms import SHANGHAI, Unit


@pytest.fixture
def fifteen() -> RunningClock:
    return a_clock("15 days", "2026-11-02")


def due(clock: RunningClock, supposed: Supposition, calendar: Calendar) -> str:
    """Return the day on which the clock would end."""
    return str(reckon(suppose(clock, supposed), calendar).due_on)


@pytest.mark.parametrize(
    ("supposed", "ends"),
    [
        (Supposition(), "2026-11-17"),
        (Supposition(start=date(2026, 11, 5)), "2026-11-20"),
        (Supposition(length=10), "2026-11-12"),
        (Supposition(unit=Unit.WORKING_DAYS), "2026-11-23"),
        (Supposition(length=1, unit=Unit.MONTHS), "2026-12-02"),
        (Supposition(stopped_on=date(2026, 11, 10), stopped_days=3), "2026-11-20"),
    ],
)
def test_a_term_is_supposed_otherwise(
    fifteen: RunningClock, supposed: Supposition, ends: str, calendar: Calendar
) -> None:
    assert due(fifteen, supposed, calendar) == ends


def test_an_ended_clock_is_supposed_to_go_on(fifteen: RunningClock, calendar: Calendar) -> None:
    ended = replace(fifteen, ended_on=date(2026, 11, 9))

    assert suppose(ended, Supposition()).ended_on is None


def test_a_stop_takes_its_place_among_the_others(calendar: Calendar) -> None:
    clock = a_clock("15 days", "2026-11-02", stopped="2026-11-10>2026-11-12")

    assert due(clock, Supposition(stopped_on=date(2026, 11, 4), stopped_days=2), calendar) == "2026-11-23"


def test_a_term_before_an_event_stays_before_it(calendar: Calendar) -> None:
    clock = a_clock("-3 days", "2026-11-02", event="2026-11-20")

    assert due(clock, Supposition(start=date(2026, 11, 27), length=5), calendar) == "2026-11-22"


def test_hours_are_supposed_from_another_moment(calendar: Calendar) -> None:
    clock = an_hour_clock(24, "2026-11-11T09:30+08:00")
    supposed = suppose(clock, Supposition(at=datetime(2026, 11, 12, 20, 10, tzinfo=SHANGHAI), length=2))

    assert reckon(supposed, calendar).due_at == datetime(2026, 11, 12, 23, tzinfo=SHANGHAI)
    assert suppose(clock, Supposition()) == clock


def test_a_fixed_date_is_supposed_another(calendar: Calendar) -> None:
    rule = Rule(key="until:day", title="答复", source=Source.FIXED, basis="建议书", fixed_on=date(2026, 11, 30))
    clock = RunningClock(name="reply", started_on=date(2026, 9, 30), trigger="签收", rule=rule)

    assert due(clock, Supposition(), calendar) == "2026-11-30"
    assert due(clock, Supposition(until=date(2026, 12, 5)), calendar) == "2026-12-07"
    with pytest.raises(CannotSuppose, match="没有长度"):
        suppose(clock, Supposition(length=3))


@pytest.mark.parametrize(
    ("supposed", "field"),
    [
        (Supposition(until=date(2026, 12, 5)), "until"),
        (Supposition(length=3, unit=Unit.HOURS), "unit"),
        (Supposition(stopped_on=date(2026, 11, 4), stopped_days=0), "stopped_days"),
        (Supposition(stopped_days=3), "stopped_on"),
    ],
)
def test_what_a_clock_has_not_cannot_be_supposed(fifteen: RunningClock, supposed: Supposition, field: str) -> None:
    with pytest.raises(CannotSuppose) as refused:
        suppose(fifteen, supposed)
    assert refused.value.field == field


def test_a_stop_inside_another_is_refused() -> None:
    clock = a_clock("15 days", "2026-11-02", stopped="2026-11-10>2026-11-12")

    with pytest.raises(BadClock, match="重叠"):
        suppose(clock, Supposition(stopped_on=date(2026, 11, 11), stopped_days=3))
