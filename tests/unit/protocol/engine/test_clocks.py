"""Clocks live in the matter: they start, rest, go on, move, lengthen and end with its states."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.unit.protocol.engine.builders import (
    COMMON,
    COURT,
    MONDAY,
    URGENT,
    Matter,
    acting,
    begun,
    issued,
    replying,
    timed,
)

from fuyuantong.clock.acts import NotLonger
from fuyuantong.clock.periods import PeriodNotInForce
from fuyuantong.clock.running import BadClock
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.protocol import Clock, Extends, Is, Move, State, Term
from fuyuantong.protocol.decision import say_why_open
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, OutsideWindow, ReasonMissing
from fuyuantong.protocol.starting import BeyondCeiling, DayMissing, NoTermApplies
from fuyuantong.protocol.timing import as_json, clocks_of, due_of, ends_on

DEFENCE = Clock("work", "答辩期限", "XS-01", stops=("resting",))
REPLY = Clock("work", "答复期限", "JY-01", until="reply_by", stops=("resting",))

IDLE = Clock("idle", "其他期限", "house:sign")


def inputs(matter, clock="work"):
    return matter.situation.clocks[clock].inputs


# starting


@pytest.mark.parametrize(
    ("term", "start", "due"),
    [
        ("XS-01", "2026-09-18", "2026-10-08"),
        ("XS-01", "2026-09-25", "2026-10-10"),
        ("JY-01", "2025-12-31", "2026-02-28"),
        ("JY-01", "2026-08-03", "2026-10-08"),
        ("JY-02", "2026-07-28", "2026-09-28"),
        ("FS-03", "2026-02-13", "2026-02-27"),
        ("FS-01", "2026-09-21", "2026-10-12"),
        ("JY-03", "2026-08-31", "2026-11-30"),
    ],
)
def test_a_clock_starts_on_the_day_of_the_move_that_enters_its_life(term, start, due):
    matter = begun(timed(Clock("work", "期限", term)), on=start)

    assert (matter.due("work"), matter.clock_told("work")) == (due, "start")


def test_a_clock_says_what_started_it_and_under_which_calendar():
    matter = begun(timed(DEFENCE), on="2026-09-18")

    assert (inputs(matter)["name"], inputs(matter)["trigger"]) == ("答辩期限", "开始")
    assert matter.situation.clocks["work"].calendar == matter.world.calendar.version


def test_a_clock_that_begins_with_the_matter_names_its_state():
    matter = Matter(timed(DEFENCE)).open()

    assert inputs(matter, "idle")["trigger"] == "待办"


def test_the_day_that_a_field_gives_starts_the_clock():
    clock = replace(DEFENCE, since="came_on")
    matter = begun(timed(clock), {"came_on": "2026-09-18"}, on="2026-09-21")

    assert (matter.due("work"), inputs(matter)["trigger"]) == ("2026-10-08", "收到日期")


def test_a_clock_whose_first_day_was_never_given_is_refused():
    with pytest.raises(DayMissing, match="“答辩期限”须依“收到日期”计算") as refused:
        begun(timed(replace(DEFENCE, since="came_on")))

    assert refused.value.field == "came_on"


def test_a_period_not_yet_in_force_on_the_first_day_is_refused():
    with pytest.raises(PeriodNotInForce):
        begun(timed(Clock("work", "期限", "JY-01")), on="2023-11-15")


def test_the_case_that_holds_gives_the_term():
    cases = (Term("JC-02", when=(COMMON,)), Term("JC-03", when=(URGENT,)))
    clock = Clock("work", "回复期限", cases=cases)

    assert begun(timed(clock), {"kind": "普通"}, on="2026-08-03").due("work") == "2026-10-08"
    assert begun(timed(clock), {"kind": "紧急"}, on="2026-09-18").due("work") == "2026-10-08"


def test_a_case_reads_the_fact_that_the_same_move_sets():
    cases = (Term("JC-02", when=(Is("late", False),)), Term("JC-03", when=(Is("late", True),)))
    again = Move("anew", "重新起算", to="working", restarts=("work",), sets={"late": True}, at_most=1, beyond="later")
    matter = begun(timed(Clock("work", "回复期限", cases=cases), moves=(again,)), on="2026-08-03")

    assert (matter.due("work"), matter.move("anew", on="2026-09-18").due("work")) == ("2026-10-08", "2026-10-08")
    assert inputs(matter)["rule"]["key"] == "JC-03"


@pytest.mark.parametrize("cases", [(Term("JC-02", when=(URGENT,)),), (Term("JC-02"), Term("JC-03"))])
def test_no_case_or_more_than_one_is_refused(cases):
    with pytest.raises(NoTermApplies, match="个期限符合现有情况"):
        begun(timed(Clock("work", "回复期限", cases=cases)), {"kind": "普通"})


def test_the_last_day_that_a_letter_may_name_is_accepted():
    assert begun(timed(REPLY), {"reply_by": "2026-10-08"}).due("work") == "2026-10-08"


def test_a_day_later_than_the_law_allows_is_refused_with_both_days_named():
    with pytest.raises(BeyondCeiling) as refused:
        begun(timed(REPLY), {"reply_by": "2026-10-09"})

    assert "“答复期限”2026-10-09 晚于上限 2026-10-08（自 2026-08-03 起2个月）" in str(refused.value)
    assert (refused.value.basis, refused.value.field) == ("法释〔2023〕11号第8条（一般不超过）", "reply_by")


def test_a_day_beyond_the_ceiling_gives_way_where_nobody_is_there_to_name_another():
    matter = issued(reply_by="2026-10-09").move("receive")

    assert (inputs(matter, "reply")["rule"]["key"], matter.due("reply")) == ("JY-01", "2026-10-08")


def test_the_ceiling_and_its_basis_stand_in_the_record():
    rule = inputs(begun(timed(REPLY), {"reply_by": "2026-09-30"}))["rule"]

    assert (rule["source"], rule["ceiling"]["key"], rule["key"]) == ("fixed", "JY-01", "until:reply_by")


def test_a_day_set_without_a_ceiling_may_be_any():
    matter = begun(timed(Clock("work", "期限", until="reply_by")), {"reply_by": "2027-03-01"})

    assert (matter.due("work"), inputs(matter)["rule"]["basis"]) == ("2027-03-01", "文书指定：答复期限")


def test_a_day_that_is_set_rolls_off_a_holiday():
    assert begun(timed(Clock("work", "期限", until="reply_by")), {"reply_by": "2026-10-03"}).due("work") == "2026-10-08"


def test_a_negative_term_counts_back_from_the_event():
    clock = Clock("work", "传票期限", "XS-08", before="heard_on")

    assert begun(timed(clock), {"heard_on": "2026-09-10"}).due("work") == "2026-09-07"


def test_without_a_term_the_day_of_the_event_is_the_last_even_on_a_holiday():
    clock = Clock("work", "开庭", before="heard_on")

    assert begun(timed(clock), {"heard_on": "2026-10-03"}).due("work") == "2026-10-03"


def test_an_event_whose_day_was_never_given_is_refused():
    with pytest.raises(DayMissing, match="开庭日期"):
        begun(timed(Clock("work", "传票期限", "XS-08", before="heard_on")))


def test_hours_count_from_the_moment_of_the_act():
    at = datetime(2026, 9, 18, 14, 20, tzinfo=SHANGHAI)
    matter = begun(timed(Clock("work", "回应期限", "house:call")), on="2026-09-18", at=at)

    assert (matter.due("work"), inputs(matter)["started_at"]) == ("2026-09-19", "2026-09-18T14:20:00+08:00")


def test_hours_of_an_act_without_its_moment_count_from_the_end_of_the_day():
    matter = begun(timed(Clock("work", "回应期限", "house:call")), on="2026-09-18")

    assert (matter.due("work"), inputs(matter)["started_at"]) == ("2026-09-19", "2026-09-18T23:59:00+08:00")


def test_a_moment_on_another_day_than_the_act_is_not_the_start():
    at = datetime(2026, 9, 19, 9, 0, tzinfo=SHANGHAI)
    matter = begun(timed(Clock("work", "回应期限", "house:call")), on="2026-09-18", at=at)

    assert inputs(matter)["started_at"] == "2026-09-18T23:59:00+08:00"


# life


def test_a_clock_goes_on_through_a_move_inside_its_life():
    matter = begun(timed(DEFENCE)).move("note", on="2026-08-05")

    assert (matter.clock_told("work"), matter.due("work")) == (None, "2026-08-18")


def test_a_clock_ends_when_its_life_is_left():
    matter = begun(timed(DEFENCE)).move("hand_on", on="2026-08-05")

    assert (matter.clock_told("work"), matter.situation.clocks["work"].running) == ("end", False)
    assert inputs(matter)["ended_on"] == "2026-08-05"


def test_a_clock_keeps_running_over_the_states_that_it_keeps():
    matter = begun(timed(replace(DEFENCE, keeps=("later",)))).move("hand_on", on="2026-08-05")

    assert (matter.clock_told("work"), matter.situation.clocks["work"].running) == (None, True)


def test_entering_anew_is_a_new_lap():
    matter = begun(timed(DEFENCE)).move("hand_on", on="2026-08-05").move("back", on="2026-08-06")

    assert (matter.situation.clocks["work"].lap, matter.due("work")) == (2, "2026-08-21")


def test_a_clock_is_left_alone_where_it_does_not_live():
    assert Matter(timed(DEFENCE)).open().clock_told("work") is None


def test_closing_ends_every_clock():
    matter = begun(timed(DEFENCE, Clock("case", "审限", "XS-10", keeps=("working", "later")))).move("finish")

    assert [matter.situation.clocks[key].running for key in ("work", "case", "idle")] == [False, False, False]


def test_a_restart_begins_a_new_lap_inside_the_life():
    note = Move("note", "记事", to="working", restarts=("work",), renews="每次重新起算")
    matter = begun(timed(DEFENCE, moves=(note,))).move("note", on="2026-08-10")

    assert (matter.clock_told("work"), matter.situation.clocks["work"].lap) == ("start", 2)
    assert matter.due("work") == "2026-08-25"


# stops


def test_a_stop_keeps_its_cause_and_who_approved_it():
    matter = begun(timed(DEFENCE)).move("rest", {"reason": "委托鉴定"}, on="2026-08-10")

    assert inputs(matter)["stops"] == [{"from_on": "2026-08-10", "to_on": None, "cause": "委托鉴定", "approver": COURT}]
    assert (matter.clock_told("work"), matter.due("work")) == ("stop", "None")


def test_the_cause_of_a_stop_is_words_and_not_the_date_given_before_them():
    matter = replying().move("doubt", {"reply_by": "2026-10-08", "reason": "数据存疑"}, on="2026-08-10")

    assert inputs(matter, "reply")["stops"][0]["cause"] == "数据存疑"


def test_a_stopped_clock_counts_as_running():
    matter = begun(timed(DEFENCE)).move("rest", {"reason": "委托鉴定"}, on="2026-08-10")

    assert matter.situation.clocks["work"].running


def test_a_clock_goes_on_after_a_stop_without_the_days_of_it():
    matter = begun(timed(DEFENCE)).move("rest", {"reason": "委托鉴定"}, on="2026-08-10").move("go_on", on="2026-08-20")

    assert (matter.clock_told("work"), matter.due("work")) == ("resume", "2026-08-28")


def test_a_day_set_in_a_letter_moves_by_the_days_of_a_stop():
    matter = begun(timed(REPLY), {"reply_by": "2026-10-08"}).move("rest", {"reason": "委托鉴定"}, on="2026-08-10")

    assert matter.move("go_on", on="2026-08-20").due("work") == "2026-10-19"


def test_a_second_stop_follows_the_first():
    matter = begun(timed(DEFENCE)).move("rest", {"reason": "鉴定"}, on="2026-08-10").move("go_on", on="2026-08-11")

    assert (
        matter.move("rest", {"reason": "调解"}, on="2026-08-12").move("go_on", on="2026-08-14").due("work")
        == "2026-08-21"
    )


def test_a_clock_that_ends_while_it_rests_ends_its_stop():
    matter = begun(timed(DEFENCE)).move("rest", {"reason": "鉴定"}, on="2026-08-10").move("give_up", on="2026-08-12")

    assert inputs(matter)["stops"][0]["to_on"] == "2026-08-12"
    assert (inputs(matter)["ended_on"], matter.due("work")) == ("2026-08-12", "2026-08-20")


def test_a_clock_may_begin_at_rest():
    matter = Matter(timed(DEFENCE)).open().move("pause", {"reason": "等待材料"})

    assert (matter.clock_told("work"), inputs(matter)["stops"][0]["cause"]) == ("start", "等待材料")


def test_an_entry_at_rest_is_its_own_cause():
    mechanism = timed(replace(DEFENCE, stops=("resting", "waiting")))

    assert inputs(Matter(mechanism).open())["stops"][0]["cause"] == "待办"


def test_what_rests_already_is_not_stopped_twice():
    clock = replace(DEFENCE, stops=("resting", "later"))
    resting = State("resting", "中止中", holder=COURT, judged_by="idle", moves=(Move("on", "转", to="later"),))
    mechanism = timed(clock)
    states = tuple(replace(resting, holder="court") if state.key == "resting" else state for state in mechanism.states)
    matter = begun(replace(mechanism, states=states)).move("rest", {"reason": "鉴定"}, on="2026-08-10")

    assert matter.move("on", on="2026-08-12").clock_told("work") is None


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
