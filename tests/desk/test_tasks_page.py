"""任务台账: what an address asks for, one task, what is done with it, and what is taken away."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.builders import an_official, an_organ
from tests.builders_plans import a_plan, an_obligation, an_office_holder
from tests.matter_rows import Part, a_matter

from fuyuantong.desk.obligations import page
from fuyuantong.matters.models.matter import Phase
from fuyuantong.plans.evidence import Query, Source
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.services.calendar_openings import open_owed_returns
from fuyuantong.plans.services.due_items import create_due_items

pytestmark = pytest.mark.django_db
SIGNED = Query(source=Source.MATTERS, mechanism="countersignature")


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def court():
    return an_organ("410825-court", branch="court", short="县法院")


@pytest.fixture
def meeting(plan, court):
    made = an_obligation(
        plan,
        court,
        title="召开会议",
        dues=({"period": "month", "raw": "每月"},),
        since=timezone.localdate() - timedelta(days=100),
    )
    EvidenceRule.objects.create(obligation=made, query=SIGNED.as_data(), set_at=timezone.now())
    create_due_items(now=timezone.now())
    return made


@pytest.fixture
def training(plan, court):
    made = an_obligation(
        plan,
        an_organ(short="县司法局"),
        joint=(court,),
        title="业务培训",
        dues=({"on": date(2021, 4, 30)},),
        since=date(2021, 1, 1),
    )
    create_due_items(now=timezone.now())
    return made


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def clerk(court):
    return signed_in(an_official(court))


@pytest.fixture
def officer(plan):
    return signed_in(an_office_holder(plan))


def get(client, address, status=200, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def post(client, address, **given):
    """Send a form; shape: the page that it leads to."""
    return client.post(address, given, follow=True).content.decode()


def test_the_list_shows_who_when_and_how_it_stands(meeting, training, clerk):
    text = get(clerk, "/tasks")

    assert "召开会议" in text
    assert "县司法局" in text
    assert "尚未举证，已逾期" in text
    assert "待人工举证 1/2" in text


def test_a_filter_narrows_the_list_and_a_part_of_the_page_is_enough(meeting, training, clerk):
    text = get(clerk, "/tasks?cadence=month&mine=1&closed=1&evidence=computed", **{"HX-Request": "true"})

    assert "召开会议" in text
    assert "业务培训" not in text
    assert "<html" not in text


def test_a_list_goes_on_on_the_next_page(meeting, training, clerk, monkeypatch):
    monkeypatch.setattr(page, "SIZE", 1)

    assert "page=2" in get(clerk, "/tasks")
    assert "上一页" in get(clerk, "/tasks?page=2&plan=all")


@pytest.mark.parametrize("query", ["plan=x", "state=x", "due=x", "cadence=x", "evidence=x"])
def test_what_cannot_be_asked_is_refused(clerk, query):
    assert "不是可以选择的筛选条件" in get(clerk, f"/tasks?{query}", status=422)


def test_without_tasks_the_page_says_where_they_come_from(plan, clerk):
    assert "还没有任务" in get(clerk, f"/tasks?plan={plan.uid}")
    assert "没有符合条件的任务" in get(clerk, "/tasks?q=无&state=done&page=x")


def test_a_stranger_of_another_county_sees_none(meeting):
    stranger = signed_in(an_official(an_organ("410826-court")))

    assert "召开会议" not in get(stranger, "/tasks?plan=all")
    assert stranger.get(f"/tasks/{meeting.uid}").status_code == 404


def test_a_task_counts_matters_of_others_and_lists_only_what_one_sees(meeting, court, clerk, plan):
    a_matter(
        Part(court, "signer"),
        mechanism="countersignature",
        state="signed",
        phase=Phase.CLOSED,
        title="会签甲",
        closed_at=timezone.now(),
    )
    reader = signed_in(an_official(an_organ("410825-other")))

    assert "会签甲" in get(clerk, f"/tasks/{meeting.uid}")
    text = get(reader, f"/tasks/{meeting.uid}")
    assert "计入的 1 件，您看得到其中 0 件" in text
    assert "会签甲" not in text


def test_an_organ_shows_evidence_and_the_office_confirms_and_opens_again(training, plan, officer):
    bureau = signed_in(an_official(training.responsible.get(part="lead").organ))
    item, at = training.due_items.get(), f"/tasks/{training.uid}"
    file = SimpleUploadedFile("签到表.pdf", b"%PDF-1.4", content_type="application/pdf")
    assert "已举证，待领导小组办公室确认" in post(bureau, f"{at}/note", item=item.pk, text="已培训。", files=file)
    note = training.notes.get()
    assert bureau.get(f"/tasks/file/{note.files.get().pk}").getvalue() == b"%PDF-1.4"

    assert "已确认完成" in post(officer, f"{at}/decide", act="confirm-item", item=item.pk, reason="材料齐全")
    assert "由领导小组办公室确认完成" in get(officer, at)
    assert "已重新打开" in post(officer, f"{at}/decide", act="reopen-item", item=item.pk, reason="材料不实")
    item.refresh_from_db()
    assert item.done_on is None


def test_a_task_is_closed_and_opened_again(meeting, officer):
    at = f"/tasks/{meeting.uid}"

    assert "销号：全部完成" in post(officer, f"{at}/decide", act="close", reason="全部完成")
    assert "已重新打开" in post(officer, f"{at}/decide", act="reopen", reason="有新情况")
    assert officer.post(f"{at}/decide", {"act": "else"}).status_code == 404
    assert officer.post(f"{at}/decide", {"act": "confirm-item", "item": "9"}).status_code == 404


def test_what_is_refused_keeps_what_was_typed(training, clerk):
    response = clerk.post(f"/tasks/{training.uid}/decide", {"act": "close", "reason": "完成"})

    assert response.status_code == 422
    assert "没有办理权限" in response.content.decode()


def test_a_joint_unit_says_how_it_goes_on(training, clerk):
    assert "已记下进展说明" in post(clerk, f"/tasks/{training.uid}/note", text="已派员参加。")
    assert "已派员参加。" in get(clerk, "/tasks")


def test_a_file_of_nobody_is_not_there(clerk):
    assert clerk.get("/tasks/file/1").status_code == 404


RULE = {
    "mechanism": "conference",
    "whose": "region",
    "window": "period",
    "measure": "percent",
    "percent": "80",
    "value": "series=季度常规会议",
    "role": "convenor",
}


def test_the_office_says_by_what_a_task_is_measured(meeting, officer):
    at = f"/tasks/{meeting.uid}/evidence"
    assert "季度常规会议" in get(officer, f"{at}?mechanism=conference")

    assert "到期的按期办结不低于 80%" in post(officer, at, **RULE)
    assert "另须人工核定：覆盖率" in post(
        officer, at, **{**RULE, "measure": "number", "number": "2", "beside": "覆盖率"}
    )
    assert "待人工举证" in post(officer, at, by_hand="1")


@pytest.mark.parametrize("wrong", [{"percent": "x"}, {"whose": "x"}, {"role": "x"}])
def test_a_rule_that_makes_no_sense_is_refused(meeting, officer, wrong):
    assert officer.post(f"/tasks/{meeting.uid}/evidence", {**RULE, **wrong}).status_code == 422


def test_the_office_lets_the_calendar_open_a_return_for_each_period(meeting, officer):
    address = f"/tasks/{meeting.uid}/evidence"
    shown = officer.get(address, {"mechanism": "periodic-return"}).content.decode()
    told = {
        "mechanism": "periodic-return",
        "by_calendar": "1",
        "sort": "推进情况",
        "receiver": an_organ(short="县政府").code,
    }
    refused = officer.post(address, told | {"sort": ""})
    officer.post(address, told)
    open_owed_returns(now=timezone.now())

    assert "由系统按期生成报送" in shown
    assert (refused.status_code, "没有选择报送哪一种" in refused.content.decode()) == (422, True)
    page = officer.get(f"/tasks/{meeting.uid}").content.decode()
    assert "每期到时由系统给每个承担单位各生成一件“推进情况”" in page
    assert ("本期报送：" in page, "推进情况</a>" in page) == (True, True)


def test_a_mechanism_that_no_calendar_opens_is_refused(meeting, officer):
    told = {"mechanism": "conference", "by_calendar": "1"}

    assert officer.post(f"/tasks/{meeting.uid}/evidence", told).status_code == 422


def test_another_than_the_office_sets_no_rule(meeting, clerk):
    assert "没有办理权限" in get(clerk, f"/tasks/{meeting.uid}/evidence", status=422)


def test_the_sheet_has_the_seven_columns_and_the_rows_that_are_shown(meeting, training, clerk):
    answer = clerk.get("/tasks/export?cadence=month")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    title, note, heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert title[0] == "温县府院联动工作方案任务台账"
    assert note[0].startswith("时限：每月；共 1 项；待人工举证 0/1；县法院 ")
    assert heads == ["序号", "事项", "牵头单位", "责任单位", "完成时限", "进展", "状态"]
    ((number, task, lead, joint, due, progress, state),) = rows
    assert (task, lead, joint, due, state) == ("二(一)1 召开会议", "县法院", None, "每月", "已逾期")
    assert (number, "“会签”0 件，要求 1 件" in progress) == (meeting.number, True)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)


def test_the_paper_says_what_it_is_a_list_of(meeting, training, clerk):
    text = get(clerk, "/tasks/print?plan=all&lead=法院&state=overdue&mine=1&closed=1")

    assert "牵头：法院；状态：已逾期；只有本单位的；含已销号；共 1 项" in text


def test_the_workbench_shows_what_ones_organ_owes(meeting, clerk):
    text = get(clerk, "/")

    assert "本单位任务" in text
    assert "召开会议</a> 20" in text
