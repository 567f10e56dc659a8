"""Which returns the calendar can open, and what goes into them."""

from datetime import date

import pytest

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.plans.calendar_openings import Filling, answered, by_calendar, calendar_entry, filled, sort_field
from fuyuantong.plans.evidence import Query, Source
from fuyuantong.plans.pack_reading import pack_keys, pack_of
from fuyuantong.plans.suggesting import Asked, suggested

RETURN = MECHANISMS["periodic-return"]


def test_only_what_a_day_ends_and_one_organ_receives_is_opened_by_the_calendar():
    assert [key for key, one in MECHANISMS.items() if calendar_entry(one)] == ["periodic-return"]


def test_what_has_come_in_counts_and_what_went_by_default_does_not():
    assert answered(RETURN, RETURN.entry("owed")) == ("checking", "accepted", "frozen")


def test_a_due_item_fills_in_its_period_its_day_and_the_office():
    query = by_calendar(Query(source=Source.MATTERS), RETURN, sort="推进情况")
    filling = Filling(period="2026年上半年", office="410825-office", due_on=date(2026, 6, 30))

    assert filled(query, filling) == {
        "kind": "推进情况",
        "title": "2026年上半年推进情况",
        "period": "2026年上半年",
        "receiver_organ": "410825-office",
        "due_by": "2026-06-30",
    }
    assert Query.from_data(query.as_data()) == query


def test_a_mechanism_that_no_calendar_opens_has_no_such_query():
    assert sort_field(MECHANISMS["conference"]) is None
    with pytest.raises(ValueError, match="conference"):
        by_calendar(Query(source=Source.MATTERS), MECHANISMS["conference"])


def test_every_return_that_a_pack_names_is_one_that_opens():
    named = [(task, pack) for pack in map(pack_of, pack_keys()) for task in pack.tasks if task.opens]
    sorts = sort_field(RETURN).options

    assert len(named) == 2
    for task, _ in named:
        query = suggested(Asked(text=task.wording.text, rows=task.rows, opens=task.opens), MECHANISMS)
        assert (query.entry, query.value in sorts) == ("owed", True)


def test_what_is_no_return_is_measured_as_before():
    assert suggested(Asked(text="召开会议", rows=("MTG-17",), opens="推进情况"), MECHANISMS).entry == ""
