"""The rungs of the ladder that a matter climbs when its holder lets the due day come."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.counting import working_days_between


@dataclass(frozen=True)
class RungRule:
    """
    One rung.

    Unit: `after` working days past the due day; before it when negative. `tells`: who is told beside the holder, as
    relations to it. `text` may name `{due}` and `{late}`.
    """

    key: str
    title: str
    after: int
    text: str
    tells: tuple[str, ...] = ()

    def says(self, *, due_on: date, late: int) -> str:
        """Return the words of the rung."""
        return self.text.replace("{due}", str(due_on)).replace("{late}", str(late))

    def to_data(self) -> dict[str, object]:
        """Return the rung as strings, whole numbers and lists."""
        return {**asdict(self), "tells": list(self.tells)}


def rung_from(data: Mapping[str, Any]) -> RungRule:
    """Return the rung that `to_data` wrote."""
    return RungRule(**{**data, "tells": tuple(data["tells"])})


# house default: 到期前提醒 3 个工作日, 逾期次日催办, 逾期 5 个工作日督办; 通报 and 上报 are added by a place
LADDER = (
    RungRule("remind", "到期前提醒", -3, "本件将于 {due} 届满，请及时办理。"),
    RungRule("urge", "催办", 1, "本件已于 {due} 届满，请立即办理。"),
    RungRule("supervise", "督办", 5, "本件已于 {due} 届满，逾期 {late} 个工作日，转督办。", tells=("office_of",)),
)


def reached(ladder: tuple[RungRule, ...], due_on: date, day: date, calendar: Calendar) -> tuple[RungRule, ...]:
    """Return the rungs that a due day has reached, from the lowest."""
    late = working_days_between(due_on, day, calendar=calendar)
    return tuple(rung for rung in ladder if late >= rung.after)
