"""Rules on walking: from every configuration the holder can act, the matter can end, and no lap runs for ever."""

from collections.abc import Iterator

from fuyuantong.protocol.acts import Heeds, Move, Request
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.mechanism import Await, Final
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.anatomy import Place, act_name
from fuyuantong.protocol.proving.configuration import Edge, Space
from fuyuantong.protocol.proving.paths import knots, path_between, path_to, reached_from, reaching, step_in_words


def faults(space: Space) -> Iterator[Fault]:
    """Yield every way in which a matter can be stranded, run in circles, or never come to a state."""
    yield from _unreached(space)
    yield from _open_ended(space)
    yield from _laps(space)
    yield from _renewals(space)
    yield from _ballots(space)
    yield from _numbers(space)
    told: set[tuple[tuple[str, ...], str]] = set()
    for doubt in space.doubts:
        if (doubt.path, doubt.of) not in told:
            told.add((doubt.path, doubt.of))
            message = f"{' ／ '.join(doubt.path)} 的条件读“{doubt.of}”，此路径上从未填写"
            yield Fault("vague-guard", message, path_to(space, doubt.at))


def _unreached(space: Space) -> Iterator[Fault]:
    reached = {configuration.state for configuration in space.configurations}
    for state in space.frame.mechanism.states:
        recalled = isinstance(state, Final) and anatomy.is_for_recall(space.frame.mechanism, state)
        if state.key not in reached and not recalled:
            yield Fault("unreachable-state", f"从任何起点都到不了{named(state)}", (named(state),))


def _open_ended(space: Space) -> Iterator[Fault]:
    """
    Find configurations without an own act, and those that only a request can lead on.

    Together with the rules on laps this is all: whoever keeps walking where every lap is bounded or has a way out
    comes to an ending or to one of these.
    """
    granted = _granted(space)
    closed = [at for at in range(len(space.configurations)) if isinstance(space.place(at), Final)]
    free = reaching(space, closed, allows=lambda edge: _is_unasked(space, edge, granted))
    told: set[tuple[str, str]] = set()
    for at, edges in enumerate(space.outgoing):
        place = space.place(at)
        if isinstance(place, Final):
            continue
        unasked = [edge for edge in edges if _is_unasked(space, edge, granted)]
        helped = at not in free and any(edge.target in free for edge in edges)
        for rule, message in _strandings(place, unasked, helped=helped):
            if (rule, place.key) not in told:
                told.add((rule, place.key))
                yield Fault(rule, message, path_to(space, at))


def _strandings(place: Place, unasked: list[Edge], *, helped: bool) -> Iterator[tuple[str, str]]:
    if isinstance(place, Await) and not any(edge.is_own and edge.source != edge.target for edge in unasked):
        yield "await-without-act", f"{named(place)}的办理方只能等待，没有自己可办的事项"
    if helped:
        yield "needs-request", f"{named(place)}此时非经他方申请不能办结"
    elif not unasked:
        yield "stranded", f"{named(place)}此时办理方没有可办的事项，也不会因逾期转出"


def _is_unasked(space: Space, edge: Edge, granted: set[tuple[str, str]]) -> bool:
    """Tell whether a step needs no party to ask for it, and no register."""
    if isinstance(edge.act, Move):
        return (space.configurations[edge.source].state, edge.act.key) not in granted
    return not isinstance(edge.act, Request | Heeds)


def _granted(space: Space) -> set[tuple[str, str]]:
    """Return the moves, each with its state, that a request is there for."""
    return {(state, request.grants) for request in space.frame.mechanism.requests for state in request.states}


def _renews(edge: Edge) -> bool:
    return isinstance(edge.act, Move) and bool(edge.act.renews)


def _laps(space: Space) -> Iterator[Fault]:
    """Find laps that nothing bounds: circles without a move that says why it renews."""
    told: set[frozenset[str]] = set()
    for group in knots(space, allows=lambda edge: not _renews(edge)):
        start = min(group)
        first = next(edge for edge in space.outgoing[start] if edge.target in group and not _renews(edge))
        states = frozenset(space.configurations[at].state for at in group)
        if states not in told:
            told.add(states)
            back = path_between(space, first.target, start, allows=lambda edge: not _renews(edge))
            message = f"{named(space.place(start))}可以无限次回到自身：须有次数上限，或写明理由（renews）"
            yield Fault("unbounded-lap", message, (*path_to(space, start), step_in_words(space, first), *back))


def _renewals(space: Space) -> Iterator[Fault]:
    """Find renewing places without a clock, and laps in which their holder has no other way out."""
    granted = _granted(space)
    told: set[tuple[str, str]] = set()
    for at, edges in enumerate(space.outgoing):
        renewing = next((edge for edge in edges if _renews(edge)), None)
        place = space.place(at)
        if renewing is None or isinstance(place, Final):
            continue
        free = [edge for edge in edges if edge.is_own and _is_unasked(space, edge, granted) and not _renews(edge)]
        exits = any(space.place(edge.target) is not place for edge in free)
        for rule, message in _renewal_problems(place, act_name(renewing.act), exits):
            if (rule, place.key) not in told:
                told.add((rule, place.key))
                yield Fault(rule, message, path_to(space, at))


def _renewal_problems(place: Place, act: str, exits: bool) -> Iterator[tuple[str, str]]:
    if not place.judged_by:
        yield "renews-without-clock", f"{named(place)}可反复“{act}”，须有时钟"
    if not exits:
        yield "renews-without-exit", f"{named(place)}除反复“{act}”外，办理方没有别的出路"


def _ballots(space: Space) -> Iterator[Fault]:
    told: set[str] = set()
    for at, ended in space.undecided:
        place = space.place(at)
        if place.key not in told:
            told.add(place.key)
            message = f"{named(place)}：子事项结果为“{'、'.join(ended)}”时没有计票规则适用"
            yield Fault("ballot-partial", message, path_to(space, at))


def _numbers(space: Space) -> Iterator[Fault]:
    """Find moves that take a second number of the same serial, unless the move says why it renews."""
    taking: dict[str, list[Edge]] = {}
    for edge in space.edges:
        if isinstance(edge.act, Move) and edge.act.numbers:
            taking.setdefault(edge.act.numbers, []).append(edge)
    for serial, edges in taking.items():
        taken = reached_from(space, [edge.target for edge in edges])
        again = next((edge for edge in edges if edge.source in taken and not _renews(edge)), None)
        if again:
            first = next(edge for edge in edges if again.source in reached_from(space, [edge.target]))
            onward = path_between(space, first.target, again.source)
            path = (*path_to(space, first.source, last=first), *onward, step_in_words(space, again))
            yield Fault("numbered-twice", f"“{act_name(again.act)}”会再取一个“{serial}”文号", path)
