"""办事指南: what every mechanism is for and how it goes, drawn from its declaration; nothing here is written by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong import catalogue
from fuyuantong.clock.rule import Rule
from fuyuantong.desk.openings import CHAPTERS
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.console.labels import clock_title, field_title, role_title, state_title
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.organs.vocabulary import RELATION_TITLES, RelationKind
from fuyuantong.protocol import Await, Closing, Final, Heeds, Lapse, Mechanism, Move, Role, State
from fuyuantong.protocol.registers import event_title
from fuyuantong.protocol.starting import rule_of
from fuyuantong.protocol.values import title_of

ENDINGS = {
    Closing.ACCEPTED: "认可",
    Closing.DECIDED: "作出结论",
    Closing.REFUSED: "不予办理",
    Closing.WITHDRAWN: "撤回",
    Closing.LAPSED: "逾期终结",
    Closing.SUPERSEDED: "被替代",
    Closing.SETTLED: "了结",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part, and how it becomes known which organ that is."""

    title: str
    found: str


@dataclass(frozen=True, slots=True)
class Period:
    """How long a station may last, and who says so."""

    title: str
    words: str
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a station: what is done, what must be filled in, and where it leads."""

    title: str
    to: str
    asks: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """One station: who holds the matter there, by when, and what may be done; a final one has an ending instead."""

    title: str
    holder: str
    period: Period | None
    ways: tuple[Way, ...]
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A mechanism, or a part of one that every addressee works on for itself."""

    mechanism: Mechanism
    begun_by: tuple[str, ...]
    parts: tuple[Part, ...]
    stations: tuple[Station, ...]
    asked: tuple[str, ...]
    heard: tuple[str, ...]
    sealed: tuple[str, ...]
    documents: tuple[str, ...]


@require_safe
@at_desk
def guide(visit: Visit) -> HttpResponse:
    """Show all mechanisms by chapter."""
    chapters: dict[str, list[Mechanism]] = {}
    for found in catalogue.MECHANISMS.values():
        chapters.setdefault(CHAPTERS.get(found.chapter, found.chapter), []).append(found)
    return visit.page("desk/guide.html", {"chapters": sorted(chapters.items())})


@require_safe
@at_desk
def guide_page(visit: Visit, key: str) -> HttpResponse:
    """Show one mechanism with its parts, as it is where the person works."""
    found = catalogue.MECHANISMS.get(key)
    if found is None:
        raise Http404
    world = DatabaseWorld(on=visit.today)
    chapters = [_chapter(visit, world, one, of) for one, of in _family(found, key)]
    return visit.page("desk/guide_page.html", {"found": found, "chapters": chapters})


def _family(mechanism: Mechanism, key: str) -> Iterator[tuple[Mechanism, str]]:
    yield mechanism, key
    for child in mechanism.children():
        yield from _family(child, f"{key}/{child.key}")


def _chapter(visit: Visit, world: DatabaseWorld, mechanism: Mechanism, key: str) -> Chapter:
    asked = (f"{_roles(mechanism, request.by)}：{request.title}" for request in mechanism.requests)
    heard = ((event_title(heed.register, heed.event), _heeded(mechanism, heed)) for heed in mechanism.heeds)
    return Chapter(
        mechanism=mechanism,
        begun_by=tuple(_begun(mechanism)),
        parts=tuple(Part(role.title, _found(mechanism, role)) for role in mechanism.roles),
        stations=tuple(_station(visit, world, mechanism, state) for state in mechanism.states),
        asked=tuple(asked),
        heard=tuple(f"{event}：{what}" for event, what in heard),
        sealed=tuple(field.title for field in mechanism.fields if field.secret),
        documents=tuple(dict.fromkeys(kind.title for kind in catalogue.document_kinds(key) if kind.mechanism)),
    )


def _heeded(mechanism: Mechanism, heed: Heeds) -> str:
    """Return what a register brings about by itself."""
    if not heed.to:
        return f"“{title_of(mechanism, heed.by)}”自动改为新的编号"
    states = "、".join(state_title(mechanism, key) for key in heed.states)
    day = f"，且在{title_of(mechanism, heed.before)}之前" if heed.before else ""
    return f"在“{states}”环节的{day}，自动转入“{state_title(mechanism, heed.to)}”"


