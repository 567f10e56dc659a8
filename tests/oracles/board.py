"""The board: one matter played concretely, act by act. Nothing of ours is imported here: see `strand.py`."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from tests.oracles.rulebook import RELATIONS, Rulebook, Scalar, Word

UNISSUED, PERHAPS_ISSUED, ISSUED = 0, 1, 2


class Situation(NamedTuple):
    """Where a matter stands: what has been said, counted, written and passed so far."""

    state: str
    opener: str
    bound: frozenset[str]
    given: frozenset[str]
    known: frozenset[tuple[str, Scalar]]
    facts: frozenset[str]
    made: frozenset[tuple[str, int]]
    past: frozenset[str]
    done: frozenset[str]
    out: int


class Step(NamedTuple):
    """What was done: by whom (`own`, `lapse`, `time`, `join`, `demand`), its name, and what was said with it."""

    how: str
    name: str
    said: tuple[tuple[str, Scalar], ...] = ()
    left_out: tuple[str, ...] = ()
    renews: bool = False
    granted: bool = False
    endings: tuple[str, ...] = ()


class Note(NamedTuple):
    """Something wrong that was seen at a situation; `grave` when no reading of the rules allows it."""

    rule: str
    where: str
    grave: bool
    at: Situation | None


class Board:
    """The play of one declaration; keeps notes of everything wrong that it comes across."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.notes: dict[tuple[str, str, bool], Note] = {}

    def note(self, rule: str, where: str, at: Situation | None, *, grave: bool = True) -> None:
        """Keep the first sight of each thing that is wrong."""
        self.notes.setdefault((rule, where, grave), Note(rule, where, grave, at))

    def is_bound(self, role: str, at: Situation, *, asking: frozenset[str] = frozenset()) -> bool:
        """Tell whether an organ can be named for the role by now."""
        if role in at.bound:
            return True
        via = self.book.roles[role].get("via", "") if role in self.book.roles else ""
        relation, _, source = via.partition(":")
        if relation == "field":
            return self.is_legible(source, at)
        if relation == "setting":
            return bool(source)
        return relation in RELATIONS and source not in asking and self.is_bound(source, at, asking=asking | {role})

    def is_legible(self, field: str, at: Situation) -> bool:
        """Tell whether a field was given and can be read: of a secret the record holds a commitment only."""
        return field in at.given and not self.book.fields[field].get("secret")

    def holds(self, guards: list[Word], at: Situation, where: str) -> bool:
        """Judge the guards on what has been said; a guard on something never said is noted and fails."""
        known = dict(at.known)
        unsaid, refuted = [], False
        for guard in guards:
            name = guard["of"]
            self._is_possible(guard, at, where)
            if self.book.fields.get(name, {}).get("secret"):
                self.note("secret", f"{where}: guard on {name}", at)
                refuted = True
            elif name in self.book.finite or name in self.book.shallow:
                if name not in known:
                    unsaid.append(name)
                elif known[name] not in guard["values"]:
                    refuted = True
            elif name in self.book.fields:
                self.note("unknown", f"{where}: guard on {name}", at)
                refuted = True
            else:
                if name not in self.book.facts:
                    self.note("unknown", f"{where}: fact {name} is never set", at, grave=False)
                refuted = refuted or (name in at.facts) not in guard["values"]
        for name in unsaid:
            self.note("vague", f"{where}: {name}", at, grave=not refuted)
        return not refuted and not unsaid

    def _is_possible(self, guard: Word, at: Situation, where: str) -> None:
        options = self.book.finite.get(guard["of"]) or self.book.shallow.get(guard["of"]) or (True, False)
        if not set(guard["values"]) <= set(options):
            self.note("unknown", f"{where}: {guard['of']} is never {guard['values']}", at, grave=False)

    def fillings(self, act: Word, at: Situation, where: str) -> Iterator[tuple[Step, Situation]]:
        """Yield every way of filling in the form, as far as it matters to anybody."""
        asks = act.get("asks", [])
        slots = [self._slot(key, at, where, optional=False) for key in asks]
        slots += [self._slot(key, at, where, optional=True) for key in act.get("may_ask", []) if key not in asks]
        for filled in product(*filter(None, slots)):
            said = {key: value for key, value in filled if value is not None}
            finite = {key: value for key, value in said.items() if key in self.book.finite}
            left_out = tuple(key for key, value in filled if value is None)
            step = Step("own", act["key"], said=tuple(sorted(finite.items())), left_out=left_out)
            if not said:
                yield step, at
                continue
            kept = {key: value for key, value in at.known if key not in said}
            given = at.given - self.emptied(said) | self._settled(frozenset(said))
            yield step, at._replace(given=given, known=frozenset({**kept, **finite}.items()))

    def _slot(self, key: str, at: Situation, where: str, *, optional: bool) -> list[tuple[str, Scalar | None]]:
        root, _, column = key.partition(".")
        if root not in self.book.fields or (column and column not in self._columns(root)):
            self.note("unknown", f"{where} asks {key}", at)
        elif column and root in self.book.watched and root not in at.given:
            self.note("vague", f"{where} asks {key} of rows never given", at, grave=False)
        values: list[Scalar] = [True]
        if key in self.book.finite:
            values = list(self.book.finite[key])
        elif root not in self.book.watched:
            return []
        return [(key, value) for value in values] + ([(key, None)] if optional else [])

    def _columns(self, rows: str) -> list[str]:
        return [column["key"] for column in self.book.fields[rows].get("columns", [])]

    def _settled(self, said: frozenset[str]) -> frozenset[str]:
        """Add the columns that are filled in with their rows."""
        settled = set(said)
        for key in said & set(self.book.fields):
            later = self.book.fields[key].get("later", [])
            settled |= {f"{key}.{column}" for column in self._columns(key) if column not in later}
        return frozenset(settled & self.book.watched)

    def emptied(self, tables: Iterable[str]) -> frozenset[str]:
        """Return the later columns of tables, which are empty again in rows that are new."""
        rows = (self.book.fields[key] for key in tables if key in self.book.fields)
        return frozenset(f"{table['key']}.{column}" for table in rows for column in table.get("later", []))

    def openings(self, entry: Word, *, also_bound: frozenset[str] = frozenset()) -> Iterator[Situation]:
        """Yield every first situation at that entry; nothing is checked yet."""
        carried = entry.get("carried", [])
        for key in {entry["by"], *carried} - set(self.book.roles) - set(self.book.fields):
            self.note("unknown", f"entry {entry['state']} knows {key}", None)
        bound = frozenset({entry["by"], *carried, *also_bound} & set(self.book.roles))
        blank = Situation(
            "", entry["by"], bound, frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), 0
        )
        form = {"key": "open", "asks": [key for key in carried if key in self.book.fields]}
        for _, first in self.fillings(form, blank, "opening"):
            yield first

    def after_act(self, at: Situation, act: Word) -> Situation:
        """Return the situation with the facts set, the papers made and the move counted."""
        facts = at.facts
        for fact, value in act.get("sets", {}).items():
            facts = facts | {fact} if value else facts - {fact}
        made = at.made
        if act.get("key", "") in self.book.counted and act["word"] == "Move":
            times = {**dict(made), act["key"]: dict(made).get(act["key"], 0) + 1}
            made = frozenset((key, min(count, self.book.counted[key])) for key, count in times.items())
        papers = {"number"} if act.get("numbers") else set()
        papers |= {f"document:{act['drafts']}"} if act.get("drafts") else set()
        shown = any(act.get(word) for word in ("numbers", "copies", "opens", "signed"))
        return at._replace(
            facts=facts,
            made=made,
            done=at.done | (papers & (self.book.needs | {"number"})),
            out=max(at.out, PERHAPS_ISSUED if shown else UNISSUED),
        )

    def forget(self, at: Situation) -> Situation:
        """Return the situation without whatever nobody can look at any more."""
        read = self.book.still_read[at.state]
        if at.facts <= read and all(name in read for name, _ in (*at.known, *at.made)):
            return at
        return at._replace(
            known=frozenset(said for said in at.known if said[0] in read),
            facts=at.facts & read,
            made=frozenset(count for count in at.made if count[0] in read),
        )

    def worlds(self, guards: list[Word], at: Situation) -> Iterator[Situation]:
        """Yield the situation once for each value of what was said but never mattered until now."""
        names = sorted({guard["of"] for guard in guards if guard["of"] in self.book.shallow} & at.given)
        for values in product(*(self.book.shallow[name] for name in names)):
            yield at._replace(known=at.known | frozenset(zip(names, values, strict=True)))

    def leads(self, move: Word, at: Situation) -> str:
        """Return where the move leads by now; empty when it was made too often."""
        if move.get("at_most") and dict(at.made).get(move["key"], 0) >= move["at_most"]:
            beyond: str = move.get("beyond", "")
            return beyond
        to: str = move["to"]
        return to

    def window(self, move: Word, at: Situation) -> str:
        """Tell whether the move may be made by its window: `open`, `coming` or `shut`."""
        until, after = move.get("until", ""), move.get("not_before", "")
        for clock in filter(None, (until, after)):
            if clock not in self.book.clocks:
                self.note("unknown", f"{at.state}.{move['key']}: clock {clock}", at)
                return "shut"
            if at.state not in self.book.life[clock]:
                self.note("window", f"{at.state}.{move['key']}: {clock} does not live here", at, grave=False)
        if until in at.past or (after and not self.book.life[after]):
            return "shut"
        if not after or after in at.past or at.state not in self.book.life[after]:
            return "open"
        return "coming" if self.book.runs(after, at.state) else "shut"
