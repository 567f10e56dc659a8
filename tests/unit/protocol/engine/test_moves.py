"""What the holder may do next, and why not."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.protocol.engine.builders import LETTER, URGENT, begun, issued, replying, timed
from tests.unit.protocol.engine.matter import BUREAU, COURT, MONDAY, OFFICE, OTHER, FakeWorld, Matter

from fuyuantong.protocol import Clock, Entry, Is, Move
from fuyuantong.protocol.entering import OrganUnclear
from fuyuantong.protocol.offers import (
    NotOffered,
    NotYourTurn,
    OutsideWindow,
    guards_hold,
    guards_may_hold,
    offers,
    requests_open_to,
)
from fuyuantong.protocol.trail import Kind

WORK = Clock("work", "办理期限", "XS-01")  # from 2026-08-03 to 2026-08-18
DONE = Move("finish", "办结", to="done")


def offered(matter, *, today=MONDAY):
    return {
        offer.move.key: offer for offer in offers(matter.mechanism, matter.situation, today=date.fromisoformat(today))
    }


def working(*moves, values=None):
    return begun(timed(WORK, moves=(*moves, DONE)), values)


def test_the_first_record_says_of_which_declaration_it_is():
    matter = Matter(LETTER).open(values={"summary": "草稿"})

    assert (matter.draft.kind, matter.draft.act, matter.situation.state) == (Kind.OPEN, "open", "drafting")
    assert [matter.told(key) for key in ("mechanism", "version", "declaration", "language")] == [
        "letter",
        1,
        "digest-1",
        1,
    ]
    assert matter.situation.values == {"summary": "草稿"}


def test_who_opens_by_hand_cannot_pass_for_another():
    assert Matter(LETTER).open(by=COURT, roles={"court": OTHER}).situation.holder == COURT


def test_a_matter_begins_at_a_declared_entry():
    second = replace(LETTER, entries=(*LETTER.entries, Entry("overdue", by="court")))

    assert Matter(second).open("drafting").situation.state == "drafting"
    with pytest.raises(KeyError):
        Matter(second).open("replying")


def test_a_move_leads_to_its_state_and_holder():
    situation = issued().situation

    assert (situation.state, situation.holder, situation.counts) == ("delivering", BUREAU, {"issue": 1})


def test_a_note_stays_in_its_state_and_keeps_the_draft_inner():
    matter = Matter(LETTER).open().move("note", {"summary": "草稿"})

    assert (matter.situation.state, matter.situation.stay_seq, matter.situation.issued_seq) == ("drafting", 2, 0)
    assert matter.told("inner") is True


def test_only_the_holder_may_move():
    with pytest.raises(NotYourTurn, match="本件现由 bureau-1 办理，court-1 不能代办"):
        issued().move("receive", by=COURT)


def test_a_move_of_another_state_is_refused_with_those_that_may_be_made():
    with pytest.raises(
        NotOffered, match="“待签收”环节没有“reply”这一办理事项；可办理：签收（receive）、退回（misdirected）"
    ):
        issued().move("reply")


def test_a_closed_matter_takes_no_move():
    closed = working().move("finish", on="2026-08-10")

    with pytest.raises(NotOffered, match="本件已于 2026-08-10 以“办结”办结"):
        closed.move("finish")


def test_a_closed_matter_keeps_its_last_holder_and_its_day():
    situation = working().move("finish", on="2026-08-10").situation

    assert (situation.closed, situation.closed_on, situation.holder) == ("decided", date(2026, 8, 10), COURT)


def test_a_closed_matter_offers_nothing():
    assert offered(working().move("finish")) == {}


def test_a_state_without_moves_says_so():
    with pytest.raises(NotOffered, match="可办理：无"):
        begun(timed(WORK, moves=())).move("finish")


def test_an_act_cannot_take_effect_before_the_matter_came_to_its_state():
    with pytest.raises(OutsideWindow, match="生效日 2026-08-04 早于本件进入现环节之日 2026-08-05") as refused:
        issued(on="2026-08-05").move("receive", on="2026-08-04")

    assert refused.value.field == "effective_on"


# guards


def test_a_guard_that_does_not_hold_is_refused_by_the_title_of_its_field():
    with pytest.raises(NotOffered, match="办理“速办”须“类型”为“紧急”") as refused:
        working(Move("hurry", "速办", to="done", when=(URGENT,)), values={"kind": "普通"}).move("hurry")

    assert refused.value.field == "kind"


def test_a_guard_on_a_flag_is_refused_in_words():
    with pytest.raises(NotOffered, match="须“公开”为“是”"):
        working(Move("publish", "公开", to="done", when=(Is("public", True),)), values={"public": False}).move(
            "publish"
        )


def test_a_guard_is_read_with_what_the_same_move_gives():
    hurry = Move("hurry", "速办", to="done", asks=("kind",), when=(URGENT,))

    assert working(hurry, values={"kind": "普通"}).move("hurry", {"kind": "紧急"}).situation.closed


def test_a_guard_that_may_hold_once_asked_is_offered():
    hurry = Move("hurry", "速办", to="done", asks=("kind",), when=(URGENT,))

    assert "hurry" in offered(working(hurry, values={"kind": "普通"}))


def test_a_guard_that_cannot_hold_is_not_offered():
    assert list(offered(working(Move("hurry", "速办", to="done", when=(URGENT,)), values={"kind": "普通"}))) == [
        "finish"
    ]


def test_a_fact_that_nobody_set_is_false():
    assert guards_hold((Is("late", False),), {}, {})
    assert not guards_hold((Is("late", True),), {}, {})


def test_several_guards_mean_all():
    guards = (URGENT, Is("late", True, False))

    assert guards_hold(guards, {"kind": "紧急"}, {"late": True})
    assert not guards_hold(guards, {"kind": "普通"}, {"late": True})


def test_a_guard_on_what_is_asked_may_hold():
    assert guards_may_hold((URGENT,), working().situation, asked=("kind",))


def test_a_move_sets_its_facts():
    matter = working(Move("postpone", "改期", to="working", sets={"postponed": True}, at_most=1))

    assert matter.move("postpone").situation.facts == {"postponed": True}


# how often, and when


def test_a_move_made_as_often_as_it_may_is_shown_as_barred():
    matter = working(Move("postpone", "改期", to="working", at_most=1)).move("postpone")

    assert "“改期”至多 1 次，本件已办 1 次" in str(offered(matter)["postpone"].refusal)
    with pytest.raises(NotOffered):
        matter.move("postpone")


def test_beyond_its_bound_a_move_leads_elsewhere():
    matter = replying()
    for _ in range(2):
        matter.move("reply", {"reply": "已改"}).move("supplement", {"reason": "不全", "reply_by": "2026-10-08"})
    matter.move("reply", {"reply": "已改"})

    assert offered(matter)["supplement"].to == "overdue"
    assert matter.move("supplement", {"reason": "不全", "reply_by": "2026-10-08"}).situation.state == "overdue"


def test_a_returned_matter_begins_a_new_lap():
    matter = (
        replying().move("reply", {"reply": "已改"}).move("supplement", {"reason": "不全", "reply_by": "2026-09-30"})
    )

    assert (matter.situation.clocks["reply"].lap, matter.due("reply")) == (2, "2026-09-30")


@pytest.mark.parametrize(("on", "allowed"), [("2026-08-17", False), ("2026-08-18", False), ("2026-08-19", True)])
def test_a_move_may_wait_until_a_clock_is_past(on, allowed):
    force = Move("force", "申请强制执行", to="done", not_before="work")

    refusal = offered(working(force), today=on)["force"].refusal

    assert (refusal is None) is allowed


def test_a_move_before_its_window_is_refused_with_the_day():
    force = Move("force", "申请强制执行", to="done", not_before="work")

    with pytest.raises(OutsideWindow, match="“申请强制执行”须待“办理期限”届满（2026-08-18）后办理"):
        working(force).move("force", on="2026-08-18")


def test_a_window_whose_clock_never_started_has_not_opened():
    mechanism = timed(
        WORK, Clock("case", "审限", "XS-10"), moves=(Move("force", "申请", to="done", not_before="case"),)
    )

    with pytest.raises(OutsideWindow, match="尚未起算"):
        begun(mechanism).move("force", on="2027-08-18")


@pytest.mark.parametrize(("on", "allowed"), [("2026-08-18", True), ("2026-08-19", False)])
def test_a_move_may_be_made_until_a_clock_is_past(on, allowed):
    object_to = Move("object", "异议", to="done", until="work")

    assert (offered(working(object_to), today=on)["object"].refusal is None) is allowed


def test_a_move_after_its_window_is_refused_with_the_day():
    with pytest.raises(OutsideWindow, match="“办理期限”已于 2026-08-18 届满，不能再办理“异议”"):
        working(Move("object", "异议", to="done", until="work")).move("object", on="2026-08-19")


def test_a_window_without_a_started_clock_stays_open():
    mechanism = timed(WORK, Clock("case", "审限", "XS-10"), moves=(Move("object", "异议", to="done", until="case"),))

    assert begun(mechanism).move("object", on="2027-08-18").situation.closed


# papers


def test_a_number_is_taken_from_the_serial_of_who_held_the_matter():
    matter = issued()

    assert (matter.situation.number, matter.told("number")) == ("court-1〔2026〕1号", "court-1〔2026〕1号")


def test_no_number_is_taken_when_a_role_is_unclear():
    world = FakeWorld(relations={})
    with pytest.raises(OrganUnclear):
        issued(world=world)

    assert world.numbers == []


def test_a_document_is_drawn_up_and_copies_go_out():
    matter = issued()

    assert (matter.told("documents"), matter.told("copies")) == (["letter"], ["county-1", OFFICE])


def test_a_copy_to_the_same_organ_is_named_once():
    note = Move(
        "note", "抄送", to="working", copies=("setting:copies", "receivers"), asks=("receivers",), renews="抄送"
    )

    assert working(note).move("note", {"receivers": [OFFICE, BUREAU]}).told("copies") == [OFFICE, BUREAU]


def test_a_plain_move_gives_no_papers():
    matter = issued().move("receive")

    assert [matter.told(key) for key in ("number", "documents", "copies", "opened", "children")] == [None] * 5


# rows


def test_rows_with_identity_given_by_a_move_get_a_key():
    matter = begun(timed(WORK), {"guests": [{"guest": BUREAU, "topic": "一"}, {"guest": OTHER, "topic": "二"}]})

    assert [row["$row"] for row in matter.situation.values["guests"]] == ["uid-1", "uid-2"]


def test_rows_with_identity_given_again_keep_their_keys():
    matter = begun(timed(WORK), {"guests": [{"guest": BUREAU, "topic": "一"}]})
    matter.move("note", {"guests": [{"guest": BUREAU, "topic": "改"}, {"guest": OTHER, "topic": "二"}]})

    assert [(row["$row"], row["topic"]) for row in matter.situation.values["guests"]] == [
        ("uid-1", "改"),
        ("uid-2", "二"),
    ]


def test_plain_rows_get_no_key():
    assert begun(timed(WORK), {"problems": [{"problem": "漏告知"}]}).situation.values["problems"] == [
        {"problem": "漏告知"}
    ]


def test_a_later_column_is_filled_for_every_row():
    matter = begun(timed(WORK), {"problems": [{"problem": "漏告知"}]}).move("note", {"problems.done": ["已改"]})

    assert matter.situation.values["problems"] == [{"problem": "漏告知", "done": "已改"}]


# requests that are open


def test_requests_are_open_to_the_roles_that_may_make_them():
    matter = replying()

    keys = {
        organ: [one.key for one in requests_open_to(LETTER, matter.situation, organ)]
        for organ in (COURT, BUREAU, "county-1")
    }

    assert keys == {COURT: ["withdraw", "urge", "add"], BUREAU: [], "county-1": ["add"]}


def test_a_request_whose_guard_cannot_hold_is_not_open():
    guarded = replace(LETTER, requests=tuple(replace(one, when=(Is("late", True),)) for one in LETTER.requests))

    assert requests_open_to(guarded, replying().situation, COURT) == ()


def test_a_decision_changes_none_of_its_inputs():
    values = {"receiver": BUREAU, "reply_by": "2026-10-08"}
    matter = Matter(LETTER).open()
    before = replace(matter.situation, roles=dict(matter.situation.roles))

    matter.move("issue", values)

    assert (values, matter.records[0].resolved["roles"]) == (
        {"receiver": BUREAU, "reply_by": "2026-10-08"},
        before.roles,
    )
