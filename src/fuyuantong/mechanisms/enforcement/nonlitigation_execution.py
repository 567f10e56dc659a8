"""行政非诉执行: an agency asks the court to let its decision be enforced, and what the court allows is really carried out."""

from fuyuantong.protocol import (
    Asks,
    Await,
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Declines,
    Do,
    Endings,
    Entry,
    Example,
    File,
    Final,
    Is,
    Lapse,
    Mechanism,
    Move,
    Number,
    Organ,
    Organs,
    Passes,
    Request,
    Role,
    Rows,
    State,
    Step,
    Tally,
    Term,
    Text,
    do,
)

MONEY = "罚款等金钱给付"
EXPROPRIATION = "房屋征收补偿"
OTHER_SUBJECTS = ("违法建筑拆除", "违法占地", "其他行为")
IN_TIME = "民事诉讼法第86条：因不可抗力等正当理由耽误期限的证明"

GRANT = Move(
    "grant",
    "裁定准予执行",
    to="choosing",
    asks=("ruling_number", "ruling"),
    signed=True,
    drafts="execution-ruling",
    copies=("procuratorate",),
)
REFUSE = Move("refuse", "裁定不准予执行", to="refused", asks=("refusal_ground", "ruling"), signed=True)
ALLOW_WITHDRAWAL = Move("allow_withdrawal", "准许撤回申请", to="withdrawn", asks=("reason",))
SETTLE = Move("settle", "执行和解，结案", to="settled", asks=("settlement",))
TERMINATE = Move("terminate", "终结执行", to="terminated", asks=("termination_ground", "reason"))

URGED: tuple[Step, ...] = (*do("urge"), Passes("urging"))
APPLIED: tuple[Step, ...] = (*URGED, *do("apply"))
ACCEPTED: tuple[Step, ...] = (*APPLIED, *do("accept"))
REFUSED: tuple[Step, ...] = (*ACCEPTED, *do("refuse"))
CHOOSING: tuple[Step, ...] = (*ACCEPTED, *do("grant"))
KEPT: tuple[Step, ...] = do("keep", "conclude")
IMPLEMENTED: tuple[Step, ...] = (*CHOOSING, *do("assign"), Endings("fed_back"))

