"""Trying again what was given up."""

from datetime import datetime

from fuyuantong.matters.services.actors import today
from fuyuantong.matters.session import one_act
from fuyuantong.notices.models import Dispatch
from fuyuantong.notices.queries import require_system_administrator
from fuyuantong.notices.vocabulary import DispatchState
from fuyuantong.organs.models import Account


def send_again(*, by: Account, now: datetime, dispatch_id: int | None = None, channel: str = "") -> int:
    """
    Let one dispatch, or all of a channel, that were given up be sent again under their keys; digests of past days not.

    Shape: how many wait again. Raises: `OnlyTheSystemAdministrator`.
    """
    require_system_administrator(by, now=now)
    with one_act():
        dead = Dispatch.objects.filter(state=DispatchState.DEAD).exclude(digest_on__lt=today(now))
        chosen = dead.filter(pk=dispatch_id) if dispatch_id is not None else dead.filter(channel=channel)
        return chosen.update(state=DispatchState.WAITING, attempts=0, not_before=now, ended_at=None)
