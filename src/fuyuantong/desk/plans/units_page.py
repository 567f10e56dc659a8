"""对应单位: which organ a document means by each name, said once for the region."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.organ_tags import organs_to_choose
from fuyuantong.desk.plans.cards import UnitSaid, cards_of
from fuyuantong.desk.plans.shelf import opened_by_office
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.queries import organ_by_code
from fuyuantong.plans.queries.documents import rows_of
from fuyuantong.plans.services.unit_names import map_unit
from fuyuantong.plans.vocabulary import Decision
from fuyuantong.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def plan_units(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Show the names of units in a version with their organs, and take what the office says of one."""
    version, refusal = opened_by_office(visit, uid, number).version, None
    if visit.request.method == "POST":
        raw = visit.request.POST.get("raw", "")
        try:
            organ = organ_by_code(visit.request.POST.get("organ", ""))
            count = map_unit(version.plan, raw, organ, by=visit.account, now=visit.now)
        except Refusal as refused:
            refusal = refused
        else:
            also = f"台账中 {count} 项任务已同时对应。" if count else ""
            messages.success(visit.request, f"“{raw}”今后都对应到所选单位。{also}")
            return redirect("plan-units", uid=uid, number=number)
    units: dict[str, UnitSaid] = {}
    counts: dict[str, int] = {}
    rows = [row for row in rows_of(version) if row.decision in (Decision.OPEN, Decision.CONFIRMED)]
    for card in cards_of(version, rows, on=visit.today):
        for unit in card.units:
            units.setdefault(unit.raw, unit)
            counts[unit.raw] = counts.get(unit.raw, 0) + 1
    context = {
        "version": version,
        "plan": version.plan,
        "units": [(unit, counts[raw]) for raw, unit in sorted(units.items(), key=lambda pair: bool(pair[1].organs))],
        "organs": organs_to_choose(version.plan.region_code, on=visit.today),
        "asked": visit.request.GET.get("raw", "") or visit.request.POST.get("raw", ""),
        "refusal": refusal,
    }
    return visit.page("desk/plans/units.html", context)
