"""`fyt plan read`: what a plan lays down, as text or in the form that labels are compared with."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from fuyuantong.conf.offline.management.commands.plan_read import Command
from fuyuantong.reading.sources.unreadable import Unreadable

PLAN = """云川县府院联动实施方案
云政办〔2024〕18号
云川县人民政府办公室
2024年3月1日
一、任务
1.建立司法建议台账，按期反馈率达到100%，其余按期反馈，逐件登记，不得遗漏，不得拖延，不得敷衍。
责任单位：县司法局（牵头）、县法院等
完成时限：每年第一季度前通报一次
2.县法院应当在收到申请之日起二日内答复。
3.加快平台建设。
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, encoding="gb18030")
    return path


def told(*arguments: str) -> str:
    said = StringIO()
    call_command(Command(), *arguments, stdout=said)
    return said.getvalue()


def test_a_plan_is_told_in_lines(plan: Path) -> None:
    lines = told(str(plan)).splitlines()

    assert lines[0] == "云川县府院联动实施方案　云政办〔2024〕18号　2024-03-01"
    assert lines[1].endswith("待人工判断 1；任务 3 项")
    assert lines[2].endswith("…　牵头：县司法局　责任：县司法局、县法院　时限：每年第一季度前通报一次")
    assert lines[4] == "一3　加快平台建设。　牵头：—　责任：待指定　时限：—"


def test_a_plan_is_printed_in_the_form_of_the_labels(plan: Path) -> None:
    form = json.loads(told(str(plan), "--json"))
    first, second, _ = form["obligations"]

    assert (form["title"], form["issued_on"], form["doc_kind"]) == ("云川县府院联动实施方案", "2024-03-01", "plan")
    assert (first["clause"], first["lead"], first["units"], first["open_list"]) == (
        "一1",
        ["县司法局"],
        ["县司法局", "县法院"],
        True,
    )
    assert {name: first["due"][name] for name in ("type", "period", "times", "window")} == {
        "type": "period",
        "period": "year",
        "times": 1,
        "window": "第一季度前",
    }
    assert [(target["op"], target["value"], target["unit"]) for target in first["targets"]] == [("=", 100, "%")]
    assert second["due"]["within"] == {"length": 2, "unit": "days", "trigger": "收到申请"}
    assert len(form["text_digest"]) == 64


def test_a_page_without_title_number_and_day_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("县法院应当通报。", encoding="utf-8")

    assert told(str(path)).startswith("（无标题）　（无文号）　（无日期）")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="打不开"):
        told(str(tmp_path / "none.txt"))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(Unreadable, match="100 MB"):
        told(str(path))
