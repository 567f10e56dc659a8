"""Mutants: small harms done to a declaration at random, as a tired author would do them."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from random import Random
from typing import Any, NamedTuple

from tests.oracles.rulebook import Word, by_key
from tests.oracles.spelling import tidy


class Harm(NamedTuple):
    """One way to harm a declaration: its kind, the place, and how to do it."""

    kind: str
    place: str
    do: Callable[[], object]


class Mutant(NamedTuple):
    """A harmed declaration, with the kinds of harm that were done and where."""

    declaration: Word
    kinds: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return the one kind of harm, or `several`."""
        return self.kinds[0] if len(self.kinds) == 1 else "several"


def mutate(declaration: Word, rng: Random) -> Mutant:
    """Return a harmed copy: one harm mostly, two or three now and then."""
    copy = deepcopy(declaration)
    kinds: list[str] = []
    places: list[str] = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        harms = list(_harms(copy, rng))
        chosen = rng.choice(sorted({harm.kind for harm in harms}))
        harm = rng.choice([harm for harm in harms if harm.kind == chosen])
        harm.do()
        tidy(copy)
        kinds.append(harm.kind)
        places.append(harm.place)
    return Mutant(copy, tuple(kinds), tuple(places))


def _harms(declaration: Word, rng: Random) -> Iterator[Harm]:
    """Yield every single harm that can be done here or to a child declared inside."""
    mechanism = _Victim(declaration, rng)
    for source in (
        mechanism.states,
        mechanism.acts,
        mechanism.clocks,
        mechanism.parties,
        mechanism.registers,
        mechanism.words,
    ):
        yield from source()
    for state in declaration["states"]:
        if state["word"] == "Await" and isinstance(state["child"], dict):
            yield from _harms(state["child"], rng)


def _name(word: Word) -> str:
    return str(word.get("key") or word["word"])


def _put(word: Word, member: str, value: object) -> None:
    word[member] = value


def _add(word: Word, member: str, value: object) -> None:
    word.setdefault(member, []).append(value)


