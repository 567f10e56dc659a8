"""Returns that the calendar opens: one for each due item, whatever happens."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from tests.builders import NOW, an_organ
from tests.builders_plans import a_plan, an_obligation, an_office_holder
from tests.databases import FreshDatabase
from tests.suggestions import at

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.matters.models.matter import Matter, Phase, Provenance
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.services.setting import set_mechanisms
from fuyuantong.matters.session import acting
from fuyuantong.matters.training import TRAINING
from fuyuantong.organs.succession import merge_organs
from fuyuantong.plans.calendar_openings import by_calendar
from fuyuantong.plans.evidence import Query, Source
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.queries.ledger import owed_by
from fuyuantong.plans.queries.standings import standings
from fuyuantong.plans.queries.unopened import without_receiver
from fuyuantong.plans.services.calendar_openings import open_owed_returns
from fuyuantong.plans.services.closing import close
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.evidence import BadQuery, set_rule
from fuyuantong.plans.services.successions import follow_successions

KEY, FIGURES = "periodic-return", "涉诉五项指标"
QUARTERLY = by_calendar(Query(source=Source.MATTERS, mechanism=KEY), MECHANISMS[KEY], sort=FIGURES)
SPRING, SUMMER = at("2026-01-05"), at("2026-04-13")


def a_quarterly(*organs, query=QUARTERLY, set_at=SPRING, dues=({"period": "quarter"},)):
    """Lay the quarterly figures on organs since the new year."""
    obligation = an_obligation(a_plan(), *organs, dues=dues)
    EvidenceRule.objects.create(obligation=obligation, query=query.as_data(), set_at=set_at)
    return obligation


def worked(now):
    """Do what the worker does; return how many returns were opened."""
    follow_successions(now=now)
    create_due_items(now=now)
    return open_owed_returns(now=now)


def returns():
    """Return what was opened, oldest first."""
    with acting():
        return list(Matter.objects.filter(mechanism=KEY).select_related("holder").order_by("pk"))


@pytest.fixture
def court(db):
    return an_organ("410825-court", branch="court")


def test_a_quarter_that_begins_opens_the_return_with_what_it_carries(court):
    office = a_quarterly(court).plan.office

    assert worked(SPRING) == 1
    (one,) = returns()
    assert (one.title, one.state, one.holder, one.due_on) == (
        "2026年第一季度涉诉五项指标",
        "owed",
        court,
        date(2026, 4, 10),
    )
    assert one.values == {
        "kind": FIGURES,
        "title": "2026年第一季度涉诉五项指标",
        "period": "2026年第一季度",
        "receiver_organ": office.code,
        "due_by": "2026-04-10",
    }


def test_each_organ_that_owes_it_gets_one_and_the_next_round_opens_none(court):
    a_quarterly(court, an_organ())

    assert (worked(SPRING), worked(SPRING), worked(SUMMER)) == (2, 0, 2)


def test_after_two_quarters_of_downtime_each_is_opened_once_and_is_overdue_at_once(court):
    a_quarterly(court)

    assert worked(at("2026-07-13")) == 3
    assert [one.due_on for one in returns()] == [date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 10)]
    assert list(DueItem.objects.order_by("pk").values_list("late_created", flat=True)) == [True, True, False]


def test_a_window_that_the_plan_names_is_not_lengthened_nor_what_opens_no_return(court):
    windowed = a_quarterly(court, dues=({"period": "quarter", "window": "每季度最后一个月"},))
    by_hand = a_quarterly(court, query=Query(source=Source.DOCUMENT))
    create_due_items(now=SPRING)

    assert [one.due_items.get().due_on for one in (windowed, by_hand)] == [date(2026, 3, 31), date(2026, 3, 31)]


def test_what_was_owed_before_the_office_chose_it_is_not_asked_for_again(court):
    obligation = a_quarterly(court, query=Query(source=Source.DOCUMENT))
    create_due_items(now=at("2026-04-03"))
    EvidenceRule.objects.create(obligation=obligation, query=QUARTERLY.as_data(), set_at=SUMMER)

    assert (worked(SUMMER), returns()[0].due_on) == (1, date(2026, 6, 30))


def test_a_closed_obligation_opens_none(court):
    obligation = a_quarterly(court)
    close(obligation, "已由系统直接取数", by=an_office_holder(obligation.plan), now=SPRING)

    assert worked(SPRING) == 0


def test_what_is_only_looked_at_once_a_year_opens_none(court):
    a_quarterly(court, dues=({"type": "long_term"},))

    assert worked(SPRING) == 0


def test_a_place_that_has_no_such_returns_opens_none_until_it_has(court):
    obligation = a_quarterly(court)
    by = an_office_holder(obligation.plan)
    told = {"region_code": court.region_code, "basis": "方案", "by": by}
    set_mechanisms(["conference"], valid_from=date(2026, 1, 1), now=SPRING, **told)
    before = worked(SPRING)
    set_mechanisms(["conference", KEY], valid_from=date(2026, 1, 6), now=at("2026-01-06"), **told)

    assert (before, worked(at("2026-01-06"))) == (0, 1)


def test_an_heir_owes_what_its_predecessor_did_not_bring_and_no_second_one(court):
    a_quarterly(court)
    worked(SPRING)
    heir = an_organ(branch="court")
    merge_organs([court], into=heir, effective_on=date(2026, 2, 1), by=None, now=at("2026-02-01"))

    assert worked(at("2026-02-01")) == 0
    assert worked(SUMMER) == 1
    assert returns()[-1].holder == heir


def test_one_that_cannot_be_opened_keeps_no_other_back(court, caplog):
    nobody = by_calendar(Query(source=Source.MATTERS, mechanism=KEY), MECHANISMS[KEY], sort=FIGURES, receiver="nobody")
    stuck = a_quarterly(court, query=nobody)
    a_quarterly(court)

    assert worked(SPRING) == 1
    assert "could not be dealt with" in caplog.text
    offices = Plan.objects.values_list("office", flat=True)
    assert [item.obligation for item in without_receiver(offices, now=SPRING, most=5)] == [stuck]
    client = Client()
    client.force_login(an_office_holder(stuck.plan))
    assert [(one.obligation, period) for one, period in client.get("/").context["unopened"]] == [
        (stuck, "2026年第一季度")
    ]


def test_an_office_does_not_report_to_itself(court, caplog):
    plan = a_plan()
    obligation = an_obligation(plan, plan.office, dues=({"period": "quarter"},))
    EvidenceRule.objects.create(obligation=obligation, query=QUARTERLY.as_data(), set_at=SPRING)

    assert (worked(SPRING), caplog.text) == (0, "")


def test_in_a_training_county_it_is_a_drill(court):
    a_quarterly(court)
    told = {"value": {}, "basis": "演练", "valid_from": NOW.date(), "set_by": "", "set_at": NOW}
    with acting():
        PlaceSetting.objects.create(region_code=court.region_code, key=TRAINING, **told)
    worked(SPRING)

    assert returns()[0].provenance == Provenance.TRAINING


@pytest.mark.parametrize(
    ("state", "phase", "light"),
    [
        ("owed", Phase.OPEN, "overdue"),
        ("overdue", Phase.OPEN, "overdue"),
        ("checking", Phase.OPEN, "done"),
        ("frozen", Phase.CLOSED, "done"),
        ("missing", Phase.CLOSED, "overdue"),
    ],
)
def test_how_the_return_stands_is_how_its_period_stands(court, state, phase, light):
    obligation = a_quarterly(court)
    worked(SPRING)
    with acting():
        closed = {"closed_at": SUMMER, "closed_kind": "decided", "due_on": None} if phase == Phase.CLOSED else {}
        Matter.objects.filter(mechanism=KEY).update(state=state, phase=phase, **closed)

    (one,) = standings(obligation.due_items.all(), now=SUMMER)
    assert one.judgment.progress == light
    assert one.judgment.why.startswith(f"本期的“涉诉五项指标”{'已' if light == 'done' else '尚未'}报送")


def test_a_return_of_another_period_does_not_count(court):
    obligation = a_quarterly(court)
    worked(at("2026-04-05"))
    with acting():
        last = Matter.objects.filter(mechanism=KEY).latest("pk")
        Matter.objects.filter(pk=last.pk).update(state="checking")

    lights = [one.judgment.progress for one in standings(obligation.due_items.all(), now=SUMMER)]
    assert lights == ["overdue", "done"]


def test_what_an_organ_holds_as_a_matter_is_not_named_a_second_time_before_it_is_late(court):
    a_quarterly(court)
    worked(SPRING)

    told = {"until": date(2026, 12, 31), "most": 5}
    assert owed_by([court.pk], now=SPRING, **told) == []
    assert len(owed_by([court.pk], now=SUMMER, **told)) == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"entry": "checking"}, "mechanism"),
        ({"field": "", "value": ""}, "sort"),
        ({"carry": "nobody"}, "receiver"),
        ({"carry": "410825-court"}, "receiver"),
    ],
)
def test_an_opening_that_could_never_be_made_is_refused(court, told, field):
    obligation = a_quarterly(court)
    data = QUARTERLY.as_data()
    if "carry" in told:
        told = {"carry": [(key, told["carry"] if key == "receiver_organ" else words) for key, words in data["carry"]]}

    with pytest.raises(BadQuery) as refused:
        set_rule(obligation, Query.from_data({**data, **told}), by=an_office_holder(obligation.plan), now=SPRING)
    assert refused.value.field == field


def test_the_office_may_choose_that_returns_are_opened(court):
    obligation = a_quarterly(court, query=Query(source=Source.DOCUMENT))
    set_rule(obligation, QUARTERLY, by=an_office_holder(obligation.plan), now=SPRING)

    assert worked(SPRING) == 1


@pytest.mark.slow
def test_two_workers_at_once_open_one_each(fresh_database: FreshDatabase):
    a_quarterly(an_organ(branch="court"), an_organ(branch="court"))
    create_due_items(now=SUMMER)

    def work(_: int) -> None:
        open_owed_returns(now=SUMMER)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(6)))

    assert len(returns()) == DueItem.objects.exclude(matter=None).count() == 4
