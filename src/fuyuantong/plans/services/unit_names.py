"""Saying which organ a place's documents mean by a name: it helps every row, later plans, and the ledger at once."""

from datetime import datetime

from django.db import transaction

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.services import check_living
from fuyuantong.plans.models.obligation import LedgerEntry, Obligation, Responsible
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.models.unit_name import UnitName
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.guarding import check_office
from fuyuantong.plans.unit_aliases import known_as
from fuyuantong.plans.vocabulary import EntryKind


@transaction.atomic
def map_unit(plan: Plan, raw: str, organ: Organ, *, by: Account, now: datetime) -> int:
    """
    Say which organ a name in the documents of a plan's region means.

    Shape: how many obligations in the ledger got the organ that way; those whose name had found another keep it.
    Raises: `NotTheOffice`; `OrganNotLiving`.
    """
    check_office(plan, by=by, now=now)
    check_living(organ, on=now.astimezone(SHANGHAI).date())
    UnitName.objects.update_or_create(
        region_code=plan.region_code,
        raw=known_as(raw),
        defaults={"organ": organ, "set_by": by, "set_at": now},
    )
    waiting = Responsible.objects.filter(
        organ=None, obligation__closed_on=None, obligation__plan__region_code=plan.region_code
    )
    same = [one for one in waiting.select_for_update(of=("self",)) if known_as(one.raw) == known_as(raw)]
    for one in same:
        one.organ = organ
    Responsible.objects.bulk_update(same, ["organ"])
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            obligation_id=one.obligation_id,
            kind=EntryKind.MAPPED,
            detail={"raw": one.raw, "organ": organ.code},
            by=by,
            at=now,
        )
        for one in same
    )
    obligations = {one.obligation_id for one in same}
    create_due_items(now=now, obligations=Obligation.objects.filter(pk__in=obligations))
    return len(obligations)


def unmapped(plan: Plan) -> list[str]:
    """Return the names in the ledger of a plan that lead to no organ yet, each once."""
    open_ones = Obligation.objects.filter(plan=plan, closed_on=None)
    found = Responsible.objects.filter(obligation__in=open_ones, organ=None).order_by("obligation__number", "place")
    return list(dict.fromkeys(found.values_list("raw", flat=True)))
