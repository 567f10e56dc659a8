"""
Configurations: everything of a matter on which its next step depends, and every step between them.

A configuration is a state, what is known of each finite thing that a guard reads, how often each bounded move was
made, and which windowed clocks have passed. What is merely *given* (roles, dates, papers) never opens or closes an
edge; `given.py` finds it exactly, on the same graph, as what every path has in common.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from fuyuantong.protocol import anatomy
from fuyuantong.protocol.acts import Lapse, Move, Opens, Request
from fuyuantong.protocol.anatomy import Act, Place
from fuyuantong.protocol.ballot import outcomes
from fuyuantong.protocol.clocks import Guards
from fuyuantong.protocol.faults import named
from fuyuantong.protocol.fields import Choice
from fuyuantong.protocol.mechanism import Await, Entry, Final, Mechanism, Role, Tally

Known = str | bool | None  # None: never given


class Configuration(NamedTuple):
    """One situation of a matter, as far as its next steps depend on it."""

    state: str
    values: tuple[Known, ...]
    counts: tuple[int, ...] = ()
    past: tuple[str, ...] = ()


class Edge(NamedTuple):
    """One step: by which act, with which values chosen, what it opens, and what it gives (bits of `Frame.bits`)."""

    source: int
    target: int
    act: Act
    chosen: tuple[tuple[str, Known], ...] = ()
    opens: tuple[Opens, ...] = ()
    gives: int = 0

    @property
    def is_own(self) -> bool:
        """Tell whether the holder makes it."""
        return isinstance(self.act, Move)


class Doubt(NamedTuple):
    """A guard that reads what some path never gave."""

    path: tuple[str, ...]
    of: str
    at: int


class Frame:
    """What the configurations of one mechanism are made of, and the tables by which its steps are found."""

    def __init__(self, mechanism: Mechanism, *, inherited: frozenset[str], others: Mapping[str, Mechanism]) -> None:
        """Keep the mechanism; `inherited` roles are bound at its opened entries by the parent that awaits it."""
        self.mechanism = mechanism
        self.inherited = inherited
        self.others = others
        self.states = {state.key: state for state in mechanism.states}
        self.clocks = {clock.key: clock for clock in mechanism.clocks}
        self.lives = anatomy.lives(mechanism)
        self.facts = anatomy.facts(mechanism)
        read = dict.fromkeys(guard.of for _, guards in anatomy.guards(mechanism) for guard in guards)
        self.domains = {key: self._domain(key) for key in read}
        self.places = {key: place for place, key in enumerate(read)}
        bounded = dict.fromkeys(move.key for _, move in anatomy.moves(mechanism) if move.at_most)
        self.counters = {key: place for place, key in enumerate(bounded)}
        self.limits = tuple(
            max(move.at_most for _, move in anatomy.moves(mechanism) if move.key == key) for key in bounded
        )
        windows = (key for _, move in anatomy.moves(mechanism) for key in (move.not_before, move.until))
        self.windowed = frozenset(key for key in windows if key)
        self.bits = {name: 1 << place for place, name in enumerate(self._names())}
        self.implied = tuple(self._implications())

    def outcomes_of(self, place: Await) -> tuple[str, ...]:
        """Return the endings that the children of an Await may reach by themselves."""
        child = place.child if isinstance(place.child, Mechanism) else self.others[place.child]
        return anatomy.endings(child)

    def mask(self, *names: str) -> int:
        """Return the bits of these names."""
        return sum(self.bits[name] for name in dict.fromkeys(names))

    def closed(self, given: int) -> int:
        """Return what is given with the roles that follow from it."""
        for needed, role in self.implied:
            if given & needed == needed:
                given |= role
        return given

    def _domain(self, key: str) -> tuple[Known, ...]:
        if key in self.facts:
            return (False, True)
        found = self.mechanism.value(key)
        return found.options if isinstance(found, Choice) else (True, False)

    def _names(self) -> Iterator[str]:
        yield from dict.fromkeys(
            (
                *(role.key for role in self.mechanism.roles),
                *(found.key for found in self.mechanism.fields),
                *self._offers(),
                *anatomy.later_columns(self.mechanism),
                "number",
                *(f"document:{move.drafts}" for _, move in anatomy.moves(self.mechanism) if move.drafts),
                *(f"opened:{opening.opens.mechanism}" for opening in anatomy.openings(self.mechanism)),
                *(need for final in anatomy.finals(self.mechanism) for need in final.needs if "field:" not in need),
            )
        )

    def _offers(self) -> tuple[str, ...]:
        """Return the names under which it is known that there was room to fill in a field."""
        asked = (*(found.key for found in self.mechanism.fields), *anatomy.later_columns(self.mechanism))
        return tuple(f"offered:{key}" for key in asked)

    def _implications(self) -> Iterator[tuple[int, int]]:
        """Yield (what is needed, what follows), a role after those it is derived from."""
        for name in self._offers():
            yield self.bits[name.removeprefix("offered:")], self.bits[name]
        waiting = [role for role in self.mechanism.roles if role.via]
        derived = {role.key for role in waiting}
        while waiting:
            ready = [role for role in waiting if role.via.startswith("setting:") or _base(role) not in derived]
            for role in ready or waiting:
                yield self._needed(role), self.bits[role.key]
            derived -= {role.key for role in ready}
            waiting = [role for role in waiting if role not in ready] if ready else []

    def _needed(self, role: Role) -> int:
        """Return what must be given for a derived role to be bound; one for many may turn out to be none."""
        if role.via.startswith("setting:"):
            return 0
        optional = role.many and role.via.startswith("field:")
        return self.bits[f"offered:{_base(role)}" if optional else _base(role)]


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


def _base(role: Role) -> str:
    """Return the field or role that a derived role is found by."""
    return role.via.partition(":")[2]


class _Explorer:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.space = Space(frame)
        self.index: dict[Configuration, int] = {}
        self.queue: deque[int] = deque()

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
        blank = tuple(False if key in self.frame.facts else None for key in self.frame.domains)
        counts = tuple(0 for _ in self.frame.counters)
        for values, _ in self._choices(blank, tuple(entry.carried), ()):
            found = self._at(Configuration(entry.state, values, counts))
            self.space.entries.append((found, entry))

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
        lapsing = self._lapse(source, place)
        if isinstance(place, Await):
            self._tally(source, place)
        for request in self.frame.mechanism.requests:
            if request.demand and place.key in request.states:
                self._demand(source, request)
        self._let_pass(source, place, lapsing)

    def _move(self, source: int, place: Place, move: Move) -> None:
        before = self.space.configurations[source]
        if (move.not_before and move.not_before not in before.past) or move.until in before.past:
            return
        made = before.counts[self.frame.counters[move.key]] if move.key in self.frame.counters else 0
        spent = bool(move.at_most) and made >= move.at_most
        if spent and not move.beyond:
            return
        path = (named(place), anatomy.act_name(move))
        for values, chosen in self._choices(before.values, move.asks, move.may_ask):
            if self._holds(move.when, values, path, source):
                gives = self._filled(move, chosen) | self._papers(move)
                self._step(source, move.beyond if spent else move.to, move, values, chosen, gives)

    def _filled(self, act: Move | Request, chosen: tuple[tuple[str, Known], ...]) -> int:
        """Return what is filled in for certain, and what there was room to fill in."""
        offered = (f"offered:{key}" for key in act.may_ask)
        return self.frame.mask(*act.asks, *dict(chosen), *offered)

    def _papers(self, move: Move) -> int:
        names = ("number",) if move.numbers else ()
        return self.frame.mask(*names, *((f"document:{move.drafts}",) if move.drafts else ()))

    def _lapse(self, source: int, place: Place) -> set[str]:
        """Take the first lapse of each clock whose guards hold; return the clocks that lapse."""
        values = self.space.configurations[source].values
        lapsing: set[str] = set()
        for lapse in place.lapses:
            rests = place.key in self.frame.clocks[lapse.clock].stops
            path = (named(place), anatomy.act_name(lapse))
            if lapse.clock not in lapsing and not rests and self._holds(lapse.when, values, path, source):
                lapsing.add(lapse.clock)
                self._step(source, lapse.to, lapse, values)
        return lapsing

    def _tally(self, source: int, place: Await) -> None:
        found = outcomes(place, self.frame.outcomes_of(place))
        for tally in found.decisive:
            self._step(source, tally.to, tally, self.space.configurations[source].values)
        if found.undecided is not None:
            self.space.undecided.append((source, found.undecided))

    def _demand(self, source: int, request: Request) -> None:
        before = self.space.configurations[source].values
        path = (named(self.frame.states[self.space.configurations[source].state]), anatomy.act_name(request))
        for values, chosen in self._choices(before, request.asks, request.may_ask):
            if self._holds(request.when, values, path, source):
                self._step(source, request.demand, request, values, chosen, self._filled(request, chosen))

    def _let_pass(self, source: int, place: Place, lapsing: set[str]) -> None:
        before = self.space.configurations[source]
        for key in sorted(self.frame.windowed):
            clock = self.frame.clocks[key]
            runs = place.key in self.frame.lives[key] and place.key not in clock.stops
            if runs and key not in lapsing and key not in before.past:
                after = before._replace(past=tuple(sorted((*before.past, key))))
                self._join(Edge(source, self._at(after), clock))

    def _choices(
        self, values: tuple[Known, ...], asks: tuple[str, ...], may_ask: tuple[str, ...]
    ) -> Iterator[tuple[tuple[Known, ...], tuple[tuple[str, Known], ...]]]:
        """Yield the values after each way of filling in what is asked; what may be asked may stay as it is."""
        asked = [key for key in asks if key in self.frame.places]
        offered = [key for key in may_ask if key in self.frame.places]
        domains = [self.frame.domains[key] for key in asked] + [(None, *self.frame.domains[key]) for key in offered]
        for picked in product(*domains):
            chosen = tuple(
                (key, value) for key, value in zip(asked + offered, picked, strict=True) if value is not None
            )
            yield self._with(values, dict(chosen)), chosen

    def _with(self, values: tuple[Known, ...], fresh: Mapping[str, Known]) -> tuple[Known, ...]:
        after = list(values)
        for key, value in fresh.items():
            if key in self.frame.places:
                after[self.frame.places[key]] = value
        return tuple(after)

    def _holds(self, guards: Guards, values: tuple[Known, ...], path: tuple[str, ...], at: int) -> bool:
        if not guards:
            return True
        holds, doubt = verdict(guards, dict(zip(self.frame.places, values, strict=True)))
        if doubt:
            self.space.doubts.append(Doubt(path, doubt, at))
        return holds

    def _step(
        self,
        source: int,
        to: str,
        act: Move | Lapse | Tally | Request,
        values: tuple[Known, ...],
        chosen: tuple[tuple[str, Known], ...] = (),
        gives: int = 0,
    ) -> None:
        before = self.space.configurations[source]
        after = values if isinstance(act, Request) else self._with(values, act.sets)
        target = Configuration(to, after, self._counted(before.counts, act), self._past(before, to, act))
        opened = self._opened(source, act, after)
        gives |= self.frame.mask(*(f"opened:{opens.mechanism}" for opens in opened))
        self._join(Edge(source, self._at(target), act, chosen, opened, gives))

    def _join(self, edge: Edge) -> None:
        self.space.edges.append(edge)
        self.space.outgoing[edge.source].append(edge)

    def _counted(self, counts: tuple[int, ...], act: Act) -> tuple[int, ...]:
        if not isinstance(act, Move) or act.key not in self.frame.counters:
            return counts
        place = self.frame.counters[act.key]
        return (*counts[:place], min(counts[place] + 1, self.frame.limits[place]), *counts[place + 1 :])

    def _past(self, before: Configuration, to: str, act: Act) -> tuple[str, ...]:
        """Return the windowed clocks that are past after the step: a new lap, a rest or an extension undoes it."""
        past = set(before.past)
        if isinstance(act, Lapse):
            past |= {act.clock} & self.frame.windowed
        if isinstance(act, Move):
            past -= {*act.restarts, *(extends.clock for extends in act.extends)}
        return tuple(
            sorted(key for key in past if to in self.frame.lives[key] and to not in self.frame.clocks[key].stops)
        )

    def _opened(self, source: int, act: Move | Lapse | Tally | Request, values: tuple[Known, ...]) -> tuple[Opens, ...]:
        """Return what the act opens with these values."""
        if isinstance(act, Request):
            return ()
        path = (named(self.frame.states[self.space.configurations[source].state]), anatomy.act_name(act))
        return tuple(opens for opens in act.opens if self._holds(opens.when, values, path, source))
