"""Trails read back from the table: records, their fold, and whether the chain holds."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

import orjson
from django.db import connection

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.models.record import Record as RecordRow
from fuyuantong.protocol import Json
from fuyuantong.protocol.fold import Situation, fold
from fuyuantong.protocol.trail import Actor, Kind, Record
from fuyuantong.seal.canonical import canonical, spelling
from fuyuantong.seal.digest import ChainBreak, ChainedRecord, verify_chain


def record_of(row: RecordRow, *, uid: str) -> Record:
    """Return the record that a row holds."""
    return Record(
        matter=uid,
        seq=row.seq,
        epoch=row.epoch,
        node=row.node_id,
        kind=Kind(row.kind),
        act=row.move,
        from_state=row.from_state,
        to_state=row.to_state,
        actor=Actor(row.account, row.post, row.organ, row.on_behalf_of),
        effective_on=row.effective_on,
        recorded_at=row.recorded_at,
        basis=row.basis,
        values=row.values,
        resolved=row.resolved,
        files=tuple(bytes(digest).hex() for digest in row.files),
    )


def records_of(matter: Matter) -> Iterator[Record]:
    """Yield the trail of a matter in order."""
    uid = str(matter.uid)
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, [matter.pk])
        for values, resolved, files, *row in cursor.fetchall():
            yield _record(row, uid, orjson.loads(values), orjson.loads(resolved), files)


def _record(row: Sequence[Any], uid: str, values: Json, resolved: Json, files: Sequence[bytes]) -> Record:
    seq, epoch, node, kind, act, from_state, to_state, *actor, effective_on, recorded_at, basis = row
    return Record(
        matter=uid,
        seq=seq,
        epoch=epoch,
        node=node,
        kind=Kind(kind),
        act=act,
        from_state=from_state,
        to_state=to_state,
        actor=Actor(*actor),
        effective_on=effective_on,
        recorded_at=recorded_at,
        basis=basis,
        values=values,
        resolved=resolved,
        files=tuple(bytes(digest).hex() for digest in files),
    )


def folded(matter: Matter) -> Situation:
    """Return the situation that the trail alone tells."""
    return fold(records_of(matter))


def verify(matter: Matter) -> ChainBreak | None:
    """Return the first break of a matter's trail, None when it holds up to the head that the matter names."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, [matter.pk])
        return verify_chain(_chained(cursor, uid=str(matter.uid)), head=bytes(matter.head))


def verify_inner(matter: Matter) -> dict[str, ChainBreak]:
    """Return the first break of each organ's inner trail of a matter, by the organ's code; none when all hold."""
    trails: dict[str, list[ChainedRecord]] = {}
    for row in InnerRecord.objects.filter(matter_id=matter.pk).select_related("matter", "organ").order_by("seq"):
        chained = ChainedRecord(row.seq, bytes(row.prev), bytes(row.digest), canonical(inner_body(row)))
        trails.setdefault(row.organ.code, []).append(chained)
    breaks = {organ: verify_chain(trail, head=trail[-1].digest) for organ, trail in trails.items()}
    return {organ: found for organ, found in breaks.items() if found}


def inner_body(row: InnerRecord) -> dict[str, Json]:
    """Return an inner record as canonical data: what its digest is taken of."""
    return {
        "matter": str(row.matter.uid),
        "organ": row.organ.code,
        "seq": row.seq,
        "kind": str(row.kind),
        "account": row.account,
        "post": row.post,
        "recorded_at": row.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "values": row.values,
    }


def _chained(rows: Iterable[tuple[Any, ...]], *, uid: str) -> Iterator[ChainedRecord]:
    """Spell each row as `Record.body` says it, without the objects in between: all trails of a county pass here."""
    for seq, prev, digest, values, resolved, *told in rows:
        body = dict(zip(_MEMBERS, told, strict=True))
        body |= {"matter": uid, "seq": seq, "values": orjson.loads(values), "resolved": orjson.loads(resolved)}
        yield ChainedRecord(seq, bytes(prev), bytes(digest), spelling(body))


_MEMBERS = (
    "epoch",
    "node",
    "kind",
    "act",
    "from",
    "to",
    "account",
    "post",
    "organ",
    "on_behalf_of",
    "effective_on",
    "recorded_at",
    "basis",
    "files",
)
_RECORDS = """
    SELECT "values"::text, resolved::text, files, seq, epoch, node_id, kind, move, from_state, to_state,
        account, post, organ, on_behalf_of, effective_on, recorded_at, basis
    FROM record WHERE matter_id = %s ORDER BY seq
"""
_CHAIN = """
    SELECT seq, prev, digest, "values"::text, resolved::text,
        epoch, node_id, kind, move, from_state, to_state, account, post, organ, on_behalf_of, effective_on::text,
        to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), basis,
        ARRAY(SELECT encode(file, 'hex') FROM unnest(files) WITH ORDINALITY AS each(file, place) ORDER BY place)
    FROM record WHERE matter_id = %s ORDER BY seq
"""
