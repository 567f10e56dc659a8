"""What a matter must remember: in each state the things on which some later step may still depend."""

from collections.abc import Iterator
from dataclasses import dataclass

from fuyuantong.protocol.acts import Heeds, Move, Request
from fuyuantong.protocol.clocks import Guards
from fuyuantong.protocol.mechanism import Await, Mechanism
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.anatomy import Place, Step


@dataclass(frozen=True)
class Memory:
    """For each state the fields and facts that guards may still read, and the moves that are still counted."""

    values: dict[str, frozenset[str]]
    counts: dict[str, frozenset[str]]

    def heeds(self, act: Move | Request) -> frozenset[str]:
        """Return what an act or anything after it reads; other answers to what it asks need not be told apart."""
        targets = (act.to, act.beyond) if isinstance(act, Move) else (act.demand,)
        return frozenset(_read_by(act)).union(*(self.values.get(target, frozenset()) for target in targets))


def memory(mechanism: Mechanism) -> Memory:
    """Return what must be remembered, by spreading what is read back over every declared step."""
    values = {state.key: frozenset[str]() for state in mechanism.states}
    counts = dict(values)
    for place in anatomy.places(mechanism):
        values[place.key] = frozenset(_read_at(mechanism, place))
        counts[place.key] = frozenset(move.key for move in place.moves if move.at_most)
    for key, read in _read_on_arrival(mechanism):
        values[key] |= read
    steps = [(step, _settled(step)) for step in anatomy.steps(mechanism)]
    changed = True
    while changed:
        changed = False
        for step, settled in steps:
            key = step.place.key
            needed, counted = values[key] | (values[step.to] - settled), counts[key] | counts[step.to]
            changed = changed or (needed, counted) != (values[key], counts[key])
            values[key], counts[key] = needed, counted
    return Memory(values, counts)


def _read_at(mechanism: Mechanism, place: Place) -> Iterator[str]:
    requests = (request for request in mechanism.requests if place.key in request.states)
    acts: tuple[Move | Request, ...] = (*place.moves, *requests)
    for act in acts:
        yield from (key for key in _read_by(act) if key not in act.asks)
    for lapse in place.lapses:
        yield from (*_names(lapse.when), *(key for opens in lapse.opens for key in _names(opens.when)))
    for tally in place.ballot if isinstance(place, Await) else ():
        yield from (key for opens in tally.opens for key in _names(opens.when))


def _read_by(act: Move | Request) -> Iterator[str]:
    yield from _names(act.when)
    if isinstance(act, Move):
        yield from (key for opens in act.opens for key in _names(opens.when))


def _read_on_arrival(mechanism: Mechanism) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each state in which a clock may begin, with what the choice of its term reads."""
    lives = anatomy.lives(mechanism)
    for clock in mechanism.clocks:
        read = frozenset(key for case in clock.cases for key in _names(case.when))
        yield from ((key, read) for key in lives[clock.key])


def _settled(step: Step) -> frozenset[str]:
    """Return what a step sets anew, so that what was known before no longer matters."""
    asks = step.act.asks if isinstance(step.act, Move | Request) else ()
    sets = () if isinstance(step.act, Request | Heeds) else tuple(step.act.sets)
    return frozenset((*asks, *sets))


def _names(guards: Guards) -> Iterator[str]:
    return (guard.of for guard in guards)
