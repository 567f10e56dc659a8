"""What happens to a case reaches the matters that name it, wherever they are held, and reaches them once."""

import pytest
from tests.suggestions import COURT, HOUSING, act, at, kinds, last, standing
from tests.unit.registers.conftest import NOW, ONE

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.named_row import NamedRow
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.services import heeding
from fuyuantong.matters.services.acts import Form, open_by_hand
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.session import acting
from fuyuantong.protocol.entering import OrganUnclear
from fuyuantong.registers.cases.models.telling import Demand
from fuyuantong.registers.cases.services import demanding
from fuyuantong.registers.cases.services.demanding import tell_of_cases

pytestmark = pytest.mark.django_db
NUMBER = "（2026）豫0825行初1号"
ENDED = "案号,结案日期,结案方式"
HEARING = {
    "case_number": "(2026)豫0825行初1号",
    "instance": "一审",
    "cause": "行政处罚",
    "defendant_organ": HOUSING,
    "duty": "应当通知出庭",
    "trigger": "公共卫生安全",
    "place": "第三审判庭",
}


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Deal with what this very transaction has fed: a test is one transaction."""
    monkeypatch.setattr(demanding, "_READY", "true")


@pytest.fixture
def replying(county):
    """Give a notice of a hearing that waits for the bureau's receipt."""
    uid = open_by_hand("head-appearance", "出庭通知", by=county.by(COURT), now=NOW).matter
    act(county, uid, "schedule", now=NOW, hearing_on="2026-12-20", **HEARING)
    act(county, uid, "serve", now=NOW)
    return uid


@pytest.fixture
def ready(county, replying):
    """Give a notice of a hearing to which the head will come."""
    paper = store_file(b"%PDF", mime="application/pdf", now=NOW)
    attendee = {"attendee": "甲某", "attendee_post": "副局长", "rank": "副职", "staff": "科长", "identity": [paper]}
    act(county, replying, "attend", now=NOW, **attendee)
    return replying


def fed(feed, *rows, head=ENDED, now=NOW):
    feed(*rows, head=head, now=now)
    return tell_of_cases(now=now)


def test_a_withdrawn_case_ends_the_notice_of_its_hearing(feed, replying):
    feed(ONE)
    fed(feed, f"{NUMBER},2026-11-20,准许撤诉")

    record = last(replying)
    assert (standing(replying).situation.state, record.kind, record.account) == ("cancelled", "slip-admitted", "")
    assert record.basis == "行政案件登记：（2026）豫0825行初1号案件撤诉"
    assert record.resolved["heard"]["values"] == {"outcome": "R03", "decided_on": "2026-11-20"}
    assert record.resolved["heard"]["source"] == "（2026）豫0825行初1号 2"
    assert tell_of_cases(now=NOW) == 0


def test_everybody_concerned_is_told(feed, replying):
    feed(ONE)
    fed(feed, f"{NUMBER},2026-11-20,准许撤诉")

    with acting():
        word = Outbox.objects.filter(body__matter=replying).latest("id").body
    assert (word["holder"], set(word["copies"])) == (HOUSING, {COURT, HOUSING})


def test_what_was_told_is_not_told_again_after_a_worker_died(feed, ready):
    now = at("2027-01-20")
    feed(ONE)
    feed(f"{NUMBER},2027-01-15,J01", head=ENDED, now=now)
    with acting():
        waiting = list(Demand.objects.values("case_id", "seq", "event"))
    tell_of_cases(now=now)
    with acting():
        Demand.objects.bulk_create(Demand(**each) for each in waiting)

    assert tell_of_cases(now=now) == 1
    assert kinds(ready) == ["open", "schedule", "serve", "attend", "slip-admitted"]


def test_a_case_that_ended_after_the_hearing_leaves_the_finding_to_be_registered(feed, ready):
    now = at("2027-01-20")
    feed(ONE)
    fed(feed, f"{NUMBER},2027-01-15,J01", now=now)

    assert standing(ready).situation.state == "ready"
    assert last(ready).resolved["declined"] == "“待开庭”环节不因此改变"
    with acting():
        assert Slip.objects.get(matter__uid=ready).answer == {"granted": False, "seq": 5}


