"""Holding fast what was reached: a period that is over, and whose evidence is there, is done and not counted again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.rounds import batches
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.progress import Progress
from fuyuantong.plans.queries.standings import standings, still_owed


def settle(*, now: datetime) -> int:
    """
    Mark the due items as done whose last day has passed and whose evidence is there; shape: how many.

    They are done by nobody: by what was counted. A person of the office may open them again.
    """
    day = today(now)
    passed = DueItem.objects.filter(still_owed(day), due_on__lt=day, obligation__closed_on=None)
    return sum(_settle(batch, now=now) for batch in batches(passed))


def _settle(batch: Sequence[DueItem], *, now: datetime) -> int:
    with transaction.atomic():
        found = standings(DueItem.objects.filter(pk__in=[item.pk for item in batch]), now=now)
        reached = [one.item.pk for one in found if one.judgment.progress is Progress.DONE]
        return DueItem.objects.filter(pk__in=reached, done_on=None).update(done_on=today(now))
