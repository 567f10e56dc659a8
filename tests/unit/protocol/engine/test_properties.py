"""What holds on every legal walk, whoever acts and in whatever order."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.protocol.engine.builders import (
    BUREAU,
    LETTER,
    OFFICE,
    OTHER,
    OTHERWISE,
    URGENT,
    Matter,
    acting,
    counsel,
    packaged_calendar,
    timed,
)

from fuyuantong.clock.calendar import calendar_of
from fuyuantong.protocol import (
    Await,
    Choice,
    Clock,
    Extends,
    Field,
    File,
    Final,
    Flag,
    Is,
    Json,
    Lapse,
    Mechanism,
    Move,
    Number,
    Opens,
    Organ,
    Organs,
    Rows,
    State,
    Tally,
    Term,
)
from fuyuantong.protocol import Date as DateField
from fuyuantong.protocol.amendments import correct, move_version, recompute_clocks, succeed
from fuyuantong.protocol.fold import Situation, fold
from fuyuantong.protocol.offers import offers
from fuyuantong.protocol.snapshot import situation_from, situation_to_data
from fuyuantong.protocol.timing import life_of
from fuyuantong.protocol.trail import Actor, Kind, Record
from fuyuantong.refusal import Refusal
from fuyuantong.seal.canonical import canonical, parse

BUSY = timed(
    Clock("work", "办理期限", cases=(Term("house:call", when=(URGENT,)), Term("XS-01", when=(Is("kind", "普通", False),))), stops=("resting",)),
    Clock("case", "审限", "XS-10", since="came_on", keeps=("working", "resting", "later")),
    Clock("letter", "答复期限", "JY-01", until="reply_by", keeps=("later",)),
    moves=(
        Move("rest", "中止", to="resting", asks=("reason",)),
        Move("hand_on", "转后续", to="later", asks=("reply_by", "problems")),
        Move("prolong", "延长", to="working", asks=("reason", "longer_until"), extends=(Extends("case", until="longer_until"),), renews="新事由"),
        Move("anew", "重新起算", to="working", restarts=("work",), at_most=2, beyond="later", sets={"restarted": True}),
        Move("finish", "办结", to="done", opens=(Opens("task", "start", {"by": "row.guest"}, each="guests"),), may_ask=("guests",)),
    ),
    lapses=(Lapse("work", to="resting", when=(Is("restarted", True),)), Lapse("case", to="done")),
)  # fmt: skip
BUSY = replace(BUSY, supersedes={"working": "later", "later": "later", "resting": "done"})
MECHANISMS = (
    LETTER,
    BUSY,
    counsel(
        Tally("any", ("refused",), to="vetoed", early=True), OTHERWISE, text="summary", carry={"summary": "summary"}
    ),
    counsel(Tally("all", ("agreed",), to="concluding"), OTHERWISE, in_turn=True),
    counsel(per="guests.guest", leftover="leave", carry={"summary": "row.topic"}),
)
CALENDARS = {"gazetted": packaged_calendar(), "without a notice": calendar_of(())}
ORGANS = st.sampled_from([BUREAU, OTHER, OFFICE])
WORDS = st.sampled_from(["已整改", "情况有变", "𠮷庄镇\n第二行"])


def value_of(field: Field, today: date) -> st.SearchStrategy[Json]:
    """Return values that a person may give for a field."""
    if isinstance(field, Choice):
        return st.sampled_from(field.options)
    if isinstance(field, Flag):
        return st.booleans()
    if isinstance(field, Number):
        return st.integers(0, 2**53 - 1)
    if isinstance(field, DateField):
        return st.integers(0, 70).map(lambda days: (today + timedelta(days=days)).isoformat())
    if isinstance(field, Organ):
        return ORGANS
    if isinstance(field, Organs):
        return st.lists(ORGANS, min_size=1, max_size=3, unique=True)
    if isinstance(field, File):
        return st.just(["ab" * 32])
    if isinstance(field, Rows):
        columns = {column.key: value_of(column, today) for column in field.columns if column.key not in field.later}
        return st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=2)
    return WORDS


Act = Callable[[st.DataObject], object]


def acts(matter: Matter, today: date) -> dict[str, Act]:
    """Return what may be done to a matter on a day, legally or nearly so, by a name for each."""
    on = today.isoformat()
    situation, mechanism = matter.situation, matter.mechanism
    values = {field.key: value_of(field, today) for field in mechanism.fields}
    found: dict[str, Act] = {}
    for offer in offers(mechanism, situation, today=today):
        form = st.fixed_dictionaries(
            {key: values[key] for key in offer.move.asks}, optional={key: values[key] for key in offer.move.may_ask}
        )
        found[f"move {offer.move.key}"] = lambda data, key=offer.move.key, form=form: matter.move(
            key, data.draw(form), on=on
        )
    for clock in situation.clocks:
        found[f"lapse {clock}"] = lambda _, clock=clock: lapse_if_passed(matter, clock, on)
    for request in mechanism.requests:
        told = {"note": "补充"} if request.rows else {"reason": "情况有变"}
        found[f"ask {request.key}"] = lambda _, key=request.key, told=told: matter.ask(
            key, told, on=on, slip=f"slip-{situation.seq}"
        )
    for slip in situation.requests:
        found[f"decline {slip}"] = lambda _, slip=slip: matter.decline(slip, on=on)
    endings = st.sampled_from(["agreed", "refused", "recalled"])
    for place, child in enumerate(situation.children.values()):
        if not child.ending:
            found[f"join {place}"] = lambda data, place=place: matter.join(place, data.draw(endings), on=on)
    return found | amendments(matter, today, values)


def lapse_if_passed(matter: Matter, clock: str, on: str) -> None:
    if draft := matter.lapse_of(clock, today=on):
        matter.take(draft)


def amendments(matter: Matter, today: date, values: dict[str, st.SearchStrategy[Json]]) -> dict[str, Act]:
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
                values={key: data.draw(values[key])},
                reason="有误",
                acting=who,
                world=world,
            )
        )
    if not situation.closed:
        found["version"] = lambda _: matter.take(
            move_version(mechanism, situation, declaration="digest-2", acting=who, world=world)
        )
    for old, new in ((OFFICE, "office-2"), (BUREAU, "bureau-3"), (OTHER, BUREAU)):
        if old in situation.parties:
            draft = succeed(situation, old=old, new=new, on=today, directory_version=9)
            found[f"succeed {old}"] = lambda _, draft=draft: matter.take(draft)
    for name, calendar in CALENDARS.items():
        if draft := recompute_clocks(situation, calendar=calendar, on=today):
            found[f"recompute {name}"] = lambda _, draft=draft: matter.take(draft)
    return found


def walks(data: st.DataObject) -> Iterator[tuple[Situation, Matter]]:
    """Yield a matter after each step of a walk, with the situation before it."""
    today = date(2026, 8, 3)
    matter = Matter(MECHANISMS[data.draw(st.integers(0, len(MECHANISMS) - 1))]).open()
    yield Situation(uid="matter-1"), matter
    for _ in range(data.draw(st.integers(1, 10))):
        today += timedelta(days=data.draw(st.integers(0, 30)))
        before, kept = matter.situation, deepcopy(matter.situation)
        possible = acts(matter, today)
        act = data.draw(st.sampled_from(sorted(possible)) if possible else st.none())
        try:
            possible.get(act, lambda _: None)(data)
        except Refusal:
            assert matter.situation is before
        assert before == kept
        if matter.situation is not before:
            yield before, matter


def record_from(body: dict[str, Json]) -> Record:
    """Read a record back from its body."""
    return Record(
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
        basis=body["basis"],
        values=body["values"],
        resolved=body["resolved"],
        files=tuple(body["files"]),
    )


def holder_of(mechanism: Mechanism, situation: Situation) -> str:
    state = mechanism.state(situation.state)
    return situation.holder if isinstance(state, Final) else situation.organ_of(state.holder)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_folding_step_by_step_is_folding_all_even_of_records_read_back(data):
    for _, matter in walks(data):
        read_back = [record_from(parse(canonical(record.body()))) for record in matter.records]

        assert fold(matter.records) == matter.situation == fold(read_back)
        assert [record.body() for record in read_back] == [record.body() for record in matter.records]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_an_open_matter_has_a_holder_and_its_clock_runs_or_rests(data):
    for _, matter in walks(data):
        situation, state = matter.situation, matter.mechanism.state(matter.situation.state)

        assert situation.holder == holder_of(matter.mechanism, situation) != ""
        if isinstance(state, State | Await) and state.judged_by:
            assert situation.clocks[state.judged_by].running


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_clock_runs_only_where_it_lives(data):
    for _, matter in walks(data):
        for clock in matter.mechanism.clocks:
            standing = matter.situation.clocks.get(clock.key)
            alive = matter.situation.state in life_of(matter.mechanism, clock)
            assert (standing is not None and standing.running) is alive


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_laps_and_rounds_only_grow_and_endings_never_change(data):
    for before, matter in walks(data):
        after = matter.situation

        assert all(after.clocks[key].lap >= clock.lap for key, clock in before.clocks.items())
        assert all(after.children[uid].ending == child.ending for uid, child in before.children.items() if child.ending)
        assert after.round >= before.round


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_situation_kept_as_data_is_the_same_read_back(data):
    for _, matter in walks(data):
        kept = parse(canonical(situation_to_data(matter.situation)))

        assert situation_from(kept, values=matter.situation.values) == matter.situation


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_draft_is_seen_by_its_own_organ_alone(data):
    for before, matter in walks(data):
        state = matter.mechanism.state(matter.situation.state)
        if before.issued_seq or not (isinstance(state, State) and state.inner):
            assert matter.situation.issued_seq
        else:
            assert matter.situation.issued_seq == 0
