"""The ledger of tasks taken away: as an Excel sheet, and on paper; the same rows as on the page, all of them."""

from typing import Final
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.ledger.taken_away import XLSX
from fuyuantong.desk.obligations.asked import CADENCES, Asked
from fuyuantong.desk.obligations.lines import TaskLine, lines_of
from fuyuantong.desk.obligations.page import Found, found_by
from fuyuantong.desk.obligations.sheet import COLUMNS, values_of, written
from fuyuantong.desk.templatetags.desk import minute
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.plans.progress import PROGRESS_TITLES, Progress

TITLE: Final = "府院联动任务台账"


@require_safe
@at_desk
def export(visit: Visit) -> FileResponse:
    """Give the list as it is shown, whole, as an Excel file."""
    lines, title, note = _taken(visit)
    name = quote(f"任务台账-{visit.today:%Y%m%d}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return FileResponse(written(lines, title=title, note=note), content_type=XLSX, headers=headers)


@require_safe
@at_desk
def print_out(visit: Visit) -> HttpResponse:
    """Show the list as it is shown, whole, ready for paper."""
    lines, title, note = _taken(visit)
    return visit.part(
        "desk/obligations/print.html",
        {
            "heads": [name for name, _ in COLUMNS],
            "rows": [values_of(line) for line in lines],
            "title": title,
            "note": note,
            "here": Asked.read(visit.request.GET).address(),
        },
    )


def _taken(visit: Visit) -> tuple[list[TaskLine], str, str]:
    """Return the tasks with their title, and who took what of them when. Raises: `BadFilter`."""
    asked = Asked.read(visit.request.GET)
    found = found_by(visit, asked)
    title = f"{found.plans[0].name}任务台账" if len(found.plans) == 1 else TITLE
    organ = f"{visit.person.organ.short} " if visit.person.organ else ""
    took = f"{organ}{visit.account.display_name} 于 {minute(visit.now)} 取出"
    told = (*_told(asked), f"共 {len(found.wanted)} 项", _share(found), took)
    return lines_of(found.wanted, on=visit.today), title, "；".join(told)


def _share(found: Found) -> str:
    return f"待人工举证 {found.by_hand}/{found.open_ones}"


def _told(asked: Asked) -> list[str]:
    """Return the filters of a list in words."""
    said = {
        "牵头": asked.lead,
        "责任单位": asked.unit,
        "条款": asked.clause,
        "内容含": asked.q,
        "到期不晚于": asked.due,
    }
    words = [f"{name}：{text}" for name, text in said.items() if text]
    words += [f"时限：{CADENCES[asked.cadence]}"] if asked.cadence else []
    words += [f"状态：{PROGRESS_TITLES[Progress(asked.state)]}"] if asked.state else []
    words += ["只有本单位的"] if asked.mine else []
    return words + (["含已销号"] if asked.closed else [])
