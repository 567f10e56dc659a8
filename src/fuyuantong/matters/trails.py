"""Trails read back from the table as text: their records, their fold, and whether the chain holds."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar

import orjson
from django.db import connection

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.protocol import Json
from fuyuantong.protocol.fold import Situation, fold
from fuyuantong.protocol.trail import Actor, Kind, Record
from fuyuantong.seal.canonical import spelling
from fuyuantong.seal.digest import ChainBreak, ChainedRecord, verify_chain

_Row = TypeVar("_Row", bound=tuple)


class Line(NamedTuple):
    """
    A record as its row has it.

    `values` and `resolved` are the text that was digested, days and moments are spelled as there: all trails of a county
    are verified line by line, so what the digest was taken of is put together from them without reading them first.
    Basis: docs/adr/0020-records-keep-the-text-that-was-digested.md.
    """

    matter_id: int
    seq: int
    prev: bytes
    digest: bytes
    epoch: int
    node: str
    kind: str
    act: str
    from_state: str
    to_state: str
    account: str
    post: str
    organ: str
    on_behalf_of: str
    effective_on: str
    recorded_at: str
    basis: str
    values: bytes
    resolved: bytes
    files: list[bytes]

    def chained(self, uid: str) -> ChainedRecord:
        """Return the record of the matter of that uid as the chain has it: spelled as `Record.body` says it."""
        body = {
            "matter": uid,
            "seq": self.seq,
            "epoch": self.epoch,
            "node": self.node,
            "kind": self.kind,
            "act": self.act,
            "from": self.from_state,
            "to": self.to_state,
            "account": self.account,
            "post": self.post,
            "organ": self.organ,
            "on_behalf_of": self.on_behalf_of,
            "effective_on": self.effective_on,
            "recorded_at": self.recorded_at,
            "basis": self.basis,
            "values": orjson.Fragment(self.values),
            "resolved": orjson.Fragment(self.resolved),
            "files": [file.hex() for file in self.files],
        }
        return ChainedRecord(self.seq, self.prev, self.digest, spelling(body))

    def record(self, uid: str) -> Record:
        """Return the record of the matter of that uid."""
        return Record(
            matter=uid,
            seq=self.seq,
            epoch=self.epoch,
            node=self.node,
            kind=Kind(self.kind),
            act=self.act,
            from_state=self.from_state,
            to_state=self.to_state,
            actor=Actor(self.account, self.post, self.organ, self.on_behalf_of),
            effective_on=date.fromisoformat(self.effective_on),
            recorded_at=datetime.fromisoformat(self.recorded_at),
            basis=self.basis,
            values=orjson.loads(self.values),
            resolved=orjson.loads(self.resolved),
            files=tuple(file.hex() for file in self.files),
        )


class InnerLine(NamedTuple):
    """An inner record as its row has it, as `Line` is a record."""

    matter_id: int
    organ: str
    seq: int
    prev: bytes
    digest: bytes
    kind: str
    account: str
    post: str
    recorded_at: str
    values: bytes

    def chained(self, uid: str) -> ChainedRecord:
        """Return the record as the chain has it: spelled as `inner_body` says it."""
        body = {
            "matter": uid,
            "organ": self.organ,
            "seq": self.seq,
            "kind": self.kind,
            "account": self.account,
            "post": self.post,
            "recorded_at": self.recorded_at,
            "values": orjson.Fragment(self.values),
        }
        return ChainedRecord(self.seq, self.prev, self.digest, spelling(body))


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


def lines_of(matters: Sequence[int]) -> dict[int, list[Line]]:
    """Return the records of matters in order, by the ids of those that have any."""
    return grouped(map(Line._make, fetched(_LINES, [list(matters)])))


def inner_lines_of(matters: Sequence[int]) -> dict[int, list[InnerLine]]:
    """Return the inner records of matters, organ by organ and in order, by the ids of those that have any."""
    return grouped(map(InnerLine._make, fetched(_INNER_LINES, [list(matters)])))


def spelled(column: str) -> str:
    """Return the column of JSON as the bytes of its text."""
    return f"""convert_to("{column}"::text, 'UTF8')"""


def fetched(statement: str, params: Sequence[object] = ()) -> list[tuple]:
    """Return the rows of a statement, read from the server's binary form: half the price of its text."""
    with connection.cursor() as cursor:
        return cursor.cursor.execute(statement, params, binary=True).fetchall()


def grouped(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    """Return rows that come matter by matter, by the matter's id, which each has first."""
    return {matter: list(group) for matter, group in groupby(rows, key=itemgetter(0))}


def chain_break(lines: Iterable[Line | InnerLine], *, uid: str, head: bytes) -> ChainBreak | None:
    """Return the first break of a trail, None when it holds up to the head."""
    return verify_chain((line.chained(uid) for line in lines), head=head)


def inner_breaks(lines: Iterable[InnerLine], *, uid: str) -> dict[str, ChainBreak]:
    """Return the first break of each organ's inner trail of a matter, by the organ's code; none when all hold."""
    trails = ((organ, list(trail)) for organ, trail in groupby(lines, key=attrgetter("organ")))
    breaks = {organ: chain_break(trail, uid=uid, head=trail[-1].digest) for organ, trail in trails}
    return {organ: found for organ, found in breaks.items() if found}


def records_of(matter: Matter) -> Iterator[Record]:
    """Yield the trail of a matter in order."""
    uid = str(matter.uid)
    return (line.record(uid) for line in lines_of([matter.pk]).get(matter.pk, ()))


def folded(matter: Matter) -> Situation:
    """Return the situation that the trail alone tells."""
    return fold(records_of(matter))


def verify(matter: Matter) -> ChainBreak | None:
    """Return the first break of a matter's trail, None when it holds up to the head that the matter names."""
    lines = lines_of([matter.pk]).get(matter.pk, ())
    return chain_break(lines, uid=str(matter.uid), head=bytes(matter.head))


def verify_inner(matter: Matter) -> dict[str, ChainBreak]:
    """Return the first break of each organ's inner trail of a matter, by the organ's code; none when all hold."""
    return inner_breaks(inner_lines_of([matter.pk]).get(matter.pk, ()), uid=str(matter.uid))


_MOMENT = """to_char({}.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
_LINES = f"""
    SELECT matter_id, seq, prev, digest, epoch, node_id, kind, move, from_state, to_state, account, post, organ,
        on_behalf_of, effective_on::text, {_MOMENT.format("record")}, basis, {spelled("values")},
        {spelled("resolved")}, files
    FROM record WHERE matter_id = ANY(%s::bigint[]) ORDER BY matter_id, seq
"""
_INNER_LINES = f"""
    SELECT matter_id, organ.code, seq, prev, digest, inner_record.kind, account, post, {_MOMENT.format("inner_record")},
        {spelled("values")}
    FROM inner_record LEFT JOIN organ ON organ.id = organ_id
    WHERE matter_id = ANY(%s::bigint[]) ORDER BY matter_id, organ_id, seq
"""
