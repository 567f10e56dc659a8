"""
The trail of a matter: records that say everything they depended on.

What `Record.resolved` may hold, and the fold reads: `mechanism version declaration` (of the opening), `holder`,
`initiator`, `number`, `round`, `inner`, `roles {role: code | [codes]}`, `facts {fact: bool}`, `counts {move: times}`,
`clocks {clock: {do, lap, inputs, due_on, calendar, provisional}}`, `children [{uid, organ, round, carried}]`,
`ended {child: final}`, `opened [{uid, mechanism, entry, …}]`, `added {rows field: [row]}`,
`requests {slip: {…} | null}`, `documents [key]`, `copies [code]`, `closed` with `closed_on` (until a state is entered
that is no end), `in_transit`. For people and verifiers, and not read by the fold: what a register told under `heard`,
the record whose lapse is lifted under `sets_aside`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from fuyuantong.protocol.fields import Json


class Kind(StrEnum):
    """What a record is; the fold is total over these."""

    OPEN = "open"
    MOVE = "move"
    LAPSE = "lapse"
    JOIN = "join"
    HANDOVER = "handover"
    ARRIVED = "arrived"
    SLIP_ADMITTED = "slip-admitted"
    CLOCK_RECOMPUTED = "clock-recomputed"
    CORRECTION = "correction"
    SUCCESSION = "succession"
    VERSION_MOVED = "version-moved"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Actor:
    """Who acted: account and post of an organ, perhaps on behalf of one that is not on line (core.md R15)."""

    account: str
    post: str
    organ: str
    on_behalf_of: str = ""

    @property
    def for_organ(self) -> str:
        """Return the organ whose act this is."""
        return self.on_behalf_of or self.organ


ENGINE = Actor(account="", post="engine", organ="")


@dataclass(frozen=True)
class Record:
    """
    One entry of a trail, self-contained (core.md R8): `resolved` holds everything it depended on.

    `effective_on` is when the act counts, `recorded_at` when it was written down (UTC); where the two days differ,
    `basis` or a file says why.
    """

    matter: str
    seq: int
    epoch: int
    node: str
    kind: Kind
    act: str
    from_state: str
    to_state: str
    actor: Actor
    effective_on: date
    recorded_at: datetime
    basis: str = ""
    values: Mapping[str, Json] = field(default_factory=dict)
    resolved: Mapping[str, Json] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    def body(self) -> dict[str, Json]:
        """Return the record as canonical data: what its digest is taken of."""
        return {
            "matter": self.matter,
            "seq": self.seq,
            "epoch": self.epoch,
            "node": self.node,
            "kind": self.kind.value,
            "act": self.act,
            "from": self.from_state,
            "to": self.to_state,
            "account": self.actor.account,
            "post": self.actor.post,
            "organ": self.actor.organ,
            "on_behalf_of": self.actor.on_behalf_of,
            "effective_on": self.effective_on.isoformat(),
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "basis": self.basis,
            "values": dict(self.values),
            "resolved": dict(self.resolved),
            "files": list(self.files),
        }
