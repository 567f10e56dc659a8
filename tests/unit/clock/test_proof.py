"""What a proof shows day by day, keeps as data, and says to people."""

import json
from datetime import date, timedelta

import pytest
from tests.unit.clock.vectors import a_clock, an_hour_clock, extensions, stops

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.deciding import deciding_spans
from fuyuantong.clock.explanation import explain
from fuyuantong.clock.periods import find_period
from fuyuantong.clock.proof import Proof, Standing, prove, recompute
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.running import BadClock, RunningClock
from fuyuantong.clock.trace import Mark

RECEIVED = date(2026, 8, 3)


def lawful(key: str, start: date, **facts: date) -> RunningClock:
    rule = find_period(key, on=start).as_rule()
    return RunningClock(name="reply", started_on=start, trigger="收到建议书", rule=rule, **facts)


def shown(proof: Proof) -> list[str]:
    """Return the trace as `09-30 counted 2 note`."""
    return [" ".join(f"{day.on:%m-%d} {day.mark} {day.index or ''} {day.note}".split()) for day in proof.trace]


def test_the_trace_of_working_days_names_every_day(calendar: Calendar) -> None:
    assert shown(prove(a_clock("3 working_days", "2026-09-29"), calendar)) == [
        "09-29 start",
        "09-30 counted 1",
        "10-01 rest 国庆节",
        "10-02 rest 国庆节",
        "10-03 rest 国庆节",
        "10-04 rest 国庆节",
        "10-05 rest 国庆节",
        "10-06 rest 国庆节",
        "10-07 rest 国庆节",
        "10-08 counted 2",
        "10-09 counted 3",
    ]


def test_the_trace_of_natural_days_shows_the_roll(calendar: Calendar) -> None:
    assert shown(prove(a_clock("3 days", "2026-09-24"), calendar)) == [
        "09-24 start",
        "09-25 counted 1 中秋节",
        "09-26 counted 2 中秋节",
        "09-27 counted 3 中秋节",
        "09-28 rolled",
    ]


def test_the_trace_shows_stopped_days_with_their_cause(calendar: Calendar) -> None:
    assert shown(prove(a_clock("3 days", "2026-11-09", stopped="2026-11-11>2026-11-12"), calendar)) == [
        "11-09 start",
        "11-10 counted 1",
        "11-11 stopped 鉴定",
        "11-12 counted 2",
        "11-13 counted 3",
    ]


def test_the_trace_of_a_stopped_clock_ends_with_the_stop(calendar: Calendar) -> None:
    assert shown(prove(a_clock("3 days", "2026-11-09", stopped="2026-11-11>"), calendar)) == [
        "11-09 start",
        "11-10 counted 1",
        "11-11 stopped 鉴定",
    ]


def test_the_trace_shows_a_stop_met_while_rolling(calendar: Calendar) -> None:
    clock = a_clock("3 days", "2026-09-24", stopped="2026-09-28>2026-09-29;2026-09-29>")

    assert shown(prove(clock, calendar))[3:] == ["09-27 counted 3 中秋节", "09-28 stopped 鉴定", "09-29 stopped 鉴定"]


def test_the_trace_before_an_event_counts_back(calendar: Calendar) -> None:
    assert shown(prove(a_clock("-2 working_days", event="2026-11-16"), calendar)) == [
        "11-16 event",
        "11-15 rest 周末",
        "11-14 rest 周末",
        "11-13 counted 1",
        "11-12 counted 2",
    ]


def test_the_trace_rolls_backward_where_the_place_says_so(calendar: Calendar) -> None:
    assert shown(prove(a_clock("-1 days<", event="2026-11-16"), calendar)) == [
        "11-16 event",
        "11-15 counted 1 周末",
        "11-14 rolled 周末",
        "11-13 rolled",
    ]


def test_the_trace_of_a_stopped_clock_before_an_event_shows_the_stop(calendar: Calendar) -> None:
    clock = a_clock("-2 working_days", event="2026-11-16", stopped="2026-11-05>")

    assert shown(prove(clock, calendar)) == ["11-16 event", "11-05 stopped 鉴定"]


def test_the_trace_of_a_named_day_in_the_past_shows_that_day(calendar: Calendar) -> None:
    assert shown(prove(a_clock("=2026-08-29", "2026-09-01"), calendar)) == [
        "09-01 start",
        "08-29 counted 周末",
        "08-30 rolled 周末",
        "08-31 rolled",
    ]


def test_the_trace_of_a_named_day_that_is_stopped_ends_there(calendar: Calendar) -> None:
    clock = a_clock("=2026-08-31", "2026-09-01", stopped="2026-08-31>")

    assert shown(prove(clock, calendar)) == ["09-01 start", "08-31 stopped 鉴定"]


