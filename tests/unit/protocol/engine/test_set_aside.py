"""An ending by lapse is lifted on evidence: the state goes on, with clocks that begin that day."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.protocol.engine.builders import begun, timed
from tests.unit.protocol.engine.matter import BUREAU, COURT, Matter, acting

from fuyuantong.protocol import Clock, Lapse, Opens
from fuyuantong.protocol.amendments import NotSetAside, correct, set_aside
from fuyuantong.protocol.fold import fold
from fuyuantong.protocol.offers import NotYourTurn, ReasonMissing

WORK = Clock("work", "办理期限", "XS-01")  # fifteen days: from 2026-08-03 to 2026-08-18
LAPSE = Lapse("work", to="done")
LATE, LIFTED = "2026-09-01", "2026-09-02"


def lapsed(clock: Clock = WORK, lapse: Lapse = LAPSE, **values: str) -> Matter:
    return begun(timed(clock, lapses=(lapse,)), values).lapse("work", today=LATE)


def lifted(matter: Matter, *, on: str = LIFTED, by: str = COURT, evidence: str = "邮寄回执") -> Matter:
    draft = set_aside(
        matter.mechanism,
        matter.situation,
        trail=matter.records,
        evidence=evidence,
        acting=acting(by, on),
        world=matter.world,
    )
    return matter.take(draft)


def test_what_lapsed_goes_on_where_it_was_and_its_clock_begins_that_day():
    matter = lifted(lapsed())
    found, clock = matter.situation, matter.situation.clocks["work"]

    assert (found.state, found.holder, found.closed, found.closed_on, found.stay_seq) == ("working", COURT, "", None, 4)
    assert (clock.running, clock.lap, clock.inputs["started_on"], clock.inputs["stops"]) == (True, 2, LIFTED, [])
    assert (matter.told("sets_aside"), matter.told("reason")) == (3, "邮寄回执")
    assert fold(matter.records) == found


def test_it_does_not_lapse_at_once_again_but_when_the_new_time_is_over():
    matter = lifted(lapsed())
    due_on = matter.situation.clocks["work"].due_on

    assert due_on == date(2026, 9, 17)
    assert matter.lapse_of("work", today=due_on.isoformat()) is None
    assert matter.lapse("work", today="2026-12-01").situation.closed == "decided"


def test_what_the_lapse_had_set_is_as_it_was():
    assert lifted(lapsed(lapse=replace(LAPSE, sets={"late": True}))).situation.facts == {"late": False}


def test_a_clock_that_counted_from_a_given_day_counts_from_the_lifting():
    matter = lifted(lapsed(replace(WORK, since="came_on"), came_on="2026-08-03"))
    inputs = matter.situation.clocks["work"].inputs

    assert (inputs["started_on"], inputs["trigger"]) == (LIFTED, "办理中")


def test_where_a_given_day_is_past_it_is_corrected_first():
    matter = lapsed(Clock("work", "答复期限", until="reply_by"), reply_by="2026-08-18")
    with pytest.raises(NotSetAside, match="“答复期限”依所填日期计算，撤销后仍已届满"):
        lifted(matter)

    given = {"of_seq": 2, "values": {"reply_by": "2026-09-30"}, "reason": "另定日期"}
    matter.take(correct(matter.mechanism, matter.situation, acting=acting(COURT, LIFTED), world=matter.world, **given))
    assert lifted(matter).situation.clocks["work"].due_on == date(2026, 9, 30)


@pytest.mark.parametrize("matter", [begun(timed(WORK)), begun(timed(WORK)).move("finish")], ids=["open", "decided"])
def test_only_an_ending_by_lapse_is_set_aside(matter):
    with pytest.raises(NotSetAside, match="不是因逾期而结束"):
        lifted(matter)


def test_an_ending_from_which_others_were_opened_stays():
    opens = Opens("advice", "owed", {"court": "court", "ground": "=逾期未答复"})
    with pytest.raises(NotSetAside, match="已经引出其他事项"):
        lifted(lapsed(lapse=replace(LAPSE, opens=(opens,))))


@pytest.mark.parametrize(("said", "refusal"), [({"by": BUREAU}, NotYourTurn), ({"evidence": " "}, ReasonMissing)])
def test_who_held_it_lifts_it_and_names_the_evidence(said, refusal):
    with pytest.raises(refusal):
        lifted(lapsed(), **said)
