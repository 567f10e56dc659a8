"""补录: an office brings its own table of running matters in, sees what is wrong cell by cell, and confirms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.ledger.models import PaperTable
from fuyuantong.desk.ledger.papers import tables
from fuyuantong.desk.ledger.papers.targets import ROLE, SINCE, STATE, sections
from fuyuantong.desk.ledger.papers.upload import LARGEST, MOST_ROWS
from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.protocol import Mechanism
from fuyuantong.refusal import Refusal
from fuyuantong.tables.files import BadTable

SHOWN = 20


class NoOrgan(Refusal):
    """Only who acts for an organ brings its papers in."""

    key = "no-organ"
    title = "不能补录"


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def papers(visit: Visit) -> HttpResponse:
    """Show the tables of the organ, and take a new one."""
    organ = _organ(visit)
    refusal = None
    if visit.request.method == "POST":
        try:
            return redirect("papers-table", table=_brought(visit).pk)
        except Refusal as found:
            refusal = found
    context = {
        "tables": tables.tables_of(organ.id)[:SHOWN],
        "mechanisms": MECHANISMS.values(),
        "mechanism": visit.request.POST.get("mechanism", ""),
        "most": MOST_ROWS,
        "refusal": refusal,
    }
    return visit.page("desk/ledger/papers.html", context)


@require_safe
@at_desk
def table(visit: Visit, table: UUID) -> HttpResponse:
    """Show what the columns stand for and what is wrong; or, when it has been taken, what came of it."""
    found = tables.table_of(_organ(visit).id, table)
    if found.taken_at is None and found.looked_at is None:
        tables.look_at(found, by=visit.by(), now=visit.now)
    return visit.page("desk/ledger/papers_table.html", _shown(found))


@require_POST
@at_desk
def understand(visit: Visit, table: UUID) -> HttpResponse:
    """Say what the columns stand for and which rows stay out."""
    given = visit.request.POST
    found = tables.table_of(_organ(visit).id, table)
    meanings = {place: given.get(f"column-{place}", "") for place in range(len(found.heads))}
    everywhere = {key.removeprefix("all-"): given[key].strip() for key in given if key.startswith("all-")}
    left_out = [int(number) for number in given.getlist("left_out") if number.isascii() and number.isdecimal()]
    tables.understand(found, meanings, everywhere, left_out, by=visit.by(), now=visit.now)
    return redirect("papers-table", table=found.pk)


@require_POST
@at_desk
def confirm(visit: Visit, table: UUID) -> HttpResponse:
    """Take the rows, all or none."""
    found = tables.table_of(_organ(visit).id, table)
    outcome = tables.confirm(found, by=visit.by(), now=visit.now)
    if outcome.faults:
        messages.warning(visit.request, "有内容在核对之后发生了变化，一件都没有补录，请按下表更正。")
    else:
        messages.success(visit.request, f"已补录 {len(outcome.taken)} 件。")
    return redirect("papers-table", table=found.pk)


@require_POST
@at_desk
def throw_away(visit: Visit, table: UUID) -> HttpResponse:
    """Throw the table away; nothing of it was taken."""
    found = tables.table_of(_organ(visit).id, table)
    tables.throw_away(found)
    messages.success(visit.request, f"已放弃“{found.file_name}”，没有补录任何事项。")
    return redirect("papers")


def _brought(visit: Visit) -> PaperTable:
    file = visit.request.FILES.get("file")
    if file is None or file.size is None or file.size > LARGEST:
        raise BadTable("没有收到文件，或者文件超过 5 MB", remedy="请选择 Excel 文件（.xlsx 或 .xls）。", field="file")
    mechanism = visit.request.POST.get("mechanism", "")
    if mechanism not in MECHANISMS:
        raise BadTable("没有选定机制", remedy="一张表只补录一种机制的事项，请先选定。", field="mechanism")
    return tables.bring_table(file.read(), file.name or "", mechanism, by=visit.by(), now=visit.now)


def _organ(visit: Visit) -> OrganTag:
    if visit.person.organ is None:
        raise NoOrgan("您没有可办理事项的职务", remedy="请由本单位的经办人补录。")
    return visit.person.organ


def _shown(found: PaperTable) -> dict[str, Any]:
    mechanism = MECHANISMS[found.mechanism]
    meanings = {int(place): target for place, target in found.meanings.items()}
    wrong: dict[int, dict[str, dict[str, Any]]] = {}
    for fault in found.faults:
        wrong.setdefault(fault["row"], {})[fault["target"]] = fault
    out = set(found.left_out)
    every = sections(mechanism)
    return {
        "table": found,
        "mechanism": mechanism,
        "missing": tables.missing(found),
        "sections": every,
        "columns": [
            {"place": place, "head": head, "meaning": meanings.get(place, ""), "sample": _sample(found, place)}
            for place, head in enumerate(found.heads)
        ],
        "everywhere": [
            {"target": target, "text": found.everywhere.get(target.key, ""), "options": _options(mechanism, target.key)}
            for section in every
            for target in section.targets
            if target.key in (STATE, SINCE) or target.key.startswith(ROLE)
        ],
        "rows": [
            _row(number, cells, meanings, wrong.get(number, {}), left_out=number in out) for number, cells in found.rows
        ],
        "wrong": len(wrong),
        "ready": len(found.rows) - len(out),
    }


def _row(
    number: int, cells: list[str], meanings: dict[int, str], faults: dict[str, Any], *, left_out: bool
) -> dict[str, Any]:
    shown = [{"text": text, "fault": faults.get(meanings.get(place, "-"))} for place, text in enumerate(cells)]
    in_columns = set(meanings.values())
    others = [fault for target, fault in faults.items() if target not in in_columns]
    return {"number": number, "cells": shown, "others": others, "left_out": left_out, "wrong": bool(faults)}


def _sample(found: PaperTable, place: int) -> str:
    return next((cells[place] for _, cells in found.rows if cells[place]), "")


def _options(mechanism: Mechanism, key: str) -> list[str]:
    return [state.title for state in mechanism.states] if key == STATE else []
