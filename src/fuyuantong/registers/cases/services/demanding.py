"""Telling the matters that name a case what happened to it: after the feed is taken, and whatever dies in between."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.named_row import NamedRow
from fuyuantong.matters.services.heeding import tell_matters
from fuyuantong.matters.services.rounds import batches, each
from fuyuantong.matters.session import acting
from fuyuantong.protocol.heeding import RegisterEvent
from fuyuantong.protocol.registers import COURT_CASE, REGISTERS
from fuyuantong.registers.cases.models.case import CaseEvent
from fuyuantong.registers.cases.models.telling import Demand
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3

TOLD = ("outcome", "decided_on", "passed", "passed_to")
# a matter that began to name the case while the feed was being taken is found, for its transaction is over
_READY = "xid < pg_snapshot_xmin(pg_current_snapshot())"


def tell_of_cases(*, now: datetime) -> int:
    """
    Tell matters everything that they have not heard yet, in the order in which it was fed.

    Shape: how many demands were dealt with. What fails for one is logged, stays, and is tried again in the next round.
    """
    waiting = Demand.objects.extra(where=[_READY]).select_related("case__keeper")
    return sum(_deal_with(batch, now=now) for batch in batches(waiting))


def _deal_with(batch: Collection[Demand], *, now: datetime) -> int:
    """Tell one by one under which number cases go on: whom the next one concerns depends on it; endings at once."""
    runs = ((moves, list(run)) for moves, run in groupby(batch, key=_moves))
    return sum(each(run, partial(_tell, now=now)) if moves else _end(run, now=now) for moves, run in runs)


def _moves(demand: Demand) -> bool:
    return demand.event in REGISTERS[COURT_CASE].moving


def _end(batch: Collection[Demand], *, now: datetime) -> int:
    """Tell those that concern some matter, and put the others away."""
    named = NamedRow.objects.filter(register=COURT_CASE, key=OuterRef("case__number_key"))
    with transaction.atomic(), acting():
        mine = Demand.objects.filter(pk__in=[row.pk for row in batch])
        concerned = {*mine.filter(Exists(named)).values_list("pk", flat=True)}
        idle, _ = mine.exclude(pk__in=concerned).delete()
    return idle + each((row for row in batch if row.pk in concerned), partial(_tell, now=now))


def _tell(demand: Demand, *, now: datetime) -> bool:
    with transaction.atomic(), acting():
        fed = CaseEvent.objects.get(case=demand.case_id, seq=demand.seq)
    if not tell_matters(_event(demand, fed), of=demand.case.keeper.code, now=now):
        return False
    with transaction.atomic(), acting():
        demand.delete()
    return True


def _event(demand: Demand, fed: CaseEvent) -> RegisterEvent:
    said: dict[str, Any] = fed.said
    fed_on = fed.at.astimezone(SHANGHAI).date().isoformat()
    return RegisterEvent(
        register=COURT_CASE,
        event=demand.event,
        row=demand.case.number_key,
        on=said.get("decided_on", fed_on),
        source=f"{demand.case.number_key} {fed.seq}",
        digest=sm3(canonical(said)).hex(),
        goes_on=said.get("passed_to", "") if _moves(demand) else "",
        values={key: said[key] for key in TOLD if key in said},
    )
