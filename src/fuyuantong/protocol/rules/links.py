"""Rules between mechanisms: what is opened or awaited exists, can be opened, and gets everything that it needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.fields import Choice, Field, Organ, Organs, Received, Rows, Text
from fuyuantong.protocol.mechanism import Await, Closing, Mechanism, Role, State
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.rules.apart import clashes
from fuyuantong.protocol.rules.sides import mismatches

Thing = Role | Field


@dataclass(frozen=True)
class Link:
    """One mechanism leads into an entry of another: by opening a matter, or by awaiting a child."""

    source: Mechanism
    target: Mechanism
    entry: str
    carry: Mapping[str, str]
    each: str
    path: tuple[str, ...]
    bound: tuple[str, ...] = ()


def unknown(mechanism: Mechanism, others: Mapping[str, Mechanism]) -> Iterator[Fault]:
    """Yield the mechanisms that are named but do not exist."""
    for opening in anatomy.openings(mechanism):
        if opening.opens.mechanism not in others:
            yield Fault("unknown-mechanism", f"没有“{opening.opens.mechanism}”这一机制", opening.path)
    for place in anatomy.places(mechanism):
        if isinstance(place, Await) and isinstance(place.child, str) and place.child not in others:
            yield Fault("unknown-mechanism", f"没有“{place.child}”这一机制", (named(place),))


def faults(mechanism: Mechanism, others: Mapping[str, Mechanism]) -> Iterator[Fault]:
    """Yield what is wrong where this mechanism leads into its children and into others."""
    for opening in anatomy.openings(mechanism):
        opens = opening.opens
        target = others[opens.mechanism]
        yield from link_faults(Link(mechanism, target, opens.entry, opens.carry, opens.each, opening.path))
        yield from clashes(target, opens.carry, path=opening.path)
        yield from mismatches(mechanism, target, opens.carry, path=opening.path)
    for place in anatomy.places(mechanism):
        if isinstance(place, Await):
            yield from _await_faults(mechanism, place, others)


def shared_roles(parent: Mechanism, child: Mechanism) -> tuple[str, ...]:
    """Return the roles that a child gets from its parent by having the same key."""
    roles = {role.key for role in parent.roles}
    return tuple(role.key for role in child.roles if role.key in roles)


def expected(target: Mechanism, entry: str) -> tuple[str, ...]:
    """Return the roles and fields that an entry counts on; none when there is no such entry."""
    found = next((one for one in target.entries if entry in ("", one.state)), None)
    return anatomy.known_at(found) if found else ()


def child_of(place: Await, others: Mapping[str, Mechanism]) -> Mechanism:
    """Return the mechanism that an Await waits for."""
    return place.child if isinstance(place.child, Mechanism) else others[place.child]


def link_faults(link: Link) -> Iterator[Fault]:
    """Yield what is wrong with one link: the entry, and what it needs."""
    try:
        entry = link.target.entry(link.entry)
    except KeyError:
        yield Fault("opened-entry", f"{named(link.target)}没有“{link.entry}”这一起点", link.path)
        return
    if not entry.opened:
        yield Fault("opened-entry", f"{named(link.target)}的起点“{entry.state}”不由其他事项转入", link.path)
    given = {*link.carry, *link.bound}
    for key in expected(link.target, link.entry):
        if key not in given:
            yield Fault("carry", f"没有带入{named(link.target)}起点所需的“{key}”", link.path)
    things = _things(link.target)
    for key, source in link.carry.items():
        if key not in things:
            yield Fault("carry", f"{named(link.target)}没有“{key}”可以带入", link.path)
        elif not any(_fits(thing, found, source) for thing in things[key] for found in _source(source, link)):
            yield Fault("carry", f"“{source}”不能作为{named(things[key][0])}带入{named(link.target)}", link.path)


def own_entries(mechanism: Mechanism) -> Iterator[Fault]:
    """Yield entries that are opened by others but judged by no clock."""
    for entry in mechanism.entries:
        place = mechanism.state(entry.state)
        if entry.opened and isinstance(place, State | Await) and not place.judged_by:
            yield Fault("opened-entry", f"由其他事项转入的起点{named(place)}须有时钟", (f"起点 {entry.state}",))


def _await_faults(mechanism: Mechanism, place: Await, others: Mapping[str, Mechanism]) -> Iterator[Fault]:
    child = child_of(place, others)
    path = (named(place), f"子事项 {named(child)}")
    roles = {role.key: role for role in child.roles}
    if place.each not in roles:
        yield Fault("unknown-key", f"{named(child)}没有“{place.each}”这一角色", path)
    elif roles[place.each].many:
        yield Fault("many-holds", f"{named(roles[place.each])}是多个机关，不能逐一对应", path)
    bound = (place.each, *shared_roles(mechanism, child))
    each = place.per.partition(".")[0] if "." in place.per else ""
    yield from link_faults(Link(mechanism, child, place.entry, place.carry, each, path, bound))
    ways = {key: key for key in bound[1:]} | dict(place.carry) | {place.each: ""}  # each comes from its own organ
    yield from clashes(child, ways, path=path)
    yield from mismatches(mechanism, child, ways | {place.each: "" if each else place.per}, path=path)
    known = {found.key for found in child.fields}
    for key in place.outcomes:
        if key not in known:
            yield Fault("unknown-key", f"{named(child)}没有“{key}”可以带回", path)
    yield from _received_faults(mechanism, place, child)
    endings = {final.key for final in anatomy.finals(child)}
    for ending in dict.fromkeys(ending for tally in place.ballot for ending in tally.endings):
        if ending not in endings:
            yield Fault("unknown-key", f"{named(child)}没有“{ending}”这一结果", path)
    recalled = [final for final in anatomy.finals(child) if final.kind is Closing.SUPERSEDED]
    if place.leftover == "recall" and len(recalled) != 1:
        yield Fault("recall", f"收回未了的{named(child)}须恰有一个 superseded 结果", path)


def _received_faults(mechanism: Mechanism, place: Await, child: Mechanism) -> Iterator[Fault]:
    """Yield columns of a table that begin with what no child brings back, or with what they cannot hold."""
    brought = {found.key: found for found in child.fields if found.key in place.outcomes}
    for table in mechanism.fields:
        beginning = table.begins_with if isinstance(table, Rows) else None
        if not isinstance(table, Rows) or not isinstance(beginning, Received) or beginning.of != place.key:
            continue
        for column in table.columns:
            source = beginning.columns.get(column.key)
            if source is not None and not (source in brought and _fits(column, brought[source], source)):
                yield Fault("begins-shape", f"{named(column)}不能用{named(child)}的“{source}”填入", (named(table),))


def _fits(target: Thing, found: Thing | None, source: str) -> bool:
    """Tell whether a source gives what the target can take."""
    if source.startswith("="):
        return isinstance(target, Text) or (isinstance(target, Choice) and source[1:] in target.options)
    if found is None:
        return target.many if isinstance(target, Role) else isinstance(target, Organs)
    if isinstance(target, Role):
        return isinstance(found, Role | Organ) if not target.many else isinstance(found, Role | Organs)
    if isinstance(found, Role):
        return isinstance(target, Organs if found.many else Organ)
    if isinstance(target, Choice) and isinstance(found, Choice):
        return set(found.options) <= set(target.options)
    if isinstance(target, Rows) and isinstance(found, Rows):
        return {column.key for column in found.columns} >= {column.key for column in target.columns}
    return type(target) is type(found) or (isinstance(target, Text) and isinstance(found, Choice))


def _source(source: str, link: Link) -> Sequence[Thing | None]:
    """Return what stands behind a source: None for a constant and for organs that the directory or a setting gives."""
    if source.startswith("row."):
        rows = [found for found in link.source.fields if found.key == link.each]
        columns = [column for found in rows if isinstance(found, Rows) for column in found.columns]
        return [column for column in columns if column.key == source[4:]]
    return [None] if source.startswith("=") or ":" in source else _things(link.source)[source]


def _things(mechanism: Mechanism) -> dict[str, list[Thing]]:
    """Return roles and fields by key; a role found by the field of its own name stands beside it."""
    things: dict[str, list[Thing]] = {}
    known: tuple[Thing, ...] = (*mechanism.roles, *mechanism.fields)
    for thing in known:
        things.setdefault(thing.key, []).append(thing)
    return things
