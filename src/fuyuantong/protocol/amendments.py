"""What changes a trail beside acts: corrections, lapses set aside, recomputed clocks, succession, versions, paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fuyuantong.clock.calendar import Calendar
from fuyuantong.protocol.carrying import fit_roles, fit_values
from fuyuantong.protocol.consequences import holding
from fuyuantong.protocol.entering import Acting, enter
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.fold import Situation, fold, value_at
from fuyuantong.protocol.mechanism import LANGUAGE, Await, Final, Mechanism
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, require_reason
from fuyuantong.protocol.timing import clock_event, clock_events, running_clock
from fuyuantong.protocol.trail import Kind, Record
from fuyuantong.protocol.transition import Draft, filled, transition, with_row_keys
from fuyuantong.protocol.values import title_of
from fuyuantong.protocol.world import World


class NothingToCorrect(NotOffered):
    """A correction that names no earlier value, or changes none."""

    key = "nothing-to-correct"
    title = "没有可更正的内容"
    remedy = "请对照留痕，选定填写有误的那一条记录和内容。"


class BeingAnswered(NotOffered):
    """A correction of the text or the addressees on which children that are still open rest."""

    key = "being-answered"
    title = "对方正在办理，不能更正"


class NotSetAside(NotOffered):
    """An ending that cannot be set aside: not by lapse, or one on which something else rests already."""

    key = "not-set-aside"
    title = "不能撤销逾期结束"


def correct(
    mechanism: Mechanism,
    situation: Situation,
    *,
    of_seq: int,
    values: Mapping[str, Json],
    reason: str,
    acting: Acting,
    world: World,
) -> Draft:
    """
    Draft a correction: it points to a record and replaces named values, clocks that rest on them move.

    Raises: `NothingToCorrect` when a value was never given or does not change; `BeingAnswered`; `ReasonMissing`.
    """
    require_reason(reason)
    if not 1 <= of_seq <= situation.seq:
        raise NothingToCorrect(f"本件没有第 {of_seq} 条记录", field="of_seq")
    values = with_row_keys(mechanism, situation, values, world)
    _require_not_answered(mechanism, situation, values)
    for key, value in values.items():
        was = value_at(situation.values, key)
        if was is None:
            raise NothingToCorrect(f"“{key}”此前没有填写", field=key)
        if was == value:
            raise NothingToCorrect(f"“{title_of(mechanism, key)}”与原值相同", field=key)
    told: dict[str, Json] = {"corrects": of_seq, "reason": reason}
    if not situation.closed:
        entering = enter(
            mechanism, situation, situation.state, given=values, told={}, acting=acting, move=None, world=world
        )
        told |= {"clocks": clock_events(entering), "roles": dict(entering.bound_now), **holding(entering)}
        told["directory_version"] = world.directory_version
    return Draft(Kind.CORRECTION, "correct", situation.state, acting.on, values, filled(told))


def _require_not_answered(mechanism: Mechanism, situation: Situation, values: Mapping[str, Json]) -> None:
    state = mechanism.state(situation.state)
    if not isinstance(state, Await) or not situation.awaited_children:
        return
    for key in values:
        if key in (state.text, state.per, state.per.partition(".")[0]):
            raise BeingAnswered(
                f"“{title_of(mechanism, key)}”已经送出，尚有 {len(situation.awaited_children)} 件没有结果",
                basis="送出后各单位所见与所办须为同一内容",
                remedy="请先结束本轮，再以更正后的内容重新送出。",
                field=key,
            )


def set_aside(
    mechanism: Mechanism,
    situation: Situation,
    *,
    trail: Sequence[Record],
    evidence: str,
    acting: Acting,
    world: World,
) -> Draft:
    """
    Draft the record that lifts an ending by lapse: its holder enters the former state again, facts are as they were.

    The clocks by which that state may lapse begin anew on the day of this act. `trail`: the records so far.
    Basis: 民诉法86; core.md R7.
    Raises: `NotSetAside`, `NotYourTurn`, `ReasonMissing`.
    """
    require_reason(evidence)
    lapsed = trail[situation.stay_seq - 1]
    if not situation.closed or lapsed.kind is not Kind.LAPSE:
        raise NotSetAside("本件不是因逾期而结束的", remedy="请查看本件现在的环节；如有新情况，请新建事项并关联本件。")
    if acting.organ != situation.holder:
        raise NotYourTurn(
            f"本件结束时由 {situation.holder} 办理，{acting.organ} 不能撤销", remedy="请由该单位凭证据撤销。"
        )
    if {"opened", "deferred"} & lapsed.resolved.keys():
        raise NotSetAside("本件逾期结束时已经引出其他事项", remedy="请新建事项并关联本件。")
    before = fold(trail[: lapsed.seq - 1])
    state = mechanism.state(lapsed.from_state)
    clocks = [] if isinstance(state, Final) else [rule.clock for rule in state.lapses]
    draft = transition(
        mechanism,
        situation,
        Kind.CORRECTION,
        act="set-aside",
        to=state.key,
        given={},
        told={
            "sets_aside": lapsed.seq,
            "reason": evidence,
            "facts": {fact: before.facts.get(fact, False) for fact in situation.facts},
        },
        acting=replace(acting, starts=dict.fromkeys(clocks, acting.on)),
        world=world,
    )
    for key in _passed(draft, clocks):
        title = mechanism.clock(key).title
        raise NotSetAside(
            f"“{title}”依所填日期计算，撤销后仍已届满", remedy="请先更正所依据的日期，或者新建事项并关联本件。"
        )
    return draft


def _passed(draft: Draft, clocks: Iterable[str]) -> Iterator[str]:
    """Yield the clocks that would have passed on the day on which they begin."""
    events = draft.resolved.get("clocks")
    for key in clocks:
        event = events.get(key) if isinstance(events, dict) else None
        due_on = event.get("due_on") if isinstance(event, dict) else None
        if isinstance(due_on, str) and due_on < draft.effective_on.isoformat():
            yield key


def recompute_clocks(situation: Situation, *, calendar: Calendar, on: date) -> Draft | None:
    """
    Draft the record of a new holiday notice; None when by it no running clock gets another day or becomes settled.

    Each event keeps the day it had as `was`.
    """
    events: dict[str, Json] = {}
    for key, standing in situation.clocks.items():
        if not standing.running or standing.calendar == calendar.version:
            continue
        event = clock_event("recompute", standing.lap, running_clock(standing), calendar)
        was = standing.due_on.isoformat() if standing.due_on else None
        if (event["due_on"], event["provisional"]) != (was, standing.provisional):
            events[key] = {**event, "was": was}
    if not events:
        return None
    return Draft(Kind.CLOCK_RECOMPUTED, "recompute", situation.state, on, {}, {"clocks": events})


def succeed(situation: Situation, *, old: str, new: str, on: date, directory_version: int) -> Draft | None:
    """Draft the record by which `new` takes the place of `old` in every role; None when `old` has none."""
    if old not in situation.parties and old != situation.holder:
        return None
    told: dict[str, Json] = {
        "roles": {role: _instead(bound, old, new) for role, bound in situation.roles.items()},
        "holder": _instead(situation.holder, old, new),
        "initiator": _instead(situation.initiator, old, new),
        "directory_version": directory_version,
        "succession": {"from": old, "to": new},
    }
    return Draft(Kind.SUCCESSION, "succeed", situation.state, on, {}, told)


def move_version(
    mechanism: Mechanism, situation: Situation, *, declaration: str, acting: Acting, world: World
) -> Draft:
    """
    Draft the record that moves a running matter to the next version of its mechanism.

    Clocks and children that run go on: what the new version does not await any more ends by itself and is noted.
    Raises: `NotOffered` when the new version does not say where the present state goes.
    """
    if situation.state not in mechanism.supersedes:
        raise NotOffered(f"新版本没有写明“{situation.state}”环节转到哪里", remedy="本件仍按原版本办理。")
    to = mechanism.supersedes[situation.state]
    # to the new version the matter has been in that state all along, unless its children are yet to begin
    begins = isinstance(mechanism.state(to), Await) and not situation.awaited_children
    before = replace(situation, state="" if begins else to)
    return transition(
        mechanism,
        before,
        Kind.VERSION_MOVED,
        act="version",
        to=to,
        given={},
        told={"version": mechanism.version, "declaration": declaration, "language": LANGUAGE},
        acting=acting,
        world=world,
    )


@dataclass(frozen=True)
class Paper:
    """
    A matter as it stands on paper: its state since a day, what is known, and when clocks began.

    `facts`: what acts have set on the way; `made`: how often moves were made of which only so many are allowed.
    """

    state: str
    roles: Mapping[str, Json]
    values: Mapping[str, Json]
    since: date
    number: str = ""
    clock_starts: Mapping[str, date] = field(default_factory=dict)
    facts: Mapping[str, bool] = field(default_factory=dict)
    made: Mapping[str, int] = field(default_factory=dict)


def bring_in(mechanism: Mechanism, uid: str, paper: Paper, *, declaration: str, acting: Acting, world: World) -> Draft:
    """
    Draft the first record of a matter that ran on paper until now, at whatever state it has reached.

    In an Await it opens a child for every organ of whom an ending is still wanted: name those only.
    Raises: `OrganUnclear`, `RolesClash`, and what starting clocks refuses.
    """
    told: dict[str, Json] = {
        "mechanism": mechanism.key,
        "version": mechanism.version,
        "declaration": declaration,
        "language": LANGUAGE,
        "initiator": paper.roles.get(mechanism.entry().by, acting.organ),
        "roles": dict(fit_roles(mechanism, paper.roles)),
        "number": paper.number,
        "facts": dict(paper.facts),
        "counts": dict(paper.made),
    }
    return transition(
        mechanism,
        Situation(uid=uid),
        Kind.IMPORTED,
        act="import",
        to=paper.state,
        given=fit_values(mechanism, paper.values),
        told=told,
        acting=replace(acting, on=paper.since, starts=paper.clock_starts),
        world=world,
    )


def _instead(bound: Json, old: str, new: str) -> Json:
    if isinstance(bound, list):
        return list(dict.fromkeys(new if organ == old else organ for organ in bound))
    return new if bound == old else bound
