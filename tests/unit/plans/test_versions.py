"""A document becomes a draft, or is kept with the reason why it cannot be read; read again it keeps decisions."""

from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from tests.builders import NOW, an_official
from tests.plan_papers import PLAN, a_draft, a_file, a_place, confirm_all, published, row_named

from fuyuantong.matters.services.files import BadFile, path_of
from fuyuantong.plans.models.draft import DraftRow, PlanSentence
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.services.correcting import correct_row
from fuyuantong.plans.services.deciding import dismiss_rows, judge_sentence, reopen_row
from fuyuantong.plans.services.guarding import NotADraft, NotTheOffice
from fuyuantong.plans.services.reshaping import merge_rows, split_row
from fuyuantong.plans.services.versions import KnownFile, Upload, abandon, read_again, upload_plan, upload_version
from fuyuantong.plans.wording import Wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place()


def titles(version):
    return list(DraftRow.objects.filter(version=version, is_standing=False).values_list("wording__title", flat=True))


def test_a_document_becomes_a_draft_called_by_its_title(place):
    version = a_draft(place)

    assert (version.state, version.number, version.plan.name) == ("draft", 1, "温县府院联动工作实施方案")
    assert len(titles(version)) == 6
    assert DraftRow.objects.filter(version=version, is_standing=True, decision="open").count() == 1
    assert PlanSentence.objects.filter(version=version).count() > 10


def test_only_the_office_brings_plans(place):
    with pytest.raises(NotTheOffice):
        upload_plan(a_file(), by=an_official(place.organs["court"]), now=NOW)


def test_the_same_file_is_one_plan(place):
    a_draft(place)

    with pytest.raises(KnownFile, match="第 1 版"):
        a_draft(place)


def test_a_document_called_like_a_plan_that_is_there_is_its_next_version(place):
    first, _ = published(place)

    second = upload_plan(a_file(PLAN + "附则\n"), by=place.officer, now=NOW)
    other = upload_plan(a_file(PLAN + "附件\n"), name="另一方案", by=place.officer, now=NOW)

    assert (second.plan, second.number, other.number) == (first.plan, 2, 1)


def test_a_file_that_cannot_be_read_is_kept_with_the_reason(place):
    locked = Upload(content=b"\x89PNG....", file_name="C:\\scan.png")

    version = upload_plan(locked, by=place.officer, now=NOW)

    assert (version.state, version.plan.name, version.file_name) == ("unreadable", "scan", "scan.png")
    assert "图片" in version.refusal
    assert default_storage.exists(path_of(bytes(version.blob_id).hex()))


def test_a_plan_that_only_a_file_gave_a_name_is_called_by_the_first_title_read(place):
    scan = upload_plan(Upload(content=b"\x89PNG", file_name="scan.png"), by=place.officer, now=NOW)
    named = upload_plan(Upload(content=b"\xff\xd8\xff", file_name="s.png"), name="年度", by=place.officer, now=NOW)

    for version in (scan, named):
        upload_version(version.plan, a_file(), by=place.officer, now=NOW)

    assert (scan.plan.name, named.plan.name) == ("温县府院联动工作实施方案", "年度")


def test_a_draft_is_given_up_and_its_file_may_come_again(place):
    draft = a_draft(place)

    abandon(draft, by=place.officer, now=NOW)

    assert PlanVersion.objects.get(pk=draft.pk).state == "abandoned"
    assert a_draft(place).number == 2


def test_what_is_in_force_is_not_given_up(place):
    version, _ = published(place)

    with pytest.raises(NotADraft, match="已发布"):
        abandon(version, by=place.officer, now=NOW)


def test_an_empty_file_is_refused(place):
    with pytest.raises(BadFile):
        upload_plan(Upload(content=b"", file_name="a.txt"), by=place.officer, now=NOW)


def test_a_file_without_name_and_title_is_a_plan_all_the_same(place):
    version = upload_plan(Upload(content=b"\x89PNG", file_name=" "), name="  年度\n方案 ", by=place.officer, now=NOW)
    nameless = upload_plan(Upload(content=b"\xff\xd8\xff", file_name=""), by=place.officer, now=NOW)

    assert (version.plan.name, nameless.plan.name) == ("年度 方案", "未命名方案")
    assert nameless.file_name == bytes(nameless.blob_id).hex()[:12]


def test_a_new_file_takes_the_place_of_the_draft_and_decisions_stay(place):
    draft = a_draft(place)
    row = row_named(draft, "开展执行宣传")
    dismiss_rows(draft, [row.pk], "属日常工作", by=place.officer, now=NOW)

    again = upload_version(draft.plan, a_file(PLAN.replace("县民政局", "民政局")), by=place.officer, now=NOW)

    assert again.pk == draft.pk
    assert row_named(again, "开展执行宣传").reason == "属日常工作"
    assert row_named(again, "建立婚姻信息共享制度").wording["units"][1]["name"] == "民政局"


