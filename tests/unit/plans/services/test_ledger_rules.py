"""How a place keeps its ledger: when lagging is a risk, and how often 定期 is."""

from datetime import date

import pytest
from tests.builders import NOW, a_region, an_account, an_organ
from tests.builders_plans import a_plan, an_obligation

from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.services.setting import BadSetting
from fuyuantong.plans.ledger_rules import LedgerRules, ledger_rules
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.ledger_rules import set_ledger_rules
from fuyuantong.reading.values import Period

pytestmark = pytest.mark.django_db


def set_to(rules):
    """Set rules for the county from the beginning of the year on."""
    a_region()
    told = {"region_code": "410825", "basis": "领导小组会议纪要", "valid_from": date(2026, 1, 1)}
    set_ledger_rules(rules, **told, by=an_account(), now=NOW)


def test_a_place_that_sets_nothing_keeps_the_rules_of_the_house():
    assert ledger_rules(settings_of("410825"), on=NOW.date()) == LedgerRules(
        margin_percent=50, regularly=Period.HALF_YEAR, grace_days=10
    )


def test_what_a_place_sets_holds_from_its_day_on():
    set_to(LedgerRules(margin_percent=20, regularly=Period.QUARTER))

    assert ledger_rules(settings_of("410825"), on=NOW.date()).regularly is Period.QUARTER
    assert ledger_rules(settings_of("410825"), on=date(2025, 12, 31)).regularly is Period.HALF_YEAR


def test_what_is_to_be_done_regularly_falls_due_as_often_as_the_place_says():
    set_to(LedgerRules(regularly=Period.QUARTER))
    obligation = an_obligation(a_plan(), an_organ(), dues=({"type": "period", "raw": "定期"},), since=date(2026, 7, 1))
    create_due_items(now=NOW)

    assert sorted(obligation.due_items.values_list("period", flat=True)) == ["2026Q3", "2026Q4"]


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (LedgerRules(margin_percent=101), "margin"),
        (LedgerRules(regularly=Period.DAY), "regularly"),
        (LedgerRules(grace_days=61), "grace"),
    ],
)
def test_what_cannot_be_is_refused(rules, field):
    with pytest.raises(BadSetting) as refused:
        set_to(rules)
    assert refused.value.field == field
