"""Who read what is sensitive: the reading log, newest first, as far as the present reader may know of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import ReadingLog

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: by whom, when, of which field of which matter, and what for."""

    account_id: int
    at: datetime
    number: str
    title: str
    field: str
    row_key: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Readings:
    """A page of readings; the next one lies before `below`, which is empty on the last."""

    rows: tuple[Reading, ...]
    below: str


def readings(*, below: str = "", matter_id: int | None = None) -> Readings:
    """Return a page of readings before a moment, of one matter or of all; to be called while reading as somebody."""
    wanted = ReadingLog.objects.all() if matter_id is None else ReadingLog.objects.filter(matter_id=matter_id)
    found = wanted.order_by("-at", "account_id", "matter_id", "field", "row_key")
    before = _moment(below)
    if before is not None:
        found = found.filter(at__lt=before)
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    matters = Matter.objects.in_bulk({row.matter_id for row in shown})
    told = tuple(
        Reading(row.account_id, row.at, *_named(matters.get(row.matter_id)), row.field, row.row_key, row.purpose)
        for row in shown
    )
    return Readings(told, shown[-1].at.isoformat() if len(rows) > PAGE else "")


def _named(matter: Matter | None) -> tuple[str, str]:
    return (matter.number or "", matter.title) if matter is not None else ("", "")


def _moment(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
