"""Decisions: what an act makes of a matter, as a draft of the one record that will say so. Pure; the world is a port."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from fuyuantong.protocol.acts import Lapse, Move, Request
from fuyuantong.protocol.carrying import fit_roles, fit_values
from fuyuantong.protocol.consequences import next_in_turn
from fuyuantong.protocol.entering import Acting, awaited, enter
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.fold import Situation, merged
from fuyuantong.protocol.mechanism import LANGUAGE, Await, Closing, Final, Mechanism, State, Tally
from fuyuantong.protocol.offers import (
    NotOffered,
    NotYourTurn,
    OutsideWindow,
    guards_hold,
    here,
    offer,
    require_guards,
    require_reason,
)
from fuyuantong.protocol.timing import due_of, ends_on, next_lap
from fuyuantong.protocol.trail import Kind
from fuyuantong.protocol.transition import Draft, filled, transition
from fuyuantong.protocol.world import World


def open_matter(
    mechanism: Mechanism,
    uid: str,
    *,
    entry: str,
    declaration: str,
    key: str = "",
    roles: Mapping[str, Json],
    values: Mapping[str, Json],
    acting: Acting,
    world: World,
) -> Draft:
    """
    Draft the first record; `roles` and `values` are what is carried, `key` is `parent/child` for a child.

    Raises: `OrganUnclear` when several organs are carried where the mechanism takes one, and what a step refuses.
    """
    found = mechanism.entry(entry)
    fitted = fit_roles(mechanism, roles)
    bound = {found.by: acting.organ, **fitted} if found.opened else {**fitted, found.by: acting.organ}
    blank = Situation(uid=uid)
    told: dict[str, Json] = {
        "mechanism": key or mechanism.key,
        "version": mechanism.version,
        "declaration": declaration,
        "language": LANGUAGE,
        "initiator": str(bound[found.by]),
        "roles": dict(bound),
    }
    return transition(
        mechanism,
        blank,
        Kind.OPEN,
        act="open",
        to=found.state,
        given=fit_values(mechanism, values),
        told=told,
        acting=acting,
        world=world,
    )


def make_move(
    mechanism: Mechanism,
    situation: Situation,
    move_key: str,
    *,
    values: Mapping[str, Json],
    acting: Acting,
    world: World,
    answers: str = "",
) -> Draft:
    """
    Draft the record of a move of the holder; `answers` names the open request that it grants.

    Raises: `NotYourTurn`, `NotOffered`, `OutsideWindow`, and what `parties` and `timing` refuse.
    """
    here(mechanism, situation)
    _require_holder(situation, acting)
    found = offer(mechanism, situation, move_key, today=acting.on)
    move = found.move
    _require_since(situation, acting)
    require_guards(mechanism, move, values=merged(situation.values, values), facts=situation.facts)
    told: dict[str, Json] = {"facts": dict(move.sets)}
    if answers:
        _require_grant(mechanism, situation, move, slip=answers)
        told["requests"] = {answers: None}
    return transition(
        mechanism,
        situation,
        Kind.MOVE,
        act=move.key,
        to=found.to,
        given=values,
        told=told,
        acting=acting,
        world=world,
        move=move,
        opens=move.opens,
    )


def _require_holder(situation: Situation, acting: Acting) -> None:
    if acting.organ != situation.holder:
        raise NotYourTurn(f"本件现由 {situation.holder} 办理，{acting.organ} 不能代办")


def _require_since(situation: Situation, acting: Acting) -> None:
    """Refuse an act that would take effect before the matter came to its state."""
    since = situation.stay_on
    if since is not None and acting.on < since:
        raise OutsideWindow(
            f"生效日 {acting.on} 早于本件进入现环节之日 {since}",
            remedy=f"请填写 {since} 或之后的日期。",
            field="effective_on",
        )


def _require_grant(mechanism: Mechanism, situation: Situation, move: Move, *, slip: str) -> None:
    """Refuse to answer a request that is not open, or that another move grants."""
    asked = situation.requests.get(slip)
    key = asked.get("request") if isinstance(asked, dict) else None
    if not any(request.key == key and request.grants == move.key for request in mechanism.requests):
        raise NotOffered(f"该申请不存在、已经答复，或者不是以“{move.title}”答复")


def lapse(mechanism: Mechanism, situation: Situation, clock: str, *, world: World, today: date) -> Draft | None:
    """Draft the engine's record when the named clock of the present state has passed; None when nothing lapses."""
    state = mechanism.state(situation.state)
    standing = situation.clocks.get(clock)
    if isinstance(state, Final) or standing is None or not standing.running or standing.due_on is None:
        return None
    if standing.due_on >= today:
        return None
    for rule in state.lapses:
        if rule.clock == clock and guards_hold(rule.when, situation.values, situation.facts):
            return _lapsed(mechanism, situation, rule, standing.due_on, world)
    return None


