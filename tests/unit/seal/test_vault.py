"""Secrets open in their own place only, survive rotation, and do not survive erasure."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from fuyuantong.seal.canonical import NotCanonical
from fuyuantong.seal.key_ring import Key, KeyRing, NoSuchKey, without_key
from fuyuantong.seal.vault import (
    ERASED,
    Place,
    SecretDamaged,
    SecretErased,
    open_secret,
    reencrypted,
    seal_secret,
    sm4_gcm_decrypt,
    sm4_gcm_encrypt,
)

OLD = KeyRing((Key("2026-01-05.1", bytes(16)),), bytes(32))
RING = KeyRing((*OLD.keys, Key("2026-11-22.1", bytes(range(16)))), bytes(32))
PLACE = Place("0190f2a4-0000-7000-8000-000000000001", "identity")
# RFC 8998, appendix A.1
KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
NONCE = bytes.fromhex("00001234567800000000abcd")
BOUND = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
PLAIN = bytes.fromhex("".join(digit * 16 for digit in "abcdefea"))
CIPHER = bytes.fromhex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    "83de3541e4c2b58177e065a9bf7b62ec"
)


def test_sm4_gives_the_published_block():
    """GM/T 0002-2012, appendix A.1; the mode is ECB because the standard's example is one bare block."""
    machine = Cipher(algorithms.SM4(KEY), modes.ECB()).encryptor()

    assert machine.update(KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_gives_the_published_ciphertext():
    assert sm4_gcm_encrypt(PLAIN, key=KEY, nonce=NONCE, bound=BOUND) == CIPHER
    assert sm4_gcm_decrypt(CIPHER, key=KEY, nonce=NONCE, bound=BOUND) == PLAIN


@pytest.mark.parametrize("cipher", [b"", CIPHER[:15], CIPHER[:-1], bytes([CIPHER[0] ^ 1]) + CIPHER[1:]])
def test_a_damaged_ciphertext_is_refused(cipher):
    with pytest.raises(SecretDamaged):
        sm4_gcm_decrypt(cipher, key=KEY, nonce=NONCE, bound=BOUND)


def test_a_short_nonce_is_refused():
    with pytest.raises(SecretDamaged):
        sm4_gcm_decrypt(CIPHER, key=KEY, nonce=b"short", bound=BOUND)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_sealed_secret_opens_to_what_it_was(text):
    committed, envelope = seal_secret(text, ring=RING, place=PLACE)

    assert open_secret(envelope, ring=RING, place=PLACE, committed=committed) == text


def test_equal_secrets_look_different():
    one_committed, one = seal_secret("13800000000", ring=RING, place=PLACE)
    other_committed, other = seal_secret("13800000000", ring=RING, place=PLACE)

    assert one.cipher != other.cipher
    assert one_committed != other_committed


@pytest.mark.parametrize(
    "elsewhere",
    [replace(PLACE, matter="x"), replace(PLACE, field="phone"), replace(PLACE, row_key="1"), Place(PLACE.matter, "")],
)
def test_a_secret_moved_to_another_place_does_not_open(elsewhere):
    committed, envelope = seal_secret("x", ring=RING, place=PLACE)

    with pytest.raises(SecretDamaged):
        open_secret(envelope, ring=RING, place=elsewhere, committed=committed)


def test_a_secret_exchanged_for_another_of_the_same_place_does_not_open():
    committed, _ = seal_secret("x", ring=RING, place=PLACE)
    _, exchanged = seal_secret("y", ring=RING, place=PLACE)

    with pytest.raises(SecretDamaged):
        open_secret(exchanged, ring=RING, place=PLACE, committed=committed)


def test_after_rotation_old_secrets_open_and_move_to_the_new_key():
    committed, envelope = seal_secret("x", ring=OLD, place=PLACE)
    moved = reencrypted(envelope, ring=RING, place=PLACE)

    assert (envelope.key_id, moved.key_id) == ("2026-01-05.1", "2026-11-22.1")
    assert open_secret(envelope, ring=RING, place=PLACE, committed=committed) == "x"
    assert open_secret(moved, ring=without_key(RING, "2026-01-05.1"), place=PLACE, committed=committed) == "x"


def test_a_secret_under_the_newest_key_stays_as_it_is():
    _, envelope = seal_secret("x", ring=RING, place=PLACE)

    assert reencrypted(envelope, ring=RING, place=PLACE) is envelope


def test_a_secret_dies_with_its_key():
    committed, envelope = seal_secret("x", ring=OLD, place=PLACE)

    with pytest.raises(NoSuchKey):
        open_secret(envelope, ring=without_key(RING, "2026-01-05.1"), place=PLACE, committed=committed)


def test_an_erased_secret_says_so():
    with pytest.raises(SecretErased) as refused:
        open_secret(ERASED, ring=RING, place=PLACE, committed={"$s": "00"})

    assert refused.value.basis == "个人信息保护法第四十七条"


def test_a_secret_outside_the_form_is_refused():
    with pytest.raises(NotCanonical):
        seal_secret(1.5, ring=RING, place=PLACE)
