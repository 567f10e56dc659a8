"""What the worker does for the ledger of tasks; each may run again at any time, and beside itself, without harm."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.services import calendar_openings, due_items, evidence, settling, successions


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="keep_the_tasks_ledger")
def keep_the_tasks_ledger(timestamp: int) -> None:
    """Put successors in place, make what has begun to be due with its returns, and hold fast what was reached in time."""
    now = timezone.now()
    successions.follow_successions(now=now)
    due_items.create_due_items(now=now)
    calendar_openings.open_owed_returns(now=now)
    settling.settle(now=now)


@app.periodic(cron="30 4 * * *")
@app.task(queueing_lock="suggest_evidence_anew")
def suggest_evidence_anew(timestamp: int) -> None:
    """Suggest again by what open obligations are measured: what could not be counted may be since a release."""
    evidence.suggest_each(Obligation.objects.filter(closed_on=None), now=timezone.now())
