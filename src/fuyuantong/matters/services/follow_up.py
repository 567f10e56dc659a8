"""What one record brings about in other matters, in the same transaction: children, openings, recalls, results."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from uuid_utils.compat import uuid7

from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.services.hindrance import HINDRANCES, tell_of
from fuyuantong.matters.services.locks import lock_below, lock_row
from fuyuantong.matters.services.secrets import keep, resealed
from fuyuantong.matters.services.slip_writing import write_slip
from fuyuantong.matters.services.trail import Beginning, Hand, Standing, append, begin, resolved_objects
from fuyuantong.protocol import Await, Entry, Json, Mechanism, Text
from fuyuantong.protocol.decision import join_child, open_matter, recall_child
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.trail import ENGINE, Record
from fuyuantong.protocol.transition import Draft
from fuyuantong.protocol.values import matters_named

TITLE_LENGTH = 200


def follow_up(standing: Standing, record: Record, *, hand: Hand) -> None:
    """Do at once what the record says will be."""
    engine = Hand(ENGINE, hand.now, hand.world, f"承 {record.matter} 第 {record.seq} 号记录")
    state = standing.mechanism.state(record.to_state)
    for child in resolved_objects(record, "children") if isinstance(state, Await) else ():
        _begin_child(standing, state, child, on=record.effective_on, hand=engine)
    for opening in resolved_objects(record, "opened"):
        open_from(standing, opening, on=record.effective_on, hand=engine)
    for opening in resolved_objects(record, "deferred"):
        Deferred.objects.create(due_on=str(opening["on"]), matter=standing.row, body=dict(opening))
    _bind_continued(standing, record)
    recalled = record.resolved.get("recalled")
    for awaited in lock_below(map(str, recalled)) if isinstance(recalled, list) else ():
        _recall(awaited, on=record.effective_on, hand=engine)
    if record.resolved.get("closed") and standing.row.parent_id:
        _report_or_put_off(standing, on=record.effective_on, hand=engine)


def _bind_continued(standing: Standing, record: Record) -> None:
    """Bind a matter to those that rows of its tables carry on."""
    named = set(matters_named(standing.mechanism, record.values))
    if not named:
        return
    found = Matter.objects.filter(uid__in=named).values_list("uid", flat=True)
    links = [Link(from_uid=standing.row.uid, to_uid=uid, kind=LinkKind.CONTINUES) for uid in found]
    Link.objects.bulk_create(links, ignore_conflicts=True)


def open_from(standing: Standing, opening: Mapping[str, Json], *, on: date, hand: Hand) -> None:
    """Begin the matter that another one opens."""
    key = str(opening["mechanism"])
    mechanism, digest = current(key)
    roles, values = _split(mechanism, opening.get("carried"))
    entry = mechanism.entry(str(opening["entry"]))
    beginning = _beginning(standing, opening, key, title=_title(standing.row, mechanism, values))
    _begin(standing, mechanism, beginning, entry, digest=digest, roles=roles, values=values, on=on, hand=hand)
    Link.objects.create(
        from_uid=standing.row.uid, to_uid=beginning.uid, kind=LinkKind.OPENED, row_key=str(opening.get("row", ""))
    )


def _begin_child(standing: Standing, state: Await, child: Mapping[str, Json], *, on: date, hand: Hand) -> None:
    key, mechanism, digest = _child_mechanism(standing, state)
    known = standing.situation.roles
    roles, values = _split(mechanism, child.get("carried"))
    shared = {role.key: known[role.key] for role in mechanism.roles if role.key in known}
    roles = {**shared, **roles, state.each: str(child["organ"])}
    beginning = _beginning(standing, child, key, title=standing.row.title, parent=standing.row)
    entry = mechanism.entry(state.entry)
    _begin(standing, mechanism, beginning, entry, digest=digest, roles=roles, values=values, on=on, hand=hand)
    text = child.get("text")
    Link.objects.create(
        from_uid=standing.row.uid,
        to_uid=beginning.uid,
        kind=LinkKind.CHILD,
        round=child["round"],
        row_key=str(child.get("row", "")),
        text_digest=bytes.fromhex(text) if isinstance(text, str) else None,
    )


def _beginning(
    standing: Standing, told: Mapping[str, Json], key: str, *, title: str, parent: Matter | None = None
) -> Beginning:
    row = standing.row
    return Beginning(
        uid=str(told["uid"]),
        key=key,
        title=title,
        region_code=row.region_code,
        node=row.custodian_node,
        provenance=_provenance(standing),
        secrecy=row.secrecy,
        parent=parent,
    )


def _provenance(standing: Standing) -> Provenance:
    """
    Return how what a matter leads to came to be here.

    What training leads to is training, and what was under way when a paper was brought in was on paper too; all else
    happens here and now.
    """
    origin = Provenance(standing.row.provenance)
    is_import = origin == Provenance.IMPORTED and standing.situation.seq == 1
    return origin if is_import or origin == Provenance.TRAINING else Provenance.LIVE


def _begin(
    standing: Standing,
    mechanism: Mechanism,
    beginning: Beginning,
    entry: Entry,
    *,
    digest: str,
    roles: Mapping[str, Json],
    values: Mapping[str, Json],
    on: date,
    hand: Hand,
) -> None:
    concealed = resealed(mechanism, beginning.uid, values, of=standing.row)
    opener = str(roles.get(entry.by, standing.situation.holder))
    hand.world.learn(organ for organ in roles.values() if isinstance(organ, str))
    draft = open_matter(
        mechanism,
        beginning.uid,
        entry=entry.state,
        declaration=digest,
        key=beginning.key,
        roles=roles,
        values=concealed.values,
        acting=Acting(opener, on, hand.now),
        world=hand.world,
    )
    begun, record = begin(mechanism, beginning, draft, hand=hand)
    keep(begun.row.pk, concealed)
    follow_up(begun, record, hand=hand)


def _recall(child: Standing, *, on: date, hand: Hand) -> None:
    draft = recall_child(child.mechanism, child.situation, on=on, world=hand.world)
    if draft:
        after, record = append(child, draft, hand=hand)
        follow_up(after, record, hand=hand)


def _report_or_put_off(child: Standing, *, on: date, hand: Hand) -> None:
    """Report to the parent; a child's ending stands whether or not the parent can go on with it (core.md R6)."""
    try:
        with transaction.atomic():
            report(child, on=on, hand=hand)
    except HINDRANCES as refusal:
        Deferred.objects.create(due_on=on, matter=child.row, body={"report": True})
        tell_of(lock_row(child.row.parent_id), refusal, now=hand.now)


