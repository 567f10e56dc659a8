"""A reading becomes rows of a draft: one per task, with all its times, and a name."""

from datetime import date

import pytest

from fuyuantong.plans.drafting import rows_of, signature_of
from fuyuantong.plans.short_names import short_name
from fuyuantong.plans.wording import WordedUnit
from fuyuantong.reading.blocks import Paragraph
from fuyuantong.reading.reading import read
from fuyuantong.reading.values import DueType, Period

PLAN = """清溪县府院联动工作实施方案
为推进依法行政，制定本方案。
一、重点任务
1.建立风险提示白皮书制度。由县法院牵头，联合县司法局，每半年统计涉诉行政争议，每半年通报一次。
责任单位：县法院、县司法局
完成时限：2024年7月10日
2.设立行政争议协调化解中心。
责任单位：县司法局、县法院
完成时限：2024年6月底前挂牌运行，2025年6月底前实现全覆盖
3.由县财政局设立破产援助资金，首期规模不少于200万元，调解率达到0.5%以上。县法院负责审核。
责任单位：县财政局、县法院
完成时限：长期坚持
4.加强信息共享。
责任单位：县法院、县公安局
完成时限：2024年6月30日
5.加强信息共享。
责任单位：县法院、县民政局
完成时限：2024年6月30日
二、保障措施
（一）加强经费保障。县财政局要保障联动工作经费，及时拨付。
"""


@pytest.fixture(scope="module")
def rows():
    return rows_of(read([Paragraph(line) for line in PLAN.splitlines()]))


def test_every_task_is_one_row_in_the_order_of_the_text(rows):
    titles = [row.wording.title for row in rows if not row.is_standing]

    assert titles == [
        "建立风险提示白皮书制度", "设立行政争议协调化解中心", "设立破产援助资金", "加强信息共享", "加强信息共享",
    ]  # fmt: skip
    assert [row.wording.clause for row in rows][:2] == ["一1", "一2"]


def test_a_recurrence_named_inside_a_task_is_due_beside_its_date_once(rows):
    dues = rows[0].wording.dues

    assert [(due.type, due.on, due.period) for due in dues] == [
        (DueType.DATE, date(2024, 7, 10), None),
        (DueType.PERIOD, None, Period.HALF_YEAR),
    ]


def test_two_dates_of_one_task_are_two_dues_of_one_row(rows):
    assert [due.on for due in rows[1].wording.dues] == [date(2024, 6, 30), date(2025, 6, 30)]


def test_units_keep_their_order_and_tell_the_lead(rows):
    assert rows[0].wording.units == (WordedUnit(name="县法院", is_lead=True), WordedUnit(name="县司法局"))


def test_targets_are_kept_in_the_words_of_a_decimal(rows):
    assert [(target.value, target.unit) for target in rows[2].wording.targets] == [("200", "万元"), ("0.5", "%")]


def test_a_duty_inside_a_task_is_no_row_and_one_beside_the_tasks_is_standing(rows):
    standing = [row for row in rows if row.is_standing]

    assert [row.wording.title for row in standing] == ["加强经费保障"]
    assert standing[0].wording.dues[0].raw == "及时"


def test_every_value_points_to_its_characters(rows):
    text = read([Paragraph(line) for line in PLAN.splitlines()]).text

    assert [span.of(text) for span in rows[0].sources["units"]] == ["县法院", "县司法局"]
    assert rows[0].sources["dues"][0].of(text) == "2024年7月10日"


def test_the_same_words_are_known_again_and_words_that_recur_are_told_apart(rows):
    assert rows[3].signature == signature_of("加强信息 共享｡")
    assert rows[4].signature == signature_of("加强信息共享。", nth=2)


@pytest.mark.parametrize(
    ("text", "units", "name"),
    [
        ("由县法院牵头,联合司法局,建立白皮书制度。", ("法院", "司法局"), "建立白皮书制度"),
        ("由县财政局结合法院设立破产援助资金，财政安排预算。", ("财政局", "法院"), "设立破产援助资金"),
        ("围绕推进“一网通办”，由县数据局牵头研发“府院通”，共享数据。", ("数据局",), "研发“府院通”"),
        ("县财政局要保障联动工作经费。", ("县财政局",), "保障联动工作经费"),
        ("对于因公涉讼的款项，县财政局列入预算予以保障。", ("县财政局",), "列入预算予以保障"),
        ("收到函告后，及时转送有关单位。", (), "及时转送有关单位"),
        ("在重大案件审理过程中", (), "在重大案件审理过程中"),
        ("通报。", (), "通报"),
        ("由县公安局牵头，法院配合，" + "查" * 50 + "。", ("公安局", "法院"), "查" * 39 + "…"),
    ],
)
def test_a_task_is_called_by_what_is_to_be_done(text, units, name):
    assert short_name(text, units=units) == name
