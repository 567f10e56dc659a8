"""会议邀请: one organ is asked to a meeting and says who comes, who comes instead, or why nobody does."""

from fuyuantong.protocol import (
    Asks,
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Example,
    Final,
    Lapse,
    Mechanism,
    Move,
    Passes,
    Request,
    Role,
    State,
    Text,
    Time,
    do,
)

RANKS = ("主要负责人", "分管负责人", "部门负责人", "工作人员")
LINE = 200  # characters of what stands on one line
MEETING = ("title", "held_on", "starts_at", "place")
ATTENDEE = ("attendee", "attendee_post", "rank")

MECHANISM = Mechanism(
    key="invitation",
    title="会议邀请",
    chapter="consultation",
    purpose="逐家收取参会回执：参会、委派代表、请假；会前未答复的到会议日自动归档",
    basis="府院联动工作方案关于会议通知和邀请列席的规定",
    implements=("MTG-16",),
    roles=(Role("convenor", "召集单位"), Role("invitee", "受邀单位")),
    fields=(
        Text(
            "title",
            "会议名称",
            indexed=True,
            at_most=LINE,
            samples=("第三季度府院联动常规联席会议", "复议审判联席会议"),
        ),
        Date("held_on", "开会日期"),
        Time("starts_at", "开会时间"),
        Text("place", "地点", at_most=LINE, samples=("政府办公楼第二会议室",)),
        Text("attendee", "参会人员", at_most=LINE, samples=("甲某", "乙某")),
        Text("attendee_post", "单位职务", at_most=LINE, samples=("县法院副院长", "县检察院副检察长", "县司法局局长")),
        Choice("rank", "职级类别", RANKS),
        Text("reason", "理由", samples=("赴省参加会议", "值守防汛", "会议改期")),
    ),
    clocks=(Clock("answer", "会议回执", "house:invitation-reply", before="held_on"),),
    entries=(Entry("invited", by="convenor", opened=True, carried=("invitee", *MEETING)),),
    states=(
        State(
            "invited",
            "待回执",
            holder="invitee",
            judged_by="answer",
            moves=(
                Move("accept", "参会", to="accepted", asks=ATTENDEE),
                Move("substitute", "委派代表参会", to="substituted", asks=("reason", *ATTENDEE)),
                Move("decline", "请假", to="declined", asks=("reason",)),
            ),
            lapses=(Lapse("answer", to="unanswered", title="会前未回执"),),
        ),
        Final("accepted", "参会", kind=Closing.ACCEPTED, by=("invitee",), needs=("field:attendee",)),
        Final("substituted", "委派代表", kind=Closing.ACCEPTED, by=("invitee",), needs=("field:attendee",)),
        Final("declined", "请假", kind=Closing.REFUSED),
        Final(
            "unanswered",
            "未回执",
            kind=Closing.LAPSED,
            basis="会议已到期",
            set_aside="会前已书面答复的材料，由召集单位更正",
        ),
        Final("recalled", "不再邀请", kind=Closing.SUPERSEDED),
    ),
    requests=(
        Request("recall", "不再邀请", by=("convenor",), states=("invited",), asks=("reason",), demand="recalled"),
    ),
    examples=(
        Example("负责人参会", do("accept"), ends="accepted"),
        Example("委派代表", do("substitute"), ends="substituted"),
        Example("请假", do("decline"), ends="declined"),
        Example("会前未回执", (Passes("answer"),), ends="unanswered"),
        Example("不再邀请", (Asks("recall"),), ends="recalled"),
    ),
)
