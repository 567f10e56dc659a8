"""How many statements a list page sends to the database: as query_counts.csv says, however many rows it shows."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.builders import an_official, an_organ
from tests.builders_plans import a_plan, an_obligation
from tests.matter_rows import Part, a_matter
from tests.suggestions import COURT, HOUSING, a_county, answer_of, issued

from fuyuantong.desk.ledger import page, search_page
from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.party import COPIED
from fuyuantong.matters.session import acting
from fuyuantong.notices.services.addressing import address
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.evidence import set_suggested

pytestmark = pytest.mark.django_db
FROZEN = Path(__file__).with_name("query_counts.csv")


@pytest.fixture
def court():
    return an_organ(short="县法院", branch="court")


@pytest.fixture
def clerk(court):
    """Give a browser without script in which a clerk of the court has signed in."""
    client = Client()
    client.force_login(an_official(court))
    return client


def letters(court, count):
    made = [
        a_matter(Part(court), Part(court, COPIED), Part(an_organ()), title="关于土地征收的函", due_on=date(2100, 1, 4))
        for _ in range(count)
    ]
    now = timezone.now()
    with acting():
        for matter in made:
            told = {"outbox_id": matter.pk, "organ": court, "matter_uid": matter.uid, "kind": "record", "text": "函"}
            Notice.objects.create(**told, created_at=now)
    address(now=now)
    return made


def duties(plan, court, count):
    for _ in range(count):
        obligation = an_obligation(plan, court, an_organ(), dues=({"on": date(2021, 4, 30)},), since=date(2021, 1, 1))
        set_suggested(obligation, now=timezone.now())
    create_due_items(now=timezone.now())


def measured(client):
    """Return what each page of the file costs when it has been seen once before."""
    counts = {}
    for path in frozen():
        client.get(path)
        with CaptureQueriesContext(connection) as sent:
            assert client.get(path).status_code == 200, path
        counts[path] = len(sent)
    return counts


def frozen():
    with FROZEN.open(encoding="utf-8", newline="") as file:
        return {row["page"]: int(row["statements"]) for row in csv.DictReader(file)}


def test_a_list_page_costs_what_it_always_did_whatever_its_length(court, clerk, monkeypatch):
    monkeypatch.setattr(page, "SIZE", 1)  # a list that fits its page is not counted: here each goes on
    monkeypatch.setattr(search_page, "SIZE", 1)
    plan = a_plan()
    letters(court, 2)
    duties(plan, court, 2)
    assert measured(clerk) == frozen()

    letters(court, 8)
    duties(plan, court, 3)
    assert measured(clerk) == frozen()


def test_doing_one_thing_with_many_costs_no_more_to_ask_for():
    county = a_county()
    client = Client()
    client.force_login(county.people[COURT])
    uids = [answer_of(issued(county, HOUSING, now=timezone.now()), HOUSING) for _ in range(4)]

    def asked(*chosen):
        with CaptureQueriesContext(connection) as sent:
            client.get("/ledger/bulk", {"act": "urge", "uid": chosen})
        return len(sent)

    asked(*uids)
    assert asked(*uids[:1]) == asked(*uids)
