"""What the worker does for a page that does not wait."""

import time
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from fuyuantong.accounts.guarding import forget_guards
from fuyuantong.accounts.security_log import MACHINE, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.matters.verification import verify_all
from fuyuantong.organs.models import Account


@app.task(queueing_lock="verify_trails")
def verify_trails(account_id: int) -> None:
    """Verify every trail, and put the result on the security log in the name of who asked."""
    began = time.monotonic()
    verdict = verify_all()
    detail = {
        "matters": verdict.matters,
        "records": verdict.records + verdict.inner_records,
        "clocks": verdict.clocks,
        "breaks": verdict.breaks,
        "broken": [f"{broken.title} {broken.found}" for broken in verdict.broken],
        "seconds": round(time.monotonic() - began, 1),
    }
    account = Account.objects.get(pk=account_id)
    write_event(SecurityKind.TRAILS_VERIFIED, account=account, origin=MACHINE, now=timezone.now(), detail=detail)


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Put away sessions that are over, and what was counted against guessing the day before."""
    now = timezone.now()
    SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    forget_guards(before=now - timedelta(days=1))
