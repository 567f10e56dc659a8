"""A holiday notice before it is adopted: which days it changes, and which running clocks."""

import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from fuyuantong.clock.calendar import BadNotice, Calendar, Notice, calendar_of, days_changed, read_notice
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.clock import Clock, ClockState
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.protocol.amendments import recompute_clocks

LONGEST: Final = 100_000
MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class MovedClock:
    """A running clock that would end on another day: of which mechanism, in whose hands, and both days."""

    mechanism: str
    holder_id: int | None
    was: date
    due_on: date


@dataclass(frozen=True, slots=True)
class NoticePreview:
    """
    What adopting a notice would change.

    `looked_at` open matters have clocks near the changed days; `cut` when there are more than were looked at.
    """

    notice: Notice
    days: tuple[date, ...]
    moved: tuple[MovedClock, ...]
    looked_at: int
    cut: bool


def preview_notice(text: str, *, year: int, now: datetime) -> NoticePreview:
    """
    Return what a notice would change; nothing is kept.

    Raises: `BadNotice` with the line and column of every fault.
    """
    notice = _read(text, year)
    old = current_calendar()
    new = calendar_of([*(kept for kept in old.notices if kept.year != year), notice])
    days = tuple(sorted(days_changed(old, new)))
    if not days:
        return NoticePreview(notice, days, (), 0, False)
    with transaction.atomic(), acting():
        near = list(_near(days)[: MOST + 1])
        moved = tuple(clock for row in near[:MOST] for clock in _moved(row, new, today(now)))
    return NoticePreview(notice, days, moved, len(near[:MOST]), len(near) > MOST)


def adopt_notice(text: str, *, year: int) -> Notice:
    """
    Put a notice in force: the worker recomputes the clocks that it changes within minutes.

    Raises: `BadNotice`.
    """
    notice = _read(text, year)
    folder = Path(settings.DATA_DIR) / "holidays"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{year}.{secrets.token_hex(4)}"
    with draft.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{year}.csv")
    return notice


def _read(text: str, year: int) -> Notice:
    if len(text) > LONGEST:
        raise BadNotice("文件过大，不是一年的节假日安排", remedy="请选择一年一个的 CSV 文件。", field="file")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{year}.csv"
        file.write_text(text, encoding="utf-8")
        return read_notice(file)


def _near(days: tuple[date, ...]) -> Any:
    # a clock that ended before the first changed day, or began after the last, counts none of them
    clocks = Clock.objects.filter(state=ClockState.RUNNING, due_on__gte=days[0], started_on__lte=days[-1])
    return Matter.objects.filter(phase=Phase.OPEN, pk__in=clocks.values("matter")).order_by("pk")


def _moved(row: Matter, calendar: Calendar, on: date) -> list[MovedClock]:
    draft = recompute_clocks(situation_of(row), calendar=calendar, on=on)
    events = draft.resolved["clocks"] if draft is not None else {}
    title = declared(row.mechanism, row.declaration_id).title
    return [
        MovedClock(
            title, row.holder_id, date.fromisoformat(str(event["was"])), date.fromisoformat(str(event["due_on"]))
        )
        for event in (events.values() if isinstance(events, dict) else ())
        if isinstance(event, dict) and event["was"] != event["due_on"]
    ]
