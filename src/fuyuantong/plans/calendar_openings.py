"""Returns that the calendar opens: which entries of mechanisms allow it, and what a due item puts into them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from fuyuantong.plans.evidence import DONE, Query, Window, endings_of
from fuyuantong.protocol import Choice, Date, Entry, Mechanism, Organ, State, Text

PERIOD: Final = "{period}"
OFFICE: Final = "{office}"
DUE: Final = "{due}"


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What one due item puts in the place of the words of a query: the period as people call it, the office by code."""

    period: str
    office: str
    due_on: date


def calendar_entry(mechanism: Mechanism) -> Entry | None:
    """
    Return the entry of a mechanism that the calendar can open, as far as there is such a one.

    It must carry a day by which the first holder owes something, one organ that receives, words and choices, and
    nothing that only a person can tell.
    """
    kinds = {field.key: field for field in mechanism.fields}
    for entry in mechanism.entries:
        carried = [kinds.get(key) for key in entry.carried]
        is_known = all(isinstance(one, Choice | Text | Date | Organ) for one in carried)
        organs = sum(isinstance(one, Organ) for one in carried)
        if entry.opened and is_known and organs == 1 and _due_field(mechanism, entry):
            return entry
    return None


def by_calendar(query: Query, mechanism: Mechanism, *, sort: str = "", receiver: str = OFFICE) -> Query:
    """
    Return a query whose due items each open a return, and are done when it has come in.

    Shape: `sort` is an option of the Choice that the entry carries, `receiver` the code of an organ.
    Raises: `ValueError` for a mechanism that has no such entry.
    """
    entry = calendar_entry(mechanism)
    if entry is None:
        raise ValueError(mechanism.key)
    choice = sort_field(mechanism)
    return replace(
        query,
        field=choice.key if choice and sort else "",
        value=sort,
        entry=entry.state,
        carry=tuple(_words(mechanism, entry, sort=sort, receiver=receiver)),
        at=answered(mechanism, entry),
        role=entry.by,
        window=Window.PERIOD,
        number=1,
        percent=None,
    )


def sort_field(mechanism: Mechanism) -> Choice | None:
    """Return the Choice that a return opened by the calendar must name."""
    entry = calendar_entry(mechanism)
    carried = entry.carried if entry else ()
    return next((one for one in mechanism.fields if isinstance(one, Choice) and one.key in carried), None)


def answered(mechanism: Mechanism, entry: Entry) -> tuple[str, ...]:
    """Return the states in which what was owed has come in: on the way to a good ending, without going by default."""
    moves = {state.key: state.moves for state in mechanism.states if isinstance(state, State)}
    good = {ending.key for ending in endings_of(mechanism) if ending.kind in DONE}
    reached, wanted = set[str](), [move.to for move in moves[entry.state]]
    while wanted:
        state = wanted.pop()
        if state not in reached and state != entry.state and (state in moves or state in good):
            reached.add(state)
            wanted.extend(move.to for move in moves.get(state, ()))
    return tuple(state.key for state in mechanism.states if state.key in reached)


def filled(query: Query, filling: Filling) -> dict[str, str]:
    """Return the values with which a due item opens its return."""
    known = {PERIOD: filling.period, OFFICE: filling.office, DUE: filling.due_on.isoformat()}
    return {key: _filled(words, known) for key, words in query.carry}


def title_of(mechanism: Mechanism, values: Mapping[str, str]) -> str:
    """Return the name by which a return is searched, among the values with which it opens."""
    named = (values[one.key] for one in mechanism.fields if isinstance(one, Text) and one.indexed and one.key in values)
    return next(named, "")


def _filled(words: str, known: Mapping[str, str]) -> str:
    for place, value in known.items():
        words = words.replace(place, value)
    return words


def _words(mechanism: Mechanism, entry: Entry, *, sort: str, receiver: str) -> Iterator[tuple[str, str]]:
    """Yield what goes into each field: a name by which it is searched says of what kind it is, other words the period."""
    due = _due_field(mechanism, entry)
    for field in mechanism.fields:
        if field.key not in entry.carried:
            continue
        match field:
            case Organ():
                yield field.key, receiver
            case Choice():
                yield field.key, sort
            case Text(indexed=True):
                yield field.key, PERIOD + (sort or mechanism.title)
            case _:
                yield field.key, DUE if field.key == due else PERIOD


def _due_field(mechanism: Mechanism, entry: Entry) -> str:
    """Return the Date by which the clock of the first state runs out; empty when it is not carried."""
    state = next(one for one in mechanism.states if one.key == entry.state)
    judged = state.judged_by if isinstance(state, State) else ""
    untils = [clock.until for clock in mechanism.clocks if clock.key == judged and clock.until in entry.carried]
    return untils[0] if untils else ""
