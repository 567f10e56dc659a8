"""When a clock passes, the engine acts: not before the day after, and as of the last day."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.protocol.engine.builders import URGENT, begun, issued, replying, timed
from tests.unit.protocol.engine.matter import BUREAU, SUPERIOR

from fuyuantong.protocol import Clock, Is, Lapse, Opens
from fuyuantong.protocol.trail import Kind

WORK = Clock("work", "办理期限", "XS-01", stops=("resting",))  # from 2026-08-03 to 2026-08-18
LAPSE = Lapse("work", to="done")


def lapsing(*lapses, values=None):
    return begun(timed(WORK, lapses=lapses or (LAPSE,)), values)


@pytest.mark.parametrize("today", ["2026-08-17", "2026-08-18"])
def test_nothing_lapses_until_the_last_day_is_over(today):
    assert lapsing().lapse_of("work", today=today) is None


def test_a_clock_that_passed_lapses_as_of_its_last_day():
    matter = lapsing().lapse("work", today="2026-09-01")

    assert (matter.draft.kind, matter.draft.act, matter.draft.effective_on) == (
        Kind.LAPSE,
        "lapse:work",
        date(2026, 8, 18),
    )
    assert (matter.situation.closed, matter.situation.closed_on) == ("decided", date(2026, 8, 18))


def test_a_lapse_never_takes_effect_before_its_state_began():
    matter = lapsing().move("note", on="2026-08-20").lapse("work", today="2026-08-21")

    assert matter.draft.effective_on == date(2026, 8, 20)


def test_a_lapse_leads_to_its_state_holder_and_fact():
    matter = replying().lapse("reply", today="2026-10-09")

    assert (matter.situation.state, matter.situation.holder, matter.situation.facts) == (
        "overdue",
        SUPERIOR,
        {"late": True},
    )


def test_the_next_clock_starts_on_the_last_day_of_the_one_that_passed():
    matter = issued().lapse("sign", today="2026-08-20")

    assert (matter.draft.effective_on, matter.situation.clocks["reply"].inputs["started_on"]) == (
        date(2026, 8, 6),
        "2026-08-06",
    )
    assert matter.situation.clocks["reply"].inputs["trigger"] == "待答复"


def test_a_lapse_is_no_move_and_is_not_counted():
    assert issued().lapse("sign", today="2026-08-20").situation.counts == {"issue": 1}


def test_a_clock_without_a_lapse_only_passes():
    assert replying().move("reply", {"reply": "已改"}).lapse_of("assess", today="2027-01-01") is None


def test_a_lapse_of_another_clock_is_not_taken():
    assert lapsing(Lapse("idle", to="done")).lapse_of("work", today="2026-09-01") is None


def test_a_lapse_whose_guard_does_not_hold_is_not_taken():
    assert lapsing(replace(LAPSE, when=(URGENT,)), values={"kind": "普通"}).lapse_of("work", today="2026-09-01") is None


def test_the_first_lapse_whose_guard_holds_is_taken():
    matter = lapsing(replace(LAPSE, to="resting", when=(Is("kind", "普通"),)), LAPSE, values={"kind": "紧急"})

    assert matter.lapse("work", today="2026-09-01").situation.state == "done"


def test_a_lapse_into_rest_gives_its_own_cause():
    matter = lapsing(replace(LAPSE, to="resting")).lapse("work", today="2026-09-01")

    assert matter.situation.clocks["work"].inputs["stops"][0]["cause"] == "中止中"


def test_a_clock_at_rest_does_not_lapse():
    mechanism = timed(WORK)
    resting = replace(mechanism.state("resting"), lapses=(LAPSE,))
    states = tuple(resting if state.key == "resting" else state for state in mechanism.states)
    matter = begun(replace(mechanism, states=states)).move("rest", {"reason": "鉴定"}, on="2026-08-10")

    assert matter.lapse_of("work", today="2027-01-01") is None


def test_a_clock_that_never_started_does_not_lapse():
    assert issued().lapse_of("reply", today="2027-01-01") is None


def test_a_clock_that_ended_does_not_lapse():
    matter = begun(timed(WORK)).move("hand_on")

    assert matter.lapse_of("work", today="2027-01-01") is None


def test_a_closed_matter_does_not_lapse():
    assert lapsing().move("finish").lapse_of("work", today="2027-01-01") is None


def test_a_lapse_opens_other_matters():
    opens = Opens("advice", "owed", {"court": "court", "ground": "=逾期未答复"})
    matter = lapsing(replace(LAPSE, opens=(opens,))).lapse("work", today="2026-09-01")

    assert matter.told("opened") == [
        {
            "uid": "uid-1",
            "mechanism": "advice",
            "entry": "owed",
            "carried": {"court": "court-1", "ground": "逾期未答复"},
        }
    ]
    assert matter.situation.opened == ("advice",)


def test_the_engine_acts_for_the_holder():
    matter = replying().lapse("reply", today="2026-10-09")

    assert matter.situation.organ_of("receiver") == BUREAU
