"""A matter is what the records of its trail say, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.unit.protocol.engine.builders import KINDS, issued, replying
from tests.unit.protocol.engine.matter import BUREAU, COURT, OFFICE, SUPERIOR

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.protocol.fold import Situation, advance, fold, merged, value_at
from fuyuantong.protocol.trail import ENGINE, Actor, Kind, Record
from fuyuantong.seal.canonical import canonical

OPENING = Record(
    matter="matter-1",
    seq=1,
    epoch=1,
    node="node-1",
    kind=Kind.OPEN,
    act="open",
    from_state="",
    to_state="drafting",
    actor=Actor("account-1", "post-1", COURT),
    effective_on=date(2026, 8, 3),
    recorded_at=datetime(2026, 8, 4, 9, 30, tzinfo=UTC),
    resolved={"holder": COURT, "initiator": COURT, "inner": True, "roles": {"court": COURT}},
)


def next_record(kind=Kind.MOVE, **changes):
    record = replace(OPENING, seq=2, kind=kind, act="act", from_state="drafting", resolved={}, **changes)
    return record


def after(*records):
    return fold([OPENING, *records])


def test_an_empty_trail_is_refused():
    with pytest.raises(ValueError, match="empty"):
        fold([])


def test_a_gapped_trail_is_refused():
    with pytest.raises(ValueError, match="record 3 does not follow 1"):
        fold([OPENING, replace(OPENING, seq=3)])


def test_a_record_of_another_matter_is_refused():
    with pytest.raises(ValueError, match="does not follow"):
        fold([OPENING, replace(OPENING, seq=2, matter="matter-2")])


def test_a_trail_that_does_not_begin_at_one_is_refused():
    with pytest.raises(ValueError, match="record 2 does not follow 0"):
        fold([replace(OPENING, seq=2)])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_record_folds(kind):
    situation = after(next_record(kind, to_state="issued"))

    assert (situation.seq, situation.state, situation.stay_seq) == (2, "issued", 2)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Kind.MOVE])
def test_what_is_no_move_and_changes_no_state_begins_no_new_stay(kind):
    situation = after(next_record(kind, to_state="drafting", effective_on=date(2026, 8, 9)))

    assert (situation.stay_seq, situation.stay_on) == (1, date(2026, 8, 3))


def test_a_move_into_the_same_state_begins_a_new_stay():
    situation = after(next_record(to_state="drafting", effective_on=date(2026, 8, 9)))

    assert (situation.stay_seq, situation.stay_on) == (2, date(2026, 8, 9))


def test_only_moves_are_counted():
    lapsed = next_record(Kind.LAPSE, to_state="issued")
    moved = replace(next_record(to_state="issued"), seq=3)

    assert after(lapsed, moved).counts == {"act": 1}


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.SUCCESSION, Kind.CLOCK_RECOMPUTED, Kind.SLIP_ADMITTED])
def test_a_record_that_is_no_step_does_not_issue_a_draft(kind):
    assert after(next_record(kind, to_state="drafting")).issued_seq == 0


def test_the_first_step_out_of_the_inner_states_issues():
    assert after(next_record(to_state="delivering")).issued_seq == 2


def test_a_draft_that_is_dropped_was_never_issued():
    dropped = replace(next_record(to_state="dropped"), resolved={"closed": "withdrawn"})

    assert after(dropped).issued_seq == 0


def test_a_matter_once_issued_stays_issued_when_it_comes_back_to_its_draft():
    matter = issued().move("misdirected")

    assert (matter.situation.state, matter.situation.issued_seq) == ("drafting", 2)


def test_a_column_is_filled_row_by_row():
    rows = [{"problem": "漏告知"}, {"problem": "缺签字"}]

    assert merged({"problems": rows}, {"problems.done": ["已改", "在改"]}) == {
        "problems": [{"problem": "漏告知", "done": "已改"}, {"problem": "缺签字", "done": "在改"}]
    }


def test_a_column_of_another_length_than_its_rows_is_refused():
    with pytest.raises(ValueError, match="longer"):
        merged({"problems": [{"problem": "漏告知"}]}, {"problems.done": ["已改", "在改"]})


def test_a_value_is_read_by_its_key():
    assert value_at({"reply": "已改"}, "reply") == "已改"


def test_a_column_is_read_as_a_list():
    assert value_at({"problems": [{"done": "已改"}, {"done": "在改"}]}, "problems.done") == ["已改", "在改"]


@pytest.mark.parametrize("rows", [[], [{"problem": "漏告知"}], [{"done": "已改"}, {}]])
def test_a_column_that_some_row_lacks_was_not_given(rows):
    assert value_at({"problems": rows}, "problems.done") is None


def test_rows_that_are_added_follow_those_that_stand():
    first = next_record(Kind.SLIP_ADMITTED, to_state="drafting")
    added = replace(first, resolved={"added": {"materials": [{"$row": "s1", "note": "甲"}]}})
    more = replace(added, seq=3, resolved={"added": {"materials": [{"$row": "s2", "note": "乙"}]}})

    assert [row["$row"] for row in after(added, more).values["materials"]] == ["s1", "s2"]


def test_a_child_that_ends_keeps_its_organ_and_round():
    begun = replace(next_record(), resolved={"round": 1, "children": [{"uid": "c", "organ": BUREAU, "round": 1}]})
    ended = replace(next_record(Kind.JOIN), seq=3, resolved={"ended": {"c": "agreed"}})

    child = after(begun, ended).children["c"]

    assert (child.organ, child.round, child.ending) == (BUREAU, 1, "agreed")


def test_a_handover_puts_the_matter_in_transit_and_the_arrival_ends_it():
    sent = next_record(Kind.HANDOVER, to_state="drafting")
    sent = replace(sent, resolved={"in_transit": True})
    come = replace(sent, seq=3, kind=Kind.ARRIVED, node="node-2", epoch=2, resolved={"in_transit": False})

    assert after(sent).in_transit
    assert (after(sent, come).in_transit, after(sent, come).node, after(sent, come).epoch) == (False, "node-2", 2)


def test_what_is_not_of_the_kind_expected_is_left_as_it_was():
    odd = replace(next_record(), resolved={"holder": 3, "version": "2", "roles": [], "clocks": {"sign": None}})

    situation = after(odd)

    assert (situation.holder, situation.version, situation.clocks["sign"].lap) == (COURT, 0, 1)


def test_an_act_on_behalf_of_an_organ_counts_as_its_own():
    assert Actor("a", "p", OFFICE, on_behalf_of=BUREAU).for_organ == BUREAU
    assert Actor("a", "p", OFFICE).for_organ == OFFICE
    assert ENGINE.for_organ == ""


def test_a_record_is_canonical_and_names_both_its_days():
    body = replying().records[1].body()

    assert canonical(body)
    assert (body["effective_on"], body["recorded_at"]) == ("2026-08-03", "2026-08-03T01:02:03.000004+00:00")


def test_a_moment_is_written_in_utc_whatever_its_zone():
    from_shanghai = replace(OPENING, recorded_at=OPENING.recorded_at.astimezone(SHANGHAI))

    assert from_shanghai.body() == OPENING.body()


def test_the_parties_are_the_organs_of_the_roles_each_once():
    situation = Situation("m", roles={"court": COURT, "keeper": COURT, "joined": [BUREAU, OFFICE], "superior": ""})

    assert situation.parties == (COURT, BUREAU, OFFICE)


def test_a_role_that_is_many_has_no_single_organ():
    situation = Situation("m", roles={"joined": [BUREAU, OFFICE], "court": COURT})

    assert (situation.organ_of("joined"), situation.organ_of("court"), situation.organ_of("none")) == ("", COURT, "")
    assert situation.organs_of("none") == ()


def test_the_first_record_says_when_the_matter_opened():
    matter = issued(on="2026-08-03").move("receive", on="2026-08-10")

    assert matter.situation.opened_on == date(2026, 8, 3)


def test_a_fold_step_by_step_is_the_fold_of_all():
    matter = replying().move("reply", {"reply": "已整改"}, on="2026-09-01")

    assert fold(matter.records) == matter.situation


def test_a_number_and_copies_stay_once_given():
    situation = replying().situation

    assert (situation.number, situation.copies, situation.documents) == (
        "court-1〔2026〕1号",
        (SUPERIOR, OFFICE),
        ("letter",),
    )


def test_advancing_leaves_the_situation_before_as_it_was():
    matter = issued()
    before = matter.situation

    advance(before, replace(matter.records[-1], seq=3, values={"reply": "已改"}))

    assert (before.seq, "reply" in before.values) == (2, False)
