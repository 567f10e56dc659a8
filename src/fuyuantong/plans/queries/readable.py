"""Who may read which plan."""

from datetime import datetime

from django.db.models import Q, QuerySet

from fuyuantong.organs.division_codes import prefix_of, regions_above
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import posts_held
from fuyuantong.plans.models.plan import Plan


def plans_readable(account: Account, *, at: datetime) -> QuerySet[Plan]:
    """Return the plans that bear obligations in the regions of an official, those above them and those below."""
    organs = Organ.objects.filter(pk__in=[post.organ_id for post in posts_held(account, at=at)])
    near = Q(pk=None)
    for code in set(organs.values_list("region_code", flat=True)):
        near |= Q(region_code__in=regions_above(code)) | Q(region_code__startswith=prefix_of(code))
    return Plan.objects.filter(near)
