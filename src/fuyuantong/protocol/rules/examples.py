"""Rules on showing: every move and every ending has an example, examples really walk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fuyuantong.protocol.acts import Heeds, Lapse
from fuyuantong.protocol.clocks import Clock
from fuyuantong.protocol.decision import decided
from fuyuantong.protocol.examples import Asks, Declines, Do, Endings, Example, Hears, Passes, Step
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.mechanism import Await, Final, Mechanism
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.configuration import Space
from fuyuantong.protocol.values import ValuesRefused, check_values


class DoesNotWalk(Exception):
    """An example's step leads nowhere."""


@dataclass
class _Walk:
    """An example on its way: where it stands, what was shown, which requests wait for an answer."""

    space: Space
    at: int
    shown: set[tuple[str, str]] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)


def faults(space: Space) -> Iterator[Fault]:
    """Yield examples that do not walk, what no example shows, samples that do not fit."""
    mechanism = space.frame.mechanism
    shown: set[tuple[str, str]] = set()
    for example in mechanism.examples:
        try:
            shown |= _walked(space, example)
        except DoesNotWalk as problem:
            yield Fault("example-does-not-replay", str(problem), (f"示例：{example.title}",))
    yield from _unshown(mechanism, shown)
    yield from _samples(mechanism)


def _unshown(mechanism: Mechanism, shown: set[tuple[str, str]]) -> Iterator[Fault]:
    for place, move in anatomy.moves(mechanism):
        if (place.key, move.key) not in shown:
            yield Fault("unshown-move", f"没有示例办理{named(move)}", (named(place), named(move)))
    for final in anatomy.finals(mechanism):
        if (final.key, "") not in shown and not anatomy.is_for_recall(mechanism, final):
            yield Fault("unshown-final", f"没有示例以{named(final)}结束", (named(final),))


def _walked(space: Space, example: Example) -> set[tuple[str, str]]:
    """Walk an example; return its moves with their places, and the state in which it ends. Raises: `DoesNotWalk`."""
    walk = _Walk(space, _begin(space, example))
    for number, step in enumerate(example.steps, 1):
        place = space.place(walk.at)
        try:
            _take(walk, step)
        except DoesNotWalk as problem:
            raise DoesNotWalk(f"第 {number} 步在{named(place)}：{problem}") from problem
    ends = space.configurations[walk.at].state
    if ends != example.ends:
        raise DoesNotWalk(f"走到的是{named(space.place(walk.at))}，不是“{example.ends}”")
    return {*walk.shown, (ends, "")}


def _begin(space: Space, example: Example) -> int:
    try:
        wanted = space.frame.mechanism.entry(example.entry)
    except KeyError:
        raise DoesNotWalk(f"没有“{example.entry}”这一起点") from None
    _check(space.frame.mechanism, example.carried, wanted.carried)
    picked = _picked(space, wanted.carried, (), example.carried, space.frame.memory.values[wanted.state])
    return next(at for at, entry in space.entries if entry is wanted and _matches(space, at, picked))


def _take(walk: _Walk, step: Step) -> None:
    if isinstance(step, Do):
        _do(walk, step)
    elif isinstance(step, Passes):
        _pass(walk, step)
    elif isinstance(step, Endings):
        _end(walk, step)
    elif isinstance(step, Asks):
        _ask(walk, step)
    elif isinstance(step, Hears):
        _hear(walk, step)
    else:
        _decline(walk, step)


def _do(walk: _Walk, step: Do) -> None:
    place = walk.space.place(walk.at)
    declared = () if isinstance(place, Final) else place.moves
    move = next((move for move in declared if move.key == step.move), None)
    if move is None:
        raise DoesNotWalk(f"没有“{step.move}”这一事项")
    _check(walk.space.frame.mechanism, step.values, (*move.asks, *move.may_ask))
    picked = _picked(walk.space, move.asks, move.may_ask, step.values, walk.space.frame.heeded(move))
    walk.shown.add((place.key, move.key))
    mechanism = walk.space.frame.mechanism
    walk.waiting = [key for key in walk.waiting if mechanism.request(key).grants != move.key]
    _go(walk, move, picked, f"此时不能办理{named(move)}")


