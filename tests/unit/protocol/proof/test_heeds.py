"""Registers that are obeyed: they exist, are found by a number of theirs, and lead somewhere; nothing rests on them."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import (
    ANSWERING,
    COLLECTING,
    LETTER,
    ROUND,
    on,
    on_move,
    plus,
    proof_of,
    rules_broken,
)

from fuyuantong.protocol import Clock, Closing, Do, Example, Final, Hears, Heeds, Mechanism, State, Text
from fuyuantong.protocol.diagram import diagram

GONE = Heeds("court-case", "withdrawn", by="number", states=("answering",), to="gone")
MOVED = Heeds("court-case", "renumbered", by="number")
NUMBERED = on_move(
    plus(
        LETTER,
        fields=(Text("number", "案号", check="case-number"),),
        states=(Final("gone", "撤诉", kind=Closing.WITHDRAWN),),
        examples=(Example("撤诉", (Do("send"), Hears("court-case", "withdrawn")), ends="gone"),),
    ),
    "drafting",
    "send",
    asks=("addressee", "number"),
)
HEEDING = plus(NUMBERED, heeds=(GONE, MOVED))
FREE = on(NUMBERED, "fields", "number", check="")
# the register alone would lead on from there
WAITING = State("waiting", "等候", holder="court", judged_by="answer")
VOTED = plus(
    replace(
        on_move(ROUND, "drafting", "send", asks=("others", "number")),
        states=(ROUND.states[0], replace(COLLECTING, text="number"), *ROUND.states[2:]),
    ),
    fields=(Text("number", "案号", check="case-number"),),
    heeds=(MOVED,),
)


def heeding(*heeds: Heeds) -> Mechanism:
    """Return the letter that heeds this and nothing else."""
    return plus(NUMBERED, heeds=heeds)


def test_a_register_that_leads_into_an_ending_needs_no_reason_of_anybody() -> None:
    assert not proof_of(HEEDING).faults


def test_the_diagram_shows_what_a_register_leads_to() -> None:
    assert "    answering --> gone : 登记：案件撤诉\n" in diagram(HEEDING)


BREACHES = {
    "no such register": ("unknown-event", heeding(replace(GONE, register="fund"))),
    "no such event": ("unknown-event", heeding(replace(GONE, event="vanished"))),
    "no such field": ("unknown-key", heeding(replace(GONE, by="nothing"))),
    "no such state": ("unknown-key", heeding(replace(GONE, states=("nowhere",)))),
    "no such end": ("unknown-key", heeding(replace(GONE, to="nowhere"))),
    "a state that nobody holds": ("wrong-sort", heeding(replace(GONE, states=("done",)))),
    "a number that is a choice": ("wrong-sort", heeding(replace(GONE, by="kind"))),
    "before what is no day": ("wrong-sort", heeding(replace(GONE, before="reply"))),
    "before a day that is not known": ("unfilled", heeding(replace(GONE, before="day"))),
    "any words for a number": ("heed-shape", plus(FREE, heeds=(GONE,))),
    "an end without states": ("heed-shape", plus(HEEDING, heeds=(replace(GONE, event="joined", states=()),))),
    "a day without an end": ("heed-shape", plus(HEEDING, heeds=(replace(MOVED, event="joined", before="day"),))),
    "no new number to go on under": ("heed-shape", plus(HEEDING, heeds=(replace(MOVED, event="ended"),))),
    "two ends at once": ("heed-shape", plus(HEEDING, heeds=(replace(GONE, to="done"),))),
    "the same twice": ("heed-shape", plus(HEEDING, heeds=(replace(MOVED),))),
    "a text that is voted on": ("heed-shape", VOTED),
    "a secret number": ("secret-read", on(HEEDING, "fields", "number", secret=True)),
    "an ending that somebody must accept": ("closing-by", on(HEEDING, "states", "gone", kind=Closing.DECIDED)),
    "an example that it does not lead on": (
        "example-does-not-replay",
        plus(HEEDING, examples=(Example("错", (Hears("court-case", "withdrawn"), Do("send")), ends="done"),)),
    ),
}


@pytest.mark.parametrize(("rule", "declaration"), BREACHES.values(), ids=BREACHES)
def test_a_breach_is_told(rule: str, declaration: Mechanism) -> None:
    assert rule in rules_broken(declaration)


def test_a_matter_does_not_rest_on_what_a_register_may_tell() -> None:
    stuck = replace(
        HEEDING,
        states=(*HEEDING.states, WAITING),
        heeds=(*HEEDING.heeds, replace(GONE, states=("waiting",))),
    )

    assert "needs-request" in rules_broken(on_move(stuck, "answering", "reply", to="waiting"))


def test_a_clock_may_rest_because_a_register_says_so() -> None:
    resting = replace(ANSWERING, key="resting", judged_by="other")
    slow = plus(
        HEEDING,
        states=(resting,),
        clocks=(Clock("other", "另一期限", "house:sign"),),
        heeds=(replace(GONE, event="ended", to="resting"),),
    )

    assert rules_broken(on(slow, "clocks", "answer", stops=("resting",))) == {"unshown-move"}
