"""The frame of a mechanism: what its configurations are made of, and the tables by which its steps are found."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from fuyuantong.protocol.acts import Move, Opens, Request
from fuyuantong.protocol.fields import Choice, Rows
from fuyuantong.protocol.mechanism import Await, Mechanism, Role
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.memory import memory

Known = str | bool | None  # None: never given


class Frame:
    """
    One mechanism prepared for walking.

    `slots`: the finite things that guards read; `counters`: the bounded moves; `windowed`: the clocks that open or
    shut a move; `bits`: what can be given without deciding any step (roles, fields, papers).
    """

    def __init__(self, mechanism: Mechanism, *, inherited: frozenset[str], others: Mapping[str, Mechanism]) -> None:
        """Keep the mechanism; `inherited` roles are bound at its opened entries by the parent that awaits it."""
        self.mechanism = mechanism
        self.inherited = inherited
        self.others = others
        self.states = {state.key: state for state in mechanism.states}
        self.clocks = {clock.key: clock for clock in mechanism.clocks}
        self.lives = anatomy.lives(mechanism)
        self.days = {clock.key: {clock.since, clock.until, clock.before} for clock in mechanism.clocks}
        self.facts = anatomy.facts(mechanism)
        read = dict.fromkeys(guard.of for _, guards in anatomy.guards(mechanism) for guard in guards)
        self.domains = {key: self._domain(key) for key in read}
        self.slots = {key: slot for slot, key in enumerate(read)}
        moves = [move for _, move in anatomy.moves(mechanism)]
        self.limits = {move.key: 0 for move in moves if move.at_most}
        for move in moves:
            if move.at_most:
                self.limits[move.key] = max(self.limits[move.key], move.at_most)
        self.counters = {key: slot for slot, key in enumerate(self.limits)}
        self.windowed = frozenset(key for move in moves for key in (move.not_before, move.until) if key)
        self.bits = {name: 1 << place for place, name in enumerate(dict.fromkeys(self._names()))}
        self.memory = memory(mechanism)
        self._heeded: dict[int, frozenset[str]] = {}

    def outcomes_of(self, place: Await) -> tuple[str, ...]:
        """Return the endings that the children of an Await may reach by themselves."""
        return anatomy.endings(self.child_of(place))

    def child_of(self, place: Await) -> Mechanism:
        """Return the mechanism that an Await waits for."""
        return place.child if isinstance(place.child, Mechanism) else self.others[place.child]

    def heeded(self, act: Move | Request) -> frozenset[str]:
        """Return the things for which it matters how an act fills them in."""
        if id(act) not in self._heeded:
            self._heeded[id(act)] = self.memory.heeds(act)
        return self._heeded[id(act)]

    def mask(self, *names: str) -> int:
        """Return the bits of these names."""
        mask = 0
        for name in names:
            mask |= self.bits[name]
        return mask

    def opens_some(self, opens: Opens) -> bool:
        """Tell whether at least one matter is opened: for a table only when it has at least one row."""
        rows = self.mechanism.value(opens.each) if opens.each else None
        return not isinstance(rows, Rows) or rows.at_least > 0

    def takes(self, act: Move | Request) -> int:
        """Return the bits of the later columns that are empty again once their rows are given anew."""
        return self._columns_of({*act.asks, *act.may_ask})

    @cached_property
    def grows(self) -> dict[str, int]:
        """For each state the bits of the later columns that are open again whenever somebody adds a row there."""
        rows: dict[str, set[str]] = {state: set() for state in self.states}
        for request in self.mechanism.requests:
            for state in request.states:
                rows[state] |= {request.rows}
        return {state: self._columns_of(added) for state, added in rows.items()}

    def _columns_of(self, rows: set[str]) -> int:
        return self.mask(*(key for key in anatomy.later_columns(self.mechanism) if key.partition(".")[0] in rows))

    def closed(self, given: int) -> int:
        """Return what is given with the roles that follow from it."""
        for needed, role in self._implied:
            if given & needed == needed:
                given |= role
        return given

    @cached_property
    def _implied(self) -> tuple[tuple[int, int], ...]:
        """Return (what is needed, the role that follows), a role after the one that it is derived from."""
        found: list[tuple[int, int]] = []
        waiting = [role for role in self.mechanism.roles if role.via]
        while waiting:
            later = {role.key for role in waiting}
            ready = [role for role in waiting if not later.intersection(_base(role)) - {role.key}]
            found += [(self.mask(*_base(role)), self.bits[role.key]) for role in ready or waiting]
            waiting = [role for role in waiting if role not in ready] if ready else []
        return tuple(found)

    def _domain(self, key: str) -> tuple[Known, ...]:
        if key in self.facts:
            return (False, True)
        found = self.mechanism.value(key)
        return found.options if isinstance(found, Choice) else (True, False)

    def _names(self) -> Iterator[str]:
        mechanism = self.mechanism
        yield from (role.key for role in mechanism.roles)
        yield from (found.key for found in mechanism.fields)
        yield from anatomy.later_columns(mechanism)
        yield "number"
        yield from (f"document:{move.drafts}" for _, move in anatomy.moves(mechanism) if move.drafts)
        yield from (f"opened:{opening.opens.mechanism}" for opening in anatomy.openings(mechanism))
        for place in anatomy.places(mechanism):
            if isinstance(place, Await):
                yield f"opened:{self.child_of(place).key}"
        for final in anatomy.finals(mechanism):
            yield from (need for need in final.needs if not need.startswith("field:"))


def _base(role: Role) -> tuple[str, ...]:
    """Return the field or role that a derived role is found by; none for a setting."""
    source, _, key = role.via.partition(":")
    return () if source == "setting" else (key,)
