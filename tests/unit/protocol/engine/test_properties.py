"""What holds on every legal walk, whoever acts and in whatever order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.protocol.engine.builders import LETTER, OTHERWISE, URGENT, counsel, timed
from tests.unit.protocol.engine.matter import Matter
from tests.unit.protocol.engine.walking import record_from, walk

from fuyuantong.protocol import Await, Clock, Extends, Final, Is, Lapse, Mechanism, Move, Opens, State, Tally, Term
from fuyuantong.protocol.fold import Situation, fold
from fuyuantong.protocol.snapshot import situation_from, situation_to_data
from fuyuantong.protocol.timing import life_of
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
MONDAY = date(2026, 8, 3)


def walks(data: st.DataObject) -> Iterator[tuple[Situation, Matter]]:
    matter = Matter(MECHANISMS[data.draw(st.integers(0, len(MECHANISMS) - 1))]).open(on=MONDAY.isoformat())
    return walk(data, matter, since=MONDAY)


def holder_of(mechanism: Mechanism, situation: Situation) -> str:
    state = mechanism.state(situation.state)
    return situation.holder if isinstance(state, Final) else situation.organ_of(state.holder)


walked = settings(max_examples=40)


@walked
@given(data=st.data())
def test_folding_step_by_step_is_folding_all_even_of_records_read_back(data):
    for _, matter in walks(data):
        read_back = [record_from(parse(canonical(record.body()))) for record in matter.records]

        assert fold(matter.records) == matter.situation == fold(read_back)
        assert [record.body() for record in read_back] == [record.body() for record in matter.records]


@walked
@given(data=st.data())
def test_an_open_matter_has_a_holder_and_its_clock_runs_or_rests(data):
    for _, matter in walks(data):
        situation, state = matter.situation, matter.mechanism.state(matter.situation.state)

        assert situation.holder == holder_of(matter.mechanism, situation) != ""
        if isinstance(state, State | Await) and state.judged_by:
            assert situation.clocks[state.judged_by].running


@walked
@given(data=st.data())
def test_a_clock_runs_only_where_it_lives(data):
    for _, matter in walks(data):
        for clock in matter.mechanism.clocks:
            standing = matter.situation.clocks.get(clock.key)
            alive = matter.situation.state in life_of(matter.mechanism, clock)
            assert (standing is not None and standing.running) is alive


@walked
@given(data=st.data())
def test_laps_and_rounds_only_grow_and_endings_never_change(data):
    for before, matter in walks(data):
        after = matter.situation

        assert all(after.clocks[key].lap >= clock.lap for key, clock in before.clocks.items())
        assert all(after.children[uid].ending == child.ending for uid, child in before.children.items() if child.ending)
        assert after.round >= before.round


@walked
@given(data=st.data())
def test_a_situation_kept_as_data_is_the_same_read_back(data):
    for _, matter in walks(data):
        kept = parse(canonical(situation_to_data(matter.situation)))

        assert situation_from(kept, values=matter.situation.values) == matter.situation


@walked
@given(data=st.data())
def test_a_draft_is_seen_by_its_own_organ_alone(data):
    for before, matter in walks(data):
        state = matter.mechanism.state(matter.situation.state)
        is_draft = not before.issued_seq and isinstance(state, State) and state.inner

        assert (matter.situation.issued_seq == 0) is is_draft
