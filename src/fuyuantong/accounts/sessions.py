"""Where an account is signed in, and ending that."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from fuyuantong.accounts.devices import device
from fuyuantong.accounts.security_log import Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account
from fuyuantong.refusal import Refusal


class NoSuchSession(Refusal):
    """Say that a session is over already, or somebody else's."""

    key = "no-such-session"
    title = "没有这个登录会话"


@dataclass(frozen=True, slots=True)
class Session:
    """One place in which an account is signed in."""

    id: int
    device: str
    address: str
    begun_at: datetime
    seen_at: datetime
    current: bool


def sessions_of(account: Account, *, current: str | None) -> list[Session]:
    """Return the living sessions of an account, the latest seen first; `current` is the key of the asker's own."""
    living = UserSession.objects.purge_and_list(account)
    return [
        Session(row.pk, device(row.user_agent), row.ip, row.created_at, row.last_seen_at, row.session_key == current)
        for row in sorted(living, key=lambda row: row.last_seen_at, reverse=True)
    ]


@transaction.atomic
def end_session(account: Account, session_id: int, *, by: Account, origin: Origin, now: datetime) -> None:
    """
    End one session of an account: its next request is asked to sign in.

    Raises: `NoSuchSession`.
    """
    found = UserSession.objects.filter(pk=session_id, user=account).first()
    if found is None:
        raise NoSuchSession(f"会话 {session_id}", remedy="该会话可能已经结束，请刷新页面")
    detail = {"account": account.username, "device": device(found.user_agent), "address": found.ip}
    found.end()
    write_event(SecurityKind.SESSION_ENDED, account=by, origin=origin, now=now, detail=detail)


def end_sessions(account: Account, *, but: str | None, by: Account, origin: Origin, now: datetime) -> int:
    """End every session of an account except the one with the key `but`; return how many."""
    ended = [row.pk for row in UserSession.objects.purge_and_list(account) if row.session_key != but]
    for session_id in ended:
        end_session(account, session_id, by=by, origin=origin, now=now)
    return len(ended)
