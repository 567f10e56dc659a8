"""Openings that were put off until a day (look-back): begun on it, exactly once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.follow_up import open_from
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.rounds import each, one_by_one
from fuyuantong.matters.services.successions import steps_until
from fuyuantong.matters.services.trail import Hand
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json
from fuyuantong.protocol.trail import ENGINE


def open_deferred(*, now: datetime) -> int:
    """Open what was put off until today or earlier. Shape: how many matters began."""
    day = today(now)
    heirs = {step.predecessor.code: step.successor.code for step in steps_until(day)}
    due = Deferred.objects.filter(done_at=None, due_on__lte=day).select_related("matter")
    return each(one_by_one(due), lambda row: _open(row, heirs, now=now))


@transaction.atomic
def _open(waiting: Deferred, heirs: Mapping[str, str], *, now: datetime) -> bool:
    with acting():
        standing = lock(str(waiting.matter.uid))
        if not Deferred.objects.filter(pk=waiting.pk, done_at=None).update(done_at=now):
            return False
        opening = {**waiting.body, "carried": _inherited(waiting.body["carried"], heirs)}
        hand = Hand(ENGINE, now, DatabaseWorld(on=today(now)), f"自 {waiting.due_on} 到期")
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
