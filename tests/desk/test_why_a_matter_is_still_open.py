"""A matter that nothing presses is explained from time to time, on its page, by who holds it."""

import pytest
from django.test import Client
from tests.builders_matters import CLAIM, a_claim, in_the_catalogue, moved
from tests.suggestions import COURT, HOUSING, County, at, last

pytestmark = pytest.mark.django_db
NOW = at("2026-08-03")


@pytest.fixture
def watched(county: County, monkeypatch: pytest.MonkeyPatch) -> str:
    in_the_catalogue(CLAIM, monkeypatch)
    uid = a_claim(county, now=NOW, person="甲某")
    moved(county, uid, "watch", now=NOW)
    return uid


def test_the_holder_says_why_it_is_still_open(county: County, client: Client, watched: str) -> None:
    client.force_login(county.people[HOUSING])
    assert "说明为什么还没有办结" in client.get(f"/matter/{watched}").content.decode()

    client.post(f"/matter/{watched}/explain", {"reason": "当事人尚未回复。"})

    assert (last(watched).move, last(watched).resolved["note"]) == ("explain", "当事人尚未回复。")


def test_nobody_else_is_asked(county: County, client: Client, watched: str) -> None:
    client.force_login(county.people[COURT])

    assert "说明为什么还没有办结" not in client.get(f"/matter/{watched}").content.decode()
