"""What a published version lays down, as its page shows it beside the text: its obligations, each with its light."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fuyuantong.desk.organ_tags import OrganTag, tags_by_id
from fuyuantong.desk.plans.cards import UnitSaid, cards_of
from fuyuantong.desk.plans.text_view import Anchor
from fuyuantong.plans.in_force import wording_of
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.progress import PROGRESS_TITLES, Judgment, worst
from fuyuantong.plans.queries.standings import standings
from fuyuantong.plans.spoken import said_due, said_target
from fuyuantong.plans.vocabulary import Decision, Part, VersionState
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.values import Span


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a published version; `uid` leads to its page in the ledger."""

    anchor: Anchor
    number: int | None
    wording: Wording
    units: tuple[UnitSaid, ...]
    closed: str = ""
    judgment: Judgment | None = None
    uid: UUID | None = None

    @property
    def dues(self) -> list[str]:
        """Return by when, in words."""
        return [said_due(due) for due in self.wording.dues]

    @property
    def targets(self) -> list[str]:
        """Return what is to be reached, in words."""
        return [said_target(target) for target in self.wording.targets]

    @property
    def light(self) -> str:
        """Return how it stands, in a word."""
        if self.closed:
            return "已销号"
        return PROGRESS_TITLES[self.judgment.progress] if self.judgment else ""

    @property
    def tone(self) -> str:
        """Return the tone of the light."""
        return "closed" if self.closed else self.judgment.progress.value if self.judgment else ""


def laid_down(version: PlanVersion, *, on: date, now: datetime) -> list[Task]:
    """
    Return the tasks of a published version in the order of its text.

    Of the version in force these are its obligations as they stand; of an earlier one, what it said.
    """
    rows = list(
        DraftRow.objects.filter(version=version, decision=Decision.CONFIRMED)
        .select_related("continues")
        .prefetch_related("corrections")
    )
    if version.state != VersionState.PUBLISHED:
        return [
            Task(card.anchor, row.continues.number if row.continues else None, card.wording, card.units)
            for row, card in zip(rows, cards_of(version, rows, on=on), strict=True)
        ]
    found = Obligation.objects.filter(version=version).prefetch_related("responsible", "dues")
    obligations = list(found.order_by("span_start", "number"))
    sources = {row.continues_id: row for row in rows}
    lights = _lights(version, now=now)
    tags = tags_by_id({one.organ_id for task in obligations for one in task.responsible.all() if one.organ_id}, on=on)
    return [_task(one, sources.get(one.pk), lights.get(one.pk), tags) for one in obligations]


def _lights(version: PlanVersion, *, now: datetime) -> Mapping[int, Judgment]:
    judged: dict[int, list[Judgment]] = {}
    for standing in standings(DueItem.objects.filter(obligation__version=version), now=now):
        judged.setdefault(standing.item.obligation_id, []).append(standing.judgment)
    return {obligation: worst(judgments) for obligation, judgments in judged.items()}


def _task(obligation: Obligation, row: DraftRow | None, light: Judgment | None, tags: Mapping[int, OrganTag]) -> Task:
    span = Span(row.span_start, row.span_end) if row else Span(obligation.span_start, obligation.span_end)
    return Task(
        anchor=Anchor(f"o{obligation.number}", span, row.sources if row else {}),
        number=obligation.number,
        wording=wording_of(obligation),
        units=tuple(_units(obligation, tags)),
        closed=f"{obligation.closed_on} 销号：{obligation.closed_reason}" if obligation.closed_on else "",
        judgment=light,
        uid=obligation.uid,
    )


def _units(obligation: Obligation, tags: Mapping[int, OrganTag]) -> Iterable[UnitSaid]:
    by_raw: dict[str, list[OrganTag]] = {}
    leads: set[str] = set()
    for one in obligation.responsible.all():
        found = by_raw.setdefault(one.raw, [])
        if one.organ_id in tags:
            found.append(tags[one.organ_id])
        if one.part == Part.LEAD:
            leads.add(one.raw)
    for raw, organs in by_raw.items():
        yield UnitSaid(raw, raw in leads, tuple(organs))
