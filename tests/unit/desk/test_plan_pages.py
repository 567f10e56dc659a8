"""The pages of plans: a document comes in, is decided beside its text, published and compared; each to whom it is for."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import NOW, a_region, an_official, an_organ
from tests.plan_papers import PLAN, a_draft, a_file, a_place, confirm_all, published, row_named

from fuyuantong.plans.models.draft import Correction, DraftRow, PlanSentence
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.services.publishing import publish
from fuyuantong.plans.services.versions import Upload, upload_plan, upload_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def office(place):
    """Give a browser without script in which somebody of the office has signed in."""
    return signed_in(place.officer)


@pytest.fixture
def draft(place):
    return a_draft(place)


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def page_of(version, *rest):
    return "/".join(["/plans", str(version.plan.uid), str(version.number), *map(str, rest)])


def words(answer):
    return answer.content.decode()


def sent(text, name="方案.txt"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def test_a_document_is_brought_and_its_draft_shown(office):
    answer = office.post("/plans", {"file": sent(PLAN)}, follow=True)

    shown = words(answer)
    assert "已读取，请对照原文逐项确认" in shown
    assert shown.count('class="task task-open') == 7
    assert "待确认 <b>6</b>" in shown
    assert "未对应单位 <b>1</b>" in shown


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\x89PNG....", "无法读取"), (b"x" * 31_000_000, "超过上限 30 MB"), (b"%PDF-1.4 nothing", "无法读取")],
)
def test_a_file_that_cannot_be_read_is_kept_and_its_page_says_why(office, content, says):
    answer = office.post("/plans", {"file": sent(content, "扫描件.pdf")}, follow=True)

    assert "文件已保存，但是无法读取" in words(answer)
    assert says in words(answer)
    assert office.get(answer.redirect_chain[-1][0] + "/file").status_code == 200


def test_no_file_and_an_empty_one_are_refused_on_the_page(office):
    assert "没有收到文件" in words(office.post("/plans", {}))
    assert office.post("/plans", {"file": sent("")}).status_code == 422


def test_the_list_shows_each_plan_with_its_state_and_its_draft(place, office):
    version, _ = published(place)
    assert "任务" in words(office.get("/plans"))

    upload_version(version.plan, a_file(PLAN + "附则\n"), by=place.officer, now=NOW)

    assert "新版草稿待确认" in words(office.get("/plans"))


def test_a_document_of_the_same_name_is_said_to_be_the_next_version(place, office):
    published(place)

    answer = office.post("/plans", {"file": sent(PLAN + "附则\n")}, follow=True)

    assert "这份文件作为它的第 2 版" in words(answer)


def test_drafts_are_for_the_office_alone(place, draft):
    other = signed_in(an_official(place.organs["court"]))

    assert draft.plan.name not in words(other.get("/plans"))
    for rest in ([], ["units"], ["publication"], ["comparison"], ["sentence"]):
        assert other.get(page_of(draft, *rest)).status_code == 404


def test_a_published_plan_is_read_by_all_of_the_region_and_the_city_above_but_not_elsewhere(place):
    version, _ = published(place)
    a_region("410882")
    for code, seen in (("410800-court", 200), ("410882-court", 404)):
        client = signed_in(an_official(an_organ(code, branch="court")))
        assert client.get(f"/plans/{version.plan.uid}").status_code == seen
    shown = words(signed_in(an_official(place.organs["court"])).get(f"/plans/{version.plan.uid}"))
    assert shown.count('<article class="task') == 6
    assert "县教育局" in shown
    assert "上传新版本" not in shown


def test_only_the_office_changes_a_published_plan(place):
    version, _ = published(place)

    assert signed_in(an_official(place.organs["court"])).get(page_of(version, "units")).status_code == 404


def test_a_row_is_confirmed_and_opened_again(office, draft):
    row = row_named(draft, "开展执行宣传")

    answer = office.post(page_of(draft, "rows"), {"confirm": row.pk})

    assert answer.url.endswith(f"#r{row.pk}")
    row.refresh_from_db()
    assert row.decision == "confirmed"
    office.post(page_of(draft, "rows"), {"reopen": row.pk})
    row.refresh_from_db()
    assert row.decision == "open"


def test_a_chapter_is_confirmed_at_once_and_the_rows_come_back_alone_for_a_script(office, draft):
    answer = office.post(page_of(draft, "rows"), {"chapter": "一(二)"}, headers={"HX-Request": "true"})

    assert DraftRow.objects.filter(version=draft, decision="confirmed").count() == 4
    assert "已确认 <b>4</b>" in words(answer)
    assert "<html" not in words(answer)


def test_ticked_rows_are_merged(office, draft):
    pair = [row_named(draft, "开展执行宣传").pk, row_named(draft, "建立婚姻信息共享制度").pk]

    office.post(page_of(draft, "rows"), {"merge": "1", "row": pair})

    assert DraftRow.objects.get(pk=max(pair)).merged_into_id == min(pair)


def test_what_is_refused_is_said_above_the_rows(office, draft):
    refused = {"confirm": "x"}

    assert "可能有人刚刚重新读取了方案" in words(office.post(page_of(draft, "rows"), refused))
    assert 'id="told"' in words(office.post(page_of(draft, "rows"), refused, headers={"HX-Request": "true"}))
    assert office.post(page_of(draft, "rows"), {"chapter": "九"}).status_code == 422


FORM = {
    "act": "correct", "title": "设立资金", "clause": "一(二)3", "modality": "must", "text": "设立资金。",
    "unit-0": "县财政局", "lead-0": "on", "unit-3": "县法院", "due-type-0": "period", "due-period-0": "quarter",
    "due-times-0": "2", "due-window-0": "5日前", "due-raw-0": "每季度", "due-type-1": "date", "due-on-1": "2025-03-01",
    "target-0": "资金规模", "target-operator-0": ">=", "target-value-0": "200", "target-unit-0": "万元",
}  # fmt: skip


def test_a_row_is_corrected_field_by_field_with_its_trace(office, draft):
    row = row_named(draft, "设立破产援助资金")

    office.post(page_of(draft, "rows", row.pk), FORM)

    shown = words(office.get(page_of(draft, "rows", row.pk)))
    assert "每季度5日前 2 次、2025-03-01 前" in shown
    assert "资金规模不低于 200万元" in shown
    assert set(Correction.objects.filter(row=row).values_list("field", flat=True)) == {
        "title", "text", "units", "dues", "targets",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"due-on-1": "2025-02-30"}, "不是日期"),
        ({"due-times-0": "多"}, "不是次数"),
        ({"modality": "perhaps"}, "不在可选项中"),
        ({"target-value-0": "多"}, "目标值应为数字"),
        ({"due-on-1": ""}, "没有填写日期"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_form_keeps_what_was_typed(office, draft, change, says):
    row = row_named(draft, "设立破产援助资金")

    answer = office.post(page_of(draft, "rows", row.pk), {**FORM, **change})

    assert answer.status_code == 422
    assert says in words(answer)


def test_a_term_from_an_event_survives_the_form(office, place):
    draft = a_draft(place, PLAN.replace("用于管理人报酬", "法院应在收到之日起二日内审核"))
    row = row_named(draft, "设立破产援助资金")
    row.wording["dues"] = [{**row.wording["dues"][0], "type": "none", "within": [2, "days", "收到"], "raw": "二日内"}]
    row.save()
    form = {**FORM, "due-type-0": "none", "due-raw-0": "二日内", "due-type-1": ""}

    office.post(page_of(draft, "rows", row.pk), form)

    row.refresh_from_db()
    assert row.wording["dues"][0]["within"] == [2, "days", "收到"]
    assert "收到后 2 日内" in words(office.get(page_of(draft)))


def test_a_row_is_left_out_and_split_from_its_page(office, draft):
    paper, talk = row_named(draft, "建立风险提示白皮书制度"), row_named(draft, "开展执行宣传")
    page = words(office.get(page_of(draft, "rows", paper.pk)))
    at = re.search(r'name="at" value="(\d+)"', page)

    office.post(page_of(draft, "rows", paper.pk), {"act": "split", "at": at.group(1)})
    office.post(page_of(draft, "rows", talk.pk), {"act": "dismiss", "reason": "属日常工作"})

    assert DraftRow.objects.filter(version=draft, origin="split").count() == 1
    assert "理由：属日常工作" in words(office.get(page_of(draft)))
    assert office.post(page_of(draft, "rows", talk.pk), {"act": "dismiss"}).status_code == 422
    assert office.get(page_of(draft, "rows", 0)).status_code == 404


def test_a_sentence_is_judged_and_made_a_task(office, draft):
    start = draft.text.index("为推进依法行政")
    page = page_of(draft, "sentence")
    assert "这一句是什么" in words(office.get(page, {"at": start}))

    office.post(page, {"act": "judge", "at": start, "kind": "definition"})
    office.post(page, {"act": "add", "at": start, "title": "推进", "modality": "must", "text": "为推进依法行政"})

    assert PlanSentence.objects.get(version=draft, start=start).judged_kind == "definition"
    assert row_named(draft, "推进").part_start == start
    assert office.post(page, {"act": "judge", "at": start, "kind": "x"}).status_code == 422


def test_chosen_words_and_words_of_ones_own_become_tasks(office, draft):
    start = draft.text.index("由法院每月推送")
    page = page_of(draft, "sentence")
    shown = words(office.get(page, {"at": start, "to": start + 16}))
    assert "列为一项任务" in shown
    assert "每月" in shown

    office.post(page, {"act": "add", "title": "口头部署", "modality": "must", "text": ""})

    assert row_named(draft, "口头部署").part_end == 0
    assert office.get(page, {"at": "1"}).status_code == 404
    assert office.get(page, {"at": "x"}).status_code == 404


def test_a_name_is_mapped_once_and_the_page_says_so(office, place, draft):
    page = page_of(draft, "units")
    assert "待对应" in words(office.get(page, {"raw": "县教育局"}))

    answer = office.post(page, {"raw": "县教育局", "organ": "410825-civil"}, follow=True)

    assert "今后都对应到所选单位" in words(answer)
    assert "待对应" not in words(answer)
    assert office.post(page, {"raw": "县教育局", "organ": "no"}).status_code == 422


def test_publishing_says_what_it_will_do_and_does_it(office, place, draft):
    page = page_of(draft, "publication")
    assert "还有 <b>6</b> 项任务待确认" in words(office.get(page))
    assert office.post(page).status_code == 422
    confirm_all(draft, place)
    assert "1 个单位名称还没有对应到单位：县教育局" in words(office.get(page))

    answer = office.post(page, follow=True)

    assert "已发布：新增 6 项，修改 0 项，未变 0 项，结束 0 项，1 个单位名称待对应" in words(answer)
    assert Obligation.objects.count() == 6


def test_a_next_version_is_compared_before_and_after_it_is_published(office, place):
    version, _ = published(place)
    text = PLAN.replace("2024年7月10日", "2025年7月10日").replace("6.开展执行宣传。", "6.出台涉企案件繁简分流办法。")

    office.post(f"/plans/{version.plan.uid}/next", {"file": sent(text)})

    draft = PlanVersion.objects.get(plan=version.plan, state="draft")
    before = words(office.get(page_of(draft, "comparison")))
    assert "<del>2024-07-10 前、每半年</del> <ins>2025-07-10 前、每半年</ins>" in before
    assert "有变化 · 待确认" in words(office.get(page_of(draft)))
    row = row_named(draft, "出台涉企案件繁简分流办法")
    office.post(page_of(draft, "rows", row.pk), {"act": "pair", "continues": "6"})
    assert "对应执行中的任务" in words(office.get(page_of(draft, "rows", row.pk)))
    confirm_all(draft, place)
    publish(draft, by=place.officer, now=NOW)
    assert "第 1 版 → 第 2 版" in words(office.get(page_of(draft, "comparison")))
    assert "已被新版替代" in words(office.get(page_of(version)))


def test_a_task_that_is_gone_says_why(office, place):
    version, _ = published(place)
    draft = upload_version(version.plan, a_file("编号：2\n" + PLAN), by=place.officer, now=NOW)
    row = row_named(draft, "开展执行宣传")

    office.post(page_of(draft, "rows", row.pk), {"act": "dismiss", "reason": "已经完成"})

    assert "理由：已经完成" in words(office.get(page_of(draft, "comparison")))
    assert "这是第一版" in words(office.get(page_of(version, "comparison")))


def test_a_file_is_read_again_from_its_page(office, place, draft):
    answer = office.post(page_of(draft, "read"), follow=True)
    assert "已重新读取：7 项与原来相同" in words(answer)
    office.post(page_of(draft, "sentence"), {"act": "add", "title": "口头部署", "modality": "must", "text": ""})
    assert "另有 1 项是人工增改的" in words(office.post(page_of(draft, "read"), follow=True))
    scan = upload_plan(Upload(content=b"\x89PNG", file_name="a.png"), by=place.officer, now=NOW)

    assert "文件仍然无法读取" in words(office.post(page_of(scan, "read"), follow=True))


def test_a_draft_that_is_given_up_leaves_the_list_and_says_so(office, draft):
    shown = words(office.post(page_of(draft, "abandon"), follow=True))

    assert "已放弃，文件仍然保存" in shown
    assert "还没有方案" in shown
    assert "这一版已放弃" in words(office.get(page_of(draft)))


def test_the_light_of_an_obligation_stands_beside_the_text(office, place):
    version, _ = published(place)
    Obligation.objects.filter(number=6).update(closed_on=NOW.date(), closed_reason="已完成")

    shown = words(office.get(page_of(version)))

    assert "已销号" in shown
    assert 'class="light light-overdue">已逾期' in shown


def test_somebody_without_a_post_sees_no_plan(place):
    version, _ = published(place)
    nobody = signed_in(an_official(an_organ(), until=NOW.date()))

    assert nobody.get(f"/plans/{version.plan.uid}").status_code == 404
    assert "还没有方案" in words(nobody.get("/plans"))
