"""One matter on one sheet, as data: the same for people who read lines and for programs that read JSON."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fuyuantong.matters.console.deadline import deadline
from fuyuantong.matters.console.labels import INNER_TITLES, LINK_TITLES, OrganNames, role_title, state_title
from fuyuantong.matters.console.next_acts import next_acts
from fuyuantong.matters.console.record_told import record_told
from fuyuantong.matters.console.shown_values import shown_values
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.link import LinkKind
from fuyuantong.matters.models.matter import Phase, Provenance
from fuyuantong.matters.models.party import COPIED
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.queries import Linked, MatterPage, attachments, inner_trail, matter_page, trail
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.trail import Standing, situation_of
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.models import Account
from fuyuantong.protocol import Mechanism

UNISSUED = "holder"  # the part of who drafts a matter that is not issued yet


def matter_sheet(reader: Reader, uid: UUID, *, account: Account | None, now: datetime) -> dict[str, Any]:
    """
    Return everything that a reader sees of a matter; `account` is who reads, None for the operator.

    Raises: `NoSuchMatter`.
    """
    page = matter_page(reader, uid)
    row = page.matter
    standing = Standing(row, declared(row.mechanism, row.declaration_id), situation_of(row))
    records = trail(reader, uid)
    names = OrganNames(on=today(now))
    names.learn(_organs(standing, page, records))
    mechanism, situation = standing.mechanism, standing.situation
    return {
        **_header(standing, names),
        "clocks": [
            deadline(mechanism, key, clock, today=today(now)) for key, clock in sorted(situation.clocks.items())
        ],
        "judged_by": row.governing_clock,
        "road": list(_road(mechanism, records, names)),
        "values": shown_values(mechanism, situation.values, names),
        "parties": list(_parties(mechanism, page, names)),
        "trail": [_record(mechanism, record, names) for record in records],
        "inner": [
            {
                "organ": names[record.organ.code],
                "seq": record.seq,
                "kind": record.kind,
                "title": INNER_TITLES.get(record.kind, record.kind),
                "account": record.account,
                "at": record.recorded_at.isoformat(),
            }
            for record in inner_trail(reader, uid)
        ],
        "files": [
            {"seq": found.seq, "name": found.name, "digest": bytes(found.blob_id).hex()}
            for found in attachments(reader, uid)
        ],
        "children": [
            _linked(link, standing, names) for link in page.links if link.kind == LinkKind.CHILD and link.outward
        ],
        "links": [
            _linked(link, standing, names) for link in page.links if not (link.kind == LinkKind.CHILD and link.outward)
        ],
        "requests": list(_requests(standing)),
        "next": next_acts(mechanism, situation, account=account, names=names, now=now),
    }


def _header(standing: Standing, names: OrganNames) -> dict[str, Any]:
    row, mechanism, situation = standing.row, standing.mechanism, standing.situation
    return {
        "uid": str(row.uid),
        "number": row.number,
        "title": row.title,
        "mechanism": {
            "key": row.mechanism,
            "title": mechanism.title,
            "version": row.version,
            "basis": mechanism.basis,
        },
        "state": {"key": row.state, "title": state_title(mechanism, row.state)},
        "is_open": row.phase == Phase.OPEN,
        "closed_on": situation.closed_on.isoformat() if situation.closed_on else None,
        "closed_kind": row.closed_kind,
        "provenance": {"key": Provenance(row.provenance).name.lower(), "title": Provenance(row.provenance).label},
        "holder": {"code": situation.holder, "name": names[situation.holder]},
        "initiator": {"code": situation.initiator, "name": names[situation.initiator]},
        "opened_on": situation.opened_on.isoformat() if situation.opened_on else None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "records": row.seq,
        "head": bytes(row.head).hex(),
    }


def _organs(standing: Standing, page: MatterPage, records: Sequence[Record]) -> Iterator[str]:
    yield from (party.organ.code for party in page.parties)
    yield from (
        code for record in records for code in (record.organ, record.on_behalf_of, record.resolved.get("holder", ""))
    )
    yield from (standing.situation.holder, standing.situation.initiator)


def _road(mechanism: Mechanism, records: Iterable[Record], names: OrganNames) -> Iterator[dict[str, Any]]:
    """Yield every stay, with who held the matter then."""
    state, holder = "", ""
    for record in records:
        holder = record.resolved.get("holder", holder)
        if record.to_state != state:
            state = record.to_state
            yield {
                "seq": record.seq,
                "on": record.effective_on.isoformat(),
                "state": state,
                "title": state_title(mechanism, state),
                "holder": names[holder] if holder else "",
            }


def _parties(mechanism: Mechanism, page: MatterPage, names: OrganNames) -> Iterator[dict[str, Any]]:
    living = {party.organ_id for party in page.parties if party.until_seq is None}
    for party in page.parties:
        if party.role == UNISSUED and party.until_seq and party.organ_id in living:
            continue  # its part before issue; it goes on in the role that it plays since
        title = "抄送" if party.role == COPIED else role_title(mechanism, party.role, otherwise="办理单位")
        yield {
            "role": party.role,
            "title": title,
            "organ": party.organ.code,
            "name": names[party.organ.code],
            "since": party.since_seq,
            "until": party.until_seq,
            "sees_from": party.from_seq,
        }


def _record(mechanism: Mechanism, record: Record, names: OrganNames) -> dict[str, Any]:
    note = record.resolved.get("note", "")
    return {**record_told(mechanism, record, names), "basis": record.basis, "note": note}


def _linked(link: Linked, standing: Standing, names: OrganNames) -> dict[str, Any]:
    row = link.matter
    mechanism = declared(row.mechanism, row.declaration_id)
    holder = situation_of(row).holder
    child = standing.situation.children.get(str(row.uid))
    return {
        "kind": link.kind,
        "title": LINK_TITLES[LinkKind(link.kind), link.outward],
        "uid": str(row.uid),
        "mechanism": mechanism.title,
        "organ": names[child.organ] if child else "",
        "name": row.number or row.title,
        "state": state_title(mechanism, row.state),
        "is_open": row.phase == Phase.OPEN,
        "holder": names[holder],
        "due_on": row.due_on.isoformat() if row.due_on else None,
    }


def _requests(standing: Standing) -> Iterator[dict[str, Any]]:
    titles = {request.key: request.title for request in standing.mechanism.requests}
    for slip, told in standing.situation.requests.items():
        if isinstance(told, dict):
            yield {"slip": slip, "request": told.get("request"), "title": titles.get(str(told.get("request")), "申请")}
