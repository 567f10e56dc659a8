"""From what an organ is told to what its people are told: on their desks at once, outward as each of them wishes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from fuyuantong.clock.calendar import Calendar
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.inner import InnerKind
from fuyuantong.matters.session import acting
from fuyuantong.notices.addressees import addressees
from fuyuantong.notices.channels import channels
from fuyuantong.notices.models import Dispatch, NoticeWish, Told
from fuyuantong.notices.services.wishes import hours_of, wishes_of
from fuyuantong.notices.vocabulary import Pace
from fuyuantong.organs.people import serving_in

BATCH = 200
HISTORY = timedelta(days=7)  # older than this it is put on the desks as read, and goes nowhere else

Pairs = Sequence[tuple[Notice, int]]


def address(*, now: datetime) -> int:
    """
    Tell the people of each organ what the organ was told, batch by batch, each once whatever is killed meanwhile.

    Shape: how many notices were addressed.
    """
    addressed = 0
    while batch := _address_batch(now):
        addressed += batch
    return addressed


@transaction.atomic
def _address_batch(now: datetime) -> int:
    with acting():
        waiting = Notice.objects.filter(addressed_at=None).order_by("id")
        batch = list(waiting.select_for_update(skip_locked=True)[:BATCH])
        pairs = list(_pairs(batch, now))
        put_on_desks(pairs, now=now)
        put_in_dispatch(pairs, now=now)
        Notice.objects.filter(pk__in=[notice.pk for notice in batch]).update(addressed_at=now)
    return len(batch)


def put_on_desks(pairs: Pairs, *, now: datetime) -> None:
    """Put notices on the desks of accounts; what lies there already stays as it is."""
    rows = (
        Told(account_id=account, notice=notice, read_at=now if _is_history(notice, now) else None)
        for notice, account in pairs
    )
    Told.objects.bulk_create(rows, ignore_conflicts=True)


def put_in_dispatch(pairs: Pairs, *, now: datetime) -> None:
    """Write what goes outward by itself; what waits for the morning is gathered then."""
    ways = channels()
    fresh = [(notice, account) for notice, account in pairs if ways and not _is_history(notice, now)]
    wishes = wishes_of(account for _, account in fresh)
    calendar = current_calendar()
    rows = (
        _dispatch(notice, wishes[account], channel, calendar=calendar, now=now)
        for notice, account in fresh
        for channel in ways
        if _goes_alone(notice, wishes[account], channel)
    )
    Dispatch.objects.bulk_create(rows, ignore_conflicts=True)


def _pairs(batch: Sequence[Notice], now: datetime) -> Iterator[tuple[Notice, int]]:
    people = serving_in((notice.organ_id for notice in batch), at=now)
    handlers = _handlers(batch)
    for notice in batch:
        there = [person for person in people if person.organ_id == notice.organ_id]
        for account in addressees(there, handler=handlers.get((str(notice.matter_uid), notice.organ_id), "")):
            yield notice, account


def _handlers(batch: Iterable[Notice]) -> dict[tuple[str, int], str]:
    """Return to whom the organs have last assigned the matters, where they have."""
    matters, organs = {notice.matter_uid for notice in batch}, {notice.organ_id for notice in batch}
    assigned = InnerRecord.objects.filter(kind=InnerKind.ASSIGNED, matter__uid__in=matters, organ__in=organs)
    rows = assigned.order_by("seq").values_list("matter__uid", "organ_id", "values__handler")
    return {(str(uid), organ): str(handler) for uid, organ, handler in rows}


def _goes_alone(notice: Notice, wish: NoticeWish, channel: str) -> bool:
    pace = wish.pace(channel)
    return pace == Pace.EACH or (pace == Pace.URGENT and notice.urgent)


def _dispatch(notice: Notice, wish: NoticeWish, channel: str, *, calendar: Calendar, now: datetime) -> Dispatch:
    at_once = notice.urgent and wish.urgent_always
    return Dispatch(
        account_id=wish.account_id,
        channel=channel,
        notice=notice,
        text=notice.text,
        urgent=notice.urgent,
        not_before=now if at_once else hours_of(wish).next_from(now, calendar=calendar),
        created_at=now,
    )


def _is_history(notice: Notice, now: datetime) -> bool:
    return now - notice.created_at > HISTORY
