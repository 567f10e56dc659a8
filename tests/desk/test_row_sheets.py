"""Tables filled in away from the desk: the template says what it is for, and what comes back is read whole or not at all."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.builders import an_official, an_organ

from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.opening import open_for
from fuyuantong.matters.session import acting
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db
RATES = ["行政机关败诉率", 7, 43, "按审结案件计算"]


@pytest.fixture
def court():
    return an_organ("410825-court", branch="court", short="县法院")


@pytest.fixture
def office():
    return an_organ(short="县政府")


def owed(court, office, period="2026年第三季度", kind="涉诉五项指标"):
    """Open a return of a period; return the address of its matter."""
    values = {
        "kind": kind,
        "title": f"{period}{kind}",
        "period": period,
        "receiver_organ": office.code,
        "due_by": "2099-09-30",
    }
    told = {"entry": "owed", "roles": {"reporter": court.code}, "values": values, "now": timezone.now()}
    return f"/matter/{open_for('periodic-return', values['title'], **told).matter}"


@pytest.fixture
def clerk(court):
    client = Client()
    client.force_login(an_official(court, kind=PostKind.HEAD))
    return client


@pytest.fixture
def matter(court, office):
    return owed(court, office)


def content(answer):
    return b"".join(answer.streaming_content)


def template(clerk, matter, move="report_figures", field="figures"):
    """Return the template of a table as a workbook."""
    return openpyxl.load_workbook(BytesIO(content(clerk.get(f"{matter}/act/{move}/sheet/{field}"))))


def saved(book, *rows):
    """Return a workbook with these rows alone under its heads as an upload."""
    book.worksheets[0].delete_rows(4, 200)
    for number, row in enumerate(rows, 4):
        for place, value in enumerate(row, 2):
            book.worksheets[0].cell(number, place, value)
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("指标.xlsx", file.getvalue())


def upload(clerk, matter, file, move="report_figures", field="figures", **typed):
    """Read a table into the form; return the status and the page."""
    answer = clerk.post(f"{matter}/act/{move}", {f"table:{field}": file, "do": f"fill:{field}", **typed})
    return answer.status_code, answer.content.decode()


def records():
    with acting():
        return Record.objects.count()


def test_the_template_has_the_columns_lists_to_choose_from_and_says_what_it_is_for(clerk, matter):
    book = template(clerk, matter)
    sheet, told, lists = book.worksheets

    assert [cell.value for cell in sheet[3][:5]] == ["序号", "指标", "分子", "分母", "说明"]
    assert sheet["A1"].value == "2026年第三季度涉诉五项指标 · 指标"
    assert sheet["D2"].value == matter.removeprefix("/matter/")
    assert [(str(one.sqref), one.type) for one in sheet.data_validations.dataValidation] == [
        ("B4:B203", "list"),
        ("C4:C203", "whole"),
        ("D4:D203", "whole"),
    ]
    assert (lists["B1"].value, lists.sheet_state) == ("行政机关败诉率", "hidden")
    assert (sheet["C4"].number_format, sheet["E4"].number_format) == ("0", "@")
    assert any("最多 200 行" in str(cell.value) for row in told.iter_rows() for cell in row)


def test_a_filled_table_stands_in_the_form_and_nothing_is_sent(clerk, matter):
    before = records()
    status, page = upload(clerk, matter, saved(template(clerk, matter), RATES, ["信息公开案件败诉率", 2, 9, "无"]))

    assert status == 200
    assert "已从《指标.xlsx》读入 2 行，尚未提交" in page
    assert ('name="figures.2.denominator"' in page, 'value="43"' in page) == (True, True)
    assert records() == before


def test_what_was_read_is_sent_when_the_person_submits(clerk, matter):
    typed = {
        f"figures.1.{key}": value
        for key, value in zip(("indicator", "numerator", "denominator", "note"), RATES, strict=True)
    }
    clerk.post(f"{matter}/act/report_figures", {**typed, "do": "perform"})

    with acting():
        assert Record.objects.latest("pk").values["figures"][0]["denominator"] == 43


def test_every_fault_is_told_by_its_cell_and_nothing_is_read(clerk, matter):
    wrong = ["败诉率", "七", -1, "说明"], RATES, ["信息公开案件败诉率", 2, 9, None]
    status, page = upload(clerk, matter, saved(template(clerk, matter), *wrong))

    assert (status, "一行也没有读入" in page, 'row-sheet" open' in page) == (422, True, True)
    for place in ("第 4 行（B4）：", "第 4 行（C4）：“分子”应为整数", "第 4 行（D4）：", "第 6 行（E6）："):
        assert place in page
    assert 'value="43"' not in page


def test_a_template_of_another_period_is_refused_by_its_name(clerk, court, office, matter):
    other = owed(court, office, period="2026年第二季度")
    status, page = upload(clerk, matter, saved(template(clerk, other), RATES))

    assert status == 422
    assert "这是另一件的模板：《2026年第二季度涉诉五项指标》；现在办理的是《2026年第三季度涉诉五项指标》" in page


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("B2", "conference", "这是另一类事项的模板"),
        ("C2", "sm3:00", "这是旧版模板"),
        ("E2", "tasks", "另一张表的模板"),
        ("A2", None, "没有识别行"),
        ("C3", None, "缺少“分子”一列"),
        ("F3", "备注", "F 列“备注”不是模板中的列"),
        ("F3", "分母", "“分母”一列有几处"),
    ],
)
def test_a_file_that_is_not_the_template_is_refused(clerk, matter, cell, value, said):
    book = template(clerk, matter)
    book.worksheets[0][cell] = value

    status, page = upload(clerk, matter, saved(book, RATES))
    assert (status, said in page) == (422, True)


def test_no_file_no_table_no_rows_and_too_many_rows_are_told(clerk, matter):
    assert "没有选择文件" in upload(clerk, matter, "")[1]
    assert "表格不能导入" in upload(clerk, matter, SimpleUploadedFile("x.xlsx", b"PK\x03\x04x"))[1]
    assert "表头之下没有内容" in upload(clerk, matter, saved(template(clerk, matter)))[1]
    assert "最多 200 行" in upload(clerk, matter, saved(template(clerk, matter), *[RATES] * 201))[1]


def test_csv_goes_the_same_way_and_words_like_formulas_stay_words(clerk, matter):
    address = f"{matter}/act/report_figures/sheet/figures"
    clerk.post(
        f"{matter}/act/report_figures", {"figures.1.indicator": RATES[0], "figures.1.note": "=1+1", "do": "draft"}
    )
    text = content(clerk.get(f"{address}?as=csv"))
    lines = list(csv.reader(StringIO(text.decode("utf-8-sig"))))
    assert lines[3] == ["1", "行政机关败诉率", "", "", "'=1+1"]
    assert template(clerk, matter).worksheets[0]["E4"].data_type == "s"

    filled = "\r\n".join([*text.decode("utf-8-sig").splitlines()[:3], "1,行政机关败诉率,7,43,'=1+1"]).encode("gb18030")
    status, page = upload(clerk, matter, SimpleUploadedFile("指标.csv", filled))
    assert (status, 'value="=1+1"' in page, "'=1+1" in page) == (200, True, False)


def test_a_column_of_organs_takes_short_names(clerk, court, office):
    matter = owed(court, office, kind="建议发布和落实情况")
    move, field = "report_suggestions", "suggestions"
    an_organ("410825-one", short="重名局"), an_organ("410825-two", short="重名局")
    lists = template(clerk, matter, move, field).worksheets[2]
    known = [cell.value for cell in lists["B"]]
    rows = ["县政府", 4, 3, 3], ["重名局（410825-two）", 2, 2, 1]
    status, _ = upload(clerk, matter, saved(template(clerk, matter, move, field), *rows), move, field)

    assert {"县政府", "重名局（410825-one）", "重名局（410825-two）"} <= set(known)
    assert status == 200
    refused = upload(clerk, matter, saved(template(clerk, matter, move, field), ["某局", 4, 3, 3]), move, field)
    assert "第 4 行（B4）：“被建议单位”中的机关不存在或已撤销：某局" in refused[1]


@pytest.mark.parametrize(
    "path", ["act/report_figures/sheet/attachment", "act/accept/sheet/figures", "act/x/sheet/figures"]
)
def test_there_is_no_template_where_nothing_is_asked_in_a_table(clerk, matter, path):
    assert clerk.get(f"{matter}/{path}").status_code == 404


def test_who_has_no_turn_gets_no_template(matter):
    client = Client()
    client.force_login(an_official(an_organ()))
    assert client.get(f"{matter}/act/report_figures/sheet/figures").status_code == 404
