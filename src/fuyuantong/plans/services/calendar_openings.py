"""Opening the returns that have come to be owed: one for each due item, however often and by however many it is tried."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.opening import open_for
from fuyuantong.matters.services.rounds import each, one_by_one
from fuyuantong.matters.session import acting
from fuyuantong.matters.training import provenance_in
from fuyuantong.organs.queries import successor_of
from fuyuantong.plans.calendar_openings import Filling, filled, title_of
from fuyuantong.plans.evidence import Counted
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.periods import period_title
from fuyuantong.plans.queries.standings import Rule, rule_of
from fuyuantong.plans.queries.unopened import waiting_for_a_return


def open_owed_returns(*, now: datetime) -> int:
    """
    Open the returns of due items that have none yet and are measured by one; shape: how many were opened.

    A return that cannot be opened is logged and tried again; it keeps no other back. Two at once open nothing twice.
    """
    return each(one_by_one(waiting_for_a_return(now)), lambda item: _open(item.pk, now=now))


@transaction.atomic
def _open(pk: int, *, now: datetime) -> bool:
    """
    Open the return of an item; False where another worker is at it, or the place does not have such returns.

    So it is where the organ would report to itself: an office that is itself among the units of the task.
    """
    wanted = waiting_for_a_return(now).filter(pk=pk).select_related("organ", "obligation__plan__office")
    item = wanted.select_for_update(of=("self",), skip_locked=True).first()
    if item is None:
        return False
    rule = rule_of(item.rule)
    if rule.counted is None or not DatabaseWorld(on=today(now)).is_on(rule.counted.key, near=item.organ.code):
        return False
    values = _values(item, rule, now=now)
    if item.organ.code in values.values():
        return False
    item.matter = _opened(item, rule, rule.counted, values, now=now)
    item.save(update_fields=["matter"])
    return True


def _values(item: DueItem, rule: Rule, *, now: datetime) -> dict[str, str]:
    office = successor_of(item.obligation.plan.office, on=today(now))
    return filled(rule.query, Filling(period=period_title(item.period), office=office.code, due_on=item.due_on))


def _opened(item: DueItem, rule: Rule, counted: Counted, values: Mapping[str, str], *, now: datetime) -> Matter:
    mechanism = counted.mechanism
    entry = next(entry for entry in mechanism.entries if entry.state == rule.query.entry)
    done = open_for(
        counted.key,
        title_of(mechanism, values) or f"{mechanism.title}（{period_title(item.period)}）",
        entry=entry.state,
        roles={entry.by: item.organ.code},
        values=values,
        now=now,
        provenance=provenance_in(item.organ.region_code),
    )
    with acting():
        return Matter.objects.get(uid=done.matter)
