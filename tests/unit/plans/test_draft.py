"""A draft is decided row by row; every correction keeps what the reader had, what stood before, and who."""

from dataclasses import replace
from datetime import date

import pytest
from tests.builders import NOW, an_official
from tests.plan_papers import PLAN, a_draft, a_file, a_place, published, row_named

from fuyuantong.plans.models.draft import Correction, DraftRow, PlanSentence
from fuyuantong.plans.services.correcting import BadWording, add_row, correct_row, pair_row, said_in
from fuyuantong.plans.services.deciding import (
    BadJudgement,
    BadReason,
    Decided,
    confirm_rows,
    dismiss_rows,
    judge_sentence,
    reopen_row,
)
from fuyuantong.plans.services.guarding import NoSuchRow, NotADraft, NotTheOffice
from fuyuantong.plans.services.reshaping import BadCut, merge_rows, split_row
from fuyuantong.plans.services.versions import upload_version
from fuyuantong.plans.wording import WordedDue, WordedTarget, WordedUnit, Wording
from fuyuantong.reading.values import DueType, Operator, Period, Span

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def draft(place):
    return a_draft(place)


@pytest.fixture
def acts(place):
    return {"by": place.officer, "now": NOW}


def worded(draft, title):
    row = row_named(draft, title)
    return row, Wording.from_data(row.wording)


def test_rows_are_confirmed_once(draft, acts):
    ids = [row_named(draft, "开展执行宣传").pk, row_named(draft, "设立破产援助资金").pk]

    assert confirm_rows(draft, ids, **acts) == 2
    assert confirm_rows(draft, ids, **acts) == 0
    assert row_named(draft, "开展执行宣传").decided_by == acts["by"]


def test_a_standing_duty_is_taken_in_by_confirming_it(draft, acts):
    row = DraftRow.objects.get(version=draft, is_standing=True)

    assert confirm_rows(draft, [row.pk], **acts) == 1


def test_a_row_is_left_out_with_a_reason_and_opened_again(draft, acts):
    row = row_named(draft, "开展执行宣传")
    with pytest.raises(BadReason):
        dismiss_rows(draft, [row.pk], "  ", **acts)
    dismiss_rows(draft, [row.pk], "属日常工作", **acts)
    with pytest.raises(Decided, match="不列入"):
        confirm_rows(draft, [row.pk], **acts)

    reopen_row(draft, row.pk, **acts)

    row.refresh_from_db()
    assert (row.decision, row.reason) == ("open", "")


def test_nobody_else_decides_and_nothing_is_decided_after_publication(place, draft, acts):
    row = row_named(draft, "开展执行宣传")
    with pytest.raises(NotTheOffice):
        confirm_rows(draft, [row.pk], by=an_official(place.organs["court"]), now=NOW)
    version, _ = published(place, PLAN.replace("实施方案", "工作方案"))

    with pytest.raises(NotADraft):
        confirm_rows(version, [row_named(version, "开展执行宣传").pk], **acts)


def test_rows_of_another_draft_are_not_decided(draft, acts):
    with pytest.raises(NoSuchRow):
        confirm_rows(draft, [0], **acts)


def test_a_correction_keeps_what_was_read_what_stood_before_and_who(draft, acts):
    row, wording = worded(draft, "设立破产援助资金")
    correct_row(draft, row.pk, replace(wording, title="破产资金"), **acts)

    correct_row(draft, row.pk, replace(wording, title="破产援助", units=(WordedUnit(name="财政局"),)), **acts)

    last = Correction.objects.filter(row=row, field="title").latest("pk")
    assert (last.read, last.before, last.after, last.by) == ("设立破产援助资金", "破产资金", "破产援助", acts["by"])
    assert Correction.objects.filter(row=row).count() == 3


def test_a_correction_that_changes_nothing_is_none(draft, acts):
    row, wording = worded(draft, "设立破产援助资金")

    assert correct_row(draft, row.pk, wording, **acts) == 0


def test_a_row_that_is_left_out_is_not_corrected(draft, acts):
    row, wording = worded(draft, "开展执行宣传")
    dismiss_rows(draft, [row.pk], "属日常工作", **acts)

    with pytest.raises(Decided):
        correct_row(draft, row.pk, wording, **acts)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"units": (WordedUnit(name="法" * 121),)}, "units"),
        ({"units": (WordedUnit(name="法院"), WordedUnit(name="法院", is_lead=True))}, "units"),
        ({"dues": (WordedDue(type=DueType.DATE),)}, "dues"),
        ({"targets": (WordedTarget(indicator="率", operator=Operator.AT_LEAST, value="多"),)}, "targets"),
    ],
)
def test_a_wording_that_the_ledger_cannot_hold_is_refused_by_its_field(draft, acts, change, field):
    row, wording = worded(draft, "开展执行宣传")

    with pytest.raises(BadWording) as refused:
        correct_row(draft, row.pk, replace(wording, **change), **acts)

    assert refused.value.field == field


def test_words_chosen_in_the_text_become_a_task_with_their_times(draft, acts):
    start = draft.text.index("由法院每月推送")
    wording = said_in(draft, Span(start, draft.text.index("信息。", start) + 3))

    row = add_row(draft, wording, span=Span(start, start + len(wording.text)), **acts)

    assert (wording.clause, wording.dues[0].period) == ("一(二)5", Period.MONTH)
    assert (row.origin, row.read, row.place, row.decision) == ("added", None, start, "open")


