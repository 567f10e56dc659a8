"""The slow second opinion: walks every day, reads the notices itself, knows nothing of fuyuantong.clock."""

import csv
import datetime as dt
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "src" / "fuyuantong" / "clock" / "holidays"
ONE_DAY = dt.timedelta(days=1)
ONE_HOUR = dt.timedelta(hours=1)
Stops = list[tuple[dt.date, dt.date | None]]
Told = tuple[dt.date | None, dt.date | None, bool]


def _read() -> tuple[set[str], set[str], set[int]]:
    off: set[str] = set()
    worked: set[str] = set()
    years: set[int] = set()
    for file in FOLDER.iterdir():
        years.add(int(file.stem))
        with file.open(encoding="utf-8") as lines:
            for row in csv.DictReader(line for line in lines if not line.startswith("#")):
                (off if row["kind"] == "holiday" else worked).add(row["date"])
    return off, worked, years


OFF, WORKED, YEARS = _read()


def is_worked(day: dt.date) -> bool:
    if str(day) in WORKED:
        return True
    return str(day) not in OFF and day.isoweekday() not in (6, 7)


def is_unknown(day: dt.date) -> bool:
    return day.year not in YEARS


def is_stopped(day: dt.date, stops: Stops) -> bool:
    return any(start <= day < (end or dt.date.max) for start, end in stops)


def is_stopped_for_good(day: dt.date, stops: Stops) -> bool:
    return any(end is None and start <= day for start, end in stops)


def last_of_month(day: dt.date) -> bool:
    return (day + ONE_DAY).month != day.month


def corresponding_day(start: dt.date, months: int) -> dt.date:
    """Walk forward, seeing `months` new months begin, then on to the same day of the month or its last."""
    day, begun = start, 0
    while begun < months:
        day += ONE_DAY
        begun += day.day == 1
    while day.day != start.day and not last_of_month(day):
        day += ONE_DAY
    return day


def corresponding_day_before(event: dt.date, months: int) -> dt.date:
    """Walk back, seeing `months` months end, then on to the same day of the month if it has one."""
    day, ended = event, 0
    while ended < months:
        day -= ONE_DAY
        ended += last_of_month(day)
    while day.day > event.day:
        day -= ONE_DAY
    return day


def how_many_days(start: dt.date, length: int, unit: str) -> int:
    if unit == "days":
        return length
    months = length * 12 if unit == "years" else length
    return (corresponding_day(start, months) - start).days


class Walk:
    """One forward count: `end` is the last day counted, None if stopped for good; `seen` decided it."""

    def __init__(self, start: dt.date, length: int, unit: str, stops: Stops) -> None:
        self.end: dt.date | None = None
        self.seen: list[dt.date] = []
        day = start
        wanted = length if unit == "working_days" else how_many_days(start, length, unit)
        while wanted:
            day += ONE_DAY
            if is_stopped_for_good(day, stops):
                return
            if is_stopped(day, stops):
                continue
            if unit == "working_days":
                self.seen.append(day)
                wanted -= is_worked(day)
            else:
                wanted -= 1
        self.end = day


def roll(day: dt.date, stops: Stops) -> tuple[dt.date | None, list[dt.date]]:
    """Return the first worked, unstopped day from `day` on, and the days looked at; None if stopped for good."""
    seen: list[dt.date] = []
    while True:
        if is_stopped_for_good(day, stops):
            return None, seen
        if not is_stopped(day, stops):
            seen.append(day)
            if is_worked(day):
                return day, seen
        day += ONE_DAY


def forward(start: dt.date, terms: list[tuple[int, str]], stops: Stops) -> Told:
    """Return raw end, due day and whether provisional, for terms counted one after the other."""
    merged = [terms[0]]
    for length, unit in terms[1:]:
        if unit == merged[-1][1]:
            merged[-1] = (merged[-1][0] + length, unit)
        else:
            merged.append((length, unit))
    seen: list[dt.date] = []
    day = start
    for length, unit in merged:
        walk = Walk(day, length, unit, stops)
        seen += walk.seen
        if walk.end is None:
            return None, None, any(map(is_unknown, seen))
        day = walk.end
    due, rolled_over = roll(day, stops)
    return day, due, any(map(is_unknown, seen + rolled_over))


def fixed(day: dt.date, since: dt.date, stops: Stops, rolls: bool) -> Told:
    """Return raw end, due day and whether provisional, for a date that was set on `since`."""
    raw = Walk(since, max((day - since).days, 0), "days", stops).end
    if raw is None:
        return None, None, False
    raw = max(raw, day) if day > since else day
    due, seen = roll(raw, stops) if rolls else (raw, list[dt.date]())
    return raw, due, any(map(is_unknown, seen))


def backward(event: dt.date, length: int, unit: str) -> tuple[dt.date, bool]:
    """Return the day `length` before `event` and whether provisional."""
    if unit == "days":
        return event - length * ONE_DAY, False
    if unit in ("months", "years"):
        return corresponding_day_before(event, length * (12 if unit == "years" else 1)), False
    day, seen = event, list[dt.date]()
    while length:
        day -= ONE_DAY
        seen.append(day)
        length -= is_worked(day)
    return day, any(map(is_unknown, seen))


def hours(started_at: dt.datetime, length: int, stops: Stops) -> dt.datetime | None:
    """Return the end of the last counted hour, walking hour by hour; None if stopped for good."""
    hour = started_at.replace(minute=0, second=0, microsecond=0)
    while length:
        hour += ONE_HOUR
        if is_stopped_for_good(hour.date(), stops):
            return None
        length -= not is_stopped(hour.date(), stops)
    return hour + ONE_HOUR
