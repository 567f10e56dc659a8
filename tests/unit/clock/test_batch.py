"""The lines of a batch: one question, one answer or one refusal."""

import pytest
from tests.unit.clock.vectors import named, rows

from fuyuantong.clock.batch import BadLine, answer_line
from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.terms import BadTerm, BeyondTheCalendar

LINE = {"length": 15, "unit": "days", "from": "2026-09-18"}


@pytest.mark.parametrize("row", rows("vectors_terms.csv"), ids=named)
def test_a_line_is_answered_with_the_day_worked_out_by_hand(row: dict[str, str], calendar: Calendar) -> None:
    line = {"length": int(row["length"]), "unit": row["unit"], "from": row["from"]}

    assert answer_line(line, calendar=calendar) == {"due_on": row["due"], "provisional": row["provisional"] == "yes"}


@pytest.mark.parametrize(
    "line",
    [None, [], "15 days", {}, {"length": 15, "unit": "days"}, {**LINE, "stops": []}],
    ids=["null", "list", "text", "empty", "no from", "unknown member"],
)
def test_a_line_that_is_no_question_is_refused(line: object, calendar: Calendar) -> None:
    with pytest.raises(BadLine, match="length、unit、from"):
        answer_line(line, calendar=calendar)


@pytest.mark.parametrize(
    "start",
    ["", "20260918", "2026-W38-5", "2026-9-18", "2026-02-30", "2026-09-18\n", "２０２６-09-18", "\x00", 20260918, None],
)
def test_a_start_that_is_no_date_is_refused(start: object, calendar: Calendar) -> None:
    with pytest.raises(BadLine, match="日期"):
        answer_line({**LINE, "from": start}, calendar=calendar)


@pytest.mark.parametrize("length", [0, 15.0, "15", True, None, 10**30])
def test_a_length_that_is_none_is_refused(length: object, calendar: Calendar) -> None:
    with pytest.raises(BadTerm):
        answer_line({**LINE, "length": length}, calendar=calendar)


@pytest.mark.parametrize("unit", ["weeks", "", None, [], "DAYS"])
def test_a_unit_that_is_none_is_refused(unit: object, calendar: Calendar) -> None:
    with pytest.raises(BadTerm, match="单位"):
        answer_line({**LINE, "unit": unit}, calendar=calendar)


def test_hours_are_not_asked_in_a_batch(calendar: Calendar) -> None:
    with pytest.raises(BadLine, match="不支持小时"):
        answer_line({**LINE, "unit": "hours"}, calendar=calendar)


def test_an_answer_past_the_year_9999_is_refused(calendar: Calendar) -> None:
    with pytest.raises(BeyondTheCalendar):
        answer_line({**LINE, "from": "9999-12-30"}, calendar=calendar)
