"""What the worker does for the ledger of tasks."""

import pytest
from tests.builders import an_organ
from tests.builders_plans import a_plan, an_obligation

from fuyuantong.plans.tasks import keep_the_tasks_ledger, suggest_evidence_anew

pytestmark = pytest.mark.django_db


def test_the_worker_makes_what_falls_due_and_renews_suggestions():
    obligation = an_obligation(a_plan(), an_organ(), dues=({"period": "year"},))

    keep_the_tasks_ledger(0)
    suggest_evidence_anew(0)

    assert obligation.due_items.exists()
    assert obligation.evidence_rules.exists()
