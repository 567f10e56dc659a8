"""The defendant's time to answer (答辩举证): counted from the day of service that the court fed, never from a guess."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.periods import PeriodNotInForce, find_period
from fuyuantong.clock.proof import Proof, prove
from fuyuantong.clock.reckoning import due_on
from fuyuantong.clock.running import RunningClock

PERIODS: Final = {"一审": ("XS-01", "起诉状副本送达被告"), "二审": ("XS-15", "上诉状副本送达被上诉人")}
FIRST: Final = "一审"


class Standing(StrEnum):
    """How the time of one defendant stands."""

    NOT_BEGUN = "not-begun"
    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "in-time"
    LATE = "late"
    UNSAID = "unsaid"
    NONE = "none"

    @property
    def word(self) -> str:
        """Return the standing as people say it."""
        return _WORDS[self]


_WORDS: Final = {
    Standing.NOT_BEGUN: "未起算",
    Standing.RUNNING: "期限内",
    Standing.OVERDUE: "已逾期未答辩",
    Standing.IN_TIME: "按期答辩",
    Standing.LATE: "逾期答辩",
    Standing.UNSAID: "未载明是否答辩",
    Standing.NONE: "不适用",
}


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """The time of one defendant: how it stands and, when it runs or ran, its proof."""

    standing: Standing
    proof: Proof | None = None


def answer_clock(
    instance: str, *, served_on: date | None, answered_on: date | None, is_open: bool, today: date, calendar: Calendar
) -> AnswerClock:
    """
    Return how the time to answer stands.

    It has not begun while nobody said when the complaint was served; of a case that ended without a word of an answer
    nothing is told; there is none in other instances and before the period was law. Basis: 行政诉讼法第67条, 行诉解释第108条.
    """
    if instance not in PERIODS:
        return AnswerClock(Standing.NONE)
    if served_on is None:
        return AnswerClock(Standing.NOT_BEGUN if is_open else Standing.UNSAID)
    try:
        proof = prove(_clock(instance, served_on), calendar)
    except PeriodNotInForce:
        return AnswerClock(Standing.NONE)
    last = proof.due_on or served_on
    if answered_on is not None:
        return AnswerClock(Standing.IN_TIME if answered_on <= last else Standing.LATE, proof)
    if not is_open:
        return AnswerClock(Standing.UNSAID, proof)
    return AnswerClock(Standing.RUNNING if today <= last else Standing.OVERDUE, proof)


@lru_cache(maxsize=4)
def last_served_overdue(today: date, calendar: Calendar) -> date:
    """Return the last day of service from which the time to answer is over today: the later, the later it ends."""
    served = today
    while (due_on(_clock(FIRST, served), calendar) or today) >= today:
        served -= timedelta(days=1)
    return served


def _clock(instance: str, served_on: date) -> RunningClock:
    key, trigger = PERIODS[instance]
    return RunningClock(
        name="答辩", started_on=served_on, trigger=trigger, rule=find_period(key, on=served_on).as_rule()
    )
