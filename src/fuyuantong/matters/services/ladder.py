"""The ladder: reminded before the due day, urged after it, then supervised; each rung once in a stay."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.terms import SHANGHAI, working_days_between
from fuyuantong.matters.database_world import DatabaseWorld, current_calendar
from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.rungs import LADDER, RungRule, reached
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.rounds import batches, each
from fuyuantong.matters.services.slips import Note, put_note
from fuyuantong.matters.services.trail import Hand, Standing
from fuyuantong.matters.session import acting
from fuyuantong.protocol.trail import ENGINE

OFFICE_HOURS = (time(8, 30), time(17, 30))
LONGEST_AHEAD = timedelta(days=60)  # no rung is further before its due day than this


def climb(*, now: datetime) -> int:
    """
    Take, in office hours, the highest rung that each overdue or soon due matter has reached and not yet taken.

    Rungs below it that were missed while nothing ran count as taken: after downtime nobody is told three times.
    Shape: how many rungs were taken.
    """
    if not is_office_hour(now, current_calendar()):
        return 0
    soon = Matter.objects.filter(phase=Phase.OPEN, due_on__lte=today(now) + LONGEST_AHEAD)
    found = batches(soon.only("uid", "due_on", "stay_seq"))
    return sum(each(_with_a_rung_to_take(batch, now), lambda row: climb_one(str(row.uid), now=now)) for batch in found)


def is_office_hour(now: datetime, calendar: Calendar) -> bool:
    """Tell whether officials are at work."""
    local = now.astimezone(SHANGHAI)
    return calendar.is_working_day(local.date()) and OFFICE_HOURS[0] <= local.time() < OFFICE_HOURS[1]


def _with_a_rung_to_take(batch: list[Matter], now: datetime) -> Iterator[Matter]:
    """Yield the matters worth taking in hand: most overdue ones stand on their highest rung already."""
    calendar = current_calendar()
    with transaction.atomic(), acting():
        rungs = Rung.objects.filter(matter__in=[row.pk for row in batch])
        taken = set(rungs.values_list("matter_id", "stay_seq", "rung"))
    for row in batch:
        highest = reached(LADDER, row.due_on, today(now), calendar)[-1:]
        if any((row.pk, row.stay_seq, rung.key) not in taken for rung in highest):
            yield row


@transaction.atomic
def climb_one(uid: str, *, now: datetime) -> bool:
    """Take the highest rung that one matter has reached and not yet taken; tell whether there was one."""
    with acting():
        standing = lock(uid)
        row = standing.row
        is_awaited = row.phase == Phase.OPEN and row.due_on is not None
        rungs = reached(LADDER, row.due_on, today(now), current_calendar()) if is_awaited else ()
        before = set(Rung.objects.filter(matter=row, stay_seq=row.stay_seq).values_list("rung", flat=True))
        if not rungs or rungs[-1].key in before:
            return False
        fresh = [rung.key for rung in rungs if rung.key not in before]
        Rung.objects.bulk_create([Rung(matter=row, stay_seq=row.stay_seq, rung=rung, taken_at=now) for rung in fresh])
        _tell(standing, rungs[-1], now)
        return True


def _tell(standing: Standing, rung: RungRule, now: datetime) -> None:
    """Tell the holder, and whom else the rung names; put it on the trail unless it is but a reminder."""
    day, world = today(now), DatabaseWorld(on=today(now))
    due_on, situation = standing.row.due_on, standing.situation
    text = rung.says(due_on=due_on, late=working_days_between(due_on, day, calendar=world.calendar))
    if rung.after > 0:
        put_note(standing, Note.URGE, f"{rung.title}：{text}", hand=Hand(ENGINE, now, world), on=day)
    state = standing.mechanism.state(situation.state)
    body = {
        "matter": situation.uid,
        "rung": rung.key,
        "holder": situation.holder,
        "copies": [organ for relation in rung.tells for organ in world.related(situation.holder, relation, on=day)],
        "text": f"{standing.mechanism.title}（{state.title}）{rung.title}：{text}",
    }
    Outbox.objects.create(target="rung", body=body, created_at=now)
