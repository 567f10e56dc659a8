"""Small mechanisms, a world without a database, and a matter that walks: what the engine's tests are told with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from fuyuantong.clock.calendar import Calendar, load_calendar
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.terms import Term, Unit
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
from fuyuantong.protocol.decision import (
    admit_request,
    decline_request,
    join_child,
    lapse,
    make_move,
    open_matter,
    recall_child,
)
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.fold import Situation, advance
from fuyuantong.protocol.trail import Actor, Kind, Record
from fuyuantong.protocol.transition import Draft

COURT, BUREAU, OTHER, SUPERIOR, OFFICE = "court-1", "bureau-1", "bureau-2", "county-1", "office-1"
MONDAY = "2026-08-03"

TERMS = {
    "house:sign": Term(3, Unit.WORKING_DAYS),
    "house:assess": Term(10, Unit.WORKING_DAYS),
    "house:call": Term(24, Unit.HOURS),
    "house:notice": Term(-3, Unit.DAYS),
    "house:longer": Term(15, Unit.DAYS),
    "house:review": Term(3, Unit.MONTHS),
}

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


@cache
def packaged_calendar() -> Calendar:
    """Return the calendar of the gazetted notices."""
    return load_calendar()


@dataclass
class FakeWorld:
    """A directory, settings and serials as plain data; a drawn number is remembered."""

    relations: Mapping[tuple[str, str], Sequence[str]] = field(
        default_factory=lambda: {(BUREAU, "superior_of"): (SUPERIOR,), (OTHER, "superior_of"): ("county-2",)}
    )
    settings: Mapping[str, Sequence[str]] = field(default_factory=lambda: {"copies": (OFFICE,)})
    calendar: Calendar = field(default_factory=packaged_calendar)
    directory_version: int = 7
    uids: int = 0
    numbers: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, date]] = field(default_factory=list)

    def related(self, organ: str, relation: str, *, on: date) -> Sequence[str]:
        self.asked.append((organ, relation, on))
        return self.relations.get((organ, relation), ())

    def organs_by_setting(self, key: str, *, near: str) -> Sequence[str]:
        return self.settings.get(key, ())

    def house_rule(self, key: str, *, on: date, near: str) -> Rule:
        return Rule(key=key, title=key, source=Source.HOUSE, basis="联动工作方案", term=TERMS[key])

    def new_uid(self) -> str:
        self.uids += 1
        return f"uid-{self.uids}"

    def take_number(self, serial: str, *, organ: str, on: date) -> str:
        self.numbers.append(f"{organ}〔{on.year}〕{len(self.numbers) + 1}号")
        return self.numbers[-1]


def acting(organ: str, on: str, **more: object) -> Acting:
    """Return who acts on which day."""
    return replace(Acting(organ, date.fromisoformat(on)), **more)


class Matter:
    """A matter that walks: each act is drafted, recorded and folded; `draft` is the last one."""

    def __init__(self, mechanism: Mechanism, world: FakeWorld | None = None) -> None:
        self.mechanism = mechanism
        self.world = world or FakeWorld()
        self.situation: Situation = Situation(uid="matter-1")
        self.records: list[Record] = []

    def take(self, draft: Draft | None) -> "Matter":
        assert draft is not None
        self.draft = draft
        before = self.situation
        record = Record(
            matter=before.uid,
            seq=before.seq + 1,
            epoch=1,
            node="node-1",
            kind=draft.kind,
            act=draft.act,
            from_state=before.state,
            to_state=draft.to_state,
            actor=Actor("account-1", "post-1", before.holder or COURT),
            effective_on=draft.effective_on,
            recorded_at=datetime(2026, 8, 3, 1, 2, 3, 4, tzinfo=UTC),
            values=draft.values,
            resolved=draft.resolved,
        )
        self.records.append(record)
        self.situation = advance(before if before.seq else None, record)
        return self

    def open(
        self,
        entry: str = "",
        *,
        on: str = MONDAY,
        by: str = COURT,
        roles: Mapping[str, Json] | None = None,
        values: Mapping[str, Json] | None = None,
        **more: object,
    ) -> "Matter":
        draft = open_matter(
            self.mechanism,
            self.situation.uid,
            entry=entry,
            declaration="digest-1",
            roles=roles or {},
            values=values or {},
            acting=acting(by, on, **more),
            world=self.world,
        )
        return self.take(draft)

    def move(
        self,
        key: str,
        values: Mapping[str, Json] | None = None,
        *,
        on: str = MONDAY,
        by: str = "",
        answers: str = "",
        **more: object,
    ) -> "Matter":
        draft = make_move(
            self.mechanism,
            self.situation,
            key,
            values=values or {},
            acting=acting(by or self.situation.holder, on, **more),
            world=self.world,
            answers=answers,
        )
        return self.take(draft)

    def lapse_of(self, clock: str, *, today: str) -> Draft | None:
        return lapse(self.mechanism, self.situation, clock, world=self.world, today=date.fromisoformat(today))

    def lapse(self, clock: str, *, today: str) -> "Matter":
        return self.take(self.lapse_of(clock, today=today))

    def join(
        self, child: int, ending: str, *, on: str = MONDAY, outcomes: Mapping[str, Json] | None = None
    ) -> "Matter":
        uid = list(self.situation.children)[child]
        draft = join_child(
            self.mechanism,
            self.situation,
            uid,
            ending=ending,
            outcomes=outcomes or {},
            on=date.fromisoformat(on),
            world=self.world,
        )
        return self.take(draft)

    def ask(
        self,
        request: str,
        values: Mapping[str, Json] | None = None,
        *,
        by: str = COURT,
        on: str = MONDAY,
        slip: str = "slip-1",
    ) -> "Matter":
        draft = admit_request(
            self.mechanism,
            self.situation,
            self.mechanism.request(request),
            slip=slip,
            values=values or {},
            acting=acting(by, on),
            world=self.world,
        )
        return self.take(draft)

    def decline(self, slip: str = "slip-1", *, reason: str = "尚在核实", by: str = "", on: str = MONDAY) -> "Matter":
        by = by or self.situation.holder
        return self.take(decline_request(self.situation, slip, reason=reason, acting=acting(by, on)))

    def recall(self, *, on: str = MONDAY) -> "Matter":
        on_day = date.fromisoformat(on)
        return self.take(recall_child(self.mechanism, self.situation, on=on_day, world=self.world))

    def due(self, clock: str) -> str:
        """Return the last day of a clock as text."""
        return str(self.situation.clocks[clock].due_on)

    def told(self, key: str) -> Json:
        """Return what the last record says under a key of `resolved`."""
        return self.draft.resolved.get(key)

    def clock_told(self, clock: str) -> Json:
        """Return what the last record did to a clock, nothing when it left it alone."""
        events = self.told("clocks")
        event = events.get(clock) if isinstance(events, dict) else None
        return event["do"] if isinstance(event, dict) else None


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
