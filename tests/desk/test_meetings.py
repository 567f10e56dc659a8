"""会议日历: what stands on the page, month by month and kind by kind."""

import pytest
from django.test import Client
from tests.conferences import QUARTERLY, convened
from tests.suggestions import COURT, a_county, act, at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03")


@pytest.fixture
def county():
    return a_county()


def page(county, address):
    """Return what somebody of the court is answered."""
    client = Client()
    client.force_login(county.people[COURT])
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
