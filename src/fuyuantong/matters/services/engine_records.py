"""Records that nobody acts for: what the engine writes when time passes or the world changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.trail import Hand, Standing, append
from fuyuantong.matters.session import acting
from fuyuantong.protocol.trail import ENGINE
from fuyuantong.protocol.transition import Draft


@dataclass(frozen=True)
class Drafted:
    """What the engine would write, and what it rests on."""

    draft: Draft
    basis: str


Drafting = Callable[[Standing, DatabaseWorld], Drafted | None]


@transaction.atomic
def write(uid: str, drafting: Drafting, *, now: datetime) -> Done | None:
    """
    Write what is drafted for an open matter once it is locked, with all that follows; None when there is nothing.

    Who comes second with the same finds it done.
    """
    with acting():
        standing = lock(uid)
        world = DatabaseWorld(on=today(now))
        found = None if standing.situation.closed else drafting(standing, world)
        if found is None:
            return None
        hand = Hand(ENGINE, now, world, found.basis)
        after, record = append(standing, found.draft, hand=hand)
        follow_up(after, record, hand=hand)
        return Done(uid, record, after.situation.state, after.situation.holder)
