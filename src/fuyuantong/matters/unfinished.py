"""What earlier matters of a kind brought about and is still open: with it the next one begins."""

from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.protocol import Json, Mechanism, Unfinished


def unfinished(
    reader: Reader, mechanism: Mechanism, beginning: Unfinished, *, kind: Json, region_code: str, but: UUID
) -> QuerySet[Matter]:
    """
    Return the open matters that others than `but` of this mechanism, region and kind have opened, oldest first.

    Only those that the reader sees, opened by matters that the reader sees: of others nothing is said, not even how many
    they are.
    """
    earlier = visible_to(reader).filter(mechanism=mechanism.key, region_code=region_code).exclude(uid=but)
    earlier = earlier.annotate(kind=KT(f"values__{beginning.same}")).filter(kind=kind)
    opened = Link.objects.filter(from_uid__in=earlier.values("uid"), kind=LinkKind.OPENED).values("to_uid")
    still = visible_to(reader).filter(uid__in=opened, mechanism=beginning.opened, phase=Phase.OPEN)
    return still.select_related("holder").order_by("opened_at", "pk")
