"""Due items that want a return and have none: those that the worker opens, and those that it cannot."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import DateTimeField, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.actors import today
from fuyuantong.plans.calendar_openings import OFFICE
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.queries.standings import Rule, rule_of, still_owed
from fuyuantong.protocol import Organ
from fuyuantong.reading.values import DueType

WITH_AN_END: Final = (DueType.DATE, DueType.PERIOD)


def waiting_for_a_return(now: datetime) -> QuerySet[DueItem]:
    """Return the open items that want a return: of the time since it was laid down that they open one."""
    rules = EvidenceRule.objects.filter(obligation=OuterRef("obligation")).order_by("-pk")
    found = DueItem.objects.filter(still_owed(today(now)), matter=None, obligation__closed_on=None)
    found = found.filter(due__type__in=WITH_AN_END).annotate(
        rule=Subquery(rules.values("query")[:1], output_field=JSONField()),
        set_at=Subquery(rules.values("set_at")[:1], output_field=DateTimeField()),
        set_on=TruncDate("set_at", tzinfo=SHANGHAI),
    )
    return found.filter(Q(due_on__gte=F("set_on")) | Q(created_at__gte=F("set_at")), rule__has_key="entry")


def without_receiver(offices: Iterable[int], *, now: datetime, most: int) -> list[DueItem]:
    """Return the due items of the plans of some offices of which the return can go to nobody: its receiver is gone."""
    found = waiting_for_a_return(now).filter(obligation__plan__office__in=tuple(offices))
    waiting = found.select_related("obligation", "organ").order_by("due_on", "pk")[:most]
    world = DatabaseWorld(on=today(now))
    return [item for item in waiting if not all(map(world.knows_organ, _receivers(rule_of(item.rule))))]


def _receivers(rule: Rule) -> list[str]:
    fields = {one.key for one in rule.counted.mechanism.fields if isinstance(one, Organ)} if rule.counted else set()
    return [code for key, code in rule.query.carry if key in fields and code != OFFICE]
