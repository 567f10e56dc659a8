"""Walks through a conference."""

from typing import Final

from fuyuantong.protocol import Asks, Do, Endings, Example, Step, do

CALLED: Final[tuple[Step, ...]] = do("call", "set_agenda")
CIRCULATED: Final[tuple[Step, ...]] = (*CALLED, Endings("accepted", "substituted"), *do("hold", "circulate"))
ISSUED: Final[tuple[Step, ...]] = (Endings("signed", "signed"), *do("issue"))

EXAMPLES: Final = (
    Example(
        "季度会议：各方提报议题，会签一致，印发交办",
        (
            *do("call"),
            Asks("propose_item"),
            *do("set_agenda"),
            Endings("accepted", "substituted"),
            Asks("change_attendee"),
            *do("hold", "circulate"),
            *ISSUED,
        ),
        ends="closed",
    ),
    Example(
        "单位提议的会议，改期一次，有修改意见后重新会签",
        (
            *do("propose", "convene", "set_agenda", "postpone", "reschedule"),
            Endings("accepted", "declined"),
            *do("hold", "circulate"),
            Endings("signed", "objected"),
            *do("recirculate"),
            *ISSUED,
        ),
        ends="closed",
        entry="proposing",
    ),
    Example(
        "再次送签仍缺一家，写明理由印发，文号和交办不缺",
        (
            *CIRCULATED,
            Endings("signed", "unsigned"),
            *do("ask_again"),
            Endings("signed", "unsigned"),
            *do("go_on", "issue"),
        ),
        ends="closed",
    ),
    Example(
        "回执未齐即开会，有不同意见仍印发，无议定事项",
        (*CALLED, *do("hold"), Do("circulate", {"resolutions": []}), Endings("objected"), *do("go_on", "issue")),
        ends="closed",
    ),
    Example("不等会签印发", (*CIRCULATED, *do("go_on", "issue")), ends="closed"),
    Example("临开会改期后取消", (*CALLED, Endings("declined"), *do("postpone", "cancel")), ends="cancelled"),
    Example("临开会取消", (*CALLED, Endings("declined"), *do("cancel")), ends="cancelled"),
    Example("发出通知后取消", (*CALLED, *do("cancel")), ends="cancelled"),
    Example("征集议题后取消", do("call", "cancel"), ends="cancelled"),
    Example("不再筹备", do("drop"), ends="cancelled"),
    Example("不再提议", do("drop"), ends="cancelled", entry="proposing"),
    Example("不予召集", do("propose", "turn_down"), ends="turned_down", entry="proposing"),
)
