"""What the worker does for a page that does not wait."""

import time

from django.utils import timezone
from procrastinate.contrib.django import app

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
