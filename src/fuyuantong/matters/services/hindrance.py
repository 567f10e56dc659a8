"""What the engine should do and cannot, because directory or settings do not fit: the office hears of it, and mends it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from fuyuantong.clock.periods import PeriodNotInForce
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.branches import WrongBranch
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.session import acting
from fuyuantong.protocol.entering import OrganUnclear, RolesClash
from fuyuantong.refusal import Refusal

# what no person has done wrong in this matter, and somebody else can set right
HINDRANCES = (OrganUnclear, RolesClash, WrongBranch, PeriodNotInForce)
HINDERED = "hindered"  # a rung beside the ladder, so that one stay is told of once

Done = TypeVar("Done")


def or_tell(uid: str, act: Callable[[], Done], *, now: datetime) -> Done | None:
    """Let the engine act; where it is hindered, tell holder and office once in a stay: the next round tries again."""
    try:
        return act()
    except HINDRANCES as refusal:
        with transaction.atomic(), acting():
            tell_of(lock(uid), refusal, now=now)
        return None


def tell_of(standing: Standing, refusal: Refusal, *, now: datetime) -> None:
    """Put before holder and office what keeps the engine from going on with a matter that is locked."""
    row, holder = standing.row, standing.situation.holder
    _, is_new = Rung.objects.get_or_create(matter=row, stay_seq=row.stay_seq, rung=HINDERED, defaults={"taken_at": now})
    if not is_new:
        return
    offices = DatabaseWorld(on=today(now)).related(holder, "office_of", on=today(now))
    text = (
        f"{standing.mechanism.title}不能自动进入下一环节：{refusal.detail}。请核对机关名录和本地设置，更正后自动继续。"
    )
    body = {"matter": standing.situation.uid, "holder": holder, "copies": list(offices), "text": text}
    Outbox.objects.create(target=HINDERED, body=body, created_at=now)
