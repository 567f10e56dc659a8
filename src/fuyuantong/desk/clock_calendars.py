"""The calendar of a clock: coloured day by day, with a legend and words for those who do not see colours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.day_looks import DayRun, Look, ShownMonth, looks_in, month_of, months_of, runs_of
from fuyuantong.clock.proof import Proof, prove
from fuyuantong.clock.running import RunningClock
from fuyuantong.clock.trace import Mark

IN_SIGHT = 3  # months; those before them are one click away


@dataclass(frozen=True, slots=True)
class ClockCalendar:
    """The months of a clock. Shape: `earlier` and `shown` in order; `runs` are lines of words for all days."""

    earlier: tuple[ShownMonth, ...]
    shown: tuple[ShownMonth, ...]
    legend: tuple[Look, ...]
    runs: tuple[str, ...]
    elided: int


def clock_calendar(proof: Proof, calendar: Calendar, *, today: date) -> ClockCalendar:
    """Return the calendar of a whole clock."""
    months = months_of(proof, calendar, today=today)
    split = max(len(months) - IN_SIGHT, 0)
    return ClockCalendar(
        earlier=months[:split],
        shown=months[split:],
        legend=looks_in(months),
        runs=tuple(_run_in_words(run) for run in runs_of(proof)),
        elided=proof.elided,
    )


def month_of_due(clock: RunningClock, calendar: Calendar, *, today: date) -> ShownMonth:
    """Return the month in which the clock ends, for a side column; while it is stopped, the present one."""
    proof = prove(clock, calendar)
    return month_of(proof, calendar, on=proof.due_on or today, today=today)


def lines_as_terms(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return lines such as “结果：…” as pairs of a term and what is said of it."""
    return [(term, said) for term, _, said in (line.partition("：") for line in lines)]


def _run_in_words(run: DayRun) -> str:
    days = f"{run.first}" if run.length == 1 else f"{run.first} 至 {run.last}（{run.length} 日）"
    counted = ""
    if run.mark is Mark.COUNTED and run.from_index is not None:
        counted = f"第 {run.from_index}" if run.from_index == run.to_index else f"第 {run.from_index} 至 {run.to_index}"
    return "，".join(part for part in (days, run.mark.word, counted, run.note) if part)
