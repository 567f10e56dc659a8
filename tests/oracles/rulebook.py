"""The rulebook of one declaration, read from its JSON for play. Nothing of ours is imported here: see `strand.py`."""

from collections.abc import Iterator
from functools import cached_property
from itertools import combinations
from typing import Any

Word = dict[str, Any]
Scalar = str | bool

RELATIONS = {
    "superior_of",
    "government_of",
    "peer_procuratorate_of",
    "competent_dept_of",
    "office_of",
    "supervision_of",
}


def by_key(words: list[Word]) -> dict[str, Word]:
    """Return the words by their keys; the first of two equal keys counts."""
    found: dict[str, Word] = {}
    for word in words:
        found.setdefault(word["key"], word)
    return found


class Rulebook:
    """What the declaration says, in the order in which a player asks for it."""

    def __init__(self, declaration: Word) -> None:
        self.data = declaration
        self.key: str = declaration.get("key", "")
        self.states = by_key(declaration.get("states", []))
        self.roles = by_key(declaration.get("roles", []))
        self.fields = by_key(declaration.get("fields", []))
        self.clocks = by_key(declaration.get("clocks", []))
        self.requests: list[Word] = declaration.get("requests", [])
        self.heeds: list[Word] = declaration.get("heeds", [])
        self.entries: list[Word] = declaration.get("entries", [])

    @property
    def examples(self) -> list[Word]:
        """The examples as they stand now: they are told anew without a new rulebook."""
        told: list[Word] = self.data.get("examples", [])
        return told

    def entry(self, state: str = "") -> Word | None:
        """Return the entry at that state, the first one when no state is named."""
        for entry in self.entries:
            if state in ("", entry["state"]):
                return entry
        return None

    def stations(self) -> Iterator[Word]:
        """Yield the states in which a matter can stay."""
        return (state for state in self.states.values() if state["word"] != "Final")

    def moves(self) -> Iterator[tuple[Word, Word]]:
        """Yield every move with its state."""
        for state in self.stations():
            for move in state.get("moves", []):
                yield state, move

    def acts(self) -> Iterator[Word]:
        """Yield whatever may set facts and open matters: moves, lapses, tallies."""
        for state in self.stations():
            yield from state.get("moves", [])
            yield from state.get("lapses", [])
            yield from state.get("ballot", [])

    @cached_property
    def life(self) -> dict[str, frozenset[str]]:
        """For each clock the states in which it lives."""
        judged: dict[str, set[str]] = {key: set() for key in self.clocks}
        for state in self.stations():
            if state.get("judged_by") in judged:
                judged[state["judged_by"]].add(state["key"])
        return {
            key: frozenset(judged[key] | set(clock.get("keeps", [])) | set(clock.get("stops", [])))
            for key, clock in self.clocks.items()
        }

    def runs(self, clock: str, state: str) -> bool:
        """Tell whether the clock lives and does not rest in that state."""
        return state in self.life.get(clock, ()) and state not in self.clocks[clock].get("stops", [])

    @cached_property
    def days(self) -> list[tuple[str, set[str]]]:
        """For each clock the fields that give its days."""
        slots = ("until", "since", "before")
        return [(key, {clock[slot] for slot in slots if clock.get(slot)}) for key, clock in self.clocks.items()]

    @cached_property
    def heard(self) -> tuple[str, ...]:
        """The clocks whose passing changes what may happen."""
        named = {lapse["clock"] for state in self.stations() for lapse in state.get("lapses", [])}
        for _, move in self.moves():
            named |= {move.get("not_before", ""), move.get("until", "")}
        return tuple(sorted(named & set(self.clocks)))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Everything that some act sets."""
        return frozenset(fact for act in self.acts() for fact in act.get("sets", {}))

    @cached_property
    def finite(self) -> dict[str, tuple[Scalar, ...]]:
        """The fields whose value decides what may happen, with all their values."""
        deciding = [guard for act in (*self.acts(), *self.requests) for guard in act.get("when", [])]
        deciding += [
            guard for clock in self.clocks.values() for term in clock.get("cases", []) for guard in term.get("when", [])
        ]
        deciding += [
            guard for opening in self.openings() if self.is_needed(opening) for guard in opening.get("when", [])
        ]
        return self._terms({guard["of"] for guard in deciding})

    @cached_property
    def shallow(self) -> dict[str, tuple[Scalar, ...]]:
        """The fields whose value decides only whether something else is opened, that no ending asks for."""
        found = self._terms({guard["of"] for opening in self.openings() for guard in opening.get("when", [])})
        return {key: options for key, options in found.items() if key not in self.finite}

    def _terms(self, named: set[str]) -> dict[str, tuple[Scalar, ...]]:
        found: dict[str, tuple[Scalar, ...]] = {}
        for key, field in self.fields.items():
            if key in named and field["word"] in ("Choice", "Flag"):
                found[key] = tuple(field.get("options", [])) if field["word"] == "Choice" else (True, False)
        return found

    def openings(self) -> Iterator[Word]:
        """Yield whatever is opened by whatever act."""
        return (opening for act in self.acts() for opening in act.get("opens", []))

    def is_needed(self, opening: Word) -> bool:
        """Tell whether some ending needs that this was opened."""
        return f"opened:{opening['mechanism']}" in self.needs

    @cached_property
    def still_read(self) -> dict[str, frozenset[str]]:
        """For each state everything that may still be looked at from there on: fields, facts, counted moves."""
        here = {key: set(self._read_in(state)) for key, state in self.states.items()}
        for request in self.requests:
            for state in request["states"]:
                here.get(state, set()).update(guard["of"] for guard in request.get("when", []))
        for clock, states in self.life.items():
            for state in states:
                cases = self.clocks[clock].get("cases", [])
                here.get(state, set()).update(guard["of"] for term in cases for guard in term.get("when", []))
        return {key: frozenset().union(*(here[state] for state in self._ahead(key))) for key in self.states}

    def _read_in(self, state: Word) -> Iterator[str]:
        for act in (*state.get("moves", []), *state.get("lapses", []), *state.get("ballot", [])):
            if act["word"] == "Move":
                yield act["key"]
            for word in (act, *act.get("opens", [])):
                yield from (guard["of"] for guard in word.get("when", []))

    def _ahead(self, key: str) -> set[str]:
        seen, waiting = {key}, [key]
        while waiting:
            state = self.states[waiting.pop()]
            acts = (*state.get("moves", []), *state.get("lapses", []), *state.get("ballot", []))
            nexts = {to for act in acts for to in (act["to"], act.get("beyond", ""))}
            nexts |= {request.get("demand", "") for request in self.requests if state["key"] in request["states"]}
            nexts |= {heed.get("to", "") for heed in self.heeds if state["key"] in heed.get("states", [])}
            for following in (nexts & self.states.keys()) - seen:
                seen.add(following)
                waiting.append(following)
        return seen

    @cached_property
    def counted(self) -> dict[str, int]:
        """The moves that are counted, with the highest count that matters."""
        found: dict[str, int] = {}
        for _, move in self.moves():
            if move.get("at_most"):
                found[move["key"]] = max(found.get(move["key"], 0), move["at_most"])
        return found

    @cached_property
    def needs(self) -> frozenset[str]:
        """Everything that some ending needs."""
        return frozenset(need for state in self.states.values() for need in state.get("needs", []))

    @cached_property
    def watched(self) -> frozenset[str]:
        """The fields of which it matters whether they were given."""
        named = set(self.finite) | set(self.shallow)
        named |= {need.removeprefix("field:") for need in self.needs if need.startswith("field:")}
        named |= {role.get("via", "").removeprefix("field:") for role in self.roles.values()}
        named |= {heed.get("before", "") for heed in self.heeds}
        for clock in self.clocks.values():
            named |= {clock.get("until", ""), clock.get("since", ""), clock.get("before", "")}
        for state in self.stations():
            named |= {state.get("text", ""), state.get("per", "").partition(".")[0]} | set(
                state.get("carry", {}).values()
            )
        for act in self.acts():
            named |= _read_by(act)
        known = {name for name in named if name.partition(".")[0] in self.fields}
        return frozenset(known | {name.partition(".")[0] for name in known})

    def apart(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of single roles that must be played by two organs."""
        single = [role for role in self.roles.values() if not role.get("many")]
        for one, other in combinations(single, 2):
            if other["key"] not in one.get("may_be_same", []) and one["key"] not in other.get("may_be_same", []):
                yield one["key"], other["key"]

    @cached_property
    def clashing(self) -> list[tuple[str, str]]:
        """The pairs that must be two organs and are always one, because both are found in the same way."""
        taking_part = {state["holder"] for state in self.stations()}
        taking_part |= {role for request in self.requests for role in request["by"]}
        for act in self.acts():
            taking_part |= set(act.get("copies", [])) | {draw["keeper"] for draw in act.get("draws", [])}
        taking_part |= {key for key, role in self.roles.items() if role.get("via", "").startswith("field:")}
        via = {key: role.get("via", "") for key, role in self.roles.items()}
        return [
            pair for pair in self.apart() if set(pair) <= taking_part and via[pair[0]] and via[pair[0]] == via[pair[1]]
        ]

    def granted(self, state: str) -> frozenset[str]:
        """Return the moves of that state that answer somebody's request."""
        return frozenset(
            request["grants"] for request in self.requests if request.get("grants") and state in request["states"]
        )


def _read_by(act: Word) -> set[str]:
    """Return every name that the consequences of an act read."""
    read = {name.rpartition(":")[2] for name in act.get("copies", [])}
    read |= {draw["by"] for draw in act.get("draws", [])}
    read |= {extends.get("until", "") for extends in act.get("extends", [])}
    for row in act.get("enters", []):
        read |= set(row.get("fields", [])) | {row.get("falls_due", "")}
    for opening in act.get("opens", []):
        read |= {source.rpartition(":")[2] for source in opening.get("carry", {}).values()}
        read.add(opening.get("each", ""))
    return read
