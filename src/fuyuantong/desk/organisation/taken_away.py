"""通讯录: the organisation of a region as an Excel file."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from urllib.parse import quote

from django.http import FileResponse
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from fuyuantong.desk.ledger.sheet import BOLD, FORMULA, IN_MEMORY, SHADED
from fuyuantong.desk.ledger.taken_away import XLSX
from fuyuantong.desk.organisation.page import ShownSeat, ShownSection, day_asked, place_of, sections_of, sees_phones
from fuyuantong.desk.templatetags.desk import day
from fuyuantong.desk.visit import Visit, at_desk

HEADS: Final = ("序号", "机构", "席位", "专题或事项", "单位", "姓名", "职务或部门", "办公电话", "起始", "说明")
WIDTHS: Final = (6, 16, 12, 18, 22, 14, 26, 18, 14, 40)


@require_safe
@at_desk
def sheet(visit: Visit) -> FileResponse:
    """Give the directory as it is shown, as an Excel file."""
    place, on = place_of(visit, visit.request.GET.get("region", "")), day_asked(visit)
    title = f"{place.region.name}府院联动通讯录"
    rows = _rows(sections_of(place, on=on), phones=sees_phones(visit))
    file = _written(title, f"截至 {day(on)}，由 {visit.account.display_name} 导出", rows)
    name = quote(f"{title}-{on:%Y%m%d}.xlsx")
    return FileResponse(
        file, content_type=XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    )


def _rows(sections: list[ShownSection], *, phones: bool) -> Iterator[tuple[str, ...]]:
    for section in sections:
        for shown in section.seats:
            yield _row(section, shown, phones=phones)


def _row(section: ShownSection, shown: ShownSeat, *, phones: bool) -> tuple[str, ...]:
    seat = shown.seat
    return (
        section.kind.title,
        shown.title,
        seat.theme,
        shown.organ.short if shown.organ else "",
        seat.person,
        seat.post,
        seat.phone if phones else "",
        day(seat.valid_from),
        seat.note,
    )


def _written(title: str, note: str, rows: Iterator[tuple[str, ...]]) -> IO[bytes]:
    book = Workbook()
    sheet = book.create_sheet("通讯录", 0)
    book.remove(book.worksheets[1])
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A4"
    for at, row in enumerate(
        [(title,), (note,), HEADS, *((str(number), *row) for number, row in enumerate(rows, 1))], 1
    ):
        for place, text in enumerate(row, start=1):
            _put(sheet.cell(at, place), text, is_head=row is HEADS)
    sheet["A1"].font = Font(bold=True, size=14)
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def _put(cell: Cell, text: str, *, is_head: bool) -> None:
    """Put words into a cell that stay words, whatever they begin with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type, cell.quotePrefix = "s", text.startswith(FORMULA)
    if is_head:
        cell.font, cell.fill = BOLD, SHADED
