"""The smallest correct declarations pass."""

from tests.unit.protocol.proof.letters import LETTER, ROUND, proof_of

from fuyuantong.protocol.faults import Fault, Proof


def test_the_smallest_letter_is_proved() -> None:
    assert proof_of(LETTER) == Proof((), 3, 2)


def test_the_smallest_round_is_proved_with_its_child() -> None:
    assert proof_of(ROUND) == Proof((), 8, 6)


def test_a_fault_reads_as_one_line() -> None:
    fault = Fault("stranded", "无事可办", ("始于拟稿（drafting）", "发出（send）"))

    assert str(fault) == "[stranded] 无事可办（始于拟稿（drafting） ／ 发出（send））"
