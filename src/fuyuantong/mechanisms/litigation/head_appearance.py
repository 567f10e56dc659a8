"""负责人出庭应诉: a court tells an agency that its head shall stand in court, records what happened and what it led to."""

from fuyuantong.mechanisms.litigation.head_appearance_examples import EXAMPLES, EXCUSED, LEFT_EARLY, UNEXCUSED
from fuyuantong.protocol import (
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    File,
    Final,
    Flag,
    Heeds,
    Is,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Organ,
    Prefill,
    Request,
    Role,
    Rows,
    State,
    Tells,
    Text,
    Truth,
)

APPEARED = "出庭"
DEEMED_ABSENT = "视为未出庭"
SILENT = "拒绝解释说明致庭审无法进行"

ABSENT = Is("finding", UNEXCUSED, DEEMED_ABSENT)
STAFF_CAME = Is("staff_present", True)
ARTICLE_12 = (  # the five cases; no two hold at once, so that one hearing owes one suggestion
    ("第一项：未出庭，未说明理由或者理由不成立", (ABSENT, STAFF_CAME, Is("postponed", False))),
    ("第二项：准许延期后再次开庭仍未出庭，且无正当理由", (ABSENT, STAFF_CAME, Is("postponed", True))),
    (
        "第三项：负责人和相应的工作人员均不出庭",
        (Is("finding", EXCUSED, UNEXCUSED, DEEMED_ABSENT), Is("staff_present", False)),
    ),
    ("第四项：未经法庭许可中途退庭", (Is("finding", LEFT_EARLY),)),
    ("第五项：拒绝解释或者说明，导致庭审无法进行", (Is("finding", SILENT),)),
)
OWED = tuple(
    Opens(
        "judicial-suggestion",
        "owed",
        carry={"court": "court", "kind": "=负责人未出庭", "cause": "case_number", "ground": f"={ground}"},
        when=when,
    )
    for ground, when in ARTICLE_12
)
OWES = ("judicial-suggestion",)

CASE = ("case_number", "instance", "cause", "defendant_organ", "duty", "trigger", "hearing_on", "place")
ATTENDEE = ("attendee", "attendee_post", "rank", "identity", "staff")
EXCUSE = ("excuse_kind", "statement", "evidence", "staff")
HEARING = ("finding", "staff_present", "spoke", "identity_check")

POSTPONE = Move("postpone", "准许延期开庭", to="rescheduling", asks=("reason",), sets={"postponed": True})
CANCEL = Move("cancel", "不再开庭", to="cancelled", asks=("reason",), help="撤诉、移送管辖、书面审理等")

# no hearing will be: a case that ended on or after the day may have been heard, and its hearing is still registered
OVER = tuple(
    heed
    for event in ("withdrawn", "ended", "transferred")
    for heed in (
        Heeds(
            "court-case",
            event,
            by="case_number",
            states=("noticing", "replying", "excusing", "ready"),
            before="hearing_on",
            to="cancelled",
        ),
        Heeds("court-case", event, by="case_number", states=("rescheduling",), to="cancelled"),
    )
)

