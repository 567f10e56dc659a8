"""The days of a proof as a calendar shows them: month by month, each with its look and its words."""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.proof import Proof
from fuyuantong.clock.trace import Mark, TraceDay

WEEKEND = "周末"
_WEEKS = months.Calendar()


class Look(StrEnum):
    """Say how one day looks; each has a colour of its own, and a letter for those who do not see colours."""

    OUTSIDE = "outside"
    ELIDED = "elided"
    START = "start"
    EVENT = "event"
    COUNTED = "counted"
    COUNTED_REST = "counted-rest"
    WORKING_WEEKEND = "working-weekend"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STOPPED = "stopped"
    ROLLED = "rolled"

    @property
    def word(self) -> str:
        """Return the look as the legend says it."""
        return _WORDS[self][0]

    @property
    def letter(self) -> str:
        """Return the one character that stands on such a day; none on the most common."""
        return _WORDS[self][1]


_WORDS = {
    Look.OUTSIDE: ("不在期限内", ""),
    Look.ELIDED: ("期限内，逐日略", "略"),
    Look.START: ("起算日，不计", "起"),
    Look.EVENT: ("事件日，不计", "事"),
    Look.COUNTED: ("计入", ""),
    Look.COUNTED_REST: ("休息日，照计", "休"),
    Look.WORKING_WEEKEND: ("调休上班，计入", "班"),
    Look.WEEKEND: ("周末，不计", "休"),
    Look.HOLIDAY: ("节假日，不计", "假"),
    Look.STOPPED: ("中止，不计", "停"),
    Look.ROLLED: ("顺延", "顺"),
}


@dataclass(frozen=True)
class ShownDay:
    """Keep one day of a calendar, with its words for those who listen."""

    on: date
    look: Look
    words: str
    is_due: bool
    is_today: bool

    @property
    def letter(self) -> str:
        """Return what stands below the number: the last day is marked before anything else."""
        return "末" if self.is_due else self.look.letter


@dataclass(frozen=True)
class ShownMonth:
    """Keep one month in weeks from Monday to Sunday; None where a week reaches into another month."""

    year: int
    month: int
    weeks: tuple[tuple[ShownDay | None, ...], ...]

    @property
    def first(self) -> date:
        """Return the first day of the month."""
        return date(self.year, self.month, 1)


@dataclass(frozen=True)
class DayRun:
    """Keep days in a row that fared alike, with the count at the first and the last of them."""

    first: date
    last: date
    mark: Mark
    note: str
    from_index: int | None
    to_index: int | None

    @property
    def length(self) -> int:
        """Return how many days there are in the row."""
        return abs((self.last - self.first).days) + 1


def months_of(proof: Proof, calendar: Calendar, *, today: date) -> tuple[ShownMonth, ...]:
    """Return the months in which the clock runs, in order; a month of which no day is kept is left out."""
    days = {day.on: day for day in proof.trace}
    wanted = sorted({(day.year, day.month) for day in days})
    return tuple(_month(year, month, days, proof, calendar, today) for year, month in wanted)


def month_of(proof: Proof, calendar: Calendar, *, on: date, today: date) -> ShownMonth:
    """Return the one month in which `on` lies, as the clock colours it."""
    days = {day.on: day for day in proof.trace}
    return _month(on.year, on.month, days, proof, calendar, today)


def looks_in(shown: tuple[ShownMonth, ...]) -> tuple[Look, ...]:
    """Return the looks that occur inside the clock, in the order of the legend."""
    found = {day.look for month in shown for week in month.weeks for day in week if day}
    return tuple(look for look in Look if look in found and look is not Look.OUTSIDE)


def runs_of(proof: Proof) -> tuple[DayRun, ...]:
    """Return the days of a proof in rows that fared alike; where days were elided a row ends."""
    runs: list[DayRun] = []
    for day in proof.trace:
        last = runs[-1] if runs else None
        if last and last.mark is day.mark and last.note == _told(day) and abs((day.on - last.last).days) == 1:
            runs[-1] = DayRun(last.first, day.on, last.mark, last.note, last.from_index, day.index)
        else:
            runs.append(DayRun(day.on, day.on, day.mark, _told(day), day.index, day.index))
    return tuple(runs)


def _month(
    year: int, month: int, days: dict[date, TraceDay], proof: Proof, calendar: Calendar, today: date
) -> ShownMonth:
    first, last = min(days), max(days)

    def shown(on: date) -> ShownDay:
        day = days.get(on)
        look = _look(day, calendar) if day else Look.ELIDED if first < on < last else Look.OUTSIDE
        is_due, is_today = on == proof.due_on, on == today
        flags = [word for word, holds in (("今天", is_today), ("届满日", is_due)) if holds]
        words = "，".join((*flags, *_words(day, look, in_hours=proof.clock.counts_hours)))
        return ShownDay(on, look, words, is_due, is_today)

    weeks = _WEEKS.monthdatescalendar(year, month)
    return ShownMonth(
        year, month, tuple(tuple(shown(on) if on.month == month else None for on in week) for week in weeks)
    )


def _look(day: TraceDay, calendar: Calendar) -> Look:
    if day.mark is Mark.REST:
        return Look.HOLIDAY if day.on in calendar.holidays else Look.WEEKEND
    if day.mark is not Mark.COUNTED:
        return Look(day.mark.value)
    if day.on in calendar.working_weekends:
        return Look.WORKING_WEEKEND
    return Look.COUNTED if calendar.is_working_day(day.on) else Look.COUNTED_REST


def _words(day: TraceDay | None, look: Look, *, in_hours: bool) -> Iterator[str]:
    if day is not None and day.index is not None:
        yield f"累计{day.index}小时" if in_hours else f"第{day.index}日"
    yield look.word
    if day is not None and day.note and day.note != WEEKEND:
        yield day.note


def _told(day: TraceDay) -> str:
    # that a counted day is a Saturday changes nothing for it
    return "" if day.mark is Mark.COUNTED and day.note == WEEKEND else day.note
