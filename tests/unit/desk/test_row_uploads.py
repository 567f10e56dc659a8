"""Cells of every kind of column, there and back."""

import io

import pytest

from fuyuantong.desk.forms.boxes import Desk, boxes_of
from fuyuantong.desk.forms.row_sheets import Stamp, may_be_a_sheet, written, written_as_text
from fuyuantong.desk.forms.row_uploads import CellsRefused, Expected, rows_in
from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.protocol import Date, File, Flag, Mechanism, Organs, Rows, Text, Time

COLUMNS = (
    Date("on", "日期"),
    Time("at", "时间"),
    Flag("public", "公开"),
    Organs("units", "单位", help="可以几个"),
    Text("words", "说明"),
)
SHEET = Mechanism(
    "made-up", "虚拟", fields=(Rows("rows", "表", COLUMNS), Rows("scans", "件", (File("scan", "扫描件"),)))
)
ORGANS = (OrganTag(1, "one", "甲局", "government"), OrganTag(2, "two", "乙局", "government"))
STAMP = Stamp("made-up", "00ff", "uid", "rows", "某件")
ROW = {"on": "2026-08-03", "at": "09:30", "public": True, "units": ["one", "two"], "words": "-1"}


def box(key, given=None):
    told = {"given": {key: given}, "standing": {}, "faults": (), "desk": Desk(ORGANS, {})}
    return boxes_of(SHEET, asks=(key,), may_ask=(), **told)[0]


def read(*lines):
    """Return the rows of a CSV file under the heads of the template."""
    text = written_as_text(box("rows"), STAMP).getvalue().decode("utf-8-sig")
    file = io.BytesIO((text + "\r\n".join(lines)).encode())
    return rows_in(file, Expected(STAMP, box("rows"), SHEET, {"one", "two"}.__contains__))


def test_what_is_written_is_read_again():
    for write in (written, written_as_text):
        file = write(box("rows", [ROW]), STAMP)
        assert rows_in(file, Expected(STAMP, box("rows"), SHEET, {"one", "two"}.__contains__)) == [ROW]


def test_days_and_names_are_read_as_people_write_them():
    assert read("1,2026年8月3日,9：30,√,甲局，乙局，,-1".replace("甲局，乙局，", '"甲局，乙局"')) == [ROW]


def test_cells_that_do_not_fit_are_told_by_their_place():
    with pytest.raises(CellsRefused) as refused:
        read("1,明天,饭后,也许,丙局,说明")

    assert [fault.partition("：")[0] for fault in refused.value.faults] == [f"第 4 行（{cell}4）" for cell in "BCDE"]


def test_a_table_with_files_is_filled_in_at_the_desk_alone():
    assert (may_be_a_sheet(box("rows")), may_be_a_sheet(box("scans"))) == (True, False)
