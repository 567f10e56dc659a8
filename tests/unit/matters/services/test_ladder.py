"""The ladder is climbed in working hours, each rung once in a stay, and told to whom it concerns."""

from dataclasses import replace

import pytest
from tests.suggestions import (
    FORESTRY,
    GOVERNMENT,
    HOUSING,
    OFFICE,
    act,
    answer_of,
    at,
    issued,
    kinds,
    last,
    reply,
    replying,
)

from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.rungs import LADDER, RungRule
from fuyuantong.matters.services import ladder
from fuyuantong.matters.services.ladder import climb, climb_one
from fuyuantong.matters.services.outbox import send
from fuyuantong.matters.services.setting import BadSetting, set_ladder
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.django_db
# 答复期限 Wednesday 2026-09-30; by the notice of 2026 the 25th, and 1 to 7 October, are off, Saturday the 10th is worked
MONDAY = at("2026-08-03")


def rungs(uid):
    """Return the rungs that a matter has taken: in which stay, and when."""
    with acting():
        found = Rung.objects.filter(matter__uid=uid).order_by("stay_seq", "taken_at", "rung")
        return [(rung.stay_seq, rung.rung) for rung in found]


def notices(uid, kind="rung"):
    """Send what waits, and return whom it told about a matter, and what."""
    with acting():
        send(Outbox.objects.filter(done_at=None), now=MONDAY)
        found = Notice.objects.filter(matter_uid=uid, kind=kind).order_by("id")
        return [(notice.organ.code, notice.text) for notice in found.select_related("organ")]


def test_nothing_is_said_while_there_is_time(county):
    replying(county, now=MONDAY)

    assert climb(now=at("2026-09-23")) == 0


def test_the_holder_is_reminded_three_working_days_ahead(county):
    uid = replying(county, now=MONDAY)

    assert climb(now=at("2026-09-24")) == 1
    assert rungs(uid) == [(2, "remind")]
    assert notices(uid) == [(HOUSING, "司法建议答复（待书面答复）到期前提醒：本件将于 2026-09-30 届满，请及时办理。")]


