"""Ways: by which example, and how far along it, a matter or one of its children comes to every state there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fuyuantong import catalogue
from fuyuantong.matters.rehearsal.stations import stations
from fuyuantong.matters.rehearsal.walk import Part, Within
from fuyuantong.protocol import Asks, Await, Example, Final, Mechanism, Passes


@dataclass(frozen=True)
class Way:
    """An example to begin with and the steps to take; `goal` is where that leads: a mechanism, a state of it."""

    mechanism: Mechanism
    example: Example
    steps: tuple[Part, ...]
    goal: tuple[Mechanism, str]


@dataclass(frozen=True)
class _Await:
    parent: Mechanism
    state: Await
    child: Mechanism


def ways_to_rest() -> Iterator[Way]:
    """Yield the shortest way to every state in which a matter can be found open, children's states too."""
    for mechanism in _all():
        for state in mechanism.states:
            if not isinstance(state, Final):
                yield _shortest(mechanism, state.key)


def ways_to_ask() -> Iterator[Way]:
    """Yield a way for every request of a party, up to where it waits for its answer."""
    for mechanism in _all():
        for request in mechanism.requests:
            if request.grants:
                yield _cheapest(
                    _way(mechanism, example, number + 1)
                    for example in mechanism.examples
                    for number, step in enumerate(example.steps)
                    if isinstance(step, Asks) and step.request == request.key
                )


def whole_ways() -> Iterator[Way]:
    """Yield every example from its beginning to its end; those of a child as far as the child goes."""
    for mechanism in _all():
        for example in mechanism.examples:
            yield _way(mechanism, example, len(example.steps))


def ways_by_hand() -> tuple[Way, ...]:
    """Return the whole examples that people begin themselves."""
    return tuple(
        way
        for way in whole_ways()
        if way.goal[0] is way.mechanism and not way.mechanism.entry(way.example.entry).opened
    )


def _all() -> Iterator[Mechanism]:
    for mechanism in catalogue.MECHANISMS.values():
        yield mechanism
        yield from mechanism.children()


@cache
def _awaits() -> tuple[_Await, ...]:
    found = ((parent, state) for parent in _all() for state in parent.states if isinstance(state, Await))
    return tuple(
        _Await(parent, state, catalogue.MECHANISMS[state.child] if isinstance(state.child, str) else state.child)
        for parent, state in found
    )


def _shortest(mechanism: Mechanism, state: str) -> Way:
    return _cheapest(
        _way(mechanism, example, number)
        for example in mechanism.examples
        for number, station in enumerate(stations(mechanism, example))
        if station == state
    )


def _cheapest(ways: Iterator[Way]) -> Way:
    return min(ways, key=lambda way: (_waits(way.steps), len(way.steps)))


def _waits(steps: tuple[Part, ...]) -> int:
    return sum(_waits(step.steps) if isinstance(step, Within) else isinstance(step, Passes) for step in steps)


def _way(mechanism: Mechanism, example: Example, number: int) -> Way:
    """Return the way along an example; for what only begins as a child, inside the parent that awaits it."""
    state = stations(mechanism, example)[number]
    steps: tuple[Part, ...] = example.steps[:number]
    begins = mechanism.entry(example.entry)
    for found in _awaits():
        if found.child is mechanism and mechanism.entry(found.state.entry) is begins:
            outer = _shortest(found.parent, found.state.key)
            return Way(outer.mechanism, outer.example, (*outer.steps, Within(steps)), (mechanism, state))
    return Way(mechanism, example, steps, (mechanism, state))
