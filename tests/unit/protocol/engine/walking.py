"""Random legal walks: whatever may be done to a matter on a day, done in any order."""

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from tests.unit.protocol.engine.matter import BUREAU, OFFICE, OTHER, Matter, acting, packaged_calendar

from fuyuantong.clock.calendar import calendar_of
from fuyuantong.protocol import (
    Choice,
    Date,
    Field,
    File,
    Flag,
    Json,
    Mechanism,
    Number,
    Organ,
    Organs,
    Request,
    Rows,
    Time,
)
from fuyuantong.protocol.amendments import correct, move_version, recompute_clocks, succeed
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.offers import offers
from fuyuantong.protocol.trail import Actor, Kind, Record
from fuyuantong.refusal import Refusal

Act = Callable[[st.DataObject], object]

CALENDARS = {"gazetted": packaged_calendar(), "without a notice": calendar_of(())}
ORGANS = st.sampled_from([BUREAU, OTHER, OFFICE])
WORDS = st.sampled_from(["已整改", "情况有变", "𠮷庄镇\n第二行"])
SUCCESSORS = ((OFFICE, "office-2"), (BUREAU, "bureau-3"), (OTHER, BUREAU))


def value_of(field: Field, today: date) -> st.SearchStrategy[Json]:
    """Return values that a person may give for a field."""
    if isinstance(field, Choice):
        return st.sampled_from(field.options)
    if isinstance(field, Flag):
        return st.booleans()
    if isinstance(field, Number):
        return st.integers(field.at_least, 2**53 - 1)
    if isinstance(field, Date):
        return st.integers(0, 70).map(lambda days: (today + timedelta(days=days)).isoformat())
    if isinstance(field, Time):
        return st.just("09:30")
    if isinstance(field, Organ):
        return ORGANS
    if isinstance(field, Organs):
        return st.lists(ORGANS, min_size=max(field.at_least, 1), max_size=3, unique=True)
    if isinstance(field, File):
        return st.just(["ab" * 32])
    if isinstance(field, Rows):
        columns = {column.key: value_of(column, today) for column in field.columns if column.key not in field.later}
        return st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=2)
    return WORDS


def form(
    matter: Matter, asks: Collection[str], may_ask: Collection[str] = (), *, today: date
) -> st.SearchStrategy[dict[str, Json]]:
    """Return what may be filled in, a later column with as many cells as there are rows."""

    def answer(key: str) -> st.SearchStrategy[Json]:
        rows_key, _, column_key = key.partition(".")
        field = matter.mechanism.value(rows_key)
        if not column_key or not isinstance(field, Rows):
            return value_of(field, today)
        column = next(column for column in field.columns if column.key == column_key)
        count = len(matter.situation.values.get(rows_key, []))
        return st.lists(value_of(column, today), min_size=count, max_size=count)

    return st.fixed_dictionaries({key: answer(key) for key in asks}, optional={key: answer(key) for key in may_ask})


def acts(matter: Matter, today: date, *, endings: Collection[str]) -> dict[str, Act]:
    """Return what may be done to a matter on a day, legally or nearly so, by a name for each."""
    on = today.isoformat()
    situation, mechanism = matter.situation, matter.mechanism
    found: dict[str, Act] = {}
    for offer in offers(mechanism, situation, today=today):
        asked = form(matter, offer.move.asks, offer.move.may_ask, today=today)
        found[f"move {offer.move.key}"] = lambda data, key=offer.move.key, asked=asked: matter.move(
            key, data.draw(asked), on=on
        )
    for clock in situation.clocks:
        found[f"lapse {clock}"] = lambda _, clock=clock: lapse_if_passed(matter, clock, on)
    for place, child in enumerate(situation.children.values()):
        if not child.ending:
            found[f"join {place}"] = lambda data, place=place: matter.join(
                place, data.draw(st.sampled_from(sorted(endings))), on=on
            )
    for request in mechanism.requests:
        found[f"ask {request.key}"] = lambda data, request=request: ask(data, matter, request, today)
    for slip, asked in situation.requests.items():
        found[f"decline {slip}"] = lambda _, slip=slip: matter.decline(slip, on=on)
        found[f"grant {slip}"] = lambda data, slip=slip, asked=asked: grant(data, matter, slip, asked, today)
    return found


def lapse_if_passed(matter: Matter, clock: str, on: str) -> None:
    if draft := matter.lapse_of(clock, today=on):
        matter.take(draft)


