"""Stations: in which state an example leaves a matter after each of its steps, from the declaration alone."""

from collections import Counter

from fuyuantong.protocol import Asks, Await, Do, Endings, Example, Final, Hears, Mechanism, Move, Passes, State, Step
from fuyuantong.protocol.decision import decided


def stations(mechanism: Mechanism, example: Example) -> tuple[str, ...]:
    """
    Return the state at first and after each step.

    Where a state declares a move, or a lapse of a clock, twice under different guards, the one is meant from which the
    next step goes on.
    """
    state = mechanism.entry(example.entry).state
    found = [state]
    made: Counter[str] = Counter()
    for number, step in enumerate(example.steps):
        following = example.steps[number + 1] if number + 1 < len(example.steps) else None
        state = _after(mechanism, state, step, following, made)
        found.append(state)
    return tuple(found)


def _after(mechanism: Mechanism, state: str, step: Step, following: Step | None, made: Counter[str]) -> str:
    place = mechanism.state(state)
    if isinstance(place, Final):
        return state
    if isinstance(step, Do):
        move = _meant(mechanism, place, step, following)
        made[move.key] += 1
        return move.beyond if move.beyond and made[move.key] > move.at_most else move.to
    if isinstance(step, Passes):
        ways = [lapse.to for lapse in place.lapses if lapse.clock == step.clock]
        return next((to for to in ways if _takes(mechanism.state(to), following)), ways[0] if ways else state)
    if isinstance(step, Endings) and isinstance(place, Await):
        tally = decided(place, step.finals, awaited=len(step.finals))
        return tally.to if tally else state
    if isinstance(step, Hears):
        return next((heed.to for heed in mechanism.heeds if heed.event == step.event and state in heed.states), state)
    return (mechanism.request(step.request).demand if isinstance(step, Asks) else "") or state


def _meant(mechanism: Mechanism, place: State | Await, step: Do, following: Step | None) -> Move:
    same = [move for move in place.moves if move.key == step.move]
    return next((move for move in same if _takes(mechanism.state(move.to), following)), same[0])


def _takes(place: State | Await | Final, step: Step | None) -> bool:
    if not isinstance(step, Do):
        return True
    return not isinstance(place, Final) and any(move.key == step.move for move in place.moves)
