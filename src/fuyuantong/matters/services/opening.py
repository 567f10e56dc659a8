"""Beginning a matter at an entry that hands cannot open: by another system, or in a rehearsal."""

from collections.abc import Mapping
from datetime import datetime

from uuid_utils.compat import uuid7

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.acts import Done, clean_title, done
from fuyuantong.matters.services.files import attach, enclosures
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.secrets import conceal, keep
from fuyuantong.matters.services.trail import Beginning, Hand, begin
from fuyuantong.matters.session import one_act
from fuyuantong.protocol import Entry, Json, Mechanism
from fuyuantong.protocol.decision import open_matter
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.protocol.trail import ENGINE
from fuyuantong.protocol.values import check_values
from fuyuantong.refusal import Refusal


class NotCarried(Refusal):
    """What an entry must be given is missing, or is none of what it takes."""

    key = "not-carried"
    title = "立项所需内容不完整"


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

    Raises: `UnknownMechanism`, `BadTitle`, `NotOffered`, `NotCarried`, `ValuesRefused`, and what binding roles and
    starting clocks refuse.
    """
    words = clean_title(title)
    world = DatabaseWorld(on=today(now))
    with one_act():
        mechanism, digest = current(key)
        found = _opened_entry(mechanism, entry)
        opener = world.organ(_opener(mechanism, found, roles, world=world))
        world.learn_named(mechanism, values)
        given = check_values(mechanism, values, asks=_fields(mechanism, found), knows_organ=world.knows_organ)
        uid = str(uuid7())
        concealed = conceal(mechanism, uid, given)
        draft = open_matter(
            mechanism,
            uid,
            entry=found.state,
            declaration=digest,
            key=key,
            roles=roles,
            values=concealed.values,
            acting=Acting(opener.code, today(now), now),
            world=world,
        )
        beginning = Beginning(
            uid=uid,
            key=key,
            title=words,
            region_code=opener.region_code,
            node=opener.node_id,
            provenance=provenance,
        )
        hand = Hand(ENGINE, now, world)
        standing, record = begin(mechanism, beginning, draft, hand=hand)
        keep(standing.row.pk, concealed)
        attach(standing.row, record, (), enclosures(mechanism, given))
        follow_up(standing, record, hand=hand)
        return done(standing, record)


def _opened_entry(mechanism: Mechanism, state: str) -> Entry:
    for entry in mechanism.entries:
        if state == entry.state and entry.opened:
            return entry
    known = "、".join(entry.state for entry in mechanism.entries if entry.opened) or "无"
    raise NotOffered(f"“{mechanism.title}”没有可以引出的环节“{state}”；现有：{known}", field="entry")


def _opener(mechanism: Mechanism, entry: Entry, roles: Mapping[str, Json], *, world: DatabaseWorld) -> str:
    """Return who opens, after a look at all that is carried for roles. Raises: `NotCarried`."""
    titles = {role.key: role.title for role in mechanism.roles}
    needed = {entry.by, *(key for key in entry.carried if key in titles)}
    missing, strange = sorted(needed - roles.keys()), sorted(roles.keys() - titles.keys())
    if missing or strange:
        told = [*(f"缺少“{titles[key]}”" for key in missing), *(f"没有“{key}”这一方" for key in strange)]
        raise NotCarried("；".join(told), remedy="请补全后重新提交。", field=f"role:{(missing or strange)[0]}")
    for key, bound in roles.items():
        codes = bound if isinstance(bound, list) else [bound]
        if not all(isinstance(code, str) and world.knows_organ(code) for code in codes):
            raise NotCarried(f"“{titles[key]}”中的机关不存在或已撤销", remedy="请核对单位代码。", field=f"role:{key}")
    return str(roles[entry.by])


def _fields(mechanism: Mechanism, entry: Entry) -> tuple[str, ...]:
    fields = {field.key for field in mechanism.fields}
    return tuple(key for key in entry.carried if key in fields)
