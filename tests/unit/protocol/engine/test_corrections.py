"""A correction points to a record and replaces what it gave; clocks and roles that rest on it follow."""

import pytest
from tests.unit.protocol.engine.builders import COMMON, LETTER, URGENT, asked, begun, counsel, issued, replying, timed
from tests.unit.protocol.engine.matter import BUREAU, COURT, OTHER, Matter, acting

from fuyuantong.clock.acts import BeyondCeiling
from fuyuantong.protocol import Clock, Extends, Move, Tally, Term
from fuyuantong.protocol.amendments import (
    BeingAnswered,
    NothingToCorrect,
    correct,
)
from fuyuantong.protocol.offers import ReasonMissing
from fuyuantong.protocol.trail import Kind

DEFENCE = Clock("work", "答辩期限", "XS-01", stops=("resting",))
REPLY = Clock("work", "答复期限", "JY-01", until="reply_by")


# corrections


def corrected(matter, values, *, of_seq=2, reason="录入有误", on="2026-08-10", by=""):
    who = acting(by or matter.situation.holder, on)
    return matter.take(
        correct(
            matter.mechanism,
            matter.situation,
            of_seq=of_seq,
            values=values,
            reason=reason,
            acting=who,
            world=matter.world,
        )
    )


def test_a_correction_points_to_its_record_and_replaces_the_value():
    matter = corrected(replying().move("reply", {"reply": "已改"}), {"reply": "已整改"}, of_seq=4)

    assert (matter.draft.kind, matter.told("corrects"), matter.told("reason")) == (Kind.CORRECTION, 4, "录入有误")
    assert matter.situation.values["reply"] == "已整改"


def test_a_correction_begins_no_new_stay():
    matter = corrected(replying(), {"reply_by": "2026-09-30"})

    assert (matter.situation.state, matter.situation.stay_seq, matter.situation.counts) == (
        "replying",
        3,
        {"issue": 1, "receive": 1},
    )


def test_a_correction_moves_the_clock_that_rests_on_the_day():
    matter = corrected(replying(), {"reply_by": "2026-09-30"})

    assert (matter.clock_told("reply"), matter.due("reply"), matter.situation.clocks["reply"].lap) == (
        "move",
        "2026-09-30",
        1,
    )


def test_a_correction_is_held_to_the_ceiling_of_the_first_day():
    with pytest.raises(BeyondCeiling, match="2026-10-09 晚于上限 2026-10-08"):
        corrected(replying(), {"reply_by": "2026-10-09"}, on="2026-09-28")


def test_a_corrected_choice_chooses_the_term_anew():
    cases = (Term("JC-02", when=(COMMON,)), Term("JC-03", when=(URGENT,)))
    matter = begun(timed(Clock("work", "回复期限", cases=cases)), {"kind": "普通"}, on="2026-09-18")

    assert corrected(matter, {"kind": "紧急"}, on="2026-09-21").due("work") == "2026-10-08"


def test_a_corrected_extension_moves_the_clock():
    prolong = Move(
        "prolong",
        "延长",
        to="working",
        extends=(Extends("work", until="longer_until"), Extends("work", term="house:longer")),
        renews="新事由",
    )
    matter = begun(timed(DEFENCE, moves=(prolong,)), on="2026-09-18")
    matter.move("prolong", {"longer_until": "2026-10-30", "reason": "复杂"}, on="2026-09-21")

    corrected(matter, {"longer_until": "2026-10-20"}, of_seq=3, on="2026-09-22")

    assert [one["until"] for one in matter.situation.clocks["work"].inputs["extensions"]] == ["2026-10-20", None]
    assert (matter.clock_told("work"), matter.due("work")) == ("move", "2026-11-04")


def test_a_correction_that_no_clock_rests_on_moves_none():
    assert corrected(replying().move("reply", {"reply": "已改"}), {"reply": "已整改"}).told("clocks") is None


def test_a_corrected_organ_takes_its_role_and_what_was_derived_goes_with_it():
    matter = corrected(issued(), {"receiver": OTHER}, by=COURT)

    assert (matter.situation.holder, matter.situation.roles) == (
        OTHER,
        {"court": COURT, "receiver": OTHER, "superior": "county-2"},
    )


