"""Walks over a declaration: its places, acts, openings and guards, each with where it stands."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fuyuantong.protocol.acts import Heeds, Lapse, Move, Opens, Request
from fuyuantong.protocol.clocks import Clock, Guards
from fuyuantong.protocol.faults import named
from fuyuantong.protocol.fields import Rows
from fuyuantong.protocol.mechanism import Await, Closing, Entry, Final, Mechanism, State, Tally
from fuyuantong.protocol.registers import event_title
from fuyuantong.protocol.timing import life_of

Place = State | Await
EngineAct = Lapse | Tally
Act = Move | Lapse | Tally | Request | Heeds | Clock


class Step(NamedTuple):
    """A way from one place to a state, as it is declared, whatever the guards say."""

    place: Place
    act: Move | Lapse | Tally | Request | Heeds
    to: str

    @property
    def path(self) -> tuple[str, ...]:
        """Return where the step stands in the declaration."""
        return (named(self.place), act_name(self.act))

    @property
    def asks(self) -> tuple[str, ...]:
        """Return what must be filled in to take the step; the engine fills in nothing."""
        return self.act.asks if isinstance(self.act, Move | Request) else ()


class Opening(NamedTuple):
    """An `Opens` and where it stands."""

    path: tuple[str, ...]
    act: Move | Lapse | Tally
    opens: Opens


def places(mechanism: Mechanism) -> Iterator[Place]:
    """Yield the states that somebody holds."""
    return (state for state in mechanism.states if not isinstance(state, Final))


def finals(mechanism: Mechanism) -> Iterator[Final]:
    """Yield the endings."""
    return (state for state in mechanism.states if isinstance(state, Final))


def moves(mechanism: Mechanism) -> Iterator[tuple[Place, Move]]:
    """Yield every move with its place."""
    return ((place, move) for place in places(mechanism) for move in place.moves)


def engine_acts(place: Place) -> tuple[EngineAct, ...]:
    """Return what the engine does in a place: lapses, and the ballot of an Await."""
    return (*place.lapses, *(place.ballot if isinstance(place, Await) else ()))


def steps(mechanism: Mechanism) -> Iterator[Step]:
    """Yield every declared way into a state: moves, what lies beyond them, lapses, ballots, demands, registers."""
    for place in places(mechanism):
        for move in place.moves:
            yield Step(place, move, move.to)
            if move.beyond:
                yield Step(place, move, move.beyond)
        yield from (Step(place, act, act.to) for act in engine_acts(place))
        for request in mechanism.requests:
            if request.demand and place.key in request.states:
                yield Step(place, request, request.demand)
        yield from (Step(place, heed, heed.to) for heed in mechanism.heeds if place.key in heed.states)


def openings(mechanism: Mechanism) -> Iterator[Opening]:
    """Yield every `Opens` of moves, lapses and ballots."""
    for place in places(mechanism):
        for act in (*place.moves, *engine_acts(place)):
            for opens in act.opens:
                yield Opening((named(place), act_name(act), f"另立 {opens.mechanism}"), act, opens)


def guards(mechanism: Mechanism) -> Iterator[tuple[tuple[str, ...], Guards]]:
    """Yield every set of guards with where it stands."""
    for place in places(mechanism):
        yield from (((named(place), act_name(move)), move.when) for move in place.moves)
        yield from (((named(place), act_name(lapse)), lapse.when) for lapse in place.lapses)
    yield from ((opening.path, opening.opens.when) for opening in openings(mechanism))
    yield from (((act_name(request),), request.when) for request in mechanism.requests)
    yield from (((named(clock), term.key), term.when) for clock in mechanism.clocks for term in clock.cases)


def facts(mechanism: Mechanism) -> frozenset[str]:
    """Return the facts that some act sets."""
    acts = (act for place in places(mechanism) for act in (*place.moves, *engine_acts(place)))
    return frozenset(fact for act in acts for fact in act.sets)


def endings(child: Mechanism) -> tuple[str, ...]:
    """Return the endings that a matter of this mechanism reaches by itself, not by being recalled."""
    reached = {step.to for step in steps(child)}
    return tuple(final.key for final in finals(child) if final.key in reached)


def is_for_recall(mechanism: Mechanism, final: Final) -> bool:
    """Tell whether an ending is only where an Await's recall leads."""
    return final.kind is Closing.SUPERSEDED and final.key not in endings(mechanism)


def lives(mechanism: Mechanism) -> Mapping[str, frozenset[str]]:
    """Return for each clock the states in which it is alive: judged by it, run over, or rested in."""
    return {clock.key: life_of(mechanism, clock) for clock in mechanism.clocks}


def known_at(entry: Entry) -> tuple[str, ...]:
    """Return the roles and fields that are known from the first record."""
    return (entry.by, *(key for key in entry.carried if key != entry.by))


def later_columns(mechanism: Mechanism) -> Iterator[str]:
    """Yield the columns that later moves ask, as `rows.column`."""
    for field in mechanism.fields:
        if isinstance(field, Rows):
            yield from (f"{field.key}.{column}" for column in field.later)


def act_name(act: Act) -> str:
    """Return an act as people and authors know it."""
    if isinstance(act, Lapse):
        return f"{act.title}（lapse:{act.clock}）"
    if isinstance(act, Tally):
        return f"计票 {act.how} {'、'.join(act.endings)}".rstrip()
    if isinstance(act, Clock):
        return f"届满：{named(act)}"
    if isinstance(act, Heeds):
        return f"{event_title(act.register, act.event)}（{act.register}.{act.event}）"
    return named(act)
