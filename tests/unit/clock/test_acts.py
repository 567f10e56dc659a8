"""What may be done to a clock, and when it may not."""

from datetime import date, datetime

import pytest
from tests.unit.clock.vectors import a_clock, an_extension

from fuyuantong.clock.acts import (
    AlreadyStopped,
    BeyondCeiling,
    ClockEnded,
    NotLonger,
    NotStopped,
    end_clock,
    extend_clock,
    resume_clock,
    start_clock,
    stop_clock,
)
from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.periods import find_period
from fuyuantong.clock.proof import Standing, prove
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.running import RunningClock
from fuyuantong.clock.terms import SHANGHAI, Term, Unit

RECEIVED = date(2026, 8, 3)
CEILING = find_period("JY-01", on=RECEIVED).as_ceiling()


def start(rule: Rule, calendar: Calendar) -> RunningClock:
    return start_clock(rule, name="reply", trigger="收到建议书", on=RECEIVED, calendar=calendar)


def fixed(day: date) -> Rule:
    return Rule(
        key="until:reply_by", title="答复期限", source=Source.FIXED, basis="建议书", fixed_on=day, ceiling=CEILING
    )


def test_a_clock_starts_by_a_period_of_law(calendar: Calendar) -> None:
    clock = start(find_period("JY-01", on=RECEIVED).as_rule(), calendar)

    assert prove(clock, calendar).due_on == date(2026, 10, 8)


def test_a_clock_starts_at_a_moment(calendar: Calendar) -> None:
    rule = find_period("SJ-05", on=RECEIVED).as_rule()
    at = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)

    clock = start_clock(rule, name="arrest", trigger="收到提请", on=RECEIVED, calendar=calendar, at=at)

    assert prove(clock, calendar).due_at == datetime(2026, 8, 5, 10, tzinfo=SHANGHAI)


def test_a_clock_starts_back_from_an_event(calendar: Calendar) -> None:
    rule = find_period("FY-11", on=RECEIVED).as_rule()

    clock = start_clock(
        rule, name="notice", trigger="听证", on=RECEIVED, calendar=calendar, event_on=date(2026, 10, 12)
    )

    assert prove(clock, calendar).due_on == date(2026, 9, 29)


def test_a_date_up_to_the_rolled_end_of_the_ceiling_is_allowed(calendar: Calendar) -> None:
    assert prove(start(fixed(date(2026, 10, 8)), calendar), calendar).ceiling_due_on == date(2026, 10, 8)


def test_a_date_beyond_the_ceiling_is_refused_naming_both(calendar: Calendar) -> None:
    with pytest.raises(BeyondCeiling, match=r"2026-10-09.*2026-10-08") as refused:
        start(fixed(date(2026, 10, 9)), calendar)

    assert (refused.value.field, refused.value.basis) == ("reply_by", "法释〔2023〕11号第8条（一般不超过）")


def test_a_house_term_beyond_the_ceiling_is_refused(calendar: Calendar) -> None:
    rule = Rule(
        key="house:reply", title="答复", source=Source.HOUSE, basis="方案", term=Term(70, Unit.DAYS), ceiling=CEILING
    )

    with pytest.raises(BeyondCeiling, match="2026-10-12"):
        start(rule, calendar)


def test_a_clock_stops_and_goes_on(calendar: Calendar) -> None:
    stopped = stop_clock(a_clock(), on=date(2026, 11, 5), cause="鉴定", approver="院长")
    running = resume_clock(stopped, on=date(2026, 11, 10))

    assert prove(stopped, calendar).standing is Standing.STOPPED
    assert prove(running, calendar).due_on == date(2026, 11, 23)


def test_a_stopped_clock_is_not_stopped_again() -> None:
    with pytest.raises(AlreadyStopped, match="自2026-11-05起中止"):
        stop_clock(a_clock(stopped="2026-11-05>"), on=date(2026, 11, 6), cause="鉴定", approver="院长")


@pytest.mark.parametrize("stopped", ["", "2026-11-05>2026-11-10"])
def test_a_running_clock_is_not_resumed(stopped: str) -> None:
    with pytest.raises(NotStopped):
        resume_clock(a_clock(stopped=stopped), on=date(2026, 11, 12))


def test_a_clock_is_lengthened_by_a_term(calendar: Calendar) -> None:
    longer = extend_clock(a_clock("60 days", "2026-03-02"), an_extension("+30 days"), calendar=calendar)

    assert prove(longer, calendar).due_on == date(2026, 6, 1)


def test_a_clock_is_lengthened_to_a_day(calendar: Calendar) -> None:
    longer = extend_clock(a_clock(), an_extension("2026-11-10=2026-11-18"), calendar=calendar)

    assert prove(longer, calendar).due_on == date(2026, 11, 18)


def test_a_stopped_clock_may_be_lengthened_to_any_day(calendar: Calendar) -> None:
    longer = extend_clock(a_clock(stopped="2026-11-05>"), an_extension("2026-11-10=2026-11-16"), calendar=calendar)

    assert prove(longer, calendar).due_on is None


def test_a_new_last_day_no_later_than_the_old_is_refused(calendar: Calendar) -> None:
    with pytest.raises(NotLonger, match="2026-11-17"):
        extend_clock(a_clock(), an_extension("2026-11-10=2026-11-17"), calendar=calendar)


def test_an_ended_clock_keeps_its_last_day(calendar: Calendar) -> None:
    proof = prove(end_clock(a_clock(), on=date(2026, 11, 9)), calendar)

    assert (proof.standing, proof.due_on) == (Standing.ENDED, date(2026, 11, 17))


def test_an_ended_clock_is_not_changed(calendar: Calendar) -> None:
    ended = end_clock(a_clock(), on=date(2026, 11, 9))

    with pytest.raises(ClockEnded):
        stop_clock(ended, on=date(2026, 11, 10), cause="鉴定", approver="院长")
    with pytest.raises(ClockEnded):
        resume_clock(ended, on=date(2026, 11, 10))
    with pytest.raises(ClockEnded):
        extend_clock(ended, an_extension("+5 days"), calendar=calendar)
    with pytest.raises(ClockEnded):
        end_clock(ended, on=date(2026, 11, 10))