def _begun(mechanism: Mechanism) -> Iterator[str]:
    for entry in mechanism.entries:
        who = role_title(mechanism, entry.by, otherwise=entry.by)
        how = "由其他事项引出或到期自动立项" if entry.opened else "可以直接新建"
        yield f"{who}，从“{state_title(mechanism, entry.state)}”开始，{how}"


def _found(mechanism: Mechanism, role: Role) -> str:
    how, _, of = role.via.partition(":")
    if how == "field":
        return f"填写时指定（{title_of(mechanism, of)}）"
    if how == "setting":
        return "由本地设置指定"
    return f"{role_title(mechanism, of, otherwise=of)}的{RELATION_TITLES[RelationKind(how)]}" if how else "立项时确定"


def _station(visit: Visit, world: DatabaseWorld, mechanism: Mechanism, state: State | Await | Final) -> Station:
    if isinstance(state, Final):
        return Station(state.title, "", None, (), ending=ENDINGS[state.kind])
    ways = [*(_way(mechanism, move) for move in state.moves), *(_lapse(mechanism, one) for one in state.lapses)]
    if isinstance(state, Await):
        per = title_of(mechanism, state.per)
        ways = [Way(f"各“{per}”办结后汇总", _next(mechanism, state), "", ()), *ways]
    return Station(
        state.title,
        role_title(mechanism, state.holder, otherwise=state.holder),
        _period(visit, world, mechanism, state),
        tuple(ways),
    )


def _next(mechanism: Mechanism, state: Await) -> str:
    return "、".join(dict.fromkeys(state_title(mechanism, rule.to) for rule in state.ballot))


def _way(mechanism: Mechanism, move: Move) -> Way:
    marks = [
        *(["须签发"] if move.signed else []),
        *(["取文号"] if move.numbers else []),
        *(["制作文书"] if move.drafts else []),
        *(["另立事项"] if move.opens else []),
        *([f"最多 {move.at_most} 次"] if move.at_most else []),
    ]
    asks = "、".join(dict.fromkeys(title_of(mechanism, key) for key in move.asks))
    return Way(move.title, state_title(mechanism, move.to), asks, tuple(marks))


def _lapse(mechanism: Mechanism, lapse: Lapse) -> Way:
    to = state_title(mechanism, lapse.to)
    return Way(f"“{clock_title(mechanism, lapse.clock)}”届满：{lapse.title}", to, "", ("到期自动",))


def _period(visit: Visit, world: DatabaseWorld, mechanism: Mechanism, state: State | Await) -> Period | None:
    if not state.judged_by:
        return None
    clock = mechanism.clock(state.judged_by)
    rules = [_rule(visit, world, term.key) for term in clock.terms()]
    if clock.until or not rules:
        day = field_title(mechanism, clock.until or clock.before)
        ceiling = f"，不超过{'或'.join(_length(rule) for rule in rules)}" if rules else ""
        source = rules[0].source.word if rules else "指定日期"
        return Period(clock.title, f"至{day}{ceiling}", source, rules[0].basis if rules else "")
    event = f"{field_title(mechanism, clock.before)}前" if clock.before else ""
    words = "或".join(dict.fromkeys(_length(rule) for rule in rules))
    return Period(clock.title, f"{event}{words}", rules[0].source.word, rules[0].basis)


def _rule(visit: Visit, world: DatabaseWorld, key: str) -> Rule:
    organ = visit.person.organ
    if organ is None and key in catalogue.house_terms():
        return catalogue.house_terms()[key].as_rule()
    return rule_of(key, visit.today, world, near=organ.code if organ else "")


def _length(rule: Rule) -> str:
    return rule.term.title if rule.term else rule.title


def _roles(mechanism: Mechanism, keys: tuple[str, ...]) -> str:
    return "、".join(role_title(mechanism, key, otherwise=key) for key in keys)
