"""The fold: a matter is what records 1..n of its trail say, and nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.trail import Kind, Record


@dataclass(frozen=True)
class ClockStanding:
    """
    How one clock of a matter stands: its lap, whether it runs, and the inputs from which it is recomputed.

    `provisional`: the day rests on a year whose holiday notice is still missing.
    """

    lap: int
    running: bool
    inputs: Mapping[str, Json]
    due_on: date | None
    calendar: str
    provisional: bool = False


@dataclass(frozen=True)
class ChildStanding:
    """How one child stands for its parent: who answers, in which round, and how it ended."""

    organ: str
    round: int
    ending: str = ""


@dataclass(frozen=True)
class Situation:
    """A matter as its trail tells it."""

    uid: str
    mechanism: str = ""
    version: int = 0
    declaration: str = ""
    state: str = ""
    holder: str = ""
    initiator: str = ""
    number: str = ""
    roles: Mapping[str, Json] = field(default_factory=dict)
    values: Mapping[str, Json] = field(default_factory=dict)
    facts: Mapping[str, bool] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    clocks: Mapping[str, ClockStanding] = field(default_factory=dict)
    children: Mapping[str, ChildStanding] = field(default_factory=dict)
    requests: Mapping[str, Json] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    round: int = 0
    closed: str = ""
    closed_on: date | None = None
    seq: int = 0
    stay_seq: int = 0
    stay_on: date | None = None
    opened_on: date | None = None
    issued_seq: int = 0
    node: str = ""
    epoch: int = 0
    in_transit: bool = False
    recorded_at: datetime | None = None

    def organ_of(self, role: str) -> str:
        """Return the organ bound to a single role, empty when none is."""
        organ = self.roles.get(role, "")
        return organ if isinstance(organ, str) else ""

    def organs_of(self, role: str) -> tuple[str, ...]:
        """Return the organs bound to a role, one or many."""
        bound = self.roles.get(role, [])
        if isinstance(bound, list):
            return tuple(str(organ) for organ in bound)
        return (str(bound),) if bound else ()

    @property
    def awaited_children(self) -> tuple[str, ...]:
        """Return the children of the present round that have not ended."""
        return tuple(uid for uid, child in self.children.items() if child.round == self.round and not child.ending)

    @property
    def parties(self) -> tuple[str, ...]:
        """Return every organ bound to a role, each once."""
        return tuple(dict.fromkeys(organ for role in self.roles for organ in self.organs_of(role)))


def fold(records: Iterable[Record]) -> Situation:
    """Return the situation that a trail tells. Raises: `ValueError` on an empty or gapped trail."""
    situation: Situation | None = None
    for record in records:
        situation = advance(situation, record)
    if situation is None:
        raise ValueError("an empty trail tells nothing")
    return situation


def advance(situation: Situation | None, record: Record) -> Situation:
    """Return the situation after one more record. Raises: `ValueError` when it does not follow."""
    before = situation or Situation(uid=record.matter)
    if record.seq != before.seq + 1 or record.matter != before.uid:
        raise ValueError(f"record {record.seq} does not follow {before.seq}")
    changes: dict[str, Any] = {
        "seq": record.seq,
        "node": record.node,
        "epoch": record.epoch,
        "recorded_at": record.recorded_at,
        "opened_on": before.opened_on or record.effective_on,
        "values": _values(before, record),
        "counts": _counts(before, record),
    }
    changes |= dict(_told(before, record))
    changes |= _arrival(before, record, closed=changes.get("closed", before.closed))
    # what `replace` does, in a third of the time: every act and every verification folds
    return Situation(**{**vars(before), **changes})


def _told(before: Situation, record: Record) -> Iterator[tuple[str, Any]]:
    """Yield what the record says anew; most of what a situation holds most records leave alone."""
    told = record.resolved
    for key in told:
        if key in _TEXTS:
            yield key, _text(told, key, getattr(before, key))
        elif key in _NUMBERS:
            yield key, _number(told, key, getattr(before, key))
        elif key in _CHANGES:
            name, change = _CHANGES[key]
            yield name, change(before, record)


def _arrival(before: Situation, record: Record, *, closed: str) -> dict[str, Any]:
    """
    Return how the record's state is entered: every move begins a new stay, and so does whatever else changes the state.

    A matter that closes before it left its organ was never issued.
    """
    if record.to_state == before.state and record.kind is not Kind.MOVE:
        return {}
    inside = record.resolved.get("inner") is True or (before.seq > 0 and closed != "")
    issued = before.issued_seq or (0 if inside else record.seq)
    return {"state": record.to_state, "stay_seq": record.seq, "stay_on": record.effective_on, "issued_seq": issued}


def merged(values: Mapping[str, Json], given: Mapping[str, Json]) -> dict[str, Json]:
    """Return the values with what was given; `rows.column` fills that column, one value for each row."""
    after = dict(values)
    for key, value in given.items():
        rows, _, column = key.partition(".")
        after[rows] = _with_column(after.get(rows), column, value) if column else value
    return after


def value_at(values: Mapping[str, Json], key: str) -> Json:
    """Return what stands at a key, for `rows.column` the column; None when nothing was given."""
    rows, _, column = key.partition(".")
    if not column:
        return values.get(key)
    cells = [row.get(column) for row in _listed(values.get(rows)) if isinstance(row, dict)]
    return None if None in cells else cells or None


def _with_column(rows: Json, column: str, given: Json) -> list[Json]:
    filled: list[Json] = []
    for row, value in zip(_listed(rows), _listed(given), strict=True):
        filled.append({**row, column: value} if isinstance(row, dict) else row)
    return filled


def _values(before: Situation, record: Record) -> dict[str, Json]:
    values = merged(before.values, record.values)
    for key, rows_added in _object(record.resolved, "added").items():
        values[key] = _listed(values.get(key)) + _listed(rows_added)
    return values


def _counts(before: Situation, record: Record) -> dict[str, int]:
    told = {act: count for act, count in _object(record.resolved, "counts").items() if isinstance(count, int)}
    counts = {**before.counts, **told}
    if record.kind is Kind.MOVE:
        counts[record.act] = counts.get(record.act, 0) + 1
    return counts


def _clocks(before: Situation, record: Record) -> dict[str, ClockStanding]:
    clocks = dict(before.clocks)
    for key, told in _object(record.resolved, "clocks").items():
        event = told if isinstance(told, dict) else {}
        clocks[key] = ClockStanding(
            lap=_number(event, "lap", 1),
            running=event.get("do") != "end",
            inputs=_object(event, "inputs"),
            due_on=_day(event, "due_on"),
            calendar=_text(event, "calendar", ""),
            provisional=event.get("provisional") is True,
        )
    return clocks


def _children(before: Situation, record: Record) -> dict[str, ChildStanding]:
    children = dict(before.children)
    for child in _objects(record.resolved, "children"):
        children[_text(child, "uid", "")] = ChildStanding(
            organ=_text(child, "organ", ""), round=_number(child, "round", 1)
        )
    for uid, ending in _object(record.resolved, "ended").items():
        children[uid] = replace(children[uid], ending=str(ending))
    return children


def _requests(before: Situation, record: Record) -> dict[str, Json]:
    requests = {**before.requests, **_object(record.resolved, "requests")}
    return {slip: request for slip, request in requests.items() if request is not None}


def _facts(before: Situation, record: Record) -> dict[str, bool]:
    told = _object(record.resolved, "facts")
    return {**before.facts, **{fact: value is True for fact, value in told.items()}}


def _opened(before: Situation, record: Record) -> tuple[str, ...]:
    return before.opened + tuple(_text(entry, "mechanism", "") for entry in _objects(record.resolved, "opened"))


def _text(told: Mapping[str, Json], key: str, default: str) -> str:
    value = told.get(key, default)
    return value if isinstance(value, str) else default


def _number(told: Mapping[str, Json], key: str, default: int) -> int:
    value = told.get(key, default)
    return value if isinstance(value, int) else default


def _day(told: Mapping[str, Json], key: str) -> date | None:
    value = told.get(key)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _object(told: Mapping[str, Json], key: str) -> dict[str, Json]:
    value = told.get(key)
    return value if isinstance(value, dict) else {}


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _objects(told: Mapping[str, Json], key: str) -> list[dict[str, Json]]:
    return [entry for entry in _listed(told.get(key)) if isinstance(entry, dict)]


def _texts(told: Mapping[str, Json], key: str) -> tuple[str, ...]:
    return tuple(str(entry) for entry in _listed(told.get(key)))


_TEXTS = frozenset({"mechanism", "declaration", "holder", "initiator", "number", "closed"})
_NUMBERS = frozenset({"version", "round"})
# by what a record resolved: which part of the situation it changes, and how
_CHANGES: Mapping[str, tuple[str, Callable[[Situation, Record], Any]]] = {
    "in_transit": ("in_transit", lambda before, record: record.resolved["in_transit"] is True),
    "closed_on": ("closed_on", lambda before, record: _day(record.resolved, "closed_on") or before.closed_on),
    "roles": ("roles", lambda before, record: {**before.roles, **_object(record.resolved, "roles")}),
    "facts": ("facts", _facts),
    "clocks": ("clocks", _clocks),
    "children": ("children", _children),
    "ended": ("children", _children),
    "requests": ("requests", _requests),
    "opened": ("opened", _opened),
    "documents": ("documents", lambda before, record: before.documents + _texts(record.resolved, "documents")),
    "copies": (
        "copies",
        lambda before, record: tuple(dict.fromkeys(before.copies + _texts(record.resolved, "copies"))),
    ),
}
