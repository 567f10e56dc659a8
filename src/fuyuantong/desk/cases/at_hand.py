"""What of the register of cases waits for the own organ: similar cases to decide, hearings to notify, answers to give."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from fuyuantong.desk.cases.warnings import Told, told_of
from fuyuantong.desk.time_left import TimeLeft, time_left
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.registers.cases.answer_clock import answer_clock
from fuyuantong.registers.cases.hearings import Coming, coming
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.queries import unanswered

MOST: Final = 5
SERVED_WITHIN: Final = timedelta(days=60)  # what was not answered for longer is a case that goes on without it
SERVED_SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A case that the own organ has to answer."""

    case: CourtCase
    left: TimeLeft


def warnings_at_hand(visit: Visit) -> tuple[list[Told], int]:
    """Return the first warnings that the own court has to decide, the most cases first, and how many there are."""
    organ = visit.person.organ
    if organ is None or organ.branch != Branch.COURT:
        return [], 0
    waiting = CaseWarning.objects.filter(decided_at=None, keeper=organ.id).order_by("-n", "-pk")
    found = list(waiting[: MOST + 1])
    return told_of(visit, found[:MOST]), len(found) if len(found) <= MOST else waiting.count()


def hearings_at_hand(visit: Visit, reader: Reader) -> list[tuple[Coming, TimeLeft]]:
    """Return hearings of the own court for which a notice must be served soon and none was begun, the next first."""
    organ = visit.person.organ
    if organ is None or organ.branch != Branch.COURT:
        return []
    calendar, until = current_calendar(), visit.today + SERVED_SOON
    found = (
        (one, time_left(one.notice_by, today=visit.today, calendar=calendar))
        for one in coming(reader, keeper=organ.id, since=visit.today)
        if one.is_known and not one.begun and one.notice_by <= until
    )
    return list(islice(found, MOST))


def answers_at_hand(visit: Visit) -> list[Unanswered]:
    """Return the cases that the own organ was served lately and has not answered, the most urgent first."""
    organ = visit.person.organ
    if organ is None or organ.branch == Branch.COURT:
        return []
    return list(_running(visit, organ.id))


def _running(visit: Visit, organ: int) -> Iterator[Unanswered]:
    calendar = current_calendar()
    for one in unanswered(organ, since=visit.today - SERVED_WITHIN, most=MOST):
        clock = answer_clock(
            one.case.instance,
            served_on=one.served_on,
            answered_on=None,
            is_open=True,
            today=visit.today,
            calendar=calendar,
        )
        if clock.proof and clock.proof.due_on:
            yield Unanswered(one.case, time_left(clock.proof.due_on, today=visit.today, calendar=calendar))
