"""Rules on what must have been given: holders, parties, dates, papers and openings, on every path."""

from collections.abc import Iterator
from typing import NamedTuple

from fuyuantong.protocol.acts import Move, Opens
from fuyuantong.protocol.clocks import Clock
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.fields import Rows
from fuyuantong.protocol.mechanism import Await, Entry, Final, Mechanism, State
from fuyuantong.protocol.proving.anatomy import Act, act_name
from fuyuantong.protocol.proving.configuration import Edge, Space, verdict
from fuyuantong.protocol.proving.frame import Frame
from fuyuantong.protocol.proving.given import Given
from fuyuantong.protocol.proving.paths import path_to
from fuyuantong.protocol.rules.links import expected, shared_roles


class Need(NamedTuple):
    """What must be there when a state is entered or an act is made."""

    rule: str
    name: str
    message: str


class Start(NamedTuple):
    """A lap of a clock that begins with an edge, or at an entry."""

    clock: Clock
    at: int
    begun: Edge | Entry

    @property
    def edge(self) -> Edge | None:
        """Return the edge with which the lap begins; None at an entry."""
        return self.begun if isinstance(self.begun, Edge) else None


def faults(space: Space, given: Given) -> Iterator[Fault]:
    """Yield everything that some path leaves out, with such a path; each fault once."""
    told: set[Need] = set()
    for need, at, when in _needs(space):
        if given.missing(need.name, at, when) and need not in told:
            told.add(need)
            edge = when if isinstance(when, Edge) else None
            yield Fault(need.rule, need.message, given.path_without(need.name, edge.source if edge else at, last=edge))
    yield from _terms(space)


def source_names(mechanism: Mechanism, source: str, *, each: str = "") -> tuple[str, ...]:
    """Return what must be given for a source of a carry or copy to give anything."""
    relation, colon, key = source.partition(":")
    if source.startswith("=") or relation == "setting":
        return ()
    if source.startswith("row."):
        name = filled_name(mechanism, f"{each}.{source[4:]}")
        return (name,) if name != each else ()
    return (key if colon else source,)


def filled_name(mechanism: Mechanism, key: str) -> str:
    """Return the name under which a field or column is given: a column that is not asked later comes with its rows."""
    rows, _, column = key.partition(".")
    found = mechanism.value(rows)
    return key if isinstance(found, Rows) and column in found.later else rows


def _needs(space: Space) -> Iterator[tuple[Need, int, Edge | Entry | None]]:
    """Yield what each configuration needs, and what is needed when an edge is taken or a matter entered."""
    mechanism = space.frame.mechanism
    at_place = {state.key: tuple(_at_place(space.frame, state)) for state in mechanism.states}
    for at, configuration in enumerate(space.configurations):
        yield from ((need, at, None) for need in at_place[configuration.state])
    for_act: dict[int, tuple[Need, ...]] = {}
    for edge in space.edges:
        if id(edge.act) not in for_act:
            for_act[id(edge.act)] = tuple(_for_act(mechanism, edge.act))
        yield from ((need, edge.source, edge) for need in for_act[id(edge.act)])
        yield from ((need, edge.source, edge) for need in _for_openings(space, edge))
    for start in _starts(space):
        yield from ((need, start.at, start.begun) for need in _for_clock(start))


def _at_place(frame: Frame, place: State | Await | Final) -> Iterator[Need]:
    mechanism = frame.mechanism
    if isinstance(place, Final):
        for need in place.needs:
            name = filled_name(mechanism, need.removeprefix("field:")) if need.startswith("field:") else need
            yield Need("needs-unmet", name, f"可以不经“{need}”就到{named(place)}")
        return
    yield Need("unbound-holder", place.holder, f"{named(place)}的办理方{_role(mechanism, place.holder)}此时未定")
    for heed in mechanism.heeds:
        if heed.before and place.key in heed.states:
            yield Need("unfilled", heed.before, f"{act_name(heed)}在{named(place)}所依日期“{heed.before}”此时尚无")
    if isinstance(place, Await):
        yield from _for_children(mechanism, place, frame.child_of(place))
    for request in mechanism.requests:
        if place.key in request.states:
            for role in request.by:
                message = f"{named(request)}：在{named(place)}时申请方{_role(mechanism, role)}未定"
                yield Need("unbound-requester", role, message)


