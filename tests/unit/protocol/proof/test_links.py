"""Links: what is opened or awaited can be opened there and gets everything it needs; no circle has no end."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import (
    ANSWERING,
    COLLECTING,
    LETTER,
    ROUND,
    SIGN,
    on,
    on_move,
    plus,
    proof_of,
    rules_broken,
)

from fuyuantong.protocol import (
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Final,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Organ,
    Organs,
    Received,
    Role,
    Rows,
    Tally,
    Text,
)
from fuyuantong.protocol.faults import Fault
from fuyuantong.protocol.rules import circles

FOLLOW_UP = Mechanism(
    "follow-up",
    "跟踪",
    roles=(Role("follower", "跟踪方"), Role("watched", "被跟踪方", many=True)),
    fields=(
        Text("about", "事由"),
        Choice("sort", "类别", ("甲", "乙", "丙"), samples=("甲",)),
        Date("since", "自"),
        Organ("one", "单位"),
        Organs("all", "各单位"),
        Rows("lines", "行", (Text("point", "要点"),)),
        Text("result", "结果"),
    ),
    clocks=(Clock("watch", "跟踪期", "house:sign"),),
    entries=(Entry("watching", by="follower", opened=True, carried=("about",)),),
    states=(
        replace(
            ANSWERING,
            key="watching",
            holder="follower",
            judged_by="watch",
            moves=(Move("end", "结束", to="ended", asks=("result",)),),
        ),
        Final("ended", "结束", kind=Closing.DECIDED, by=("follower",)),
    ),
)
NEEDED = {"follower": "court", "about": "reason"}


def opening(carry: dict[str, str], entry: str = "watching", each: str = "") -> Mechanism:
    """Return a letter whose answer opens a follow-up; everything that may be carried is known."""
    known = on_move(LETTER, "drafting", "send", asks=("addressee", *(found.key for found in LETTER.fields[1:])))
    return on_move(known, "answering", "reply", opens=(Opens("follow-up", entry, carry, each=each),))


def awaiting(child: Mechanism = SIGN, **changes: object) -> Mechanism:
    """Return a round that awaits this child in another way."""
    return on(ROUND, "states", "collecting", child=child, **changes)


def receiving(column: str, outcome: str) -> Mechanism:
    """Return a round whose table begins with what its children bring back."""
    begins = Received("collecting", columns={column: outcome})
    return on(awaiting(outcomes=("opinion",)), "fields", "points", begins_with=begins)


BREACHES = {
    "begins-shape": {
        "what nobody brings back": receiving("point", "gift"),
        "a text for an organ": receiving("unit", "opinion"),
    },
    "opened-entry": {
        "no such entry": opening(NEEDED, entry="nowhere"),
        "a child without such an entry": awaiting(entry="nowhere"),
        "a child that begins by hand": awaiting(
            replace(SIGN, entries=(Entry("signing", by="court", carried=("signer",)),))
        ),
    },
    "carry": {
        "nothing for the opener": opening({"about": "reason"}),
        "nothing for a field": opening({"follower": "court"}),
        "something nobody takes": opening({**NEEDED, "gift": "reason"}),
        "a text for a role": opening({**NEEDED, "follower": "reason"}),
        "a role for a text": opening({**NEEDED, "about": "court"}),
        "a term that is no option": opening({**NEEDED, "sort": "=丁"}),
        "a number for a day": opening({**NEEDED, "since": "amount"}),
        "one organ for many": opening({**NEEDED, "all": "agency"}),
        "many organs for one": opening({**NEEDED, "one": "others"}),
        "found organs for one": opening({**NEEDED, "one": "superior_of:court"}),
        "found organs for one role": opening({**NEEDED, "follower": "setting:office"}),
        "something a child does not take": awaiting(carry={"gift": "reason"}),
    },
    "recall": {
        "nowhere to go": awaiting(replace(SIGN, states=SIGN.states[:3])),
        "two ways to go": awaiting(plus(SIGN, states=(Final("recalled_too", "又收回", kind=Closing.SUPERSEDED),))),
    },
    "many-holds": {
        "each is many": awaiting(
            plus(
                on(SIGN, "roles", "signer", may_be_same=("court",)),
                roles=(Role("crowd", "众", many=True),),
            ),
            each="crowd",
            carry={"signer": "court"},
        ),
    },
}
CASES = [
    pytest.param(rule, declaration, id=f"{rule}: {case}")
    for rule, cases in BREACHES.items()
    for case, declaration in cases.items()
]


@pytest.mark.parametrize(("rule", "declaration"), CASES)
def test_a_breach_between_mechanisms_is_told_alone(rule: str, declaration: Mechanism) -> None:
    assert rules_broken(declaration, FOLLOW_UP) == {rule}


def test_an_entry_that_begins_by_hand_is_not_opened() -> None:
    by_hand = replace(FOLLOW_UP, entries=(Entry("watching", by="follower", carried=("about",)),))

    assert rules_broken(opening(NEEDED), by_hand) == {"opened-entry"}


def test_an_opened_entry_is_judged_by_a_clock() -> None:
    reviewed = on(replace(FOLLOW_UP, clocks=()), "states", "watching", judged_by="", review="house:review")

    assert "opened-entry" in rules_broken(reviewed)


SOUND = {
    "what it needs": opening(NEEDED),
    "a constant": opening({**NEEDED, "about": "=回访", "sort": "=丙"}),
    "a choice among fewer": opening({**NEEDED, "sort": "kind"}),
    "a choice as a text": opening({**NEEDED, "about": "kind"}),
    "a day": opening({**NEEDED, "since": "day"}),
    "a role as an organ": opening({**NEEDED, "one": "agency"}),
    "organs": opening({**NEEDED, "all": "others"}),
    "found organs": opening({**NEEDED, "all": "superior_of:court", "watched": "setting:office"}),
    "a table with the same columns": opening({**NEEDED, "lines": "points"}),
    "a column of each row": opening({**NEEDED, "about": "row.point", "follower": "row.unit"}, each="points"),
}


@pytest.mark.parametrize("declaration", SOUND.values(), ids=SOUND)
def test_what_fits_may_be_carried(declaration: Mechanism) -> None:
    assert not proof_of(declaration, FOLLOW_UP).faults


def test_a_child_may_be_a_mechanism_of_the_catalogue() -> None:
    assert not proof_of(awaiting("sign"), SIGN).faults  # type: ignore[arg-type]


def test_a_table_may_begin_with_what_children_bring_back() -> None:
    assert not proof_of(receiving("point", "opinion")).faults


def test_two_states_may_wait_for_one_child_but_not_for_two_of_one_key() -> None:
    again = replace(COLLECTING, key="again", title="再会签")

    assert "duplicate-key" not in rules_broken(plus(ROUND, states=(again,)))
    assert "duplicate-key" in rules_broken(plus(ROUND, states=(replace(again, child=replace(SIGN, title="签")),)))


def test_a_child_may_be_left_open() -> None:
    child = replace(SIGN, states=SIGN.states[:3])

    assert not proof_of(awaiting(child, leftover="leave")).faults


def test_a_fault_of_a_child_is_told_under_its_await() -> None:
    (fault,) = proof_of(awaiting(on_move(SIGN, "signing", "agree", asks=()))).faults

    assert fault == Fault(
        "closing-evidence",
        "以同意（agreed）办结须填写或附上凭据",
        ("会签中（collecting）", "待会签（signing）", "同意（agree）"),
    )


def engine_opens(key: str, target: str) -> Mechanism:
    """Return a mechanism whose lapse opens another."""
    lapse = Lapse("answer", to="answering", opens=(Opens(target, "answering"),))
    return replace(on(LETTER, "states", "answering", lapses=(lapse,)), key=key)


def test_nobody_waits_for_himself() -> None:
    first, second = replace(awaiting("second"), key="first"), replace(awaiting("first"), key="second")  # type: ignore[arg-type]

    ((key, fault),) = circles.faults({"first": first, "second": second})

    assert (key, fault.rule) == ("first", "await-cycle")
    assert fault.path == ("征求会签（first）", "征求会签（second）", "征求会签（first）")


def test_waiting_is_found_inside_children() -> None:
    inner = replace(awaiting("first"), key="inner")  # type: ignore[arg-type]
    first = replace(awaiting(inner), key="first")

    assert [fault.rule for _, fault in circles.faults({"first": first})] == ["await-cycle"]


def test_the_engine_does_not_open_without_end() -> None:
    mechanisms = {key: engine_opens(key, target) for key, target in (("a", "b"), ("b", "c"), ("c", "b"))}

    assert [(key, fault.rule) for key, fault in circles.faults(mechanisms)] == [("b", "opens-cycle")]


def test_a_ballot_opens_by_the_engine_too() -> None:
    tally = Tally("otherwise", to="failed", opens=(Opens("round", "drafting"),))
    again = on(ROUND, "states", "collecting", ballot=(COLLECTING.ballot[0], tally))

    assert [fault.rule for _, fault in circles.faults({"round": again})] == ["opens-cycle"]


def test_people_may_open_in_circles() -> None:
    again = on_move(LETTER, "answering", "reply", opens=(Opens("letter", "drafting"),))

    assert not list(circles.faults({"letter": again}))


def test_linked_are_all_that_are_opened_or_awaited() -> None:
    both = on_move(awaiting("sign"), "drafting", "send", opens=(Opens("follow-up", "watching"),))  # type: ignore[arg-type]

    assert circles.linked(both) == {"sign", "follow-up"}
