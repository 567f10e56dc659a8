"""Slips: acts of those who do not hold, outside the sequence until they are admitted (core.md R3)."""

from collections.abc import Mapping
from uuid import UUID

from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.services.trail import Hand, Standing
from fuyuantong.protocol import Json
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.protocol.trail import Record
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3


def write_slip(
    uid: UUID,
    standing: Standing,
    record: Record,
    *,
    kind: str,
    organ: str,
    body: Mapping[str, Json],
    hand: Hand,
) -> None:
    """Store a slip of an organ about a matter that is kept here: the record admits it in the same transaction."""
    signed = {"uid": str(uid), "matter": standing.situation.uid, "kind": kind, "organ": organ, "body": dict(body)}
    Slip.objects.create(
        uid=uid,
        matter_uid=standing.row.uid,
        matter=standing.row,
        author_node=hand.world.organ(organ).node_id,
        kind=kind,
        organ=hand.world.organ(organ),
        account=hand.actor.account,
        body=dict(body),
        digest=sm3(canonical(signed)),
        created_at=hand.now,
        admitted_seq=record.seq,
    )


def answer_slip(uid: str, *, granted: bool, record: Record) -> None:
    """Write on a request's slip how, and by which record, the holder answered it."""
    Slip.objects.filter(pk=uid).update(answer={"granted": granted, "seq": record.seq})


def require_unanswered(standing: Standing, uid: str) -> None:
    """Refuse to answer a request again. Raises: `NotOffered` naming the record that came first."""
    if uid in standing.situation.requests:
        return
    slips = {str(slip.pk): slip.answer for slip in Slip.objects.filter(matter=standing.row, answer__isnull=False)}
    if answer := slips.get(uid):
        how = "准许" if answer["granted"] else "不予准许"
        raise NotOffered(f"该申请已由第 {answer['seq']} 号记录答复（{how}）", field="slip")
    raise NotOffered("本件没有这一申请", remedy="请回到事项页面核对。", field="slip")