MECHANISM = Mechanism(
    key="nonlitigation-execution",
    title="行政非诉执行与裁执分离",
    chapter="enforcement",
    purpose="从催告、申请、审查到确定实施主体、组织实施、书面反馈，裁定之后一直有人负责、有期可查",
    basis="行政强制法第53条至第60条、第69条；行政诉讼法第97条；行诉解释第155条至第161条",
    implements=("ENF-01", "ENF-02", "ENF-03", "ENF-08"),
    roles=(
        Role("applicant", "申请执行机关", branch=Branch.GOVERNMENT),
        Role("court", "受理法院", branch=Branch.COURT, via="field:court_organ"),
        Role("superior_court", "上一级法院", branch=Branch.COURT, via="superior_of:court"),
        Role("executors", "组织实施单位", via="field:executor_organs", many=True),
        Role("procuratorate", "同级检察院", branch=Branch.PROCURATORATE, via="peer_procuratorate_of:court"),
    ),
    fields=(
        Text(
            "title", "申请事项", indexed=True, samples=("拆除违法占地建筑物并恢复土地原状", "缴纳罚款", "搬迁交付房屋")
        ),
        Choice("subject", "执行标的", (MONEY, EXPROPRIATION, *OTHER_SUBJECTS), samples=("违法占地", "违法建筑拆除")),
        Text("decision_number", "行政决定文号", check="document-number", samples=("温自然资罚〔2026〕18号",)),
        Text("respondent", "被执行人", secret=True, samples=("某养殖场", "某建材经营部", "张某某")),
        Number("amount_fen", "标的金额", unit="分", samples=(2_000_000, 560_000)),
        Date("urged_on", "催告书送达日"),
        Date("remedy_ended_on", "复议、起诉期限届满日", help="届满后方可申请，自届满之日起三个月内申请"),
        Organ("court_organ", "受理法院", help="申请机关所在地基层法院；不动产由不动产所在地法院"),
        File("application", "强制执行申请书", help="机关负责人签名、盖章并注明日期"),
        File("papers", "决定书、催告书及事实理由材料"),
        Text("case_number", "案号", check="case-number", samples=("（2026）豫0825行审9号",)),
        Date("accepted_on", "受理日期"),
        Text("ruling_number", "裁定书案号", check="case-number", samples=("（2026）豫0825行审9号",)),
        File("ruling", "裁定书"),
        Choice(
            "refusal_ground",
            "不准予理由",
            ("不具有行政主体资格", "明显缺乏事实根据", "明显缺乏法律法规依据", "其他明显违法并损害合法权益"),
        ),
        Choice("executor_kind", "实施主体", ("乡镇政府或街道办", "县级政府", "职能部门")),
        Organs("executor_organs", "组织实施单位"),
        Choice("result", "执行结果", ("履行完毕", "部分履行")),
        Text("confirmation", "确认意见", samples=("经核查，裁定内容已全部实施。",)),
        File("settlement", "和解协议"),
        Choice(
            "termination_ground",
            "终结事由",
            ("行政决定被撤销", "被执行人死亡且无遗产可供执行", "被执行人终止且无承受人", "申请机关申请终结", "其他"),
        ),
        Text("reason", "理由", samples=("材料缺少送达回证", "被执行人已自动履行", "现场尚有两处未拆除")),
        Rows("materials", "补充材料", (Text("note", "说明"), File("file", "材料")), identity=True),
    ),
    clocks=(
        Clock("urging", "催告期", "FS-01", since="urged_on", keeps=("urged",)),
        Clock("application", "申请法院强制执行", "FS-02", since="remedy_ended_on"),
        Clock("acceptance", "受理", "FS-03", stops=("correcting",)),
        Clock("correction", "补正材料", "house:correct-papers"),
        Clock("appeal_acceptance", "对不予受理申请复议", "FS-06"),
        Clock("reconsider_acceptance", "复议不予受理裁定", "FS-07"),
        Clock(
            "review",
            "审查裁定",
            cases=(
                Term("FS-10", when=(Is("subject", EXPROPRIATION),)),
                Term("FS-04", when=(Is("subject", MONEY, *OTHER_SUBJECTS),)),
            ),
        ),
        Clock("hearing", "听取意见后裁定", "FS-05", since="accepted_on"),
        Clock("appeal_refusal", "对不准予执行申请复议", "FS-08"),
        Clock("reconsider_refusal", "复议不准予执行裁定", "FS-09"),
        Clock("choose", "确定实施主体", "house:choose-executor"),
        Clock("implement", "收回实施反馈", "house:collect-implementation"),
        Clock("confirm", "确认实施结果", "house:confirm-execution"),
        Clock("court_execution", "法院执行", "house:court-execution"),
    ),
    entries=(Entry("preparing", by="applicant"),),
    states=(
        State(
            "preparing",
            "待催告",
            holder="applicant",
            unclocked="尚未催告",
            inner=True,
            moves=(
                Move(
                    "urge",
                    "登记催告",
                    to="urged",
                    asks=("title", "decision_number", "respondent", "urged_on", "remedy_ended_on"),
                    drafts="performance-notice",
                ),
                Move("drop", "不再催告", to="given_up", asks=("reason",)),
            ),
        ),
        State(
            "urged",
            "催告期",
            holder="applicant",
            judged_by="application",
            inner=True,
            moves=(
                Move(
                    "apply",
                    "申请强制执行",
                    to="accepting",
                    asks=("subject", "court_organ", "application", "papers"),
                    may_ask=("amount_fen",),
                    not_before="urging",
                    until="application",
                    signed=True,
                    drafts="execution-application",
                    help="催告书送达十日后仍未履行的方可申请",
                ),
                Move("performed_after_urging", "催告后自动履行", to="performed", asks=("reason",)),
                Move("give_up", "不再申请", to="given_up", asks=("reason",)),
            ),
            lapses=(Lapse("application", to="expired", title="超过申请期限"),),
        ),
        State(
            "accepting",
            "待受理",
            holder="court",
            judged_by="acceptance",
            moves=(
                Move("accept", "受理", to="reviewing", asks=("case_number", "accepted_on")),
                Move("return_papers", "通知补正", to="correcting", asks=("reason",), at_most=2),
                Move(
                    "reject",
                    "裁定不予受理",
                    to="rejected",
                    asks=("reason", "ruling"),
                    when=(Is("ordered", False),),
                    signed=True,
                ),
                ALLOW_WITHDRAWAL,
            ),
        ),
        State(
            "correcting",
            "待补正",
            holder="applicant",
            judged_by="correction",
            moves=(
                Move("resubmit", "补正后重新提交", to="accepting", asks=("papers",)),
                Move("withdraw_uncorrected", "撤回申请", to="withdrawn", asks=("reason",)),
            ),
            lapses=(Lapse("correction", to="accepting", title="逾期未补正，按现有材料处理"),),
        ),
        State(
            "rejected",
            "不予受理，可申请复议",
            holder="applicant",
            judged_by="appeal_acceptance",
            moves=(
                Move("appeal_rejection", "申请复议", to="reconsidering_rejection", asks=("reason",)),
                Move("accept_rejection", "服从裁定", to="not_accepted", asks=("reason",)),
            ),
            lapses=(Lapse("appeal_acceptance", to="not_accepted", title="逾期未申请复议"),),
        ),
        State(
            "reconsidering_rejection",
            "上级法院复议（不予受理）",
            holder="superior_court",
            judged_by="reconsider_acceptance",
            moves=(
                Move("uphold_rejection", "维持不予受理", to="not_accepted", asks=("reason",)),
                Move("order_acceptance", "指令受理", to="accepting", asks=("reason",), sets={"ordered": True}),
            ),
        ),
        State(
            "reviewing",
            "书面审查",
            holder="court",
            judged_by="review",
            moves=(
                GRANT,
                Move("hear", "听取双方意见", to="hearing", asks=("reason",), help="明显违法情形，三十日内裁定"),
                REFUSE,
                ALLOW_WITHDRAWAL,
            ),
        ),
        State("hearing", "听取意见", holder="court", judged_by="hearing", moves=(GRANT, REFUSE, ALLOW_WITHDRAWAL)),
        State(
            "refused",
            "不准予执行，可申请复议",
            holder="applicant",
            judged_by="appeal_refusal",
            moves=(
                Move("appeal_refusal", "申请复议", to="reconsidering_refusal", asks=("reason",)),
                Move("accept_refusal", "服从裁定", to="not_granted", asks=("reason",)),
            ),
            lapses=(Lapse("appeal_refusal", to="not_granted", title="逾期未申请复议"),),
        ),
        State(
            "reconsidering_refusal",
            "上级法院复议（不准予执行）",
            holder="superior_court",
            judged_by="reconsider_refusal",
            moves=(
                Move("uphold_refusal", "维持不准予执行", to="not_granted", asks=("reason",)),
                Move("overturn", "撤销原裁定，准予执行", to="choosing", asks=("ruling_number", "ruling")),
                Move("remand", "发回重新审查", to="reviewing", asks=("reason",), at_most=1),
            ),
        ),
        State(
            "choosing",
            "待确定实施主体",
            holder="court",
            judged_by="choose",
            moves=(
                Move("keep", "由本院执行", to="court_executing"),
                Move(
                    "assign",
                    "裁执分离，交付组织实施",
                    to="implementing",
                    asks=("executor_kind", "executor_organs"),
                    when=(Is("subject", EXPROPRIATION, *OTHER_SUBJECTS),),
                    at_most=3,
                    drafts="execution-assignment",
                    copies=("applicant", "procuratorate"),
                    help="金钱给付由法院执行，不得交付",
                ),
                SETTLE,
                TERMINATE,
            ),
        ),
        Await(
            "implementing",
            "组织实施中",
            holder="court",
            judged_by="implement",
            child="ruling-implementation",
            per="executor_organs",
            each="executor",
            carry={"title": "title", "ruling_number": "ruling_number", "ruling": "ruling"},
            outcomes=("result", "feedback"),
            ballot=(Tally("all", ("fed_back",), to="confirming"), Tally("otherwise", to="choosing")),
            moves=(Move("take_back", "收回，另定实施主体", to="choosing", asks=("reason",)), SETTLE, TERMINATE),
        ),
        State(
            "confirming",
            "待法院确认",
            holder="court",
            judged_by="confirm",
            moves=(
                Move("confirm", "确认实施完毕，办结", to="executed", asks=("result", "confirmation")),
                Move("send_back", "退回继续实施", to="implementing", asks=("reason",), at_most=2),
                Move("take_over", "改由法院执行", to="court_executing", asks=("reason",)),
                SETTLE,
                TERMINATE,
            ),
        ),
        State(
            "court_executing",
            "法院执行中",
            holder="court",
            judged_by="court_execution",
            moves=(
                Move("conclude", "执行完毕，办结", to="executed", asks=("result", "confirmation")),
                SETTLE,
                TERMINATE,
            ),
        ),
        Final(
            "executed", "执行完毕", kind=Closing.DECIDED, by=("court",), needs=("field:ruling", "field:confirmation")
        ),
        Final("settled", "和解结案", kind=Closing.SETTLED),
        Final("terminated", "终结执行", kind=Closing.DECIDED, by=("court",), needs=("field:termination_ground",)),
        Final("not_granted", "不准予执行", kind=Closing.REFUSED, basis="行政强制法第58条", set_aside=IN_TIME),
        Final("not_accepted", "不予受理", kind=Closing.REFUSED, basis="行政强制法第56条", set_aside=IN_TIME),
        Final("withdrawn", "撤回申请", kind=Closing.WITHDRAWN),
        Final("performed", "自动履行", kind=Closing.SETTLED),
        Final("given_up", "不再申请", kind=Closing.WITHDRAWN),
        Final(
            "expired",
            "超过申请期限",
            kind=Closing.LAPSED,
            basis="行政强制法第53条",
            set_aside="行诉解释第156条：逾期申请有正当理由的证明",
        ),
    ),
    requests=(
        Request(
            "withdraw",
            "撤回执行申请",
            by=("applicant",),
            states=("accepting", "reviewing", "hearing"),
            asks=("reason",),
            grants="allow_withdrawal",
            answer_by="house:answer-request",
        ),
        Request(
            "ask_termination",
            "申请终结执行",
            by=("applicant",),
            states=("choosing", "implementing", "confirming", "court_executing"),
            asks=("termination_ground", "reason"),
            grants="terminate",
            answer_by="house:answer-request",
        ),
        Request("add_material", "补充材料", by=("applicant",), states=("reviewing", "hearing"), rows="materials"),
    ),
    examples=(
        Example("裁执分离，乡镇实施，反馈确认", (*IMPLEMENTED, *do("confirm")), ends="executed"),
        Example(
            "退回继续实施后确认", (*IMPLEMENTED, *do("send_back"), Endings("fed_back"), *do("confirm")), ends="executed"
        ),
        Example(
            "一家不宜实施，另定后又收回由法院执行",
            (*CHOOSING, *do("assign"), Endings("fed_back", "declined"), *do("assign", "take_back", "keep", "conclude")),
            ends="executed",
        ),
        Example(
            "罚款补正后受理，由法院执行",
            (*URGED, Do("apply", {"subject": MONEY}), *do("return_papers", "resubmit", "accept", "grant"), *KEPT),
            ends="executed",
        ),
        Example(
            "听取意见后不准予，复议发回，再不准予后上级法院准予",
            (
                *ACCEPTED,
                *do("hear", "refuse", "appeal_refusal", "remand", "refuse", "appeal_refusal", "overturn"),
                *KEPT,
            ),
            ends="executed",
        ),
        Example("不准予执行，复议维持", (*REFUSED, *do("appeal_refusal", "uphold_refusal")), ends="not_granted"),
        Example("不准予执行，服从裁定", (*REFUSED, *do("accept_refusal")), ends="not_granted"),
        Example("不准予执行，逾期未复议", (*REFUSED, Passes("appeal_refusal")), ends="not_granted"),
        Example("反馈无法实施，改由法院执行后终结", (*IMPLEMENTED, *do("take_over", "terminate")), ends="terminated"),
        Example("听取意见后准予，随即终结", (*ACCEPTED, *do("hear", "grant", "terminate")), ends="terminated"),
        Example("确认阶段终结", (*IMPLEMENTED, *do("terminate")), ends="terminated"),
        Example(
            "实施中行政决定被撤销",
            (*CHOOSING, *do("assign"), Asks("ask_termination"), *do("terminate")),
            ends="terminated",
        ),
        Example("确定主体前和解", (*CHOOSING, *do("settle")), ends="settled"),
        Example("实施中和解", (*CHOOSING, *do("assign", "settle")), ends="settled"),
        Example("确认阶段和解", (*IMPLEMENTED, *do("settle")), ends="settled"),
        Example("法院执行中和解", (*CHOOSING, *do("keep", "settle")), ends="settled"),
        Example(
            "不予受理，上级法院指令受理",
            (*APPLIED, *do("reject", "appeal_rejection", "order_acceptance", "accept", "grant"), *KEPT),
            ends="executed",
        ),
        Example(
            "撤回申请未准", (*ACCEPTED, Asks("withdraw"), Declines("withdraw"), *do("grant"), *KEPT), ends="executed"
        ),
        Example(
            "不予受理，复议维持", (*APPLIED, *do("reject", "appeal_rejection", "uphold_rejection")), ends="not_accepted"
        ),
        Example("不予受理，服从裁定", (*APPLIED, *do("reject", "accept_rejection")), ends="not_accepted"),
        Example(
            "逾期未补正不予受理，逾期未复议",
            (*APPLIED, *do("return_papers"), Passes("correction"), *do("reject"), Passes("appeal_acceptance")),
            ends="not_accepted",
        ),
        Example("受理前撤回", (*APPLIED, Asks("withdraw"), *do("allow_withdrawal")), ends="withdrawn"),
        Example("补正中撤回", (*APPLIED, *do("return_papers", "withdraw_uncorrected")), ends="withdrawn"),
        Example("审查中撤回", (*ACCEPTED, Asks("add_material"), *do("allow_withdrawal")), ends="withdrawn"),
        Example("听取意见后撤回", (*ACCEPTED, *do("hear", "allow_withdrawal")), ends="withdrawn"),
        Example("催告后自动履行", do("urge", "performed_after_urging"), ends="performed"),
        Example("催告后不再申请", do("urge", "give_up"), ends="given_up"),
        Example("不再催告", do("drop"), ends="given_up"),
        Example("超过三个月未申请", (*do("urge"), Passes("application")), ends="expired"),
    ),
)
