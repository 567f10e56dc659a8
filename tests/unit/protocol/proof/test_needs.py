"""What must be given on every path: holders, parties, dates, papers, openings, one term."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import (
    DRAFTING,
    LETTER,
    ROUND,
    SIGN,
    on,
    on_move,
    plus,
    plus_move,
    proof_of,
    rules_broken,
)

from fuyuantong.protocol import (
    Do,
    Draws,
    Enters,
    Entry,
    Example,
    Is,
    Mechanism,
    Move,
    Opens,
    Request,
    Role,
    Term,
)

SHORT = replace(DRAFTING.moves[0], key="send_short", title="简办")
BY_KIND = (Term("JY-01", when=(Is("kind", "甲"),)), Term("JY-02", when=(Is("kind", "乙"),)))


def with_shortcut(mechanism: Mechanism, *asks: str) -> Mechanism:
    """Return a letter whose sender asks for this too, and that has a shortcut on which it is not asked."""
    asking = on_move(mechanism, "drafting", "send", asks=("addressee", *asks))
    return plus_move(asking, "drafting", SHORT, Example("简办", (Do("send_short"), Do("reply")), ends="done"))


def replying(**changes: object) -> Mechanism:
    """Return a letter whose answer brings about something else."""
    return on_move(LETTER, "answering", "reply", **changes)


def timed(*asks: str, **changes: object) -> Mechanism:
    """Return a letter with another clock for the answer."""
    return on(with_shortcut(LETTER, *asks), "clocks", "answer", **changes)


def by_kind(*cases: Term) -> Mechanism:
    """Return a letter whose sender says of what kind it is, and whose answer's term depends on that."""
    return on(on_move(LETTER, "drafting", "send", asks=("addressee", "kind")), "clocks", "answer", term="", cases=cases)


def owed(*carried: str, **changes: object) -> Mechanism:
    """Return a letter that may begin at its answer."""
    entry = Entry("answering", by="court", opened=True, carried=carried)
    return plus(on(LETTER, "clocks", "answer", **changes), entries=(entry,))


ADD = Request("add", "补充", by=("clerk",), states=("answering",), rows="points")
CLERK = Role("clerk", "承办方", via="field:unit")
UNIT = replace(LETTER.value("addressee"), key="unit")
WITH_CLERK = plus(LETTER, roles=(CLERK, Role("boss", "上级", via="superior_of:clerk")), fields=(UNIT,))

BREACHES = {
    "unbound-holder": {
        "on a shortcut": on_move(with_shortcut(LETTER), "drafting", "send_short", asks=()),
        "derived from nobody": on(
            on(with_shortcut(WITH_CLERK, "unit"), "states", "answering", holder="boss"), "states", "done", by=("boss",)
        ),
        "at an entry": owed(),
    },
    "unbound-requester": {"on a shortcut": plus(with_shortcut(WITH_CLERK, "unit"), requests=(ADD,))},
    "unbound-copy": {
        "a role": on_move(with_shortcut(WITH_CLERK, "unit"), "answering", "reply", copies=("clerk",)),
        "a field": on_move(with_shortcut(LETTER, "others"), "answering", "reply", copies=("others",)),
        "a relation": on_move(with_shortcut(WITH_CLERK, "unit"), "answering", "reply", copies=("superior_of:clerk",)),
    },
    "unfilled": {
        "the day a clock ends": timed("day", term="", until="day"),
        "the day a clock begins": timed("day", since="day"),
        "the event it counts back from": timed("day", before="day"),
        "the day at an entry": owed("agency", since="day"),
        "the amount drawn": on_move(
            with_shortcut(LETTER, "amount"),
            "answering",
            "reply",
            draws=(Draws("reserve", "f", "amount", keeper="agency"),),
        ),
        "the row of a register": on_move(
            with_shortcut(LETTER, "reason"), "answering", "reply", enters=(Enters("list", ("reason",)),)
        ),
        "the rows of a column": on_move(
            with_shortcut(LETTER, "points"), "answering", "reply", asks=("reply", "points.result")
        ),
        "the text voted on": on(ROUND, "states", "collecting", text="reason"),
    },
    "empty-per": {"nobody was named": on_move(ROUND, "drafting", "send", asks=(), may_ask=("others",))},
    "needs-unmet": {
        "a number": on(with_shortcut(replying()), "states", "done", needs=("number",)),
        "a paper": on(LETTER, "states", "done", needs=("document:reply",)),
        "a field": on(with_shortcut(LETTER, "reason"), "states", "done", needs=("field:reason",)),
        "a column": on(LETTER, "states", "done", needs=("field:points.result",)),
        "a column that comes with its row": on(LETTER, "states", "done", needs=("field:points.point",)),
        "an opening": on(LETTER, "states", "done", needs=("opened:sign",)),
        "a conditional opening": on(
            replying(
                asks=("reply", "kind"),
                opens=(Opens("sign", "signing", {"signer": "agency", "court": "court"}, when=(Is("kind", "甲"),)),),
            ),
            "states",
            "done",
            needs=("opened:sign",),
        ),
    },
    "carry": {
        "a field": on_move(
            with_shortcut(WITH_CLERK, "unit"),
            "answering",
            "reply",
            opens=(Opens("sign", "signing", {"signer": "clerk", "court": "court"}),),
        ),
        "the rows": on_move(
            with_shortcut(LETTER, "points"),
            "answering",
            "reply",
            opens=(Opens("sign", "signing", {"signer": "row.unit", "court": "court"}, each="points"),),
        ),
        "a column asked later": replying(
            asks=("reply", "points"),
            opens=(
                Opens(
                    "sign", "signing", {"signer": "agency", "court": "court", "opinion": "row.result"}, each="points"
                ),
            ),
        ),
        "what a child carries": on(ROUND, "states", "collecting", carry={"opinion": "reason"}),
        "a role that a child shares": plus(
            on(
                ROUND,
                "states",
                "collecting",
                child=plus(
                    replace(SIGN, entries=(replace(SIGN.entries[0], carried=("signer", "clerk")),)),
                    roles=(replace(CLERK, via=""),),
                ),
            ),
            roles=(CLERK,),
            fields=(UNIT,),
        ),
    },
    "no-term": {"an option without one": by_kind(*BY_KIND[:1])},
    "ambiguous-term": {"an option with two": by_kind(*BY_KIND, Term("house:sign", when=(Is("kind", "甲"),)))},
    "vague-term": {"what was not asked": timed("kind", term="", cases=BY_KIND)},
}
CASES = [
    pytest.param(rule, declaration, id=f"{rule}: {case}")
    for rule, cases in BREACHES.items()
    for case, declaration in cases.items()
]


