"""The play: every situation that a matter can come into, by whatever anybody does or leaves undone."""

from collections import deque
from typing import NamedTuple

from tests.oracles.arrivals import Arrivals
from tests.oracles.ballots import Outcomes, outcomes
from tests.oracles.board import Board, Note, Situation, Step
from tests.oracles.county import County
from tests.oracles.rulebook import Rulebook, Word

MOST = 20_000  # situations of one declaration; beyond that the judge abstains

Turn = tuple[Step, Situation]


class Played(NamedTuple):
    """All that was played: where each situation was first reached from, what may happen in it, what was wrong."""

    openings: dict[Situation, Word]
    reached: dict[Situation, tuple[Situation, Step] | None]
    turns: dict[Situation, list[Turn]]
    coming: dict[Situation, set[str]]
    notes: list[Note]
    whole: bool

    def way_to(self, at: Situation) -> list[tuple[Situation, Step]]:
        """Return the steps by which the situation was first reached."""
        way: list[tuple[Situation, Step]] = []
        came = self.reached[at]
        while came is not None:
            way.append(came)
            came = self.reached[came[0]]
        return way[::-1]


class Table:
    """Everybody who can do something with the matter, asked one after the other."""

    def __init__(self, book: Rulebook, county: County, *, inside: frozenset[str] = frozenset()) -> None:
        self.book, self.county, self.inside = book, county, inside
        self.board = Board(book)
        self.arrivals = Arrivals(self.board, county)
        self.coming: dict[Situation, set[str]] = {}
        self.hands: dict[str, Outcomes] = {}

    def turns(self, at: Situation) -> list[Turn]:
        """Return every next act: of the holder, of the engine, of the children, of those who may demand."""
        state = self.book.states[at.state]
        if state["word"] == "Final":
            return []
        found = [*self._own(at, state), *self._lapses(at, state), *self._demands(at), *self._hears(at)]
        if state["word"] == "Await":
            found += self._joins(at, state)
        for clock in self.book.heard:
            if clock not in at.past and self.book.runs(clock, at.state):
                found.append((Step("time", clock), at._replace(past=at.past | {clock})))
        return found

    def _own(self, at: Situation, state: Word) -> list[Turn]:
        found: list[Turn] = []
        granted = self.book.granted(at.state)
        for move in state.get("moves", []):
            to, window = self.board.leads(move, at), self.board.window(move, at)
            if not to or window == "shut":
                continue
            where = f"{at.state}.{move['key']}"
            for filled, said in self.board.fillings(move, at, where):
                if not self.board.holds(move.get("when", []), said, where):
                    continue
                if window == "coming":
                    self.coming.setdefault(at, set()).add("granted" if move["key"] in granted else "own")
                    continue
                step = filled._replace(renews=bool(move.get("renews")), granted=move["key"] in granted)
                found += self._taken(step, at, said, move, to, by=[state["holder"]])
        return found

    def _taken(self, step: Step, at: Situation, said: Situation, act: Word, to: str, *, by: list[str]) -> list[Turn]:
        where = f"{at.state}.{step.name}"
        after = self.arrivals.consequences(act, at, self.board.after_act(said, act), where)
        there = self.arrivals.arrive(after, to, act)
        if there is None:
            return []
        self.arrivals.rests(act, at, to, where)
        if self.book.states[to]["word"] == "Final":
            self.arrivals.closes(act, at, there, how=step.how, by=by)
        return [(step, there)]

    def _lapses(self, at: Situation, state: Word) -> list[Turn]:
        found: list[Turn] = []
        fired: set[str] = set()
        for lapse in state.get("lapses", []):
            clock = lapse["clock"]
            if clock not in self.book.clocks:
                self.board.note("unknown", f"{at.state}: lapse of {clock}", at)
                continue
            if not self.book.runs(clock, at.state):
                self.board.note("window", f"{at.state}: lapse of {clock}, which does not run here", at, grave=False)
            elif clock not in fired and self.board.holds(lapse.get("when", []), at, f"{at.state}: lapse of {clock}"):
                fired.add(clock)
                if clock in at.past:
                    found += self._taken(Step("lapse", clock), at, at, lapse, lapse["to"], by=[])
                else:
                    self.coming.setdefault(at, set()).add("lapse")
        return found

    def _demands(self, at: Situation) -> list[Turn]:
        found: list[Turn] = []
        for request in self.book.requests:
            if at.state not in request["states"]:
                continue
            where = f"{at.state}: request {request['key']}"
            if request.get("grants") and not request.get("answer_by"):
                self.board.note("unclocked", f"{where} is never answered", at)
            moves = self.book.states[at.state].get("moves", [])
            if request.get("grants", "") not in {"", *(move["key"] for move in moves)}:
                self.board.note("unknown", f"{where}: no move to grant", at, grave=False)
            able = [role for role in request["by"] if self.board.is_bound(role, at)]
            self._may_ask(request, able, at, where)
            for filled, said in self.board.fillings(request, at, where):
                if not self.board.holds(request.get("when", []), said, where) or not able:
                    continue
                if request.get("demand"):
                    step = filled._replace(how="demand")
                    found += self._taken(step, at, said, request, request["demand"], by=request["by"])
                elif at.given & self.board.emptied([request.get("rows", "")]):
                    there = at._replace(given=at.given - self.board.emptied([request["rows"]]))
                    found.append((Step("rows", request["key"]), there))
        return found

    def _hears(self, at: Situation) -> list[Turn]:
        """Return where registers may lead the matter."""
        found: list[Turn] = []
        for heed in self.book.heeds:
            if at.state in heed.get("states", []) and heed.get("to"):
                name = f"{heed['register']}.{heed['event']}"
                if heed.get("before", "") in self.book.watched - at.given:
                    self.board.note("vague", f"{at.state}: {name} before {heed['before']}", at, grave=False)
                found += self._taken(Step("hears", name), at, at, heed, heed["to"], by=[])
        return found

    def _may_ask(self, request: Word, able: list[str], at: Situation, where: str) -> None:
        several = all(self.book.roles.get(role, {}).get("many") for role in request["by"])
        if len(able) < len(request["by"]) or not able:
            self.board.note("requester", where, at, grave=not able and not several)
        holder = self.book.states[at.state]["holder"]
        if holder in able:
            self.board.note("requester", f"{where} by the holder", at, grave=len(able) == 1)

    def _joins(self, at: Situation, state: Word) -> list[Turn]:
        found: list[Turn] = []
        for index, by_size in sorted(self._hands(at, state).deciding.items()):
            tally = state["ballot"][index]
            step = Step("join", str(index), endings=by_size[min(by_size)])
            filled = at._replace(given=at.given | self._come_back(state))
            found += self._taken(step, at, filled, tally, tally["to"], by=[state["holder"]])
        return found

    def _come_back(self, state: Word) -> frozenset[str]:
        rows, _, column = state["per"].partition(".")
        return self.book.watched & {f"{rows}.{outcome}" for outcome in state.get("outcomes", []) if column}

    def _hands(self, at: Situation, state: Word) -> Outcomes:
        if at.state not in self.hands:
            root, _, column = state["per"].partition(".")
            field = self.book.fields.get(root, {})
            finals = self._endings(at, state)
            hands = outcomes(state.get("ballot", []), finals, at_least=field.get("at_least", 0 if column else 1))
            if hands.undecided or not finals:
                example = "、".join(hands.undecided[0]) if hands.undecided else "no ending"
                self.board.note("undecided", f"{at.state}: {example}", at)
            self.hands[at.state] = hands
        return self.hands[at.state]

    def _endings(self, at: Situation, state: Word) -> frozenset[str]:
        child = self.county.rulebook(state["child"])
        entry = child.entry(state.get("entry", "")) if child else None
        if child is None or entry is None or child.key in self.inside:
            return frozenset()
        handed = frozenset(role for role in child.roles if role in self.book.roles and self.board.is_bound(role, at))
        handed = (handed | {state["each"]}) & frozenset(child.roles)
        _, played = staged(child, self.county, entry, also_bound=handed, inside=self.inside | {self.book.key})
        return frozenset(s.state for s in played.reached if child.states[s.state]["word"] == "Final")


