"""Bringing what a register tells to every matter that names the row, wherever it is held: each once."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.models.named_row import NamedRow
from fuyuantong.matters.models.record import Record as RecordRow
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.acts import Done, done
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.hindrance import HINDRANCES, tell_of
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.rounds import each
from fuyuantong.matters.services.slip_writing import answer_slip, write_slip
from fuyuantong.matters.services.trail import Hand, Standing, append, not_before_last
from fuyuantong.matters.session import acting
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.heeding import RegisterEvent, heed, rows_named
from fuyuantong.protocol.trail import ENGINE
from fuyuantong.protocol.transition import Draft

EVENTS = UUID("6f4a1d0e-3a56-5d0f-9a54-0f6b6f9c2d10")  # name space: an event reaches one field of one matter once


def tell_matters(event: RegisterEvent, *, of: str, now: datetime) -> bool:
    """
    Bring an event to the running matters that name its row, one transaction each; what was told is not told again.

    `of` is the organ that keeps the row. Shape: whether all could take it; if not, call again later.
    """
    with transaction.atomic(), acting():
        naming = NamedRow.objects.filter(register=event.register, key=event.row, matter__phase=Phase.OPEN)
        found = list(naming.select_related("matter").order_by("matter_id", "field"))
    return each(found, lambda named: _told(named, event, of=of, now=now)) == len(found)


def _told(named: NamedRow, event: RegisterEvent, *, of: str, now: datetime) -> bool:
    uid = str(named.matter.uid)
    try:
        obey(uid, named.field, event, of=of, now=now)
    except HINDRANCES as refusal:
        with transaction.atomic(), acting():
            tell_of(lock(uid), refusal, now=now)
        return False
    return True


@transaction.atomic
def obey(uid: str, field: str, event: RegisterEvent, *, of: str, now: datetime) -> Done | None:
    """
    Let a matter obey an event of the row that its field names: the event comes as a slip of the organ that keeps the
    row, and is admitted, executed or refused by rule at once (core.md R4).

    None when it was told before, when the matter has closed or names another row, and when it heeds no such event.
    Raises: `NoSuchMatter`, `HINDRANCES`.
    """
    with acting():
        standing = lock(uid)
        slip = uuid5(EVENTS, f"{event.source} {event.event} {uid} {field}")
        if standing.situation.closed or Slip.objects.filter(pk=slip).exists():
            return None
        now = not_before_last(standing.situation, now)
        world = DatabaseWorld(on=today(now))
        draft = _drafted(standing, field, event, slip=str(slip), now=now, world=world)
        if draft is None:
            return None
        hand = Hand(ENGINE, now, world, event.said)
        after, record = append(standing, draft, hand=hand)
        write_slip(slip, after, record, kind=event.act, organ=of, body=event.as_data(), hand=hand)
        answer_slip(str(slip), granted="declined" not in draft.resolved, record=record)
        follow_up(after, record, hand=hand)
        return done(after, record)


def _drafted(
    standing: Standing, field: str, event: RegisterEvent, *, slip: str, now: datetime, world: DatabaseWorld
) -> Draft | None:
    mechanism, situation = standing.mechanism, standing.situation
    if (field, event.register, event.row) not in rows_named(mechanism, situation.values):
        return None
    gave = RecordRow.objects.filter(matter=standing.row, **{f"values__{field}__isnull": False}).latest("seq")
    return heed(
        mechanism,
        situation,
        event,
        by=field,
        of_seq=gave.seq,
        slip=slip,
        acting=Acting(situation.holder, today(now), now),
        world=world,
    )
