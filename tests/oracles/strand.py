"""
The judge: can a matter of this declaration be stranded? Asked by playing it, not by reasoning about it.

It knows a declaration by its canonical JSON alone and shares nothing with the proof: the words are read by
`rulebook`, a matter is played on the `board` until nothing new can happen (`play`), and the questions of core.md
section 2 are asked of the situations that really occurred.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.oracles.board import Note, Situation, Step
from tests.oracles.county import County
from tests.oracles.laps import leading_to, on_laps, strong_parts
from tests.oracles.misspelled import misspelled
from tests.oracles.play import Played, Table, staged
from tests.oracles.rulebook import Rulebook, Word
from tests.oracles.shows import Shows


class Finding(NamedTuple):
    """A rule that is broken, where, by what path; `grave` when every reading of the rules says so."""

    rule: str
    where: str
    grave: bool
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{'' if self.grave else '(?) '}{self.rule}: {self.where}  [{' · '.join(self.path)}]"


class Verdict(NamedTuple):
    """Everything that was found, over so many situations; `whole` is false when there was too much to play."""

    findings: tuple[Finding, ...]
    whole: bool
    situations: int

    @property
    def strands(self) -> bool:
        """Tell whether something is wrong beyond doubt."""
        return any(finding.grave for finding in self.findings)

    @property
    def clean(self) -> bool:
        """Tell whether nothing is wrong, not even on the strictest reading."""
        return self.whole and not self.findings

    def rules(self) -> set[str]:
        """Return the rules that are broken beyond doubt."""
        return {finding.rule for finding in self.findings if finding.grave}


def judge(declaration: Word, catalogue: Mapping[str, Word] | None = None, *, county: County | None = None) -> Verdict:
    """Judge one declaration, and the children declared in it, among the others that are in force."""
    others = {**(catalogue or {}), declaration["key"]: declaration}
    county = county or County(others)
    book = county.rulebook(declaration["key"])
    assert book is not None
    findings = [*_circles(others, declaration["key"])]
    if not book.entries:
        findings.append(Finding("nowhere", "no entry", True))
    whole = _judge(book, county, frozenset(), findings, "")
    _, played = staged(book, county)
    return Verdict(tuple(dict.fromkeys(findings)), whole, len(played.reached))


def _judge(book: Rulebook, county: County, handed: frozenset[str], findings: list[Finding], prefix: str) -> bool:
    _, played = staged(book, county, also_bound=handed)
    seen = [*played.notes]
    if played.whole:
        seen += [*_stuck(book, played), *_laps(book, played), *Shows(book, played).all()]
    findings += [Finding(rule, prefix + where, False) for rule, where in misspelled(book)]
    findings += [_finding(note, played, prefix) for note in seen]
    return all([played.whole, *_children(book, played, county, findings, prefix)])


def _children(book: Rulebook, played: Played, county: County, findings: list[Finding], prefix: str) -> Iterator[bool]:
    """Judge each child with what its parent always hands over; then with only what it says it is handed."""
    for state in book.stations():
        if state["word"] != "Await" or isinstance(state["child"], str):
            continue
        child = county.rulebook(state["child"])
        assert child is not None
        shared = set(child.roles) & set(book.roles)
        for at in played.reached:
            if at.state == state["key"]:
                shared &= _named(book, at)
        handed = frozenset(shared | {state["each"]}) & frozenset(child.roles)
        inside = f"{prefix}{child.key}/"
        generous: list[Finding] = []
        yield _judge(child, county, handed, generous, inside)
        strict: list[Finding] = []
        _judge(child, county, frozenset(), strict, inside)
        findings += generous
        findings += [f._replace(grave=False) for f in strict if f.grave and f.rule not in {g.rule for g in generous}]


def _named(book: Rulebook, at: Situation) -> set[str]:
    table = Table(book, County({}))
    return {role for role in book.roles if table.board.is_bound(role, at)}


def _finding(note: Note, played: Played, prefix: str) -> Finding:
    path: tuple[str, ...] = ()
    if note.at is not None and note.at in played.reached:
        path = (*(_told(at, step) for at, step in played.way_to(note.at)), note.at.state)
    return Finding(note.rule, prefix + note.where, note.grave, path)


def _told(at: Situation, step: Step) -> str:
    said = "，".join(f"{key}={value}" for key, value in step.said)
    return f"{at.state} —{step.how} {step.name}{'，' if said else ''}{said}→"


def _stuck(book: Rulebook, played: Played) -> Iterator[Note]:
    """Find situations from which no ending can be reached, and holders who can do nothing."""
    ends = {at for at in played.reached if book.states[at.state]["word"] == "Final"}
    for freely in (True, False):
        graph = {
            at: [there for step, there in turns if freely or not step.granted] for at, turns in played.turns.items()
        }
        alive = leading_to(graph, ends)
        lost = next((at for at in played.reached if at not in alive), None)
        if lost:
            yield Note("endless", lost.state, freely, lost)
    for at, turns in played.turns.items():
        if at not in ends:
            yield from _idle(book, played, at, [step for step, _ in turns])


def _idle(book: Rulebook, played: Played, at: Situation, steps: list[Step]) -> Iterator[Note]:
    coming = played.coming.get(at, set())
    now = {("granted" if step.granted else "own") for step in steps if step.how == "own"}
    own = now | (coming - {"lapse"})
    lapses = "lapse" in coming or any(step.how == "lapse" for step in steps)
    if book.states[at.state]["word"] == "Await" and "own" not in now:
        yield Note("await-act", at.state, not own and not lapses, at)
    elif "own" not in now and not lapses:
        yield Note("idle", at.state, not own, at)


def _laps(book: Rulebook, played: Played) -> Iterator[Note]:
    """Find laps that bring nothing new, and renewed laps that their holder cannot leave."""
    plain = {
        at: [there for step, there in turns if not step.renews and step.how != "rows"]
        for at, turns in played.turns.items()
    }
    for at in sorted(on_laps(plain), key=lambda at: at.state)[:1]:
        yield Note("circling", at.state, True, at)
    every = {at: [there for _, there in turns] for at, turns in played.turns.items()}
    for part in strong_parts(every):
        leaves = {
            at
            for at in part
            for step, there in played.turns[at]
            if step.how == "own" and not step.granted and there not in part
        }
        first = min(part, key=lambda at: at.state)
        if not leaves:
            yield Note("renewal", f"{first.state}: no exit of the holder", True, first)
        elif on_laps({at: [n for n in every[at] if n in part - leaves] for at in part - leaves}):
            yield Note("renewal", f"{first.state}: a lap without an exit of the holder", False, first)
    for at, turns in played.turns.items():
        renewing = any(step.renews for step, _ in turns)
        if renewing and not any(
            step.how == "own" and not step.renews and there.state != at.state for step, there in turns
        ):
            yield Note("renewal", f"{at.state}: only renewed", False, at)
    for state, move in book.moves():
        if move.get("renews") and not state.get("judged_by"):
            yield Note("renewal", f"{state['key']}.{move['key']} has no clock", False, None)


def _circles(others: Mapping[str, Word], key: str) -> Iterator[Finding]:
    """Find declarations that wait for, or open, themselves in the end."""
    awaits = {name: list(_awaited(other)) for name, other in others.items()}
    opens = {name: list(_opened(other)) for name, other in others.items()}
    for rule, graph, grave in (("awaits-itself", awaits, True), ("opens-itself", opens, False)):
        if any(key in part for part in strong_parts(graph)):
            yield Finding(rule, key, grave)


def _awaited(declaration: Word) -> Iterator[str]:
    for state in declaration.get("states", []):
        if state["word"] == "Await":
            if isinstance(state["child"], str):
                yield state["child"]
            else:
                yield from _awaited(state["child"])


def _opened(declaration: Word) -> Iterator[str]:
    for state in declaration.get("states", []):
        for act in (*state.get("moves", []), *state.get("lapses", []), *state.get("ballot", [])):
            yield from (opening["mechanism"] for opening in act.get("opens", []))
        if state["word"] == "Await" and not isinstance(state["child"], str):
            yield from _opened(state["child"])
