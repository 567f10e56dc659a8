"""Two journeys: a bulletin to thirty organs of which three are late; the five figures, from the calendar to the freeze."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.builders import an_official, an_organ
from tests.builders_plans import a_plan, an_obligation
from tests.suggestions import at

from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.ladder import climb
from fuyuantong.matters.session import acting
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.queries.standings import standings
from fuyuantong.plans.services.calendar_openings import open_owed_returns
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.evidence import Known, set_suggested

pytestmark = pytest.mark.django_db
NOTICE = {
    "title": "上半年行政审判情况通报",
    "category": "指导性典型案例和裁判规则",
    "content": "上半年受理行政案件四十三件。",
    "wants_answer": False,
    "question": "无",
    "answer_by": "2026-12-01",
}
LATE = (3, 17, 29)


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def court():
    return an_organ("410825-court", branch="court", short="县法院")


@pytest.fixture
def judge(court):
    return an_official(court, kind=PostKind.HEAD)


def sent(judge, court, organs):
    """Send the bulletin; return its id and the receipts by the code of their organ."""
    by, now = By(judge, organ=court.code), at("2026-11-02")
    matter = open_by_hand("bulletin", NOTICE["title"], by=by, now=now).matter
    values = {**NOTICE, "addressee_organs": [organ.code for organ in organs]}
    perform(matter, "send", by=by, now=now, form=Form(values=values))
    with acting():
        receipts = Matter.objects.filter(parent__uid=matter).select_related("holder")
        return matter, {one.holder.code: str(one.uid) for one in receipts}


def test_a_bulletin_to_thirty_tells_who_is_late_by_name_and_day(court, judge):
    organs = [an_organ(f"410825-unit{n:02}", short=f"第{n:02}局") for n in range(30)]
    people = {organ.code: an_official(organ) for organ in organs}
    late = [organs[n] for n in LATE]
    matter, receipts = sent(judge, court, organs)
    for organ in organs:
        if organ not in late:
            perform(receipts[organ.code], "sign", by=By(people[organ.code], organ=organ.code), now=at("2026-11-03"))
    climbed = climb(now=at("2026-11-06", "10:00"))
    let_lapse(now=at("2026-11-09"))

    page = signed_in(judge).get(f"/matter/{matter}").content.decode()
    with acting():
        open_ones = Matter.objects.filter(parent__uid=matter, state="late")
        assert {one.holder for one in open_ones.select_related("holder")} == {*late}
        assert climbed == Rung.objects.filter(matter__in=open_ones, rung="urge").count() == 3
        assert all(f"{one.due_on:%m-%d}" in page for one in open_ones)
    assert (page.count("逾期未签收"), page.count("已签收")) == (3, 27)
    assert all(organ_name in page for organ_name in ("第03局", "第17局", "第29局"))

    for organ in late[:2]:
        perform(receipts[organ.code], "sign_late", by=By(people[organ.code], organ=organ.code), now=at("2026-11-10"))
    let_lapse(now=at("2026-11-22"))
    summary = {"summary": "二十七家按期签收，两家补签，第29局未签收。"}
    done = perform(matter, "sum_up", by=By(judge, organ=court.code), now=at("2026-11-22"), form=Form(values=summary))
    with acting():
        states = Matter.objects.filter(parent__uid=matter).order_by().values_list("state", flat=True)
        assert sorted(set(states)) == ["noted", "noted_late", "unsigned"]
    assert done.state == "summed_up"


FIVE = [
    ["行政机关败诉率", 7, 43, "按审结案件计算"],
    ["行政机关负责人出庭率", 22, 25, "两件延期开庭未计入"],
    ["司法建议和检察建议回复率", 9, 10, "一件未到期"],
    ["生效裁判自动履行率", 31, 36, "五件进入执行"],
    ["信息公开案件败诉率", 2, 9, "按审结案件计算"],
]


def filled(client, matter, rows):
    """Download the template, fill it in, read it, and send what then stands in the form."""
    address = f"/matter/{matter}/act/report_figures"
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(f"{address}/sheet/figures").streaming_content)))
    before = [[cell.value for cell in line[1:5]] for line in book.worksheets[0].iter_rows(min_row=4, max_row=8)]
    for number, row in enumerate(rows, 4):
        for place, value in enumerate(row, 2):
            book.worksheets[0].cell(number, place, value)
    file = BytesIO()
    book.save(file)
    shown = client.post(
        address, {"table:figures": SimpleUploadedFile("五项.xlsx", file.getvalue()), "do": "fill:figures"}
    )
    assert "读入 5 行" in shown.content.decode()
    names = ("indicator", "numerator", "denominator", "note")
    typed = {
        f"figures.{n}.{key}": value for n, row in enumerate(rows, 1) for key, value in zip(names, row, strict=True)
    }
    assert client.post(address, {**typed, "do": "perform"}).status_code == 302
    return before


def act(client, matter, move, **values):
    answer = client.post(f"/matter/{matter}/act/{move}", {**values, "do": "perform", "sure": "yes"})
    assert answer.status_code == 302, answer.content.decode()


def test_the_five_figures_from_the_calendar_to_the_freeze(court, judge):
    now, later = timezone.now(), (timezone.localdate() + timedelta(days=20)).isoformat()
    plan = a_plan(since=timezone.localdate() - timedelta(days=200))
    owed = an_obligation(plan, court, dues=({"period": "quarter"},), since=timezone.localdate() - timedelta(days=100))
    set_suggested(owed, now=now, known=Known(rows=("INF-07",), opens="涉诉五项指标"))
    create_due_items(now=now)
    open_owed_returns(now=now)
    with acting():
        matter = str(Matter.objects.filter(mechanism="periodic-return").latest("due_on").uid)
    reporter, office = signed_in(judge), signed_in(an_official(plan.office, kind=PostKind.HEAD))

    wrong = [["行政机关败诉率", 7, 34, "按审结案件计算"], *FIVE[1:]]
    filled(reporter, matter, wrong)
    act(office, matter, "return_it", opinion="第一行分母与收案数不符，请核对。", due_by=later)
    assert filled(reporter, matter, FIVE)[0] == ["行政机关败诉率", "7", "34", "按审结案件计算"]
    act(office, matter, "accept", opinion="与系统数据一致。")
    reporter.post(f"/matter/{matter}/request/ask_correction", {"reason": "补录一件已结案件"})
    act(office, matter, "reopen", reason="补录一件已结案件", due_by=later)
    filled(reporter, matter, [["行政机关败诉率", 8, 43, "补计一件"], *FIVE[1:]])
    act(office, matter, "accept", opinion="核对无误。")
    act(office, matter, "freeze", opinion="冻结。")

    with acting():
        versions = Record.objects.filter(matter__uid=matter, move="report_figures").order_by("seq")
        lines = [(one.values["figures"][0]["numerator"], one.values["figures"][0]["denominator"]) for one in versions]
        assert lines == [(7, 34), (7, 43), (8, 43)]
        assert Record.objects.filter(matter__uid=matter, move="reopen").get().values["reason"] == "补录一件已结案件"
        assert Matter.objects.get(uid=matter).state == "frozen"
    assert standings(owed.due_items.all(), now=now)[-1].judgment.progress == "done"
