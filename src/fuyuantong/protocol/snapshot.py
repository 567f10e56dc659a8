"""A situation as plain data, kept beside the trail so that an act need not fold the whole of it again."""

from collections.abc import Mapping
from datetime import date, datetime

import orjson

from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.fold import ChildStanding, ClockStanding, Situation

APART = frozenset({"values"})  # kept in a column of their own


def situation_to_data(situation: Situation) -> dict[str, Json]:
    """Return the situation without its values as canonical data."""
    parts = {name: part for name, part in vars(situation).items() if name not in APART}
    data: dict[str, Json] = orjson.loads(orjson.dumps(parts))  # a third of the price of walking through it
    return data


def situation_from(data: Mapping[str, Json], *, values: Mapping[str, Json]) -> Situation:
    """Return the situation that `situation_to_data` wrote, with its values."""
    return Situation(
        uid=_text(data, "uid"),
        mechanism=_text(data, "mechanism"),
        version=_number(data, "version"),
        declaration=_text(data, "declaration"),
        state=_text(data, "state"),
        holder=_text(data, "holder"),
        initiator=_text(data, "initiator"),
        number=_text(data, "number"),
        roles=_object(data, "roles"),
        values=values,
        facts={fact: value is True for fact, value in _object(data, "facts").items()},
        counts={move: count for move, count in _object(data, "counts").items() if isinstance(count, int)},
        clocks={key: _clock(clock) for key, clock in _object(data, "clocks").items()},
        children={uid: _child(child) for uid, child in _object(data, "children").items()},
        requests=_object(data, "requests"),
        opened=_texts(data, "opened"),
        documents=_texts(data, "documents"),
        copies=_texts(data, "copies"),
        round=_number(data, "round"),
        closed=_text(data, "closed"),
        closed_on=_day(data, "closed_on"),
        seq=_number(data, "seq"),
        stay_seq=_number(data, "stay_seq"),
        stay_on=_day(data, "stay_on"),
        opened_on=_day(data, "opened_on"),
        issued_seq=_number(data, "issued_seq"),
        node=_text(data, "node"),
        epoch=_number(data, "epoch"),
        in_transit=data["in_transit"] is True,
        recorded_at=datetime.fromisoformat(_text(data, "recorded_at")) if data["recorded_at"] else None,
    )


def _clock(data: Json) -> ClockStanding:
    told = data if isinstance(data, dict) else {}
    return ClockStanding(
        lap=_number(told, "lap"),
        running=told["running"] is True,
        inputs=_object(told, "inputs"),
        due_on=_day(told, "due_on"),
        calendar=_text(told, "calendar"),
        provisional=told["provisional"] is True,
    )


def _child(data: Json) -> ChildStanding:
    told = data if isinstance(data, dict) else {}
    return ChildStanding(_text(told, "organ"), _number(told, "round"), _text(told, "ending"))


def _text(data: Mapping[str, Json], key: str) -> str:
    return str(data[key])


def _number(data: Mapping[str, Json], key: str) -> int:
    value = data[key]
    return value if isinstance(value, int) else 0


def _day(data: Mapping[str, Json], key: str) -> date | None:
    value = data[key]
    return date.fromisoformat(value) if isinstance(value, str) else None


def _object(data: Mapping[str, Json], key: str) -> dict[str, Json]:
    value = data[key]
    return value if isinstance(value, dict) else {}


def _texts(data: Mapping[str, Json], key: str) -> tuple[str, ...]:
    value = data[key]
    return tuple(str(entry) for entry in value) if isinstance(value, list) else ()
