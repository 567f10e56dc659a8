"""The key ring is made once, and never anew while anything is kept under a lost one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from tests.builders_matters import CLAIM, a_claim, in_the_catalogue, moved, stored
from tests.databases import FreshDatabase
from tests.suggestions import County, a_county, at, standing

from fuyuantong.matters.services.keys import add_key, key_ring
from fuyuantong.matters.services.secrets import erase_person
from fuyuantong.seal.key_ring import BadKeyFile

NOW = at("2026-08-03")


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def county(db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    in_the_catalogue(CLAIM, monkeypatch)
    return a_county()


def test_the_first_who_asks_makes_the_ring(db: None, home: Path) -> None:
    ring = key_ring()

    assert key_ring() == ring
    assert (home / "keys.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_all_who_ask_first_get_the_same_ring(fresh_database: FreshDatabase, home: Path) -> None:
    def ask(_: int) -> bytes:
        try:
            return key_ring().index_key
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(16)))) == 1


def test_a_ring_is_read_anew_when_a_key_is_added(db: None, home: Path) -> None:
    before = key_ring()
    after = add_key(made_on=date(2026, 8, 3))

    assert (after.keys[:-1], after.index_key) == (before.keys, before.index_key)
    assert key_ring() == after


def test_a_lost_ring_is_not_made_anew_while_secrets_are_kept(county: County, home: Path) -> None:
    a_claim(county, now=NOW)
    (home / "keys.json").unlink()

    with pytest.raises(BadKeyFile, match="密钥文件不存在，而库中已有密文"):
        key_ring()
    assert not (home / "keys.json").exists()


def test_a_ring_may_be_made_anew_when_all_secrets_are_erased(county: County, home: Path) -> None:
    a_claim(county, now=NOW, person="甲某")
    erase_person(kind="person", value="甲某", now=NOW)
    before = key_ring()
    (home / "keys.json").unlink()

    assert key_ring() != before


def test_an_act_with_a_damaged_ring_is_refused_and_changes_nothing(county: County, home: Path) -> None:
    uid = a_claim(county, now=NOW)
    (home / "keys.json").write_text("{}")
    before = stored()

    with pytest.raises(BadKeyFile):
        moved(county, uid, "rename", now=NOW, person="乙某")
    assert stored() == before
    assert standing(uid).situation.seq == 2
