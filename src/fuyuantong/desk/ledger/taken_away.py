"""The ledger taken away: as an Excel sheet, and on paper."""

from typing import Final
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.ledger.asked import Asked
from fuyuantong.desk.ledger.columns import columns_of
from fuyuantong.desk.ledger.page import asked_of
from fuyuantong.desk.ledger.sheet import written
from fuyuantong.desk.ledger.told import told
from fuyuantong.desk.ledger.whole import whole
from fuyuantong.desk.templatetags.desk import minute
from fuyuantong.desk.visit import Visit, at_desk

MOST_EXPORTED: Final = 10_000
MOST_PRINTED: Final = 2_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@at_desk
def export(visit: Visit) -> FileResponse:
    """Give the list as it is shown, whole, as an Excel file."""
    asked = Asked.read(visit.request.GET)
    with visit.reading() as reader:
        question = asked_of(visit, asked)
        found = whole(reader, question, columns_of(visit.account), now=visit.now, most=MOST_EXPORTED)
        notes = (told(asked, question, on=visit.today), _taken(visit, found.n))
        file = written(found, title="府院联动事项台账", notes=notes)
    name = quote(f"台账-{visit.today:%Y%m%d}.xlsx")
    return FileResponse(
        file, content_type=XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    )


@require_safe
@at_desk
def print_out(visit: Visit) -> HttpResponse:
    """Show the list as it is shown, whole, ready for paper."""
    asked = Asked.read(visit.request.GET)
    with visit.reading() as reader:
        question = asked_of(visit, asked)
        columns = columns_of(visit.account)
        found = whole(reader, question, columns, now=visit.now, most=MOST_PRINTED)
        return visit.part(
            "desk/ledger/print.html",
            {
                "lines": list(found.lines()),
                "columns": columns,
                "show": dict.fromkeys((column.key for column in columns), True),
                "told": told(asked, question, on=visit.today),
                "taken": _taken(visit, found.n),
                "here": asked.address(),
            },
        )


def _taken(visit: Visit, n: int) -> str:
    """Return who took a list, when, and how long it is."""
    organ = f"{visit.person.organ.short} " if visit.person.organ else ""
    return f"共 {n:,} 件；{organ}{visit.account.display_name} 于 {minute(visit.now)} 取出"
