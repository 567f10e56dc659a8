"""Requests: what a party that does not hold may ask for, and what waits for the holder's answer."""

from dataclasses import dataclass

from fuyuantong.desk.forms.boxes import Box, boxes_of
from fuyuantong.desk.matters.panel import Entry
from fuyuantong.desk.matters.subject import Subject
from fuyuantong.desk.matters.values import Shown, values_of
from fuyuantong.protocol import Mechanism, Request, Rows
from fuyuantong.protocol.offers import requests_open_to
from fuyuantong.protocol.values import Fault, ValuesRefused
from fuyuantong.refusal import Refusal


@dataclass(frozen=True)
class Asking:
    """
    A request that the person's organ may make now, as a form.

    `adds`: it adds a row for which this state is there; what may be handed in at any time is not asked for.
    """

    key: str
    title: str
    boxes: tuple[Box, ...]
    refusal: Refusal | None
    demands: bool
    adds: bool


@dataclass(frozen=True)
class Waiting:
    """A request that waits for the holder: who asked for what, and the move that would grant it."""

    slip: str
    title: str
    organ: str
    values: list[Shown]
    grants: str
    mine: bool


def asking_of(subject: Subject, *, refused: tuple[str, Entry] | None) -> list[Asking]:
    """Return the requests open to the own organ; of a refused one with what was typed."""
    if subject.own is None or subject.situation.closed or not subject.may():
        return []
    found = requests_open_to(subject.mechanism, subject.situation, subject.own.code)
    return [
        _asking(subject, request, refused[1] if refused and refused[0] == request.key else None) for request in found
    ]


def fields_asked(mechanism: Mechanism, request: Request) -> tuple[Mechanism, tuple[str, ...], tuple[str, ...]]:
    """Return by which declaration a request is filled in: one that adds a row is filled in like that row."""
    if not request.rows:
        return mechanism, request.asks, request.may_ask
    table = mechanism.value(request.rows)
    columns = table.typed if isinstance(table, Rows) else ()
    keys = tuple(column.key for column in columns)
    return Mechanism(mechanism.key, mechanism.title, fields=columns), keys, request.may_ask


def waiting_of(subject: Subject) -> list[Waiting]:
    """Return the requests that nobody has answered."""
    requests = {request.key: request for request in subject.mechanism.requests}
    waiting = []
    for slip, told in subject.situation.requests.items():
        if not isinstance(told, dict) or str(told.get("request")) not in requests:
            continue
        request, values = requests[str(told["request"])], told.get("values")
        waiting.append(
            Waiting(
                slip=slip,
                title=request.title,
                organ=subject.names[str(told.get("organ", ""))],
                values=values_of(subject, values if isinstance(values, dict) else {}),
                grants=request.grants,
                mine=subject.has_turn,
            )
        )
    return waiting


def _asking(subject: Subject, request: Request, entry: Entry | None) -> Asking:
    mechanism, asks, may_ask = fields_asked(subject.mechanism, request)
    refusal = entry.refusal if entry else None
    boxes = boxes_of(
        mechanism,
        asks=asks,
        may_ask=may_ask,
        given=entry.values if entry else {},
        standing=subject.situation.values,
        faults=_faults(refusal, request),
        desk=subject.desk,
    )
    adds = bool(request.rows) and len(request.states) == 1
    return Asking(request.key, request.title, tuple(boxes), refusal, bool(request.demand), adds)


def _faults(refusal: Refusal | None, request: Request) -> tuple[Fault, ...]:
    """Return the faults of a refused request; those of a row at the boxes of its columns."""
    if not isinstance(refusal, ValuesRefused):
        return ()
    row = f"{request.rows}[1]."
    return tuple(
        Fault(fault.field.removeprefix(row) if request.rows else fault.field, fault.detail) for fault in refusal.faults
    )
