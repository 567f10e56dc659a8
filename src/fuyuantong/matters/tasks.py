"""
What the worker does by the clock; each task may run again at any time, and beside itself, without harm.

No task takes a lock of the queue: a worker that is killed would keep it for ever.
"""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from fuyuantong.matters.services import deferred, engine, following, ladder, outbox, recomputing, successions

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


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="follow_the_directory")
def follow_the_directory(timestamp: int) -> None:
    """Let see, and no longer see, whom the directory says."""
    following.follow_directory(now=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Put away the jobs of workers that were killed, and those that ended a week ago; what they do is done again."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
    await jobs.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True, include_aborted=True)
