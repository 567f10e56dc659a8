"""销号: the office confirms that something owed is done, for one period or for good; and opens it again."""

from datetime import datetime

from django.db import transaction

from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.words import said
from fuyuantong.organs.models import Account
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import LedgerEntry, Obligation
from fuyuantong.plans.models.progress import ProgressNote
from fuyuantong.plans.services.guarding import check_office
from fuyuantong.plans.vocabulary import EntryKind, NoteKind
from fuyuantong.reading.values import DueType
from fuyuantong.refusal import Refusal

LONGEST_REASON = 1_000


class BadReason(Refusal):
    """Confirming and opening again without saying why."""

    key = "bad-reason"
    title = "理由有误"


class NotInThatState(Refusal):
    """Someone was quicker: it is done already, or open already."""

    key = "not-in-that-state"
    title = "状态已经改变"


@transaction.atomic
def confirm_item(item: DueItem, reason: str, *, by: Account, now: datetime) -> DueItem:
    """
    Confirm that a due item is done; of what has no end, that it was reviewed.

    Raises: `NotTheOffice`, `BadReason`, `NotInThatState`.
    """
    words, found = _said(reason), _item(item, by=by, now=now)
    if found.done_on is not None:
        raise NotInThatState(f"这一期已于 {found.done_on} 完成", remedy="请刷新页面。")
    found.done_on, found.done_by = today(now), by
    found.done_note = ProgressNote.objects.filter(due_item=found, kind=NoteKind.EVIDENCE).order_by("-pk").first()
    found.save()
    is_review = found.due.type not in (DueType.DATE, DueType.PERIOD)
    _tell(found.obligation, EntryKind.REVIEWED if is_review else EntryKind.CLOSED, words, item=found, by=by, now=now)
    return found


@transaction.atomic
def reopen_item(item: DueItem, reason: str, *, by: Account, now: datetime) -> DueItem:
    """Open a due item again that was taken for done. Raises: `NotTheOffice`, `BadReason`, `NotInThatState`."""
    words, found = _said(reason), _item(item, by=by, now=now)
    if found.done_on is None:
        raise NotInThatState("这一期尚未完成", remedy="请刷新页面。")
    found.done_on = found.done_by = found.done_note = None
    found.save()
    _tell(found.obligation, EntryKind.REOPENED, words, item=found, by=by, now=now)
    return found


@transaction.atomic
def close(obligation: Obligation, reason: str, *, by: Account, now: datetime) -> Obligation:
    """Take an obligation off the ledger as done (销号). Raises: `NotTheOffice`, `BadReason`, `NotInThatState`."""
    words, found = _said(reason), _obligation(obligation, by=by, now=now)
    if found.closed_on is not None:
        raise NotInThatState(f"这项任务已于 {found.closed_on} 销号", remedy="请刷新页面。")
    found.closed_on, found.closed_reason = today(now), words
    found.save()
    _tell(found, EntryKind.CLOSED, words, item=None, by=by, now=now)
    return found


@transaction.atomic
def reopen(obligation: Obligation, reason: str, *, by: Account, now: datetime) -> Obligation:
    """Put a closed obligation back on the ledger. Raises: `NotTheOffice`, `BadReason`, `NotInThatState`."""
    words, found = _said(reason), _obligation(obligation, by=by, now=now)
    if found.closed_on is None:
        raise NotInThatState("这项任务没有销号", remedy="请刷新页面。")
    found.closed_on, found.closed_reason = None, ""
    found.save()
    _tell(found, EntryKind.REOPENED, words, item=None, by=by, now=now)
    return found


def _said(reason: str) -> str:
    return said(reason, longest=LONGEST_REASON, refusal=BadReason, field="reason")


def _item(item: DueItem, *, by: Account, now: datetime) -> DueItem:
    found = DueItem.objects.select_for_update(of=("self",)).select_related("obligation__plan__office", "due", "organ")
    locked = found.get(pk=item.pk)
    check_office(locked.obligation.plan, by=by, now=now)
    return locked


def _obligation(obligation: Obligation, *, by: Account, now: datetime) -> Obligation:
    found = Obligation.objects.select_for_update(of=("self",)).select_related("plan__office").get(pk=obligation.pk)
    check_office(found.plan, by=by, now=now)
    return found


def _tell(
    obligation: Obligation, kind: EntryKind, reason: str, *, item: DueItem | None, by: Account, now: datetime
) -> None:
    detail = {"reason": reason, **({"period": item.period, "organ": item.organ.code} if item else {})}
    LedgerEntry.objects.create(obligation=obligation, kind=kind, detail=detail, by=by, at=now)
