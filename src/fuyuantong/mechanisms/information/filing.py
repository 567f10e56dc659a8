"""备案: what was decided elsewhere is entered with an organ that looks at it, follows it to its end, and files it away."""

from fuyuantong.protocol import (
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Example,
    File,
    Final,
    Lapse,
    Mechanism,
    Move,
    Organ,
    Passes,
    Role,
    State,
    Step,
    Text,
    do,
)

FILED: tuple[Step, ...] = do("submit", "file")

MECHANISM = Mechanism(
    key="filing",
    title="备案",
    chapter="information",
    purpose="重大执法监督案件、司法建议和检察建议报备案机关备案，跟踪到办结，逾期督促，办结归档",
    basis="柳州三(四)重大行政执法监督案件备案；鄂尔多斯三(三)3建议备案督办；岑溪二(三)1",
    implements=("INF-10", "SUG-08"),
    roles=(
        Role("filer", "报备单位"),
        Role("authority", "备案机关", via="field:authority_organ"),
    ),
    fields=(
        Text("title", "备案事项", indexed=True, at_most=200, samples=("某项目行政执法监督案", "规范送达程序司法建议")),
        Choice("kind", "备案种类", ("重大行政执法监督案件", "司法建议", "检察建议", "规范性文件", "其他")),
        Organ("authority_organ", "备案机关"),
        Organ("subject_organ", "所涉单位"),
        Text("reference", "文号或者案号", at_most=200, samples=("温法建〔2026〕3号", "温检行监〔2026〕2号")),
        Text("ground", "主要内容", samples=("建议逐条规范送达程序，答复期限两个月。",)),
        File("document", "备案文件"),
        Date("result_by", "应报结果日期"),
        Text("result", "办理结果", samples=("有关单位已答复并采纳。", "监督案件已办结，违法行为已纠正。")),
        File("evidence", "结果材料"),
        Text("opinion", "审查意见", samples=("符合备案条件。", "缺少附件，补正。", "结果清楚，归档。")),
        Text("reason", "理由", samples=("不属备案范围", "办理中，结果尚未作出", "重复报备")),
    ),
    clocks=(
        Clock("examine", "备案审查", "house:examine-filing"),
        Clock("complete", "补正", "house:complete-filing"),
        Clock("result", "报送办理结果", until="result_by"),
        Clock("urge", "督促报送", "house:urge-filing"),
        Clock("archive", "核收归档", "house:archive-filing"),
    ),
    entries=(Entry("preparing", by="filer"),),
    states=(
        State(
            "preparing",
            "拟报备",
            holder="filer",
            unclocked="尚未报备",
            inner=True,
            moves=(
                Move(
                    "submit",
                    "报备",
                    to="examining",
                    asks=("title", "kind", "authority_organ", "subject_organ", "reference", "ground", "document"),
                    signed=True,
                ),
                Move("drop", "不再报备", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "examining",
            "备案审查",
            holder="authority",
            judged_by="examine",
            moves=(
                Move("file", "准予备案", to="following", asks=("opinion", "result_by"), numbers="filing"),
                Move("return_papers", "退回补正", to="completing", asks=("opinion",), at_most=2),
                Move("refuse", "不予备案", to="refused", asks=("reason",)),
            ),
        ),
        State(
            "completing",
            "待补正",
            holder="filer",
            judged_by="complete",
            moves=(
                Move("resubmit", "补正后再报", to="examining", asks=("ground", "document")),
                Move("give_up", "撤回报备", to="dropped", asks=("reason",)),
            ),
            lapses=(Lapse("complete", to="examining", title="逾期未补正，按现有材料审查"),),
        ),
        State(
            "following",
            "已备案，待结果",
            holder="filer",
            judged_by="result",
            moves=(
                Move("report_result", "报送办理结果", to="archiving", asks=("result", "evidence")),
                Move("report_delay", "报告延后", to="following", asks=("reason", "result_by"), at_most=2),
            ),
            lapses=(Lapse("result", to="urging", title="逾期未报结果"),),
        ),
        State(
            "urging",
            "督促报送",
            holder="authority",
            judged_by="urge",
            moves=(
                Move("urge", "督促，重定日期", to="following", asks=("result_by", "opinion"), at_most=2),
                Move("archive_as_is", "注明未报结果，归档", to="without_result", asks=("opinion",)),
            ),
        ),
        State(
            "archiving",
            "待核收归档",
            holder="authority",
            judged_by="archive",
            moves=(Move("archive", "核收归档，销号", to="archived", asks=("opinion",)),),
        ),
        Final("archived", "已归档", kind=Closing.ACCEPTED, by=("authority",), needs=("number", "field:result")),
        Final(
            "without_result", "未报结果归档", kind=Closing.DECIDED, by=("authority",), needs=("number", "field:opinion")
        ),
        Final("refused", "不予备案", kind=Closing.REFUSED),
        Final("dropped", "撤回", kind=Closing.WITHDRAWN),
    ),
    examples=(
        Example("备案后报送结果，归档", (*FILED, *do("report_delay", "report_result", "archive")), ends="archived"),
        Example(
            "补正后备案，逾期督促仍未报",
            (
                *do("submit", "return_papers", "resubmit", "file"),
                Passes("result"),
                *do("urge"),
                Passes("result"),
                *do("archive_as_is"),
            ),
            ends="without_result",
        ),
        Example(
            "逾期未补正，不予备案", (*do("submit", "return_papers"), Passes("complete"), *do("refuse")), ends="refused"
        ),
        Example("补正时撤回", do("submit", "return_papers", "give_up"), ends="dropped"),
        Example("不再报备", do("drop"), ends="dropped"),
    ),
)
