"""案件导入: a court brings a file of cases, sees what is wrong cell by cell and what would change, and confirms."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fuyuantong.accounts.workbook import workbook_of
from fuyuantong.desk.cases.shown import changes_of
from fuyuantong.desk.ledger.taken_away import XLSX
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.docket.outcomes import outcomes
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.columns import COLUMNS, NOTES
from fuyuantong.registers.cases.models.feed import FedRow, Feed
from fuyuantong.registers.cases.services.feeding import (
    NoSuchFeed,
    NotACourt,
    bring_feed,
    confirm_feed,
    look_again,
    throw_away,
)
from fuyuantong.registers.cases.staging import counts_of, faults_of, unmapped
from fuyuantong.tables.files import BadTable

SHOWN = 20
VERDICTS = ("new", "changed", "same", "faulty", "reopens", "contradicts")
MOST_FAULTS, MOST_CHANGED, MOST_UNMAPPED = 200, 50, 50


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def feeds(visit: Visit) -> HttpResponse:
    """Show the files of the court, and take a new one."""
    refusal = None
    if visit.request.method == "POST":
        try:
            file = visit.request.FILES.get("file")
            if file is None:
                raise BadTable("没有收到文件", remedy="请选择 Excel 或 CSV 文件。", field="file")
            found = bring_feed(file.file, file.name or "", by=visit.by(), now=visit.now)
            return redirect("case-feed", feed=found.pk)
        except Refusal as wrong:
            refusal = wrong
    with visit.reading():
        organ = _court(visit)
        context = {
            "feeds": list(
                Feed.objects.filter(organ=organ).select_related("account").order_by("-created_at", "pk")[:SHOWN]
            ),
            "columns": COLUMNS,
            "notes": NOTES,
            "refusal": refusal,
        }
        return visit.page("desk/cases/feeds.html", context)


@require_safe
@at_desk
def feed_template(visit: Visit) -> HttpResponse:
    """Give the workbook to fill in, made from the columns."""
    ends = "、".join(f"{outcome.code} {outcome.title}" for outcome in outcomes().values())
    content = workbook_of(
        {column.title: column.help for column in COLUMNS}, examples=(), notes=(*NOTES, f"结案方式可写：{ends}。")
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('案件导入模板.xlsx')}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def feed(visit: Visit, feed: UUID) -> HttpResponse:
    """Show what would come of a file, and take it when that is said."""
    refusal = None
    with visit.reading():
        found = _feed(visit, feed)
    if visit.request.method == "POST":
        given = visit.request.POST
        try:
            done = confirm_feed(
                found,
                good_only="good_only" in given,
                reopen="reopen" in given,
                override="override" in given,
                by=visit.by(),
                now=visit.now,
            )
        except Refusal as wrong:
            refusal = wrong
        else:
            messages.success(visit.request, f"已登记或者更正 {done.taken:,} 个案件。")
            return redirect("case-feed", feed=feed)
    with visit.reading():
        context = {"feed": found, "refusal": refusal, **_looked(found)}
        return visit.page("desk/cases/feed.html", context)


@require_POST
@at_desk
def feed_again(visit: Visit, feed: UUID) -> HttpResponse:
    """Look at a file once more, as the register stands now."""
    with visit.reading():
        found = _feed(visit, feed)
    look_again(found, by=visit.by(), now=visit.now)
    messages.success(visit.request, "已按现在的登记内容重新核对。")
    return redirect("case-feed", feed=feed)


@require_POST
@at_desk
def feed_away(visit: Visit, feed: UUID) -> HttpResponse:
    """Throw a file away; nothing of it was taken."""
    with visit.reading():
        found = _feed(visit, feed)
    throw_away(found, by=visit.by(), now=visit.now)
    messages.success(visit.request, f"已放弃“{found.file_name}”，没有登记任何案件。")
    return redirect("case-feeds")


def _court(visit: Visit) -> int:
    if visit.person.organ is None:
        raise NotACourt("您没有可办理事项的职务", remedy="案件由人民法院的经办人登记。")
    return visit.person.organ.id


def _feed(visit: Visit, feed: UUID) -> Feed:
    found = Feed.objects.filter(pk=feed, organ=_court(visit)).first()
    if found is None:
        raise NoSuchFeed("可能已经放弃", remedy="请重新上传。")
    return found


def _looked(found: Feed) -> dict[str, Any]:
    counts = counts_of(found.pk)
    changed = FedRow.objects.filter(feed=found, verdict="changed").order_by("row")[:MOST_CHANGED]
    faults = faults_of(found.pk, most=MOST_FAULTS)
    return {
        "counts": {verdict: counts.get(verdict, 0) for verdict in VERDICTS},
        "ready": counts.get("new", 0) + counts.get("changed", 0),
        "faults": faults,
        "more_faults": len(faults) == MOST_FAULTS,
        "changed": [(row, changes_of(_differences(row))) for row in changed],
        "unmapped": unmapped(found.pk, keeper=found.organ_id, most=MOST_UNMAPPED),
    }


def _differences(row: FedRow) -> dict[str, list[Any]]:
    keys = {*row.before, *row.said}
    return {key: [row.before.get(key), row.said.get(key)] for key in keys if row.before.get(key) != row.said.get(key)}
