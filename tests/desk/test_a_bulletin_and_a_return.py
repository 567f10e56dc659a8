"""Two journeys: a bulletin to thirty organs of which three are late; the five figures, from the calendar to the freeze."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.builders_plans import a_plan, an_obligation
from tests.desk.acting import fill, press, said
from tests.desk.conftest import Complaints, barriers, photograph
from tests.desk.matters import COURT, by
from tests.suggestions import at

from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.ladder import climb
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.queries.standings import standings
from fuyuantong.plans.services.calendar_openings import open_owed_returns
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.evidence import Known, set_suggested

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
Clock = Callable[[datetime], None]
OFFICE = "410825-liaison-office"
CLERKS = (PostKind.HANDLER, PostKind.OFFICE)
NOTICE = {
    "title": "上半年行政审判情况通报",
    "category": "指导性典型案例和裁判规则",
    "content": "上半年受理行政案件四十三件。",
}
LATE = {"县财政局": "410825-finance", "县税务局": "410825-tax", "祥云镇": "410825101-government"}


def clerk_of(organ: str) -> By:
    """Return somebody of an organ who may handle its matters."""
    held = Account.objects.filter(tenures__post__organ__code=organ, tenures__post__kind__in=CLERKS)
    return By(held.order_by("pk")[0], organ)


def sent() -> tuple[str, dict[str, str]]:
    """Send the court's bulletin to everybody else; shape: its uid, and the receipts by their organs."""
    judge, now = by("court.signer", COURT), timezone.now()
    others = Organ.objects.filter(posts__kind__in=CLERKS).exclude(code=COURT).distinct()
    matter = open_by_hand("bulletin", NOTICE["title"], by=judge, now=now).matter
    values = {**NOTICE, "addressee_organs": sorted(others.values_list("code", flat=True))}
    perform(matter, "send", by=judge, now=now, form=Form(values=values))
    with acting():
        receipts = Matter.objects.filter(parent__uid=matter).select_related("holder")
        return matter, {one.holder.code: str(one.uid) for one in receipts}


def test_a_bulletin_to_thirty_tells_who_is_late_by_name_and_day(
    stage: object, official: Official, complaints: Complaints, clock: Clock
) -> None:
    clock(at("2026-11-02"))
    matter, receipts = sent()
    for organ in receipts.keys() - {*LATE.values()}:
        perform(receipts[organ], "sign", by=clerk_of(organ), now=at("2026-11-03"))
    climbed = climb(now=at("2026-11-06", "10:00"))
    let_lapse(now=at("2026-11-09"))
    clock(at("2026-11-09", "10:00"))

    court = official("court.signer")
    court.goto(f"/matter/{matter}")
    with acting():
        found = Matter.objects.filter(parent__uid=matter, state="late").select_related("holder")
        late = {one.holder.code: one for one in found}
        assert climbed == Rung.objects.filter(matter__in=late.values(), rung="urge").count() == 3
    assert (len(receipts), late.keys()) == (30, {*LATE.values()})
    expect(court.get_by_text("已签收", exact=True)).to_have_count(27)
    for name, organ in LATE.items():
        line = court.get_by_role("row").filter(has_text=name)
        expect(line).to_contain_text("逾期未签收")
        expect(line).to_contain_text(f"{late[organ].due_on:%m-%d}")
    photograph(court, "matter-bulletin-late")
    assert barriers(court) == []

    for organ in ("410825-finance", "410825-tax"):
        bureau = official(clerk_of(organ).account.username, size="phone")
        bureau.goto(f"/matter/{receipts[organ]}")
        press(bureau, "提交：补签", sure=True)
        said(bureau, "办结")
    let_lapse(now=at("2026-11-22"))
    clock(at("2026-11-22"))
    court = official("court.signer")
    court.goto(f"/matter/{matter}")
    fill(court, summary="二十七家按期签收，两家补签，祥云镇未签收。")
    press(court, "提交：汇总，办结", sure=True)
    with acting():
        states = Matter.objects.filter(parent__uid=matter).order_by().values_list("state", flat=True)
        assert sorted(set(states)) == ["noted", "noted_late", "unsigned"]
    assert complaints == []