def _for_children(mechanism: Mechanism, place: Await, child: Mechanism) -> Iterator[Need]:
    rows = place.per.partition(".")[0]
    yield Need("empty-per", rows, f"{named(place)}须逐一等候的“{place.per}”此时未定")
    if place.text:
        yield Need("unfilled", place.text, f"{named(place)}表决的文本“{place.text}”此时尚无")
    carried = [name for source in place.carry.values() for name in source_names(mechanism, source, each=rows)]
    shared = set(shared_roles(mechanism, child)) - {place.each, *place.carry}
    carried += [key for key in expected(child, place.entry) if key in shared]
    for name in dict.fromkeys(carried):
        yield Need("carry", name, f"{named(place)}要带给子事项的“{name}”此时尚无")


def _for_act(mechanism: Mechanism, move: Act) -> Iterator[Need]:
    if not isinstance(move, Move):
        return
    for copied in move.copies:
        for name in source_names(mechanism, copied):
            yield Need("unbound-copy", name, f"{named(move)}要抄送的“{copied}”此时未定")
    filled = [(draw.by, f"动用“{draw.of}”所依的") for draw in move.draws]
    filled += [(key, f"登入“{enter.register}”的") for enter in move.enters for key in enter.fields]
    filled += [(key.partition(".")[0], "逐行补填的") for key in (*move.asks, *move.may_ask) if "." in key]
    for key, part in filled:
        yield Need("unfilled", key, f"{named(move)}：{part}“{key}”此时尚无")


def _for_openings(space: Space, edge: Edge) -> Iterator[Need]:
    for opens in edge.opens:
        yield from _for_opening(space.frame.mechanism, edge.act, opens)


def _for_opening(mechanism: Mechanism, act: Act, opens: Opens) -> Iterator[Need]:
    rows = (opens.each,) if opens.each else ()
    names = [name for source in opens.carry.values() for name in source_names(mechanism, source, each=opens.each)]
    for name in dict.fromkeys((*rows, *names)):
        yield Need("carry", name, f"“{act_name(act)}”另立 {opens.mechanism} 要带出的“{name}”此时尚无")


def _starts(space: Space) -> Iterator[Start]:
    """Yield each beginning of a lap: a clock's life is entered, or begins anew by a move that restarts it."""
    lives = space.frame.lives
    clocks = space.frame.clocks
    for at, entry in space.entries:
        yield from (Start(clocks[key], at, entry) for key, life in lives.items() if entry.state in life)
    for edge in space.edges:
        source, target = space.configurations[edge.source].state, space.configurations[edge.target].state
        restarts = edge.act.restarts if isinstance(edge.act, Move) else ()
        for key, life in lives.items():
            if target in life and (source not in life or key in restarts):
                yield Start(clocks[key], edge.target, edge)


def _for_clock(start: Start) -> Iterator[Need]:
    clock = start.clock
    for key in (clock.since, clock.until, clock.before):
        if key:
            yield Need("unfilled", key, f"{named(clock)}{_begun(start)}起算，所依日期“{key}”此时尚无")


def _begun(start: Start) -> str:
    return f"由“{act_name(start.edge.act)}”" if start.edge else "自起点"


def _terms(space: Space) -> Iterator[Fault]:
    """Find beginnings at which not exactly one term of the clock applies, or the choice reads what is not known."""
    told: set[tuple[str, str]] = set()
    for start in _starts(space):
        if not start.clock.cases:
            continue
        verdicts = [(case.key, *verdict(case.when, space.known(start.at))) for case in start.clock.cases]
        applying = [key for key, holds, _ in verdicts if holds]
        doubts = [doubt for _, _, doubt in verdicts if doubt]
        rule, message = _term_problem(start, applying, doubts)
        if rule and (rule, message) not in told:
            told.add((rule, message))
            yield Fault(rule, message, path_to(space, start.edge.source if start.edge else start.at, last=start.edge))


def _term_problem(start: Start, applying: list[str], doubts: list[str]) -> tuple[str, str]:
    clock = f"{named(start.clock)}{_begun(start)}起算"
    if doubts:
        return "vague-term", f"{clock}，期限的条件读“{doubts[0]}”，此路径上从未填写"
    if not applying:
        return "no-term", f"{clock}时没有期限适用"
    if len(applying) > 1:
        return "ambiguous-term", f"{clock}时有多个期限适用：{'、'.join(applying)}"
    return "", ""


def _role(mechanism: Mechanism, key: str) -> str:
    return named(mechanism.role(key))