@pytest.mark.parametrize(("rule", "declaration"), CASES)
def test_what_a_path_leaves_out_is_told_alone(rule: str, declaration: Mechanism) -> None:
    assert rules_broken(declaration, SIGN) == {rule}


SOUND = {
    "one term for each kind": by_kind(*BY_KIND),
    "a day that every path gives": timed(term="", until="day"),
    "a role known at the entry": owed("agency"),
    "a derived role": on(
        on(on_move(WITH_CLERK, "drafting", "send", asks=("unit",)), "states", "answering", holder="boss"),
        "states",
        "done",
        by=("boss",),
    ),
    "a role of the place": replying(copies=("setting:office", "superior_of:court")),
    "a paper and a number": on(
        replying(numbers="reply", drafts="reply"), "states", "done", needs=("number", "document:reply", "field:reply")
    ),
    "a column filled in later": on(
        replying(asks=("reply", "points", "points.result")), "states", "done", needs=("field:points.result",)
    ),
    "an opening": on(
        replying(opens=(Opens("sign", "signing", {"signer": "agency", "court": "court"}),)),
        "states",
        "done",
        needs=("opened:sign",),
    ),
    "children": on(ROUND, "states", "done", needs=("opened:sign",)),
    "a new lap with its day": plus_move(
        timed(since="day"),
        "answering",
        Move("again", "重新起算", to="answering", asks=("day",), restarts=("answer",), at_most=1),
        Example("重新起算", (Do("send"), Do("again"), Do("reply")), ends="done"),
    ),
}
for case in ("a day that every path gives", "a new lap with its day"):
    SOUND[case] = on_move(SOUND[case], "drafting", "send_short", asks=("addressee", "day"))
    SOUND[case] = on_move(SOUND[case], "drafting", "send", asks=("addressee", "day"))


@pytest.mark.parametrize("declaration", SOUND.values(), ids=SOUND)
def test_what_every_path_gives_passes(declaration: Mechanism) -> None:
    assert not proof_of(declaration, SIGN).faults


def test_the_path_is_one_on_which_it_is_not_given() -> None:
    (fault,) = proof_of(BREACHES["unbound-copy"]["a field"]).faults

    assert fault.message == "答复（reply）要抄送的“others”此时未定"
    assert fault.path == (
        "始于拟稿（drafting）",
        "简办（send_short） → 待答复（answering）",
        "答复（reply） → 办结（done）",
    )


def test_a_day_needed_at_an_entry_is_told_with_the_entry() -> None:
    (fault,) = proof_of(BREACHES["unfilled"]["the day at an entry"]).faults[:1]

    assert fault.path == ("始于待答复（answering）",)


def test_an_entry_needs_only_what_its_own_clocks_read() -> None:
    running = on(timed(since="day"), "clocks", "answer", keeps=("drafting",))

    assert {fault.path for fault in proof_of(running).faults} == {("始于拟稿（drafting）",)}


def test_what_an_entry_carries_is_told_with_the_path() -> None:
    entry = Entry("answering", by="court", opened=True, carried=("agency", "kind"))
    late = plus(replying(when=(Is("kind", "甲"),)), entries=(entry,))

    paths = [fault.path for fault in proof_of(late).faults if fault.rule == "stranded"]
    assert paths == [("始于待答复（answering）：类型（kind）＝乙",)]
