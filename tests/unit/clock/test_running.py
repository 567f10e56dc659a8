"""Facts of a clock that cannot stand together, and clocks read back from their data."""

from datetime import date, datetime

import pytest
from tests.unit.clock.vectors import a_clock, a_rule, an_hour_clock

from fuyuantong.clock.running import BadClock, Extension, RunningClock, Stop, UnfoundedChange, clock_from
from fuyuantong.clock.terms import SHANGHAI, Term, Unit

DAY = date(2026, 11, 5)
FIVE_DAYS = Term(5, Unit.DAYS)
CLOCKS = {
    "plain": a_clock(),
    "stopped and lengthened": a_clock(stopped="2026-11-05>2026-11-07;2026-11-10>", extended="+5 days"),
    "new last day": a_clock(extended="2026-11-10=2026-11-30"),
    "before": a_clock("-3 days<", event="2026-11-30"),
    "fixed": a_clock("=2026-11-28!"),
    "hours": an_hour_clock(48, "2026-10-01T14:20+08:00", extended="24"),
}


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_comes_back_from_its_data(clock: RunningClock) -> None:
    assert clock_from(clock.to_data()) == clock


@pytest.mark.parametrize(("cause", "approver"), [("", "院长"), ("  ", "院长"), ("鉴定", ""), ("鉴定", " ")])
def test_a_stop_without_cause_or_approver_is_refused(cause: str, approver: str) -> None:
    with pytest.raises(UnfoundedChange):
        Stop(from_on=DAY, cause=cause, approver=approver)


@pytest.mark.parametrize(("cause", "approver"), [("", "院长"), ("情况复杂", "")])
def test_an_extension_without_cause_or_approver_is_refused(cause: str, approver: str) -> None:
    with pytest.raises(UnfoundedChange):
        Extension(on=DAY, cause=cause, approver=approver, term=FIVE_DAYS)


def test_a_stop_that_goes_on_before_it_stopped_is_refused() -> None:
    with pytest.raises(BadClock, match="恢复日2026-11-04早于中止日2026-11-05"):
        Stop(from_on=DAY, to_on=date(2026, 11, 4), cause="鉴定", approver="院长")


@pytest.mark.parametrize(("term", "until"), [(None, None), (FIVE_DAYS, DAY)], ids=["neither", "both"])
def test_an_extension_says_one_of_term_and_day(term: Term | None, until: date | None) -> None:
    with pytest.raises(BadClock, match="之一"):
        Extension(on=DAY, cause="情况复杂", approver="院长", term=term, until=until)


def test_an_extension_does_not_shorten() -> None:
    with pytest.raises(BadClock, match="正数"):
        Extension(on=DAY, cause="情况复杂", approver="院长", term=Term(-5, Unit.DAYS))


@pytest.mark.parametrize(("rule", "event"), [("-3 days", ""), ("15 days", "2026-11-30"), ("=2026-11-30", "2026-11-30")])
def test_an_event_belongs_to_a_clock_before_it_and_to_no_other(rule: str, event: str) -> None:
    with pytest.raises(BadClock, match="事件日期"):
        a_clock(rule, event=event)


def test_hours_need_a_moment() -> None:
    with pytest.raises(BadClock, match="起算时刻"):
        a_clock("48 hours")


def test_days_have_no_moment() -> None:
    moment = datetime(2026, 11, 5, 9, tzinfo=SHANGHAI)

    with pytest.raises(BadClock, match="起算时刻"):
        RunningClock(name="reply", started_on=DAY, started_at=moment, trigger="收到", rule=a_rule("15 days"))


def test_a_moment_has_a_time_zone() -> None:
    with pytest.raises(BadClock, match="时区"):
        an_hour_clock(48, "2026-11-05T09:00")


def test_a_moment_lies_on_the_day_of_the_start_in_shanghai() -> None:
    with pytest.raises(BadClock, match="不在起算日2026-11-05"):
        an_hour_clock(48, "2026-11-05T17:00+00:00")


def test_hours_are_not_counted_back() -> None:
    moment = datetime(2026, 11, 5, 9, tzinfo=SHANGHAI)

    with pytest.raises(BadClock, match="倒计"):
        RunningClock(name="x", started_on=DAY, started_at=moment, event_on=DAY, trigger="开庭", rule=a_rule("-3 hours"))


@pytest.mark.parametrize("stopped", ["2026-11-05>;2026-11-08>", "2026-11-05>2026-11-10;2026-11-09>2026-11-12"])
def test_stops_do_not_overlap(stopped: str) -> None:
    with pytest.raises(BadClock, match=r"重叠|再次中止"):
        a_clock(stopped=stopped)


@pytest.mark.parametrize("extended", ["+1 hours", "+5 days;+1 hours"])
def test_days_are_not_lengthened_by_hours(extended: str) -> None:
    with pytest.raises(BadClock, match="不能按小时延长"):
        a_clock(extended=extended)


@pytest.mark.parametrize("extension", [{"term": FIVE_DAYS}, {"until": DAY}], ids=["term", "until"])
def test_hours_are_lengthened_by_hours_only(extension: dict[str, object]) -> None:
    clock = an_hour_clock(48, "2026-11-05T09:00+08:00")
    data = Extension(on=DAY, cause="情况复杂", approver="院长", **extension).to_data()

    with pytest.raises(BadClock, match="只能按小时延长"):
        clock_from({**clock.to_data(), "extensions": [data]})


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("started_on", "5 Nov"),
        ("started_at", "noon"),
        ("rule", "JY-01"),
        ("stops", "none"),
        ("stops", [1]),
        ("stops", [{}]),
        ("extensions", {}),
    ],
)
def test_spoiled_data_are_refused(member: str, value: object) -> None:
    with pytest.raises(BadClock, match="存储的期限"):
        clock_from({**a_clock().to_data(), member: value})
