"""Telling: write the examples that a declaration should carry, by finding walks that show every move and ending."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from tests.oracles.board import Situation, Step
from tests.oracles.county import County
from tests.oracles.play import Played, Table, Turn, staged
from tests.oracles.rulebook import Rulebook, Word
from tests.oracles.spelling import tidy

Way = list[tuple[Situation, Step]]

PLAIN: dict[str, Any] = {
    "Text": "甲",
    "Flag": True,
    "Number": 1,
    "Date": "2026-08-03",
    "Time": "09:30",
    "Organ": "HN-WX-01",
    "File": ["ab" * 32],
}


def retell(declaration: Word, others: dict[str, Word] | None = None, *, county: County | None = None) -> None:
    """Replace the examples of a declaration, and of its children, by walks that show all that can be shown."""
    county = county or County({**(others or {}), declaration["key"]: declaration})
    book = county.rulebook(declaration["key"])
    assert book is not None
    _retell(book, county, frozenset())
    tidy(declaration)


def _retell(book: Rulebook, county: County, handed: frozenset[str]) -> None:
    for state in book.stations():
        if state["word"] == "Await" and not isinstance(state["child"], str):
            child = county.rulebook(state["child"])
            assert child is not None
            _retell(child, county, frozenset(book.roles) & frozenset(child.roles) | {state["each"]})
    table, played = staged(book, county, also_bound=handed & frozenset(book.roles))
    tale = _Tale(book, played)
    examples = [_Teller(book, table, tale, way).example(n) for n, way in enumerate(tale.ways())]
    book.data["examples"] = [example for example in examples if example]


class _Tale:
    """What was played, without idle waiting: a clock passes where it lapses, or where a move waits for it."""

    def __init__(self, book: Rulebook, played: Played) -> None:
        self.book, self.openings = book, played.openings
        self.turns = {at: list(self._worth_telling(at, played)) for at in played.reached}
        self.came = self._reach(played)
        self.home = self._homeward()

    def _worth_telling(self, at: Situation, played: Played) -> Iterator[Turn]:
        awaited = {move.get("not_before") for move in self.book.states[at.state].get("moves", [])}
        for step, there in played.turns.get(at, []):
            if step.how != "time":
                yield step, there
                continue
            lapses = [turn for turn in played.turns.get(there, []) if turn[0][:2] == ("lapse", step.name)]
            yield from lapses
            if not lapses and step.name in awaited:
                yield step, there

    def _reach(self, played: Played) -> dict[Situation, tuple[Situation, Step] | None]:
        came: dict[Situation, tuple[Situation, Step] | None] = dict.fromkeys(played.openings)
        waiting = deque(came)
        while waiting:
            at = waiting.popleft()
            for step, there in self.turns[at]:
                if there not in came:
                    came[there] = (at, step)
                    waiting.append(there)
        return came

    def ways(self) -> Iterator[Way]:
        """Yield walks from an opening to an ending until every move and every ending has been on one."""
        shown: set[tuple[str, str]] = set()
        ended: set[str] = set()
        for at in self.came:
            for step, there in self.turns[at]:
                if step.how == "own" and (at.state, step.name) not in shown and there in self.home:
                    way = [*self._way_to(at), (at, step), *self._way_home(there)]
                    shown |= {(one.state, done.name) for one, done in way if done.how == "own"}
                    ended.add(self.end(way).state)
                    yield way
        for at in self.came:
            if self.book.states[at.state]["word"] == "Final" and at.state not in ended:
                ended.add(at.state)
                yield self._way_to(at)

    def end(self, way: Way) -> Situation:
        """Return where the walk ends."""
        at, step = way[-1]
        return next(there for done, there in self.turns[at] if done == step)

    def _way_to(self, at: Situation) -> Way:
        way: Way = []
        came = self.came[at]
        while came is not None:
            way.append(came)
            came = self.came[came[0]]
        return way[::-1]

    def _homeward(self) -> dict[Situation, Turn | None]:
        """Return the next step of a shortest way to an ending, for every situation that has one."""
        before: dict[Situation, list[tuple[Situation, Step]]] = {}
        for at in self.came:
            for step, there in self.turns[at]:
                before.setdefault(there, []).append((at, step))
        home: dict[Situation, Turn | None] = {
            at: None for at in self.came if self.book.states[at.state]["word"] == "Final"
        }
        waiting = deque(home)
        while waiting:
            there = waiting.popleft()
            for at, step in before.get(there, []):
                if at not in home:
                    home[at] = (step, there)
                    waiting.append(at)
        return home

    def _way_home(self, at: Situation) -> Way:
        way: Way = []
        following = self.home[at]
        while following:
            way.append((at, following[0]))
            at = following[1]
            following = self.home[at]
        return way


class _Teller:
    """Write one walk down as an example."""

    def __init__(self, book: Rulebook, table: Table, tale: _Tale, way: Way) -> None:
        self.book, self.table, self.tale, self.way = book, table, tale, way
        self.children = self._number_of_children()

    def _number_of_children(self) -> int:
        """Return how many children every Await on the way has: a number on which all joins of the way agree."""
        joins = [self.table.hands[at.state].deciding[int(step.name)] for at, step in self.way if step.how == "join"]
        agreed = set.intersection(*(set(by_size) for by_size in joins)) if joins else {1}
        return min(agreed, default=0)

    def example(self, number: int) -> Word | None:
        """Return the example; none when its Awaits would need different numbers of children."""
        if not self.children or not self.way:
            return None
        first = self.way[0][0]
        entry = self.tale.openings[first]
        told: Word = {"word": "Example", "title": f"例{number + 1}", "ends": self.tale.end(self.way).state}
        told["steps"] = [step for place in range(len(self.way)) for step in self._step(place)]
        if entry is not self.book.entries[0]:
            told["entry"] = entry["state"]
        known = dict(first.known)
        known_keys = self.book.roles.keys() | self.book.fields.keys()
        carried = {key: self._carried(key, known) for key in entry.get("carried", []) if key in known_keys}
        return {**told, "carried": carried} if carried else told

    def _carried(self, key: str, known: Word) -> Any:
        if key in self.book.roles:
            return f"HN-WX-{sorted(self.book.roles).index(key) + 21}"
        return known.get(key, self._value(key))

    def _step(self, place: int) -> Iterator[Word]:
        at, step = self.way[place]
        if step.how == "own":
            if step.granted:
                yield from self._asking(at, step)
            move = next(m for m in self.book.states[at.state]["moves"] if m["key"] == step.name)
            yield {"word": "Do", "move": step.name, **self._values(move, step)}
        elif step.how == "join":
            hand = self.table.hands[at.state].deciding[int(step.name)][self.children]
            yield {"word": "Endings", "finals": list(hand)}
        elif step.how in ("demand", "rows"):
            request = next(r for r in self.book.requests if r["key"] == step.name)
            yield {"word": "Asks", "request": step.name, **self._values(request, step)}
        elif step.how == "hears":
            register, _, event = step.name.partition(".")
            yield {"word": "Hears", "register": register, "event": event}
        else:
            yield {"word": "Passes", "clock": step.name}

    def _asking(self, at: Situation, step: Step) -> Iterator[Word]:
        for request in self.book.requests:
            if request.get("grants") == step.name and at.state in request["states"]:
                yield {"word": "Asks", "request": request["key"], **self._values(request, Step("demand", ""))}
                return

    def _values(self, act: Word, step: Step) -> Word:
        said = dict(step.said)
        asked = [key for key in act.get("asks", []) if key.partition(".")[0] in self.book.fields]
        optional = [key for key in act.get("may_ask", []) if key.partition(".")[0] in self.book.fields]
        keys = asked + [key for key in optional if key not in step.left_out]
        values = {key: said.get(key, self._value(key)) for key in keys}
        return {"values": values} if values else {}

    def _value(self, key: str) -> Any:
        root, _, column = key.partition(".")
        field = self.book.fields[root]
        if column:
            cell = next(c for c in field.get("columns", []) if c["key"] == column)
            return [_plain(cell)] * max(self.children, field.get("at_least", 1))
        if field["word"] == "Organs":
            return [f"HN-WX-{number + 41}" for number in range(max(self.children, field.get("at_least", 1)))]
        if field["word"] == "Rows":
            return [self._row(field, number) for number in range(max(self.children, field.get("at_least", 1)))]
        return _plain(field)

    def _row(self, field: Word, number: int) -> Word:
        columns = [column for column in field.get("columns", []) if column["key"] not in field.get("later", [])]
        return {c["key"]: f"HN-WX-{number + 41}" if c["word"] == "Organ" else _plain(c) for c in columns}


def _plain(field: Word) -> Any:
    if field.get("samples"):
        return field["samples"][0]
    if field["word"] == "Choice":
        return field["options"][0] if field.get("options") else ""
    if field["word"] == "Number":
        return field.get("at_least", 1)
    return PLAIN.get(field["word"], "甲")
