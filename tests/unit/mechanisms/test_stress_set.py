"""What the declared mechanisms promise beyond their proof."""

from dataclasses import replace

import pytest

from fuyuantong import catalogue
from fuyuantong.matters.services.setting import settings_named
from fuyuantong.protocol import Await, Final, Is, Mechanism, Move, State
from fuyuantong.protocol.proof import prove

STRESS_SET = (
    "judicial-suggestion",
    "procuratorial-suggestion",
    "head-appearance",
    "nonlitigation-execution",
    "conference",
    "dispute",
    "joint-matter",
    "supervision-order",
)


def move_of(key: str, state: str, move: str) -> Move:
    place = catalogue.mechanism(key).state(state)
    assert isinstance(place, State | Await)
    return next(found for found in place.moves if found.key == move)


def faults_of(mechanism: Mechanism) -> set[str]:
    terms = frozenset(term.key for clock in mechanism.clocks for term in clock.terms())
    terms |= {opens.after for _, opens in opened_by(mechanism) if opens.after}
    terms |= {request.answer_by for request in mechanism.requests if request.answer_by}
    return {fault.rule for fault in prove(mechanism, terms=terms, mechanisms=catalogue.MECHANISMS).faults}


def opened_by(mechanism: Mechanism):
    places = (state for state in mechanism.states if not isinstance(state, Final))
    return [(move, opens) for place in places for move in place.moves for opens in move.opens]


@pytest.mark.parametrize("key", STRESS_SET)
def test_the_stress_set_is_declared(key: str) -> None:
    assert catalogue.mechanism(key).implements


def test_every_house_term_is_used() -> None:
    declared = "\n".join(repr(mechanism) for mechanism in catalogue.MECHANISMS.values())

    assert [key for key in catalogue.house_terms() if f"'{key}'" not in declared] == []


def test_every_part_for_which_a_place_names_organs_has_a_title_and_is_used() -> None:
    assert set(catalogue.named_organs()) == set(settings_named())
    assert catalogue.users_of("setting:appearance-guidance") == ("负责人出庭应诉",)


def test_every_number_that_is_taken_has_a_serial() -> None:
    taken = {
        move.numbers
        for mechanism in catalogue.MECHANISMS.values()
        for state in mechanism.states
        if not isinstance(state, Final)
        for move in state.moves
        if move.numbers
    }

    assert taken == set(catalogue.serials())


def test_each_case_of_article_12_owes_a_suggestion_that_names_it() -> None:
    owed = move_of("head-appearance", "ready", "register").opens

    assert [opens.carry["ground"][1:4] for opens in owed] == ["第一项", "第二项", "第三项", "第四项", "第五项"]
    assert {(opens.mechanism, opens.entry) for opens in owed} == {("judicial-suggestion", "owed")}


def test_an_absence_after_a_granted_postponement_is_the_second_case() -> None:
    second = move_of("head-appearance", "ready", "register").opens[1]

    assert Is("postponed", True) in second.when


def test_a_letter_on_a_normative_document_is_answered_in_sixty_days() -> None:
    normative, other = catalogue.mechanism("judicial-suggestion/answer").clock("reply").cases

    assert (normative.key, normative.when[0].values) == ("JY-02", ("规范性文件不合法",))
    assert other.key == "JY-01"


def test_the_reply_clock_goes_on_while_an_objection_is_examined() -> None:
    assert catalogue.mechanism("procuratorial-suggestion").clock("reply").keeps == ("objecting",)


def test_going_on_without_a_signature_cannot_skip_number_and_resolutions() -> None:
    conference = catalogue.mechanism("conference")
    shortcut = replace(move_of("conference", "countersigning", "go_on"), to="closed")
    states = tuple(
        replace(state, moves=(shortcut,)) if state.key == "countersigning" and isinstance(state, Await) else state
        for state in conference.states
    )

    assert "needs-unmet" in faults_of(replace(conference, states=states))


def test_a_supervised_organ_is_not_sent_back_without_end() -> None:
    back = move_of("supervision-order", "verifying", "send_back")

    assert (back.at_most, back.beyond) == (2, "escalated")


def test_what_an_inspection_found_is_struck_off_only_when_each_finding_was_checked_again() -> None:
    assert "findings.checked" in move_of("supervision-order", "verifying", "confirm").asks


def test_a_difficulty_that_the_office_cannot_solve_goes_to_the_leading_group() -> None:
    assert move_of("joint-matter", "coordinating", "take_to_group").to == "deciding"
