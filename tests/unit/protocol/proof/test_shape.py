"""Shape: who may hold and ask, what stays inside before issue, what a table or ballot must have."""

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
    plus_move,
    proof_of,
    rules_broken,
)

from fuyuantong.protocol import (
    Choice,
    Date,
    Do,
    Draws,
    Entry,
    Event,
    Example,
    Matter,
    Mechanism,
    Move,
    Opens,
    Prefill,
    Request,
    Role,
    Tally,
    Tells,
    Text,
    Time,
    Unfinished,
)

HAND_IN = Move("hand_in", "递交", to="done", asks=("reply",))
TWO_WAYS = plus_move(LETTER, "answering", HAND_IN, Example("递交", (Do("send"), Do("hand_in")), ends="done"))

BEGINNING = on(
    on_move(
        on_move(LETTER, "drafting", "send", asks=("addressee", "kind", "points")),
        "answering",
        "reply",
        opens=(Opens("sign", "signing", {"court": "court", "signer": "agency"}),),
    ),
    "fields",
    "points",
    columns=(Text("point", "要点"), Text("why", "缘由"), Matter("which", "事项")),
    later=(),
    begins_with=Unfinished("sign", same="kind", text="point", cause="why", matter="which"),
)
SIGN_ON_A_DAY = replace(
    on_move(replace(SIGN, fields=(*SIGN.fields, Date("day", "日期"))), "signing", "agree", asks=("opinion", "day")),
    event=Event("day"),
)
ADD = Request("add", "补充", by=("court",), states=("answering",), rows="points")
GRANT = Request("grant", "求答复", by=("court",), states=("answering",), grants="reply", answer_by="house:sign")


def drawing(act: str, keeper: str) -> Mechanism:
    """Return a letter whose answer touches a fund."""
    draws = (Draws(act, "fund", "amount", keeper=keeper),)
    return on_move(LETTER, "answering", "reply", asks=("reply", "amount"), draws=draws)


def by_rows(**changes: object) -> Mechanism:
    """Return a round that waits for the unit of each row."""
    rows = on_move(ROUND, "drafting", "send", asks=("points",))
    return on(on(rows, "states", "collecting", per="points.unit"), "fields", "points", **changes)


def balloting(*ballot: Tally) -> Mechanism:
    """Return a round with this ballot."""
    return on(ROUND, "states", "collecting", ballot=ballot)


MANY = on_move(
    plus(LETTER, roles=(Role("many", "各机关", via="field:others", many=True),)),
    "drafting",
    "send",
    asks=("addressee", "others"),
)

