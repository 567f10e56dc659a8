"""工作台: what waits for me, what I sent, what I was copied on."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from fuyuantong.clock.terms import next_working_day
from fuyuantong.desk.lines import lines_of
from fuyuantong.desk.parts import PARTS
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.ledger import copied_to, counts, patience, sent_by, to_do
from fuyuantong.matters.ledger_query import Filters
from fuyuantong.matters.models.matter import Phase

SHOWN = 10
OPEN = Filters(phase=Phase.OPEN)


@require_safe
@at_desk
def workbench(visit: Visit) -> HttpResponse:
    """Show the first lines of each list, and how many there are."""
    if visit.person.organ is None and any(visit.person.holds(part) for part in PARTS):
        return redirect("administration")
    with visit.reading() as reader, patience():
        waiting = lines_of(to_do(reader, size=SHOWN).rows, now=visit.now)
        sent = lines_of(sent_by(reader, filters=OPEN, size=SHOWN).rows, now=visit.now)
        copied = lines_of(copied_to(reader, size=SHOWN).rows, now=visit.now)
        return visit.page(
            "desk/workbench.html",
            {
                "counts": counts(reader),
                "waiting": waiting,
                "sent": sent,
                "copied": copied,
                "next_working_day": next_working_day(visit.today, calendar=current_calendar()),
            },
        )
