"""司法建议: a court tells organs what its cases showed they should put right, and waits for each one's written answer."""

from fuyuantong.mechanisms.suggestions.judicial_suggestion_examples import OF_ANSWER, OF_SUGGESTION, TRUTHS
from fuyuantong.protocol import (
    Await,
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Extends,
    File,
    Final,
    Flag,
    Is,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Organs,
    Prefill,
    Recurs,
    Request,
    Role,
    Rows,
    State,
    Tally,
    Term,
    Text,
)

NORMATIVE = "规范性文件不合法"
OTHER_KINDS = ("综合治理", "负责人未出庭", "拒不到庭或中途退庭", "拒绝履行裁判", "拒不协助执行", "其他个案类案")
CEILINGS = (Term("JY-02", when=(Is("kind", NORMATIVE),)), Term("JY-01", when=(Is("kind", *OTHER_KINDS),)))

COURT = Role("court", "建议法院", branches=(Branch.COURT,))
LETTER = (  # what the letter says; every addressee's answer carries it
    Text(
        "title",
        "事由",
        help="标题中“关于……的”部分",
        indexed=True,
        samples=("规范行政处罚告知程序", "加强宅基地审批管理"),
    ),
    Choice("kind", "类型", (NORMATIVE, *OTHER_KINDS), samples=("综合治理", "其他个案类案", NORMATIVE)),
    Rows(
        "problems",
        "问题与建议",
        (Text("problem", "存在问题"), Text("suggestion", "对应建议"), Text("measure", "答复与整改措施")),
        at_least=1,
        later=("measure",),
        help="一个问题对应一条建议",
        samples=([{"problem": "处罚前未告知听证权利", "suggestion": "修订文书模板，增加听证告知栏"}],),
    ),
    Date("reply_by", "答复期限", help="写在建议书中的最后答复日，自收到之日起一般不超过两个月"),
)

PRESSED = {"pressed": True}  # urged once, or answered late: not sent back for a supplement any more
REPLY = ("reply", "letter")
MEASURES = ("problems.measure",)
MISDIRECTED = Move("misdirected", "非本单位职责，退回", to="checking", asks=("reason",), at_most=1)

