"""Writing one record and, in the same transaction, everything that follows from it by folding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.clock import ClockState
from fuyuantong.matters.models.matter import Matter, Phase, Provenance
from fuyuantong.matters.models.party import COPIED, INNER
from fuyuantong.matters.numbering import keep_number
from fuyuantong.matters.parties import Joining, end_inner_parts, end_party, join_parties
from fuyuantong.matters.services.branches import require_branches
from fuyuantong.matters.services.files import well_formed
from fuyuantong.matters.services.named_rows import keep_rows
from fuyuantong.matters.services.rows import insert_record, update_matter, upsert_clocks
from fuyuantong.protocol import Json, Mechanism
from fuyuantong.protocol.fold import ClockStanding, Situation, advance
from fuyuantong.protocol.heeding import rows_named
from fuyuantong.protocol.snapshot import situation_from, situation_to_data
from fuyuantong.protocol.timing import due_of
from fuyuantong.protocol.trail import Actor, Kind, Record
from fuyuantong.protocol.transition import Draft
from fuyuantong.seal.digest import GENESIS, record_digest


@dataclass(frozen=True)
class Standing:
    """A matter that this transaction holds locked: its row, its mechanism, and its situation."""

    row: Matter
    mechanism: Mechanism
    situation: Situation


@dataclass(frozen=True)
class Hand:
    """What every record of one transaction shares: who, when, and the world as it is seen."""

    actor: Actor
    now: datetime
    world: DatabaseWorld
    basis: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beginning:
    """What a new matter is besides its first record."""

    uid: str
    key: str
    title: str
    region_code: str
    node: str
    provenance: Provenance = Provenance.LIVE
    parent: Matter | None = None
    secrecy: int = 0
    sees: Mapping[str, int] = field(default_factory=dict)


def situation_of(row: Matter) -> Situation:
    """Return the situation that the row keeps; a test compares it with the fold of the trail."""
    return situation_from(row.fold, values=row.values)


def begin(mechanism: Mechanism, beginning: Beginning, draft: Draft, *, hand: Hand) -> tuple[Standing, Record]:
    """Write a new matter with its first record. Raises: `WrongBranch`."""
    require_branches(mechanism, draft.resolved.get("roles"), world=hand.world)
    blank = Situation(uid=beginning.uid)
    record = _record(blank, beginning.node, draft, hand)
    situation = advance(None, record)
    digest = record_digest(GENESIS, record.body())
    row = Matter(
        uid=beginning.uid,
        parent=beginning.parent,
        mechanism=beginning.key,
        title=beginning.title,
        region_code=beginning.region_code,
        custodian_node=beginning.node,
        provenance=beginning.provenance,
        secrecy=beginning.secrecy,
        opened_at=hand.now,
    )
    _mirror(row, mechanism, situation, digest, hand)
    row.save(force_insert=True)
    insert_record(row.pk, record, prev=GENESIS, digest=digest, word=_word(situation, record))
    standing = Standing(row, mechanism, situation)
    _project(standing, blank, record, hand)
    return standing, record


def append(standing: Standing, draft: Draft, *, hand: Hand) -> tuple[Standing, Record]:
    """Write the next record of a locked matter. Raises: `WrongBranch`."""
    row, before = standing.row, standing.situation
    if draft.kind is not Kind.SUCCESSION:  # a reform may well put an heir on another side
        require_branches(standing.mechanism, draft.resolved.get("roles"), world=hand.world)
    record = _record(before, before.node, draft, hand)
    situation = advance(before, record)
    prev = bytes(row.head)
    digest = record_digest(prev, record.body())
    _mirror(row, standing.mechanism, situation, digest, hand)
    insert_record(row.pk, record, prev=prev, digest=digest, word=_word(situation, record))
    update_matter(row)
    after = Standing(row, standing.mechanism, situation)
    _project(after, before, record, hand)
    return after, record


def not_before_last(before: Situation, now: datetime) -> datetime:
    """Return the moment of the next record: now, never before the last one."""
    return max(now, before.recorded_at or now)


def _record(before: Situation, node: str, draft: Draft, hand: Hand) -> Record:
    return Record(
        matter=before.uid,
        seq=before.seq + 1,
        epoch=before.epoch or 1,
        node=node,
        kind=draft.kind,
        act=draft.act,
        from_state=before.state,
        to_state=draft.to_state,
        actor=hand.actor,
        effective_on=draft.effective_on,
        # a clock that runs behind, or a wait for the lock, must not make a record older than the one before
        recorded_at=not_before_last(before, hand.now),
        basis=hand.basis,
        values=draft.values,
        resolved=draft.resolved,
        files=well_formed(hand.files),
    )


def _mirror(row: Matter, mechanism: Mechanism, situation: Situation, digest: bytes, hand: Hand) -> None:
    """Put what the fold says into the columns by which matters are found."""
    hand.world.learn((situation.holder, situation.initiator))
    row.version = situation.version
    row.declaration_id = bytes.fromhex(situation.declaration)
    row.number = situation.number
    row.state = situation.state
    row.phase = Phase.CLOSED if situation.closed else Phase.OPEN
    row.holder = hand.world.organ(situation.holder)
    row.initiator = hand.world.organ(situation.initiator)
    row.epoch = situation.epoch
    row.governing_clock, row.due_on = due_of(mechanism, situation)
    row.closed_at = (row.closed_at or hand.now) if situation.closed else None
    row.closed_kind = situation.closed
    row.seq = situation.seq
    row.head = digest
    row.stay_seq = situation.stay_seq
    row.round = situation.round
    row.values = dict(situation.values)
    row.fold = situation_to_data(situation)


def _project(standing: Standing, before: Situation, record: Record, hand: Hand) -> None:
    _write_clocks(standing.row.pk, before, standing.situation, record)
    _write_parties(standing, before, record, hand)
    if record.values or record.kind is Kind.VERSION_MOVED:
        keep_rows(standing.row.pk, rows_named(standing.mechanism, standing.situation.values))
    given = hand.world.numbers_given.pop(str(record.resolved.get("number", "")), None)
    if given:
        keep_number(given, matter_id=standing.row.pk)


def _write_clocks(matter_id: int, before: Situation, after: Situation, record: Record) -> None:
    events = record.resolved.get("clocks")
    if not isinstance(events, dict):
        return
    laps = [(key, after.clocks[key], _state_of(after.clocks[key])) for key in events]
    for key in events:
        former = before.clocks.get(key)
        if former and former.running and former.lap != after.clocks[key].lap:
            laps.append((key, former, ClockState.ENDED))
    upsert_clocks(matter_id, laps)


def _state_of(standing: ClockStanding) -> ClockState:
    if not standing.running:
        return ClockState.ENDED
    return ClockState.RUNNING if standing.due_on else ClockState.STOPPED


def _write_parties(standing: Standing, before: Situation, record: Record, hand: Hand) -> None:
    """
    Let each newly bound organ see the trail from the issuing record on; before issue the holder's alone works on it.

    An organ that plays no part any more keeps what it was shown (core.md R13).
    """
    after, row_id, day = standing.situation, standing.row.pk, hand.world.on
    known, parts = _parts(before), _parts(after)
    if not after.issued_seq and record.actor.on_behalf_of:
        parts.add((record.actor.organ, INNER))  # who acts for an organ that is not on line must see what it does
    joining, leaving = sorted(parts - known), sorted(known - parts)
    hand.world.learn(organ for organ, _ in (*joining, *leaving))
    if joining:
        first = max(after.issued_seq, 1)
        joined = (Joining(hand.world.organ(organ), role, record.seq, first) for organ, role in joining)
        join_parties(row_id, joined, on=day)
    if after.issued_seq and before.seq and not before.issued_seq:
        end_inner_parts(row_id, until_seq=record.seq, on=day)
        return
    for organ, role in leaving:
        end_party(row_id, organ=hand.world.organ(organ), role=role, until_seq=record.seq, on=day)


def _parts(situation: Situation) -> set[tuple[str, str]]:
    """Return who plays which part as far as others know; before issue its holder works on it inside."""
    if not situation.issued_seq:
        return {(situation.holder, INNER)} if situation.holder else set()
    bound = {(organ, role) for role in situation.roles for organ in situation.organs_of(role)}
    return bound | {(organ, COPIED) for organ in situation.copies}


def _word(after: Situation, record: Record) -> dict[str, Json]:
    """Return word of the record for whatever acts after the commit."""
    return {
        "matter": after.uid,
        "seq": record.seq,
        "kind": record.kind.value,
        "act": record.act,
        "state": after.state,
        "holder": after.holder,
        "from": record.actor.organ,
        "copies": _told(after, record),
    }


def _told(after: Situation, record: Record) -> Json:
    """Return who hears of the record beside its holder; that an ending is set aside concerns all who knew of it."""
    if "sets_aside" in record.resolved and after.issued_seq:
        return list(dict.fromkeys((*after.parties, *after.copies)))
    if "heard" in record.resolved and "declined" not in record.resolved and after.issued_seq:
        return list(after.parties)  # what a register changes concerns every party
    return record.resolved.get("copies", [])


def resolved_objects(record: Record, key: str) -> Sequence[Mapping[str, Json]]:
    """Return a list of objects that a record resolved, such as `children` or `opened`."""
    found = record.resolved.get(key)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