def staged(
    book: Rulebook,
    county: County,
    *entries: Word,
    also_bound: frozenset[str] = frozenset(),
    inside: frozenset[str] = frozenset(),
) -> tuple[Table, Played]:
    """Return what was played from these entries, playing it when nobody has yet in this county."""
    states = tuple(entry["state"] for entry in entries or book.entries)
    told = [{entry["by"], *entry.get("carried", [])} for entry in entries or book.entries]
    also_bound = (also_bound & frozenset(book.roles)) - frozenset(set.intersection(*told) if told else ())
    scene = (id(book), states, also_bound, book.key in inside)
    if scene not in county.played:
        table = Table(book, county, inside=inside | {book.key})
        county.played[scene] = (table, play(table, *entries, also_bound=also_bound))
    table, played = county.played[scene]
    return table, played


def play(table: Table, *entries: Word, also_bound: frozenset[str] = frozenset()) -> Played:
    """Play from these entries, all of them when none is named, until nothing new happens."""
    openings: dict[Situation, Word] = {}
    reached: dict[Situation, tuple[Situation, Step] | None] = {}
    turns: dict[Situation, list[Turn]] = {}
    for entry in entries or table.book.entries:
        for first in table.board.openings(entry, also_bound=also_bound):
            there = table.arrivals.arrive(first, entry["state"])
            if there is not None:
                openings[there] = entry
                reached[there] = None
    waiting = deque(reached)
    while waiting and len(reached) < MOST:
        at = waiting.popleft()
        turns[at] = table.turns(at)
        for step, there in turns[at]:
            if there not in reached:
                reached[there] = (at, step)
                waiting.append(there)
    notes = list(table.board.notes.values())
    return Played(openings, reached, turns, table.coming, notes, not waiting)
