"""任务台账: obligations of plans with how they stand, a whole list in a handful of statements."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Obligation, ObligationDue, Responsible
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.models.progress import ProgressNote
from fuyuantong.plans.progress import Judgment, Progress, worst
from fuyuantong.plans.queries.standings import Rule, Standing, latest_rule, rule_of, standings, still_owed
from fuyuantong.plans.vocabulary import NoteKind, Part
from fuyuantong.reading.values import DueType

LONG: Final = "长期"
NO_TIME: Final = "未定时限"


@dataclass(frozen=True, kw_only=True)
class TaskFilters:
    """
    Say which tasks; what is not said narrows nothing.

    `cadence`: a kind of due, or a period of a recurrence; `organ`: one that has any part; `by_hand`: only those that
    nothing computes, or only those that something does.
    """

    lead: str = ""
    unit: str = ""
    organ: int | None = None
    clause: str = ""
    text: str = ""
    cadence: str = ""
    due_before: date | None = None
    progress: Progress | None = None
    by_hand: bool | None = None
    uid: UUID | None = None
    closed: bool = False


@dataclass(frozen=True)
class Task:
    """An obligation with its units and times, by what it is measured, and how what is owed of it stands."""

    obligation: Obligation
    rule: Rule
    standings: tuple[Standing, ...]

    @cached_property
    def worst(self) -> Standing | None:
        """Return the due item by which the whole is judged; None when nothing has fallen due."""
        if not self.standings:
            return None
        judged = worst(one.judgment for one in self.standings)
        return next(one for one in self.standings if one.judgment is judged)

    @cached_property
    def judgment(self) -> Judgment:
        """Return how the obligation stands."""
        found = self.obligation
        if found.closed_on is not None:
            return Judgment(progress=Progress.DONE, why=f"{found.closed_on} 销号：{found.closed_reason}")
        if self.worst is not None:
            return self.worst.judgment
        if unknown := [one.raw for one in self.units if one.organ_id is None]:
            why = f"责任单位“{'、'.join(unknown)}”尚未对应到单位，不能计算。"
            return Judgment(progress=Progress.BY_HAND, why=why)
        return Judgment(progress=Progress.ON_TRACK, why="尚未到第一个周期。")

    @property
    def units(self) -> Sequence[Responsible]:
        """Return all units, in the order of the document."""
        return list(self.obligation.responsible.all())

    @property
    def leads(self) -> Sequence[Responsible]:
        """Return the units that lead."""
        return [one for one in self.units if one.part == Part.LEAD]

    @property
    def dues(self) -> Sequence[ObligationDue]:
        """Return the times in force."""
        return [due for due in self.obligation.dues.all() if due.ended_on is None]

    @property
    def due_words(self) -> str:
        """Return by when, in the words of the document."""
        return "；".join(dict.fromkeys(due_words(due.type, due.on, due.raw) for due in self.dues)) or NO_TIME


def due_words(kind: str, on: date | None, raw: str) -> str:
    """Return a time in the words of the document; a day as a day."""
    if kind == DueType.DATE and on is not None:
        return on.isoformat()
    return raw or (LONG if kind == DueType.LONG_TERM else NO_TIME)


def tasks(plans: QuerySet[Plan], filters: TaskFilters, *, now: datetime) -> list[Task]:
    """Return the obligations of plans that the filters leave, by plan and number, each with how it stands."""
    today = now.astimezone(SHANGHAI).date()
    found = _narrowed(Obligation.objects.filter(plan__in=plans), filters, today)
    notes = ProgressNote.objects.filter(obligation=OuterRef("pk")).exclude(kind=NoteKind.EVIDENCE).order_by("-pk")
    found = found.annotate(
        rule=latest_rule("pk", "query"),
        rule_by=latest_rule("pk", "set_by"),
        last_note=Subquery(notes.values("text")[:1]),
    )
    rows = list(
        found.select_related("plan").prefetch_related("responsible", "dues").order_by("plan__name", "plan_id", "number")
    )
    standing = _standings([row.pk for row in rows], now=now)
    every = [Task(row, rule_of(row.rule, by=row.rule_by), tuple(standing.get(row.pk, ()))) for row in rows]
    return [task for task in every if filters.by_hand in (None, task.rule.counted is None)]


def of_progress(found: Iterable[Task], progress: Progress | None) -> list[Task]:
    """Return the tasks that stand so, all when it is not said how."""
    return [task for task in found if progress is None or task.judgment.progress is progress]


def totals(found: Iterable[Task]) -> Mapping[Progress, int]:
    """Return how many tasks stand how."""
    counts = Counter(task.judgment.progress for task in found)
    return {progress: counts[progress] for progress in Progress}


def owed_by(organs: Sequence[int], *, until: date, now: datetime, most: int) -> list[Standing]:
    """
    Return what organs owe by a day, the earliest first, what is done left out.

    What has its own return is among the matters that they hold; once it is late it may be elsewhere, and is named here.
    """
    today = now.astimezone(SHANGHAI).date()
    owed = DueItem.objects.filter(still_owed(today), organ__in=organs, due_on__lte=until, obligation__closed_on=None)
    owed = owed.filter(Q(matter=None) | Q(due_on__lt=today))
    first = owed.order_by("due_on", "pk").values("pk")[:most]
    found = standings(DueItem.objects.filter(pk__in=first), now=now)
    return [one for one in found if one.judgment.progress is not Progress.DONE]


def _standings(obligations: Sequence[int], *, now: datetime) -> dict[int, list[Standing]]:
    """Return what is owed or of this time, by obligations; periods that were done and are over are history."""
    today = now.astimezone(SHANGHAI).date()
    current = Q(done_on__isnull=False) & (Q(due_on__gte=today) | Q(due__type=DueType.DATE))
    items = DueItem.objects.filter(still_owed(today) | current, obligation__in=obligations)
    found: dict[int, list[Standing]] = {}
    for one in standings(items, now=now):
        found.setdefault(one.item.obligation_id, []).append(one)
    return found


def _narrowed(found: QuerySet[Obligation], filters: TaskFilters, today: date) -> QuerySet[Obligation]:
    parts = Responsible.objects.filter(obligation=OuterRef("pk"))
    if not filters.closed:
        found = found.filter(closed_on=None)
    if filters.uid is not None:
        found = found.filter(uid=filters.uid)
    if filters.lead:
        found = found.filter(Exists(parts.filter(_called(filters.lead), part=Part.LEAD)))
    if filters.unit:
        found = found.filter(Exists(parts.filter(_called(filters.unit))))
    if filters.organ is not None:
        found = found.filter(Exists(parts.filter(organ=filters.organ)))
    if filters.clause:
        found = found.filter(clause__startswith=filters.clause)
    if filters.text:
        found = found.filter(Q(title__icontains=filters.text) | Q(text__icontains=filters.text))
    if filters.cadence:
        dues = ObligationDue.objects.filter(obligation=OuterRef("pk"), ended_on=None)
        found = found.filter(Exists(dues.filter(Q(type=filters.cadence) | Q(period=filters.cadence))))
    if filters.due_before is not None:
        owed = DueItem.objects.filter(still_owed(today), obligation=OuterRef("pk"), due_on__lte=filters.due_before)
        found = found.filter(Exists(owed))
    return found


def _called(words: str) -> Q:
    """Return the condition that a unit is called so, in the document or in the directory."""
    return Q(raw__icontains=words) | Q(organ__names__short__icontains=words) | Q(organ__names__full__icontains=words)
