"""定期报送: figures and progress come in by their day, row by row, are checked, corrected with a reason, and frozen."""

from fuyuantong.protocol import (
    Asks,
    Choice,
    Clock,
    Closing,
    Date,
    Do,
    Entry,
    Example,
    Figures,
    File,
    Final,
    Is,
    Json,
    Lapse,
    Mechanism,
    Move,
    Number,
    Organ,
    Passes,
    Request,
    Role,
    Rows,
    State,
    Step,
    Text,
    do,
)

FIGURES = "涉诉五项指标"
PROGRESS = "推进情况"
SUGGESTIONS = "建议发布和落实情况"
INDICATORS = (
    "行政机关败诉率",
    "行政机关负责人出庭率",
    "司法建议和检察建议回复率",
    "生效裁判自动履行率",
    "信息公开案件败诉率",
)
COUNTED = ((7, 43), (22, 25), (9, 10), (31, 36), (2, 9))
FIVE: list[Json] = [
    {"indicator": indicator, "numerator": numerator, "denominator": denominator, "note": "按审结案件计算"}
    for indicator, (numerator, denominator) in zip(INDICATORS, COUNTED, strict=True)
]
MENDED: list[Json] = [
    {"indicator": INDICATORS[0], "numerator": 8, "denominator": 43, "note": "补计一件已结案件"},
    *FIVE[1:],
]
FRAME = ("kind", "period", "due_by")
REPORTED: tuple[Step, ...] = (*do("begin"), Do("report_figures"))


def _of(kind: str) -> tuple[Is, ...]:
    return (Is("kind", kind),)


