"""督办: what is overdue, or was found wanting on inspection, is ordered, answered, checked and struck off, or assessed."""

from fuyuantong.protocol import (
    Asks,
    Choice,
    Clock,
    Closing,
    Date,
    Do,
    Entry,
    Example,
    Extends,
    File,
    Final,
    Is,
    Lapse,
    Mechanism,
    Move,
    Number,
    Organ,
    Passes,
    Prefill,
    Request,
    Role,
    Rows,
    State,
    Step,
    Text,
    do,
)

ORDER = (Is("inspected", False),)
INSPECTION = (Is("inspected", True),)
FIRST = (Is("instructed", False),)
INSTRUCTED = (Is("instructed", True),)
FEEDBACK = ("result", "evidence")
RECTIFIED = ("findings.measure", *FEEDBACK)

DISMISSED = Move("dismiss", "核实有误，撤销督办", to="cancelled", asks=("reason",))
ESCALATE = Move("escalate", "提请领导小组", to="escalated", asks=("reason",), when=FIRST, copies=("addressee",))

TO_ADDRESSEE: tuple[Step, ...] = do("issue", "receive")
INSPECTED: tuple[Step, ...] = do("notify", "find", "receive")
SILENT: tuple[Step, ...] = (*TO_ADDRESSEE, Passes("handle"))
ESCALATED: tuple[Step, ...] = (*SILENT, *do("escalate"))

