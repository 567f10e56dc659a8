"""Rules on secrets: nothing on which a decision rests is kept apart from the record (core.md section 4)."""

from collections.abc import Iterator

from fuyuantong.protocol.acts import Move
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.fields import Rows
from fuyuantong.protocol.mechanism import Await, Mechanism
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.anatomy import act_name

Reading = tuple[tuple[str, ...], str]


def faults(mechanism: Mechanism) -> Iterator[Fault]:
    """Yield what reads a secret: the record holds its commitment, from which nothing can be told."""
    secret = set(_secrets(mechanism))
    for path, key in _readings(mechanism):
        if key in secret:
            yield Fault("secret-read", f"“{key}”是单独保密的内容，不能据以判断或计算", path)


def _secrets(mechanism: Mechanism) -> Iterator[str]:
    for found in mechanism.fields:
        if found.secret:
            yield found.key
        for column in found.columns if isinstance(found, Rows) else ():
            if found.secret or column.secret:
                yield f"{found.key}.{column.key}"


def _readings(mechanism: Mechanism) -> Iterator[Reading]:
    """Yield every field or column that guards, clocks, roles, awaits, acts and comparisons read, with its place."""
    for path, guards in anatomy.guards(mechanism):
        yield from ((path, guard.of) for guard in guards)
    for clock in mechanism.clocks:
        yield from (((named(clock),), key) for key in (clock.until, clock.since, clock.before))
    for role in mechanism.roles:
        yield (named(role),), role.via.removeprefix("field:")
    yield from (((act_name(heed),), key) for heed in mechanism.heeds for key in (heed.by, heed.before))
    for place in anatomy.places(mechanism):
        if isinstance(place, Await):
            yield (named(place),), place.per
    for place, move in anatomy.moves(mechanism):
        yield from (((named(place), named(move)), key) for key in _read_by(move))
    if recurs := mechanism.recurs:
        yield from (((named(mechanism),), key) for key in (recurs.organ, *recurs.same, *recurs.words))
    if figures := mechanism.figures:
        yield from (((named(mechanism),), key) for key in (figures.period, *figures.columns()))


def _read_by(move: Move) -> Iterator[str]:
    yield from (copied.rpartition(":")[2] for copied in move.copies)
    yield from (wish.until for wish in move.extends)
    yield from (draw.by for draw in move.draws if draw.act != "claim")  # a claim is made by its keyed hash
