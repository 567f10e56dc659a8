"""Events: which matters stand in the calendar, for whom, and how often a day was changed."""

from datetime import date

import pytest
from django.db import transaction
from tests.builders import an_official, an_organ
from tests.conferences import QUARTERLY, called, convened
from tests.suggestions import COURT, a_county, act, at

from fuyuantong.matters.events import Kind, changes_of, events_between
from fuyuantong.matters.sight import reading_as
from fuyuantong.protocol import Holding

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03")
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def seen(account, *, kind=None):
    """Return the events of November that somebody sees, each with how often it was changed."""
    with transaction.atomic(), reading_as(account, at=at("2026-11-20")) as reader:
        found = events_between(reader, *NOVEMBER, **({"kind": kind} if kind else {}))
        changes = changes_of(found)
    return [(one.title, one.on.day, one.holding, changes[one.id].count) for one in found]


def test_an_event_stands_on_its_day_for_those_who_take_part() -> None:
    county = a_county()
    convened(county, "第四季度联席会议", on="2026-11-12", now=NOW)
    called(county, "未定会期的会议", now=NOW)

    assert [row[:3] for row in seen(county.people[COURT])] == [("第四季度联席会议", 12, Holding.CONFIRMED)]
    assert seen(an_official(an_organ())) == []


def test_every_change_of_the_day_and_the_end_of_an_event_is_counted() -> None:
    county = a_county()
    uid = convened(county, "第四季度联席会议", on="2026-11-12", now=NOW)
    ((*_, first),) = seen(county.people[COURT])
    act(county, uid, "postpone", now=NOW, reason="主要负责人另有公务")
    ((*_, holding, postponed),) = seen(county.people[COURT])
    assert (holding, postponed) == (Holding.TENTATIVE, first + 1)

    act(county, uid, "reschedule", now=NOW, held_on="2026-11-18", starts_at="09:30", place="县政府第二会议室")
    assert seen(county.people[COURT]) == [("第四季度联席会议", 18, Holding.CONFIRMED, first + 2)]
    act(county, uid, "cancel", now=NOW, reason="议题不成熟")
    assert seen(county.people[COURT]) == [("第四季度联席会议", 18, Holding.CANCELLED, first + 3)]


def test_events_are_found_by_their_kind() -> None:
    county = a_county()
    convened(county, "第四季度联席会议", on="2026-11-12", now=NOW)
    convened(county, "临时会议", on="2026-11-13", series="临时议事会议", now=NOW)

    titles = {
        kind: [row[0] for row in seen(county.people[COURT], kind=kind)]
        for kind in (Kind("conference"), Kind("conference", QUARTERLY), Kind("nothing"))
    }
    assert list(titles.values()) == [["第四季度联席会议", "临时会议"], ["第四季度联席会议"], []]
