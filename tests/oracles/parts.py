"""Parts of the declarations that are made up: what they open, and whom they ask."""

from random import Random

from tests.oracles.rulebook import Word
from tests.oracles.sketch import SENDER
from tests.oracles.spelling import spell

FOLLOW_UP = spell(
    "Mechanism",
    key="follow-up",
    title="后续",
    basis="测试",
    roles=[spell("Role", key="keeper", title="主办"), spell("Role", key="source", title="来源")],
    fields=[spell("Text", key="matter", title="事由", samples=["甲"]), spell("Text", key="result", title="结果")],
    clocks=[spell("Clock", key="handle", title="办理", term="house:handle")],
    entries=[spell("Entry", state="open", by="source", opened=True, carried=["source", "keeper", "matter"])],
    states=[
        spell(
            "State",
            key="open",
            title="待办",
            holder="keeper",
            judged_by="handle",
            moves=[spell("Move", key="finish", title="办结", to="done", asks=["result"])],
        ),
        spell("Final", key="done", title="办结", kind="decided", by=["keeper"]),
    ],
    examples=[
        spell(
            "Example",
            title="办结",
            carried={"source": "HN-WX-21", "keeper": "HN-WX-22", "matter": "甲"},
            steps=[spell("Do", move="finish", values={"result": "甲"})],
            ends="done",
        )
    ],
)


def opinion(rng: Random) -> Word:
    """Return a child that asks one member for its opinion."""
    moves = [
        spell("Move", key="agree", title="同意", to="agreed", asks=["opinion"]),
        spell("Move", key="decline", title="不同意", to="declined", asks=["reason"]),
    ]
    if rng.random() < 0.4:
        moves.append(spell("Move", key="ask_back", title="询问", to="explaining", asks=["reason"], at_most=1))
    explaining = spell("Move", key="explain", title="说明", to="opining", asks=["opinion"])
    states = [
        spell(
            "State",
            key="opining",
            title="待表态",
            holder="member",
            judged_by="opine",
            moves=moves,
            lapses=[spell("Lapse", clock="opine", to="silent")],
        ),
    ]
    if len(moves) > 2:
        states.append(
            spell("State", key="explaining", title="待说明", holder=SENDER, judged_by="tell", moves=[explaining])
        )
    return spell(
        "Mechanism",
        key="opinion",
        title="表态",
        roles=[spell("Role", key=SENDER, title="发出单位"), spell("Role", key="member", title="成员单位")],
        fields=[
            spell("Text", key="body", title="正文"),
            spell("Text", key="opinion", title="意见"),
            spell("Text", key="reason", title="理由"),
        ],
        clocks=[
            spell("Clock", key="opine", title="表态", term="house:opine"),
            *([spell("Clock", key="tell", title="说明", term="house:tell")] if len(moves) > 2 else []),
        ],
        entries=[spell("Entry", state="opining", by=SENDER, opened=True, carried=[SENDER, "member", "body"])],
        states=[
            *states,
            spell("Final", key="agreed", title="同意", kind="accepted", by=["member"]),
            spell("Final", key="declined", title="不同意", kind="refused"),
            spell("Final", key="silent", title="未表态", kind="lapsed", basis="逾期未表态", set_aside="证明"),
            spell("Final", key="recalled", title="撤回", kind="superseded", basis="不再等待"),
        ],
    )
