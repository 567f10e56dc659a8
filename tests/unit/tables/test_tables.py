"""Tables that people bring are read row by row, whatever program wrote them."""

from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from fuyuantong.tables import files
from fuyuantong.tables.cells import LONGEST_CELL, Unread, day_of, flag_of, text_of, time_of
from fuyuantong.tables.files import BadTable, lines_of

HEADS = ("案号", "被告", "立案")
TEXT = "二〇二三年收案\n案号, 被告 ,\n（2023）豫0825行初1号,县公安局\n,,\n（2023）豫0825行初2号,县\0公安局,余,多\n"


def book(*rows):
    made, file = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_whatever_encoding_it_comes(encoding):
    file = BytesIO(TEXT.encode(encoding))
    found = lines_of(file, known=HEADS)

    assert found.heads == ("案号", "被告")
    assert list(found.rows) == [(3, ["（2023）豫0825行初1号", "县公安局"]), (5, ["（2023）豫0825行初2号", "县公安局"])]
    assert not file.closed


def test_a_workbook_keeps_the_numbers_of_its_rows():
    found = lines_of(book((), ("案号", "立案", "备注"), ("甲", date(2026, 8, 3)), (), ("乙", None, 2.0)), known=HEADS)

    assert found.heads == ("案号", "立案", "备注")
    assert list(found.rows) == [(3, ["甲", "2026-08-03", ""]), (5, ["乙", "", "2"])]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0 字节"),
        (b"PK\x03\x04 no book", "不是 Excel 表格"),
        ("一个词\n".encode(), "没有找到表头"),
        (b"a,b\n\xff\xff\xff\n", "编码"),
        (b"a,b\n" + b'"' + b"c" * 200_000 + b'"', "编码"),
    ],
)
def test_what_is_no_table_is_refused(content, said):
    with pytest.raises(BadTable, match=said):
        list(lines_of(BytesIO(content), known=("a", "b")).rows)


def test_who_stops_reading_may_close_the_file():
    file = BytesIO("案号,被告\n1,甲\n".encode())
    lines = lines_of(file, known=("案号", "被告"))
    file.close()

    lines.rows.close()


def test_a_book_that_unpacks_beyond_measure_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 9)
    with pytest.raises(BadTable, match="展开后过大"):
        lines_of(book(("甲", "乙")), known=HEADS)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 字\0 ", "字"),
        ("长" * 5_000, "长" * LONGEST_CELL),
        (datetime(2026, 8, 3, 9, 30), "2026-08-03 09:30"),
        (datetime(2026, 8, 3), "2026-08-03"),
        (time(9, 30), "09:30:00"),
        (True, "是"),
        (False, "否"),
        (2.5, "2.5"),
    ],
)
def test_a_cell_is_what_it_shows(cell, text):
    assert text_of(cell) == text


def test_days_and_flags_are_read_or_refused():
    assert (day_of("2026年8月3日"), flag_of("是"), flag_of("N")) == ("2026-08-03", True, False)
    for read, text in ((day_of, "今天"), (day_of, "2026-13-01"), (flag_of, "也许")):
        with pytest.raises(Unread):
            read(text)


@pytest.mark.parametrize("text", ["09:30", "9：30", "9时30分", "9点30分", "09:30:00"])
def test_a_time_is_read_however_it_is_written(text):
    assert time_of(text) == "09:30"


@pytest.mark.parametrize("text", ["上午", "25:00", "9:60", ""])
def test_what_is_no_time_is_told(text):
    with pytest.raises(Unread, match="不是时刻"):
        time_of(text)


def test_a_full_hour_needs_no_minutes():
    assert (time_of("9时"), time_of("15点")) == ("09:00", "15:00")
