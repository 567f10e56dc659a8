"""A commitment hides a value and holds whoever made it to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuyuantong.seal.canonical import NotCanonical
from fuyuantong.seal.commitment import blind_index, commitment, hmac_sm3, is_commitment, new_salt, opens
from fuyuantong.seal.digest import sm3

SALT = bytes(range(32))


@pytest.mark.parametrize(
    ("key", "data", "digest"),
    [
        (
            bytes(range(1, 33)),
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" * 2,
            "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a",
        ),
        (bytes(range(1, 38)), b"\xcd" * 50, "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"),
        (b"\x0b" * 32, b"Hi There", "c0ba18c68b90c88bc07de794bfc7d2c8d19ec31ed8773bc2b390c9604e0be11e"),
    ],
)
def test_hmac_sm3_gives_the_published_values(key, data, digest):
    """GM/T 0042-2015, appendix D.3."""
    assert hmac_sm3(key, data).hex() == digest


@given(st.binary(max_size=100), st.binary(max_size=200))
def test_hmac_sm3_is_two_rounds_of_sm3(key, data):
    """RFC 2104 with a block of 64 bytes."""
    block = (sm3(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = sm3(bytes(byte ^ 0x36 for byte in block) + data)

    assert hmac_sm3(key, data) == sm3(bytes(byte ^ 0x5C for byte in block) + inner)


def test_a_commitment_is_the_keyed_digest_of_the_canonical_value():
    assert commitment("府", salt=SALT) == {"$s": hmac_sm3(SALT, '"府"'.encode()).hex()}


def test_a_commitment_opens_with_its_value_and_salt_only():
    committed = commitment("11010519491231002X", salt=SALT)

    assert opens(committed, value="11010519491231002X", salt=SALT)
    assert not opens(committed, value="110105194912310011", salt=SALT)
    assert not opens(committed, value="11010519491231002X", salt=bytes(32))


@pytest.mark.parametrize("committed", [None, "x", {}, {"$s": 1}, {"$s": "é"}])
def test_what_is_no_commitment_opens_with_nothing(committed):
    assert not opens(committed, value="x", salt=SALT)


def test_a_commitment_is_told_from_other_values():
    assert is_commitment(commitment(["x"], salt=SALT))
    assert not is_commitment({"$s": "x", "y": 1})
    assert not is_commitment("$s")


def test_two_salts_are_never_alike():
    assert len({new_salt() for _ in range(100)}) == 100
    assert len(new_salt()) == 32


def test_a_short_salt_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="8 bytes"):
        commitment("x", salt=bytes(8))


def test_a_blind_index_tells_kinds_and_keys_apart():
    index = blind_index(SALT, kind="identity", normalised="1")

    assert index == hmac_sm3(SALT, b"identity\x001")
    assert index != blind_index(SALT, kind="identity1", normalised="")
    assert index != blind_index(bytes(32), kind="identity", normalised="1")


@pytest.mark.parametrize(("kind", "normalised"), [("a\0", "b"), ("a", "b\0"), ("a", "\ud800")])
def test_a_blind_index_of_text_outside_the_form_is_refused(kind, normalised):
    with pytest.raises(NotCanonical):
        blind_index(SALT, kind=kind, normalised=normalised)
