"""When organs end, their successors owe what they owed."""

from datetime import date

import pytest
from tests.builders import an_organ
from tests.builders_plans import a_plan, an_obligation
from tests.suggestions import at

from fuyuantong.organs.succession import merge_organs
from fuyuantong.plans.models.obligation import LedgerEntry
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.successions import follow_successions

pytestmark = pytest.mark.django_db
QUARTERLY = {"period": "quarter"}
MERGED = date(2026, 9, 1)


@pytest.fixture
def old():
    return an_organ("410825-tourism")


@pytest.fixture
def new():
    return an_organ("410825-culture")


def merged(old, new):
    """Merge one organ into another, and let the worker follow a day later."""
    merge_organs([old], into=new, effective_on=MERGED, by=None, now=at("2026-08-03"))
    return follow_successions(now=at("2026-09-02"))


def test_the_successor_owes_what_is_open(old, new):
    obligation = an_obligation(a_plan(), old, dues=(QUARTERLY,), since=date(2026, 7, 1))
    create_due_items(now=at("2026-08-03"))

    assert merged(old, new) == 1
    assert obligation.responsible.get().organ == new
    assert obligation.due_items.get().organ == new
    entry = LedgerEntry.objects.get(obligation=obligation)
    assert (entry.kind, entry.detail) == (
        "succeeded",
        {"from": "410825-tourism", "to": "410825-culture", "effective_on": "2026-09-01"},
    )


def test_following_again_changes_nothing(old, new):
    an_obligation(a_plan(), old)
    merged(old, new)

    assert follow_successions(now=at("2026-09-03")) == 0


def test_what_both_owed_the_successor_owes_once(old, new):
    obligation = an_obligation(a_plan(), old, new, dues=(QUARTERLY,), since=date(2026, 7, 1))
    create_due_items(now=at("2026-08-03"))
    merged(old, new)
    create_due_items(now=at("2026-10-02"))

    assert sorted(obligation.due_items.values_list("organ__code", "period")) == [
        ("410825-culture", "2026Q3"),
        ("410825-culture", "2026Q4"),
        ("410825-tourism", "2026Q3"),
    ]


def test_one_name_that_meant_both_means_the_successor_once(old, new):
    obligation = an_obligation(a_plan(), old, new)
    obligation.responsible.update(raw="文旅部门")
    merged(old, new)

    assert [part.organ for part in obligation.responsible.all()] == [new]


def test_what_is_closed_keeps_whom_it_had(old, new):
    obligation = an_obligation(a_plan(), old)
    obligation.closed_on, obligation.closed_reason = date(2026, 8, 1), "已完成"
    obligation.save()

    assert merged(old, new) == 0
    assert obligation.responsible.get().organ == old
