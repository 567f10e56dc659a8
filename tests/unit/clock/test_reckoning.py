"""Clocks that stop, go on, are lengthened, count back or count hours, against days worked out by hand."""

from datetime import date, datetime

import pytest
from tests.unit.clock.vectors import Expected, a_clock, an_hour_clock, expected, named, rows

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.proof import prove
from fuyuantong.clock.reckoning import due_on, reckon
from fuyuantong.clock.terms import SHANGHAI, BeyondTheCalendar

CHANGES = rows("vectors_changes.csv")
HOURS = rows("vectors_hours.csv")


@pytest.mark.parametrize("row", CHANGES, ids=named)
def test_a_changed_clock_ends_on_the_day_worked_out_by_hand(row: dict[str, str], calendar: Calendar) -> None:
    clock = a_clock(row["term"], row["from"], stopped=row["stops"], extended=row["extensions"], event=row["event"])

    proof = prove(clock, calendar)

    assert Expected(proof.raw_due_on, proof.due_on, proof.provisional) == expected(row)
    assert proof.standing == row["standing"]


@pytest.mark.parametrize("row", HOURS, ids=named)
def test_hours_end_at_the_moment_worked_out_by_hand(row: dict[str, str], calendar: Calendar) -> None:
    clock = an_hour_clock(int(row["length"]), row["from"], stopped=row["stops"], extended=row["extension"])

    found = reckon(clock, calendar)

    assert found.due_at == (datetime.fromisoformat(row["due_at"]) if row["due_at"] else None)
    assert found.due_on == (date.fromisoformat(row["due_on"]) if row["due_on"] else None)


def test_hours_are_told_in_the_time_of_shanghai(calendar: Calendar) -> None:
    found = reckon(an_hour_clock(48, "2026-10-01T06:20+00:00"), calendar)

    assert found.due_at is not None
    assert found.due_at.tzinfo is SHANGHAI


def test_the_last_day_alone_is_found_without_a_proof(calendar: Calendar) -> None:
    assert due_on(a_clock("2 months", "2026-08-03"), calendar) == date(2026, 10, 8)


def test_a_stopped_clock_has_no_last_day(calendar: Calendar) -> None:
    assert due_on(a_clock("2 months", "2026-08-03", stopped="2026-09-01>"), calendar) is None


@pytest.mark.parametrize("rule", ["1 days", "1 working_days", "1 months", "1 years", "=9999-12-31"])
def test_an_end_past_the_year_9999_is_refused(rule: str, calendar: Calendar) -> None:
    with pytest.raises(BeyondTheCalendar):
        reckon(a_clock(rule, "9999-12-31", stopped="9999-12-31>9999-12-31", extended="+1 days"), calendar)