MECHANISM = Mechanism(
    key="periodic-return",
    title="定期报送",
    chapter="information",
    purpose="按季度、半年或者年度报送涉诉指标、推进情况和建议落实情况，逐行核对，更正留痕，到期冻结",
    basis="柳州四(二)3每季度五项指标、五(一)2推进情况；鄂尔多斯四(三)信息报送；岑溪二(三)3建议落实情况",
    implements=("INF-07", "INF-16", "INF-18", "SUG-09", "EVL-09"),
    roles=(
        Role("reporter", "报送单位"),
        Role("receiver", "接收单位", via="field:receiver_organ"),
    ),
    fields=(
        Choice("kind", "报送种类", (FIGURES, PROGRESS, SUGGESTIONS), samples=(FIGURES,)),
        Text(
            "title",
            "报送名称",
            indexed=True,
            at_most=200,
            samples=("2026年第三季度涉诉五项指标", "2026年上半年推进情况"),
        ),
        Text("period", "报送期", at_most=200, samples=("2026年第三季度", "2026年上半年")),
        Organ("receiver_organ", "接收单位"),
        Date("due_by", "报送截止日"),
        Rows(
            "figures",
            "指标",
            (
                Choice("indicator", "指标", INDICATORS),
                Number("numerator", "分子", unit="件", samples=(7, 22, 9)),
                Number("denominator", "分母", unit="件", samples=(43, 25, 10)),
                Text("note", "说明", at_most=200, samples=("按审结案件计算", "两件延期开庭未计入")),
            ),
            at_least=1,
            help="一项指标一行，率由系统计算",
        ),
        Rows(
            "tasks",
            "任务进展",
            (
                Text("task", "任务", samples=("建立裁执分离制度", "送达地址确认")),
                Text("done", "进展", samples=("征求意见中", "已覆盖年报企业九成")),
                Text("question", "需研究的问题", samples=("经费渠道未明确", "无")),
            ),
            at_least=1,
        ),
        Rows(
            "suggestions",
            "建议情况",
            (
                Organ("organ", "被建议单位"),
                Number("issued", "发出", unit="件", samples=(4, 2)),
                Number("replied", "按期回复", unit="件", samples=(3, 2)),
                Number("adopted", "采纳", unit="件", samples=(3, 1)),
            ),
            at_least=1,
        ),
        File("attachment", "附件"),
        Text("opinion", "核对意见", samples=("已逐行核对。", "第二行分母与收案数不符，请核对。")),
        Text("reason", "理由", samples=("补录一件已结案件", "单位合并，由承继单位报送")),
    ),
    figures=Figures(
        "figures", name="indicator", above="numerator", below="denominator", period="period", by="reporter"
    ),
    clocks=(
        Clock("report", "报送", until="due_by"),
        Clock("late", "逾期补报", "house:report-late"),
        Clock("accept", "核对报送", "house:accept-return"),
        Clock("freeze", "冻结", "house:freeze-return"),
    ),
    entries=(
        Entry("preparing", by="reporter"),
        Entry("owed", by="reporter", opened=True, carried=("receiver_organ", "title", *FRAME)),
    ),
    states=(
        State(
            "preparing",
            "拟报送",
            holder="reporter",
            unclocked="尚未确定报送期",
            inner=True,
            moves=(
                Move("begin", "开始报送", to="owed", asks=("title", "receiver_organ", *FRAME)),
                Move("drop", "不再报送", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "owed",
            "待报送",
            holder="reporter",
            judged_by="report",
            moves=(
                Move(
                    "report_figures",
                    "报送指标",
                    to="checking",
                    asks=("figures",),
                    may_ask=("attachment",),
                    when=_of(FIGURES),
                    signed=True,
                    drafts="indicator-return",
                ),
                Move(
                    "report_progress",
                    "报送进展",
                    to="checking",
                    asks=("tasks",),
                    may_ask=("attachment",),
                    when=_of(PROGRESS),
                ),
                Move(
                    "report_suggestions",
                    "报送建议情况",
                    to="checking",
                    asks=("suggestions",),
                    may_ask=("attachment",),
                    when=_of(SUGGESTIONS),
                    signed=True,
                ),
            ),
            lapses=(Lapse("report", to="overdue", title="逾期未报"),),
        ),
        State(
            "overdue",
            "逾期未报",
            holder="receiver",
            judged_by="late",
            moves=(
                Move("urge", "催报，重定日期", to="owed", asks=("due_by",), at_most=2),
                Move("note_missing", "注明缺报", to="missing", asks=("reason",)),
            ),
        ),
        State(
            "checking",
            "待核对",
            holder="receiver",
            judged_by="accept",
            moves=(
                Move("accept", "核对无误，接收", to="accepted", asks=("opinion",)),
                Move("return_it", "退回更正", to="owed", asks=("opinion", "due_by"), at_most=3, beyond="overdue"),
            ),
        ),
        State(
            "accepted",
            "已接收",
            holder="receiver",
            judged_by="freeze",
            moves=(
                Move("freeze", "冻结", to="frozen", asks=("opinion",)),
                Move(
                    "reopen",
                    "准许更正",
                    to="owed",
                    asks=("reason", "due_by"),
                    renews="每次更正都有新的事实，旧版保留在留痕中",
                ),
            ),
        ),
        Final("frozen", "已冻结", kind=Closing.ACCEPTED, by=("receiver",), needs=("field:opinion",)),
        Final("missing", "缺报", kind=Closing.DECIDED, by=("receiver",), needs=("field:reason",)),
        Final("dropped", "不再报送", kind=Closing.WITHDRAWN),
    ),
    requests=(
        Request(
            "ask_correction",
            "申请更正",
            by=("reporter",),
            states=("accepted",),
            asks=("reason",),
            grants="reopen",
            answer_by="house:answer-request",
        ),
    ),
    examples=(
        Example("五项指标按期报送，接收后冻结", (*REPORTED, *do("accept", "freeze")), ends="frozen"),
        Example(
            "退回更正，接收后又申请更正一次",
            (
                *REPORTED,
                *do("return_it", "report_figures", "accept"),
                Asks("ask_correction"),
                *do("reopen", "report_figures", "accept", "freeze"),
            ),
            ends="frozen",
        ),
        Example(
            "推进情况逾期，催报后报送",
            (
                Do("begin", {"kind": PROGRESS}),
                Passes("report"),
                *do("urge", "report_progress", "accept", "freeze"),
            ),
            ends="frozen",
        ),
        Example(
            "建议落实情况按期报送",
            (Do("begin", {"kind": SUGGESTIONS}), *do("report_suggestions", "accept", "freeze")),
            ends="frozen",
        ),
        Example("缺报", (*do("begin"), Passes("report"), *do("note_missing")), ends="missing"),
        Example(
            "到期自动生成的指标报送",
            (Do("report_figures", {"figures": FIVE}), *do("accept", "freeze")),
            ends="frozen",
            entry="owed",
        ),
        Example(
            "到期自动生成，退回更正一次",
            (
                Do("report_figures", {"figures": FIVE}),
                *do("return_it"),
                Do("report_figures", {"figures": MENDED}),
                *do("accept", "freeze"),
            ),
            ends="frozen",
            entry="owed",
        ),
        Example(
            "到期自动生成的进展报送",
            do("report_progress", "accept", "freeze"),
            ends="frozen",
            entry="owed",
            carried={"kind": PROGRESS},
        ),
        Example("不再报送", do("drop"), ends="dropped"),
    ),
)
