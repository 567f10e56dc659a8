"""Excel workbooks with one table: written as a template, read strictly, as the text that people see in the cells."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from fuyuantong.refusal import Refusal

MOST_ROWS: Final = 2_000
LARGEST: Final = 5 * 1024 * 1024
LARGEST_UNPACKED: Final = 50 * 1024 * 1024


class BadWorkbook(Refusal):
    """Refuse a file that is no workbook with the expected table."""

    key = "bad-workbook"
    title = "表格无法读取"


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not blank: its number as Excel shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def workbook_of(columns: Mapping[str, str], *, examples: Sequence[Sequence[str]], notes: Sequence[str]) -> bytes:
    """Return a workbook whose first row names the columns, with examples below; what each means stands on sheet two."""
    book = Workbook()
    table = book.active
    table.title = "填写"
    table.append(list(columns))
    for example in examples:
        table.append(list(example))
    for cell in table[1]:
        cell.font = Font(bold=True)
        table.column_dimensions[cell.column_letter].width = 22
    table.freeze_panes = "A2"
    help_sheet = book.create_sheet("填写说明")
    for title, meaning in columns.items():
        help_sheet.append([title, meaning])
    for note in notes:
        help_sheet.append(["", note])
    help_sheet.column_dimensions["A"].width = 16
    help_sheet.column_dimensions["B"].width = 90
    for row in help_sheet.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def lines_of(content: bytes, *, columns: Sequence[str]) -> list[Line]:
    """
    Return the rows of the first sheet of a workbook, blank ones left out.

    Shape: the first row is exactly `columns`; whole numbers and dates come as they are written on paper.
    Raises: `BadWorkbook` if it is none, too large, or its first row is another.
    """
    _check_size(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=len(columns), values_only=True))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError) as fault:
        raise _bad("文件不是 Excel 工作簿（.xlsx），或者已经损坏") from fault
    if not rows or [_text(cell) for cell in rows[0]] != list(columns):
        raise _bad(f"第一行应为：{'、'.join(columns)}")
    if len(rows) > MOST_ROWS + 1:
        raise _bad(f"一次最多导入 {MOST_ROWS} 行")
    lines = [
        Line(number, dict(zip(columns, map(_text, row), strict=True))) for number, row in enumerate(rows[1:], start=2)
    ]
    return [line for line in lines if any(line.cells.values())]


def _check_size(content: bytes) -> None:
    if len(content) > LARGEST:
        raise _bad(f"文件超过 {LARGEST // 1024 // 1024} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise _bad("文件不是 Excel 工作簿（.xlsx），或者已经损坏") from fault
    if unpacked > LARGEST_UNPACKED:
        raise _bad("文件解压后过大")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d")
    return str(cell).strip()


def _bad(reason: str) -> BadWorkbook:
    return BadWorkbook(reason, remedy="请下载模板，按模板填写后重新上传", field="file")