def test_words_before_the_first_clause_stand_under_none(draft):
    assert said_in(replace_front(draft), Span(0, 12)).clause == ""


def replace_front(draft):
    draft.front = {}
    return draft


def test_a_task_added_by_hand_is_put_where_its_words_stand_or_at_the_end(draft, acts):
    found = add_row(draft, Wording(clause="", title="宣传", text="开展执行宣传"), **acts)
    nowhere = add_row(draft, Wording(clause="", title="口头部署", text=""), **acts)

    assert found.part_start == draft.text.index("开展执行宣传")
    assert (nowhere.place, nowhere.part_end) == (len(draft.text), 0)


def test_a_correction_of_an_added_row_has_nothing_that_was_read(draft, acts):
    row = add_row(draft, Wording(clause="", title="口头部署", text=""), **acts)

    correct_row(draft, row.pk, Wording(clause="", title="口头部署二", text=""), **acts)

    assert Correction.objects.get(row=row).read is None


def test_a_row_added_by_hand_finds_its_place_in_the_next_file(draft, acts):
    add_row(draft, Wording(clause="", title="口头部署", text="不在文中的话"), **acts)
    add_row(draft, Wording(clause="", title="宣传", text="开展执行宣传"), **acts)

    again = upload_version(draft.plan, a_file("编号：1\n" + PLAN), **acts)

    assert row_named(again, "宣传").part_start == again.text.index("开展执行宣传")
    assert row_named(again, "口头部署").place == len(again.text)


def test_merged_rows_are_one_task_with_all_units_times_and_targets(draft, acts):
    one, two = row_named(draft, "设立行政争议协调化解中心"), row_named(draft, "建立婚姻信息共享制度")

    first = merge_rows(draft, [two.pk, one.pk], **acts)

    wording = Wording.from_data(first.wording)
    assert first.pk == one.pk
    assert [unit.name for unit in wording.units] == ["司法局", "法院", "县民政局"]
    assert [due.raw for due in wording.dues] == ["2024年6月底前", "2024年12月31日", "每月"]
    two.refresh_from_db()
    assert (two.decision, two.merged_into) == ("merged", first)


def test_one_row_is_no_merger_and_a_row_left_out_is_not_merged(draft, acts):
    one, two = row_named(draft, "开展执行宣传"), row_named(draft, "设立破产援助资金")
    with pytest.raises(BadCut):
        merge_rows(draft, [one.pk], **acts)
    dismiss_rows(draft, [one.pk], "属日常工作", **acts)

    with pytest.raises(Decided):
        merge_rows(draft, [one.pk, two.pk], **acts)


def test_a_task_is_split_before_a_clause_and_both_parts_keep_units_and_times(draft, acts):
    row = row_named(draft, "建立风险提示白皮书制度")

    second = split_row(draft, row.pk, row.wording["text"].index("由县法院牵头"), **acts)

    row.refresh_from_db()
    assert row.wording["text"] == "建立风险提示白皮书制度。"
    assert second.wording["title"].startswith("每半年统计")
    assert list(second.wording["units"]) == row.wording["units"]
    assert draft.text[second.part_start :].startswith("由县法院牵头")


def test_a_split_of_corrected_words_keeps_the_place_of_the_task(draft, acts):
    row, wording = worded(draft, "开展执行宣传")
    correct_row(draft, row.pk, replace(wording, text="开展宣传；编印手册"), **acts)

    second = split_row(draft, row.pk, 5, **acts)

    assert (second.wording["text"], second.part_start) == ("编印手册", row.part_start)


@pytest.mark.parametrize("at", [-3, 0, 500])
def test_a_task_is_not_split_outside_its_words(draft, acts, at):
    with pytest.raises(BadCut):
        split_row(draft, row_named(draft, "开展执行宣传").pk, at, **acts)


def test_judging_a_sentence_as_background_leaves_its_open_rows_out(draft, acts):
    row = DraftRow.objects.get(version=draft, is_standing=True)

    judge_sentence(draft, row.span_start, "context", **acts)

    row.refresh_from_db()
    assert (row.decision, row.reason) == ("dismissed", "所在句子已判定为背景表述")
    judge_sentence(draft, row.span_start, "duty", **acts)
    assert PlanSentence.objects.get(version=draft, start=row.span_start).judged_kind == "duty"


def test_a_sentence_is_judged_as_what_there_is_and_where_it_is(draft, acts):
    with pytest.raises(BadJudgement):
        judge_sentence(draft, 0, "needs-a-human", **acts)
    with pytest.raises(NoSuchRow):
        judge_sentence(draft, 1, "context", **acts)


def test_a_row_is_paired_by_hand_with_one_obligation_in_force(place, acts):
    version, _ = published(place)
    draft = upload_version(version.plan, a_file(PLAN.replace("开展执行宣传", "组织集中执行行动月")), **acts)
    row = row_named(draft, "组织集中执行行动月")
    with pytest.raises(NoSuchRow):
        pair_row(draft, row.pk, 1, **acts)
    with pytest.raises(NoSuchRow):
        pair_row(draft, row.pk, 99, **acts)
    pair_row(draft, row.pk, None, **acts)

    pair_row(draft, row.pk, 6, **acts)

    row.refresh_from_db()
    assert (row.continues.number, row.continues.since) == (6, date(2026, 11, 22))
