"""The road of a matter: the stations that it has passed, where it is, and where it goes when all goes well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.desk.matters.terms import term_words
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.models.record import Record
from fuyuantong.protocol import Await, Final, Mechanism, State
from fuyuantong.protocol.mechanism import DONE

MOST_PASSED, MOST_AHEAD = 5, 4
DETOUR = 3  # what an act costs that is declared after another
LIKELY = ("all", "otherwise", "count", "any")


@dataclass(frozen=True)
class Station:
    """One station; `place` is passed, here or ahead."""

    title: str
    note: str
    place: str


@dataclass(frozen=True)
class Stay:
    """A stay of the matter in a state: since when, until when, and who held it."""

    state: str
    holder: str
    since: date
    until: date | None = None


def road_of(subject: Subject) -> list[Station]:
    """Return the stations in order; of a long way the last ones."""
    mechanism, names = subject.mechanism, subject.names
    stays = list(stays_of(subject.records))
    passed = [
        Station(state_title(mechanism, stay.state), f"{stay.since:%m-%d} {names[stay.holder]}", "passed")
        for stay in stays[:-1][-MOST_PASSED:]
    ]
    here = stays[-1] if stays else None
    if here is None:
        return passed
    title = state_title(mechanism, here.state)
    if subject.situation.closed:
        return [*passed, Station(title, f"{here.since:%m-%d} 办结", "passed")]
    note = term_words(subject, here.state) or f"{here.since:%m-%d} 起"
    return [*passed, Station(title, note, "here"), *_ahead(subject, here.state)]


def stays_of(records: Sequence[Record]) -> Iterator[Stay]:
    """Yield the stays that records tell of, in order; a return to a state is another stay."""
    here: Stay | None = None
    holder = ""
    for record in records:
        holder = record.resolved.get("holder", holder)
        if here is None or record.to_state != here.state or holder != here.holder:
            if here is not None:
                yield Stay(here.state, here.holder, here.since, record.effective_on)
            here = Stay(record.to_state, holder, record.effective_on)
    if here is not None:
        yield here


def _ahead(subject: Subject, state: str) -> Iterator[Station]:
    for key in _way(subject.mechanism, state):
        yield Station(state_title(subject.mechanism, key), term_words(subject, key), "ahead")


def _way(mechanism: Mechanism, start: str) -> list[str]:
    """
    Return the states of the way that leads to a good ending: an act that is declared first is the likelier one.

    Shape: without the start; of a long way the first ones and the ending.
    """
    waiting: list[tuple[int, tuple[str, ...]]] = [(0, (start,))]
    seen: set[str] = set()
    while waiting:
        cost, path = heappop(waiting)
        here = mechanism.state(path[-1])
        if isinstance(here, Final):
            way = list(path[1:])
            return way if len(way) <= MOST_AHEAD else [*way[: MOST_AHEAD - 1], way[-1]]
        if here.key in seen:
            continue
        seen.add(here.key)
        for place, to in enumerate(_leads(here)):
            if to not in seen and _is_hoped_for(mechanism.state(to)):
                heappush(waiting, (cost + 1 + DETOUR * place, (*path, to)))
    return []


def _leads(state: State | Await) -> list[str]:
    """Return where a state leads to, the likelier first: when children answer, all as hoped before all the rest."""
    rules = sorted(state.ballot, key=lambda rule: LIKELY.index(rule.how)) if isinstance(state, Await) else ()
    return [*(rule.to for rule in rules), *(move.to for move in state.moves)]


def _is_hoped_for(state: State | Await | Final) -> bool:
    return not isinstance(state, Final) or state.kind in DONE
