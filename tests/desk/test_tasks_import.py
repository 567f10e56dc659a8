"""导入任务台账: the columns mapped once, faults by cell, and nothing taken before it is confirmed."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import an_official, an_organ
from tests.plan_papers import a_place

from fuyuantong.desk.obligations import importing
from fuyuantong.plans.models.obligation import Obligation

pytestmark = pytest.mark.django_db
HEADS = ("序号", "重点工作", "牵头单位", "责任单位", "完成时限", "进展情况", "状态")
MEETING = (1, "召开联席会议", "县法院", "县司法局", "每季度", "已开一次", "推进中")
TRAINING = (2, "业务培训", "县司法局", "县教育局", "13月45日", "", "已完成")


@pytest.fixture
def officer():
    client = Client()
    client.force_login(a_place().officer)
    return client


def a_workbook(*rows):
    book = openpyxl.Workbook()
    for row in (("温县府院联动任务台账",), HEADS, *rows):
        book.worksheets[0].append(row)
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("台账.xlsx", file.getvalue())


def sent(client, address="/tasks/import", **given):
    """Send a form; shape: the page that it leads to."""
    return client.post(address, given, follow=True).content.decode()


def test_a_ledger_is_mapped_corrected_and_taken(officer):
    text = sent(officer, file=a_workbook(MEETING, TRAINING), name="2026年任务台账")
    assert "还不知道哪一列是<b>事项</b>" in text

    columns = {"column-1": "title", "column-2": "lead", "column-3": "units", "column-4": "due", "column-5": "note"}
    text = sent(officer, "/tasks/import/columns", **columns, **{"column-6": "state"})
    assert "1 行有误" in text
    assert "“13月45日”读不出时限" in text
    assert "没有对应到单位：县教育局" in text
    assert "第 4 行还有错误" in sent(officer, "/tasks/import/confirm")
    assert not Obligation.objects.exists()

    sent(officer, "/tasks/import/columns", **columns, left_out="4")
    text = sent(officer, "/tasks/import/confirm")
    assert "已导入 1 项任务" in text
    assert "召开联席会议" in text
    assert "已开一次" in text


def test_a_table_may_be_thrown_away(officer):
    sent(officer, file=a_workbook(MEETING))

    assert "已放弃“台账.xlsx”" in sent(officer, "/tasks/import/confirm", away="1")
    assert "上传一张表" in sent(officer, "/tasks/import/confirm")
    assert "上传一张表" in sent(officer, "/tasks/import/columns")


def test_what_is_no_table_is_refused(officer, monkeypatch):
    assert "没有收到文件" in sent(officer)
    assert "没有找到表头" in sent(officer, file=SimpleUploadedFile("a.csv", "甲乙".encode()))
    assert "表头之下没有内容" in sent(officer, file=a_workbook())
    monkeypatch.setattr(importing, "MOST_ROWS", 1)
    assert "一次最多导入 1 行" in sent(officer, file=a_workbook(MEETING, TRAINING))


def test_only_an_office_imports():
    client = Client()
    client.force_login(an_official(an_organ()))

    assert client.get("/tasks/import").status_code == 422
