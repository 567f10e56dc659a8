"""Organs that ended: their principal successor owes what they owed, and the ledger says since when."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.rounds import each
from fuyuantong.matters.services.successions import steps_until
from fuyuantong.organs.models import Succession
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import LedgerEntry, Obligation, Responsible
from fuyuantong.plans.vocabulary import EntryKind


def follow_successions(*, now: datetime) -> int:
    """
    Put principal successors in the place of ended organs in open obligations, oldest first.

    Shape: how many successions changed something. Open due items go along, unless the successor owes the same
    itself; what is closed or done keeps whom it had.
    """
    return each(steps_until(today(now)), lambda step: _follow(step, now=now))


def _follow(step: Succession, *, now: datetime) -> bool:
    old, new = step.predecessor, step.successor
    with transaction.atomic():
        open_ones = Obligation.objects.filter(closed_on=None)
        parts = Responsible.objects.select_for_update().filter(organ=old, obligation__in=open_ones)
        obligations = sorted({part.obligation_id for part in parts})
        if not obligations:
            return False
        same = Responsible.objects.filter(obligation=OuterRef("obligation"), raw=OuterRef("raw"), organ=new)
        parts.exclude(Exists(same)).update(organ=new)
        parts.delete()
        owed = DueItem.objects.filter(obligation=OuterRef("obligation"), period=OuterRef("period"), organ=new)
        DueItem.objects.filter(obligation__in=obligations, organ=old, done_on=None).exclude(Exists(owed)).update(
            organ=new
        )
        detail = {"from": old.code, "to": new.code, "effective_on": step.effective_on.isoformat()}
        LedgerEntry.objects.bulk_create(
            LedgerEntry(obligation_id=one, kind=EntryKind.SUCCEEDED, detail=detail, at=now) for one in obligations
        )
    return True
