"""Reading a CSV file strictly: UTF-8, the exact header, the right number of cells, and a place for every fault."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from fuyuantong.refusal import Refusal

Kind = TypeVar("Kind", bound=StrEnum)


class BadCell(Refusal):
    """Refuse the content of one cell; `field` is its column."""

    key = "bad-cell"
    title = "单元格内容有误"
    remedy = "请在文件中更正后重新导入。"


@dataclass(frozen=True, slots=True)
class RowFault:
    """Where a file is wrong and why; the header is row 1, column is empty where it is not one cell's fault."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.row} 行{self.column and f' {self.column} 列'}：{self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def day(self, column: str) -> date:
        """Return a cell as a date. Raises: `BadCell`."""
        try:
            return datetime.strptime(self[column], "%Y-%m-%d").date()
        except ValueError:
            raise BadCell(f"{self[column][:20]!r} 不是 YYYY-MM-DD 格式的日期", field=column) from None

    def yes(self, column: str) -> bool:
        """Return whether a cell says yes. Raises: `BadCell` unless it is yes or no."""
        if self[column] not in ("yes", "no"):
            raise BadCell(f"{self[column][:20]!r} 应为 yes 或 no", field=column)
        return self[column] == "yes"

    def one_of(self, column: str, kinds: type[Kind]) -> Kind:
        """Return a cell as a word of a vocabulary. Raises: `BadCell`."""
        try:
            return kinds(self[column])
        except ValueError:
            raise BadCell(f"{self[column][:20]!r} 应为 {'、'.join(kinds)} 之一", field=column) from None

    def fault(self, column: str, reason: str) -> RowFault:
        """Return a fault of this row; the column is left out if the file has none of that name."""
        return RowFault(self.file, self.number, column if column in self.cells else "", reason)


def read_table(path: Path, columns: Sequence[str]) -> tuple[list[Row], list[RowFault]]:
    """
    Return the rows of a CSV file and the faults of its form; blank lines count as rows but are left out.

    Shape: UTF-8 with or without a mark, comma, first row exactly `columns`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return [], [RowFault(path.name, 1, "", "文件不存在")]
    except UnicodeDecodeError as fault:
        return [], [RowFault(path.name, 1, "", f"不是 UTF-8 编码（第 {fault.start + 1} 字节起）")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as fault:
        return [], [RowFault(path.name, reader.line_num, "", f"不是合法的 CSV：{fault}")]
    if not lines or lines[0][1] != list(columns):
        return [], [RowFault(path.name, 1, "", f"表头应为 {','.join(columns)}")]
    return _split(path.name, columns, lines[1:])


def _split(file: str, columns: Sequence[str], lines: list[tuple[int, list[str]]]) -> tuple[list[Row], list[RowFault]]:
    rows, faults = [], []
    for number, cells in lines:
        if len(cells) == len(columns):
            rows.append(Row(file, number, dict(zip(columns, cells, strict=True))))
        elif cells:
            faults.append(RowFault(file, number, "", f"应有 {len(columns)} 列，实有 {len(cells)} 列"))
    return rows, faults
