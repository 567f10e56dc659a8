"""会签: one organ reads a text that several shall stand by, and signs it, or says what must be changed."""

from fuyuantong.protocol import (
    Asks,
    Clock,
    Closing,
    Date,
    Entry,
    Example,
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
    Text,
    do,
)

RESOLUTION = (  # columns of what a meeting resolves, as it is signed and as it is handed out
    Text("title", "事项", at_most=200),
    Text("content", "要求"),
    Organ("lead_organ", "主办单位"),
    Organs("joint_organs", "协办单位", at_least=0),
    Date("due_by", "完成时限"),
)

MECHANISM = Mechanism(
    key="countersignature",
    title="会签",
    chapter="consultation",
    purpose="会签单位对同一文本同意或者提出修改意见；文本一改，原会签即收回重来",
    basis="党政机关公文处理工作条例关于会签的规定",
    implements=("MTG-17",),
    roles=(Role("author", "送签单位"), Role("signer", "会签单位")),
    fields=(
        Text("title", "文件标题", indexed=True, samples=("第三季度府院联动联席会议纪要",)),
        Text("text", "会签文本", at_most=20_000, samples=("会议研究议定以下事项……",)),
        Rows("items", "议题", (Text("item", "议题"), Text("outcome", "研究结果"))),
        Rows("resolutions", "议定事项", RESOLUTION),
        Text("opinion", "会签意见", samples=("同意。", "议定事项二的责任单位表述有误，建议修改。")),
        Text("reason", "理由", samples=("文本另行修改",)),
    ),
    clocks=(Clock("sign", "会签", "house:countersign"),),
    entries=(Entry("signing", by="author", opened=True, carried=("signer", "title", "text", "items", "resolutions")),),
    states=(
        State(
            "signing",
            "待会签",
            holder="signer",
            judged_by="sign",
            moves=(
                Move("sign", "同意会签", to="signed", asks=("opinion",), signed=True),
                Move("object", "提出修改意见", to="objected", asks=("opinion",), signed=True),
            ),
            lapses=(Lapse("sign", to="unsigned", title="逾期未会签"),),
        ),
        Final("signed", "已会签", kind=Closing.ACCEPTED, by=("signer",), needs=("field:opinion",)),
        Final("objected", "有修改意见", kind=Closing.REFUSED),
        Final(
            "unsigned",
            "逾期未会签",
            kind=Closing.LAPSED,
            basis="会签期限已过",
            set_aside="期限内已会签的书面材料，由送签单位更正",
        ),
        Final("recalled", "收回会签", kind=Closing.SUPERSEDED),
    ),
    requests=(Request("recall", "收回会签", by=("author",), states=("signing",), asks=("reason",), demand="recalled"),),
    examples=(
        Example("同意会签", do("sign"), ends="signed"),
        Example("提出修改意见", do("object"), ends="objected"),
        Example("逾期未会签", (Passes("sign"),), ends="unsigned"),
        Example("收回会签", (Asks("recall"),), ends="recalled"),
    ),
)
