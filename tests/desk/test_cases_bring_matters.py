"""What is begun from the register: responses, suggestions about similar cases, notices of hearings; what waits at the desks."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk.case_pages import case_page, imported
from tests.suggestions import COURT, FORESTRY, GOVERNMENT, HOUSING
from tests.unit.registers.conftest import ONE

from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services.outbox import send
from fuyuantong.matters.session import acting
from fuyuantong.notices.services import addressing
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.services import warning

pytestmark = pytest.mark.django_db


@pytest.fixture
def warned(of):
    """Let the court have five cases of one cause against the housing bureau, found by the worker."""
    rows = (f"（2026）豫0825行初{n}号,住建局,甲某,行政许可,2026-09-02,,,,,,,,,," for n in range(1, 6))
    imported(of(COURT), *rows)
    warning.find_warnings(now=timezone.now())
    with acting():
        return f"/cases/warnings/{CaseWarning.objects.get().pk}"


def test_a_bureau_begins_its_response_with_what_the_register_knows(of):
    imported(of(COURT), ONE)
    page = case_page(of(HOUSING))
    address, way = (
        re.search(r'action="(/cases/[0-9]+/begin)"', page)[1],
        re.search(r'name="way" value="([^"]+)"', page)[1],
    )
    begun = of(HOUSING).post(address, {"way": way}, follow=True).content.decode()

    above = case_page(of(GOVERNMENT))
    assert "住建局" in above
    assert "就本案办理" not in above
    assert f'value="{way}"' not in case_page(of(COURT))
    assert 'value="（2026）豫0825行初1号"' in begun
    assert "<dt>案件登记</dt>" in begun
    assert 'value="2026-03-05"' in begun
    for organ, name in ((HOUSING, "x"), (GOVERNMENT, way)):
        told = of(organ).post(address, {"way": name}, follow=True).content.decode()
        assert "本单位不能就本案这样办理" in told


def test_a_warning_reaches_the_desks_of_the_court_once_and_stays_until_it_is_decided(of, warned):
    court, bureau = of(COURT), of(HOUSING)
    warning.find_warnings(now=timezone.now())
    with acting():
        send(list(Outbox.objects.filter(target="similar-cases")), now=timezone.now())
    addressing.address(now=timezone.now())
    listed = court.get("/notices").content.decode()

    assert listed.count("类案预警：新增 1 条，请决定怎样处理") == 1
    assert "还没有通知" in bureau.get("/notices").content.decode()
    opened = court.post(re.search(r'action="(/notices/[0-9]+[^"]*)"', listed)[1])
    assert opened["Location"] == "/cases/warnings"
    assert (warned in court.get("/").content.decode(), warned in bureau.get("/").content.decode()) == (True, False)
    court.post(f"{warned}/let-be", {"reason": "系列案"})
    assert warned not in court.get("/").content.decode()


def test_who_was_sued_is_told_at_its_desk_how_long_it_has_to_answer(of):
    lately = (timezone.now() - timedelta(days=3)).date().isoformat()
    imported(of(COURT), f"（2026）豫0825行初5号,住建局,甲某,行政许可,,{lately},,,,,,,,,")
    told = of(HOUSING).get("/").content.decode()

    assert "被诉案件，待答辩" in told
    assert "（2026）豫0825行初5号</a> 行政许可" in told
    assert "被诉案件" not in of(COURT).get("/").content.decode()
    assert "被诉案件" not in of(FORESTRY).get("/").content.decode()


def test_a_court_is_warned_of_similar_cases_and_begins_a_suggestion(of, warned):
    court = of(COURT)
    assert "<b>5</b> 件" in court.get("/cases/warnings").content.decode()
    page = court.get(warned).content.decode()
    way = re.search(r'name="way" value="([^"]+)"', page)[1]

    assert "（2026）豫0825行初5号" in page
    assert "没有选定怎样办理" in court.post(f"{warned}/begin", {"title": "类案"}, follow=True).content.decode()
    begun = court.post(f"{warned}/begin", {"way": way, "title": "住建局行政许可类案"}, follow=True).content.decode()
    assert "行政许可案件5件：（2026）豫0825行初1号" in begun
    assert "已立项办理" in court.get(warned).content.decode()


def test_a_court_lets_a_warning_be_with_a_reason_and_nobody_else_sees_it(of, warned):
    court = of(COURT)
    assert of(HOUSING).get(warned).status_code == 404
    assert "没有待处理的类案预警" in of(HOUSING).get("/cases/warnings").content.decode()
    assert "须写明理由" in court.post(f"{warned}/let-be", follow=True).content.decode()
    court.post(f"{warned}/let-be", {"reason": "系列案"})
    assert "不需处理：系列案" in court.get("/cases/warnings").content.decode()


HEARD = ONE.replace("2026-04-08；2026-05-08,出庭；未出庭", "2099-05-08,")


def test_a_hearing_to_come_is_notified_from_the_list_and_once(of):
    court = of(COURT)
    imported(court, HEARD)
    page = court.get("/cases/hearings").content.decode()
    marks, way = re.findall(r'name="one" value="([^"]+)"', page), re.search(r'name="way" value="([^"]+)"', page)[1]

    assert len(marks) == 2
    both = court.post("/cases/hearings/notify", {"one": marks, "way": way}, follow=True).content.decode()
    assert "已建立 2 件“负责人出庭应诉”" in both
    assert both.count("已立项</a>") == 2
    again = court.post("/cases/hearings/notify", {"one": marks[:1], "way": way}, follow=True).content.decode()
    assert "已经就这次开庭立项" in again
    assert (
        "请勾选 1 至 100 项"
        in court.post("/cases/hearings/notify", {"one": "x:2099-13-01:1"}, follow=True).content.decode()
    )


def test_a_hearing_too_near_to_serve_and_an_organ_elsewhere_are_marked(of):
    court = of(COURT)
    soon = (timezone.now() + timedelta(days=1)).date().isoformat()
    imported(court, HEARD.replace("住建局；林业局", "住建局；邻县某局").replace("2099-05-08", soon))
    page = court.get("/cases/hearings").content.decode()
    marks = re.findall(r'name="one" value="([^"]+)"', page)
    way = re.search(r'name="way" value="([^"]+)"', page)[1]

    assert ("已不足三日" in page, "未对应到单位，请另行书面通知" in page) == (True, True)
    assert "开庭，待通知负责人" in court.get("/").content.decode()
    told = court.post("/cases/hearings/notify", {"one": marks[1], "way": way}, follow=True).content.decode()
    assert "没有这次开庭：“邻县某局”未对应到单位，系统送不到。名录中有这个单位的" in told


def test_a_hearing_is_notified_from_its_case_and_the_form_is_filled_in(of):
    court = of(COURT)
    imported(court, HEARD)
    page = case_page(court)
    mark, way = re.search(r'name="one" value="([^"]+)"', page)[1], re.search(r'name="way" value="([^"]+)"', page)[1]
    case = mark.partition(":")[0]
    matter = court.post("/cases/hearings/notify", {"one": mark, "way": way, "case": case}, follow=True).content.decode()

    assert 'value="2099-05-08"' in matter
    assert "已立项</a>" in case_page(court)
    assert "由登记案件的人民法院查看" in of(HOUSING).get("/cases/hearings").content.decode()
    assert "通知负责人出庭" not in case_page(of(HOUSING))
    bad = {"one": mark.replace("2099-05-08", "2099-05-09"), "way": way, "case": case}
    assert "没有这次开庭" in court.post("/cases/hearings/notify", bad, follow=True).content.decode()
