"""Who leads and who joins, in lines, brackets, tables and running text."""

import pytest
from tests.unit.reading.plans_of import lead_of, owed, reading_of_text, units_of

from fuyuantong.reading.blocks import Paragraph, Table
from fuyuantong.reading.reading import read
from fuyuantong.reading.unit_identity import same_unit
from fuyuantong.reading.values import SentenceKind

ITEM = "一、任务\n1.建立行政争议化解台账。\n"


def assigned(line: str) -> tuple[list[str], list[str]]:
    found = owed(ITEM + line)[0]
    return lead_of(found), units_of(found)


@pytest.mark.parametrize(
    ("line", "lead", "units"),
    [
        ("责任单位：县法院、县司法局", [], ["县法院", "县司法局"]),
        ("牵头单位：县法院\n配合单位：县司法局、县公安局", ["县法院"], ["县法院", "县司法局", "县公安局"]),
        ("牵头单位：县法院；责任单位：各乡镇（街道）", ["县法院"], ["县法院", "各乡镇（街道）"]),
        ("责任单位：县法院（牵头）、县司法局（配合）", ["县法院"], ["县法院", "县司法局"]),
        ("责任单位：县法院牵头，县司法局、县公安局配合", ["县法院"], ["县法院", "县司法局", "县公安局"]),
        ("责任单位：县司法局、县公安局等", [], ["县司法局", "县公安局"]),
        ("责任单位：县文化广电和旅游局、县法院和县司法局", [], ["县文化广电和旅游局", "县法院", "县司法局"]),
        ("责任单位：县法院，公安局、民政局等需要对接的各有关单位", [], ["县法院", "公安局", "民政局", "需要对接的各有关单位"]),
        ("责任单位：县法院；责任领导：李某某；完成时限：年底前", [], ["县法院"]),
        ("责任单位：市、县人民政府，县（市、区）法院", [], ["市、县人民政府", "县（市、区）法院"]),
        ("责任单位：由县法院牵头会同县司法局、县公安局落实", ["县法院"], ["县法院", "县司法局", "县公安局"]),
        ("（县法院牵头，县司法局按职责分工负责）", ["县法院"], ["县法院", "县司法局"]),
        ("（县法院会同县司法局等负责）", ["县法院"], ["县法院", "县司法局"]),
        ("（县法院、县司法局负责）", ["县法院", "县司法局"], ["县法院", "县司法局"]),
        ("（县法院负责，县司法局配合）", [], ["县法院", "县司法局"]),
        ("（县法院、县司法局）", [], ["县法院", "县司法局"]),
        ("【责任单位：县法院】", [], ["县法院"]),
    ],
)  # fmt: skip
def test_an_assignment_names_lead_and_units(line: str, lead: list[str], units: list[str]) -> None:
    assert assigned(line) == (lead, units)


@pytest.mark.parametrize("said", ["（以下简称化解中心）", "（社区）", "（2023年修订）", "（联系人：孙某某）", "（试行"])
def test_other_brackets_assign_nothing(said: str) -> None:
    found = owed(f"一、任务\n1.县法院应当建立台账{said}。")

    assert [units_of(one) for one in found] == [["县法院"]]


def test_a_paragraph_with_two_brackets_is_two_items() -> None:
    found = owed(
        "一、任务\n1.建立台账。（县法院负责，6月底前完成）开展评查。（县司法局负责，长期坚持）县检察院应当监督。"
    )

    assert [units_of(one) for one in found] == [["县法院"], ["县司法局"], ["县检察院"]]
    assert [one.due.type.value for one in found] == ["date", "long_term", "none"]


def test_a_bracket_may_stand_inside_a_sentence() -> None:
    assert [units_of(one) for one in owed("一、任务\n1.建立台账，（县法院负责）开展评查。（县司法局负责）")] == [
        ["县法院"],
        ["县司法局"],
    ]


def test_two_dates_on_one_item_are_two() -> None:
    found = owed(ITEM + "责任单位：县法院\n完成时限：6月底前出台，12月底前完成")

    assert [str(one.due.on) for one in found] == ["2024-06-30", "2024-12-31"]


def test_an_item_without_a_time_limit_takes_the_time_of_its_text() -> None:
    found = owed(
        "一、任务\n1.每季度通报情况。（县法院负责）\n2.2024年底前建成平台。（县司法局负责）\n3.及时反馈。（县公安局负责）"
    )

    assert [one.due.type.value for one in found] == ["period", "date", "none"]
    assert found[2].due.raw == "及时"


def test_numbered_measures_share_the_line_below_them() -> None:
    found = owed("一、任务\n（一）化解机制\n1.建立台账。\n2.开展评查。\n责任单位：县法院\n完成时限：长期坚持")

    assert [(one.clause, units_of(one), one.due.type.value) for one in found] == [
        ("一(一)1", ["县法院"], "long_term"),
        ("一(一)2", ["县法院"], "long_term"),
    ]


def test_paragraphs_of_one_number_are_one_item() -> None:
    found = owed("一、任务\n1.建立台账。\n逐件登记。\n责任单位：县法院\n2.开展评查。\n定期总结。（县司法局牵头）")

    assert [(one.clause, units_of(one)) for one in found] == [("一1", ["县法院"]), ("一2", ["县司法局"])]


