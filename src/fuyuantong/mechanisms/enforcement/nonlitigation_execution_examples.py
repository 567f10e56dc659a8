"""Walks through an application for enforcement."""

from typing import Final

from fuyuantong.protocol import Asks, Declines, Do, Endings, Example, Passes, Step, do

URGED: Final[tuple[Step, ...]] = (*do("urge"), Passes("urging"))
APPLIED: Final[tuple[Step, ...]] = (*URGED, *do("apply"))
ACCEPTED: Final[tuple[Step, ...]] = (*APPLIED, *do("accept"))
REFUSED: Final[tuple[Step, ...]] = (*ACCEPTED, *do("refuse"))
CHOOSING: Final[tuple[Step, ...]] = (*ACCEPTED, *do("grant"))
KEPT: Final[tuple[Step, ...]] = do("keep", "conclude")
IMPLEMENTED: Final[tuple[Step, ...]] = (*CHOOSING, *do("assign"), Endings("fed_back"))

EXAMPLES: Final = (
    Example("裁执分离，乡镇实施，反馈确认", (*IMPLEMENTED, *do("confirm")), ends="executed"),
    Example(
        "退回继续实施后确认", (*IMPLEMENTED, *do("send_back"), Endings("fed_back"), *do("confirm")), ends="executed"
    ),
    Example(
        "一家不宜实施，另定后又收回由法院执行",
        (*CHOOSING, *do("assign"), Endings("fed_back", "declined"), *do("assign", "take_back", "keep", "conclude")),
        ends="executed",
    ),
    Example(
        "罚款补正后受理，由法院执行",
        (
            *URGED,
            Do("apply", {"subject": "罚款等金钱给付"}),
            *do("return_papers", "resubmit", "accept", "grant"),
            *KEPT,
        ),
        ends="executed",
    ),
    Example(
        "听取意见后不准予，复议发回，再不准予后上级法院准予",
        (
            *ACCEPTED,
            *do("hear", "refuse", "appeal_refusal", "remand", "refuse", "appeal_refusal", "overturn"),
            *KEPT,
        ),
        ends="executed",
    ),
    Example("不准予执行，复议维持", (*REFUSED, *do("appeal_refusal", "uphold_refusal")), ends="not_granted"),
    Example("不准予执行，服从裁定", (*REFUSED, *do("accept_refusal")), ends="not_granted"),
    Example("不准予执行，逾期未复议", (*REFUSED, Passes("appeal_refusal")), ends="not_granted"),
    Example("反馈无法实施，改由法院执行后终结", (*IMPLEMENTED, *do("take_over", "terminate")), ends="terminated"),
    Example("听取意见后准予，随即终结", (*ACCEPTED, *do("hear", "grant", "terminate")), ends="terminated"),
    Example("确认阶段终结", (*IMPLEMENTED, *do("terminate")), ends="terminated"),
    Example(
        "实施中行政决定被撤销",
        (*CHOOSING, *do("assign"), Asks("ask_termination"), *do("terminate")),
        ends="terminated",
    ),
    Example("确定主体前和解", (*CHOOSING, *do("settle")), ends="settled"),
    Example("实施中和解", (*CHOOSING, *do("assign", "settle")), ends="settled"),
    Example("确认阶段和解", (*IMPLEMENTED, *do("settle")), ends="settled"),
    Example("法院执行中和解", (*CHOOSING, *do("keep", "settle")), ends="settled"),
    Example(
        "不予受理，上级法院指令受理",
        (*APPLIED, *do("reject", "appeal_rejection", "order_acceptance", "accept", "grant"), *KEPT),
        ends="executed",
    ),
    Example("撤回申请未准", (*ACCEPTED, Asks("withdraw"), Declines("withdraw"), *do("grant"), *KEPT), ends="executed"),
    Example(
        "不予受理，复议维持", (*APPLIED, *do("reject", "appeal_rejection", "uphold_rejection")), ends="not_accepted"
    ),
    Example("不予受理，服从裁定", (*APPLIED, *do("reject", "accept_rejection")), ends="not_accepted"),
    Example(
        "逾期未补正不予受理，逾期未复议",
        (*APPLIED, *do("return_papers"), Passes("correction"), *do("reject"), Passes("appeal_acceptance")),
        ends="not_accepted",
    ),
    Example("受理前撤回", (*APPLIED, Asks("withdraw"), *do("allow_withdrawal")), ends="withdrawn"),
    Example("补正中撤回", (*APPLIED, *do("return_papers", "withdraw_uncorrected")), ends="withdrawn"),
    Example("审查中撤回", (*ACCEPTED, Asks("add_material"), *do("allow_withdrawal")), ends="withdrawn"),
    Example("听取意见后撤回", (*ACCEPTED, *do("hear", "allow_withdrawal")), ends="withdrawn"),
    Example("催告后自动履行", do("urge", "performed_after_urging"), ends="performed"),
    Example("催告后不再申请", do("urge", "give_up"), ends="given_up"),
    Example("不再催告", do("drop"), ends="given_up"),
    Example("超过三个月未申请", (*do("urge"), Passes("application")), ends="expired"),
)
