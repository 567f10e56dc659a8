"""What was reached is held fast when its period is over."""

from datetime import date

import pytest
from tests.builders import NOW, an_organ
from tests.builders_plans import a_plan, an_obligation
from tests.matter_rows import Part, a_matter
from tests.suggestions import at

from fuyuantong.matters.models.matter import Phase
from fuyuantong.plans.evidence import Query, Source
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.settling import settle

pytestmark = pytest.mark.django_db


def test_a_period_that_is_over_and_was_reached_is_done_by_nobody():
    court = an_organ()
    obligation = an_obligation(a_plan(), court, dues=({"period": "month"},), since=date(2026, 10, 1))
    query = Query(source=Source.MATTERS, mechanism="countersignature")
    EvidenceRule.objects.create(obligation=obligation, query=query.as_data(), set_at=NOW)
    create_due_items(now=NOW)
    a_matter(Part(court, "signer"), mechanism="countersignature", state="signed", phase=Phase.CLOSED)

    assert (settle(now=NOW), settle(now=at("2026-12-01")), settle(now=at("2026-12-02"))) == (0, 1, 0)
    assert list(obligation.due_items.order_by("period").values_list("period", "done_on", "done_by")) == [
        ("2026-10", None, None),
        ("2026-11", date(2026, 12, 1), None),
    ]
