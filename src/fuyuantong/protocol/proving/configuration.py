"""
Configurations: everything of a matter on which its next step depends, and every step between them.

A configuration is a state, what is known of each finite thing that a guard may still read, how often each move that
is still counted was made, and which windowed clocks have passed. What is merely *given* (roles, dates, papers) never
opens or closes a step; `given.py` finds it exactly, on the same graph, as what all paths have in common.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from fuyuantong.protocol.acts import Heeds, Lapse, Move, Opens, Request
from fuyuantong.protocol.clocks import Guards
from fuyuantong.protocol.faults import named
from fuyuantong.protocol.mechanism import Await, Entry, Final, Tally
from fuyuantong.protocol.proving.anatomy import Act, Place, act_name
from fuyuantong.protocol.proving.ballot import Outcomes, outcomes
from fuyuantong.protocol.proving.frame import Frame, Known

Values = tuple[Known, ...]
Chosen = tuple[tuple[str, Known], ...]


class Configuration(NamedTuple):
    """One situation of a matter, as far as its next steps depend on it."""

    state: str
    values: Values
    counts: tuple[int, ...]
    past: frozenset[str] = frozenset()


class Edge(NamedTuple):
    """One step: by which act, with which values chosen, what it opens, what it gives and takes (`Frame.bits`)."""

    source: int
    target: int
    act: Act
    chosen: Chosen = ()
    opens: tuple[Opens, ...] = ()
    gives: int = 0
    takes: int = 0

    @property
    def is_own(self) -> bool:
        """Tell whether the holder makes it."""
        return isinstance(self.act, Move)


class Doubt(NamedTuple):
    """A guard that reads what some path never gave."""

    path: tuple[str, ...]
    of: str
    at: int


@dataclass
class Space:
    """All configurations that can be reached, in the order in which they were, with all edges between them."""

    frame: Frame
    configurations: list[Configuration] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    outgoing: list[list[Edge]] = field(default_factory=list)
    entries: list[tuple[int, Entry]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    undecided: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def place(self, index: int) -> Place | Final:
        """Return the state of a configuration."""
        return self.frame.states[self.configurations[index].state]

    def known(self, index: int) -> dict[str, Known]:
        """Return what a configuration remembers of each finite thing."""
        return dict(zip(self.frame.slots, self.configurations[index].values, strict=True))


def explore(frame: Frame) -> Space:
    """Return everything that can be reached from the entries, breadth first."""
    return _Explorer(frame).run()


def verdict(guards: Guards, known: Mapping[str, Known]) -> tuple[bool, str]:
    """
    Tell whether all guards hold, and which thing they would have to know for it, empty when they know enough.

    A guard that surely fails settles the matter whatever the others read.
    """
    doubt = ""
    for guard in guards:
        value = known[guard.of]
        if value is None:
            doubt = doubt or guard.of
        elif value not in guard.values:
            return False, ""
    return not doubt, doubt


class _Explorer:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.space = Space(frame)
        self.index: dict[Configuration, int] = {}
        self.queue: deque[int] = deque()
        self.ballots: dict[str, Outcomes] = {}

    def run(self) -> Space:
        for entry in self.frame.mechanism.entries:
            self._enter(entry)
        while self.queue:
            source = self.queue.popleft()
            place = self.space.place(source)
            if not isinstance(place, Final):
                self._leave(source, place)
        return self.space

    def _enter(self, entry: Entry) -> None:
        blank = tuple(False if key in self.frame.facts else None for key in self.frame.slots)
        counts = tuple(0 for _ in self.frame.counters)
        for values, _ in self._fillings(blank, entry.carried, (), self.frame.memory.values[entry.state]):
            self.space.entries.append((self._at(Configuration(entry.state, values, counts)), entry))

    def _at(self, configuration: Configuration) -> int:
        found = self.index.get(configuration)
        if found is None:
            found = self.index[configuration] = len(self.space.configurations)
            self.space.configurations.append(configuration)
            self.space.outgoing.append([])
            self.queue.append(found)
        return found

    def _leave(self, source: int, place: Place) -> None:
        for move in place.moves:
            self._move(source, place, move)
        self._lapse(source, place)
        if isinstance(place, Await):
            self._tally(source, place)
        for request in self.frame.mechanism.requests:
            if place.key in request.states:
                self._ask(source, place, request)
        for heed in self.frame.mechanism.heeds:
            if place.key in heed.states:
                self._step(source, heed.to, heed, self.space.configurations[source].values)
        self._let_pass(source, place)

    def _move(self, source: int, place: Place, move: Move) -> None:
        before = self.space.configurations[source]
        if (move.not_before and move.not_before not in before.past) or move.until in before.past:
            return
        made = before.counts[self.frame.counters[move.key]] if move.key in self.frame.counters else 0
        spent = 0 < move.at_most <= made
        if spent and not move.beyond:
            return
        papers = (*(("number",) if move.numbers else ()), *((f"document:{move.drafts}",) if move.drafts else ()))
        gives = self.frame.mask(*move.asks, *papers)
        path = (named(place), act_name(move))
        for values, chosen in self._fillings(before.values, move.asks, move.may_ask, self.frame.heeded(move)):
            if self._holds(move.when, values, path, source):
                self._step(source, move.beyond if spent else move.to, move, values, chosen=chosen, gives=gives)

    def _lapse(self, source: int, place: Place) -> None:
        """Take the first lapse of each clock whose guards hold."""
        values = self.space.configurations[source].values
        lapsing: set[str] = set()
        for lapse in place.lapses:
            runs = place.key in self.frame.lives[lapse.clock] and place.key not in self.frame.clocks[lapse.clock].stops
            path = (named(place), act_name(lapse))
            if lapse.clock not in lapsing and runs and self._holds(lapse.when, values, path, source):
                lapsing.add(lapse.clock)
                self._step(source, lapse.to, lapse, values)

    def _tally(self, source: int, place: Await) -> None:
        if place.key not in self.ballots:
            self.ballots[place.key] = outcomes(place, self.frame.outcomes_of(place))
        found = self.ballots[place.key]
        for tally in found.decisive:
            self._step(source, tally.to, tally, self.space.configurations[source].values)
        if found.undecided is not None:
            self.space.undecided.append((source, found.undecided))

    def _ask(self, source: int, place: Place, request: Request) -> None:
        """Take a demand; of the other requests only look whether their guards know enough."""
        before = self.space.configurations[source].values
        path = (named(place), act_name(request))
        heeded = self.frame.heeded(request)
        for values, chosen in self._fillings(before, request.asks, request.may_ask, heeded):
            if self._holds(request.when, values, path, source) and request.demand:
                gives = self.frame.mask(*request.asks)
                self._step(source, request.demand, request, values, chosen=chosen, gives=gives)

    def _let_pass(self, source: int, place: Place) -> None:
        """Let each windowed clock pass; where it lapses too, the holder may act before the engine does (core.md R7)."""
        before = self.space.configurations[source]
        for key in sorted(self.frame.windowed - before.past):
            clock = self.frame.clocks[key]
            if place.key in self.frame.lives[key] and place.key not in clock.stops:
                self._join(Edge(source, self._at(before._replace(past=before.past | {key})), clock))

    def _fillings(
        self, values: Values, asks: tuple[str, ...], may_ask: tuple[str, ...], heeded: frozenset[str]
    ) -> Iterator[tuple[Values, Chosen]]:
        """Yield the values after each way of filling in what is asked; what may be asked may stay as it is."""
        asked = [key for key in asks if key in heeded]
        offered = [key for key in may_ask if key in heeded]
        domains = [self.frame.domains[key] for key in asked] + [(None, *self.frame.domains[key]) for key in offered]
        for picked in product(*domains):
            answers = zip(asked + offered, picked, strict=True)
            chosen = tuple((key, value) for key, value in answers if value is not None)
            yield self._with(values, dict(chosen)), chosen

    def _with(self, values: Values, fresh: Mapping[str, Known]) -> Values:
        after = list(values)
        for key, value in fresh.items():
            if key in self.frame.slots:
                after[self.frame.slots[key]] = value
        return tuple(after)

    def _holds(self, guards: Guards, values: Values, path: tuple[str, ...], at: int) -> bool:
        if not guards:
            return True
        holds, doubt = verdict(guards, dict(zip(self.frame.slots, values, strict=True)))
        if doubt:
            self.space.doubts.append(Doubt(path, doubt, at))
        return holds

    def _step(
        self,
        source: int,
        to: str,
        act: Move | Lapse | Tally | Request | Heeds,
        values: Values,
        *,
        chosen: Chosen = (),
        gives: int = 0,
    ) -> None:
        before = self.space.configurations[source]
        sets = {} if isinstance(act, Request | Heeds) else act.sets
        after = self._with(values, sets)
        target = Configuration(
            to, self._remembered(to, after), self._counted(before.counts, to, act), self._past(before, to, act)
        )
        opened = self._opened(source, act, after)
        surely = (f"opened:{opens.mechanism}" for opens in opened if self.frame.opens_some(opens))
        gives |= self.frame.mask(*surely, *self._awaits(before.state, to))
        takes = self.frame.takes(act) if isinstance(act, Move | Request) else 0
        self._join(Edge(source, self._at(target), act, chosen, opened, gives, takes))

    def _join(self, edge: Edge) -> None:
        self.space.edges.append(edge)
        self.space.outgoing[edge.source].append(edge)

    def _remembered(self, to: str, values: Values) -> Values:
        """Return the values without those that nothing reads any more."""
        read = self.frame.memory.values[to]
        forgotten = {key: False if key in self.frame.facts else None for key in self.frame.slots if key not in read}
        return self._with(values, forgotten)

    def _counted(self, counts: tuple[int, ...], to: str, act: Act) -> tuple[int, ...]:
        made = act.key if isinstance(act, Move) else ""
        kept = self.frame.memory.counts[to]
        return tuple(
            min(count + (key == made), self.frame.limits[key]) if key in kept else 0
            for key, count in zip(self.frame.counters, counts, strict=True)
        )

    def _past(self, before: Configuration, to: str, act: Act) -> frozenset[str]:
        """
        Return the windowed clocks that are past after the step.

        A new lap, an extension or a day given anew may undo it (that it does not is found when time passes again);
        no rest does.
        """
        past = set(before.past)
        if isinstance(act, Lapse):
            past |= {act.clock} & self.frame.windowed
        if isinstance(act, Move):
            past -= {*act.restarts, *(wish.clock for wish in act.extends)}
        asked = {*act.asks, *act.may_ask} if isinstance(act, Move | Request) else set()
        return frozenset(key for key in past if to in self.frame.lives[key] and not self.frame.days[key] & asked)

    def _opened(self, source: int, act: Move | Lapse | Tally | Request | Heeds, values: Values) -> tuple[Opens, ...]:
        """Return what the act opens with these values."""
        if isinstance(act, Request | Heeds):
            return ()
        path = (named(self.space.place(source)), act_name(act))
        return tuple(opens for opens in act.opens if self._holds(opens.when, values, path, source))

    def _awaits(self, before: str, to: str) -> tuple[str, ...]:
        place = self.frame.states[to]
        return (f"opened:{self.frame.child_of(place).key}",) if isinstance(place, Await) and before != to else ()
