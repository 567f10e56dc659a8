"""Playing an example of a mechanism through the real services, with its own time: for tests, demo and `fyt act`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from fuyuantong.clock.terms import SHANGHAI, next_working_day
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.rehearsal.samples import Sampler
from fuyuantong.matters.services.acts import Done, Form, open_by_hand, perform
from fuyuantong.matters.services.engine import lapse_one
from fuyuantong.matters.services.locks import standing_of
from fuyuantong.matters.services.opening import open_for
from fuyuantong.matters.services.slips import decline, make_request
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.session import acting
from fuyuantong.protocol import (
    Asks,
    Await,
    Declines,
    Do,
    Endings,
    Entry,
    Example,
    Json,
    Mechanism,
    Move,
    Passes,
    Request,
    State,
    Step,
)
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.offers import OutsideWindow, guards_may_hold
from fuyuantong.refusal import Refusal

MORNING = time(9, 30)


class DoesNotPlay(Refusal):
    """An example cannot be played as it is written."""

    key = "does-not-play"
    title = "示例不能演练"


@dataclass
class Player:
    """Play examples one after another; `now` goes on as they do. `title` says whose training data it is."""

    cast: Cast
    sampler: Sampler
    now: datetime
    provenance: Provenance = Provenance.TRAINING
    pace: int = 1  # working days from one act to the next

    def play(self, mechanism: Mechanism, example: Example, *, title: str, until: int | None = None) -> Iterator[Done]:
        """Open a matter and take the steps, all or the first `until`; yields what each act gave."""
        begun = self._open(mechanism, example, title)
        yield begun
        yield from self.take(begun.matter, example.steps[:until])
        if until is None:
            self._require_state(begun.matter, example)

    def take(self, uid: str, steps: tuple[Step, ...]) -> Iterator[Done]:
        """Take steps with a matter that is open already."""
        for number, step in enumerate(steps):
            to_come = (len(later.finals) for later in steps[number + 1 :] if isinstance(later, Endings))
            yield from self._step(uid, step, next(to_come, 1))

    def _open(self, mechanism: Mechanism, example: Example, title: str) -> Done:
        entry = mechanism.entry(example.entry)
        role = mechanism.role(entry.by)
        opener = self._opener(mechanism, entry)
        by = self.cast.by(opener, Situation(uid=""), signs=False)
        if not entry.opened:
            return open_by_hand(
                mechanism.key,
                title,
                by=by,
                now=self.now,
                entry=entry.state,
                form=Form(files=self._evidence(by.on_behalf_of)),
                provenance=self.provenance,
            )
        roles, values = self._carried(mechanism, entry, example, opener)
        return open_for(
            mechanism.key,
            title,
            entry=entry.state,
            roles={role.key: opener, **roles},
            values=values,
            now=self.now,
            provenance=self.provenance,
        )

    def _opener(self, mechanism: Mechanism, entry: Entry) -> str:
        role = mechanism.role(entry.by)
        if role.via.startswith("office_of"):
            return next(iter(self.cast.offices()))
        return self.cast.draw(role, 1, Situation(uid=""))[0]

    def _carried(
        self, mechanism: Mechanism, entry: Entry, example: Example, opener: str
    ) -> tuple[dict[str, Json], dict[str, Json]]:
        role_keys = {role.key for role in mechanism.roles}
        situation = Situation(uid="", roles={entry.by: opener})
        roles: dict[str, Json] = {}
        for key in entry.carried:
            if key in role_keys and key != entry.by:
                role = mechanism.role(key)
                drawn = self.cast.draw(role, 1, Situation(uid="", roles={**situation.roles, **roles}))
                roles[key] = list(drawn) if role.many else drawn[0]
        values = self.sampler.values(
            mechanism,
            Situation(uid="", roles={**situation.roles, **roles}),
            [key for key in entry.carried if key not in role_keys],
            given=example.carried,
            today=self.now.date(),
            children=1,
        )
        return roles, values

    def _step(self, uid: str, step: Step, awaited: int) -> Iterator[Done]:
        standing = standing_now(uid)
        if isinstance(step, Do):
            yield self._do(standing, step, awaited)
        elif isinstance(step, Passes):
            yield from self._pass(standing, step)
        elif isinstance(step, Endings):
            yield from self._end_children(standing, step)
        elif isinstance(step, Asks):
            yield self._ask(standing, step)
        elif isinstance(step, Declines):
            yield self._decline(standing, step)

    def _do(self, standing: Standing, step: Do, awaited: int) -> Done:
        situation, mechanism = standing.situation, standing.mechanism
        move = _move(standing, step)
        by = self.cast.by(situation.holder, situation, signs=move.signed)
        granted = {**_asked_for(standing, move), **step.values}
        self._wait()
        form = Form(
            values=self._values(mechanism, situation, move.asks, granted, awaited),
            files=self._evidence(by.on_behalf_of),
        )
        try:
            return perform(situation.uid, move.key, by=by, now=self.now, form=form, answers=_answering(standing, move))
        except OutsideWindow:
            self._wait_for(situation, move.not_before)
        return perform(situation.uid, move.key, by=by, now=self.now, form=form, answers=_answering(standing, move))

    def _values(
        self, mechanism: Mechanism, situation: Situation, asks: tuple[str, ...], given: Mapping[str, Json], awaited: int
    ) -> dict[str, Json]:
        return self.sampler.values(mechanism, situation, asks, given=given, today=self.now.date(), children=awaited)

    def _pass(self, standing: Standing, step: Passes) -> Iterator[Done]:
        self._wait_for(standing.situation, step.clock)
        done = lapse_one(standing.situation.uid, now=self.now)
        if done is not None:
            yield done
        elif step.clock not in _windows(standing):
            raise DoesNotPlay(f"“{step.clock}”届满后没有发生任何变化")

    def _end_children(self, standing: Standing, step: Endings) -> Iterator[Done]:
        for final in step.finals:
            child = _open_child(standing.situation.uid)
            mechanism = standing_now(child).mechanism
            yield from self.take(child, _steps_to(mechanism, final))

    def _ask(self, standing: Standing, step: Asks) -> Done:
        situation, mechanism = standing.situation, standing.mechanism
        request = mechanism.request(step.request)
        organ = next(code for role in request.by for code in situation.organs_of(role))
        by = self.cast.by(organ, situation, signs=False)
        self._wait()
        form = Form(values=self._request_values(standing, request, step.values), files=self._evidence(by.on_behalf_of))
        return make_request(situation.uid, request.key, by=by, now=self.now, form=form)

    def _request_values(self, standing: Standing, request: Request, given: Mapping[str, Json]) -> dict[str, Json]:
        mechanism, situation = standing.mechanism, standing.situation
        if request.rows:
            row = self.sampler.row(mechanism, situation, request.rows, today=self.now.date())
            return {**row, **given}
        return self._values(mechanism, situation, request.asks, given, 1)

    def _decline(self, standing: Standing, step: Declines) -> Done:
        situation = standing.situation
        slip = _waiting(situation, step.request)
        by = self.cast.by(situation.holder, situation, signs=False)
        self._wait()
        return decline(situation.uid, slip, reason="（演练）理由不成立", by=by, now=self.now)

    def _evidence(self, on_behalf_of: str) -> tuple[str, ...]:
        return (self.sampler.file,) if on_behalf_of else ()

    def _wait(self) -> None:
        day = self.now.date()
        for _ in range(self.sampler.random.randrange(self.pace + 1)):
            day = next_working_day(day + timedelta(days=1), calendar=current_calendar())
        self.now = max(self.now + timedelta(minutes=1), datetime.combine(day, MORNING, SHANGHAI))

    def _wait_for(self, situation: Situation, clock: str) -> None:
        standing = situation.clocks.get(clock)
        if standing is None or standing.due_on is None:
            raise DoesNotPlay(f"“{clock}”没有在计时")
        after = next_working_day(standing.due_on + timedelta(days=1), calendar=current_calendar())
        self.now = max(self.now, datetime.combine(after, MORNING, SHANGHAI))

    def _require_state(self, uid: str, example: Example) -> None:
        state = standing_now(uid).situation.state
        if state != example.ends:
            raise DoesNotPlay(f"“{example.title}”应止于 {example.ends}，实际为 {state}")


def standing_now(uid: str) -> Standing:
    """Return how a matter stands, without taking it in hand."""
    with acting():
        return standing_of(Matter.objects.get(uid=uid))


def _windows(standing: Standing) -> frozenset[str]:
    """Return the clocks that open or shut a move of the present state by passing."""
    state = standing.mechanism.state(standing.situation.state)
    moves = state.moves if isinstance(state, State | Await) else ()
    return frozenset(key for move in moves for key in (move.not_before, move.until) if key)


def _move(standing: Standing, step: Do) -> Move:
    state = standing.mechanism.state(standing.situation.state)
    moves = state.moves if isinstance(state, State | Await) else ()
    fitting = [move for move in moves if move.key == step.move]
    for move in fitting:
        if guards_may_hold(move.when, standing.situation, asked=move.asks + move.may_ask):
            return move
    raise DoesNotPlay(f"“{state.title}”环节不能办理“{step.move}”")


def _asked_for(standing: Standing, move: Move) -> dict[str, Json]:
    """Return what a waiting request asked for, as far as the move that grants it asks the same."""
    slip = _answering(standing, move)
    request = standing.situation.requests.get(slip)
    values = request.get("values") if isinstance(request, dict) else None
    return {key: value for key, value in values.items() if key in move.asks} if isinstance(values, dict) else {}


def _answering(standing: Standing, move: Move) -> str:
    for request in standing.mechanism.requests:
        if request.grants == move.key:
            slip = next(iter(_all_waiting(standing.situation, request.key)), "")
            if slip:
                return slip
    return ""


def _waiting(situation: Situation, request: str) -> str:
    for slip in _all_waiting(situation, request):
        return slip
    raise DoesNotPlay(f"没有待答复的“{request}”")


def _all_waiting(situation: Situation, request: str) -> list[str]:
    return [slip for slip, told in situation.requests.items() if isinstance(told, dict) and told["request"] == request]


def _open_child(parent: str) -> str:
    with acting():
        child = Matter.objects.filter(parent__uid=parent, phase=0).order_by("pk").first()
    if child is None:
        raise DoesNotPlay("没有在办的分项")
    return str(child.uid)


def _steps_to(mechanism: Mechanism, final: str) -> tuple[Step, ...]:
    for example in mechanism.examples:
        if example.ends == final:
            return example.steps
    raise DoesNotPlay(f"“{mechanism.title}”没有止于 {final} 的示例")
