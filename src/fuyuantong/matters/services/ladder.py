"""The ladder: reminded before the due day, urged after it, then supervised; each rung once in a stay."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.terms import SHANGHAI, working_days_between
from fuyuantong.matters.database_world import DatabaseWorld, current_calendar
from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.slips import Note, put_note
from fuyuantong.matters.services.trail import Hand, Standing
from fuyuantong.matters.session import acting
from fuyuantong.protocol.trail import ENGINE

BATCH = 200
OFFICE_HOURS = (time(8, 30), time(17, 30))


@dataclass(frozen=True)
class RungRule:
    """One rung. Unit: `after` working days past the due day; before it when negative."""

    key: str
    title: str
    after: int
    text: str


# house default: 到期前提醒 3 个工作日, 逾期次日催办, 逾期 5 个工作日督办
LADDER = (
    RungRule("remind", "到期前提醒", -3, "本件将于 {due} 届满，请及时办理。"),
    RungRule("urge", "催办", 1, "本件已于 {due} 届满，请立即办理。"),
    RungRule("supervise", "督办", 5, "本件已于 {due} 届满，逾期 {late} 个工作日，转督办。"),
)


def climb(*, now: datetime) -> int:
    """
    Take, in office hours, the highest rung that each overdue or soon due matter has reached and not yet taken.

    Rungs below it that were missed while nothing ran count as taken: after downtime nobody is told three times.
    Shape: how many rungs were taken.
    """
    calendar = current_calendar()
    if not is_office_hour(now, calendar):
        return 0
    taken, last = 0, 0
    while True:
        with transaction.atomic(), acting():
            due = Matter.objects.filter(phase=Phase.OPEN, due_on__isnull=False, pk__gt=last)
            batch = list(due.order_by("pk").values_list("pk", "uid", "due_on", "stay_seq")[:BATCH])
        if not batch:
            return taken
        last = batch[-1][0]
        taken += sum(_climb_one(str(uid), now) for _, uid, due_on, _ in batch if reached(due_on, now, calendar))


def is_office_hour(now: datetime, calendar: Calendar) -> bool:
    """Tell whether officials are at work."""
    local = now.astimezone(SHANGHAI)
    return calendar.is_working_day(local.date()) and OFFICE_HOURS[0] <= local.time() < OFFICE_HOURS[1]


def reached(due_on: date, now: datetime, calendar: Calendar) -> tuple[RungRule, ...]:
    """Return the rungs that a due day has reached, from the lowest."""
    day = today(now)
    late = working_days_late(due_on, day, calendar)
    return tuple(rung for rung in LADDER if late >= rung.after)


def working_days_late(due_on: date, day: date, calendar: Calendar) -> int:
    """Return how many working days `day` lies after the due day; negative before it."""
    if day >= due_on:
        return working_days_between(due_on, day, calendar=calendar)
    return -working_days_between(day, due_on, calendar=calendar)


@transaction.atomic
def _climb_one(uid: str, now: datetime) -> int:
    with acting():
        standing = lock(uid)
        row = standing.row
        if row.phase == Phase.CLOSED or row.due_on is None:
            return 0
        rungs = reached(row.due_on, now, current_calendar())
        before = set(Rung.objects.filter(matter=row, stay_seq=row.stay_seq).values_list("rung", flat=True))
        fresh = [rung for rung in rungs if rung.key not in before]
        if not fresh or rungs[-1].key in before:
            return 0
        Rung.objects.bulk_create(
            [Rung(matter=row, stay_seq=row.stay_seq, rung=rung.key, taken_at=now) for rung in fresh]
        )
        _tell(standing, rungs[-1], now)
        return 1


def _tell(standing: Standing, rung: RungRule, now: datetime) -> None:
    """Put the rung on the trail, except the first: a reminder is for its reader only."""
    due = standing.row.due_on
    late = max(0, working_days_late(due, today(now), current_calendar()))
    text = rung.text.format(due=due, late=late)
    if rung.after > 0:
        hand = Hand(ENGINE, now, DatabaseWorld(on=today(now)))
        put_note(standing, Note.URGE, f"{rung.title}：{text}", hand=hand, on=today(now))
    body = {"matter": standing.situation.uid, "rung": rung.key, "holder": standing.situation.holder, "text": text}
    Outbox.objects.create(target="rung", body=body, created_at=now)