def test_the_trace_of_a_further_unit_begins_to_count_anew(calendar: Calendar) -> None:
    assert shown(prove(a_clock("1 days", "2026-11-12", extended="+1 working_days"), calendar)) == [
        "11-12 start",
        "11-13 counted 1",
        "11-14 rest 周末",
        "11-15 rest 周末",
        "11-16 counted 1",
    ]


def test_the_trace_of_hours_counts_them_up_day_by_day(calendar: Calendar) -> None:
    clock = an_hour_clock(24, "2026-11-20T09:59+08:00", stopped="2026-11-21>2026-11-22")

    assert shown(prove(clock, calendar)) == ["11-20 counted 14 自10:00起计", "11-21 stopped 鉴定", "11-22 counted 24"]


def test_the_trace_of_stopped_hours_ends_with_the_stop(calendar: Calendar) -> None:
    clock = an_hour_clock(48, "2026-11-20T09:59+08:00", stopped="2026-11-21>")

    assert shown(prove(clock, calendar)) == ["11-20 counted 14 自10:00起计", "11-21 stopped 鉴定"]


def test_a_long_trace_keeps_its_first_and_last_two_hundred_days(calendar: Calendar) -> None:
    proof = prove(a_clock("3 years", "2023-09-01"), calendar)

    # 2023-09-01 to 2026-09-01 are 1,097 days, both counted
    assert (len(proof.trace), proof.elided) == (400, 697)
    assert (proof.trace[0].on, proof.trace[-1].on) == (date(2023, 9, 1), date(2026, 9, 1))
    assert proof.to_data()["trace"][200] == {"elided": 697}


def test_a_long_proof_is_found_again(calendar: Calendar) -> None:
    proof = prove(a_clock("3 years", "2023-09-01"), calendar)

    assert recompute(proof.to_data(), calendar) == proof


def test_a_trace_of_four_hundred_days_is_whole(calendar: Calendar) -> None:
    proof = prove(a_clock("399 days", "2025-03-05"), calendar)

    assert (len(proof.trace), proof.elided) == (400, 0)


def test_a_proof_is_plain_data(calendar: Calendar) -> None:
    data = prove(a_clock("2 months", "2026-08-03", stopped="2026-09-01>2026-09-11"), calendar).to_data()

    assert json.loads(json.dumps(data)) == data
    assert data["result"] == {
        "standing": "running",
        "provisional": False,
        "raw_due_on": "2026-10-13",
        "due_on": "2026-10-13",
        "due_at": None,
        "ceiling_due_on": None,
    }


def test_a_proof_names_the_calendar_it_rests_on(calendar: Calendar) -> None:
    assert prove(a_clock(), calendar).calendar_version == calendar.version


def test_a_proof_trusts_nothing_it_once_found(calendar: Calendar) -> None:
    proof = prove(a_clock(), calendar)

    assert recompute({**proof.to_data(), "result": {"due_on": "2030-01-01"}}, calendar) == proof


@pytest.mark.parametrize("data", [{}, {"clock": "reply"}])
def test_a_proof_without_its_inputs_is_refused(data: dict[str, object], calendar: Calendar) -> None:
    with pytest.raises(BadClock, match="缺少计算依据"):
        recompute(data, calendar)


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        (Mark.START, "起算日，不计"),
        (Mark.EVENT, "事件日，不计"),
        (Mark.COUNTED, "计入"),
        (Mark.REST, "休息日，不计"),
        (Mark.STOPPED, "中止，不计"),
        (Mark.ROLLED, "顺延"),
    ],
)
def test_a_mark_has_its_word(mark: Mark, word: str) -> None:
    assert mark.word == word


def test_a_standing_has_its_word() -> None:
    assert [standing.word for standing in Standing] == ["计算中", "中止中", "已终止"]


def test_a_proof_explains_itself(calendar: Calendar) -> None:
    assert explain(prove(lawful("JY-01", RECEIVED), calendar), calendar) == (
        "期限：综合治理类司法建议答复（JY-01），2个月",
        "性质：法定期限；依据：法释〔2023〕11号第8条（一般不超过）",
        "起算：收到建议书，2026-08-03，当日不计，自次日起计",
        "结果：2026-10-03为国庆节，顺延至2026-10-08届满（民法典第203条）",
        f"日历：版本{calendar.version}，国办发明电〔2025〕7号",
    )


