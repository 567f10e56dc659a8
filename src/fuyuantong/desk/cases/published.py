"""公布数字: what the court published of its years beside what the register computes."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.accounts.workbook import workbook_of
from fuyuantong.desk.ledger.taken_away import XLSX
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.models import Organ
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.models.sight import KeeperSight
from fuyuantong.registers.cases.published import MEASURES, years_of
from fuyuantong.registers.cases.services.publishing import (
    DAY,
    HEADS,
    SOURCE,
    YEAR,
    enter_figures,
    enter_table,
    read_year,
)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def published(visit: Visit) -> HttpResponse:
    """Show the years of each court whose cases the reader sees whole, and enter what the own court published."""
    refusal = None
    if visit.request.method == "POST":
        try:
            n = _enter(visit)
        except Refusal as wrong:
            refusal = wrong
        else:
            messages.success(visit.request, f"已记录 {n} 个公布数字。")
            return redirect("case-published")
    own = visit.person.organ
    with visit.reading():
        courts = Organ.objects.filter(pk__in=KeeperSight.objects.values("keeper_id")).order_by("code")
        tags = tags_by_id([court.pk for court in courts], on=visit.today)
        found = [(tags[court.pk], years_of(court, on=visit.today)) for court in courts if court.pk in tags]
        context = {
            "courts": found,
            "titles": MEASURES.values(),
            "boxes": [(title, visit.request.POST.get(title, "")) for title in MEASURES.values()],
            "typed": {key: visit.request.POST.get(head, "") for key, head in _FORM.items()},
            "enters": own is not None and own.branch == Branch.COURT,
            "refusal": refusal,
        }
        return visit.page("desk/cases/published.html", context)


@require_safe
@at_desk
def published_template(visit: Visit) -> HttpResponse:
    """Give the workbook to fill in."""
    response = HttpResponse(workbook_of(HEADS, examples=(), notes=("每行一个年度；同一年度再次录入，以后一次为准。",)))
    response["Content-Type"] = XLSX
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('公布数字模板.xlsx')}"
    return response


_FORM = {"year": YEAR, "source": SOURCE, "day": DAY}


def _enter(visit: Visit) -> int:
    file = visit.request.FILES.get("file")
    if file is not None:
        return enter_table(file.file, by=visit.by(), now=visit.now)
    told = read_year({head: visit.request.POST.get(head, "") for head in HEADS}, on=visit.today)
    return enter_figures([told], by=visit.by(), now=visit.now)
