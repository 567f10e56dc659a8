"""Walks of 负责人出庭应诉: with and without reasons, put off, changed, called off by people and by the register."""

from fuyuantong.protocol import Asks, Declines, Do, Example, Hears, Passes, Step, do

EXCUSED = "有正当理由未出庭"
UNEXCUSED = "无正当理由未出庭"
LEFT_EARLY = "未经许可中途退庭"
NOTIFIED: tuple[Step, ...] = do("schedule", "serve")
SUMMED_UP: tuple[Step, ...] = do("summarise", "close")

EXAMPLES = (
    Example(
        "如期出庭，庭前更换人员",
        (*NOTIFIED, Asks("advise"), *do("attend"), Asks("change_attendee"), *do("replace", "register"), *SUMMED_UP),
        ends="closed",
    ),
    Example(
        "未回执也未出庭，总结退回重报",
        (
            *NOTIFIED,
            Passes("receipt"),
            Do("register", {"finding": UNEXCUSED}),
            *do("summarise", "send_back"),
            *SUMMED_UP,
        ),
        ends="closed",
    ),
    Example(
        "不能出庭理由成立",
        (
            *NOTIFIED,
            *do("explain"),
            Asks("add_material"),
            *do("excuse"),
            Do("register", {"finding": EXCUSED}),
            *SUMMED_UP,
        ),
        ends="closed",
    ),
    Example(
        "两次理由均不成立，出庭后中途退庭",
        (
            *NOTIFIED,
            *do("explain", "reject", "explain", "reject"),
            Do("register", {"finding": LEFT_EARLY}),
            *SUMMED_UP,
        ),
        ends="closed",
    ),
    Example(
        "准许延期后再次开庭仍未出庭",
        (
            *NOTIFIED,
            *do("explain", "postpone", "reschedule", "serve"),
            Passes("receipt"),
            Do("register", {"finding": UNEXCUSED}),
            *SUMMED_UP,
        ),
        ends="closed",
    ),
    Example(
        "不同意延期，临时说明获准，续行庭审再次通知",
        (
            *NOTIFIED,
            *do("attend"),
            Asks("ask_postponement"),
            Declines("ask_postponement"),
            Asks("cannot_attend"),
            *do("reconsider", "excuse"),
            Do("adjourn", {"finding": EXCUSED}),
            *do("reschedule", "serve"),
            *do("attend", "register"),
            *SUMMED_UP,
        ),
        ends="closed",
    ),
    Example(
        "来不及送达另行排期，回执后法院又改期，最终撤诉",
        (
            *do("schedule", "put_off", "reschedule", "serve"),
            Asks("put_off"),
            *do("reschedule", "serve", "attend"),
            *do("move_date", "cancel"),
        ),
        ends="cancelled",
    ),
    Example("申请延期获准后撤诉", (*NOTIFIED, *do("attend", "postpone", "cancel")), ends="cancelled"),
    Example("送达前撤诉", do("schedule", "cancel"), ends="cancelled"),
    Example("送达后撤诉", (*NOTIFIED, Asks("call_off")), ends="cancelled"),
    Example("审查理由期间撤诉", (*NOTIFIED, *do("explain", "cancel")), ends="cancelled"),
    Example("开庭前撤诉", (*NOTIFIED, *do("attend", "cancel")), ends="cancelled"),
    Example("不再通知", do("drop"), ends="cancelled"),
    Example("送达后法院登记撤诉，自动办结", (*NOTIFIED, Hears("court-case", "withdrawn")), ends="cancelled"),
)
