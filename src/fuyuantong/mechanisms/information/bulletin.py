"""情况通报: one side tells many; each signs for it, and answers where an answer is wanted."""

from fuyuantong.protocol import (
    Asks,
    Await,
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
    Organs,
    Passes,
    Request,
    Role,
    State,
    Step,
    Tally,
    Text,
    do,
)

GOVERNMENT = ("新颁法规规章规范性文件", "复议应诉情况和统计分析", "重大疑难复议应诉案件", "执法动态和重要举措")
COURT = ("新司法解释和司法政策", "重大敏感案件和审判部署", "指导性典型案例和裁判规则", "审判中发现的执法问题")
PROCURATORATE = (
    "重大监督部署和工作",
    "违法行使或者不行使职权的突出问题",
    "抗诉情况",
    "检察建议落实情况",
    "行政公益诉讼典型案例",
)
COMMON = ("工作简报", "突出及普遍性问题", "专题或者类案报告", "运行态势分析", "其他")

NOTICE = (  # what every addressee receives
    Text(
        "title",
        "标题",
        indexed=True,
        samples=("2026年上半年行政诉讼情况通报", "关于新修订规范性文件的函告", "行政检察监督情况通报"),
    ),
    Choice("category", "类别", (*GOVERNMENT, *COURT, *PROCURATORATE, *COMMON)),
    Text("content", "内容", at_most=20_000, samples=("上半年受理行政案件四十三件，主要问题如下……",)),
)
WISH = (  # what those receive besides who shall answer
    Text("question", "反馈要求", samples=("请研究所列问题，反馈整改安排。", "请反馈执行中的困难和建议。")),
    Date("answer_by", "反馈期限"),
)
TOLD, ASKED = tuple(one.key for one in NOTICE), tuple(one.key for one in (*NOTICE, *WISH))
STOP_WAITING = Move("stop_waiting", "不再等待，汇总", to="summing_up", asks=("reason",))
SENT: tuple[Step, ...] = do("send")
ASKING: tuple[Step, ...] = do("send_to_answer")
LATE: tuple[Step, ...] = (Passes("sign"),)

RECEIPT = Mechanism(
    key="receipt",
    title="通报签收",
    roles=(Role("sender", "发文单位"), Role("addressee", "接收单位")),
    fields=(
        *NOTICE,
        *WISH,
        Text("answer", "反馈意见", samples=("已研究，三项问题年内整改。", "建议联合开展专项培训。")),
        File("letter", "反馈材料"),
        Text("reason", "理由", samples=("通报内容有误，另行发送", "与本单位无关")),
    ),
    clocks=(
        Clock("sign", "签收", "house:sign-for"),
        Clock("late", "逾期补签", "house:sign-late"),
        Clock("answer", "反馈", until="answer_by"),
        Clock("owed", "逾期补反馈", "house:answer-late"),
    ),
    entries=(
        Entry("delivered", by="sender", opened=True, carried=("addressee", *TOLD)),
        Entry("asked", by="sender", opened=True, carried=("addressee", *ASKED)),
    ),
    states=(
        State(
            "delivered",
            "待签收",
            holder="addressee",
            judged_by="sign",
            moves=(Move("sign", "签收", to="noted"),),
            lapses=(Lapse("sign", to="late", title="逾期未签收"),),
        ),
        State(
            "late",
            "逾期未签收",
            holder="addressee",
            judged_by="late",
            moves=(Move("sign_late", "补签", to="noted_late"),),
            lapses=(Lapse("late", to="unsigned", title="催告后仍未签收"),),
        ),
        State(
            "asked",
            "待签收反馈",
            holder="addressee",
            judged_by="sign",
            moves=(Move("sign_to_answer", "签收，研究反馈", to="answering"),),
            lapses=(Lapse("sign", to="asked_late", title="逾期未签收"),),
        ),
        State(
            "asked_late",
            "逾期未签收，待反馈",
            holder="addressee",
            judged_by="late",
            moves=(Move("sign_late_to_answer", "补签，研究反馈", to="answering"),),
            lapses=(Lapse("late", to="unsigned", title="催告后仍未签收"),),
        ),
        State(
            "answering",
            "待反馈",
            holder="addressee",
            judged_by="answer",
            moves=(Move("answer", "反馈", to="answered", asks=("answer",), may_ask=("letter",), signed=True),),
            lapses=(Lapse("answer", to="owing", title="逾期未反馈"),),
        ),
        State(
            "owing",
            "逾期未反馈",
            holder="addressee",
            judged_by="owed",
            moves=(Move("answer_late", "补反馈", to="answered_late", asks=("answer",), may_ask=("letter",)),),
            lapses=(Lapse("owed", to="unanswered", title="催告后仍未反馈"),),
        ),
        Final("noted", "已签收", kind=Closing.SETTLED, basis="岑溪二(四)通报交流"),
        Final("noted_late", "逾期签收", kind=Closing.SETTLED, basis="岑溪二(四)通报交流"),
        Final("answered", "已反馈", kind=Closing.ACCEPTED, by=("addressee",), needs=("field:answer",)),
        Final("answered_late", "逾期反馈", kind=Closing.ACCEPTED, by=("addressee",), needs=("field:answer",)),
        Final(
            "unsigned",
            "未签收",
            kind=Closing.LAPSED,
            basis="签收期限已过",
            set_aside="已书面签收的，由发文单位更正",
        ),
        Final(
            "unanswered",
            "未反馈",
            kind=Closing.LAPSED,
            basis="反馈期限已过",
            set_aside="已书面反馈的，由发文单位更正",
        ),
        Final("recalled", "收回", kind=Closing.SUPERSEDED),
    ),
    requests=(
        Request(
            "recall",
            "收回通报",
            by=("sender",),
            states=("delivered", "late", "asked", "asked_late", "answering", "owing"),
            asks=("reason",),
            demand="recalled",
        ),
    ),
    examples=(
        Example("签收知悉", do("sign"), ends="noted"),
        Example("逾期签收", (*LATE, *do("sign_late")), ends="noted_late"),
        Example("签收后反馈", do("sign_to_answer", "answer"), ends="answered", entry="asked"),
        Example(
            "补签后仍逾期，补反馈",
            (*LATE, *do("sign_late_to_answer"), Passes("answer"), *do("answer_late")),
            ends="answered_late",
            entry="asked",
        ),
        Example("始终未签收", (*LATE, Passes("late")), ends="unsigned"),
        Example("需要反馈的始终未签收", (*LATE, Passes("late")), ends="unsigned", entry="asked"),
        Example(
            "始终未反馈",
            (*do("sign_to_answer"), Passes("answer"), Passes("owed")),
            ends="unanswered",
            entry="asked",
        ),
        Example("收回", (Asks("recall"),), ends="recalled"),
    ),
)

