"""What the worker does for the register by the clock; each task may run again at any time without harm."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fuyuantong.registers.cases.services import warning


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="warn_of_similar_cases")
def warn_of_similar_cases(timestamp: int) -> None:
    """Find where similar cases grew many, every night, each once."""
    warning.find_warnings(now=timezone.now())
