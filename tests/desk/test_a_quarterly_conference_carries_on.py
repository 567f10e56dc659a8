"""A quarterly conference from both sides' items to its minutes, and what it resolved and nobody did to the next one."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pdfplumber
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.desk.acting import begin, fill, in_days, press, said
from tests.desk.conftest import Complaints, barriers, photograph
from tests.desk.matters import COURT, JUSTICE, by

from fuyuantong.documents import services as documents
from fuyuantong.documents.drafts import drafts_of
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.acts import Form, perform
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.inner import save_draft
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ
from fuyuantong.protocol import Json

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
OFFICE, PROCURATORATE = "410825-liaison-office", "410825-procuratorate"
SIGNERS = {
    OFFICE: "liaison-office.signer",
    COURT: "court.signer",
    PROCURATORATE: "procuratorate.signer",
    JUSTICE: "justice.signer",
}
TITLE, SERIES = "第四季度府院联动常规联席会议", "季度常规会议"
DONE, NEGLECTED = "统一涉企行政处罚裁量标准", "建立行政非诉执行案件移送清单"
PRESENT = {"person": "甲某", "post": "县法院副院长", "rank": "分管负责人"}
NEXT = "下一季度府院联动常规联席会议"


def test_a_quarterly_conference_carries_on(
    official: Official, complaints: Complaints, clock: Callable[[datetime], None]
) -> None:
    office = official("liaison-office.officer")
    uid = called(office)
    held(uid)
    circulated(office, uid)
    refused(official("court.signer"), child_of(uid, COURT))
    signed_in_a_second_round(uid)
    resolved = issued(official("liaison-office.signer"), uid)

    clock(timezone.now() + timedelta(days=40))
    finished(resolved[DONE])
    let_lapse(now=timezone.now())
    carried_on(official("liaison-office.officer", size="phone"), resolved[NEGLECTED])
    assert complaints == []


def called(office: Page) -> str:
    """Announce the conference and ask both sides for items; shape: its uid."""
    address = begin(office, "联席会议 筹备", TITLE)
    fill(office, title=TITLE, items_by=in_days(5))
    for organ in ("县法院", "县检察院"):
        office.get_by_role("group", name="参会单位").get_by_label(organ, exact=True).check()
    fill(office, **{"items.1.item": "通报上半年行政诉讼情况", "items.1.ground": "方案要求每季度通报"})
    with office.expect_navigation():
        fill(office, series=SERIES)
    said(office, "没有需要带入的未办结事项")
    press(office, "提交：发出预告，征集议题")
    said(office, "征集议题")
    return address.removeprefix("/matter/")


def held(uid: str) -> None:
    """Let the court propose an item, set the day, invite, and hold the conference."""
    item = Form(values={"item": "研究裁执分离分工", "ground": "三件裁定分工有分歧"})
    make_request(uid, "propose_item", by=by("court.handler", COURT), now=timezone.now(), form=item)
    act(
        uid,
        "set_agenda",
        held_on=in_days(0),
        starts_at="09:30",
        place="政府办公楼第二会议室",
        **{"items.listing": ["列入", "列入"]},
    )
    for organ in (COURT, PROCURATORATE):
        act(child_of(uid, organ), "accept", attendee="乙某", attendee_post="副职", rank="分管负责人")
    act(uid, "hold", attendance=[PRESENT])


def circulated(office: Page, uid: str) -> None:
    """Give every item its outcome and have the minutes countersigned."""
    office.goto(f"/matter/{uid}")
    expect(office.locator("#box-items tbody tr")).to_have_count(2)
    for number in (1, 2):
        office.locator(f"[name='items.{number}.outcome']").fill("会议同意。")
    fill(office, minutes="会议听取了情况通报，研究了裁执分离分工。")
    for organ in ("县法院", "县检察院"):
        office.get_by_role("group", name="会签单位").get_by_label(organ, exact=True).check()
    press(office, "提交：送各方会签", sure=True)
    said(office, "会签中")


def refused(court: Page, sheet: str) -> None:
    """Refuse to sign the minutes as they are."""
    court.goto(f"/matter/{sheet}?act=object")
    fill(court, opinion="议定事项二的主办单位应为县司法局")
    press(court, "签发并提交", sure=True)
    said(court, "办结")


def signed_in_a_second_round(uid: str) -> None:
    """Change the minutes and collect the signatures of both sides."""
    act(child_of(uid, PROCURATORATE), "sign", opinion="同意")
    rows: list[Json] = [
        {"title": title, "content": "一个月内办结", "lead_organ": JUSTICE, "joint_organs": [], "due_by": in_days(20)}
        for title in (DONE, NEGLECTED)
    ]
    act(uid, "recirculate", minutes="会议听取了情况通报，研究了裁执分离分工，由县司法局主办。", resolutions=rows)
    for organ in (COURT, PROCURATORATE):
        act(child_of(uid, organ), "sign", opinion="同意")


def issued(signer: Page, uid: str) -> dict[str, str]:
    """Sign and issue the minutes; shape: the uids of the matters that they became."""
    paper = store_file("纪要".encode(), mime="text/plain", now=timezone.now())
    form = Form(values={"minutes_file": [paper], "copied": []}, names={paper: "纪要.txt"})
    chief = by(SIGNERS[OFFICE], OFFICE)
    save_draft(uid, "issue", by=chief, now=timezone.now(), form=form)
    document = documents.draft(uid, "meeting-minutes", by=chief, now=timezone.now())
    with acting():
        (found,) = drafts_of(InnerRecord.objects.filter(matter__uid=uid), organ_id=Organ.objects.get(code=OFFICE).pk)
    documents.approve(uid, document, after=found.last_seq, by=chief, now=timezone.now())

    signer.goto(f"/matter/{uid}?act=issue")
    press(signer, "签发并提交", sure=True)
    expect(signer.get_by_role("status").first).to_contain_text("本件办结")
    photograph(signer, "matter-conference-closed")
    pdf = signer.get_by_role("link", name="PDF").first.get_attribute("href")
    with pdfplumber.open(BytesIO(signer.request.get(str(pdf)).body())) as paper_read:
        text = "".join(page.extract_text() for page in paper_read.pages).replace("\n", "")
    assert [words in text for words in (f"{TITLE}纪要", DONE, NEGLECTED, "甲某")] == [True] * 4
    with acting():
        opened = Matter.objects.filter(title__in=(DONE, NEGLECTED)).values_list("title", "uid")
        return {title: str(its) for title, its in opened}


def finished(uid: str) -> None:
    """Do what was resolved, and have it struck off."""
    act(uid, "receive")
    paper = store_file("裁量标准".encode(), mime="text/plain", now=timezone.now())
    act(uid, "finish", result="裁量标准已联合印发", evidence=[paper])
    act(uid, "strike_off", verification="已达到完成标准")


def carried_on(office: Page, neglected: str) -> None:
    """Prepare the next conference of the series: it opens with what was neglected, and leads there."""
    begin(office, "联席会议 筹备", NEXT)
    with office.expect_navigation():
        fill(office, series=SERIES)
    said(office, "已带入 1 件未办结事项")
    first = office.locator("#box-items tbody tr").first
    expect(first.locator("[name$=item]")).to_have_value(f"续议：{NEGLECTED}")
    expect(first.locator("textarea")).to_have_value(re.compile("现由县司法局办理，期限 20"))
    expect(first.get_by_role("link", name=NEGLECTED)).to_have_attribute("href", f"/matter/{neglected}")
    photograph(office, "matter-conference-begins")
    assert barriers(office) == []

    fill(office, title=NEXT, items_by=in_days(5))
    office.get_by_role("group", name="参会单位").get_by_label("县法院", exact=True).check()
    press(office, "提交：发出预告，征集议题")
    office.get_by_role("link", name=NEGLECTED).first.click()
    expect(office.get_by_text("逾期").first).to_be_visible()


def act(uid: str, move: str, **values: Json) -> None:
    """Let the one who signs for the holder make a move."""
    with acting():
        holder = Matter.objects.select_related("holder").get(uid=uid).holder.code
    perform(uid, move, by=by(SIGNERS[holder], holder), now=timezone.now(), form=Form(values=values))


def child_of(uid: str, organ: str) -> str:
    """Return the uid of what an organ was asked last."""
    with acting():
        return str(Matter.objects.filter(parent__uid=uid, holder__code=organ, phase=0).latest("pk").uid)
