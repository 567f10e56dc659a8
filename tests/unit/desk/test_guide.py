"""The guide says of every mechanism what it is for and how it goes, without a word written for it."""

import pytest
from django.test import Client
from tests.builders import an_official, an_organ

from fuyuantong import catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(an_official(an_organ(short="县法院", branch="court")))
    return found


def test_the_guide_lists_every_mechanism(client: Client) -> None:
    page = client.get("/guide").content.decode()

    assert [found.title for found in catalogue.MECHANISMS.values() if found.title not in page] == []


@pytest.mark.parametrize("key", sorted(catalogue.MECHANISMS))
def test_a_mechanism_is_explained(client: Client, key: str) -> None:
    page = client.get(f"/guide/{key}").content.decode()

    assert [state.title for state in catalogue.mechanism(key).states if state.title not in page] == []


def test_the_page_says_who_answers_by_when_and_by_which_law(client: Client) -> None:
    page = client.get("/guide/judicial-suggestion").content.decode()

    assert "分项：司法建议答复" in page
    assert "至答复期限，不超过60日或2个月" in page
    assert "法定期限" in page


def test_of_a_mechanism_that_there_is_not_nothing_is_told(client: Client) -> None:
    assert client.get("/guide/wedding").status_code == 404
