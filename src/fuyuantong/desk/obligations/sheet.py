"""The ledger of tasks as an Excel sheet, in the layout that offices use."""

import tempfile
from collections.abc import Sequence
from typing import IO, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fuyuantong.desk.ledger.sheet import plain_text
from fuyuantong.desk.obligations.lines import TaskLine

COLUMNS: Final = (
    ("序号", 6),
    ("事项", 46),
    ("牵头单位", 16),
    ("责任单位", 30),
    ("完成时限", 18),
    ("进展", 56),
    ("状态", 12),
)
HEAD_ROW: Final = 3
CENTERED: Final = frozenset({"序号", "状态"})
THIN: Final = Side(style="thin", color="8A94A0")
BORDER: Final = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADED: Final = PatternFill("solid", fgColor="E8F0FB")


def written(lines: Sequence[TaskLine], *, title: str, note: str) -> IO[bytes]:
    """Write tasks as a workbook and return it, rewound; `note` says what they are, who took them and when."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "任务台账"
    last = get_column_letter(len(COLUMNS))
    for place, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _line(sheet, 1, title, last, Font(bold=True, size=18), height=32)
    _line(sheet, 2, note, last, Font(size=10), height=18)
    for place, (name, _) in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEAD_ROW, place, name)
        cell.font, cell.fill, cell.border = Font(bold=True), SHADED, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center")
    for number, line in enumerate(lines, HEAD_ROW + 1):
        for place, text in enumerate(values_of(line), 1):
            _write(sheet, number, place, text)
    _set_up(sheet, last, HEAD_ROW + len(lines))
    file = tempfile.SpooledTemporaryFile(2 * 2**20)  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def values_of(line: TaskLine) -> tuple[str | int, ...]:
    """Return a task in the seven columns."""
    return (
        line.number,
        f"{line.clause} {line.title}".strip(),
        "、".join(unit.name for unit in line.leads),
        "、".join(unit.name for unit in line.joints),
        line.due,
        f"{line.why}\n{line.note}".strip(),
        line.progress,
    )


def _line(sheet: Worksheet, row: int, text: str, last: str, font: Font, *, height: int) -> None:
    cell = sheet.cell(row, 1, plain_text(text))
    cell.data_type, cell.font = "s", font
    cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(f"A{row}:{last}{row}")
    sheet.row_dimensions[row].height = height


def _write(sheet: Worksheet, row: int, place: int, value: str | int) -> None:
    cell = sheet.cell(row, place, plain_text(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # words that begin like a formula stay words
    is_centered = COLUMNS[place - 1][0] in CENTERED
    cell.alignment = Alignment(horizontal="center" if is_centered else None, vertical="top", wrap_text=True)
    cell.border = BORDER


def _set_up(sheet: Worksheet, last: str, rows: int) -> None:
    """Set the sheet up for paper: A3 landscape, as wide as the page, heads on every page, numbered."""
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{rows}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
