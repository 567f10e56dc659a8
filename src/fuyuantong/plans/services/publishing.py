"""Publishing a draft: its confirmed rows become obligations, or new versions of those in force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.models import Account
from fuyuantong.plans.in_force import listed, running_dues, worded, wording_of
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.obligation import LedgerEntry, Obligation, ObligationDue, Responsible
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.pairing import differing
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.evidence import suggest_each
from fuyuantong.plans.services.guarding import open_draft
from fuyuantong.plans.unit_organs import organs_of_units
from fuyuantong.plans.vocabulary import Decision, EntryKind, Part, VersionState
from fuyuantong.plans.wording import WordedDue, Wording
from fuyuantong.refusal import Refusal

DROPPED = "新版方案不再列入"


class NotReady(Refusal):
    """A draft of which rows still wait for a decision, or none is confirmed."""

    key = "not-ready"
    title = "还不能发布"


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a publication did to the ledger: counts of obligations, and the names that lead to no organ yet."""

    new: int
    reworded: int
    same: int
    closed: int
    unmapped: tuple[str, ...]


@transaction.atomic
def publish(version: PlanVersion, *, by: Account, now: datetime) -> Published:
    """
    Put a draft in force: new obligations, other words for those it continues, an end for those it lists no more.

    A unit that leads to no organ stays with its own words and hinders nothing else. Numbers are never given twice; an
    obligation that is done with (销号) stays so when the new version lists it again.
    Raises: `NotTheOffice`; `NotADraft`; `NotReady` while rows wait, or if none is confirmed.
    """
    draft = open_draft(version, by=by, now=now)
    plan = Plan.objects.select_for_update().get(pk=draft.plan_id)
    rows = list(DraftRow.objects.filter(version=draft))
    _check_ready(rows)
    confirmed = [row for row in rows if row.decision == Decision.CONFIRMED]
    before = {obligation.pk: obligation for obligation in listed(plan)}
    wordings = [Wording.from_data(row.wording) for row in confirmed]
    on = now.astimezone(SHANGHAI).date()
    organs = organs_of_units(
        (unit.name for wording in wordings for unit in wording.units), region_code=plan.region_code, on=on
    )
    work = _Work(plan, draft, organs, by=by, now=now, on=on)
    for row, wording in zip(confirmed, wordings, strict=True):
        known = before.pop(row.continues_id, None) if row.continues_id else None
        row.continues = work.found(row, wording) if known is None else work.reworded(known, row, wording)
    DraftRow.objects.bulk_update(confirmed, ["continues"])
    closed = [work.closed(obligation) for obligation in before.values() if obligation.closed_on is None]
    LedgerEntry.objects.bulk_create(work.entries)
    _put_in_force(draft, by=by, now=now, on=on)
    suggest_each([row.continues for row in confirmed if row.continues], now=now)
    create_due_items(now=now, obligations=Obligation.objects.filter(plan=plan))
    return Published(
        new=work.new,
        reworded=work.changed,
        same=len(confirmed) - work.new - work.changed,
        closed=len(closed),
        unmapped=tuple(raw for raw, found in organs.items() if not found),
    )


def _check_ready(rows: Iterable[DraftRow]) -> None:
    waiting = [row for row in rows if row.decision == Decision.OPEN and not row.is_standing]
    if waiting:
        raise NotReady(
            f"还有 {len(waiting)} 项任务待确认，第一项是“{waiting[0].wording['title']}”",
            remedy="请逐项确认、修改或者注明不列入的理由。",
        )
    if not any(row.decision == Decision.CONFIRMED for row in rows):
        raise NotReady("没有一项已确认的任务", remedy="请至少确认一项任务，或从原文选取文字添加任务。")


def _put_in_force(draft: PlanVersion, *, by: Account, now: datetime, on: date) -> None:
    PlanVersion.objects.filter(plan=draft.plan_id, state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)
    draft.state, draft.published_by, draft.published_at, draft.valid_from = VersionState.PUBLISHED, by, now, on
    draft.save()


