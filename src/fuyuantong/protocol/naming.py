"""Naming a row of a register: only one that stands there as the declaration asks; what moved on or ended is refused."""

from collections.abc import Callable, Iterator, Mapping

from fuyuantong.protocol.acts import Move
from fuyuantong.protocol.fields import Json, Text
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.heeding import rows_named
from fuyuantong.protocol.mechanism import Closing, Final, Mechanism
from fuyuantong.protocol.registers import REGISTER_OF_CHECK, REGISTERS, RowNow
from fuyuantong.refusal import Refusal

Stands = Callable[[str, str], RowNow | None]


class RowUnfit(Refusal):
    """A matter would name a row of a register that does not stand as it should: a case that is over, or not yet."""

    key = "row-unfit"
    title = "登记的情况不合"


def admits(mechanism: Mechanism, register: str, standing: str) -> bool:
    """Tell whether a matter of that mechanism may name a row of a register that stands so."""
    return all(
        standing in found.only_while for found in _limited(mechanism) if REGISTER_OF_CHECK[found.check] == register
    )


def unfit(mechanism: Mechanism, situation: Situation, values: Mapping[str, Json], *, stands: Stands) -> RowUnfit | None:
    """Return why one of the rows that `values` newly name cannot be named; `stands` asks a register for a row."""
    limits = {found.key: found.only_while for found in _limited(mechanism)}
    for field, register, key in rows_named(mechanism, values):
        if field not in limits or situation.values.get(field) == values[field]:
            continue
        row = stands(register, key)
        if row and row.standing not in limits[field]:
            return _refusal(mechanism, situation, field, key, row, REGISTERS[register].standings[row.standing])
    return None


def _refusal(mechanism: Mechanism, situation: Situation, field: str, key: str, row: RowNow, standing: str) -> RowUnfit:
    since = f"（{row.since}）" if row.since else ""
    onward = f"，此后为{row.goes_on}" if row.goes_on else ""
    instead = f"请改写为{row.goes_on}" if row.goes_on else f"请核对“{mechanism.value(field).title}”"
    ways = "、".join(f"“{move.title}”" for move in _ways_out(mechanism, situation.state))
    return RowUnfit(
        f"{key}{standing}{since}{onward}，不能办理“{mechanism.title}”",
        remedy=f"{instead}；不再办理的，请用{ways}结束本件。" if ways else f"{instead}。",
        field=field,
    )


def _limited(mechanism: Mechanism) -> Iterator[Text]:
    return (found for found in mechanism.fields if isinstance(found, Text) and found.only_while)


def _ways_out(mechanism: Mechanism, state: str) -> Iterator[Move]:
    """Yield the moves of a state by which its holder takes the matter back."""
    ends = {place.key for place in mechanism.states if isinstance(place, Final) and place.kind is Closing.WITHDRAWN}
    place = mechanism.state(state)
    return (move for move in (() if isinstance(place, Final) else place.moves) if move.to in ends)
