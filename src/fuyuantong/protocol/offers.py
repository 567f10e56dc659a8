"""What may happen next: the moves, requests and lapses that a situation offers, and why others are not offered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fuyuantong.protocol.acts import Move, Request
from fuyuantong.protocol.clocks import Guards
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.mechanism import Await, Final, Mechanism, State
from fuyuantong.refusal import Refusal


class NotOffered(Refusal):
    """The act is not possible in this state of the matter."""

    key = "not-offered"
    title = "当前环节不能办理此项"
    remedy = "请查看本件现在的环节，办理其中列出的事项。"


class NotYourTurn(Refusal):
    """Another organ holds the matter."""

    key = "not-your-turn"
    title = "本件现不由你单位办理"
    remedy = "请等现办理单位办理；可以催办或者补充材料。"


class OutsideWindow(Refusal):
    """The act may be made only after, or only before, a named clock has passed."""

    key = "outside-window"
    title = "不在可办理的期间内"
    remedy = "请在该期间内办理，或者查看本件现在可办理的其他事项。"


class ReasonMissing(Refusal):
    """An act that must say why does not."""

    key = "reason-missing"
    title = "须说明理由"


@dataclass(frozen=True)
class Offer:
    """A move of the holder as it stands today; `refusal` says why it cannot be made, if it cannot."""

    move: Move
    to: str
    refusal: Refusal | None = None


def here(mechanism: Mechanism, situation: Situation) -> State | Await:
    """Return the state in which the matter is. Raises: `NotOffered` when it is closed."""
    state = mechanism.state(situation.state)
    if isinstance(state, Final):
        raise NotOffered(
            f"本件已于 {situation.closed_on} 以“{state.title}”办结", remedy="如有新情况，请新建事项并关联本件。"
        )
    return state


def offers(mechanism: Mechanism, situation: Situation, *, today: date) -> Iterator[Offer]:
    """Yield every move of the present state whose guards may still hold, with the reason when it is barred."""
    state = mechanism.state(situation.state)
    if isinstance(state, Final):
        return
    for move in state.moves:
        if guards_may_hold(move.when, situation, asked=move.asks + move.may_ask):
            yield _offer(mechanism, situation, move, today)


def offer(mechanism: Mechanism, situation: Situation, move_key: str, *, today: date) -> Offer:
    """Return the named move. Raises: `NotOffered` if this state has no such move, or whatever bars it."""
    state = here(mechanism, situation)
    for move in state.moves:
        if move.key == move_key:
            found = _offer(mechanism, situation, move, today)
            if found.refusal:
                raise found.refusal
            return found
    known = "、".join(f"{move.title}（{move.key}）" for move in state.moves) or "无"
    raise NotOffered(f"“{state.title}”环节没有“{move_key}”这一办理事项；可办理：{known}")


def guards_hold(guards: Guards, values: Mapping[str, Json], facts: Mapping[str, bool]) -> bool:
    """Tell whether every guard holds; a fact that nobody set is `False`."""
    return all(values.get(guard.of, facts.get(guard.of, False)) in guard.values for guard in guards)


def guards_may_hold(guards: Guards, situation: Situation, *, asked: tuple[str, ...] = ()) -> bool:
    """Tell whether the guards can hold once the asked fields are given."""
    known = tuple(guard for guard in guards if guard.of not in asked)
    return guards_hold(known, situation.values, situation.facts)


def require_guards(
    mechanism: Mechanism, act: Move | Request, *, values: Mapping[str, Json], facts: Mapping[str, bool]
) -> None:
    """Refuse an act whose guards do not hold. Raises: `NotOffered` naming the guard."""
    titles = {field.key: field.title for field in mechanism.fields}
    for guard in act.when:
        if not guards_hold((guard,), values, facts):
            wanted = "或".join(_said(value) for value in guard.values)
            raise NotOffered(f"办理“{act.title}”须“{titles.get(guard.of, guard.of)}”为“{wanted}”", field=guard.of)


def _said(value: str | bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def require_reason(reason: str) -> None:
    """Refuse an act that gives no reason. Raises: `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing("没有写明理由", remedy="请写明理由后重新提交。", field="reason")


def requests_open_to(mechanism: Mechanism, situation: Situation, organ: str) -> tuple[Request, ...]:
    """Return the requests that this organ may make now, by the roles it is bound to."""
    return tuple(
        request
        for request in mechanism.requests
        if situation.state in request.states
        and any(organ in situation.organs_of(role) for role in request.by)
        and guards_may_hold(request.when, situation, asked=request.asks + request.may_ask)
    )


def _offer(mechanism: Mechanism, situation: Situation, move: Move, today: date) -> Offer:
    made = situation.counts.get(move.key, 0)
    spent = bool(move.at_most) and made >= move.at_most
    to = move.beyond if spent and move.beyond else move.to
    refusal: Refusal | None = None
    if spent and not move.beyond:
        refusal = NotOffered(f"“{move.title}”至多 {move.at_most} 次，本件已办 {made} 次")
    return Offer(move, to, refusal or _window(mechanism, situation, move, today))


def _window(mechanism: Mechanism, situation: Situation, move: Move, today: date) -> Refusal | None:
    if move.not_before:
        due = _due(situation, move.not_before)
        if due is None or today <= due:
            title = mechanism.clock(move.not_before).title
            return OutsideWindow(f"“{move.title}”须待“{title}”届满（{due or '尚未起算'}）后办理")
    if move.until:
        due = _due(situation, move.until)
        if due is not None and today > due:
            title = mechanism.clock(move.until).title
            return OutsideWindow(f"“{title}”已于 {due} 届满，不能再办理“{move.title}”")
    return None


def _due(situation: Situation, clock: str) -> date | None:
    standing = situation.clocks.get(clock)
    return standing.due_on if standing else None
