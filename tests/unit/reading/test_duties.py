"""Duties in running text: who acts, where one ends and the next begins, and what is none."""

import pytest
from tests.unit.reading.plans_of import lead_of, owed, reading_of_text, units_of

from fuyuantong.reading.values import Modality, Operator, SentenceKind, Span


def parties(sentence: str) -> list[list[str]]:
    return [units_of(found) for found in owed(f"一、任务\n（一）机制\n{sentence}")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县法院、县检察院要加强分析研判。", [["县法院", "县检察院"]]),
        ("县法院与县政府及相关部门建立联席会议制度。", [["县法院", "县政府", "相关部门"]]),
        ("对重大敏感案件，县法院要主动沟通。", [["县法院"]]),
        ("县政府收到建议后，应认真研究。", [["县政府"]]),
        ("被执行人申请监督的，检察机关应当及时研判。", [["检察机关"]]),
        ("负责组织实施的行政机关应当及时反馈。", [["负责组织实施的行政机关"]]),
        ("有执法权的行政机关可以组织旁听。", [["有执法权的行政机关"]]),
        ("被诉行政机关负责人应当出庭应诉。", [["被诉行政机关负责人"]]),
        ("公安、民政、人社等部门应当依法协助查询。", [["公安", "民政", "人社"]]),
        ("各级政府及其教育、卫生健康等部门应当加强宣传。", [["各级政府", "教育", "卫生健康"]]),
        ("市、县人民政府应当加强领导并保障经费。", [["市、县人民政府"]]),
        ("各社区、村应当协助送达。", [["各社区、村"]]),
        ("县政府督查室会同县司法局开展督查。", [["县政府督查室", "县司法局"]]),
        ("县司法局：牵头组织应诉工作。", [["县司法局"]]),
        ("案件信息分别由县法院执行局、县公安局刑侦大队负责。", [["县法院执行局", "县公安局刑侦大队"]]),
        ("会议由县政府办公室负责召集，各单位相关工作人员参加。", [["县政府办公室", "各单位"]]),
        ("被诉单位负责人依法出庭或由县法院通知出庭。", [["被诉单位负责人", "县法院"]]),
        ("加强县法院与县司法局、县检察院之间的信息共享。", [["县法院", "县司法局", "县检察院"]]),
        ("建立县法院、县司法局、县检察院联席会议制度。", [["县法院", "县司法局", "县检察院"]]),
        ("建立“一府两院”调研机制。", [["“一府两院”"]]),
        ("领导小组办公室设在县司法局，承担日常工作。", [["县司法局"]]),
        ("县法院可以通知相关部门组织人员旁听。", [["县法院", "相关部门"]]),
        ("县司法局联合县法院、县检察院开展调研。", [["县司法局", "县法院", "县检察院"]]),
        ("由县司法局牵头，与县法院联合出台办法。", [["县司法局", "县法院"]]),
        ("县司法局要依照规定办理，与县检察院对接。", [["县司法局"]]),
        ("发展改革部门是优化营商环境的主管部门，负责综合协调。", [["发展改革部门"]]),
        ("中心的需要由县法院研究的事项，由县司法局汇总。", [["县司法局"]]),
        ("情况复杂的，经负责人批准，县法院可以延长期限。", [["县法院"]]),
        ("各级机关、单位及其工作人员应当保密。", [["各级机关", "单位"]]),
        ("地方党委领导本地区工作。", [["地方党委"]]),
    ],
)  # fmt: skip
def test_the_units_of_a_sentence_are_found(sentence: str, expected: list[list[str]]) -> None:
    assert parties(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县政府和县法院联合建立机制，县检察院进一步加强监督。", [["县政府", "县法院"], ["县检察院"]]),
        ("县法院应当发送建议，必要时可以抄送上级机关。", [["县法院"], ["县法院"]]),
        ("县法院可以组织旁听，应当做好保障。", [["县法院"], ["县法院"]]),
        ("被诉单位负责人依法出庭，因故不能出庭的，要委托工作人员出庭。", [["被诉单位负责人"], ["被诉单位负责人"]]),
        ("县司法局建立台账，督促落实整改，定期开展检查。", [["县司法局"], ["县司法局"]]),
        ("县法院加强统计分析，定期函告县政府。", [["县法院"]]),
        ("县司法局应当通报，县司法局要督促整改。", [["县司法局"]]),
        ("县司法局负责通报；负责督促整改。", [["县司法局"], ["县司法局"]]),
    ],
)  # fmt: skip
def test_a_sentence_is_divided_where_party_force_or_cycle_changes(sentence: str, expected: list[list[str]]) -> None:
    assert parties(sentence) == expected


def test_what_follows_without_an_actor_is_carried() -> None:
    found = owed("一、任务\n（一）领导小组要统筹推进。明确专人，细化任务。\n选择案件开展观摩。")

    assert [(units_of(one), one.is_carried) for one in found] == [
        (["领导小组"], False),
        (["领导小组"], True),
        ([], False),
    ]


