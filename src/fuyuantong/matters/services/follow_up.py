"""What one record brings about in other matters, in the same transaction: children, openings, recalls, results."""

from collections.abc import Mapping
from datetime import date

from fuyuantong.matters.declarations import child_of, current, declared
from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.services.locks import lock_row
from fuyuantong.matters.services.slip_writing import write_slip
from fuyuantong.matters.services.trail import Beginning, Hand, Standing, append, begin, resolved_objects
from fuyuantong.protocol import Await, Entry, Json, Mechanism, Organs, Text
from fuyuantong.protocol.decision import join_child, open_matter, recall_child
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.trail import ENGINE, Record

TITLE_LENGTH = 200


def follow_up(standing: Standing, record: Record, *, hand: Hand) -> None:
    """Do at once what the record says will be."""
    engine = Hand(ENGINE, hand.now, hand.world, f"承 {record.matter} 第 {record.seq} 号记录")
    for child in resolved_objects(record, "children"):
        _begin_child(standing, child, record, engine)
    for opening in resolved_objects(record, "opened"):
        open_from(standing, opening, on=record.effective_on, hand=engine)
    for opening in resolved_objects(record, "deferred"):
        Deferred.objects.create(due_on=str(opening["on"]), matter=standing.row, body=dict(opening))
    recalled = record.resolved.get("recalled")
    for uid in recalled if isinstance(recalled, list) else []:
        _recall(str(uid), on=record.effective_on, hand=engine)
    if record.resolved.get("closed") and standing.row.parent_id:
        _report_to_parent(standing, on=record.effective_on, hand=engine)


def open_from(standing: Standing, opening: Mapping[str, Json], *, on: date, hand: Hand) -> None:
    """Begin the matter that another one opens."""
    key = str(opening["mechanism"])
    mechanism, digest = current(key)
    carried = opening["carried"]
    given = carried if isinstance(carried, dict) else {}
    entry = mechanism.entry(str(opening["entry"]))
    roles, values = _split(mechanism, given)
    _begin(
        standing,
        mechanism,
        Beginning(
            uid=str(opening["uid"]),
            key=key,
            title=_title(standing.row, mechanism, values),
            region_code=standing.row.region_code,
            node=standing.row.custodian_node,
            provenance=standing.row.provenance,
            secrecy=standing.row.secrecy,
        ),
        entry=entry,
        digest=digest,
        roles=roles,
        values=values,
        on=on,
        hand=hand,
    )
    Link.objects.create(
        from_uid=standing.row.uid,
        to_uid=str(opening["uid"]),
        kind=LinkKind.OPENED,
        row_key=str(opening.get("row", "")),
    )


def _begin_child(standing: Standing, child: Mapping[str, Json], record: Record, hand: Hand) -> None:
    state = standing.mechanism.state(record.to_state)
    if not isinstance(state, Await):
        return
    key, mechanism, digest = _child_mechanism(standing, state)
    carried = record.resolved.get("carried")
    given = dict(carried) if isinstance(carried, dict) else _carried_before(standing, state)
    shared = {
        role.key: standing.situation.roles[role.key] for role in mechanism.roles if role.key in standing.situation.roles
    }
    roles, values = _split(mechanism, {**shared, **given})
    organ = str(child["organ"])
    roles[state.each] = organ
    hand.world.learn((organ,))
    row = standing.row
    _begin(
        standing,
        mechanism,
        Beginning(
            uid=str(child["uid"]),
            key=key,
            title=row.title,
            region_code=row.region_code,
            node=row.custodian_node,
            provenance=row.provenance,
            secrecy=row.secrecy,
            parent=row,
        ),
        entry=mechanism.entry(state.entry),
        digest=digest,
        roles=roles,
        values=values,
        on=record.effective_on,
        hand=hand,
    )
    text = child.get("text")
    Link.objects.create(
        from_uid=row.uid,
        to_uid=str(child["uid"]),
        kind=LinkKind.CHILD,
        round=child["round"],
        row_key=str(child.get("row", "")),
        text_digest=bytes.fromhex(text) if isinstance(text, str) else None,
    )


