"""导入任务台账: an office brings its own Excel ledger in, sees what is wrong cell by cell, and confirms."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.services.files import clean_name, path_of, store_file
from fuyuantong.organs.models import Organ
from fuyuantong.plans.queries.ledger import due_words
from fuyuantong.plans.services.guarding import office_of
from fuyuantong.plans.services.importing import LedgerTable, import_ledger
from fuyuantong.plans.task_table import COLUMN_TITLES, HEADS, TaskRead, guessed, missing, read_row
from fuyuantong.plans.unit_organs import organs_of_units
from fuyuantong.refusal import Refusal
from fuyuantong.tables.files import BadTable, Lines, lines_of

KEPT: Final = "task-table"
LARGEST: Final = 5 * 2**20
MOST_ROWS: Final = 500
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Table:
    """The table that waits for confirmation: its heads and rows, and which column stands for what."""

    kept: Mapping[str, Any]
    heads: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]]

    @property
    def meanings(self) -> dict[int, str]:
        """Return which column stands for what, as chosen, else as the heads say."""
        chosen = self.kept.get("meanings")
        return {int(place): key for place, key in chosen.items()} if chosen is not None else guessed(self.heads)

    def tasks(self) -> list[TaskRead]:
        """Return every row as a task."""
        meanings = self.meanings
        return [
            read_row(number, {key: cells[place] for place, key in meanings.items() if cells[place]})
            for number, cells in self.rows
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def ledger_import(visit: Visit) -> HttpResponse:
    """Take a table; then show what its columns stand for and what is wrong."""
    office = office_of(visit.account, now=visit.now)
    refusal = None
    if visit.request.method == "POST":
        try:
            _bring(visit)
            return redirect("tasks-import")
        except Refusal as found:
            refusal = found
    kept = visit.request.session.get(KEPT)
    if kept is None or refusal:
        context = {"refusal": refusal, "most": MOST_ROWS, "name": visit.request.POST.get("name", "")}
        return visit.page("desk/obligations/import.html", context)
    return _shown(visit, _table(kept), office)


@require_POST
@at_desk
def ledger_columns(visit: Visit) -> HttpResponse:
    """Say what the columns stand for, and which rows stay out."""
    given, session = visit.request.POST, visit.request.session
    if kept := session.get(KEPT):
        meanings: dict[str, str] = {}
        for place in range(len(_table(kept).heads)):
            key = given.get(f"column-{place}", "")
            if key in COLUMN_TITLES and key not in meanings.values():
                meanings[str(place)] = key
        out = [int(number) for number in given.getlist("left_out") if number.isascii() and number.isdecimal()]
        session[KEPT] = {**kept, "meanings": meanings, "left_out": out}
    return redirect("tasks-import")


@require_POST
@at_desk
def ledger_confirm(visit: Visit) -> HttpResponse:
    """Take the rows, all or none; or throw the table away."""
    office = office_of(visit.account, now=visit.now)
    kept = visit.request.session.get(KEPT)
    if kept is None:
        return redirect("tasks-import")
    if "away" in visit.request.POST:
        del visit.request.session[KEPT]
        messages.success(visit.request, f"已放弃“{kept['file_name']}”，没有导入任何任务。")
        return redirect("tasks-import")
    table = _table(kept)
    wanted = [task for task in table.tasks() if task.number not in kept["left_out"]]
    ready = LedgerTable(digest=kept["digest"], file_name=kept["file_name"], name=kept["name"], tasks=wanted)
    try:
        plan, published = import_ledger(ready, by=visit.account, now=visit.now)
    except Refusal as refusal:
        return _shown(visit, table, office, refusal=refusal)
    del visit.request.session[KEPT]
    unknown = f"；“{'、'.join(published.unmapped)}”还没有对应到单位" if published.unmapped else ""
    messages.success(visit.request, f"已导入 {published.new} 项任务{unknown}。")
    return redirect(f"{reverse('tasks')}?plan={plan.uid}&closed=1")


def _bring(visit: Visit) -> None:
    """Store the file and remember it. Raises: `BadTable`, `BadFile`, `NotKept`."""
    file = visit.request.FILES.get("file")
    if file is None or file.size is None or file.size > LARGEST:
        raise BadTable(
            "没有收到文件，或者文件超过 5 MB", remedy="请选择 Excel 文件（.xlsx 或 .xls）或者 CSV。", field="file"
        )
    content = file.read()
    _read(content)
    name = clean_name(file.name or "")
    visit.request.session[KEPT] = {
        "digest": store_file(content, mime=XLSX, now=visit.now),
        "file_name": name,
        "name": visit.request.POST.get("name", "").strip() or name.rsplit(".", 1)[0],
        "left_out": [],
    }


def _read(content: bytes) -> tuple[Lines, list[tuple[int, Sequence[str]]]]:
    """Return the table in a file, all of its rows. Raises: `BadTable`."""
    lines = lines_of(io.BytesIO(content), known=HEADS)
    rows = []
    for row in lines.rows:
        if len(rows) == MOST_ROWS:
            raise BadTable(f"一次最多导入 {MOST_ROWS} 行", remedy="请分成几个文件上传。", field="file")
        rows.append(row)
    if not rows:
        raise BadTable("表头之下没有内容", remedy="请核对是否选错了文件：内容须在第一个工作表。", field="file")
    return lines, rows


def _table(kept: Mapping[str, Any]) -> Table:
    with default_storage.open(path_of(kept["digest"])) as file:
        lines, rows = _read(file.read())
    return Table(kept, lines.heads, rows)


def _shown(visit: Visit, table: Table, office: Organ, *, refusal: Refusal | None = None) -> HttpResponse:
    kept, meanings, tasks = table.kept, table.meanings, table.tasks()
    out = set(kept["left_out"])
    names = {unit.name for task in tasks for unit in task.wording.units}
    organs = organs_of_units(names, region_code=office.region_code, on=visit.today)
    wrong = [task for task in tasks if task.faults and task.number not in out]
    context: dict[str, Any] = {
        "kept": kept,
        "missing": missing(meanings.values()),
        "targets": list(COLUMN_TITLES.items()),
        "columns": [
            {"place": place, "head": head, "meaning": meanings.get(place, ""), "sample": _sample(table, place)}
            for place, head in enumerate(table.heads)
        ],
        "rows": [
            {
                "task": task,
                "left_out": task.number in out,
                "due": "；".join(due_words(due.type, due.on, due.raw) for due in task.wording.dues),
                "unknown": [unit.name for unit in task.wording.units if not organs[unit.name]],
            }
            for task in tasks
        ],
        "wrong": len(wrong),
        "ready": len(tasks) - len(out),
        "done": sum(task.is_done for task in tasks if task.number not in out),
        "refusal": refusal,
    }
    return visit.page("desk/obligations/import_table.html", context)


def _sample(table: Table, place: int) -> str:
    return next((cells[place] for _, cells in table.rows if cells[place]), "")
