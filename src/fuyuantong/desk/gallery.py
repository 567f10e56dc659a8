"""The gallery: every component once, with made-up content, to be looked at and photographed."""

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.clock.calendar import load_calendar
from fuyuantong.clock.proof import prove
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.running import RunningClock, Stop
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.desk.clock_calendars import clock_calendar
from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.desk.time_left import time_left
from fuyuantong.desk.visit import OK, Visit, at_desk
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.refusal import Refusal

DAY = date(2026, 11, 22)
DUE = (date(2026, 11, 19), DAY, date(2026, 11, 24), date(2026, 11, 30), date(2027, 1, 5))
CLOCK = RunningClock(
    name="reply",
    started_on=date(2026, 9, 14),
    trigger="签收",
    rule=Rule(
        key="house:reply", title="答复", source=Source.HOUSE, basis="本县方案第五条", term=Term(18, Unit.WORKING_DAYS)
    ),
    stops=(Stop(from_on=date(2026, 9, 22), to_on=date(2026, 9, 25), cause="补正", approver="县法院"),),
)


@require_safe
@at_desk
def gallery(visit: Visit) -> HttpResponse:
    """Show the component set."""
    calendar = load_calendar()
    return visit.page(
        "desk/gallery.html",
        {
            "deadlines": [time_left(due_on, today=DAY, calendar=calendar) for due_on in DUE],
            "organs": [
                OrganTag(number, "000000-x", short, branch)
                for number, (short, branch) in enumerate(
                    zip(("县司法局", "县法院", "县检察院", "县委政法委", "县律师协会"), Branch, strict=True)
                )
            ],
            "clock": clock_calendar(prove(CLOCK, calendar), calendar, today=date(2026, 10, 14)),
            "refusal": Refusal(
                "答复期限已于 2026-10-08 届满，本件已由领导小组办公室督办",
                basis="法释〔2023〕11号第八条",
                remedy="仍可提交答复，系统将记为逾期 3 个工作日。",
            ),
            "road": [
                {"title": "拟稿", "note": "09-24 县法院", "place": "passed"},
                {"title": "待书面答复", "note": "2 个月", "place": "here"},
                {"title": "办结", "note": "采纳", "place": "ahead"},
            ],
        },
        status=OK,
    )
