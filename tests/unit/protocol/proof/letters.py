"""The smallest correct mechanisms, and ways to change one thing in them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fuyuantong.protocol import (
    Await,
    Choice,
    Clock,
    Closing,
    Date,
    Do,
    Endings,
    Entry,
    Example,
    Final,
    Flag,
    Mechanism,
    Move,
    Number,
    Organ,
    Organs,
    Role,
    Rows,
    State,
    Tally,
    Text,
)
from fuyuantong.protocol.faults import Proof
from fuyuantong.protocol.proof import prove

TERMS = frozenset({"JY-01", "JY-02", "house:sign", "house:review"})

COURT = Role("court", "法院")
AGENCY = Role("agency", "机关", via="field:addressee")

DRAFTING = State(
    "drafting",
    "拟稿",
    holder="court",
    unclocked="尚未发出",
    inner=True,
    moves=(Move("send", "发出", to="answering", asks=("addressee",)),),
)
ANSWERING = State(
    "answering",
    "待答复",
    holder="agency",
    judged_by="answer",
    moves=(Move("reply", "答复", to="done", asks=("reply",)),),
)
DONE = Final("done", "办结", kind=Closing.DECIDED, by=("agency",))

LETTER = Mechanism(
    "letter",
    "去函",
    roles=(COURT, AGENCY),
    fields=(
        Organ("addressee", "收函机关"),
        Text("reason", "理由"),
        Text("reply", "答复"),
        Date("day", "日期"),
        Number("amount", "金额"),
        Choice("kind", "类型", ("甲", "乙"), samples=("甲",)),
        Flag("urgent", "紧急", samples=(False,)),
        Organs("others", "其他机关"),
        Rows(
            "points",
            "事项",
            (Text("point", "要点"), Organ("unit", "单位"), Text("result", "结果")),
            at_least=1,
            identity=True,
            later=("result",),
        ),
    ),
    clocks=(Clock("answer", "答复期", "JY-01"),),
    entries=(Entry("drafting", by="court"),),
    states=(DRAFTING, ANSWERING, DONE),
    examples=(Example("发函并答复", (Do("send"), Do("reply")), ends="done"),),
)

SIGN = Mechanism(
    "sign",
    "会签",
    roles=(COURT, Role("signer", "会签单位")),
    fields=(Text("opinion", "意见"),),
    clocks=(Clock("signing", "会签期", "house:sign"),),
    entries=(Entry("signing", by="court", opened=True, carried=("signer",)),),
    states=(
        State(
            "signing",
            "待会签",
            holder="signer",
            judged_by="signing",
            moves=(
                Move("agree", "同意", to="agreed", asks=("opinion",)),
                Move("refuse", "不同意", to="refused", asks=("opinion",)),
            ),
        ),
        Final("agreed", "同意", kind=Closing.DECIDED, by=("signer",)),
        Final("refused", "不同意", kind=Closing.REFUSED),
        Final("recalled", "收回", kind=Closing.SUPERSEDED),
    ),
    examples=(
        Example("同意", (Do("agree"),), ends="agreed"),
        Example("不同意", (Do("refuse"),), ends="refused"),
    ),
)

COLLECTING = Await(
    "collecting",
    "会签中",
    holder="court",
    judged_by="collect",
    child=SIGN,
    per="others",
    each="signer",
    ballot=(Tally("all", ("agreed",), to="done"), Tally("otherwise", to="failed")),
    moves=(Move("stop", "不再会签", to="stopped", asks=("reason",)),),
)

ROUND = Mechanism(
    "round",
    "征求会签",
    roles=(COURT,),
    fields=LETTER.fields,
    clocks=(Clock("collect", "收齐期", "house:sign"),),
    entries=(Entry("drafting", by="court"),),
    states=(
        replace(DRAFTING, moves=(Move("send", "送签", to="collecting", asks=("others",)),)),
        COLLECTING,
        Final("done", "会签完毕", kind=Closing.DECIDED, by=("court",)),
        Final("failed", "未能会签", kind=Closing.REFUSED),
        Final("stopped", "停止", kind=Closing.WITHDRAWN),
    ),
    examples=(
        Example("都同意", (Do("send"), Endings("agreed", "agreed")), ends="done"),
        Example("有不同意", (Do("send"), Endings("agreed", "refused")), ends="failed"),
        Example("停止", (Do("send"), Do("stop")), ends="stopped"),
    ),
)


def on(mechanism: Mechanism, part: str, key: str, /, **changes: Any) -> Mechanism:
    """Change the word of that key in `roles`, `fields`, `clocks`, `states` or `requests`."""
    words = getattr(mechanism, part)
    return replace(mechanism, **{part: tuple(replace(w, **changes) if w.key == key else w for w in words)})


def on_move(mechanism: Mechanism, place: str, key: str, /, **changes: Any) -> Mechanism:
    """Change a move of a state."""
    moves = mechanism.state(place).moves  # type: ignore[union-attr]
    return on(mechanism, "states", place, moves=tuple(replace(m, **changes) if m.key == key else m for m in moves))


def plus(mechanism: Mechanism, **words: tuple[Any, ...]) -> Mechanism:
    """Add words to a part: `states=(…,)`, `clocks=(…,)`, `examples=(…,)`."""
    return replace(mechanism, **{part: (*getattr(mechanism, part), *added) for part, added in words.items()})


def plus_move(mechanism: Mechanism, place: str, move: Move, *examples: Example) -> Mechanism:
    """Add a move to a state, and the examples that show it."""
    moves = mechanism.state(place).moves  # type: ignore[union-attr]
    return plus(on(mechanism, "states", place, moves=(*moves, move)), examples=examples)


def proof_of(mechanism: Mechanism, *others: Mechanism) -> Proof:
    """Prove a mechanism among these others."""
    known: Mapping[str, Mechanism] = {other.key: other for other in (mechanism, *others)}
    return prove(mechanism, terms=TERMS, mechanisms=known)


def rules_broken(mechanism: Mechanism, *others: Mechanism) -> set[str]:
    """Return the rules that a mechanism breaks."""
    return {fault.rule for fault in proof_of(mechanism, *others).faults}
