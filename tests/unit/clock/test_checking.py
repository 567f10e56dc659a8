"""A stored proof held against a fresh reckoning."""

import json
from typing import Any

import pytest
from tests.unit.clock.vectors import a_clock

from fuyuantong.clock.calendar import Calendar, calendar_of
from fuyuantong.clock.checking import check
from fuyuantong.clock.proof import prove
from fuyuantong.clock.running import BadClock


@pytest.fixture
def stored(calendar: Calendar) -> dict[str, Any]:
    """Return a proof as it comes out of a file."""
    data = prove(a_clock("3 working_days", "2026-09-29"), calendar).to_data()
    found: dict[str, Any] = json.loads(json.dumps(data))
    return found


def told(stored: dict[str, Any], calendar: Calendar) -> list[tuple[str, str, str]]:
    """Return what differs."""
    return [(each.title, each.stored, each.found) for each in check(stored, calendar).differences]


def test_an_honest_proof_comes_out_the_same(stored: dict[str, Any], calendar: Calendar) -> None:
    found = check(stored, calendar)

    assert (found.differences, found.same_calendar) == ((), True)


def test_a_proof_without_its_days_is_still_checked(stored: dict[str, Any], calendar: Calendar) -> None:
    del stored["trace"]

    assert told(stored, calendar) == []


def test_every_forged_member_is_named(stored: dict[str, Any], calendar: Calendar) -> None:
    stored["result"] |= {"due_on": "2026-10-10", "provisional": True, "standing": "ended", "due_at": "2026-10-10"}

    assert told(stored, calendar) == [
        ("状态", "已终止", "计算中"),
        ("是否暂定", "是", "否"),
        ("届满日", "2026-10-10", "2026-10-09"),
        ("届满时刻", "2026-10-10", "无"),
    ]


def test_a_forged_day_is_named(stored: dict[str, Any], calendar: Calendar) -> None:
    stored["trace"][2] |= {"mark": "counted", "index": 2, "note": ""}
    stored["trace"].append({"on": "2026-10-10", "mark": "rolled", "index": None, "note": ""})

    assert told(stored, calendar) == [
        ("2026-10-01 这一天", "counted 2", "rest 国庆节"),
        ("2026-10-10 这一天", "rolled", "无"),
    ]


@pytest.mark.parametrize("trace", ["spoiled", [*[None], "x"]])
def test_spoiled_days_are_told(stored: dict[str, Any], trace: object, calendar: Calendar) -> None:
    stored["trace"] = trace

    assert told(stored, calendar)[0] == ("2026-09-29 这一天", "无", "start")


def test_days_that_are_not_read_must_be_the_same_as_well(stored: dict[str, Any], calendar: Calendar) -> None:
    stored["trace"].append({"elided": 3})

    assert told(stored, calendar) == [("逐日记录", "有", "不同")]


def test_another_calendar_is_told(stored: dict[str, Any], calendar: Calendar) -> None:
    found = check(stored, calendar_of(notice for notice in calendar.notices if notice.year != 2026))

    assert not found.same_calendar
    assert ("届满日", "2026-10-09", "2026-10-02") in [
        (each.title, each.stored, each.found) for each in found.differences
    ]


@pytest.mark.parametrize("missing", ["clock", "result", "calendar_version"])
def test_a_proof_that_lacks_a_member_is_refused(stored: dict[str, Any], missing: str, calendar: Calendar) -> None:
    del stored[missing]

    with pytest.raises(BadClock):
        check(stored, calendar)