ANSWER = Mechanism(
    key="answer",
    title="司法建议答复",
    roles=(COURT, Role("receiver", "被建议单位"), Role("superior", "上级机关", via="superior_of:receiver")),
    fields=(
        *LETTER,
        Text("reason", "理由", samples=("涉及多个科室，需汇总核实", "该项职责已划转", "措施未逐项回应建议")),
        Text("reply", "书面答复", help="逐条写明是否采纳、措施和落实结果", samples=("已修订文书模板并组织全员培训。",)),
        File("letter", "答复函", help="盖章扫描件"),
        Text("assessment", "评估意见", samples=("措施具体，予以采纳。", "第二项建议尚未落实，部分采纳。")),
        Rows("materials", "补充材料", (Text("note", "说明"), File("file", "材料")), identity=True),
    ),
    clocks=(
        Clock("sign", "签收", "house:sign-for"),
        Clock("check", "核实退回理由", "house:check-misdirected"),
        Clock("reply", "书面答复", cases=CEILINGS, until="reply_by", keeps=("extending",)),
        Clock("silent", "逾期不复", "house:unanswered", since="reply_by", keeps=("replying",)),
        Clock("extension", "审查延期申请", "house:answer-request"),
        Clock("assess", "评估答复", "house:assess-reply"),
        Clock("handle", "处理逾期", "house:handle-overdue"),
        Clock("pressed", "督促后答复", until="reply_by"),
    ),
    entries=(Entry("delivering", by="court", opened=True, carried=("receiver", *(field.key for field in LETTER))),),
    states=(
        State(
            "delivering",
            "待签收",
            holder="receiver",
            judged_by="sign",
            moves=(Move("receive", "签收", to="replying"), MISDIRECTED),
            lapses=(Lapse("sign", to="replying", title="逾期未签收，视为收到"),),
        ),
        State(
            "checking",
            "待法院核实",
            holder="court",
            judged_by="check",
            moves=(
                Move("confirm", "确认送错，收回", to="misdirected", asks=("reason",)),
                Move("insist", "属其职责，维持送达", to="replying", asks=("reason",)),
            ),
        ),
        State(
            "replying",
            "待书面答复",
            holder="receiver",
            judged_by="reply",
            moves=(
                Move(
                    "reply",
                    "书面答复",
                    to="assessing",
                    asks=REPLY,
                    may_ask=MEASURES,
                    signed=True,
                    drafts="reply-letter",
                ),
                Move("ask_extension", "申请延期答复", to="extending", asks=("reason",), at_most=1),
                MISDIRECTED,
            ),
            lapses=(Lapse("silent", to="overdue", title="逾期不复，转法院处理"),),
        ),
        State(
            "extending",
            "待审查延期",
            holder="court",
            judged_by="extension",
            moves=(
                Move(
                    "allow_extension",
                    "准许延期",
                    to="replying",
                    asks=("reason", "reply_by"),
                    extends=(Extends("reply", until="reply_by"),),
                ),
                Move("deny_extension", "不准延期", to="replying", asks=("reason",)),
            ),
        ),
        State(
            "assessing",
            "待评估",
            holder="court",
            judged_by="assess",
            moves=(
                Move("adopt", "采纳，办结", to="adopted", asks=("assessment",)),
                Move("partly", "部分采纳，办结", to="partly", asks=("assessment",)),
                Move("refuse", "认定未采纳", to="not_adopted", asks=("assessment",)),
                Move(
                    "supplement",
                    "退回补充答复",
                    to="replying",
                    asks=("reason", "reply_by"),
                    when=(Is("pressed", False),),
                    at_most=2,
                    beyond="supervised",
                ),
            ),
        ),
        State(
            "overdue",
            "逾期未复，待处理",
            holder="court",
            judged_by="handle",
            moves=(
                Move(
                    "press",
                    "发函督促",
                    to="supervised",
                    asks=("reason", "reply_by"),
                    at_most=1,
                    drafts="reminder-letter",
                    copies=("superior",),
                ),
                Move("take_reply", "收下迟到的答复", to="assessing", asks=REPLY, sets=PRESSED),
                Move("close_unanswered", "逾期未复，办结", to="unanswered", asks=("assessment",)),
            ),
        ),
        State(
            "supervised",
            "督促中",
            holder="receiver",
            judged_by="pressed",
            moves=(
                Move(
                    "reply_pressed",
                    "督促后答复",
                    to="assessing",
                    asks=REPLY,
                    may_ask=MEASURES,
                    signed=True,
                    sets=PRESSED,
                ),
            ),
            lapses=(Lapse("pressed", to="overdue", title="督促后仍未答复"),),
        ),
        Final("adopted", "采纳", kind=Closing.ACCEPTED, by=("court",), needs=("field:reply",)),
        Final("partly", "部分采纳", kind=Closing.ACCEPTED, by=("court",), needs=("field:reply",)),
        Final("not_adopted", "未采纳", kind=Closing.DECIDED, by=("court",), needs=("field:reply",)),
        Final("unanswered", "逾期未复", kind=Closing.DECIDED, by=("court",)),
        Final("misdirected", "送错收回", kind=Closing.REFUSED),
        Final("recalled", "已撤回", kind=Closing.SUPERSEDED),
    ),
    requests=(
        Request(
            "recall",
            "撤回对该单位的建议",
            by=("court",),
            states=("delivering", "replying", "supervised"),
            asks=("reason",),
            demand="recalled",
        ),
        Request(
            "late_reply",
            "补交迟到的答复",
            by=("receiver",),
            states=("overdue",),
            asks=REPLY,
            grants="take_reply",
            answer_by="house:answer-request",
        ),
        Request("add_material", "补充材料", by=("receiver",), states=("checking", "assessing"), rows="materials"),
    ),
    examples=OF_ANSWER,
)

BODY = ("kind", "title", "cause", "receiver_organs", "problems", "reply_by")
WHOLE = (*BODY, "copied", "touches_supervision", "contact")
ISSUE = Move(
    "issue",
    "签发送达",
    to="answering",
    asks=WHOLE,
    may_ask=("consulted", "committee_on"),
    signed=True,
    numbers="judicial-suggestion",
    drafts="judicial-suggestion",
    copies=("copied", "setting:suggestion-copies"),
    opens=(
        Opens(
            "procuratorial-suggestion",
            "relayed",
            carry={"procuratorate": "procuratorate", "court": "court", "title": "title", "findings": "cause"},
            when=(Is("touches_supervision", True),),
        ),
    ),
)

