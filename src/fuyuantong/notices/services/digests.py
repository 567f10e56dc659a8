"""One digest on the morning of a working day, for whoever is told outside the system and has something waiting."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.ledger import counts
from fuyuantong.matters.services.actors import MAY_ACT, today
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import Reader, reading_as
from fuyuantong.notices.channels import channels
from fuyuantong.notices.models import Dispatch, NoticeWish
from fuyuantong.notices.queries import unread
from fuyuantong.notices.services.wishes import wishes_of
from fuyuantong.notices.vocabulary import Pace
from fuyuantong.organs.models import Account

MORNING = timedelta(hours=2)  # from the hour at which the person may be disturbed
GATHERED = (Pace.DIGEST, Pace.URGENT)


def gather_digests(*, now: datetime) -> int:
    """
    Write this morning's digests for those whose day has begun; again, or killed, nobody gets a second one.

    Shape: how many were written.
    """
    ways = channels()
    if not ways or not current_calendar().is_working_day(today(now)):
        return 0
    with transaction.atomic(), acting():
        waiting = list(_waiting(ways, now))
    return sum(_gather(account, missing, now) for account, missing in waiting)


def _waiting(ways: Collection[str], now: datetime) -> Iterator[tuple[Account, tuple[str, ...]]]:
    """Yield who is in the morning of their day, with the channels by which they have no digest yet."""
    accounts = {account.pk: account for account in _at_work(now)}
    done = set(Dispatch.objects.filter(digest_on=today(now)).values_list("account_id", "channel"))
    for account_id, wish in wishes_of(accounts).items():
        wanted = (way for way in ways if wish.pace(way) in GATHERED and (account_id, way) not in done)
        missing = tuple(wanted) if _is_morning(wish, now) else ()
        if missing:
            yield accounts[account_id], missing


def _at_work(now: datetime) -> Iterator[Account]:
    own = Q(tenures__valid__contains=now, tenures__post_kind__in=MAY_ACT)
    covered = Q(covers__valid__contains=now, covers__post_kind__in=MAY_ACT)
    yield from Account.objects.filter(own | covered, is_active=True).distinct()


def _is_morning(wish: NoticeWish, now: datetime) -> bool:
    begin = datetime.combine(now.astimezone(SHANGHAI).date(), wish.from_time, SHANGHAI)
    return begin <= now < begin + MORNING


@transaction.atomic
def _gather(account: Account, missing: Collection[str], now: datetime) -> int:
    with reading_as(account, at=now) as reader:
        text = _text(reader)
    if not text:
        return 0
    with acting():
        rows = [_digest(account, channel, text, now, on=today(now)) for channel in missing]
        return len(Dispatch.objects.bulk_create(rows, ignore_conflicts=True))


def _digest(account: Account, channel: str, text: str, now: datetime, *, on: date) -> Dispatch:
    return Dispatch(account=account, channel=channel, digest_on=on, text=text, not_before=now, created_at=now)


def _text(reader: Reader) -> str:
    """Return how much waits, in numbers alone; nothing when nothing does."""
    found, fresh = counts(reader), unread(reader)
    if not found.to_do.n and not fresh:
        return ""
    late = f"，其中已逾期 {found.overdue} 件" if found.overdue.n else ""
    return f"您单位待办 {found.to_do} 件{late}，未读通知 {fresh} 条"
