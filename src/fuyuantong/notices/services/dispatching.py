"""Sending outward: at least once, each try under the same key; what fails is tried again, later each time."""

from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from fuyuantong.matters.services.actors import today
from fuyuantong.matters.session import acting
from fuyuantong.notices.channels import Channel, channels
from fuyuantong.notices.message import Message, NotSent
from fuyuantong.notices.models import Dispatch
from fuyuantong.notices.services.wishes import wishes_of
from fuyuantong.notices.vocabulary import MAIL, DispatchState

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
ROUND = 30.0  # seconds that one channel may take of the worker, which has other things to do
GIVES_UP_AFTER = 3  # failures in a row: then the channel rests until the next round
LONGEST_FAULT = 300
OUTDATED = "汇总当日未能送达，已过时"


def dispatch(*, now: datetime) -> int:
    """Send what is due by each channel. Shape: how many were sent."""
    return sum(_send_by(channel, now) for channel in channels().values())


def _send_by(channel: Channel, now: datetime) -> int:
    sent = failed = 0
    end = monotonic() + ROUND
    while monotonic() < end and failed < GIVES_UP_AFTER and (state := _send_next(channel, now)) is not None:
        sent += state == DispatchState.SENT
        failed = 0 if state == DispatchState.SENT else failed + 1
    return sent


@transaction.atomic
def _send_next(channel: Channel, now: datetime) -> DispatchState | None:
    """Send one; the row stays locked meanwhile, and a kill leaves it waiting, to be sent again under its key."""
    with acting():
        row = _due(channel.key, now).select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return None
        if row.digest_on and row.digest_on < today(now):
            return _ended(row, DispatchState.DEAD, now, fault=OUTDATED)
        try:
            channel.send(message_of(row))
        except NotSent as fault:
            return _failed(row, str(fault)[:LONGEST_FAULT], now)
        return _ended(row, DispatchState.SENT, now)


def message_of(row: Dispatch) -> Message:
    """Return what goes out."""
    wish = wishes_of([row.account_id])[row.account_id]
    return Message(
        key=row.key,
        to=wish.mail_to if row.channel == MAIL else row.account.username,
        text=f"【府院通】{row.text.rstrip('。')}。请登录系统查看。",
        urgent=row.urgent,
        is_digest=row.digest_on is not None,
        link=settings.SITE_URL,
    )


def _due(channel: str, now: datetime) -> QuerySet[Dispatch]:
    waiting = Dispatch.objects.filter(state=DispatchState.WAITING, channel=channel, not_before__lte=now)
    return waiting.select_related("account").order_by("not_before", "id")


def _failed(row: Dispatch, fault: str, now: datetime) -> DispatchState:
    if row.attempts >= len(PAUSES):
        return _ended(row, DispatchState.DEAD, now, fault=fault)
    row.not_before = now + PAUSES[row.attempts]
    row.attempts += 1
    row.fault = fault
    row.save(update_fields=["not_before", "attempts", "fault"])
    return DispatchState.WAITING


def _ended(row: Dispatch, state: DispatchState, now: datetime, *, fault: str = "") -> DispatchState:
    row.state, row.ended_at, row.fault = state, now, fault
    row.attempts += 1
    row.save(update_fields=["state", "ended_at", "fault", "attempts"])
    return state
