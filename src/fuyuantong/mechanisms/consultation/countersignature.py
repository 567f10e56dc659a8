"""会签: one organ reads a text that several shall stand by, and signs it, or says what must be changed."""

from fuyuantong.protocol import (
    Asks,
    Clock,
    Closing,
    Entry,
    Example,
    Final,
    Lapse,
    Mechanism,
    Move,
    Passes,
    Request,
    Role,
    State,
    Text,
    do,
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
        Text("opinion", "会签意见", samples=("同意。", "议定事项二的责任单位表述有误，建议修改。")),
        Text("reason", "理由", samples=("文本另行修改",)),
    ),
    clocks=(Clock("sign", "会签", "house:countersign"),),
    entries=(Entry("signing", by="author", opened=True, carried=("signer", "title", "text")),),
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
