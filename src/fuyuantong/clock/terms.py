"""A length of time as statutes say it, and the day on which it ends."""

import calendar as months
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.counting import nth_working_day, working_days_between
from fuyuantong.refusal import Refusal

# a fixed offset, not a zone: the summer time of 1986 to 1991 is no part of any running period
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = {"hours": 876_000, "days": 36_500, "working_days": 36_500, "months": 1_200, "years": 100}


class BadTerm(Refusal):
    """A length that no period can have."""

    key = "bad-term"
    title = "期限长度有误"


class BeyondTheCalendar(Refusal):
    """A period that would end outside the years 1 to 9999."""

    key = "beyond-the-calendar"
    title = "期限超出可计算的年份"


class Unit(StrEnum):
    """Name what a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def word(self) -> str:
        """Return the unit as people write it."""
        return {"hours": "小时", "days": "日", "working_days": "个工作日", "months": "个月", "years": "年"}[self.value]


_UNITS = list(Unit)


@dataclass(frozen=True)
class Term:
    """
    Say how long a period is; a negative length lies before an event (开庭三日前).

    Raises: `BadTerm` if the length is zero, no whole number, or longer than a hundred years.
    """

    length: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a length that no period can have."""
        if type(self.length) is not int or not 0 < abs(self.length) <= LONGEST[self.unit]:
            raise BadTerm(
                f"“{self.length}”{self.unit.word}不是可用的期限",
                remedy=f"请填写不为零、不超过 {LONGEST[self.unit]} 的整数。",
                field="length",
            )

    @property
    def is_before(self) -> bool:
        """Tell whether the term is counted back from an event."""
        return self.length < 0

    @property
    def title(self) -> str:
        """Return the term for people: 15日, 2个月, 3日前."""
        return f"{abs(self.length)}{self.unit.word}{'前' if self.is_before else ''}"

    def to_data(self) -> dict[str, object]:
        """Return the term as strings and whole numbers."""
        return {"length": self.length, "unit": self.unit.value}


@dataclass(frozen=True)
class DaysLeft:
    """Keep how many natural and how many working days remain."""

    natural: int
    working: int


def term_from(data: object) -> Term:
    """
    Read a term back from `{"length": 15, "unit": "days"}`.

    Raises: `BadTerm` if a member is missing or none of the known units.
    """
    if not isinstance(data, dict) or data.get("unit") not in _UNITS:
        units = "、".join(_UNITS)
        raise BadTerm("缺少期限单位或单位不明", remedy=f"单位应为 {units} 之一。", field="unit")
    return Term(data.get("length", 0), Unit(data["unit"]))


def day_from(said: str) -> date:
    """
    Read a day as people write it, 2026-08-03; 20260803 and 2026-W32-1 are days to Python alone.

    Raises: `ValueError`.
    """
    if not _DAY.fullmatch(said):
        raise ValueError(said)
    return date.fromisoformat(said)


@contextmanager
def within_the_calendar() -> Iterator[None]:
    """
    Turn a day that Python cannot name into a refusal.

    Raises: `BeyondTheCalendar` before the year 1 and after 9999.
    """
    try:
        yield
    except OverflowError as fault:
        raise BeyondTheCalendar("期限的终点不在公元1年至9999年之内", remedy="请核对起算日和期限长度。") from fault


def end_of(term: Term, start: date, *, calendar: Calendar) -> date:
    """
    Return the day on which `term` ends when counted from `start`, before any roll.

    The start day is not counted. Months and years end on the corresponding day of the last month, or on its last
    day where it has none. A term before an event is counted back in the same way, the event's day not counted:
    three days before the 10th is the 7th.
    Raises: `BeyondTheCalendar` past the year 9999; `BadTerm` for hours, which need a moment.
    Basis: 民法典201、202；民诉法85；行诉解释48.
    """
    if term.unit is Unit.HOURS:
        raise BadTerm(f"{term.title}须从时刻起算，不能从日期起算", remedy="请提供起算的时刻。", field="unit")
    with within_the_calendar():
        if term.unit is Unit.WORKING_DAYS:
            return nth_working_day(start, term.length, calendar=calendar)
        if term.unit is Unit.DAYS:
            return start + timedelta(days=term.length)
        return add_months(start, term.length * (12 if term.unit is Unit.YEARS else 1))


def due_on(term: Term, start: date, *, calendar: Calendar) -> date:
    """
    Return the last day on which an act is still in time: the end of `term`, rolled forward off a rest day.

    Only the last day rolls, and only when counting forward. A term before an event stays where it falls: the law
    moves the last day of a period so that nobody must act on a rest day, it does not shorten or lengthen the notice
    that stands before an event; whoever wants the working day before says so in the rule (`Roll.BACKWARD`).
    Basis: 民法典203；民诉法85③；行诉解释48.
    """
    end = end_of(term, start, calendar=calendar)
    with within_the_calendar():
        return end if term.is_before else next_working_day(end, calendar=calendar)


def next_hour(start: datetime) -> datetime:
    """
    Return the full hour in Shanghai from which hours are counted: the hour of `start` is not.

    Basis: 民诉法85②（期间开始的时和日，不计算在期间内）.
    """
    local = start.astimezone(SHANGHAI)
    return local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def add_months(start: date, count: int) -> date:
    """Return the corresponding day `count` months later (earlier if negative), or the last day of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(year)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def next_working_day(day: date, *, calendar: Calendar) -> date:
    """Return `day`, or the first working day after it."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date, *, calendar: Calendar) -> date:
    """Return `day`, or the last working day before it."""
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def natural_days_between(first: date, last: date) -> int:
    """Count the days from `first`, not counted, to `last`, counted; negative if `last` is earlier."""
    return (last - first).days


def days_left(due_on: date, *, today: date, calendar: Calendar) -> DaysLeft:
    """Count the days after `today` up to and with `due_on`: zero on the last day, negative once it is past."""
    return DaysLeft(
        natural=natural_days_between(today, due_on),
        working=working_days_between(today, due_on, calendar=calendar),
    )
