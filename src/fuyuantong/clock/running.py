"""A clock that runs: what started it, the rule it runs by, and every stop and extension with cause and approver."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from fuyuantong.clock.rule import Rule, rule_from
from fuyuantong.clock.terms import SHANGHAI, Term, Unit, term_from
from fuyuantong.refusal import Refusal


class BadClock(Refusal):
    """A clock whose facts cannot stand together."""

    key = "bad-clock"
    title = "期限事实有误"


class UnfoundedChange(Refusal):
    """A stop or an extension without a cause or without one who approved it."""

    key = "unfounded-change"
    title = "中止、延长须有事由和批准人"


@dataclass(frozen=True, kw_only=True)
class Stop:
    """
    Keep the days that do not count: from `from_on` up to, not including, the day `to_on` on which the clock goes on.

    No `to_on` while the stop lasts.
    Basis: 行诉解释50（公告、鉴定、调解、中止诉讼期间不计算在内）；民诉解释246（自通知继续进行诉讼时起，中止失去效力）.
    """

    from_on: date
    to_on: date | None = None
    cause: str
    approver: str

    def __post_init__(self) -> None:
        """Refuse a stop without cause or approver, or one that goes on before it stopped."""
        _refuse_unfounded(self.cause, self.approver, "中止")
        if self.to_on is not None and self.to_on < self.from_on:
            raise BadClock(f"恢复日{self.to_on}早于中止日{self.from_on}", remedy="请核对恢复日期。", field="to_on")

    def covers(self, day: date) -> bool:
        """Tell whether `day` is stopped."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    def to_data(self) -> dict[str, object]:
        """Return the stop as strings and nulls."""
        return {
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat() if self.to_on else None,
            "cause": self.cause,
            "approver": self.approver,
        }


@dataclass(frozen=True, kw_only=True)
class Extension:
    """
    Keep what lengthened a clock: a further term, or a new last day, with who allowed it on which day and why.

    A further term in the unit of the clock lengthens the clock's own term; in another unit it is counted on from
    the end. A new last day takes the place of all before it.
    """

    on: date
    cause: str
    approver: str
    term: Term | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse an extension without cause or approver, or one that does not lengthen."""
        _refuse_unfounded(self.cause, self.approver, "延长")
        if (self.term is None) == (self.until is None):
            raise BadClock("延长须且只能写明长度或新的届满日之一", remedy="请二者择一。", field="term")
        if self.term is not None and self.term.is_before:
            raise BadClock("延长的长度应为正数", remedy="请核对延长的长度。", field="term")

    def to_data(self) -> dict[str, object]:
        """Return the extension as strings, whole numbers and nulls."""
        return {
            "on": self.on.isoformat(),
            "cause": self.cause,
            "approver": self.approver,
            "term": self.term.to_data() if self.term else None,
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True, kw_only=True)
class RunningClock:
    """
    Keep every fact on which one deadline rests; the deadline itself is always reckoned from them.

    Clocks in hours have `started_at`, clocks before an event have `event_on`, all have `started_on`.
    Raises: `BadClock` if the facts cannot stand together.
    """

    name: str
    started_on: date
    trigger: str
    rule: Rule
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    started_at: datetime | None = None
    event_on: date | None = None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse facts that cannot stand together."""
        self._refuse_wrong_start()
        self._refuse_wrong_stops()
        for extension in self.extensions:
            if self.counts_hours and (extension.term is None or extension.term.unit is not Unit.HOURS):
                raise BadClock(
                    f"{self.name}：按小时计算的期限只能按小时延长", remedy="请填写延长的小时数。", field="term"
                )
            if not self.counts_hours and extension.term is not None and extension.term.unit is Unit.HOURS:
                raise BadClock(f"{self.name}：按日计算的期限不能按小时延长", remedy="请填写延长的日数。", field="term")

    @property
    def counts_hours(self) -> bool:
        """Tell whether the clock ends at a moment instead of with a day."""
        return self.rule.term is not None and self.rule.term.unit is Unit.HOURS

    @property
    def open_stop(self) -> Stop | None:
        """Return the stop that still lasts, if any."""
        return self.stops[-1] if self.stops and self.stops[-1].to_on is None else None

    def _refuse_wrong_start(self) -> None:
        if self.rule.is_before != (self.event_on is not None):
            raise BadClock(
                f"{self.name}：事件之前的期限须有事件日期，其他期限不得有", remedy="请核对事件日期。", field="event_on"
            )
        if self.counts_hours != (self.started_at is not None):
            raise BadClock(
                f"{self.name}：按小时计算的期限须有起算时刻，其他期限不得有",
                remedy="请核对起算时刻。",
                field="started_at",
            )
        if self.counts_hours and self.rule.is_before:
            raise BadClock(f"{self.name}：按小时计算的期限不能倒计", remedy="请改为按日计算。", field="term")
        if self.started_at is not None:
            if self.started_at.tzinfo is None:
                raise BadClock(
                    f"{self.name}：起算时刻须带时区", remedy="请写作 2026-09-18T14:20:00+08:00。", field="started_at"
                )
            if self.started_at.astimezone(SHANGHAI).date() != self.started_on:
                raise BadClock(
                    f"{self.name}：起算时刻不在起算日{self.started_on}", remedy="请核对起算时刻。", field="started_at"
                )

    def _refuse_wrong_stops(self) -> None:
        for earlier, later in pairwise(self.stops):
            if earlier.to_on is None:
                raise BadClock(f"{self.name}：尚在中止，不能再次中止", remedy="请先恢复。", field="from_on")
            if later.from_on < earlier.to_on:
                raise BadClock(f"{self.name}：两次中止重叠", remedy="请核对中止、恢复日期。", field="from_on")

    def to_data(self) -> dict[str, object]:
        """Return the facts as a mapping of strings, booleans, whole numbers, nulls, lists and mappings."""
        return {
            "name": self.name,
            "started_on": self.started_on.isoformat(),
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "event_on": self.event_on.isoformat() if self.event_on else None,
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
            "trigger": self.trigger,
            "rule": self.rule.to_data(),
            "stops": [stop.to_data() for stop in self.stops],
            "extensions": [extension.to_data() for extension in self.extensions],
        }


