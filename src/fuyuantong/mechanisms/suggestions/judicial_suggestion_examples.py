"""Walks through a suggestion and through each organ's answer to it."""

from typing import Final

from fuyuantong.protocol import Asks, Do, Endings, Example, Passes, Step, Truth, do

ANSWERED: Final[tuple[Step, ...]] = do("receive", "reply")
LATE: Final[tuple[Step, ...]] = (Passes("silent"), Asks("late_reply"), *do("take_reply"))
ISSUED: Final[tuple[Step, ...]] = (*do("issue"), Endings("adopted", "partly"))
MISSED: Final[tuple[Step, ...]] = (Endings("adopted", "misdirected"),)

OF_ANSWER: Final = (
    Example("如期答复，采纳", (*ANSWERED, *do("adopt")), ends="adopted"),
    Example("逾期未签收视为收到，部分采纳", (Passes("sign"), *do("reply", "partly")), ends="partly"),
    Example(
        "延期获准，补充一次，仍未采纳",
        (*do("receive", "ask_extension", "allow_extension", "reply", "supplement", "reply", "refuse"),),
        ends="not_adopted",
    ),
    Example(
        "延期未准，迟到的答复由法院收下",
        (*do("receive", "ask_extension", "deny_extension"), *LATE, Asks("add_material"), *do("adopt")),
        ends="adopted",
    ),
    Example(
        "两次退回补充仍不到位，转督促",
        (*ANSWERED, *do("supplement", "reply", "supplement", "reply", "supplement", "reply_pressed", "partly")),
        ends="partly",
    ),
    Example(
        "经督促仍不答复",
        (*do("receive"), Passes("silent"), *do("press"), Passes("pressed"), *do("close_unanswered")),
        ends="unanswered",
    ),
    Example("送错单位，法院确认", do("misdirected", "confirm"), ends="misdirected"),
    Example("认为送错，法院坚持送达", do("receive", "misdirected", "insist", "reply", "adopt"), ends="adopted"),
    Example("法院撤回对该单位的建议", (*do("receive"), Asks("recall")), ends="recalled"),
)

OF_SUGGESTION: Final = (
    Example("两个单位均答复，约定回头看", (*ISSUED, Do("close", {"look_back": True})), ends="closed"),
    Example(
        "规范性文件建议送错，改送后办结",
        (Do("issue", {"kind": "规范性文件不合法"}), *MISSED, *do("readdress"), Endings("adopted"), *do("close")),
        ends="closed",
    ),
    Example("送错后不再改送", (*do("issue"), *MISSED, *do("leave_it", "close")), ends="closed"),
    Example("不再等待迟迟不复的单位", do("issue", "stop_waiting", "close"), ends="closed"),
    Example("发出后撤回", do("issue", "withdraw"), ends="withdrawn"),
    Example("草稿作废", do("drop"), ends="dropped"),
    Example("负责人未出庭，补发建议", (*ISSUED, *do("close")), ends="closed", entry="owed"),
    Example("应发情形经核实不发，记录理由", do("record_why_not"), ends="not_issued", entry="owed"),
)

TRUTHS: Final = (
    Truth("issue", {"touches_supervision": True}, ("procuratorial-suggestion",)),
    Truth("issue", {"touches_supervision": False}, ()),
    Truth("close", {"look_back": True}, ("look-back",)),
    Truth("close", {"look_back": False}, ()),
)
