"""待开庭: what a court will hear, and the notices that it begins for it, one or several at once."""

import re
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.openings import Opening, openings_of
from fuyuantong.desk.refusals import tell_on_next_page
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.hearings import coming
from fuyuantong.registers.cases.services.feeding import NotACourt
from fuyuantong.registers.cases.services.notifying import Spot, notify_hearing, takes_hearings
from fuyuantong.registers.cases.sight import reading_cases

MARK = re.compile(r"([0-9]{1,18}):([0-9]{4}-[0-9]{2}-[0-9]{2}):([0-9]{1,4})", re.ASCII)
CASE = re.compile(r"[0-9]{1,18}", re.ASCII)
MOST_AT_ONCE = 100


class NothingChosen(Refusal):
    """Nothing was chosen for which a notice can be begun, or too much at once."""

    key = "nothing-chosen"
    title = "没有建立通知"


def hearing_ways(visit: Visit) -> list[Opening]:
    """Return what the own organ may begin for an organ sued at a hearing."""
    organ = visit.person.organ
    if organ is None or organ.branch != Branch.COURT:
        return []
    return [one for one in openings_of(visit) if takes_hearings(one.mechanism)]


@require_safe
@at_desk
def hearings(visit: Visit) -> HttpResponse:
    """Show what the own court will hear."""
    organ = visit.person.organ
    if organ is None or organ.branch != Branch.COURT:
        raise NotACourt("待开庭由登记案件的人民法院查看", remedy="本单位的开庭日期，请在案件中查看。")
    with visit.reading() as reader, reading_cases(reader) as mine:
        found = coming(mine, keeper=organ.id, since=visit.today)
        ways = hearing_ways(visit) if any(not one.begun for one in found) else []
        return visit.page("desk/cases/hearings.html", {"coming": found, "ways": ways})


@require_POST
@at_desk
def notify(visit: Visit) -> HttpResponse:
    """Begin a notice for each hearing and organ that was chosen."""
    given = visit.request.POST
    case = CASE.fullmatch(given.get("case", ""))
    back = reverse("case", args=[case[0]]) if case else reverse("case-hearings")
    ways = {way.name: way for way in hearing_ways(visit)}
    spots = [found for mark in given.getlist("one")[: MOST_AT_ONCE + 1] if (found := _spot(mark))]
    way = ways.get(given.get("way", ""))
    if way is None or not 0 < len(spots) <= MOST_AT_ONCE:
        nothing = NothingChosen("没有选定哪次开庭、怎样办理", remedy=f"请勾选 1 至 {MOST_AT_ONCE} 项后再提交。")
        tell_on_next_page(visit.request, nothing, on=visit.today)
        return redirect(back)
    begun = [uid for spot in spots if (uid := _begin(visit, spot, way))]
    if begun:
        messages.success(
            visit.request, f"已建立 {len(begun)} 件“{way.mechanism.title}”，登记的内容已填入草稿，请逐件核对。"
        )
    return redirect("matter", begun[0]) if len(spots) == len(begun) == 1 else redirect(back)


def _begin(visit: Visit, spot: Spot, way: Opening) -> str:
    try:
        return notify_hearing(spot, way.mechanism.key, by=visit.by(), now=visit.now, entry=way.entry.state).matter
    except Refusal as refusal:
        tell_on_next_page(visit.request, refusal, on=visit.today)
    return ""


def _spot(mark: str) -> Spot | None:
    found = MARK.fullmatch(mark)
    try:
        return Spot(int(found[1]), date.fromisoformat(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
