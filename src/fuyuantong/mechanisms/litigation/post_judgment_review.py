"""判后评议: when a judgment is final, those who were at the hearing speak about it, and the organ answers each advice."""

from fuyuantong.protocol import (
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Entry,
    Event,
    Example,
    Final,
    Heeds,
    Lapse,
    Mechanism,
    Move,
    Organ,
    Organs,
    Passes,
    Prefill,
    Role,
    Rows,
    State,
    Step,
    Text,
    Time,
    do,
)

WHEN_AND_WHERE = ("held_on", "starts_at", "place")
TOPICS = ("涉案行政行为", "应诉工作", "执法司法风险防范", "庭审活动规范", "实质化解争议", "社会影响")
HELD: tuple[Step, ...] = do("call", "record")

MECHANISM = Mechanism(
    key="post-judgment-review",
    title="判后评议",
    chapter="litigation",
    purpose="行政判决生效后，召集参加庭审的单位逐项评议，形成评价和建议，由行政机关逐条答复",
    basis="柳州四(四)3判后评议六事项；鄂尔多斯三(七)1、岑溪二(五)1庭后讲评讨论",
    implements=("CRT-12",),
    event=Event("held_on", begins="starts_at", place="place"),
    roles=(
        Role("court", "召集法院", branch=Branch.COURT),
        Role("defendant", "涉案行政机关", via="field:defendant_organ"),
        Role("attendants", "参加单位", via="field:attendant_organs", many=True),
    ),
    fields=(
        Text(
            "case_number",
            "案号",
            indexed=True,
            check="case-number",
            prefill=Prefill.CASE,
            samples=("（2026）豫0825行初8号",),
        ),
        Text("title", "评议名称", samples=("征收补偿案判后评议", "工伤认定案判后评议")),
        Date("effective_on", "判决生效日期"),
        Organ("defendant_organ", "涉案行政机关", prefill=Prefill.SUED),
        Organs("attendant_organs", "参加单位", at_least=0),
        Date("held_on", "评议日期"),
        Time("starts_at", "评议时间"),
        Text("place", "评议地点", samples=("法院第二会议室", "科技法庭")),
        Rows(
            "points",
            "评议意见",
            (
                Choice("topic", "评议事项", TOPICS),
                Text("comment", "评价", samples=("证据收集规范，告知程序有欠缺",)),
                Text("advice", "建议", samples=("完善告知程序", "加强协同化解")),
                Text("answer", "答复", samples=("已采纳，修订流程", "正在研究，年内完成")),
            ),
            at_least=1,
            later=("answer",),
        ),
        Text("opinion", "核收意见", samples=("答复逐条具体，归档。", "第二项未答复，退回。")),
        Text("reason", "理由", samples=("当事人已申请再审", "参加单位日程冲突", "无整改建议")),
    ),
    clocks=(
        Clock("meeting", "召开评议", before="held_on"),
        Clock("record", "登记评议意见", "house:record-review"),
        Clock("answer", "答复评议建议", "house:answer-review"),
        Clock("accept", "核收答复", "house:accept-summary"),
    ),
    entries=(Entry("preparing", by="court"),),
    states=(
        State(
            "preparing",
            "筹备评议",
            holder="court",
            unclocked="尚未通知",
            inner=True,
            moves=(
                Move(
                    "call",
                    "通知评议",
                    to="called",
                    asks=(
                        "case_number",
                        "title",
                        "effective_on",
                        "defendant_organ",
                        "attendant_organs",
                        *WHEN_AND_WHERE,
                    ),
                    drafts="review-notice",
                    copies=("defendant", "attendants"),
                ),
                Move("drop", "不再评议", to="cancelled", asks=("reason",)),
            ),
        ),
        State(
            "called",
            "待评议",
            holder="court",
            judged_by="meeting",
            moves=(
                Move("record", "登记评议意见", to="answering", asks=("points",)),
                Move(
                    "put_off",
                    "改期评议",
                    to="called",
                    asks=(*WHEN_AND_WHERE, "reason"),
                    copies=("defendant", "attendants"),
                    renews="每次改期都是新的评议日",
                ),
                Move("cancel", "取消评议", to="cancelled", asks=("reason",)),
            ),
            lapses=(Lapse("meeting", to="recording", title="评议日已过，待登记"),),
        ),
        State(
            "recording",
            "待登记评议意见",
            holder="court",
            judged_by="record",
            moves=(
                Move("record_late", "登记评议意见", to="answering", asks=("points",)),
                Move("note_not_held", "未召开", to="cancelled", asks=("reason",)),
            ),
        ),
        State(
            "answering",
            "待答复建议",
            holder="defendant",
            judged_by="answer",
            moves=(Move("answer", "逐条答复", to="accepting", asks=("points.answer",), signed=True),),
        ),
        State(
            "accepting",
            "待核收答复",
            holder="court",
            judged_by="accept",
            moves=(
                Move("accept", "核收，归档", to="reviewed", asks=("opinion",), copies=("attendants",)),
                Move("refuse", "答复不全，退回", to="answering", asks=("opinion",), at_most=1),
            ),
        ),
        Final(
            "reviewed", "已评议", kind=Closing.ACCEPTED, by=("court",), needs=("field:points.answer", "field:opinion")
        ),
        Final("cancelled", "未评议", kind=Closing.WITHDRAWN),
    ),
    heeds=(Heeds("court-case", "renumbered", by="case_number"),),
    examples=(
        Example("评议后逐条答复，一次退回", (*HELD, *do("answer", "refuse", "answer", "accept")), ends="reviewed"),
        Example(
            "改期评议，过后登记",
            (*do("call", "put_off"), Passes("meeting"), *do("record_late", "answer", "accept")),
            ends="reviewed",
        ),
        Example("评议日已过未召开", (*do("call"), Passes("meeting"), *do("note_not_held")), ends="cancelled"),
        Example("通知后取消", do("call", "cancel"), ends="cancelled"),
        Example("不再评议", do("drop"), ends="cancelled"),
    ),
)
