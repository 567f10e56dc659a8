"""How long a way takes at one act a working day, so that it can begin in time to arrive on a given day."""

from collections.abc import Mapping
from datetime import date, timedelta

from fuyuantong import catalogue
from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.periods import find_period
from fuyuantong.clock.rule import Rule
from fuyuantong.clock.terms import Unit, due_on, next_working_day
from fuyuantong.matters.rehearsal.samples import ANSWER_AHEAD, EVENT_AHEAD
from fuyuantong.matters.rehearsal.walk import Part, Within, steps_to
from fuyuantong.matters.rehearsal.ways import Way
from fuyuantong.protocol import Await, Clock, Do, Endings, Final, Json, Mechanism, Passes
from fuyuantong.protocol.offers import guards_hold
from fuyuantong.protocol.timing import clocks_of

DAY = timedelta(days=1)
HOUSE = "house:"
TRIES = 8


def begins_on(way: Way, *, arrives_on: date, calendar: Calendar) -> date:
    """Return the day on which to begin so as to arrive about then; estimated, since people and dates vary."""
    begins = arrives_on
    for _ in range(TRIES):
        early = arrives_on - arrival(way, begins, calendar=calendar)
        if not early:
            break
        begins += early
    return begins


def arrival(way: Way, begins: date, *, calendar: Calendar) -> date:
    """Return the day on which a way that begins on a day arrives."""
    return _after(way.mechanism, way.steps, begins, way.goal[0], calendar)


def lapses_on(mechanism: Mechanism, state: str, entered: date, *, calendar: Calendar) -> date | None:
    """Return the day after which the engine takes a matter out of a state; None where it leaves it there."""
    place = mechanism.state(state)
    lapses = () if isinstance(place, Final) else place.lapses
    return min((_ends(mechanism, lapse.clock, entered, calendar, {}) for lapse in lapses), default=None)


def _after(mechanism: Mechanism, steps: tuple[Part, ...], day: date, inner: Mechanism, calendar: Calendar) -> date:
    entered, given = day, dict[str, Json]()
    for step in steps:
        if isinstance(step, Passes):
            day = max(day, _ends(mechanism, step.clock, entered, calendar, given)) + DAY
        elif isinstance(step, Within):
            day = _after(inner, step.steps, day, inner, calendar)
        elif isinstance(step, Endings):
            ending = _ending(mechanism, step)
            day = max(_after(child, steps_to(child, final), day, child, calendar) for child, final in ending)
        else:
            given |= step.values if isinstance(step, Do) else {}
            day = next_working_day(day + DAY, calendar=calendar)
        entered = day
    return day


def _ending(mechanism: Mechanism, step: Endings) -> list[tuple[Mechanism, str]]:
    children = [
        catalogue.MECHANISMS[state.child] if isinstance(state.child, str) else state.child
        for state in mechanism.states
        if isinstance(state, Await)
    ]
    return [
        (child, final)
        for final in step.finals
        for child in children
        if any(example.ends == final for example in child.examples)
    ]


def _ends(mechanism: Mechanism, key: str, entered: date, calendar: Calendar, given: Mapping[str, Json]) -> date:
    clock = next(clock for clock in clocks_of(mechanism) if clock.key == key)
    if clock.before:
        return entered + EVENT_AHEAD
    if clock.until:
        return entered + ANSWER_AHEAD
    term = _rule(clock, entered, given).term
    return due_on(term, entered, calendar=calendar) if term and term.unit is not Unit.HOURS else entered + 2 * DAY


def _rule(clock: Clock, on: date, given: Mapping[str, Json]) -> Rule:
    terms = clock.terms()
    key = next((term.key for term in terms if guards_hold(term.when, given, {})), terms[0].key)
    if key.startswith(HOUSE):
        return catalogue.house_terms()[key].as_rule()
    return find_period(key, on=on).as_rule()
