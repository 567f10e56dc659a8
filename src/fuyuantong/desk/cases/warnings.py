"""类案预警: where similar cases of the own court grew many, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.cases.shown import outcome_title
from fuyuantong.desk.openings import Opening, openings_of
from fuyuantong.desk.organ_tags import OrganTag, tags_by_id
from fuyuantong.desk.refusals import tell_on_next_page
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.docket.similar import RULES
from fuyuantong.refusal import Concealed, Refusal
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.services.warning import begin_from_warning, dismiss_warning, takes_warnings

SHOWN = 100


class NoWarningHere(Concealed):
    """Say that there is no such warning, or none of the own court."""

    key = "no-warning-here"
    title = "没有这条类案预警"


@dataclass(frozen=True)
class Told:
    """A warning as it is shown."""

    warning: CaseWarning
    rule: str
    organ: OrganTag | None

    @property
    def about(self) -> str:
        """Return what the cases have in common beside who was sued."""
        return self.warning.cause or self.warning.act_kind or "不分案由"


@require_safe
@at_desk
def warnings(visit: Visit) -> HttpResponse:
    """Show the warnings that wait, and those that were decided."""
    with visit.reading():
        found = list(CaseWarning.objects.order_by("decided_at", "-n", "-pk")[:SHOWN])
        told = told_of(visit, found)
        waiting = [one for one in told if one.warning.decided_at is None]
        context = {"waiting": waiting, "decided": [one for one in reversed(told) if one.warning.decided_at]}
        return visit.page("desk/cases/warnings.html", context)


@require_safe
@at_desk
def warning(visit: Visit, pk: UUID) -> HttpResponse:
    """Show the cases of a warning, and what may be begun about them."""
    with visit.reading():
        found = CaseWarning.objects.select_related("account").filter(pk=pk).first()
        if found is None:
            raise NoWarningHere("可能已由同事处理，或者不是本院的", remedy="请从类案预警进入。")
        (told,) = told_of(visit, [found])
        cases = CourtCase.objects.filter(pk__in=found.cases).order_by("-sort_on", "number_key")
        context = {
            "told": told,
            "cases": [(case, outcome_title(case.outcome)) for case in cases],
            "ways": [(one.name, one) for one in _ways(visit)],
            "title": f"{told.organ.short if told.organ else found.name}{told.about}类案",
        }
        return visit.page("desk/cases/warning.html", context)


@require_POST
@at_desk
def begin(visit: Visit, pk: UUID) -> HttpResponse:
    """Begin a matter about the cases of a warning."""
    given = visit.request.POST
    way = next((one for one in _ways(visit) if one.name == given.get("way")), None)
    try:
        if way is None:
            raise NoWarningHere("没有选定怎样办理", remedy="请选择一项。", field="way")
        key, entry, title = way.mechanism.key, way.entry.state, given.get("title", "")
        done = begin_from_warning(pk, key, title, entry=entry, by=visit.by(), now=visit.now)
    except Refusal as refusal:
        tell_on_next_page(visit.request, refusal, on=visit.today)
        return redirect("case-warning", pk=pk)
    messages.success(visit.request, f"已建立“{way.mechanism.title}”，单位和案件已填入草稿，请核对。")
    return redirect("matter", done.matter)


@require_POST
@at_desk
def let_be(visit: Visit, pk: UUID) -> HttpResponse:
    """Decide that a warning wants no act, with the reason."""
    try:
        dismiss_warning(pk, visit.request.POST.get("reason", ""), by=visit.by(), now=visit.now)
    except Refusal as refusal:
        tell_on_next_page(visit.request, refusal, on=visit.today)
        return redirect("case-warning", pk=pk)
    messages.success(visit.request, "已记录不需处理的理由。")
    return redirect("case-warnings")


def _ways(visit: Visit) -> list[Opening]:
    return [one for one in openings_of(visit) if takes_warnings(one.mechanism)]


def told_of(visit: Visit, found: Sequence[CaseWarning]) -> list[Told]:
    """Return warnings as they are shown."""
    tags = tags_by_id([one.organ_id for one in found if one.organ_id], on=visit.today)
    return [Told(one, RULES[one.rule].title, tags.get(one.organ_id or 0)) for one in found]
