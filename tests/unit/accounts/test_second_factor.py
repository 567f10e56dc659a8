"""Who needs a second factor, and what becomes of a lost one."""

import pytest
from allauth.mfa.models import Authenticator
from tests.builders import NOW, an_account, an_official, an_organ

from fuyuantong.accounts.demands import Demand, demand_on
from fuyuantong.accounts.models import FactorRule, SecurityEvent
from fuyuantong.accounts.passwords import MachineOnly, choose_password, give_password
from fuyuantong.accounts.second_factor import has_factor, needs_factor, rules, set_rule, take_factors
from fuyuantong.accounts.security_log import MACHINE, Origin
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db

HERE = Origin("10.1.2.3", "Chrome")


def a_key(account):
    return Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={})


@pytest.mark.parametrize("kind", [PostKind.AUDITOR, PostKind.SECURITY_ADMINISTRATOR, PostKind.SYSTEM_ADMINISTRATOR])
def test_administrators_always_need_one(kind):
    assert needs_factor(an_official(an_organ(), kind=kind), now=NOW)


def test_an_official_needs_none_until_somebody_says_so():
    assert not needs_factor(an_official(an_organ()), now=NOW)


def test_a_rule_for_an_organ_binds_its_people_alone():
    organ, other = an_organ(), an_organ()
    set_rule(organ, required=True, by=an_account(), origin=HERE, now=NOW)

    assert needs_factor(an_official(organ), now=NOW)
    assert not needs_factor(an_official(other), now=NOW)


def test_a_rule_for_all_binds_everybody():
    set_rule(None, required=True, by=an_account(), origin=HERE, now=NOW)

    assert needs_factor(an_official(an_organ()), now=NOW)


def test_the_last_rule_counts():
    organ, chief = an_organ(), an_account()
    set_rule(organ, required=True, by=chief, origin=HERE, now=NOW)
    set_rule(None, required=False, by=chief, origin=HERE, now=NOW)
    set_rule(organ, required=False, by=chief, origin=HERE, now=NOW)

    assert [(rule.organ, rule.required) for rule in rules()] == [(None, False), (organ, False)]
    assert FactorRule.objects.count() == 3


def test_a_rule_is_on_the_security_log():
    organ, chief = an_organ("410825-court"), an_account()
    set_rule(organ, required=True, by=chief, origin=HERE, now=NOW)

    event = SecurityEvent.objects.get()
    assert (event.kind, event.account, event.address) == ("factor-rule-set", chief, "10.1.2.3")
    assert event.detail == {"organ": "410825-court", "required": True}


def test_lost_factors_are_taken_away():
    account = an_account()
    a_key(account)

    assert take_factors(account, by=None, origin=HERE, now=NOW) == 1
    assert not has_factor(account)


def test_an_administrators_factors_are_taken_on_the_machine_alone():
    account = an_official(an_organ(), kind=PostKind.AUDITOR)
    a_key(account)

    with pytest.raises(MachineOnly):
        take_factors(account, by=None, origin=HERE, now=NOW)
    assert take_factors(account, by=None, origin=MACHINE, now=NOW) == 1


def test_first_the_password_then_the_factor_is_owed():
    account = an_official(an_organ(), kind=PostKind.AUDITOR)
    give_password(account, by=None, origin=MACHINE, now=NOW)
    assert demand_on(account, now=NOW) == Demand.PASSWORD

    choose_password(account, "blue-Bicycle-42", origin=HERE, now=NOW)
    assert demand_on(account, now=NOW) == Demand.FACTOR

    a_key(account)
    assert demand_on(account, now=NOW) is None


def test_an_ordinary_official_owes_nothing():
    assert demand_on(an_official(an_organ()), now=NOW) is None
