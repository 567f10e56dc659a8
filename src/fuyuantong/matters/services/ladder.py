"""The ladder: reminded before the due day, urged after it, then supervised; each rung once in a stay."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.counting import working_days_between
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import DatabaseWorld, current_calendar
from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.rungs import RungRule, reached
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.rounds import batches, each
from fuyuantong.matters.services.slips import Note, put_note
from fuyuantong.matters.services.trail import Hand, Standing
from fuyuantong.matters.session import one_act
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
    round_ = _Round(now)
    soon = Matter.objects.filter(phase=Phase.OPEN, due_on__lte=today(now) + LONGEST_AHEAD)
    found = batches(soon.only("uid", "due_on", "stay_seq", "region_code"))
    return sum(each(round_.with_a_rung_to_take(batch), lambda row: round_.climb(str(row.uid))) for batch in found)


def climb_one(uid: str, *, now: datetime) -> bool:
    """Take the highest rung that one matter has reached and not yet taken; tell whether there was one."""
    return _Round(now).climb(uid)


def is_office_hour(now: datetime, calendar: Calendar) -> bool:
    """Tell whether officials are at work."""
    local = now.astimezone(SHANGHAI)
    return calendar.is_working_day(local.date()) and OFFICE_HOURS[0] <= local.time() < OFFICE_HOURS[1]


class _Round:
    """One round over matters, by the rungs of the place where each of them is."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.day = today(now)
        self.calendar = current_calendar()
        self._ladders: dict[str, tuple[RungRule, ...]] = {}

    def with_a_rung_to_take(self, batch: list[Matter]) -> Iterator[Matter]:
        """Yield the matters worth taking in hand: most overdue ones stand on their highest rung already."""
        with one_act():
            rungs = Rung.objects.filter(matter__in=[row.pk for row in batch])
            taken = set(rungs.values_list("matter_id", "stay_seq", "rung"))
        for row in batch:
            if any((row.pk, row.stay_seq, rung.key) not in taken for rung in self._reached(row)[-1:]):
                yield row

    def climb(self, uid: str) -> bool:
        """Lock a matter, and take the rung that it has reached if nobody has."""
        with one_act():
            standing = lock(uid)
            row = standing.row
            rungs = self._reached(row) if row.phase == Phase.OPEN else ()
            before = set(Rung.objects.filter(matter=row, stay_seq=row.stay_seq).values_list("rung", flat=True))
            if not rungs or rungs[-1].key in before or self._came_today(standing, rungs[-1]):
                return False
            fresh = [rung.key for rung in rungs if rung.key not in before]
            Rung.objects.bulk_create(
                [Rung(matter=row, stay_seq=row.stay_seq, rung=key, taken_at=self.now) for key in fresh]
            )
            self._tell(standing, rungs[-1])
            return True

    def _reached(self, row: Matter) -> tuple[RungRule, ...]:
        if row.region_code not in self._ladders:
            self._ladders[row.region_code] = settings_of(row.region_code).ladder(on=self.day)
        ladder = self._ladders[row.region_code]
        return reached(ladder, row.due_on, self.day, self.calendar) if row.due_on else ()

    def _came_today(self, standing: Standing, rung: RungRule) -> bool:
        """Tell whether a reminder would be of what has just come."""
        return rung.after < 0 and standing.situation.stay_on == self.day

    def _tell(self, standing: Standing, rung: RungRule) -> None:
        """Tell the holder, and whom else the rung names; put it on the trail unless it is but a reminder."""
        world, situation, due_on = DatabaseWorld(on=self.day), standing.situation, standing.row.due_on
        text = rung.says(due_on=due_on, late=working_days_between(due_on, self.day, calendar=self.calendar))
        if rung.after > 0:
            put_note(standing, Note.URGE, f"{rung.title}：{text}", hand=Hand(ENGINE, self.now, world), on=self.day)
        holder = situation.holder
        state = standing.mechanism.state(situation.state)
        body = {
            "matter": situation.uid,
            "rung": rung.key,
            "urgent": rung.after > 0,
            "holder": holder,
            "copies": [organ for relation in rung.tells for organ in world.related(holder, relation, on=self.day)],
            "text": f"{standing.mechanism.title}（{state.title}）{rung.title}：{text}",
        }
        Outbox.objects.create(target="rung", body=body, created_at=self.now)
