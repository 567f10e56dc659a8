"""How the days of a clock look in a calendar, and what is said of them."""

from datetime import date

from tests.unit.clock.vectors import a_clock, an_hour_clock

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.day_looks import Look, looks_in, month_of, months_of, runs_of
from fuyuantong.clock.proof import Proof, prove

TODAY = date(2026, 10, 8)


def looks(proof: Proof, calendar: Calendar, first: int, last: int, *, month: int = 0) -> list[str]:
    """Return some days of one of the months that are shown, as `8 counted 第2日，计入`."""
    weeks = months_of(proof, calendar, today=TODAY)[month].weeks
    days = [day for week in weeks for day in week if day and first <= day.on.day <= last]
    return [f"{day.on.day} {day.look} {day.words}" for day in days]


def test_working_days_pass_over_a_holiday_and_count_a_worked_weekend(calendar: Calendar) -> None:
    proof = prove(a_clock("4 working_days", "2026-09-30"), calendar)

    assert looks(proof, calendar, 7, 12, month=1) == [
        "7 holiday 节假日，不计，国庆节",
        "8 counted 今天，第1日，计入",
        "9 counted 第2日，计入",
        "10 working-weekend 第3日，调休上班，计入，国庆节调休上班",
        "11 weekend 周末，不计",
        "12 counted 届满日，第4日，计入",
    ]


def test_natural_days_count_rest_days_and_roll_off_the_last(calendar: Calendar) -> None:
    proof = prove(a_clock("3 days", "2026-11-11", stopped="2026-11-13>2026-11-14"), calendar)

    assert looks(proof, calendar, 10, 17) == [
        "10 outside 不在期限内",
        "11 start 起算日，不计",
        "12 counted 第1日，计入",
        "13 stopped 中止，不计，鉴定",
        "14 counted-rest 第2日，休息日，照计",
        "15 counted-rest 第3日，休息日，照计",
        "16 rolled 届满日，顺延",
        "17 outside 不在期限内",
    ]


def test_hours_add_up(calendar: Calendar) -> None:
    proof = prove(an_hour_clock(24, "2026-11-11T09:30+08:00"), calendar)

    assert looks(proof, calendar, 12, 12) == ["12 counted 届满日，累计24小时，计入"]


def test_the_last_day_has_its_letter_before_any_other(calendar: Calendar) -> None:
    month = month_of(prove(a_clock("3 days", "2026-11-12"), calendar), calendar, on=date(2026, 11, 16), today=TODAY)
    letters = {day.on.day: day.letter for week in month.weeks for day in week if day and day.letter}

    assert letters == {12: "起", 14: "休", 15: "休", 16: "末"}
    assert month.first == date(2026, 11, 1)


def test_the_legend_names_only_what_occurs(calendar: Calendar) -> None:
    shown = months_of(prove(a_clock("2 days", "2026-11-09"), calendar), calendar, today=TODAY)

    assert looks_in(shown) == (Look.START, Look.COUNTED)


def test_days_that_were_elided_are_not_called_outside(calendar: Calendar) -> None:
    proof = prove(a_clock("2 years", "2024-01-02"), calendar)
    elided = month_of(proof, calendar, on=date(2024, 12, 1), today=TODAY)

    assert {day.look for week in elided.weeks for day in week if day} == {Look.ELIDED}


def test_days_that_fared_alike_are_one_run(calendar: Calendar) -> None:
    runs = runs_of(prove(a_clock("3 working_days", "2026-09-29"), calendar))

    assert [(run.first.day, run.length, run.mark.value, run.note, run.to_index) for run in runs] == [
        (29, 1, "start", "", None),
        (30, 1, "counted", "", 1),
        (1, 7, "rest", "国庆节", None),
        (8, 2, "counted", "", 3),
    ]


def test_a_weekend_inside_natural_days_does_not_break_a_run(calendar: Calendar) -> None:
    runs = runs_of(prove(a_clock("10 days", "2026-11-09"), calendar))

    assert [(run.length, run.from_index, run.to_index) for run in runs] == [(1, None, None), (10, 1, 10)]
