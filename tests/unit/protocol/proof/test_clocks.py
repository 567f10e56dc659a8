"""Time: what a clock is made of, who is judged by it, where it runs, which periods there are."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import (
    LETTER,
    on,
    on_move,
    plus,
    plus_move,
    proof_of,
    rules_broken,
)

from fuyuantong.protocol import (
    Clock,
    Do,
    Example,
    Extends,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Recurs,
    Request,
    State,
    Term,
)

PAUSED = State(
    "paused",
    "中止",
    holder="agency",
    review="house:review",
    moves=(Move("resume", "恢复", to="done", asks=("reply",)),),
)
PAUSE = Move("pause", "中止办理", to="paused", asks=("reason",))


def pausing(pause: Move) -> Mechanism:
    """Return a letter whose answer may rest."""
    resting = plus(on(LETTER, "clocks", "answer", stops=("paused",)), states=(PAUSED,))
    return plus_move(
        resting, "answering", pause, Example("中止", (Do("send"), Do(pause.key), Do("resume")), ends="done")
    )


def lengthening(**changes: object) -> Mechanism:
    """Return a letter whose answer may be put off once."""
    move = Move(
        "put_off", "延期", to="answering", asks=("reason",), extends=(Extends("answer", term="JY-02"),), at_most=1
    )
    example = Example("延期", (Do("send"), Do("put_off"), Do("reply")), ends="done")
    return plus_move(LETTER, "answering", replace(move, **changes), example)


def judged(**changes: object) -> Mechanism:
    """Return a letter whose answer is judged in another way."""
    return on(replace(LETTER, clocks=()), "states", "answering", judged_by="", **changes)


def with_day(**changes: object) -> Mechanism:
    """Return a letter that names a day, and whose answer's clock is another."""
    return on(on_move(LETTER, "drafting", "send", asks=("addressee", "day")), "clocks", "answer", **changes)


SPARE = plus(LETTER, clocks=(Clock("spare", "另一期限", "JY-02", keeps=("drafting",)),))
LAPSE = Lapse("spare", to="answering")

BREACHES = {
    "clock-shape": {
        "term and cases": on(LETTER, "clocks", "answer", cases=(Term("JY-02"),)),
        "no length": on(LETTER, "clocks", "answer", term=""),
        "an event and a last day": with_day(before="day", until="day"),
        "an event and a first day": with_day(before="day", since="day"),
        "keeps and stops": on(LETTER, "clocks", "answer", keeps=("drafting",), stops=("drafting",)),
        "never runs": plus(LETTER, clocks=(Clock("idle", "闲置", "JY-01"),)),
        "judges where it rests": on(
            on_move(LETTER, "drafting", "send", asks=("addressee", "reason")),
            "clocks",
            "answer",
            keeps=("drafting",),
            stops=("answering",),
        ),
        "an extension of nothing": lengthening(extends=(Extends("answer"),)),
        "an extension of two kinds": lengthening(
            asks=("reason", "day"), extends=(Extends("answer", term="JY-02", until="day"),)
        ),
        "an extension to a day that is not given anew": lengthening(extends=(Extends("answer", until="day"),)),
    },
    "unclocked": {
        "nothing at all": judged(),
        "two ways": on(LETTER, "states", "answering", review="house:review"),
        "a reason where another holds": judged(unclocked="由承办单位掌握"),
        "a reason after issue": on(LETTER, "states", "drafting", inner=False),
    },
    "clock-asleep": {
        "lapse": on(SPARE, "states", "answering", lapses=(LAPSE,)),
        "lapse at rest": on(pausing(PAUSE), "states", "paused", lapses=(replace(LAPSE, clock="answer"),)),
        "window": on_move(SPARE, "answering", "reply", until="spare"),
        "extension": plus(lengthening(extends=(Extends("spare", term="JY-02"),)), clocks=SPARE.clocks[1:]),
        "restart": plus(lengthening(extends=(), restarts=("spare",)), clocks=SPARE.clocks[1:]),
        "restart on the way out": on_move(LETTER, "answering", "reply", restarts=("answer",)),
    },
    "stop-without-cause": {"no reason": pausing(replace(PAUSE, asks=()))},
    "extension-without-cause": {"no reason": lengthening(asks=())},
    "unknown-period": {
        "of a clock": on(LETTER, "clocks", "answer", term="JY-99"),
        "of a case": on(LETTER, "clocks", "answer", term="", cases=(Term("house:unheard"),)),
        "of what recurs": replace(
            LETTER, recurs=Recurs("letter", organ="addressee", words=("reply",), within="house:unheard")
        ),
        "of a review": judged(review="house:unheard"),
        "of an extension": lengthening(extends=(Extends("answer", term="JY-99"),)),
    },
}
CASES = [
    pytest.param(rule, declaration, id=f"{rule}: {case}")
    for rule, cases in BREACHES.items()
    for case, declaration in cases.items()
]


@pytest.mark.parametrize(("rule", "declaration"), CASES)
def test_a_breach_of_time_is_told_alone(rule: str, declaration: Mechanism) -> None:
    assert rules_broken(declaration) == {rule}


SOUND = {
    "rests for a reason": pausing(PAUSE),
    "is lengthened for a reason": lengthening(),
    "begins a new lap": lengthening(extends=(), restarts=("answer",)),
    "is reviewed": judged(review="house:review"),
    "counts back from an event": with_day(before="day"),
    "has a last day under a ceiling": with_day(until="day"),
    "begins on a day": with_day(since="day"),
}


@pytest.mark.parametrize("declaration", SOUND.values(), ids=SOUND)
def test_a_clock_that_is_sound_passes(declaration: Mechanism) -> None:
    assert not proof_of(declaration).faults


def test_the_period_of_a_deferred_opening_exists() -> None:
    looking_back = on_move(LETTER, "answering", "reply", opens=(Opens("letter", "owed", after="house:unheard"),))

    assert "unknown-period" in rules_broken(looking_back)


def test_the_period_for_answering_a_request_exists() -> None:
    request = Request(
        "ask", "求答复", by=("court",), states=("answering",), grants="put_off", answer_by="house:unheard"
    )

    assert rules_broken(plus(lengthening(), requests=(request,))) == {"unknown-period"}
