"""新建事项: which mechanisms one may open by hand, and the first form of the chosen one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.services.acts import LONGEST_TITLE, open_by_hand
from fuyuantong.matters.services.forms import Form
from fuyuantong.organs.models import Organ
from fuyuantong.protocol import Entry, Mechanism
from fuyuantong.refusal import Refusal

UNPROCESSABLE = 422
CHAPTERS = {
    "litigation": "行政审判与应诉",
    "suggestions": "司法建议与检察建议",
    "resolution": "争议化解",
    "enforcement": "执行与协助",
    "consultation": "会商与联席会议",
    "governance": "统筹与督办",
}


@dataclass(frozen=True)
class Opening:
    """One way in which an organ may begin a matter."""

    mechanism: Mechanism
    entry: Entry
    at: str


@require_safe
@at_desk
def openings(visit: Visit) -> HttpResponse:
    """Show by chapter what the own organ may open; what is for other sides only is not shown."""
    wanted = visit.request.GET.get("q", "").strip()
    chapters: dict[str, list[Opening]] = {}
    for opening in _openings(visit):
        mechanism = opening.mechanism
        if wanted in f"{mechanism.title}{mechanism.purpose}{mechanism.basis}":
            chapters.setdefault(CHAPTERS.get(mechanism.chapter, mechanism.chapter), []).append(opening)
    return visit.page("desk/openings.html", {"chapters": sorted(chapters.items()), "wanted": wanted})


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def opening(visit: Visit, key: str, state: str) -> HttpResponse:
    """Ask for the title, and begin the matter: everything else is filled in on its own page."""
    found = next((one for one in _openings(visit) if (one.mechanism.key, one.entry.state) == (key, state)), None)
    if found is None:
        raise Http404
    title, refusal = visit.request.POST.get("title", ""), None
    if visit.request.method == "POST":
        form = Form(key=visit.request.POST.get("key", ""))
        try:
            done = open_by_hand(found.mechanism.key, title, by=visit.by(), now=visit.now, entry=state, form=form)
        except Refusal as refused:
            refusal = with_names(refused, on=visit.today)
        else:
            messages.success(visit.request, f"已建立“{found.mechanism.title}”，请接着填写。")
            return redirect("matter", done.matter)
    context = {"opening": found, "title": title, "refusal": refusal, "longest": LONGEST_TITLE}
    return visit.page("desk/opening.html", context, status=UNPROCESSABLE if refusal else 200)


def _openings(visit: Visit) -> list[Opening]:
    """Return what the chosen organ may begin by hand: its side is the one that the opening part asks for."""
    own = visit.person.organ
    if own is None:
        return []
    branch = Organ.objects.values_list("branch", flat=True).get(pk=own.id)
    found = []
    for mechanism in MECHANISMS.values():
        for entry in mechanism.entries:
            role = mechanism.role(entry.by)
            if not entry.opened and role.branch in (None, branch):
                found.append(Opening(mechanism, entry, state_title(mechanism, entry.state)))
    return found
