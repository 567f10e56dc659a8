"""新建事项: which mechanisms one may open by hand, and the first form of the chosen one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.affairs import affair_of
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.database_world import DatabaseWorld, current_calendar
from fuyuantong.matters.services.about import Affair, open_about, takes_affair
from fuyuantong.matters.services.acts import LONGEST_TITLE, Done, open_by_hand
from fuyuantong.matters.services.beginners import may_begin
from fuyuantong.matters.services.forms import Form
from fuyuantong.organs.identity import read_uid
from fuyuantong.organs.models import Organ
from fuyuantong.plans.queries.affairs import affair_of_task
from fuyuantong.plans.queries.readable import plans_readable
from fuyuantong.protocol import Entry, Mechanism
from fuyuantong.refusal import Refusal

CHAPTERS = {
    "litigation": "行政审判与应诉",
    "suggestions": "司法建议与检察建议",
    "resolution": "争议化解",
    "enforcement": "执行与协助",
    "consultation": "会商与联席会议",
    "information": "信息与函告",
    "governance": "统筹与督办",
    "cooperation": "学习宣传与评选",
}


@dataclass(frozen=True)
class Opening:
    """One way in which an organ may begin a matter."""

    mechanism: Mechanism
    entry: Entry
    at: str

    @property
    def name(self) -> str:
        """Return what a form calls it."""
        return f"{self.mechanism.key}/{self.entry.state}"


@require_safe
@at_desk
def openings(visit: Visit) -> HttpResponse:
    """Show by chapter what the own organ may open; what is for other sides only is not shown."""
    wanted, affair = visit.request.GET.get("q", "").strip(), _affair(visit)
    chapters: dict[str, list[Opening]] = {}
    for opening in openings_of(visit):
        mechanism = opening.mechanism
        if affair and not takes_affair(mechanism, affair):
            continue
        if wanted in f"{mechanism.title}{mechanism.purpose}{mechanism.basis}":
            chapters.setdefault(CHAPTERS.get(mechanism.chapter, mechanism.chapter), []).append(opening)
    context = {"chapters": sorted(chapters.items()), "wanted": wanted, "affair": affair, "asked": _asked(visit)}
    return visit.page("desk/openings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def opening(visit: Visit, key: str, state: str) -> HttpResponse:
    """Ask for the title, and begin the matter: everything else is filled in on its own page."""
    found = next((one for one in openings_of(visit) if (one.mechanism.key, one.entry.state) == (key, state)), None)
    if found is None:
        raise Http404
    affair, refusal = _affair(visit), None
    asked = visit.request.GET
    title = visit.request.POST.get("title", affair.title if affair else asked.get("title", ""))[:LONGEST_TITLE]
    if visit.request.method == "POST":
        try:
            done = _opened(visit, found, title, affair)
        except Refusal as refused:
            refusal = with_names(refused, on=visit.today)
        else:
            messages.success(visit.request, f"已建立“{found.mechanism.title}”，请接着填写。")
            kind = urlencode({"kind": asked["kind"]}) if asked.get("kind") else ""
            return redirect(f"{reverse('matter', args=[done.matter])}{kind and '?' + kind}")
    context = {"opening": found, "title": title, "affair": affair, "refusal": refusal, "longest": LONGEST_TITLE}
    return visit.page("desk/opening.html", context)


def openings_of(visit: Visit) -> list[Opening]:
    """Return what the chosen organ may begin by hand: what is on here, and of that what is for its side and for it."""
    own = visit.person.organ
    if own is None:
        return []
    branch = Organ.objects.values_list("branch", flat=True).get(pk=own.id)
    world, found = DatabaseWorld(on=visit.today), []
    for mechanism in MECHANISMS.values():
        for entry in mechanism.entries:
            fits = not entry.opened and mechanism.role(entry.by).takes(branch)
            if fits and may_begin(mechanism, entry, own.code, world=world):
                found.append(Opening(mechanism, entry, state_title(mechanism, entry.state)))
    return found


def _opened(visit: Visit, found: Opening, title: str, affair: Affair | None) -> Done:
    form = Form(key=visit.request.POST.get("key", ""))
    key, entry = found.mechanism.key, found.entry.state
    if affair:
        return open_about(affair, key, title, by=visit.by(), now=visit.now, entry=entry, form=form)
    return open_by_hand(key, title, by=visit.by(), now=visit.now, entry=entry, form=form)


def _asked(visit: Visit) -> str:
    """Return what of the address names the affair, to be carried on."""
    return urlencode({key: visit.request.GET[key] for key in ("about", "task") if key in visit.request.GET})


def _affair(visit: Visit) -> Affair | None:
    """
    Return the matter, or the task, that the address names as what the new matter is about.

    Raises: `NoSuchMatter`; Http404.
    """
    about, task = visit.request.GET.get("about", ""), visit.request.GET.get("task", "")
    if not about and not task:
        return None
    uid = read_uid(about or task)
    if uid is None:
        raise Http404
    calendar = current_calendar()
    if about:
        with visit.reading() as reader:
            return affair_of(reader, uid, today=visit.today, calendar=calendar)
    found = affair_of_task(plans_readable(visit.account, at=visit.now), uid, now=visit.now, calendar=calendar)
    if found is None:
        raise Http404
    return found