def report(child: Standing, *, on: date, hand: Hand) -> None:
    """
    Report a child's ending to its parent.

    Raises: `HINDRANCES` while directory or settings keep the parent from going on.
    """
    parent = lock_row(child.row.parent_id)
    _take_report(parent, child, _joined(parent, child, on=on, hand=hand), on=on, hand=hand)


def _joined(parent: Standing, child: Standing, *, on: date, hand: Hand) -> Draft:
    return join_child(
        parent.mechanism,
        parent.situation,
        child.situation.uid,
        ending=child.situation.state,
        outcomes=_outcomes(parent, child),
        on=on,
        world=hand.world,
    )


def _take_report(parent: Standing, child: Standing, draft: Draft, *, on: date, hand: Hand) -> None:
    """Hand the child's ending to its parent as a slip, admitted at once since both are kept here (core.md R3)."""
    after, record = append(parent, draft, hand=hand)
    ending = child.situation
    body: dict[str, Json] = {"child": ending.uid, "ending": ending.state, "on": on.isoformat()}
    write_slip(uuid7(), after, record, kind="child-result", organ=ending.holder, body=body, hand=hand)
    follow_up(after, record, hand=hand)


def _outcomes(parent: Standing, child: Standing) -> dict[str, Json]:
    state = parent.mechanism.state(parent.situation.state)
    wanted = state.outcomes if isinstance(state, Await) else ()
    return {key: child.situation.values[key] for key in wanted if key in child.situation.values}


def _child_mechanism(standing: Standing, state: Await) -> tuple[str, Mechanism, str]:
    if isinstance(state.child, str):
        mechanism, digest = current(state.child)
        return state.child, mechanism, digest
    return f"{standing.row.mechanism}/{state.child.key}", state.child, standing.situation.declaration


def _split(mechanism: Mechanism, carried: Json) -> tuple[dict[str, Json], dict[str, Json]]:
    """Part what is carried into roles and fields."""
    given = carried if isinstance(carried, dict) else {}
    roles = {role.key: given[role.key] for role in mechanism.roles if role.key in given}
    values = {found.key: given[found.key] for found in mechanism.fields if found.key in given}
    return roles, values


def _title(row: Matter, mechanism: Mechanism, values: Mapping[str, Json]) -> str:
    """Return the first words that are carried, in one line; the title of the matter that opens when there are none."""
    texts = (values.get(found.key) for found in mechanism.fields if isinstance(found, Text))
    lines = (" ".join(text.split()) for text in texts if isinstance(text, str))
    return next((line[:TITLE_LENGTH] for line in lines if line), row.title)
