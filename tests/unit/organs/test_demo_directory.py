"""The demo county's directory: loaded once, looked at from several sides."""

from pathlib import Path

import pytest
from django.db import transaction
from tests.builders import NOW

import fuyuantong.organs
from fuyuantong.organs.loading import Loaded, load_directory
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import (
    account_by_username,
    directory_version,
    organ_by_code,
    organs_in,
    related,
    scopes_above,
    scopes_held,
)
from fuyuantong.organs.vocabulary import RelationKind

DEMO = Path(fuyuantong.organs.__file__).with_name("demo")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_directory(DEMO, by=None, now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    return loaded


def test_the_demo_county_loads(demo):
    assert demo == Loaded(regions=14, organs=54, relations=124, people=117)
    assert len(organs_in("410825", on=NOW.date())) == 48
    assert {"县法院", "县检察院", "县司法局", "县自然资源局"} <= {n.short for n in organs_in("410825", on=NOW.date())}
    assert Organ.objects.filter(online=False).count() == 23
    assert set(Organ.objects.values_list("node_id", flat=True)) == {
        "wenxian-government",
        "wenxian-court",
        "wenxian-procuratorate",
    }


def test_a_second_load_changes_nothing(demo):
    version = directory_version()

    assert load_directory(DEMO, by=None, now=NOW) == Loaded(regions=0, organs=0, relations=0, people=0)
    assert directory_version() == version


def test_the_demo_county_is_seen_as_it_should_be(demo):
    justice = organ_by_code("410825-justice")
    today = NOW.date()

    assert [organ.code for organ in related(justice, RelationKind.OFFICE_OF, on=today).organs] == [
        "410825-liaison-office"
    ]
    assert len(scopes_above(justice, on=today)) == 5
    assert {held.kind for held in scopes_held(account_by_username("auditor"), at=NOW)} == {"audit"}


def test_personas_are_posts_not_people(demo):
    endings = ("甲", "乙", "员", "人", "领导")

    assert all(account.display_name.endswith(endings) for account in Account.objects.all())
    assert not any(account.has_usable_password() for account in Account.objects.all())
