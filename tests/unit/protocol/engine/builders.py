"""Small mechanisms, and matters that have reached a state of theirs: what the engine's tests are told with."""

from collections.abc import Mapping
from dataclasses import replace

from tests.unit.protocol.engine.matter import BUREAU, MONDAY, FakeWorld, Matter

from fuyuantong.protocol import (
    Await,
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Extends,
    Field,
    File,
    Final,
    Flag,
    Is,
    Json,
    Lapse,
    Mechanism,
    Move,
    Number,
    Organ,
    Organs,
    Request,
    Role,
    Rows,
    State,
    Tally,
    Text,
)
from fuyuantong.protocol.trail import Kind

FIELDS: tuple[Field, ...] = (
    Organ("receiver", "被建议单位"),
    Organs("receivers", "被建议单位"),
    Choice("kind", "类型", ("普通", "紧急")),
    Flag("public", "公开"),
    Date("reply_by", "答复期限"),
    Date("longer_until", "延长至"),
    Date("came_on", "收到日期"),
    Date("heard_on", "开庭日期"),
    Number("amount", "金额", unit="分"),
    Text("reply", "书面答复"),
    Text("reason", "理由"),
    Text("summary", "小结"),
    File("letter", "建议书"),
    Rows("problems", "问题", (Text("problem", "问题"), Text("done", "整改")), at_least=1, later=("done",)),
    Rows("materials", "材料", (Text("note", "说明"),), identity=True),
    Rows("guests", "列席", (Organ("guest", "单位"), Text("topic", "议题")), identity=True),
)

COURT_ROLE = Role("court", "建议法院")
RECEIVER_ROLE = Role("receiver", "被建议单位", via="field:receiver")
SUPERIOR_ROLE = Role("superior", "上级机关", via="superior_of:receiver")

LETTER = Mechanism(
    "letter",
    "去函",
    roles=(COURT_ROLE, RECEIVER_ROLE, SUPERIOR_ROLE),
    fields=FIELDS,
    clocks=(
        Clock("sign", "签收期限", "house:sign"),
        Clock("reply", "答复期限", "JY-01", until="reply_by", stops=("checking",)),
        Clock("check", "核实期限", "house:assess"),
        Clock("assess", "评估期限", "house:assess"),
    ),
    entries=(Entry("drafting", by="court"),),
    states=(
        State(
            "drafting",
            "拟稿",
            holder="court",
            unclocked="未发出",
            inner=True,
            moves=(
                Move("note", "改稿", to="drafting", asks=("summary",), renews="每次改稿都有新内容"),
                Move(
                    "issue",
                    "签发",
                    to="delivering",
                    asks=("receiver", "reply_by"),
                    numbers="court-letter",
                    drafts="letter",
                    copies=("superior", "setting:copies"),
                ),
            ),
        ),
        State(
            "delivering",
            "待签收",
            holder="receiver",
            judged_by="sign",
            moves=(Move("receive", "签收", to="replying"), Move("misdirected", "退回", to="drafting", at_most=1)),
            lapses=(Lapse("sign", to="replying", title="视为签收"),),
        ),
        State(
            "replying",
            "待答复",
            holder="receiver",
            judged_by="reply",
            moves=(
                Move("reply", "答复", to="assessing", asks=("reply",)),
                Move("doubt", "请求核实", to="checking", asks=("reply_by", "reason")),
                Move("prolong", "延长", to="replying", asks=("reason", "longer_until"),
                     extends=(Extends("reply", until="longer_until"),), renews="每次都有新的事由"),
            ),
            lapses=(Lapse("reply", to="overdue", sets={"late": True}),),
        ),
        State("checking", "核实中", holder="court", judged_by="check", moves=(Move("checked", "核实完毕", to="replying"),)),
        State(
            "assessing",
            "待评估",
            holder="court",
            judged_by="assess",
            moves=(
                Move("accept", "采纳", to="adopted", asks=("summary",)),
                Move("supplement", "退回补充", to="replying", asks=("reason", "reply_by"), at_most=2, beyond="overdue"),
            ),
        ),
        State("overdue", "督促中", holder="superior", judged_by="check", moves=(Move("settle", "处理", to="settled"),)),
        Final("adopted", "采纳", kind=Closing.DECIDED, by=("court",)),
        Final("settled", "上级处理", kind=Closing.SETTLED, basis="联动工作方案"),
        Final("withdrawn", "撤回", kind=Closing.SUPERSEDED, basis="法院撤回"),
    ),
    requests=(
        Request("withdraw", "撤回建议", by=("court",), states=("delivering", "replying"), asks=("reason",), demand="withdrawn"),
        Request("urge", "催办", by=("court",), states=("replying",), asks=("reason",), grants="reply", answer_by="house:sign"),
        Request("add", "补充材料", by=("court", "superior"), states=("replying",), asks=("note",), rows="materials"),
    ),
)  # fmt: skip

