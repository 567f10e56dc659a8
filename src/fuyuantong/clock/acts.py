"""What may be done to a clock: start, stop, resume, extend, end; each gives a new clock and changes none."""

from dataclasses import replace
from datetime import date, datetime

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.proof import ceiling_due_on
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.rule import Rule
from fuyuantong.clock.running import Extension, RunningClock, Stop
from fuyuantong.refusal import Refusal


class BeyondCeiling(Refusal):
    """A date or a house term that goes beyond what the law allows."""

    key = "beyond-ceiling"
    title = "期限超过上限"


class NotStopped(Refusal):
    """A clock that runs cannot be resumed."""

    key = "clock-not-stopped"
    title = "期限并未中止"


class AlreadyStopped(Refusal):
    """A clock that is stopped cannot be stopped again."""

    key = "clock-already-stopped"
    title = "期限已在中止"


class ClockEnded(Refusal):
    """A clock that has ended cannot be changed."""

    key = "clock-ended"
    title = "期限已经终止"


class NotLonger(Refusal):
    """An extension that would end no later than the clock does already."""

    key = "extension-not-longer"
    title = "延长后并未变长"


def start_clock(
    rule: Rule,
    *,
    name: str,
    trigger: str,
    on: date,
    calendar: Calendar,
    at: datetime | None = None,
    event_on: date | None = None,
) -> RunningClock:
    """
    Start a clock by `rule` on the day of its trigger.

    Raises: `BeyondCeiling` if its end lies after that of the rule's ceiling, naming both; `BadClock` if the facts
    cannot stand together.
    """
    clock = RunningClock(name=name, started_on=on, trigger=trigger, rule=rule, started_at=at, event_on=event_on)
    raw_on, last_on = reckon(clock, calendar).raw_on, ceiling_due_on(clock, calendar)
    if rule.ceiling is not None and raw_on is not None and last_on is not None and raw_on > last_on:
        raise BeyondCeiling(
            f"{rule.title}定为{raw_on}，晚于{rule.ceiling.title}的法定上限{last_on}"
            f"（自{on}起{rule.ceiling.term.title}）",
            basis=rule.ceiling.basis,
            remedy=f"请改为{last_on}或更早的日期。",
            field=rule.key.removeprefix("until:"),
        )
    return clock


def stop_clock(clock: RunningClock, *, on: date, cause: str, approver: str) -> RunningClock:
    """
    Stop `clock` from `on`: that day no longer counts.

    Raises: `AlreadyStopped`; `ClockEnded`; `UnfoundedChange` without cause or approver; `BadClock` if `on` lies
    before the day on which the clock last went on.
    """
    _refuse_ended(clock)
    if clock.open_stop is not None:
        raise AlreadyStopped(
            f"{clock.name}自{clock.open_stop.from_on}起中止（{clock.open_stop.cause}）", remedy="请先恢复。"
        )
    return replace(clock, stops=(*clock.stops, Stop(from_on=on, cause=cause, approver=approver)))


def resume_clock(clock: RunningClock, *, on: date) -> RunningClock:
    """
    Let `clock` go on from `on`: that day counts again.

    Raises: `NotStopped`; `ClockEnded`; `BadClock` if `on` lies before the stop.
    """
    _refuse_ended(clock)
    if clock.open_stop is None:
        raise NotStopped(f"{clock.name}正在计算", remedy="无需恢复。")
    return replace(clock, stops=(*clock.stops[:-1], replace(clock.open_stop, to_on=on)))


def extend_clock(clock: RunningClock, extension: Extension, *, calendar: Calendar) -> RunningClock:
    """
    Lengthen `clock` by a further term or to a new last day.

    Raises: `NotLonger` if a new last day is no later than the present one; `ClockEnded`; `BadClock` if the units
    do not go together.
    """
    _refuse_ended(clock)
    due_on = reckon(clock, calendar).due_on
    if extension.until is not None and due_on is not None and extension.until <= due_on:
        raise NotLonger(
            f"{clock.name}现于{due_on}届满，不能“延长”至{extension.until}",
            remedy=f"请填写{due_on}以后的日期。",
            field="until",
        )
    return replace(clock, extensions=(*clock.extensions, extension))


def end_clock(clock: RunningClock, *, on: date) -> RunningClock:
    """
    End `clock`, because what it waited for was done or fell away.

    Raises: `ClockEnded` if it has ended already.
    """
    _refuse_ended(clock)
    return replace(clock, ended_on=on)


def _refuse_ended(clock: RunningClock) -> None:
    if clock.ended_on is not None:
        raise ClockEnded(f"{clock.name}已于{clock.ended_on}终止", remedy="需要重新计算的，请另行起算。")
