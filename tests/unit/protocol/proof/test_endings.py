"""Closing: who may, on what evidence, and what an ending by lapse needs."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import LETTER, ROUND, on, on_move, plus, proof_of, rules_broken

from fuyuantong.protocol import Asks, Closing, Do, Example, Final, Lapse, Mechanism, Passes, Request

LATE = Final("late", "逾期", kind=Closing.LAPSED, set_aside="有证据证明已按期答复")
WITHDRAWN = Final("withdrawn", "已撤回", kind=Closing.WITHDRAWN)
WITHDRAW = Request("withdraw", "撤回", by=("court",), states=("answering",), asks=("reason",), demand="withdrawn")


def lapsing(**changes: object) -> Mechanism:
    """Return a letter whose answer may lapse."""
    late = plus(on(LETTER, "states", "answering", lapses=(Lapse("answer", to="late"),)), states=(LATE,))
    shown = plus(late, examples=(Example("逾期", (Do("send"), Passes("answer")), ends="late"),))
    return on(shown, "states", "late", **changes)


def withdrawing(asks: tuple[str, ...] = ("reason",), **changes: object) -> Mechanism:
    """Return a letter that its sender may withdraw by right."""
    request = replace(WITHDRAW, asks=asks)
    example = Example("撤回", (Do("send"), Asks("withdraw")), ends="withdrawn")
    return on(
        plus(LETTER, states=(WITHDRAWN,), requests=(request,), examples=(example,)), "states", "withdrawn", **changes
    )


REFUSED = on(LETTER, "states", "done", kind=Closing.REFUSED, by=())

BREACHES = {
    "lapse-final": {"nothing lifts it": lapsing(set_aside="")},
    "closing-by": {
        "another role": on(LETTER, "states", "done", by=("court",)),
        "nobody": on(LETTER, "states", "done", by=()),
        "a lapse": lapsing(kind=Closing.ACCEPTED, by=("agency",)),
        "a ballot for another": on(ROUND, "states", "done", by=()),
        "a demand of another": withdrawing(kind=Closing.DECIDED, by=("agency",)),
    },
    "closing-evidence": {
        "nothing asked": on_move(LETTER, "answering", "reply", asks=()),
        "a day is no evidence": on_move(LETTER, "answering", "reply", asks=("day",)),
        "a demand": withdrawing(asks=(), kind=Closing.DECIDED, by=("court",)),
    },
    "closing-reason": {
        "nothing asked": on_move(REFUSED, "answering", "reply", asks=()),
        "a demand": withdrawing(asks=()),
    },
    "unknown-need": {"a stamp": on(LETTER, "states", "done", needs=("stamp",))},
}
CASES = [
    pytest.param(rule, declaration, id=f"{rule}: {case}")
    for rule, cases in BREACHES.items()
    for case, declaration in cases.items()
]


@pytest.mark.parametrize(("rule", "declaration"), CASES)
def test_a_breach_of_closing_is_told_alone(rule: str, declaration: Mechanism) -> None:
    assert rules_broken(declaration) == {rule}


SOUND = {
    "by lapse": lapsing(),
    "by right": withdrawing(),
    "by right on a basis": withdrawing(asks=(), basis="某规定第一条"),
    "with a paper drawn up": on_move(LETTER, "answering", "reply", asks=(), drafts="reply-letter"),
    "with a reason": REFUSED,
    "with a table": on_move(LETTER, "answering", "reply", asks=("points",)),
    "with a reason code": on_move(LETTER, "answering", "reply", asks=("kind",)),
}


@pytest.mark.parametrize("declaration", SOUND.values(), ids=SOUND)
def test_a_sound_ending_passes(declaration: Mechanism) -> None:
    assert not proof_of(declaration).faults


def test_the_fault_stands_at_the_step_that_closes() -> None:
    (fault,) = proof_of(lapsing(set_aside="")).faults

    assert fault.path == ("待答复（answering）", "逾期（lapse:answer）")