ANSWER = Mechanism(
    "answer",
    "答复",
    roles=(COURT_ROLE, Role("receiver", "被建议单位")),
    fields=FIELDS,
    clocks=(Clock("answer", "答复期限", "JY-01"),),
    entries=(Entry("answering", by="receiver", opened=True, carried=("court", "receiver", "reply_by")),),
    states=(
        State(
            "answering",
            "待答复",
            holder="receiver",
            judged_by="answer",
            moves=(Move("agree", "同意", to="agreed"), Move("refuse", "不同意", to="refused", asks=("reason",))),
        ),
        Final("agreed", "同意", kind=Closing.ACCEPTED, by=("receiver",)),
        Final("refused", "不同意", kind=Closing.REFUSED),
        Final("recalled", "撤回", kind=Closing.SUPERSEDED, basis="不再等待"),
    ),
)

OTHERWISE = Tally("otherwise", to="concluding")


def counsel(*ballot: Tally, per: str = "receivers", **more: object) -> Mechanism:
    """Return a mechanism that asks several organs and concludes by their answers."""
    gathering = Await(
        "gathering",
        "征求意见",
        holder="court",
        judged_by="gather",
        child=ANSWER,
        per=per,
        each="receiver",
        ballot=ballot or (OTHERWISE,),
        moves=(
            Move("conclude", "提前小结", to="concluding"),
            Move("note", "记事", to="gathering", asks=("summary",), renews="记事"),
        ),
    )
    return Mechanism(
        "counsel",
        "会商",
        roles=(COURT_ROLE,),
        fields=FIELDS,
        clocks=(Clock("gather", "征求期限", until="reply_by"), Clock("conclude", "小结期限", "house:sign")),
        entries=(Entry("drafting", by="court"),),
        states=(
            State(
                "drafting",
                "拟稿",
                holder="court",
                unclocked="未发出",
                inner=True,
                moves=(Move("ask", "征求意见", to="gathering", asks=(per.partition(".")[0], "reply_by", "summary")),),
            ),
            replace(gathering, **more),
            State(
                "concluding",
                "待小结",
                holder="court",
                judged_by="conclude",
                moves=(
                    Move("again", "再次征求", to="gathering", asks=("summary",)),
                    Move("close", "办结", to="closed"),
                ),
            ),
            Final("closed", "办结", kind=Closing.DECIDED, by=("court",)),
            Final("vetoed", "否决", kind=Closing.REFUSED),
        ),
    )


def asked(mechanism: Mechanism, *receivers: str, on: str = MONDAY) -> Matter:
    """Return a counsel in which these organs have been asked."""
    values: dict[str, Json] = {"receivers": list(receivers), "reply_by": "2026-09-30", "summary": "第一稿"}
    return Matter(mechanism).open(on=on).move("ask", values, on=on)


def timed(clock: Clock, *others: Clock, **working: object) -> Mechanism:
    """
    Return a mechanism with a clock that lives in `working`.

    `waiting` leads there by `begin` (which may ask every field), `working` on by `rest` to `resting`, `hand_on` to
    `later`, `finish` to `done`.
    """
    everything = tuple(one.key for one in FIELDS)
    state = State(
        "working",
        "办理中",
        holder="court",
        judged_by=clock.key,
        moves=(
            Move("rest", "中止", to="resting", asks=("reason",)),
            Move("note", "记事", to="working", may_ask=everything, renews="记事"),
            Move("hand_on", "转后续", to="later"),
            Move("finish", "办结", to="done"),
        ),
    )
    return Mechanism(
        "timed",
        "计时",
        roles=(COURT_ROLE,),
        fields=FIELDS,
        clocks=(clock, Clock("idle", "其他期限", "house:sign"), *others),
        entries=(Entry("waiting", by="court"),),
        states=(
            State("waiting", "待办", holder="court", judged_by="idle",
                  moves=(Move("begin", "开始", to="working", may_ask=everything), Move("pause", "先行中止", to="resting", asks=("reason",)))),
            replace(state, **working),
            State("resting", "中止中", holder="court", judged_by="idle",
                  moves=(Move("go_on", "恢复", to="working"), Move("give_up", "终结", to="done"))),
            State("later", "后续", holder="court", judged_by="idle", moves=(Move("back", "退回", to="working"), Move("finish", "办结", to="done"))),
            Final("done", "办结", kind=Closing.DECIDED, by=("court",)),
        ),
    )  # fmt: skip


def begun(
    mechanism: Mechanism, values: Mapping[str, Json] | None = None, *, on: str = MONDAY, **more: object
) -> Matter:
    """Return a matter whose clock has begun on a day."""
    return Matter(mechanism).open(on=on).move("begin", values, on=on, **more)


def issued(*, on: str = MONDAY, reply_by: str = "2026-10-08", world: FakeWorld | None = None) -> Matter:
    """Return a letter that was issued."""
    return Matter(LETTER, world).open(on=on).move("issue", {"receiver": BUREAU, "reply_by": reply_by}, on=on)


def replying(*, on: str = MONDAY, reply_by: str = "2026-10-08") -> Matter:
    """Return a letter that was received and waits for its reply."""
    return issued(on=on, reply_by=reply_by).move("receive", on=on)


KINDS = tuple(Kind)
URGENT = Is("kind", "紧急")
COMMON = Is("kind", "普通")
