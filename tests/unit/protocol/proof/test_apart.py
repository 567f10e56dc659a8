"""Apart: roles that must be two organs are not found in one and the same way."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import AGENCY, COLLECTING, LETTER, ROUND, SIGN, on, on_move, plus, rules_broken

from fuyuantong.protocol import Mechanism, Opens, Role

CLERK = Role("clerk", "承办方", via="field:addressee")
NAMED_TWICE = plus(SIGN, roles=(Role("witness", "见证方"),))
BOTH_FROM_COURT = {"court": "court", "signer": "court"}

BREACHES = {
    "by one field": plus(LETTER, roles=(CLERK,)),
    "by one relation": plus(LETTER, roles=(Role("one", "一", via="superior_of:court"), Role("two", "二", via="superior_of:court"))),
    "opened with one organ twice": on_move(
        LETTER, "answering", "reply", opens=(Opens("sign", "signing", BOTH_FROM_COURT),)
    ),
    "awaited with one organ twice": on(ROUND, "states", "collecting", child=NAMED_TWICE, carry={"witness": "court"}),
}  # fmt: skip


@pytest.mark.parametrize("declaration", BREACHES.values(), ids=BREACHES)
def test_one_organ_cannot_play_two_parts(declaration: Mechanism) -> None:
    assert rules_broken(declaration, SIGN) == {"same-organ"}


@pytest.mark.parametrize(
    "declaration",
    [
        plus(LETTER, roles=(replace(CLERK, may_be_same=("agency",)),)),
        on(plus(LETTER, roles=(CLERK,)), "roles", "agency", may_be_same=("clerk",)),
        plus(LETTER, roles=(Role("guests", "列席方", via="setting:guests", many=True), replace(AGENCY, key="host", via="setting:guests"))),
        replace(ROUND, states=tuple(replace(COLLECTING, carry={"signer": "court"}) if s is COLLECTING else s for s in ROUND.states)),
    ],
    ids=["may be", "may be the other way round", "one of many", "each by itself"],
)  # fmt: skip
def test_roles_that_differ_or_may_be_one_pass(declaration: Mechanism) -> None:
    assert "same-organ" not in rules_broken(declaration, SIGN)