def clock_from(data: Mapping[str, object]) -> RunningClock:
    """
    Read a clock back from `RunningClock.to_data()`.

    Raises: `BadClock` if a member is missing or not of its kind.
    """
    try:
        started_at = data["started_at"]
        return RunningClock(
            name=str(data["name"]),
            started_on=date.fromisoformat(str(data["started_on"])),
            started_at=datetime.fromisoformat(str(started_at)) if started_at is not None else None,
            event_on=_date_from(data["event_on"]),
            ended_on=_date_from(data["ended_on"]),
            trigger=str(data["trigger"]),
            rule=rule_from(_mapping(data["rule"])),
            stops=tuple(_stop_from(stop) for stop in _mappings(data["stops"])),
            extensions=tuple(_extension_from(extension) for extension in _mappings(data["extensions"])),
        )
    except (KeyError, ValueError) as fault:
        raise BadClock(f"存储的期限缺少成员或成员有误：{fault}", remedy="请核对记录是否完整。") from fault


def _stop_from(data: Mapping[str, object]) -> Stop:
    return Stop(
        from_on=date.fromisoformat(str(data["from_on"])),
        to_on=_date_from(data["to_on"]),
        cause=str(data["cause"]),
        approver=str(data["approver"]),
    )


def _extension_from(data: Mapping[str, object]) -> Extension:
    return Extension(
        on=date.fromisoformat(str(data["on"])),
        cause=str(data["cause"]),
        approver=str(data["approver"]),
        term=term_from(data["term"]) if data["term"] is not None else None,
        until=_date_from(data["until"]),
    )


def _date_from(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise BadClock(f"存储的期限成员有误：{value!r}", remedy="请核对记录是否完整。")
    return value


def _mappings(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        raise BadClock(f"存储的期限成员有误：{value!r}", remedy="请核对记录是否完整。")
    return [_mapping(item) for item in value]


def _refuse_unfounded(cause: str, approver: str, act: str) -> None:
    if not cause.strip():
        raise UnfoundedChange(f"{act}没有写明事由", basis="行诉解释第50条", remedy="请写明事由。", field="cause")
    if not approver.strip():
        raise UnfoundedChange(f"{act}没有写明批准人", basis="行诉解释第50条", remedy="请写明批准人。", field="approver")
