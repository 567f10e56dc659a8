"""应诉办理: an organ that was sued answers in time, appoints who speaks for it, sums up after the hearing, and obeys."""

from fuyuantong.protocol import (
    Branch,
    Choice,
    Clock,
    Closing,
    Date,
    Do,
    Entry,
    Example,
    Extends,
    File,
    Final,
    Hears,
    Heeds,
    Is,
    Lapse,
    Mechanism,
    Move,
    Organ,
    Passes,
    Prefill,
    Role,
    Rows,
    State,
    Step,
    Tells,
    Term,
    Text,
    do,
)

FIRST, SECOND = "一审", "二审"
LOST, WON, ENDED = "败诉", "胜诉", "未经判决结案"
JUDGMENT, RULING = "判决书", "裁定书"
APPEALABLE = (Is("result", LOST, WON),)

START = ("case_number", "instance", "cause", "court_organ", "served_on")
PAPERS = ("defence", "answer_file", "evidence")
SET_DATE = Move("set_date", "登记开庭日期", to="appointing", asks=("hearing_on", "place"))
ANSWERED: tuple[Step, ...] = do("start", "answer")
HEARD: tuple[Step, ...] = (*ANSWERED, *do("set_date", "appoint", "sum_up"))

MECHANISM = Mechanism(
    key="case-response",
    title="应诉办理",
    chapter="litigation",
    purpose="被诉机关从收到应诉通知到答辩举证、委托出庭、庭后总结、裁判后上诉或者履行，期限自送达之日自动起算",
    basis="行政诉讼法第34条、第67条、第85条；行诉解释第34条、第108条；柳州四(四)1依法答辩、举证、出庭",
    implements=("CRT-08",),
    roles=(
        Role("defendant", "被诉行政机关", branches=(Branch.GOVERNMENT, Branch.OTHER)),
        Role("court", "审理法院", branches=(Branch.COURT,), via="field:court_organ"),
    ),
    fields=(
        Text(
            "case_number",
            "案号",
            check="case-number",
            indexed=True,
            prefill=Prefill.CASE,
            only_while=("pending",),
            samples=("（2026）豫0825行初12号",),
        ),
        Choice("instance", "审级", (FIRST, SECOND), samples=(FIRST,), prefill=Prefill.INSTANCE),
        Text("cause", "案由", prefill=Prefill.CAUSE, samples=("行政处罚", "不履行职责", "政府信息公开")),
        Organ("court_organ", "审理法院", prefill=Prefill.COURT),
        Date(
            "served_on",
            "收到起诉状（上诉状）副本日期",
            help="以送达回证为准，答辩期限由此起算",
            prefill=Prefill.SERVED,
        ),
        Text(
            "defence",
            "答辩意见",
            at_most=20_000,
            tells=Tells.ANSWER,
            samples=("被诉行为事实清楚、程序合法，请求驳回原告的诉讼请求。",),
        ),
        File("answer_file", "答辩状", help="盖章扫描件"),
        Rows(
            "evidence",
            "证据清单",
            (
                Text("name", "证据名称", samples=("现场检查笔录", "处罚告知书及送达回证")),
                Text("proves", "证明目的", samples=("违法事实存在", "已告知陈述申辩权利")),
                Text("pages", "页码", samples=("1—6", "7")),
            ),
            at_least=1,
            help="证据和所依据的规范性文件；逾期提供视为没有相应证据",
        ),
        Date("evidence_by", "延期举证至"),
        Date("hearing_on", "开庭日期"),
        Text("place", "开庭地点", samples=("第三审判庭", "第一审判庭")),
        Text("attendee", "出庭负责人", help="负责人不能出庭的，写“不能出庭”并另行说明", samples=("甲某", "乙某")),
        Text("attendee_post", "职务", samples=("局长", "副局长")),
        Rows(
            "agents",
            "委托代理人",
            (
                Text("name", "姓名", samples=("丙某", "丁某")),
                Text("post", "单位和职务", samples=("法规股股长", "律师事务所律师")),
                Choice("scope", "代理权限", ("一般代理", "特别授权")),
            ),
            at_least=1,
            help="应当有本机关相应的工作人员，不得仅委托律师",
        ),
        Choice("attended", "出庭情况", ("负责人出庭", "负责人未出庭，工作人员出庭", "均未出庭")),
        Text("summary", "庭后总结", samples=("争议焦点为告知程序，已复盘并修订文书。", "双方同意继续协商。")),
        Choice("result", "裁判结果", (LOST, WON, ENDED), samples=(WON, LOST)),
        Choice("paper", "裁判文书", (JUDGMENT, RULING), samples=(JUDGMENT,)),
        Date("delivered_on", "裁判文书送达日期"),
        Text("measures", "裁判后处理", samples=("已重新作出决定。", "裁判支持我单位，归档。", "原告撤诉，卷宗归档。")),
        Text(
            "reason", "理由", samples=("证据保管单位搬迁", "原告申请延期", "认定事实有误，决定上诉", "本案已移送管辖")
        ),
    ),
    clocks=(
        Clock(
            "answer",
            "答辩举证",
            cases=(Term("XS-01", when=(Is("instance", FIRST),)), Term("XS-15", when=(Is("instance", SECOND),))),
            since="served_on",
            keeps=("postponing",),
        ),
        Clock("postpone", "审查延期举证", "house:answer-request"),
        Clock("late", "说明逾期", "house:explain-late-answer"),
        Clock("date", "确定开庭日期", "house:await-hearing"),
        Clock("papers", "提交委托手续", "house:appearance-receipt", before="hearing_on"),
        Clock("summary", "庭后总结", "house:summarise-hearing", since="hearing_on"),
        Clock("judge", "等待裁判", "house:await-judgment"),
        Clock(
            "appeal",
            "决定是否上诉",
            cases=(Term("XS-12", when=(Is("paper", JUDGMENT),)), Term("XS-13", when=(Is("paper", RULING),))),
            since="delivered_on",
        ),
        Clock("settle", "裁判后处理", "house:after-judgment"),
    ),
    entries=(Entry("receiving", by="defendant"),),
    states=(
        State(
            "receiving",
            "收到应诉通知",
            holder="defendant",
            unclocked="尚未登记送达日期",
            inner=True,
            moves=(
                Move("start", "登记应诉通知，开始办理", to="answering", asks=START),
                Move("drop", "不属本单位应诉", to="dropped", asks=("reason",)),
            ),
        ),
        State(
            "answering",
            "待答辩举证",
            holder="defendant",
            judged_by="answer",
            moves=(
                Move(
                    "answer", "提交答辩状和证据", to="waiting", asks=PAPERS, signed=True, drafts="statement-of-defence"
                ),
                Move("ask_postponement", "申请延期举证", to="postponing", asks=("reason",), at_most=1),
            ),
            lapses=(Lapse("answer", to="late", title="逾期未答辩举证"),),
            help="逾期提供证据的，视为没有相应证据（行政诉讼法第34条）",
        ),
        State(
            "postponing",
            "待准许延期举证",
            holder="court",
            judged_by="postpone",
            moves=(
                Move(
                    "allow_postponement",
                    "准许延期举证",
                    to="answering",
                    asks=("reason", "evidence_by"),
                    extends=(Extends("answer", until="evidence_by"),),
                ),
                Move("deny_postponement", "不准延期", to="answering", asks=("reason",)),
            ),
        ),
        State(
            "late",
            "逾期未答辩",
            holder="defendant",
            judged_by="late",
            moves=(Move("answer_late", "逾期提交并说明理由", to="waiting", asks=("reason", *PAPERS), signed=True),),
            lapses=(Lapse("late", to="waiting", title="仍未提交，等待开庭"),),
        ),
        State(
            "waiting",
            "待开庭通知",
            holder="court",
            judged_by="date",
            moves=(
                SET_DATE,
                Move("no_hearing", "不开庭审理", to="judging", asks=("reason",)),
                Move("close_early", "开庭前结案", to="archived", asks=("reason",)),
            ),
        ),
        State(
            "appointing",
            "待提交委托手续",
            holder="defendant",
            judged_by="papers",
            moves=(
                Move(
                    "appoint",
                    "提交授权委托书和身份证明",
                    to="hearing",
                    asks=("attendee", "agents"),
                    may_ask=("attendee_post",),
                    signed=True,
                    drafts="mandate",
                ),
            ),
            lapses=(Lapse("papers", to="hearing", title="开庭前未提交委托手续"),),
        ),
        State(
            "hearing",
            "待庭后总结",
            holder="defendant",
            judged_by="summary",
            moves=(
                Move("sum_up", "登记出庭情况和庭后总结", to="judging", asks=("attended", "summary")),
                Move("put_off", "改期或者再次开庭", to="waiting", asks=("reason",), renews="每次改期都另定新的开庭日"),
            ),
        ),
        State(
            "judging",
            "等待裁判",
            holder="court",
            judged_by="judge",
            moves=(
                Move("deliver", "登记裁判结果和送达", to="deciding", asks=("result", "paper", "delivered_on")),
                Move("reopen_hearing", "另行开庭", to="waiting", asks=("reason",), at_most=3),
            ),
        ),
        State(
            "deciding",
            "裁判后处理",
            holder="defendant",
            judged_by="appeal",
            moves=(
                Move("obey", "服判，报告履行或者整改", to="closed", asks=("measures",)),
                Move("appeal", "提起上诉", to="appealed", asks=("reason",), when=APPEALABLE, signed=True),
            ),
            lapses=(Lapse("appeal", to="settling", title="上诉期满"),),
        ),
        State(
            "settling",
            "上诉期满，待处理",
            holder="defendant",
            judged_by="settle",
            moves=(Move("settle", "报告履行或者整改，归档", to="closed", asks=("measures",)),),
        ),
        Final("closed", "办结", kind=Closing.DECIDED, by=("defendant",), needs=("field:measures", "field:result")),
        Final("appealed", "已上诉", kind=Closing.DECIDED, by=("defendant",), needs=("field:reason",)),
        Final("archived", "未经裁判结案", kind=Closing.SETTLED, basis="行政诉讼法第62条撤诉、第22条移送"),
        Final("dropped", "不属本单位", kind=Closing.WITHDRAWN),
    ),
    heeds=(
        *(
            Heeds(
                "court-case",
                event,
                by="case_number",
                states=("answering", "postponing", "late", "waiting", "appointing", "hearing", "judging"),
                to="archived",
            )
            for event in ("withdrawn", "transferred")
        ),
        Heeds("court-case", "joined", by="case_number"),
        Heeds("court-case", "renumbered", by="case_number"),
    ),
    examples=(
        Example("如期答辩出庭，服判履行", (*HEARD, Do("deliver", {"result": LOST}), *do("obey")), ends="closed"),
        Example("上诉期满后归档", (*HEARD, *do("deliver"), Passes("appeal"), *do("settle")), ends="closed"),
        Example(
            "二审裁定，延期举证获准，不开庭审理",
            (
                Do("start", {"instance": SECOND, "case_number": "（2026）豫08行终31号"}),
                *do("ask_postponement", "allow_postponement", "answer", "no_hearing"),
                Do("deliver", {"result": ENDED, "paper": RULING}),
                *do("obey"),
            ),
            ends="closed",
        ),
        Example(
            "延期未准而逾期，迟交后改期开庭，不服上诉",
            (
                *do("start", "ask_postponement", "deny_postponement"),
                Passes("answer"),
                *do("answer_late", "set_date"),
                Passes("papers"),
                *do("put_off", "set_date", "appoint", "sum_up", "reopen_hearing", "set_date", "appoint", "sum_up"),
                Do("deliver", {"result": LOST}),
                *do("appeal"),
            ),
            ends="appealed",
        ),
        Example(
            "始终未答辩，开庭前撤诉",
            (*do("start"), Passes("answer"), Passes("late"), *do("close_early")),
            ends="archived",
        ),
        Example("答辩后法院登记撤诉，自动办结", (*ANSWERED, Hears("court-case", "withdrawn")), ends="archived"),
        Example("不属本单位应诉", do("drop"), ends="dropped"),
    ),
)