@pytest.mark.parametrize(
    ("clock", "line"),
    [
        (a_clock(), "结果：2026-11-17届满"),
        (a_clock(stopped="2026-11-05>"), "结果：中止中，恢复后再计算届满日"),
        (a_clock(stopped="2026-11-05>"), "中止：自2026-11-05起，至今未恢复；事由：鉴定；批准：院长"),
        (a_clock(stopped="2026-11-05>2026-11-10"), "中止：自2026-11-05起，2026-11-10恢复，共5日不计；事由：鉴定；批准：院长"),
        (a_clock(extended="+5 days"), "延长：2026-09-01延长5日；事由：情况复杂；批准：院长"),
        (a_clock(extended="2026-11-10=2026-11-30"), "延长：2026-11-10延长至2026-11-30；事由：情况复杂；批准：院长"),
        (a_clock("3 days", "2026-11-20"), "结果：2026-11-23届满"),
        (a_clock("3 days", "2026-11-17", stopped="2026-11-21>2026-11-21"), "结果：2026-11-20届满"),
        (a_clock("2 days", "2026-11-19", stopped="2026-11-23>2026-11-24"), "结果：2026-11-21为周末，顺延至2026-11-24届满（民法典第203条）"),
        (a_clock("-1 days<", event="2026-11-16"), "结果：2026-11-15为周末，按本地设置提前至2026-11-13届满"),
        (a_clock("-1 days", event="2026-11-17"), "起算：收到建议书，2026-11-17，当日不计，向前倒计"),
        (an_hour_clock(48, "2026-10-01T14:20+08:00"), "结果：2026-10-03 15:00届满，按小时计算，不因休息日顺延"),
        (an_hour_clock(48, "2026-10-01T14:20+08:00"), "起算：收到提请，2026-10-01 14:20，当时不计，自15:00起计"),
        (a_clock("15 days", "2026-12-18"), "暂定：2027年放假安排尚未公布，只扣除周末；公布后将重新计算"),
        (lawful("ZX-09", date(2026, 3, 2)), "注意：该条文凭记录录入，尚未与正式文本核对，适用前请核对"),
    ],
)  # fmt: skip
def test_an_explanation_says_in_words(clock: RunningClock, line: str, calendar: Calendar) -> None:
    assert line in explain(prove(clock, calendar), calendar)


def a_capped_clock(**facts: object) -> RunningClock:
    ceiling = find_period("JY-01", on=RECEIVED).as_ceiling()
    rule = Rule(
        key="until:reply_by",
        title="答复",
        source=Source.FIXED,
        basis="建议书",
        fixed_on=date(2026, 9, 1),
        ceiling=ceiling,
    )
    return RunningClock(name="reply", started_on=RECEIVED, trigger="收到建议书", rule=rule, **facts)


def test_an_explanation_shows_the_ceiling(calendar: Calendar) -> None:
    line = "上限：综合治理类司法建议答复（JY-01）2个月，不计中止、延长至2026-10-08；依据：法释〔2023〕11号第8条（一般不超过）"

    assert line in explain(prove(a_capped_clock(), calendar), calendar)


def test_stops_and_extensions_do_not_move_the_ceiling(calendar: Calendar) -> None:
    clock = a_capped_clock(stops=stops("2026-08-10>2026-08-20"), extensions=extensions("2026-08-25=2026-11-30"))

    assert prove(clock, calendar).ceiling_due_on == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("clock", "first", "last", "count"),
    [
        (a_clock("3 working_days", "2026-09-29"), date(2026, 9, 30), date(2026, 10, 9), 10),
        (a_clock("15 days", "2026-09-18"), date(2026, 10, 3), date(2026, 10, 8), 6),
        (a_clock("15 days", "2026-11-02"), date(2026, 11, 17), date(2026, 11, 17), 1),
        (a_clock("-1 days<", event="2026-11-16"), date(2026, 11, 13), date(2026, 11, 15), 3),
        (a_clock("3 working_days", "2026-11-09", stopped="2026-11-11>2026-11-12"), date(2026, 11, 10), date(2026, 11, 13), 3),
    ],
)  # fmt: skip
def test_the_days_that_decide_are_those_that_were_looked_at(
    clock: RunningClock, first: date, last: date, count: int, calendar: Calendar
) -> None:
    spans = deciding_spans(clock, reckon(clock, calendar))
    days = {first + timedelta(days=offset) for first, last in spans for offset in range((last - first).days + 1)}

    assert (min(days), max(days), len(days)) == (first, last, count)


def test_a_year_that_is_long_past_is_not_said_to_be_announced_one_day(calendar: Calendar) -> None:
    lines = explain(prove(a_clock("15 days", "1998-11-02"), calendar), calendar)

    assert lines[-1] == "暂定：1998年放假安排没有载入，只扣除周末；载入后将重新计算"


def test_a_long_clock_names_every_year_whose_notice_is_missing(calendar: Calendar) -> None:
    lines = explain(prove(a_clock("900 working_days", "2026-11-02"), calendar), calendar)

    assert lines[-1] == "暂定：2027、2028、2029、2030年放假安排尚未公布，只扣除周末；公布后将重新计算"


@pytest.mark.parametrize(
    "clock",
    [a_clock("-3 days", event="2026-10-08"), a_clock("=2026-10-03!"), an_hour_clock(48, "2026-10-01T14:20+08:00")],
    ids=["before an event", "the event itself", "hours"],
)
def test_a_clock_that_never_rolls_rests_on_no_notice(clock: RunningClock, calendar: Calendar) -> None:
    assert list(deciding_spans(clock, reckon(clock, calendar))) == []
