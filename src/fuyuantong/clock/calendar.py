"""The working days of China, one gazetted notice per year; a year without its notice is provisional and says so."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from fuyuantong.refusal import Refusal

PACKAGED_NOTICES = Path(__file__).with_name("holidays")
COLUMNS = ["date", "kind", "name"]
SATURDAY = 5
YEAR = re.compile(r"(19|20|21)[0-9]{2}")


class BadNotice(Refusal):
    """A file of holidays cannot be read; every fault is named, none of the file is used."""

    key = "bad-holiday-notice"
    title = "节假日通知文件有误"


class DayKind(StrEnum):
    """Say what a notice makes of a day."""

    HOLIDAY = "holiday"
    WORKING_WEEKEND = "working weekend"


@dataclass(frozen=True)
class Notice:
    """
    Keep what one year's notice says: which days are off, which weekends are worked.

    `is_checked` tells that the text of the notice was read; the days of the others were compared with public packages.
    """

    year: int
    title: str
    number: str
    issued: str
    is_checked: bool
    days: Mapping[date, tuple[DayKind, str]] = field(repr=False)


@dataclass(frozen=True)
class Calendar:
    """
    Answer which days are worked; two calendars with the same data have the same version and are equal.

    Basis: 全国年节及纪念日放假办法, 国务院办公厅 notices, one CSV per year beside this module.
    """

    version: str
    years: frozenset[int] = field(compare=False, repr=False)
    holidays: Mapping[date, str] = field(compare=False, repr=False)
    working_weekends: Mapping[date, str] = field(compare=False, repr=False)
    notices: tuple[Notice, ...] = field(compare=False, repr=False)

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is worked; in a provisional year only weekends are known to be off."""
        if day.weekday() >= SATURDAY:
            return day in self.working_weekends
        return day not in self.holidays

    def is_provisional(self, day: date) -> bool:
        """Tell whether the notice of `day`'s year is still missing."""
        return day.year not in self.years

    def name_of(self, day: date) -> str:
        """Return why `day` is unusual for people: the holiday, 周末, 调休上班; empty for a common working day."""
        if day in self.holidays:
            return self.holidays[day]
        if day in self.working_weekends:
            return f"{self.working_weekends[day]}调休上班"
        return "周末" if day.weekday() >= SATURDAY else ""


def load_calendar(*folders: Path) -> Calendar:
    """
    Read the packaged notices, then those of `folders`; a later file replaces the whole year of an earlier one.

    Raises: `BadNotice` if a file cannot be read, naming the line and column of every fault.
    """
    notices: dict[int, Notice] = {}
    for folder in (PACKAGED_NOTICES, *folders):
        for file in sorted(folder.glob("*.csv")):
            notice = read_notice(file)
            notices[notice.year] = notice
    return calendar_of(notices.values())


def calendar_of(notices: Iterable[Notice]) -> Calendar:
    """Build the calendar of `notices`; where two name the same day, the later year's says how it is."""
    in_order = tuple(sorted(notices, key=lambda notice: notice.year))
    days: dict[date, tuple[DayKind, str]] = {}
    for notice in in_order:
        days.update(notice.days)
    return Calendar(
        version=_digest(in_order),
        years=frozenset(notice.year for notice in in_order),
        holidays={day: name for day, (kind, name) in days.items() if kind is DayKind.HOLIDAY},
        working_weekends={day: name for day, (kind, name) in days.items() if kind is DayKind.WORKING_WEEKEND},
        notices=in_order,
    )


def days_changed(old: Calendar, new: Calendar) -> frozenset[date]:
    """Return the days that are worked in one calendar only, or provisional in one only."""
    listed = {*old.holidays, *old.working_weekends, *new.holidays, *new.working_weekends}
    moved = {day for day in listed if old.is_working_day(day) != new.is_working_day(day)}
    return frozenset(moved.union(*(_days_of(year) for year in old.years ^ new.years)))


def read_notice(file: Path) -> Notice:
    """
    Read one year's notice: `# key: value` lines about the notice, then rows of date, kind, name.

    A notice may also name the last days of the December before (2022-12-31 stands in the notice of 2023).
    Raises: `BadNotice` with the line and column of every fault.
    """
    if not YEAR.fullmatch(file.stem):
        raise BadNotice(f"{file.name}：文件名应为年份，如 2027.csv", remedy="请按年份命名后重新放入。")
    year = int(file.stem)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        raise BadNotice(f"{file.name}：不是 UTF-8 编码", remedy="请另存为 UTF-8 编码的 CSV 文件。") from fault
    about = dict(_about(line) for line in lines if line.startswith("#"))
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    days, faults = _days(rows, year)
    if faults:
        raise BadNotice(
            f"{file.name}：" + "；".join(faults), remedy="请对照国务院办公厅通知逐行更正，全部更正前不采用该文件。"
        )
    return Notice(
        year=year,
        title=about.get("notice", f"国务院办公厅 {year} 年节假日安排通知"),
        number=about.get("number", ""),
        issued=about.get("issued", ""),
        is_checked=about.get("checked") == "yes",
        days=days,
    )


def _about(line: str) -> tuple[str, str]:
    key, _, value = line.removeprefix("#").partition(":")
    return key.strip(), value.strip(", ")


def _days(rows: list[tuple[int, str]], year: int) -> tuple[dict[date, tuple[DayKind, str]], list[str]]:
    days: dict[date, tuple[DayKind, str]] = {}
    faults: list[str] = []
    if not rows or _cells(rows[0][1]) != COLUMNS:
        return days, ["首行应为 date,kind,name"]
    for number, line in rows[1:]:
        try:
            day, kind, name = _day(_cells(line), year)
        except ValueError as fault:
            faults.append(f"第{number}行{fault}")
            continue
        if day in days:
            faults.append(f"第{number}行 date 列：{day} 重复")
        days[day] = (kind, name)
    return days, faults


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split(",")]


def _day(row: list[str], year: int) -> tuple[date, DayKind, str]:
    if len(row) != len(COLUMNS):
        raise ValueError("：应有 date、kind、name 三列")
    try:
        day = date.fromisoformat(row[0])
    except ValueError as fault:
        raise ValueError(f" date 列：“{row[0]}”不是日期") from fault
    if not date(year - 1, 12, 25) <= day <= date(year, 12, 31):
        raise ValueError(f" date 列：{day} 不属于 {year} 年的通知")
    try:
        kind = DayKind(row[1])
    except ValueError as fault:
        raise ValueError(f" kind 列：“{row[1]}”应为 holiday 或 working weekend") from fault
    if kind is DayKind.WORKING_WEEKEND and day.weekday() < SATURDAY:
        raise ValueError(f" kind 列：{day} 不是周末，无需调休上班")
    return day, kind, row[2]


def _digest(notices: tuple[Notice, ...]) -> str:
    data = "\n".join(
        f"{notice.year},{day},{kind},{name}"
        for notice in notices
        for day, (kind, name) in sorted(notice.days.items(), key=lambda entry: entry[0])
    )
    years = ",".join(f"{notice.year} {notice.number}" for notice in notices)
    return hashlib.sha256(f"{years}\n{data}".encode()).hexdigest()[:12]


def _days_of(year: int) -> frozenset[date]:
    first = date(year, 1, 1)
    return frozenset(first + timedelta(days=offset) for offset in range((date(year, 12, 31) - first).days + 1))
