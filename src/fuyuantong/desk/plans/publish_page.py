"""Publishing a draft, said beforehand; and comparing a version with the one before it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.desk.plans.cards import cards_of
from fuyuantong.desk.plans.changes import compared
from fuyuantong.desk.plans.shelf import opened, opened_by_office
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.plans.queries.documents import rows_of
from fuyuantong.plans.services.publishing import publish
from fuyuantong.plans.vocabulary import Decision
from fuyuantong.reading.comparison import ChangeKind
from fuyuantong.refusal import Refusal


@require_safe
@at_desk
def plan_comparison(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Show what a version changes against the one before."""
    found = opened(visit, uid, number)
    context = {
        "version": found.version,
        "plan": found.version.plan,
        "found": compared(found.version),
        "kinds": list(ChangeKind),
    }
    return visit.page("desk/plans/comparison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def plan_publication(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Say what publishing will do, then do it."""
    version, refusal = opened_by_office(visit, uid, number).version, None
    if visit.request.method == "POST":
        try:
            told = publish(version, by=visit.account, now=visit.now)
        except Refusal as refused:
            refusal = refused
        else:
            waiting = f"，{len(told.unmapped)} 个单位名称待对应" if told.unmapped else ""
            messages.success(
                visit.request,
                f"已发布：新增 {told.new} 项，修改 {told.reworded} 项，未变 {told.same} 项，结束 {told.closed} 项{waiting}。",
            )
            return redirect("plan-version", uid=uid, number=number)
    cards = cards_of(version, rows_of(version), on=visit.today)
    confirmed = [card for card in cards if card.row.decision == Decision.CONFIRMED]
    context = {
        "version": version,
        "plan": version.plan,
        "waiting": [card for card in cards if card.waits],
        "confirmed": confirmed,
        "dismissed": sum(card.row.decision == Decision.DISMISSED for card in cards),
        "unmapped": list(dict.fromkeys(raw for card in confirmed for raw in card.unmapped)),
        "found": compared(version),
        "refusal": refusal,
    }
    return visit.page("desk/plans/publication.html", context)