def _lapsed(mechanism: Mechanism, situation: Situation, rule: Lapse, due_on: date, world: World) -> Draft:
    on = max(due_on, situation.stay_on or due_on)
    return transition(
        mechanism,
        situation,
        Kind.LAPSE,
        act=f"lapse:{rule.clock}",
        to=rule.to,
        given={},
        told={"facts": dict(rule.sets)},
        acting=Acting(situation.holder, on),
        world=world,
        opens=rule.opens,
    )


def join_child(
    mechanism: Mechanism,
    situation: Situation,
    child: str,
    *,
    ending: str,
    outcomes: Mapping[str, Json],
    on: date,
    world: World,
) -> Draft:
    """
    Draft the parent's record of a child that ended; it leads on when the ballot decides.

    A child of an earlier round, or one that ends after the parent went on, is noted and counts nothing.
    Raises: `NotOffered` when this child has ended before: an ending never changes.
    """
    standing = situation.children.get(child)
    if standing is None or standing.ending:
        raise NotOffered("该下级事项不属于本件，或者已经有了结果")
    told: dict[str, Json] = {"ended": {child: ending}, "outcomes": dict(outcomes)}
    state = mechanism.state(situation.state)
    acting = Acting(situation.holder, max(on, situation.stay_on or on))
    if not isinstance(state, Await) or standing.round != situation.round:
        return Draft(Kind.JOIN, "join", situation.state, acting.on, {}, filled(told))
    endings = [
        ending if uid == child else other.ending
        for uid, other in situation.children.items()
        if other.round == situation.round
    ]
    rule = decided(state, endings, awaited=_awaited(state, situation, len(endings)))
    if rule is None:
        entering = enter(mechanism, situation, state.key, given={}, told={}, acting=acting, move=None, world=world)
        told["roles"] = dict(entering.bound_now)
        told["children"] = next_in_turn(state, entering, ended=sum(one != "" for one in endings))
        return Draft(Kind.JOIN, "join", situation.state, acting.on, {}, filled(told))
    told["facts"] = dict(rule.sets)
    return transition(
        mechanism,
        situation,
        Kind.JOIN,
        act="join",
        to=rule.to,
        given={},
        told=told,
        acting=acting,
        world=world,
        opens=rule.opens,
    )


def _awaited(state: Await, situation: Situation, begun: int) -> int:
    """Return how many endings the ballot waits for: of the children begun, and in turn of those yet to begin."""
    return max(begun, len(awaited(state, situation.values))) if state.in_turn else begun


def decided(state: Await, endings: Sequence[str], *, awaited: int) -> Tally | None:
    """Return the first rule of the ballot that holds; an empty ending is a child still open."""
    done = [ending for ending in endings if ending]
    complete = len(done) == awaited
    for rule in state.ballot:
        if (complete or rule.early) and _holds(rule, done, complete):
            return rule
    return None


def _holds(rule: Tally, done: Sequence[str], complete: bool) -> bool:
    hits = sum(ending in rule.endings for ending in done)
    if rule.how == "all":
        return complete and hits == len(done)
    if rule.how == "any":
        return hits > 0
    return hits >= rule.n if rule.how == "count" else complete


