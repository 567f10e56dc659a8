"""Ballots: every way in which the children of an Await can end, and what the holder's side makes of it."""

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement
from typing import NamedTuple

from tests.oracles.rulebook import Word

Endings = tuple[str, ...]


class Outcomes(NamedTuple):
    """Which tallies can decide, by number of children the endings that make it so; and on what none decides."""

    deciding: dict[int, dict[int, Endings]]
    undecided: list[Endings]


def outcomes(ballot: list[Word], finals: frozenset[str], *, at_least: int) -> Outcomes:
    """Play every hand of endings, from the smallest number of children to more than any count asks for."""
    most = max([at_least, 1, *(tally.get("n", 0) for tally in ballot)]) + 2
    found = Outcomes({}, [])
    for children in range(max(at_least, 1), most + 1):
        for hand in combinations_with_replacement(sorted(finals), children):
            stopped = _plays_out(ballot, hand, found)
            if not stopped:
                found.undecided.append(hand)
    return found


def _plays_out(ballot: list[Word], hand: Endings, found: Outcomes) -> bool:
    """Let the children end in every order, as far as early tallies care; tell whether all orders are decided."""
    early = any(tally.get("early") for tally in ballot)
    for part in _parts(hand) if early else ():
        index = first_that_holds(ballot, part, complete=False)
        if index is not None:
            found.deciding.setdefault(index, {}).setdefault(len(hand), part)
    index = first_that_holds(ballot, hand, complete=True)
    if index is not None:
        found.deciding.setdefault(index, {}).setdefault(len(hand), hand)
    return index is not None


def _parts(hand: Endings) -> Iterator[Endings]:
    for size in range(1, len(hand)):
        yield from sorted(set(combinations(hand, size)))


def first_that_holds(ballot: list[Word], ended: Endings, *, complete: bool) -> int | None:
    """Return the number of the first tally that decides on what has ended so far."""
    for index, tally in enumerate(ballot):
        if (complete or tally.get("early")) and _holds(tally, ended, complete=complete):
            return index
    return None


def _holds(tally: Word, ended: Endings, *, complete: bool) -> bool:
    named = [ending for ending in ended if ending in tally.get("endings", [])]
    match tally["how"]:
        case "all":
            return complete and len(named) == len(ended)
        case "any":
            return bool(named)
        case "count":
            return bool(len(named) >= tally.get("n", 0))
        case "otherwise":
            return complete
    return False
