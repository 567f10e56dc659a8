"""Obeying a register: what an event of a row makes of the matters that name it, as the record that will say so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fuyuantong.protocol.acts import Heeds
from fuyuantong.protocol.amendments import correct
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.fields import Json, Text
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.mechanism import Mechanism
from fuyuantong.protocol.registers import REGISTER_OF_CHECK, REGISTERS, event_title
from fuyuantong.protocol.trail import Kind
from fuyuantong.protocol.transition import Draft, transition
from fuyuantong.protocol.world import World


@dataclass(frozen=True)
class RegisterEvent:
    """
    What a register says has happened to one of its rows, on a day (`on`, ISO).

    `row` is the row's name, `goes_on` the one under which it goes on, if it does. `source` says which entry of the
    register it is, `digest` is taken of the whole entry, `values` are what the entry says of the event.
    """

    register: str
    event: str
    row: str
    on: str
    source: str
    digest: str
    goes_on: str = ""
    values: Mapping[str, Json] | None = None

    @property
    def act(self) -> str:
        """Return the act of the record that obeys it."""
        return f"heeds:{self.register}.{self.event}"

    @property
    def said(self) -> str:
        """Return the event in words, to be cited as the basis."""
        onward = f"，此后为{self.goes_on}" if self.goes_on else ""
        return f"{REGISTERS[self.register].title}：{self.row}{event_title(self.register, self.event)}{onward}"

    def as_data(self) -> dict[str, Json]:
        """Return the event as the record keeps it (core.md R8)."""
        return {
            "register": self.register,
            "event": self.event,
            "row": self.row,
            "on": self.on,
            "goes_on": self.goes_on,
            "source": self.source,
            "digest": self.digest,
            "values": dict(self.values or {}),
        }


def rows_named(mechanism: Mechanism, values: Mapping[str, Json]) -> Iterator[tuple[str, str, str]]:
    """Yield each field whose value names a row of a register: the field, the register, the row's one form."""
    for found in mechanism.fields:
        register = REGISTER_OF_CHECK.get(found.check) if isinstance(found, Text) and not found.secret else None
        value = values.get(found.key)
        if register and isinstance(value, str) and value:
            yield found.key, register, REGISTERS[register].key_of(value)


def heed(
    mechanism: Mechanism,
    situation: Situation,
    event: RegisterEvent,
    *,
    by: str,
    of_seq: int,
    slip: str,
    acting: Acting,
    world: World,
) -> Draft | None:
    """
    Draft the record by which a running matter obeys an event of the row that its field `by` names.

    `of_seq` is the record that gave the field; `slip` is what the event is admitted as. None when this mechanism
    never obeys such events. Raises: what a step into a state refuses.
    """
    words = [
        word for word in mechanism.heeds if (word.register, word.event, word.by) == (event.register, event.event, by)
    ]
    if not words:
        return None
    acting = replace(acting, on=max(acting.on, situation.stay_on or acting.on))
    told: dict[str, Json] = {"slip": slip, "heard": event.as_data()}
    leading = next((word for word in words if _leads(word, situation, event)), None)
    if leading:
        return _led(mechanism, situation, leading, event, told, acting, world)
    if event.goes_on and any(not word.to for word in words):
        draft = correct(
            mechanism,
            situation,
            of_seq=of_seq,
            values={by: event.goes_on},
            reason=event.said,
            acting=acting,
            world=world,
        )
        return replace(draft, act=event.act, resolved={**draft.resolved, **told})
    state = mechanism.state(situation.state)
    told["declined"] = f"“{state.title}”环节不因此改变"
    return Draft(Kind.SLIP_ADMITTED, event.act, situation.state, acting.on, {}, told)


def _leads(word: Heeds, situation: Situation, event: RegisterEvent) -> bool:
    """Tell whether the engine obeys here and now: in that state, and as long as the day has not come."""
    day = situation.values.get(word.before)
    return situation.state in word.states and (not word.before or (isinstance(day, str) and event.on < day))


def _led(
    mechanism: Mechanism,
    situation: Situation,
    word: Heeds,
    event: RegisterEvent,
    told: Mapping[str, Json],
    acting: Acting,
    world: World,
) -> Draft:
    return transition(
        mechanism,
        situation,
        Kind.SLIP_ADMITTED,
        act=event.act,
        to=word.to,
        given={},
        told=told,
        acting=acting,
        world=world,
    )
