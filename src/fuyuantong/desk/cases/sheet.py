"""The list of cases as an Excel sheet, written row by row."""

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fuyuantong.desk.cases.shown import outcome_title
from fuyuantong.desk.cases.shown import written as typed
from fuyuantong.desk.ledger.cells import Cell
from fuyuantong.desk.ledger.sheet import BOLD, IN_MEMORY, SHADED, cell_of
from fuyuantong.matters.sight import Reader
from fuyuantong.registers.cases.columns import PASSED_TITLES
from fuyuantong.registers.cases.listing import LARGEST_PAGE, CaseFilters, CaseRow, cases
from fuyuantong.registers.cases.models.case import CaseEvent

MOST_EXPORTED: Final = 10_000
HEAD_ROWS: Final = 3
COLUMNS: Final = (
    ("案号", 26), ("审级", 8), ("法院", 26), ("案由", 18), ("原告", 24), ("被告", 30), ("立案日期", 12), ("送达日期", 22),
    ("答辩日期", 22), ("开庭日期", 22), ("负责人出庭", 22), ("结案日期", 12), ("结案方式", 26), ("败诉", 8), ("败诉原因", 22), ("被告改变行为", 12), ("生效日期", 12),
    ("文书公开", 10), ("去向", 10),
)  # fmt: skip


def written(reader: Reader, filters: CaseFilters, *, losses: frozenset[str], note: str) -> IO[bytes]:
    """Write the cases of a list as a workbook and return it, rewound."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("行政案件")
    for place, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{HEAD_ROWS + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A3
    sheet.append([cell_of(sheet, "行政案件", font=BOLD)])
    sheet.append([cell_of(sheet, note)])
    sheet.append([cell_of(sheet, title, font=BOLD, fill=SHADED) for title, _ in COLUMNS])
    for rows in _pages(reader, filters):
        said = _said(rows)
        for row in rows:
            sheet.append([cell_of(sheet, value) for value in _values(row, said.get(row.id, {}), losses)])
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def _pages(reader: Reader, filters: CaseFilters) -> Iterator[Sequence[CaseRow]]:
    place = None
    while True:
        page = cases(reader, filters, after=place, size=LARGEST_PAGE)
        yield page.rows
        if page.after is None:
            return
        place = page.after


def _said(rows: Sequence[CaseRow]) -> dict[int, dict[str, Any]]:
    """Return what the last statement says of each of these cases."""
    last = CaseEvent.objects.filter(case__in=[row.id for row in rows]).order_by("case_id", "-seq").distinct("case_id")
    return dict(last.values_list("case_id", "said"))


def _values(row: CaseRow, said: dict[str, Any], losses: frozenset[str]) -> tuple[Cell, ...]:
    lost = "" if not row.outcome else "是" if row.outcome in losses else "否"
    disclosed = {True: "是", False: "否", None: ""}[row.disclosed]
    return (
        row.number, row.instance, row.court, row.cause, row.plaintiffs, row.defendants, row.filed_on,
        *(typed(key, said.get(key, [])) for key in ("served", "answered", "hearings", "heads")), row.decided_on,
        outcome_title(row.outcome), lost, typed("loss_reason", said.get("loss_reason", "")),
        typed("changed_act", said.get("changed_act", "")), row.effective_on, disclosed, PASSED_TITLES.get(row.passed, ""),
    )  # fmt: skip
