"""Suggesting by what obligations are measured, once they are published and whenever the catalogue grows."""

import pytest
from tests.builders import NOW
from tests.builders_plans import a_plan, an_obligation, an_office_holder

from fuyuantong.plans.evidence import BY_HAND
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.services.evidence import set_suggested, suggest_each

pytestmark = pytest.mark.django_db

QUARTERLY = {"period": "quarter", "times": 2}


def test_an_obligation_is_given_what_its_words_suggest():
    obligation = an_obligation(a_plan(), text="召开府院联席会议", dues=(QUARTERLY,))

    set_suggested(obligation, now=NOW)

    rule = EvidenceRule.objects.get(obligation=obligation)
    assert (rule.query["mechanism"], rule.query["number"], rule.set_by) == ("conference", 2, None)


def test_suggesting_again_adds_nothing():
    obligations = [an_obligation(plan := a_plan()), an_obligation(plan, text="放置一体机")]

    assert (suggest_each(obligations, now=NOW), suggest_each(obligations, now=NOW)) == (2, 0)


def test_what_a_person_has_set_stays():
    plan = a_plan()
    obligation = an_obligation(plan)
    EvidenceRule.objects.create(
        obligation=obligation, query=BY_HAND.as_data(), set_by=an_office_holder(plan), set_at=NOW
    )

    set_suggested(obligation, now=NOW)

    assert obligation.evidence_rules.count() == 1


def test_what_a_pack_said_is_remembered():
    obligation = an_obligation(a_plan(), text="办好会签")
    set_suggested(obligation, now=NOW, rows=("MTG-17",))

    assert suggest_each([obligation], now=NOW) == 0


def test_nothing_is_suggested_for_nothing():
    assert suggest_each([], now=NOW) == 0