MECHANISM = Mechanism(
    key="head-appearance",
    title="负责人出庭应诉",
    chapter="litigation",
    purpose="通知被诉行政机关负责人出庭，审查不能出庭的理由，逐次登记出庭情况并收取庭后总结",
    basis="行政诉讼法第3条第3款；行诉解释第128条至第132条；法释〔2020〕3号",
    implements=("CRT-01", "CRT-02", "CRT-03", "CRT-04", "CRT-05", "CRT-06", "CRT-07", "EVL-08"),
    roles=(
        Role("court", "审理法院", branches=(Branch.COURT,)),
        Role("defendant", "被诉行政机关", branches=(Branch.GOVERNMENT, Branch.OTHER), via="field:defendant_organ"),
        Role("justice", "应诉指导机关", via="setting:appearance-guidance", many=True),
    ),
    fields=(
        Text(
            "case_number",
            "案号",
            check="case-number",
            indexed=True,
            prefill=Prefill.CASE,
            only_while=("pending",),
            samples=("（2026）豫0825行初12号",),
        ),
        Choice("instance", "审级", ("一审", "二审", "再审"), samples=("一审",), prefill=Prefill.INSTANCE),
        Text(
            "cause",
            "案由",
            samples=("不服行政处罚", "要求履行法定职责", "土地行政登记", "政府信息公开"),
            prefill=Prefill.CAUSE,
        ),
        Organ("defendant_organ", "被诉行政机关", prefill=Prefill.SUED),
        Choice("duty", "通知类别", ("应当通知出庭", "可以通知出庭", "书面建议出庭")),
        Choice(
            "trigger",
            "通知情形",
            (
                "食品药品安全",
                "生态环境和资源保护",
                "公共卫生安全",
                "社会高度关注",
                "可能引发群体性事件",
                "重大人身财产权益",
                "行政公益诉讼",
                "上级规范性文件要求",
                "人民法院认为需要",
            ),
        ),
        Date("hearing_on", "开庭日期", prefill=Prefill.HEARD),
        Text("place", "开庭地点", samples=("第三审判庭", "第一审判庭", "巡回审判点")),
        Text("attendee", "出庭负责人", samples=("甲某", "乙某", "丙某")),
        Text("attendee_post", "职务", samples=("局长", "副局长", "副乡长")),
        Choice("rank", "负责人类别", ("正职", "副职", "分管的其他负责人", "被授权机构负责人"), tells=Tells.RANK),
        File("identity", "负责人身份证明", help="载明姓名、职务并加盖机关印章"),
        Text("staff", "相应的工作人员", help="不得仅委托律师出庭", samples=("执法大队工作人员一名", "法规科科长")),
        Choice("excuse_kind", "不能出庭事由", ("不可抗力", "意外事件", "履行他人不能代替的公务", "其他正当事由")),
        Text("statement", "情况说明", samples=("开庭当日须参加防汛应急处置。", "因突发疾病住院治疗。")),
        File("evidence", "证明材料", help="加盖机关印章或者由主要负责人签字认可"),
        Choice(
            "finding",
            "出庭情况认定",
            (APPEARED, EXCUSED, UNEXCUSED, DEEMED_ABSENT, LEFT_EARLY, SILENT),
            samples=(APPEARED,),
            tells=Tells.FINDING,
        ),
        Flag("staff_present", "相应的工作人员出庭", samples=(True,)),
        Flag("spoke", "就实质性解决争议发表意见", help="出庭又出声"),
        Choice("identity_check", "身份证明审查", ("合格", "补正后合格", "不合格", "未出庭无需审查")),
        Text("summary", "庭后总结", samples=("已复盘执法程序，修订告知文书。", "将与原告继续协商，争取实质化解。")),
        Text("review_note", "核收意见", samples=("总结具体，予以核收。",)),
        Text("reason", "理由", samples=("须参加上级调度会议", "证明材料不足", "原告申请延期", "原告撤回起诉")),
        Rows("guidance", "应诉指导意见", (Text("advice", "意见"),), identity=True),
        Rows("materials", "补充材料", (Text("note", "说明"), File("file", "材料")), identity=True),
    ),
    clocks=(
        Clock("notice", "送达出庭通知书", "XS-09", before="hearing_on"),
        Clock("receipt", "提交出庭回执", "house:appearance-receipt", before="hearing_on"),
        Clock("excuse", "审查不能出庭理由", before="hearing_on"),
        Clock("reschedule", "重新确定开庭日期", "house:reschedule-hearing"),
        Clock("register", "登记出庭情况", "house:register-appearance", since="hearing_on"),
        Clock("summary", "报送庭后总结", "house:hearing-summary"),
        Clock("accept", "核收庭后总结", "house:accept-summary"),
    ),
    entries=(Entry("scheduling", by="court"),),
    states=(
        State(
            "scheduling",
            "待排期",
            holder="court",
            unclocked="尚未排期",
            inner=True,
            moves=(
                Move("schedule", "排定开庭", to="noticing", asks=CASE),
                Move("drop", "不再通知", to="cancelled", asks=("reason",)),
            ),
        ),
        State(
            "noticing",
            "待送达通知书",
            holder="court",
            judged_by="notice",
            moves=(
                Move(
                    "serve",
                    "送达出庭通知书",
                    to="replying",
                    until="notice",
                    signed=True,
                    drafts="appearance-notice",
                    copies=("justice", "setting:appearance-copies"),
                    help="须在开庭三日前送达",
                ),
                Move("put_off", "来不及送达，另行排期", to="rescheduling", asks=("reason",)),
                CANCEL,
            ),
        ),
        State(
            "replying",
            "待回执",
            holder="defendant",
            judged_by="receipt",
            moves=(
                Move("attend", "回执：负责人出庭", to="ready", asks=ATTENDEE),
                Move("explain", "说明不能出庭", to="excusing", asks=EXCUSE, signed=True, drafts="absence-statement"),
            ),
            lapses=(Lapse("receipt", to="ready", title="逾期未回执，按期开庭"),),
        ),
        State(
            "excusing",
            "待审查理由",
            holder="court",
            judged_by="excuse",
            moves=(
                Move("excuse", "理由成立，准许不出庭", to="ready", asks=("reason",)),
                Move("reject", "理由不成立，仍应出庭", to="replying", asks=("reason",), at_most=1, beyond="ready"),
                POSTPONE,
                CANCEL,
            ),
        ),
        State(
            "ready",
            "待开庭",
            holder="court",
            judged_by="register",
            moves=(
                Move("register", "登记出庭情况", to="summing_up", asks=HEARING, opens=OWED),
                Move("adjourn", "登记本次，续行庭审再通知", to="rescheduling", asks=HEARING, opens=OWED),
                Move("replace", "同意更换出庭人员", to="ready", asks=ATTENDEE, renews="开庭前人员仍可能变动"),
                Move("reconsider", "重新审查能否出庭", to="excusing", asks=EXCUSE, renews="临时出现新的事由"),
                POSTPONE,
                Move("move_date", "法院改期", to="rescheduling", asks=("reason",)),
                CANCEL,
            ),
        ),
        State(
            "rescheduling",
            "待重新排期",
            holder="court",
            judged_by="reschedule",
            moves=(
                Move(
                    "reschedule",
                    "另定开庭日期",
                    to="noticing",
                    asks=("hearing_on", "place"),
                    renews="每次改期都有新的开庭日期，须重新通知",
                ),
                CANCEL,
            ),
        ),
        State(
            "summing_up",
            "待庭后总结",
            holder="defendant",
            judged_by="summary",
            moves=(Move("summarise", "报送庭后总结", to="accepting", asks=("summary",), copies=("justice",)),),
        ),
        State(
            "accepting",
            "待核收",
            holder="court",
            judged_by="accept",
            moves=(
                Move("close", "核收，办结", to="closed", asks=("review_note",)),
                Move("send_back", "退回重报", to="summing_up", asks=("reason",), at_most=1),
            ),
        ),
        Final(
            "closed",
            "办结",
            kind=Closing.ACCEPTED,
            by=("court",),
            needs=("document:appearance-notice", "field:finding", "field:summary"),
        ),
        Final("cancelled", "未开庭", kind=Closing.WITHDRAWN),
    ),
    requests=(
        Request(
            "change_attendee",
            "申请更换出庭人员",
            by=("defendant",),
            states=("ready",),
            asks=ATTENDEE,
            grants="replace",
            answer_by="house:answer-before-hearing",
        ),
        Request(
            "ask_postponement",
            "申请延期开庭",
            by=("defendant",),
            states=("excusing", "ready"),
            asks=("reason",),
            grants="postpone",
            answer_by="house:answer-before-hearing",
        ),
        Request(
            "cannot_attend",
            "临时不能出庭说明",
            by=("defendant",),
            states=("ready",),
            asks=EXCUSE,
            grants="reconsider",
            answer_by="house:answer-before-hearing",
        ),
        Request("add_material", "补充材料", by=("defendant",), states=("excusing", "accepting"), rows="materials"),
        Request("advise", "应诉指导", by=("justice",), states=("replying", "ready", "summing_up"), rows="guidance"),
        Request("put_off", "法院改期", by=("court",), states=("replying",), asks=("reason",), demand="rescheduling"),
        Request("call_off", "不再开庭", by=("court",), states=("replying",), asks=("reason",), demand="cancelled"),
    ),
    heeds=(
        *OVER,
        Heeds("court-case", "joined", by="case_number"),
        Heeds("court-case", "renumbered", by="case_number"),
    ),
    examples=EXAMPLES,
    truths=tuple(
        Truth(move, {"finding": finding, "staff_present": staff_present, "postponed": postponed}, opens)
        for move in ("register", "adjourn")
        for finding, staff_present, postponed, opens in (
            (APPEARED, True, False, ()),
            (APPEARED, False, True, ()),
            (EXCUSED, True, False, ()),
            (EXCUSED, True, True, ()),
            (EXCUSED, False, False, OWES),
            (UNEXCUSED, True, False, OWES),
            (UNEXCUSED, True, True, OWES),
            (UNEXCUSED, False, True, OWES),
            (DEEMED_ABSENT, True, False, OWES),
            (LEFT_EARLY, True, False, OWES),
            (SILENT, False, True, OWES),
        )
    ),
)
