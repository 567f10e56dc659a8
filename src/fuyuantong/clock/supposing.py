"""What would be: the same clock from another day, with another length, or stopped for some days more."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from fuyuantong.clock.rule import Rule
from fuyuantong.clock.running import RunningClock, Stop
from fuyuantong.clock.terms import SHANGHAI, Term, Unit
from fuyuantong.refusal import Refusal

MOST_STOPPED = 3_650  # days


class CannotSuppose(Refusal):
    """Refuse to reckon with something that this clock has not."""

    key = "cannot-suppose"
    title = "不能这样假设"


@dataclass(frozen=True, kw_only=True)
class Supposition:
    """
    Keep what is supposed of a clock; what is None stays as it is.

    `start` is the day of the trigger, or of the event for a clock that is counted back; `at` its moment for a clock in
    hours. `length` is positive, also before an event. `until` is another fixed date. `stopped_days` from `stopped_on`.
    """

    start: date | None = None
    at: datetime | None = None
    length: int | None = None
    unit: Unit | None = None
    until: date | None = None
    stopped_on: date | None = None
    stopped_days: int | None = None


def suppose(clock: RunningClock, supposed: Supposition) -> RunningClock:
    """
    Return the clock as it would be, going on; nothing is changed by asking.

    Raises: `CannotSuppose`; what a clock, a term or a stop that cannot be refuses.
    """
    stops = clock.stops if supposed.stopped_days is None else _stopped(clock, supposed, supposed.stopped_days)
    going_on = replace(clock, ended_on=None, rule=_rule(clock.rule, supposed), stops=stops)
    if going_on.counts_hours:
        return going_on if supposed.at is None else _from_moment(going_on, supposed.at)
    if supposed.start is None:
        return going_on
    if going_on.event_on is not None:
        return replace(going_on, event_on=supposed.start)
    return replace(going_on, started_on=supposed.start)


def _rule(rule: Rule, supposed: Supposition) -> Rule:
    if rule.term is None:
        if supposed.length is not None:
            raise CannotSuppose(f"{rule.title}是指定的日期，没有长度", remedy="请假设另一个届满日。", field="length")
        return rule if supposed.until is None else replace(rule, fixed_on=supposed.until)
    if supposed.until is not None:
        raise CannotSuppose(f"{rule.title}按长度计算，没有指定的日期", remedy="请假设另一个长度。", field="until")
    if supposed.length is None and supposed.unit is None:
        return rule
    unit = supposed.unit or rule.term.unit
    if (unit is Unit.HOURS) != (rule.term.unit is Unit.HOURS):
        raise CannotSuppose("按日计算的期限不能改按小时，按小时的不能改按日", remedy="请另选单位。", field="unit")
    length = abs(rule.term.length) if supposed.length is None else supposed.length
    return replace(rule, term=Term(-length if rule.is_before else length, unit))


def _stopped(clock: RunningClock, supposed: Supposition, days: int) -> tuple[Stop, ...]:
    if not 0 < days <= MOST_STOPPED:
        raise CannotSuppose(f"中止 {days} 日", remedy=f"请填写 1 至 {MOST_STOPPED} 之间的整数。", field="stopped_days")
    if supposed.stopped_on is None:
        raise CannotSuppose("没有写明从哪一天起中止", remedy="请填写中止之日。", field="stopped_on")
    on = supposed.stopped_on
    stop = Stop(from_on=on, to_on=on + timedelta(days=days), cause="假设", approver="假设")
    return tuple(sorted((*clock.stops, stop), key=lambda each: each.from_on))


def _from_moment(clock: RunningClock, at: datetime) -> RunningClock:
    return replace(clock, started_at=at, started_on=at.astimezone(SHANGHAI).date())