def _pass(walk: _Walk, step: Passes) -> None:
    for edge in walk.space.outgoing[walk.at]:
        lapses = isinstance(edge.act, Lapse) and edge.act.clock == step.clock
        if lapses or (isinstance(edge.act, Clock) and edge.act.key == step.clock):
            walk.at = edge.target
            return
    raise DoesNotWalk(f"“{step.clock}”在此届满不引起变化")


def _end(walk: _Walk, step: Endings) -> None:
    place = walk.space.place(walk.at)
    if not isinstance(place, Await):
        raise DoesNotWalk("此处没有子事项可结束")
    known = walk.space.frame.outcomes_of(place)
    strange = [ending for ending in step.finals if ending not in known]
    if strange or not step.finals:
        raise DoesNotWalk(f"子事项没有“{'、'.join(strange)}”这种结果")
    for ended in range(1, len(step.finals) + 1):
        tally = decided(place, step.finals[:ended], awaited=len(step.finals))
        if tally and ended < len(step.finals):
            raise DoesNotWalk(f"第 {ended} 个子事项结束时已有结论，其后的结果不再计入")
        if tally:
            _go(walk, tally, {}, "计票没有结论")
            return
    raise DoesNotWalk("计票没有结论")


def _ask(walk: _Walk, step: Asks) -> None:
    mechanism = walk.space.frame.mechanism
    request = next((request for request in mechanism.requests if request.key == step.request), None)
    if request is None or walk.space.configurations[walk.at].state not in request.states:
        raise DoesNotWalk(f"此处不能提出“{step.request}”")
    if request.demand:
        heeded = walk.space.frame.heeded(request)
        picked = _picked(walk.space, request.asks, request.may_ask, step.values, heeded)
        _go(walk, request, picked, f"此时不能提出{named(request)}")
    elif request.grants:
        walk.waiting.append(request.key)


def _hear(walk: _Walk, step: Hears) -> None:
    for edge in walk.space.outgoing[walk.at]:
        if isinstance(edge.act, Heeds) and (edge.act.register, edge.act.event) == (step.register, step.event):
            walk.at = edge.target
            return
    raise DoesNotWalk(f"“{step.register}.{step.event}”在此不引起变化")


def _decline(walk: _Walk, step: Declines) -> None:
    if step.request not in walk.waiting:
        raise DoesNotWalk(f"没有待答复的“{step.request}”")
    walk.waiting.remove(step.request)


def _go(walk: _Walk, act: object, picked: Mapping[str, Json], problem: str) -> None:
    for edge in walk.space.outgoing[walk.at]:
        if edge.act is act and dict(edge.chosen) == picked:
            walk.at = edge.target
            return
    raise DoesNotWalk(problem)


def _picked(
    space: Space, asks: Sequence[str], may_ask: Sequence[str], values: Mapping[str, Json], heeded: frozenset[str]
) -> dict[str, Json]:
    """Return the values that decide steps: as given, else as sampled; what may be asked only if given."""
    picked: dict[str, Json] = {}
    for key in asks:
        if key in heeded:
            samples = space.frame.mechanism.value(key).samples
            if key not in values and not samples:
                raise DoesNotWalk(f"没有填写“{key}”，也没有样例值")
            picked[key] = values.get(key, samples[0] if samples else None)
    return picked | {key: values[key] for key in may_ask if key in values and key in heeded}


def _matches(space: Space, at: int, picked: Mapping[str, Json]) -> bool:
    known = space.known(at)
    return all(known[key] == value for key, value in picked.items())


def _check(mechanism: Mechanism, values: Mapping[str, Json], asked: Sequence[str]) -> None:
    """Check the values that an example gives. Raises: `DoesNotWalk`."""
    roles = {role.key for role in mechanism.roles}
    for key, value in values.items():
        if key in asked and (key in roles or "." in key):
            continue
        try:
            check_values(mechanism, {key: value}, asks=[one for one in asked if one == key], knows_organ=lambda _: True)
        except ValuesRefused as problem:
            raise DoesNotWalk(f"填写的“{key}”不合：{problem.detail}") from problem


def _samples(mechanism: Mechanism) -> Iterator[Fault]:
    for found in mechanism.fields:
        for sample in found.samples:
            try:
                check_values(mechanism, {found.key: sample}, asks=(found.key,), knows_organ=lambda _: True)
            except ValuesRefused as problem:
                yield Fault("bad-sample", f"样例值不合：{problem.detail}", (named(found),))