def test_a_reminder_is_for_its_reader_and_leaves_no_record(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-09-24"))

    assert kinds(uid) == ["open", "receive"]


def test_nobody_is_reminded_of_what_came_the_same_day(county):
    uid = answer_of(issued(county, now=MONDAY), HOUSING)

    assert [climb(now=at(day, "15:00")) for day in ("2026-08-03", "2026-08-04")] == [0, 1]
    assert rungs(uid) == [(1, "remind")]


def test_on_the_due_day_itself_nobody_is_late(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-09-30", "17:29"))

    assert rungs(uid) == [(2, "remind")]


def test_the_holder_is_urged_on_the_first_working_day_after_the_due_day(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-09-24"))

    assert [climb(now=at(f"2026-10-0{day}")) for day in range(1, 9)] == [0, 0, 0, 0, 0, 0, 0, 1]
    assert rungs(uid) == [(2, "remind"), (2, "urge")]
    assert last(uid).resolved["note"] == "催办：本件已于 2026-09-30 届满，请立即办理。"


def test_supervision_tells_the_office_too(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-10-08"))
    climb(now=at("2026-10-13"))

    told = "司法建议答复（待书面答复）督办：本件已于 2026-09-30 届满，逾期 5 个工作日，转督办。"
    assert climb(now=at("2026-10-12", "17:30")) == 0
    assert notices(uid)[-2:] == [(HOUSING, told), (OFFICE, told)]


def test_what_is_put_on_the_trail_is_told_once(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-10-08"))

    assert [organ for organ, _ in notices(uid)] == [HOUSING]
    assert notices(uid, kind="record") == [(HOUSING, "司法建议答复：待签收")]


@pytest.mark.parametrize("moment", [("2026-10-08", "08:29"), ("2026-10-08", "17:30"), ("2026-10-05", "10:00"),
                                    ("2026-10-11", "10:00")])  # fmt: skip
def test_nobody_is_told_outside_working_hours_of_working_days(county, moment):
    replying(county, now=MONDAY)

    assert climb(now=at(*moment)) == 0


def test_a_weekend_that_is_worked_is_a_working_day(county):
    replying(county, now=MONDAY)

    assert climb(now=at("2026-10-10", "08:30")) == 1


def test_each_rung_is_taken_once_in_a_stay(county):
    uid = replying(county, now=MONDAY)
    days = ["2026-09-24", "2026-09-28", "2026-10-08", "2026-10-09", "2026-10-13", "2026-10-14", "2026-11-23"]
    taken = [climb(now=at(day, clock)) for day in days for clock in ("09:00", "09:05")]

    assert rungs(uid) == [(2, "remind"), (2, "urge"), (2, "supervise")]
    assert taken[:10] == [1, 0, 0, 0, 1, 0, 0, 0, 1, 0]


def test_after_downtime_of_forty_days_only_the_highest_rung_is_told(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-11-09"))

    assert rungs(uid) == [(2, "remind"), (2, "supervise"), (2, "urge")]
    assert [organ for organ, _ in notices(uid)] == [HOUSING, OFFICE]
    assert kinds(uid) == ["open", "receive", "slip-admitted"]


def test_a_return_arms_the_ladder_anew(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-09-28"))
    reply(county, uid, now=at("2026-09-29"))
    act(county, uid, "supplement", now=at("2026-09-29", "11:00"), reason="措施未逐项回应", reply_by="2026-10-09")
    climb(now=at("2026-10-08"))

    assert rungs(uid) == [(2, "remind"), (4, "remind")]


def test_the_next_holder_begins_at_the_foot(county):
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-10-08"))
    reply(county, uid, now=at("2026-10-08", "10:00"))

    assert climb(now=at("2026-10-09")) == 0


def test_a_closed_matter_climbs_no_more(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=at("2026-08-04"))
    act(county, uid, "adopt", now=at("2026-08-05"), assessment="予以采纳。")
    climb(now=at("2026-11-23"))

    assert rungs(uid) == []


def test_a_matter_whose_clock_is_stopped_climbs_no_more(county):
    uid = replying(county, now=MONDAY)
    with acting():
        Matter.objects.filter(uid=uid).update(due_on=None)  # as a clock at rest leaves it

    climb(now=at("2026-11-23"))
    assert rungs(uid) == []


def test_one_matter_climbs_by_itself(county):
    uid, other = replying(county, now=MONDAY), replying(county, now=MONDAY)

    assert [climb_one(uid, now=at("2026-09-28", clock)) for clock in ("09:00", "09:05")] == [True, False]
    assert (rungs(uid), rungs(other)) == ([(2, "remind")], [])


@pytest.mark.parametrize("moves", [["reply"], ["reply", "adopt"]], ids=["moved on", "closed"])
def test_who_acts_in_the_meantime_is_not_told(county, monkeypatch, moves):
    uid = replying(county, now=MONDAY)
    each = ladder.each

    def and_then_acts(rows, do):
        found = list(rows)
        reply(county, uid, now=at("2026-09-24"))
        for move in moves[1:]:
            act(county, uid, move, now=at("2026-09-24"), assessment="予以采纳。")
        return each(found, do)

    monkeypatch.setattr(ladder, "each", and_then_acts)

    assert climb(now=at("2026-09-24")) == 0


def test_one_matter_that_fails_holds_up_no_other(county, monkeypatch, caplog):
    suggestion = issued(county, HOUSING, FORESTRY, now=MONDAY)
    first, second = answer_of(suggestion, HOUSING), answer_of(suggestion, FORESTRY)
    put_note = ladder.put_note

    def refusing(standing, *rest, **more):
        if standing.situation.uid == first:
            raise KeyError("a broken trail")
        return put_note(standing, *rest, **more)

    monkeypatch.setattr(ladder, "put_note", refusing)
    climb(now=at("2026-08-10"))

    assert (rungs(first), rungs(second)) == ([], [(1, "remind"), (1, "urge")])
    assert "could not be dealt with" in caplog.text


# rungs of a place

CIRCULAR = RungRule("circulate", "通报", 10, "本件逾期 {late} 个工作日，予以通报。", tells=("superior_of",))
REPORT = RungRule("report", "上报", 15, "本件逾期 {late} 个工作日，报上一级。", tells=("office_of", "superior_of"))


def set_rungs(county, *rungs, since="2026-08-03"):
    """Let the county set its ladder."""
    by = county.people[OFFICE]
    told = {"region_code": "410825", "basis": "温县督查办法", "valid_from": at(since).date(), "by": by, "now": MONDAY}
    return set_ladder(rungs, **told)


def test_a_place_may_add_rungs_that_tell_others(county):
    set_rungs(county, *LADDER, CIRCULAR, REPORT)
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-10-13"))
    climb(now=at("2026-10-20"))

    said = "司法建议答复（待书面答复）通报：本件逾期 10 个工作日，予以通报。"
    assert rungs(uid)[-1] == (2, "circulate")
    assert sorted(notices(uid)[-2:]) == [(GOVERNMENT, said), (HOUSING, said)]


def test_a_ladder_counts_from_the_day_on_which_it_is_valid(county):
    set_rungs(county, REPORT, since="2026-10-09")
    uid = replying(county, now=MONDAY)
    climb(now=at("2026-10-08"))
    climb(now=at("2026-10-13"))

    assert rungs(uid) == [(2, "remind"), (2, "urge")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "至少一级"),
        ([REPORT, CIRCULAR], "由先到后"),
        ([CIRCULAR, replace(CIRCULAR, after=11)], "各级名称不重复"),
        ([replace(CIRCULAR, after=0)], "到期前后 1 至 30 个工作日"),
        ([replace(CIRCULAR, after=31)], "到期前后 1 至 30 个工作日"),
        ([replace(CIRCULAR, text=" ")], "须写 1 至 200 字"),
        ([replace(CIRCULAR, tells=("friend_of",))], "没有“friend_of”这一关系"),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused(county, given, said):
    with pytest.raises(BadSetting, match=said):
        set_rungs(county, *given)
