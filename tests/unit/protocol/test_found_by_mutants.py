"""Minimal declarations over which the proof and its independent judge once disagreed."""

from fuyuantong.protocol import Clock, Closing, Do, Entry, Example, Final, Mechanism, Move, Role, State, Text
from fuyuantong.protocol.proof import prove

TERMS = frozenset({"house:work", "house:rest"})


def broken(mechanism: Mechanism) -> set[str]:
    """Return the rules that a mechanism breaks."""
    return {fault.rule for fault in prove(mechanism, terms=TERMS).faults}


PAUSED = Mechanism(
    "paused",
    "中止",
    roles=(Role("court", "法院"), Role("agency", "机关", via="setting:agency")),
    fields=(Text("reason", "理由", samples=("甲",)),),
    clocks=(Clock("work", "办理", "house:work", stops=("resting",)), Clock("rest", "中止", "house:rest")),
    entries=(Entry("working", by="court"),),
    states=(
        State(
            "working",
            "办理",
            holder="court",
            judged_by="work",
            moves=(
                Move("finish", "办结", to="done", asks=("reason",)),
                Move("pause", "中止", to="resting", asks=("reason",), at_most=1),
            ),
        ),
        State(
            "resting",
            "中止",
            holder="agency",
            judged_by="rest",
            moves=(Move("resume", "恢复", to="working", asks=("reason",), until="work"),),
        ),
        Final("done", "办结", kind=Closing.DECIDED, by=("court",)),
    ),
    examples=(Example("中止后恢复", (Do("pause"), Do("resume"), Do("finish")), ends="done"),),
)


def test_a_clock_that_passed_before_it_rested_still_bars_what_may_be_done_only_in_time() -> None:
    assert broken(PAUSED) == {"stranded"}
