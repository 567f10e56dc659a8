"""口头建议: a judge says on the spot what an organ should mend; it is written down, answered, and looked at again."""

from fuyuantong.protocol import (
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Example,
    Final,
    Lapse,
    Mechanism,
    Move,
    Opens,
    Organ,
    Passes,
    Prefill,
    Recurs,
    Role,
    State,
    Text,
    do,
)

IN_WRITING = Move(
    "put_in_writing",
    "改发书面司法建议",
    to="written",
    asks=("reason",),
    opens=(
        Opens(
            "judicial-suggestion",
            "owed",
            carry={"court": "court", "kind": "=其他个案类案", "cause": "words", "ground": "=口头建议未见落实"},
        ),
    ),
)

MECHANISM = Mechanism(
    key="oral-suggestion",
    title="口头建议",
    chapter="suggestions",
    purpose="座谈、庭审或者走访中当场提出的建议记录在案，由有关单位回应，法院跟踪；未见落实的改发书面建议",
    basis="松原长岭§2口头建议的做法；法释〔2023〕11号关于司法建议的规定",
    implements=("SUG-10",),
    roles=(
        Role("court", "建议法院", branches=(Branch.COURT,)),
        Role("receiver", "被建议单位", via="field:receiver_organ"),
    ),
    fields=(
        Text("title", "事由", indexed=True, samples=("行政处罚文书送达不规范", "征收补偿协议文本缺少救济告知")),
        Choice("occasion", "提出场合", ("座谈交流", "专题研讨", "庭审", "走访", "电话沟通")),
        Date("said_on", "提出日期"),
        Organ("receiver_organ", "被建议单位", prefill=Prefill.SUED),
        Text("words", "建议内容", samples=("送达时同步留存影像，并在回证上注明见证人。",), prefill=Prefill.SIMILAR),
        Text("recorder", "记录人", samples=("书记员甲某",)),
        Text("answer", "回应", samples=("已修订送达规程，本月起执行。", "已组织学习，正在修改文本。")),
        Text("result", "跟踪情况", samples=("抽查五份送达回证，均已按建议办理。",)),
        Text("reason", "理由", samples=("该项工作由其他单位负责", "三次沟通未见改进", "有关事项已另案处理")),
    ),
    clocks=(
        Clock("respond", "回应口头建议", "house:answer-oral"),
        Clock("follow", "跟踪口头建议", "house:follow-oral"),
    ),
    entries=(Entry("recording", by="court"),),
    states=(
        State(
            "recording",
            "记录",
            holder="court",
            unclocked="尚未告知",
            inner=True,
            moves=(
                Move(
                    "tell",
                    "记录并告知",
                    to="responding",
                    asks=("title", "occasion", "said_on", "receiver_organ", "words", "recorder"),
                ),
                Move("drop", "不再记录", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "responding",
            "待回应",
            holder="receiver",
            judged_by="respond",
            moves=(
                Move("respond", "回应", to="following", asks=("answer",)),
                Move("not_ours", "非本单位职责", to="dropped", asks=("reason",)),
            ),
            lapses=(Lapse("respond", to="following", title="逾期未回应，转法院跟踪"),),
        ),
        State(
            "following",
            "跟踪",
            holder="court",
            judged_by="follow",
            moves=(
                Move("find_mended", "已见改进，办结", to="mended", asks=("result",)),
                Move("let_rest", "不再跟踪", to="dropped", asks=("reason",)),
                IN_WRITING,
            ),
        ),
        Final("mended", "已改进", kind=Closing.ACCEPTED, by=("court",), needs=("field:result",)),
        Final("written", "改发书面建议", kind=Closing.DECIDED, by=("court",), needs=("opened:judicial-suggestion",)),
        Final("dropped", "不再跟踪", kind=Closing.WITHDRAWN),
    ),
    examples=(
        Example("座谈时提出，回应后见改进", do("tell", "respond", "find_mended"), ends="mended"),
        Example("逾期未回应，改发书面建议", (*do("tell"), Passes("respond"), *do("put_in_writing")), ends="written"),
        Example("有关事项已另案处理", do("tell", "respond", "let_rest"), ends="dropped"),
        Example("非其职责", do("tell", "not_ours"), ends="dropped"),
        Example("不再记录", do("drop"), ends="dropped"),
    ),
    recurs=Recurs("suggestion", organ="receiver_organ", words=("title", "words"), within="house:recurrence"),
)
