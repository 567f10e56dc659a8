"""Suggesting by what obligations are measured, once they are published and whenever the catalogue grows."""

from dataclasses import replace

import pytest
from tests.builders import NOW, an_official, an_organ
from tests.builders_plans import a_plan, an_obligation, an_office_holder

from fuyuantong.plans.evidence import BY_HAND, Query, Source
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.services.evidence import BadQuery, Known, set_rule, set_suggested, suggest_each
from fuyuantong.plans.services.guarding import NotTheOffice

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
    set_suggested(obligation, now=NOW, known=Known(rows=("INF-07",), opens="推进情况"))

    assert suggest_each([obligation], now=NOW) == 0


def test_nothing_is_suggested_for_nothing():
    assert suggest_each([], now=NOW) == 0


COUNTED = Query(
    source=Source.MATTERS, mechanism="conference", at=("closed",), role="convenor", field="series", value="季度常规会议"
)


def test_the_office_says_by_what_an_obligation_is_measured():
    obligation = an_obligation(plan := a_plan())

    rule = set_rule(obligation, COUNTED, by=an_office_holder(plan), now=NOW)

    assert Query.from_data(rule.query) == COUNTED
    assert obligation.entries.get().kind == "evidence-set"


def test_a_share_of_all_matters_may_be_asked_for():
    query = Query(source=Source.MATTERS, mechanism="conference", percent=90)

    assert set_rule(an_obligation(plan := a_plan()), query, by=an_office_holder(plan), now=NOW).query["percent"] == 90


def test_evidence_by_hand_needs_nothing_else():
    obligation = an_obligation(plan := a_plan())

    assert set_rule(obligation, BY_HAND, by=an_office_holder(plan), now=NOW).query == {"source": "document"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"mechanism": "never-built"}, "mechanism"),
        ({"at": ("nowhere",)}, "at"),
        ({"role": "nobody"}, "role"),
        ({"value": "从无此会"}, "value"),
        ({"field": "nothing"}, "value"),
        ({"number": 0}, "number"),
        ({"percent": 101}, "percent"),
    ],
)
def test_what_nothing_could_answer_is_refused(changed, field):
    obligation = an_obligation(plan := a_plan())

    with pytest.raises(BadQuery) as refused:
        set_rule(obligation, replace(COUNTED, **changed), by=an_office_holder(plan), now=NOW)
    assert refused.value.field == field


def test_another_than_the_office_sets_nothing():
    with pytest.raises(NotTheOffice):
        set_rule(an_obligation(a_plan()), BY_HAND, by=an_official(an_organ()), now=NOW)
