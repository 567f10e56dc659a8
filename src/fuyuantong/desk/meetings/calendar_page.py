"""会议日历: the month and the list of all meetings and hearings to attend that a person may see."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.meetings.asked import (
    Asked,
    kind_meant,
    kinds,
    month_after,
    month_before,
    month_meant,
    months_around,
)
from fuyuantong.desk.meetings.owed import meetings_owed
from fuyuantong.desk.organ_tags import OrganTag, tags_by_id
from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.events import MOST, EventRow, events_between
from fuyuantong.matters.sight import Reader
from fuyuantong.protocol import Holding
from fuyuantong.refusal import Refusal

HOLDINGS: Mapping[Holding, tuple[str, str]] = {
    Holding.CONFIRMED: ("", ""),
    Holding.TENTATIVE: ("日期未定", "soon"),
    Holding.CANCELLED: ("已取消", "quiet"),
}
SOON = timedelta(days=7)
WEEKS = calendar.Calendar()


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the calendar shows it."""

    row: EventRow
    state: str
    convenor: OrganTag | None

    @property
    def hours(self) -> str:
        """Return from when to when it lasts, as far as that is said. Example: 09:30—11:30."""
        return "—".join(f"{at:%H:%M}" for at in (self.row.begins, self.row.ends) if at is not None)

    @property
    def word(self) -> str:
        """Return what is to be said of its day; nothing of one that is set."""
        return HOLDINGS[self.row.holding][0]

    @property
    def tone(self) -> str:
        """Return the colour of that word."""
        return HOLDINGS[self.row.holding][1]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the month grid with its events."""

    on: date
    is_inside: bool
    is_today: bool
    entries: tuple[Entry, ...]


@require_safe
@at_desk
def meetings(visit: Visit) -> HttpResponse:
    """Show a month, as a grid and as a list."""
    asked, refusal = Asked.read(visit.request.GET), None
    try:
        first, kind = month_meant(asked, today=visit.today), kind_meant(asked)
    except Refusal as refused:
        refusal, asked = with_names(refused, on=visit.today), Asked()
        first, kind = month_meant(asked, today=visit.today), kind_meant(asked)
    weeks = WEEKS.monthdatescalendar(first.year, first.month)
    with visit.reading() as reader:
        found = events_between(reader, weeks[0][0], weeks[-1][-1], kind=kind)
        owed = meetings_owed(visit, reader)
    entries = entries_of(found[:MOST], today=visit.today)
    after = month_after(first)
    context = {
        "asked": asked,
        "owed": owed,
        "refusal": refusal,
        "first": first,
        "weeks": _grid(weeks, entries, first=first, today=visit.today),
        "entries": [entry for entry in entries if first <= entry.row.on < after],
        "is_cut": len(found) > MOST,
        "most": MOST,
        "kinds": kinds(asked),
        "months": months_around(first),
        "next": asked.address(month=f"{after:%Y-%m}"),
        "previous": asked.address(month=f"{month_before(first):%Y-%m}"),
        "now": asked.address(month=""),
    }
    return visit.page("desk/meetings/calendar.html", context)


def meetings_soon(visit: Visit, reader: Reader) -> list[Entry]:
    """Return the meetings of today and the next seven days."""
    return entries_of(events_between(reader, visit.today, visit.today + SOON), today=visit.today)


def entries_of(rows: Iterable[EventRow], *, today: date) -> list[Entry]:
    """Return events ready to be shown, with one query however many they are."""
    rows = list(rows)
    tags = tags_by_id({row.initiator_id for row in rows}, on=today)
    return [Entry(row, state_title(row.mechanism, row.state), tags.get(row.initiator_id)) for row in rows]


def _grid(weeks: list[list[date]], entries: list[Entry], *, first: date, today: date) -> list[list[Day]]:
    on: dict[date, list[Entry]] = {}
    for entry in entries:
        on.setdefault(entry.row.on, []).append(entry)
    return [
        [Day(day, day.month == first.month, day == today, tuple(on.get(day, ()))) for day in week] for week in weeks
    ]
