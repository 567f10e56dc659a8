"""生效裁判履行: what a judgment orders an organ to do is done by a day, of itself or by force, and never forgotten."""

from fuyuantong.protocol import (
    Asks,
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Example,
    Extends,
    File,
    Final,
    Heeds,
    Lapse,
    Mechanism,
    Move,
    Opens,
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

REPORT = ("result", "fulfilled_on", "evidence")
ORDERED: tuple[Step, ...] = do("register")
OVERDUE: tuple[Step, ...] = (*ORDERED, Passes("perform"))
ENFORCED: tuple[Step, ...] = (*OVERDUE, *do("enforce"))

MECHANISM = Mechanism(
    key="judgment-fulfilment",
    title="生效裁判履行",
    chapter="litigation",
    purpose="生效裁判确定的义务登记到期，由行政机关自觉履行并报告；逾期的责令、强制，或者向其上级发出司法建议",
    basis="行政诉讼法第94条至第96条；柳州四(二)3、岑溪二(六)2关于自觉履行生效裁判的规定",
    implements=("ENF-07",),
    roles=(
        Role("court", "执行法院", branches=(Branch.COURT,)),
        Role("obligor", "义务机关", branches=(Branch.GOVERNMENT, Branch.OTHER), via="field:obligor_organ"),
    ),
    fields=(
        Text(
            "judgment",
            "裁判文书",
            indexed=True,
            check="case-number",
            prefill=Prefill.CASE,
            only_while=("decided",),
            samples=("（2026）豫0825行初17号",),
        ),
        Text("title", "履行事项", samples=("重新作出处理决定", "支付补偿款并办理安置", "公开征收档案")),
        Choice(
            "duty", "义务类型", ("履行法定职责", "重新作出行为", "给付金钱", "赔偿补偿", "继续履行协议", "公开信息")
        ),
        Organ("obligor_organ", "义务机关", prefill=Prefill.SUED),
        Text("order", "裁判主文", samples=("责令于判决生效后六十日内对申请作出答复。",)),
        Date("effective_on", "生效日期", prefill=Prefill.EFFECTIVE),
        Date("perform_by", "履行期限届满日"),
        Text("result", "履行情况", samples=("已重新作出决定并送达申请人。", "款项已支付到位。")),
        Date("fulfilled_on", "履行日期"),
        File("evidence", "履行凭证"),
        Text("finding", "核实意见", samples=("经核实已全部履行。", "仅部分履行，退回。")),
        Text("coercion", "强制措施", samples=("已对机关按日罚款并向上一级机关通报。",)),
        Text("reason", "理由", samples=("需上级批复用地", "财政资金未到位", "当事人已达成和解", "裁判已被再审撤销")),
        Rows("progress", "履行进展", (Text("done", "进展情况"),), identity=True),
    ),
    clocks=(
        Clock("perform", "自觉履行", until="perform_by", keeps=("considering",)),
        Clock("consider", "审查宽限申请", "house:answer-request"),
        Clock("confirm", "核实履行", "house:confirm-fulfilment"),
        Clock("press", "处理逾期未履行", "house:handle-nonperformance"),
        Clock("ordered", "责令限期履行", "house:ordered-performance"),
        Clock("enforce", "强制履行", "house:court-execution"),
    ),
    entries=(Entry("registering", by="court"),),
    states=(
        State(
            "registering",
            "登记",
            holder="court",
            unclocked="尚未登记",
            inner=True,
            moves=(
                Move(
                    "register",
                    "登记履行义务并告知",
                    to="performing",
                    asks=("judgment", "title", "duty", "obligor_organ", "order", "effective_on", "perform_by"),
                    drafts="fulfilment-notice",
                    copies=("setting:fulfilment-copies",),
                ),
                Move("drop", "不再登记", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "performing",
            "履行期内",
            holder="obligor",
            judged_by="perform",
            moves=(
                Move("report", "报告已履行", to="confirming", asks=REPORT, signed=True),
                Move("ask_grace", "申请宽限", to="considering", asks=("reason",), at_most=1),
            ),
            lapses=(Lapse("perform", to="overdue", title="期满未履行"),),
        ),
        State(
            "considering",
            "待审查宽限",
            holder="court",
            judged_by="consider",
            moves=(
                Move(
                    "allow_grace",
                    "准许宽限",
                    to="performing",
                    asks=("reason", "perform_by"),
                    extends=(Extends("perform", until="perform_by"),),
                ),
                Move("deny_grace", "不准宽限", to="performing", asks=("reason",)),
            ),
        ),
        State(
            "overdue",
            "期满未履行",
            holder="court",
            judged_by="press",
            moves=(
                Move("order", "责令限期履行", to="ordered", asks=("reason",), at_most=1),
                Move("enforce", "强制履行", to="enforcing", asks=("reason",)),
                Move("note_fulfilled", "核实已在期内履行", to="fulfilled", asks=REPORT),
            ),
        ),
        State(
            "ordered",
            "责令履行中",
            holder="obligor",
            judged_by="ordered",
            moves=(Move("report_late", "报告已履行", to="confirming", asks=REPORT, signed=True),),
            lapses=(Lapse("ordered", to="overdue", title="责令后仍未履行"),),
        ),
        State(
            "confirming",
            "待核实履行",
            holder="court",
            judged_by="confirm",
            moves=(
                Move("accept", "核实履行，办结", to="fulfilled", asks=("finding",)),
                Move("refuse", "履行不到位，强制履行", to="enforcing", asks=("finding",)),
            ),
        ),
        State(
            "enforcing",
            "强制履行中",
            holder="court",
            judged_by="enforce",
            moves=(
                Move(
                    "note_coercion", "登记强制措施", to="enforcing", asks=("coercion",), renews="每次措施都是新的进展"
                ),
                Move("record", "强制履行完毕", to="enforced", asks=REPORT),
                Move(
                    "tell_superior",
                    "仍拒绝履行，向上级机关发司法建议",
                    to="advised",
                    asks=("reason",),
                    opens=(
                        Opens(
                            "judicial-suggestion",
                            "owed",
                            carry={
                                "court": "court",
                                "kind": "=拒绝履行裁判",
                                "cause": "judgment",
                                "ground": "=行政诉讼法第九十六条：拒绝履行生效裁判",
                            },
                        ),
                    ),
                ),
            ),
        ),
        Final("fulfilled", "自觉履行", kind=Closing.ACCEPTED, by=("court",), needs=("field:result", "field:evidence")),
        Final("enforced", "强制履行", kind=Closing.DECIDED, by=("court",), needs=("field:result", "field:evidence")),
        Final(
            "advised", "拒绝履行，已建议", kind=Closing.DECIDED, by=("court",), needs=("opened:judicial-suggestion",)
        ),
        Final("settled", "和解或者裁判失效", kind=Closing.SETTLED, basis="行政诉讼法第94条"),
        Final("dropped", "不再登记", kind=Closing.WITHDRAWN),
    ),
    requests=(
        Request(
            "settle",
            "和解或者裁判失效，终结",
            by=("court",),
            states=("performing", "ordered"),
            asks=("reason",),
            demand="settled",
        ),
        Request(
            "note_progress",
            "补充履行进展",
            by=("obligor",),
            states=("confirming", "overdue", "enforcing"),
            rows="progress",
        ),
    ),
    heeds=(Heeds("court-case", "renumbered", by="judgment"),),
    examples=(
        Example("期内自觉履行", (*ORDERED, *do("report"), Asks("note_progress"), *do("accept")), ends="fulfilled"),
        Example(
            "宽限后履行不到位，强制履行",
            (*ORDERED, *do("ask_grace", "allow_grace", "report", "refuse", "note_coercion", "record")),
            ends="enforced",
        ),
        Example(
            "不准宽限，责令后仍不履行，建议上级处理",
            (
                *ORDERED,
                *do("ask_grace", "deny_grace"),
                Passes("perform"),
                *do("order"),
                Passes("ordered"),
                *do("enforce", "tell_superior"),
            ),
            ends="advised",
        ),
        Example("责令后履行", (*OVERDUE, *do("order", "report_late", "accept")), ends="fulfilled"),
        Example("核实已在期内履行", (*OVERDUE, *do("note_fulfilled")), ends="fulfilled"),
        Example("强制履行完毕", (*ENFORCED, *do("record")), ends="enforced"),
        Example("期内和解", (*ORDERED, Asks("settle")), ends="settled"),
        Example("不再登记", do("drop"), ends="dropped"),
    ),
)
