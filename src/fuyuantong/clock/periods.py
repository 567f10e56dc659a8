"""The periods of law, one row each with its article and the days between which it is in force."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from fuyuantong.clock.rule import Ceiling, Roll, Rule, Source
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.refusal import Refusal

PERIODS = Path(__file__).with_name("periods.csv")
SHORT_PERIODS = Path(__file__).with_name("short_periods.csv")
WORDING = re.compile(r"(?P<length>[0-9]+)(?P<unit>日|天|个工作日|工作日|个月|月|年|小时|时)(?:以?内)?(?P<before>前)?")
UNITS = {
    "日": Unit.DAYS,
    "天": Unit.DAYS,
    "个工作日": Unit.WORKING_DAYS,
    "工作日": Unit.WORKING_DAYS,
    "个月": Unit.MONTHS,
    "月": Unit.MONTHS,
    "年": Unit.YEARS,
    "小时": Unit.HOURS,
    "时": Unit.HOURS,
}


class UnknownPeriod(Refusal):
    """No row of periods.csv has this key."""

    key = "unknown-period"
    title = "没有这一法定期限"


class PeriodNotInForce(Refusal):
    """The period exists, but not on the day on which the clock starts."""

    key = "period-not-in-force"
    title = "该期限在起算日未施行"


class UnreadableWording(Refusal):
    """A length in words that is none."""

    key = "unreadable-wording"
    title = "读不懂的期限"


@dataclass(frozen=True)
class Validity:
    """Keep the first and the last day in force; no last day while it still is."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Tell whether `day` lies in the validity."""
        return self.first <= day and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        """Return the validity for people."""
        return f"{self.first}起" if self.last is None else f"{self.first}至{self.last}"


@dataclass(frozen=True, kw_only=True)
class Period:
    """Keep one period of law: what must be done, from when, within which term, by whom, under which article."""

    key: str
    matter: str
    trigger: str
    term: Term
    owner: str
    wording: str
    statute: str
    article: str
    note: str
    is_verified: bool
    validity: Validity

    @property
    def basis(self) -> str:
        """Return the statute with its articles: 行政诉讼法第67条、第34条."""
        parts = (re.fullmatch(r"(\D*)([0-9]+)", part) for part in self.article.split(";") if part)
        cited = "、".join(f"{part[1]}第{part[2]}条" for part in parts if part)
        return f"{self.statute}{cited}{f'（{self.note}）' if self.note else ''}"

    def as_rule(self) -> Rule:
        """Return the rule of a clock that runs by this period."""
        return Rule(
            key=self.key,
            title=self.matter,
            source=Source.LAW,
            basis=self.basis,
            term=self.term,
            roll=Roll.BY_LAW,
            is_verified=self.is_verified,
        )

    def as_ceiling(self) -> Ceiling:
        """Return the ceiling that this period sets to a fixed date or a house term."""
        return Ceiling(key=self.key, title=self.matter, basis=self.basis, term=self.term)


def find_period(key: str, *, on: date) -> Period:
    """
    Return the period `key` that is in force on the day on which the clock starts.

    Raises: `UnknownPeriod` if no row has the key; `PeriodNotInForce` if its rows are not in force on that day.
    """
    rows = [period for period in all_periods() if period.key == key]
    if not rows:
        raise UnknownPeriod(f"期限目录中没有“{key}”", remedy=f"现有{_known()}。", field="period")
    for period in rows:
        if period.validity.covers(on):
            return period
    in_force = "、".join(str(period.validity) for period in rows)
    raise PeriodNotInForce(
        f"{key} {rows[0].matter}自{in_force}施行，起算日为{on}",
        basis=rows[0].basis,
        remedy="请核对起算日；确需适用旧规定的，请作为本地约定期限录入并写明依据。",
        field="from",
    )


def _known() -> str:
    """Return the keys that there are, as ranges."""
    chapters: dict[str, list[str]] = {}
    for period in all_periods():
        chapters.setdefault(period.key.partition("-")[0], []).append(period.key)
    return "、".join(keys[0] if keys[0] == keys[-1] else f"{keys[0]} 至 {keys[-1]}" for keys in chapters.values())


@cache
def all_periods() -> tuple[Period, ...]:
    """
    Return every period of law.

    Shape: one per key and validity, in the order of periods.csv.
    """
    with PERIODS.open(encoding="utf-8", newline="") as file:
        return tuple(_period(row) for row in csv.DictReader(file))


def statutes() -> tuple[str, ...]:
    """Return the statutes of which is known what their short periods mean, in the order of the two tables."""
    return tuple(
        dict.fromkeys((*(row["statute"] for row in _short_periods()), *(one.statute for one in all_periods())))
    )


def term_in_words(wording: str, *, statute: str, on: date) -> Term:
    """
    Return the term that `wording` means in `statute`: five 日 of 行政复议法 are working days, sixty are not.

    Raises: `UnreadableWording` if it is no length like 15日, 10个工作日, 2个月, 3日前.
    Basis: short_periods.csv, by statute and the day on which the clock starts.
    """
    read = WORDING.fullmatch(wording)
    if read is None:
        raise UnreadableWording(f"“{wording}”不是期限", remedy="请写作 15日、10个工作日、2个月、48小时 或 3日前。")
    length, unit = int(read["length"]), UNITS[read["unit"]]
    if unit is Unit.DAYS and _are_working_days(length, statute, on):
        unit = Unit.WORKING_DAYS
    return Term(-length if read["before"] else length, unit)


def _are_working_days(length: int, statute: str, on: date) -> bool:
    return any(
        row["statute"] == statute and _validity(row).covers(on) and _names(row["lengths"], length)
        for row in _short_periods()
    )


def _names(lengths: str, length: int) -> bool:
    if lengths == "all":
        return True
    if "-" in lengths:
        first, last = lengths.split("-")
        return int(first) <= length <= int(last)
    return str(length) in lengths.split(";")


@cache
def _short_periods() -> tuple[dict[str, str], ...]:
    with SHORT_PERIODS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _period(row: dict[str, str]) -> Period:
    return Period(
        key=row["id"],
        matter=row["matter"],
        trigger=row["trigger"],
        term=Term(int(row["length"]), Unit(row["unit"])),
        owner=row["owner"],
        wording=row["wording"],
        statute=row["statute"],
        article=row["article"],
        note=row["note"],
        is_verified=row["conf"] == "V",
        validity=_validity(row),
    )


def _validity(row: dict[str, str]) -> Validity:
    last = row["valid_to"]
    return Validity(date.fromisoformat(row["valid_from"]), date.fromisoformat(last) if last else None)
