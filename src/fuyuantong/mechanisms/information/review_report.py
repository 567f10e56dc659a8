"""司法审查报告: a court or procuratorate tells the government what its cases showed; the government studies it and mends."""

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
    Example,
    File,
    Final,
    Lapse,
    Mechanism,
    Move,
    Organ,
    Organs,
    Passes,
    Request,
    Role,
    Rows,
    State,
    Step,
    Tally,
    Text,
    do,
)

KINDS = (
    "行政诉讼司法审查报告",
    "行政审判白皮书",
    "行政案件司法监督报告",
    "行政检察工作报告",
    "行政诉讼风险提示白皮书",
    "环境保护审判白皮书",
    "专项审查报告",
)
TASK = (  # what every department is asked to mend
    Text(
        "title", "报告名称", indexed=True, at_most=200, samples=("2026年度行政诉讼司法审查报告", "上半年风险提示白皮书")
    ),
    Text("guidance", "整改指导意见", samples=("请对照报告第三部分逐项整改，完善告知程序。",)),
    Date("mend_by", "反馈期限"),
)
SENT: tuple[Step, ...] = do("freeze", "send")
STUDIED: tuple[Step, ...] = (*SENT, *do("guide"))

RECTIFICATION = Mechanism(
    key="rectification",
    title="报告整改",
    roles=(Role("government", "研究单位", branches=(Branch.GOVERNMENT,)), Role("department", "整改部门")),
    fields=(
        *TASK,
        Text("measure", "整改情况", samples=("已修订三份文书模板，组织两次培训。", "已建立重大案件集体讨论制度。")),
        File("evidence", "整改材料"),
        Text("finding", "核对意见", samples=("措施具体，已落实。",)),
        Text("reason", "理由", samples=("所列问题不涉及本部门", "已另行部署", "材料未反映整改效果")),
    ),
    clocks=(
        Clock("mend", "整改反馈", until="mend_by"),
        Clock("check", "核对整改", "house:check-mending"),
        Clock("urge", "催报整改", "house:urge-mending"),
    ),
    entries=(Entry("mending", by="government", opened=True, carried=("department", *(field.key for field in TASK))),),
    states=(
        State(
            "mending",
            "整改中",
            holder="department",
            judged_by="mend",
            moves=(
                Move("report", "报送整改情况", to="checking", asks=("measure", "evidence"), signed=True),
                Move("explain", "说明不涉及本部门", to="checking_excuse", asks=("reason",), at_most=1),
            ),
            lapses=(Lapse("mend", to="urging", title="逾期未报"),),
        ),
        State(
            "checking",
            "待核对",
            holder="government",
            judged_by="check",
            moves=(
                Move("accept", "整改到位", to="mended", asks=("finding",)),
                Move("return_it", "退回再改", to="mending", asks=("reason", "mend_by"), at_most=1),
            ),
        ),
        State(
            "checking_excuse",
            "待核对说明",
            holder="government",
            judged_by="check",
            moves=(
                Move("excuse", "确不涉及", to="not_concerned", asks=("reason",)),
                Move("insist", "仍应整改", to="mending", asks=("reason", "mend_by")),
            ),
        ),
        State(
            "urging",
            "逾期未报整改",
            holder="government",
            judged_by="urge",
            moves=(
                Move("urge", "催报", to="mending", asks=("mend_by",), at_most=1),
                Move("note_unmended", "注明未整改", to="unmended", asks=("reason",)),
            ),
        ),
        Final(
            "mended", "整改到位", kind=Closing.ACCEPTED, by=("government",), needs=("field:measure", "field:evidence")
        ),
        Final("not_concerned", "不涉及", kind=Closing.REFUSED),
        Final("unmended", "未整改", kind=Closing.DECIDED, by=("government",), needs=("field:reason",)),
        Final("recalled", "收回", kind=Closing.SUPERSEDED),
    ),
    requests=(Request("recall", "收回", by=("government",), states=("mending",), asks=("reason",), demand="recalled"),),
    examples=(
        Example("退回一次后整改到位", do("report", "return_it", "report", "accept"), ends="mended"),
        Example("不涉及本部门", do("explain", "excuse"), ends="not_concerned"),
        Example(
            "说明未被采纳，逾期催报后整改",
            (*do("explain", "insist"), Passes("mend"), *do("urge", "report", "accept")),
            ends="mended",
        ),
        Example("逾期未整改", (Passes("mend"), *do("note_unmended")), ends="unmended"),
        Example("收回", (Asks("recall"),), ends="recalled"),
    ),
)

