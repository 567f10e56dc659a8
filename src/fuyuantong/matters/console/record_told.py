"""One record as data: what was done, by whom and for whom, and to which state it led."""

from typing import Any

from fuyuantong.matters.console.labels import OrganNames, act_title, state_title
from fuyuantong.matters.models.record import Record
from fuyuantong.protocol import Mechanism


def record_told(mechanism: Mechanism, record: Record, names: OrganNames) -> dict[str, Any]:
    """Return what every list of records says of each."""
    return {
        "seq": record.seq,
        "kind": record.kind,
        "act": record.move,
        "title": act_title(mechanism, record.kind, record.move, record.from_state),
        "at": record.recorded_at.isoformat(),
        "effective_on": record.effective_on.isoformat(),
        "account": record.account,
        "organ": record.organ,
        "organ_name": names[record.organ],
        "on_behalf_of": record.on_behalf_of,
        "on_behalf_of_name": names[record.on_behalf_of] if record.on_behalf_of else "",
        "state": record.to_state,
        "state_title": state_title(mechanism, record.to_state),
        "digest": bytes(record.digest).hex(),
    }
