"""The region for which an administrator speaks: that of the organ in which the post stands."""

from fuyuantong.desk.visit import Visit
from fuyuantong.organs.models import Organ
from fuyuantong.organs.vocabulary import PostKind


def region_of(visit: Visit, part: PostKind) -> str:
    """Return the code of the region of the person's post of that kind."""
    organ_id = next(post.organ_id for post in visit.person.posts if post.kind == part)
    return Organ.objects.values_list("region_code", flat=True).get(pk=organ_id)