MECHANISM = Mechanism(
    key="review-report",
    title="司法审查报告",
    chapter="information",
    purpose="法院、检察院按年度、半年或者专题冻结数据、起草报告函告政府，政府研究后指导部门整改并回函",
    basis="柳州三(四)、四(二)2、四(二)4；鄂尔多斯三(三)1；岑溪二(四)白皮书；温县二(一)2风险提示白皮书",
    implements=("INF-02", "INF-03", "INF-04", "INF-05", "INF-06", "INF-11", "ENV-03", "DIG-12"),
    roles=(
        Role("author", "报告单位", branches=(Branch.COURT, Branch.PROCURATORATE)),
        Role("government", "函告对象", branches=(Branch.GOVERNMENT,), via="field:government_organ"),
        Role("departments", "整改部门", via="field:department_organs", many=True),
    ),
    fields=(
        *TASK,
        Choice("kind", "报告种类", KINDS),
        Text("period", "报告期", at_most=200, samples=("2026年度", "2026年上半年")),
        Date("frozen_on", "数据截止日"),
        Rows(
            "figures",
            "主要数据",
            (
                Text("figure", "指标", samples=("行政案件收案数", "行政机关败诉率", "负责人出庭率")),
                Text("value", "数值", samples=("43件", "16.3%", "92%")),
                Text("before", "上期", samples=("51件", "18.0%", "88%")),
            ),
            at_least=1,
            help="指标上线后由系统带入，可核对更正",
        ),
        Text("report", "报告正文", at_most=20_000, samples=("一、基本情况……二、主要问题……三、工作建议……",)),
        File("report_file", "报告文件"),
        Organ("government_organ", "函告对象", help="同级人民政府或者其办公室"),
        Organs("copied", "抄送单位", at_least=0),
        Organs("department_organs", "整改部门"),
        Text("answer", "研究意见", samples=("同意报告意见，已部署六个部门整改。", "所列问题已在上期整改完毕。")),
        Text("opinion", "核收意见", samples=("六个部门均已整改，归档。", "回函未说明第三项，请补充。")),
        Text("reason", "理由", samples=("数据有误，重新核对", "报告期合并发布")),
    ),
    clocks=(
        Clock("draft", "起草报告", "house:draft-report"),
        Clock("study", "研究报告", "house:study-report"),
        Clock("collect", "收齐整改", "house:collect-mending"),
        Clock("answer", "回函", "house:answer-report"),
        Clock("receive", "核收回函", "house:accept-summary"),
    ),
    entries=(Entry("preparing", by="author"),),
    states=(
        State(
            "preparing",
            "拟编报告",
            holder="author",
            unclocked="尚未冻结数据",
            inner=True,
            moves=(
                Move("freeze", "冻结数据", to="drafting", asks=("kind", "title", "period", "frozen_on", "figures")),
                Move("drop", "不再编制", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "drafting",
            "起草",
            holder="author",
            judged_by="draft",
            moves=(
                Move(
                    "send",
                    "函告政府",
                    to="studying",
                    asks=("report", "report_file", "government_organ", "copied"),
                    signed=True,
                    numbers="review-report",
                    drafts="review-report",
                    copies=("copied", "setting:report-copies"),
                ),
                Move(
                    "refreeze", "数据有误，重新冻结", to="drafting", asks=("frozen_on", "figures", "reason"), at_most=3
                ),
                Move("drop_draft", "不再编制", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "studying",
            "政府研究",
            holder="government",
            judged_by="study",
            moves=(
                Move("guide", "研究，指导部门整改", to="mending", asks=("guidance", "department_organs", "mend_by")),
                Move("answer_at_once", "研究，直接回函", to="receiving", asks=("answer",), signed=True),
            ),
        ),
        Await(
            "mending",
            "部门整改中",
            holder="government",
            judged_by="collect",
            child=RECTIFICATION,
            per="department_organs",
            each="department",
            carry={field.key: field.key for field in TASK} | {"government": "government"},
            outcomes=("measure",),
            ballot=(Tally("otherwise", to="answering"),),
            moves=(Move("stop_waiting", "不再等待，回函", to="answering", asks=("reason",)),),
        ),
        State(
            "answering",
            "待回函",
            holder="government",
            judged_by="answer",
            moves=(Move("answer", "回函", to="receiving", asks=("answer",), signed=True, drafts="report-answer"),),
        ),
        State(
            "receiving",
            "待核收回函",
            holder="author",
            judged_by="receive",
            moves=(
                Move("close", "核收，办结", to="answered", asks=("opinion",)),
                Move("ask_more", "请补充回函", to="answering", asks=("reason",), at_most=1),
            ),
        ),
        Final(
            "answered",
            "已研究回函",
            kind=Closing.ACCEPTED,
            by=("author",),
            needs=("number", "document:review-report", "field:figures", "field:answer"),
        ),
        Final("dropped", "不再编制", kind=Closing.WITHDRAWN),
    ),
    examples=(
        Example(
            "年度报告，部门整改后回函，补充一次",
            (*STUDIED, Endings("mended", "not_concerned"), *do("answer", "ask_more", "answer", "close")),
            ends="answered",
        ),
        Example(
            "重新冻结数据，政府直接回函", do("freeze", "refreeze", "send", "answer_at_once", "close"), ends="answered"
        ),
        Example("不再等待整改，先行回函", (*STUDIED, *do("stop_waiting", "answer", "close")), ends="answered"),
        Example("起草后不再编制", do("freeze", "drop_draft"), ends="dropped"),
        Example("不再编制", do("drop"), ends="dropped"),
    ),
)
