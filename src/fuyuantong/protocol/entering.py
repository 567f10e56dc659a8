"""Entering a state: whose roles are bound, by what, at the moment they are first needed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from fuyuantong.protocol.acts import Move
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.fold import Situation, merged
from fuyuantong.protocol.mechanism import Await, Final, Mechanism, Role, State
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
    which clocks began, for a matter brought in from paper.
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
        """Return why the step was taken: the first words given with it, else the name of the move."""
        texts = [value for value in self.given.values() if isinstance(value, str) and value]
        return next(iter(texts), self.move.title if self.move else "")


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
) -> Entering:
    """
    Bind the roles that this step gives or first needs.

    Raises: `OrganUnclear` when a derived role has none or several organs and none was chosen; `RolesClash`.
    """
    state = mechanism.state(to)
    values = merged(before.values, given)
    bound = dict(_told(told, "roles"))
    binder = _Binder(mechanism, {**before.roles, **bound}, values, acting, world)
    for role in mechanism.roles:
        key = role.via.removeprefix("field:")
        if role.via.startswith("field:") and key in given:
            bound[role.key] = binder.roles[role.key] = values[key]
    for role_key in _needed(state, move):
        if role_key not in binder.roles:
            bound[role_key] = binder.bind(mechanism.role(role_key))
    _require_distinct(mechanism, binder.roles)
    return Entering(
        mechanism=mechanism,
        before=before,
        state=state,
        given=given,
        values=values,
        roles=binder.roles,
        bound_now=bound,
        acting=acting,
        move=move,
        world=world,
        facts={**before.facts, **{fact: value is True for fact, value in _told(told, "facts").items()}},
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

    def bind(self, role: Role) -> Json:
        """Bind a role that the directory or a setting gives."""
        organs = self._found(role)
        if role.many:
            self.roles[role.key] = list(organs)
        else:
            self.roles[role.key] = self._one(role, organs)
        return self.roles[role.key]

    def _found(self, role: Role) -> Sequence[str]:
        source, _, key = role.via.partition(":")
        if source == "setting":
            return self.world.organs_by_setting(key, near=self.acting.organ)
        if source == "field":
            return _several(self.values.get(key))
        if not source:
            return ()
        if key not in self.roles:
            self.bind(self.mechanism.role(key))
        return _related(_several(self.roles[key]), source, self.acting.on, self.world)

    def _one(self, role: Role, organs: Sequence[str]) -> str:
        chosen = self.acting.chosen.get(role.key, "")
        if chosen:
            return chosen
        if len(organs) == 1:
            return organs[0]
        found = f"有 {len(organs)} 个：{'、'.join(organs)}" if organs else "没有登记"
        raise OrganUnclear(
            f"“{role.title}”在机关名录中{found}",
            remedy="请在提交时选定一个机关，或请系统管理员补全机关关系。",
            field=f"role:{role.key}",
        )


def _needed(state: State | Await | Final, move: Move | None) -> Iterable[str]:
    if not isinstance(state, Final):
        yield state.holder
    if move:
        yield from (draw.keeper for draw in move.draws)


def _require_distinct(mechanism: Mechanism, roles: Mapping[str, Json]) -> None:
    taken: dict[str, Role] = {}
    for role in mechanism.roles:
        organ = roles.get(role.key)
        if role.many or not isinstance(organ, str) or not organ:
            continue
        other = taken.setdefault(organ, role)
        if other is not role and other.key not in role.may_be_same and role.key not in other.may_be_same:
            raise RolesClash(
                f"{organ} 不能既是“{other.title}”又是“{role.title}”",
                remedy="请另选机关；确由同一机关承担的，请由机制管理人修改机制声明。",
                field=f"role:{role.key}",
            )


def _several(value: Json) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return (value,) if isinstance(value, str) and value else ()


def _related(organs: Sequence[str], relation: str, on: date, world: World) -> tuple[str, ...]:
    found = (other for organ in organs for other in world.related(organ, relation, on=on))
    return tuple(dict.fromkeys(found))
