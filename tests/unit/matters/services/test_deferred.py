"""What was put off is begun on its day, once."""

from datetime import date

import pytest
from tests.builders import NOW, an_organ
from tests.suggestions import COURT, at, closed, replying

from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services import deferred
from fuyuantong.matters.services.deferred import open_deferred
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.organs.succession import merge_organs

pytestmark = pytest.mark.django_db
MONDAY = at("2026-08-03")


def closed_with_look_back(county):
    """Close a suggestion on 10 August; its look-back is due half a year later."""
    return closed(county, replying(county, now=MONDAY), now=at("2026-08-10"), look_back=True)


def look_backs():
    """Return the look-backs there are."""
    with acting():
        return [situation_of(row) for row in Matter.objects.filter(mechanism="look-back").order_by("pk")]


def test_before_its_day_nothing_is_opened(county):
    closed_with_look_back(county)

    assert open_deferred(now=at("2027-02-09", "23:59")) == 0
    assert look_backs() == []


def test_on_its_day_it_is_opened_once(county):
    closed_with_look_back(county)

    assert [open_deferred(now=at("2027-02-10", clock)) for clock in ("00:05", "00:10")] == [1, 0]
    assert [(found.state, found.holder) for found in look_backs()] == [("looking", COURT)]


def test_opened_late_it_counts_from_its_day(county):
    closed_with_look_back(county)
    open_deferred(now=at("2027-03-22"))

    assert look_backs()[0].opened_on == date(2027, 2, 10)


def test_who_finds_it_opened_already_opens_nothing(county, monkeypatch):
    closed_with_look_back(county)
    lock = deferred.lock

    def lock_after_another_worker(uid):
        Deferred.objects.update(done_at=NOW)
        return lock(uid)

    monkeypatch.setattr(deferred, "lock", lock_after_another_worker)

    assert open_deferred(now=at("2027-02-10")) == 0


def test_the_heir_of_an_organ_that_ended_meanwhile_takes_its_place(county):
    closed_with_look_back(county)
    middle, heir = an_organ("410825-court-b", branch="court"), an_organ("410825-court-c", branch="court")
    for old, new, day in ((county.organs[COURT], middle, date(2026, 9, 1)), (middle, heir, date(2026, 10, 1))):
        merge_organs([old], into=new, effective_on=day, by=None, now=MONDAY)
    open_deferred(now=at("2027-02-10"))

    assert look_backs()[0].holder == "410825-court-c"


def test_inside_rows_and_lists_the_heir_takes_the_place_too():
    carried = {"unit": "a", "others": ["b", {"organ": "a", "topic": "a fine day"}], "count": 2, "none": None}

    assert deferred._inherited(carried, {"a": "c", "c": "d"}) == {
        "unit": "d",
        "others": ["b", {"organ": "d", "topic": "a fine day"}],
        "count": 2,
        "none": None,
    }


def test_one_that_fails_waits_and_holds_up_no_other(county, monkeypatch, caplog):
    first = closed_with_look_back(county)
    closed_with_look_back(county)
    open_from = deferred.open_from

    def failing(standing, *rest, **more):
        if standing.situation.uid == first:
            raise KeyError("a broken trail")
        return open_from(standing, *rest, **more)

    monkeypatch.setattr(deferred, "open_from", failing)

    assert open_deferred(now=at("2027-02-10")) == 1
    assert "could not be dealt with" in caplog.text
    monkeypatch.undo()
    assert open_deferred(now=at("2027-02-10", "10:00")) == 1
