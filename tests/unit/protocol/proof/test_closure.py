"""Walking: the holder can always act, the matter can always end, no lap runs for ever."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.protocol.proof.letters import (
    ANSWERING,
    COLLECTING,
    DONE,
    DRAFTING,
    LETTER,
    ROUND,
    on,
    on_move,
    plus,
    proof_of,
    rules_broken,
)

from fuyuantong.protocol import (
    Asks,
    Closing,
    Do,
    Example,
    Final,
    Is,
    Lapse,
    Mechanism,
    Move,
    Passes,
    Request,
    State,
    Tally,
)


def walk(ends: str, *steps: Any) -> Example:
    """Return an example; a step that is a word is a move."""
    return Example(f"到{ends}", tuple(Do(step) if isinstance(step, str) else step for step in steps), ends=ends)


def answered(*moves: Move, states: tuple[Any, ...] = (DONE,), examples: tuple[Example, ...], **place: Any) -> Mechanism:
    """Return a letter with these moves of the answering agency, and these states after it."""
    return replace(LETTER, states=(DRAFTING, replace(ANSWERING, moves=moves, **place), *states), examples=examples)


def collected(*states: Any, examples: tuple[Example, ...] = ROUND.examples, **place: Any) -> Mechanism:
    """Return a round with another Await, and these states after it."""
    return replace(ROUND, states=(ROUND.states[0], replace(COLLECTING, **place), *states), examples=examples)


(REPLY,) = ANSWERING.moves
HAND_IN = Move("hand_in", "递交", to="done", asks=("reply",))
AGAIN = Move("again", "另行约期", to="answering", asks=("reason",), renews="每次都有新的约期")
TRY = Move("try", "试办", to="answering", asks=("reason",), at_most=1, sets={"tried": True})
DONE_BY_COURT = replace(DONE, by=("court",))
CHECKING = State(
    "checking",
    "待审核",
    holder="court",
    judged_by="answer",
    moves=(
        Move("accept", "认可", to="done", asks=("reason",)),
        Move("give_back", "退回", to="answering", asks=("reason",), at_most=1),
    ),
)
LINGERING = replace(CHECKING, moves=(CHECKING.moves[0], Move("wait", "再等", to="checking", asks=("reason",))))
RELAYING = replace(CHECKING, key="relaying", title="待转交", moves=(Move("relay", "转交", to="checking"),))
CARELESS = replace(CHECKING, moves=(CHECKING.moves[0], replace(CHECKING.moves[1], at_most=0)))
LATE = Final("late", "逾期", kind=Closing.LAPSED, set_aside="凭证据撤销")
WITHDRAWN = Final("withdrawn", "已撤回", kind=Closing.WITHDRAWN)
WITHDRAW = Request("withdraw", "撤回", by=("court",), states=("answering",), asks=("reason",), demand="withdrawn")
GRANT = Request("grant", "求答复", by=("court",), states=("answering",), grants="reply", answer_by="house:sign")
DONE_ALL, FAILED, STOPPED = ROUND.states[2:]
PRESS = Move("press", "催办", to="collecting", at_most=1)

REPLIED = walk("done", "send", "reply")
HANDED_IN = walk("done", "send", "hand_in")
ONCE_MORE = walk("answering", "send", "again")
CHECKED = walk("done", "send", "reply", "give_back", "reply", "accept")

IDLE = State("idle", "闲置", holder="court", judged_by="answer", lapses=(Lapse("answer", to="idle"),))
ASKS_KIND = on_move(LETTER, "drafting", "send", asks=("addressee", "kind"))
PERHAPS_KIND = on_move(LETTER, "drafting", "send", may_ask=("kind",))
REVIEWED = on(replace(LETTER, clocks=()), "states", "answering", judged_by="", review="house:review")
NUMBERED = replace(REPLY, to="checking", numbers="reply")

BREACHES = {
    "unreachable-state": {"nobody leads there": plus(LETTER, states=(IDLE,))},
    "stranded": {
        "a kind without an exit": on_move(ASKS_KIND, "answering", "reply", when=(Is("kind", "甲"),)),
        "after a try": answered(
            replace(REPLY, when=(Is("tried", False),)), TRY, examples=(REPLIED, walk("answering", "send", "try"))
        ),
        "a window that shuts": on_move(LETTER, "answering", "reply", until="answer"),
    },
    "needs-request": {
        "a demand alone": plus(
            answered(states=(WITHDRAWN,), examples=(walk("withdrawn", "send", Asks("withdraw")),)), requests=(WITHDRAW,)
        ),
        "a granted move alone": plus(LETTER, requests=(GRANT,)),
    },
    "await-without-act": {
        "nothing": collected(DONE_ALL, FAILED, moves=(), examples=ROUND.examples[:2]),
        "a note alone": collected(
            DONE_ALL, FAILED, moves=(PRESS,), examples=(*ROUND.examples[:2], walk("collecting", "send", "press"))
        ),
    },
    "unbounded-lap": {
        "a note": answered(REPLY, replace(AGAIN, renews=""), examples=(REPLIED, ONCE_MORE)),
        "by the engine": on(LETTER, "states", "answering", lapses=(Lapse("answer", to="answering"),)),
        "by a demand": plus(LETTER, requests=(replace(WITHDRAW, demand="answering"),)),
        "through another state": answered(
            replace(REPLY, to="checking"),
            states=(CARELESS, DONE_BY_COURT),
            examples=(CHECKED,),
        ),
    },
    "renews-without-clock": {
        "reviewed alone": plus(on(REVIEWED, "states", "answering", moves=(REPLY, AGAIN)), examples=(ONCE_MORE,))
    },
    "renews-without-exit": {
        "but a lapse": answered(
            AGAIN,
            lapses=(Lapse("answer", to="late"),),
            states=(LATE,),
            examples=(ONCE_MORE, walk("late", "send", Passes("answer"))),
        ),
        "but another renewal": answered(replace(REPLY, renews="亦有新的事由"), AGAIN, examples=(REPLIED, ONCE_MORE)),
        "but a granted move": plus(
            answered(
                REPLY,
                AGAIN,
                lapses=(Lapse("answer", to="late"),),
                states=(DONE, LATE),
                examples=(REPLIED, ONCE_MORE, walk("late", "send", Passes("answer"))),
            ),
            requests=(GRANT,),
        ),
    },
    "ballot-partial": {
        "some refuse": collected(
            DONE_ALL, STOPPED, ballot=COLLECTING.ballot[:1], examples=(ROUND.examples[0], ROUND.examples[2])
        ),
        "too few to count": collected(
            DONE_ALL,
            FAILED,
            STOPPED,
            ballot=(Tally("count", ("agreed",), to="done", n=2), Tally("any", ("refused",), to="failed")),
        ),
    },
    "numbered-twice": {
        "after a return": answered(NUMBERED, states=(CHECKING, DONE_BY_COURT), examples=(CHECKED,)),
    },
    "vague-guard": {
        "of a move": plus(
            on(
                PERHAPS_KIND,
                "states",
                "answering",
                moves=(REPLY, replace(HAND_IN, when=(Is("kind", "甲"),))),
            ),
            examples=(walk("done", Do("send", {"kind": "甲"}), "hand_in"),),
        ),
        "of a request that waits": plus(
            PERHAPS_KIND,
            requests=(
                Request("add", "补充", by=("court",), states=("answering",), rows="points", when=(Is("kind", "甲"),)),
            ),
        ),
    },
}
CASES = [
    pytest.param(rule, declaration, id=f"{rule}: {case}")
    for rule, cases in BREACHES.items()
    for case, declaration in cases.items()
]


@pytest.mark.parametrize(("rule", "declaration"), CASES)
def test_a_breach_of_walking_is_told_alone(rule: str, declaration: Mechanism) -> None:
    assert rules_broken(declaration) == {rule}


SOUND = {
    "every kind has an exit": on_move(ASKS_KIND, "answering", "reply", when=(Is("kind", "甲", "乙"),)),
    "the move asks what it reads": on_move(
        LETTER, "answering", "reply", asks=("reply", "kind"), when=(Is("kind", "甲"),)
    ),
    "a bounded return": answered(replace(NUMBERED, numbers=""), states=(CHECKING, DONE_BY_COURT), examples=(CHECKED,)),
    "a bounded lap leads beyond": answered(
        replace(TRY, to="answering", beyond="done"),
        examples=(walk("done", "send", "try", "try"),),
    ),
    "a renewed lap": answered(REPLY, AGAIN, examples=(REPLIED, ONCE_MORE)),
    "a number at each renewal": answered(
        REPLY, replace(AGAIN, numbers="notice"), examples=(REPLIED, walk("answering", "send", "again", "again"))
    ),
    "after a window opens": answered(
        replace(REPLY, not_before="answer"), examples=(walk("done", "send", Passes("answer"), "reply"),)
    ),
}


@pytest.mark.parametrize("declaration", SOUND.values(), ids=SOUND)
def test_a_sound_walk_passes(declaration: Mechanism) -> None:
    assert not proof_of(declaration).faults


def test_the_path_tells_the_choice_that_strands() -> None:
    (fault,) = proof_of(BREACHES["stranded"]["a kind without an exit"]).faults

    assert fault.path == ("始于拟稿（drafting）", "发出（send）：类型（kind）＝乙 → 待答复（answering）")


def test_the_path_of_a_lap_goes_round_once() -> None:
    (fault,) = proof_of(BREACHES["unbounded-lap"]["through another state"]).faults

    assert fault.path == (
        "始于拟稿（drafting）",
        "发出（send） → 待答复（answering）",
        "答复（reply） → 待审核（checking）",
        "退回（give_back） → 待答复（answering）",
    )


def test_the_path_of_a_second_number_tells_both() -> None:
    (fault,) = proof_of(BREACHES["numbered-twice"]["after a return"]).faults

    assert fault.path[2:] == (
        "答复（reply） → 待审核（checking）",
        "退回（give_back） → 待答复（answering）",
        "答复（reply） → 待审核（checking）",
    )


def test_the_path_tells_that_time_passes() -> None:
    (fault,) = proof_of(BREACHES["stranded"]["a window that shuts"]).faults

    assert fault.path[-1] == "届满：答复期（answer） → 待答复（answering）"


def test_the_message_tells_the_smallest_undecided_outcome() -> None:
    (fault,) = proof_of(BREACHES["ballot-partial"]["too few to count"]).faults

    assert fault.message == "会签中（collecting）：子事项结果为“agreed”时没有计票规则适用"


TWICE_OVER = {
    "a doubt": replace(
        PERHAPS_KIND,
        states=(
            *PERHAPS_KIND.states[:1],
            replace(ANSWERING, moves=(REPLY, replace(HAND_IN, when=(Is("kind", "甲"),)), replace(TRY, sets={}))),
            DONE,
        ),
        examples=(walk("done", Do("send", {"kind": "甲"}), "try", "hand_in"), REPLIED),
    ),
    "a dead end": answered(
        replace(REPLY, when=(Is("tried", False),)),
        TRY,
        replace(TRY, key="note", sets={}),
        examples=(REPLIED, walk("answering", "send", "note", "try")),
    ),
    "a lap": answered(
        REPLY,
        replace(AGAIN, renews=""),
        replace(TRY, sets={}),
        examples=(REPLIED, walk("answering", "send", "again", "try")),
    ),
    "a renewal": answered(
        AGAIN,
        replace(TRY, sets={}),
        replace(REPLY, renews="亦有新的事由"),
        examples=(REPLIED, walk("answering", "send", "again", "try")),
    ),
    "a ballot": collected(
        DONE_ALL,
        STOPPED,
        ballot=COLLECTING.ballot[:1],
        moves=(*COLLECTING.moves, PRESS),
        examples=(ROUND.examples[0], ROUND.examples[2], walk("collecting", "send", "press")),
    ),
    "a missing day": answered(
        REPLY,
        replace(TRY, sets={}, asks=("reason", "points.result")),
        examples=(REPLIED, walk("answering", "send", "try")),
    ),
}


@pytest.mark.parametrize("declaration", TWICE_OVER.values(), ids=TWICE_OVER)
def test_a_fault_is_told_once_wherever_it_shows(declaration: Mechanism) -> None:
    rules = [fault.rule for fault in proof_of(declaration).faults]

    assert len(rules) == 1


def test_two_laps_are_told_apart() -> None:
    both = answered(
        replace(REPLY, to="relaying"),
        replace(AGAIN, renews=""),
        states=(RELAYING, LINGERING, DONE_BY_COURT),
        examples=(walk("done", "send", "again", "reply", "relay", "wait", "accept"),),
    )

    assert [fault.rule for fault in proof_of(both).faults] == ["unbounded-lap", "unbounded-lap"]


def test_a_yes_is_told_as_yes() -> None:
    asks_urgent = on_move(LETTER, "drafting", "send", asks=("addressee", "urgent"))
    (fault,) = proof_of(on_move(asks_urgent, "answering", "reply", when=(Is("urgent", False),))).faults

    assert fault.path[-1] == "发出（send）：紧急（urgent）＝是 → 待答复（answering）"