def test_a_case_that_ended_before_the_hearing_has_none(feed, ready):
    feed(ONE)
    fed(feed, f"{NUMBER},2026-11-21,调解")

    assert standing(ready).situation.state == "cancelled"


def test_a_renumbered_case_takes_its_matters_along_and_ends_them_under_the_new_number(feed, replying):
    feed(ONE)
    fed(feed, f"{NUMBER},重新编号,（2026）豫0825行初20号", head="案号,去向,去向案号")

    assert standing(replying).situation.values["case_number"] == "（2026）豫0825行初20号"
    assert (last(replying).kind, last(replying).resolved["corrects"]) == ("correction", 2)
    with acting():
        assert NamedRow.objects.get().key == "（2026）豫0825行初20号"
    fed(feed, "（2026）豫0825行初20号,住建局,2026-11-20,按撤诉处理", head="案号,被告,结案日期,结案方式")
    assert standing(replying).situation.state == "cancelled"


def test_number_and_ending_in_one_feed_are_told_in_their_order(feed, replying):
    feed(ONE)
    joined = f"{NUMBER},,并案,（2026）豫0825行初20号,,"
    fed(
        feed,
        "（2026）豫0825行初20号,住建局,,,2026-11-20,R03",
        joined,
        head="案号,被告,去向,去向案号,结案日期,结案方式",
    )

    assert kinds(replying)[-2:] == ["correction", "slip-admitted"]
    assert standing(replying).situation.state == "cancelled"


def test_a_transferred_case_is_heard_elsewhere(feed, replying):
    feed(ONE)
    feed(f"{NUMBER},2026-11-20,R05,移送,（2026）豫0822行初3号", head=f"{ENDED},去向,去向案号")

    with acting():
        assert list(Demand.objects.values_list("event", flat=True)) == ["transferred"]
    tell_of_cases(now=NOW)
    assert standing(replying).situation.state == "cancelled"


def test_closed_matters_and_those_of_other_cases_hear_nothing(county, feed, replying):
    other = open_by_hand("head-appearance", "出庭通知", by=county.by(COURT), now=NOW).matter
    act(county, other, "schedule", now=NOW, hearing_on="2026-12-20", **HEARING)
    act(county, other, "cancel", now=NOW, reason="书面审理")
    feed(ONE, ONE.replace("行初1号", "行初2号"))
    fed(feed, "（2026）豫0825行初2号,2026-11-20,准许撤诉")

    assert kinds(replying) == ["open", "schedule", "serve"]
    fed(feed, f"{NUMBER},2026-11-20,准许撤诉")
    assert kinds(other) == ["open", "schedule", "cancel"]


def test_what_cannot_be_carried_out_is_tried_again_and_its_office_told(feed, replying, monkeypatch):
    def unclear(*_, **__):
        raise OrganUnclear("没有登记上级机关")

    feed(ONE)
    with monkeypatch.context() as patch:
        patch.setattr(heeding, "heed", unclear)
        assert fed(feed, f"{NUMBER},2026-11-20,准许撤诉") == 0
    with acting():
        assert "不能自动进入下一环节" in Outbox.objects.get(target="hindered").body["text"]
    assert tell_of_cases(now=NOW) == 1
    assert standing(replying).situation.state == "cancelled"


def test_a_mechanism_that_never_heeds_such_an_event_hears_nothing(county, feed):
    feed(ONE)
    uid = open_by_hand("judgment-fulfilment", "履行", by=county.by(COURT), now=NOW, form=Form()).matter
    with acting():
        NamedRow.objects.create(matter=Matter.objects.get(uid=uid), field="judgment", register="court-case", key=NUMBER)

    assert fed(feed, f"{NUMBER},2026-11-20,准许撤诉") == 1
    assert kinds(uid) == ["open"]
