"""Templates of tables: a sheet to be filled in away from the desk, that says of itself which form it belongs to."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fuyuantong.desk.forms.boxes import Box, Cell
from fuyuantong.protocol.values import MOST_ROWS

STAMP: Final = "识别行（请勿改动）"
NUMBER: Final = "序号"  # not read: rows are numbered as they stand
SHEET, TOLD, LISTS = "填报", "填写说明", "选项"
HEAD_ROW, FIRST = 3, 2  # the line of the heads, and the column of the first of them that is read
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
FORMATS: Final = {"number": "0", "date": "yyyy-mm-dd"}
WIDEST, NARROWEST = 40, 12
BOTH_WAYS: Final = "utf-8-sig"  # Excel reads a CSV as UTF-8 only with the mark
SHADED: Final = PatternFill("solid", fgColor="E8F0FB")
QUIET: Final = Font(size=9, color="8A94A0")
THIN: Final = Side(style="thin", color="8A94A0")


@dataclass(frozen=True)
class Stamp:
    """Which form a sheet belongs to: declaration by key and digest, matter, field; `title` is for people."""

    mechanism: str
    digest: str
    matter: str
    field: str
    title: str

    def line(self) -> tuple[str, ...]:
        """Return it as the cells of one line."""
        # a digest alone may look like a number to Excel
        return (STAMP, self.mechanism, f"sm3:{self.digest[:16]}", self.matter, self.field, self.title)


def may_be_a_sheet(box: Box) -> bool:
    """Tell whether a table can be filled in away from the desk: rows are free, no column wants a file or a matter."""
    if box.kind != "rows" or box.fixed:
        return False
    return all(cell.box and cell.box.kind not in ("file", "matter") for row in box.rows for cell in row)


def written(box: Box, stamp: Stamp) -> IO[bytes]:
    """Return the template of a table as a workbook, with what stands in its boxes already."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    columns = box.rows[0]
    _write(sheet, 1, 1, f"{stamp.title} · {box.title}").font = Font(bold=True, size=14)
    for place, text in enumerate(stamp.line(), 1):
        _write(sheet, 2, place, text).font = QUIET
    for place, title in enumerate((NUMBER, *(cell.title for cell in columns)), 1):
        head = _write(sheet, HEAD_ROW, place, title)
        head.font, head.fill = Font(bold=True), SHADED
        head.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for number, row in enumerate(_known(box), HEAD_ROW + 1):
        for place, text in enumerate((str(number - HEAD_ROW), *map(_as_typed, row)), 1):
            _write(sheet, number, place, text)
    for place, cell in enumerate(columns, FIRST):
        sheet.column_dimensions[get_column_letter(place)].width = _width(cell)
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    _explain(book.create_sheet(TOLD), columns, stamp)
    _validate(sheet, book.create_sheet(LISTS), columns)
    file = tempfile.SpooledTemporaryFile(2 * 2**20)  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def written_as_text(box: Box, stamp: Stamp) -> IO[bytes]:
    """Return the template as CSV in UTF-8, with the same lines; words that begin like a formula are quoted by a '."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow([f"{stamp.title} · {box.title}"])
    lines.writerow(stamp.line())
    lines.writerow([NUMBER, *(cell.title for cell in box.rows[0])])
    lines.writerows(
        [number, *(_harmless(_as_typed(cell)) for cell in row)] for number, row in enumerate(_known(box), 1)
    )
    return io.BytesIO(text.getvalue().encode(BOTH_WAYS))


def options_of(box: Box) -> list[tuple[str, str]]:
    """Return what may be chosen in a column: the value, and the words for it, no two alike."""
    if box.kind == "choice":
        return list(box.options)
    shorts = [tag.short for tag in box.organs]
    return [
        (tag.code, tag.short if shorts.count(tag.short) == 1 else f"{tag.short}（{tag.code}）") for tag in box.organs
    ]


def _known(box: Box) -> list[tuple[Cell, ...]]:
    return [row for row in box.rows if any(cell.box and (cell.box.value or cell.box.values) for cell in row)]


def _as_typed(cell: Cell) -> str:
    box = cell.box
    if box is None:
        return ""
    words = dict(options_of(box))
    return "、".join(words.get(value, value) for value in (box.values or (box.value,)))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _write(sheet: Worksheet, row: int, place: int, text: str) -> SheetCell:
    """Write words as words, whatever they begin with."""
    cell = sheet.cell(row, place)
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)
    return cell


def _width(cell: Cell) -> int:
    longest = max((len(words) for _, words in options_of(cell.box)), default=0) if cell.box else 0
    return min(max(2 * len(cell.title) + 4, 2 * longest + 4, NARROWEST), WIDEST)


def _explain(sheet: Worksheet, columns: Sequence[Cell], stamp: Stamp) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80
    lines = [
        (stamp.title, ""),
        ("填写", f"在“{SHEET}”工作表的表头之下逐行填写，最多 {MOST_ROWS} 行；表头和识别行请勿改动。"),
        ("上传", "保存后回到本件的办理页，选择这个文件，读入后核对，再提交。读入本身不提交任何内容。"),
        ("限于本件", "模板只用于这一件；另一期、另一件请另行下载。"),
        *((cell.title, _rule_of(cell.box)) for cell in columns if cell.box),
    ]
    for number, line in enumerate(lines, 1):
        for place, text in enumerate(line, 1):
            written_cell = _write(sheet, number, place, text)
            written_cell.alignment = Alignment(wrap_text=True, vertical="top")
            if place == 1:
                written_cell.font = Font(bold=True)


def _rule_of(box: Box) -> str:
    """Return in words what a column takes."""
    match box.kind:
        case "choice":
            said = f"选填其一：{'、'.join(words for _, words in box.options)}"
        case "number":
            said = f"整数{f'，单位：{box.unit}' if box.unit else ''}"
        case "date":
            said = "日期，如 2026-08-03"
        case "time":
            said = "时刻，如 09:30"
        case "organ":
            said = "从列表中选一个单位，或填写单位简称"
        case "organs":
            said = "单位简称，几个单位之间用顿号隔开"
        case _:
            said = f"文字，不超过 {box.at_most} 字"
    return f"{said}。{box.help}" if box.help else f"{said}。"


def _validate(sheet: Worksheet, lists: Worksheet, columns: Sequence[Cell]) -> None:
    """Let Excel itself help: lists to choose from, whole numbers, days."""
    for place, cell in enumerate(columns, FIRST):
        letter, box = get_column_letter(place), cell.box
        if box is None:
            continue
        last = HEAD_ROW + MOST_ROWS
        for row in range(HEAD_ROW + 1, last + 1):
            sheet.cell(row, place).number_format = FORMATS.get(box.kind, "@")
        for check in _checks(box, lists, place):
            check.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
            sheet.add_data_validation(check)
    lists.sheet_state = "hidden"


def _checks(box: Box, lists: Worksheet, place: int) -> Iterator[DataValidation]:
    told = {"allow_blank": True, "showErrorMessage": True, "errorTitle": box.title, "error": _rule_of(box)[:200]}
    if box.kind in ("choice", "organ"):
        words = [words for _, words in options_of(box)]
        for row, text in enumerate(words, 1):
            _write(lists, row, place, text)
        letter = get_column_letter(place)
        if words:
            area = f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(words)}"
            yield DataValidation(type="list", formula1=area, **told)
    elif box.kind == "number":
        yield DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", **told)
    elif box.kind == "date":
        yield DataValidation(type="date", operator="greaterThan", formula1="36526", **told)
