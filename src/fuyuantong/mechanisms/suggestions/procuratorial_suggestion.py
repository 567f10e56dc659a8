"""检察建议: a procuratorate asks an organ to put an illegality or a gap right, hears its objection, and follows it up."""

from fuyuantong.protocol import (
    Asks,
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Do,
    Entry,
    Example,
    File,
    Final,
    Flag,
    Is,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Organ,
    Organs,
    Passes,
    Recurs,
    Request,
    Role,
    Rows,
    State,
    Step,
    Term,
    Text,
    Truth,
    do,
)

RETRIAL = "再审检察建议"
PUBLIC_INTEREST = "公益诉讼检察建议"
GENERAL_KINDS = ("纠正违法检察建议", "社会治理检察建议", "其他检察建议")
DOMAINS = (
    *("生态环境和资源保护", "食品药品安全", "国有财产保护", "国有土地使用权出让", "安全生产", "个人信息保护"),
    *("文物和英烈保护", "未成年人保护", "社区矫正", "行政执法", "其他"),
)
IN_PUBLIC_INTEREST = (Is("kind", PUBLIC_INTEREST),)
OTHERWISE = (Is("kind", RETRIAL, *GENERAL_KINDS),)

LOOK_BACK = Opens(
    "look-back",
    "looking",
    carry={"issuer": "procuratorate", "title": "title", "cause": "findings"},
    when=(Is("look_back", True),),
    after="house:look-back",
)
ISSUE = Move(
    "issue",
    "签发送达",
    to="delivering",
    asks=("title", "kind", "urgent", "receiver_organ", "findings", "problems", "service", "copied", "contact"),
    may_ask=("domain",),
    signed=True,
    numbers="procuratorial-suggestion",
    drafts="procuratorial-suggestion",
    copies=("senior", "copied", "setting:suggestion-copies"),
    help="发出后五日内报上一级检察院备案",
)
PRESS = Move(
    "press", "督促落实", to="pressed", asks=("reason",), at_most=1, drafts="reminder-letter", copies=("superior",)
)
REPORT = Move(
    "report",
    "报告上级院并通报其上级机关",
    to="reported",
    asks=("follow_up",),
    drafts="non-compliance-report",
    copies=("senior", "superior"),
)
SUE = Move("sue", "提起公益诉讼", to="sued", asks=("follow_up", "indictment"), when=IN_PUBLIC_INTEREST, signed=True)

OTHER = Do("issue", {"kind": "社会治理检察建议", "urgent": False})
PUBLIC = Do("issue", {"kind": PUBLIC_INTEREST, "urgent": False})
URGENT = Do("issue", {"kind": PUBLIC_INTEREST, "urgent": True})
ANSWERED: tuple[Step, ...] = do("receive", "reply")

