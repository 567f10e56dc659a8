"""The shows: examples replayed on what was played, to see that each is possible and that nothing is left unshown."""

from collections.abc import Iterable

from tests.oracles.ballots import first_that_holds
from tests.oracles.board import Note, Situation, Step
from tests.oracles.play import Played
from tests.oracles.rulebook import Rulebook, Word


class Shows:
    """Replay every example; several situations stand for one where the example leaves something unsaid."""

    def __init__(self, book: Rulebook, played: Played) -> None:
        self.book, self.played = book, played
        self.notes: list[Note] = []
        self.shown: set[tuple[str, str]] = set()

    def all(self) -> list[Note]:
        """Return what is wrong with the examples taken together."""
        for number, example in enumerate(self.book.examples):
            self._replay(number, example)
        named = {step["move"] for show in self.book.examples for step in show.get("steps", []) if step["word"] == "Do"}
        for state, move in self.book.moves():
            if move["key"] not in named:
                self._note("uncovered", f"{state['key']}.{move['key']}")
            elif (state["key"], move["key"]) not in self.shown:
                self._note("uncovered", f"{state['key']}.{move['key']} here")
        ends = {example["ends"] for example in self.book.examples}
        for key, state in self.book.states.items():
            if state["word"] == "Final" and key not in ends:
                self._unshown(key, state)
        return self.notes

    def _unshown(self, key: str, final: Word) -> None:
        """Note an ending without an example; to one that only a recall leads to, no step of an example could lead."""
        is_reached = any(at.state == key for at in self.played.reached)
        is_child = all(entry.get("opened") for entry in self.book.entries)
        if is_reached or final["kind"] != "superseded":
            self._note("uncovered", key)
        elif not is_child:
            self._note("uncovered", key, grave=False)

    def _note(self, rule: str, where: str, *, grave: bool = True) -> None:
        self.notes.append(Note(rule, where, grave, None))

    def _replay(self, number: int, example: Word) -> None:
        entry = self.book.entry(example.get("entry", ""))
        carried = example.get("carried", {})
        for key in set(carried) - set((entry or {}).get("carried", [])):
            self._note("example", f"example {number} carries {key}", grave=False)
        here = {at for at, begun in self.played.openings.items() if begun is entry and _agrees(at.known, carried)}
        for place, step in enumerate(example.get("steps", [])):
            after = self._after(step, here)
            if not after:
                self._note("example", f"example {number}, step {place}: {step}")
                return
            self._is_asked(step, f"example {number}, step {place}")
            if step["word"] == "Passes" and after == here:
                self._note("example", f"example {number}, step {place}: {step['clock']} changes nothing", grave=False)
            here = after
        if not any(at.state == example["ends"] for at in here):
            self._note("example", f"example {number} ends in {sorted({at.state for at in here})}")

    def _is_asked(self, step: Word, where: str) -> None:
        acts = [move for _, move in self.book.moves() if move["key"] == step.get("move")]
        acts += [request for request in self.book.requests if request["key"] == step.get("request")]
        asked = {key for act in acts for key in (*act.get("asks", []), *act.get("may_ask", []))}
        for key in set(step.get("values", {})) - asked:
            self._note("example", f"{where}: nobody asks {key}", grave=False)

    def _after(self, step: Word, here: set[Situation]) -> set[Situation]:
        match step["word"]:
            case "Do":
                return self._done(step["move"], step.get("values", {}), here)
            case "Passes":
                return {there for at in here for there in self._passed(step["clock"], at)}
            case "Endings":
                return {there for at in here for there in self._ended(tuple(step.get("finals", [])), at)}
            case "Asks":
                return {there for at in here for there in self._asked(step, at)}
            case "Hears":
                heard = ("hears", f"{step['register']}.{step['event']}")
                turns = (turn for at in here for turn in self.played.turns.get(at, []))
                return {there for turn, there in turns if (turn.how, turn.name) == heard}
        return here

    def _done(self, move: str, values: Word, here: set[Situation]) -> set[Situation]:
        found = set()
        for at in here:
            for step, there in self.played.turns.get(at, []):
                if step.how == "own" and step.name == move and _says(step, values):
                    self.shown.add((at.state, move))
                    found.add(there)
        return found

    def _passed(self, clock: str, at: Situation) -> Iterable[Situation]:
        turns = self.played.turns.get(at, [])
        later = [there for step, there in turns if (step.how, step.name) == ("time", clock)] or [at]
        for passed in later:
            lapsed = [
                there for step, there in self.played.turns.get(passed, []) if (step.how, step.name) == ("lapse", clock)
            ]
            yield from lapsed or [passed]

    def _ended(self, finals: tuple[str, ...], at: Situation) -> Iterable[Situation]:
        ballot = self.book.states[at.state].get("ballot", [])
        index = None
        for count in range(1, len(finals) + 1):
            if index is None:
                index = first_that_holds(ballot, finals[:count], complete=count == len(finals))
        if index is None and ballot:
            yield at
        for step, there in self.played.turns.get(at, []):
            if (step.how, step.name) == ("join", str(index)):
                yield there

    def _asked(self, step: Word, at: Situation) -> Iterable[Situation]:
        request = next((request for request in self.book.requests if request["key"] == step["request"]), None)
        if request is None or at.state not in request["states"]:
            return
        turns = [turn for turn in self.played.turns.get(at, []) if turn[0].how in ("demand", "rows")]
        asked = [(turn, there) for turn, there in turns if turn.name == step["request"]]
        if not request.get("demand") and not asked:
            yield at
        yield from (there for turn, there in asked if _says(turn, step.get("values", {})))


def _agrees(said: Iterable[tuple[str, str | bool]], values: Word) -> bool:
    return all(key not in values or values[key] == value for key, value in said)


def _says(step: Step, values: Word) -> bool:
    return _agrees(step.said, values) and not any(key in values for key in step.left_out)