MECHANISM = Mechanism(
    key="bulletin",
    title="情况通报",
    chapter="information",
    purpose="政府、法院、检察院按事项目录互相通报、函告，逐家签收，需要反馈的逐家收回意见",
    basis="岑溪二(四)各方通报交流事项；柳州三(四)、四(二)5；鄂尔多斯三(三)2",
    implements=tuple(f"INF-{row:02}" for row in (1, 8, 9, 12, 13, 14, 15, 17, 19)),
    roles=(
        Role("sender", "发文单位"),
        Role("addressees", "接收单位", via="field:addressee_organs", many=True),
    ),
    fields=(
        *NOTICE,
        *WISH,
        Organs("addressee_organs", "接收单位"),
        File("attachment", "附件"),
        Text("summary", "反馈汇总", samples=("五家单位反馈，意见集中在证据移送。", "全部签收，无反馈意见。")),
        Text("reason", "理由", samples=("数据有误，更正后重发", "两家单位逾期，另行督办")),
    ),
    clocks=(Clock("collect", "收齐签收和反馈", "house:collect-receipts"), Clock("sum_up", "汇总反馈", "house:sum-up")),
    entries=(Entry("drafting", by="sender"),),
    states=(
        State(
            "drafting",
            "编制",
            holder="sender",
            unclocked="尚未发出",
            inner=True,
            moves=(
                Move(
                    "send",
                    "发出，签收即可",
                    to="delivering",
                    asks=(*TOLD, "addressee_organs"),
                    may_ask=("attachment",),
                    signed=True,
                    numbers="bulletin",
                    drafts="bulletin",
                    copies=("setting:bulletin-copies",),
                ),
                Move(
                    "send_to_answer",
                    "发出，要求反馈",
                    to="collecting",
                    asks=(*ASKED, "addressee_organs"),
                    may_ask=("attachment",),
                    signed=True,
                    numbers="bulletin",
                    drafts="bulletin",
                    copies=("setting:bulletin-copies",),
                ),
                Move("drop", "不再发出", to="dropped", asks=("reason",)),
            ),
        ),
        Await(
            "delivering",
            "签收中",
            holder="sender",
            judged_by="collect",
            child=RECEIPT,
            entry="delivered",
            per="addressee_organs",
            each="addressee",
            carry={key: key for key in (*TOLD, "sender")},
            ballot=(
                Tally("all", ("noted",), to="noted"),
                Tally("otherwise", to="summing_up"),
            ),
            moves=(STOP_WAITING,),
        ),
        Await(
            "collecting",
            "签收反馈中",
            holder="sender",
            judged_by="collect",
            child=RECEIPT,
            entry="asked",
            per="addressee_organs",
            each="addressee",
            carry={key: key for key in (*ASKED, "sender")},
            outcomes=("answer",),
            ballot=(Tally("otherwise", to="summing_up"),),
            moves=(STOP_WAITING,),
        ),
        State(
            "summing_up",
            "汇总反馈",
            holder="sender",
            judged_by="sum_up",
            moves=(Move("sum_up", "汇总，办结", to="summed_up", asks=("summary",), copies=("addressees",)),),
        ),
        Final("noted", "全部签收", kind=Closing.SETTLED, basis="岑溪二(四)通报交流"),
        Final("summed_up", "已汇总", kind=Closing.DECIDED, by=("sender",), needs=("number", "field:summary")),
        Final("dropped", "不再发出", kind=Closing.WITHDRAWN),
    ),
    examples=(
        Example("全部按时签收", (*SENT, Endings("noted", "noted")), ends="noted"),
        Example(
            "要求反馈，有逾期的，汇总",
            (*ASKING, Endings("answered", "answered_late"), *do("sum_up")),
            ends="summed_up",
        ),
        Example("有逾期签收的，汇总", (*SENT, Endings("noted", "noted_late"), *do("sum_up")), ends="summed_up"),
        Example("要求反馈，不再等待", (*ASKING, *do("stop_waiting", "sum_up")), ends="summed_up"),
        Example("不再等待", (*SENT, *do("stop_waiting", "sum_up")), ends="summed_up"),
        Example("不再发出", do("drop"), ends="dropped"),
    ),
)
