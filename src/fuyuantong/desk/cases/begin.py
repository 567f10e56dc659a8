"""就本案办理: a matter begun from the page of a case, its first form filled in from the register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fuyuantong.desk.openings import Opening, openings_of
from fuyuantong.desk.refusals import tell_on_next_page
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.services.about import open_about, takes
from fuyuantong.protocol import Mechanism, Prefill
from fuyuantong.protocol.naming import admits
from fuyuantong.protocol.registers import COURT_CASE
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.affairs import affair_of_case, takes_cases
from fuyuantong.registers.cases.queries import WholeCase, case_by_id
from fuyuantong.registers.cases.services.notifying import takes_hearings
from fuyuantong.registers.cases.sight import reading_cases
from fuyuantong.registers.cases.standing import standing_of


class NoWay(Refusal):
    """Nothing was chosen that the own organ may begin about a case."""

    key = "no-way"
    title = "没有选定怎样办理"


def ways_for(visit: Visit, whole: WholeCase) -> list[tuple[str, Opening]]:
    """Return what the own organ may begin about a case as it stands: the court that keeps it, and who was sued."""
    own = visit.person.organ
    if own is None or own.id not in (whole.case.keeper_id, *(one.organ_id for one in whole.defendants)):
        return []
    stands = standing_of(whole.case).standing
    found = (one for one in openings_of(visit) if _takes(one.mechanism, stands))
    # where the court is filled in as the other side, whoever was sued begins
    tries = own.id == whole.case.keeper_id
    return [(one.name, one) for one in found if not (tries and takes(one.mechanism, Prefill.COURT))]


def _takes(mechanism: Mechanism, stands: str) -> bool:
    """Tell whether a matter is begun about a case that stands so as a whole, not for one organ at one hearing."""
    return takes_cases(mechanism) and not takes_hearings(mechanism) and admits(mechanism, COURT_CASE, stands)


@require_POST
@at_desk
def begin(visit: Visit, pk: int) -> HttpResponse:
    """Begin a matter about a case."""
    with visit.reading() as reader, reading_cases(reader):
        whole = case_by_id(pk)
        chosen = dict(ways_for(visit, whole)).get(visit.request.POST.get("way", ""))
        own = visit.person.organ.id if visit.person.organ else 0
        affair = affair_of_case(whole, own=own, today=visit.today)
    try:
        if chosen is None:
            raise NoWay("本单位不能就本案这样办理", remedy="请从本案页面“就本案办理”所列的选择。", field="way")
        key, entry = chosen.mechanism.key, chosen.entry.state
        done = open_about(affair, key, affair.title, by=visit.by(), now=visit.now, entry=entry)
    except Refusal as refusal:
        tell_on_next_page(visit.request, refusal, on=visit.today)
        return redirect("case", pk=pk)
    messages.success(visit.request, f"已建立“{chosen.mechanism.title}”，登记的内容已填入草稿，请核对。")
    return redirect("matter", done.matter)
