"""What was put off: openings until their day (look-back), results of children until the parent can take them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.follow_up import open_from, report
from fuyuantong.matters.services.hindrance import or_tell
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.rounds import each, one_by_one
from fuyuantong.matters.services.successions import steps_until
from fuyuantong.matters.services.trail import Hand
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json
from fuyuantong.protocol.trail import ENGINE


def open_deferred(*, now: datetime) -> int:
    """Do what was put off until today or earlier, each once. Shape: how many of them could be done."""
    day = today(now)
    heirs = {step.predecessor.code: step.successor.code for step in steps_until(day)}
    due = Deferred.objects.filter(done_at=None, due_on__lte=day).select_related("matter__parent")
    return each(one_by_one(due), lambda row: _done(row, heirs, now=now))


def _done(waiting: Deferred, heirs: Mapping[str, str], *, now: datetime) -> bool | None:
    goes_on = waiting.matter.parent if waiting.body.get("report") else waiting.matter
    return or_tell(str(goes_on.uid), lambda: _open(waiting, heirs, now=now), now=now)


@transaction.atomic
def _open(waiting: Deferred, heirs: Mapping[str, str], *, now: datetime) -> bool:
    with acting():
        standing = lock(str(waiting.matter.uid))
        if not Deferred.objects.filter(pk=waiting.pk, done_at=None).update(done_at=now):
            return False
        hand = Hand(ENGINE, now, DatabaseWorld(on=today(now)), f"自 {waiting.due_on} 到期")
        if waiting.body.get("report"):
            report(standing, on=waiting.due_on, hand=hand)
            return True
        opening = {**waiting.body, "carried": _inherited(waiting.body["carried"], heirs)}
        open_from(standing, opening, on=waiting.due_on, hand=hand)
        return True


def _inherited(carried: Json, heirs: Mapping[str, str]) -> Json:
    """Return what is carried, with the heir in the place of each organ that ended since."""
    if isinstance(carried, dict):
        return {key: _inherited(value, heirs) for key, value in carried.items()}
    if isinstance(carried, list):
        return [_inherited(value, heirs) for value in carried]
    if isinstance(carried, str) and carried in heirs:
        return _inherited(heirs[carried], heirs)
    return carried
