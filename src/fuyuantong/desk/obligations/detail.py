"""One task: what the plan says, what falls due of it, by what it is measured, what was said and shown, and its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.obligations.lines import line_of, titled, units_of
from fuyuantong.desk.obligations.rule_words import said
from fuyuantong.desk.organ_tags import OrganTag, tags_by_code, tags_by_id
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.affairs import matters_about, titled_state
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import LedgerEntry, Obligation
from fuyuantong.plans.models.progress import ProgressNote
from fuyuantong.plans.periods import period_title
from fuyuantong.plans.progress import PROGRESS_TITLES
from fuyuantong.plans.queries.counting import matters_counted
from fuyuantong.plans.queries.ledger import Task, TaskFilters, tasks
from fuyuantong.plans.queries.readable import plans_readable
from fuyuantong.plans.queries.standings import Standing, demand_of, standings
from fuyuantong.plans.services.guarding import keeps
from fuyuantong.plans.vocabulary import ENTRY_TITLES, NOTE_TITLES, EntryKind, NoteKind
from fuyuantong.refusal import Refusal

MOST_OPEN: Final = 60
MOST_SHOWN: Final = 20


@dataclass(frozen=True)
class ItemShown:
    """
    A due item with how it stands, and the matters behind the figure that the reader may see.

    `own`: the return that was opened for it, with where that stands, if the reader may see it.
    """

    id: int
    title: str
    due_on: str
    light: str
    progress: str
    why: str
    late_created: bool
    may_show: bool = False
    matters: Sequence[Matter] = ()
    counted: int = 0
    own: tuple[Matter, str] | None = None


@require_safe
@at_desk
def task(visit: Visit, uid: UUID) -> HttpResponse:
    """Show one task."""
    return task_shown(visit, task_of(visit, uid))


def task_of(visit: Visit, uid: UUID) -> Task:
    """Return a task that the person may read; else there is none."""
    found = tasks(plans_readable(visit.account, at=visit.now), TaskFilters(uid=uid, closed=True), now=visit.now)
    if not found:
        raise Http404
    return found[0]


def item_of(found: Task, pk: str) -> DueItem:
    """Return a due item of a task; else there is none."""
    number = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 18 else 0
    item = DueItem.objects.filter(obligation=found.obligation, pk=number).first()
    if item is None:
        raise Http404
    return item


def task_shown(visit: Visit, found: Task, *, refusal: Refusal | None = None) -> HttpResponse:
    """Return the page of a task, with a refusal above when what was sent could not be done."""
    obligation = found.obligation
    every = standings(DueItem.objects.filter(obligation=obligation), now=visit.now)
    ids = {one.organ_id for one in found.units if one.organ_id} | {one.item.organ_id for one in every}
    tags = tags_by_id(ids, on=visit.today)
    is_kept = keeps(visit.account, obligation.plan, now=visit.now)
    organ = visit.person.organ
    is_open = obligation.closed_on is None
    with visit.reading() as reader:
        open_items = list(_items(visit, reader, _open(every, organ), tags, is_kept=is_kept and is_open))
        orders = [(row, titled_state(row)) for row in matters_about(reader, obligation.uid)]
    context: dict[str, Any] = {
        "task": found,
        "obligation": obligation,
        "line": line_of(found, tags),
        "leads": units_of(found.leads, tags),
        "units": units_of(found.units, tags),
        "has_unknown": any(one.organ_id is None for one in found.units),
        "rule": said(found.rule),
        "items": open_items,
        "history": [_shown(one, tags) for one in every if one.item.done_on is not None],
        "notes": list(_notes(obligation)),
        "entries": list(_entries(obligation, visit)),
        "orders": orders,
        "is_kept": is_kept,
        "may_write": is_open and organ is not None and (is_kept or organ.id in ids),
        "typed": visit.request.POST,
        "refusal": refusal,
    }
    return visit.page("desk/obligations/task.html", context)


def _open(every: Iterable[Standing], organ: OrganTag | None) -> list[Standing]:
    """Return what is open, the latest of it, one's own first."""
    found = [one for one in every if one.item.done_on is None][-MOST_OPEN:]
    return sorted(found, key=lambda one: organ is None or one.item.organ_id != organ.id)


def _items(
    visit: Visit, reader: Reader, open_ones: Iterable[Standing], tags: Mapping[int, OrganTag], *, is_kept: bool
) -> Iterator[ItemShown]:
    organ = visit.person.organ
    for one in open_ones:
        ids = _behind(one, visit)
        shown = list(visible_to(reader).filter(pk__in=ids[:MOST_SHOWN]).order_by("-pk")) if ids else ()
        own = {row.pk: (row, titled_state(row)) for row in shown}.get(one.item.matter_id or 0)
        may_show = is_kept or (organ is not None and organ.id == one.item.organ_id)
        yield replace(_shown(one, tags), may_show=may_show, matters=shown, counted=len(ids), own=own)


def _behind(one: Standing, visit: Visit) -> list[int]:
    """Return the ids of the matters by which a due item is judged."""
    if one.item.matter_id is not None:
        return [one.item.matter_id]
    wanted = demand_of(one.item, one.rule, today=visit.today)
    return matters_counted(wanted) if wanted else []


def _shown(one: Standing, tags: Mapping[int, OrganTag]) -> ItemShown:
    return ItemShown(
        id=one.item.pk,
        title=titled(one, tags),
        due_on=one.item.due_on.isoformat(),
        light=one.judgment.progress.value,
        progress=PROGRESS_TITLES[one.judgment.progress],
        why=one.judgment.why,
        late_created=one.item.late_created,
    )


def _notes(obligation: Obligation) -> Iterator[dict[str, Any]]:
    found = ProgressNote.objects.filter(obligation=obligation).select_related("by", "due_item").order_by("-pk")
    notes = list(found.prefetch_related("files"))
    tags = tags_by_id({note.organ_id for note in notes if note.organ_id}, on=obligation.since)
    for note in notes:
        yield {
            "note": note,
            "kind": NOTE_TITLES[NoteKind(note.kind)],
            "organ": tags.get(note.organ_id or 0),
            "period": period_title(note.due_item.period) if note.due_item else "",
        }


def _entries(obligation: Obligation, visit: Visit) -> Iterator[dict[str, Any]]:
    found = list(LedgerEntry.objects.filter(obligation=obligation).select_related("by").order_by("-pk"))
    codes = {str(one.detail.get(key, "")) for one in found for key in ("organ", "from", "to")}
    names = {code: tag.short for code, tag in tags_by_code(codes, on=visit.today).items()}
    for one in found:
        yield {
            "entry": one,
            "title": ENTRY_TITLES[EntryKind(one.kind)],
            "words": _words(one.detail, names),
        }


def _words(detail: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what an entry tells, in words."""
    named = {key: names.get(str(detail.get(key, "")), str(detail.get(key, ""))) for key in ("organ", "from", "to")}
    told = [
        f"第 {detail['version']} 版" if "version" in detail else "",
        f"“{detail['raw']}”即{named['organ']}" if "raw" in detail else named["organ"],
        f"{named['from']}的任务由{named['to']}承继（{detail['effective_on']} 起）" if "from" in detail else "",
        period_title(detail["period"]) if "period" in detail else "",
        str(detail.get("reason", "")),
    ]
    return "；".join(word for word in told if word)
