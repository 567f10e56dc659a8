"""Showing: every move and ending has an example, examples walk, samples fit, truth tables hold."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.protocol.proof.letters import (
    ANSWERING,
    LETTER,
    ROUND,
    on,
    on_move,
    plus,
    plus_move,
    proof_of,
)

from fuyuantong.protocol import (
    Asks,
    Closing,
    Declines,
    Do,
    Endings,
    Entry,
    Example,
    Final,
    Is,
    Lapse,
    Mechanism,
    Move,
    Passes,
    Request,
    Tally,
)

GRANT = Request("grant", "求答复", by=("court",), states=("answering",), grants="confer", answer_by="house:sign")
ADD = Request("add", "补充", by=("court",), states=("answering",), rows="points")
WITHDRAW = Request("withdraw", "撤回", by=("court",), states=("answering",), asks=("reason",), demand="withdrawn")
WITHDRAWN = Final("withdrawn", "已撤回", kind=Closing.WITHDRAWN)
LATE = Final("late", "逾期", kind=Closing.LAPSED, set_aside="凭证据撤销")

CONFER = Move("confer", "商议", to="answering", asks=("reason",), at_most=1)
HAND_IN = Move("hand_in", "递交", to="done", asks=("reply",))
BUSY = plus(
    plus_move(
        on(LETTER, "states", "answering", lapses=(Lapse("answer", to="late"),)),
        "answering",
        HAND_IN,
        Example("递交", (Do("send"), Do("confer"), Do("hand_in")), ends="done"),
        Example("逾期", (Do("send"), Passes("answer")), ends="late"),
        Example("撤回", (Do("send"), Asks("withdraw")), ends="withdrawn"),
    ),
    requests=(GRANT, ADD, WITHDRAW),
    states=(LATE, WITHDRAWN),
)
BUSY = on(BUSY, "states", "answering", moves=(*BUSY.state("answering").moves, CONFER))  # type: ignore[union-attr]
CHOOSING = on_move(LETTER, "answering", "reply", asks=("reply", "kind"), when=(Is("kind", "甲"),))

AT_ONCE = replace(
    ANSWERING,
    key="at_once",
    moves=(
        replace(ANSWERING.moves[0], when=(Is("urgent", False),)),
        replace(HAND_IN, key="hurry", when=(Is("urgent", True),)),
    ),
)


def shown(mechanism: Mechanism, *steps: Any, ends: str = "done", **changes: Any) -> Mechanism:
    """Add an example; a step that is a word is a move."""
    taken = tuple(Do(step) if isinstance(step, str) else step for step in steps)
    return plus(mechanism, examples=(replace(Example("另例", taken, ends=ends), **changes),))


OWED = plus(
    on_move(LETTER, "answering", "reply", asks=("reply", "urgent"), when=(Is("urgent", True, False),)),
    states=(AT_ONCE,),
    entries=(Entry("at_once", by="court", opened=True, carried=("agency", "urgent")),),
    examples=(
        Example("不急", (Do("reply"),), entry="at_once", ends="done"),
        Example("紧急", (Do("hurry"),), entry="at_once", carried={"urgent": True}, ends="done"),
    ),
)
WALKING = {
    "a request is answered": shown(BUSY, "send", Asks("grant"), "confer", "reply"),
    "a request is declined": shown(BUSY, "send", Asks("grant"), Declines("grant"), "hand_in"),
    "rows are added": shown(BUSY, "send", Asks("add"), "hand_in"),
    "it stops on the way": shown(BUSY, "send", ends="answering"),
    "a value is given": shown(CHOOSING, "send", Do("reply", {"kind": "甲", "reply": "已整改"})),
    "a column is filled in": shown(
        on_move(LETTER, "answering", "reply", asks=("reply", "points", "points.result")),
        "send",
        Do("reply", {"points.result": ["已办"]}),
    ),
    "an organ is carried": shown(OWED, "hurry", entry="at_once", carried={"agency": "X", "urgent": True}),
    "children end": shown(ROUND, "send", Endings("refused"), ends="failed"),
}


@pytest.mark.parametrize("declaration", WALKING.values(), ids=WALKING)
def test_an_example_may_show_this(declaration: Mechanism) -> None:
    assert not proof_of(declaration).faults


EARLY = on(
    ROUND,
    "states",
    "collecting",
    ballot=(Tally("any", ("refused",), to="failed", early=True), Tally("all", ("agreed",), to="done")),
)
PARTIAL = on(ROUND, "states", "collecting", ballot=(Tally("all", ("agreed",), to="done"),))
STILL = {
    "no such move": (shown(LETTER, "send", "vanish"), "第 2 步在待答复（answering）：没有“vanish”这一事项"),
    "a move after the end": (shown(LETTER, "send", "reply", "reply"), "第 3 步在办结（done）：没有“reply”这一事项"),
    "a guard that fails": (
        shown(CHOOSING, "send", Do("reply", {"kind": "乙"})),
        "第 2 步在待答复（answering）：此时不能办理答复（reply）",
    ),
    "another ending": (shown(LETTER, "send", "reply", ends="answering"), "走到的是办结（done），不是“answering”"),
    "no such entry": (shown(LETTER, "send", "reply", entry="nowhere"), "没有“nowhere”这一起点"),
    "a value not asked": (
        shown(LETTER, Do("send", {"reply": "早"}), "reply"),
        "第 1 步在拟稿（drafting）：填写的“reply”不合：不需要填写“reply”",
    ),
    "a value that does not fit": (
        shown(CHOOSING, "send", Do("reply", {"kind": "丙"})),
        "第 2 步在待答复（answering）：填写的“kind”不合：“类型”只能选择：甲、乙",
    ),
    "no value and no sample": (
        shown(on(CHOOSING, "fields", "kind", samples=()), "send", "reply"),
        "第 2 步在待答复（answering）：没有填写“kind”，也没有样例值",
    ),
    "a clock that nobody hears": (
        shown(LETTER, "send", Passes("answer")),
        "第 2 步在待答复（answering）：“answer”在此届满不引起变化",
    ),
    "children where there are none": (
        shown(LETTER, "send", Endings("agreed")),
        "第 2 步在待答复（answering）：此处没有子事项可结束",
    ),
    "an ending that no child has": (
        shown(ROUND, "send", Endings("vanished")),
        "第 2 步在会签中（collecting）：子事项没有“vanished”这种结果",
    ),
    "no children at all": (shown(ROUND, "send", Endings()), "第 2 步在会签中（collecting）：子事项没有“”这种结果"),
    "a request that cannot be made here": (
        shown(BUSY, Asks("grant"), "send"),
        "第 1 步在拟稿（drafting）：此处不能提出“grant”",
    ),
    "a request that there is not": (
        shown(BUSY, "send", Asks("vanish")),
        "第 2 步在待答复（answering）：此处不能提出“vanish”",
    ),
    "declining what nobody asked": (
        shown(BUSY, "send", Declines("grant")),
        "第 2 步在待答复（answering）：没有待答复的“grant”",
    ),
    "declining what was answered": (
        shown(BUSY, "send", Asks("grant"), Do("confer"), Declines("grant")),
        "第 4 步在待答复（answering）：没有待答复的“grant”",
    ),
    "values that no entry has": (
        shown(OWED, "reply", entry="at_once", carried={"urgent": "急"}),
        "填写的“urgent”不合：“紧急”应为是或否",
    ),
    "more endings than the ballot waits for": (
        shown(EARLY, "send", Endings("refused", "agreed"), ends="failed"),
        "第 2 步在会签中（collecting）：第 1 个子事项结束时已有结论，其后的结果不再计入",
    ),
    "endings without a decision": (
        shown(PARTIAL, "send", Endings("refused"), ends="failed"),
        "第 2 步在会签中（collecting）：计票没有结论",
    ),
    "a demand whose guard fails": (
        shown(
            on(BUSY, "requests", "withdraw", asks=("reason", "kind"), when=(Is("kind", "乙"),)),
            "send",
            Asks("withdraw"),
        ),
        "第 2 步在待答复（answering）：此时不能提出撤回（withdraw）",
    ),
}


@pytest.mark.parametrize(("declaration", "problem"), STILL.values(), ids=STILL)
def test_an_example_that_does_not_walk_says_where(declaration: Mechanism, problem: str) -> None:
    faults = [fault for fault in proof_of(declaration).faults if fault.path == ("示例：另例",)]

    assert [(fault.rule, fault.message) for fault in faults] == [("example-does-not-replay", problem)]


def test_the_examples_of_an_entry_begin_there() -> None:
    assert not proof_of(OWED).faults


def test_a_move_that_no_example_makes_is_told() -> None:
    (fault,) = proof_of(
        on(BUSY, "states", "answering", moves=(*BUSY.state("answering").moves, replace(HAND_IN, key="fax")))
    ).faults  # type: ignore[union-attr]

    assert (fault.rule, fault.path) == ("unshown-move", ("待答复（answering）", "递交（fax）"))


def test_an_ending_that_no_example_reaches_is_told() -> None:
    (fault,) = proof_of(replace(BUSY, examples=BUSY.examples[:-1])).faults

    assert (fault.rule, fault.path) == ("unshown-final", ("已撤回（withdrawn）",))


def test_a_sample_that_its_field_would_refuse_is_told() -> None:
    (fault,) = proof_of(on(LETTER, "fields", "day", samples=("明天",))).faults

    assert (fault.rule, fault.path) == ("bad-sample", ("日期（day）",))
