"""Sides: whom a step puts into a part sits on a side of the table from which the part may be played."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import COLLECTING, LETTER, ROUND, SIGN, on, on_move, plus, rules_broken

from fuyuantong.protocol import Branch, Mechanism, Opens, Role

JUDGES = (Branch.COURT,)
JUDGES_AND_PROSECUTORS = (Branch.COURT, Branch.PROCURATORATE)
SIGNED_BY_A_COURT = on(SIGN, "roles", "signer", branches=JUDGES)


WATCHED_BY_COURTS = plus(SIGN, roles=(Role("watchers", "知悉方", branches=JUDGES, many=True),))


def opening(signer: str, letter: Mechanism = LETTER, **carry: str) -> Mechanism:
    """Return a letter whose answer opens a signature by whoever is carried."""
    known = on_move(letter, "drafting", "send", asks=("addressee", "others"))
    opens = Opens("sign", "signing", {"court": "court", "signer": signer, **carry})
    return on_move(known, "answering", "reply", opens=(opens,))


def asked_of(found: Role | None) -> Mechanism:
    """Return a round in which courts are awaited, the organs asked being bound to that role."""
    return on(plus(ROUND, roles=(found,) if found else ()), "states", "collecting", child=SIGNED_BY_A_COURT)


BREACHES = {
    "a relation that leads elsewhere": (
        plus(LETTER, roles=(Role("peer", "同级检察院", branches=JUDGES, via="peer_procuratorate_of:court"),)),
        SIGN,
    ),
    "a role that anyone may play": (opening("agency"), SIGNED_BY_A_COURT),
    "a role that more may play": (
        opening("agency", on(LETTER, "roles", "agency", branches=JUDGES_AND_PROSECUTORS)),
        SIGNED_BY_A_COURT,
    ),
    "an organ that anyone may name": (opening("addressee"), SIGNED_BY_A_COURT),
    "what the directory gives": (opening("agency", watchers="government_of:court"), WATCHED_BY_COURTS),
    "organs asked one by one": (asked_of(None), SIGN),
}


@pytest.mark.parametrize(("declaration", "other"), BREACHES.values(), ids=BREACHES)
def test_no_step_puts_an_organ_where_it_may_not_be(declaration: Mechanism, other: Mechanism) -> None:
    assert rules_broken(declaration, other) == {"wrong-side"}


@pytest.mark.parametrize(
    ("declaration", "other"),
    [
        (opening("agency", on(LETTER, "roles", "agency", branches=JUDGES)), SIGNED_BY_A_COURT),
        (opening("addressee", on(LETTER, "roles", "agency", branches=JUDGES)), SIGNED_BY_A_COURT),
        (
            opening("agency", on(LETTER, "roles", "agency", branches=JUDGES)),
            on(SIGN, "roles", "signer", branches=JUDGES_AND_PROSECUTORS),
        ),
        (asked_of(Role("asked", "会签单位", branches=JUDGES, via="field:others", many=True)), SIGN),
        (plus(LETTER, roles=(Role("home", "本级政府", branches=(Branch.GOVERNMENT,), via="government_of:court"),)), SIGN),
        (plus(LETTER, roles=(Role("host", "主办", branches=JUDGES, via="setting:host"),)), SIGN),
        (replace(ROUND, states=tuple(replace(COLLECTING, per="points.unit") if s is COLLECTING else s for s in ROUND.states)), SIGN),
    ],
)  # fmt: skip
def test_who_may_play_a_part_is_put_there(declaration: Mechanism, other: Mechanism) -> None:
    assert "wrong-side" not in rules_broken(declaration, other)
