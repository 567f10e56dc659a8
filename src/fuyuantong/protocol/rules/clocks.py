"""Rules on time: what a clock is made of, who is judged by it, where it runs, and which periods there are."""

from collections.abc import Collection, Iterator

from fuyuantong.protocol.acts import Heeds, Move
from fuyuantong.protocol.clocks import Clock
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.fields import Choice, File, Rows, Text
from fuyuantong.protocol.mechanism import Mechanism, State
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.anatomy import Place


def faults(mechanism: Mechanism, terms: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with clocks, the judging of holders, and periods."""
    alive = anatomy.lives(mechanism)
    for clock in mechanism.clocks:
        problems = _clock_problems(clock, alive[clock.key])
        yield from (Fault("clock-shape", problem, (named(clock),)) for problem in problems)
    for place in anatomy.places(mechanism):
        yield from _judging(mechanism, place)
    yield from _asleep(mechanism)
    yield from _causes(mechanism)
    for path, key in _periods(mechanism):
        if key not in terms:
            yield Fault("unknown-period", f"没有“{key}”这一期限", path)


def gives_reason(mechanism: Mechanism, asks: tuple[str, ...]) -> bool:
    """Tell whether what is asked says why: words, a reason code, a document or a table."""
    words = {found.key for found in mechanism.fields if isinstance(found, Text | Choice | File | Rows)}
    return any(key.partition(".")[0] in words for key in asks)


def _clock_problems(clock: Clock, life: frozenset[str]) -> Iterator[str]:
    if clock.term and clock.cases:
        yield "term 与 cases 只能说明一样"
    if not (clock.terms() or clock.until or clock.before):
        yield "须说明期限、截止日或事件日"
    if clock.before and (clock.until or clock.since):
        yield "倒算的时钟不能另有截止日或起算日"
    if set(clock.keeps) & set(clock.stops):
        yield "同一状态不能既续行又停止"
    if not life - set(clock.stops):
        yield "没有任何状态使它运行"


def _judging(mechanism: Mechanism, place: Place) -> Iterator[Fault]:
    path = (named(place),)
    unclocked, review = (place.unclocked, place.review) if isinstance(place, State) else ("", "")
    if sum(map(bool, (place.judged_by, unclocked, review))) != 1:
        yield Fault("unclocked", f"{named(place)}须恰有一样：时钟、无时钟的理由、复核间隔", path)
    elif unclocked and not _is_unissued(mechanism, place):
        yield Fault("unclocked", f"{named(place)}不是发起方自己持有、尚未发出的起点，不能没有时钟", path)
    clock = next((clock for clock in mechanism.clocks if clock.key == place.judged_by), None)
    if clock and place.key in clock.stops:
        yield Fault("clock-shape", f"{named(clock)}在{named(place)}停止，不能据以考核办理方", path)


def _is_unissued(mechanism: Mechanism, place: Place) -> bool:
    """Tell whether a state is an entry that its initiator holds and nobody else has seen."""
    return (
        isinstance(place, State)
        and place.inner
        and any(
            entry.state == place.key and entry.by == place.holder and not entry.opened for entry in mechanism.entries
        )
    )


def _asleep(mechanism: Mechanism) -> Iterator[Fault]:
    """Find acts that name a clock where it does not run."""
    alive = anatomy.lives(mechanism)
    clocks = {clock.key: clock for clock in mechanism.clocks}
    for place in anatomy.places(mechanism):
        for lapse in place.lapses:
            if place.key not in alive[lapse.clock] or place.key in clocks[lapse.clock].stops:
                path = (named(place), anatomy.act_name(lapse))
                yield Fault("clock-asleep", f"{named(clocks[lapse.clock])}在此不运行，不会届满", path)
    for place, move in anatomy.moves(mechanism):
        for key, target in _named_clocks(move):
            if place.key not in alive[key] or (target and target not in alive[key]):
                yield Fault("clock-asleep", f"{named(clocks[key])}在此不运行", (named(place), named(move)))


def _named_clocks(move: Move) -> Iterator[tuple[str, str]]:
    """Yield each clock that a move names, with the state in which it must still be alive afterwards."""
    yield from ((key, "") for key in (move.not_before, move.until) if key)
    yield from ((key, move.to) for key in (*move.restarts, *(wish.clock for wish in move.extends)))


def _causes(mechanism: Mechanism) -> Iterator[Fault]:
    stops = {(state, clock.key): clock for clock in mechanism.clocks for state in clock.stops}
    for step in anatomy.steps(mechanism):
        stopped = [
            clock for (state, _), clock in stops.items() if state == step.to and step.place.key not in clock.stops
        ]
        if stopped and not isinstance(step.act, Heeds) and not gives_reason(mechanism, step.asks):
            yield Fault("stop-without-cause", f"{named(stopped[0])}由此停止，须填写事由", step.path)
    for place, move in anatomy.moves(mechanism):
        for wish in move.extends:
            path = (named(place), named(move))
            if not gives_reason(mechanism, move.asks):
                yield Fault("extension-without-cause", f"延长“{wish.clock}”须填写事由", path)
            if bool(wish.term) == bool(wish.until):
                yield Fault("clock-shape", f"延长“{wish.clock}”须在期限与延至日中恰好说明一种", path)
            if wish.until and wish.until not in move.asks:
                yield Fault("clock-shape", f"延长“{wish.clock}”的延至日“{wish.until}”须当次填写", path)


def _periods(mechanism: Mechanism) -> Iterator[tuple[tuple[str, ...], str]]:
    for clock in mechanism.clocks:
        yield from (((named(clock),), term.key) for term in clock.terms())
    for place in anatomy.places(mechanism):
        if isinstance(place, State) and place.review:
            yield (named(place),), place.review
    for place, move in anatomy.moves(mechanism):
        yield from (((named(place), named(move)), wish.term) for wish in move.extends if wish.term)
    yield from ((opening.path, opening.opens.after) for opening in anatomy.openings(mechanism) if opening.opens.after)
    yield from (((named(request),), request.answer_by) for request in mechanism.requests if request.answer_by)
    if mechanism.recurs:
        yield (named(mechanism),), mechanism.recurs.within
