"""Rules on keys: each is there once, each reference leads somewhere, and to the sort of thing that can stand there."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fuyuantong.protocol.acts import Move, Request
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.fields import Choice, Flag, Prefill, Received, Rows, Tells, Unfinished
from fuyuantong.protocol.mechanism import Await, Final, Mechanism
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.anatomy import act_name
from fuyuantong.protocol.registers import REGISTERS

RELATIONS = frozenset(
    {"superior_of", "government_of", "peer_procuratorate_of", "competent_dept_of", "office_of", "supervision_of"}
)

Sorts = Mapping[str, frozenset[str]]  # name space → sorts

_ANY = frozenset({"Text", "Choice", "Flag", "Number", "Date", "Time", "Organ", "Organs", "File", "Rows"})
STATE: Sorts = {"state": frozenset({"State", "Await", "Final"})}
HELD: Sorts = {"state": frozenset({"State", "Await"})}
AWAIT: Sorts = {"state": frozenset({"Await"})}
ROLE: Sorts = {"role": frozenset({"one", "many"})}
CLOCK: Sorts = {"clock": frozenset({"Clock"})}
FIELD: Sorts = {"field": _ANY}
ASKED: Sorts = {"field": _ANY, "column": _ANY}
FILLED: Sorts = {"field": _ANY, "column": _ANY, "first column": _ANY}
DATE: Sorts = {"field": frozenset({"Date"})}
TIME: Sorts = {"field": frozenset({"Time"})}
NUMBER: Sorts = {"field": frozenset({"Number"})}
TEXT: Sorts = {"field": frozenset({"Text"})}
CHOICE: Sorts = {"field": frozenset({"Choice"})}
WORDS: Sorts = {"field": frozenset({"Text"}), "first column": frozenset({"Text"})}
NAMED: Sorts = {"first column": frozenset({"Choice"})}
COUNTED: Sorts = {"first column": frozenset({"Number"})}
ONE: Sorts = {"role": frozenset({"one"})}
TO_WHOM: Sorts = {"field": frozenset({"Organ", "Organs"})}
ROWS: Sorts = {"field": frozenset({"Rows"})}
ORGAN: Sorts = {"field": frozenset({"Organ"})}
RANKED: Sorts = {"first column": frozenset({"Choice"})}
ORGANS: Sorts = {"field": frozenset({"Organs"})}
PARTIES: Sorts = {"role": frozenset({"one", "many"}), "field": frozenset({"Organ", "Organs"})}
KNOWN: Sorts = {"role": frozenset({"one", "many"}), "field": _ANY}
READ: Sorts = {"field": frozenset({"Choice", "Flag"}), "fact": frozenset({"fact"})}
TOLD: Mapping[Tells, Sorts] = {Tells.FINDING: CHOICE, Tells.RANK: CHOICE, Tells.ANSWER: FIELD}
PREFILLED: Mapping[Prefill, Sorts] = {
    Prefill.HOLDER: ORGAN,
    Prefill.COURT: ORGAN,
    Prefill.SUED: TO_WHOM,
    Prefill.INSTANCE: CHOICE,
    Prefill.SERVED: DATE,
    Prefill.HEARD: DATE,
    Prefill.EFFECTIVE: DATE,
}


EVENT = "日程"


class Reference(NamedTuple):
    """A key that stands for another word."""

    path: tuple[str, ...]
    part: str
    key: str
    sorts: Sorts


def faults(mechanism: Mechanism) -> Iterator[Fault]:
    """Yield what is doubled, unknown, or of the wrong sort."""
    if not mechanism.entries:
        yield Fault("no-entry", f"{named(mechanism)}没有起点", (named(mechanism),))
    yield from _doubled(mechanism)
    table = _table(mechanism)
    for reference in _references(mechanism):
        found = [table[space, reference.key] for space in reference.sorts if (space, reference.key) in table]
        if not found:
            yield Fault("unknown-key", f"{reference.part}“{reference.key}”不存在", reference.path)
        elif not any(table.get((space, reference.key)) in sorts for space, sorts in reference.sorts.items()):
            yield Fault("wrong-sort", f"{reference.part}“{reference.key}”不能是 {found[0]}", reference.path)
    yield from _unknown_values(mechanism)
    yield from _unknown_needs(mechanism)
    yield from _unknown_sources(mechanism)
    for heed in mechanism.heeds:
        if heed.register not in REGISTERS or heed.event not in REGISTERS[heed.register].events:
            yield Fault("unknown-event", f"没有“{heed.register}.{heed.event}”这一登记事件", (act_name(heed),))


def _table(mechanism: Mechanism) -> dict[tuple[str, str], str]:
    table = {("state", state.key): type(state).__name__ for state in mechanism.states}
    table |= {("role", role.key): "many" if role.many else "one" for role in mechanism.roles}
    table |= {("clock", clock.key): "Clock" for clock in mechanism.clocks}
    table |= {("request", request.key): "Request" for request in mechanism.requests}
    table |= {("fact", fact): "fact" for fact in anatomy.facts(mechanism)}
    for found in mechanism.fields:
        table["field", found.key] = type(found).__name__
        if isinstance(found, Rows):
            for column in found.columns:
                space = "column" if column.key in found.later else "first column"
                table[space, f"{found.key}.{column.key}"] = type(column).__name__
    return table


def _doubled(mechanism: Mechanism) -> Iterator[Fault]:
    same = {role.key for role in mechanism.roles if role.via == f"field:{role.key}"}  # one organ, one name
    fields = [found.key for found in mechanism.fields]
    roles = [role.key for role in mechanism.roles if not (role.key in same and role.key in fields)]
    known = [*roles, *fields, *anatomy.facts(mechanism)]
    yield from _twice("角色、字段或事实", known, (named(mechanism),))
    yield from _twice("状态", [state.key for state in mechanism.states], (named(mechanism),))
    yield from _twice("时钟", [clock.key for clock in mechanism.clocks], (named(mechanism),))
    yield from _twice("申请", [request.key for request in mechanism.requests], (named(mechanism),))
    yield from _twice("起点", [entry.state for entry in mechanism.entries], (named(mechanism),))
    yield from _twice("子事项", [child.key for child in mechanism.children()], (named(mechanism),))
    for place in anatomy.places(mechanism):
        yield from _twice("办理事项", [move.key for move in place.moves], (named(place),))
    for found in mechanism.fields:
        if isinstance(found, Rows):
            yield from _twice("列", [column.key for column in found.columns], (named(found),))


def _twice(part: str, keys: list[str], path: tuple[str, ...]) -> Iterator[Fault]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Fault("duplicate-key", f"{part}“{key}”重复", path)


def _references(mechanism: Mechanism) -> Iterator[Reference]:
    yield from _role_references(mechanism)
    yield from _clock_references(mechanism)
    yield from _entry_references(mechanism)
    for place in anatomy.places(mechanism):
        yield from _place_references(place)
    for place, move in anatomy.moves(mechanism):
        yield from _move_references(move, (named(place), named(move)))
    for step in anatomy.steps(mechanism):
        yield Reference(step.path, "去向", step.to, STATE)
    for request in mechanism.requests:
        yield from _request_references(request)
    yield from _heed_references(mechanism)
    for final in anatomy.finals(mechanism):
        yield from _final_references(final)
    yield from _field_references(mechanism)
    yield from _event_references(mechanism)
    for opening in anatomy.openings(mechanism):
        if opening.opens.each:
            yield Reference(opening.path, "逐行", opening.opens.each, ROWS)
        yield from _carry_references(opening.opens.carry, opening.path, each=opening.opens.each)
    for where, guards in anatomy.guards(mechanism):
        yield from (Reference(where, "条件所读", guard.of, READ) for guard in guards)
    yield from _recurrence_references(mechanism)
    yield from _figure_references(mechanism)


def _field_references(mechanism: Mechanism) -> Iterator[Reference]:
    for key in anatomy.later_columns(mechanism):
        yield Reference((named(mechanism),), "后填列", key, ASKED)
    for found in mechanism.fields:
        if found.prefill:
            yield Reference((named(mechanism),), "预填", found.key, PREFILLED.get(found.prefill, TEXT))
        if found.tells:
            yield Reference((named(mechanism),), "登记采用", found.key, TOLD[found.tells])
        if isinstance(found, Rows) and found.begins_with:
            yield from _beginning_references(found, found.begins_with)


def _beginning_references(table: Rows, beginning: Unfinished | Received) -> Iterator[Reference]:
    path = (named(table), "带入")
    if isinstance(beginning, Received):
        yield Reference(path, "收回执的环节", beginning.of, AWAIT)
        for key in beginning.columns:
            yield Reference(path, "列", f"{table.key}.{key}", {"first column": _ANY})
        return
    yield Reference(path, "同类", beginning.same, CHOICE)
    for column in (beginning.text, beginning.cause):
        yield Reference(path, "文字列", f"{table.key}.{column}", {"first column": frozenset({"Text"})})
    yield Reference(path, "事项列", f"{table.key}.{beginning.matter}", {"first column": frozenset({"Matter"})})


def _recurrence_references(mechanism: Mechanism) -> Iterator[Reference]:
    if recurs := mechanism.recurs:
        path = (named(mechanism), "再次发生")
        yield Reference(path, "对象单位", recurs.organ, TO_WHOM)
        yield from (Reference(path, "相同类别", key, CHOICE) for key in recurs.same)
        yield from (Reference(path, "相近文字", key, WORDS) for key in recurs.words)


def _figure_references(mechanism: Mechanism) -> Iterator[Reference]:
    if figures := mechanism.figures:
        path = (named(mechanism), "对照数据")
        name, above, below = figures.columns()
        yield Reference(path, "表", figures.rows, ROWS)
        yield Reference(path, "名称列", name, NAMED)
        yield from (Reference(path, "数列", key, COUNTED) for key in (above, below))
        yield Reference(path, "时间", figures.period, TEXT)
        yield Reference(path, "单位", figures.by, ONE)


def _event_references(mechanism: Mechanism) -> Iterator[Reference]:
    event = mechanism.event
    if event is None:
        return
    parts = (
        ("会期", event.on, DATE),
        ("开始时间", event.begins, TIME),
        ("结束时间", event.ends, TIME),
        ("地点", event.place, TEXT),
        ("系列", event.series, CHOICE),
        ("召集单位", event.convenor, ORGAN),
        ("参加单位", event.members, ORGANS),
        ("到会", event.attendance, RANKED),
    )
    yield from (Reference((EVENT,), part, key, sorts) for part, key, sorts in parts if key)
    yield from (Reference((EVENT,), "未定状态", key, HELD) for key in event.tentative)


def _entry_references(mechanism: Mechanism) -> Iterator[Reference]:
    for entry in mechanism.entries:
        path = (f"起点 {entry.state}",)
        yield Reference(path, "状态", entry.state, HELD)
        yield Reference(path, "发起方", entry.by, ROLE)
        yield from (Reference(path, "带入", key, KNOWN) for key in entry.carried)
    for state in mechanism.supersedes.values():
        yield Reference((named(mechanism),), "旧版转入", state, STATE)


def _final_references(final: Final) -> Iterator[Reference]:
    yield from (Reference((named(final),), "办结方", role, ROLE) for role in final.by)
    for need in final.needs:
        if need.startswith("field:"):
            yield Reference((named(final),), "所需字段", need.removeprefix("field:"), FILLED)


def _role_references(mechanism: Mechanism) -> Iterator[Reference]:
    for role in mechanism.roles:
        path = (named(role),)
        source, _, key = role.via.partition(":")
        if source == "field":
            yield Reference(path, "字段", key, ORGANS if role.many else ORGAN)
        elif key and source != "setting":
            yield Reference(path, "所依角色", key, ROLE)
        yield from (Reference(path, "可同一角色", other, ROLE) for other in role.may_be_same)


def _clock_references(mechanism: Mechanism) -> Iterator[Reference]:
    for clock in mechanism.clocks:
        path = (named(clock),)
        dates = {"截止日": clock.until, "事件日": clock.before, "起算日": clock.since}
        yield from (Reference(path, part, key, DATE) for part, key in dates.items() if key)
        yield from (Reference(path, "续行状态", key, HELD) for key in clock.keeps)
        yield from (Reference(path, "停止状态", key, HELD) for key in clock.stops)


def _place_references(place: anatomy.Place) -> Iterator[Reference]:
    path = (named(place),)
    yield Reference(path, "办理方", place.holder, ROLE)
    if place.judged_by:
        yield Reference(path, "时钟", place.judged_by, CLOCK)
    yield from (Reference((*path, anatomy.act_name(lapse)), "时钟", lapse.clock, CLOCK) for lapse in place.lapses)
    if isinstance(place, Await):
        yield Reference(path, "逐一对象", place.per, _per_sorts(place.per))
        if place.text:
            yield Reference(path, "表决文本", place.text, FIELD)
        yield from _carry_references(place.carry, path, each=place.per.partition(".")[0])


def _per_sorts(per: str) -> Sorts:
    return {"first column": frozenset({"Organ"})} if "." in per else ORGANS


def _move_references(move: Move, path: tuple[str, ...]) -> Iterator[Reference]:
    yield from (Reference(path, "填写", key, ASKED) for key in (*move.asks, *move.may_ask))
    copied = (key for key in move.copies if ":" not in key)
    yield from (Reference(path, "抄送", key, PARTIES) for key in copied)
    clocks = [*move.restarts, *(wish.clock for wish in move.extends), move.not_before, move.until]
    yield from (Reference(path, "时钟", key, CLOCK) for key in clocks if key)
    yield from (Reference(path, "延至日", wish.until, DATE) for wish in move.extends if wish.until)
    for draw in move.draws:
        yield Reference(path, "管理方", draw.keeper, ROLE)
        yield Reference(path, "所依字段", draw.by, TEXT if draw.act == "claim" else NUMBER)
    for enter in move.enters:
        yield from (Reference(path, "登记字段", key, FIELD) for key in enter.fields)
        if enter.falls_due:
            yield Reference(path, "到期日", enter.falls_due, DATE)


def _request_references(request: Request) -> Iterator[Reference]:
    path = (named(request),)
    yield from (Reference(path, "申请方", role, ROLE) for role in request.by)
    yield from (Reference(path, "状态", state, HELD) for state in request.states)
    if request.rows:
        yield Reference(path, "所加行", request.rows, ROWS)
    sorts = FILLED if request.rows else FIELD
    yield from (Reference(path, "填写", key, sorts) for key in (*request.asks, *request.may_ask))


def _heed_references(mechanism: Mechanism) -> Iterator[Reference]:
    for heed in mechanism.heeds:
        path = (act_name(heed),)
        yield Reference(path, "所依编号", heed.by, TEXT)
        yield from (Reference(path, "状态", state, HELD) for state in heed.states)
        if heed.before:
            yield Reference(path, "之前", heed.before, DATE)


def _carry_references(carry: Mapping[str, str], path: tuple[str, ...], *, each: str) -> Iterator[Reference]:
    for source in carry.values():
        if source.startswith("row."):
            yield Reference(path, "带出列", f"{each}.{source[4:]}", FILLED)
        elif not source.startswith("=") and ":" not in source:
            yield Reference(path, "带出", source, KNOWN)


def _unknown_values(mechanism: Mechanism) -> Iterator[Fault]:
    """Find guards that wait for what a thing can never be."""
    options: dict[str, tuple[str | bool, ...]] = dict.fromkeys(anatomy.facts(mechanism), (True, False))
    for found in mechanism.fields:
        if isinstance(found, Choice | Flag):
            options[found.key] = found.options if isinstance(found, Choice) else (True, False)
    for path, guards in anatomy.guards(mechanism):
        for guard in guards:
            for value in guard.values:
                if value not in options.get(guard.of, (value,)):
                    yield Fault("unknown-value", f"条件所读“{guard.of}”没有“{value}”这一值", path)


def _unknown_needs(mechanism: Mechanism) -> Iterator[Fault]:
    for final in anatomy.finals(mechanism):
        for need in final.needs:
            if not (need == "number" or need.partition(":")[0] in {"document", "opened", "field"}):
                yield Fault("unknown-need", f"{named(final)}所需的“{need}”无从核对", (named(final),))


def _unknown_sources(mechanism: Mechanism) -> Iterator[Fault]:
    """Find relations that the directory does not know, and where they start from."""
    keys = _keys(mechanism)
    for path, source in _sources(mechanism):
        relation, colon, key = source.partition(":")
        if colon and relation not in RELATIONS | {"setting"}:
            yield Fault("unknown-relation", f"机关名录没有“{relation}”这一关系", path)
        elif colon and relation != "setting" and key not in keys:
            yield Fault("unknown-key", f"“{source}”所依的“{key}”不存在", path)


def _keys(mechanism: Mechanism) -> list[str]:
    return [*(role.key for role in mechanism.roles), *(found.key for found in mechanism.fields)]


def _sources(mechanism: Mechanism) -> Iterator[tuple[tuple[str, ...], str]]:
    for role in mechanism.roles:
        if not role.via.startswith("field:") and role.via:
            yield (named(role),), role.via if ":" in role.via else f"{role.via}:"
    for place, move in anatomy.moves(mechanism):
        yield from (((named(place), named(move)), copied) for copied in move.copies)
    carries = [(opening.path, opening.opens.carry) for opening in anatomy.openings(mechanism)]
    carries += [((named(place),), place.carry) for place in anatomy.places(mechanism) if isinstance(place, Await)]
    for path, carry in carries:
        yield from ((path, source) for source in carry.values() if not source.startswith("="))
