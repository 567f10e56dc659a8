"""
What the worker does by the clock; each task may run again at any time, and beside itself, without harm.

No task takes a lock of the queue: a worker that is killed would keep it for ever.
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from fuyuantong.matters.services import deferred, engine, ladder, outbox, recomputing, successions

KEPT_HOURS = 7 * 24


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send")
def send(timestamp: int) -> None:
    """Send what waits in the outbox."""
    outbox.deliver(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="let_time_pass")
def let_time_pass(timestamp: int) -> None:
    """Set days right by the notices there are, put successors in place; then lapse, open what is due, and remind."""
    now = timezone.now()
    recomputing.recompute_for_calendar(now=now)
    successions.follow_successions(now=now)
    engine.let_lapse(now=now)
    deferred.open_deferred(now=now)
    ladder.climb(now=now)
