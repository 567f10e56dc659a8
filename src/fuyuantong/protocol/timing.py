"""Clocks of a step: which begin, rest, go on, move, lengthen or end when a matter enters a state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fuyuantong.clock.acts import end_clock, extend_clock, resume_clock, stop_clock
from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.deciding import is_provisional
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.running import Extension, RunningClock, clock_from
from fuyuantong.protocol.clocks import Clock, Extends
from fuyuantong.protocol.entering import Acting, Entering
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.fold import ClockStanding, Situation
from fuyuantong.protocol.mechanism import Await, Final, Mechanism, State
from fuyuantong.protocol.starting import Starting, rule_of
from fuyuantong.protocol.world import World


def clock_events(entering: Entering) -> dict[str, Json]:
    """Return what the step does to each clock, by its key; clocks that it does not touch are left out."""
    events: dict[str, Json] = {}
    clocks = clocks_of(entering.mechanism)
    for clock in clocks:
        event = _event(clock, entering)
        if event is not None:
            events[clock.key] = event
    declared = {clock.key for clock in clocks}
    for key, standing in entering.before.clocks.items():
        if key not in declared and standing.running:  # of the version before
            events[key] = _ended(standing, entering)
    return events


def clock_event(do: str, lap: int, running: RunningClock, calendar: Calendar) -> dict[str, Json]:
    """Return one event as it stands in a record: the inputs, the day they give, by which calendar, and how surely."""
    found = reckon(running, calendar)
    return {
        "do": do,
        "lap": lap,
        "inputs": as_json(running.to_data()),
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "calendar": calendar.version,
        "provisional": is_provisional(running, found, calendar),
    }


def running_clock(standing: ClockStanding) -> RunningClock:
    """Return the clock that a standing keeps."""
    return clock_from(standing.inputs)


def as_json(value: object) -> Json:
    """Return plain data as JSON. Raises: `TypeError` for anything else."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): as_json(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(entry) for entry in value]
    raise TypeError(f"{type(value).__name__} is not plain data")


def clocks_of(mechanism: Mechanism) -> tuple[Clock, ...]:
    """Return the declared clocks, and one for each state under `review`, which the holder restarts by saying why."""
    reviews = (
        Clock(review_clock(state), "说明未结理由", state.review, keeps=(state.key,))
        for state in mechanism.states
        if isinstance(state, State) and state.review
    )
    return (*mechanism.clocks, *reviews)


def review_clock(state: State) -> str:
    """Return the key of the clock by which a state under review is judged."""
    return f"review:{state.key}"


def life_of(mechanism: Mechanism, clock: Clock) -> frozenset[str]:
    """Return the states in which the clock is alive: judged by it, run over, or rested in."""
    judged = {
        state.key for state in mechanism.states if isinstance(state, State | Await) and state.judged_by == clock.key
    }
    return frozenset(judged.union(clock.keeps, clock.stops))


def ends_on(term: str, *, trigger: str, acting: Acting, world: World) -> date:
    """Return the last day of a term that begins with an act."""
    rule = rule_of(term, acting.on, world, near=acting.organ)
    running = RunningClock(name=trigger, started_on=acting.on, trigger=trigger, rule=rule)
    return reckon(running, world.calendar).due_on or acting.on


def _event(clock: Clock, entering: Entering) -> dict[str, Json] | None:
    standing = entering.before.clocks.get(clock.key)
    alive = standing if standing and standing.running else None
    if entering.state.key not in life_of(entering.mechanism, clock):
        return _ended(alive, entering) if alive else None
    restarts = entering.move is not None and clock.key in entering.move.restarts
    if alive is None or restarts:
        return _begun(clock, entering, lap=standing.lap + 1 if standing else 1)
    return _continued(clock, entering, alive)


def _begun(clock: Clock, entering: Entering, *, lap: int) -> dict[str, Json]:
    running = Starting(clock, entering).begun()
    if entering.state.key in clock.stops:
        running = _stopped(running, entering)
    return clock_event("start", lap, running, entering.world.calendar)


