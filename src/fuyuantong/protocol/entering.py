"""Entering a state: whose roles are bound, by what, at the moment they are first needed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations

from fuyuantong.protocol.acts import Move, Opens
from fuyuantong.protocol.fields import Json, Text
from fuyuantong.protocol.fold import Situation, merged
from fuyuantong.protocol.mechanism import Await, Final, Mechanism, Role, State
from fuyuantong.protocol.offers import guards_hold
from fuyuantong.protocol.world import World
from fuyuantong.refusal import Refusal


class OrganUnclear(Refusal):
    """The directory names no organ, or several, where the protocol needs one."""

    key = "organ-unclear"
    title = "不能确定办理机关"


class RolesClash(Refusal):
    """One organ would play two parts that must be distinct."""

    key = "roles-clash"
    title = "同一机关不能担任两方"


@dataclass(frozen=True)
class Acting:
    """
    Who makes an act, when it takes effect, and what was chosen where the directory gave none or several.

    `at`: the moment, which clocks in hours count from; without it the end of the day `on`. `starts`: the days on
    which clocks began, for a matter brought in from paper, or begin anew when an ending by lapse is set aside.
    """

    organ: str
    on: date
    at: datetime | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Entering:
    """One step into a state, with the values and roles as they are after it."""

    mechanism: Mechanism
    before: Situation
    state: State | Await | Final
    given: Mapping[str, Json]
    values: Mapping[str, Json]
    roles: Mapping[str, Json]
    bound_now: Mapping[str, Json]
    acting: Acting
    move: Move | None
    world: World
    facts: Mapping[str, bool]
    told_ended: frozenset[str]

    @property
    def cause(self) -> str:
        """Return why the step was taken: the first words given with it, else what the step is called."""
        words = {field.key for field in self.mechanism.fields if isinstance(field, Text)}
        texts = (value for key, value in self.given.items() if key in words and isinstance(value, str))
        return next(texts, self.move.title if self.move else self.state.title)


def enter(
    mechanism: Mechanism,
    before: Situation,
    to: str,
    *,
    given: Mapping[str, Json],
    told: Mapping[str, Json],
    acting: Acting,
    move: Move | None,
    world: World,
    opens: tuple[Opens, ...] = (),
) -> Entering:
    """
    Bind the roles that this step gives or first needs.

    A derived role that only asks, is copied or is carried may stay open when no person makes the step.
    Raises: `OrganUnclear` when a derived role has none or several organs and none was chosen; `RolesClash`.
    """
    state = mechanism.state(to)
    values = merged(before.values, given)
    facts = {**before.facts, **{fact: value is True for fact, value in _told(told, "facts").items()}}
    binder = _Binder(mechanism, dict(before.roles), values, acting, world)
    for role_key, organ in {**_told(told, "roles"), **_given_by_field(mechanism, given)}.items():
        binder.rebind(role_key, organ)
    for role_key in _holding(state, move):
        binder.settle(mechanism.role(role_key), must=True)
    opened = (wish for wish in opens if guards_hold(wish.when, values, facts))
    for role in _taking_part(mechanism, state, move, opened):
        if binder.may_be_found(role):
            binder.settle(role, must=move is not None)
    fresh = frozenset(key for key, organ in binder.bound.items() if before.roles.get(key) != organ)
    _require_distinct(mechanism, binder.roles, fresh=fresh)
    return Entering(
        mechanism=mechanism,
        before=before,
        state=state,
        given=given,
        values=values,
        roles=binder.roles,
        bound_now=binder.bound,
        acting=acting,
        move=move,
        world=world,
        facts=facts,
        told_ended=frozenset(_told(told, "ended")),
    )


def _told(told: Mapping[str, Json], key: str) -> dict[str, Json]:
    value = told.get(key)
    return value if isinstance(value, dict) else {}


def awaited(state: Await, values: Mapping[str, Json]) -> tuple[tuple[str, Json], ...]:
    """Return the organs of whom an Await wants an ending, each with its row (None for an Organs field)."""
    key, _, column = state.per.partition(".")
    entries = values.get(key)
    found = entries if isinstance(entries, list) else []
    if not column:
        return tuple((str(organ), None) for organ in found)
    return tuple((str(row[column]), row) for row in found if isinstance(row, dict))


def organs_named(name: str, entering: Entering) -> tuple[str, ...]:
    """Return the organs that a copy or a carry names: a role, a field, `setting:KEY` or `RELATION:ROLE-or-field`."""
    source, colon, key = name.partition(":")
    if not colon:
        return _several(entering.roles.get(name, entering.values.get(name)))
    if source == "setting":
        return tuple(entering.world.organs_by_setting(key, near=entering.acting.organ))
    start = _several(entering.roles.get(key, entering.values.get(key)))
    return _related(start, source, entering.acting.on, entering.world)


@dataclass
class _Binder:
    mechanism: Mechanism
    roles: dict[str, Json]
    values: Mapping[str, Json]
    acting: Acting
    world: World
    bound: dict[str, Json] = field(default_factory=dict)

    def rebind(self, role_key: str, organs: Json) -> None:
        """Bind a role anew, and with it what was derived from the organ that it had. Raises: `OrganUnclear`."""
        former = self.roles.get(role_key)
        self.roles[role_key] = self.bound[role_key] = organs
        if former in (None, organs):
            return
        for role in self.mechanism.roles:
            relation, _, base = role.via.partition(":")
            if base == role_key and relation not in ("field", "setting") and role.key in self.roles:
                self.rebind(role.key, self._derived(role, must=True))

    def may_be_found(self, role: Role) -> bool:
        """Tell whether enough is known to look for the role's organ."""
        source, _, key = role.via.partition(":")
        if source == "field":
            return key in self.values
        if source in ("", "setting"):
            return bool(source)
        return bool(self.roles.get(key)) or self.may_be_found(self.mechanism.role(key))

    def settle(self, role: Role, *, must: bool) -> None:
        """
        Bind a role that is not bound yet by what directory, setting or field say.

        Raises: `OrganUnclear` if someone has to choose and the role `must` be bound; else it stays open.
        """
        if self.roles.get(role.key):
            return
        organs = self._derived(role, must=must)
        if organs:
            self.roles[role.key] = self.bound[role.key] = organs

    def _derived(self, role: Role, *, must: bool) -> Json:
        organs = self._found(role, must=must)
        if role.many:
            return list(organs)
        organ = self._one(role, organs)
        if must and not organ:
            found = f"有 {len(organs)} 个：{'、'.join(organs)}" if organs else "没有登记"
            raise OrganUnclear(
                f"“{role.title}”在机关名录中{found}",
                remedy="请在提交时选定一个机关，或请系统管理员补全机关关系。",
                field=f"role:{role.key}",
            )
        return organ

    def _found(self, role: Role, *, must: bool) -> Sequence[str]:
        source, _, key = role.via.partition(":")
        if source == "setting":
            return self.world.organs_by_setting(key, near=self.acting.organ)
        if source == "field":
            return _several(self.values.get(key))
        if not source:
            return ()
        self.settle(self.mechanism.role(key), must=must)
        return _related(_several(self.roles.get(key)), source, self.acting.on, self.world)

    def _one(self, role: Role, organs: Sequence[str]) -> str:
        """Return the only organ, or the one that was chosen where there are several or none."""
        if len(organs) == 1:
            return organs[0]
        chosen = self.acting.chosen.get(role.key, "")
        return chosen if not organs or chosen in organs else ""


