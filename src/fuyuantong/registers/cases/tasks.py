"""What the worker does for the register; each task may run again at any time, and beside itself, without harm."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fuyuantong.registers.cases.services import demanding, listening, warning


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_and_listen")
def tell_and_listen(timestamp: int) -> None:
    """Tell the matters that name a case what happened to it, and take over what they say of its hearings."""
    now = timezone.now()
    demanding.tell_of_cases(now=now)
    listening.listen(now=now)


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="warn_of_similar_cases")
def warn_of_similar_cases(timestamp: int) -> None:
    """Find where similar cases grew many, every night, each once."""
    warning.find_warnings(now=timezone.now())
