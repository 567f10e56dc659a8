"""A deadline as a person asks for it: until when, how long that is, by which rule, and why on that day."""

from datetime import date
from typing import Any

from fuyuantong.clock.explanation import explain
from fuyuantong.clock.proof import prove
from fuyuantong.clock.running import clock_from
from fuyuantong.clock.terms import days_left
from fuyuantong.matters.console.labels import clock_title
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.protocol import Mechanism
from fuyuantong.protocol.fold import ClockStanding


def deadline(mechanism: Mechanism, key: str, standing: ClockStanding, *, today: date) -> dict[str, Any]:
    """Return a clock of a matter as data: `left` only while it runs, `proof` the lines of its explanation."""
    calendar = current_calendar()
    clock = clock_from(standing.inputs)
    left = days_left(standing.due_on, today=today, calendar=calendar) if standing.running and standing.due_on else None
    return {
        "key": key,
        "title": clock_title(mechanism, key),
        "lap": standing.lap,
        "running": standing.running,
        "started_on": clock.started_on.isoformat(),
        "due_on": standing.due_on.isoformat() if standing.due_on else None,
        "left": {"natural": left.natural, "working": left.working} if left else None,
        "source": clock.rule.source.word,
        "basis": clock.rule.basis,
        "proof": list(explain(prove(clock, calendar), calendar)),
    }


def time_left(left: dict[str, int] | None) -> str:
    """Return in words how long there is still, or since when it is too late."""
    if left is None:
        return "中止计时"
    working, natural = abs(left["working"]), abs(left["natural"])
    if left["natural"] < 0:
        return f"已逾期 {working} 个工作日（{natural} 天）"
    return "今天届满" if not natural else f"还剩 {working} 个工作日（{natural} 天）"
