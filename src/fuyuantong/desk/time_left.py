"""How long there is still, in the words and the colour that every page shows it in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.terms import days_left

SOON = 3  # working days


class Tone(StrEnum):
    """How pressing a deadline is; the style sheet has a colour for each."""

    LATE = "late"
    SOON = "soon"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """A due day as words; `provisional` when the notice of its year is still to come."""

    due_on: date
    words: str
    tone: Tone
    provisional: bool


def time_left(due_on: date, *, today: date, calendar: Calendar) -> TimeLeft:
    """Return how long there is until a day. Example: 还有 6 个工作日; 今天届满; 逾期 2 个工作日."""
    left = days_left(due_on, today=today, calendar=calendar)
    return TimeLeft(
        due_on, _words(left.natural, left.working), _tone(left.natural, left.working), calendar.is_provisional(due_on)
    )


def _words(natural: int, working: int) -> str:
    if natural == 0:
        return "今天届满"
    word = "还有" if natural > 0 else "逾期"
    return f"{word} {abs(working)} 个工作日" if working else f"{word} {abs(natural)} 天"


def _tone(natural: int, working: int) -> Tone:
    if natural < 0:
        return Tone.LATE
    return Tone.SOON if working <= SOON else Tone.FINE
