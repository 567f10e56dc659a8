"""What the worker does by the clock; each task may run again at any time without harm."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fuyuantong.matters.services import engine, ladder, outbox


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send", lock="send")
def send(timestamp: int) -> None:
    """Send what waits in the outbox."""
    outbox.deliver(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="engine", lock="engine")
def let_time_pass(timestamp: int) -> None:
    """Take lapses, open what is due, put successors in place, climb the ladder."""
    now = timezone.now()
    engine.follow_successions(now=now)
    engine.let_lapse(now=now)
    engine.open_deferred(now=now)
    ladder.climb(now=now)


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="calendar", lock="engine")
def follow_the_calendar(timestamp: int) -> None:
    """Recompute clocks when a holiday notice has come in."""
    engine.recompute_for_calendar(now=timezone.now())
