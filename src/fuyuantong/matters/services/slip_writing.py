"""Writing a slip: an act of those who do not hold, outside the sequence until it is admitted (core.md R3)."""

from collections.abc import Mapping

from uuid_utils.compat import uuid7

from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.services.trail import Hand, Standing
from fuyuantong.protocol import Json
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3


def write_slip(standing: Standing, *, kind: str, organ: str, body: Mapping[str, Json], hand: Hand) -> Slip:
    """Store a slip of an organ about a matter, at the node where it was written."""
    uid = uuid7()
    signed = {"uid": str(uid), "matter": standing.situation.uid, "kind": kind, "organ": organ, "body": dict(body)}
    return Slip.objects.create(
        uid=uid,
        matter_uid=standing.row.uid,
        author_node=hand.world.organ(organ).node_id,
        kind=kind,
        organ=hand.world.organ(organ),
        account=hand.actor.account,
        body=dict(body),
        digest=sm3(canonical(signed)),
        created_at=hand.now,
    )