def test_a_file_that_cannot_be_read_does_not_touch_the_draft(place):
    draft = a_draft(place)

    other = upload_version(draft.plan, Upload(content=b"\x89PNG", file_name="a.png"), by=place.officer, now=NOW)

    assert (other.number, other.state) == (2, "unreadable")
    assert PlanVersion.objects.get(pk=draft.pk).state == "draft"


def test_reading_again_keeps_what_people_decided_and_corrected(place):
    draft = a_draft(place)
    row = row_named(draft, "设立破产援助资金")
    correct_row(draft, row.pk, replace(Wording.from_data(row.wording), title="破产资金"), by=place.officer, now=NOW)
    confirm_all(draft, place)

    told = read_again(draft, by=place.officer, now=NOW)

    assert (told.new, told.again, told.gone, told.left) == (0, 7, 0, 0)
    assert row_named(draft, "破产资金").decision == "confirmed"
    assert row_named(draft, "破产资金").read["title"] == "设立破产援助资金"


def test_untouched_rows_of_an_older_reading_go_and_touched_ones_stay(place):
    draft = a_draft(place)
    dismiss_rows(draft, [row_named(draft, "开展执行宣传").pk], "属日常工作", by=place.officer, now=NOW)
    shorter = PLAN.replace("6.开展执行宣传。", "6.开展执行行动。").replace("5.建立婚姻信息", "5.完善婚姻登记")

    told_titles = titles(upload_version(draft.plan, a_file(shorter), by=place.officer, now=NOW))

    assert "建立婚姻信息共享制度" not in told_titles
    assert {"开展执行宣传", "开展执行行动", "完善婚姻登记共享制度"} <= set(told_titles)


def test_parts_of_a_split_task_and_merged_ones_survive_reading_again(place):
    draft = a_draft(place)
    split = row_named(draft, "建立风险提示白皮书制度")
    split_row(draft, split.pk, split.wording["text"].index("由县法院"), by=place.officer, now=NOW)
    merged = [row_named(draft, "开展执行宣传").pk, row_named(draft, "建立婚姻信息共享制度").pk]
    merge_rows(draft, merged, by=place.officer, now=NOW)

    told = read_again(draft, by=place.officer, now=NOW)

    assert (told.new, told.gone, told.left) == (0, 0, 1)
    assert len(titles(draft)) == 7


def test_what_was_said_of_a_sentence_stays_with_its_words(place):
    draft = a_draft(place)
    sentence = PlanSentence.objects.get(version=draft, start=draft.text.index("为推进依法行政"))
    judge_sentence(draft, sentence.start, "definition", by=place.officer, now=NOW)

    again = upload_version(draft.plan, a_file("关于印发方案的通知\n" + PLAN), by=place.officer, now=NOW)

    judged = PlanSentence.objects.get(version=again, judged_kind="definition")
    assert again.text[judged.start : judged.end] == "为推进依法行政，制定本方案。"
    assert judged.judged_by == place.officer


def test_a_published_version_is_not_read_again(place):
    version, _ = published(place)

    with pytest.raises(NotADraft):
        read_again(version, by=place.officer, now=NOW)


def test_a_file_that_still_cannot_be_read_says_so_again(place):
    version = upload_plan(Upload(content=b"\x89PNG", file_name="a.png"), by=place.officer, now=NOW)

    assert read_again(version, by=place.officer, now=NOW).new == 0
    version.refresh_from_db()
    assert version.state == "unreadable"


def test_the_file_of_a_draft_that_cannot_be_read_any_more_changes_nothing(place):
    draft = a_draft(place)
    other = upload_plan(Upload(content=b"\x89PNG", file_name="a.png"), by=place.officer, now=NOW)
    PlanVersion.objects.filter(pk=draft.pk).update(blob=other.blob_id)
    draft.refresh_from_db()

    read_again(draft, by=place.officer, now=NOW)

    draft.refresh_from_db()
    assert (draft.state, len(titles(draft))) == ("draft", 6)


def test_a_row_taken_back_from_a_merger_stands_by_itself(place):
    draft = a_draft(place)
    pair = [row_named(draft, "开展执行宣传"), row_named(draft, "建立婚姻信息共享制度")]
    first = merge_rows(draft, [row.pk for row in pair], by=place.officer, now=NOW)
    other = next(row for row in pair if row.pk != first.pk)

    reopen_row(draft, other.pk, by=place.officer, now=NOW)

    other.refresh_from_db()
    assert (other.decision, other.merged_into) == ("open", None)