def test_carried_work_is_led_by_who_is_in_charge() -> None:
    assert [lead_of(one) for one in owed("一、任务\n（一）县司法局负责通报；负责督促整改；完成其他任务。")] == [
        ["县司法局"],
        ["县司法局"],
        [],
    ]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("县法院应当通报。", Modality.MUST),
        ("县法院可以通报。", Modality.MAY),
        ("县法院鼓励当事人调解。", Modality.ADVISE),
    ],
)
def test_the_force_of_a_duty_is_told(sentence: str, modality: Modality) -> None:
    assert owed(f"一、任务\n（一）{sentence}")[0].modality is modality


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("本方案所称府院联动，是指政府与法院的协作。", SentenceKind.DEFINITION),
        ("“三长”即县长、院长和检察长。", SentenceKind.DEFINITION),
        ("联席会议，分为年度会议和临时会议。", SentenceKind.DEFINITION),
        ("本方案由县司法局负责解释。", SentenceKind.CONTEXT),
        ("本方案自2024年3月1日起施行。", SentenceKind.CONTEXT),
        ("为加强协作，制定本方案。", SentenceKind.CONTEXT),
        ("现将方案印发给你们，请认真贯彻执行。", SentenceKind.CONTEXT),
        ("近年来，县法院化解争议120件。", SentenceKind.CONTEXT),
        ("县法院化解了一批争议。", SentenceKind.CONTEXT),
        ("各单位要提高认识，高度重视。", SentenceKind.CONTEXT),
        ("应诉工作应当遵循依法及时的原则。", SentenceKind.CONTEXT),
        ("当事人应当如实陈述。", SentenceKind.CONTEXT),
        ("确保各项任务落到实处。", SentenceKind.CONTEXT),
        ("这项工作意义重大。", SentenceKind.CONTEXT),
        ("注：各单位可提前完成。", SentenceKind.CONTEXT),
        ("加快推进信息平台建设。", SentenceKind.NEEDS_HUMAN),
        ("身份证明应当载明姓名。", SentenceKind.NEEDS_HUMAN),
    ],
)  # fmt: skip
def test_what_is_no_duty_is_told_apart(sentence: str, kind: SentenceKind) -> None:
    assert reading_of_text(f"一、任务\n（一）机制\n{sentence}").sentences[-1].kind is kind


def test_kinds_have_words_for_people() -> None:
    assert [kind.word for kind in SentenceKind] == ["任务", "定义", "背景表述", "待人工判断"]


@pytest.mark.parametrize("heading", ["指导思想", "基本原则", "总体要求", "工作思路及目标", "主要目标"])
def test_sections_of_aims_lay_nothing_down(heading: str) -> None:
    assert owed(f"一、{heading}\n各部门要坚持依法行政。\n二、任务\n（一）县法院应当通报。")[0].clause == "二(一)"


def test_the_opening_of_a_section_with_numbers_of_its_own_lays_nothing_down() -> None:
    assert len(owed("一、任务\n充分发挥职能，建设法治政府。\n（一）县法院应当通报。")) == 1


def test_attitudes_under_a_heading_of_attitude_are_no_duties() -> None:
    assert owed("一、要求\n（一）提高思想认识\n各单位要做好联动工作。\n（二）宣传") == ()


def test_a_goal_after_a_duty_is_none() -> None:
    assert len(owed("一、任务\n（一）县法院应当通报。促进行政与司法良性互动。")) == 1


def test_a_statement_between_duties_is_no_duty() -> None:
    assert len(owed("一、任务\n（一）县法院应当通报。白皮书内容详实。")) == 1


def test_a_meeting_after_its_organ_is_carried() -> None:
    assert [units_of(one) for one in owed("一、任务\n（一）县法院应当通报。年度会议原则上一年召开一次。")] == [
        ["县法院"],
        ["县法院"],
    ]


def figures(text: str) -> list[tuple[str, Operator, float | None, str | None]]:
    found = owed(f"一、任务\n1.{text}")[0].targets
    return [(target.indicator, target.operator, target.value, target.unit) for target in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县司法局要确保出庭应诉率达到90%以上。", [("出庭应诉率", Operator.AT_LEAST, 90, "%")]),
        ("县法院要使受理案件数量同比减少20%。", [("受理案件数量", Operator.DECREASE, 20, "%")]),
        ("县法院要将平均审理天数缩短至30天以内。", [("平均审理天数", Operator.AT_MOST, 30, "天")]),
        ("县法院力争调解成功率不低于百分之八十五。", [("调解成功率", Operator.AT_LEAST, 85, "%")]),
        ("县法院要使七成的纠纷在诉前化解。", [("纠纷在诉前化解", Operator.EQUAL, 70, "%")]),
        ("县司法局要实现行政机关败诉率持续下降。", [("行政机关败诉率", Operator.DECREASE, None, "%")]),
        ("县司法局要实现调解率稳步提升。", [("调解率", Operator.INCREASE, None, "%")]),
        ("县法院要确保化解率提高5个百分点。", [("化解率", Operator.INCREASE, 5, "个百分点")]),
        ("县法院每季度函告指标数据，即败诉率、出庭率。", [("败诉率", Operator.REPORT, None, "%"), ("出庭率", Operator.REPORT, None, "%")]),
        ("县法院要通报败诉情况和出庭情况。", [("败诉情况", Operator.REPORT, None, None), ("出庭情况", Operator.REPORT, None, None)]),
        ("县法院要建立12个站点，听取情况。", []),
        ("县财政局设立资金，规模不少于200万元。", [("规模", Operator.AT_LEAST, 200, "万元")]),
    ],
)  # fmt: skip
def test_figures_to_be_reached_or_reported_are_read(
    text: str, expected: list[tuple[str, Operator, float | None, str | None]]
) -> None:
    assert figures(text) == expected


def test_every_value_points_to_its_characters() -> None:
    reading = reading_of_text("一、任务\n1.县法院应当每季度通报，出庭率达到90%以上。")
    found = reading.obligations[0]

    assert [unit.span.of(reading.text) for unit in found.units] == ["县法院"]
    assert found.due.span is not None
    assert found.due.span.of(reading.text) == found.due.raw == "每季度"
    assert found.targets[0].span.of(reading.text) == "达到90%以上"
    assert found.span.covers(found.part)


def test_a_span_covers_what_lies_inside() -> None:
    assert Span(2, 8).covers(Span(2, 3))
    assert not Span(2, 8).covers(Span(2, 9))
