"""Two versions of a plan beside each other: what is new, changed, the same and gone, field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fuyuantong.desk.plans.cards import FIELD_TITLES, told_value
from fuyuantong.plans.in_force import listed, wording_of
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.pairing import differing, is_changed
from fuyuantong.plans.vocabulary import Decision, VersionState
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.comparison import ChangeKind


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What became of one task; `fields` holds title, value before and value after of each field that differs."""

    kind: ChangeKind
    number: int | None
    clause: str
    title: str
    fields: tuple[tuple[str, str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """All changes of a version against the one before, with their counts by kind."""

    before: PlanVersion | None
    changes: tuple[TaskChange, ...]
    counts: Mapping[str, int]


def compared(version: PlanVersion) -> Compared:
    """Return what a version changes against the version in force before it."""
    before = _before(version)
    rows = DraftRow.objects.filter(version=version).select_related("continues")
    left_out = (Decision.DISMISSED, Decision.MERGED)
    live = [
        row for row in rows.exclude(decision__in=left_out) if row.decision == Decision.CONFIRMED or not row.is_standing
    ]
    old = _as_it_was(before, is_next=version.state == VersionState.DRAFT) if before else {}
    changes = [_change(row, old.get(row.continues_id, (None, None))[1]) for row in live]
    kept = {row.continues_id for row in live}
    gone = [
        TaskChange(ChangeKind.GONE, number, wording.clause, wording.title, note=_why(rows, obligation))
        for obligation, (number, wording) in old.items()
        if obligation not in kept and wording is not None
    ]
    every = (*changes, *gone)
    return Compared(before, every, {kind.value: sum(one.kind is kind for one in every) for kind in ChangeKind})


def _before(version: PlanVersion) -> PlanVersion | None:
    shown = PlanVersion.objects.filter(
        plan=version.plan_id, number__lt=version.number, state__in=[VersionState.PUBLISHED, VersionState.SUPERSEDED]
    )
    return shown.order_by("-number").first()


def _as_it_was(before: PlanVersion, *, is_next: bool) -> dict[int, tuple[int | None, Wording | None]]:
    """Return number and wording of what the version before laid down, by obligation; a draft replaces what is now."""
    if is_next:
        return {one.pk: (one.number, wording_of(one)) for one in listed(before.plan)}
    rows = DraftRow.objects.filter(version=before, decision=Decision.CONFIRMED, continues__isnull=False)
    return {
        row.continues_id: (row.continues.number if row.continues else None, Wording.from_data(row.wording))
        for row in rows.select_related("continues")
    }


def _change(row: DraftRow, before: Wording | None) -> TaskChange:
    wording = Wording.from_data(row.wording)
    number = row.continues.number if row.continues else None
    if before is None:
        return TaskChange(ChangeKind.NEW, number, wording.clause, wording.title)
    fields = differing(before, wording)
    kind = ChangeKind.CHANGED if is_changed(fields) else ChangeKind.SAME
    told = tuple(
        (FIELD_TITLES[one.field], told_value(one.field, one.before), told_value(one.field, one.after)) for one in fields
    )
    return TaskChange(kind, number, wording.clause, wording.title, told)


def _why(rows: Iterable[DraftRow], obligation: int) -> str:
    """Return why a task is gone, where a person left its row out."""
    return next((row.reason for row in rows if row.continues_id == obligation and row.reason), "")
