"""出庭通报、年度公布: figures of heads in court, as they stand for the court, and as they were sent or published."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.refusal import Concealed, Refusal
from fuyuantong.registers.cases.bulletins import Figure, IssueSpan, figures_of, quarter_of, sum_of
from fuyuantong.registers.cases.figures import Days
from fuyuantong.registers.cases.models.publication import Bulletin
from fuyuantong.registers.cases.services.issuing import issue_bulletin

SHOWN = 40
QUARTERS_OFFERED = 8
YEARS_OFFERED = 2
SPAN = re.compile(r"(20[0-9]{2})-([0-4])", re.ASCII)


class NoSuchBulletin(Concealed):
    """Say that there is no such bulletin, or none for this reader."""

    key = "no-such-bulletin"
    title = "没有这份通报"


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def bulletins(visit: Visit) -> HttpResponse:
    """Show the figures of a quarter or year to the court that registers them, and what was issued."""
    spans = _spans(visit)
    given = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    found = SPAN.fullmatch(given.get("span", ""))
    span, refusal = IssueSpan(int(found[1]), int(found[2])) if found else spans[1], None
    if visit.request.method == "POST":
        try:
            issued = issue_bulletin(span, by=visit.by(), now=visit.now)
        except Refusal as wrong:
            refusal = wrong
        else:
            messages.success(visit.request, f"已发布{span}负责人出庭应诉情况{span.act}。")
            return redirect("case-bulletin", pk=issued.pk)
    organ = visit.person.organ
    is_court = organ is not None and organ.branch == Branch.COURT
    with visit.reading():
        so_far = Days(span.first, min(span.last, visit.today))
        figures = figures_of(so_far, keeper=organ.id) if organ and is_court else []
        issues = Bulletin.objects.select_related("keeper").order_by("-issued_at")[:SHOWN]
        context = {
            "is_court": is_court,
            "is_over": span.last < visit.today,
            "span": span,
            "spans": spans,
            "bulletins": [(issue, IssueSpan(issue.year, issue.quarter)) for issue in issues],
            "refusal": refusal,
            **_table(figures),
        }
        return visit.page("desk/cases/bulletins.html", context)


@require_safe
@at_desk
def bulletin(visit: Visit, pk: UUID) -> HttpResponse:
    """Show a bulletin as it was sent."""
    with visit.reading():
        found = Bulletin.objects.select_related("account").filter(pk=pk).first()
        if found is None:
            raise NoSuchBulletin("可能尚未发布", remedy="请从出庭通报进入。")
        later = Bulletin.objects.filter(
            keeper=found.keeper_id, year=found.year, quarter=found.quarter, edition__gt=found.edition
        )
        context = {
            "sent": found,
            "span": IssueSpan(found.year, found.quarter),
            "later": later.order_by("-edition").first(),
            **_table([Figure(**row) for row in found.figures]),
        }
        return visit.page("desk/cases/bulletin.html", context)


def _table(figures: list[Figure]) -> dict[str, Any]:
    return {"figures": figures, "sum": sum_of(figures)}


def _spans(visit: Visit) -> list[IssueSpan]:
    """Return this quarter and the ones before it, and the years before this one, as far as they are offered."""
    span, found = quarter_of(visit.today), list[IssueSpan]()
    for _ in range(QUARTERS_OFFERED):
        found.append(span)
        span = IssueSpan(span.year - (span.quarter == 1), (span.quarter - 2) % 4 + 1)
    return [*found, *(IssueSpan(visit.today.year - back, 0) for back in range(1, YEARS_OFFERED + 1))]