class _Victim:
    def __init__(self, declaration: Word, rng: Random) -> None:
        self.data, self.rng = declaration, rng
        self.all_states: list[Word] = declaration["states"]
        self.keys = [state["key"] for state in self.all_states]
        self.roles = [role["key"] for role in declaration.get("roles", [])]
        self.fields = [field["key"] for field in declaration.get("fields", [])]
        self.dates = [field["key"] for field in declaration.get("fields", []) if field["word"] == "Date"]
        self.clock_keys = [clock["key"] for clock in declaration.get("clocks", [])]

    def _drop(self, kind: str, words: list[Word], word: Word) -> Harm:
        return Harm(kind, _name(word), partial(words.remove, word))

    def _cut(self, kind: str, word: Word, member: str) -> Iterator[Harm]:
        if word.get(member):
            yield Harm(kind, f"{_name(word)}.{member}", partial(word.pop, member))

    def _turn(self, kind: str, word: Word, member: str, options: list[Any]) -> Iterator[Harm]:
        others = [option for option in options if option != word.get(member, "")]
        if word.get(member) and others:
            other = self.rng.choice(others)
            place = f"{_name(word)}.{member}={other}"
            yield Harm(kind, place, partial(_put, word, member, other))

    def _thin(self, kind: str, word: Word, member: str) -> Iterator[Harm]:
        for part in list(word.get(member, [])):
            place = f"{_name(word)}.{member}-{part if isinstance(part, str) else part['word']}"
            yield Harm(kind, place, partial(word[member].remove, part))

    def states(self) -> Iterator[Harm]:
        """Harm states: who holds them, what judges them, what can be done in them."""
        for state in self.all_states:
            if state["word"] == "Final":
                yield from self._final(state)
                continue
            yield from self._turn("swap-holder", state, "holder", self.roles)
            yield from self._cut("drop-judge", state, "judged_by") if state["word"] == "State" else ()
            yield from self._turn("swap-judge", state, "judged_by", self.clock_keys)
            yield from self._cut("drop-review", state, "review")
            yield from self._unclock(state)
            for lapse in state.get("lapses", []):
                yield self._drop("drop-lapse", state["lapses"], lapse)
                yield from self._turn("retarget-lapse", lapse, "to", self.keys)
                yield from self._turn("swap-lapse-clock", lapse, "clock", self.clock_keys)
            yield from self._await(state) if state["word"] == "Await" else ()
            for move in state.get("moves", []):
                yield self._drop("drop-move", state["moves"], move)
                yield from self._strew(state, move)
        for state in self.all_states:
            if state["key"] not in [entry["state"] for entry in self.data.get("entries", [])]:
                yield self._drop("drop-state", self.all_states, state)

    def _unclock(self, state: Word) -> Iterator[Harm]:
        if state["word"] == "State" and state.get("judged_by"):

            def unclock() -> None:
                del state["judged_by"]
                state["unclocked"] = "由承办单位掌握"

            yield Harm("unclock", state["key"], unclock)

    def _strew(self, state: Word, move: Word) -> Iterator[Harm]:
        others = [s for s in self.all_states if s["word"] != "Final" and s is not state]
        if others:
            other = self.rng.choice(others)

            def strew() -> None:
                state["moves"].remove(move)
                other.setdefault("moves", []).append(move)

            yield Harm("displace-move", f"{move['key']} to {other['key']}", strew)

    def _await(self, state: Word) -> Iterator[Harm]:
        for tally in state["ballot"]:
            yield self._drop("drop-tally", state["ballot"], tally)
            yield from self._turn("retarget-tally", tally, "to", self.keys)
            yield from self._thin("thin-tally", tally, "endings")
            if tally.get("n"):
                yield Harm("raise-count", state["key"], partial(_put, tally, "n", tally["n"] + 2))
            yield from self._turn("swap-how", tally, "how", ["all", "any", "otherwise"])
        yield from self._turn("swap-per", state, "per", self.fields)
        yield from self._turn("swap-each", state, "each", self.roles)
        for key in list(state.get("carry", {})):
            yield Harm("drop-carry", f"{state['key']}.{key}", partial(state["carry"].pop, key))

    def _final(self, state: Word) -> Iterator[Harm]:
        yield from self._thin("drop-closer", state, "by")
        yield from self._thin("drop-need", state, "needs")
        yield from self._cut("drop-basis", state, "basis")
        yield from self._cut("drop-set-aside", state, "set_aside")
        yield from self._turn("swap-kind", state, "kind", ["accepted", "decided", "refused", "withdrawn", "settled"])
        need = self.rng.choice(
            ["number", "document:letter", "opened:follow-up", *(f"field:{field}" for field in self.fields)]
        )
        if need not in state.get("needs", []):
            yield Harm("add-need", f"{state['key']}+{need}", partial(_add, state, "needs", need))

    def acts(self) -> Iterator[Harm]:
        """Harm moves: what they ask, where they lead, when they may be made, how often."""
        for state in self.all_states:
            for move in state.get("moves", []):
                yield from self._turn("retarget-move", move, "to", self.keys)
                yield from self._thin("drop-ask", move, "asks")
                yield from self._loosen(move)
                yield from self._thin("drop-guard", move, "when")
                yield from self._bound(move)
                yield from self._cut("drop-beyond", move, "beyond")
                yield from self._turn("retarget-beyond", move, "beyond", self.keys)
                yield from self._cut("drop-renews", move, "renews")
                yield from self._cut("drop-paper", move, "numbers")
                yield from self._cut("drop-paper", move, "drafts")
                yield from self._cut("drop-window", move, "until")
                yield from self._cut("drop-window", move, "not_before")
                yield from self._window(state, move)
                yield from self._cut("drop-sets", move, "sets")
                yield from self._cut("drop-extends", move, "extends")
                yield from self._draws_and_openings(move)

    def _loosen(self, move: Word) -> Iterator[Harm]:
        for key in list(move.get("asks", [])):

            def loosen(key: str = key) -> None:
                move["asks"].remove(key)
                move.setdefault("may_ask", []).append(key)

            yield Harm("loosen-ask", f"{move['key']}.{key}", loosen)

    def _bound(self, move: Word) -> Iterator[Harm]:
        for bound in (0, 1, 2):
            if move.get("at_most", 0) != bound:
                kind = "drop-bound" if not bound else "raise-bound" if bound > move.get("at_most", 0) else "lower-bound"
                kind = "add-bound" if not move.get("at_most") else kind
                yield Harm(kind, f"{move['key']}≤{bound}", partial(_put, move, "at_most", bound))

    def _window(self, state: Word, move: Word) -> Iterator[Harm]:
        if self.clock_keys:
            clock = self.rng.choice([state.get("judged_by") or self.clock_keys[0], *self.clock_keys])
            member = self.rng.choice(["until", "not_before"])
            if move.get(member) != clock:
                yield Harm("add-window", f"{move['key']}.{member}={clock}", partial(_put, move, member, clock))

    def _draws_and_openings(self, move: Word) -> Iterator[Harm]:
        for draw in move.get("draws", []):
            yield from self._turn("swap-keeper", draw, "keeper", self.roles)
        for opening in move.get("opens", []):
            yield self._drop("drop-opening", move["opens"], opening)
            yield from self._thin("drop-guard", opening, "when")
            for key, source in list(opening.get("carry", {}).items()):
                yield Harm("drop-carry", f"{move['key']}.{key}", partial(opening["carry"].pop, key))
                other = self.rng.choice(list(opening["carry"].values()))
                if other != source:
                    yield Harm(
                        "swap-carry", f"{move['key']}.{key}={other}", partial(_put, opening["carry"], key, other)
                    )
            yield Harm("misopen", move["key"], partial(_put, opening, "entry", "nowhere"))

    def clocks(self) -> Iterator[Harm]:
        """Harm clocks: their lengths, where they live, what they start from."""
        for clock in self.data.get("clocks", []):
            yield self._drop("drop-clock", self.data["clocks"], clock)
            yield from self._cut("drop-term", clock, "term")
            yield from self._thin("drop-case", clock, "cases")
            for term in clock.get("cases", []):
                yield from self._cut("drop-case-guard", term, "when")
            for member in ("until", "since", "before"):
                yield from self._turn("swap-date", clock, member, self.dates)
            yield from self._thin("drop-keeps", clock, "keeps")
            yield from self._thin("drop-stops", clock, "stops")
            state = self.rng.choice([s["key"] for s in self.all_states if s["word"] != "Final"])
            if state not in clock.get("stops", []):
                yield Harm(
                    "add-stop",
                    f"{clock['key']} in {state}",
                    partial(_add, clock, "stops", state),
                )
            if self.dates and not clock.get("since"):
                date = self.rng.choice(self.dates)
                yield Harm("add-since", f"{clock['key']}.{date}", partial(_put, clock, "since", date))

    def parties(self) -> Iterator[Harm]:
        """Harm roles, entries and requests."""
        for role in self.data.get("roles", []):
            yield from self._cut("unbind-role", role, "via")
            yield from self._turn("rebind-role", role, "via", [f"field:{field}" for field in self.fields])
            yield from self._turn("copy-role", role, "via", [other.get("via", "") for other in self.data["roles"]])
            yield from self._cut("drop-may-be-same", role, "may_be_same")
            if not role.get("many"):
                yield Harm("many-role", role["key"], partial(_put, role, "many", True))
        for entry in self.data.get("entries", []):
            yield self._drop("drop-entry", self.data["entries"], entry)
            yield from self._thin("drop-carried", entry, "carried")
            yield from self._turn("swap-opener", entry, "by", self.roles)
            yield Harm("flip-opened", entry["state"], partial(_put, entry, "opened", not entry.get("opened")))
        for request in self.data.get("requests", []):
            yield self._drop("drop-request", self.data["requests"], request)
            yield from self._turn("retarget-demand", request, "demand", self.keys)
            yield from self._thin("drop-request-ask", request, "asks")
            yield from self._cut("drop-answer-by", request, "answer_by")
            yield from self._turn("swap-requester", request, "by", [[role] for role in self.roles])
            state = self.rng.choice(self.keys)
            if state not in request["states"]:
                yield Harm("widen-request", f"{request['key']} in {state}", partial(request["states"].append, state))

    def registers(self) -> Iterator[Harm]:
        """Harm what registers lead to."""
        for heed in self.data.get("heeds", []):
            yield self._drop("drop-heed", self.data["heeds"], heed)
            yield from self._cut("drop-heed-to", heed, "to")
            yield from self._turn("retarget-heed", heed, "to", self.keys)
            yield from self._turn("swap-heed-field", heed, "by", self.fields)
            state = self.rng.choice(self.keys)
            if state not in heed.get("states", []):
                yield Harm("widen-heed", state, partial(_add, heed, "states", state))

    def words(self) -> Iterator[Harm]:
        """Harm guards, fields and examples."""
        fields = by_key(self.data.get("fields", []))
        for guard in _guards(self.data):
            options = list(fields.get(guard["of"], {}).get("options", [True, False]))
            other = self.rng.choice(options)
            if guard["values"] != [other]:
                yield Harm("change-guard", guard["of"], partial(_put, guard, "values", [other]))
            if len(guard["values"]) > 1:
                yield Harm("narrow-guard", guard["of"], partial(guard["values"].pop))
        for field in self.data.get("fields", []):
            yield self._drop("drop-field", self.data["fields"], field)
            yield Harm("make-secret", field["key"], partial(_put, field, "secret", not field.get("secret")))
            if field["word"] == "Choice":
                yield Harm("add-option", field["key"], partial(field["options"].append, "新类"))
            if field["word"] in ("Organs", "Rows"):
                yield Harm("allow-empty", field["key"], partial(_put, field, "at_least", 0))
        for example in self.data.get("examples", []):
            yield self._drop("drop-example", self.data["examples"], example)
            yield from self._thin("drop-step", example, "steps")
            yield from self._turn("swap-ends", example, "ends", self.keys)


def _guards(declaration: Word) -> Iterator[Word]:
    """Yield the guards of everything, children left out."""
    for state in declaration["states"]:
        for act in (*state.get("moves", []), *state.get("lapses", []), *state.get("ballot", [])):
            yield from act.get("when", [])
            for opening in act.get("opens", []):
                yield from opening.get("when", [])
    for request in declaration.get("requests", []):
        yield from request.get("when", [])
    for clock in declaration.get("clocks", []):
        for term in clock.get("cases", []):
            yield from term.get("when", [])
