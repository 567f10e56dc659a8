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
from fuyuantong.protocol.fields import Json
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


def filled(told: Mapping[str, Json]) -> dict[str, Json]:
    """Return what a record says, without what is empty."""
    return {key: value for key, value in told.items() if value not in ({}, [], "")}
