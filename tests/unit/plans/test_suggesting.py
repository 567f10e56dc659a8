"""By what an obligation may be measured, by its words and those of the catalogue."""

import pytest

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.plans.evidence import Source, Whose, Window
from fuyuantong.plans.suggesting import Aim, Asked, suggested


def test_an_obligation_that_names_a_mechanism_is_measured_by_its_matters():
    query = suggested(Asked(text="建立行政机关负责人出庭应诉制度"), MECHANISMS)

    assert (query.source, query.mechanism, query.window) == (Source.MATTERS, "head-appearance", Window.SINCE)
    assert query.why == "原文有“负责人出庭应诉”字样，按“负责人出庭应诉”的办理情况计算。"


def test_a_sort_of_meeting_is_measured_by_meetings_of_that_sort():
    query = suggested(Asked(text="召开“三长”年度会议", due_types=("period",)), MECHANISMS)

    assert (query.field, query.value, query.window) == ("series", "三长年度会议", Window.PERIOD)
    assert query.why == "原文有“三长”“年度会议”字样，按“联席会议”中的“三长年度会议”的办理情况计算。"


def test_as_many_matters_are_wanted_as_the_plan_says_times():
    assert suggested(Asked(text="召开府院联席会议", times=2), MECHANISMS).number == 2


@pytest.mark.parametrize(("is_led", "whose"), [(True, Whose.UNITS), (False, Whose.ORGAN)])
def test_who_leads_answers_for_what_all_units_do(is_led, whose):
    assert suggested(Asked(text="召开府院联席会议", is_led=is_led), MECHANISMS).whose is whose


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("每季度向政府函告负责人出庭应诉情况", Source.RETURNS),
        ("宣传行政争议实质性化解的成效", Source.ACTIVITIES),
        ("法官走访企业", Source.ACTIVITIES),
        ("公布破产管理人名册", Source.REGISTER),
        ("放置诉讼服务一体机", Source.DOCUMENT),
        ("由县政府及时组织实施", Source.DOCUMENT),
    ],
)
def test_what_no_mechanism_can_tell_waits_for_evidence_by_hand(text, source):
    query = suggested(Asked(text=text), MECHANISMS)

    assert (query.source, query.mechanism) == (source, "")
    assert "举证" in query.why


def test_a_pack_that_knows_the_row_is_believed_before_the_words():
    query = suggested(Asked(text="每季度通报会签情况", rows=("NONE-01", "MTG-17")), MECHANISMS)

    assert (query.mechanism, query.rows) == ("countersignature", ("NONE-01", "MTG-17"))


def test_a_share_answered_in_time_is_computed():
    aim = Aim(indicator="司法建议按期答复率", operator=">=", value="95", unit="%")

    query = suggested(Asked(text="司法建议按期答复率达到95%", aims=(aim,)), MECHANISMS)

    assert (query.mechanism, query.percent, query.beside) == ("judicial-suggestion/answer", 95, "")


def test_another_level_stands_beside_what_is_counted_and_is_found_reached_by_a_person():
    aim = Aim(indicator="行政机关负责人出庭应诉率", operator=">=", value="90", unit="%")

    query = suggested(Asked(text="行政机关负责人出庭应诉率达到90%", aims=(aim,)), MECHANISMS)

    assert (query.mechanism, query.percent, query.beside) == (
        "head-appearance",
        None,
        "行政机关负责人出庭应诉率不低于90%",
    )


def test_a_level_of_what_nothing_counts_waits_for_an_indicator():
    aim = Aim(indicator="万人成讼率", operator="decrease", value="10", unit="%")

    query = suggested(Asked(text="万人成讼率下降10%", aims=(aim,)), MECHANISMS)

    assert (query.source, query.named) == (Source.INDICATOR, "万人成讼率")
    assert "万人成讼率下降10%" in query.why
