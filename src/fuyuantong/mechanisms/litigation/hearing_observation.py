"""旁听庭审: a court picks a hearing to learn from, invites organs, counts who came, and hears what they learned."""

from fuyuantong.protocol import (
    Asks,
    Await,
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Endings,
    Entry,
    Event,
    Example,
    Final,
    Heeds,
    Mechanism,
    Move,
    Number,
    Organ,
    Organs,
    Prefill,
    Request,
    Role,
    Rows,
    State,
    Step,
    Tally,
    Text,
    Time,
    do,
)

SIGNED_IN = (
    Organ("organ", "单位"),
    Number("people", "到场人数", unit="人", at_least=0, samples=(12, 3)),
    Number("heads", "其中领导干部", unit="人", at_least=0, samples=(2, 0)),
)
WHEN_AND_WHERE = ("held_on", "starts_at", "place")
CANCEL = Move("cancel", "取消", to="cancelled", asks=("reason",), help="撤诉、改为不公开审理等")
HOLD = Move("hold", "登记签到", to="commenting", asks=("signed_in",))
MOVE_DAY = Move("move_day", "改期", to="moving", asks=("reason",))
INVITED: tuple[Step, ...] = (*do("invite"), Endings("accepted", "declined"))

MECHANISM = Mechanism(
    key="hearing-observation",
    title="旁听庭审",
    chapter="litigation",
    purpose="选取典型行政案件组织旁听、观摩，按单位签到计数，庭后讲评释法，收取学习反馈",
    basis="鄂尔多斯三(七)1、柳州四(四)2、岑溪二(五)1旁听观摩；松原各院以庭代训、庭审公开日的做法",
    implements=("CRT-09", "CRT-10", "CRT-11", "CRT-13", "CRT-14", "EDU-12"),
    event=Event("held_on", begins="starts_at", place="place", series="kind", tentative=("moving",)),
    roles=(
        Role("court", "组织法院", branches=(Branch.COURT,)),
        Role("invitees", "受邀单位", via="field:invitee_organs", many=True),
    ),
    fields=(
        Choice("kind", "形式", ("旁听庭审", "庭审观摩", "以庭代训", "三合一庭审", "庭审公开日")),
        Text("title", "场次名称", indexed=True, at_most=200, samples=("行政处罚案件庭审观摩", "征收补偿案件以庭代训")),
        Text(
            "case_number",
            "案号",
            check="case-number",
            prefill=Prefill.CASE,
            only_while=("pending",),
            samples=("（2026）豫0825行初26号",),
        ),
        Text("topic", "学习重点", samples=("处罚程序和证据规则", "协议履行争议的审查标准")),
        Organs("invitee_organs", "受邀单位", help="请检察院参加庭审监督的，一并列入"),
        Date("held_on", "开庭日期", prefill=Prefill.HEARD),
        Time("starts_at", "开庭时间"),
        Text("place", "地点", at_most=200, samples=("第一审判庭", "科技法庭")),
        Rows(
            "signed_in",
            "签到",
            SIGNED_IN,
            at_least=1,
            help="一个单位一行，人数按实到",
        ),
        Text("comment", "讲评要点", samples=("逐项讲评听证告知、集体讨论和送达。",)),
        Rows(
            "lessons",
            "学习反馈",
            (Text("lesson", "学习体会"), Text("measure", "改进措施")),
            identity=True,
        ),
        Text("summary", "活动小结", samples=("九个单位二十六人参加，四个单位提出改进措施。",)),
        Text("reason", "理由", samples=("当事人撤诉", "合议庭另有安排", "案件涉及个人隐私，改为不公开审理")),
    ),
    clocks=(
        Clock("hearing", "开庭", before="held_on"),
        Clock("moving", "另定日期", "house:reschedule-hearing"),
        Clock("comment", "登记讲评", "house:comment-hearing"),
        Clock("lessons", "收取学习反馈", "house:collect-lessons"),
    ),
    entries=(Entry("choosing", by="court"),),
    states=(
        State(
            "choosing",
            "选案",
            holder="court",
            unclocked="尚未邀请",
            inner=True,
            moves=(
                Move(
                    "invite",
                    "发出旁听邀请",
                    to="inviting",
                    asks=("kind", "title", "case_number", "topic", "invitee_organs", *WHEN_AND_WHERE),
                    drafts="observation-invitation",
                ),
                Move("drop", "不再组织", to="cancelled", asks=("reason",)),
            ),
        ),
        Await(
            "inviting",
            "待报名回执",
            holder="court",
            judged_by="hearing",
            child="invitation",
            per="invitee_organs",
            each="invitee",
            carry={"convenor": "court", "title": "title"} | {key: key for key in WHEN_AND_WHERE},
            outcomes=("attendee", "attendee_post", "rank", "reason"),
            ballot=(Tally("otherwise", to="ready"),),
            moves=(HOLD, MOVE_DAY, CANCEL),
        ),
        State("ready", "待开庭", holder="court", judged_by="hearing", moves=(HOLD, MOVE_DAY, CANCEL)),
        State(
            "moving",
            "待另定日期",
            holder="court",
            judged_by="moving",
            moves=(
                Move(
                    "set_day",
                    "另定日期",
                    to="ready",
                    asks=WHEN_AND_WHERE,
                    copies=("invitees",),
                    renews="每次改期都是新的开庭日",
                ),
                CANCEL,
            ),
        ),
        State(
            "commenting",
            "待讲评",
            holder="court",
            judged_by="comment",
            moves=(
                Move("comment", "登记讲评，收取反馈", to="learning", asks=("comment",), copies=("invitees",)),
                Move("close_at_once", "无讲评，办结", to="held", asks=("summary",)),
            ),
        ),
        State(
            "learning",
            "收取学习反馈",
            holder="court",
            judged_by="lessons",
            moves=(Move("sum_up", "小结，办结", to="held", asks=("summary",)),),
        ),
        Final("held", "已开展", kind=Closing.DECIDED, by=("court",), needs=("field:signed_in", "field:summary")),
        Final("cancelled", "未开展", kind=Closing.WITHDRAWN),
    ),
    requests=(Request("tell_lesson", "提交学习反馈", by=("invitees",), states=("learning",), rows="lessons"),),
    heeds=(
        *(
            Heeds(
                "court-case",
                event,
                by="case_number",
                states=("inviting", "ready"),
                before="held_on",
                to="cancelled",
            )
            for event in ("withdrawn", "ended", "transferred")
        ),
        *(
            Heeds("court-case", event, by="case_number", states=("moving",), to="cancelled")
            for event in ("withdrawn", "ended", "transferred")
        ),
        Heeds("court-case", "joined", by="case_number"),
        Heeds("court-case", "renumbered", by="case_number"),
    ),
    examples=(
        Example(
            "庭审观摩，讲评后收取反馈",
            (*INVITED, *do("hold", "comment"), Asks("tell_lesson"), *do("sum_up")),
            ends="held",
        ),
        Example("回执未齐即开庭，无讲评", do("invite", "hold", "close_at_once"), ends="held"),
        Example(
            "改期后开展",
            (*INVITED, *do("move_day", "set_day", "hold", "close_at_once")),
            ends="held",
        ),
        Example("改期后取消", (*do("invite"), *do("move_day", "cancel")), ends="cancelled"),
        Example("开庭前撤诉取消", (*INVITED, *do("cancel")), ends="cancelled"),
        Example("发出邀请后取消", do("invite", "cancel"), ends="cancelled"),
        Example("不再组织", do("drop"), ends="cancelled"),
    ),
)
