"""败诉预警: the court tells an organ that a case is likely lost; it corrects itself, or fights on and answers for it."""

from fuyuantong.protocol import (
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
    Hears,
    Heeds,
    Is,
    Lapse,
    Mechanism,
    Move,
    Organ,
    Passes,
    Prefill,
    Role,
    Rows,
    State,
    Step,
    Text,
    do,
)

LOST = "败诉"
NOT_LOST = ("未败诉", "撤诉", "调解")
TOLD: tuple[Step, ...] = do("warn")
TO_JUDGMENT: tuple[Step, ...] = (*TOLD, *do("fight_on"))

MECHANISM = Mechanism(
    key="losing-warning",
    title="败诉预警",
    chapter="litigation",
    purpose="有败诉风险的案件提前告知行政机关，督促自行纠错或者协调；坚持应诉而败诉的，案后评查、培训整改",
    basis="松原乾安§1败诉预警告知；温县二(一)2案件评查、个案监督；鄂尔多斯三(五)2主动纠错",
    implements=("ADR-08", "ADR-10", "ADR-15"),
    roles=(
        Role("court", "预警法院", branches=(Branch.COURT,)),
        Role("defendant", "被诉行政机关", branches=(Branch.GOVERNMENT, Branch.OTHER), via="field:defendant_organ"),
        Role("guide", "应诉指导机关", via="field:guide_organ", may_be_same=("defendant",)),
    ),
    fields=(
        Text(
            "case_number",
            "案号",
            indexed=True,
            check="case-number",
            prefill=Prefill.CASE,
            only_while=("pending",),
            samples=("（2026）豫0825行初31号",),
        ),
        Text("title", "案由", prefill=Prefill.CAUSE, samples=("不服行政处罚", "要求履行法定职责", "政府信息公开")),
        Organ("defendant_organ", "被诉行政机关", prefill=Prefill.SUED),
        Organ("guide_organ", "应诉指导机关", help="一般为同级司法行政机关"),
        Choice(
            "risk", "风险类型", ("主要证据不足", "适用法律错误", "违反法定程序", "超越职权", "明显不当", "不履行职责")
        ),
        Text("warning", "风险提示", samples=("处罚前未告知听证权利，程序违法可能性较大。",)),
        Date("answer_by", "反馈期限", help="应在开庭或者宣判之前"),
        Text(
            "study", "研判意见", samples=("经集体研究，原决定程序确有瑕疵，拟自行撤销重作。", "事实清楚，拟应诉到底。")
        ),
        Text("correction", "纠错情况", samples=("已撤销原决定并告知当事人，当事人申请撤诉。",)),
        Date("corrected_on", "纠错日期"),
        File("evidence", "纠错决定"),
        Choice("outcome", "裁判结果", (LOST, *NOT_LOST)),
        Text("verification", "核实意见", samples=("已纠错，裁定准许撤诉。", "纠错决定尚未送达，退回。")),
        Rows(
            "findings",
            "评查问题",
            (
                Text("problem", "存在问题", samples=("未听取陈述申辩", "法律文书援引条款有误")),
                Text("measure", "整改措施", samples=("修订办案流程", "组织专项培训")),
            ),
            at_least=1,
            later=("measure",),
        ),
        Text("review", "评查结论", samples=("程序意识不强，列入年度培训和考核督促。",)),
        Text("reason", "理由", samples=("新证据改变风险判断", "双方意见分歧，需裁判明确规则")),
    ),
    clocks=(
        Clock("answer", "反馈研判意见", until="answer_by"),
        Clock("correct", "自行纠错", "house:correct-act"),
        Clock("verify", "核实纠错", "house:verify-correction"),
        Clock("judge", "等待裁判", "house:await-judgment"),
        Clock("review", "案后评查", "house:review-lost-case"),
        Clock("mend", "评查整改", "house:mend-after-review"),
        Clock("accept", "核收整改", "house:accept-mending"),
    ),
    entries=(Entry("drafting", by="court"),),
    states=(
        State(
            "drafting",
            "拟预警告知",
            holder="court",
            unclocked="尚未告知",
            inner=True,
            moves=(
                Move(
                    "warn",
                    "发出败诉预警告知书",
                    to="studying",
                    asks=("case_number", "title", "defendant_organ", "guide_organ", "risk", "warning", "answer_by"),
                    signed=True,
                    drafts="losing-warning",
                    copies=("guide",),
                ),
                Move("drop", "不再预警", to="recalled", asks=("reason",)),
            ),
        ),
        State(
            "studying",
            "待研判",
            holder="defendant",
            judged_by="answer",
            moves=(
                Move("correct", "自行纠错", to="correcting", asks=("study",)),
                Move("fight_on", "应诉到底", to="awaiting", asks=("study",), signed=True),
            ),
            lapses=(Lapse("answer", to="awaiting", title="逾期未反馈，等待裁判"),),
        ),
        State(
            "correcting",
            "自行纠错中",
            holder="defendant",
            judged_by="correct",
            moves=(
                Move(
                    "report_correction",
                    "报告纠错",
                    to="verifying",
                    asks=("correction", "corrected_on", "evidence"),
                    signed=True,
                ),
                Move("turn_back", "不能纠错，应诉到底", to="awaiting", asks=("reason",)),
            ),
            lapses=(Lapse("correct", to="awaiting", title="逾期未纠错，等待裁判"),),
        ),
        State(
            "verifying",
            "待核实纠错",
            holder="court",
            judged_by="verify",
            moves=(
                Move("confirm", "核实已纠错，办结", to="corrected", asks=("verification",), copies=("guide",)),
                Move(
                    "send_back",
                    "纠错不到位，退回",
                    to="correcting",
                    asks=("verification",),
                    at_most=1,
                    beyond="awaiting",
                ),
            ),
        ),
        State(
            "awaiting",
            "等待裁判",
            holder="court",
            judged_by="judge",
            moves=(Move("enter_outcome", "登记裁判结果", to="judged", asks=("outcome",)),),
        ),
        State(
            "judged",
            "裁判已出",
            holder="court",
            judged_by="verify",
            moves=(
                Move(
                    "pass_to_review",
                    "败诉，转案后评查",
                    to="reviewing",
                    when=(Is("outcome", LOST),),
                    drafts="losing-notice",
                ),
                Move("close", "办结", to="not_lost", asks=("verification",), when=(Is("outcome", *NOT_LOST),)),
            ),
        ),
        State(
            "reviewing",
            "案后评查",
            holder="guide",
            judged_by="review",
            moves=(
                Move("require", "评查，要求整改", to="mending", asks=("findings",)),
                Move("conclude", "评查，无须整改", to="reviewed", asks=("review",)),
            ),
        ),
        State(
            "mending",
            "评查整改",
            holder="defendant",
            judged_by="mend",
            moves=(Move("report_mending", "逐项报告整改", to="accepting", asks=("findings.measure",), signed=True),),
        ),
        State(
            "accepting",
            "待核收整改",
            holder="guide",
            judged_by="accept",
            moves=(
                Move("accept", "核收整改，办结", to="reviewed", asks=("review",), copies=("court",)),
                Move("refuse", "整改不到位，退回", to="mending", asks=("review",), at_most=1),
            ),
        ),
        Final("corrected", "预警后自行纠错", kind=Closing.SETTLED, basis="鄂尔多斯三(五)2主动纠错"),
        Final("not_lost", "未败诉", kind=Closing.DECIDED, by=("court",), needs=("field:outcome",)),
        Final("reviewed", "败诉，已评查", kind=Closing.DECIDED, by=("guide",), needs=("field:review", "field:outcome")),
        Final("recalled", "不再预警", kind=Closing.WITHDRAWN),
    ),
    heeds=(
        *(
            Heeds(
                "court-case",
                event,
                by="case_number",
                states=("studying", "correcting", "awaiting"),
                to="recalled",
            )
            for event in ("withdrawn", "transferred")
        ),
        Heeds("court-case", "joined", by="case_number"),
        Heeds("court-case", "renumbered", by="case_number"),
    ),
    examples=(
        Example(
            "预警后自行纠错，一次退回",
            (*TOLD, *do("correct", "report_correction", "send_back", "report_correction", "confirm")),
            ends="corrected",
        ),
        Example(
            "应诉到底败诉，评查整改",
            (
                *TO_JUDGMENT,
                Do("enter_outcome", {"outcome": LOST}),
                *do("pass_to_review", "require", "report_mending", "refuse", "report_mending", "accept"),
            ),
            ends="reviewed",
        ),
        Example(
            "未反馈而败诉，评查无须整改",
            (*TOLD, Passes("answer"), Do("enter_outcome", {"outcome": LOST}), *do("pass_to_review", "conclude")),
            ends="reviewed",
        ),
        Example(
            "逾期未纠错，双方调解",
            (
                *TOLD,
                *do("correct"),
                Passes("correct"),
                Do("enter_outcome", {"outcome": "调解"}),
                *do("close"),
            ),
            ends="not_lost",
        ),
        Example(
            "不能纠错，最终未败诉",
            (*TOLD, *do("correct", "turn_back"), Do("enter_outcome", {"outcome": "未败诉"}), *do("close")),
            ends="not_lost",
        ),
        Example("不再预警", do("drop"), ends="recalled"),
        Example("应诉期间撤诉，自动办结", (*TO_JUDGMENT, Hears("court-case", "withdrawn")), ends="recalled"),
    ),
)
