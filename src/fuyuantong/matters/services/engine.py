"""What the engine does when a clock has passed: the lapse that the present state provides."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.clock import Clock, ClockState
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.engine_records import Drafted, write
from fuyuantong.matters.services.hindrance import or_tell
from fuyuantong.matters.services.recomputing import recomputed
from fuyuantong.matters.services.rounds import each, one_by_one
from fuyuantong.matters.services.trail import Standing
from fuyuantong.protocol import Final
from fuyuantong.protocol.decision import lapse
from fuyuantong.protocol.timing import running_clock

ALLOWANCE = timedelta(days=0)  # for transport between nodes (core.md R7); none on one node


def let_lapse(*, now: datetime) -> int:
    """
    Take every lapse whose clock has passed, one after the other where downtime has let several pass.

    Shape: how many matters moved on. A matter whose clock passed without a lapse is overdue, and stays.
    """
    passed = Clock.objects.filter(matter=OuterRef("pk"), state=ClockState.RUNNING, due_on__lt=today(now) - ALLOWANCE)
    overdue = Matter.objects.filter(Exists(passed), phase=Phase.OPEN).only("uid", "mechanism", "declaration", "state")
    return each(filter(_may_lapse, one_by_one(overdue)), lambda row: _lapse_as_far(str(row.uid), now=now))


def lapse_one(uid: str, *, now: datetime) -> Done | None:
    """Take the lapse of one matter, if a clock of its has passed; a day that no longer holds is set right before."""
    day = today(now)

    def draft(standing: Standing, world: DatabaseWorld) -> Drafted | None:
        return recomputed(standing.situation, world.calendar, on=day) or _lapsed(standing, world, now=now)

    return write(uid, draft, now=now)


def _lapse_as_far(uid: str, *, now: datetime) -> int:
    taken = 0
    while or_tell(uid, lambda: lapse_one(uid, now=now), now=now):
        taken += 1
    return taken


def _lapsed(standing: Standing, world: DatabaseWorld, *, now: datetime) -> Drafted | None:
    day = today(now)
    clocks = standing.situation.clocks
    passed = sorted(
        (clock.due_on, key)
        for key, clock in clocks.items()
        if clock.running and clock.due_on is not None and clock.due_on + ALLOWANCE < day
    )
    for due_on, key in passed:
        draft = lapse(standing.mechanism, standing.situation, key, world=world, today=day)
        if draft:
            running = running_clock(clocks[key])
            return Drafted(draft, f"“{running.name}”于 {due_on} 届满（{running.rule.basis}）")
    return None


def _may_lapse(row: Matter) -> bool:
    """Tell, without taking the matter in hand, whether its state provides any lapse: most overdue ones just stay."""
    state = declared(row.mechanism, row.declaration_id).state(row.state)
    return not isinstance(state, Final) and bool(state.lapses)
