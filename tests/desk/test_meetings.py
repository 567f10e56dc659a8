"""会议日历: what stands on the page, month by month and kind by kind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.conferences import QUARTERLY, a_resolution, concluded, convened
from tests.suggestions import COURT, GOVERNMENT, HOUSING, OFFICE, a_county, act, at

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.place_settings import CADENCES_KEY
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.setting import set_list
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03")


@pytest.fixture
def county():
    return a_county()


def page(county, address, *, organ=COURT):
    """Return what somebody is answered."""
    client = Client()
    client.force_login(county.people[organ])
    return client.get(address)


def test_the_month_shows_each_meeting_and_what_became_of_it(county):
    act(
        county,
        convened(county, "取消的会议", on="2026-11-12", now=NOW),
        "cancel",
        now=NOW,
        reason="议题不成熟",
    )
    convened(county, "跨月可见的会议", on="2026-12-02", now=NOW)
    shown = page(county, "/meetings?month=2026-11")
    assert [(entry.row.title, entry.word) for entry in shown.context["entries"]] == [("取消的会议", "已取消")]
    assert shown.content.decode().count("跨月可见的会议") == 2  # in the grid alone: the link, and its title


def test_the_kinds_are_the_mechanisms_and_their_series(county):
    convened(county, "第四季度联席会议", on="2026-11-12", now=NOW)
    kinds = {choice.title: choice.value for choice in page(county, "/meetings").context["kinds"]}

    quarterly = page(county, f"/meetings?month=2026-11&kind={kinds[QUARTERLY]}")
    yearly = page(county, f"/meetings?month=2026-11&kind={kinds['三长年度会议']}")
    assert [len(shown.context["entries"]) for shown in (quarterly, yearly)] == [1, 0]


@pytest.mark.parametrize("asked", ["month=2026-13", "month=1900-01", "kind=nothing"])
def test_an_address_that_means_nothing_is_refused_and_this_month_is_shown(county, asked):
    answer = page(county, f"/meetings?{asked}")
    assert (answer.status_code, answer.context["asked"].address()) == (422, "")


CADENCE = {
    "title": "常规联席会议",
    "clause": "五(二)2",
    "period": "quarter",
    "times": 1,
    "window": "",
    "convenors": [OFFICE],
    "members": [GOVERNMENT, COURT, HOUSING],
    "mechanism": "conference",
    "field": "series",
    "value": QUARTERLY,
}


@pytest.fixture
def quarterly(county):
    """Let the place hold a conference every quarter; returns the county."""
    with acting():
        where = {"region_code": "410825", "basis": "五(二)2", "valid_from": NOW.date(), "now": NOW}
        set_list(CADENCES_KEY, [CADENCE], by=county.people[OFFICE], **where)
    return county


def owed(county, organ):
    """Return what somebody is told to be due: its title, how many are prepared, whether one prepares it oneself."""
    return [
        (one.title[7:], one.prepared, bool(one.way)) for one in page(county, "/meetings", organ=organ).context["owed"]
    ]


def test_a_meeting_that_is_due_is_told_to_who_convenes_it_until_it_is_prepared(quarterly):
    assert owed(quarterly, OFFICE) == [("季度常规联席会议", 0, True)]
    assert owed(quarterly, COURT) == []

    now = timezone.now()
    cancelled = convened(quarterly, "取消的会议", on=now.astimezone(SHANGHAI).date().isoformat(), now=now)
    assert owed(quarterly, OFFICE) == []
    act(quarterly, cancelled, "cancel", now=now, reason="议题不成熟")
    assert owed(quarterly, OFFICE) == [("季度常规联席会议", 0, True)]


def test_a_meeting_is_prepared_with_the_organs_of_its_cadence(quarterly):
    client = Client()
    client.force_login(quarterly.people[OFFICE])
    way = client.get("/meetings").context["owed"][0].way
    title = client.get(way).context["title"]
    answer = client.post(way, {"title": title, "key": "k1"}, follow=True)

    boxes = {box.name: box for box in answer.context["panel"].boxes}
    assert (boxes["series"].value, boxes["invitee_organs"].values) == (QUARTERLY, (GOVERNMENT, COURT, HOUSING))
    assert "“参会单位”按“常规联席会议”的例会周期填入" in answer.content.decode()
    assert client.get("/meetings").context["owed"][0].undecided == 1


def test_who_proposes_a_meeting_is_proposed_its_convenor(quarterly):
    uid = open_by_hand("conference", "提议的会议", by=quarterly.by(COURT), now=NOW, entry="proposing").matter
    client = Client()
    client.force_login(quarterly.people[COURT])
    answer = client.post(f"/matter/{uid}/act/propose", {"do": "begin:series", "series": QUARTERLY})
    assert {box.name: box.value for box in answer.context["panel"].boxes}["convenor_organ"] == OFFICE


def test_the_figures_of_a_year_count_meetings_people_and_resolutions(county):
    rows = [a_resolution("统一裁量标准", due_by="2026-09-30"), a_resolution("建立移送清单", due_by="2099-12-31")]
    for one in concluded(county, "第三季度联席会议", on="2026-08-31", now=at("2026-08-28"), resolutions=rows):
        act(county, one, "receive", now=at("2026-08-31"))
    act(county, convened(county, "取消的会议", on="2026-11-12", now=NOW), "cancel", now=NOW, reason="议题不成熟")
    convened(county, "来年的会议", on="2027-01-12", now=NOW)
    shown = page(county, "/meetings/figures?year=2026", organ=OFFICE).context

    (quarterly,) = shown["series"]
    counted = dict(zip(shown["ranks"], quarterly.came, strict=True))
    assert (quarterly.title, quarterly.held, quarterly.ahead, quarterly.cancelled) == (QUARTERLY, 1, 0, 1)
    assert (counted["分管负责人"], sum(quarterly.came)) == (1, 1)
    assert (quarterly.outcome.resolved, quarterly.outcome.done, quarterly.outcome.overdue) == (2, 0, 1)
    assert [one.present for one in shown["meetings"]] == [1, 0]
    assert shown["total"].held == 1


def test_a_year_that_there_is_not_is_refused(county):
    assert page(county, "/meetings/figures?year=MMXXVI").status_code == 422
    empty = page(county, "/meetings/figures?year=2001")
    assert (empty.status_code, empty.context["total"]) == (200, None)


def test_what_is_held_soon_stands_on_the_workbench(county):
    now = timezone.now()
    for days in (0, 7, 8):
        day = (now + timedelta(days=days)).astimezone(SHANGHAI).date().isoformat()
        convened(county, f"{days} 天后的会议", on=day, now=now)
    shown = page(county, "/")
    assert [entry.row.title for entry in shown.context["meetings"]] == ["0 天后的会议", "7 天后的会议"]
    assert "今天 09:30</time>" in shown.content.decode()
