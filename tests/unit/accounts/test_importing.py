"""Accounts from a table: every fault by its cell, all or nothing."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from tests.builders import NOW, an_account, an_organ

from fuyuantong.accounts.importing import COLUMNS, CellFault, FaultyImport, preview, take, template
from fuyuantong.accounts.passwords import must_change
from fuyuantong.accounts.security_log import Origin
from fuyuantong.accounts.workbook import LARGEST, MOST_ROWS, BadWorkbook
from fuyuantong.organs.models import Account, Tenure
from fuyuantong.organs.queries import posts_held

pytestmark = pytest.mark.django_db

HERE = Origin("10.1.2.3", "Chrome")
GOOD = ("zhang.san", "张某某", "410825-justice", "联络员", "", "2026-11-23")


@pytest.fixture(autouse=True)
def justice():
    return an_organ("410825-justice")


@pytest.fixture
def chief():
    return an_account("chief")


def table(*rows, header=tuple(COLUMNS)):
    book = Workbook()
    for row in (header, *rows):
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def row(**cells):
    names = ("username", "name", "organ", "kind", "title", "since")
    return tuple(cells.get(name, good) for name, good in zip(names, GOOD, strict=True))


def faults(content, chief):
    return list(preview(content, by=chief, now=NOW).faults)


def test_a_good_table_opens_accounts_with_posts_and_passwords(chief, justice):
    lines = preview(table(GOOD, row(username="li.si", since="")), by=chief, now=NOW).lines

    slips = take(lines, by=chief, origin=HERE, now=NOW)

    assert [(slip.username, slip.name, slip.organ) for slip in slips] == [
        ("zhang.san", "张某某", "410825-justice"),
        ("li.si", "张某某", "410825-justice"),
    ]
    account = Account.objects.get(username="li.si")
    assert account.check_password(slips[1].password)
    assert must_change(account, now=NOW)
    assert [(post.kind, post.title) for post in posts_held(account, at=NOW)] == [("liaison", "联络员")]


def test_a_preview_takes_nothing(chief):
    preview(table(GOOD), by=chief, now=NOW)

    assert not Account.objects.filter(username="zhang.san").exists()


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"username": ""}, "账号名", "不能为空"),
        ({"name": ""}, "姓名", "不能为空"),
        ({"organ": ""}, "机构代码", "不能为空"),
        ({"kind": "局长"}, "岗位类别", "“局长”应为"),
        ({"kind": "系统管理员"}, "岗位类别", "“系统管理员”应为"),
        ({"organ": "410825-nowhere"}, "机构代码", "不在目录中"),
        ({"since": "明天"}, "任职开始日期", "“明天”不是日期"),
        ({"username": "Zhang San"}, "账号名", "应为 60 位以内小写英文"),
        ({"username": "chief"}, "账号名", "已被使用"),
        ({"kind": "领导小组办公室"}, "岗位类别", "不是领导小组办公室"),
        ({"since": "2001-01-01"}, "任职开始日期", "存续"),
        ({"title": "长" * 41}, "岗位名称", "应为 1 至 40 个可见字符"),
    ],
)
def test_a_wrong_cell_is_named(chief, cells, column, reason):
    (fault,) = faults(table(GOOD, row(**{"username": "li.si", **cells})), chief)

    assert (fault.row, fault.column) == (3, column)
    assert reason in fault.reason


def test_every_wrong_cell_of_a_row_is_named(chief):
    found = faults(table(row(name="", kind="局长", since="明天")), chief)

    assert [fault.column for fault in found] == ["姓名", "岗位类别", "任职开始日期"]


def test_a_name_that_stands_twice_is_a_fault(chief):
    found = faults(table(GOOD, GOOD), chief)

    assert [(fault.row, fault.column) for fault in found] == [(3, "账号名")]


def test_an_empty_table_is_a_fault(chief):
    assert faults(table(), chief) == [CellFault(2, "", "表格中没有数据")]


def test_blank_rows_are_left_out_and_keep_their_numbers(chief):
    found = faults(table(GOOD, ("", "", None, "", "", ""), row(username="li.si", name="")), chief)

    assert [fault.row for fault in found] == [4]


def test_dates_and_numbers_are_read_as_people_see_them(chief):
    lines = preview(table((123.0, 45, *GOOD[2:5], datetime(2026, 11, 23))), by=chief, now=NOW).lines

    assert [lines[0].cells[column] for column in ("账号名", "姓名", "任职开始日期")] == ["123", "45", "2026-11-23"]


def test_a_table_that_became_wrong_takes_nothing(chief):
    lines = preview(table(row(username="li.si"), GOOD), by=chief, now=NOW).lines
    an_account("zhang.san")

    with pytest.raises(FaultyImport, match=r"第 3 行：账号名 zhang\.san 已被使用"):
        take(lines, by=chief, origin=HERE, now=NOW)
    assert not Account.objects.filter(username="li.si").exists()
    assert not Tenure.objects.exists()


def packed(name, content):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,organ", "不是 Excel 工作簿"),
        (packed("letter.txt", "no workbook"), "不是 Excel 工作簿"),
        (packed("bomb.xml", "0" * 60_000_000), "解压后过大"),
        (b"0" * (LARGEST + 1), "超过 5 MB"),
    ],
)
def test_what_is_no_workbook_is_refused(chief, content, reason):
    with pytest.raises(BadWorkbook, match=reason):
        preview(content, by=chief, now=NOW)


def test_another_header_is_refused(chief):
    with pytest.raises(BadWorkbook, match="第一行应为：账号名、姓名"):
        preview(table(GOOD, header=("姓名", "账号名", "", "", "", "")), by=chief, now=NOW)


def test_too_many_rows_are_refused(chief):
    with pytest.raises(BadWorkbook, match="一次最多导入 2000 行"):
        preview(table(*[GOOD] * (MOST_ROWS + 1)), by=chief, now=NOW)


def test_the_template_can_be_filled_in(chief):
    book = load_workbook(io.BytesIO(template()))

    assert [cell.value for cell in book["填写"][1]] == list(COLUMNS)
    assert faults(template(), chief) == []
    assert book["填写说明"]["B2"].value == "40 字以内"
