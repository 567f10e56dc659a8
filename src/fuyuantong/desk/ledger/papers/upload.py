"""An office's own table, as it lies in its Excel file: heads, and rows with the numbers that Excel shows."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from fuyuantong.tables.cells import HEADS_WITHIN, NoHeads, place_of_heads, text_of
from fuyuantong.tables.files import BadTable, require_bearable

LARGEST: Final = 5 * 2**20
LARGEST_UNPACKED: Final = 60 * 2**20
MOST_ROWS: Final = 200
MOST_COLUMNS: Final = 60


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
    cells = [[text_of(cell) for cell in line[:MOST_COLUMNS]] for line in lines]
    try:
        place = place_of_heads(cells)
    except NoHeads as fault:
        raise BadTable("没有找到表头", remedy="表头须在前十行之内，每列有名称。") from fault
    heads = cells[place]
    rows = [(place + number + 1, line) for number, line in enumerate(cells[place + 1 :], 1) if any(line)]
    if not rows:
        raise BadTable("表头之下没有内容", remedy="请核对是否选错了文件：内容须在第一个工作表。")
    if len(rows) > MOST_ROWS:
        raise BadTable(f"一次最多导入 {MOST_ROWS} 行", remedy="请分成几个文件上传。")
    width = max(place for place, head in enumerate(heads, 1) if head)
    return Table(tuple(heads[:width]), tuple((number, tuple(_padded(line, width))) for number, line in rows))


def _padded(line: Sequence[str], width: int) -> list[str]:
    return [*line[:width], *[""] * (width - len(line))]


def _require_bearable(content: bytes) -> None:
    if not 0 < len(content) <= LARGEST:
        raise BadTable(f"文件为 {len(content):,} 字节，应在 5 MB 以内", remedy="请删去图片和多余的工作表。")
    require_bearable(io.BytesIO(content), most=LARGEST_UNPACKED)
