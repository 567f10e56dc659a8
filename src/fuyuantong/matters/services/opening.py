"""Beginning a matter at an entry that hands cannot open: by another system, or in a rehearsal."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from uuid_utils.compat import uuid7

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.acts import Done, clean_title
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.trail import Beginning, Hand, begin
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json
from fuyuantong.protocol.decision import open_matter
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.trail import ENGINE


@transaction.atomic
def open_for(
    key: str,
    title: str,
    *,
    entry: str,
    roles: Mapping[str, Json],
    values: Mapping[str, Json],
    now: datetime,
    provenance: Provenance = Provenance.LIVE,
) -> Done:
    """
    Begin a matter at an opened entry, with the roles and values that the entry carries, as the engine.

    Raises: `UnknownMechanism`, `BadTitle`, and what binding roles and starting clocks refuse.
    """
    world = DatabaseWorld(on=today(now))
    with acting():
        mechanism, digest = current(key)
        found = mechanism.entry(entry)
        opener = world.organ(str(roles[found.by]))
        uid = str(uuid7())
        draft = open_matter(
            mechanism,
            uid,
            entry=found.state,
            declaration=digest,
            roles=roles,
            values=values,
            acting=Acting(opener.code, today(now), now),
            world=world,
        )
        beginning = Beginning(
            uid=uid,
            key=key,
            title=clean_title(title),
            region_code=opener.region_code,
            node=opener.node_id,
            provenance=provenance,
        )
        hand = Hand(ENGINE, now, world)
        standing, record = begin(mechanism, beginning, draft, hand=hand)
        follow_up(standing, record, hand=hand)
        return Done(uid, record, standing.situation.state, standing.situation.holder)