def _begin(
    standing: Standing,
    mechanism: Mechanism,
    beginning: Beginning,
    *,
    entry: Entry,
    digest: str,
    roles: Mapping[str, Json],
    values: Mapping[str, Json],
    on: date,
    hand: Hand,
) -> None:
    opener = str(roles.get(entry.by, standing.situation.holder))
    draft = open_matter(
        mechanism,
        beginning.uid,
        entry=entry.state,
        declaration=digest,
        key=beginning.key,
        roles=roles,
        values=values,
        acting=Acting(opener, on, hand.now),
        world=hand.world,
    )
    begun, record = begin(mechanism, beginning, draft, hand=hand)
    follow_up(begun, record, hand=hand)


def _recall(uid: str, *, on: date, hand: Hand) -> None:
    row = Matter.objects.only("id").get(uid=uid)
    standing = lock_row(row.pk)
    draft = recall_child(standing.mechanism, standing.situation, on=on, world=hand.world)
    if draft:
        after, record = append(standing, draft, hand=hand)
        follow_up(after, record, hand=hand)


def _report_to_parent(child: Standing, *, on: date, hand: Hand) -> None:
    """Hand the child's ending to its parent as a slip, admitted at once since both are kept here (core.md R3)."""
    parent = lock_row(child.row.parent_id)
    uid = child.situation.uid
    ending = child.situation.state
    outcomes = _outcomes(parent, child)
    slip = write_slip(
        parent,
        kind="child-result",
        organ=child.situation.holder,
        body={"child": uid, "ending": ending, "on": on.isoformat()},
        hand=hand,
    )
    draft = join_child(
        parent.mechanism, parent.situation, uid, ending=ending, outcomes=outcomes, on=on, world=hand.world
    )
    after, record = append(parent, draft, hand=hand)
    Slip.objects.filter(pk=slip.pk).update(matter=parent.row, admitted_seq=record.seq)
    follow_up(after, record, hand=hand)


def _outcomes(parent: Standing, child: Standing) -> dict[str, Json]:
    state = parent.mechanism.state(parent.situation.state)
    wanted = state.outcomes if isinstance(state, Await) else ()
    return {key: child.situation.values[key] for key in wanted if key in child.situation.values}


def _child_mechanism(standing: Standing, state: Await) -> tuple[str, Mechanism, str]:
    if isinstance(state.child, str):
        mechanism, digest = current(state.child)
        return state.child, mechanism, digest
    top_key = standing.row.mechanism.partition("/")[0]
    top = declared(top_key, standing.row.declaration_id)
    return f"{top_key}/{state.child.key}", child_of(top, state.child.key), standing.situation.declaration


def _carried_before(standing: Standing, state: Await) -> dict[str, Json]:
    """Return what a child that comes later in turn carries: the values as they stand."""
    known = {**standing.situation.values, **standing.situation.roles}
    return {
        target: source[1:] if source.startswith("=") else known.get(source) for target, source in state.carry.items()
    }


def _split(mechanism: Mechanism, given: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    """Part what is carried into roles and fields; one organ carried into an Organs field is a list of one."""
    role_keys = {role.key for role in mechanism.roles}
    several = {found.key for found in mechanism.fields if isinstance(found, Organs)}
    known = {found.key for found in mechanism.fields}
    roles = {key: value for key, value in given.items() if key in role_keys}
    values = {
        key: [value] if key in several and isinstance(value, str) else value
        for key, value in given.items()
        if key in known and value is not None
    }
    return roles, values


def _title(row: Matter, mechanism: Mechanism, values: Mapping[str, Json]) -> str:
    for found in mechanism.fields:
        value = values.get(found.key)
        if isinstance(found, Text) and isinstance(value, str):
            return value[:TITLE_LENGTH]
    return row.title
