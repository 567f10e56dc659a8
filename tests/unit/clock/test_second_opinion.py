"""Random clocks: the same answer as the slow oracle, and what must hold whatever the input."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.clock import oracle

from fuyuantong.clock.calendar import Calendar, DayKind, Notice, calendar_of, days_changed, load_calendar
from fuyuantong.clock.deciding import deciding_spans
from fuyuantong.clock.proof import prove, recompute
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.rule import Roll, Rule, Source
from fuyuantong.clock.running import Extension, RunningClock, Stop
from fuyuantong.clock.terms import SHANGHAI, Term, Unit, due_on, end_of
from fuyuantong.clock.trace import Mark

CALENDAR = load_calendar()
LONGEST = {Unit.DAYS: 400, Unit.WORKING_DAYS: 120, Unit.MONTHS: 30, Unit.YEARS: 4}
MONTH_ENDS = st.builds(
    lambda year, month: date(year, month, 1) - timedelta(days=1), st.integers(2004, 2028), st.integers(1, 12)
)
DAYS = st.dates(date(2003, 6, 1), date(2028, 6, 30)) | st.dates(date(2026, 1, 1), date(2027, 3, 1)) | MONTH_ENDS
TERMS = st.sampled_from(sorted(LONGEST)).flatmap(
    lambda unit: st.builds(Term, st.integers(1, LONGEST[unit]), st.just(unit))
)


@st.composite
def stops_after(draw: st.DrawFn, start: date) -> tuple[Stop, ...]:
    """Return up to three stops in order, some empty, some touching, the last perhaps open."""
    stops, day = [], start
    for _ in range(draw(st.integers(0, 3))):
        first = day + timedelta(days=draw(st.integers(0, 60)))
        day = first + timedelta(days=draw(st.integers(0, 40)))
        stops.append(Stop(from_on=first, to_on=day, cause="鉴定", approver="院长"))
    if draw(st.integers(0, 4)) == 0:
        stops.append(Stop(from_on=day + timedelta(days=draw(st.integers(0, 60))), cause="鉴定", approver="院长"))
    return tuple(stops)


@st.composite
def clocks(draw: st.DrawFn) -> RunningClock:
    start = draw(DAYS)
    further = draw(st.lists(TERMS, max_size=2))
    return a_clock(draw(TERMS), start, stops=draw(stops_after(start)), further=further)


@st.composite
def fixed_clocks(draw: st.DrawFn) -> RunningClock:
    start = draw(DAYS)
    rule = Rule(
        key="until:reply_by",
        title="答复",
        source=Source.FIXED,
        basis="建议书",
        fixed_on=start + timedelta(days=draw(st.integers(-5, 200))),
        roll=draw(st.sampled_from([Roll.BY_LAW, Roll.NONE])),
    )
    return RunningClock(name="reply", started_on=start, trigger="收到", rule=rule, stops=draw(stops_after(start)))


@st.composite
def clocks_with_a_new_last_day(draw: st.DrawFn) -> RunningClock:
    clock = draw(clocks())
    on = clock.started_on + timedelta(days=draw(st.integers(0, 60)))
    until = on + timedelta(days=draw(st.integers(0, 200)))
    extension = Extension(on=on, cause="情况复杂", approver="院长", until=until)
    return replace(clock, extensions=(*clock.extensions, extension))


@st.composite
def clocks_before_an_event(draw: st.DrawFn) -> RunningClock:
    event_on, term = draw(DAYS), draw(TERMS)
    rule = Rule(
        key="house:notice",
        title="通知",
        source=Source.HOUSE,
        basis="方案",
        term=Term(-term.length, term.unit),
        roll=draw(st.sampled_from([Roll.BY_LAW, Roll.BACKWARD])),
    )
    further = tuple(
        Extension(on=event_on, cause="改期", approver="院长", term=each) for each in draw(st.lists(TERMS, max_size=1))
    )
    return RunningClock(
        name="notice", started_on=event_on, trigger="开庭", rule=rule, event_on=event_on, extensions=further
    )


ANY_CLOCK = clocks() | fixed_clocks() | clocks_with_a_new_last_day() | clocks_before_an_event()


def a_clock(
    term: Term, start: date, *, stops: tuple[Stop, ...] = (), further: list[Term] | None = None
) -> RunningClock:
    rule = Rule(key="house:answer", title="答复", source=Source.HOUSE, basis="方案", term=term)
    extensions = tuple(Extension(on=start, cause="情况复杂", approver="院长", term=each) for each in further or ())
    return RunningClock(name="reply", started_on=start, trigger="收到", rule=rule, stops=stops, extensions=extensions)


def as_pairs(stops: tuple[Stop, ...]) -> list[tuple[date, date | None]]:
    return [(stop.from_on, stop.to_on) for stop in stops]


@given(clocks())
def test_a_clock_ends_as_the_oracle_says(clock: RunningClock) -> None:
    terms = [clock.rule.term, *(extension.term for extension in clock.extensions)]

    told = oracle.forward(
        clock.started_on, [(term.length, term.unit.value) for term in terms if term], as_pairs(clock.stops)
    )

    proof = prove(clock, CALENDAR)
    assert (proof.raw_due_on, proof.due_on, proof.provisional) == told


@given(fixed_clocks())
def test_a_fixed_date_ends_as_the_oracle_says(clock: RunningClock) -> None:
    told = oracle.fixed(clock.rule.fixed_on, clock.started_on, as_pairs(clock.stops), clock.rule.roll is Roll.BY_LAW)

    proof = prove(clock, CALENDAR)
    assert (proof.raw_due_on, proof.due_on, proof.provisional) == told


@given(clocks_with_a_new_last_day())
def test_a_new_last_day_ends_as_the_oracle_says(clock: RunningClock) -> None:
    newest = clock.extensions[-1]

    told = oracle.fixed(newest.until, newest.on, as_pairs(clock.stops), True)

    proof = prove(clock, CALENDAR)
    assert (proof.raw_due_on, proof.due_on, proof.provisional) == told


@given(TERMS, DAYS)
def test_a_term_before_an_event_ends_as_the_oracle_says(term: Term, event_on: date) -> None:
    rule = Rule(key="house:notice", title="通知", source=Source.HOUSE, basis="方案", term=Term(-term.length, term.unit))
    clock = RunningClock(name="notice", started_on=event_on, trigger="开庭", rule=rule, event_on=event_on)

    proof = prove(clock, CALENDAR)

    assert (proof.due_on, proof.provisional) == oracle.backward(event_on, term.length, term.unit.value)


@given(st.integers(1, 96), st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1)), st.data())
def test_hours_end_as_the_oracle_says(length: int, moment: datetime, data: st.DataObject) -> None:
    started_at = moment.replace(tzinfo=SHANGHAI)
    stops = data.draw(stops_after(started_at.date()))
    rule = Rule(key="house:at-once", title="决定", source=Source.HOUSE, basis="方案", term=Term(length, Unit.HOURS))
    clock = RunningClock(
        name="decide", started_on=started_at.date(), started_at=started_at, trigger="收到", rule=rule, stops=stops
    )

    assert reckon(clock, CALENDAR).due_at == oracle.hours(started_at, length, as_pairs(stops))


@given(TERMS, DAYS, st.integers(1, 40))
def test_a_later_start_never_ends_earlier(term: Term, start: date, later: int) -> None:
    first, second = (due_on(term, day, calendar=CALENDAR) for day in (start, start + timedelta(days=later)))

    assert first <= second


@given(TERMS, DAYS, st.integers(1, 40))
def test_a_longer_term_never_ends_earlier(term: Term, start: date, more: int) -> None:
    assert due_on(term, start, calendar=CALENDAR) <= due_on(
        Term(term.length + more, term.unit), start, calendar=CALENDAR
    )


@given(clocks(), st.integers(1, 40))
def test_a_stopped_clock_started_later_never_ends_earlier(clock: RunningClock, later: int) -> None:
    assume(all(stop.from_on > clock.started_on + timedelta(days=later) for stop in clock.stops))
    second = RunningClock(
        name="reply",
        started_on=clock.started_on + timedelta(days=later),
        trigger="收到",
        rule=clock.rule,
        stops=clock.stops,
        extensions=clock.extensions,
    )

    first_due, second_due = (reckon(each, CALENDAR).due_on or date.max for each in (clock, second))

    assert first_due <= second_due


@given(st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.YEARS]), DAYS, st.integers(1, 90), st.data())
def test_a_stop_of_natural_days_moves_the_end_by_exactly_as_many(
    unit: Unit, start: date, length: int, data: st.DataObject
) -> None:
    term = Term(min(length, LONGEST[unit]), unit)
    end = end_of(term, start, calendar=CALENDAR)
    first = data.draw(st.dates(start + timedelta(days=1), end))
    stop = Stop(from_on=first, to_on=first + timedelta(days=length), cause="鉴定", approver="院长")

    assert reckon(a_clock(term, start, stops=(stop,)), CALENDAR).raw_on == end + timedelta(days=length)


@given(DAYS, st.integers(1, 60), st.integers(0, 40), st.data())
def test_a_stop_moves_working_days_by_exactly_its_working_days(
    start: date, length: int, stopped: int, data: st.DataObject
) -> None:
    end = end_of(Term(length, Unit.WORKING_DAYS), start, calendar=CALENDAR)
    first = data.draw(st.dates(start + timedelta(days=1), end))
    stop = Stop(from_on=first, to_on=first + timedelta(days=stopped), cause="鉴定", approver="院长")

    moved = reckon(a_clock(Term(length, Unit.WORKING_DAYS), start, stops=(stop,)), CALENDAR).raw_on

    lost = sum(oracle.is_worked(first + timedelta(days=offset)) for offset in range(stopped))
    passed = sum(oracle.is_worked(end + timedelta(days=offset)) for offset in range(1, (moved - end).days + 1))
    assert passed == lost


@given(clocks())
def test_the_trace_counts_up_to_the_raw_end_and_rolls_to_the_last_day(clock: RunningClock) -> None:
    proof = prove(clock, CALENDAR)
    assume(proof.due_on is not None)

    counted = [day.on for day in proof.trace if day.mark is Mark.COUNTED]
    assert counted[-1] == proof.raw_due_on
    assert proof.trace[-1].on == proof.due_on
    assert len(proof.trace) + proof.elided == (proof.due_on - clock.started_on).days + 1


@given(ANY_CLOCK)
def test_a_proof_is_found_again_from_its_data(clock: RunningClock) -> None:
    proof = prove(clock, CALENDAR)

    assert recompute(proof.to_data(), CALENDAR) == proof


@given(ANY_CLOCK, st.sets(st.integers(0, 365), min_size=1, max_size=40), st.integers(0, 4))
def test_only_a_change_of_a_deciding_day_changes_the_result(clock: RunningClock, changed: set[int], later: int) -> None:
    other = with_another_notice(clock.started_on.year + later, changed)
    before, after = prove(clock, CALENDAR), prove(clock, other)

    spans = list(deciding_spans(clock, reckon(clock, CALENDAR)))
    assume(not any(first <= day <= last for day in days_changed(CALENDAR, other) for first, last in spans))
    assert after.to_data()["result"] == before.to_data()["result"]


def with_another_notice(year: int, offsets: set[int]) -> Calendar:
    """Return the packaged calendar with the notice of `year` replaced by one that turns days around."""
    days = (date(year, 1, 1) + timedelta(days=offset) for offset in offsets)
    turned = {
        day: (DayKind.WORKING_WEEKEND if day.weekday() >= 5 else DayKind.HOLIDAY, "试")
        for day in days
        if day.year == year
    }
    notice = Notice(year=year, title="试", number="", issued="", is_checked=False, days=turned)
    return calendar_of([notice, *(kept for kept in CALENDAR.notices if kept.year != year)])