class _Work:
    """What one publication writes, with the entries of the ledger that tell it."""

    def __init__(
        self,
        plan: Plan,
        version: PlanVersion,
        organs: Mapping[str, Sequence[int]],
        *,
        by: Account,
        now: datetime,
        on: date,
    ) -> None:
        self.plan, self.version, self.organs = plan, version, organs
        self.by, self.now, self.on = by, now, on
        self.number = Obligation.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
        self.entries: list[LedgerEntry] = []
        self.new = self.changed = 0

    def found(self, row: DraftRow, wording: Wording) -> Obligation:
        """Found an obligation under the next number."""
        self.number += 1
        self.new += 1
        obligation = Obligation(plan=self.plan, number=self.number, since=self.on)
        self._word(obligation, row, wording)
        self._assign(obligation, wording)
        ObligationDue.objects.bulk_create(_due(obligation, due, place) for place, due in enumerate(wording.dues))
        self._tell(obligation, EntryKind.PUBLISHED, {"version": self.version.number})
        return obligation

    def reworded(self, obligation: Obligation, row: DraftRow, wording: Wording) -> Obligation:
        """Give an obligation the words of the new version; times that stay keep what has fallen due of them."""
        changes = differing(wording_of(obligation), wording)
        self._word(obligation, row, wording)
        if any(change.field == "units" for change in changes):
            Responsible.objects.filter(obligation=obligation).delete()
            self._assign(obligation, wording)
        if any(change.field == "dues" for change in changes):
            self._time(obligation, wording)
        if changes:
            self.changed += 1
            fields = {change.field: [change.before, change.after] for change in changes}
            detail = {"version": self.version.number, "changes": fields}
            self._tell(obligation, EntryKind.REWORDED, detail)
        return obligation

    def closed(self, obligation: Obligation) -> Obligation:
        """End an obligation that the new version lists no more."""
        obligation.closed_on, obligation.closed_reason = self.on, DROPPED
        obligation.save()
        self._tell(obligation, EntryKind.CLOSED, {"version": self.version.number, "reason": DROPPED})
        return obligation

    def _word(self, obligation: Obligation, row: DraftRow, wording: Wording) -> None:
        data = wording.as_data()
        obligation.version = self.version
        obligation.clause, obligation.title, obligation.text = wording.clause, wording.title, wording.text
        obligation.modality, obligation.targets = wording.modality, data["targets"]
        obligation.span_start, obligation.span_end = row.part_start, row.part_end
        obligation.save()

    def _assign(self, obligation: Obligation, wording: Wording) -> None:
        parts: dict[tuple[str, int | None], Part] = {}
        taken: dict[int, tuple[str, int | None]] = {}
        for unit in wording.units:
            for organ in self.organs[unit.name] or (None,):
                # 法院 and 县法院 in one list are one organ, and leading counts for more
                key = taken.get(organ, (unit.name, organ)) if organ else (unit.name, None)
                if organ:
                    taken[organ] = key
                leads = unit.is_lead or parts.get(key) == Part.LEAD
                parts[key] = Part.LEAD if leads else Part.JOINT
        Responsible.objects.bulk_create(
            Responsible(obligation=obligation, place=place, raw=raw, organ_id=organ, part=part)
            for place, ((raw, organ), part) in enumerate(parts.items())
        )

    def _time(self, obligation: Obligation, wording: Wording) -> None:
        wanted = {_same(due): (place, due) for place, due in enumerate(wording.dues)}
        for kept in running_dues(obligation):
            place_and_due = wanted.pop(_same(worded(kept)), None)
            if place_and_due is None:
                kept.ended_on = self.on
            else:
                kept.place, kept.raw = place_and_due[0], place_and_due[1].raw
            kept.save()
        ObligationDue.objects.bulk_create(_due(obligation, due, place) for place, due in wanted.values())

    def _tell(self, obligation: Obligation, kind: EntryKind, detail: Mapping[str, object]) -> None:
        self.entries.append(LedgerEntry(obligation=obligation, kind=kind, detail=detail, by=self.by, at=self.now))


def _same(due: WordedDue) -> tuple[object, ...]:
    return due.type, due.on, due.period, due.times, due.window, due.within


def _due(obligation: Obligation, due: WordedDue, place: int) -> ObligationDue:
    return ObligationDue(
        obligation=obligation,
        place=place,
        type=due.type,
        on=due.on,
        period=due.period or "",
        times=due.times,
        window=due.window,
        within=due.within,
        raw=due.raw,
    )
