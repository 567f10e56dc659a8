"""A hearing of the register becomes a notice, once; what the notice finds of the head goes back into the register."""

import pytest
from django.test import Client
from tests.suggestions import COURT, FORESTRY, HOUSING, act, at, standing
from tests.unit.registers.conftest import NOW, ONE, brought, the_case

from fuyuantong.docket.appearances import Finding
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.inner import propose
from fuyuantong.matters.session import acting
from fuyuantong.protocol.naming import RowUnfit
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.models.case import Appearance, CaseEvent
from fuyuantong.registers.cases.models.feed import FedRow
from fuyuantong.registers.cases.services.feeding import confirm_feed
from fuyuantong.registers.cases.services.listening import listen
from fuyuantong.registers.cases.services.notifying import AlreadyNotified, NoSuchHearing, Spot, notify_hearing
from fuyuantong.registers.cases.staging import counts_of

pytestmark = pytest.mark.django_db
NUMBER = "（2026）豫0825行初1号"
COMING = ONE.replace("2026-04-08；2026-05-08", "2026-05-08；2026-12-20")
HEADS = "案号,负责人出庭"
AFTER = at("2026-12-21")
ATTENDEE = {"attendee": "甲某", "attendee_post": "局长", "rank": "正职", "staff": "科长"}
SCHEDULED = {
    "case_number": NUMBER,
    "instance": "一审",
    "cause": "行政处罚",
    "defendant_organ": HOUSING,
    "duty": "应当通知出庭",
    "trigger": "公共卫生安全",
    "hearing_on": "2026-12-20",
    "place": "第三审判庭",
}


def the_spot(place=1, on="2026-12-20"):
    with acting():
        return Spot(the_case().pk, at(on).date(), place)


def notified(county, spot, organ=COURT, now=NOW):
    return notify_hearing(spot, "head-appearance", by=county.by(organ), now=now).matter


@pytest.fixture
def heard(county, feed):
    """Let the bureau's head be awaited on the twentieth of December, and not come."""
    feed(COMING.replace("出庭；未出庭", ""))
    uid = notified(county, the_spot())
    act(county, uid, "schedule", now=NOW, **SCHEDULED)
    act(county, uid, "serve", now=NOW)
    paper = store_file(b"%PDF", mime="application/pdf", now=NOW)
    act(county, uid, "attend", now=NOW, **{**ATTENDEE, "identity": [paper]})
    return uid


def found(county, uid, finding, now=AFTER):
    more = {"staff_present": True, "spoke": False, "identity_check": "合格"}
    act(county, uid, "register", now=now, finding=finding, **more)
    return listen(now=now)


def findings():
    with acting():
        return {(str(one.heard_on), one.place): one.finding for one in Appearance.objects.all()}


def test_all_that_the_register_knows_stands_in_the_first_form(county, feed):
    feed(COMING)
    uid = notified(county, the_spot(place=2))

    with acting():
        values = InnerRecord.objects.get(matter__uid=uid).values["values"]
    assert values == {
        "case_number": NUMBER,
        "instance": "一审",
        "cause": "行政处罚",
        "defendant_organ": FORESTRY,
        "hearing_on": "2026-12-20",
    }
    assert standing(uid).row.title == "（2026）豫0825行初1号林业局（2026-12-20 开庭）"


def test_the_same_hearing_is_notified_once_to_each_organ_sued(county, feed):
    feed(COMING)
    first = notified(county, the_spot())
    with pytest.raises(AlreadyNotified) as refused:
        notified(county, the_spot())

    assert (str(refused.value.first), "在办" in refused.value.detail) == (first, True)
    assert notified(county, the_spot(place=2)) != first


def test_a_notice_that_was_called_off_leaves_room_for_another(county, feed):
    feed(COMING)
    act(county, notified(county, the_spot()), "drop", now=NOW, reason="误立")

    assert notified(county, the_spot())


def test_a_notice_that_was_begun_without_the_register_counts(county, feed):
    feed(COMING)
    uid = open_by_hand("head-appearance", "出庭通知", by=county.by(COURT), now=NOW).matter
    act(county, uid, "schedule", now=NOW, **SCHEDULED)
    with pytest.raises(AlreadyNotified) as refused:
        notified(county, the_spot())

    assert str(refused.value.first) == uid


