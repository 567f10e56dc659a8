"""任务台账: which tasks there are, how they stand, and how many stand how."""

from datetime import date

import pytest
from tests.builders import NOW, an_account, an_official, an_organ
from tests.builders_plans import a_due, a_plan, an_obligation, an_office_holder

from fuyuantong.plans.evidence import Query, Source
from fuyuantong.plans.models.obligation import Responsible
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.progress import Progress
from fuyuantong.plans.queries.ledger import TaskFilters, of_progress, owed_by, tasks, totals
from fuyuantong.plans.queries.readable import plans_readable
from fuyuantong.plans.services.closing import close, confirm_item
from fuyuantong.plans.services.due_items import create_due_items

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)
YEARLY = {"period": "year", "raw": "每年"}


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def court():
    return an_organ("410825-court", branch="court", short="县法院")


def listed(plan, **filters):
    """Return the titles of the tasks that are left."""
    create_due_items(now=NOW)
    found = tasks(Plan.objects.filter(pk=plan.pk), TaskFilters(**filters), now=NOW)
    return [task.obligation.title for task in found]


def the_task(plan):
    """Return the only task."""
    create_due_items(now=NOW)
    (task,) = tasks(Plan.objects.filter(pk=plan.pk), TaskFilters(closed=True), now=NOW)
    return task


def test_a_task_shows_its_units_and_times_in_the_words_of_the_document(plan, court):
    an_obligation(plan, court, joint=(an_organ(),), dues=({"on": date(2026, 12, 10)}, YEARLY, {"type": "long_term"}))
    task = the_task(plan)

    assert ([one.raw for one in task.leads], [one.raw for one in task.units]) == (["单位0"], ["单位0", "单位1"])
    assert task.due_words == "2026-12-10；每年；长期"


def test_a_task_without_any_time_says_so(plan, court):
    an_obligation(plan, court, dues=({"type": "none"},))
    assert the_task(plan).due_words == "未定时限"

    an_obligation(other := a_plan(), court)
    assert the_task(other).judgment.why == "尚未到第一个周期。"


def test_the_worst_due_item_tells_how_the_task_stands(plan, court):
    an_obligation(plan, court, dues=({"on": date(2026, 4, 30)}, YEARLY))
    task = the_task(plan)

    assert (task.worst.item.period, task.judgment.why) == ("on:2026-04-30", "尚未举证，已逾期 206 天。")


def test_a_task_whose_unit_nobody_knows_cannot_be_computed(plan):
    obligation = an_obligation(plan, dues=(YEARLY,))
    Responsible.objects.create(obligation=obligation, place=0, raw="某中心", part="lead", organ=None)

    assert the_task(plan).judgment.why == "责任单位“某中心”尚未对应到单位，不能计算。"


def test_a_closed_task_says_why(plan, court):
    close(an_obligation(plan, court), "全部完成", by=an_office_holder(plan), now=NOW)
    task = the_task(plan)

    assert (task.judgment.progress, task.judgment.why) == (Progress.DONE, "2026-11-22 销号：全部完成")


def test_what_was_done_this_year_is_done_and_what_was_done_before_is_history(plan, court):
    obligation = an_obligation(plan, court, dues=(YEARLY,), since=date(2025, 1, 1))
    create_due_items(now=NOW)
    for item in obligation.due_items.all():
        confirm_item(item, "已核实", by=an_office_holder(plan), now=NOW)
    task = the_task(plan)

    assert ([one.item.period for one in task.standings], task.judgment.progress) == (["2026"], Progress.DONE)


@pytest.fixture
def three(plan, court):
    meeting = an_obligation(plan, court, title="开会", text="召开会议", dues=(YEARLY,))
    meeting.clause = "三(一)"
    meeting.save()
    EvidenceRule.objects.create(
        obligation=meeting, query=Query(source=Source.MATTERS, mechanism="conference").as_data(), set_at=NOW
    )
    an_obligation(
        plan, an_organ(short="司法局"), joint=(court,), title="培训", text="业务培训", dues=({"on": date(2026, 4, 30)},)
    )
    close(an_obligation(plan, court, title="旧事"), "完成", by=an_office_holder(plan), now=NOW)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({}, ["开会", "培训"]),
        ({"closed": True}, ["开会", "培训", "旧事"]),
        ({"lead": "法院"}, ["开会"]),
        ({"unit": "县法院"}, ["开会", "培训"]),
        ({"unit": "单位1"}, ["培训"]),
        ({"clause": "三"}, ["开会"]),
        ({"text": "会议"}, ["开会"]),
        ({"cadence": "year"}, ["开会"]),
        ({"cadence": "date"}, ["培训"]),
        ({"due_before": date(2026, 6, 1)}, ["培训"]),
        ({"by_hand": True}, ["培训"]),
        ({"by_hand": False}, ["开会"]),
    ],
)
def test_filters_narrow_the_list(plan, filters, titles):
    assert listed(plan, **filters) == titles


@pytest.mark.usefixtures("three")
def test_what_an_organ_has_a_part_in_is_found_by_its_id(plan, court):
    assert listed(plan, organ=court.pk) == ["开会", "培训"]


@pytest.mark.usefixtures("three")
def test_tasks_are_counted_by_how_they_stand(plan):
    create_due_items(now=NOW)
    found = tasks(Plan.objects.all(), TaskFilters(), now=NOW)

    assert {progress: n for progress, n in totals(found).items() if n} == {Progress.OVERDUE: 1, Progress.AT_RISK: 1}
    assert [task.obligation.title for task in of_progress(found, Progress.AT_RISK)] == ["开会"]
    assert of_progress(found, None) == found


def test_what_an_organ_owes_comes_earliest_first(plan, court):
    an_obligation(plan, court, title="按年", dues=(YEARLY,))
    an_obligation(plan, court, title="早", dues=({"on": date(2026, 4, 30)},))
    create_due_items(now=NOW)

    assert [one.item.obligation.title for one in owed_by([court.pk], until=YEAR_END, now=NOW, most=5)] == ["早", "按年"]
    assert len(owed_by([court.pk], until=YEAR_END, now=NOW, most=1)) == 1
    assert len(owed_by([court.pk], until=NOW.date(), now=NOW, most=5)) == 1


def test_a_whole_ledger_takes_a_handful_of_statements(plan, court, django_assert_max_num_queries):
    for _ in range(30):
        obligation = an_obligation(plan, court)
        a_due(obligation, **YEARLY)
    create_due_items(now=NOW)

    with django_assert_max_num_queries(12):
        found = tasks(Plan.objects.all(), TaskFilters(), now=NOW)
        assert sum(totals(found).values()) == 30


def test_officials_of_the_region_and_above_and_below_read_a_plan_and_nobody_else(plan):
    def reads(code):
        return plan in plans_readable(an_official(an_organ(code)), at=NOW)

    assert [reads(f"{region}-reader") for region in ("410825", "410800", "410825101")] == [True, True, True]
    assert not reads("410826-reader")
    assert not plans_readable(an_account(), at=NOW)
