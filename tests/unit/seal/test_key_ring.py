"""Keys rotate, are written safely, and are destroyed on purpose only."""

from datetime import date

import pytest

from fuyuantong.seal.key_ring import (
    BadKeyFile,
    Key,
    KeyRing,
    NoSuchKey,
    load_ring,
    new_ring,
    ring_from_bytes,
    ring_to_bytes,
    rotated,
    save_ring,
    without_key,
)

RING = KeyRing((Key("2026-01-05.1", bytes(16)), Key("2026-11-22.1", bytes(range(16)))), bytes(range(32)))
FILE = (
    b'{"index_key":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","keys":['
    b'{"id":"2026-01-05.1","sm4":"00000000000000000000000000000000"},'
    b'{"id":"2026-11-22.1","sm4":"000102030405060708090a0b0c0d0e0f"}]}'
)


def test_a_new_ring_has_fresh_keys():
    ring = new_ring(made_on=date(2026, 11, 22))

    assert ring.newest.id == "2026-11-22.1"
    assert len(ring.newest.secret) == 16
    assert ring.index_key != new_ring(made_on=date(2026, 11, 22)).index_key


def test_rotation_adds_a_key_and_keeps_the_index_key():
    ring = rotated(rotated(RING, made_on=date(2026, 11, 22)), made_on=date(2027, 1, 4))

    assert [key.id for key in ring.keys] == ["2026-01-05.1", "2026-11-22.1", "2026-11-22.2", "2027-01-04.1"]
    assert ring.newest.id == "2027-01-04.1"
    assert ring.index_key == RING.index_key


def test_a_destroyed_key_is_not_found():
    ring = without_key(RING, "2026-01-05.1")

    with pytest.raises(NoSuchKey):
        ring.find("2026-01-05.1")


def test_the_newest_key_cannot_be_destroyed():
    with pytest.raises(BadKeyFile):
        without_key(RING, "2026-11-22.1")


def test_a_ring_never_shows_its_keys():
    assert repr(RING) == "KeyRing(2026-01-05.1, 2026-11-22.1)"
    assert repr(RING.newest) == "Key(2026-11-22.1)"


def test_a_key_file_has_one_form():
    assert ring_to_bytes(RING) == FILE
    assert ring_from_bytes(FILE + b"\n") == RING


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"keys":[]}',
        FILE.replace(b"0a0b", b"0A0B"),
        FILE.replace(b'"keys":[', b'"keys":[1,'),
        FILE.replace(b'"2026-11-22.1"', b'"2026-01-05.1"'),
        FILE.replace(b'"2026-11-22.1"', b'"new"'),
        FILE.replace(b'"2026-11-22.1"', b"1"),
        FILE.replace(b'"000102030405060708090a0b0c0d0e0f"', b"1"),
        FILE.replace(b'"sm4"', b'"aes"'),
        b'{"index_key":"00","keys":[]}',
        b'{"index_key":"00","keys":{}}',
    ],
)
def test_a_key_file_in_another_form_is_refused_without_showing_it(data):
    with pytest.raises(BadKeyFile) as refused:
        ring_from_bytes(data)

    assert "0102" not in str(refused.value)


def test_a_key_file_is_written_for_its_owner_only(tmp_path):
    path = tmp_path / "keys.json"
    (tmp_path / "keys.json.new").write_text("left by a crash")
    save_ring(RING, path)

    assert load_ring(path) == RING
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


def test_a_missing_key_file_is_refused(tmp_path):
    with pytest.raises(BadKeyFile):
        load_ring(tmp_path / "none.json")
