"""Hearings to come, organ by organ sued, with what was begun for each."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.periods import find_period
from fuyuantong.clock.reckoning import due_on
from fuyuantong.clock.running import RunningClock
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.registers.cases.models.case import Defendant, Hearing
from fuyuantong.registers.cases.models.telling import HearingNotice
from fuyuantong.registers.cases.services.notifying import CALLED_OFF, Spot

MOST_SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Coming:
    """
    One organ sued at one hearing; `begun` are the matters that the reader sees: uid and title.

    `notice_by`: the last day on which a notice can be served; `is_known`: the directory has the organ.
    """

    spot: Spot
    number: str
    cause: str
    name: str
    is_known: bool
    notice_by: date
    begun: tuple[tuple[UUID, str], ...]

    @property
    def mark(self) -> str:
        """Return the spot as it stands in a form."""
        return f"{self.spot.case}:{self.spot.heard_on.isoformat()}:{self.spot.place}"


def coming(reader: Reader, *, keeper: int, since: date, case: int = 0) -> tuple[Coming, ...]:
    """Return what a court will hear from a day on in cases that it tries, the next first; of one when it is named."""
    heard = to_come(since).filter(case__keeper=keeper)
    heard = heard.filter(case=case) if case else heard
    hearings = list(heard.order_by("heard_on", "case_id").select_related("case")[:MOST_SHOWN])
    cases = {hearing.case_id for hearing in hearings}
    sued: dict[int, list[Defendant]] = {}
    for one in Defendant.objects.filter(case__in=cases).order_by("place"):
        sued.setdefault(one.case_id, []).append(one)
    begun, calendar = _begun(reader, cases), current_calendar()
    return tuple(
        Coming(
            spot := Spot(hearing.case_id, hearing.heard_on, one.place),
            hearing.case.number,
            hearing.case.cause,
            one.name,
            one.organ_id is not None,
            _last_to_serve(hearing.heard_on, calendar),
            tuple(begun.get(spot, ())),
        )
        for hearing in hearings
        for one in sued.get(hearing.case_id, ())
    )


def to_come(since: date) -> QuerySet[Hearing]:
    """Return the hearings from a day on of cases that are still tried where they are registered."""
    return Hearing.objects.filter(heard_on__gte=since, case__decided_on=None, case__passed="")


@lru_cache
def _last_to_serve(heard_on: date, calendar: Calendar) -> date:
    """Return the last day for the notice of a hearing. Basis: 法释〔2020〕3号第5条."""
    rule = find_period("XS-09", on=heard_on).as_rule()
    clock = RunningClock(name="出庭通知", started_on=heard_on, trigger="开庭", rule=rule, event_on=heard_on)
    return due_on(clock, calendar) or heard_on


def _begun(reader: Reader, cases: set[int]) -> dict[Spot, list[tuple[UUID, str]]]:
    notices = list(HearingNotice.objects.filter(case__in=cases).order_by(F("matter_uid")))
    seen = visible_to(reader).filter(uid__in=[notice.matter_uid for notice in notices]).exclude(closed_kind=CALLED_OFF)
    titles = dict(seen.values_list("uid", "title"))
    found: dict[Spot, list[tuple[UUID, str]]] = {}
    for notice in notices:
        if notice.matter_uid in titles:
            spot = Spot(notice.case_id, notice.heard_on, notice.place)
            found.setdefault(spot, []).append((notice.matter_uid, titles[notice.matter_uid]))
    return found
