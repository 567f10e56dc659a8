"""One step of a matter into a state, drafted as the record that will say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fuyuantong.protocol.acts import Move, Opens
from fuyuantong.protocol.consequences import (
    children_opened,
    children_recalled,
    closing,
    holding,
    matters_opened,
    papers,
)
from fuyuantong.protocol.entering import Acting, enter
from fuyuantong.protocol.fields import Json, Rows
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.mechanism import Mechanism
from fuyuantong.protocol.timing import clock_events
from fuyuantong.protocol.trail import Kind
from fuyuantong.protocol.world import World


@dataclass(frozen=True)
class Draft:
    """A record before it has its place in the trail."""

    kind: Kind
    act: str
    to_state: str
    effective_on: date
    values: Mapping[str, Json] = field(default_factory=dict)
    resolved: Mapping[str, Json] = field(default_factory=dict)


def transition(
    mechanism: Mechanism,
    before: Situation,
    kind: Kind,
    *,
    act: str,
    to: str,
    given: Mapping[str, Json],
    told: Mapping[str, Json],
    acting: Acting,
    world: World,
    move: Move | None = None,
    opens: tuple[Opens, ...] = (),
) -> Draft:
    """
    Draft the record of entering `to`, with everything that this brings about; numbers are taken last.

    Raises: what binding roles and starting clocks refuse.
    """
    given = with_row_keys(mechanism, before, given, world)
    entering = enter(mechanism, before, to, given=given, told=told, acting=acting, move=move, world=world, opens=opens)
    clocks = clock_events(entering)
    settled: dict[str, Json] = {
        **told,
        "roles": dict(entering.bound_now),
        "directory_version": world.directory_version,
        "clocks": clocks,
        **holding(entering),
        **children_opened(entering),
        **children_recalled(entering),
        **closing(entering),
        **matters_opened(entering, opens),
    }
    if move:
        settled |= papers(entering, move)
    return Draft(kind, act, to, acting.on, given, filled(settled))


def with_row_keys(mechanism: Mechanism, before: Situation, given: Mapping[str, Json], world: World) -> dict[str, Json]:
    """Return what was given, rows with identity under their keys: the former one in the same place, or a fresh one."""
    keyed = dict(given)
    for found in mechanism.fields:
        rows = given.get(found.key)
        if isinstance(found, Rows) and found.identity and isinstance(rows, list):
            former = before.values.get(found.key)
            known = former if isinstance(former, list) else []
            keyed[found.key] = [
                _keyed(row, known[place] if place < len(known) else None, world) for place, row in enumerate(rows)
            ]
    return keyed


def _keyed(row: Json, former: Json, world: World) -> Json:
    own = {key: value for key, value in former.items() if key.startswith("$")} if isinstance(former, dict) else {}
    return {**(own or {"$row": world.new_uid()}), **row} if isinstance(row, dict) else row


def filled(told: Mapping[str, Json]) -> dict[str, Json]:
    """Return what a record says, without what is empty."""
    return {key: value for key, value in told.items() if value not in ({}, [], "")}