def _ended(standing: ClockStanding, entering: Entering) -> dict[str, Json]:
    on = entering.acting.on
    running = running_clock(standing)
    if running.open_stop:
        running = resume_clock(running, on=on)
    return clock_event("end", standing.lap, end_clock(running, on=on), entering.world.calendar)


def _continued(clock: Clock, entering: Entering, standing: ClockStanding) -> dict[str, Json] | None:
    before = running = running_clock(standing)
    calendar = entering.world.calendar
    rests = entering.state.key in clock.stops
    do = ""
    if rests and not before.open_stop:
        running, do = _stopped(before, entering), "stop"
    elif before.open_stop and not rests:
        running, do = resume_clock(before, on=entering.acting.on), "resume"
    wishes = tuple(wish for wish in entering.move.extends if wish.clock == clock.key) if entering.move else ()
    extended = _extended_to(clock, entering, running)
    if (_rests_on(clock) - {wish.until for wish in wishes} - extended.keys()) & entering.given.keys():
        running, do = Starting(clock, entering).moved(running), "move"
    if extended and not wishes:
        running, do = _with_days_moved(running, extended, entering), "move"
    for extension in (_extension(wish, entering) for wish in wishes):
        running, do = extend_clock(running, extension, calendar=calendar), "extend"
    return clock_event(do, standing.lap, running, calendar) if running != before else None


def _stopped(running: RunningClock, entering: Entering) -> RunningClock:
    acting = entering.acting
    return stop_clock(running, on=acting.on, cause=entering.cause, approver=acting.organ)


def _rests_on(clock: Clock) -> frozenset[str]:
    """Return the fields by which the clock runs: its dates, and what its terms are chosen by."""
    return frozenset(
        (clock.until, clock.before, clock.since, *(guard.of for term in clock.cases for guard in term.when))
    )


def _extension(wish: Extends, entering: Entering) -> Extension:
    acting = entering.acting
    until = _date(entering.values, wish.until) if wish.until else None
    term = rule_of(wish.term, acting.on, entering.world, near=acting.organ).term if wish.term else None
    return Extension(on=acting.on, cause=entering.cause, approver=acting.organ, term=term, until=until)


def _extended_to(clock: Clock, entering: Entering, running: RunningClock) -> dict[str, date]:
    """Return the fields just given anew that had lengthened the clock, with the day to which they had."""
    places = (state for state in entering.mechanism.states if not isinstance(state, Final))
    wishes = (wish for state in places for move in state.moves for wish in move.extends if wish.clock == clock.key)
    known = entering.given.keys() & entering.before.values.keys()
    former = {wish.until: _date(entering.before.values, wish.until) for wish in wishes if wish.until in known}
    days = {extension.until for extension in running.extensions}
    return {key: day for key, day in former.items() if day in days}


def _with_days_moved(running: RunningClock, extended: Mapping[str, date], entering: Entering) -> RunningClock:
    """Return the clock lengthened to the days that were given anew, with the causes that it had."""
    moved = {day: _date(entering.values, key) for key, day in extended.items()}
    extensions = tuple(
        replace(extension, until=moved.get(extension.until, extension.until)) if extension.until else extension
        for extension in running.extensions
    )
    return replace(running, extensions=extensions)


def _date(values: Mapping[str, Json], key: str) -> date:
    return date.fromisoformat(str(values[key]))


def due_of(mechanism: Mechanism, situation: Situation) -> tuple[str, date | None]:
    """Return the clock by which the present holder is judged, and its last day."""
    state = mechanism.state(situation.state)
    key = state.judged_by if isinstance(state, State | Await) else ""
    if isinstance(state, State) and state.review:
        key = review_clock(state)
    standing = situation.clocks.get(key)
    return key, standing.due_on if standing and standing.running else None


def next_lap(situation: Situation, key: str, *, on: date, world: World) -> Json:
    """Return the event by which the same clock runs anew from a day, by the rule that it has."""
    standing = situation.clocks[key]
    fresh = replace(running_clock(standing), started_on=on, stops=(), extensions=())
    return clock_event("start", standing.lap + 1, fresh, world.calendar)
