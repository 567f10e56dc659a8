"""Builders of matters row by row, below the acts: for tests of tables, walls and reads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from tests.builders import NOW

from fuyuantong.matters.models.declaration import Declaration
from fuyuantong.matters.models.file import Attachment, Blob
from fuyuantong.matters.models.matter import Matter, Phase, Provenance
from fuyuantong.matters.models.record import InnerRecord, Record
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.parties import Joining, end_party, join_parties
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ
from fuyuantong.protocol.form import digest, to_data
from fuyuantong.protocol.mechanism import Mechanism, Role
from fuyuantong.seal.digest import GENESIS, record_digest, sm3

LETTER = Mechanism(
    "letter",
    "函",
    roles=(Role("sender", "发函单位"), Role("receiver", "收函单位"), Role("helper", "协办单位")),
)

_NUMBERS = count(1)


@dataclass(frozen=True)
class Part:
    """An organ's part in a matter that is built."""

    organ: Organ
    role: str = "receiver"
    from_seq: int = 1
    until_seq: int | None = None


def a_matter(
    *parts: Part,
    holder: Organ | None = None,
    initiator: Organ | None = None,
    title: str = "关于规范行政处罚工作的函",
    number: str = "",
    mechanism: str = "letter",
    state: str = "replying",
    phase: Phase = Phase.OPEN,
    due_on: date | None = None,
    region_code: str = "410825",
    records: int = 3,
    values: dict | None = None,
    closed_at: datetime = NOW,
    provenance: Provenance = Provenance.LIVE,
) -> Matter:
    """Write a matter with a chained trail and its parties; the first part initiates and holds unless said."""
    with acting():
        matter = Matter.objects.create(
            mechanism=mechanism,
            version=1,
            declaration_id=_declared(),
            title=title,
            number=number,
            state=state,
            phase=phase,
            holder=holder or parts[0].organ,
            initiator=initiator or parts[0].organ,
            custodian_node="node-one",
            region_code=region_code,
            opened_at=NOW,
            due_on=due_on,
            closed_at=closed_at if phase else None,
            closed_kind="decided" if phase else "",
            values=values or {},
            provenance=provenance,
        )
        for _ in range(records):
            append(matter)
        join_parties(
            matter.pk, [Joining(part.organ, part.role, part.from_seq, part.from_seq) for part in parts], on=NOW.date()
        )
        for part in parts:
            if part.until_seq is not None:
                end_party(matter.pk, organ=part.organ, role=part.role, until_seq=part.until_seq, on=NOW.date())
    return matter


def next_record(matter: Matter, **told: object) -> Record:
    """Return, unsaved, the record that would follow."""
    seq = matter.seq + 1
    # a running number keeps digests apart, as the matter's uid does in a real body
    digest_of = record_digest(bytes(matter.head), {"matter": str(matter.uid), "seq": seq, "n": next(_NUMBERS)})
    ordinary = {
        "matter": matter,
        "seq": seq,
        "epoch": matter.epoch,
        "node_id": matter.custodian_node,
        "kind": "open" if seq == 1 else "move",
        "effective_on": NOW.date(),
        "recorded_at": NOW + timedelta(minutes=seq),
        "prev": bytes(matter.head),
        "digest": digest_of,
    }
    return Record(**(ordinary | told))


def append(matter: Matter, **told: object) -> Record:
    """Write the next record and the head of its matter; inside an act."""
    record = next_record(matter, **told)
    record.save(force_insert=True)
    matter.seq, matter.head = record.seq, record.digest
    Matter.objects.filter(pk=matter.pk).update(seq=record.seq, head=record.digest)
    return record


def an_inner_record(matter: Matter, organ: Organ, **told: object) -> InnerRecord:
    """Write the next record of an organ's inner trail."""
    with acting():
        last = InnerRecord.objects.filter(matter=matter, organ=organ).order_by("-seq").first()
        prev = bytes(last.digest) if last else GENESIS
        ordinary = {
            "matter": matter,
            "organ": organ,
            "seq": last.seq + 1 if last else 1,
            "kind": "draft",
            "account": "person",
            "recorded_at": NOW,
            "prev": prev,
            "digest": record_digest(prev, {"n": next(_NUMBERS)}),
        }
        return InnerRecord.objects.create(**(ordinary | told))


def a_slip(matter: Matter, organ: Organ, *, admitted_seq: int | None = None) -> Slip:
    """Write a slip of an organ, admitted at a record if one is given."""
    with acting():
        return Slip.objects.create(
            matter_uid=matter.uid,
            matter=matter,
            author_node="node-one",
            kind="urge",
            organ=organ,
            body={},
            digest=sm3(str(next(_NUMBERS)).encode()),
            created_at=NOW,
            admitted_seq=admitted_seq,
        )


def an_attachment(
    matter: Matter, *, seq: int = 1, sensitive: bool = False, inner_of: Organ | None = None
) -> Attachment:
    """Attach a file to a record, or to the inner trail of an organ."""
    with acting():
        blob = Blob.objects.create(
            digest=sm3(str(next(_NUMBERS)).encode()), size=1, mime_found="text/plain", stored_at=NOW
        )
        return Attachment.objects.create(
            matter=matter,
            seq=seq,
            blob=blob,
            name="回执.txt",
            sensitive=sensitive,
            inner=inner_of is not None,
            organ=inner_of,
        )


def later(days: int) -> datetime:
    """Return the moment of these tests some days on."""
    return NOW + timedelta(days=days)


def _declared() -> bytes:
    found = bytes.fromhex(digest(LETTER))
    Declaration.objects.bulk_create(
        [Declaration(digest=found, key=LETTER.key, version=1, language=1, body=to_data(LETTER))], ignore_conflicts=True
    )
    return found
