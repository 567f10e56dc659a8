"""Clocks of a step: which begin, rest, go on, move, lengthen or end when a matter enters a state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.periods import find_period
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.rule import Ceiling, Roll, Rule, Source
from fuyuantong.clock.running import Extension, RunningClock, Stop, clock_from
from fuyuantong.clock.terms import SHANGHAI, Unit, due_on
from fuyuantong.protocol.clocks import Clock
from fuyuantong.protocol.entering import Entering
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.fold import ClockStanding, Situation
from fuyuantong.protocol.mechanism import Await, Mechanism, State
from fuyuantong.protocol.offers import guards_hold
from fuyuantong.protocol.world import World
from fuyuantong.refusal import Refusal


class BeyondCeiling(Refusal):
    """The day set for an answer is later than the law allows."""

    key = "beyond-ceiling"
    title = "指定的期限超过上限"


class NoTermApplies(Refusal):
    """No term of the clock, or more than one, fits what is known."""

    key = "no-term-applies"
    title = "不能确定适用的期限"


def clock_events(entering: Entering) -> dict[str, Json]:
    """Return what the step does to each clock, by its key; clocks that it does not touch are left out."""
    events: dict[str, Json] = {}
    for clock in clocks_of(entering.mechanism):
        event = _event(clock, entering)
        if event is not None:
            events[clock.key] = event
    return events


def clock_event(do: str, lap: int, running: RunningClock, calendar: Calendar) -> dict[str, Json]:
    """Return one event as it stands in a record: the inputs, the day they give, and by which calendar."""
    found = reckon(running, calendar)
    return {
        "do": do,
        "lap": lap,
        "inputs": as_json(running.to_data()),
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "calendar": calendar.version,
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


def deferred_to(entering: Entering, term: str) -> date:
    """Return the day on which an opening that waits for `term` falls due."""
    rule = rule_of(term, entering.acting.on, entering.world, near=entering.acting.organ)
    running = RunningClock(name=term, started_on=entering.acting.on, trigger=entering.state.title, rule=rule)
    return reckon(running, entering.world.calendar).due_on or entering.acting.on


def rule_of(key: str, on: date, world: World, *, near: str) -> Rule:
    """Return the rule of a law row, or of a term that the place of `near` sets for itself."""
    if key.startswith("house:"):
        return world.house_rule(key, on=on, near=near)
    return find_period(key, on=on).as_rule()


def _event(clock: Clock, entering: Entering) -> dict[str, Json] | None:
    life = life_of(entering.mechanism, clock)
    standing = entering.before.clocks.get(clock.key)
    alive = standing is not None and standing.running and entering.before.state in life
    if entering.state.key not in life:
        return _ended(standing, entering) if alive and standing else None
    restarts = entering.move is not None and clock.key in entering.move.restarts
    if not alive or standing is None or restarts:
        return _Starting(clock, entering, standing).event()
    return _continued(clock, entering, standing)


def _ended(standing: ClockStanding, entering: Entering) -> dict[str, Json]:
    running = _resumed(running_clock(standing), entering.acting.on)
    return clock_event("end", standing.lap, replace(running, ended_on=entering.acting.on), entering.world.calendar)


def _continued(clock: Clock, entering: Entering, standing: ClockStanding) -> dict[str, Json] | None:
    before = running_clock(standing)
    running = before
    if entering.state.key in clock.stops and not running.open_stop:
        running = _stopped(running, entering)
    elif entering.state.key not in clock.stops:
        running = _resumed(running, entering.acting.on)
    do = "resume" if before.open_stop else "stop"
    if any(key in entering.given for key in (clock.until, clock.before, clock.since) if key):
        running, do = _Starting(clock, entering, standing).moved(running), "move"
    for extension in _extensions(clock, entering):
        running, do = replace(running, extensions=(*running.extensions, extension)), "extend"
    if running == before:
        return None
    return clock_event(do, standing.lap, running, entering.world.calendar)


def _stopped(running: RunningClock, entering: Entering) -> RunningClock:
    stop = Stop(from_on=entering.acting.on, cause=entering.cause, approver=entering.acting.organ)
    return replace(running, stops=(*running.stops, stop))


def _resumed(running: RunningClock, on: date) -> RunningClock:
    if running.open_stop is None:
        return running
    return replace(running, stops=(*running.stops[:-1], replace(running.open_stop, to_on=on)))


def _extensions(clock: Clock, entering: Entering) -> Iterator[Extension]:
    for wish in entering.move.extends if entering.move else ():
        if wish.clock != clock.key:
            continue
        acting = entering.acting
        until = _day(entering.values, wish.until) if wish.until else None
        term = rule_of(wish.term, acting.on, entering.world, near=acting.organ).term if wish.term else None
        yield Extension(on=acting.on, cause=entering.cause, approver=acting.organ, term=term, until=until)


@dataclass(frozen=True)
class _Starting:
    clock: Clock
    entering: Entering
    standing: ClockStanding | None

    def event(self) -> dict[str, Json]:
        """Return the event of a new lap."""
        lap = self.standing.lap + 1 if self.standing else 1
        running = self._running()
        if self.entering.state.key in self.clock.stops:
            running = _stopped(running, self.entering)
        return clock_event("start", lap, running, self.entering.world.calendar)

    def moved(self, running: RunningClock) -> RunningClock:
        """Return the clock with the dates that were given anew; stops and extensions stay."""
        fresh = self._running()
        return replace(
            running,
            rule=fresh.rule,
            event_on=fresh.event_on,
            started_on=fresh.started_on if self.clock.since in self.entering.given else running.started_on,
        )

    def _running(self) -> RunningClock:
        clock, entering = self.clock, self.entering
        started_on = _day(entering.values, clock.since) if clock.since else entering.acting.on
        started_on = entering.acting.starts.get(clock.key, started_on)
        rule = self._rule(started_on)
        is_before = rule.term is not None and rule.term.is_before
        counts_hours = rule.term is not None and rule.term.unit is Unit.HOURS
        return RunningClock(
            name=clock.key,
            started_on=started_on,
            trigger=self._trigger(),
            rule=rule,
            event_on=_day(entering.values, clock.before) if is_before else None,
            started_at=self._moment(started_on) if counts_hours else None,
        )

    def _trigger(self) -> str:
        if self.clock.since:
            return self.entering.mechanism.value(self.clock.since).title
        return self.entering.move.title if self.entering.move else self.entering.state.title

    def _moment(self, started_on: date) -> datetime:
        at = self.entering.acting.at
        if at is not None and at.astimezone(SHANGHAI).date() == started_on:
            return at
        return datetime.combine(started_on, time(23, 59), SHANGHAI)

    def _rule(self, started_on: date) -> Rule:
        clock = self.clock
        term = self._term(started_on)
        if clock.until:
            return self._fixed(clock.until, started_on, ceiling=term)
        if term is None:
            return self._fixed(clock.before, started_on, ceiling=None)
        return term

    def _term(self, started_on: date) -> Rule | None:
        clock, entering = self.clock, self.entering
        terms = [term for term in clock.terms() if guards_hold(term.when, entering.values, entering.facts)]
        if len(terms) == 1:
            return rule_of(terms[0].key, started_on, entering.world, near=entering.acting.organ)
        if clock.terms():
            raise NoTermApplies(f"“{clock.title}”有 {len(terms)} 个期限符合现有情况", remedy="请核对所选类型。")
        return None

    def _fixed(self, field: str, started_on: date, *, ceiling: Rule | None) -> Rule:
        clock, entering = self.clock, self.entering
        day = _day(entering.values, field)
        title = entering.mechanism.value(field).title
        if ceiling is not None and ceiling.term is not None:
            latest = due_on(ceiling.term, started_on, calendar=entering.world.calendar)
            if day > latest:
                raise BeyondCeiling(
                    f"“{title}”{day} 晚于上限 {latest}（自 {started_on} 起{ceiling.term.title}）",
                    basis=ceiling.basis,
                    remedy=f"请把“{title}”改为 {latest} 或之前。",
                    field=field,
                )
        return Rule(
            key=f"until:{field}",
            title=clock.title,
            source=Source.FIXED,
            basis=ceiling.basis if ceiling else f"文书指定：{title}",
            fixed_on=day,
            ceiling=Ceiling(ceiling.key, ceiling.title, ceiling.basis, ceiling.term)
            if ceiling and ceiling.term
            else None,
            roll=Roll.NONE if clock.before else Roll.BY_LAW,
        )


def _day(values: Mapping[str, Json], key: str) -> date:
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
