"""期限证明: on what a deadline rests, day by day, what if, and whether it still comes out the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.explanation import explain
from fuyuantong.clock.proof import Proof, prove
from fuyuantong.clock.running import RunningClock
from fuyuantong.clock.supposing import suppose
from fuyuantong.clock.terms import Unit
from fuyuantong.desk.clock_calendars import ClockCalendar, clock_calendar, lines_as_terms
from fuyuantong.desk.time_left import TimeLeft, time_left
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.desk.what_if import supposition_from
from fuyuantong.matters.console.labels import OrganNames
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.recorded_clocks import RecordedClock, checked, named, proof_file, recorded_clock
from fuyuantong.refusal import Refusal

BY_DAYS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What was asked and what came of it: the answer in words and months, or why it cannot be supposed."""

    asked: Mapping[str, str]
    units: tuple[Unit, ...]
    proof: Proof | None = None
    lines: tuple[tuple[str, str], ...] = ()
    calendar: ClockCalendar | None = None
    moved: int = 0
    refusal: Refusal | None = None

    @property
    def moved_back(self) -> int:
        """Return by how many days it would end earlier."""
        return -self.moved

    @property
    def beyond_ceiling(self) -> bool:
        """Tell whether it would end later than the law allows."""
        proof = self.proof
        return bool(proof and proof.raw_due_on and proof.ceiling_due_on and proof.raw_due_on > proof.ceiling_due_on)


@require_safe
@at_desk
def clock_proof(visit: Visit, uid: UUID, name: str, lap: int) -> HttpResponse:
    """Show the proof of one lap of a clock."""
    calendar, names = current_calendar(), OrganNames(on=visit.today)
    with visit.reading() as reader:
        found = recorded_clock(reader, uid, name=name, lap=lap, names=names)
        shown = named(found.clock, names)
        check, supposed = checked(found, calendar), _what_if(visit, shown, calendar)
        proof = prove(shown, calendar)
        return visit.page(
            "desk/clock_proof.html",
            {
                "found": found,
                "clock": shown,
                "lines": lines_as_terms(explain(proof, calendar)),
                "calendar": clock_calendar(proof, calendar, today=visit.today),
                "left": _left(found, visit, calendar),
                "standing": proof.standing.word,
                "late": _late(shown, proof, calendar),
                "check": check,
                "checked_at": visit.now if "recompute" in visit.request.GET else None,
                "notices": [notice for notice in calendar.notices if notice.year in _years(proof)],
                "what_if": supposed,
            },
            status=422 if supposed.refusal else 200,
        )


@require_safe
@at_desk
def clock_proof_file(visit: Visit, uid: UUID, name: str, lap: int) -> HttpResponse:
    """Hand out the proof as a file that anyone can check."""
    with visit.reading() as reader:
        found = recorded_clock(reader, uid, name=name, lap=lap, names=OrganNames(on=visit.today))
    answer = JsonResponse(proof_file(found, current_calendar()), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="clock-{uid}-{lap}.json"'
    return answer


def _what_if(visit: Visit, clock: RunningClock, calendar: Calendar) -> WhatIf:
    asked = {name: visit.request.GET.get(name, "") for name in visit.request.GET}
    units = (Unit.HOURS,) if clock.counts_hours else BY_DAYS
    try:
        supposed = supposition_from(asked)
        if supposed is None:
            return WhatIf(asked, units)
        before, proof = prove(clock, calendar), prove(suppose(clock, supposed), calendar)
    except Refusal as refusal:
        return WhatIf(asked, units, refusal=refusal)
    moved = (proof.due_on - before.due_on).days if proof.due_on and before.due_on else 0
    shown = clock_calendar(proof, calendar, today=visit.today)
    return WhatIf(asked, units, proof, tuple(lines_as_terms(explain(proof, calendar))), shown, moved)


def _left(found: RecordedClock, visit: Visit, calendar: Calendar) -> TimeLeft | None:
    if found.due_on is None or found.clock.ended_on is not None:
        return None
    return time_left(found.due_on, today=visit.today, calendar=calendar)


def _late(clock: RunningClock, proof: Proof, calendar: Calendar) -> str | None:
    """Return by how much an ended clock was overrun: nothing when it was in time, None while it goes on."""
    if clock.ended_on is None or proof.due_on is None:
        return None
    late = clock.ended_on > proof.due_on
    return time_left(proof.due_on, today=clock.ended_on, calendar=calendar).words if late else ""


def _years(proof: Proof) -> set[int]:
    return {day.on.year for day in proof.trace}
