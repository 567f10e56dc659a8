"""Many at once: a parent that collects, one child each, a ballot over how they end."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.protocol.engine.builders import ANSWER, OTHERWISE, asked, counsel
from tests.unit.protocol.engine.matter import BUREAU, COURT, OFFICE, OTHER, FakeWorld, Matter

from fuyuantong.protocol import Opens, Tally
from fuyuantong.protocol.decision import decided, recall_child
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.protocol.trail import Kind
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3

ALL_AGREE = Tally("all", ("agreed",), to="concluding")
ANY_REFUSES = Tally("any", ("refused",), to="vetoed", early=True)
TWO_AGREE = Tally("count", ("agreed",), to="concluding", n=2, early=True)


def awaiting(*ballot):
    return counsel(*ballot).state("gathering")


@pytest.mark.parametrize(
    ("ballot", "endings", "to"),
    [
        ((ALL_AGREE,), ("agreed", "agreed"), "concluding"),
        ((ALL_AGREE,), ("agreed", "refused"), None),
        ((ALL_AGREE,), ("agreed", ""), None),
        ((Tally("any", ("refused",), to="vetoed"),), ("refused", ""), None),
        ((Tally("any", ("refused",), to="vetoed"),), ("refused", "agreed"), "vetoed"),
        ((ANY_REFUSES,), ("refused", ""), "vetoed"),
        ((ANY_REFUSES,), ("agreed", "agreed"), None),
        ((TWO_AGREE,), ("agreed", "agreed", ""), "concluding"),
        ((TWO_AGREE,), ("agreed", "", ""), None),
        ((Tally("count", ("agreed",), to="concluding", n=2),), ("agreed", "agreed", ""), None),
        ((OTHERWISE,), ("refused", ""), None),
        ((OTHERWISE,), ("refused", "agreed"), "concluding"),
        ((replace(ALL_AGREE, early=True),), ("agreed", ""), None),
        ((replace(OTHERWISE, early=True),), ("agreed", ""), None),
        ((ALL_AGREE, OTHERWISE), ("agreed", "agreed"), "concluding"),
        ((ANY_REFUSES, OTHERWISE), ("refused", "agreed"), "vetoed"),
    ],
)
def test_a_ballot_decides_by_its_first_rule_that_holds(ballot, endings, to):
    rule = decided(awaiting(*ballot), endings, awaited=len(endings))

    assert (rule.to if rule else None) == to


def test_every_organ_that_is_asked_gets_a_child():
    matter = asked(counsel(), BUREAU, OTHER)

    assert [(child.organ, child.round) for child in matter.situation.children.values()] == [(BUREAU, 1), (OTHER, 1)]
    assert (matter.situation.round, matter.situation.holder) == (1, COURT)


def test_a_child_carries_what_its_await_says():
    carry = {"reply_by": "reply_by", "copies": "setting:copies", "kind": "=普通", "amount": "amount"}
    matter = asked(counsel(carry=carry), BUREAU)

    assert matter.told("children")[0]["carried"] == {"reply_by": "2026-09-30", "copies": OFFICE, "kind": "普通"}


def test_the_text_that_is_voted_on_is_named_by_its_digest():
    matter = asked(counsel(text="summary"), BUREAU)

    assert matter.told("children")[0]["text"] == sm3(canonical("第一稿")).hex()


def test_the_parent_waits_until_all_have_ended():
    matter = asked(counsel(), BUREAU, OTHER).join(0, "agreed")

    assert (matter.draft.kind, matter.situation.state, matter.told("children")) == (Kind.JOIN, "gathering", None)
    assert [child.ending for child in matter.situation.children.values()] == ["agreed", ""]


def test_the_parent_goes_on_when_all_have_ended():
    matter = asked(counsel(), BUREAU, OTHER).join(0, "agreed").join(1, "refused", on="2026-08-10")

    assert (matter.situation.state, matter.due("conclude"), matter.told("recalled")) == (
        "concluding",
        "2026-08-13",
        None,
    )


def test_what_children_bring_back_stands_in_the_record():
    matter = asked(counsel(), BUREAU, OTHER).join(0, "agreed", outcomes={"reply": "同意"})

    assert (matter.told("ended"), matter.told("outcomes")) == ({"uid-1": "agreed"}, {"reply": "同意"})


def test_a_rule_that_decides_sets_facts_and_opens_matters():
    rule = replace(OTHERWISE, sets={"gathered": True}, opens=(Opens("advice", "owed", {"court": "court"}),))
    matter = asked(counsel(rule), BUREAU).join(0, "agreed")

    assert (matter.situation.facts, matter.situation.opened) == ({"gathered": True}, ("advice",))


def test_an_early_rule_recalls_those_that_are_still_open():
    matter = asked(counsel(ANY_REFUSES, OTHERWISE), BUREAU, OTHER, OFFICE).join(1, "refused")

    assert (matter.situation.closed, matter.told("recalled")) == ("refused", ["uid-1", "uid-3"])


def test_a_move_of_the_holder_recalls_those_that_are_still_open():
    matter = asked(counsel(), BUREAU, OTHER).join(0, "agreed").move("conclude")

    assert matter.told("recalled") == ["uid-2"]


def test_children_may_be_left_to_go_on():
    assert asked(counsel(leftover="leave"), BUREAU).move("conclude").told("recalled") is None


def test_a_note_neither_recalls_nor_begins_a_round():
    matter = asked(counsel(), BUREAU).move("note", {"summary": "第二稿"})

    assert (matter.situation.round, matter.told("children"), matter.told("recalled")) == (1, None, None)


def test_a_result_after_the_parent_went_on_changes_no_state():
    matter = asked(counsel(leftover="leave"), BUREAU).move("conclude", on="2026-08-05").join(0, "agreed")

    assert (matter.situation.state, matter.situation.children["uid-1"].ending) == ("concluding", "agreed")
    assert matter.draft.effective_on == date(2026, 8, 5)


def test_a_result_after_the_parent_closed_is_still_noted():
    matter = asked(counsel(leftover="leave"), BUREAU).move("conclude").move("close").join(0, "agreed")

    assert (matter.situation.state, matter.situation.children["uid-1"].ending) == ("closed", "agreed")


def test_every_entry_is_a_new_round():
    matter = asked(counsel(text="summary"), BUREAU).move("conclude").move("again", {"summary": "第二稿"})

    assert (matter.situation.round, matter.told("children")[0]["text"]) == (2, sm3(canonical("第二稿")).hex())


def test_a_late_result_of_an_old_round_counts_nothing():
    matter = asked(counsel(ANY_REFUSES, OTHERWISE, leftover="leave"), BUREAU).move("conclude")
    matter.move("again", {"summary": "第二稿"}).join(0, "refused")

    assert matter.situation.state == "gathering"
    assert matter.join(1, "agreed").situation.state == "concluding"


def test_only_the_children_of_the_round_are_recalled():
    matter = asked(counsel(), BUREAU).move("conclude").move("again", {"summary": "第二稿"}).move("conclude")

    assert matter.told("recalled") == ["uid-2"]


def test_an_ending_never_changes():
    matter = asked(counsel(), BUREAU, OTHER).join(0, "agreed")

    with pytest.raises(NotOffered, match="已经有了结果"):
        matter.join(0, "refused")


def test_a_child_of_another_matter_cannot_join():
    matter = asked(counsel(), BUREAU)
    matter.situation = replace(matter.situation, children={**matter.situation.children, "uid-9": None})

    with pytest.raises(NotOffered, match="不属于本件"):
        matter.join(1, "agreed")


# in turn


def test_in_turn_only_the_first_child_begins():
    assert [child.organ for child in asked(counsel(in_turn=True), BUREAU, OTHER).situation.children.values()] == [
        BUREAU
    ]


def test_in_turn_the_next_child_begins_when_the_one_before_has_ended():
    matter = asked(counsel(in_turn=True, carry={"reply_by": "reply_by"}), BUREAU, OTHER).join(0, "agreed")

    child = matter.told("children")[0]

    assert (child["organ"], child["round"], child["carried"]) == (OTHER, 1, {"reply_by": "2026-09-30"})
    assert matter.situation.state == "gathering"


def test_in_turn_the_parent_goes_on_after_the_last():
    matter = asked(counsel(in_turn=True), BUREAU, OTHER).join(0, "agreed").join(1, "agreed")

    assert (matter.situation.state, matter.told("children")) == ("concluding", None)


def test_in_turn_an_early_rule_ends_the_line():
    matter = asked(counsel(ANY_REFUSES, OTHERWISE, in_turn=True), BUREAU, OTHER).join(0, "refused")

    assert (matter.situation.state, len(matter.situation.children)) == ("vetoed", 1)


def test_a_line_that_no_rule_decides_waits_for_its_holder():
    matter = asked(counsel(ALL_AGREE, in_turn=True), BUREAU).join(0, "refused")

    assert (matter.situation.state, matter.told("children")) == ("gathering", None)


# rows


def rows_asked(mechanism):
    guests = [{"guest": BUREAU, "topic": "一"}, {"guest": BUREAU, "topic": "二"}]
    return Matter(mechanism).open().move("ask", {"guests": guests, "reply_by": "2026-09-30", "summary": "第一稿"})


def test_every_row_gets_a_child_under_its_key_with_its_own_columns():
    matter = rows_asked(counsel(per="guests.guest", carry={"summary": "row.topic"}))

    assert [(child["organ"], child["row"], child["carried"]) for child in matter.told("children")] == [
        (BUREAU, "uid-1", {"summary": "一"}),
        (BUREAU, "uid-2", {"summary": "二"}),
    ]


def test_a_row_added_while_the_parent_waits_does_not_keep_it_waiting():
    matter = rows_asked(counsel(per="guests.guest")).join(0, "agreed")
    added = {"$row": "slip-9", "guest": OTHER, "topic": "三"}
    rows = [*matter.situation.values["guests"], added]
    matter.situation = replace(matter.situation, values={**matter.situation.values, "guests": rows})

    assert matter.join(1, "agreed").situation.state == "concluding"


# the child


def child(world=None):
    roles = {"court": COURT, "receiver": BUREAU}
    return Matter(ANSWER, world).open(by=BUREAU, roles=roles, values={"reply_by": "2026-09-30"})


def test_a_child_is_held_by_the_organ_that_answers():
    assert (child().situation.holder, child().situation.state) == (BUREAU, "answering")


def test_an_opened_matter_takes_its_roles_from_what_is_carried():
    opened = Matter(ANSWER).open(by=COURT, roles={"court": COURT, "receiver": [OTHER], "unknown": OFFICE})

    assert opened.situation.roles == {"receiver": OTHER, "court": COURT}


def test_a_recalled_child_ends_superseded():
    matter = child().recall(on="2026-08-10")

    assert (matter.situation.state, matter.situation.closed, matter.draft.act) == ("recalled", "superseded", "recall")
    assert matter.draft.effective_on == date(2026, 8, 10)


def test_a_recall_never_takes_effect_before_its_state_began():
    assert child().recall(on="2026-08-01").draft.effective_on == date(2026, 8, 3)


def test_a_child_that_ended_by_itself_is_not_recalled():
    matter = child().move("agree")

    assert recall_child(ANSWER, matter.situation, on=date(2026, 8, 10), world=FakeWorld()) is None