MECHANISM = Mechanism(
    key="procuratorial-suggestion",
    title="检察建议",
    chapter="suggestions",
    purpose="检察院督促有关单位纠正违法、堵塞漏洞，跟踪落实；公益诉讼案件到期未履职的可以起诉",
    basis="高检发释字〔2019〕1号；行政诉讼法第25条第4款；检察公益诉讼解释第21条",
    implements=("SUG-02", "SUG-05", "PRO-08"),
    roles=(
        Role("procuratorate", "建议检察院", branches=(Branch.PROCURATORATE,)),
        Role("receiver", "被建议单位", via="field:receiver_organ"),
        Role("senior", "上一级检察院", branches=(Branch.PROCURATORATE,), via="superior_of:procuratorate"),
        Role("superior", "被建议单位的上级机关", via="superior_of:receiver"),
        Role("court", "转来司法建议的法院", branches=(Branch.COURT,)),
    ),
    fields=(
        Text(
            "title",
            "事由",
            indexed=True,
            samples=("督促整治河道非法排污", "加强社区矫正对象外出管理", "规范执法案件移送"),
        ),
        Choice("kind", "类型", (PUBLIC_INTEREST, RETRIAL, *GENERAL_KINDS)),
        Flag("urgent", "情况紧急", help="公益诉讼中损害继续扩大等紧急情形，十五日内书面回复"),
        Choice("domain", "领域", DOMAINS),
        Organ("receiver_organ", "被建议单位"),
        Text(
            "findings",
            "查明的事实",
            samples=("巡查发现沿河三处排污口未经审批。", "抽查发现矫正对象外出未办请假手续四人次。"),
        ),
        Rows(
            "problems",
            "问题与建议",
            (Text("problem", "存在问题"), Text("suggestion", "对应建议")),
            at_least=1,
            samples=([{"problem": "排污口长期无人监管", "suggestion": "依法查处并建立巡查台账"}],),
        ),
        Choice("service", "送达方式", ("书面送达", "宣告送达")),
        Organs("copied", "抄送单位", at_least=0, help="可抄送党委、人大、政府、纪检监察机关、司法行政机关"),
        Text("contact", "联系人及电话", samples=("第六检察部 0391-0000002",)),
        Choice("objection_kind", "异议类型", ("事实不清", "适用法律不当", "非本单位职责", "建议不可行")),
        Text("objection", "异议理由", samples=("所涉排污口位于邻县行政区域内。",)),
        Text("review_opinion", "复核意见", samples=("经复核，现场勘验位置在本县境内，异议不成立。",)),
        Text(
            "reply", "书面回复", samples=("已责令停止排放并立案查处，完成生态修复。", "已约谈责任人，完善请销假制度。")
        ),
        File("letter", "回复函"),
        Date("supplement_by", "补充回复期限"),
        Choice("adoption", "采纳情况", ("采纳", "部分采纳")),
        Text(
            "follow_up",
            "跟进调查情况",
            samples=("现场回访，排污口已封堵，水质检测达标。", "逾期仍未整改，公益持续受损。"),
        ),
        Flag("look_back", "是否回头看", help="选“是”到期自动建立回头看事项", samples=(False, True)),
        Text("indictment", "起诉书文号", samples=("温检行公诉〔2026〕1号",)),
        Text("reason", "理由", samples=("整改措施未涉及责任追究", "因汛期无法施工", "案件事实发生变化")),
        Rows("materials", "补充材料", (Text("note", "说明"), File("file", "材料")), identity=True),
    ),
    clocks=(
        Clock("relay", "研判转来的司法建议", "house:study-relay"),
        Clock("sign", "签收", "house:sign-for"),
        Clock(
            "reply",
            "书面回复",
            cases=(
                Term("JC-03", when=(*IN_PUBLIC_INTEREST, Is("urgent", True))),
                Term("JC-02", when=(*IN_PUBLIC_INTEREST, Is("urgent", False))),
                Term("XS-19", when=(Is("kind", RETRIAL),)),
                Term("JC-01", when=(Is("kind", *GENERAL_KINDS),)),
            ),
            keeps=("objecting",),
        ),
        Clock("objection", "复核异议", "house:review-objection"),
        Clock("supplement", "补充回复", until="supplement_by"),
        Clock("follow", "跟进调查", "house:follow-up", stops=("suspended",)),
        Clock("suspension", "中止审查", "house:suspension"),
        Clock("handle", "处理逾期", "house:handle-overdue"),
        Clock("press", "督促后回复", "house:press-reply"),
    ),
    entries=(
        Entry("drafting", by="procuratorate"),
        Entry("relayed", by="procuratorate", opened=True, carried=("procuratorate", "court", "title", "findings")),
    ),
    states=(
        State(
            "drafting",
            "拟稿",
            holder="procuratorate",
            unclocked="尚未签发",
            inner=True,
            moves=(ISSUE, Move("drop", "不再制发", to="dropped", asks=("reason",))),
        ),
        State(
            "relayed",
            "法院转来，待研判",
            holder="procuratorate",
            judged_by="relay",
            moves=(
                ISSUE,
                Move("decline", "不发检察建议，告知法院", to="declined", asks=("reason",), copies=("court",)),
            ),
        ),
        State(
            "delivering",
            "待签收",
            holder="receiver",
            judged_by="sign",
            moves=(Move("receive", "签收", to="replying"),),
            lapses=(Lapse("sign", to="replying", title="逾期未签收，视为收到"),),
        ),
        State(
            "replying",
            "待书面回复",
            holder="receiver",
            judged_by="reply",
            moves=(
                Move("reply", "书面回复", to="following", asks=("reply", "letter"), signed=True, drafts="reply-letter"),
                Move(
                    "object",
                    "提出异议",
                    to="objecting",
                    asks=("objection_kind", "objection"),
                    signed=True,
                    at_most=1,
                    help="异议复核期间，回复期限继续计算",
                ),
            ),
            lapses=(Lapse("reply", to="overdue", title="逾期未回复"),),
        ),
        State(
            "objecting",
            "异议复核",
            holder="procuratorate",
            judged_by="objection",
            moves=(
                Move("uphold", "异议不成立，说明理由", to="replying", asks=("review_opinion",)),
                Move("amend", "异议部分成立，修改建议", to="replying", asks=("review_opinion", "problems")),
                Move("revoke", "异议成立，撤回建议", to="revoked", asks=("review_opinion",)),
            ),
        ),
        State(
            "supplementing",
            "待补充回复",
            holder="receiver",
            judged_by="supplement",
            moves=(Move("supplement", "补充回复", to="following", asks=("reply", "letter"), signed=True),),
            lapses=(Lapse("supplement", to="overdue", title="逾期未补充回复"),),
        ),
        State(
            "following",
            "跟进审查",
            holder="procuratorate",
            judged_by="follow",
            moves=(
                Move(
                    "accept",
                    "整改落实，办结",
                    to="rectified",
                    asks=("adoption", "follow_up", "look_back"),
                    when=OTHERWISE,
                    opens=(LOOK_BACK,),
                ),
                Move(
                    "end_case",
                    "整改到位，终结案件",
                    to="ended",
                    asks=("follow_up", "look_back"),
                    when=IN_PUBLIC_INTEREST,
                    opens=(LOOK_BACK,),
                ),
                SUE,
                Move("send_back", "退回补充回复", to="supplementing", asks=("reason", "supplement_by"), at_most=2),
                PRESS,
                REPORT,
                Move(
                    "suspend",
                    "中止审查",
                    to="suspended",
                    asks=("reason",),
                    when=IN_PUBLIC_INTEREST,
                    help="因季节、工期等客观原因暂不能整改到位",
                ),
            ),
        ),
        State(
            "suspended",
            "中止审查",
            holder="procuratorate",
            judged_by="suspension",
            moves=(
                Move("resume", "恢复审查", to="following", asks=("reason",), renews="客观原因消除后须重新查看整改"),
                Move("end_suspended", "整改到位，终结案件", to="ended", asks=("follow_up",)),
            ),
        ),
        State(
            "overdue",
            "逾期未复，待处理",
            holder="procuratorate",
            judged_by="handle",
            moves=(PRESS, Move("take_reply", "收下迟到的回复", to="following", asks=("reply", "letter")), REPORT, SUE),
        ),
        State(
            "pressed",
            "督促中",
            holder="receiver",
            judged_by="press",
            moves=(Move("reply_pressed", "督促后回复", to="following", asks=("reply", "letter"), signed=True),),
            lapses=(Lapse("press", to="overdue", title="督促后仍未回复"),),
        ),
        Final("rectified", "采纳整改", kind=Closing.ACCEPTED, by=("procuratorate",), needs=("number", "field:reply")),
        Final("ended", "终结案件", kind=Closing.ACCEPTED, by=("procuratorate",), needs=("number", "field:reply")),
        Final(
            "sued", "提起公益诉讼", kind=Closing.DECIDED, by=("procuratorate",), needs=("number", "field:indictment")
        ),
        Final("reported", "未落实，已报告通报", kind=Closing.DECIDED, by=("procuratorate",), needs=("number",)),
        Final("revoked", "异议成立，撤回", kind=Closing.WITHDRAWN),
        Final("withdrawn", "检察院撤回", kind=Closing.WITHDRAWN),
        Final("declined", "不发检察建议", kind=Closing.DECIDED, by=("procuratorate",)),
        Final("dropped", "不再制发", kind=Closing.WITHDRAWN),
    ),
    requests=(
        Request(
            "withdraw",
            "撤回检察建议",
            by=("procuratorate",),
            states=("delivering", "replying", "supplementing", "pressed"),
            asks=("reason",),
            demand="withdrawn",
        ),
        Request(
            "late_reply",
            "补交迟到的回复",
            by=("receiver",),
            states=("overdue",),
            asks=("reply", "letter"),
            grants="take_reply",
            answer_by="house:answer-request",
        ),
        Request("add_material", "补充材料", by=("receiver",), states=("objecting", "following"), rows="materials"),
    ),
    examples=(
        Example("社会治理建议如期回复并落实", (OTHER, *ANSWERED, *do("accept")), ends="rectified"),
        Example(
            "再审检察建议补充回复后办结",
            (
                Do("issue", {"kind": RETRIAL, "urgent": False}),
                Passes("sign"),
                *do("reply"),
                Asks("add_material"),
                *do("send_back", "supplement", "accept"),
            ),
            ends="rectified",
        ),
        Example("公益诉讼紧急情形，整改到位终结", (URGENT, *ANSWERED, *do("end_case")), ends="ended"),
        Example(
            "因汛期中止审查，恢复后再中止，整改到位终结",
            (PUBLIC, *ANSWERED, *do("suspend", "resume", "suspend", "end_suspended")),
            ends="ended",
        ),
        Example("到期未履职，提起公益诉讼", (PUBLIC, *do("receive"), Passes("reply"), *do("sue")), ends="sued"),
        Example("回复后仍未履职，提起公益诉讼", (URGENT, *ANSWERED, *do("sue")), ends="sued"),
        Example(
            "异议不成立，期限照算，迟到的回复收下",
            (
                OTHER,
                *do("receive", "object", "uphold"),
                Passes("reply"),
                Asks("late_reply"),
                *do("take_reply", "accept"),
            ),
            ends="rectified",
        ),
        Example(
            "异议部分成立，修改后经督促仍未落实，报告通报",
            (OTHER, *do("receive", "object", "amend", "reply", "press", "reply_pressed", "report")),
            ends="reported",
        ),
        Example(
            "补充回复和督促均逾期，报告通报",
            (OTHER, *ANSWERED, *do("send_back"), Passes("supplement"), *do("press"), Passes("press"), *do("report")),
            ends="reported",
        ),
        Example("异议成立，撤回建议", (OTHER, *do("receive", "object", "revoke")), ends="revoked"),
        Example("检察院发现有误，主动撤回", (OTHER, *do("receive"), Asks("withdraw")), ends="withdrawn"),
        Example("草稿作废", do("drop"), ends="dropped"),
        Example("法院转来，研判后不发", do("decline"), ends="declined", entry="relayed"),
        Example("法院转来，研判后发出", (OTHER, *ANSWERED, *do("accept")), ends="rectified", entry="relayed"),
    ),
    truths=tuple(
        Truth(move, {"look_back": look_back}, opens)
        for move in ("accept", "end_case")
        for look_back, opens in ((True, ("look-back",)), (False, ()))
    ),
    recurs=Recurs(
        "suggestion",
        organ="receiver_organ",
        same=("kind",),
        words=("title", "problems.problem"),
        within="house:recurrence",
    ),
)
