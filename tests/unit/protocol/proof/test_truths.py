"""Truth tables of conditional duties."""

from dataclasses import replace

from tests.unit.protocol.proof.letters import LETTER, SIGN, on_move, proof_of

from fuyuantong.protocol import Is, Opens, Truth

SIGNED = {"signer": "agency", "court": "court"}
DUTY = on_move(
    LETTER,
    "answering",
    "reply",
    asks=("reply", "kind"),
    sets={"answered": True},
    opens=(
        Opens("sign", "signing", SIGNED, when=(Is("kind", "甲"), Is("answered", True))),
        Opens("sign", "signing", SIGNED),
    ),
)
BOTH = Truth("reply", {"kind": "甲"}, ("sign", "sign"))
ONE = Truth("reply", {"kind": "乙"}, ("sign",))


def truths(*rows: Truth) -> list[str]:
    """Return what is wrong with a truth table of a conditional duty."""
    faults = proof_of(replace(DUTY, truths=rows), SIGN).faults
    assert {fault.rule for fault in faults} <= {"truth-table"}
    return [fault.message for fault in faults]


def test_a_truth_table_that_holds_passes() -> None:
    assert truths(BOTH, ONE, Truth("reply", {"kind": "乙", "answered": True}, ("sign",))) == []


def test_a_row_that_does_not_hold_is_told() -> None:
    assert truths(BOTH, ONE, replace(ONE, opens=())) == ["另立的是“sign”，表中写的是“无”"]


def test_a_row_that_opens_nothing_is_told() -> None:
    never = replace(DUTY, truths=(Truth("send", {}, ("sign",)),))

    assert [fault.message for fault in proof_of(never, SIGN).faults] == ["另立的是“无”，表中写的是“sign”"]


def test_a_row_without_a_value_that_is_read_is_told() -> None:
    assert "没有给出“kind”的值" in truths(BOTH, ONE, Truth("reply", {}, ("sign",)))


def test_a_value_that_no_row_tries_is_told() -> None:
    assert truths(BOTH) == ["真值表没有列出“kind”为乙的情形"]


def test_a_row_of_no_move_is_told() -> None:
    assert truths(BOTH, ONE, Truth("vanish", {}, ())) == ["没有“vanish”这一事项"]


def test_a_row_that_names_what_nothing_reads_is_told() -> None:
    assert truths(BOTH, replace(ONE, values={"kind": "乙", "knid": "甲"})) == ["没有条件读“knid”"]
