"""The end of a term, against days worked out by hand."""

from datetime import date

import pytest
from tests.unit.clock.vectors import named, rows

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.counting import working_days_between
from fuyuantong.clock.terms import (
    BadTerm,
    BeyondTheCalendar,
    DaysLeft,
    Term,
    Unit,
    days_left,
    due_on,
    end_of,
    last_working_day,
    natural_days_between,
    term_from,
)

VECTORS = rows("vectors_terms.csv")


@pytest.mark.parametrize("row", VECTORS, ids=named)
def test_a_term_ends_on_the_day_worked_out_by_hand(row: dict[str, str], calendar: Calendar) -> None:
    term = Term(int(row["length"]), Unit(row["unit"]))
    start = date.fromisoformat(row["from"])

    assert end_of(term, start, calendar=calendar) == date.fromisoformat(row["raw"])
    assert due_on(term, start, calendar=calendar) == date.fromisoformat(row["due"])


def test_there_are_more_than_two_hundred_vectors_and_none_twice() -> None:
    assert len({(row["length"], row["unit"], row["from"]) for row in VECTORS}) == len(VECTORS) > 200


@pytest.mark.parametrize("length", [0, 36_501, -36_501, 10**30])
def test_a_length_that_no_period_has_is_refused(length: int) -> None:
    with pytest.raises(BadTerm, match="不是可用的期限"):
        Term(length, Unit.DAYS)


@pytest.mark.parametrize("length", [True, 15.0, "15", None])
def test_a_length_that_is_no_whole_number_is_refused(length: object) -> None:
    with pytest.raises(BadTerm, match="不是可用的期限"):
        term_from({"length": length, "unit": "days"})


@pytest.mark.parametrize(
    "data", [{}, {"length": 3}, {"length": 3, "unit": "weeks"}, {"length": 3, "unit": []}, [], None]
)
def test_a_unit_that_is_unknown_is_refused(data: object) -> None:
    with pytest.raises(BadTerm, match="单位"):
        term_from(data)


def test_a_term_comes_back_from_its_data() -> None:
    assert term_from(Term(-5, Unit.WORKING_DAYS).to_data()) == Term(-5, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("term", "title"),
    [
        (Term(15, Unit.DAYS), "15日"),
        (Term(10, Unit.WORKING_DAYS), "10个工作日"),
        (Term(2, Unit.MONTHS), "2个月"),
        (Term(2, Unit.YEARS), "2年"),
        (Term(48, Unit.HOURS), "48小时"),
        (Term(-3, Unit.DAYS), "3日前"),
    ],
)
def test_a_term_reads_as_people_write_it(term: Term, title: str) -> None:
    assert term.title == title


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS])
def test_a_term_past_the_year_9999_is_refused(unit: Unit, calendar: Calendar) -> None:
    with pytest.raises(BeyondTheCalendar):
        end_of(Term(1, unit), date.max, calendar=calendar)


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS])
def test_a_term_before_the_year_1_is_refused(unit: Unit, calendar: Calendar) -> None:
    with pytest.raises(BeyondTheCalendar):
        end_of(Term(-1, unit), date.min, calendar=calendar)


def test_hours_are_not_counted_from_a_date(calendar: Calendar) -> None:
    with pytest.raises(BadTerm, match="须从时刻起算"):
        end_of(Term(48, Unit.HOURS), date(2026, 10, 1), calendar=calendar)


def test_the_working_day_before_a_holiday_is_found(calendar: Calendar) -> None:
    assert last_working_day(date(2026, 10, 7), calendar=calendar) == date(2026, 9, 30)


def test_days_between_leave_out_the_first_and_count_the_last(calendar: Calendar) -> None:
    assert natural_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 10
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 10), calendar=calendar) == 3


def test_days_between_are_negative_backwards(calendar: Calendar) -> None:
    assert natural_days_between(date(2026, 10, 10), date(2026, 9, 30)) == -10
    assert working_days_between(date(2026, 10, 10), date(2026, 9, 30), calendar=calendar) == -3


@pytest.mark.parametrize(("count", "ends_on"), [(36_500, "2166-09-29"), (-36_500, "1885-12-11")])
def test_a_century_of_working_days_is_counted_as_one_by_one(count: int, ends_on: str, calendar: Calendar) -> None:
    found = end_of(Term(count, Unit.WORKING_DAYS), date(2026, 11, 2), calendar=calendar)

    assert str(found) == ends_on
    assert working_days_between(date(2026, 11, 2), found, calendar=calendar) == count


@pytest.mark.parametrize(
    ("today", "natural", "working"),
    [
        (date(2026, 9, 30), 8, 1),
        (date(2026, 10, 7), 1, 1),
        (date(2026, 10, 8), 0, 0),
        (date(2026, 10, 10), -2, -2),
        (date(2026, 10, 11), -3, -2),
    ],
)
def test_days_left_until_the_eighth_of_october(today: date, natural: int, working: int, calendar: Calendar) -> None:
    assert days_left(date(2026, 10, 8), today=today, calendar=calendar) == DaysLeft(natural, working)
