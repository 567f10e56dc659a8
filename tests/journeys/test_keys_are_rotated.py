"""Keys are changed while everything goes on: old secrets are brought under the new key, and every trail still holds."""

from datetime import date
from pathlib import Path

import pytest
from tests.builders_matters import CLAIM, a_claim, a_file, in_the_catalogue, moved
from tests.suggestions import COURT, County, at
from tests.terminal import Terminal

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import Secret
from fuyuantong.matters.queries import matters_with_secret
from fuyuantong.matters.services.keys import KeyInUse, add_key, destroy_key, key_ring
from fuyuantong.matters.services.secrets import mac_of, reveal, rotate_keys
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.matters.trails import verify

NOW = at("2026-08-03")


@pytest.fixture
def county(county: County, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    settings.DATA_DIR = tmp_path
    in_the_catalogue(CLAIM, monkeypatch)
    return county


@pytest.fixture
def claims(county: County) -> list[str]:
    """Give matters that hold the secrets of several people, in fields and in rows."""
    people = [{"name": "丙", "number": "证件", "scan": [a_file("扫描件", now=NOW)]}]
    return [a_claim(county, now=NOW, person=person, people=people) for person in ("甲某", "乙某")]


def clear(uid: str) -> list[str]:
    with acting():
        row = Matter.objects.get(uid=uid)
        values = reveal(row, row.values)
    return [values["person"], *(row["number"] for row in values["people"])]


def test_every_secret_comes_under_the_new_key(county: County, claims: list[str]) -> None:
    assert rotate_keys(made_on=date(2026, 8, 4)) == 4

    with acting():
        assert set(Secret.objects.values_list("key_id", flat=True)) == {"2026-08-04.1"}


def test_the_old_key_may_then_be_destroyed_and_all_is_still_read(
    county: County, claims: list[str], terminal: Terminal
) -> None:
    old = key_ring().newest.id
    add_key(made_on=date(2027, 8, 4))
    with pytest.raises(KeyInUse):
        destroy_key(old)

    assert terminal("key", "rotate", "--json").data["changed"] == 4
    assert terminal("key", "destroy", old).code == 0
    assert [clear(uid) for uid in claims] == [["甲某", "证件"], ["乙某", "证件"]]
    assert old not in [key.id for key in key_ring().keys]


def test_what_was_found_before_is_found_after(county: County, claims: list[str]) -> None:
    rotate_keys(made_on=date(2026, 8, 4))

    with reading_as(county.people[COURT], at=NOW) as reader:
        found = matters_with_secret(reader, kind="person", mac=mac_of("person", "甲某"))
    assert [str(row.uid) for row in found] == claims[:1]


def test_every_trail_holds_and_goes_on(county: County, claims: list[str]) -> None:
    rotate_keys(made_on=date(2026, 8, 4))
    for uid in claims:
        moved(county, uid, "rename", now=NOW, person="丁某")

    with acting():
        assert [verify(row) for row in Matter.objects.all()] == [None, None]
    assert [clear(uid)[0] for uid in claims] == ["丁某", "丁某"]
