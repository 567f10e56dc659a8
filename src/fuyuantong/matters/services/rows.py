"""The rows of a record, read and written as they are: every act of the county passes here, so no object is built in between."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.db import connection

from fuyuantong.matters.models.clock import ClockState
from fuyuantong.matters.models.matter import Matter
from fuyuantong.protocol import Json
from fuyuantong.protocol.fold import ClockStanding
from fuyuantong.protocol.trail import Record
from fuyuantong.seal.canonical import spelling

_FIELDS = Matter._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
_FROM_JSON = frozenset({_NAMES.index("values"), _NAMES.index("fold")})
MATTER = ", ".join(f'"{field.column}"' for field in _FIELDS)
"""The columns of a matter in the order in which `matters_by` reads them."""

# what the fold says of a matter, put into the columns by which it is found
_MIRRORED = (
    "version",
    "declaration_id",
    "number",
    "state",
    "phase",
    "holder_id",
    "initiator_id",
    "custodian_node",
    "epoch",
    "due_on",
    "governing_clock",
    "closed_at",
    "closed_kind",
    "seq",
    "head",
    "stay_seq",
    "round",
)
_COLUMN = dict(zip(_NAMES, (field.column for field in _FIELDS), strict=True))

_RECORD = """
    WITH word AS (INSERT INTO outbox (target, body, created_at) VALUES ('record', %s, %s))
    INSERT INTO record (matter_id, seq, epoch, node_id, kind, move, from_state, to_state, account, post, organ,
        on_behalf_of, effective_on, recorded_at, basis, "values", resolved, files, prev, digest)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::bytea[], %s, %s)
"""
_MIRROR = f"""
    UPDATE matter SET {", ".join(f'"{_COLUMN[name]}" = %s' for name in _MIRRORED)}, "values" = %s, fold = %s
    WHERE id = %s
"""
_CLOCKS = """
    INSERT INTO clock (matter_id, name, lap, started_on, rule, due_on, calendar_version, state)
    SELECT %s, name, lap, started_on, rule::jsonb, due_on, calendar_version, state
    FROM unnest(%s::text[], %s::integer[], %s::date[], %s::text[], %s::date[], %s::text[], %s::smallint[])
        AS given(name, lap, started_on, rule, due_on, calendar_version, state)
    ON CONFLICT (matter_id, name, lap) DO UPDATE SET started_on = excluded.started_on, rule = excluded.rule,
        due_on = excluded.due_on, calendar_version = excluded.calendar_version, state = excluded.state
"""
_INNER_HEAD = "SELECT digest FROM inner_record WHERE matter_id = %s AND organ_id = %s ORDER BY seq DESC LIMIT 1"


def matters_by(statement: str, params: Sequence[object]) -> list[Matter]:
    """Return the matters that a statement selects by the columns `MATTER`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [Matter.from_db(connection.alias, _NAMES, _loaded(row)) for row in cursor.fetchall()]


def inner_head(matter_id: int, *, organ: int) -> bytes | None:
    """Return the digest of the last record of an organ's inner trail of a matter, None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_INNER_HEAD, (matter_id, organ))
        found = cursor.fetchone()
    return bytes(found[0]) if found else None


def insert_record(matter_id: int, record: Record, *, prev: bytes, digest: bytes, word: Mapping[str, Json]) -> None:
    """Write a record of a matter, and word of it for whatever acts after the commit."""
    _execute(
        _RECORD,
        (
            _json(word),
            record.recorded_at,
            matter_id,
            record.seq,
            record.epoch,
            record.node,
            record.kind.value,
            record.act,
            record.from_state,
            record.to_state,
            record.actor.account,
            record.actor.post,
            record.actor.organ,
            record.actor.on_behalf_of,
            record.effective_on,
            record.recorded_at,
            record.basis,
            _spelled(record.values),
            _spelled(record.resolved),
            [bytes.fromhex(file) for file in record.files],
            prev,
            digest,
        ),
    )


def update_matter(row: Matter) -> None:
    """Write what the fold says of a matter into its row."""
    mirrored = (getattr(row, name) for name in _MIRRORED)
    _execute(_MIRROR, (*mirrored, _json(row.values), _json(row.fold), row.pk))


def upsert_clocks(matter_id: int, laps: Sequence[tuple[str, ClockStanding, ClockState]]) -> None:
    """Write laps of clocks of a matter by their names, as they stand."""
    standings = [standing for _, standing, _ in laps]
    _execute(
        _CLOCKS,
        (
            matter_id,
            [name for name, _, _ in laps],
            [standing.lap for standing in standings],
            [standing.inputs["started_on"] for standing in standings],
            [_json(standing.inputs) for standing in standings],
            [standing.due_on for standing in standings],
            [standing.calendar for standing in standings],
            [state.value for _, _, state in laps],
        ),
    )


def _execute(statement: str, params: Sequence[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _json(value: Mapping[str, Json]) -> str:
    return orjson.dumps(dict(value)).decode()


def _spelled(value: Mapping[str, Json]) -> str:
    return spelling(dict(value)).decode()


def _loaded(row: Sequence[Any]) -> list[Any]:
    return [orjson.loads(value) if place in _FROM_JSON else value for place, value in enumerate(row)]
