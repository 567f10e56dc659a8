"""An office's own table, as it lies in its Excel file: heads, and rows with the numbers that Excel shows."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from fuyuantong.refusal import Refusal

LARGEST: Final = 5 * 2**20
LARGEST_UNPACKED: Final = 60 * 2**20
MOST_ROWS: Final = 200
MOST_COLUMNS: Final = 60
HEADS_WITHIN: Final = 10
LONGEST_CELL: Final = 4_000

Raw = int | float | str | bool | time | date | datetime | object


class BadTable(Refusal):
    """A file that is no Excel table that can be brought in."""

    key = "bad-table"
    title = "表格不能导入"


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet holds: the heads of its columns, and each row that is not blank with its number in Excel."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def table_in(content: bytes) -> Table:
    """Return the first sheet of a workbook, .xlsx or .xls. Raises: `BadTable`."""
    _require_bearable(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + HEADS_WITHIN + 1)
    except (CalamineError, ValueError, IndexError) as fault:
        raise BadTable(
            "文件不是 Excel 表格，或者已经损坏", remedy="请用 Excel 或 WPS 另存为 .xlsx 后重新上传。"
        ) from fault
    cells = [[_text(cell) for cell in line[:MOST_COLUMNS]] for line in lines]
    place = _place_of_heads(cells)
    heads = cells[place]
    rows = [(place + number + 1, line) for number, line in enumerate(cells[place + 1 :], 1) if any(line)]
    if not rows:
        raise BadTable("表头之下没有内容", remedy="请核对是否选错了文件：内容须在第一个工作表。")
    if len(rows) > MOST_ROWS:
        raise BadTable(f"一次最多导入 {MOST_ROWS} 行", remedy="请分成几个文件上传。")
    width = max(place for place, head in enumerate(heads, 1) if head)
    return Table(tuple(heads[:width]), tuple((number, tuple(_padded(line, width))) for number, line in rows))


def _place_of_heads(cells: Sequence[Sequence[str]]) -> int:
    """Return where the heads are: the fullest of the first lines, for a title often stands above them."""
    filled = [sum(bool(cell) for cell in line) for line in cells[:HEADS_WITHIN]]
    if not filled or max(filled) < 2:
        raise BadTable("没有找到表头", remedy="表头须在前十行之内，每列有名称。")
    return filled.index(max(filled))


def _padded(line: Sequence[str], width: int) -> list[str]:
    return [*line[:width], *[""] * (width - len(line))]


def _text(cell: Raw) -> str:
    """Return a cell as people read it: days as 2026-08-03, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()[:LONGEST_CELL].replace("\0", "")


def _require_bearable(content: bytes) -> None:
    if not 0 < len(content) <= LARGEST:
        raise BadTable(f"文件为 {len(content):,} 字节，应在 5 MB 以内", remedy="请删去图片和多余的工作表。")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise BadTable("文件展开后过大", remedy="请只留要导入的工作表，另存后重新上传。")
