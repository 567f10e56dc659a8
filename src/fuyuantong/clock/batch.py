"""One question about a date, one answer: the lines of `fyt clock due --batch`."""

from collections.abc import Mapping
from datetime import date

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.deciding import is_provisional
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.running import RunningClock
from fuyuantong.clock.terms import Unit, day_from, term_from
from fuyuantong.refusal import Refusal

MEMBERS = {"length", "unit", "from"}


class BadLine(Refusal):
    """A line of the batch that is no question about a date."""

    key = "bad-line"
    title = "批量计算的一行有误"


def answer_line(line: object, *, calendar: Calendar) -> Mapping[str, object]:
    """
    Answer `{"length": 15, "unit": "days", "from": "2026-09-18"}` with `{"due_on": "2026-10-08", "provisional": False}`.

    A negative length is counted back from the event on `from`. Hours are not asked here: they need a moment.
    Raises: `BadLine` if a member is missing, unknown, or no date; `BadTerm` if the length is no term;
    `BeyondTheCalendar` if the answer lies outside the years 1 to 9999.
    """
    if not isinstance(line, Mapping) or set(line) != MEMBERS:
        raise BadLine(
            "每行须且只能有 length、unit、from 三项", remedy='请写作 {"length":15,"unit":"days","from":"2026-09-18"}。'
        )
    term = term_from({"length": line["length"], "unit": line["unit"]})
    if term.unit is Unit.HOURS:
        raise BadLine("批量计算不支持小时", remedy="单位请用 days、working_days、months 或 years。", field="unit")
    start = _date(line["from"])
    rule = Rule(key="term", title="期限", source=Source.HOUSE, basis="所给期限", term=term)
    event_on = start if term.is_before else None
    clock = RunningClock(name="期限", started_on=start, trigger="起算", rule=rule, event_on=event_on)
    reckoning = reckon(clock, calendar)
    return {"due_on": str(reckoning.due_on), "provisional": is_provisional(clock, reckoning, calendar)}


def _date(value: object) -> date:
    try:
        return day_from(value if isinstance(value, str) else "")
    except ValueError as fault:
        raise BadLine(f"“{value}”不是日期", remedy="from 请写作 2026-09-18。", field="from") from fault