BREACHES = {
    "role-cycle": {
        "of one": plus(LETTER, roles=(Role("a", "甲", via="superior_of:a"),)),
        "of two": plus(LETTER, roles=(Role("a", "甲", via="superior_of:b"), Role("b", "乙", via="superior_of:a"))),
    },
    "many-holds": {
        "a state": on(on(MANY, "states", "answering", holder="many"), "states", "done", by=("many",)),
        "an entry": plus(
            MANY,
            states=(replace(ANSWERING, key="owed"),),
            entries=(Entry("owed", by="many", opened=True, carried=("agency",)),),
            examples=(Example("补复", (Do("reply"),), entry="owed", ends="done"),),
        ),
    },
    "bound-shape": {
        "beyond without a bound": on_move(LETTER, "answering", "reply", beyond="done"),
        "less than none": on_move(LETTER, "answering", "reply", at_most=-1),
    },
    "draw-shape": {"an act that no fund knows": drawing("borrow", "agency")},
    "keeper": {"a fund of another": drawing("reserve", "court")},
    "request-shape": {
        "for nothing": plus(LETTER, requests=(replace(ADD, rows=""),)),
        "for two things": plus(TWO_WAYS, requests=(replace(GRANT, rows="points"),)),
        "by nobody": plus(LETTER, requests=(replace(ADD, by=()),)),
        "nowhere": plus(LETTER, requests=(replace(ADD, states=()),)),
        "rows that are not told apart": plus(on(LETTER, "fields", "points", identity=False), requests=(ADD,)),
    },
    "request-unanswered": {
        "no term": plus(TWO_WAYS, requests=(replace(GRANT, answer_by=""),)),
        "a term where nobody answers": plus(LETTER, requests=(replace(ADD, answer_by="house:sign"),)),
    },
    "request-holder": {"of oneself": plus(LETTER, requests=(replace(ADD, by=("agency",)),))},
    "request-grants": {"another state's move": plus(LETTER, requests=(replace(GRANT, grants="send"),))},
    "await-shape": {
        "leftover": on(ROUND, "states", "collecting", leftover="forget"),
        "a way to count": balloting(COLLECTING.ballot[0], Tally("most", to="failed")),
        "a number that nothing counts": balloting(replace(COLLECTING.ballot[0], n=2), COLLECTING.ballot[1]),
        "rows that are not told apart": by_rows(identity=False),
    },
    "empty-per": {"no organs": on(ROUND, "fields", "others", at_least=0), "no rows": by_rows(at_least=0)},
    "event-shape": {
        "a day that nobody fills in": replace(LETTER, event=Event("day")),
        "an end without a beginning": replace(
            plus(on_move(LETTER, "answering", "reply", asks=("reply", "day")), fields=(Time("over", "结束"),)),
            event=Event("day", ends="over"),
        ),
        "members of no series": replace(
            on_move(LETTER, "answering", "reply", asks=("reply", "day")), event=Event("day", members="others")
        ),
        "a secret place": replace(
            on(on_move(LETTER, "answering", "reply", asks=("reply", "day")), "fields", "reason", secret=True),
            event=Event("day", place="reason"),
        ),
        "a child with a day of its own": on(ROUND, "states", "collecting", child=SIGN_ON_A_DAY),
    },
    "field-shape": {
        "a matter that nothing fills in": plus(LETTER, fields=(Matter("which", "事项"),)),
        "check": on(LETTER, "fields", "reply", check="horoscope"),
        "check of a column": on(LETTER, "fields", "points", columns=(Text("point", "要点", check="x"),), later=()),
        "no options": on(LETTER, "fields", "kind", options=(), samples=()),
        "options twice": on(LETTER, "fields", "kind", options=("甲", "甲")),
        "a standing of no register": on(LETTER, "fields", "reply", only_while=("pending",)),
        "a standing that there is not": plus(
            LETTER, fields=(Text("number", "案号", check="case-number", only_while=("lost",)),)
        ),
        "a standing in a column": on(
            LETTER,
            "fields",
            "points",
            columns=(Text("point", "要点", check="case-number", only_while=("pending",)),),
            later=(),
        ),
        "no columns": on(LETTER, "fields", "points", columns=(), later=()),
    },
    "inner-leak": {
        "back inside": plus_move(
            on(on(LETTER, "states", "answering", holder="court"), "states", "done", by=("court",)),
            "answering",
            Move("take_back", "收回", to="drafting", at_most=1),
            Example("收回", (Do("send"), Do("take_back"), Do("send"), Do("reply")), ends="done"),
        ),
        "to another inside": on(LETTER, "states", "answering", inner=True),
        "copied inside": on_move(
            on(on(LETTER, "states", "answering", inner=True, holder="court"), "states", "done", by=("court",)),
            "drafting",
            "send",
            copies=("agency",),
        ),
        "entered by another": plus(
            LETTER,
            states=(replace(ANSWERING, key="owed", inner=True),),
            entries=(Entry("owed", by="court", opened=True, carried=("agency",)),),
            examples=(Example("补复", (Do("reply"),), entry="owed", ends="done"),),
        ),
        "requested": plus(
            LETTER,
            roles=(Role("office", "办公室", via="setting:office"),),
            requests=(replace(ADD, by=("office",), states=("drafting",)),),
        ),
    },
}
HEARING = plus(
    LETTER,
    fields=(
        Text("number", "案号", check="case-number", prefill=Prefill.CASE),
        Date("heard_on", "开庭", prefill=Prefill.HEARD),
        Choice("finding", "认定", ("出庭", "未出庭"), samples=("出庭",), tells=Tells.FINDING),
    ),
)
TOLD = on(HEARING, "fields", "addressee", prefill=Prefill.SUED)
BREACHES["tell-shape"] = {
    "no organ that was sued": HEARING,
    "an answer in no case": plus(LETTER, fields=(Text("defence", "答辩", tells=Tells.ANSWER),)),
    "words that no court uses": on(TOLD, "fields", "finding", options=("来了", "出庭")),
    "told twice": plus(TOLD, fields=(Choice("again", "再认定", ("出庭",), samples=("出庭",), tells=Tells.FINDING),)),
}
CASES = [
    pytest.param(rule, declaration, id=f"{rule}: {case}")
    for rule, cases in BREACHES.items()
    for case, declaration in cases.items()
]


@pytest.mark.parametrize(("rule", "declaration"), CASES)
def test_a_breach_of_shape_is_told_alone(rule: str, declaration: Mechanism) -> None:
    assert rules_broken(declaration) == {rule}


def test_a_register_takes_over_what_is_told_of_a_hearing_that_it_can_find() -> None:
    ranked = plus(TOLD, fields=(Choice("rank", "类别", ("正职",), samples=("正职",), tells=Tells.RANK),))

    assert not proof_of(ranked).faults


def test_a_granted_move_keeps_its_right_in_states_where_nobody_asks_for_it() -> None:
    asked_elsewhere = plus_move(TWO_WAYS, "drafting", replace(HAND_IN, key="reply", asks=("addressee", "reply")))

    assert "needs-request" not in rules_broken(plus(asked_elsewhere, requests=(GRANT,)))


def test_many_may_ask_and_be_copied() -> None:
    asked = plus(MANY, requests=(replace(ADD, by=("many",)),))

    assert not proof_of(on_move(asked, "answering", "reply", copies=("many", "others"))).faults


BEGUN_WRONGLY = {
    "with what nothing opens": on_move(BEGINNING, "answering", "reply", opens=()),
    "of a kind that is not asked": on_move(BEGINNING, "drafting", "send", asks=("addressee", "points")),
    "though nobody fills it in": on_move(BEGINNING, "drafting", "send", asks=("addressee", "kind")),
}


@pytest.mark.parametrize("declaration", BEGUN_WRONGLY.values(), ids=BEGUN_WRONGLY)
def test_a_table_begins_with_what_a_move_opens_and_is_asked_with_its_kind(declaration: Mechanism) -> None:
    assert rules_broken(BEGINNING, SIGN) == set()
    assert rules_broken(declaration, SIGN) == {"begins-shape"}