MECHANISM = Mechanism(
    key="supervision-order",
    title="督办",
    chapter="governance",
    purpose="对逾期事项、滞后任务下达督办函，或者开展专项检查，逐项整改，复核后销号，拒不落实的列入督查考核",
    basis="柳州方案六(四)、鄂尔多斯方案四(三)、温县方案三(五)：逐一督促、定期督导检查、清单化闭环、列入政府督查和目标考核",
    implements=("EVL-02", "EVL-03", "EVL-04"),
    roles=(
        Role("supervisor", "督办单位", via="setting:supervisors"),
        Role("addressee", "被督办单位", via="field:addressee"),
        Role("group", "领导小组", via="setting:leading-group"),
    ),
    fields=(
        Text(
            "title",
            "督办事项",
            indexed=True,
            prefill=Prefill.TITLE,
            samples=("行政争议移送材料逾期未反馈", "裁执分离制度文本逾期未印发", "府院联动平台对接进度滞后"),
        ),
        Choice("kind", "督办类型", ("逾期事项", "滞后任务", "领导批示", "其他")),
        Organ("addressee", "被督办单位", prefill=Prefill.HOLDER),
        Text(
            "ground",
            "督办事由",
            prefill=Prefill.STANDING,
            help="写明何时起算、依据哪一期限、何日届满、逾期多少日",
            samples=("办理期限已经届满，逾期六个工作日未反馈。", "任务时间已过八成，尚无进展。"),
        ),
        Text("demand", "办理要求", samples=("立即办理，并于限期内书面反馈办理结果。", "查明原因，提出整改措施。")),
        Date("due_by", "反馈期限"),
        Text("scope", "检查内容", samples=("2026年上半年任务台账落实情况", "行政机关负责人出庭应诉制度执行情况")),
        Date("inspect_by", "检查完成日"),
        Rows(
            "findings",
            "检查问题",
            (
                Text("problem", "存在问题", samples=("未建立任务台账", "未按季度报送数据")),
                Text("demand", "整改要求", samples=("十日内建立台账", "补报并说明原因")),
                Text("measure", "整改情况", samples=("台账已建立并专人维护", "已补报并通报科室")),
                Choice("checked", "复查结论", ("已整改", "未整改")),
            ),
            at_least=1,
            later=("measure", "checked"),
            help="一个问题一行，逐条整改，逐条复查",
        ),
        File("report", "检查报告"),
        Text("progress", "进展情况", samples=("已召集有关科室研究，正在补齐材料。",)),
        Text("result", "办理结果", samples=("事项已办结，原因已查明并落实到人。", "全部问题已按要求整改。")),
        File("evidence", "佐证材料"),
        Text("verification", "复核意见", samples=("经核查，督办事项已落实。", "经复查，问题全部整改到位。")),
        Text(
            "decision",
            "领导小组意见",
            samples=("限十日内办结并书面检查。", "列入年度督查考核。", "情况特殊，同意终止。"),
        ),
        Number("assessment_year", "考核年度", unit="年", samples=(2026,)),
        Text("reason", "理由", samples=("材料不足以证明已经落实", "该项职责已划转", "涉及多部门协调", "期满未反馈")),
        Rows("materials", "补充材料", (Text("note", "说明"), File("file", "材料")), identity=True),
    ),
    clocks=(
        Clock("inspect", "完成检查", until="inspect_by"),
        Clock("sign", "签收", "house:sign-for"),
        Clock("check", "核实退回理由", "house:check-misdirected"),
        Clock("handle", "办理反馈", until="due_by", keeps=("extending",)),
        Clock("extension", "审查延期申请", "house:answer-request"),
        Clock("verify", "复核", "house:verify-matter"),
        Clock("overdue", "处理逾期", "house:handle-overdue"),
        Clock("decide", "领导小组审定", "house:approve-matter"),
    ),
    entries=(Entry("drafting", by="supervisor"), Entry("planning", by="supervisor")),
    states=(
        State(
            "drafting",
            "拟督办函",
            holder="supervisor",
            unclocked="尚未下达",
            inner=True,
            moves=(
                Move(
                    "issue",
                    "下达督办函",
                    to="delivering",
                    asks=("title", "kind", "addressee", "ground", "demand", "due_by"),
                    signed=True,
                    numbers="supervision-order",
                    drafts="supervision-order",
                    copies=("setting:supervision-copies",),
                ),
                Move("drop", "不再督办", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "planning",
            "拟专项检查",
            holder="supervisor",
            unclocked="尚未下达",
            inner=True,
            moves=(
                Move(
                    "notify",
                    "下达检查通知",
                    to="inspecting",
                    asks=("title", "addressee", "scope", "inspect_by"),
                    signed=True,
                    numbers="supervision-order",
                    drafts="inspection-notice",
                    copies=("addressee", "setting:supervision-copies"),
                    sets={"inspected": True},
                ),
                Move("abandon", "不再检查", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "inspecting",
            "检查中",
            holder="supervisor",
            judged_by="inspect",
            moves=(
                Move(
                    "find",
                    "发现问题，责令整改",
                    to="delivering",
                    asks=("findings", "report", "due_by"),
                    signed=True,
                    drafts="rectification-order",
                ),
                Move("clear", "未发现问题，办结", to="cleared", asks=("verification", "report"), copies=("addressee",)),
            ),
        ),
        State(
            "delivering",
            "待签收",
            holder="addressee",
            judged_by="sign",
            moves=(
                Move("receive", "签收", to="handling"),
                Move("misdirected", "不属本单位职责，退回", to="checking", asks=("reason",), at_most=1),
            ),
            lapses=(Lapse("sign", to="handling", title="逾期未签收，视为收到"),),
        ),
        State(
            "checking",
            "待核实退回",
            holder="supervisor",
            judged_by="check",
            moves=(
                Move("readdress", "改送", to="delivering", asks=("addressee", "reason"), when=ORDER),
                Move("insist", "属其职责，维持督办", to="handling", asks=("reason",)),
                DISMISSED,
            ),
        ),
        State(
            "handling",
            "办理中",
            holder="addressee",
            judged_by="handle",
            moves=(
                Move("feed_back", "办理反馈", to="verifying", asks=FEEDBACK, when=ORDER, signed=True),
                Move("rectify", "逐项报告整改", to="verifying", asks=RECTIFIED, when=INSPECTION, signed=True),
                Move("note_progress", "报告进展", to="handling", asks=("progress",), renews="每次报告都是新的进展"),
                Move("ask_extension", "申请延期", to="extending", asks=("reason",), when=FIRST, at_most=1),
            ),
            lapses=(
                Lapse("handle", to="unanswered", title="逾期未反馈", when=FIRST),
                Lapse("handle", to="escalated", title="限期仍未反馈", when=INSTRUCTED),
            ),
        ),
        State(
            "extending",
            "待审查延期",
            holder="supervisor",
            judged_by="extension",
            moves=(
                Move(
                    "allow_extension",
                    "准许延期",
                    to="handling",
                    asks=("reason", "due_by"),
                    extends=(Extends("handle", until="due_by"),),
                ),
                Move("deny_extension", "不准延期", to="handling", asks=("reason",)),
            ),
        ),
        State(
            "unanswered",
            "逾期未反馈",
            holder="supervisor",
            judged_by="overdue",
            moves=(
                Move(
                    "press", "再次督办", to="handling", asks=("reason", "due_by"), at_most=1, drafts="supervision-order"
                ),
                ESCALATE,
                DISMISSED,
            ),
        ),
        State(
            "verifying",
            "待复核",
            holder="supervisor",
            judged_by="verify",
            moves=(
                Move("strike_off", "复核通过，销号", to="struck_off", asks=("verification",), when=ORDER),
                Move(
                    "confirm",
                    "复查通过，销号",
                    to="struck_off",
                    asks=("findings.checked", "verification"),
                    when=INSPECTION,
                ),
                Move(
                    "send_back",
                    "退回再办",
                    to="handling",
                    asks=("reason", "due_by"),
                    when=FIRST,
                    at_most=2,
                    beyond="escalated",
                ),
                Move("report_unfinished", "仍未落实，报领导小组", to="escalated", asks=("reason",), when=INSTRUCTED),
            ),
        ),
        State(
            "escalated",
            "领导小组审定",
            holder="group",
            judged_by="decide",
            moves=(
                Move(
                    "instruct",
                    "批示限期办结",
                    to="handling",
                    asks=("decision", "due_by"),
                    when=FIRST,
                    sets={"instructed": True},
                ),
                Move(
                    "list",
                    "列入督查和目标考核",
                    to="listed",
                    asks=("decision", "assessment_year"),
                    drafts="assessment-listing",
                    copies=("supervisor", "addressee", "setting:supervision-copies"),
                ),
                Move("relieve", "同意终止", to="relieved", asks=("decision",), copies=("supervisor", "addressee")),
            ),
        ),
        Final(
            "struck_off",
            "销号",
            kind=Closing.ACCEPTED,
            by=("supervisor",),
            needs=("number", "field:result", "field:evidence", "field:verification"),
        ),
        Final("cleared", "未发现问题", kind=Closing.DECIDED, by=("supervisor",), needs=("number", "field:report")),
        Final("listed", "列入督查考核", kind=Closing.DECIDED, by=("group",), needs=("number", "field:decision")),
        Final("relieved", "同意终止", kind=Closing.DECIDED, by=("group",), needs=("field:decision",)),
        Final("cancelled", "撤销督办", kind=Closing.WITHDRAWN),
        Final("dropped", "不再督办", kind=Closing.WITHDRAWN),
    ),
    requests=(
        Request(
            "cancel",
            "撤销督办",
            by=("supervisor",),
            states=("delivering", "handling", "escalated"),
            asks=("reason",),
            demand="cancelled",
        ),
        Request(
            "add_material",
            "补充材料",
            by=("addressee",),
            states=("verifying", "unanswered", "escalated"),
            rows="materials",
        ),
    ),
    examples=(
        Example(
            "逾期事项督办，报告进展后反馈，复核销号",
            (*TO_ADDRESSEE, *do("note_progress", "feed_back"), Asks("add_material"), *do("strike_off")),
            ends="struck_off",
        ),
        Example(
            "延期一次不准、退回两次后报领导小组，限期办结",
            (
                *TO_ADDRESSEE,
                *do("ask_extension", "deny_extension", "feed_back", "send_back", "feed_back", "send_back"),
                *do("feed_back", "send_back", "instruct", "feed_back", "strike_off"),
            ),
            ends="struck_off",
        ),
        Example(
            "逾期未反馈再次督办，仍不落实的列入考核",
            (
                *SILENT,
                *do("press"),
                Passes("handle"),
                *do("escalate", "instruct", "feed_back", "report_unfinished", "list"),
            ),
            ends="listed",
        ),
        Example("限期仍未反馈，列入考核", (*ESCALATED, *do("instruct"), Passes("handle"), *do("list")), ends="listed"),
        Example("情况特殊，领导小组同意终止", (*ESCALATED, *do("relieve")), ends="relieved"),
        Example(
            "送错单位改送，准许延期后反馈",
            (
                *do("issue", "misdirected", "readdress"),
                Passes("sign"),
                *do("ask_extension", "allow_extension", "feed_back", "strike_off"),
            ),
            ends="struck_off",
        ),
        Example(
            "专项检查发现问题，退回后整改，复查销号",
            (
                *INSPECTED,
                *do("rectify", "send_back", "rectify"),
                Do("confirm", {"findings.checked": ["已整改"]}),
            ),
            ends="struck_off",
            entry="planning",
        ),
        Example("专项检查未发现问题", do("notify", "clear"), ends="cleared", entry="planning"),
        Example(
            "退回被驳，逾期后核实撤销",
            (*do("issue", "misdirected", "insist"), Passes("handle"), *do("dismiss")),
            ends="cancelled",
        ),
        Example("退回属实，撤销", do("issue", "misdirected", "dismiss"), ends="cancelled"),
        Example("反馈前主动撤销", (*TO_ADDRESSEE, Asks("cancel")), ends="cancelled"),
        Example("不再督办", do("drop"), ends="dropped"),
        Example("不再检查", do("abandon"), ends="dropped", entry="planning"),
    ),
)
