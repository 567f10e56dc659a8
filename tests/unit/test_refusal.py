"""A refusal says what an official needs, and no more of what it was handed than can be read."""

from fuyuantong.refusal import Refusal


def test_it_says_what_is_wrong_by_which_rule_and_what_to_do():
    refusal = Refusal("日期有误", basis="民诉法85", remedy="请更正", field="on")

    assert str(refusal) == "不予办理：日期有误"
    assert refusal.as_problem() == {
        "type": "urn:fuyuantong:refusal:refused",
        "title": "不予办理",
        "detail": "日期有误",
        "basis": "民诉法85",
        "remedy": "请更正",
        "field": "on",
    }


def test_what_to_do_may_be_said_once_for_all_cases():
    class TooLate(Refusal):
        remedy = "请申请延期。"

    assert (TooLate("已届满").remedy, TooLate("已届满", remedy="请另行立项。").remedy) == (
        "请申请延期。",
        "请另行立项。",
    )


def test_what_was_handed_in_is_not_repeated_at_any_length():
    refusal = Refusal("长" * 10_000_000, field="x" * 10_000_000)

    assert (len(refusal.detail), len(str(refusal)), len(refusal.field)) == (4_001, 4_006, 4_000)
