"""会议情况: of a year, the meetings of each series, who came by rank, and what became of their resolutions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.meetings.asked import EARLIEST, LATEST, BadMonth, FiguresAsked
from fuyuantong.desk.meetings.calendar_page import Entry, entries_of
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.event_outcomes import Outcome, is_held, outcomes_of, ranks
from fuyuantong.matters.events import MOST, events_between
from fuyuantong.protocol import Holding
from fuyuantong.refusal import Refusal


@dataclass(frozen=True)
class Figures:
    """The meetings of one series, counted; `way` shows them alone."""

    title: str
    way: str
    held: int
    ahead: int
    cancelled: int
    came: tuple[int, ...]
    outcome: Outcome


@dataclass(frozen=True)
class Meeting:
    """One meeting with what became of it."""

    entry: Entry
    is_held: bool
    outcome: Outcome

    @property
    def present(self) -> int:
        """Return how many people are entered as present."""
        return self.outcome.came.total()


@require_safe
@at_desk
def figures(visit: Visit) -> HttpResponse:
    """Show the figures of a year, and the meetings behind them."""
    asked, refusal = FiguresAsked.read(visit.request.GET), None
    try:
        year = _year(asked, today=visit.today)
    except Refusal as refused:
        refusal, year = refused, visit.today.year
    with visit.reading() as reader:
        found = events_between(reader, date(year, 1, 1), date(year, 12, 31))
        outcomes = outcomes_of(reader, found[:MOST], today=visit.today)
    columns = ranks()
    meetings = _meetings(entries_of(found[:MOST], today=visit.today), outcomes)
    context = {
        "asked": asked,
        "refusal": refusal,
        "year": year,
        "ranks": columns,
        "series": _series(meetings, asked, columns),
        "total": _counted("合计", asked.address(series=""), meetings, columns) if meetings else None,
        "meetings": [one for one in meetings if asked.series in ("", _title(one))],
        "is_cut": len(found) > MOST,
        "most": MOST,
        "next": asked.address(year=str(year + 1)),
        "previous": asked.address(year=str(year - 1)),
    }
    return visit.page("desk/meetings/figures.html", context)


def _year(asked: FiguresAsked, *, today: date) -> int:
    if not asked.year:
        return today.year
    year = int(asked.year) if asked.year.isascii() and asked.year.isdecimal() else 0
    if not EARLIEST.year < year < LATEST.year:
        raise BadMonth(f"“{asked.year[:20]}”不是年份", remedy="请填写四位年份，如 2026。", field="year")
    return year


def _meetings(entries: Iterable[Entry], outcomes: Mapping[int, Outcome]) -> list[Meeting]:
    made = ((entry, outcomes[entry.row.id]) for entry in entries)
    return [Meeting(entry, is_held(entry.row, told), told) for entry, told in made]


def _series(meetings: Iterable[Meeting], asked: FiguresAsked, columns: Sequence[str]) -> list[Figures]:
    ordered = sorted(meetings, key=lambda one: (one.entry.row.mechanism.title, _title(one)))
    return [
        _counted(title, asked.address(series=title), list(alike), columns) for title, alike in groupby(ordered, _title)
    ]


def _title(one: Meeting) -> str:
    return one.entry.row.kind


def _counted(title: str, way: str, meetings: Sequence[Meeting], columns: Sequence[str]) -> Figures:
    outcome = sum((one.outcome for one in meetings), Outcome())
    held = sum(one.is_held for one in meetings)
    cancelled = sum(one.entry.row.holding is Holding.CANCELLED for one in meetings)
    ahead = len(meetings) - held - cancelled
    return Figures(title, way, held, ahead, cancelled, _came(outcome, columns), outcome)


def _came(outcome: Outcome, columns: Sequence[str]) -> tuple[int, ...]:
    return tuple(outcome.came[rank] for rank in columns)
