"""What an address asks of the calendar, as it was typed: which month, which events."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from fuyuantong.desk.list_address import ListAddress
from fuyuantong.matters.events import EVERY, Kind, event_mechanisms
from fuyuantong.protocol import Choice
from fuyuantong.refusal import Refusal

YEAR = 12  # months
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 1)


class BadMonth(Refusal):
    """An address names a month or a kind of events that there is not."""

    key = "bad-month"
    title = "查看条件有误"


@dataclass(frozen=True, slots=True)
class Asked(ListAddress):
    """The month as `2026-11`, and the kind as `MECHANISM` or `MECHANISM:SERIES`; empty means this month, all kinds."""

    PLACES: ClassVar = ()

    month: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FiguresAsked(ListAddress):
    """The year, and the series whose meetings are listed; empty means this year, all of them."""

    PLACES: ClassVar = ()

    year: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One kind to choose: a mechanism, or one series of it."""

    value: str
    title: str
    is_series: bool
    chosen: bool


def month_meant(asked: Asked, *, today: date) -> date:
    """Return the first day of the month that is meant. Raises: `BadMonth`."""
    if not asked.month:
        return today.replace(day=1)
    try:
        first = date.fromisoformat(f"{asked.month}-01")
    except ValueError:
        first = date.min
    if not EARLIEST <= first <= LATEST:
        raise BadMonth(f"“{asked.month[:20]}”不是月份", remedy="请按 2026-11 的格式填写年月。", field="month")
    return first


def kind_meant(asked: Asked) -> Kind:
    """Return the events that are meant. Raises: `BadMonth`."""
    if not asked.kind:
        return EVERY
    if asked.kind not in {choice.value for choice in kinds(asked)}:
        raise BadMonth(f"没有“{asked.kind[:40]}”这一类会议", remedy="请从列表中选择。", field="kind")
    mechanism, _, series = asked.kind.partition(":")
    return Kind(mechanism, series)


def kinds(asked: Asked) -> list[KindChoice]:
    """Return the kinds that there are, each mechanism before its series."""
    found: list[tuple[str, str, bool]] = []
    for key, (mechanism, event) in event_mechanisms().items():
        found.append((key, mechanism.title, False))
        series = mechanism.value(event.series) if event.series else None
        options = series.options if isinstance(series, Choice) else ()
        found += [(f"{key}:{option}", option, True) for option in options]
    return [KindChoice(*one, chosen=one[0] == asked.kind) for one in found]


def month_after(first: date) -> date:
    """Return the first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def months_around(first: date) -> list[date]:
    """Return the months to choose from: a year back and a year ahead of the one that is shown."""
    last = first.year * YEAR + first.month - 1
    months = (divmod(number, YEAR) for number in range(last - YEAR, last + YEAR + 1))
    return [date(year, month + 1, 1) for year, month in months]
