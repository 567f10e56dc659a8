"""任务台账: the tasks of the plans in force, by whom, by when, and how they stand."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.obligations.asked import CADENCES, EVERY_PLAN, Asked, understood
from fuyuantong.desk.obligations.lines import lines_of
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.models import Organ
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.progress import PROGRESS_TITLES
from fuyuantong.plans.queries.ledger import Task, of_progress, tasks, totals
from fuyuantong.plans.queries.readable import plans_readable
from fuyuantong.refusal import Refusal

SIZE: Final = 50


@dataclass(frozen=True)
class Found:
    """What an address asks for: every task but for the state, and those of the state that is asked for."""

    plans: tuple[Plan, ...]
    every: tuple[Task, ...]
    wanted: tuple[Task, ...]

    @property
    def by_hand(self) -> int:
        """Return of how many open tasks nothing computes the progress."""
        return sum(task.rule.counted is None for task in self.every if task.obligation.closed_on is None)

    @property
    def open_ones(self) -> int:
        """Return how many open tasks there are."""
        return sum(task.obligation.closed_on is None for task in self.every)


@require_safe
@at_desk
def tasks_page(visit: Visit) -> HttpResponse:
    """Show a page of the ledger of tasks."""
    asked = Asked.read(visit.request.GET)
    try:
        context = _shown(visit, asked, found_by(visit, asked))
    except Refusal as refusal:
        context = {"refusal": refusal}
    return visit.listing(
        "desk/obligations/found.html",
        "desk/obligations/page.html",
        {"asked": asked, "here": asked.address(), **context},
        around=lambda: _filters(visit, asked),
    )


def found_by(visit: Visit, asked: Asked) -> Found:
    """Return what an address asks for. Raises: `BadFilter`."""
    filters = understood(asked, organ=visit.person.organ.id if visit.person.organ else None)
    plans = _plans(visit, asked)
    every = tasks(plans, filters, now=visit.now)
    return Found(tuple(plans), tuple(every), tuple(of_progress(every, filters.progress)))


def _plans(visit: Visit, asked: Asked) -> QuerySet[Plan]:
    """Return the plans that are asked for: without a word, those of the own region, if it has any."""
    readable = plans_readable(visit.account, at=visit.now).order_by("-created_at")
    if asked.plan_uid is not None:
        return readable.filter(uid=asked.plan_uid)
    own = readable.filter(region_code=_region(visit))
    return readable if asked.plan == EVERY_PLAN or not own.exists() else own


def _region(visit: Visit) -> str:
    organ = visit.person.organ
    return Organ.objects.values_list("region_code", flat=True).get(pk=organ.id) if organ else ""


def _shown(visit: Visit, asked: Asked, found: Found) -> dict[str, Any]:
    start = (asked.place - 1) * SIZE
    wanted = found.wanted
    return {
        "lines": lines_of(wanted[start : start + SIZE], on=visit.today),
        "plans_shown": found.plans,
        "total": len(wanted),
        "figures": [
            {
                "key": progress.value,
                "title": PROGRESS_TITLES[progress],
                "n": n,
                "address": asked.address(state="" if asked.state == progress else progress.value),
                "current": asked.state == progress,
            }
            for progress, n in totals(found.every).items()
        ],
        "by_hand": found.by_hand,
        "open_ones": found.open_ones,
        "by_hand_address": asked.address(evidence="hand"),
        "next": asked.address(page=str(asked.place + 1)) if start + SIZE < len(wanted) else "",
        "previous": asked.address(page=str(asked.place - 1)) if start else "",
    }


def _filters(visit: Visit, asked: Asked) -> dict[str, Any]:
    readable = plans_readable(visit.account, at=visit.now).order_by("name")
    return {
        "is_office": visit.person.holds(PostKind.OFFICE),
        "plans": [(plan, asked.plan == str(plan.uid)) for plan in readable],
        "states": [(key.value, title, asked.state == key) for key, title in PROGRESS_TITLES.items()],
        "cadences": [(key, title, asked.cadence == key) for key, title in CADENCES.items()],
    }