def admit_request(
    mechanism: Mechanism,
    situation: Situation,
    request: Request,
    *,
    slip: str,
    values: Mapping[str, Json],
    acting: Acting,
    world: World,
) -> Draft:
    """
    Draft the record that admits a party's request: a demand is executed, rows are added, the rest waits open.

    Raises: `NotOffered` when the state, the party's role or a guard does not allow it.
    """
    here(mechanism, situation)
    if situation.state not in request.states:
        raise NotOffered(f"“{mechanism.state(situation.state).title}”环节不能提出“{request.title}”")
    if not any(acting.organ in situation.organs_of(role) for role in request.by):
        raise NotYourTurn(f"{acting.organ} 不是可以提出“{request.title}”的一方")
    acting = replace(acting, on=max(acting.on, situation.stay_on or acting.on))
    require_guards(mechanism, request, values=merged(situation.values, values), facts=situation.facts)
    act = f"request:{request.key}"
    if request.demand:
        return transition(
            mechanism,
            situation,
            Kind.SLIP_ADMITTED,
            act=act,
            to=request.demand,
            given=values,
            told={"slip": slip},
            acting=acting,
            world=world,
        )
    told: dict[str, Json] = {"slip": slip}
    if request.rows:
        row: dict[str, Json] = {**values, "$row": slip, "$organ": acting.organ}
        told["added"] = {request.rows: [row]}
        return Draft(Kind.SLIP_ADMITTED, act, situation.state, acting.on, {}, told)
    waiting: dict[str, Json] = {"request": request.key, "organ": acting.organ, "values": dict(values)}
    if request.answer_by:
        due_on = ends_on(request.answer_by, trigger=request.title, acting=acting, world=world)
        waiting["due_on"] = due_on.isoformat()
    told["requests"] = {slip: waiting}
    return Draft(Kind.SLIP_ADMITTED, act, situation.state, acting.on, {}, told)


def decline_request(situation: Situation, slip: str, *, reason: str, acting: Acting) -> Draft:
    """Draft the holder's refusal of an open request. Raises: `NotYourTurn`, `NotOffered`, `ReasonMissing`."""
    _require_holder(situation, acting)
    require_reason(reason)
    if slip not in situation.requests:
        raise NotOffered("该申请不存在或已经答复")
    told: dict[str, Json] = {"requests": {slip: None}, "slip": slip, "declined": reason}
    return Draft(Kind.SLIP_ADMITTED, "decline", situation.state, acting.on, {}, told)


def recall_child(mechanism: Mechanism, situation: Situation, *, on: date, world: World) -> Draft | None:
    """Draft the end of a child that its parent no longer awaits; None when it has ended by itself."""
    if situation.closed:
        return None
    final = next(s for s in mechanism.states if isinstance(s, Final) and s.kind is Closing.SUPERSEDED)
    acting = Acting(situation.holder, max(on, situation.stay_on or on))
    return transition(
        mechanism,
        situation,
        Kind.SLIP_ADMITTED,
        act="recall",
        to=final.key,
        given={},
        told={},
        acting=acting,
        world=world,
    )


def say_why_open(mechanism: Mechanism, situation: Situation, *, reason: str, acting: Acting, world: World) -> Draft:
    """
    Draft the holder's word on why a matter under review is still open.

    Raises: `NotYourTurn`, `NotOffered`, `ReasonMissing`.
    """
    state = here(mechanism, situation)
    _require_holder(situation, acting)
    _require_since(situation, acting)
    require_reason(reason)
    key, _ = due_of(mechanism, situation)
    if not isinstance(state, State) or not state.review:
        raise NotOffered(f"“{state.title}”环节有自己的期限，不需要说明未结理由")
    told: dict[str, Json] = {"note": reason, "clocks": {key: next_lap(situation, key, on=acting.on, world=world)}}
    return Draft(Kind.SLIP_ADMITTED, "explain", situation.state, acting.on, {}, told)