def ask(data: st.DataObject, matter: Matter, request: Request, today: date) -> None:
    """Make a request as one of those who may."""
    organs = [organ for role in request.by for organ in matter.situation.organs_of(role)]
    if request.rows:
        columns = matter.mechanism.value(request.rows).columns
        asked = st.fixed_dictionaries({column.key: value_of(column, today) for column in columns})
    else:
        asked = form(matter, request.asks, request.may_ask, today=today)
    by = data.draw(st.sampled_from(organs or ["nobody"]))
    matter.ask(request.key, data.draw(asked), by=by, on=today.isoformat(), slip=f"slip-{matter.situation.seq}")


def grant(data: st.DataObject, matter: Matter, slip: str, asked: Mapping[str, Json], today: date) -> None:
    """Make the move that grants a request, which may or may not be offered now."""
    request = matter.mechanism.request(asked["request"])
    values = data.draw(form(matter, request.asks, today=today))
    matter.move(request.grants, values, on=today.isoformat(), answers=slip)


def amendments(matter: Matter, today: date) -> dict[str, Act]:
    """Return what may be done to a trail beside acts."""
    situation, mechanism, world = matter.situation, matter.mechanism, matter.world
    who = acting(situation.holder, today.isoformat())
    found: dict[str, Act] = {}
    for key in situation.values:
        found[f"correct {key}"] = lambda data, key=key: matter.take(
            correct(
                mechanism,
                situation,
                of_seq=1,
                values=data.draw(form(matter, (key,), today=today)),
                reason="录入有误",
                acting=who,
                world=world,
            )
        )
    if not situation.closed:
        found["version"] = lambda _: matter.take(
            move_version(mechanism, situation, declaration="digest-2", acting=who, world=world)
        )
    for old, new in SUCCESSORS:
        if draft := succeed(situation, old=old, new=new, on=today, directory_version=9):
            found[f"succeed {old}"] = lambda _, draft=draft: matter.take(draft)
    for name, calendar in CALENDARS.items():
        if draft := recompute_clocks(situation, calendar=calendar, on=today):
            found[f"recompute {name}"] = lambda _, draft=draft: matter.take(draft)
    return found


def walk(
    data: st.DataObject, matter: Matter, *, since: date, endings: Collection[str] = ("agreed", "refused", "recalled")
) -> Iterator[tuple[Situation, Matter]]:
    """Yield a matter after each step of a walk, with the situation before it; what is refused changes nothing."""
    today = since
    yield Situation(uid=matter.situation.uid), matter
    for _ in range(data.draw(st.integers(1, 10))):
        today += timedelta(days=data.draw(st.integers(0, 30)))
        before, kept = matter.situation, deepcopy(matter.situation)
        possible = acts(matter, today, endings=endings)
        if not possible or data.draw(st.integers(0, 4)) == 0:
            possible = amendments(matter, today)
        if not possible:
            return
        try:
            possible[data.draw(st.sampled_from(sorted(possible)))](data)
        except Refusal:
            assert matter.situation is before
        assert before == kept
        if matter.situation is not before:
            yield before, matter


def opened(data: st.DataObject, mechanism: Mechanism, matter: Matter, *, today: date) -> Matter:
    """Open a matter at any of its entries, with everything that the entry carries and every role that it inherits."""
    entry = data.draw(st.sampled_from(sorted(mechanism.entries, key=lambda one: one.state)))
    known = (entry.by, *entry.carried)
    roles = {
        role.key: [f"organ-{role.key}"] if role.many else f"organ-{role.key}"
        for role in mechanism.roles
        if role.key in known or (entry.opened and not role.via)
    }
    fields = {field.key: value_of(field, today) for field in mechanism.fields if field.key in known}
    values = data.draw(st.fixed_dictionaries(fields))
    return matter.open(entry.state, on=today.isoformat(), by=roles[entry.by], roles=roles, values=values)


def record_from(body: Mapping[str, Json]) -> Record:
    """Read a record back from its body."""
    record = Record(
        matter=body["matter"],
        seq=body["seq"],
        epoch=body["epoch"],
        node=body["node"],
        kind=Kind(body["kind"]),
        act=body["act"],
        from_state=body["from"],
        to_state=body["to"],
        actor=Actor(body["account"], body["post"], body["organ"], body["on_behalf_of"]),
        effective_on=date.fromisoformat(body["effective_on"]),
        recorded_at=datetime.fromisoformat(body["recorded_at"]),
    )
    return replace(
        record,
        basis=body["basis"],
        values=body["values"],
        resolved=body["resolved"],
        files=tuple(body["files"]),
    )
