"""Publishing makes the ledger, and the next version rewords, adds and closes without giving a number twice."""

from dataclasses import replace
from datetime import date

import pytest
from tests.builders import NOW
from tests.plan_papers import PLAN, a_draft, a_file, a_place, confirm_all, published, row_named

from fuyuantong.organs.services import OrganNotLiving
from fuyuantong.organs.succession import merge_organs
from fuyuantong.plans.models.obligation import LedgerEntry, Obligation, Responsible
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.services.correcting import correct_row
from fuyuantong.plans.services.deciding import dismiss_rows
from fuyuantong.plans.services.publishing import NotReady, publish
from fuyuantong.plans.services.unit_names import map_unit, unmapped
from fuyuantong.plans.services.versions import read_again, upload_version
from fuyuantong.plans.wording import WordedUnit, Wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place()


def in_force():
    return {obligation.title: obligation for obligation in Obligation.objects.filter(closed_on=None)}


def kinds(obligation):
    return list(LedgerEntry.objects.filter(obligation=obligation).order_by("pk").values_list("kind", flat=True))


def next_version(place, version, text):
    draft = upload_version(version.plan, a_file(text), by=place.officer, now=NOW)
    confirm_all(draft, place)
    return publish(draft, by=place.officer, now=NOW)


def test_confirmed_rows_become_numbered_obligations_with_units_times_and_targets(place):
    version, told = published(place)

    assert (told.new, told.closed, version.state, version.valid_from) == (6, 0, "published", date(2026, 11, 22))
    paper = in_force()["建立风险提示白皮书制度"]
    assert (paper.number, paper.clause) == (1, "一(一)1")
    assert [(one.raw, one.part, one.organ) for one in paper.responsible.all()] == [
        ("县法院", "lead", place.organs["court"]),
        ("县司法局", "joint", place.organs["justice"]),
    ]
    assert [(due.type, due.on, due.period) for due in paper.dues.all()] == [
        ("date", date(2024, 7, 10), ""),
        ("period", None, "half_year"),
    ]
    assert in_force()["设立行政争议协调化解中心"].targets[0]["value"] == "20"
    assert kinds(paper)[0] == "published"


def test_a_draft_is_not_published_while_rows_wait_or_when_none_is_confirmed(place):
    draft = a_draft(place)
    with pytest.raises(NotReady, match="还有 6 项任务待确认"):
        publish(draft, by=place.officer, now=NOW)
    rows = draft.rows.filter(is_standing=False)
    dismiss_rows(draft, rows.values_list("pk", flat=True), "另行安排", by=place.officer, now=NOW)

    with pytest.raises(NotReady, match="没有一项已确认"):
        publish(draft, by=place.officer, now=NOW)


def test_a_unit_without_organ_stays_with_its_words_and_is_mapped_in_the_ledger(place):
    version, told = published(place)
    assert told.unmapped == ("县教育局",)
    assert unmapped(version.plan) == ["县教育局"]

    count = map_unit(version.plan, "县教育局", place.organs["civil"], by=place.officer, now=NOW)

    sharing = in_force()["加强涉诉信访信息共享"]
    assert count == 1
    assert [one.organ for one in sharing.responsible.all()] == [
        place.organs["court"], place.organs["civil"], place.organs["town"],
    ]  # fmt: skip
    assert kinds(sharing)[-1] == "mapped"
    assert unmapped(version.plan) == []


def test_a_name_once_mapped_helps_the_next_plan(place):
    version, _ = published(place)
    map_unit(version.plan, "县教育局", place.organs["civil"], by=place.officer, now=NOW)

    _, told = published(place, PLAN.replace("工作实施方案", "年度方案"))

    assert told.unmapped == ()


def test_a_name_is_not_mapped_to_an_organ_that_has_ended(place):
    version, _ = published(place)
    civil, justice = place.organs["civil"], place.organs["justice"]
    merge_organs([civil], into=justice, effective_on=date(2026, 11, 1), by=None, now=NOW)

    with pytest.raises(OrganNotLiving):
        map_unit(version.plan, "县教育局", place.organs["civil"], by=place.officer, now=NOW)


