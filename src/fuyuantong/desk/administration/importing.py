"""导入账号: a table is tried out, shown with every fault at its cell, then taken whole."""

from collections.abc import Sequence

from django.core import signing
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.importing import COLUMNS, FaultyImport, Preview, preview, previewed, take, template
from fuyuantong.accounts.workbook import LARGEST, BadWorkbook, Line
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.visit import Visit
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.refusal import Refusal

SALT = "fuyuantong.import"
AN_HOUR = 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def import_template(visit: Visit) -> HttpResponse:
    """Give the workbook to fill in."""
    response = HttpResponse(template(), content_type=XLSX)
    response["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E8%B4%A6%E5%8F%B7%E5%AF%BC%E5%85%A5%E6%A8%A1%E6%9D%BF.xlsx"
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def import_accounts(visit: Visit) -> HttpResponse:
    """Take a table: first to be looked at, then in earnest."""
    if visit.request.method != "POST":
        return _shown(visit, None, None)
    try:
        if "sealed" in visit.request.POST:
            return _taken(visit, _unsealed(visit.request.POST["sealed"]))
        return _previewed(visit)
    except Refusal as refusal:
        return _shown(visit, None, refusal)


def _previewed(visit: Visit) -> HttpResponse:
    file = visit.request.FILES.get("file")
    if file is None or file.size is None or file.size > LARGEST:
        raise BadWorkbook("没有收到文件，或者文件过大", remedy="请选择按模板填写的 .xlsx 文件", field="file")
    return _shown(visit, preview(file.read(), by=visit.account, now=visit.now), None)


def _taken(visit: Visit, lines: Sequence[Line]) -> HttpResponse:
    again = previewed(lines, by=visit.account, now=visit.now)
    if again.faults:
        return _shown(visit, again, None)
    slips = take(lines, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    response = visit.page("desk/administration/sheet.html", {"slips": slips})
    response["Cache-Control"] = "no-store"
    return response


def _shown(visit: Visit, found: Preview | None, refusal: Refusal | None) -> HttpResponse:
    faults: dict[tuple[int, str], str] = (
        {(fault.row, fault.column): fault.reason for fault in found.faults} if found else {}
    )
    rows = [
        {
            "number": line.number,
            "fault": faults.get((line.number, "")),
            "cells": [(column, line.cells[column], faults.get((line.number, column))) for column in COLUMNS],
        }
        for line in (found.lines if found else ())
    ]
    context = {
        "refusal": refusal,
        "found": found,
        "rows": rows,
        "columns": COLUMNS,
        "sealed": _sealed(found.lines) if found and not found.faults else "",
    }
    status = 422 if refusal or (found and found.faults) else 200
    return visit.page("desk/administration/import.html", context, status=status)


def _sealed(lines: Sequence[Line]) -> str:
    rows = [[line.number, *line.cells.values()] for line in lines]
    return signing.dumps(rows, salt=SALT, compress=True)


def _unsealed(sealed: str) -> list[Line]:
    try:
        rows = signing.loads(sealed, salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature as fault:
        raise FaultyImport("核对已超过一小时，或者内容被改动", remedy="请重新上传", field="file") from fault
    return [Line(number, dict(zip(COLUMNS, cells, strict=True))) for number, *cells in rows]