@pytest.mark.parametrize(
    ("organ", "spot", "title"),
    [
        (HOUSING, {}, "不能登记案件"),
        (COURT, {"on": "2026-05-08"}, "没有这次开庭"),
        (COURT, {"on": "2026-12-19"}, "没有这次开庭"),
        (COURT, {"place": 3}, "没有这次开庭"),
    ],
)
def test_only_a_coming_hearing_of_its_own_is_notified_by_a_court(county, feed, organ, spot, title):
    feed(COMING)
    with pytest.raises(Refusal) as refused:
        notified(county, the_spot(**spot), organ)

    assert refused.value.title == title


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        ("案号,结案日期,结案方式", "2026-11-21,裁定准许撤诉", "已撤诉（2026-11-21），不能办理"),
        ("案号,去向,去向案号", "重新编号,（2026）豫0825行初20号", "此后为（2026）豫0825行初20号，不能办理"),
    ],
)
def test_a_draft_is_not_issued_once_its_case_is_over_and_nothing_more_is_begun(county, feed, head, row, told):
    feed(COMING)
    uid = notified(county, the_spot())
    court = Client()
    court.force_login(county.people[COURT])
    feed(f"{NUMBER},{row}", head=head)
    with acting():
        case = f"/cases/{the_case().pk}"

    with pytest.raises(RowUnfit) as refused:
        act(county, uid, "schedule", now=NOW, **SCHEDULED)
    assert (told in refused.value.detail, "“不再通知”" in refused.value.remedy) == (True, True)
    with pytest.raises(RowUnfit):
        propose(uid, "schedule", by=county.by(COURT), now=NOW, form=Form(values={"case_number": NUMBER}))
    assert told in court.get(f"/matter/{uid}").content.decode()
    with pytest.raises(NoSuchHearing, match="不再开庭"):
        notified(county, the_spot(place=2))
    page = court.get(case).content.decode()
    assert ("通知负责人出庭" in page, "败诉预警</button>" in page) == (False, False)
    assert f'href="/matter/{uid}"' in page
    act(county, uid, "drop", now=NOW, reason="撤诉")


def test_a_finding_goes_into_the_register_with_the_matter_that_told_it(county, heard):
    assert found(county, heard, "无正当理由未出庭") == 1

    assert findings() == {("2026-12-20", 1): Finding.ABSENT}
    with acting():
        event = CaseEvent.objects.latest("seq")
        assert (event.kind, str(event.matter_uid), event.source_row) == ("told", heard, 5)
        assert event.changes == {"heads": [None, [[None, None], ["absent", None]]]}
    assert listen(now=AFTER) == 0


def test_what_was_taken_over_is_not_taken_over_again_when_the_matter_goes_on(county, heard):
    found(county, heard, "无正当理由未出庭")
    act(county, heard, "summarise", now=AFTER, summary="已复盘。")

    assert listen(now=AFTER) == 1
    with acting():
        assert CaseEvent.objects.filter(kind="told").count() == 1


def test_the_matter_leads_to_its_case_and_the_case_to_its_matter(county, heard):
    court = Client()
    court.force_login(county.people[COURT])
    with acting():
        case = f"/cases/{the_case().pk}"

    assert f'<dt>案件登记</dt><dd><a href="{case}">{NUMBER}</a>' in court.get(f"/matter/{heard}").content.decode()
    assert f'href="/matter/{heard}"' in court.get(case).content.decode()


def test_a_head_that_came_in_person_is_told_as_such(county, heard):
    found(county, heard, "出庭")

    assert findings() == {("2026-12-20", 1): Finding.PRINCIPAL}


def test_a_later_feed_that_says_otherwise_is_shown_and_left_out(county, feed, heard):
    found(county, heard, "出庭")
    row = brought(county, f"{NUMBER},／未出庭", head=HEADS, now=AFTER)

    with acting():
        assert counts_of(row.pk)["contradicts"] == 1
        assert FedRow.objects.get(feed=row).said["heads"] == [[None], ["absent"]]
    assert confirm_feed(row, by=county.by(COURT), now=AFTER).taken == 0
    assert findings() == {("2026-12-20", 1): Finding.PRINCIPAL}


def test_a_feed_prevails_when_the_court_says_so(county, feed, heard):
    found(county, heard, "出庭")
    feed(f"{NUMBER},／未出庭", head=HEADS, now=AFTER, override=True)

    assert findings() == {("2026-12-20", 1): Finding.ABSENT, ("2026-12-20", 2): Finding.ABSENT}
    feed(f"{NUMBER},／出庭", head=HEADS, now=AFTER)
    assert findings()["2026-12-20", 1] == Finding.APPEARED