def test_two_names_of_one_organ_are_one_responsible_that_leads_if_either_does(place):
    draft = a_draft(place)
    row = row_named(draft, "开展执行宣传")
    units = (WordedUnit(name="法院"), WordedUnit(name="县人民法院", is_lead=True), WordedUnit(name="某专班"))
    wording = replace(Wording.from_data(row.wording), units=units)
    correct_row(draft, row.pk, wording, by=place.officer, now=NOW)
    confirm_all(draft, place)

    publish(draft, by=place.officer, now=NOW)

    found = in_force()["开展执行宣传"].responsible.values_list("raw", "part", "organ__code")
    assert list(found) == [("法院", "lead", "410825-court"), ("某专班", "joint", None)]


def test_the_same_version_again_changes_no_obligation(place):
    version, _ = published(place)

    told = next_version(place, version, "编号：2\n" + PLAN)

    assert (told.new, told.reworded, told.same, told.closed) == (0, 0, 6, 0)
    assert kinds(in_force()["设立破产援助资金"])[0] == "published"
    assert PlanVersion.objects.get(pk=version.pk).state == "superseded"
    assert in_force()["设立破产援助资金"].version.number == 2


def test_a_new_version_rewords_adds_and_closes_and_gives_no_number_twice(place):
    version, _ = published(place)
    text = (
        PLAN.replace("完成时限：2024年7月10日", "完成时限：2025年7月10日")
        .replace("责任单位：县财政局、法院", "责任单位：县财政局、法院、县民政局")
        .replace("6.开展执行宣传。", "6.出台涉企案件繁简分流办法。")
    )

    told = next_version(place, version, text)

    assert (told.new, told.reworded, told.same, told.closed) == (1, 2, 3, 1)
    paper = in_force()["建立风险提示白皮书制度"]
    assert [(due.on, due.ended_on) for due in paper.dues.order_by("pk")] == [
        (date(2024, 7, 10), date(2026, 11, 22)),
        (None, None),
        (date(2025, 7, 10), None),
    ]
    assert "reworded" in kinds(paper)
    assert in_force()["设立破产援助资金"].responsible.count() == 3
    assert in_force()["出台涉企案件繁简分流办法"].number == 7
    gone = Obligation.objects.get(number=6)
    assert (gone.closed_on, gone.closed_reason) == (date(2026, 11, 22), "新版方案不再列入")


def test_a_task_said_in_other_words_under_its_clause_with_its_units_is_the_same(place):
    version, _ = published(place)
    text = PLAN.replace(
        "由县财政局设立破产援助资金，用于管理人报酬。", "财政出资，建立一笔援助资金，支付破产管理人的报酬。"
    )

    told = next_version(place, version, text)

    assert (told.new, told.reworded, told.closed) == (0, 1, 0)


def test_what_is_done_with_stays_so_and_what_went_earlier_is_not_closed_again(place):
    version, _ = published(place)
    Obligation.objects.filter(number__in=(1, 6)).update(closed_on=date(2024, 8, 1), closed_reason="已完成")

    told = next_version(place, version, PLAN.replace("6.开展执行宣传。", "6.出台涉企案件繁简分流办法。"))

    assert told.closed == 0
    assert Obligation.objects.get(number=1).closed_on == date(2024, 8, 1)
    assert Obligation.objects.get(number=6).closed_reason == "已完成"


def test_reading_a_draft_again_keeps_which_obligation_a_row_continues(place):
    version, _ = published(place)
    draft = upload_version(version.plan, a_file("编号：2\n" + PLAN), by=place.officer, now=NOW)
    before = dict(draft.rows.values_list("pk", "continues"))

    read_again(draft, by=place.officer, now=NOW)

    assert dict(draft.rows.values_list("pk", "continues")) == before
    assert Responsible.objects.filter(organ=None).count() == 1
