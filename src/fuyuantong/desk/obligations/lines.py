"""Tasks as lines of the ledger: in the seven columns that offices know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fuyuantong.desk.organ_tags import OrganTag, tags_by_id
from fuyuantong.plans.models.obligation import Responsible
from fuyuantong.plans.periods import period_title
from fuyuantong.plans.progress import PROGRESS_TITLES
from fuyuantong.plans.queries.ledger import Task
from fuyuantong.plans.queries.standings import Standing

CLOSED = "已销号"


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit: the organ that it is, or the words of the document for a group, and while nobody knows."""

    raw: str
    organs: tuple[OrganTag, ...]

    @property
    def organ(self) -> OrganTag | None:
        """Return the organ, when it is one."""
        return self.organs[0] if len(self.organs) == 1 else None

    @property
    def name(self) -> str:
        """Return what to call it. Example: 各乡镇（13 个单位）."""
        if self.organ:
            return self.organ.short
        return f"{self.raw}（{len(self.organs)} 个单位）" if self.organs else self.raw


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in a list, ready to be shown."""

    uid: UUID
    number: int
    clause: str
    title: str
    plan: str
    leads: tuple[Unit, ...]
    joints: tuple[Unit, ...]
    due: str
    why: str
    note: str
    progress: str
    light: str
    by_hand: bool


def lines_of(tasks: Iterable[Task], *, on: date) -> list[TaskLine]:
    """Return tasks as lines, with one query however many they are."""
    found = list(tasks)
    tags = tags_by_id({one.organ_id for task in found for one in task.units if one.organ_id}, on=on)
    return [line_of(task, tags) for task in found]


def line_of(task: Task, tags: Mapping[int, OrganTag]) -> TaskLine:
    """Return one task as a line."""
    obligation, progress = task.obligation, task.judgment.progress
    leads = task.leads
    return TaskLine(
        uid=obligation.uid,
        number=obligation.number,
        clause=obligation.clause,
        title=obligation.title,
        plan=obligation.plan.name,
        leads=units_of(leads, tags),
        joints=units_of([one for one in task.units if one not in leads], tags),
        due=task.due_words,
        why=_whose(task, tags) + task.judgment.why,
        note=obligation.last_note or "",
        progress=CLOSED if obligation.closed_on else PROGRESS_TITLES[progress],
        light="closed" if obligation.closed_on else progress.value,
        by_hand=task.rule.counted is None,
    )


def units_of(units: Sequence[Responsible], tags: Mapping[int, OrganTag]) -> tuple[Unit, ...]:
    """Return responsible units as they are shown, those of one name as one."""
    found: dict[str, list[OrganTag]] = {}
    for one in units:
        found.setdefault(one.raw, []).extend(tags[organ] for organ in [one.organ_id] if organ in tags)
    return tuple(Unit(raw, tuple(organs)) for raw, organs in found.items())


def _whose(task: Task, tags: Mapping[int, OrganTag]) -> str:
    """Return whose and which time the judgment is about, where there are several."""
    if task.worst is None or task.obligation.closed_on is not None or len(task.standings) < 2:
        return ""
    return f"{titled(task.worst, tags)}："


def titled(one: Standing, tags: Mapping[int, OrganTag]) -> str:
    """Return a due item by its organ and time. Example: 县法院 2021年第二季度."""
    tag = tags.get(one.item.organ_id)
    return f"{tag.short if tag else ''} {period_title(one.item.period)}".strip()
