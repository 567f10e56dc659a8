"""What the worker does about notices by the clock; each task may run again at any time, and beside itself, without harm."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fuyuantong.notices.services import addressing, digests, dispatching


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_people")
def tell_people(timestamp: int) -> None:
    """Put notices on desks, gather the digests of the morning, and send outward."""
    now = timezone.now()
    addressing.address(now=now)
    digests.gather_digests(now=now)
    dispatching.dispatch(now=now)
