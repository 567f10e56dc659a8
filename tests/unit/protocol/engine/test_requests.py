"""What those who do not hold may ask for: rights are carried out, wishes wait for an answer, rows are added."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.protocol.engine.builders import LETTER, asked, counsel, issued, replying
from tests.unit.protocol.engine.matter import BUREAU, COURT, OTHER, SUPERIOR, Matter

from fuyuantong.protocol import Is, Request
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, ReasonMissing
from fuyuantong.protocol.trail import Kind

REASON = {"reason": "情况有变"}


def test_a_demand_is_carried_out_by_the_engine():
    matter = replying().ask("withdraw", REASON, on="2026-08-10")

    assert (matter.draft.kind, matter.draft.act, matter.told("slip")) == (
        Kind.SLIP_ADMITTED,
        "request:withdraw",
        "slip-1",
    )
    assert (matter.situation.state, matter.situation.closed, matter.situation.closed_on) == (
        "withdrawn",
        "superseded",
        date(2026, 8, 10),
    )
    assert matter.situation.values["reason"] == "情况有变"


def test_a_demand_that_arrives_late_takes_effect_in_the_state_it_finds():
    assert issued(on="2026-08-05").ask("withdraw", REASON, on="2026-08-04").draft.effective_on == date(2026, 8, 5)


def test_a_demand_out_of_an_await_recalls_its_children():
    stop = Request("stop", "终止", by=("court",), states=("gathering",), demand="vetoed")
    matter = asked(replace(counsel(), requests=(stop,)), BUREAU, OTHER).ask("stop")

    assert (matter.situation.state, matter.told("recalled")) == ("vetoed", ["uid-1", "uid-2"])


def test_a_request_in_a_state_that_does_not_take_it_is_refused():
    with pytest.raises(NotOffered, match="“待评估”环节不能提出“撤回建议”"):
        replying().move("reply", {"reply": "已改"}).ask("withdraw", REASON)


def test_a_request_by_an_organ_without_the_role_is_refused():
    with pytest.raises(NotYourTurn, match="bureau-1 不是可以提出“撤回建议”的一方"):
        replying().ask("withdraw", REASON, by=BUREAU)


def test_a_request_to_a_closed_matter_is_refused():
    with pytest.raises(NotOffered, match="以“撤回”办结"):
        replying().ask("withdraw", REASON).ask("urge", REASON, slip="slip-2")


def test_a_request_whose_guard_does_not_hold_is_refused():
    guarded = replace(LETTER, requests=(replace(LETTER.request("withdraw"), when=(Is("late", True),)),))
    matter = replying()
    matter.mechanism = guarded

    with pytest.raises(NotOffered, match="办理“撤回建议”须“late”为“是”"):
        matter.ask("withdraw", REASON)


def test_a_wish_waits_for_its_answer_until_a_day():
    matter = replying().ask("urge", REASON)

    assert matter.situation.requests == {
        "slip-1": {"request": "urge", "organ": COURT, "values": REASON, "due_on": "2026-08-06"}
    }
    assert (matter.situation.state, matter.situation.values.get("reason"), matter.situation.stay_seq) == (
        "replying",
        None,
        3,
    )


def test_a_wish_without_a_term_waits_without_a_day():
    matter = replying()
    matter.mechanism = replace(LETTER, requests=(replace(LETTER.request("urge"), answer_by=""),))

    assert "due_on" not in matter.ask("urge", REASON).situation.requests["slip-1"]


def test_a_wish_is_answered_by_the_move_that_grants_it():
    matter = replying().ask("urge", REASON).move("reply", {"reply": "已改"}, answers="slip-1")

    assert (matter.situation.requests, matter.situation.state) == ({}, "assessing")
    assert matter.told("requests") == {"slip-1": None}


@pytest.mark.parametrize(("move", "slip"), [("reply", "slip-2"), ("doubt", "slip-1")])
def test_a_move_answers_only_an_open_wish_that_it_grants(move, slip):
    matter = replying().ask("urge", REASON)

    with pytest.raises(NotOffered, match="该申请不存在、已经答复，或者不是以"):
        matter.move(move, {"reply": "已改", **REASON}, answers=slip)


def test_a_move_may_leave_a_wish_open():
    matter = replying().ask("urge", REASON).move("doubt", {"reply_by": "2026-10-08", **REASON})

    assert list(matter.situation.requests) == ["slip-1"]


def test_a_wish_is_declined_with_a_reason():
    matter = replying().ask("urge", REASON).decline(reason="尚在核实")

    assert (matter.situation.requests, matter.told("declined"), matter.situation.state) == ({}, "尚在核实", "replying")


def test_a_wish_is_not_declined_without_a_reason():
    with pytest.raises(ReasonMissing):
        replying().ask("urge", REASON).decline(reason="  ")


def test_only_the_holder_declines():
    with pytest.raises(NotYourTurn):
        replying().ask("urge", REASON).decline(by=COURT)


def test_what_was_answered_cannot_be_declined():
    with pytest.raises(NotOffered, match="不存在或已经答复"):
        replying().ask("urge", REASON).decline().decline()


@pytest.mark.parametrize("organ", [COURT, SUPERIOR])
def test_a_party_adds_a_row_under_the_key_of_its_slip(organ):
    matter = replying().ask("add", {"note": "补充照片"}, by=organ, slip="slip-7")

    assert matter.situation.values["materials"] == [{"$row": "slip-7", "$organ": organ, "note": "补充照片"}]


def test_rows_are_added_one_by_one():
    matter = replying().ask("add", {"note": "一"}, slip="slip-7").ask("add", {"note": "二"}, slip="slip-8")

    assert [row["$row"] for row in matter.situation.values["materials"]] == ["slip-7", "slip-8"]


def test_a_row_cannot_name_its_own_key_or_organ():
    matter = replying().ask("add", {"note": "一", "$row": "other", "$organ": OTHER})

    assert matter.situation.values["materials"] == [{"$row": "slip-1", "$organ": COURT, "note": "一"}]


def test_a_wish_in_a_draft_does_not_issue_it():
    mechanism = replace(LETTER, requests=(replace(LETTER.request("add"), states=("drafting",)),))

    assert Matter(mechanism).open().ask("add", {"note": "一"}).situation.issued_seq == 0