FIVE = [
    ["行政机关败诉率", 7, 43, "按审结案件计算"],
    ["行政机关负责人出庭率", 22, 25, "两件延期开庭未计入"],
    ["司法建议和检察建议回复率", 9, 10, "一件未到期"],
    ["生效裁判自动履行率", 31, 36, "五件进入执行"],
    ["信息公开案件败诉率", 2, 9, "按审结案件计算"],
]


def filled(page: Page, matter: str, rows: Sequence[Sequence[object]], *, folder: Path) -> list[object]:
    """Fill in the template, read it into the form, look and send it; shape: what stood in its first row before."""
    page.goto(f"/matter/{matter}")
    page.get_by_text("用 Excel 填写").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板", exact=True).click()
    download.value.save_as(folder / "模板.xlsx")
    book = openpyxl.load_workbook(folder / "模板.xlsx")
    sheet = book.worksheets[0]
    before = [cell.value for cell in sheet[4][1:5]]
    for number, row in enumerate(rows, 4):
        for place, value in enumerate(row, 2):
            sheet.cell(number, place, value)
    book.save(folder / "五项指标.xlsx")
    page.get_by_label("填好的表格").set_input_files(folder / "五项指标.xlsx")
    press(page, "读入表格")
    expect(page.get_by_text("读入 5 行")).to_be_visible()
    expect(page.locator("#box-figures tbody tr")).to_have_count(5)
    photograph(page, "matter-return-filled")
    press(page, "签发并提交", sure=True)
    return before


def act(page: Page, matter: str, move: str, title: str, *, sure: bool = False, **values: str) -> None:
    """Make a move at the desk."""
    page.goto(f"/matter/{matter}?act={move}")
    fill(page.locator("#panel"), **values)
    press(page, f"提交：{title}", sure=sure)


def test_the_five_figures_from_the_calendar_to_the_freeze(
    stage: object, official: Official, complaints: Complaints, clock: Clock, tmp_path: Path
) -> None:
    clock(at("2026-11-02"))
    plan = a_plan(Organ.objects.get(code=OFFICE), since=at("2026-07-01").date())
    owed = an_obligation(
        plan, Organ.objects.get(code=COURT), dues=({"period": "quarter"},), since=at("2026-09-01").date()
    )
    set_suggested(owed, now=timezone.now(), known=Known(rows=("INF-07",), opens="涉诉五项指标"))
    create_due_items(now=timezone.now())
    open_owed_returns(now=timezone.now())
    with acting():
        matter = str(Matter.objects.get(mechanism="periodic-return").uid)
    reporter, office = official("court.signer"), official("liaison-office.signer")

    filled(reporter, matter, [["行政机关败诉率", 7, 34, "按审结案件计算"], *FIVE[1:]], folder=tmp_path)
    act(office, matter, "return_it", "退回更正", opinion="第一行分母与收案数不符，请核对。", due_by="2026-12-20")
    assert filled(reporter, matter, FIVE, folder=tmp_path) == ["行政机关败诉率", "7", "34", "按审结案件计算"]
    act(office, matter, "accept", "核对无误，接收", opinion="核对无误。")
    asked = Form(values={"reason": "补录一件已结案件"})
    make_request(matter, "ask_correction", by=by("court.signer", COURT), now=timezone.now(), form=asked)
    act(office, matter, "reopen", "准许更正", reason="补录一件已结案件", due_by="2026-12-20")
    filled(reporter, matter, [["行政机关败诉率", 8, 43, "补计一件"], *FIVE[1:]], folder=tmp_path)
    act(office, matter, "accept", "核对无误，接收", opinion="核对无误。")
    act(office, matter, "freeze", "冻结", sure=True, opinion="冻结。")

    expect(office.get_by_text("已冻结").first).to_be_visible()
    with acting():
        versions = Record.objects.filter(matter__uid=matter, move="report_figures").order_by("seq")
        lines = [(one.values["figures"][0]["numerator"], one.values["figures"][0]["denominator"]) for one in versions]
        assert lines == [(7, 34), (7, 43), (8, 43)]
        assert Record.objects.filter(matter__uid=matter, move="reopen").get().values["reason"] == "补录一件已结案件"
    assert standings(owed.due_items.all(), now=timezone.now())[-1].judgment.progress == "done"
    assert complaints == []
