"""Due items: made by the calendar, once for each organ and period."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from tests.builders import an_organ
from tests.builders_plans import a_due, a_plan, an_obligation
from tests.databases import FreshDatabase
from tests.suggestions import at

from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Responsible
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.vocabulary import Part

QUARTERLY = {"period": "quarter"}
NEW_YEAR = date(2021, 1, 1)


def made(obligation):
    """Return what there is: organ, period, and whether it was late."""
    return sorted(obligation.due_items.values_list("organ__code", "period", "late_created"))


@pytest.fixture
def court(db):
    return an_organ("410825-court", branch="court")


@pytest.fixture
def justice(db):
    return an_organ("410825-justice")


@pytest.fixture
def quarterly(court, justice):
    return an_obligation(a_plan(), court, joint=(justice,), dues=(QUARTERLY,), since=NEW_YEAR)


def test_an_item_is_due_of_the_organ_that_leads_when_the_quarter_begins(quarterly):
    assert create_due_items(now=at("2021-04-01", "00:00")) == 2
    assert made(quarterly) == [("410825-court", "2021Q1", True), ("410825-court", "2021Q2", False)]


def test_asking_again_makes_nothing(quarterly):
    create_due_items(now=at("2021-02-01"))

    assert create_due_items(now=at("2021-03-31")) == 0


def test_after_forty_days_of_downtime_what_is_missing_appears_once_and_says_that_it_is_late(court):
    monthly = an_obligation(a_plan(), court, dues=({"period": "month"},), since=NEW_YEAR)
    create_due_items(now=at("2021-03-25"))

    create_due_items(now=at("2021-05-04"))
    create_due_items(now=at("2021-05-04", "10:00"))

    assert [(period, late) for _, period, late in made(monthly)] == [
        ("2021-01", True),
        ("2021-02", True),
        ("2021-03", False),
        ("2021-04", True),
        ("2021-05", False),
    ]


@pytest.mark.slow
def test_two_workers_at_once_make_nothing_twice(fresh_database: FreshDatabase):
    obligation = an_obligation(a_plan(), an_organ(), dues=({"period": "month"},), since=NEW_YEAR)

    def work(_: int) -> None:
        create_due_items(now=at("2022-12-31"))
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))

    assert DueItem.objects.filter(obligation=obligation).count() == 24


def test_without_a_leader_every_known_organ_owes_it(court, justice):
    obligation = an_obligation(a_plan(), joint=(court, justice), dues=(QUARTERLY,), since=NEW_YEAR)
    Responsible.objects.create(obligation=obligation, place=9, raw="某单位", part=Part.LEAD, organ=None)
    create_due_items(now=at("2021-02-01"))

    assert [organ for organ, _, _ in made(obligation)] == ["410825-court", "410825-justice"]


def test_an_organ_that_came_later_does_not_owe_what_had_passed(quarterly, justice):
    create_due_items(now=at("2021-04-01"))
    Responsible.objects.filter(obligation=quarterly, organ=justice).update(part=Part.LEAD)

    create_due_items(now=at("2021-04-02"))

    assert [period for organ, period, _ in made(quarterly) if organ == "410825-justice"] == ["2021Q2"]


def test_a_fixed_day_and_a_recurrence_fall_due_both(court):
    obligation = an_obligation(
        a_plan(), court, dues=({"on": date(2021, 7, 10)}, {"period": "half_year", "place": 1}), since=NEW_YEAR
    )
    create_due_items(now=at("2021-02-01"))

    assert [period for _, period, _ in made(obligation)] == ["2021H1", "on:2021-07-10"]


def test_of_two_ways_to_name_one_period_the_earlier_day_counts(court):
    obligation = an_obligation(
        a_plan(), court, dues=({"period": "year"}, {"period": "year", "window": "第一季度"}), since=NEW_YEAR
    )
    create_due_items(now=at("2021-02-01"))

    assert obligation.due_items.get().due_on == date(2021, 3, 31)


@pytest.mark.parametrize("kind", ["long_term", "none"])
def test_what_has_no_end_is_reviewed_every_year(court, kind):
    obligation = an_obligation(a_plan(), court, dues=({"type": kind},), since=NEW_YEAR)
    create_due_items(now=at("2022-02-01"))

    assert [period for _, period, _ in made(obligation)] == ["review:2021", "review:2022"]


def test_what_a_new_version_dropped_falls_due_no_more(court):
    obligation = an_obligation(a_plan(), court, since=NEW_YEAR)
    a_due(obligation, period="quarter", ended_on=date(2021, 5, 1))
    a_due(obligation, period="year", place=1)
    create_due_items(now=at("2021-08-01"))

    assert [period for _, period, _ in made(obligation)] == ["2021", "2021Q1"]


def test_what_had_passed_when_the_plan_came_into_force_is_not_called_late(court):
    obligation = an_obligation(a_plan(), court, dues=({"on": date(2020, 4, 30)},), since=NEW_YEAR)
    create_due_items(now=at("2021-08-01"))

    assert made(obligation) == [("410825-court", "on:2020-04-30", False)]


def test_what_lost_every_time_is_reviewed_from_then_on(court):
    obligation = an_obligation(a_plan(), court, since=NEW_YEAR)
    a_due(obligation, period="quarter", ended_on=date(2021, 5, 1))
    a_due(obligation, type="long_term", place=1)
    create_due_items(now=at("2021-08-01"))

    assert [period for _, period, _ in made(obligation)] == ["2021Q1", "review:2021"]


def test_nothing_falls_due_of_what_is_closed_or_has_no_time_at_all(court):
    an_obligation(a_plan(), court, since=NEW_YEAR)
    closed = an_obligation(a_plan(), court, dues=(QUARTERLY,), since=NEW_YEAR)
    closed.closed_on, closed.closed_reason = date(2021, 1, 2), "已并入"
    closed.save()

    assert create_due_items(now=at("2021-08-01")) == 0
