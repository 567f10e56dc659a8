"""Clocks move with what is given anew, lengthen by leave, and judge the holder."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.unit.protocol.engine.builders import COMMON, URGENT, begun, issued, replying, timed
from tests.unit.protocol.engine.matter import COURT, MONDAY, Matter, acting

from fuyuantong.clock.acts import BeyondCeiling, NotLonger
from fuyuantong.clock.running import BadClock
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.protocol import Clock, Extends, Move, Term
from fuyuantong.protocol.decision import say_why_open
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, OutsideWindow, ReasonMissing
from fuyuantong.protocol.timing import as_json, clocks_of, due_of, ends_on

DEFENCE = Clock("work", "答辩期限", "XS-01", stops=("resting",))
REPLY = Clock("work", "答复期限", "JY-01", until="reply_by", stops=("resting",))

IDLE = Clock("idle", "其他期限", "house:sign")


DEFENCE = Clock("work", "答辩期限", "XS-01", stops=("resting",))
REPLY = Clock("work", "答复期限", "JY-01", until="reply_by", stops=("resting",))
IDLE = Clock("idle", "其他期限", "house:sign")


def inputs(matter, clock="work"):
    return matter.situation.clocks[clock].inputs


# moved by what is given anew


def test_a_day_given_anew_moves_the_clock():
    matter = begun(timed(REPLY), {"reply_by": "2026-09-30"}).move("note", {"reply_by": "2026-10-08"}, on="2026-08-05")

    assert (matter.clock_told("work"), matter.due("work"), matter.situation.clocks["work"].lap) == (
        "move",
        "2026-10-08",
        1,
    )


def test_a_day_given_anew_is_held_to_the_ceiling_of_the_first_day():
    matter = begun(timed(REPLY), {"reply_by": "2026-09-30"})

    with pytest.raises(BeyondCeiling, match="2026-10-09 晚于上限 2026-10-08（自 2026-08-03 起2个月）"):
        matter.move("note", {"reply_by": "2026-10-09"}, on="2026-09-28")


def test_the_same_day_given_anew_moves_nothing():
    matter = begun(timed(REPLY), {"reply_by": "2026-09-30"}).move("note", {"reply_by": "2026-09-30"}, on="2026-08-05")

    assert matter.clock_told("work") is None


def test_a_first_day_given_anew_moves_the_clock():
    matter = begun(timed(replace(DEFENCE, since="came_on")), {"came_on": "2026-09-11"}, on="2026-09-11")

    assert matter.move("note", {"came_on": "2026-09-18"}, on="2026-09-21").due("work") == "2026-10-08"


def test_a_first_day_given_anew_moves_a_clock_of_hours():
    clock = Clock("work", "回应期限", "house:call", since="came_on")
    matter = begun(timed(clock), {"came_on": "2026-09-11"}, on="2026-09-11").move(
        "note", {"came_on": "2026-09-14"}, on="2026-09-14"
    )

    assert (matter.due("work"), inputs(matter)["started_at"]) == ("2026-09-15", "2026-09-14T23:59:00+08:00")


def test_a_moment_stays_when_a_clock_of_hours_gets_another_case():
    at = datetime(2026, 9, 18, 14, 20, tzinfo=SHANGHAI)
    clock = Clock("work", "回应期限", cases=(Term("house:call", when=(URGENT,)), Term("XS-01", when=(COMMON,))))
    matter = begun(timed(clock), {"kind": "紧急"}, on="2026-09-18", at=at)

    assert matter.move("note", {"kind": "普通"}, on="2026-09-18").due("work") == "2026-10-08"
    assert matter.move("note", {"kind": "紧急"}, on="2026-09-18").due("work") == "2026-09-19"


def test_an_event_given_anew_moves_the_clock():
    matter = begun(timed(Clock("work", "传票期限", "XS-08", before="heard_on")), {"heard_on": "2026-09-10"})

    assert matter.move("note", {"heard_on": "2026-09-20"}).due("work") == "2026-09-17"


def test_a_choice_given_anew_chooses_the_term_anew_from_the_first_day():
    cases = (Term("JC-02", when=(COMMON,)), Term("JC-03", when=(URGENT,)))
    matter = begun(timed(Clock("work", "回复期限", cases=cases)), {"kind": "普通"}, on="2026-09-18")

    assert matter.move("note", {"kind": "紧急"}, on="2026-09-21").due("work") == "2026-10-08"


def test_stops_stay_when_a_day_is_given_anew():
    matter = begun(timed(REPLY), {"reply_by": "2026-09-30"}).move("rest", {"reason": "鉴定"}, on="2026-08-10")
    matter.move("go_on", on="2026-08-20").move("note", {"reply_by": "2026-10-08"}, on="2026-08-21")

    assert matter.due("work") == "2026-10-19"


# lengthened


def lengthened(*extends):
    prolong = Move(
        "prolong", "延长", to="working", asks=("reason",), may_ask=("longer_until",), extends=extends, renews="新事由"
    )
    return timed(DEFENCE, moves=(prolong,))


def test_a_term_lengthens_the_clock_with_cause_and_approver():
    matter = begun(lengthened(Extends("work", term="house:longer")), on="2026-09-18")
    matter.move("prolong", {"reason": "案情复杂"}, on="2026-09-21")

    assert (matter.clock_told("work"), matter.due("work")) == ("extend", "2026-10-19")
    extension = inputs(matter)["extensions"][0]
    assert (extension["cause"], extension["approver"], extension["on"]) == ("案情复杂", COURT, "2026-09-21")


def test_a_new_last_day_lengthens_the_clock():
    matter = begun(lengthened(Extends("work", until="longer_until")), on="2026-09-18")

    assert (
        matter.move("prolong", {"reason": "案情复杂", "longer_until": "2026-10-20"}, on="2026-09-21").due("work")
        == "2026-10-20"
    )


def test_an_extension_that_does_not_lengthen_is_refused_by_the_title_of_the_clock():
    matter = begun(lengthened(Extends("work", until="longer_until")), on="2026-09-18")

    with pytest.raises(NotLonger, match="答辩期限现于2026-10-08届满，不能“延长”至2026-10-08"):
        matter.move("prolong", {"reason": "案情复杂", "longer_until": "2026-10-08"}, on="2026-09-21")


def test_an_extension_of_another_clock_leaves_this_one_alone():
    other = Clock("case", "审限", "XS-10", keeps=("working",))
    mechanism = replace(lengthened(Extends("case", term="house:longer")), clocks=(DEFENCE, other, IDLE))
    matter = begun(mechanism, on="2026-09-18").move("prolong", {"reason": "案情复杂"}, on="2026-09-21")

    assert (matter.clock_told("work"), matter.clock_told("case")) == (None, "extend")


def test_an_extension_in_hours_of_a_clock_in_days_is_refused():
    with pytest.raises(BadClock, match="不能按小时延长"):
        begun(lengthened(Extends("work", term="house:call"))).move("prolong", {"reason": "案情复杂"})


SAME_FIELD = Extends("work", until="reply_by")


def extended_by_the_same_field():
    """Return a matter whose last day was lengthened beyond the ceiling, with leave, by the field that had set it."""
    prolong = Move("prolong", "延长", to="working", asks=("reason", "reply_by"), extends=(SAME_FIELD,), renews="新事由")
    note = Move("note", "记事", to="working", may_ask=("reply_by",), renews="记事")
    matter = begun(timed(REPLY, moves=(prolong, note)), {"reply_by": "2026-10-08"})
    return matter.move("prolong", {"reason": "案情复杂", "reply_by": "2026-11-30"}, on="2026-09-28")


def test_the_field_that_set_the_last_day_may_lengthen_it_beyond_the_ceiling():
    matter = extended_by_the_same_field()

    assert (matter.clock_told("work"), matter.due("work")) == ("extend", "2026-11-30")
    assert inputs(matter)["rule"]["fixed_on"] == "2026-10-08"


def test_a_lengthened_day_given_anew_moves_the_extension_and_not_the_first_day():
    matter = extended_by_the_same_field().move("note", {"reply_by": "2026-11-20"}, on="2026-09-29")

    assert (matter.clock_told("work"), matter.due("work")) == ("move", "2026-11-20")
    assert (inputs(matter)["rule"]["fixed_on"], inputs(matter)["extensions"][0]["cause"]) == ("2026-10-08", "案情复杂")


def test_a_day_may_be_lengthened_twice():
    matter = extended_by_the_same_field().move(
        "prolong", {"reason": "仍复杂", "reply_by": "2026-12-30"}, on="2026-11-20"
    )

    assert ([one["until"] for one in inputs(matter)["extensions"]], matter.due("work")) == (
        ["2026-11-30", "2026-12-30"],
        "2026-12-30",
    )


# who is judged, and by when


def test_the_holder_is_judged_by_the_clock_of_the_state():
    matter = replying()

    assert due_of(matter.mechanism, matter.situation) == ("reply", matter.situation.clocks["reply"].due_on)


def test_a_state_without_a_clock_has_no_last_day():
    matter = Matter(issued().mechanism).open()

    assert due_of(matter.mechanism, matter.situation) == ("", None)


def test_a_closed_matter_has_no_last_day():
    matter = begun(timed(DEFENCE)).move("finish")

    assert due_of(matter.mechanism, matter.situation) == ("", None)


def test_a_term_that_begins_with_an_act_ends_on_a_day():
    matter = issued()

    assert str(ends_on("house:sign", trigger="申请", acting=acting(COURT, MONDAY), world=matter.world)) == "2026-08-06"


REVIEWED = timed(DEFENCE, judged_by="", review="house:review")


def test_a_state_under_review_has_a_clock_of_its_own():
    matter = begun(REVIEWED, on="2026-08-31")

    assert due_of(matter.mechanism, matter.situation)[0] == "review:working"
    assert (matter.due("review:working"), [clock.key for clock in clocks_of(REVIEWED)][-1]) == (
        "2026-11-30",
        "review:working",
    )


def explain(matter, *, by=COURT, reason="尚待评估", on="2026-09-18"):
    return matter.take(
        say_why_open(matter.mechanism, matter.situation, reason=reason, acting=acting(by, on), world=matter.world)
    )


def test_saying_why_a_matter_is_still_open_begins_the_review_anew():
    matter = explain(begun(REVIEWED, on="2026-08-31"))

    assert (matter.due("review:working"), matter.situation.clocks["review:working"].lap) == ("2026-12-18", 2)
    assert (matter.told("note"), matter.situation.stay_seq) == ("尚待评估", 2)


def test_only_the_holder_says_why_a_matter_is_still_open():
    with pytest.raises(NotYourTurn):
        explain(begun(REVIEWED), by="bureau-1")


def test_a_review_is_not_explained_before_it_began():
    with pytest.raises(OutsideWindow):
        explain(begun(REVIEWED, on="2026-08-31"), on="2026-08-30")


def test_a_review_wants_a_reason():
    with pytest.raises(ReasonMissing):
        explain(begun(REVIEWED), reason=" ")


def test_a_state_with_a_clock_of_its_own_needs_no_reason():
    with pytest.raises(NotOffered, match="有自己的期限"):
        explain(begun(timed(DEFENCE)))


def test_what_is_not_plain_is_no_data_of_a_record():
    with pytest.raises(TypeError, match="float is not plain data"):
        as_json({"ratio": 0.5})
