"""Rows of an office's own task ledger, read as tasks."""

from datetime import date

import pytest

from fuyuantong.plans.task_table import guessed, missing, read_row
from fuyuantong.reading.values import DueType, Period


def test_columns_are_known_by_their_heads_equal_ones_before_similar_ones():
    heads = ("序号", "重点任务事项", "牵头单位", "责 任 单 位", "完成时限", "目前进展情况", "备注", "事项", "销号情况")

    assert guessed(heads) == {2: "lead", 3: "units", 4: "due", 5: "note", 7: "title", 8: "state"}


def test_a_table_needs_to_say_what_is_to_be_done():
    assert (missing(["text"]), missing(["units"])) == ([], ["事项"])


def test_a_row_says_what_by_whom_and_how_far_it_is():
    task = read_row(
        5,
        {
            "title": "白皮书制度",
            "text": "每年发布行政审判白皮书。",
            "clause": "二(一)2",
            "lead": "县法院",
            "units": "县司法局、县政府办\n县法院",
            "note": "已发布 2025 年度白皮书。",
            "state": "已完成",
        },
    )

    assert (task.wording.title, task.wording.text) == ("白皮书制度", "每年发布行政审判白皮书。")
    assert [(unit.name, unit.is_lead) for unit in task.wording.units] == [
        ("县法院", True),
        ("县司法局", False),
        ("县政府办", False),
    ]
    assert (task.note, task.is_done, task.faults) == ("已发布 2025 年度白皮书。", True, {})


def test_a_row_without_a_name_is_called_by_its_words():
    assert read_row(2, {"text": "由县法院牵头,建立白皮书制度。"}).wording.title == "建立白皮书制度"


def test_a_unit_may_say_in_brackets_that_it_leads():
    task = read_row(2, {"title": "培训", "units": "县法院（牵头），县司法局"})

    assert [(unit.name, unit.is_lead) for unit in task.wording.units] == [("县法院", True), ("县司法局", False)]


@pytest.mark.parametrize(
    ("cell", "kind", "on", "period"),
    [
        ("2026-08-03", DueType.DATE, date(2026, 8, 3), None),
        ("2026年6月底前", DueType.DATE, date(2026, 6, 30), None),
        ("每季度", DueType.PERIOD, None, Period.QUARTER),
        ("长期坚持", DueType.LONG_TERM, None, None),
        ("及时", DueType.NONE, None, None),
        ("", DueType.NONE, None, None),
    ],
)
def test_a_time_is_read_as_in_a_plan(cell, kind, on, period):
    (due,) = read_row(2, {"title": "培训", "due": cell}).wording.dues

    assert (due.type, due.on, due.period) == (kind, on, period)


@pytest.mark.parametrize("state", ["未完成", "正在推进", "基本完成", "推进中", ""])
def test_what_is_not_done_is_not_taken_for_done(state):
    assert not read_row(2, {"title": "培训", "state": state}).is_done


def test_every_cell_that_cannot_be_read_is_named():
    task = read_row(9, {"due": "2026.13.45号", "units": "很长的单位" * 30})

    assert set(task.faults) == {"title", "due", "units"}
    assert task.faults["due"].startswith("“2026.13.45号”读不出时限")