def test_a_line_under_a_heading_is_for_all_that_follows() -> None:
    text = "一、任务\n（一）化解机制\n牵头单位：县法院\n配合单位：县司法局\n1.建立台账。\n2.开展评查。\n（二）执行联动（县公安局牵头）\n3.开展协查。"

    assert [units_of(one) for one in owed(text)] == [["县法院", "县司法局"]] * 2 + [["县公安局"]]


def test_a_label_without_units_or_time_assigns_nothing() -> None:
    assert owed("一、任务\n1.县法院应当建立台账。\n工作目标：提高效率\n责任单位：")[0].rule == "subject"


def test_a_line_before_any_text_assigns_nothing() -> None:
    assert owed("责任单位：县法院\n一、任务") == ()


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("由县法院牵头，联合司法局建立台账。", ["法院"]),
        ("由县法院建立台账，县司法局负责登记。", ["司法局"]),
        ("由县法院与县司法局联合签订协议。", ["法院", "司法局"]),
        ("建立台账。", []),
        ("由专人登记。", []),
    ],
)
def test_the_text_says_who_leads_where_the_line_does_not(text: str, lead: list[str]) -> None:
    assert lead_of(owed(f"一、任务\n1.{text}\n责任单位：法院、司法局")[0]) == lead


def test_a_declared_first_unit_leads() -> None:
    text = "各项任务列第一位的为牵头单位。\n一、任务\n1.建立台账。\n责任单位：县法院、县司法局\n2.开展评查。（县司法局、县法院负责）"

    assert [lead_of(one) for one in owed(text)] == [["县法院"], ["县司法局"]]


def test_acts_named_inside_an_item_stand_beside_it() -> None:
    reading = reading_of_text(ITEM + "县法院每季度通报情况。\n责任单位：县法院、县司法局")

    assert [one.rule for one in reading.obligations] == ["assigned"]
    assert [units_of(one) for one in reading.standing] == [["县法院"]]


def test_support_of_a_document_with_items_stands_beside_them() -> None:
    items = "".join(f"{n}.建立台账{n}。\n责任单位：县法院\n" for n in (1, 2, 3))
    reading = reading_of_text(f"一、任务\n{items}二、保障措施\n（一）加强保障。县财政局要保障经费。")

    assert len(reading.obligations) == 3
    assert [units_of(one) for one in reading.standing] == [["县财政局"]]


def table(*rows: tuple[str, ...]) -> list[tuple[list[str], list[str], str]]:
    found = read([Paragraph("云川县2024年重点任务清单"), Table(rows)]).obligations
    return [(lead_of(one), units_of(one), one.due.type.value) for one in found]


def test_a_task_table_is_read_row_by_row() -> None:
    head = ("序号", "重点任务", "具体措施", "牵头单位", "配合单位", "完成时限", "备注")
    rows = (
        ("一、化解机制",) * 7,
        ("1", "化解", "建立台账", "县法院", "县司法局", "6月底前", ""),
        ("2", "化解", "开展评查", "县司法局", "", "长期坚持", "x"),
        ("3", "化解"),
    )

    assert table(head, *rows) == [
        (["县法院"], ["县法院", "县司法局"], "date"),
        (["县司法局"], ["县司法局"], "long_term"),
    ]


@pytest.mark.parametrize(
    ("head", "cells", "lead"),
    [
        (("工作任务", "责任单位"), ("建立台账", "县法院牵头，县司法局配合"), ["县法院"]),
        (("工作任务", "责任单位"), ("建立台账", "县法院（牵头）、县司法局"), ["县法院"]),
        (("工作任务", "责任单位", "配合单位"), ("建立台账", "县法院", "县司法局"), ["县法院"]),
        (("工作任务", "责任单位"), ("建立台账", "县法院、县司法局"), []),
    ],
)
def test_the_cell_of_the_units_says_who_leads(head: tuple[str, ...], cells: tuple[str, ...], lead: list[str]) -> None:
    assert table(head, cells) == [(lead, ["县法院", "县司法局"], "none")]


def test_the_first_unit_of_a_cell_leads_where_that_is_declared() -> None:
    blocks = [
        Paragraph("任务清单"),
        Paragraph("注：排在首位的单位为牵头单位。"),
        Table((("任务", "责任单位"), ("建立台账", "县法院、县司法局"))),
    ]

    assert lead_of(read(blocks).obligations[0]) == ["县法院"]


@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "电话"), ("孙某某", "0000")),
        (("任务", "目标"), ("建立台账", "提高效率")),
        (("责任单位", "完成时限"), ("县法院", "年底")),
        (("任务", "责任单位"), ("", "县法院")),
    ],
)
def test_other_tables_lay_nothing_down(rows: tuple[tuple[str, ...], ...]) -> None:
    reading = read([Paragraph("云川县实施方案"), Table(rows)])

    assert reading.obligations == ()
    assert {sentence.kind for sentence in reading.sentences} == {SentenceKind.CONTEXT}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县政府办公室", "政府办"), ("市人民法院", "法院"), ("人社局", "县人力资源和社会保障局"), ("发改委", "市发展改革委"),
        ("市中级人民法院", "市中院"), ("云川县司法局", "司法局"), ("县市场监管局", "市场监管局"),
    ],
)  # fmt: skip
def test_two_names_of_one_unit_are_known(one: str, other: str) -> None:
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("县法院", "县检察院"), ("县司法局", "县公安局"), ("政府", "政府办"), ("县", "市")]
)
def test_names_of_two_units_are_told_apart(one: str, other: str) -> None:
    assert not same_unit(one, other)
