"""Clocks live in the matter: they start, rest, go on and end with its states."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.unit.protocol.engine.builders import COMMON, URGENT, begun, issued, replying, timed
from tests.unit.protocol.engine.matter import COURT, Matter

from fuyuantong.clock.acts import BeyondCeiling
from fuyuantong.clock.periods import PeriodNotInForce
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.protocol import Clock, Is, Move, State, Term
from fuyuantong.protocol.starting import DayMissing, NoTermApplies

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
