"""A list as an Excel sheet, written row by row into a file that does not stay in memory."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from fuyuantong.desk.ledger.cells import VALUES, Cell, time_left_of
from fuyuantong.desk.ledger.columns import Column
from fuyuantong.desk.ledger.whole import Whole

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
IN_MEMORY: Final = 2 * 2**20
HEAD_ROWS: Final = 4
LEFT: Final = Column("left", "剩余", 16)
BOLD: Final = Font(bold=True)
SHADED: Final = PatternFill("solid", fgColor="E8F0FB")


def written(whole: Whole, *, title: str, notes: Sequence[str]) -> IO[bytes]:
    """Write a list as a workbook and return it, rewound; `notes` say what it is, who took it and when."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    columns = with_time_left(whole.columns)
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = f"A{HEAD_ROWS + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROWS}:{get_column_letter(len(columns))}{HEAD_ROWS + whole.n}"
    sheet.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A3
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    for row in _head(sheet, columns, title, notes):
        sheet.append(row)
    for line in whole.lines():
        sheet.append(
            [cell_of(sheet, time_left_of(line) if column is LEFT else VALUES[column.key](line)) for column in columns]
        )
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def with_time_left(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with one for the words beside the due date, which a sheet keeps as a date alone."""
    return tuple(found for column in columns for found in ((column, LEFT) if column.key == "due" else (column,)))


def _head(
    sheet: WriteOnlyWorksheet, columns: Sequence[Column], title: str, notes: Sequence[str]
) -> Iterator[list[WriteOnlyCell]]:
    yield [cell_of(sheet, title, font=Font(bold=True, size=14))]
    yield from ([cell_of(sheet, note)] for note in notes)
    yield [cell_of(sheet, column.title, font=BOLD, fill=SHADED) for column in columns]


def cell_of(
    sheet: WriteOnlyWorksheet, value: Cell, *, font: Font | None = None, fill: PatternFill | None = None
) -> WriteOnlyCell:
    text = plain_text(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, text)
    if isinstance(text, str):
        # what begins like a formula is words to us, and must stay words in whatever opens the sheet
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)
    elif isinstance(text, date):
        cell.number_format = "yyyy-mm-dd"
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    if isinstance(text, str) and font is None:
        cell.alignment = Alignment(vertical="top", wrap_text=len(text) > 16)
    return cell


def plain_text(text: str) -> str:
    """Return text without what no sheet can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
