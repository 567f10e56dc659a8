"""How many statements a list of the administrators sends to the database: as the file says, however long it is."""

import csv
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.builders import a_tenure, an_organ
from tests.unit.desk.administrators import Desk

from fuyuantong.accounts.second_factor import set_rule
from fuyuantong.accounts.security_log import MACHINE, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Organ
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db
FROZEN = Path(__file__).with_name("administration_counts.csv")


@pytest.fixture
def court() -> Organ:
    return an_organ("410825-court", branch="court", short="县法院")


@pytest.fixture
def desks(court: Organ) -> dict[str, Desk]:
    kinds = (PostKind.SYSTEM_ADMINISTRATOR, PostKind.SECURITY_ADMINISTRATOR, PostKind.AUDITOR)
    return {kind.value: Desk(court, kind) for kind in kinds}


def more(court: Organ, number: int) -> None:
    """Add organs, people, rules and entries of the log."""
    for _ in range(number):
        account = a_tenure(court).account
        a_tenure(an_organ(), account=account)
        a_tenure(an_organ(), kind=PostKind.AUDITOR)
        set_rule(an_organ(), required=True, by=account, origin=MACHINE, now=timezone.now())
        detail = {"matters": 1, "breaks": 0}
        write_event(SecurityKind.TRAILS_VERIFIED, account=account, origin=MACHINE, now=timezone.now(), detail=detail)


def rows() -> list[dict[str, str]]:
    with FROZEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asked(desk: Desk, page: str) -> int:
    """Return how many statements a page sends when it has been seen once before."""
    desk.page(page)
    with CaptureQueriesContext(connection) as sent:
        desk.page(page)
    return len(sent)


def measured(desks: dict[str, Desk]) -> dict[str, int]:
    """Return what each page of the file asks for beyond what every page does (the overview shows nothing else)."""
    every = {kind: asked(desk, "") for kind, desk in desks.items()}
    return {row["page"]: asked(desks[row["part"]], row["page"]) - every[row["part"]] for row in rows()}


def test_a_list_costs_what_it_always_did_whatever_its_length(court: Organ, desks: dict[str, Desk]):
    frozen = {row["page"]: int(row["statements"]) for row in rows()}
    more(court, 1)
    assert measured(desks) == frozen

    more(court, 5)
    assert measured(desks) == frozen
