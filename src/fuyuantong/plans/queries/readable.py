"""The plans whose tasks an official may read."""

from datetime import datetime

from django.db.models import QuerySet

from fuyuantong.organs.models import Account
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.queries.documents import near, shelf_of


def plans_readable(account: Account, *, at: datetime) -> QuerySet[Plan]:
    """Return the plans that bear obligations in the regions of an official, those above them and those below."""
    return Plan.objects.filter(near(shelf_of(account, at=at)))