def _holding(state: State | Await | Final, move: Move | None) -> Iterator[str]:
    """Yield the roles without which the step cannot be: who holds next, and who keeps what is drawn on."""
    if not isinstance(state, Final):
        yield state.holder
    if move:
        yield from (draw.keeper for draw in move.draws)


def _taking_part(
    mechanism: Mechanism, state: State | Await | Final, move: Move | None, opens: Iterable[Opens]
) -> Iterator[Role]:
    """Yield the roles that are copied or carried by this step, or may ask in the state."""
    carries = [wish.carry for wish in opens]
    if isinstance(state, Await):
        carries.append(state.carry)
    names = [
        *(move.copies if move else ()),
        *(role for request in mechanism.requests if state.key in request.states for role in request.by),
        *(source for carry in carries for source in carry.values()),
    ]
    named = {name.rpartition(":")[2] for name in names if not name.startswith(("setting:", "=", "row."))}
    return (role for role in mechanism.roles if role.key in named)


def _given_by_field(mechanism: Mechanism, given: Mapping[str, Json]) -> dict[str, Json]:
    fields = {role.key: role.via.removeprefix("field:") for role in mechanism.roles if role.via.startswith("field:")}
    return {role_key: given[key] for role_key, key in fields.items() if key in given}


def _require_distinct(mechanism: Mechanism, roles: Mapping[str, Json], *, fresh: frozenset[str]) -> None:
    """Refuse that a role bound in this step has the organ of another; what a succession has joined stays."""
    for one, other in combinations((role for role in mechanism.roles if not role.many), 2):
        organ = roles.get(one.key)
        if not organ or organ != roles.get(other.key) or fresh.isdisjoint((one.key, other.key)):
            continue
        if other.key not in one.may_be_same and one.key not in other.may_be_same:
            raise RolesClash(
                f"{organ} 不能既是“{one.title}”又是“{other.title}”",
                remedy="请另选机关；确由同一机关承担的，请由机制管理人修改机制声明。",
                field=f"role:{other.key}",
            )


def _several(value: Json) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return (value,) if isinstance(value, str) and value else ()


def _related(organs: Sequence[str], relation: str, on: date, world: World) -> tuple[str, ...]:
    found = (other for organ in organs for other in world.related(organ, relation, on=on))
    return tuple(dict.fromkeys(found))