def test_a_correction_of_a_draft_does_not_issue_it():
    matter = Matter(LETTER).open(values={"summary": "草稿"})

    assert corrected(matter, {"summary": "改稿"}, of_seq=1).situation.issued_seq == 0


def test_a_column_is_corrected_row_by_row():
    matter = begun(timed(DEFENCE), {"problems": [{"problem": "漏告知"}]}).move("note", {"problems.done": ["已改"]})

    assert corrected(matter, {"problems.done": ["在改"]}).situation.values["problems"] == [
        {"problem": "漏告知", "done": "在改"}
    ]


def test_the_same_rows_without_their_keys_are_no_correction():
    matter = begun(timed(DEFENCE), {"guests": [{"guest": BUREAU, "topic": "一"}]})

    with pytest.raises(NothingToCorrect, match="“列席”与原值相同"):
        corrected(matter, {"guests": [{"guest": BUREAU, "topic": "一"}]})


def test_corrected_rows_keep_their_keys():
    matter = begun(timed(DEFENCE), {"guests": [{"guest": BUREAU, "topic": "一"}]})

    assert (
        corrected(matter, {"guests": [{"guest": BUREAU, "topic": "二"}]}).situation.values["guests"][0]["$row"]
        == "uid-1"
    )


def test_a_closed_matter_is_corrected_without_touching_clocks():
    matter = corrected(
        begun(timed(REPLY), {"reply_by": "2026-09-30"}).move("finish"), {"reply_by": "2026-10-08"}, by=COURT
    )

    assert (matter.told("clocks"), matter.situation.values["reply_by"]) == (None, "2026-10-08")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reply": "已改"}, "“reply”此前没有填写"),
        ({"problems.done": ["已改"]}, "“problems.done”此前没有填写"),
        ({"no_such_field": "x"}, "“no_such_field”此前没有填写"),
        ({"reply_by": "2026-10-08"}, "“答复期限”与原值相同"),
    ],
)
def test_what_was_never_given_or_does_not_change_cannot_be_corrected(values, said):
    with pytest.raises(NothingToCorrect, match=said) as refused:
        corrected(replying(), values)

    assert refused.value.field in values


@pytest.mark.parametrize("of_seq", [0, 4])
def test_a_record_that_the_trail_does_not_have_cannot_be_corrected(of_seq):
    with pytest.raises(NothingToCorrect, match=f"没有第 {of_seq} 条记录"):
        corrected(replying(), {"reply_by": "2026-09-30"}, of_seq=of_seq)


def test_a_correction_wants_a_reason():
    with pytest.raises(ReasonMissing):
        corrected(replying(), {"reply_by": "2026-09-30"}, reason="")


@pytest.mark.parametrize(("key", "value"), [("summary", "第二稿"), ("receivers", [OTHER])])
def test_what_others_are_answering_cannot_be_corrected(key, value):
    with pytest.raises(BeingAnswered, match="已经送出，尚有 1 件没有结果") as refused:
        corrected(asked(counsel(text="summary"), BUREAU), {key: value})

    assert refused.value.field == key


def test_rows_that_others_are_answering_cannot_be_corrected():
    rows = [{"guest": BUREAU, "topic": "一"}]
    matter = Matter(counsel(per="guests.guest")).open()
    matter.move("ask", {"guests": rows, "reply_by": "2026-09-30", "summary": "第一稿"})

    with pytest.raises(BeingAnswered, match="“列席·单位”已经送出"):
        corrected(matter, {"guests.guest": [OTHER]})


def test_what_nobody_answers_may_be_corrected_while_they_do():
    matter = corrected(asked(counsel(text="summary"), BUREAU), {"reply_by": "2026-10-10"})

    assert matter.due("gather") == "2026-10-10"


def test_what_everybody_has_answered_may_be_corrected():
    matter = asked(counsel(Tally("all", ("agreed",), to="concluding")), BUREAU).join(0, "refused")

    assert corrected(matter, {"receivers": [OTHER]}).situation.values["receivers"] == [OTHER]
