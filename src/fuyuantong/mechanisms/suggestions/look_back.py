"""回头看: some months after a suggestion was closed, its author looks whether the same trouble came back."""

from fuyuantong.protocol import (
    Branch,
    Clock,
    Closing,
    Entry,
    Example,
    Final,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Passes,
    Role,
    State,
    Text,
    do,
)

MECHANISM = Mechanism(
    key="look-back",
    title="建议回头看",
    chapter="suggestions",
    purpose="建议办结一段时间后，由发出单位查看同类问题是否再发；再发的提请领导小组办公室督办",
    basis="法释〔2023〕11号；高检发释字〔2019〕1号关于跟踪落实的规定",
    implements=("SUG-06",),
    roles=(Role("issuer", "原发出单位", branches=(Branch.COURT, Branch.PROCURATORATE)),),
    fields=(
        Text("title", "事由", indexed=True, samples=("规范行政处罚告知程序", "督促整治河道非法排污")),
        Text("cause", "原建议所涉情况", samples=("2026年上半年行政处罚案件7件", "沿河三处排污口未经审批")),
        Text("finding", "回头看情况", samples=("抽查十份案卷，未再发现同类问题。", "抽查发现两起同类问题。")),
        Text("reason", "理由", samples=("原事项所涉企业已注销", "整改工程尚在保修期内")),
    ),
    clocks=(
        Clock("look", "完成回头看", "house:do-look-back"),
        Clock("again", "再次查看", "house:look-back"),
    ),
    entries=(Entry("looking", by="issuer", opened=True, carried=("title", "cause")),),
    states=(
        State(
            "looking",
            "回头看",
            holder="issuer",
            judged_by="look",
            moves=(
                Move("clear", "未再发生，销号", to="no_recurrence", asks=("finding",)),
                Move(
                    "report_recurrence",
                    "问题再发，提请督办",
                    to="recurred",
                    asks=("finding",),
                    opens=(
                        Opens(
                            "joint-matter",
                            "screening",
                            carry={"proposer": "issuer", "title": "title", "content": "finding"},
                        ),
                    ),
                ),
                Move("put_off", "暂不能判断，下次再看", to="waiting", asks=("reason",), at_most=1),
                Move("give_up", "已无从查看", to="moot", asks=("reason",)),
            ),
        ),
        State(
            "waiting",
            "等待再次查看",
            holder="issuer",
            judged_by="again",
            moves=(Move("look_again", "再次查看", to="looking"),),
            lapses=(Lapse("again", to="looking", title="到期再次查看"),),
        ),
        Final("no_recurrence", "未再发生", kind=Closing.DECIDED, by=("issuer",), needs=("field:finding",)),
        Final("recurred", "问题再发", kind=Closing.DECIDED, by=("issuer",), needs=("opened:joint-matter",)),
        Final("moot", "无从查看", kind=Closing.WITHDRAWN),
    ),
    examples=(
        Example("未再发生", do("clear"), ends="no_recurrence"),
        Example("问题再发", do("report_recurrence"), ends="recurred"),
        Example("暂不能判断，到期再看", (*do("put_off"), Passes("again"), *do("clear")), ends="no_recurrence"),
        Example("提前再次查看，已无从查看", do("put_off", "look_again", "give_up"), ends="moot"),
    ),
)
