"""SM3 agrees with its standard, and a chain tells where it was touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuyuantong.seal.canonical import NotCanonical, canonical
from fuyuantong.seal.digest import (
    GENESIS,
    BreakReason,
    ChainBreak,
    ChainedRecord,
    record_digest,
    sm3,
    verify_chain,
)


def a_chain(length):
    records, prev = [], GENESIS
    for seq in range(1, length + 1):
        body = {"matter": "0190f2a4-0000-7000-8000-000000000001", "seq": seq, "move": "reply"}
        digest = record_digest(prev, body)
        records.append(ChainedRecord(seq, prev, digest, canonical(body)))
        prev = digest
    return records


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_published_digests(data, digest):
    """GM/T 0004-2012, appendix A."""
    assert sm3(data).hex() == digest


def test_a_record_digest_is_sm3_of_previous_digest_and_canonical_body():
    assert record_digest(GENESIS, {"b": 1, "a": "府"}) == sm3(bytes(32) + '{"a":"府","b":1}'.encode())


def test_a_previous_digest_of_another_length_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="31 bytes"):
        record_digest(bytes(31), {})


def test_a_body_outside_the_form_has_no_digest():
    with pytest.raises(NotCanonical):
        record_digest(GENESIS, {"ratio": 0.5})


def test_an_untouched_chain_holds():
    records = a_chain(3)

    assert verify_chain(records, head=records[-1].digest) is None


def test_an_empty_chain_holds_only_if_no_record_was_ever_made():
    assert verify_chain([], head=GENESIS) is None
    assert verify_chain([], head=a_chain(1)[0].digest) == ChainBreak(1, BreakReason.HEAD)


def test_a_changed_body_is_found_at_its_record():
    records = a_chain(3)
    records[1] = records[1]._replace(content=canonical({"seq": 2, "move": "accept"}))

    assert verify_chain(records, head=records[-1].digest) == ChainBreak(2, BreakReason.CHANGED)


def test_a_body_changed_together_with_its_digest_is_found_at_the_next_record():
    records = a_chain(3)
    body = {"seq": 2, "move": "accept"}
    digest = record_digest(records[1].prev, body)
    records[1] = records[1]._replace(content=canonical(body), digest=digest)

    assert verify_chain(records, head=records[-1].digest) == ChainBreak(3, BreakReason.DETACHED)


def test_a_removed_record_is_found():
    one, _, three = a_chain(3)

    assert verify_chain([one, three], head=three.digest) == ChainBreak(3, BreakReason.GAP)


def test_a_lost_tail_is_found_by_the_head():
    one, two, three = a_chain(3)

    assert verify_chain([one, two], head=three.digest) == ChainBreak(3, BreakReason.HEAD)


def test_every_reason_has_its_wording():
    assert all(reason.wording for reason in BreakReason)


@given(st.integers(0, 3), st.integers(0, 31), st.integers(1, 255))
def test_one_changed_byte_of_any_digest_breaks_the_chain(place, at, flip):
    records = a_chain(4)
    damaged = bytearray(records[place].digest)
    damaged[at] ^= flip
    head = records[-1].digest
    records[place] = records[place]._replace(digest=bytes(damaged))

    assert verify_chain(records, head=head) == ChainBreak(place + 1, BreakReason.CHANGED)
