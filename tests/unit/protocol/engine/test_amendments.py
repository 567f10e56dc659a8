"""What changes a trail beside acts: a new calendar, succession, a new version, paper brought in."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.unit.protocol.engine.builders import LETTER, asked, begun, counsel, replying, timed
from tests.unit.protocol.engine.matter import (
    BUREAU,
    COURT,
    MONDAY,
    OFFICE,
    OTHER,
    SUPERIOR,
    FakeWorld,
    Matter,
    acting,
    packaged_calendar,
)

from fuyuantong.clock.calendar import DayKind, calendar_of
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.protocol import Clock, Closing, Final
from fuyuantong.protocol.amendments import (
    Paper,
    bring_in,
    move_version,
    recompute_clocks,
    succeed,
)
from fuyuantong.protocol.entering import OrganUnclear
from fuyuantong.protocol.fold import fold
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.protocol.starting import DayMissing
from fuyuantong.protocol.trail import Kind

DEFENCE = Clock("work", "答辩期限", "XS-01", stops=("resting",))
REPLY = Clock("work", "答复期限", "JY-01", until="reply_by")


DEFENCE = Clock("work", "答辩期限", "XS-01", stops=("resting",))


# a new calendar


def with_holiday(*days):
    old = packaged_calendar()
    notices = [
        replace(notice, days={**notice.days, **{date.fromisoformat(day): (DayKind.HOLIDAY, "调整") for day in days}})
        if notice.year == 2026
        else notice
        for notice in old.notices
    ]
    return calendar_of(notices)


def recomputed(matter, *days):
    return recompute_clocks(matter.situation, calendar=with_holiday(*days), on=date(2026, 9, 1))


def test_a_new_holiday_moves_the_clock_and_keeps_the_day_it_had():
    matter = replying()
    matter.take(recomputed(matter, "2026-10-08"))

    assert (matter.clock_told("reply"), matter.due("reply")) == ("recompute", "2026-10-09")
    assert matter.told("clocks")["reply"]["was"] == "2026-10-08"
    assert matter.situation.clocks["reply"].calendar == with_holiday("2026-10-08").version


def test_a_recomputed_clock_keeps_its_lap_and_runs_on():
    matter = replying()
    matter.take(recomputed(matter, "2026-10-08"))

    assert (
        matter.situation.clocks["reply"].lap,
        matter.situation.clocks["reply"].running,
        matter.situation.stay_seq,
    ) == (1, True, 3)


def test_a_holiday_that_moves_no_clock_is_not_recorded():
    assert recomputed(replying(), "2026-09-10") is None


def test_the_same_calendar_moves_nothing():
    assert recompute_clocks(replying().situation, calendar=packaged_calendar(), on=date(2026, 9, 1)) is None


def test_a_day_that_the_notice_of_its_year_leaves_as_it_was_is_settled_by_a_record():
    matter = begun(timed(REPLY), {"reply_by": "2027-01-20"}, on="2026-11-23")
    assert matter.situation.clocks["work"].provisional
    notices = packaged_calendar().notices
    settled = calendar_of([*notices, replace(notices[-1], year=2027, days={})])

    matter.take(recompute_clocks(matter.situation, calendar=settled, on=date(2026, 12, 1)))

    assert matter.told("clocks")["work"]["was"] == matter.due("work") == "2027-01-20"
    assert not matter.situation.clocks["work"].provisional


def test_a_clock_that_ended_is_not_recomputed():
    matter = begun(timed(DEFENCE)).move("hand_on")

    assert recompute_clocks(matter.situation, calendar=with_holiday("2026-08-18"), on=date(2026, 8, 4)) is None


def test_a_clock_at_rest_is_not_recomputed():
    matter = begun(timed(DEFENCE)).move("rest", {"reason": "鉴定"}, on="2026-08-10")

    assert set(recomputed(matter, "2026-08-13").resolved["clocks"]) == {"idle"}


# succession


def succeeded(matter, old, new):
    draft = succeed(matter.situation, old=old, new=new, on=date(2026, 9, 1), directory_version=8)
    return matter.take(draft)


def test_a_successor_takes_the_place_of_the_old_organ():
    matter = succeeded(replying(), BUREAU, OTHER)

    assert (matter.situation.holder, matter.situation.roles["receiver"], matter.situation.state) == (
        OTHER,
        OTHER,
        "replying",
    )
    assert (matter.told("succession"), matter.told("directory_version")) == ({"from": BUREAU, "to": OTHER}, 8)


def test_a_successor_of_the_opener_is_the_initiator():
    matter = succeeded(replying(), COURT, "court-2")

    assert (matter.situation.initiator, matter.situation.holder) == ("court-2", BUREAU)


def test_a_successor_in_a_role_of_many_stands_there_once():
    matter = Matter(LETTER).open(roles={})
    matter.situation = replace(matter.situation, roles={"joined": [BUREAU, OTHER, OFFICE]})

    assert succeeded(matter, BUREAU, OTHER).situation.roles["joined"] == [OTHER, OFFICE]


def test_an_organ_that_has_no_part_changes_nothing():
    assert succeed(replying().situation, old="no-part", new=OTHER, on=date(2026, 9, 1), directory_version=8) is None


def test_a_holder_without_a_role_is_succeeded_too():
    matter = replying()
    matter.situation = replace(matter.situation, holder="keeper-1")

    assert succeeded(matter, "keeper-1", OTHER).situation.holder == OTHER


def test_two_parts_that_a_merger_joined_do_not_bar_the_next_move():
    matter = succeeded(replying(), SUPERIOR, BUREAU)

    assert matter.move("reply", {"reply": "已改"}, on="2026-09-02").situation.state == "assessing"


def test_a_succession_does_not_issue_a_draft():
    assert succeeded(Matter(LETTER).open(), COURT, "court-2").situation.issued_seq == 0


# a new version


def moved_on(matter, mechanism, *, on="2026-09-01"):
    who = acting(matter.situation.holder, on)
    draft = move_version(mechanism, matter.situation, declaration="digest-2", acting=who, world=matter.world)
    matter.mechanism = mechanism
    return matter.take(draft)


def renamed(mechanism, old, new, **more):
    """Return the next version, in which one state has another key."""
    states = tuple(replace(state, key=new) if state.key == old else state for state in mechanism.states)
    return replace(mechanism, version=2, states=states, supersedes={old: new}, **more)


def test_a_matter_moves_to_the_state_that_the_new_version_names():
    matter = moved_on(replying(), renamed(LETTER, "replying", "answering"))

    assert (matter.draft.kind, matter.situation.state, matter.situation.version) == (Kind.VERSION_MOVED, "answering", 2)
    assert (matter.situation.declaration, matter.situation.holder) == ("digest-2", BUREAU)


def test_a_running_clock_goes_on_in_the_new_version():
    matter = moved_on(replying(), renamed(LETTER, "replying", "answering"))

    assert (matter.clock_told("reply"), matter.due("reply"), matter.situation.clocks["reply"].lap) == (
        None,
        "2026-10-08",
        1,
    )


def test_a_clock_that_the_new_version_does_not_have_ends():
    clocks = tuple(Clock("answer", "答复期限", "JY-01") if clock.key == "reply" else clock for clock in LETTER.clocks)
    states = tuple(replace(state, judged_by="answer") if state.key == "replying" else state for state in LETTER.states)
    version = replace(LETTER, version=2, clocks=clocks, states=states, supersedes={"replying": "replying"})
    matter = moved_on(replying(), version)

    assert (matter.clock_told("reply"), matter.clock_told("answer"), matter.due("answer")) == (
        "end",
        "start",
        "2026-11-02",
    )


def test_a_new_version_that_keeps_the_state_begins_no_new_stay():
    matter = moved_on(replying(), replace(LETTER, version=2, supersedes={"replying": "replying"}))

    assert (matter.situation.stay_seq, matter.situation.version) == (3, 2)


def test_a_version_that_does_not_name_the_state_leaves_the_matter_where_it_is():
    with pytest.raises(NotOffered, match="新版本没有写明“replying”环节转到哪里"):
        moved_on(replying(), replace(LETTER, version=2))


def test_a_new_version_keeps_children_and_round():
    matter = moved_on(asked(counsel(), BUREAU, OTHER), renamed(counsel(), "gathering", "collecting"))

    assert (matter.situation.round, matter.told("children"), matter.told("recalled")) == (1, None, None)
    assert matter.join(0, "agreed").join(1, "agreed").situation.state == "concluding"


def test_a_new_version_that_awaits_no_more_leaves_the_children_to_end():
    matter = moved_on(asked(counsel(), BUREAU), replace(counsel(), version=2, supersedes={"gathering": "concluding"}))

    assert (matter.situation.state, matter.told("recalled")) == ("concluding", None)
    assert matter.join(0, "agreed").situation.state == "concluding"


def test_a_new_version_that_awaits_begins_the_children():
    values = {"receivers": [BUREAU], "reply_by": "2026-09-30", "summary": "第一稿"}
    matter = Matter(counsel()).open(values=values)

    moved_on(matter, replace(counsel(), version=2, supersedes={"drafting": "gathering"}))

    assert ([child.organ for child in matter.situation.children.values()], matter.situation.round) == ([BUREAU], 1)


def test_a_repealed_version_may_close_its_matters():
    repealed = Final("repealed", "机制废止", kind=Closing.SUPERSEDED, basis="联动工作方案")
    version = replace(LETTER, version=2, states=(*LETTER.states, repealed), supersedes={"replying": "repealed"})
    matter = moved_on(replying(), version)

    assert (matter.situation.closed, matter.situation.holder, matter.clock_told("reply")) == (
        "superseded",
        BUREAU,
        "end",
    )


# paper


def brought_in(mechanism, paper, *, by=COURT, world=None, **more):
    matter = Matter(mechanism, world)
    draft = bring_in(
        mechanism, "matter-1", paper, declaration="digest-1", acting=acting(by, MONDAY, **more), world=matter.world
    )
    return matter.take(draft)


ON_PAPER = Paper(
    "replying",
    roles={"court": COURT, "receiver": BUREAU},
    values={"reply_by": "2026-09-28"},
    since=date(2026, 7, 28),
    number="温法建〔2026〕3号",
)


def test_a_matter_on_paper_begins_in_the_state_that_it_has_reached():
    matter = brought_in(LETTER, ON_PAPER)

    assert (matter.draft.kind, matter.situation.state, matter.situation.holder) == (Kind.IMPORTED, "replying", BUREAU)
    assert (matter.situation.number, matter.situation.initiator) == ("温法建〔2026〕3号", COURT)
    assert (matter.situation.stay_on, matter.situation.issued_seq) == (date(2026, 7, 28), 1)


def test_its_clocks_count_from_the_day_since_which_it_stands_there():
    matter = brought_in(LETTER, ON_PAPER)

    assert (matter.due("reply"), matter.situation.clocks["reply"].inputs["started_on"]) == ("2026-09-28", "2026-07-28")


def test_its_clocks_count_from_the_days_on_which_they_began():
    mechanism = timed(DEFENCE, Clock("case", "审限", "XS-10", keeps=("working", "waiting")))
    paper = Paper("working", {"court": COURT}, {}, since=date(2026, 9, 25), clock_starts={"case": date(2026, 2, 27)})
    matter = brought_in(mechanism, paper)

    assert (matter.due("work"), matter.due("case")) == ("2026-10-10", "2026-08-27")


def test_a_start_on_paper_stands_for_a_first_day_never_given():
    mechanism = timed(replace(DEFENCE, since="came_on"))
    paper = Paper("working", {"court": COURT}, {}, since=date(2026, 9, 25), clock_starts={"work": date(2026, 9, 18)})

    assert brought_in(mechanism, paper).due("work") == "2026-10-08"


def test_a_clock_of_hours_on_paper_counts_from_the_end_of_its_day():
    at = datetime(2026, 8, 3, 9, 0, tzinfo=SHANGHAI)
    paper = Paper("working", {"court": COURT}, {}, since=date(2026, 7, 31))

    matter = brought_in(timed(Clock("work", "回应期限", "house:call")), paper, at=at)

    assert matter.situation.clocks["work"].inputs["started_at"] == "2026-07-31T23:59:00+08:00"


def test_a_matter_on_paper_may_stand_at_rest():
    paper = Paper("resting", {"court": COURT}, {}, since=date(2026, 7, 28), clock_starts={"work": date(2026, 7, 20)})
    matter = brought_in(timed(DEFENCE), paper)

    assert matter.situation.clocks["work"].inputs["stops"][0]["cause"] == "中止中"
    assert matter.due("work") == "None"


def test_a_matter_on_paper_may_be_closed_already():
    paper = Paper("done", {"court": COURT}, {}, since=date(2026, 7, 28))
    matter = brought_in(timed(DEFENCE), paper)

    assert (matter.situation.closed, matter.situation.closed_on, matter.situation.holder) == (
        "decided",
        date(2026, 7, 28),
        COURT,
    )


def test_a_matter_on_paper_that_awaits_begins_a_child_for_each_organ_named():
    values = {"receivers": [OTHER], "reply_by": "2026-09-30"}
    matter = brought_in(counsel(), Paper("gathering", {"court": COURT}, values, since=date(2026, 7, 28)))

    assert [child.organ for child in matter.situation.children.values()] == [OTHER]


def test_a_matter_on_paper_without_the_day_that_its_clock_needs_is_refused():
    with pytest.raises(DayMissing, match="“答复期限”须依“答复期限”计算"):
        brought_in(LETTER, replace(ON_PAPER, values={}))


def test_a_matter_on_paper_without_its_holder_is_refused():
    with pytest.raises(OrganUnclear, match="被建议单位"):
        brought_in(LETTER, replace(ON_PAPER, roles={"court": COURT}))


def test_who_brings_a_matter_in_is_its_initiator_when_nobody_else_is():
    assert brought_in(LETTER, replace(ON_PAPER, roles={"receiver": BUREAU})).situation.initiator == COURT


def test_a_matter_that_was_brought_in_goes_on_like_any_other():
    matter = brought_in(LETTER, ON_PAPER, world=FakeWorld()).move("reply", {"reply": "已改"})

    assert fold(matter.records) == matter.situation
    assert matter.situation.state == "assessing"
