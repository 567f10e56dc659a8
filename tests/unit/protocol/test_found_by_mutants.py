"""Minimal declarations over which the proof, its independent judge and the engine once disagreed."""

from dataclasses import replace

from fuyuantong.protocol import (
    Clock,
    Closing,
    Do,
    Entry,
    Example,
    Final,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Request,
    Role,
    Rows,
    State,
    Text,
)
from fuyuantong.protocol.proof import prove

TERMS = frozenset({"house:work", "house:rest"})
FINISH = Move("finish", "办结", to="done", asks=("reason",))
PAUSE = Move("pause", "中止", to="resting", asks=("reason",), at_most=1)
RESUME = Move("resume", "恢复", to="working", asks=("reason",), until="work")
WORKING = State("working", "办理", holder="court", judged_by="work", moves=(FINISH, PAUSE))
RESTING = State("resting", "中止", holder="agency", judged_by="rest", moves=(RESUME,))
DONE = Final("done", "办结", kind=Closing.DECIDED, by=("court",))
EXPIRED = Final("expired", "逾期", kind=Closing.LAPSED, basis="逾期视为放弃", set_aside="证明")

PAUSED = Mechanism(
    "paused",
    "中止",
    roles=(Role("court", "法院"), Role("agency", "机关", via="setting:agency")),
    fields=(Text("reason", "理由", samples=("甲",)),),
    clocks=(Clock("work", "办理", "house:work", stops=("resting",)), Clock("rest", "中止", "house:rest")),
    entries=(Entry("working", by="court"),),
    states=(WORKING, RESTING, DONE),
    examples=(Example("中止后恢复", (Do("pause"), Do("resume"), Do("finish")), ends="done"),),
)

OUTCOME = Move("answer", "逐项答复", to="closing", asks=("points.outcome",))
CLOSING = State("closing", "待办结", holder="court", judged_by="rest", moves=(FINISH,))
LISTED = replace(
    PAUSED,
    fields=(
        *PAUSED.fields,
        Rows(
            "points",
            "事项",
            (Text("point", "要点", samples=("甲",)), Text("outcome", "结果", samples=("乙",))),
            at_least=1,
            identity=True,
            later=("outcome",),
            samples=([{"point": "甲"}],),
        ),
    ),
    clocks=(Clock("work", "办理", "house:work"), Clock("rest", "办结", "house:rest")),
    entries=(Entry("working", by="court", carried=("points",)),),
    states=(replace(WORKING, moves=(OUTCOME,)), CLOSING, replace(DONE, needs=("field:points.outcome",))),
    examples=(Example("逐项答复", (Do("answer"), Do("finish")), ends="done", carried={"points": [{"point": "甲"}]}),),
)

FOLLOW_UP = replace(
    PAUSED,
    key="follow-up",
    entries=(Entry("working", by="court", opened=True, carried=("court",)),),
    clocks=(Clock("work", "办理", "house:work"),),
    states=(replace(WORKING, moves=(FINISH,)), DONE),
    examples=(Example("办结", (Do("finish"),), ends="done", carried={"court": "法院"}),),
)


def broken(mechanism: Mechanism) -> set[str]:
    """Return the rules that a mechanism breaks."""
    return {fault.rule for fault in prove(mechanism, terms=TERMS, mechanisms={"follow-up": FOLLOW_UP}).faults}


def test_a_clock_that_passed_before_it_rested_still_bars_what_may_be_done_only_in_time() -> None:
    assert broken(PAUSED) == {"stranded"}


def test_a_holder_may_still_act_between_the_last_day_and_its_lapse() -> None:
    lapsing = replace(WORKING, lapses=(Lapse("work", to="expired"),))

    assert "stranded" in broken(replace(PAUSED, states=(lapsing, RESTING, DONE, EXPIRED)))


def test_a_row_that_is_added_later_has_no_outcome_yet() -> None:
    added = Request("add", "增加事项", by=("agency",), states=("closing",), asks=("points.point",), rows="points")

    assert broken(LISTED) == set()
    assert broken(replace(LISTED, requests=(added,))) == {"needs-unmet"}


def test_rows_that_are_listed_anew_have_no_outcome_yet() -> None:
    anew = Move("relist", "另列事项", to="closing", asks=("points",), at_most=1)
    again = replace(CLOSING, moves=(FINISH, anew))

    assert "needs-unmet" in broken(replace(LISTED, states=(LISTED.states[0], again, LISTED.states[2])))


def test_one_matter_for_each_row_may_be_none() -> None:
    opens = Opens("follow-up", "working", {"court": "court"}, each="points")
    closing = replace(CLOSING, moves=(replace(FINISH, opens=(opens,)),))
    needing = replace(LISTED, states=(LISTED.states[0], closing, replace(DONE, needs=("opened:follow-up",))))
    rows = replace(LISTED.value("points"), at_least=0)

    assert "needs-unmet" not in broken(needing)
    assert "needs-unmet" in broken(replace(needing, fields=(LISTED.fields[0], rows)))
