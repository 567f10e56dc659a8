"""When an obligation falls due: the periods of a recurrence, named for ever, each with the days in which it counts."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fuyuantong.reading.numerals import in_chinese, number_of
from fuyuantong.reading.values import DueType, Period

# what recurs within a month is looked at by the month: an item of the ledger for each day would drive nothing
_BY_THE_MONTH: Final = frozenset({Period.DAY, Period.WEEK, Period.TEN_DAYS, Period.MONTH})
_MONTHS: Final = {Period.TWO_MONTHS: 2, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12, Period.TWO_YEARS: 24}
_QUARTER: Final = re.compile(r"第?(?P<n>[一二三四1-4])季度")
_MONTH: Final = re.compile(r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?P<rest>.*)")
_SPAN: Final = re.compile(r"(?P<year>\d{4})年度?(?P<part>第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?)?", re.ASCII)
_HALVES: Final = ("上半年", "下半年")
_DAY: Final = re.compile(r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})日")
_TENTH, _TWENTIETH, _LAST = 10, 20, 31


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Say by when, or how often, something falls due, as in `ObligationDue`."""

    type: DueType
    on: date | None = None
    period: Period | None = None
    window: str = ""


@dataclass(frozen=True, order=True)
class Occurrence:
    """One time that something falls due: from `starts_on` to `due_on` inclusive its evidence counts."""

    starts_on: date
    due_on: date
    period: str


def occurrences(rhythm: Rhythm, *, since: date, today: date, regularly: Period) -> tuple[Occurrence, ...]:
    """
    Return every time that something in force since a day has begun to be due by today, oldest first.

    A period of which less than half was left when the obligation came into force is not owed. What is laid down for
    good, or without any time, is reviewed every year. `regularly`: how often 定期 is.
    """
    if rhythm.type is DueType.DATE and rhythm.on is not None:
        return (Occurrence(min(since, rhythm.on), rhythm.on, f"on:{rhythm.on}"),) if since <= today else ()
    if rhythm.type is DueType.PERIOD:
        cycles = _cycles(rhythm.period or regularly, since, today)
        found = (
            Occurrence(start, _due(rhythm.window, start, end), name) for name, start, end in cycles if start <= today
        )
    else:
        found = (Occurrence(start, end, f"review:{start.year}") for _, start, end in _cycles(Period.YEAR, since, today))
    return tuple(_from(since, one) for one in found if _is_owed(one, since))


def period_title(period: str) -> str:
    """Return a period as people call it: 2021年第二季度."""
    for form, say in _TITLES:
        if found := form.fullmatch(period):
            return say(found)
    return period


def days_of(words: str) -> tuple[date, date] | None:
    """Return the first and last day of a quarter, half year, year or month that people name; None for other words."""
    found = _SPAN.fullmatch("".join(words.split()))
    if found is None:
        return None
    year, part = int(found["year"]), found["part"] or ""
    if quarter := _QUARTER.fullmatch(part):
        months, number = 3, number_of(quarter["n"]) or 0
    elif part in _HALVES:
        months, number = 6, _HALVES.index(part) + 1
    elif month := _MONTH.fullmatch(part):
        months, number = 1, number_of(month["m"]) or 0
    else:
        months, number = 12, 1
    if not 1 <= number * months <= 12 or not date.min.year < year < date.max.year:
        return None
    first = date(year, (number - 1) * months + 1, 1)
    return first, _months_on(first, months) - timedelta(days=1)


def _is_owed(one: Occurrence, since: date) -> bool:
    return (one.due_on - since) * 2 >= one.due_on - one.starts_on


def _from(since: date, one: Occurrence) -> Occurrence:
    return Occurrence(max(one.starts_on, since), one.due_on, one.period)


def _cycles(period: Period, since: date, today: date) -> Iterator[tuple[str, date, date]]:
    """Yield the name, the first and the last day of each cycle, from the one in which `since` lies."""
    months = 1 if period in _BY_THE_MONTH else _MONTHS[period]
    if period is Period.TWO_YEARS:
        start = date(since.year, 1, 1)  # counted from the year in which the plan begins
    else:
        start = date(since.year, (since.month - 1) // months * months + 1, 1)
    while start <= today:
        following = _months_on(start, months)
        yield _name(period, start), start, following - timedelta(days=1)
        start = following


def _name(period: Period, start: date) -> str:
    year, month = start.year, start.month
    match period:
        case Period.TWO_YEARS:
            return f"{year}-{year + 1}"
        case Period.YEAR:
            return f"{year}"
        case Period.HALF_YEAR:
            return f"{year}H{1 if month == 1 else 2}"
        case Period.QUARTER:
            return f"{year}Q{(month + 2) // 3}"
        case Period.TWO_MONTHS:
            return f"{year}-{month:02}/{month + 1:02}"
        case _:
            return f"{year}-{month:02}"


def _months_on(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _due(window: str, start: date, end: date) -> date:
    """Return the last day of a cycle, or the one that a window names in it: 第一季度, 12月底前, 月初, 5日前."""
    found = _named(window, start, end) if window else None
    return found if found is not None and start <= found <= end else end


def _named(window: str, start: date, end: date) -> date | None:
    if quarter := _QUARTER.search(window):
        return _months_on(date(start.year, 1, 1), 3 * (number_of(quarter["n"]) or 0)) - timedelta(days=1)
    if month := _MONTH.match(window):
        return _in_month(number_of(month["m"]) or 0, month["rest"], start)
    if day := _DAY.match(window):
        return _day_of(start, number_of(day["d"]) or _LAST)
    if window.startswith("第一个月"):
        return _day_of(start, _LAST)
    if window == "月初":
        return _day_of(start, _TENTH)
    return _months_on(start, 3) - timedelta(days=1) if window == "年初" else end


def _in_month(number: int, rest: str, start: date) -> date | None:
    """Return the day that words after a month name: 12月底前, 6月中旬, 3月15日前; 6月前 is the end of May."""
    if not 1 <= number <= 12:
        return None
    first = date(start.year, number, 1)
    if day := _DAY.match(rest):
        return _day_of(first, number_of(day["d"]) or _LAST)
    if rest.startswith(("初", "上旬")):
        return _day_of(first, _TENTH)
    if rest.startswith("中旬"):
        return _day_of(first, _TWENTIETH)
    return first - timedelta(days=1) if rest in ("前", "之前") else _day_of(first, _LAST)


def _day_of(first: date, day: int) -> date:
    """Return that day of a month, its last one when it has fewer."""
    return first.replace(day=min(day, monthrange(first.year, first.month)[1]))


_TITLES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"on:(\d+)-(\d+)-(\d+)"), lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日前"),
    (re.compile(r"review:(\d+)"), lambda found: f"{found[1]}年度复核"),
    (re.compile(r"(\d+)Q(\d)"), lambda found: f"{found[1]}年第{in_chinese(int(found[2]))}季度"),
    (re.compile(r"(\d+)H(\d)"), lambda found: f"{found[1]}年{'上' if found[2] == '1' else '下'}半年"),
    (re.compile(r"(\d{4})-(\d{4})"), lambda found: f"{found[1]}至{found[2]}年"),
    (re.compile(r"(\d{4})-(\d\d)/(\d\d)"), lambda found: f"{found[1]}年{int(found[2])}至{int(found[3])}月"),
    (re.compile(r"(\d{4})-(\d\d)"), lambda found: f"{found[1]}年{int(found[2])}月"),
    (re.compile(r"(\d{4})"), lambda found: f"{found[1]}年"),
)