MECHANISM = Mechanism(
    key="judicial-suggestion",
    title="司法建议",
    chapter="suggestions",
    purpose="法院把审判、执行中发现的问题书面告知有关单位，逐家收回答复并作出评价",
    basis="法释〔2023〕11号；行政诉讼法第64条、第66条、第96条；法释〔2020〕3号第12条",
    implements=("SUG-01", "SUG-03", "SUG-04", "SUG-06", "SUG-07", "SUG-11"),
    roles=(
        COURT,
        Role("receivers", "被建议单位", via="field:receiver_organs", many=True),
        Role("procuratorate", "同级检察院", branches=(Branch.PROCURATORATE,), via="peer_procuratorate_of:court"),
    ),
    fields=(
        *LETTER,
        Organs(
            "receiver_organs",
            "主送单位",
            help="可有多个，共用一个文号；负责人未出庭的，送监察机关和上一级行政机关",
            prefill=Prefill.SUED,
        ),
        Text(
            "cause",
            "所涉案件",
            help="案号，或者类案的时段和件数",
            prefill=Prefill.SIMILAR,
            samples=("近一年同一小区物业纠纷16件", "2026年上半年行政处罚案件7件"),
        ),
        Text("ground", "应发情形", samples=("负责人未出庭，未说明理由或者理由不成立",)),
        Text(
            "consulted",
            "沟通听取意见情况",
            help="综合治理类发出前应当听取被建议单位意见",
            samples=("已座谈，对问题无异议。",),
        ),
        Date("committee_on", "审判委员会讨论日期"),
        Organs("copied", "抄送单位", at_least=0, help="必要时抄送其上级机关、主管部门、司法行政机关"),
        Flag(
            "touches_supervision",
            "涉及检察监督职责",
            help="选“是”同时转检察院研究是否发检察建议",
            samples=(False, True),
        ),
        Text("contact", "联系人及电话", samples=("研究室 0391-0000000", "行政审判庭 0391-0000001")),
        Choice("outcome", "总体结果", ("全部采纳", "部分采纳", "未采纳", "逾期未复", "送错未改送")),
        Text("conclusion", "总体评价", samples=("被建议单位均已整改，类案数量下降。", "一项建议因经费原因未落实。")),
        Flag("look_back", "是否回头看", help="选“是”到期自动建立回头看事项", samples=(False, True)),
        Text("reason", "理由", samples=("情况变化，不再适宜发出", "原单位职责已划转", "已通过会议当面提出")),
    ),
    clocks=(
        Clock("owed", "签发应发的建议", "house:issue-owed"),
        Clock("replies", "各单位答复", cases=CEILINGS, until="reply_by", keeps=("answering",)),
        Clock("collect", "收齐答复", "house:collect-replies", since="reply_by"),
        Clock("readdress", "确定改送单位", "house:readdress"),
        Clock("conclude", "总体评价", "house:conclude-suggestion"),
    ),
    entries=(
        Entry("drafting", by="court"),
        Entry("owed", by="court", opened=True, carried=("kind", "cause", "ground")),
    ),
    states=(
        State(
            "drafting",
            "拟稿",
            holder="court",
            unclocked="尚未签发",
            inner=True,
            moves=(ISSUE, Move("drop", "不再制发", to="dropped", asks=("reason",))),
        ),
        State(
            "owed",
            "应发未发",
            holder="court",
            judged_by="owed",
            moves=(ISSUE, Move("record_why_not", "记录不发理由", to="not_issued", asks=("reason",))),
            help="应当提出司法建议的法定情形已经出现",
        ),
        Await(
            "answering",
            "各单位答复中",
            holder="court",
            judged_by="collect",
            child=ANSWER,
            per="receiver_organs",
            each="receiver",
            carry={field.key: field.key for field in LETTER},
            outcomes=("reply", "assessment"),
            ballot=(Tally("any", ("misdirected",), to="readdressing"), Tally("otherwise", to="concluding")),
            moves=(
                Move("stop_waiting", "不再等待，先行评价", to="concluding", asks=("reason",)),
                Move("withdraw", "撤回建议书", to="withdrawn", asks=("reason",), copies=("receivers",)),
            ),
        ),
        State(
            "readdressing",
            "待改送",
            holder="court",
            judged_by="readdress",
            moves=(
                Move(
                    "readdress",
                    "改送正确单位",
                    to="answering",
                    asks=("reason", "receiver_organs", "reply_by"),
                    at_most=2,
                ),
                Move("leave_it", "不再改送", to="concluding", asks=("reason",)),
            ),
        ),
        State(
            "concluding",
            "待总体评价",
            holder="court",
            judged_by="conclude",
            moves=(
                Move(
                    "close",
                    "办结",
                    to="closed",
                    asks=("outcome", "conclusion", "look_back"),
                    opens=(
                        Opens(
                            "look-back",
                            "looking",
                            carry={"issuer": "court", "title": "title", "cause": "cause"},
                            when=(Is("look_back", True),),
                            after="house:look-back",
                        ),
                    ),
                ),
            ),
        ),
        Final("closed", "办结", kind=Closing.DECIDED, by=("court",), needs=("number", "document:judicial-suggestion")),
        Final("not_issued", "记录不发", kind=Closing.DECIDED, by=("court",), needs=("field:reason",)),
        Final("dropped", "不再制发", kind=Closing.WITHDRAWN),
        Final("withdrawn", "已撤回", kind=Closing.WITHDRAWN),
    ),
    examples=OF_SUGGESTION,
    truths=TRUTHS,
    recurs=Recurs(
        "suggestion",
        organ="receiver_organs",
        same=("kind",),
        words=("title", "problems.problem"),
        within="house:recurrence",
    ),
)