def test_a_feed_that_agrees_or_says_nothing_of_it_is_taken(county, feed, heard):
    found(county, heard, "出庭")

    assert feed(f"{NUMBER},／正职出庭；未出庭", head=HEADS, now=AFTER).taken == 1
    assert feed(f"{NUMBER},2026-05-08；2026-12-20；2027-01-08", head="案号,开庭日期", now=AFTER).taken == 1
    assert findings() == {("2026-12-20", 1): Finding.PRINCIPAL, ("2026-12-20", 2): Finding.ABSENT}


def test_findings_stay_with_their_hearing_when_another_is_fed(feed):
    feed(ONE)
    feed(f"{NUMBER},2026-04-08；2026-05-08；2026-06-08", head="案号,开庭日期")

    assert findings() == {("2026-05-08", 1): Finding.APPEARED, ("2026-05-08", 2): Finding.ABSENT}


def test_a_hearing_that_only_the_matter_knows_is_entered(county, heard):
    act(county, heard, "move_date", now=NOW, reason="审判庭冲突")
    act(county, heard, "reschedule", now=NOW, hearing_on="2026-12-28", place="第一审判庭")
    act(county, heard, "serve", now=NOW)
    paper = store_file(b"%PDF", mime="application/pdf", now=NOW)
    act(county, heard, "attend", now=NOW, **{**ATTENDEE, "identity": [paper]})
    found(county, heard, "出庭", now=at("2026-12-29"))

    assert findings() == {("2026-12-28", 1): Finding.PRINCIPAL}


ANSWERED = {"defence": "请求驳回。", "evidence": [{"name": "笔录", "proves": "程序合法", "pages": "1"}]}


def answer(county):
    """Let the forestry bureau, the second of two that were sued, answer in its own matter on the sixteenth of March."""
    march = at("2026-03-16")
    uid = open_by_hand("case-response", "应诉", by=county.by(FORESTRY), now=march).matter
    started = {"case_number": NUMBER, "instance": "一审", "cause": "处罚", "served_on": "2026-03-06"}
    act(county, uid, "start", now=march, **started, court_organ=COURT)
    paper = store_file(b"%PDF", mime="application/pdf", now=march)
    act(county, uid, "answer", now=march, **ANSWERED, answer_file=[paper])
    listen(now=march)
    return uid


@pytest.fixture
def answered(county, feed):
    feed(ONE)
    return answer(county)


def days_answered():
    with acting():
        return [str(one.answered_on) for one in the_case().parties_sued.order_by("place")]


def test_an_answer_that_an_organ_has_given_stops_its_time_in_the_register(county, answered):
    bureau, other = Client(), Client()
    bureau.force_login(county.people[FORESTRY])
    other.force_login(county.people[HOUSING])
    with acting():
        case = f"/cases/{the_case().pk}"
        event = CaseEvent.objects.latest("seq")

    assert days_answered() == ["2026-03-16", "2026-03-16"]
    assert event.changes == {"answered": [["2026-03-16", None], ["2026-03-16", "2026-03-16"]]}
    assert f'<span class="row-note">据<a href="/matter/{answered}">应诉</a>' in bureau.get(case).content.decode()
    assert '<span class="row-note">据应诉</span>' in other.get(case).content.decode()


@pytest.mark.parametrize(
    ("row", "days"),
    [
        (f"{NUMBER},2026-03-17；", ["2026-03-17", "2026-03-16"]),
        (f"{NUMBER},2026-03-17", ["2026-03-17", "2026-03-17"]),
        (f"{NUMBER},清除", ["None", "None"]),
    ],
)
def test_an_answer_stays_where_a_later_feed_leaves_it_blank(feed, answered, row, days):
    feed(row, head="案号,答辩日期")

    assert days_answered() == days


def test_a_day_of_answer_that_the_court_has_told_stands(county, feed):
    feed(ONE.replace("2026-03-16；", "2026-03-12；2026-03-13"))
    answer(county)

    assert days_answered() == ["2026-03-12", "2026-03-13"]


def test_what_a_court_finds_of_a_case_of_another_is_not_entered(county, feed):
    uid = open_by_hand("head-appearance", "出庭通知", by=county.by(COURT), now=NOW).matter
    act(county, uid, "schedule", now=NOW, **SCHEDULED)
    act(county, uid, "serve", now=NOW)
    paper = store_file(b"%PDF", mime="application/pdf", now=NOW)
    act(county, uid, "attend", now=NOW, **{**ATTENDEE, "identity": [paper]})
    feed(
        COMING.replace("住建局；林业局", "林业局")
        .replace("2026-03-05；2026-03-06,2026-03-16；", ",")
        .replace("出庭；未出庭", "")
    )

    assert found(county, uid, "出庭") == 1
    assert findings() == {}
