"""Guards against guessing: every attempt is counted before it is looked at, in the database, for all web processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import Final

from django.db import connection, transaction

from fuyuantong.accounts.models import Guard
from fuyuantong.accounts.security_log import Origin, write_event
from fuyuantong.accounts.vocabulary import GuardKind, SecurityKind
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.models import Account
from fuyuantong.refusal import Refusal

WINDOW: Final = timedelta(minutes=15)
LOCK: Final = timedelta(minutes=15)
# many officials come from one address: a courthouse has one way out
ATTEMPTS: Final = {GuardKind.ACCOUNT: 5, GuardKind.FACTOR: 5, GuardKind.ADDRESS: 100}
BASIS: Final = "GB/T 22239-2019 8.1.4.1 身份鉴别"


class LockedOut(Refusal):
    """Refuse to look at an attempt after too many in vain; the answer is the same for accounts that do not exist."""

    key = "locked-out"
    title = "暂时锁定"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is tried by whom: the guards that count it, by kind and key."""

    guards: tuple[tuple[GuardKind, str], ...]
    account: Account | None
    origin: Origin


def password_attempt(username: str, *, origin: Origin) -> Attempt:
    """Return the attempt to sign in with a password: counted for the name as typed and for the address."""
    account = Account.objects.filter(username=username).first()
    # the address first: from one that is locked nobody counts against an account any more
    return Attempt(((GuardKind.ADDRESS, origin.address), (GuardKind.ACCOUNT, _hidden(username))), account, origin)


def factor_attempt(account: Account, *, origin: Origin) -> Attempt:
    """Return the attempt to pass the second step."""
    return Attempt(((GuardKind.FACTOR, str(account.pk)),), account, origin)


def count(attempt: Attempt, *, now: datetime) -> int:
    """
    Count an attempt before it is looked at; return how many more may fail.

    Two at once cannot both be the last one.
    Raises: `LockedOut`.
    """
    left = []
    for kind, key in attempt.guards:
        tried, until = _counted(kind, key, now)
        if until is None and tried > ATTEMPTS[kind]:
            # the last ones allowed are being looked at this moment
            until = now + LOCK
        if until is not None:
            raise locked_out(until, now=now)
        left.append(ATTEMPTS[kind] - tried)
    return min(left)


@transaction.atomic
def failed(attempt: Attempt, *, step: str, now: datetime) -> None:
    """Write down that an attempt failed, and lock what was tried too often."""
    write_event(
        SecurityKind.SIGN_IN_FAILED, account=attempt.account, origin=attempt.origin, now=now, detail={"step": step}
    )
    for kind, key in attempt.guards:
        full = Guard.objects.filter(kind=kind, key=key, attempts__gte=ATTEMPTS[kind], locked_until=None)
        if full.update(locked_until=now + LOCK):
            detail = {"what": kind, "until": (now + LOCK).isoformat()}
            write_event(SecurityKind.LOCKED, account=attempt.account, origin=attempt.origin, now=now, detail=detail)


def passed(attempt: Attempt) -> None:
    """Forget what was counted; an address forgets this one attempt only, or one good account would open it to guessing."""
    for kind, key in attempt.guards:
        if kind == GuardKind.ADDRESS:
            with connection.cursor() as cursor:
                cursor.execute(_TAKE_BACK, [kind, key])
        else:
            Guard.objects.filter(kind=kind, key=key).delete()


@transaction.atomic
def unlock(account: Account, *, by: Account | None, origin: Origin, now: datetime) -> bool:
    """Let an account try again at once; say whether it was locked."""
    mine = [(GuardKind.ACCOUNT, _hidden(account.username)), (GuardKind.FACTOR, str(account.pk))]
    was_locked = locked_until(account, now=now) is not None
    for kind, key in mine:
        Guard.objects.filter(kind=kind, key=key).delete()
    detail = {"account": account.username, "was_locked": was_locked}
    write_event(SecurityKind.UNLOCKED, account=by, origin=origin, now=now, detail=detail)
    return was_locked


def locked_until(account: Account, *, now: datetime) -> datetime | None:
    """Return until when an account is locked, None if it is not."""
    keys = [_hidden(account.username), str(account.pk)]
    kinds = (GuardKind.ACCOUNT, GuardKind.FACTOR)
    found = Guard.objects.filter(kind__in=kinds, key__in=keys, locked_until__gt=now).order_by("-locked_until")
    return found.values_list("locked_until", flat=True).first()


def forget_guards(*, before: datetime) -> int:
    """Put away what began to be counted before a moment that is longer ago than any lock; return how many."""
    forgotten, _ = Guard.objects.filter(since__lt=before).delete()
    return forgotten


def locked_out(until: datetime, *, now: datetime) -> LockedOut:
    """Return the refusal that says how long it lasts."""
    minutes = max(1, ceil((until - now).total_seconds() / 60))
    clock = until.astimezone(SHANGHAI).strftime("%H:%M")
    return LockedOut(
        f"连续多次输入有误，已暂时锁定，还有 {minutes} 分钟（{clock} 后可再试）。",
        basis=BASIS,
        remedy="请稍后再试；忘记密码的，请联系本单位的系统管理员。",
    )


def _counted(kind: GuardKind, key: str, now: datetime) -> tuple[int, datetime | None]:
    values = {"kind": kind, "key": key, "now": now, "expired": now - WINDOW}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        tried, until = cursor.fetchone()
    return tried, until


def _hidden(username: str) -> str:
    # somebody types a password into the field of the name every day: it is not kept readable
    return sha256(username.encode("utf-8", "surrogatepass")).hexdigest()


# One statement counts and answers, so of attempts made at once each sees another number.
_COUNT = """
    INSERT INTO sign_in_guard AS guard (kind, key, attempts, since, locked_until)
    VALUES (%(kind)s, %(key)s, 1, %(now)s, NULL)
    ON CONFLICT (kind, key) DO UPDATE SET
        attempts = CASE
            WHEN guard.locked_until > %(now)s THEN guard.attempts
            WHEN guard.locked_until IS NOT NULL OR guard.since <= %(expired)s THEN 1
            ELSE guard.attempts + 1
        END,
        since = CASE
            WHEN guard.locked_until <= %(now)s OR (guard.locked_until IS NULL AND guard.since <= %(expired)s)
            THEN %(now)s ELSE guard.since
        END,
        locked_until = CASE WHEN guard.locked_until > %(now)s THEN guard.locked_until END
    RETURNING attempts, locked_until
"""

_TAKE_BACK = "UPDATE sign_in_guard SET attempts = attempts - 1 WHERE kind = %s AND key = %s AND attempts > 0"
