"""A new holiday notice: every running clock that it changes gets a record with the day it had, no other does."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from fuyuantong.clock.calendar import Calendar
from fuyuantong.matters.database_world import DatabaseWorld, current_calendar
from fuyuantong.matters.models.clock import Clock, ClockState
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.engine_records import Drafted, write
from fuyuantong.matters.services.rounds import batches, each
from fuyuantong.matters.services.trail import Standing, situation_of
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json
from fuyuantong.protocol.amendments import recompute_clocks
from fuyuantong.protocol.fold import Situation


def recompute_for_calendar(*, now: datetime) -> int:
    """
    Hold every living clock against the notices that there are now, in batches; killed, the next round goes on.

    Shape: how many matters got a record. The other clocks are marked as checked, without one.
    """
    calendar = current_calendar()
    stale = Matter.objects.filter(Exists(_reckoned_otherwise(calendar)), phase=Phase.OPEN)
    return sum(_recompute(batch, calendar, now=now) for batch in batches(stale))


def recomputed(situation: Situation, calendar: Calendar, *, on: date) -> Drafted | None:
    """Return the record that a matter needs before its days can be relied on; None when they stand."""
    draft = recompute_clocks(situation, calendar=calendar, on=on)
    if draft is None:
        return None
    events = draft.resolved["clocks"]
    return Drafted(draft, _basis(calendar, events if isinstance(events, dict) else {}))


def _recompute(batch: Collection[Matter], calendar: Calendar, *, now: datetime) -> int:
    moved = {row.pk for row in batch if recomputed(situation_of(row), calendar, on=today(now))}
    _mark_checked({row.pk: row.seq for row in batch if row.pk not in moved}, calendar)
    return each((row for row in batch if row.pk in moved), lambda row: _recompute_one(row, now=now))


def _recompute_one(row: Matter, *, now: datetime) -> bool:
    def draft(standing: Standing, world: DatabaseWorld) -> Drafted | None:
        _living(Clock.objects.filter(matter=standing.row)).update(calendar_version=world.calendar.version)
        return recomputed(standing.situation, world.calendar, on=today(now))

    return write(str(row.uid), draft, now=now) is not None


@transaction.atomic
def _mark_checked(seen: dict[int, int], calendar: Calendar) -> None:
    """Mark matters as checked that stand where they were seen; one that is in other hands waits for the next round."""
    with acting():
        free = Matter.objects.select_for_update(skip_locked=True).filter(pk__in=seen)
        same = [pk for pk, seq in free.values_list("pk", "seq") if seen[pk] == seq]
        _living(Clock.objects.filter(matter__in=same)).update(calendar_version=calendar.version)


def _living(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    return clocks.filter(state__in=(ClockState.RUNNING, ClockState.STOPPED))


def _reckoned_otherwise(calendar: Calendar) -> QuerySet[Clock]:
    # as two ranges, for an index finds nothing by being unequal
    other = Q(calendar_version__lt=calendar.version) | Q(calendar_version__gt=calendar.version)
    return _living(Clock.objects.filter(other, matter=OuterRef("pk")))


def _basis(calendar: Calendar, events: dict[str, Json]) -> str:
    """Return the notices of the years in which the days lie, as they are cited."""
    told = [event for event in events.values() if isinstance(event, dict)]
    years = {str(event[key])[:4] for event in told for key in ("was", "due_on")}
    notices = [notice for notice in calendar.notices if str(notice.year) in years]
    cited = "；".join(f"{notice.title}（{notice.number}）" if notice.number else notice.title for notice in notices)
    return cited or f"节假日安排变动（日历 {calendar.version}）"
