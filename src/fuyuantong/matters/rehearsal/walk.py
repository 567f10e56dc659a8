"""A walk: which act of an example comes next and when; who drives it decides in what company."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.rehearsal.pace import Pace, midnight_after
from fuyuantong.matters.rehearsal.stage import DoesNotPlay, Stage, move_of
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.engine import lapse_one
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Asks, Await, Declines, Do, Endings, Hears, Mechanism, Move, Passes, State, Step


@dataclass(frozen=True)
class Within:
    """Rehearsal's own step: the first open child takes some steps, and may stop on the way."""

    steps: tuple["Step | Within", ...]


Part = Step | Within


@dataclass(frozen=True)
class Turn:
    """An act that waits for its time; without one when only time had to pass."""

    at: datetime
    take: Callable[[datetime], Done | None]


@dataclass
class Walk:
    """One matter on its way; `now` is the moment of its last act."""

    stage: Stage
    pace: Pace
    uid: str
    now: datetime

    def turns(self, steps: tuple[Part, ...]) -> Iterator[Turn]:
        """Yield the acts of the steps one by one; each must have been made when the next is asked for."""
        for number, step in enumerate(steps):
            to_come = (len(later.finals) for later in steps[number + 1 :] if isinstance(later, Endings))
            yield from self._step(step, next(to_come, 1))

    def _step(self, step: Part, awaited: int) -> Iterator[Turn]:
        if isinstance(step, Do):
            yield from self._do(step, awaited)
        elif isinstance(step, Passes):
            yield self._turn(midnight_after(self._due(step.clock)), lambda now: self._pass(step, now))
        elif isinstance(step, Endings):
            yield from self._endings(step)
        elif isinstance(step, Within):
            yield from self._child(0).turns(step.steps)
        elif isinstance(step, Asks):
            yield self._turn(self._soon(), lambda now: self.stage.ask(self.uid, step, now=now))
        elif isinstance(step, Hears):
            yield self._turn(self._soon(), lambda now: self.stage.hear(self.uid, step, now=now))
        else:
            yield self._turn(self._soon(), lambda now: self._decline(step, now))

    def _do(self, step: Do, awaited: int) -> Iterator[Turn]:
        stage, uid = self.stage, self.uid
        at = self._time_for(move_of(stage.standing(uid), step))
        if not stage.drafts(uid, step):
            yield self._turn(at, lambda now: stage.act(uid, step, awaited=awaited, now=now))
            return
        yield self._turn(at, lambda now: stage.draft(uid, step, awaited=awaited, now=now))
        yield self._turn(self.now + timedelta(minutes=47), lambda now: stage.sign(uid, now=now))

    def _pass(self, step: Passes, now: datetime) -> Done | None:
        standing = self.stage.standing(self.uid)
        done = lapse_one(self.uid, now=now)
        if done is None and step.clock not in _windows(standing):
            raise DoesNotPlay(f"“{step.clock}”届满后没有发生任何变化")
        return done

    def _decline(self, step: Declines, now: datetime) -> Done:
        return self.stage.decline(self.uid, step.request, now=now)

    def _endings(self, step: Endings) -> Iterator[Turn]:
        standing = self.stage.standing(self.uid)
        state = standing.mechanism.state(standing.situation.state)
        if isinstance(state, Await) and not state.in_turn and not any(tally.early for tally in state.ballot):
            yield from self._side_by_side(step.finals)
            return
        for final in step.finals:
            child = self._child(0)
            yield from child.turns(steps_to(self.stage.standing(child.uid).mechanism, final))
            self.now = max(self.now, child.now)

    def _side_by_side(self, finals: tuple[str, ...]) -> Iterator[Turn]:
        """Let all children walk at once, whoever is next in time."""
        children = [self._child(number) for number in range(len(finals))]
        walks = [
            child.turns(steps_to(self.stage.standing(child.uid).mechanism, final))
            for child, final in zip(children, finals, strict=True)
        ]
        waiting = {number: turn for number, walk in enumerate(walks) if (turn := next(walk, None))}
        while waiting:
            number = min(waiting, key=lambda number: (waiting[number].at, number))
            yield waiting.pop(number)
            if turn := next(walks[number], None):
                waiting[number] = turn
        self.now = max(self.now, *(child.now for child in children))

    def _child(self, number: int) -> "Walk":
        uid = _open_child(self.stage.standing(self.uid), number)
        return Walk(self.stage, self.pace, uid, self.now)

    def _turn(self, at: datetime, act: Callable[[datetime], Done | None]) -> Turn:
        def take(now: datetime) -> Done | None:
            self.now = now
            return act(now)

        return Turn(max(at, self.now + timedelta(minutes=1)), take)

    def _soon(self) -> datetime:
        return self.pace.after(self.now, due=_due_by(self.stage.standing(self.uid)), may_be_late=False)

    def _time_for(self, move: Move) -> datetime:
        standing = self.stage.standing(self.uid)
        if move.not_before:
            opens = midnight_after(self._due(move.not_before)).replace(hour=9, minute=30)
            if opens > self.now:
                return opens
        state = standing.mechanism.state(standing.situation.state)
        bound = bool(move.until) or (isinstance(state, State | Await) and bool(state.lapses))
        return self.pace.after(self.now, due=_due_by(standing, move), may_be_late=not bound)

    def _due(self, clock: str) -> date:
        standing = self.stage.standing(self.uid).situation.clocks.get(clock)
        if standing is None or standing.due_on is None:
            raise DoesNotPlay(f"“{clock}”没有在计时")
        return standing.due_on


def steps_to(mechanism: Mechanism, final: str) -> tuple[Step, ...]:
    """Return the steps of the first example that ends so. Raises: `DoesNotPlay`."""
    for example in mechanism.examples:
        if example.ends == final:
            return example.steps
    raise DoesNotPlay(f"“{mechanism.title}”没有止于 {final} 的示例")


def _due_by(standing: Standing, move: Move | None = None) -> date | None:
    """Return the day by which the holder should act, or before which an engine or a window would be in the way."""
    state = standing.mechanism.state(standing.situation.state)
    keys = {standing.row.governing_clock}
    keys |= {lapse.clock for lapse in state.lapses} if isinstance(state, State | Await) else set()
    keys |= {move.until} if move else set()
    clocks = (standing.situation.clocks.get(key) for key in keys)
    return min((clock.due_on for clock in clocks if clock and clock.running and clock.due_on), default=None)


def _windows(standing: Standing) -> frozenset[str]:
    """Return the clocks that open or shut a move of the present state by passing."""
    state = standing.mechanism.state(standing.situation.state)
    moves = state.moves if isinstance(state, State | Await) else ()
    return frozenset(key for move in moves for key in (move.not_before, move.until) if key)


def _open_child(standing: Standing, number: int) -> str:
    """Return the awaited child of that place, in the order in which they began."""
    with acting():
        children = Matter.objects.filter(uid__in=standing.situation.awaited_children).order_by("pk")
        found = children.values_list("uid", flat=True)[number : number + 1].first()
    if found is None:
        raise DoesNotPlay("没有在办的分项")
    return str(found)
