"""What the engine does by itself when time passes or the world changes: lapses, deferred openings, recomputed clocks."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from fuyuantong.matters.database_world import DatabaseWorld, current_calendar
from fuyuantong.matters.models.clock import Clock, ClockState, Deferred
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.party import Party
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.follow_up import follow_up, open_from
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.trail import Hand, Standing, append
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Succession
from fuyuantong.protocol.amendments import recompute_clocks, succeed
from fuyuantong.protocol.decision import lapse
from fuyuantong.protocol.trail import ENGINE
from fuyuantong.protocol.transition import Draft

BATCH = 200
ALLOWANCE = timedelta(days=0)  # for transport between nodes (core.md R7); none on one node

Drafting = Callable[[Standing, DatabaseWorld], Draft | None]


def let_lapse(*, now: datetime) -> int:
    """
    Take every lapse whose clock has passed, one transaction for each matter.

    Shape: how many matters moved on. A matter whose clock passed without a lapse is overdue, and stays.
    """
    before = today(now) - ALLOWANCE
    overdue = Clock.objects.filter(state=ClockState.RUNNING, due_on__lt=before, matter__phase=Phase.OPEN)
    return sum(_each(overdue.values_list("matter_id", "matter__uid"), _lapse_at(now), now=now))


def lapse_one(uid: str, *, now: datetime) -> Done | None:
    """Take the lapse of one matter, if a clock of its has passed."""
    return _write(uid, _lapse_at(now), now)


def _lapse_at(now: datetime) -> Drafting:
    day = today(now)

    def draft(standing: Standing, world: DatabaseWorld) -> Draft | None:
        passed = sorted(
            (clock.due_on, key)
            for key, clock in standing.situation.clocks.items()
            if clock.running and clock.due_on is not None and clock.due_on + ALLOWANCE < day
        )
        drafts = (lapse(standing.mechanism, standing.situation, key, world=world, today=day) for _, key in passed)
        return next((found for found in drafts if found), None)

    return draft


def open_deferred(*, now: datetime) -> int:
    """Open what was to be opened later and is due (look-back). Shape: how many matters began."""
    opened = 0
    while _open_one_deferred(now):
        opened += 1
    return opened


@transaction.atomic
def _open_one_deferred(now: datetime) -> bool:
    with acting():
        due = Deferred.objects.filter(done_at=None, due_on__lte=today(now)).order_by("due_on", "id")
        waiting = due.select_for_update(skip_locked=True).first()
        if waiting is None:
            return False
        standing = lock(str(Matter.objects.only("uid").get(pk=waiting.matter_id).uid))
        hand = Hand(ENGINE, now, DatabaseWorld(on=today(now)), f"自 {waiting.due_on} 到期")
        open_from(standing, waiting.body, on=waiting.due_on, hand=hand)
        Deferred.objects.filter(pk=waiting.pk).update(done_at=now)
        return True


def recompute_for_calendar(*, now: datetime) -> int:
    """
    Recompute every living clock reckoned by another calendar than today's, by a record where its day changes.

    Shape: how many matters got another day; the others are only marked as checked against this calendar.
    """
    version = current_calendar().version

    def draft(standing: Standing, world: DatabaseWorld) -> Draft | None:
        return recompute_clocks(standing.situation, calendar=world.calendar, on=today(now))

    stale = Clock.objects.filter(state__in=(ClockState.RUNNING, ClockState.STOPPED)).exclude(calendar_version=version)
    changed = sum(_each(stale.values_list("matter_id", "matter__uid"), draft, now=now))
    with transaction.atomic(), acting():
        stale.update(calendar_version=version)
    return changed


def follow_successions(*, now: datetime) -> int:
    """Put principal successors in the place of ended organs in every open matter. Shape: how many matters changed."""
    day = today(now)
    changed = 0
    with transaction.atomic(), acting():
        steps = list(
            Succession.objects.filter(principal=True, effective_on__lte=day).select_related("predecessor", "successor")
        )
    for step in steps:
        held = Party.objects.filter(organ=step.predecessor, until_seq=None, matter__phase=Phase.OPEN)
        changed += sum(_each(held.values_list("matter_id", "matter__uid"), _succession(step, now), now=now))
    return changed


def _succession(step: Succession, now: datetime) -> Drafting:
    def draft(standing: Standing, world: DatabaseWorld) -> Draft | None:
        return succeed(
            standing.situation,
            old=step.predecessor.code,
            new=step.successor.code,
            on=today(now),
            directory_version=world.directory_version,
        )

    return draft


def _each(found: QuerySet[Any, tuple[int, UUID]], draft: Drafting, *, now: datetime) -> Iterator[int]:
    """Write a draft for each matter found, in batches by id, each matter in a transaction of its own."""
    last = 0
    while True:
        with transaction.atomic(), acting():
            batch = list(found.filter(matter_id__gt=last).order_by("matter_id").distinct()[:BATCH])
        if not batch:
            return
        for matter_id, uid in batch:
            last = matter_id
            yield 1 if _write(str(uid), draft, now) else 0


@transaction.atomic
def _write(uid: str, draft: Drafting, now: datetime) -> Done | None:
    with acting():
        standing = lock(uid)
        if standing.situation.closed:
            return None
        world = DatabaseWorld(on=today(now))
        found = draft(standing, world)
        if found is None:
            return None
        hand = Hand(ENGINE, now, world, f"{found.effective_on} 届满后由系统记录")
        after, record = append(standing, found, hand=hand)
        follow_up(after, record, hand=hand)
        return Done(uid, record, after.situation.state, after.situation.holder)
