"""When an obligation falls due: the periods of a recurrence, with the days in which its evidence counts."""

from datetime import date

import pytest

from fuyuantong.plans import periods
from fuyuantong.plans.periods import Occurrence, Rhythm, days_of, period_title
from fuyuantong.reading.values import DueType, Period

NEW_YEAR = date(2021, 1, 1)


def occurrences(rhythm: Rhythm, *, since: date, today: date, regularly: Period = Period.HALF_YEAR):
    return periods.occurrences(rhythm, since=since, today=today, regularly=regularly)


def of(period: Period | None, window: str = "") -> Rhythm:
    return Rhythm(type=DueType.PERIOD, period=period, window=window)


def test_a_quarterly_task_falls_due_at_the_end_of_each_quarter():
    assert occurrences(of(Period.QUARTER), since=NEW_YEAR, today=date(2021, 7, 1)) == (
        Occurrence(date(2021, 1, 1), date(2021, 3, 31), "2021Q1"),
        Occurrence(date(2021, 4, 1), date(2021, 6, 30), "2021Q2"),
        Occurrence(date(2021, 7, 1), date(2021, 9, 30), "2021Q3"),
    )


def test_a_quarter_that_has_not_begun_is_not_owed_yet():
    assert [one.period for one in occurrences(of(Period.QUARTER), since=NEW_YEAR, today=date(2021, 3, 31))] == [
        "2021Q1"
    ]


def test_a_period_counts_from_the_day_on_which_the_plan_comes_into_force():
    (first, *_) = occurrences(of(Period.QUARTER), since=date(2021, 2, 10), today=date(2021, 5, 1))

    assert first == Occurrence(date(2021, 2, 10), date(2021, 3, 31), "2021Q1")


def test_a_period_of_which_less_than_half_was_left_is_not_owed():
    (first, *_) = occurrences(of(Period.QUARTER), since=date(2021, 3, 16), today=date(2021, 5, 1))

    assert first.period == "2021Q2"


@pytest.mark.parametrize(
    ("period", "names"),
    [
        (Period.DAY, ["2021-01", "2021-02", "2021-03"]),
        (Period.WEEK, ["2021-01", "2021-02", "2021-03"]),
        (Period.MONTH, ["2021-01", "2021-02", "2021-03"]),
        (Period.TWO_MONTHS, ["2021-01/02", "2021-03/04"]),
        (Period.HALF_YEAR, ["2021H1"]),
        (Period.YEAR, ["2021"]),
        (Period.TWO_YEARS, ["2021-2022"]),
        (None, ["2021H1"]),
    ],
)
def test_each_cycle_has_its_names(period, names):
    assert [one.period for one in occurrences(of(period), since=NEW_YEAR, today=date(2021, 3, 5))] == names


def test_the_second_half_of_a_year_has_a_name_of_its_own():
    last = occurrences(of(Period.HALF_YEAR), since=NEW_YEAR, today=date(2021, 12, 1))[-1]

    assert last == Occurrence(date(2021, 7, 1), date(2021, 12, 31), "2021H2")


def test_every_two_years_is_counted_from_the_first():
    last = occurrences(of(Period.TWO_YEARS), since=date(2022, 3, 1), today=date(2024, 1, 1))[-1]

    assert last == Occurrence(date(2024, 1, 1), date(2025, 12, 31), "2024-2025")


def test_how_often_regularly_is_a_place_may_say():
    found = occurrences(of(None), since=NEW_YEAR, today=date(2021, 4, 1), regularly=Period.QUARTER)

    assert [one.period for one in found] == ["2021Q1", "2021Q2"]


@pytest.mark.parametrize(
    ("period", "window", "due_on"),
    [
        (Period.YEAR, "第一季度", date(2021, 3, 31)),
        (Period.YEAR, "第一季度前", date(2021, 3, 31)),
        (Period.YEAR, "年底或年初", date(2021, 12, 31)),
        (Period.YEAR, "年初", date(2021, 3, 31)),
        (Period.YEAR, "12月底前", date(2021, 12, 31)),
        (Period.YEAR, "六月中旬", date(2021, 6, 20)),
        (Period.YEAR, "2月份", date(2021, 2, 28)),
        (Period.YEAR, "11月上旬", date(2021, 11, 10)),
        (Period.YEAR, "6月前", date(2021, 5, 31)),
        (Period.YEAR, "3月15日前", date(2021, 3, 15)),
        (Period.YEAR, "13月", date(2021, 12, 31)),
        (Period.QUARTER, "第一个月", date(2021, 1, 31)),
        (Period.QUARTER, "季末", date(2021, 3, 31)),
        (Period.QUARTER, "12月", date(2021, 3, 31)),
        (Period.MONTH, "5日前", date(2021, 1, 5)),
        (Period.MONTH, "31日", date(2021, 1, 31)),
        (Period.MONTH, "月初", date(2021, 1, 10)),
    ],
)
def test_a_window_says_by_which_day_of_the_cycle(period, window, due_on):
    (first, *_) = occurrences(of(period, window), since=NEW_YEAR, today=NEW_YEAR)

    assert first.due_on == due_on


def test_a_fixed_day_falls_due_once():
    rhythm = Rhythm(type=DueType.DATE, on=date(2021, 4, 30))

    assert occurrences(rhythm, since=NEW_YEAR, today=date(2026, 1, 1)) == (
        Occurrence(NEW_YEAR, date(2021, 4, 30), "on:2021-04-30"),
    )
    assert occurrences(rhythm, since=NEW_YEAR, today=date(2020, 12, 31)) == ()


def test_a_day_that_had_passed_when_the_plan_came_into_force_is_due_all_the_same():
    (one,) = occurrences(
        Rhythm(type=DueType.DATE, on=date(2021, 4, 30)), since=date(2021, 6, 1), today=date(2021, 6, 1)
    )

    assert (one.starts_on, one.due_on) == (date(2021, 4, 30), date(2021, 4, 30))


@pytest.mark.parametrize("kind", [DueType.LONG_TERM, DueType.NONE])
def test_what_has_no_end_is_reviewed_every_year(kind):
    found = occurrences(Rhythm(type=kind), since=date(2021, 3, 16), today=date(2022, 1, 1))

    assert found == (
        Occurrence(date(2021, 3, 16), date(2021, 12, 31), "review:2021"),
        Occurrence(date(2022, 1, 1), date(2022, 12, 31), "review:2022"),
    )


@pytest.mark.parametrize(
    ("period", "title"),
    [
        ("2021Q2", "2021年第二季度"),
        ("2021H1", "2021年上半年"),
        ("2021H2", "2021年下半年"),
        ("2021", "2021年"),
        ("2021-07", "2021年7月"),
        ("2021-07/08", "2021年7至8月"),
        ("2021-2022", "2021至2022年"),
        ("on:2021-04-30", "2021年4月30日前"),
        ("review:2022", "2022年度复核"),
        ("once", "once"),
    ],
)
def test_a_period_is_called_as_people_call_it(period, title):
    assert period_title(period) == title


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026年第三季度", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026年 4季度", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026年上半年", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026年下半年", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026年度", date(2026, 1, 1), date(2026, 12, 31)),
        ("2028年2月", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_time_that_people_name_has_days(words, first, last):
    assert days_of(words) == (first, last)


@pytest.mark.parametrize("words", ["", "上季度", "2026年13月", "2026年春", "0000年", "9999年"])
def test_other_words_name_no_days(words):
    assert days_of(words) is None
